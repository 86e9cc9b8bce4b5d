//! The life of a report as one table: from which states a verb leads where, who may, what it takes, and why.
//!
//! Everything that asks "may this happen?" asks [`permit`]; the diagram for the public is drawn from [`TRANSITIONS`].

use super::event::EventData;
use super::{Outcome, ServiceRequest, State};
use crate::actor::{Actor, Role, Visibility};
use crate::case::{CaseKind, ClockEffect, Kind, StepEffect, To, Transition};
use crate::refusal::Refusal;
use crate::word;

word! {
    /// What can be done to a report; also the name of the event it leaves.
    Verb {
        Submit = "submit",
        Accept = "accept",
        Ask = "ask",
        Reply = "reply",
        QuestionExpired = "question_expired",
        Refuse = "refuse",
        Contest = "contest",
        Merge = "merge",
        /// Who decided at intake takes it back, before anybody was told.
        Undo = "undo",
        Correct = "correct",
        Assign = "assign",
        GiveBack = "give_back",
        Start = "start",
        Pause = "pause",
        Resume = "resume",
        /// A step of the procedure that no other verb ends: its product is there.
        Deliver = "deliver",
        Answer = "answer",
        SendBack = "send_back",
        Publish = "publish",
        Rate = "rate",
        Reopen = "reopen",
        Appeal = "appeal",
        PromiseDue = "promise_due",
        /// What was to be done by a day was done by it.
        PromiseKept = "promise_kept",
        /// It was not.
        PromiseBroken = "promise_broken",
        /// The promised date has come, and the reporter says that it is done.
        ConfirmDone = "confirm_done",
        /// Or that it is not.
        DenyDone = "deny_done",
        /// A leader asks an agency to explain.
        AskExplanation = "ask_explanation",
        Explain = "explain",
        /// The same thing at the same place again.
        Recur = "recur",
        Withdraw = "withdraw",
        AddMedia = "add_media",
        Note = "note",
        Progress = "progress",
        /// More time is asked for.
        Extend = "extend",
        GrantExtension = "grant_extension",
        DenyExtension = "deny_extension",
        Hide = "hide",
        Unhide = "unhide",
        Redact = "redact",
        /// Somebody's life is in danger: intake looks at it first.
        MarkUrgent = "mark_urgent",
        /// It is not: it waits like any other.
        ClearUrgent = "clear_urgent",
        /// Most of somebody's time is used up: whoever is named for it is told.
        Warn = "warn",
        /// The calendar changed, and with it a deadline.
        MoveDue = "move_due",
        /// The time is used up, or more than that: the same, in public.
        Escalate = "escalate",
    }
}

use ClockEffect as C;
use Role::{Administrator, Head, Inspector, Leader, Officer, Operator, Reporter, Reviewer, System};
use State::{Assigned, Closed, InProgress, InReview, Received, WaitingReporter};
use StepEffect as S;
use To::{Same, WhereAsked};

const fn to(state: State) -> To<State> {
    To::State(state)
}

const OPEN: &[State] = &[Received, WaitingReporter, Assigned, InProgress, InReview];
const ANY: &[State] = State::ALL;
const CENTRE: &[Role] = &[Operator, Inspector];
const AGENCY: &[Role] = &[Officer, Head, Inspector];

macro_rules! row {
    ($verb:ident: $from:expr => $to:expr, $roles:expr, $clock:ident, $steps:ident, $vis:ident $(, own_agency = $own:literal)? $(, reason = $reason:literal)? $(, products = $products:literal)? $(, response = $response:literal)? $(, append = $append:literal)?; $why:literal) => {
        Transition {
            verb: Verb::$verb, from: $from, to: $to, roles: $roles,
            own_agency: false $(|| $own)?, needs_reason: false $(|| $reason)?,
            clock: C::$clock, steps: S::$steps, response: true $(&& $response)?, needs_products: false $(|| $products)?,
            append: false $(|| $append)?,
            visibility: Visibility::$vis, why: $why,
        }
    };
}

