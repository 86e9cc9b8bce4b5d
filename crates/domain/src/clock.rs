//! Clocks: who has had a case since when, what they owe, by when, and whether it came in time.
//!
//! Three kinds are kept apart. The *promise* to the citizen runs over the whole case, the *first response* until a person
//! has spoken, and each *step* of the procedure has one of its own. A return makes a new attempt: a new clock; nothing is
//! overwritten. A clock is a budget and a ledger of suspensions; when it falls due is derived from them and the calendar.
//!
//! [`follow`] is the whole mechanism: it reads one event and moves the clocks of a case. Which verb ends which step is
//! data of the procedure. Not here: the promise's own ledger, which is part of the report (`service_request::act` keeps
//! it), and who is told when time runs out, which is done by a job.

use crate::actor::{Role, Visibility};
use crate::case::{Event, EventDetail, Kind, OwedStep, StepEffect};
use crate::ids::{AgencyId, EventId, ProcedureCode};
use crate::pack::Pack;
use crate::procedure::{Procedure, Rung, Step, StepRole};
use crate::time::{self, Budget, Suspension, WorkingCalendar};
use crate::word;
use crate::word::Word;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

word! {
    ClockKind {
        Promise = "promise",
        FirstResponse = "first_response",
        Step = "step",
    }
}

word! {
    /// How a clock ended.
    Ending {
        /// The product is there.
        Done = "done",
        /// A later step was done before it was: nothing was owed any more.
        Passed = "passed",
        /// The case went back to an earlier step.
        Returned = "returned",
        /// Another agency or another procedure has it now.
        HandedOver = "handed_over",
        /// The case ended in another way.
        Ended = "ended",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    pub at: Timestamp,
    pub how: Ending,
    pub by: EventId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    pub kind: ClockKind,
    /// The procedure whose budget it is.
    pub procedure: ProcedureCode,
    pub version: u32,
    /// Id of the step, for [`ClockKind::Step`]; else empty.
    pub step: String,
    /// 1, and one more each time the step begins anew.
    pub attempt: u32,
    /// Who owes it. The promise and the first response are owed by the whole city: the agency that has the case.
    pub role: Option<StepRole>,
    pub agency: AgencyId,
    pub budget: Budget,
    pub started_at: Timestamp,
    pub suspensions: Vec<Suspension>,
    pub stopped: Option<Stopped>,
    /// Derived; `None` while it is suspended.
    pub due_at: Option<Timestamp>,
}

impl Clock {
    pub fn is_running(&self) -> bool {
        self.stopped.is_none()
    }

    pub fn is_suspended(&self) -> bool {
        self.is_running() && self.suspensions.last().is_some_and(|last| last.to.is_none())
    }

    /// Past its time, or ended past it.
    pub fn is_late(&self, now: Timestamp) -> bool {
        let until = self.stopped.as_ref().map_or(now, |stopped| stopped.at);
        self.due_at.is_some_and(|due| until > due)
    }

    /// Derives the due date anew, from budget, ledger and calendar.
    pub fn reckon(&mut self, calendar: &WorkingCalendar) {
        self.due_at = time::due(calendar, self.started_at, &self.budget, &self.suspensions);
    }

    /// The first rung above `fired` percent, and when it is reached; `None` while suspended or stopped.
    pub fn next_rung<'r>(
        &self,
        calendar: &WorkingCalendar,
        rungs: &'r [Rung],
        fired: u32,
    ) -> Option<(&'r Rung, Timestamp)> {
        if !self.is_running() || self.is_suspended() {
            return None;
        }
        let rung = rungs.iter().find(|rung| rung.percent > fired)?;
        let at = time::share_used_at(
            calendar,
            self.started_at,
            &self.budget,
            &self.suspensions,
            rung.percent,
        )?;
        Some((rung, at))
    }

    fn suspend(&mut self, at: Timestamp) {
        if !self.is_suspended() {
            self.suspensions.push(Suspension { from: at, to: None });
        }
    }

    fn resume(&mut self, at: Timestamp) {
        if let Some(open) = self.suspensions.last_mut().filter(|last| last.to.is_none()) {
            open.to = Some(at);
        }
    }

    fn stop<K: Kind>(&mut self, event: &Event<K>, how: Ending) {
        self.resume(event.at);
        self.stopped = Some(Stopped { at: event.at, how, by: event.id.clone() });
    }
}

/// What a case is under when an event happens.
pub struct Case<'a> {
    pub procedure: &'a Procedure,
    pub calendar: &'a WorkingCalendar,
    /// The agency that has it after the event.
    pub agency: &'a AgencyId,
    pub centre: &'a AgencyId,
    /// The level above that agency.
    pub above: &'a AgencyId,
    /// A step that has another time than the procedure gives it: intake where somebody's life is in danger, the work that
    /// whoever gave a task named a time for.
    pub own_time: Option<(&'a str, Budget)>,
}

