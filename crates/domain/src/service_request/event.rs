//! What an event of a report carries besides its verb.

use super::{Channel, Outcome, Rating};
use crate::case::{EventDetail, Moved};
use crate::ids::{AccountId, AgencyId, AreaId, MediaId, ServiceCode, ServiceRequestId};
use crate::place::Point;
use crate::time::Budget;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What an event carries besides its verb. Absent fields are not stored.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventData {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The name of the program that said it for the agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
    /// A code of the pack: refusal, pause, hiding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned_for: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<AreaId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<Point>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<AccountId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<ServiceRequestId>,
    /// The unit the report is about, when that was corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concerns: Option<AgencyId>,
    /// The step of the procedure it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// Time asked for or granted on top of the promise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<Budget>,
    /// How much of the time was used, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<u32>,
    /// Deadlines that moved.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<Moved>,
    /// How many-eth report of the same thing at the same place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nth: Option<i64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<MediaId>,
}

impl EventDetail for EventData {
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
