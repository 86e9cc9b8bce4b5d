//! The life of a task as one table: from which states a verb leads where, who may, what it takes, and why.

use super::event::TaskEventData;
use super::{Task, TaskState};
use crate::actor::{Actor, Role, Visibility};
use crate::case::{CaseKind, ClockEffect, Kind, StepEffect, To, Transition};
use crate::refusal::Refusal;
use crate::word;

word! {
    /// What can be done to a task; also the name of the event it leaves.
    TaskVerb {
        Offer = "offer",
        Accept = "accept",
        Refuse = "refuse",
        /// Within the agency: the person who is to do it.
        Assign = "assign",
        /// Its product is there.
        Done = "done",
        /// It was taken on and cannot be done.
        Unable = "unable",
        Confirm = "confirm",
        SendBack = "send_back",
        /// More time is asked for.
        Extend = "extend",
        GrantExtension = "grant_extension",
        DenyExtension = "deny_extension",
        Withdraw = "withdraw",
        AskExplanation = "ask_explanation",
        Explain = "explain",
        AddMedia = "add_media",
        Note = "note",
        MoveDue = "move_due",
        Warn = "warn",
        Escalate = "escalate",
    }
}

use ClockEffect as C;
use Role::{Head, Inspector, Leader, Officer, Operator, System};
use StepEffect as S;
use TaskState::{Accepted, Closed, Done, Offered};
use To::Same;

const fn to(state: TaskState) -> To<TaskState> {
    To::State(state)
}

const OPEN: &[TaskState] = &[Offered, Accepted, Done];
const ANY: &[TaskState] = TaskState::ALL;
/// Who may give tasks: a head only within the own agency ([`permit`]).
pub const GIVERS: &[Role] = &[Leader, Operator, Head];
const DOERS: &[Role] = &[Officer, Head, Inspector];
const BOTH: &[Role] = &[Leader, Operator, Officer, Head, Inspector];

macro_rules! row {
    ($verb:ident: $from:expr => $to:expr, $roles:expr, $clock:ident, $steps:ident $(, own_agency = $own:literal)? $(, reason = $reason:literal)? $(, products = $products:literal)? $(, append = $append:literal)?; $why:literal) => {
        Transition {
            verb: TaskVerb::$verb, from: $from, to: $to, roles: $roles,
            own_agency: false $(|| $own)?, needs_reason: false $(|| $reason)?,
            clock: C::$clock, steps: S::$steps, response: false, needs_products: false $(|| $products)?,
            append: false $(|| $append)?,
            visibility: Visibility::Staff, why: $why,
        }
    };
}

/// The whole life of a task. `Offer` has no row: it begins a life.
pub const TRANSITIONS: &[Transition<Task>] = &[
    row!(Accept: &[Offered] => to(Accepted), DOERS, None, None, own_agency = true; "the agency or the person takes it on"),
    row!(Refuse: &[Offered] => to(Closed), DOERS, Stop, None, own_agency = true, reason = true; "it cannot be taken on, for a coded reason"),
    row!(Assign: &[Offered, Accepted] => Same, &[Head, Inspector], None, None, own_agency = true; "the head names who is to do it"),
    row!(Done: &[Offered, Accepted] => to(Done), DOERS, None, None, own_agency = true, reason = true, products = true; "its product is there, or it is said why there is none"),
    row!(Unable: &[Accepted] => to(Closed), DOERS, Stop, None, own_agency = true, reason = true; "it was taken on and cannot be done, for a coded reason"),
    row!(Confirm: &[Done] => to(Closed), GIVERS, Stop, None; "who gave it finds it done"),
    row!(SendBack: &[Done] => to(Accepted), GIVERS, None, None, reason = true; "who gave it finds it not done: another attempt"),
    row!(Extend: &[Offered, Accepted] => Same, DOERS, None, None, own_agency = true, reason = true; "more time is asked for, once, before the deadline"),
    row!(GrantExtension: &[Offered, Accepted] => Same, GIVERS, None, Remeasure; "who gave it gives more time"),
    row!(DenyExtension: &[Offered, Accepted] => Same, GIVERS, None, None, reason = true; "the deadline stands"),
    row!(Withdraw: OPEN => to(Closed), GIVERS, Stop, None, reason = true; "it need not be done any more"),
    row!(AskExplanation: ANY => Same, &[Leader], None, None, reason = true; "a leader asks the agency to explain"),
    row!(Explain: ANY => Same, &[Head], None, None, reason = true; "the head of the agency that was asked explains"),
    row!(AddMedia: OPEN => Same, BOTH, None, None, append = true; "photos and documents"),
    row!(Note: ANY => Same, BOTH, None, None, reason = true, append = true; "a note among those it concerns"),
    row!(MoveDue: OPEN => Same, &[System], None, None; "the calendar changed: a deadline lies on another day"),
    row!(Warn: OPEN => Same, &[System], None, None, append = true; "time is running out"),
    row!(Escalate: OPEN => Same, &[System], None, None, append = true; "time has run out"),
];

