//! What an event of a task carries besides its verb.

use super::TaskOutcome;
use crate::case::{EventDetail, Moved};
use crate::ids::{AccountId, AgencyId, MediaId};
use crate::time::Budget;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Absent fields are not stored.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaskEventData {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// A code of the pack: why it was refused or cannot be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<TaskOutcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<AccountId>,
    /// The step of the procedure it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// Time asked for or granted on top.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<Budget>,
    /// How much of the time was used, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<u32>,
    /// Deadlines that moved because the calendar changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<Moved>,
    /// Verbs that were not done by themselves: done from `offered` implies `accept`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub implied: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<MediaId>,
}

impl EventDetail for TaskEventData {
    fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }
    fn step(&self) -> Option<&str> {
        self.step.as_deref()
    }
    fn has_reason(&self) -> bool {
        self.text.is_some() || self.code.is_some()
    }
    fn set_due_at(&mut self, due: Option<Timestamp>) {
        self.due_at = due;
    }
    fn set_rung(&mut self, step: Option<String>, percent: u32, agency: &AgencyId) {
        self.step = step;
        self.percent = Some(percent);
        self.agency = Some(agency.clone());
    }
    fn set_moved(&mut self, moved: Vec<Moved>, text: Option<String>, code: Option<String>) {
        self.moved = moved;
        self.text = text;
        self.code = code;
    }
}
