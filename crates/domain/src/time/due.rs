//! When a budget is used up, given what paused it.
//!
//! A due date is derived, never stored as truth: budget + ledger of suspensions + calendar. A
//! suspension consumes nothing. Suspensions are read as a set: their order, overlaps and doubles
//! do not matter.

use super::{Budget, WorkingCalendar, local};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A time during which a clock stands still, `[from, to)`; without an end it still does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Suspension {
    pub from: Timestamp,
    pub to: Option<Timestamp>,
}

/// The instant at which `budget`, begun at `start`, is used up.
///
/// `None` while it cannot be known: a suspension that began before the due date has no end yet (or
/// the calendar has no opening within twenty years). A start inside a suspension is a start at its
/// end.
///
/// Working days have their own rule. A suspension that covers no working time costs nothing. After
/// any other one, the working days that had not closed when it began are counted anew from the day
/// of its end, which, like the day of the start, is not counted itself.
pub fn due(
    calendar: &WorkingCalendar,
    start: Timestamp,
    budget: &Budget,
    suspensions: &[Suspension],
) -> Option<Timestamp> {
    let pauses = merged(suspensions);
    match *budget {
        Budget::WorkingDays(n) => due_in_working_days(calendar, start, n, &pauses),
        Budget::WorkingHours(n) => due_in(Measure::Working(calendar), start, hours(n), &pauses),
        Budget::Minutes(n) => {
            due_in(Measure::Exact, start, SignedDuration::from_mins(i64::from(n)), &pauses)
        }
        Budget::Hours(n) => due_in(Measure::Exact, start, hours(n), &pauses),
        Budget::Days(n) => {
            let amount = SignedDuration::from_hours(24 * i64::from(n));
            due_in(Measure::WallClock(calendar), start, amount, &pauses)
        }
    }
}

/// The instant at which `percent` of a budget is used up: 100 when it is due, more when it is late. Counted as the budget
/// counts: in working time, exact hours or wall-clock days; suspensions consume nothing.
///
/// `None` while it cannot be known, as for [`due`].
pub fn share_used_at(
    calendar: &WorkingCalendar,
    start: Timestamp,
    budget: &Budget,
    suspensions: &[Suspension],
    percent: u32,
) -> Option<Timestamp> {
    let end = due(calendar, start, budget, suspensions)?;
    if percent == 100 {
        return Some(end);
    }
    let pauses = merged(suspensions);
    let measure = match budget {
        Budget::WorkingDays(_) | Budget::WorkingHours(_) => Measure::Working(calendar),
        Budget::Minutes(_) | Budget::Hours(_) => Measure::Exact,
        Budget::Days(_) => Measure::WallClock(calendar),
    };
    let whole = used_between(measure, start, end, &pauses);
    let share = whole.as_millis() * i128::from(percent) / 100;
    let share = SignedDuration::from_millis(i64::try_from(share).ok()?);
    let at = due_in(measure, start, share, &pauses)?;
    // Closing times make a share fall on the due date itself; a warning never comes after it, nor lateness before.
    Some(if percent < 100 { at.min(end) } else { at.max(end) })
}

/// What passes from `from` to `to` outside the pauses, which are sorted and apart.
fn used_between(
    measure: Measure<'_>,
    from: Timestamp,
    to: Timestamp,
    pauses: &[Suspension],
) -> SignedDuration {
    let mut used = SignedDuration::ZERO;
    let mut at = from;
    for pause in pauses {
        let end = pause.to.unwrap_or(Timestamp::MAX);
        if end <= at {
            continue;
        }
        if pause.from >= to {
            break;
        }
        if at < pause.from {
            used += measure.between(at, pause.from);
        }
        at = end;
    }
    if at < to { used + measure.between(at, to) } else { used }
}

/// How much of the time from `start` to `due` is used at `now`: 0 at the start, 1 when due, more
/// when late. It counts working time when the due date falls into working time, and otherwise the
/// plain time, as the due date of a wall-clock budget may fall into the night.
pub fn used_fraction(
    calendar: &WorkingCalendar,
    start: Timestamp,
    due: Timestamp,
    now: Timestamp,
) -> f64 {
    let closing = due.saturating_sub(SignedDuration::from_nanos(1)).unwrap_or(due);
    let whole = calendar.working_between(start, due);
    let (used, whole) = if whole.is_positive() && calendar.is_working_at(closing) {
        (calendar.working_between(start, now), whole)
    } else {
        (start.duration_until(now), start.duration_until(due))
    };
    if whole.is_positive() {
        (used.as_secs_f64() / whole.as_secs_f64()).max(0.0)
    } else {
        f64::from(u8::from(now >= due))
    }
}

