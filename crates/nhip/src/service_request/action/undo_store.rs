//! All SQL of decisions that may still be taken back, and of what the outbox holds back for them.
//!
//! Tables: `outbox`, `undo`; reads `event`.

use super::undo::{Decided, to_json};
use crate::platform::db::{Conn, DbError, params};
use crate::platform::error::Result;
use crate::service_request::store::corrupt_in;
use domain::ids::{EventId, ServiceRequestId};
use jiff::Timestamp;

/// Rows of the outbox that a decision on a report put there, with what followed from it: known by the versions to which its
/// events led, not by their ids, which another node whose clock is ahead may have made before it.
const OF_DECISION: &str = "case_ref = $2 AND event IN (SELECT id FROM event WHERE case_ref = $2 \
    AND seq >= (SELECT seq FROM event WHERE case_ref = $2 AND id = $3))";

/// Holds back until `at` what a decision put into the outbox; how many rows that are.
pub fn hold(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    decision: &EventId,
    at: Timestamp,
) -> Result<u64, DbError> {
    let sql = format!("UPDATE outbox SET due_at = $1 WHERE {OF_DECISION}");
    conn.execute(&sql, params![at.as_millisecond(), request.as_str(), decision.as_str()])
}

/// Takes the rows out that are held back until `at`, so that nobody is told; how many there still were.
pub fn take_back(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    decision: &EventId,
    at: Timestamp,
) -> Result<u64, DbError> {
    let sql = format!("DELETE FROM outbox WHERE due_at = $1 AND {OF_DECISION}");
    conn.execute(&sql, params![at.as_millisecond(), request.as_str(), decision.as_str()])
}

pub fn keep(conn: &mut Conn<'_>, d: &Decided) -> Result<()> {
    conn.execute(
        "INSERT INTO undo (request, event, version, account, held, until_at, was) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (request) DO UPDATE SET event = excluded.event, version = excluded.version, account = excluded.account, \
         held = excluded.held, until_at = excluded.until_at, was = excluded.was",
        params![
            d.request.as_str(),
            d.event.as_str(),
            d.version,
            d.account.as_str(),
            d.held,
            d.until.as_millisecond(),
            to_json(&d.was)?
        ],
    )?;
    Ok(())
}

pub fn find(conn: &mut Conn<'_>, request: &ServiceRequestId) -> Result<Option<Decided>, DbError> {
    conn.query_opt(
        "SELECT event, version, account, held, until_at, was FROM undo WHERE request = $1",
        params![request.as_str()],
        |row| {
            let was: String = row.get(5)?;
            Ok(Decided {
                request: request.clone(),
                event: row.parse(0, "an event", |text| text.parse().ok())?,
                version: row.get(1)?,
                account: row.parse(2, "an account", |text| text.parse().ok())?,
                held: row.get(3)?,
                until: row.instant(4)?,
                was: serde_json::from_str(&was)
                    .map_err(|_| corrupt_in("undo", "was", request.as_str()))?,
            })
        },
    )
}

pub fn forget(conn: &mut Conn<'_>, request: &ServiceRequestId) -> Result<(), DbError> {
    conn.execute("DELETE FROM undo WHERE request = $1", params![request.as_str()])?;
    Ok(())
}

/// Takes away what can no longer be taken back.
pub fn sweep(conn: &mut Conn<'_>, now: Timestamp) -> Result<(), DbError> {
    conn.execute("DELETE FROM undo WHERE until_at <= $1", params![now.as_millisecond()])?;
    Ok(())
}
