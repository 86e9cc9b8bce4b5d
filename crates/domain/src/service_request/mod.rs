//! A report from the field (Open311 "service request"): the entity and its life.
//!
//! - [`workflow`]: which verb leads from which state where, who may, and what it takes: one table.
//! - [`event`]: what happened, append-only.

pub mod event;
pub mod workflow;

use crate::case::{OwedStep, To};
use crate::ids::{
    AccountId, AgencyId, AreaId, MediaId, PersonId, ProcedureCode, ServiceCode, ServiceRequestId,
};
use crate::place::{Exactness, Point};
use crate::service::Service;
use crate::time::{Budget, Suspension};
use crate::word;
use jiff::Timestamp;
use jiff::civil::Date;

word! {
    /// Where a report is. What came of it is its [`Outcome`].
    State {
        Received = "received",
        WaitingReporter = "waiting_reporter",
        Assigned = "assigned",
        InProgress = "in_progress",
        InReview = "in_review",
        Closed = "closed",
    }
}

word! {
    /// What came of a report.
    Outcome {
        Fixed = "fixed",
        /// Promised for a date: enters the promise register.
        Planned = "planned",
        /// Sent to a body outside the city.
        Forwarded = "forwarded",
        NotFound = "not_found",
        NoAuthority = "no_authority",
        NoBudget = "no_budget",
        Refused = "refused",
        Duplicate = "duplicate",
        Withdrawn = "withdrawn",
    }
}

impl Outcome {
    /// Outcomes an agency may answer with.
    pub const ANSWERS: &'static [Self] = &[
        Self::Fixed,
        Self::Planned,
        Self::Forwarded,
        Self::NotFound,
        Self::NoAuthority,
        Self::NoBudget,
    ];

    pub fn is_answer(self) -> bool {
        Self::ANSWERS.contains(&self)
    }
}

word! {
    /// How satisfied the reporter is with the result.
    Rating {
        Satisfied = "satisfied",
        Acceptable = "acceptable",
        NotSatisfied = "not_satisfied",
    }
}

word! {
    /// How a report reached us.
    Channel {
        Web = "web",
        Open311 = "open311",
        Phone = "phone",
        Zalo = "zalo",
        Facebook = "facebook",
        Email = "email",
        Counter = "counter",
        Import = "import",
        /// An employee of the city saw it.
        Employee = "employee",
    }
}

/// A report. Personal data is not here: it lives in the identity vault, under `reporter`.
#[derive(Debug, Clone)]
pub struct ServiceRequest {
    pub id: ServiceRequestId,
    /// Counts every change; an edit names the version it saw.
    pub version: i64,
    /// The last version that was no mere addition (a note); a form that saw less is stale.
    pub changed_seq: i64,
    pub state: State,
    pub outcome: Option<Outcome>,
    pub service: ServiceCode,
    pub area: AreaId,
    /// The area was guessed from the nearest centre, not from a boundary.
    pub area_approximate: bool,
    pub agency: AgencyId,
    /// The officer who took it on, within the agency.
    pub assignee: Option<AccountId>,
    pub channel: Channel,
    /// What the reporter wrote, unchanged.
    pub description: String,
    /// A description fit for everyone, when a moderator redacted the original.
    pub redacted: Option<String>,
    pub language: String,
    pub address: Option<String>,
    pub point: Point,
    pub exactness: Exactness,
    /// Answers to the service's questions: code → values.
    pub attributes: std::collections::BTreeMap<String, Vec<String>>,
    pub public: bool,
    /// From the service: conduct of officials.
    pub confidential: bool,
    /// Its words or its kind show a danger to life, or staff said so.
    pub urgent: bool,
    /// The unit of the official it is about: none of its people may see it, whatever their role.
    pub concerns: Option<AgencyId>,
    /// The file of the one-stop shop it is about.
    pub dossier: Option<String>,
    /// Why a moderator hid it, if so.
    pub hidden: Option<String>,
    pub reporter: Option<PersonId>,
    /// The agency the reporter works for, when staff reported: left out of that agency's ranking.
    pub filed_by: Option<AgencyId>,
    pub procedure: Option<ProcedureCode>,
    pub procedure_version: Option<u32>,
    /// Of the very text of that version.
    pub procedure_hash: Option<String>,
    /// Time granted on top of the promise, once, in public.
    pub extension: Option<Budget>,
    /// Asked for, and not decided yet.
    pub extension_asked: Option<Budget>,
    /// The date the agency committed itself to once it was late.
    pub committed_for: Option<Date>,
    pub received_at: Timestamp,
    pub accepted_at: Option<Timestamp>,
    pub responded_at: Option<Timestamp>,
    pub answered_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub updated_at: Timestamp,
    /// When the promise to the citizen began for this attempt: acceptance, or reopening.
    pub clock_from: Option<Timestamp>,
    /// By when; derived from procedure, calendar and suspensions. `None` before acceptance and while paused.
    pub due_at: Option<Timestamp>,
    /// The step of the procedure that is owed now. Kept by its clock, apart from the rest.
    pub step: Option<OwedStep>,
    /// When a question goes back to who asked it.
    pub question_until: Option<Timestamp>,
    /// State to return to when the reporter has answered.
    pub asked_in: Option<State>,
    pub suspensions: Vec<Suspension>,
    pub paused_for: Option<String>,
    pub planned_for: Option<Date>,
    /// 1, and one more with each sending back or reopening.
    pub attempt: i64,
    pub reopenings: i64,
    pub contested: bool,
    pub appealed: bool,
    pub refusal_code: Option<String>,
    pub refused_by: Option<AccountId>,
    pub answered_by: Option<AccountId>,
    pub rating: Option<Rating>,
    pub merged_into: Option<ServiceRequestId>,
    /// How many-eth report of the same thing at the same place it is, from 2 on. Kept apart from the rest.
    pub again: Option<i64>,
    pub supports: i64,
    pub comments: i64,
    /// First photo as reported, and of the newest answer.
    pub photo: Option<MediaId>,
    pub result_photo: Option<MediaId>,
}

