//! A row of a kind's table: from which states a verb leads where, who may, what it takes, and what it does to clocks.

use super::Kind;
use crate::actor::{Role, Visibility};

/// Where a transition leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To<S> {
    State(S),
    /// Stays where it is.
    Same,
    /// Back to the state the question was asked in.
    WhereAsked,
}

/// What a transition does to the clock of the promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockEffect {
    None,
    /// Begins anew, with the whole budget.
    Start,
    Suspend,
    Resume,
    Stop,
}

/// What a transition does to the clocks of steps, besides ending and beginning those that the procedure names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepEffect {
    None,
    /// All of them wait.
    Suspend,
    /// Those wait that may for the reason that is given.
    Pause,
    /// What waits goes on.
    Resume,
    /// What waits goes on; where another office or other rules have the case now, their first step begins.
    HandOver,
    /// As before, but what waits goes on waiting.
    Reroute,
    /// Ends the step that the event names, and no other.
    Deliver,
    /// The time they have is measured anew.
    Remeasure,
}

#[derive(Debug)]
pub struct Transition<K: Kind> {
    pub verb: K::Verb,
    pub from: &'static [K::State],
    pub to: To<K::State>,
    pub roles: &'static [Role],
    /// Only staff of the agency in charge.
    pub own_agency: bool,
    pub needs_reason: bool,
    pub clock: ClockEffect,
    pub steps: StepEffect,
    /// Done by a person of the city in public it is the first word to whoever waits for one.
    pub response: bool,
    /// Every product that a step before it owes has to be there.
    pub needs_products: bool,
    /// Says something and changes nothing: whoever looks at an older state of the case loses nothing by it.
    pub append: bool,
    pub visibility: Visibility,
    pub why: &'static str,
}
