//! What happened to a case: append-only, the source of its timeline, its letters and its numbers.

use super::{CaseRef, Kind};
use crate::actor::{Actor, Visibility};
use crate::ids::{AgencyId, EventId};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;

/// What the machinery reads of what an event carries besides its verb.
pub trait EventDetail: Debug + Clone + Default + Serialize + DeserializeOwned {
    /// A code of the pack: refusal, pause, hiding.
    fn code(&self) -> Option<&str>;
    /// The step of the procedure it is about.
    fn step(&self) -> Option<&str>;
    /// Why, in words or by a code.
    fn has_reason(&self) -> bool;
    /// The deadline that came of it is kept with the event.
    fn set_due_at(&mut self, due: Option<Timestamp>);
    /// A rung of a ladder was reached: of a step, or of the promise.
    fn set_rung(&mut self, step: Option<String>, percent: u32, agency: &AgencyId);
    /// Deadlines moved, for what is said in words or by a code.
    fn set_moved(&mut self, moved: Vec<Moved>, text: Option<String>, code: Option<String>);
}

#[derive(Debug, Clone)]
pub struct Event<K: Kind> {
    pub id: EventId,
    pub case: CaseRef,
    /// The version of the case after it: one for each event, from 1.
    pub seq: i64,
    pub at: Timestamp,
    pub verb: K::Verb,
    pub actor: Actor,
    pub from: Option<K::State>,
    pub to: K::State,
    pub attempt: i64,
    pub visibility: Visibility,
    pub data: K::Detail,
}

impl<K: Kind> Event<K> {
    /// It closed the case.
    pub fn closes(&self) -> bool {
        self.to == K::CLOSED && self.from != Some(K::CLOSED)
    }
}

/// A deadline that moved because the calendar changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Id of the step; none: the promise to the citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    pub from: Timestamp,
    pub to: Timestamp,
}
