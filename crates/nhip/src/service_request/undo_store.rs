//! All SQL of decisions that may still be taken back.

use super::store::corrupt_in;
use super::undo::{Decided, to_json};
use crate::platform::clock::from_ms;
use crate::platform::db::{Conn, DbError, params};
use crate::platform::error::Result;
use domain::ids::ServiceRequestId;
use jiff::Timestamp;

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
                until: from_ms(row.get(4)?),
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
