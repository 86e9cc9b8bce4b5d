//! The one way a report changes: read it, ask the workflow, change it, write it with its event and its outbox row.
//!
//! Each verb's own file says only what is particular to it. Everything here happens inside the caller's transaction.

pub mod accept;
pub mod add_media;
pub mod answer;
pub mod ask;
pub mod assign;
pub mod attributes;
pub mod break_promises;
pub mod confirm;
pub mod correct;
pub mod deliver;
pub mod escalate;
pub mod explain;
pub mod extend;
pub mod merge;
pub mod moderate;
pub mod moderate_store;
pub mod past_round_store;
pub mod promise;
pub mod promise_store;
pub mod rate;
pub mod recalculate;
pub mod recurrence;
pub mod recurrence_store;
pub mod refuse;
pub mod remind;
pub mod reopen;
pub mod review;
pub mod scheduled;
pub mod scheduled_store;
pub mod step_store;
pub mod submit;
pub mod text;
pub mod undo;
pub mod undo_store;
pub mod urgent;
pub mod withdraw;
pub mod work;

use self::promise::Settled;
use crate::case::clock;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::outbox;
use crate::service_request::store;
use domain::actor::Actor;
use domain::ids::{EventId, ServiceRequestId};
use domain::pack::Pack;
use domain::refusal::Refusal;
use domain::service_request::event::{Event, EventData};
use domain::service_request::workflow::{ClockEffect, To, Verb, permit};
use domain::service_request::{Outcome, ServiceRequest, State};
use domain::time::{self, Suspension};
use jiff::Timestamp;

/// Which report, and which version of it the person saw; `None` for those who saw no version (jobs, receipts).
#[derive(Debug, Clone)]
pub struct On {
    pub id: ServiceRequestId,
    pub seen: Option<i64>,
}

/// What came of an action.
#[derive(Debug)]
pub struct Acted {
    pub report: ServiceRequest,
    pub event: EventId,
}

/// A report as it stands until the transaction ends: for whoever looks before they act. Nobody changes it meanwhile.
pub fn locked(conn: &mut Conn<'_>, id: &ServiceRequestId) -> Result<ServiceRequest> {
    Ok(store::find_for_update(conn, id)?.ok_or(Refusal::NotFound)?)
}

/// Does `verb` to a report, or says why not and changes nothing. What follows from it for promises is done with it.
///
/// `change` sets the fields that are particular to the verb and returns what the event carries; state, clock,
/// version, history and outbox are done here.
pub fn act(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    verb: Verb,
    change: impl FnOnce(&mut ServiceRequest, &mut EventData) -> Result<(), Refusal>,
) -> Result<Acted> {
    let (report, event) = step(conn, ctx, on, verb, change)?;
    let settled = promise::follow(conn, ctx, &report, &event)?;
    let changed = write_settled(conn, ctx, &report.id, settled)?;
    Ok(Acted { report: changed.unwrap_or(report), event: event.id })
}

/// Writes into the history, in public, that promises were kept or broken; the report, where that changed it.
fn write_settled(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    id: &ServiceRequestId,
    settled: Vec<Settled>,
) -> Result<Option<ServiceRequest>> {
    let (system, on) = (ctx.acting_as(Actor::system()), On { id: id.clone(), seen: None });
    let mut changed = None;
    for promise in settled {
        let verb = promise.verb();
        let write = |report: &mut ServiceRequest, data: &mut EventData| {
            promise.change(report, data);
            Ok(())
        };
        changed = Some(step(conn, &system, &on, verb, write)?.0);
    }
    Ok(changed)
}

