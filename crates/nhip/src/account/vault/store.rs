//! SQL of the vault.
//!
//! Tables: `given_contact`, `identity_opening`, `person`; reads `account`, `follow`, `service_request`.

use super::Opening;
use super::rotate::Column;
use crate::platform::db::{Conn, DbError, Row, dialect, params};
use crate::platform::sealing::HEAD_BYTES;
use domain::actor::Role;
use domain::ids::{PersonId, ServiceRequestId};
use jiff::Timestamp;

fn person(row: &Row<'_>) -> Result<PersonId, DbError> {
    row.id(0)
}

/// Rows after `after` that something else sealed than what begins with `head`, by their ids.
pub fn sealed_otherwise(
    conn: &mut Conn<'_>,
    Column { table, id, column, .. }: &Column,
    head: &[u8],
    after: &str,
    limit: usize,
) -> Result<Vec<(String, Vec<u8>)>, DbError> {
    conn.query(
        &format!(
            "SELECT {id}, {column} FROM {table} WHERE {id} > $1 AND {column} IS NOT NULL \
             AND substr({column}, 1, {HEAD_BYTES}) <> $2 ORDER BY {id} LIMIT $3"
        ),
        params![after, head, limit as i64],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Changes nothing if the row has been written meanwhile; says whether it did.
pub fn swap_sealed(
    conn: &mut Conn<'_>,
    Column { table, id, column, .. }: &Column,
    row: &str,
    (before, after): (&[u8], &[u8]),
) -> Result<bool, DbError> {
    let changed = conn.execute(
        &format!("UPDATE {table} SET {column} = $1 WHERE {id} = $2 AND {column} = $3"),
        params![after, row, before],
    )?;
    Ok(changed > 0)
}

/// How many rows are sealed, or of these how many by what begins with `head`.
pub fn count_sealed(
    conn: &mut Conn<'_>,
    Column { table, column, .. }: &Column,
    head: Option<&[u8]>,
) -> Result<i64, DbError> {
    let all = format!("SELECT COUNT(*) FROM {table} WHERE {column} IS NOT NULL");
    let count = match head {
        None => conn.query_opt(&all, params![], |row| row.get(0))?,
        Some(head) => {
            let some = format!("{all} AND substr({column}, 1, {HEAD_BYTES}) = $1");
            conn.query_opt(&some, params![head], |row| row.get(0))?
        }
    };
    Ok(count.unwrap_or_default())
}

/// The person known by that address; nobody else makes them before this transaction ends.
pub fn by_email(conn: &mut Conn<'_>, hash: &str) -> Result<Option<PersonId>, DbError> {
    dialect::one_at_a_time(conn, hash)?;
    conn.query_opt(
        "SELECT id FROM person WHERE email_hash = $1 AND sealed IS NOT NULL ORDER BY id LIMIT 1",
        params![hash],
        person,
    )
}

/// The person known by that number and without an address; nobody else makes them before this transaction ends.
pub fn by_phone_alone(conn: &mut Conn<'_>, hash: &str) -> Result<Option<PersonId>, DbError> {
    dialect::one_at_a_time(conn, hash)?;
    conn.query_opt(
        "SELECT id FROM person WHERE phone_hash = $1 AND email_hash IS NULL AND sealed IS NOT NULL ORDER BY id LIMIT 1",
        params![hash],
        person,
    )
}

fn report(row: &Row<'_>) -> Result<ServiceRequestId, DbError> {
    row.parse(0, "a report's code", |text| text.parse().ok())
}

/// Newest first.
pub fn reports_by_email(
    conn: &mut Conn<'_>,
    hash: &str,
    limit: usize,
) -> Result<Vec<ServiceRequestId>, DbError> {
    conn.query(
        "SELECT r.id FROM service_request r JOIN person p ON p.id = r.reporter WHERE p.email_hash = $1 \
         ORDER BY r.received_at DESC, r.id DESC LIMIT $2",
        params![hash, limit as i64],
        report,
    )
}

/// Newest first: those it was given with; of those from before contacts were kept with reports, all of its person.
pub fn reports_by_phone(
    conn: &mut Conn<'_>,
    hash: &str,
    limit: usize,
) -> Result<Vec<ServiceRequestId>, DbError> {
    conn.query(
        "SELECT r.id FROM service_request r WHERE r.id IN (SELECT request FROM given_contact WHERE phone_hash = $1 \
         UNION SELECT o.id FROM service_request o JOIN person p ON p.id = o.reporter WHERE p.phone_hash = $1 \
         AND NOT EXISTS (SELECT 1 FROM given_contact AS g WHERE g.request = o.id)) \
         ORDER BY r.received_at DESC, r.id DESC LIMIT $2",
        params![hash, limit as i64],
        report,
    )
}

pub fn insert_given(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    person: &PersonId,
    sealed: &[u8],
    phone: Option<&str>,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO given_contact (request, person, sealed, phone_hash) VALUES ($1, $2, $3, $4)",
        params![request.as_str(), person.as_str(), sealed, phone],
    )?;
    Ok(())
}

pub fn given(conn: &mut Conn<'_>, request: &ServiceRequestId) -> Result<Option<Vec<u8>>, DbError> {
    conn.query_opt(
        "SELECT sealed FROM given_contact WHERE request = $1",
        params![request.as_str()],
        |row| row.get(0),
    )
}

pub fn insert(
    conn: &mut Conn<'_>,
    person: &PersonId,
    sealed: &[u8],
    (email, phone): (Option<String>, Option<String>),
    language: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO person (id, sealed, email_hash, phone_hash, language, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        params![person.as_str(), sealed, email, phone, language, now.as_millisecond()],
    )?;
    Ok(())
}

pub fn sealed(conn: &mut Conn<'_>, person: &PersonId) -> Result<Option<Vec<u8>>, DbError> {
    let found = conn.query_opt(
        "SELECT sealed FROM person WHERE id = $1",
        params![person.as_str()],
        |row| row.get(0),
    )?;
    Ok(found.flatten())
}

pub fn language(conn: &mut Conn<'_>, person: &PersonId) -> Result<Option<String>, DbError> {
    conn.query_opt("SELECT language FROM person WHERE id = $1", params![person.as_str()], |row| {
        row.get(0)
    })
}

pub fn set_language(conn: &mut Conn<'_>, person: &PersonId, language: &str) -> Result<(), DbError> {
    conn.execute(
        "UPDATE person SET language = $1 WHERE id = $2",
        params![language, person.as_str()],
    )?;
    Ok(())
}

pub fn insert_opening(
    conn: &mut Conn<'_>,
    id: &str,
    person: &PersonId,
    opening: &Opening,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO identity_opening (id, person, case_ref, account, role, reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            id,
            person.as_str(),
            opening.request.as_ref().map(AsRef::<str>::as_ref),
            opening.account.as_str(),
            opening.role.as_str(),
            opening.reason,
            opening.at.as_millisecond()
        ],
    )?;
    Ok(())
}

