//! All SQL of clocks.

use super::{DueRung, Kept};
use crate::platform::clock::from_ms;
use crate::platform::db::{Conn, DbError, Row, params};
use domain::clock::{Clock, ClockKind, Ending, Stopped};
use domain::ids::ServiceRequestId;
use domain::procedure::StepRole;
use domain::time::Suspension;
use jiff::Timestamp;

fn ms(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_millisecond)
}

fn instant(row: &Row<'_>, index: usize) -> Result<Option<Timestamp>, DbError> {
    Ok(row.get::<Option<i64>>(index)?.map(from_ms))
}

fn optional<T>(
    row: &Row<'_>,
    index: usize,
    expected: &'static str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, DbError> {
    match row.get::<Option<String>>(index)? {
        None => Ok(None),
        Some(_) => row.parse(index, expected, read).map(Some),
    }
}

fn to_kept(row: &Row<'_>) -> Result<Kept, DbError> {
    let how = optional(row, 12, "an ending", Ending::parse)?;
    let by = optional(row, 13, "an event", |text| text.parse().ok())?;
    let stopped = instant(row, 11)?.zip(how).zip(by).map(|((at, how), by)| Stopped { at, how, by });
    let suspensions =
        optional(row, 9, "suspensions", |text| serde_json::from_str::<Vec<Suspension>>(text).ok())?;
    let next = row.get::<Option<u32>>(15)?.zip(instant(row, 16)?);
    Ok(Kept {
        place: row.get(0)?,
        clock: Clock {
            kind: row.parse(1, "a kind of clock", ClockKind::parse)?,
            procedure: row.parse(2, "a procedure", |text| text.parse().ok())?,
            version: row.get(3)?,
            step: row.get(4)?,
            attempt: row.get(5)?,
            role: optional(row, 6, "a role of steps", StepRole::parse)?,
            agency: row.parse(7, "an agency", |text| text.parse().ok())?,
            budget: row.parse(8, "a budget", |text| text.parse().ok())?,
            suspensions: suspensions.unwrap_or_default(),
            started_at: from_ms(row.get(10)?),
            stopped,
            due_at: instant(row, 17)?,
        },
        fired: row.get(14)?,
        next,
    })
}

pub fn of(conn: &mut Conn<'_>, request: &ServiceRequestId) -> Result<Vec<Kept>, DbError> {
    conn.query(
        "SELECT place, kind, procedure, procedure_version, step, attempt, role, agency, budget, suspensions, started_at, \
         stopped_at, how, stopped_by, fired, next_percent, next_at, due_at FROM clock WHERE request = $1 ORDER BY place",
        params![request.as_str()],
        to_kept,
    )
}

/// Writes a clock: a new one, or what changes of one that is there.
pub fn put(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    kept: &Kept,
    is_new: bool,
) -> Result<(), DbError> {
    let clock = &kept.clock;
    let suspensions = if clock.suspensions.is_empty() {
        None
    } else {
        serde_json::to_string(&clock.suspensions).ok()
    };
    let stopped = clock.stopped.as_ref();
    let (next_percent, next_at) = kept.next.unzip();
    let sql = if is_new {
        "INSERT INTO clock (request, place, kind, procedure, procedure_version, step, attempt, role, agency, budget, \
         started_at, suspensions, due_at, stopped_at, how, stopped_by, fired, next_percent, next_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"
    } else {
        "UPDATE clock SET kind = $3, procedure = $4, procedure_version = $5, step = $6, attempt = $7, role = $8, agency = $9, \
         budget = $10, started_at = $11, suspensions = $12, due_at = $13, stopped_at = $14, how = $15, stopped_by = $16, \
         fired = $17, next_percent = $18, next_at = $19 WHERE request = $1 AND place = $2"
    };
    conn.execute(
        sql,
        params![
            request.as_str(),
            kept.place,
            clock.kind.as_str(),
            clock.procedure.as_str(),
            clock.version,
            clock.step.as_str(),
            clock.attempt,
            clock.role.map(StepRole::as_str),
            clock.agency.as_str(),
            clock.budget.to_string(),
            clock.started_at.as_millisecond(),
            suspensions,
            ms(clock.due_at),
            ms(stopped.map(|stopped| stopped.at)),
            stopped.map(|stopped| stopped.how.as_str()),
            stopped.map(|stopped| stopped.by.as_str()),
            kept.fired,
            next_percent,
            ms(next_at)
        ],
    )?;
    Ok(())
}

pub fn due_rungs(
    conn: &mut Conn<'_>,
    until: Timestamp,
    limit: usize,
) -> Result<Vec<DueRung>, DbError> {
    conn.query(
        "SELECT request, place, next_percent, next_at, kind, step FROM clock WHERE next_at <= $1 ORDER BY next_at LIMIT $2",
        params![until.as_millisecond(), limit as i64],
        |row| {
            Ok(DueRung {
                request: row.parse(0, "a report", |text| text.parse().ok())?,
                place: row.get(1)?,
                percent: row.get(2)?,
                at: from_ms(row.get(3)?),
                kind: row.parse(4, "a kind of clock", ClockKind::parse)?,
                step: row.get(5)?,
            })
        },
    )
}

/// Raises the clock to this rung, if nobody did so before.
pub fn fire(
    conn: &mut Conn<'_>,
    rung: &DueRung,
    next: Option<(u32, Timestamp)>,
) -> Result<bool, DbError> {
    let (percent, at) = next.unzip();
    let raised = conn.execute(
        "UPDATE clock SET fired = $1, next_percent = $2, next_at = $3 \
         WHERE request = $4 AND place = $5 AND fired < $1 AND stopped_at IS NULL",
        params![rung.percent, percent, ms(at), rung.request.as_str(), rung.place],
    )?;
    Ok(raised == 1)
}
