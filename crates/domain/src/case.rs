//! A case: whatever has a table of transitions, an append-only history, clocks, and somebody who owes the next step.
//!
//! A kind of case names its words and its table ([`Kind`]); who may do what is a row of it ([`Transition`]), what was done
//! is an [`Event`], and its name among all kinds is a [`CaseRef`].

mod case_ref;
mod event;
mod transition;

pub use case_ref::{CaseKind, CaseRef, InvalidCaseRef};
pub use event::{Event, EventDetail, Moved};
pub use transition::{ClockEffect, StepEffect, To, Transition};

use crate::time::Budget;
use crate::word::Word;
use jiff::Timestamp;
use std::fmt::Debug;

/// The words and the table of a kind of case.
pub trait Kind: Debug + Clone + 'static {
    /// What can be done to it; also the name of the event that leaves.
    type Verb: Word;
    type State: Word;
    /// What an event carries besides its verb.
    type Detail: EventDetail;
    const KIND: CaseKind;
    /// The verb that begins a life. It has no row.
    const BEGINS: Self::Verb;
    /// Where a case is until somebody has taken it on.
    const FIRST: Self::State;
    const CLOSED: Self::State;
    /// What the system does when a share of somebody's time is used, when all of it is, and when the calendar changed.
    const WARN: Self::Verb;
    const ESCALATE: Self::Verb;
    const MOVE_DUE: Self::Verb;

    fn transitions() -> &'static [Transition<Self>];

    /// The row of `verb`. The verb that begins a life has none.
    fn transition(verb: Self::Verb) -> Option<&'static Transition<Self>> {
        Self::transitions().iter().find(|row| row.verb == verb)
    }
}

/// A step of a procedure that somebody owes, with its own deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedStep {
    /// Its id in the procedure.
    pub id: String,
    /// What its clock runs by: another than the step's own where there is danger.
    pub budget: Budget,
    pub from: Timestamp,
    /// `None` while it is suspended.
    pub due: Option<Timestamp>,
}
