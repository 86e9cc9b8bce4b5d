//! All SQL of bulletins.
//!
//! Tables: `bulletin`; reads `event`.

use crate::notification::follow::Rhythm;
use crate::platform::db::{Conn, DbError, params};
use domain::ids::{EventId, ServiceRequestId, time_ordered};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Something that may be told.
#[derive(Debug, Clone)]
pub struct Happened {
    pub id: EventId,
    pub request: ServiceRequestId,
    pub verb: String,
    pub at: Timestamp,
}

/// Public events of these verbs from `since` to `until`. Ids of events sort by the time they were written, so that a
/// history that was brought in today, about years ago, is no news.
pub fn happened(
    conn: &mut Conn<'_>,
    since: Timestamp,
    until: Timestamp,
    verbs: &BTreeSet<&str>,
) -> Result<Vec<Happened>, DbError> {
    let id = |at: Timestamp| time_ordered(at.as_millisecond(), 0);
    let all = conn.query(
        "SELECT id, case_ref, verb, at FROM event WHERE id >= $1 AND id < $2 AND at >= $3 AND visibility = 'public' ORDER BY id",
        params![id(since), id(until), since.as_millisecond()],
        |row| {
            Ok(Happened {
                id: row.id(0)?,
                request: row.id(1)?,
                verb: row.get(2)?,
                at: row.instant(3)?,
            })
        },
    )?;
    Ok(all.into_iter().filter(|event| verbs.contains(event.verb.as_str())).collect())
}

pub fn told_until(conn: &mut Conn<'_>, rhythm: Rhythm) -> Result<Option<Timestamp>, DbError> {
    conn.query_opt(
        "SELECT until_at FROM bulletin WHERE rhythm = $1",
        params![rhythm.as_str()],
        |row| row.instant(0),
    )
}

pub fn begin(conn: &mut Conn<'_>, rhythm: Rhythm, until: Timestamp) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO bulletin (rhythm, until_at) VALUES ($1, $2) ON CONFLICT (rhythm) DO NOTHING",
        params![rhythm.as_str(), until.as_millisecond()],
    )?;
    Ok(())
}

/// Takes the time between the two; `false`: another node did.
pub fn move_on(
    conn: &mut Conn<'_>,
    rhythm: Rhythm,
    since: Timestamp,
    until: Timestamp,
) -> Result<bool, DbError> {
    let done = conn.execute(
        "UPDATE bulletin SET until_at = $1 WHERE rhythm = $2 AND until_at = $3",
        params![until.as_millisecond(), rhythm.as_str(), since.as_millisecond()],
    )?;
    Ok(done == 1)
}
