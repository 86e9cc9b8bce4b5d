//! A procedure: who does it, what is the product, when is it done (ISO 9001:2015, 4.4 and 8.1).
//!
//! Procedures are data of the pack, versioned; a report pins the version that held when it was accepted.

use crate::ids::{AgencyId, ProcedureCode};
use crate::pack::Localized;
use crate::time::Budget;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone)]
pub struct Procedure {
    pub code: ProcedureCode,
    pub version: u32,
    pub effective_from: Date,
    pub name: Localized,
    pub legal_basis: Localized,
    pub owner: AgencyId,
    /// The promise to the citizen: the whole case, from acceptance to publication.
    pub promise: Budget,
    /// From receipt to the first word of a person.
    pub first_response: Budget,
    pub steps: Vec<Step>,
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
    /// The step it begins after; `None`: with the case.
    pub after: Option<String>,
    /// Reasons that pause it, as codes of the pack's `pauses`.
    pub pauses_on: Vec<String>,
    /// Step ids it may send the case back to.
    pub may_return_to: Vec<String>,
    pub on_overdue: Vec<Rung>,
}

/// Whom to tell when a share of the budget is used.
#[derive(Debug, Clone)]
pub struct Rung {
    pub percent: u32,
    pub tell: Vec<StepRole>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepRole {
    Operator,
    Reviewer,
    Officer,
    Head,
    Inspector,
    Leader,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductKind {
    Decision,
    Answer,
    AnswerWithPhoto,
    Document,
    InspectionRecord,
}
