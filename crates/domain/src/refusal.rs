//! Why an action may not happen. Shown to people: each has a key in `translations/*/refusal.ftl`.
//!
//! Verbs, states and outcomes are named by their words, so that nothing here knows what is refused.

use crate::localized::Localized;

/// A rule said no. Carries what the message needs; `key` is its name in the translation files.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("{verb} is not possible in state {state}")]
    WrongState { verb: &'static str, state: &'static str },
    #[error("{verb} is not for this role")]
    WrongRole { verb: &'static str },
    #[error("only the agency in charge may do this")]
    NotYourAgency,
    #[error("the one who answered may not review the answer")]
    OwnAnswer,
    #[error("another operator than the one who refused decides a contested refusal")]
    OwnRefusal,
    #[error("{verb} is possible once")]
    OnlyOnce { verb: &'static str },
    #[error("the report was already reopened: the next step is an appeal")]
    AppealInstead,
    #[error("it was not reopened before: reopen it first")]
    ReopenFirst,
    #[error("outcome {0} needs an after-photo or a document")]
    NeedsEvidence(&'static str),
    #[error("outcome planned needs a date")]
    NeedsDate,
    #[error("the date must lie after today")]
    DateInThePast,
    #[error("{0} is not an outcome of an answer")]
    NotAnAnswer(&'static str),
    #[error("a reason is needed")]
    NeedsReason,
    #[error("field {field} is missing")]
    Missing { field: &'static str },
    #[error("field {field} is not valid")]
    Invalid { field: &'static str },
    /// `at` counts characters from 1.
    #[error("field {field} holds a NUL as character {at}")]
    Nul { field: &'static str, at: usize },
    /// An answer to a question whose answers are dates.
    #[error("the answer is no date")]
    NotADate,
    #[error("the answer is no number")]
    NotANumber,
    /// An answer to when something was.
    #[error("the date lies in the future")]
    DateInTheFuture,
    #[error("field {field} has more than {limit} characters")]
    TooLong { field: &'static str, limit: usize },
    #[error("there is no such {what}: {code}")]
    Unknown { what: &'static str, code: String },
    #[error("the place lies outside the city")]
    OutsideTheCity,
    #[error("a product is owed first: {}", step.text("en"))]
    StepOwed { step: Localized },
    #[error("this step is not running")]
    NoSuchStep,
    #[error("work may not pause for this reason now")]
    NoReasonToPause,
    #[error("more time can be asked for before the deadline only")]
    AfterTheDeadline,
    #[error("so much more time cannot be asked for")]
    TooMuchTime,
    #[error("it is {} anyway", if *works { "a working day" } else { "a day off" })]
    DayAsItIs { works: bool },
    #[error("a report cannot be merged into itself or into one that was itself merged")]
    BadMerge,
    #[error("it changed meanwhile: you saw version {seen}, it is now at {current}")]
    Stale { seen: i64, current: i64 },
    #[error("it cannot be taken back any more: people were told")]
    TooLateToUndo,
    #[error("a report about a unit is not for that unit")]
    UnitConcerned,
    #[error("there is nothing to change")]
    NothingToChange,
    #[error("too many photos, at most {limit}")]
    TooManyPhotos { limit: usize },
    #[error("wait {seconds} s")]
    TooSoon { seconds: i64 },
    #[error("this is not open to you")]
    Forbidden,
    #[error("there is no such report")]
    NotFound,
}

impl Refusal {
    /// Its key in the translation files.
    pub fn key(&self) -> &'static str {
        match self {
            Self::WrongState { .. } => "refusal-wrong-state",
            Self::WrongRole { .. } => "refusal-wrong-role",
            Self::NotYourAgency => "refusal-not-your-agency",
            Self::OwnAnswer => "refusal-own-answer",
            Self::OwnRefusal => "refusal-own-refusal",
            Self::OnlyOnce { .. } => "refusal-only-once",
            Self::AppealInstead => "refusal-appeal-instead",
            Self::ReopenFirst => "refusal-reopen-first",
            Self::NeedsEvidence(_) => "refusal-needs-evidence",
            Self::NeedsDate => "refusal-needs-date",
            Self::DateInThePast => "refusal-date-in-the-past",
            Self::NotAnAnswer(_) => "refusal-not-an-answer",
            Self::NeedsReason => "refusal-needs-reason",
            Self::Missing { .. } => "refusal-missing",
            Self::Invalid { .. } => "refusal-invalid",
            Self::Nul { .. } => "refusal-nul",
            Self::NotADate => "refusal-not-a-date",
            Self::NotANumber => "refusal-not-a-number",
            Self::DateInTheFuture => "refusal-date-in-the-future",
            Self::TooLong { .. } => "refusal-too-long",
            Self::Unknown { .. } => "refusal-unknown",
            Self::OutsideTheCity => "refusal-outside-the-city",
            Self::StepOwed { .. } => "refusal-step-owed",
            Self::NoSuchStep => "refusal-no-such-step",
            Self::NoReasonToPause => "refusal-no-reason-to-pause",
            Self::AfterTheDeadline => "refusal-after-the-deadline",
            Self::TooMuchTime => "refusal-too-much-time",
            Self::DayAsItIs { works: true } => "refusal-day-works",
            Self::DayAsItIs { works: false } => "refusal-day-off",
            Self::BadMerge => "refusal-bad-merge",
            Self::Stale { .. } => "refusal-stale",
            Self::TooLateToUndo => "refusal-too-late-to-undo",
            Self::UnitConcerned => "refusal-unit-concerned",
            Self::NothingToChange => "refusal-nothing-to-change",
            Self::TooManyPhotos { .. } => "refusal-too-many-photos",
            Self::TooSoon { .. } => "refusal-too-soon",
            Self::Forbidden => "refusal-forbidden",
            Self::NotFound => "refusal-not-found",
        }
    }

    /// The form field the message stands beside, if it is about one.
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Missing { field }
            | Self::Invalid { field }
            | Self::Nul { field, .. }
            | Self::TooLong { field, .. } => Some(field),
            Self::NotADate | Self::NotANumber | Self::DateInTheFuture => Some("attribute"),
            Self::NeedsEvidence(_) | Self::TooManyPhotos { .. } => Some("photos"),
            Self::NeedsDate | Self::DateInThePast => Some("planned_for"),
            Self::NeedsReason => Some("reason"),
            Self::OutsideTheCity => Some("place"),
            Self::UnitConcerned => Some("agency"),
            Self::Unknown { what, .. } => Some(what),
            Self::NotAnAnswer(_) => Some("outcome"),
            Self::BadMerge => Some("merge_into"),
            Self::DayAsItIs { .. } => Some("date"),
            Self::NoSuchStep => Some("step"),
            Self::NoReasonToPause => Some("code"),
            Self::TooMuchTime => Some("days"),
            Self::WrongState { .. }
            | Self::WrongRole { .. }
            | Self::NotYourAgency
            | Self::OwnAnswer
            | Self::OwnRefusal
            | Self::OnlyOnce { .. }
            | Self::AppealInstead
            | Self::ReopenFirst
            | Self::Stale { .. }
            | Self::StepOwed { .. }
            | Self::AfterTheDeadline
            | Self::TooLateToUndo
            | Self::NothingToChange
            | Self::TooSoon { .. }
            | Self::Forbidden
            | Self::NotFound => None,
        }
    }

    /// HTTP status (RFC 9110): 404 absent, 403 not allowed, 409 stale or wrong state, 429 too soon, else 422.
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::WrongRole { .. }
            | Self::NotYourAgency
            | Self::OwnAnswer
            | Self::OwnRefusal
            | Self::Forbidden => 403,
            Self::Stale { .. }
            | Self::WrongState { .. }
            | Self::OnlyOnce { .. }
            | Self::AppealInstead
            | Self::ReopenFirst
            | Self::StepOwed { .. }
            | Self::NoSuchStep
            | Self::TooLateToUndo
            | Self::AfterTheDeadline => 409,
            Self::TooSoon { .. } => 429,
            Self::NeedsEvidence(_)
            | Self::NeedsDate
            | Self::DateInThePast
            | Self::NotAnAnswer(_)
            | Self::NeedsReason
            | Self::Missing { .. }
            | Self::Invalid { .. }
            | Self::Nul { .. }
            | Self::NotADate
            | Self::NotANumber
            | Self::DateInTheFuture
            | Self::TooLong { .. }
            | Self::Unknown { .. }
            | Self::OutsideTheCity
            | Self::BadMerge
            | Self::DayAsItIs { .. }
            | Self::UnitConcerned
            | Self::NoReasonToPause
            | Self::TooMuchTime
            | Self::NothingToChange
            | Self::TooManyPhotos { .. } => 422,
        }
    }
}
