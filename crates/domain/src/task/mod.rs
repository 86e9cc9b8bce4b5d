//! A task (giao việc): an instruction of a leader or of the centre to an agency or a person, by itself or about another
//! case.
//!
//! - [`workflow`]: which verb leads from which state where, who may, and what it takes: one table.
//! - [`event`]: what an event of a task carries besides its verb.

pub mod event;
pub mod workflow;

use crate::actor::Role;
use crate::case::{CaseRef, OwedStep};
use crate::ids::{AccountId, AgencyId, ProcedureCode, TaskId};
use crate::place::Point;
use crate::time::Budget;
use crate::word;
use jiff::Timestamp;

word! {
    /// Where a task is. What came of it is its [`TaskOutcome`].
    TaskState {
        Offered = "offered",
        Accepted = "accepted",
        /// Its product is there; who gave it has not confirmed it.
        Done = "done",
        Closed = "closed",
    }
}

word! {
    /// What came of a task.
    TaskOutcome {
        Confirmed = "confirmed",
        /// Whoever it was offered to did not take it on, for a coded reason.
        Refused = "refused",
        /// It was taken on and cannot be done, for a coded reason.
        Unable = "unable",
        Withdrawn = "withdrawn",
    }
}

word! {
    /// Why a task is not taken on, or cannot be done.
    TaskReason {
        NotOurs = "not_ours",
        NoMeans = "no_means",
        NoAuthority = "no_authority",
        NoLongerNeeded = "no_longer_needed",
        NotSafe = "not_safe",
        Other = "other",
    }
}

/// Who gave a task: they confirm it, grant more time, and may withdraw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Giver {
    pub role: Role,
    pub account: Option<AccountId>,
    pub agency: Option<AgencyId>,
}

/// Who gave it by when it is to be done: a budget of working time, or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskDue {
    Budget(Budget),
    At(Timestamp),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    pub id: TaskId,
    /// Counts every event.
    pub version: i64,
    /// The last version that was no mere addition; a form that saw less is stale.
    pub changed_seq: i64,
    pub state: TaskState,
    pub outcome: Option<TaskOutcome>,
    pub giver: Giver,
    /// The agency that is to do it, and within it the person, if one is named.
    pub agency: AgencyId,
    pub assignee: Option<AccountId>,
    /// The case it is about.
    pub about: Option<CaseRef>,
    /// What is to be done.
    pub what: String,
    /// What is to be there at the end.
    pub product: String,
    /// A photo or a document has to prove it.
    pub needs_evidence: bool,
    pub address: Option<String>,
    pub point: Option<Point>,
    /// Everybody may read of it.
    pub public: bool,
    /// It is about a confidential case: inspectors and whoever gave and got it, and nobody else.
    pub confidential: bool,
    pub given_due: TaskDue,
    pub procedure: ProcedureCode,
    pub procedure_version: u32,
    pub procedure_hash: String,
    /// Time granted on top, once.
    pub extension: Option<Budget>,
    /// Asked for, and not decided yet.
    pub extension_asked: Option<Budget>,
    /// 1, and one more with each sending back.
    pub attempt: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// When its time began.
    pub clock_from: Timestamp,
    pub due_at: Option<Timestamp>,
    pub step: Option<OwedStep>,
    pub accepted_at: Option<Timestamp>,
    pub done_at: Option<Timestamp>,
    pub done_by: Option<AccountId>,
    pub closed_at: Option<Timestamp>,
    /// What was said to be done, of the newest attempt.
    pub result: Option<String>,
    /// Why it was refused or cannot be done.
    pub code: Option<String>,
}

impl Task {
    pub fn case(&self) -> CaseRef {
        CaseRef::from(&self.id)
    }

    /// The time for the whole of it, with what was granted on top.
    pub fn promised(&self) -> Budget {
        let given = match self.given_due {
            TaskDue::Budget(budget) => budget,
            TaskDue::At(at) => minutes_between(self.clock_from, at),
        };
        self.extension.and_then(|more| given.plus(more)).unwrap_or(given)
    }

    /// The time for carrying it out, from when it was taken on: to a date, what is left.
    pub fn time_to_carry_out(&self) -> Budget {
        match self.given_due {
            TaskDue::Budget(_) => self.promised(),
            TaskDue::At(at) => {
                let left = minutes_between(self.accepted_at.unwrap_or(self.clock_from), at);
                self.extension.and_then(|more| left.plus(more)).unwrap_or(left)
            }
        }
    }

    /// So much more time as may be asked for: in the unit that was given, in days where a date was; never more than as
    /// much again.
    pub fn more_time(&self, amount: u32) -> Option<Budget> {
        let given = self.promised();
        let (unit, most) = match self.given_due {
            TaskDue::Budget(_) => (1, given.amount()),
            TaskDue::At(_) => (24 * 60, given.amount().max(24 * 60)),
        };
        let more = amount.checked_mul(unit).filter(|more| (1..=most).contains(more))?;
        Some(given.with_amount(more))
    }

    pub fn is_open(&self) -> bool {
        self.state != TaskState::Closed
    }

    /// Past its time while it is open, or done past it.
    pub fn is_late(&self, now: Timestamp) -> bool {
        let until = self.done_at.or(self.closed_at).unwrap_or(now);
        self.due_at.is_some_and(|due| until > due)
    }
}

/// Whole minutes from one instant to another, begun ones too; at least one.
fn minutes_between(from: Timestamp, to: Timestamp) -> Budget {
    let seconds = to.duration_since(from).as_secs().max(1);
    Budget::Minutes(u32::try_from((seconds + 59) / 60).unwrap_or(u32::MAX))
}

/// Where the time to a date begins so that it ends on it: counted in whole minutes.
pub fn clock_to(at: Timestamp, now: Timestamp) -> Timestamp {
    let minutes = i64::from(minutes_between(now, at).amount());
    at - jiff::SignedDuration::from_mins(minutes)
}