/// The whole life of a report. `Submit` has no row: it begins a life.
pub const TRANSITIONS: &[Transition<ServiceRequest>] = &[
    row!(Accept: &[Received] => to(Assigned), CENTRE, None, None, Public; "it is real, classified, and an agency is named"),
    row!(Ask: &[Received, Assigned, InProgress] => to(WaitingReporter), &[Operator, Officer, Head, Inspector], Suspend, Suspend, Public, reason = true; "something is missing that only the reporter knows"),
    row!(Reply: &[WaitingReporter] => WhereAsked, &[Reporter], Resume, Resume, Public, reason = true; "the reporter answered the question"),
    row!(QuestionExpired: &[WaitingReporter] => WhereAsked, &[System], Resume, Resume, Public; "no answer came in time; who asked decides without it"),
    row!(Refuse: &[Received] => to(Closed), CENTRE, Stop, None, Public, reason = true; "it cannot be taken in, for a coded reason"),
    row!(Contest: &[Closed] => to(Received), &[Reporter], Start, None, Public, reason = true; "the reporter contests a refusal, once"),
    row!(Merge: &[Received, Assigned, InProgress] => to(Closed), CENTRE, Stop, None, Public; "the same thing was reported before"),
    row!(Undo: &[WaitingReporter, Assigned, Closed] => to(Received), CENTRE, None, None, Public, response = false; "who decided at intake takes it back within seconds, before anybody is told"),
    row!(Correct: &[Received, Assigned, InProgress] => Same, CENTRE, None, Reroute, Public; "service or place was wrong; it is routed anew"),
    row!(Assign: &[Assigned, InProgress] => to(Assigned), &[Operator, Inspector, Head], None, HandOver, Public; "another agency or officer takes over"),
    row!(GiveBack: &[Assigned, InProgress] => to(Received), AGENCY, None, Resume, Public, own_agency = true, reason = true; "the agency says it is not theirs"),
    row!(Start: &[Assigned] => to(InProgress), AGENCY, None, None, Public, own_agency = true; "work has begun"),
    row!(Pause: &[InProgress] => Same, AGENCY, Suspend, Pause, Public, own_agency = true, reason = true; "work must wait, for a coded reason"),
    row!(Resume: &[InProgress] => Same, AGENCY, Resume, Resume, Public, own_agency = true; "work goes on"),
    row!(Progress: &[Assigned, InProgress] => Same, AGENCY, None, None, Public, own_agency = true, reason = true; "the agency tells how it stands"),
    row!(Deliver: &[Assigned, InProgress, InReview] => Same, &[Officer, Head, Inspector, Reviewer, Operator], None, Deliver, Public, reason = true; "a step left its product, or says why there is none"),
    row!(Extend: &[Assigned, InProgress] => Same, AGENCY, None, None, Public, own_agency = true, reason = true; "the agency asks for more time, once, before the deadline"),
    row!(GrantExtension: &[Assigned, InProgress] => Same, &[Head, Inspector], None, None, Public, own_agency = true; "the head of the agency answers for the delay"),
    row!(DenyExtension: &[Assigned, InProgress] => Same, &[Head, Inspector], None, None, Public, own_agency = true, reason = true; "the deadline stands"),
    row!(Answer: &[Assigned, InProgress] => to(InReview), AGENCY, None, None, Public, own_agency = true, reason = true, products = true; "the agency says what came of it, with proof"),
    row!(SendBack: &[InReview] => to(InProgress), &[Reviewer, Inspector], None, None, Public, reason = true; "the answer does not answer"),
    row!(Publish: &[InReview] => to(Closed), &[Reviewer, Inspector], Stop, None, Public, products = true; "the result is published"),
    row!(Rate: &[Closed] => Same, &[Reporter], None, None, Public; "the reporter judges the result"),
    row!(Reopen: &[Closed] => to(Assigned), &[Reporter], Start, None, Public, reason = true; "the reporter is not satisfied"),
    row!(Appeal: &[Closed] => to(Assigned), &[Reporter], Start, None, Public, reason = true; "not satisfied a second time: the level above decides"),
    row!(PromiseDue: &[Closed] => to(Assigned), &[System], Start, None, Public; "the promised date has come"),
    row!(PromiseKept: ANY => Same, &[System], None, None, Public; "what was to be done by a day was done by it"),
    row!(PromiseBroken: ANY => Same, &[System], None, None, Public; "a day that was named is over, and it is not done"),
    row!(ConfirmDone: &[Assigned, InProgress, InReview] => to(Closed), &[Reporter], Stop, None, Public; "the promised date has come, and the reporter says that it is done"),
    row!(DenyDone: &[Assigned, InProgress, InReview] => Same, &[Reporter], None, None, Public; "the promised date has come, and the reporter says that it is not done"),
    row!(AskExplanation: ANY => Same, &[Leader], None, None, Public, reason = true; "a leader asks the agency to explain"),
    row!(Explain: ANY => Same, &[Head], None, None, Public, reason = true; "the head of the agency that was asked explains"),
    row!(Recur: ANY => Same, &[System], None, None, Public; "the same thing was reported at this place before, and was settled"),
    row!(Withdraw: OPEN => to(Closed), &[Reporter], Stop, None, Public; "the reporter takes it back"),
    row!(AddMedia: OPEN => Same, &[Reporter, Operator], None, None, Public; "more photos"),
    row!(Note: ANY => Same, &[Operator, Reviewer, Officer, Head, Inspector], None, None, Staff, reason = true, append = true; "a note among staff"),
    row!(Hide: ANY => Same, &[Operator, Reviewer, Administrator, Inspector], None, None, Public, reason = true, response = false; "it must not stay in public"),
    row!(Unhide: ANY => Same, &[Operator, Reviewer, Administrator, Inspector], None, None, Public, reason = true; "it may be public again"),
    row!(Redact: ANY => Same, &[Operator, Reviewer, Administrator, Inspector], None, None, Public, reason = true, response = false; "words or photos give someone away"),
    row!(MarkUrgent: OPEN => Same, CENTRE, None, Remeasure, Staff, reason = true; "somebody's life is in danger: it comes first"),
    row!(ClearUrgent: OPEN => Same, CENTRE, None, Remeasure, Staff, reason = true; "nobody's life is in danger: it waits like any other"),
    row!(MoveDue: OPEN => Same, &[System], None, None, Public; "the calendar changed: a deadline lies on another day"),
    row!(Warn: OPEN => Same, &[System], None, None, Staff, append = true; "time is running out"),
    row!(Escalate: OPEN => Same, &[System], None, None, Public; "time has run out"),
];

