//! Whose queue holds what, and why a report stands where it stands. One table of roles; no SQL, no HTTP.

use super::list_pages::Order;
use crate::account::policy::{Action, Sight, may};
use crate::account::session::Signed;
use domain::actor::Role;
use domain::ids::AgencyId;
use domain::service_request::{ServiceRequest, State};
use jiff::{SignedDuration, Timestamp};
use std::cmp::Reverse;

/// Before its due date, a report counts as due soon for so long.
pub const SOON: SignedDuration = SignedDuration::from_hours(24);
/// The same for what waits at intake, where steps take hours.
pub const SOON_AT_INTAKE: SignedDuration = SignedDuration::from_hours(1);
/// Reports a queue shows; those behind them come up when these are done, or when somebody asks for all.
pub const SHOWN: usize = 40;
/// Reports a queue shows to who asks for all: more than anybody scrolls through.
pub const SHOWN_AT_MOST: usize = 500;

/// Part of the city's reports that somebody works through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    pub states: &'static [State],
    /// Only this agency's.
    pub agency: Option<AgencyId>,
    /// The confidential, or all others.
    pub sight: Sight,
    pub late_only: bool,
    /// Who looks decides on more time: what asks for it comes first.
    pub grants: bool,
}

/// A list on the desk; the name is the last part of its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// Everything that waits for me, in any of my roles.
    Now,
    Intake,
    Review,
    /// Given to me by name.
    Mine,
}

impl Queue {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Intake => "intake",
            Self::Review => "review",
            Self::Mine => "mine",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Now, Self::Intake, Self::Review, Self::Mine].into_iter().find(|q| q.as_str() == text)
    }

    pub fn path(self) -> &'static str {
        match self {
            Self::Now => "/desk",
            Self::Intake => "/desk/intake",
            Self::Review => "/desk/review",
            Self::Mine => "/desk/mine",
        }
    }

    /// The queues this person has.
    pub fn of(signed: &Signed) -> Vec<Self> {
        let asks = [
            (Self::Now, Action::SeeDesk),
            (Self::Intake, Action::Intake),
            (Self::Review, Action::Review),
            (Self::Mine, Action::Work),
        ];
        asks.into_iter()
            .filter(|(_, action)| may(signed, *action, None))
            .map(|(queue, _)| queue)
            .collect()
    }
}

const INTAKE: &[State] = &[State::Received];
const REVIEW: &[State] = &[State::InReview];
const WORK: &[State] = &[State::Assigned, State::InProgress];
const ALL: &[State] = &[State::Received, State::Assigned, State::InProgress, State::InReview];

/// What this person finds in a queue: one share per capacity.
pub fn shares(signed: &Signed, queue: Queue) -> Vec<Share> {
    let mut shares = Vec::new();
    let mut add = |wanted: Queue, states, agency: Option<AgencyId>, confidential, late_only| {
        let sight = if confidential { Sight::confidential_to(signed) } else { Sight::default() };
        let share = Share { states, agency, sight, late_only, grants: grants(signed) };
        if (queue == Queue::Now || queue == wanted) && !shares.contains(&share) {
            shares.push(share);
        }
    };
    for role in &signed.roles {
        match role {
            Role::Operator => add(Queue::Intake, INTAKE, None, false, false),
            Role::Reviewer => add(Queue::Review, REVIEW, None, false, false),
            Role::Officer | Role::Head => {
                if signed.agency.is_some() {
                    add(Queue::Mine, WORK, signed.agency.clone(), false, false);
                }
            }
            Role::Inspector => {
                add(Queue::Intake, INTAKE, None, true, false);
                add(Queue::Review, REVIEW, None, true, false);
                add(Queue::Mine, WORK, None, true, false);
            }
            // Leaders handle nothing: they see what is late.
            Role::Leader | Role::Administrator => add(Queue::Now, ALL, None, false, true),
            Role::Reporter | Role::System => {}
        }
    }
    shares
}

/// Has no work on reports: sees what is late, and no more.
pub fn only_watches(signed: &Signed) -> bool {
    let shares = shares(signed, Queue::Now);
    !shares.is_empty() && shares.iter().all(|share| share.late_only)
}

/// Whether this person says yes or no when more time is asked for.
pub fn grants(signed: &Signed) -> bool {
    signed.has(Role::Head) || signed.has(Role::Inspector)
}

/// How urgent a report is: a life in danger, more time asked for, late without a word, late, due soon, or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pressure {
    /// Somebody's life is in danger, and nobody has decided about it: it comes first, whatever else waits.
    Danger,
    /// More time is asked for, and the reader is the one who says yes or no.
    Asked,
    /// Late, and its agency owes a word how it stands and by when it will be done.
    NoWord,
    Late,
    Soon,
    Waiting,
}

