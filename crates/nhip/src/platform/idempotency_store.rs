//! The SQL of what was done before under a key: a form or a request that is sent again makes nothing twice.
//!
//! Tables: `idempotency`.

use super::db::{Conn, DbError, dialect, params};
use domain::case::CaseRef;
use jiff::Timestamp;

/// The case an idempotency key already made. Whoever asks at the same moment waits for what this transaction makes.
pub fn find(conn: &mut Conn<'_>, key_hash: &str) -> Result<Option<CaseRef>, DbError> {
    dialect::one_at_a_time(conn, key_hash)?;
    conn.query_opt(
        "SELECT case_ref FROM idempotency WHERE key_hash = $1",
        params![key_hash],
        |row| row.id(0),
    )
}

pub fn insert(
    conn: &mut Conn<'_>,
    key_hash: &str,
    case: impl Into<CaseRef>,
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO idempotency (key_hash, case_ref, created_at) VALUES ($1, $2, $3)",
        params![key_hash, case.into().as_str(), now.as_millisecond()],
    )?;
    Ok(())
}

/// Forgets what was made before this moment by a form, the oldest first.
pub fn forget(conn: &mut Conn<'_>, before: Timestamp, limit: usize) -> Result<(), DbError> {
    let sql = "DELETE FROM idempotency WHERE key_hash IN \
        (SELECT k.key_hash FROM idempotency AS k WHERE k.created_at < $1 ORDER BY k.created_at LIMIT $2)";
    conn.execute(sql, params![before.as_millisecond(), limit as i64])?;
    Ok(())
}
