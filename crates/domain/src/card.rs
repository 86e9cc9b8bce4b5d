//! Cards: a rule of the pack says what an agency may not do too often within a month. Off unless the pack has rules.

use crate::localized::Localized;
use crate::word;

word! {
    CardColour {
        Yellow = "yellow",
        Red = "red",
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Reports that reached this share of the time they were promised in.
    OverPercent(u32),
    /// Dates that were named and not kept.
    PromisesBroken,
    /// Explanations that were owed and did not come in time.
    ExplanationsLate,
}

impl Measure {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OverPercent(_) => "over_percent",
            Self::PromisesBroken => "promises_broken",
            Self::ExplanationsLate => "explanations_late",
        }
    }
}

/// `3 reports over 150 % in a month → yellow`.
#[derive(Debug, Clone)]
pub struct CardRule {
    pub code: String,
    pub name: Localized,
    pub colour: CardColour,
    pub measure: Measure,
    /// So many of them within a month of the city's calendar.
    pub count: u32,
}