impl Kind for ServiceRequest {
    type Verb = Verb;
    type State = State;
    type Detail = EventData;
    const KIND: CaseKind = CaseKind::Report;
    const BEGINS: Verb = Verb::Submit;
    const FIRST: State = Received;
    const CLOSED: State = Closed;
    const WARN: Verb = Verb::Warn;
    const ESCALATE: Verb = Verb::Escalate;
    const MOVE_DUE: Verb = Verb::MoveDue;

    fn transitions() -> &'static [Transition<Self>] {
        TRANSITIONS
    }
}

/// May `actor` do `verb` to `report` now? The row to follow, or the reason why not.
pub fn permit(
    report: &ServiceRequest,
    verb: Verb,
    actor: &Actor,
) -> Result<&'static Transition<ServiceRequest>, Refusal> {
    let row = ServiceRequest::transition(verb).ok_or_else(|| wrong_state(report, verb))?;
    if !row.roles.contains(&actor.role)
        || (actor.role == Inspector) != (report.confidential && is_staff(actor.role))
    {
        return Err(Refusal::WrongRole { verb: verb.as_str() });
    }
    if is_staff(actor.role) && report.confidential && report.is_about(actor.agency.as_ref()) {
        return Err(Refusal::WrongRole { verb: verb.as_str() });
    }
    if !row.from.contains(&report.state) {
        return Err(wrong_state(report, verb));
    }
    // An appeal may lift a confidential report above the inspectorate; inspectors still handle it.
    let outsider = actor.role != Inspector && actor.agency.as_ref() != Some(&report.agency);
    // Whoever was asked to explain does so, wherever the report is by now.
    let of_an_agency = matches!(actor.role, Officer | Head) && verb != Verb::Explain;
    if outsider && (row.own_agency || of_an_agency) {
        return Err(Refusal::NotYourAgency);
    }
    particular(report, verb, actor)?;
    Ok(row)
}