pub fn openings(conn: &mut Conn<'_>, person: &PersonId) -> Result<Vec<Opening>, DbError> {
    conn.query(
        "SELECT at, role, account, case_ref, reason FROM identity_opening WHERE person = $1 ORDER BY at DESC, id DESC",
        params![person.as_str()],
        |row| {
            Ok(Opening {
                at: row.instant(0)?,
                role: row.word(1, Role::parse)?,
                account: row.id(2)?,
                request: row.get::<Option<String>>(3)?.and_then(|text| text.parse().ok()),
                reason: row.get(4)?,
            })
        },
    )
}

pub fn erase(conn: &mut Conn<'_>, person: &PersonId, now: Timestamp) -> Result<(), DbError> {
    conn.execute("DELETE FROM given_contact WHERE person = $1", params![person.as_str()])?;
    conn.execute(
        "UPDATE person SET sealed = NULL, email_hash = NULL, phone_hash = NULL, erased_at = $1 WHERE id = $2",
        params![now.as_millisecond(), person.as_str()],
    )?;
    Ok(())
}

/// People nothing has been going on with since `before` (milliseconds UTC).
pub fn silent_since(
    conn: &mut Conn<'_>,
    before: i64,
    limit: usize,
) -> Result<Vec<PersonId>, DbError> {
    conn.query(
        "SELECT id FROM person WHERE erased_at IS NULL AND created_at < $1 \
         AND NOT EXISTS (SELECT 1 FROM service_request AS r WHERE r.reporter = person.id AND (r.closed_at IS NULL OR r.closed_at >= $1)) \
         AND NOT EXISTS (SELECT 1 FROM follow AS f WHERE f.follower = person.id AND f.stopped_at IS NULL) \
         AND NOT EXISTS (SELECT 1 FROM account AS a WHERE a.person = person.id) \
         ORDER BY id LIMIT $2",
        params![before, limit as i64],
        person,
    )
}
