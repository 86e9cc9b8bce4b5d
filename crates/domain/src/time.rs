//! Working time: when an office is open, when a promise falls due, how much of it is used.
//!
//! Instants are UTC; the calendar lives in the zone of the city, and a local date decides, never a
//! UTC date: Saturday 00:30 local is Saturday. The calendar is data (weekly template of intervals,
//! days off, make-up days). Nothing here reads a clock.
//!
//! Daylight saving is met with a wall clock that never runs backwards: the skipped hour is over in
//! the instant in which it is skipped, and the repeated hour counts once, at its first pass. So an
//! earlier start can never fall due after a later one.

mod budget;
mod due;
#[cfg(test)]
mod laws;
mod local;
#[cfg(test)]
mod tests;

pub use budget::{Budget, BudgetError};
pub use due::{Suspension, due, share_used_at, used_fraction};

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use local::LocalClock;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// No search walks further than this: a calendar without any opening must not hang the caller.
const SEARCH_LIMIT_DAYS: u32 = 20 * 366;

/// Opening intervals of one day, `[from, to)`. An end of `00:00` means midnight at the day's end.
pub type Intervals = Vec<(Time, Time)>;

/// What is special about one date. `basis` says where we know it from: a law, a decision, or that
/// it is provisional.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayKind {
    /// A day off, whatever its weekday.
    Off { name: String, basis: String },
    /// A make-up working day. It keeps the hours of weekday `like`.
    Work { name: String, basis: String, like: Weekday },
}

impl DayKind {
    pub fn name(&self) -> &str {
        match self {
            Self::Off { name, .. } | Self::Work { name, .. } => name,
        }
    }

    pub fn basis(&self) -> &str {
        match self {
            Self::Off { basis, .. } | Self::Work { basis, .. } => basis,
        }
    }
}

/// The hours of an office: weekly template minus days off plus make-up days, in one time zone.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkingCalendar {
    zone: TimeZone,
    week: [Intervals; 7],
    days: BTreeMap<Date, DayKind>,
}

/// Why a day's intervals cannot be used as written; the pack shows it with file and line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IntervalError {
    #[error("the interval {0}–{1} ends before it begins")]
    Backwards(Time, Time),
    #[error("the interval from {1} begins before the one until {0} has ended")]
    Overlap(Time, Time),
}

/// Checks that the intervals of a day run forwards, in order, without overlap.
pub fn check_intervals(day: &[(Time, Time)]) -> Result<(), IntervalError> {
    if let Some(&(from, to)) = day.iter().find(|i| i.0 >= end_key(i.1)) {
        return Err(IntervalError::Backwards(from, to));
    }
    for pair in day.windows(2) {
        if let [(_, to), (from, _)] = pair
            && end_key(*to) > *from
        {
            return Err(IntervalError::Overlap(*to, *from));
        }
    }
    Ok(())
}

/// Orders ends of intervals: midnight as an end is the last moment of the day.
fn end_key(to: Time) -> Time {
    if to == Time::midnight() { Time::MAX } else { to }
}

impl WorkingCalendar {
    /// `week` runs from Monday to Sunday. Intervals are sorted, empty ones dropped and overlapping
    /// ones joined; whoever wants to complain about them calls [`check_intervals`] first.
    pub fn new(zone: TimeZone, week: [Intervals; 7], days: BTreeMap<Date, DayKind>) -> Self {
        Self { zone, week: week.map(tidied), days }
    }

    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The hours of an ordinary week, from Monday to Sunday.
    pub fn week(&self) -> &[Intervals; 7] {
        &self.week
    }

    /// The same office with these days in place of what it had for their dates.
    #[must_use]
    pub fn with_days(&self, days: BTreeMap<Date, DayKind>) -> Self {
        let mut calendar = self.clone();
        calendar.days.extend(days);
        calendar
    }

    /// The first weekday on which the office opens.
    pub fn ordinary_weekday(&self) -> Weekday {
        let opens = self.week.iter().position(|day| !day.is_empty()).unwrap_or(0);
        Weekday::Monday.wrapping_add(opens as i64)
    }

    /// The same for two calendars by which every time falls due alike; names and bases do not matter.
    pub fn fingerprint(&self) -> String {
        let mut text = format!("{:?} {:?}", self.zone.iana_name(), self.week);
        for (date, kind) in &self.days {
            let opens = match kind {
                DayKind::Off { .. } => "off",
                DayKind::Work { like, .. } => &format!("{like:?}"),
            };
            text.push_str(&format!(" {date} {opens}"));
        }
        Sha256::digest(text).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    }

    /// The local date of an instant, which decides what day it is.
    pub fn local_date(&self, at: Timestamp) -> Date {
        local::wall_clock(&self.zone, at).date()
    }

    /// What is special about this date, if anything.
    pub fn day(&self, date: Date) -> Option<&DayKind> {
        self.days.get(&date)
    }

    /// The opening intervals of a local date; none on a day off.
    pub fn intervals_on(&self, date: Date) -> &[(Time, Time)] {
        let weekday = match self.days.get(&date) {
            Some(DayKind::Off { .. }) => return &[],
            Some(DayKind::Work { like, .. }) => *like,
            None => date.weekday(),
        };
        let index = usize::from(weekday.to_monday_zero_offset().unsigned_abs());
        self.week.get(index).map_or(&[], Vec::as_slice)
    }