fn hours(n: u32) -> SignedDuration {
    SignedDuration::from_hours(i64::from(n))
}

/// What passes while a budget is used.
#[derive(Clone, Copy)]
enum Measure<'c> {
    Exact,
    WallClock(&'c WorkingCalendar),
    Working(&'c WorkingCalendar),
}

impl Measure<'_> {
    fn between(self, from: Timestamp, to: Timestamp) -> SignedDuration {
        match self {
            Self::Exact => from.duration_until(to),
            Self::WallClock(calendar) => {
                let zone = calendar.zone();
                local::wall_clock(zone, from).duration_until(local::wall_clock(zone, to))
            }
            Self::Working(calendar) => calendar.working_between(from, to),
        }
    }

    /// The first instant at which `amount` has passed since `from`.
    fn add(self, from: Timestamp, amount: SignedDuration) -> Option<Timestamp> {
        match self {
            Self::Exact => from.checked_add(amount).ok(),
            Self::WallClock(calendar) => {
                let zone = calendar.zone();
                let shown = local::wall_clock(zone, from).checked_add(amount).ok()?;
                Some(local::instant(zone, shown))
            }
            Self::Working(calendar) => calendar.add_working(from, amount),
        }
    }
}

/// Uses up `amount` in the stretches between the pauses, which are sorted and apart.
fn due_in(
    measure: Measure<'_>,
    start: Timestamp,
    amount: SignedDuration,
    pauses: &[Suspension],
) -> Option<Timestamp> {
    let mut at = start;
    let mut left = amount;
    for pause in pauses.iter().filter(|pause| pause.to.is_none_or(|to| start < to)) {
        if at < pause.from {
            let due = measure.add(at, left)?;
            if due <= pause.from {
                return Some(due);
            }
            left -= measure.between(at, pause.from);
        }
        at = pause.to?;
    }
    measure.add(at, left)
}

fn due_in_working_days(
    calendar: &WorkingCalendar,
    start: Timestamp,
    days: u32,
    pauses: &[Suspension],
) -> Option<Timestamp> {
    let mut at = start;
    let mut left = days;
    for pause in pauses.iter().filter(|pause| pause.to.is_none_or(|to| start < to)) {
        if pause.to.is_some_and(|to| calendar.working_between(pause.from, to).is_zero()) {
            continue;
        }
        if at < pause.from {
            let due = close_of_nth(calendar, at, left)?;
            if due <= pause.from {
                return Some(due);
            }
            left -= closed_between(calendar, at, pause.from);
        }
        at = pause.to?;
    }
    close_of_nth(calendar, at, left)
}

fn close_of_nth(calendar: &WorkingCalendar, at: Timestamp, days: u32) -> Option<Timestamp> {
    if days == 0 {
        return Some(at);
    }
    let day = calendar.nth_working_day_after(calendar.local_date(at), days)?;
    calendar.close_of_business(day)
}

/// Working days after the day of `from` whose close of business has come by `to`.
fn closed_between(calendar: &WorkingCalendar, from: Timestamp, to: Timestamp) -> u32 {
    let (first, last) = (calendar.local_date(from), calendar.local_date(to));
    let still_open = last > first && calendar.close_of_business(last).is_some_and(|t| t > to);
    let days = calendar.days_in(first, last) - i64::from(still_open);
    u32::try_from(days).unwrap_or(0)
}

/// Sorted, without empty ones, those that overlap or touch joined.
fn merged(suspensions: &[Suspension]) -> Vec<Suspension> {
    let mut pauses = suspensions.to_vec();
    pauses.retain(|pause| pause.to.is_none_or(|to| pause.from < to));
    pauses.sort_unstable();
    pauses.dedup_by(|next, kept| {
        let joins = kept.to.is_none_or(|to| next.from <= to);
        if joins {
            // `None` sorts before every instant but means the latest of all.
            kept.to = kept.to.zip(next.to).map(|(a, b)| a.max(b));
        }
        joins
    });
    pauses
}
