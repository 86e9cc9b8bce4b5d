//! Promises: dates given in public, and whether they were kept. `domain::promise` has the rule; every one is in the
//! public register.
//!
//! [`follow`] reads each event in its transaction: a published *planned*, or the day an agency named once it was late,
//! opens a promise; a published answer settles it. A day that passes settles it too: [`break_over`], a job.

use super::scheduled::{self, Swept};
use super::{Acted, On, act, promise_store as store};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::ids::{AgencyId, EventId, ServiceRequestId};
use domain::promise::{PromiseKind, PromiseState, is_over, keeps, last_day};
use domain::service_request::event::{Actor, Event};
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, ServiceRequest, State};
use domain::time::WorkingCalendar;
use jiff::Timestamp;
use jiff::civil::Date;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Of the event in which it was given.
    pub id: EventId,
    pub request: ServiceRequestId,
    pub kind: PromiseKind,
    /// Whose word it is.
    pub agency: AgencyId,
    pub made_at: Timestamp,
    pub date: Date,
    pub state: PromiseState,
    /// When the report reopened on the date.
    pub asked_at: Option<Timestamp>,
    pub settled_at: Option<Timestamp>,
}

/// All promises about a report, in the order in which they were made.
pub fn of(conn: &mut Conn<'_>, request: &ServiceRequestId) -> Result<Vec<Promise>> {
    Ok(store::of(conn, request)?)
}

/// The promise the reporter is asked about: its date has come.
pub fn asked_about(conn: &mut Conn<'_>, request: &ServiceRequestId) -> Result<Option<Promise>> {
    let all = store::of(conn, request)?;
    let asked = all.into_iter().rfind(|p| p.kind == PromiseKind::Planned && p.asked_at.is_some());
    Ok(asked.filter(|p| matches!(p.state, PromiseState::Due | PromiseState::Broken)))
}

/// Moves the promises about a report by an event, in its transaction. Answers the report when that changed it again.
#[expect(clippy::wildcard_enum_match_arm, reason = "most verbs leave the promises alone")]
pub fn follow(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    report: &ServiceRequest,
    event: &Event,
) -> Result<Option<ServiceRequest>> {
    match event.verb {
        Verb::Progress if event.data.planned_for.is_some() => {
            let changed = replace_committed(conn, ctx, report, event)?;
            make(conn, report, event, PromiseKind::Committed)?;
            Ok(changed)
        }
        Verb::Publish => {
            let changed = settle(conn, ctx, report)?;
            if report.outcome == Some(Outcome::Planned) {
                make(conn, report, event, PromiseKind::Planned)?;
            }
            Ok(changed)
        }
        Verb::ConfirmDone => settle(conn, ctx, report),
        Verb::PromiseDue => {
            store::ask(conn, &report.id, event.at)?;
            Ok(None)
        }
        Verb::Merge | Verb::Refuse | Verb::Withdraw => {
            void(conn, report, event, |_| true)?;
            Ok(None)
        }
        // Who hands it over takes the day they named along.
        Verb::GiveBack => {
            void(conn, report, event, |p| p.kind == PromiseKind::Committed)?;
            Ok(None)
        }
        Verb::Assign | Verb::Correct | Verb::Reopen | Verb::Appeal => {
            let elsewhere =
                |p: &Promise| p.kind == PromiseKind::Committed && p.agency != report.agency;
            void(conn, report, event, elsewhere)?;
            Ok(None)
        }
        _ => Ok(None),
    }
}

fn make(
    conn: &mut Conn<'_>,
    report: &ServiceRequest,
    event: &Event,
    kind: PromiseKind,
) -> Result<()> {
    let Some(date) = event.data.planned_for else { return Ok(()) };
    let promise = Promise {
        id: event.id.clone(),
        request: report.id.clone(),
        kind,
        agency: report.agency.clone(),
        made_at: event.at,
        date,
        state: PromiseState::Standing,
        asked_at: None,
        settled_at: None,
    };
    Ok(store::insert(conn, &promise)?)
}

