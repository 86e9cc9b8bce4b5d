//! The SQL of the keys that this database was sealed with.
//!
//! Tables: `vault_key`.

use super::KeyId;
use crate::platform::clock::from_ms;
use crate::platform::db::{Conn, DbError, dialect, params};
use jiff::Timestamp;

/// A key this database came to be sealed with.
#[derive(Debug, Clone)]
pub struct Used {
    /// 1, 2, …
    pub nth: i64,
    pub check: String,
    /// `None`: from the beginning.
    pub since: Option<Timestamp>,
}

impl Used {
    pub fn id(&self) -> Option<KeyId> {
        KeyId::of_check(&self.check)
    }
}

/// The row of the secret of lookups; the keys are counted from 1.
const LOOKUPS: i64 = 0;

/// In the order in which they came to seal.
pub fn keys(conn: &mut Conn<'_>) -> Result<Vec<Used>, DbError> {
    conn.query(
        "SELECT id, check_value, since_at FROM vault_key WHERE id > $1 ORDER BY id",
        params![LOOKUPS],
        |row| {
            let since: i64 = row.get(2)?;
            Ok(Used {
                nth: row.get(0)?,
                check: row.get(1)?,
                since: (since > 0).then(|| from_ms(since)),
            })
        },
    )
}

pub fn lookups_check(conn: &mut Conn<'_>) -> Result<Option<String>, DbError> {
    conn.query_opt("SELECT check_value FROM vault_key WHERE id = $1", params![LOOKUPS], |row| {
        row.get(0)
    })
}

pub fn put_lookups_check(conn: &mut Conn<'_>, check: &str) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO vault_key (id, check_value) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
        params![LOOKUPS, check],
    )?;
    Ok(())
}

pub fn put_key(
    conn: &mut Conn<'_>,
    nth: i64,
    check: &str,
    since: Option<Timestamp>,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO vault_key (id, check_value, since_at) VALUES ($1, $2, $3)",
        params![nth, check, since.map_or(0, Timestamp::as_millisecond)],
    )?;
    Ok(())
}

pub fn forget_key(conn: &mut Conn<'_>, check: &str) -> Result<(), DbError> {
    conn.execute(
        "DELETE FROM vault_key WHERE id > $1 AND check_value = $2",
        params![LOOKUPS, check],
    )?;
    Ok(())
}

/// One command at a time changes the keys.
pub fn hold_keys(conn: &mut Conn<'_>) -> Result<(), DbError> {
    dialect::one_at_a_time(conn, "vault_key")
}
