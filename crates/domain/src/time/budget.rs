//! How much time somebody has: `7wd`, `16wh`, `10m`, `4h`, `3d`. Written so in packs, stored so in rows.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A promise of time, before it meets a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Budget {
    /// `7wd`: the local day of the start is not counted; due at close of business of the 7th
    /// working day after it (Civil Code 2015, art. 147–148).
    WorkingDays(u32),
    /// `16wh`: hours consumed only while the office is open.
    WorkingHours(u32),
    /// `10m`: exact minutes.
    Minutes(u32),
    /// `4h`: exact hours.
    Hours(u32),
    /// `3d`: the same local time three days later.
    Days(u32),
}

/// Why a text is not a budget.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BudgetError {
    #[error("`{0}` is not a budget: write a number and a unit, as in 7wd, 16wh, 10m, 4h or 3d")]
    Malformed(String),
    #[error("`{0}` is out of range: from 1 to {MAX_AMOUNT}")]
    OutOfRange(String),
}

/// Larger amounts are slips of the pen: 3660 days are ten years.
const MAX_AMOUNT: u32 = 3660;
/// Minutes also reach to a date somebody named, as far away.
const MAX_MINUTES: u32 = MAX_AMOUNT * 24 * 60;

impl Budget {
    /// Wall-clock budgets run day and night, the others only in working time.
    pub fn is_wall_clock(self) -> bool {
        matches!(self, Self::Minutes(_) | Self::Hours(_) | Self::Days(_))
    }

    /// Another amount of the same unit.
    #[must_use]
    pub fn with_amount(self, amount: u32) -> Self {
        match self {
            Self::WorkingDays(_) => Self::WorkingDays(amount),
            Self::WorkingHours(_) => Self::WorkingHours(amount),
            Self::Minutes(_) => Self::Minutes(amount),
            Self::Hours(_) => Self::Hours(amount),
            Self::Days(_) => Self::Days(amount),
        }
    }

    /// Both together, if they are of one unit.
    pub fn plus(self, more: Self) -> Option<Self> {
        let sum = self.amount().checked_add(more.amount()).filter(|sum| *sum <= self.most())?;
        match (self, more) {
            (Self::WorkingDays(_), Self::WorkingDays(_)) => Some(Self::WorkingDays(sum)),
            (Self::WorkingHours(_), Self::WorkingHours(_)) => Some(Self::WorkingHours(sum)),
            (Self::Minutes(_), Self::Minutes(_)) => Some(Self::Minutes(sum)),
            (Self::Hours(_), Self::Hours(_)) => Some(Self::Hours(sum)),
            (Self::Days(_), Self::Days(_)) => Some(Self::Days(sum)),
            _ => None,
        }
    }

    fn most(self) -> u32 {
        if matches!(self, Self::Minutes(_)) { MAX_MINUTES } else { MAX_AMOUNT }
    }

    /// The number before the unit.
    pub fn amount(self) -> u32 {
        match self {
            Self::WorkingDays(n)
            | Self::WorkingHours(n)
            | Self::Minutes(n)
            | Self::Hours(n)
            | Self::Days(n) => n,
        }
    }

    /// `wd`, `wh`, `m`, `h` or `d`.
    pub fn unit(self) -> &'static str {
        match self {
            Self::WorkingDays(_) => "wd",
            Self::WorkingHours(_) => "wh",
            Self::Minutes(_) => "m",
            Self::Hours(_) => "h",
            Self::Days(_) => "d",
        }
    }
}

impl FromStr for Budget {
    type Err = BudgetError;

    fn from_str(text: &str) -> Result<Self, BudgetError> {
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (number, unit) = text.split_at(digits);
        let make = match (number, unit) {
            ("", _) => None,
            (_, "wd") => Some(Self::WorkingDays as fn(u32) -> Self),
            (_, "wh") => Some(Self::WorkingHours as fn(u32) -> Self),
            (_, "m") => Some(Self::Minutes as fn(u32) -> Self),
            (_, "h") => Some(Self::Hours as fn(u32) -> Self),
            (_, "d") => Some(Self::Days as fn(u32) -> Self),
            _ => None,
        };
        let make = make.ok_or_else(|| BudgetError::Malformed(text.to_owned()))?;
        match number.parse() {
            Ok(amount) if (1..=make(1).most()).contains(&amount) => Ok(make(amount)),
            _ => Err(BudgetError::OutOfRange(text.to_owned())),
        }
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.amount(), self.unit())
    }
}

impl Serialize for Budget {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Budget {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
