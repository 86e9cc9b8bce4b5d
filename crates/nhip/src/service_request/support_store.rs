//! All SQL of supports: who says that a report is theirs too, and the number of them on the report.
//!
//! Tables: `service_request`, `support`.

use super::store::find_for_update;
use crate::platform::db::{Conn, DbError, params};
use domain::ids::ServiceRequestId;
use jiff::Timestamp;

/// `false`: they support it already.
pub fn insert(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    author_key: &str,
    now: Timestamp,
) -> Result<bool, DbError> {
    let added = conn.execute(
        "INSERT INTO support (request, author_key, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (request, author_key) DO NOTHING",
        params![request.as_str(), author_key, now.as_millisecond()],
    )?;
    Ok(added == 1)
}

/// `false`: they did not support it.
pub fn delete(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    author_key: &str,
) -> Result<bool, DbError> {
    let sql = "DELETE FROM support WHERE request = $1 AND author_key = $2";
    Ok(conn.execute(sql, params![request.as_str(), author_key])? == 1)
}

pub fn is_by(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    author_key: &str,
) -> Result<bool, DbError> {
    let sql = "SELECT 1 FROM support WHERE request = $1 AND author_key = $2";
    Ok(conn.query_opt(sql, params![request.as_str(), author_key], |_| Ok(()))?.is_some())
}

/// Counts anew who supports it. The report is locked by the caller, so nothing is counted beside it.
pub fn count(conn: &mut Conn<'_>, request: &ServiceRequestId) -> Result<(), DbError> {
    conn.execute(
        "UPDATE service_request SET supports = (SELECT COUNT(*) FROM support WHERE request = $1) WHERE id = $1",
        params![request.as_str()],
    )?;
    Ok(())
}

/// A merged report's supporters count for the one it was merged into; its reporter counts as one of them. That one is
/// locked first, so that nobody counts its supporters beside us.
pub fn join(
    conn: &mut Conn<'_>,
    from: &ServiceRequestId,
    into: &ServiceRequestId,
    now: Timestamp,
) -> Result<(), DbError> {
    find_for_update(conn, into)?;
    conn.execute(
        "INSERT INTO support (request, author_key, created_at) SELECT $1, author_key, created_at FROM support WHERE request = $2 \
         ON CONFLICT (request, author_key) DO NOTHING",
        params![into.as_str(), from.as_str()],
    )?;
    insert(conn, into, &of_reporter(from), now)?;
    count(conn, into)
}

/// The opposite of [`join`], where that was taken back at once: who supported both stays.
pub fn part(
    conn: &mut Conn<'_>,
    from: &ServiceRequestId,
    into: &ServiceRequestId,
) -> Result<(), DbError> {
    find_for_update(conn, into)?;
    // Those that were copied have the moment of the other report.
    conn.execute(
        "DELETE FROM support WHERE request = $1 AND (author_key = $3 OR EXISTS (SELECT 1 FROM support other \
         WHERE other.request = $2 AND other.author_key = support.author_key AND other.created_at = support.created_at))",
        params![into.as_str(), from.as_str(), of_reporter(from)],
    )?;
    count(conn, into)
}

/// By which key the reporter of a merged report supports the other.
fn of_reporter(merged: &ServiceRequestId) -> String {
    format!("merged:{merged}")
}
