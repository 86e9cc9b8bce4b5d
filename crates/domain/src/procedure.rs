//! A procedure: who does it, what is the product, when is it done (ISO 9001:2015, 4.4 and 8.1).
//!
//! Procedures are data of the pack, versioned; a report pins the version that held when it was accepted.

pub mod changes;
pub mod shape;

use crate::case::CaseKind;
use crate::ids::{AgencyId, ProcedureCode};
use crate::localized::Localized;
use crate::service_request::ServiceRequest;
use crate::time::Budget;
use crate::word;
use crate::word::Word;
use jiff::civil::Date;

#[derive(Debug, Clone)]
pub struct Procedure {
    pub code: ProcedureCode,
    pub version: u32,
    /// The kind of cases it is for: its steps speak of the verbs of that kind.
    pub kind: CaseKind,
    /// SHA-256 of the file it is written in, in hex: what a report pins cannot be changed in silence.
    pub hash: String,
    /// That very file, so that it can be kept as long as a case is bound to it.
    pub source: std::sync::Arc<str>,
    pub effective_from: Date,
    pub name: Localized,
    pub legal_basis: Localized,
    pub owner: AgencyId,
    /// The promise to the citizen: the whole case, from acceptance to publication.
    pub promise: Budget,
    /// From receipt to the first word of a person; `None` where nobody waits for one.
    pub first_response: Option<Budget>,
    /// The level above answers an appeal within this; the promise itself where it says nothing.
    pub appeal: Budget,
    pub steps: Vec<Step>,
    /// Whom to tell when the promise to the citizen is used up.
    pub on_overdue: Vec<Rung>,
}

/// The procedure of tasks where the pack has none, as a file of a pack has it.
pub const OF_TASKS: &str = include_str!("procedure/task.toml");

/// The verb with which a case of whatever kind is taken on.
const ACCEPT: &str = "accept";

impl Procedure {
    /// What the citizen is promised for this report: the whole case, or the appeal, and what was granted on top.
    pub fn promised(&self, report: &ServiceRequest) -> Budget {
        let promise = if report.appealed { self.appeal } else { self.promise };
        report.extension.and_then(|more| promise.plus(more)).unwrap_or(promise)
    }

    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The step that this verb ends.
    pub fn ended_by(&self, verb: impl Word) -> Option<&Step> {
        self.steps.iter().find(|step| step.done_by.contains(&verb.as_str()))
    }

    /// The step at whose end somebody has taken the case on.
    pub fn intake(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.done_by.contains(&ACCEPT))
    }

    /// The steps that begin when this one is done.
    pub fn after<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Step> {
        self.steps.iter().filter(move |step| step.after.iter().any(|before| before == id))
    }

    /// Every step that must come before this one, in the order of the procedure.
    pub fn before(&self, id: &str) -> Vec<&Step> {
        let mut found: Vec<&str> = Vec::new();
        let mut open = vec![id];
        while let Some(step) = open.pop().and_then(|id| self.step(id)) {
            for before in step.after.iter().map(String::as_str).filter(|before| *before != id) {
                if !found.contains(&before) {
                    found.push(before);
                    open.push(before);
                }
            }
        }
        self.steps.iter().filter(|step| found.contains(&step.id.as_str())).collect()
    }
}

#[derive(Debug, Clone)]
pub struct Step {
    pub id: String,
    pub name: Localized,
    pub role: StepRole,
    pub action: Localized,
    pub product: Localized,
    pub kind: ProductKind,
    pub budget: Budget,
    /// The steps it begins after: when all of them are done. Two steps after the same one run side by side.
    pub after: Vec<String>,
    /// The verbs of its kind of case it begins on, whatever was done before: sent, given back, reopened.
    pub begins_on: Vec<&'static str>,
    /// The verbs that end it; none: it ends when its product is delivered (the verb `deliver`).
    pub done_by: Vec<&'static str>,
    /// Reasons that pause it, as codes of the pack's `pauses`.
    pub pauses_on: Vec<String>,
    /// Step ids it may send the case back to.
    pub may_return_to: Vec<String>,
    pub on_overdue: Vec<Rung>,
}

/// Whom to tell when a share of the budget is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    pub percent: u32,
    pub tell: Vec<StepRole>,
}

word! {
    StepRole {
        Operator = "operator",
        Reviewer = "reviewer",
        Officer = "officer",
        Head = "head",
        Inspector = "inspector",
        Leader = "leader",
    }
}

impl StepRole {
    /// Works in the agency that has the report, not in the centre or above it.
    pub fn is_of_the_agency(self) -> bool {
        matches!(self, Self::Officer | Self::Head | Self::Inspector)
    }
}

word! {
    /// What a step leaves behind.
    ProductKind {
        Decision = "decision",
        Answer = "answer",
        AnswerWithPhoto = "answer_with_photo",
        Document = "document",
        InspectionRecord = "inspection_record",
    }
}