fn wrong_state(report: &ServiceRequest, verb: Verb) -> Refusal {
    Refusal::WrongState { verb: verb.as_str(), state: report.state.as_str() }
}

/// Confidential reports are handled by inspectors only, and inspectors handle nothing else.
fn is_staff(role: Role) -> bool {
    !matches!(role, Reporter | System)
}

/// Whether a decision of intake can have led to where it is.
fn was_at_intake(report: &ServiceRequest) -> bool {
    match report.state {
        Assigned => true,
        WaitingReporter => report.asked_in == Some(Received),
        Closed => matches!(report.outcome, Some(Outcome::Refused | Outcome::Duplicate)),
        Received | InProgress | InReview => false,
    }
}

/// Rules that hold for one verb.
#[expect(clippy::wildcard_enum_match_arm, reason = "most verbs have no rule of their own")]
fn particular(report: &ServiceRequest, verb: Verb, actor: &Actor) -> Result<(), Refusal> {
    let wrong_state = Err(wrong_state(report, verb));
    let only_once = Err(Refusal::OnlyOnce { verb: verb.as_str() });
    let published = report.outcome.is_some_and(Outcome::is_answer);
    let same_person = |who: &Option<crate::ids::AccountId>| who.is_some() && *who == actor.account;
    match verb {
        Verb::Contest if report.outcome != Some(Outcome::Refused) => wrong_state,
        Verb::Contest if report.contested => only_once,
        Verb::Accept | Verb::Refuse | Verb::Merge
            if report.contested && same_person(&report.refused_by) =>
        {
            Err(Refusal::OwnRefusal)
        }
        Verb::Undo if !was_at_intake(report) => wrong_state,
        Verb::Publish | Verb::SendBack if same_person(&report.answered_by) => {
            Err(Refusal::OwnAnswer)
        }
        Verb::Rate | Verb::Reopen | Verb::Appeal if !published => wrong_state,
        Verb::Rate if report.rating.is_some() => only_once,
        Verb::Reopen if report.reopenings > 0 => Err(Refusal::AppealInstead),
        Verb::Appeal if report.reopenings == 0 => Err(Refusal::ReopenFirst),
        Verb::Appeal if report.appealed => only_once,
        Verb::PromiseDue if report.outcome != Some(Outcome::Planned) => wrong_state,
        Verb::Pause | Verb::Ask if report.is_paused() => wrong_state,
        Verb::Resume if !report.is_paused() => wrong_state,
        Verb::Extend if report.extension.is_some() || report.extension_asked.is_some() => only_once,
        Verb::GrantExtension | Verb::DenyExtension if report.extension_asked.is_none() => {
            wrong_state
        }
        Verb::Hide if report.hidden.is_some() => Err(Refusal::NothingToChange),
        Verb::Unhide if report.hidden.is_none() => Err(Refusal::NothingToChange),
        Verb::MarkUrgent if report.urgent => Err(Refusal::NothingToChange),
        Verb::ClearUrgent if !report.urgent => Err(Refusal::NothingToChange),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[path = "workflow_tests.rs"]
mod tests;