impl Case<'_> {
    fn office(&self, role: StepRole) -> &AgencyId {
        match role {
            StepRole::Operator | StepRole::Reviewer => self.centre,
            StepRole::Officer | StepRole::Head | StepRole::Inspector => self.agency,
            StepRole::Leader => self.above,
        }
    }

    fn time_for(&self, step: &Step) -> Budget {
        let own = self.own_time.filter(|(id, _)| *id == step.id);
        own.map_or(step.budget, |(_, budget)| budget)
    }

    fn clock(&self, kind: ClockKind, agency: &AgencyId, budget: Budget, at: Timestamp) -> Clock {
        Clock {
            kind,
            procedure: self.procedure.code.clone(),
            version: self.procedure.version,
            step: String::new(),
            attempt: 1,
            role: None,
            agency: agency.clone(),
            budget,
            started_at: at,
            suspensions: Vec::new(),
            stopped: None,
            due_at: None,
        }
    }
}

/// Moves the clocks of first response and steps by one event. `clocks` is the whole past of the case; ended clocks stay.
pub fn follow<K: Kind>(clocks: &mut Vec<Clock>, case: &Case<'_>, event: &Event<K>) {
    let row = K::transition(event.verb);
    let effect = row.map_or(StepEffect::None, |row| row.steps);
    let awaited = case.procedure.first_response.filter(|_| event.verb == K::BEGINS);
    if let Some(budget) = awaited {
        clocks.push(case.clock(ClockKind::FirstResponse, case.centre, budget, event.at));
    }
    if row.is_some_and(|row| row.response) {
        first_response(clocks, event);
    }
    waits(clocks, case, (effect, event));
    let moved = matches!(effect, StepEffect::HandOver | StepEffect::Reroute)
        && hand_over(clocks, case, event);
    if moved {
        begin_again(clocks, case, event);
    } else {
        steps(clocks, case, (effect, event));
    }
    if effect == StepEffect::Remeasure {
        for clock in running_steps(clocks) {
            if let Some(step) = case.procedure.step(&clock.step) {
                clock.budget = case.time_for(step);
            }
        }
    }
    if event.closes() {
        running(clocks).for_each(|clock| clock.stop(event, Ending::Ended));
    }
    for clock in clocks.iter_mut().filter(|clock| clock.is_running()) {
        clock.reckon(case.calendar);
    }
}

/// The step that is owed now: of those that run, the one that is due first; suspended ones come last.
pub fn owed_now(clocks: &[Clock]) -> Option<OwedStep> {
    let running = clocks.iter().filter(|c| c.kind == ClockKind::Step && c.is_running());
    let first = running.min_by_key(|clock| (clock.due_at.is_none(), clock.due_at))?;
    let (id, budget) = (first.step.clone(), first.budget);
    Some(OwedStep { id, budget, from: first.started_at, due: first.due_at })
}

fn running(clocks: &mut [Clock]) -> impl Iterator<Item = &mut Clock> {
    clocks.iter_mut().filter(|clock| clock.is_running())
}

fn running_steps(clocks: &mut [Clock]) -> impl Iterator<Item = &mut Clock> {
    running(clocks).filter(|clock| clock.kind == ClockKind::Step)
}

/// Any public act of a person of the city is a word to the reporter.
fn first_response<K: Kind>(clocks: &mut [Clock], event: &Event<K>) {
    let a_person = !matches!(event.actor.role, Role::Reporter | Role::System);
    if a_person && event.visibility != Visibility::Staff {
        running(clocks)
            .filter(|clock| clock.kind == ClockKind::FirstResponse)
            .for_each(|clock| clock.stop(event, Ending::Done));
    }
}

/// Begins and ends suspensions.
fn waits<K: Kind>(clocks: &mut [Clock], case: &Case<'_>, (effect, event): (StepEffect, &Event<K>)) {
    match effect {
        StepEffect::Suspend => running(clocks).for_each(|clock| clock.suspend(event.at)),
        StepEffect::Pause => {
            let code = event.data.code().unwrap_or_default();
            let pausable = |clock: &Clock| {
                let step = case.procedure.step(&clock.step);
                step.is_some_and(|step| step.pauses_on.iter().any(|reason| reason == code))
            };
            running_steps(clocks)
                .filter(|clock| pausable(clock))
                .for_each(|clock| clock.suspend(event.at));
        }
        StepEffect::Resume | StepEffect::HandOver => {
            running(clocks).for_each(|clock| clock.resume(event.at));
        }
        StepEffect::None | StepEffect::Reroute | StepEffect::Deliver | StepEffect::Remeasure => {}
    }
}

/// Whether another agency or another procedure took the case over; what it had before ends.
fn hand_over<K: Kind>(clocks: &mut [Clock], case: &Case<'_>, event: &Event<K>) -> bool {
    let mut moved = false;
    for clock in running_steps(clocks) {
        let elsewhere =
            clock.role.is_some_and(StepRole::is_of_the_agency) && clock.agency != *case.agency;
        let other_rules =
            clock.procedure != case.procedure.code || clock.version != case.procedure.version;
        if elsewhere || other_rules {
            clock.stop(event, Ending::HandedOver);
            moved = true;
        }
    }
    moved
}