/// A later day in place of one that stands breaks it; an earlier one does not.
fn replace_committed(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    report: &ServiceRequest,
    event: &Event,
) -> Result<Option<ServiceRequest>> {
    let mut changed = None;
    for old in store::open_of(conn, &report.id)? {
        if old.kind != PromiseKind::Committed {
            continue;
        }
        if event.data.planned_for <= Some(old.date) {
            store::settle(conn, &old.id, PromiseState::Void, event.at)?;
        } else {
            changed = Some(record(conn, ctx, &old, Verb::PromiseBroken)?.report);
        }
    }
    Ok(changed)
}

/// An answer was published: what was promised is kept by it, or broken.
fn settle(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    report: &ServiceRequest,
) -> Result<Option<ServiceRequest>> {
    let outcome = report.outcome.unwrap_or(Outcome::NotFound);
    let answered = report.answered_at.unwrap_or(ctx.now);
    let mut changed = None;
    for promise in store::open_of(conn, &report.id)? {
        let of = (promise.kind, promise.date, promise.asked_at);
        let kept = keeps(&ctx.pack.calendar, of, outcome, answered);
        let verb = if kept { Verb::PromiseKept } else { Verb::PromiseBroken };
        changed = Some(record(conn, ctx, &promise, verb)?.report);
    }
    Ok(changed)
}

fn void(
    conn: &mut Conn<'_>,
    report: &ServiceRequest,
    event: &Event,
    which: impl Fn(&Promise) -> bool,
) -> Result<()> {
    for promise in store::open_of(conn, &report.id)?.iter().filter(|promise| which(promise)) {
        store::settle(conn, &promise.id, PromiseState::Void, event.at)?;
    }
    Ok(())
}

/// Writes down, in public, that a promise was kept or broken.
pub(super) fn record(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    promise: &Promise,
    verb: Verb,
) -> Result<Acted> {
    let kept = verb == Verb::PromiseKept;
    let state = if kept { PromiseState::Kept } else { PromiseState::Broken };
    store::settle(conn, &promise.id, state, ctx.now)?;
    let ctx = ctx.acting_as(Actor::system());
    let on = On { id: promise.request.clone(), seen: None };
    act(conn, &ctx, &on, verb, |report, data| {
        data.planned_for = Some(promise.date);
        data.code = Some(promise.kind.as_str().to_owned());
        data.agency = Some(promise.agency.clone());
        // A day that was not kept is no word any more: the report owes one again.
        if !kept && report.committed_for == Some(promise.date) {
            report.committed_for = None;
        }
        Ok(())
    })
}

/// Breaks the promises whose last day is over and whose work nobody has handed in. A job: safe to run at any time, any
/// number of times. Answers the promises it broke.
pub fn break_over(conn: &mut Conn<'_>, ctx: &Ctx, limit: usize) -> Result<Swept<Promise>> {
    let calendar = &ctx.pack.calendar;
    let over = match newest_over(calendar, ctx.now) {
        Some(newest) => store::over(conn, newest, limit)?,
        None => Vec::new(),
    };
    scheduled::each(
        conn,
        over,
        |p| p.request.as_str(),
        |conn, Promise { id, request, .. }| {
            // Read again under the lock of its report: another node may be at it.
            let report = crate::service_request::store::find_for_update(conn, request)?;
            let open = store::open_of(conn, request)?;
            let waits = report.is_some_and(|r| !matches!(r.state, State::InReview | State::Closed));
            let broken = open
                .iter()
                .find(|p| p.id == *id)
                .filter(|p| waits && is_over(calendar, p.date, p.asked_at, ctx.now));
            let Some(promise) = broken else { return Ok(false) };
            record(conn, ctx, promise, Verb::PromiseBroken).map(|_| true)
        },
    )
}

/// The newest date whose last day is over.
fn newest_over(calendar: &WorkingCalendar, now: Timestamp) -> Option<Date> {
    /// No row of days off is longer.
    const AT_MOST: usize = 60;
    let today = calendar.local_date(now);
    let mut date = today.yesterday().ok()?;
    for _ in 0..AT_MOST {
        if last_day(calendar, date) < today {
            return Some(date);
        }
        date = date.yesterday().ok()?;
    }
    None
}
