//! SQL of [`super::unasked`].
//!
//! Tables: `unasked_letter`.

use crate::platform::db::{Conn, DbError, params};
use domain::ids::PersonId;
use jiff::Timestamp;

pub fn forget_before(conn: &mut Conn<'_>, before: Timestamp) -> Result<(), DbError> {
    conn.execute("DELETE FROM unasked_letter WHERE at < $1", params![before.as_millisecond()])?;
    Ok(())
}

/// Letters to this person since that moment, and letters that this origin caused.
pub fn counted(
    conn: &mut Conn<'_>,
    person: &PersonId,
    origin: Option<&str>,
    since: Timestamp,
) -> Result<(i64, i64), DbError> {
    conn.query_one(
        "SELECT (SELECT COUNT(*) FROM unasked_letter WHERE person = $1 AND at >= $3), \
         (SELECT COUNT(*) FROM unasked_letter WHERE origin = $2 AND at >= $3)",
        params![person.as_str(), origin, since.as_millisecond()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub fn insert(
    conn: &mut Conn<'_>,
    id: &str,
    person: &PersonId,
    origin: Option<&str>,
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO unasked_letter (id, person, origin, at) VALUES ($1, $2, $3, $4)",
        params![id, person.as_str(), origin, now.as_millisecond()],
    )?;
    Ok(())
}