impl ServiceRequest {
    /// Goes where a transition leads.
    pub fn move_to(&mut self, to: To<State>) {
        match to {
            To::Same => {}
            To::State(state) => {
                if state == State::WaitingReporter {
                    self.asked_in = Some(self.state);
                }
                self.state = state;
            }
            To::WhereAsked => {
                self.state = self.asked_in.take().unwrap_or(State::Received);
                self.question_until = None;
            }
        }
    }

    /// A report as it arrives: not yet checked, at its first attempt, its clock begun.
    #[expect(
        clippy::too_many_lines,
        reason = "one line for each field of a report, and nothing else"
    )]
    pub fn received(
        id: ServiceRequestId,
        service: &Service,
        area: AreaId,
        agency: AgencyId,
        point: Point,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            version: 1,
            changed_seq: 1,
            state: State::Received,
            outcome: None,
            service: service.code.clone(),
            area,
            area_approximate: false,
            agency,
            assignee: None,
            channel: Channel::Web,
            description: String::new(),
            redacted: None,
            language: String::new(),
            address: None,
            point,
            exactness: Exactness::Pin,
            attributes: std::collections::BTreeMap::new(),
            public: true,
            confidential: service.confidential,
            urgent: false,
            concerns: None,
            dossier: None,
            hidden: None,
            reporter: None,
            filed_by: None,
            procedure: None,
            procedure_version: None,
            procedure_hash: None,
            extension: None,
            extension_asked: None,
            committed_for: None,
            received_at: now,
            accepted_at: None,
            responded_at: None,
            answered_at: None,
            closed_at: None,
            updated_at: now,
            clock_from: Some(now),
            due_at: None,
            step: None,
            question_until: None,
            asked_in: None,
            suspensions: Vec::new(),
            paused_for: None,
            planned_for: None,
            attempt: 1,
            reopenings: 0,
            contested: false,
            appealed: false,
            refusal_code: None,
            refused_by: None,
            answered_by: None,
            rating: None,
            merged_into: None,
            again: None,
            supports: 0,
            comments: 0,
            photo: None,
            result_photo: None,
        }
    }

    pub fn is_paused(&self) -> bool {
        self.paused_for.is_some()
    }

    /// Late: the due date has passed and no answer was published by then.
    pub fn is_late(&self, now: Timestamp) -> bool {
        let settled = self.closed_at.unwrap_or(now);
        self.due_at.is_some_and(|due| settled > due)
    }

    /// By when something is owed: the step that runs; where none runs, or it stands still, the whole.
    pub fn owed_by(&self) -> Option<Timestamp> {
        self.step.as_ref().and_then(|step| step.due).or(self.due_at)
    }

    /// Late, and the agency that has it has not said by when it will be done.
    pub fn owes_a_word(&self, now: Timestamp) -> bool {
        let works = matches!(self.state, State::Assigned | State::InProgress);
        works && self.committed_for.is_none() && self.is_late(now)
    }

    /// Filed by somebody of the agency that has it now: left out of that agency's ranking.
    pub fn is_by_own_staff(&self) -> bool {
        self.filed_by.as_ref() == Some(&self.agency)
    }

    /// Is it about the unit this person works for?
    pub fn is_about(&self, agency: Option<&AgencyId>) -> bool {
        agency.is_some() && self.concerns.as_ref() == agency
    }

    /// Whether anybody may see its words, place and photos.
    pub fn is_open_to_all(&self) -> bool {
        self.public && !self.confidential && self.hidden.is_none()
    }
}
