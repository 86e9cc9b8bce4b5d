//! What is done to a report. The one way it changes is [`case::act()`], which asks here what a report is as a case; each
//! verb's own file says only what is particular to it.

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
pub mod explain;
pub mod extend;
pub mod merge;
pub mod moderate;
pub mod past_round_store;
pub mod promise;
pub mod promise_store;
pub mod rate;
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
use crate::case::{self, Case, CaseHead, Target};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::store;
use domain::actor::Actor;
use domain::case::{CaseRef, ClockEffect, Event, OwedStep, Transition};
use domain::ids::{EventId, ServiceRequestId};
use domain::pack::Pack;
use domain::procedure::Procedure;
use domain::refusal::Refusal;
use domain::service_request::event::EventData;
use domain::service_request::workflow::{Verb, permit};
use domain::service_request::{Outcome, ServiceRequest, State};
use domain::time::{self, Budget, Suspension};
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

/// [`case::act()`] on a report.
pub fn act(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    verb: Verb,
    change: impl FnOnce(&mut ServiceRequest, &mut EventData) -> Result<(), Refusal>,
) -> Result<Acted> {
    let target = Target { case: CaseRef::from(&on.id), seen: on.seen };
    let (report, event) = case::act(conn, ctx, &target, verb, change)?;
    Ok(Acted { report, event: event.id })
}

impl Case for ServiceRequest {
    fn find_for_update(conn: &mut Conn<'_>, case: &CaseRef) -> Result<Option<Self>> {
        let Some(id) = case.report() else { return Ok(None) };
        Ok(store::find_for_update(conn, &id)?)
    }

    fn head(&self) -> CaseHead<'_, State> {
        CaseHead {
            case: CaseRef::from(&self.id),
            version: self.version,
            changed_seq: self.changed_seq,
            state: self.state,
            agency: &self.agency,
            attempt: self.attempt,
            step: self.step.as_ref(),
            clock_from: self.clock_from,
            suspensions: &self.suspensions,
            due_at: self.due_at,
        }
    }

    fn permit(&self, verb: Verb, actor: &Actor) -> Result<&'static Transition<Self>, Refusal> {
        permit(self, verb, actor)
    }

    fn go(&mut self, ctx: &Ctx, row: &Transition<Self>, before: &Self) {
        self.move_to(row.to);
        run_clock(self, &ctx.pack, row.clock, ctx.now);
        // A day that was planned for is no word any more where it ended otherwise.
        if self.state == State::Closed && self.outcome != Some(Outcome::Planned) {
            self.planned_for = None;
        }
        // Whoever has it next has given no word yet.
        if self.agency != before.agency || row.verb == Verb::GiveBack {
            self.committed_for = None;
        }
    }

    fn stamp(&mut self, seq: i64, ctx: &Ctx, append: bool) {
        self.version = seq;
        if !append {
            self.changed_seq = seq;
            self.updated_at = ctx.now;
        }
    }

    fn save(&self, conn: &mut Conn<'_>, ctx: &Ctx, seen: i64) -> Result<bool> {
        store::save(conn, ctx, self, seen)
    }

    fn save_version(&self, conn: &mut Conn<'_>) -> Result<()> {
        Ok(store::save_version(conn, &self.id, self.version)?)
    }

    fn set_step(&mut self, conn: &mut Conn<'_>, step: Option<OwedStep>) -> Result<()> {
        step_store::set_step(conn, &self.id, step.as_ref())?;
        self.step = step;
        Ok(())
    }

    fn procedure<'p>(&self, pack: &'p Pack) -> Option<&'p Procedure> {
        pack.procedure_of(self)
    }

    fn promised(&self, procedure: &Procedure) -> Budget {
        procedure.promised(self)
    }

    /// Intake decides at once where somebody's life is in danger.
    fn own_time<'p>(&self, pack: &Pack, procedure: &'p Procedure) -> Option<(&'p str, Budget)> {
        let at_once = pack.call_now.budget.filter(|_| self.urgent)?;
        Some((procedure.intake()?.id.as_str(), at_once))
    }

    fn follow_up(
        &self,
        conn: &mut Conn<'_>,
        ctx: &Ctx,
        before: &Self,
        event: &Event<Self>,
    ) -> Result<Option<Self>> {
        // What is taken back was never closed.
        let left = before.state == State::Closed && self.state != State::Closed;
        if left && event.verb != Verb::Undo {
            past_round_store::keep(conn, before, ctx.now, event.verb)?;
        }
        let settled = promise::follow(conn, ctx, self, event)?;
        write_settled(conn, ctx, &self.id, settled)
    }
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
        changed = Some(act(conn, &system, &on, verb, write)?.report);
    }
    Ok(changed)
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
