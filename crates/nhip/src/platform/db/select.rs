//! A statement in the making: its text, and the values of its parameters, numbered as they come.

use super::Value;
use domain::place::{BoundingBox, cell};

/// Text and values for [`super::Conn::query`]. Conditions are joined by `AND`, so a statement begins with one.
#[derive(Debug, Clone)]
pub struct Select<'a> {
    pub sql: String,
    pub values: Vec<Value<'a>>,
}

impl<'a> Select<'a> {
    /// Begins with this text, up to and with a first condition.
    pub fn new(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), values: Vec::with_capacity(16) }
    }

    pub fn push(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    /// The place of the next parameter, for a text that is pushed later.
    pub fn place(&mut self, value: Value<'a>) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    /// Pushes the next parameter.
    pub fn value(&mut self, value: Value<'a>) {
        let place = self.place(value);
        self.push(&place);
    }

    /// A condition that ends with a parameter: `("agency =", value)`.
    pub fn and(&mut self, comparison: &str, value: Value<'a>) {
        self.push(" AND ");
        self.push(comparison);
        self.push(" ");
        self.value(value);
    }

    /// One of these values; none of them finds nothing. The list is filled up with its last one to a power of two, so
    /// that there are few different statements.
    pub fn one_of(&mut self, column: &str, values: impl IntoIterator<Item = &'a str>) {
        let mut values: Vec<&str> = values.into_iter().collect();
        let Some(last) = values.last().copied() else { return self.push(" AND 1 = 0") };
        values.resize(values.len().next_power_of_two(), last);
        self.push(&format!(" AND {column} IN ("));
        for (n, value) in values.into_iter().enumerate() {
            self.push(if n == 0 { "" } else { ", " });
            self.value(Value::Text(value));
        }
        self.push(")");
    }

    /// The ranges of the curve that hold a box, and a little more. `column` holds cells.
    pub fn cells(&mut self, column: &str, bounds: BoundingBox) {
        let mut ranges = cell::cover(bounds, cell::MAX_RANGES);
        ranges.resize(cell::MAX_RANGES, (-1, -1));
        self.push(" AND (");
        for (n, (first, last)) in ranges.into_iter().enumerate() {
            self.push(&format!("{}{column} BETWEEN ", if n == 0 { "" } else { " OR " }));
            self.value(Value::Int(first));
            self.push(" AND ");
            self.value(Value::Int(last));
        }
        self.push(")");
    }

    /// A box: ranges of the curve for the index, degrees for the truth. `of` is the table's alias with its dot, or empty.
    pub fn lies_in(&mut self, of: &str, bounds: BoundingBox) {
        self.cells(&format!("{of}cell"), bounds);
        let (low, high) = (bounds.south_west(), bounds.north_east());
        for (comparison, degrees) in [
            ("lat >=", low.lat()),
            ("lat <=", high.lat()),
            ("long >=", low.long()),
            ("long <=", high.long()),
        ] {
            self.and(&format!("{of}{comparison}"), Value::Real(degrees));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_as_they_come() {
        let mut select = Select::new("SELECT id FROM report WHERE 1 = 1");
        select.and("state =", Value::Text("closed"));
        select.one_of("area", ["a", "b", "c"]);
        select.push(" LIMIT ");
        select.value(Value::Int(5));
        assert_eq!(
            select.sql,
            "SELECT id FROM report WHERE 1 = 1 AND state = $1 AND area IN ($2, $3, $4, $5) LIMIT $6"
        );
        assert_eq!(select.values.len(), 6);
    }

    #[test]
    fn one_of_nothing_finds_nothing() {
        let mut select = Select::new("SELECT id FROM report WHERE 1 = 1");
        select.one_of("area", []);
        assert_eq!(select.sql, "SELECT id FROM report WHERE 1 = 1 AND 1 = 0");
    }
}