/// The first step of whoever has it now.
fn begin_again<K: Kind>(clocks: &mut Vec<Clock>, case: &Case<'_>, event: &Event<K>) {
    let intake = case.procedure.intake();
    let fresh: Vec<&Step> = if event.to == K::FIRST {
        intake.into_iter().collect()
    } else {
        intake.into_iter().flat_map(|step| case.procedure.after(&step.id)).collect()
    };
    for step in fresh {
        begin(clocks, case, step, event);
    }
}

fn steps<K: Kind>(
    clocks: &mut Vec<Clock>,
    case: &Case<'_>,
    (effect, event): (StepEffect, &Event<K>),
) {
    let procedure = case.procedure;
    let delivered = event.data.step().filter(|_| effect == StepEffect::Deliver);
    let ended = match delivered {
        Some(id) => procedure.step(id),
        None => procedure.ended_by(event.verb),
    };
    let done = ended.filter(|step| end(clocks, case, step, (delivered.is_none(), event)));
    let anew: Vec<&Step> = procedure
        .steps
        .iter()
        .filter(|step| step.begins_on.contains(&event.verb.as_str()))
        .collect();
    if !anew.is_empty() {
        running_steps(clocks).for_each(|clock| clock.stop(event, Ending::Returned));
    }
    let follows = done.filter(|_| event.to != K::CLOSED && anew.is_empty());
    let next = follows.into_iter().flat_map(|done| procedure.after(&done.id));
    let is_just_done = |id: &str| done.is_some_and(|done| done.id == id);
    let next = next.filter(|step| {
        step.after.iter().all(|before| is_just_done(before) || is_done(clocks, procedure, before))
    });
    for step in anew.into_iter().chain(next).collect::<Vec<_>>() {
        begin(clocks, case, step, event);
    }
}

/// Ends a step, and with it those before it that nobody ended by name. `false`: the procedure is not at it.
///
/// A verb may end a step that has not begun, because those before it were passed over: an agency that answers at once
/// need not have named an officer first.
fn end<K: Kind>(
    clocks: &mut Vec<Clock>,
    case: &Case<'_>,
    step: &Step,
    (passes, event): (bool, &Event<K>),
) -> bool {
    let before = case.procedure.before(&step.id);
    let mut passed = false;
    if passes {
        for clock in running_steps(clocks).filter(|c| before.iter().any(|s| s.id == c.step)) {
            clock.stop(event, Ending::Passed);
            passed = true;
        }
    }
    if passed {
        begin(clocks, case, step, event);
    }
    let running = running_steps(clocks).find(|clock| clock.step == step.id);
    running.map(|clock| clock.stop(event, Ending::Done)).is_some()
}

/// Done in this round: its newest clock came to its end, and no step before it has begun anew since.
fn is_done(clocks: &[Clock], procedure: &Procedure, step: &str) -> bool {
    let newest = |id: &str| clocks.iter().rfind(|clock| clock.step == id);
    newest(step).is_some_and(|clock| {
        let ended = clock
            .stopped
            .as_ref()
            .is_some_and(|stopped| matches!(stopped.how, Ending::Done | Ending::Passed));
        let before = procedure.before(step);
        let mut starts = before.iter().filter_map(|step| newest(&step.id)).map(|c| c.started_at);
        ended && starts.all(|start| start <= clock.started_at)
    })
}

fn begin<K: Kind>(clocks: &mut Vec<Clock>, case: &Case<'_>, step: &Step, event: &Event<K>) {
    let before = clocks.iter().filter(|clock| clock.step == step.id);
    if before.clone().any(Clock::is_running) {
        return;
    }
    let attempt = before.count() as u32 + 1;
    let budget = case.time_for(step);
    let clock = case.clock(ClockKind::Step, case.office(step.role), budget, event.at);
    clocks.push(Clock { step: step.id.clone(), attempt, role: Some(step.role), ..clock });
}

/// The steps that still owe a product before `verb` may be done: those that only a delivery ends.
pub fn owed_before<'p>(
    clocks: &[Clock],
    procedure: &'p Procedure,
    verb: impl Word,
) -> Vec<&'p Step> {
    let Some(last) = procedure.ended_by(verb) else { return Vec::new() };
    let owes = |step: &&Step| step.done_by.is_empty() && !is_done(clocks, procedure, &step.id);
    procedure.before(&last.id).into_iter().filter(owes).collect()
}

/// The reasons for which work may pause now: those of the steps that run.
pub fn pauses_allowed<'p>(clocks: &[Clock], pack: &'p Pack) -> Vec<&'p str> {
    let running = clocks.iter().filter(|clock| clock.is_running());
    let steps = running.filter_map(|clock| {
        pack.procedure_version(&clock.procedure, clock.version)?.step(&clock.step)
    });
    steps.flat_map(|step| step.pauses_on.iter().map(String::as_str)).collect()
}

#[cfg(test)]
mod tests;