/// One verb, one event.
fn step(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    verb: Verb,
    change: impl FnOnce(&mut ServiceRequest, &mut EventData) -> Result<(), Refusal>,
) -> Result<(ServiceRequest, Event)> {
    let mut report = locked(conn, &on.id)?;
    if let Some(seen) = on.seen.filter(|seen| *seen != report.version) {
        return Err(Refusal::Stale { seen, current: report.version }.into());
    }
    let row = permit(&report, verb, &ctx.actor)?;
    clock::nothing_is_owed(conn, &ctx.pack, &report, verb)?;
    let mut data = EventData::default();
    let (from, had_it) = (report.state, report.agency.clone());
    let closed = (from == State::Closed).then(|| report.clone());
    change(&mut report, &mut data)?;
    if row.needs_reason && data.text.is_none() && data.code.is_none() {
        return Err(Refusal::NeedsReason.into());
    }
    follow(&mut report, row.to);
    run_clock(&mut report, &ctx.pack, row.clock, ctx.now);
    // A day that was planned for is no word any more where it ended otherwise.
    if report.state == State::Closed && report.outcome != Some(Outcome::Planned) {
        report.planned_for = None;
    }
    // Whoever has it next has given no word yet.
    if report.agency != had_it || verb == Verb::GiveBack {
        report.committed_for = None;
    }
    if row.clock != ClockEffect::None {
        data.due_at = report.due_at;
    }
    let seen = report.version;
    report.version += 1;
    report.updated_at = ctx.now;
    if !store::save(conn, ctx, &report, seen)? {
        return Err(Refusal::Stale { seen, current: seen + 1 }.into());
    }
    // What is taken back was never closed.
    let left = report.state != State::Closed && verb != Verb::Undo;
    if let Some(before) = closed.filter(|_| left) {
        past_round_store::keep(conn, &before, ctx.now, verb)?;
    }
    let event = Event {
        id: new_event_id(ctx)?,
        request: report.id.clone(),
        at: ctx.now,
        verb,
        actor: ctx.actor.clone(),
        from: Some(from),
        to: report.state,
        attempt: report.attempt,
        visibility: row.visibility,
        data,
    };
    record(conn, ctx, &event, report.version)?;
    follow_clocks(conn, ctx, &mut report, &event)?;
    Ok((report, event))
}

/// Writes the event and, in the same transaction, the outbox row that makes letters of it.
pub fn record(conn: &mut Conn<'_>, ctx: &Ctx, event: &Event, version: i64) -> Result<()> {
    store::insert_event(conn, event, version)?;
    outbox::put(conn, ctx, &event.id, &event.request, event.verb.as_str(), None)
}

/// Moves the clocks of the case, and keeps with the report which step is owed now.
pub fn follow_clocks(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    report: &mut ServiceRequest,
    event: &Event,
) -> Result<()> {
    let owed = clock::follow(conn, ctx, report, event)?;
    if owed != report.step {
        step_store::set_step(conn, &report.id, owed.as_ref())?;
        report.step = owed;
    }
    Ok(())
}

pub fn new_event_id(ctx: &Ctx) -> Result<EventId> {
    EventId::try_from(ctx.new_id()).map_err(|e| Error::failed("make an event id", e))
}

fn follow(report: &mut ServiceRequest, to: To) {
    match to {
        To::Same => {}
        To::State(state) => {
            if state == State::WaitingReporter {
                report.asked_in = Some(report.state);
            }
            report.state = state;
        }
        To::WhereAsked => {
            report.state = report.asked_in.take().unwrap_or(State::Received);
            report.question_until = None;
        }
    }
}

fn run_clock(report: &mut ServiceRequest, pack: &Pack, effect: ClockEffect, now: Timestamp) {
    match effect {
        // Who hands over or answers ends a pause with it.
        ClockEffect::None if report.is_paused() || report.state == State::WaitingReporter => {}
        ClockEffect::None | ClockEffect::Resume => end_suspension(report, now),
        ClockEffect::Start => {
            report.clock_from = Some(now);
            report.suspensions.clear();
            report.closed_at = None;
            report.committed_for = None;
        }
        ClockEffect::Suspend => report.suspensions.push(Suspension { from: now, to: None }),
        ClockEffect::Stop => {
            end_suspension(report, now);
            report.closed_at = Some(now);
            report.question_until = None;
            report.paused_for = None;
            report.committed_for = None;
        }
    }
    report.due_at = due(report, pack);
}

fn end_suspension(report: &mut ServiceRequest, now: Timestamp) {
    if let Some(open) = report.suspensions.last_mut().filter(|s| s.to.is_none()) {
        open.to = Some(now);
    }
}

/// When the promise to the citizen falls due; `None` while it is suspended.
pub fn due(report: &ServiceRequest, pack: &Pack) -> Option<Timestamp> {
    let promised = pack.procedure_of(report)?.promised(report);
    time::due(&pack.calendar, report.clock_from?, &promised, &report.suspensions)
}
