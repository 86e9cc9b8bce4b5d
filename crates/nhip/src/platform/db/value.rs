//! The five kinds of value both engines share, the parameters of a statement (`params!`) and the
//! row that comes back. Conversions only; no SQL.

use super::DbError;
use crate::platform::clock::from_ms;
use jiff::Timestamp;
use std::borrow::Cow;
use std::str::FromStr;

/// A value on its way to or from the database; text and bytes are borrowed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    Null,
    Int(i64),
    Real(f64),
    Text(&'a str),
    Blob(&'a [u8]),
}

impl Value<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Int(_) => "an integer",
            Self::Real(_) => "a real number",
            Self::Text(_) => "text",
            Self::Blob(_) => "bytes",
        }
    }
}

/// What may be a parameter of a statement. Implement it for a newtype by handing on its inside.
pub trait ToValue {
    fn to_value(&self) -> Value<'_>;
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}

impl ToValue for Value<'_> {
    fn to_value(&self) -> Value<'_> {
        *self
    }
}

/// `type => how its value is made`, one line per accepted type.
macro_rules! to_value {
    ($($type:ty => |$it:ident| $make:expr;)*) => {$(
        impl ToValue for $type {
            fn to_value(&self) -> Value<'_> {
                let $it = self;
                $make
            }
        }
    )*};
}

to_value! {
    str => |it| Value::Text(it);
    String => |it| Value::Text(it);
    Cow<'_, str> => |it| Value::Text(it);
    i64 => |it| Value::Int(*it);
    i32 => |it| Value::Int(i64::from(*it));
    u32 => |it| Value::Int(i64::from(*it));
    u16 => |it| Value::Int(i64::from(*it));
    u8 => |it| Value::Int(i64::from(*it));
    bool => |it| Value::Int(i64::from(*it));
    f64 => |it| Value::Real(*it);
    [u8] => |it| Value::Blob(it);
    Vec<u8> => |it| Value::Blob(it);
}

/// The parameters of a statement, `$1` first: `params![id, &body, Some(3_i64)]`. They are borrowed.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::platform::db::ToValue::to_value(&$value)),*]
    };
}
pub use crate::params;

/// What a column can be read as.
pub trait FromValue: Sized {
    /// Said to people when the column holds something else.
    const EXPECTED: &'static str;
    fn from_value(value: Value<'_>) -> Option<Self>;
}

impl<T: FromValue> FromValue for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    fn from_value(value: Value<'_>) -> Option<Self> {
        if value == Value::Null { Some(None) } else { T::from_value(value).map(Some) }
    }
}

/// `type, what it is called => the values it is read from`.
macro_rules! from_value {
    ($($type:ty, $expected:literal => $($pattern:pat => $made:expr),+;)*) => {$(
        impl FromValue for $type {
            const EXPECTED: &'static str = $expected;
            fn from_value(value: Value<'_>) -> Option<Self> {
                match value {
                    $($pattern => $made,)+
                    _ => None,
                }
            }
        }
    )*};
}

from_value! {
    i64, "an integer" => Value::Int(n) => Some(n);
    i32, "a small integer" => Value::Int(n) => n.try_into().ok();
    u32, "a small integer, not negative" => Value::Int(n) => n.try_into().ok();
    bool, "0 or 1" => Value::Int(0) => Some(false), Value::Int(1) => Some(true);
    f64, "a number" => Value::Real(x) => Some(x), Value::Int(n) => Some(n as f64);
    String, "text" => Value::Text(text) => Some(text.to_owned());
    Vec<u8>, "bytes" => Value::Blob(bytes) => Some(bytes.to_vec());
}

/// One row of a result, alive only while the mapping closure runs.
pub enum Row<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

impl Row<'_> {
    /// Column `index` (from 0) as a `T`; a value of another kind is [`DbError::Corrupt`], with the
    /// column's name.
    pub fn get<T: FromValue>(&self, index: usize) -> Result<T, DbError> {
        let value = self.value(index)?;
        T::from_value(value).ok_or_else(|| self.corrupt(index, value.kind(), T::EXPECTED))
    }

    /// Column `index` (from 0) as text, turned into a `T` by `read`; for enums, ids and JSON kept
    /// as text. `expected` is what people read when `read` finds nothing in it.
    pub fn parse<T>(
        &self,
        index: usize,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, DbError> {
        let value = self.value(index)?;
        let Value::Text(text) = value else {
            return Err(self.corrupt(index, value.kind(), expected));
        };
        read(text).ok_or_else(|| self.corrupt(index, "other text", expected))
    }

    /// A column that is an id.
    pub fn id<T: FromStr>(&self, index: usize) -> Result<T, DbError> {
        self.parse(index, "an id", |text| text.parse().ok())
    }

    pub fn optional_id<T: FromStr>(&self, index: usize) -> Result<Option<T>, DbError> {
        self.get::<Option<String>>(index)?.map(|_| self.id(index)).transpose()
    }

    /// A column that is a word of the domain.
    pub fn word<T>(
        &self,
        index: usize,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, DbError> {
        self.parse(index, "a word of the domain", read)
    }

    pub fn optional_word<T>(
        &self,
        index: usize,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, DbError> {
        self.get::<Option<String>>(index)?.map(|_| self.word(index, read)).transpose()
    }

    /// A column of milliseconds since 1970, UTC.
    pub fn instant(&self, index: usize) -> Result<Timestamp, DbError> {
        Ok(from_ms(self.get(index)?))
    }

    pub fn optional_instant(&self, index: usize) -> Result<Option<Timestamp>, DbError> {
        Ok(self.get::<Option<i64>>(index)?.map(from_ms))
    }

    fn value(&self, index: usize) -> Result<Value<'_>, DbError> {
        match self {
            Self::Sqlite(row) => super::sqlite::value(row, index),
            Self::Postgres(row) => Ok(row.try_get(index)?),
        }
    }

    fn corrupt(&self, index: usize, found: &'static str, expected: &'static str) -> DbError {
        let column = match self {
            Self::Sqlite(row) => row.as_ref().column_name(index).ok().map(str::to_owned),
            Self::Postgres(row) => row.columns().get(index).map(|c| c.name().to_owned()),
        };
        DbError::Corrupt { column: column.unwrap_or_else(|| index.to_string()), found, expected }
    }
}
