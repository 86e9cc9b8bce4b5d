//! A date for which an agency gave its word in public: an outcome *planned* for a day, or the day it named once it was
//! late. Whether it was kept is decided here, by one rule for both.
//!
//! Kept is what was done by the end of that day, or of the next working day where it falls on a day off: an answer
//! handed in by then that the centre let through. For what was planned only *fixed* counts, which takes proof; a late
//! report may also end in another way, but not in one more date.

use crate::service_request::Outcome;
use crate::time::WorkingCalendar;
use crate::word;
use jiff::Timestamp;
use jiff::civil::Date;

word! {
    PromiseKind {
        /// The outcome of a report was that it will be done by a day.
        Planned = "planned",
        /// The day an agency named once it was late.
        Committed = "committed",
    }
}

word! {
    PromiseState {
        Standing = "standing",
        /// The date has come, and it is asked after.
        Due = "due",
        Kept = "kept",
        Broken = "broken",
        /// Nothing was owed any more: merged, withdrawn, handed to somebody else.
        Void = "void",
    }
}

impl PromiseState {
    pub fn is_open(self) -> bool {
        matches!(self, Self::Standing | Self::Due)
    }
}

/// The last day on which a promise for `date` can be kept.
pub fn last_day(calendar: &WorkingCalendar, date: Date) -> Date {
    if calendar.is_working_day(date) {
        return date;
    }
    calendar.nth_working_day_after(date, 1).unwrap_or(date)
}

/// Whether the day is over at `now`. Who was asked late, because the service stood still, has the day of the asking.
pub fn is_over(
    calendar: &WorkingCalendar,
    date: Date,
    asked: Option<Timestamp>,
    now: Timestamp,
) -> bool {
    let last = last_day(calendar, date);
    let last = asked.map_or(last, |asked| last.max(calendar.local_date(asked)));
    calendar.local_date(now) > last
}

/// Whether an answer of this kind, handed in at `answered`, keeps the promise.
pub fn keeps(
    calendar: &WorkingCalendar,
    (kind, date, asked): (PromiseKind, Date, Option<Timestamp>),
    outcome: Outcome,
    answered: Timestamp,
) -> bool {
    let settles = match kind {
        PromiseKind::Planned => outcome == Outcome::Fixed,
        PromiseKind::Committed => outcome.is_answer() && outcome != Outcome::Planned,
    };
    settles && !is_over(calendar, date, asked, answered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::tests::pack_of;
    use Outcome::{Fixed, NoBudget, Planned};
    use PromiseKind::Committed;

    fn at(local: &str) -> Timestamp {
        let local = local.parse().unwrap();
        pack_of("harbour").calendar.zone().to_timestamp(local).unwrap()
    }

    #[test]
    fn a_promise_is_kept_by_the_end_of_its_day_or_of_the_next_working_day() {
        let calendar = pack_of("harbour").calendar;
        // 10 March 2026 is a Tuesday, the 14th a Saturday, 2 April Maundy Thursday before Easter.
        let table = [
            ("2026-03-10", "2026-03-09T08:00", true),
            ("2026-03-10", "2026-03-10T23:59", true),
            ("2026-03-10", "2026-03-11T00:01", false),
            ("2026-03-14", "2026-03-16T20:00", true),
            ("2026-03-14", "2026-03-17T00:00", false),
            ("2026-04-02", "2026-04-07T10:00", true),
            ("2026-04-02", "2026-04-08T10:00", false),
        ];
        for (date, answered, kept) in table {
            let date = date.parse().unwrap();
            let found = keeps(&calendar, (Committed, date, None), Fixed, at(answered));
            assert_eq!(found, kept, "{date} {answered}");
        }
    }

    #[test]
    fn what_was_planned_is_kept_by_proof_only_and_a_new_date_keeps_nothing() {
        let calendar = pack_of("harbour").calendar;
        let (date, on_the_day) = (Date::constant(2026, 3, 10), at("2026-03-10T10:00"));
        let kept = |kind, outcome| keeps(&calendar, (kind, date, None), outcome, on_the_day);
        assert!(kept(PromiseKind::Planned, Fixed) && kept(Committed, Fixed));
        assert!(!kept(PromiseKind::Planned, NoBudget) && kept(Committed, NoBudget));
        assert!(!kept(PromiseKind::Planned, Planned) && !kept(Committed, Planned));
    }

    #[test]
    fn who_was_asked_late_has_that_day() {
        let calendar = pack_of("harbour").calendar;
        let date = Date::constant(2026, 3, 10);
        let asked = Some(at("2026-03-12T09:00"));
        assert!(!is_over(&calendar, date, asked, at("2026-03-12T18:00")));
        assert!(is_over(&calendar, date, asked, at("2026-03-13T08:00")));
    }
}