impl Kind for Task {
    type Verb = TaskVerb;
    type State = TaskState;
    type Detail = TaskEventData;
    const KIND: CaseKind = CaseKind::Task;
    const BEGINS: TaskVerb = TaskVerb::Offer;
    const FIRST: TaskState = Offered;
    const CLOSED: TaskState = Closed;
    const WARN: TaskVerb = TaskVerb::Warn;
    const ESCALATE: TaskVerb = TaskVerb::Escalate;
    const MOVE_DUE: TaskVerb = TaskVerb::MoveDue;

    fn transitions() -> &'static [Transition<Self>] {
        TRANSITIONS
    }
}

/// May `actor` do `verb` to `task` now? The row to follow, or the reason why not.
pub fn permit(
    task: &Task,
    verb: TaskVerb,
    actor: &Actor,
) -> Result<&'static Transition<Task>, Refusal> {
    let row = Task::transition(verb).ok_or_else(|| wrong_state(task, verb))?;
    if !row.roles.contains(&actor.role) {
        return Err(Refusal::WrongRole { verb: verb.as_str() });
    }
    if !row.from.contains(&task.state) {
        return Err(wrong_state(task, verb));
    }
    let is_system = actor.role == System;
    let of_the_agency = actor.agency.as_ref() == Some(&task.agency);
    let gave_it = gave(task, actor);
    if !is_system && row.own_agency && !of_the_agency {
        return Err(Refusal::NotYourAgency);
    }
    if row.roles == GIVERS && !gave_it {
        return Err(Refusal::NotYourAgency);
    }
    // An inspector takes part only in what was given to the inspectorate; others only in what they gave or got.
    if row.roles == BOTH && !of_the_agency && !gave_it {
        return Err(Refusal::NotYourAgency);
    }
    particular(task, verb, actor)?;
    Ok(row)
}

/// May this person give a task to this agency? A head gives tasks to the own agency, leaders and the centre to every one.
pub fn may_give(actor: &Actor, to: &crate::ids::AgencyId) -> bool {
    GIVERS.contains(&actor.role) && (actor.role != Head || actor.agency.as_ref() == Some(to))
}

/// Who gave it, or holds the same office: a leader for a leader, the centre for the centre, the head of the same agency.
pub fn gave(task: &Task, actor: &Actor) -> bool {
    let giver = &task.giver;
    actor.role == giver.role && (actor.role != Head || actor.agency == giver.agency)
}

fn wrong_state(task: &Task, verb: TaskVerb) -> Refusal {
    Refusal::WrongState { verb: verb.as_str(), state: task.state.as_str() }
}

/// Rules that hold for one verb.
#[expect(clippy::wildcard_enum_match_arm, reason = "most verbs have no rule of their own")]
fn particular(task: &Task, verb: TaskVerb, actor: &Actor) -> Result<(), Refusal> {
    let only_once = Err(Refusal::OnlyOnce { verb: verb.as_str() });
    match verb {
        TaskVerb::Extend if task.extension.is_some() || task.extension_asked.is_some() => only_once,
        TaskVerb::GrantExtension | TaskVerb::DenyExtension if task.extension_asked.is_none() => {
            Err(wrong_state(task, verb))
        }
        TaskVerb::Confirm if task.done_by.is_some() && task.done_by == actor.account => {
            Err(Refusal::OwnAnswer)
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
#[path = "workflow_tests.rs"]
mod tests;
