//! All SQL of the editions of the open data.
//!
//! Tables: `open_data_edition`.

use super::edition::{Edition, File};
use crate::platform::db::{Conn, DbError, Row, params};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// For how long a claim holds. A city of a million reports is written in a few minutes.
pub const LEASE: SignedDuration = SignedDuration::from_mins(30);

/// The right to write the next edition, by its number; `None` while somebody writes one.
///
/// A claim that holds for longer than any should was made by a clock that is far ahead, and counts for nothing.
pub fn claim(conn: &mut Conn<'_>, now: Timestamp) -> Result<Option<i64>, DbError> {
    let newest = conn.query_opt(
        "SELECT number, until_at, as_of_at FROM open_data_edition ORDER BY number DESC LIMIT 1",
        params![],
        |row| {
            let written = row.get::<Option<i64>>(2)?.is_none();
            Ok((row.get::<i64>(0)?, written.then_some(row.instant(1)?)))
        },
    )?;
    let (number, until) = newest.unwrap_or_default();
    if until.is_some_and(|until| until > now && until.duration_since(now) < LEASE * 2) {
        return Ok(None);
    }
    let claimed = conn.execute(
        "INSERT INTO open_data_edition (number, until_at) VALUES ($1, $2) ON CONFLICT (number) DO NOTHING",
        params![number + 1, (now + LEASE).as_millisecond()],
    )?;
    Ok((claimed == 1).then_some(number + 1))
}

/// Gives a claim back.
pub fn give_up(conn: &mut Conn<'_>, number: i64) -> Result<(), DbError> {
    conn.execute(
        "DELETE FROM open_data_edition WHERE number = $1 AND as_of_at IS NULL",
        params![number],
    )?;
    Ok(())
}

/// From now on every node serves this edition; the one before stays for who is reading it, and all others are forgotten.
/// Whether that happened: not if a newer one is there already.
pub fn publish(conn: &mut Conn<'_>, edition: &Edition) -> Result<bool, DbError> {
    let files = serde_json::to_string(&edition.files).map_err(|e| DbError::Other(e.to_string()))?;
    let published = conn.execute(
        "UPDATE open_data_edition SET as_of_at = $2, files = $3 WHERE number = $1 AND as_of_at IS NULL",
        params![edition.number, edition.as_of.as_millisecond(), files],
    )?;
    conn.execute(
        "DELETE FROM open_data_edition WHERE number < (SELECT MAX(number) FROM open_data_edition WHERE as_of_at IS NOT NULL) \
         AND number <> COALESCE((SELECT number FROM open_data_edition WHERE as_of_at IS NOT NULL \
         ORDER BY number DESC LIMIT 1 OFFSET 1), 0)",
        params![],
    )?;
    Ok(published == 1)
}

/// The numbers there are, also of one that is being written.
pub fn numbers(conn: &mut Conn<'_>) -> Result<Vec<i64>, DbError> {
    let sql = "SELECT number FROM open_data_edition ORDER BY number";
    conn.query(sql, params![], |row| row.get(0))
}

/// What is served now.
pub fn newest(conn: &mut Conn<'_>) -> Result<Option<Edition>, DbError> {
    conn.query_opt(
        "SELECT number, as_of_at, files FROM open_data_edition WHERE as_of_at IS NOT NULL ORDER BY number DESC LIMIT 1",
        params![],
        |row| {
            let (number, as_of) = (row.get(0)?, row.instant(1)?);
            Ok(Edition { number, as_of, files: files(row)? })
        },
    )
}

fn files(row: &Row<'_>) -> Result<BTreeMap<String, File>, DbError> {
    row.parse(2, "JSON", |files| serde_json::from_str(files).ok())
}
