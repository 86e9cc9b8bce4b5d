//! Promises: dates given in public, and whether they were kept. `domain::promise` has the rule; every one is in the
//! public register.
//!
//! [`follow`] reads each event in its transaction: a published *planned*, or the day an agency named once it was late,
//! opens a promise; a published answer settles it. A day that passes settles it too: `break_promises`, a job.

use super::promise_store as store;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::case::Event;
use domain::ids::{AgencyId, EventId, ServiceRequestId};
use domain::promise::{PromiseKind, PromiseState, keeps};
use domain::service_request::event::EventData;
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, ServiceRequest};
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

/// A promise that was just kept or broken, which is yet to be written into the history.
pub struct Settled {
    promise: Promise,
    kept: bool,
}

impl Settled {
    pub fn verb(&self) -> Verb {
        if self.kept { Verb::PromiseKept } else { Verb::PromiseBroken }
    }

    /// What it changes on the report, and what its event carries.
    pub fn change(self, report: &mut ServiceRequest, data: &mut EventData) {
        let Promise { date, kind, agency, .. } = self.promise;
        data.planned_for = Some(date);
        data.code = Some(kind.as_str().to_owned());
        data.agency = Some(agency);
        // A day that was not kept is no word any more: the report owes one again.
        if !self.kept && report.committed_for == Some(date) {
            report.committed_for = None;
        }
    }
}

/// Moves the promises about a report by an event, in its transaction; those that it settled.
#[expect(clippy::wildcard_enum_match_arm, reason = "most verbs leave the promises alone")]
pub fn follow(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    report: &ServiceRequest,
    event: &Event<ServiceRequest>,
) -> Result<Vec<Settled>> {
    match event.verb {
        Verb::Progress if event.data.planned_for.is_some() => {
            let settled = replace_committed(conn, ctx, report, event)?;
            make(conn, report, event, PromiseKind::Committed)?;
            return Ok(settled);
        }
        Verb::Publish => {
            let settled = settle_all(conn, ctx, report)?;
            if report.outcome == Some(Outcome::Planned) {
                make(conn, report, event, PromiseKind::Planned)?;
            }
            return Ok(settled);
        }
        Verb::ConfirmDone => return settle_all(conn, ctx, report),
        Verb::PromiseDue => store::ask(conn, &report.id, event.at)?,
        Verb::Merge | Verb::Refuse | Verb::Withdraw => void(conn, report, event, |_| true)?,
        // Who hands it over takes the day they named along.
        Verb::GiveBack => void(conn, report, event, |p| p.kind == PromiseKind::Committed)?,
        Verb::Assign | Verb::Correct | Verb::Reopen | Verb::Appeal => {
            let elsewhere =
                |p: &Promise| p.kind == PromiseKind::Committed && p.agency != report.agency;
            void(conn, report, event, elsewhere)?;
        }
        _ => {}
    }
    Ok(Vec::new())
}

fn make(
    conn: &mut Conn<'_>,
    report: &ServiceRequest,
    event: &Event<ServiceRequest>,
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
    event: &Event<ServiceRequest>,
) -> Result<Vec<Settled>> {
    let mut settled = Vec::new();
    for old in store::open_of(conn, &report.id)? {
        if old.kind != PromiseKind::Committed {
            continue;
        }
        if event.data.planned_for <= Some(old.date) {
            store::settle(conn, &old.id, PromiseState::Void, event.at)?;
        } else {
            settled.push(settle(conn, ctx, old, false)?);
        }
    }
    Ok(settled)
}

/// An answer was published: what was promised is kept by it, or broken.
fn settle_all(conn: &mut Conn<'_>, ctx: &Ctx, report: &ServiceRequest) -> Result<Vec<Settled>> {
    let outcome = report.outcome.unwrap_or(Outcome::NotFound);
    let answered = report.answered_at.unwrap_or(ctx.now);
    let mut settled = Vec::new();
    for promise in store::open_of(conn, &report.id)? {
        let of = (promise.kind, promise.date, promise.asked_at);
        let kept = keeps(&ctx.pack.calendar, of, outcome, answered);
        settled.push(settle(conn, ctx, promise, kept)?);
    }
    Ok(settled)
}

/// Closes a promise in the register.
pub fn settle(conn: &mut Conn<'_>, ctx: &Ctx, promise: Promise, kept: bool) -> Result<Settled> {
    let state = if kept { PromiseState::Kept } else { PromiseState::Broken };
    store::settle(conn, &promise.id, state, ctx.now)?;
    Ok(Settled { promise, kept })
}

fn void(
    conn: &mut Conn<'_>,
    report: &ServiceRequest,
    event: &Event<ServiceRequest>,
    which: impl Fn(&Promise) -> bool,
) -> Result<()> {
    for promise in store::open_of(conn, &report.id)?.iter().filter(|promise| which(promise)) {
        store::settle(conn, &promise.id, PromiseState::Void, event.at)?;
    }
    Ok(())
}
