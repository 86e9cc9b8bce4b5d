//! All SQL of clocks.
//!
//! Tables: `calendar_day`, `calendar_reckoned`, `clock`.

use super::calendar::KeptDay;
use super::{DueRung, Kept};
use crate::platform::ctx::Ctx;
use crate::platform::db::{Conn, DbError, Row, params};
use domain::case::CaseRef;
use domain::clock::{Clock, ClockKind, Ending, Stopped};
use domain::pack::added::{AddedDay, AddedKind, weekday, weekday_name};
use domain::procedure::StepRole;
use domain::time::Suspension;
use jiff::Timestamp;

fn ms(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::as_millisecond)
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
    let stopped =
        row.optional_instant(11)?.zip(how).zip(by).map(|((at, how), by)| Stopped { at, how, by });
    let suspensions =
        optional(row, 9, "suspensions", |text| serde_json::from_str::<Vec<Suspension>>(text).ok())?;
    let next = row.get::<Option<u32>>(15)?.zip(row.optional_instant(16)?);
    Ok(Kept {
        place: row.get(0)?,
        clock: Clock {
            kind: row.word(1, ClockKind::parse)?,
            procedure: row.parse(2, "a procedure", |text| text.parse().ok())?,
            version: row.get(3)?,
            step: row.get(4)?,
            attempt: row.get(5)?,
            role: optional(row, 6, "a role of steps", StepRole::parse)?,
            agency: row.parse(7, "an agency", |text| text.parse().ok())?,
            budget: row.parse(8, "a budget", |text| text.parse().ok())?,
            suspensions: suspensions.unwrap_or_default(),
            started_at: row.instant(10)?,
            stopped,
            due_at: row.optional_instant(17)?,
        },
        fired: row.get(14)?,
        next,
    })
}

pub fn of(conn: &mut Conn<'_>, case: &CaseRef) -> Result<Vec<Kept>, DbError> {
    conn.query(
        "SELECT place, kind, procedure, procedure_version, step, attempt, role, agency, budget, suspensions, started_at, \
         stopped_at, how, stopped_by, fired, next_percent, next_at, due_at FROM clock WHERE case_ref = $1 ORDER BY place",
        params![case.as_str()],
        to_kept,
    )
}

/// Writes a clock: a new one, or what changes of one that is there.
pub fn put(conn: &mut Conn<'_>, case: &CaseRef, kept: &Kept, is_new: bool) -> Result<(), DbError> {
    let clock = &kept.clock;
    let suspensions = if clock.suspensions.is_empty() {
        None
    } else {
        serde_json::to_string(&clock.suspensions).ok()
    };
    let stopped = clock.stopped.as_ref();
    let (next_percent, next_at) = kept.next.unzip();
    let sql = if is_new {
        "INSERT INTO clock (case_ref, place, kind, procedure, procedure_version, step, attempt, role, agency, budget, \
         started_at, suspensions, due_at, stopped_at, how, stopped_by, fired, next_percent, next_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"
    } else {
        "UPDATE clock SET kind = $3, procedure = $4, procedure_version = $5, step = $6, attempt = $7, role = $8, agency = $9, \
         budget = $10, started_at = $11, suspensions = $12, due_at = $13, stopped_at = $14, how = $15, stopped_by = $16, \
         fired = $17, next_percent = $18, next_at = $19 WHERE case_ref = $1 AND place = $2"
    };
    conn.execute(
        sql,
        params![
            case.as_str(),
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

/// Takes all clocks of a case away.
pub fn clear(conn: &mut Conn<'_>, case: &CaseRef) -> Result<(), DbError> {
    conn.execute("DELETE FROM clock WHERE case_ref = $1", params![case.as_str()])?;
    Ok(())
}

pub fn due_rungs(
    conn: &mut Conn<'_>,
    until: Timestamp,
    limit: usize,
) -> Result<Vec<DueRung>, DbError> {
    conn.query(
        "SELECT case_ref, place, next_percent, next_at, kind, step FROM clock WHERE next_at <= $1 ORDER BY next_at LIMIT $2",
        params![until.as_millisecond(), limit as i64],
        |row| {
            Ok(DueRung {
                case: row.id(0)?,
                place: row.get(1)?,
                percent: row.get(2)?,
                at: row.instant(3)?,
                kind: row.word(4, ClockKind::parse)?,
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
         WHERE case_ref = $4 AND place = $5 AND fired < $1 AND stopped_at IS NULL",
        params![rung.percent, percent, ms(at), rung.case.as_str(), rung.place],
    )?;
    Ok(raised == 1)
}

/// The days that were added to the calendar, by date.
pub fn days(conn: &mut Conn<'_>) -> Result<Vec<KeptDay>, DbError> {
    conn.query(
        "SELECT date, kind, hours_of, basis, changed_at, changed_by FROM calendar_day ORDER BY date",
        params![],
        |row| {
            Ok(KeptDay {
                day: AddedDay {
                    date: row.parse(0, "a date", |text| text.parse().ok())?,
                    kind: row.word(1, AddedKind::parse)?,
                    hours_of: optional(row, 2, "a weekday", weekday)?,
                    basis: row.get(3)?,
                },
                changed_at: row.instant(4)?,
                changed_by: optional(row, 5, "an account", |text| text.parse().ok())?,
            })
        },
    )
}

/// Writes what was decided for a date, in place of what was decided before.
pub fn put_day(conn: &mut Conn<'_>, ctx: &Ctx, day: &AddedDay) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO calendar_day (date, kind, hours_of, basis, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (date) DO UPDATE SET kind = excluded.kind, hours_of = excluded.hours_of, basis = excluded.basis, \
         changed_at = excluded.changed_at, changed_by = excluded.changed_by",
        params![
            day.date.to_string(),
            day.kind.as_str(),
            day.hours_of.map(weekday_name),
            day.basis.trim(),
            ctx.now.as_millisecond(),
            ctx.actor.account.as_ref().map(AsRef::as_ref)
        ],
    )?;
    Ok(())
}

pub fn reckoned(conn: &mut Conn<'_>) -> Result<Option<(String, Timestamp)>, DbError> {
    conn.query_opt("SELECT hash, at FROM calendar_reckoned WHERE id = 1", params![], |row| {
        Ok((row.get(0)?, row.instant(1)?))
    })
}

pub fn set_reckoned(conn: &mut Conn<'_>, hash: &str, at: Timestamp) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO calendar_reckoned (id, hash, at) VALUES (1, $1, $2) \
         ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, at = excluded.at",
        params![hash, at.as_millisecond()],
    )?;
    Ok(())
}

pub fn running_cases(
    conn: &mut Conn<'_>,
    after: &str,
    limit: usize,
) -> Result<Vec<CaseRef>, DbError> {
    conn.query(
        "SELECT DISTINCT case_ref FROM clock WHERE stopped_at IS NULL AND case_ref > $1 ORDER BY case_ref LIMIT $2",
        params![after, limit as i64],
        |row| row.id(0),
    )
}