impl Pressure {
    /// The end of a key in the translation files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Danger => "danger",
            Self::Asked => "asked",
            Self::NoWord => "no-word",
            Self::Late => "late",
            Self::Soon => "soon",
            Self::Waiting => "waiting",
        }
    }
}

pub fn pressure(report: &ServiceRequest, grants: bool, now: Timestamp) -> Pressure {
    let soon = if report.state == State::Received { SOON_AT_INTAKE } else { SOON };
    match report.owed_by().filter(|_| report.closed_at.is_none()) {
        _ if report.urgent && report.state == State::Received => Pressure::Danger,
        _ if grants && report.extension_asked.is_some() => Pressure::Asked,
        _ if report.owes_a_word(now) => Pressure::NoWord,
        Some(due) if due < now => Pressure::Late,
        Some(due) if due < now + soon => Pressure::Soon,
        Some(_) | None => Pressure::Waiting,
    }
}

/// The order of a queue over several shares; the same as in `store::queue`.
pub fn sort(reports: &mut [ServiceRequest], order: Order, grants: bool, now: Timestamp) {
    let came = |report: &ServiceRequest| (report.received_at, report.id.clone());
    match order {
        Order::Due => reports.sort_by_key(|report| {
            let due = report.owed_by().unwrap_or(Timestamp::MAX);
            (pressure(report, grants, now), due, came(report))
        }),
        Order::Oldest => reports.sort_by_key(came),
        Order::Newest => reports.sort_by_key(|r| (Reverse(r.received_at), r.id.clone())),
        Order::Place => {
            reports.sort_by_key(|r| (r.area.clone(), r.service.clone(), came(r)));
        }
        Order::Kind => {
            reports.sort_by_key(|r| (r.service.clone(), r.area.clone(), came(r)));
        }
    }
    // Whatever the order: the rest stays as it was sorted.
    reports.sort_by_key(|report| pressure(report, grants, now) != Pressure::Danger);
}

/// Why a report is in a queue, besides its deadline: the end of a key in the translation files.
pub fn why(report: &ServiceRequest, signed: &Signed, now: Timestamp) -> &'static str {
    let given_to_me = report.assignee.as_ref() == Some(&signed.account);
    match report.state {
        State::Received if report.contested => "contested",
        State::Received if report.accepted_at.is_some() => "given-back",
        // Only a question is a response that leaves a report where it was.
        State::Received if report.responded_at.is_some() => "asked",
        State::Received => "new",
        State::InReview if report.attempt > 1 => "answered-again",
        State::InReview => "answered",
        State::Assigned | State::InProgress if report.is_paused() => "paused",
        State::Assigned | State::InProgress if report.extension_asked.is_some() => {
            if grants(signed) { "extension-yours" } else { "extension" }
        }
        State::Assigned | State::InProgress if report.owes_a_word(now) => {
            if may(signed, Action::Work, None) { "no-word" } else { "silent" }
        }
        State::Assigned | State::InProgress if report.appealed => "appealed",
        State::Assigned if report.reopenings > 0 => "reopened",
        State::InProgress if report.attempt > 1 => "sent-back",
        State::Assigned if given_to_me => "given",
        State::Assigned => "not-begun",
        State::InProgress if given_to_me => "in-hand",
        State::InProgress if report.assignee.is_none() => "unclaimed",
        State::InProgress => "in-progress",
        State::WaitingReporter => "waiting",
        State::Closed => "closed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::session::Kind;

    fn staff(roles: &[Role], agency: Option<&str>) -> Signed {
        Signed {
            account: "a".parse().unwrap(),
            name: String::new(),
            login: None,
            roles: roles.to_vec(),
            agency: agency.map(|id| id.parse().unwrap()),
            person: None,
            kind: Kind::Staff,
            language: "en".to_owned(),
            shortcuts: true,
            session: String::new(),
            seen_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn an_officer_s_queue_holds_their_agency_s_work_and_nothing_confidential() {
        let shares = shares(&staff(&[Role::Officer], Some("roads")), Queue::Now);
        assert_eq!(shares.len(), 1);
        assert!(shares.iter().all(|s| s.agency.as_ref().is_some_and(|a| a.as_str() == "roads")));
        assert!(shares.iter().all(|s| !s.sight.confidential && s.states == WORK));
    }

    #[test]
    fn only_inspectors_find_confidential_reports_and_they_find_no_others() {
        for role in Role::ALL {
            for share in shares(&staff(&[*role], Some("roads")), Queue::Now) {
                assert_eq!(share.sight.confidential, *role == Role::Inspector, "{role}");
            }
        }
    }

    #[test]
    fn who_has_two_roles_has_both_queues_once() {
        let both = staff(&[Role::Operator, Role::Reviewer], None);
        assert_eq!(shares(&both, Queue::Now).len(), 2);
        assert_eq!(shares(&both, Queue::Review).len(), 1);
        assert_eq!(Queue::of(&both), [Queue::Now, Queue::Intake, Queue::Review]);
    }
}
