//! SQL of the texts of procedures.
//!
//! Tables: `procedure_text`.

use crate::platform::db::{Conn, DbError, params};
use domain::procedure::Procedure;
use jiff::Timestamp;

/// Once for each text; a second time changes nothing.
pub fn keep(conn: &mut Conn<'_>, procedure: &Procedure, now: Timestamp) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO procedure_text (hash, procedure, version, body, first_used_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (hash) DO NOTHING",
        params![
            procedure.hash.as_str(), procedure.code.as_str(), i64::from(procedure.version), &*procedure.source,
            now.as_millisecond()
        ],
    )?;
    Ok(())
}

/// Hash and text of each, in the order of their versions.
pub fn all(conn: &mut Conn<'_>) -> Result<Vec<(String, String)>, DbError> {
    conn.query(
        "SELECT hash, body FROM procedure_text ORDER BY procedure, version, first_used_at, hash",
        params![],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
