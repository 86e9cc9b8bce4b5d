//! The clocks of a case: who has had it since when, what they owe, by when, and the rungs of the ladder they reach.
//!
//! **Cast.** The *promise* to the citizen, the *first response*, and a clock for each *step* of the procedure
//! (`domain::clock` has the mechanism). A *rung* is a share of a budget at which somebody is told.
//!
//! **Flow.** `case::act` writes an event → [`follow`] moves the clocks in the same transaction and notes when
//! the next rung comes → a job reads the rungs that are due ([`due_rungs`]) and `case::time_passes` fires each
//! once. A changed calendar reckons all running clocks anew.

pub mod calendar;
mod store;

use crate::case::Case;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::case::{CaseRef, ClockEffect, Event, Moved, OwedStep};
use domain::clock::{self, Clock, ClockKind, Ending, Stopped};
use domain::pack::Pack;
use domain::procedure::{Procedure, Rung, Step};
use domain::refusal::Refusal;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A clock as it is kept: its place in the case and how far up the ladder it has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// From 1, in the order in which they began.
    pub place: i64,
    pub clock: Clock,
    /// Percent of the highest rung that was fired; 0 for none.
    pub fired: u32,
    /// The next rung and when it is reached.
    pub next: Option<(u32, Timestamp)>,
}

/// A rung that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueRung {
    pub case: CaseRef,
    pub place: i64,
    pub percent: u32,
    pub at: Timestamp,
    pub kind: ClockKind,
    /// Id of the step; empty for the promise.
    pub step: String,
}

/// All clocks of a case, in the order in which they began.
pub fn of(conn: &mut Conn<'_>, case: impl Into<CaseRef>) -> Result<Vec<Kept>> {
    Ok(store::of(conn, &case.into())?)
}

/// Moves the clocks by an event, in its transaction, and says which step is owed now. `case` is as it is after it.
pub fn follow<C: Case>(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    case: &C,
    event: &Event<C>,
) -> Result<Option<OwedStep>> {
    let head = case.head();
    let Some(procedure) = case.procedure(&ctx.pack) else { return Ok(head.step.cloned()) };
    let before = if event.verb == C::BEGINS { Vec::new() } else { store::of(conn, &head.case)? };
    let mut clocks: Vec<Clock> = before.iter().map(|kept| kept.clock.clone()).collect();
    let timed = clock::Case {
        procedure,
        calendar: &ctx.pack.calendar,
        agency: head.agency,
        centre: &ctx.pack.centre,
        above: ctx.pack.above(head.agency),
        own_time: case.own_time(&ctx.pack, procedure),
    };
    promise(&mut clocks, procedure, case, event);
    clock::follow(&mut clocks, &timed, event);
    let owed = clock::owed_now(&clocks);
    for (n, clock) in clocks.into_iter().enumerate() {
        let old = before.get(n);
        if old.is_some_and(|old| old.clock == clock) {
            continue;
        }
        let fired = old.map_or(0, |old| old.fired);
        let kept = kept(&ctx.pack, n as i64 + 1, clock, fired);
        store::put(conn, &head.case, &kept, old.is_none())?;
    }
    Ok(owed)
}

/// Puts the clocks of a case back as they were: what moved them was taken back before anybody was told. The step that is
/// owed then.
pub fn put_back(
    conn: &mut Conn<'_>,
    case: impl Into<CaseRef>,
    before: &[Kept],
) -> Result<Option<OwedStep>> {
    let case = case.into();
    store::clear(conn, &case)?;
    for kept in before {
        store::put(conn, &case, kept, true)?;
    }
    let clocks: Vec<Clock> = before.iter().map(|kept| kept.clock.clone()).collect();
    Ok(clock::owed_now(&clocks))
}

/// The running clocks of a case as the calendar of `ctx` has them now, where that is another instant than before.
pub fn moved_by_calendar(ctx: &Ctx, kept: &[Kept]) -> Vec<Moved> {
    let running = kept.iter().map(|kept| &kept.clock).filter(|clock| clock.is_running());
    let moved = running.filter_map(|clock| {
        let mut fresh = clock.clone();
        fresh.reckon(&ctx.pack.calendar);
        let (from, to) = clock.due_at.zip(fresh.due_at).filter(|(from, to)| from != to)?;
        let step = match clock.kind {
            ClockKind::Promise => None,
            ClockKind::Step => Some(clock.step.clone()),
            ClockKind::FirstResponse => Some(clock.kind.as_str().to_owned()),
        };
        Some(Moved { step, from, to })
    });
    moved.collect()
}

fn kept(pack: &Pack, place: i64, clock: Clock, fired: u32) -> Kept {
    let next = clock.next_rung(&pack.calendar, rungs(pack, &clock), fired);
    let next = next.map(|(rung, at)| (rung.percent, at));
    Kept { place, clock, fired, next }
}

/// The ladder of a clock, under the version of the procedure it runs by.
pub fn rungs<'p>(pack: &'p Pack, clock: &Clock) -> &'p [Rung] {
    let procedure = pack.procedure_version(&clock.procedure, clock.version);
    match (clock.kind, procedure) {
        (ClockKind::Promise, Some(procedure)) => &procedure.on_overdue,
        (ClockKind::Step, Some(procedure)) => {
            procedure.step(&clock.step).map_or(&[], |step| step.on_overdue.as_slice())
        }
        (ClockKind::FirstResponse, _) | (_, None) => &[],
    }
}