    pub fn is_working_day(&self, date: Date) -> bool {
        !self.intervals_on(date).is_empty()
    }

    /// Whether the office is open at this instant: its opening counts, its closing does not.
    pub fn is_working_at(&self, at: Timestamp) -> bool {
        let mut clock = LocalClock::new(&self.zone, at);
        self.spans(&mut clock, self.local_date(at)).any(|(from, to)| from <= at && at < to)
    }

    /// Working time from one instant to the other; negative when `to` lies before `from`.
    pub fn working_between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        if to < from {
            return -self.working_between(to, from);
        }
        let mut clock = LocalClock::new(&self.zone, from);
        let last = self.local_date(to);
        let mut total = SignedDuration::ZERO;
        let mut date = self.local_date(from);
        while date <= last {
            for (opens, closes) in self.spans(&mut clock, date) {
                let (opens, closes) = (opens.max(from), closes.min(to));
                if opens < closes {
                    total += opens.duration_until(closes);
                }
            }
            let Ok(next) = date.tomorrow() else { break };
            date = next;
        }
        total
    }

    /// Working days after the local date of `from`, up to and including that of `to`; negative when
    /// `to` lies on an earlier date. It counts as a `wd` budget does: "late by 3 working days",
    /// "2 working days left".
    pub fn working_days_between(&self, from: Timestamp, to: Timestamp) -> i64 {
        let (from, to) = (self.local_date(from), self.local_date(to));
        if to < from { -self.days_in(to, from) } else { self.days_in(from, to) }
    }

    /// The next instant at which the office is open: `at` itself when it is open then. `None` when
    /// it does not open within twenty years.
    pub fn next_opening(&self, at: Timestamp) -> Option<Timestamp> {
        let mut clock = LocalClock::new(&self.zone, at);
        let mut date = self.local_date(at);
        for _ in 0..SEARCH_LIMIT_DAYS {
            let open = self.spans(&mut clock, date).find(|&(_, to)| at < to);
            if let Some((from, _)) = open {
                return Some(from.max(at));
            }
            date = date.tomorrow().ok()?;
        }
        None
    }

    /// Close of business of a local date: the end of its last interval; none on a day off.
    pub fn close_of_business(&self, date: Date) -> Option<Timestamp> {
        let &(_, to) = self.intervals_on(date).last()?;
        Some(local::instant(&self.zone, end_of_interval(date, to)))
    }

    /// The `n`-th working day after a date, which itself is not counted. `None` for `n = 0` and
    /// when there is no such day within twenty years.
    pub fn nth_working_day_after(&self, date: Date, n: u32) -> Option<Date> {
        let mut day = date;
        let mut left = n;
        for _ in 0..SEARCH_LIMIT_DAYS {
            day = day.tomorrow().ok()?;
            left = left.checked_sub(u32::from(self.is_working_day(day)))?;
            if left == 0 {
                return Some(day);
            }
        }
        None
    }

    /// The instant at which `amount` of working time after `from` has passed.
    fn add_working(&self, from: Timestamp, amount: SignedDuration) -> Option<Timestamp> {
        let mut clock = LocalClock::new(&self.zone, from);
        let mut date = self.local_date(from);
        let mut left = amount;
        for _ in 0..SEARCH_LIMIT_DAYS {
            for (opens, closes) in self.spans(&mut clock, date) {
                let opens = opens.max(from);
                if opens < closes {
                    let span = opens.duration_until(closes);
                    if left <= span {
                        return opens.checked_add(left).ok();
                    }
                    left -= span;
                }
            }
            date = date.tomorrow().ok()?;
        }
        None
    }

    /// Working days in `(from, to]`.
    fn days_in(&self, from: Date, to: Date) -> i64 {
        let mut count = 0;
        let mut day = from;
        while day < to {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
            count += i64::from(self.is_working_day(day));
        }
        count
    }

    /// The opening intervals of a local date as instants, in order.
    fn spans(
        &self,
        clock: &mut LocalClock<'_>,
        date: Date,
    ) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        self.intervals_on(date).iter().map(move |&(from, to)| {
            (clock.instant(date.to_datetime(from)), clock.instant(end_of_interval(date, to)))
        })
    }
}

/// The local moment at which an interval ends, midnight being that of the following day.
fn end_of_interval(date: Date, to: Time) -> jiff::civil::DateTime {
    if to == Time::midnight() {
        date.tomorrow().map_or_else(|_| date.to_datetime(Time::MAX), |d| d.to_datetime(to))
    } else {
        date.to_datetime(to)
    }
}

/// Sorts intervals, drops empty ones and joins those that overlap or touch.
fn tidied(mut day: Intervals) -> Intervals {
    day.retain(|i| i.0 < end_key(i.1));
    day.sort_unstable_by_key(|i| (i.0, end_key(i.1)));
    day.dedup_by(|next, kept| {
        let joins = next.0 <= end_key(kept.1);
        if joins && end_key(next.1) > end_key(kept.1) {
            kept.1 = next.1;
        }
        joins
    });
    day
}
