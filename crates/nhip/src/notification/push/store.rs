//! All SQL of browsers that take notifications.
//!
//! Tables: `push_device`; reads `account`, `person`.

use crate::platform::db::{Conn, DbError, params};
use domain::ids::{PersonId, PushDeviceId};
use jiff::Timestamp;

/// A browser by its address.
#[derive(Debug, Clone)]
pub struct Known {
    pub id: PushDeviceId,
    pub person: PersonId,
    /// Whoever it is has no address and no account: all we know of them is this browser.
    pub nameless: bool,
}

pub fn by_address(conn: &mut Conn<'_>, hash: &str) -> Result<Option<Known>, DbError> {
    conn.query_opt(
        "SELECT d.id, d.person, p.email_hash IS NULL AND p.phone_hash IS NULL \
         AND NOT EXISTS (SELECT 1 FROM account AS a WHERE a.person = p.id) \
         FROM push_device AS d JOIN person AS p ON p.id = d.person WHERE d.address_hash = $1",
        params![hash],
        |row| Ok(Known { id: row.id(0)?, person: row.id(1)?, nameless: row.get(2)? }),
    )
}

pub fn put(
    conn: &mut Conn<'_>,
    id: &PushDeviceId,
    person: &PersonId,
    hash: &str,
    sealed: &[u8],
    language: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO push_device (id, person, address_hash, sealed, language, created_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (address_hash) DO UPDATE SET person = excluded.person, sealed = excluded.sealed, language = excluded.language, ended_at = NULL",
        params![id.as_str(), person.as_str(), hash, sealed, language, now.as_millisecond()],
    )?;
    Ok(())
}

/// How to reach a browser that is still there.
pub fn sealed(conn: &mut Conn<'_>, id: &str) -> Result<Option<Vec<u8>>, DbError> {
    conn.query_opt(
        "SELECT sealed FROM push_device WHERE id = $1 AND ended_at IS NULL",
        params![id],
        |row| row.get(0),
    )
}

/// Its push service says that it is no more.
pub fn end(conn: &mut Conn<'_>, id: &str, now: Timestamp) -> Result<(), DbError> {
    conn.execute(
        "UPDATE push_device SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL",
        params![now.as_millisecond(), id],
    )?;
    Ok(())
}

/// Its push service gave it another address.
pub fn set_address(
    conn: &mut Conn<'_>,
    id: &PushDeviceId,
    hash: &str,
    sealed: &[u8],
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE push_device SET address_hash = $1, sealed = $2, ended_at = NULL WHERE id = $3",
        params![hash, sealed, id.as_str()],
    )?;
    Ok(())
}