/// The promise as the case keeps it: a clock for each time it began.
fn promise<C: Case>(clocks: &mut Vec<Clock>, procedure: &Procedure, case: &C, event: &Event<C>) {
    let (head, budget) = (case.head(), case.promised(procedure));
    let effect = C::transition(event.verb).map_or(ClockEffect::Start, |row| row.clock);
    let running = |clock: &&mut Clock| clock.kind == ClockKind::Promise && clock.is_running();
    if effect == ClockEffect::Start {
        if let Some(old) = clocks.iter_mut().find(running) {
            old.stopped =
                Some(Stopped { at: event.at, how: Ending::Returned, by: event.id.clone() });
        }
        let attempt =
            clocks.iter().filter(|clock| clock.kind == ClockKind::Promise).count() as u32 + 1;
        clocks.push(Clock {
            kind: ClockKind::Promise,
            procedure: procedure.code.clone(),
            version: procedure.version,
            step: String::new(),
            attempt,
            role: None,
            agency: head.agency.clone(),
            budget,
            started_at: head.clock_from.unwrap_or(event.at),
            suspensions: head.suspensions.to_vec(),
            stopped: None,
            due_at: head.due_at,
        });
        return;
    }
    if let Some(clock) = clocks.iter_mut().find(running) {
        clock.procedure.clone_from(&procedure.code);
        clock.version = procedure.version;
        clock.agency.clone_from(head.agency);
        clock.budget = budget;
        clock.suspensions = head.suspensions.to_vec();
        clock.due_at = head.due_at;
        if effect == ClockEffect::Stop {
            clock.stopped = Some(Stopped { at: event.at, how: Ending::Done, by: event.id.clone() });
        }
    }
}

/// May `verb` be done as far as products are owed? A case without clocks (brought over) owes none.
pub fn nothing_is_owed<C: Case>(
    conn: &mut Conn<'_>,
    pack: &Pack,
    case: &C,
    verb: C::Verb,
) -> Result<()> {
    let Some(procedure) = case.procedure(pack) else { return Ok(()) };
    if procedure.steps.iter().all(|step| !step.done_by.is_empty()) {
        return Ok(());
    }
    let kept = of(conn, case.head().case)?;
    let clocks: Vec<Clock> = kept.into_iter().map(|kept| kept.clock).collect();
    if clocks.is_empty() {
        return Ok(());
    }
    match clock::owed_before(&clocks, procedure, verb).first() {
        Some(step) => Err(Refusal::StepOwed { step: step.name.clone() }.into()),
        None => Ok(()),
    }
}

/// The reasons for which work on a case may pause now; `None` for a case without clocks, which may for any.
pub fn pauses_allowed(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    case: impl Into<CaseRef>,
) -> Result<Option<Vec<String>>> {
    let kept = store::of(conn, &case.into())?;
    if kept.is_empty() {
        return Ok(None);
    }
    let clocks: Vec<Clock> = kept.into_iter().map(|kept| kept.clock).collect();
    let allowed = clock::pauses_allowed(&clocks, &ctx.pack);
    Ok(Some(allowed.into_iter().map(str::to_owned).collect()))
}

/// The steps that run and end with the delivery of their product.
pub fn to_deliver<'p>(clocks: &[Kept], procedure: &'p Procedure) -> Vec<&'p Step> {
    let running = clocks.iter().map(|kept| &kept.clock).filter(|clock| clock.is_running());
    let steps = running.filter_map(|clock| procedure.step(&clock.step));
    steps.filter(|step| step.done_by.is_empty()).collect()
}

/// Rungs that are due, the longest due first.
pub fn due_rungs(conn: &mut Conn<'_>, until: Timestamp, limit: usize) -> Result<Vec<DueRung>> {
    Ok(store::due_rungs(conn, until, limit)?)
}

/// Rungs of one case that are due.
pub fn due_rungs_of(
    conn: &mut Conn<'_>,
    case: impl Into<CaseRef>,
    until: Timestamp,
) -> Result<Vec<DueRung>> {
    let case = case.into();
    let kept = store::of(conn, &case)?;
    let due = kept.into_iter().filter_map(|kept| {
        let (percent, at) = kept.next.filter(|(_, at)| *at <= until)?;
        let Clock { kind, step, .. } = kept.clock;
        Some(DueRung { case: case.clone(), place: kept.place, percent, at, kind, step })
    });
    Ok(due.collect())
}

/// Takes a rung: `true` for one caller only, whoever else tries, on whatever node.
pub fn take_rung(conn: &mut Conn<'_>, pack: &Pack, rung: &DueRung) -> Result<bool> {
    let found = store::of(conn, &rung.case)?.into_iter().find(|kept| kept.place == rung.place);
    let Some(kept) = found else { return Ok(false) };
    let next = self::kept(pack, kept.place, kept.clock, rung.percent).next;
    Ok(store::fire(conn, rung, next)?)
}
