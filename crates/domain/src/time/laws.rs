//! Laws of working time, over both zones, around the changes of the clock and around Tết.

use super::tests::{harbour, night_shift, office, watch, zone};
use super::*;
use jiff::tz::Offset;
use proptest::prelude::*;

fn any_calendar() -> impl Strategy<Value = WorkingCalendar> {
    prop_oneof![Just(office()), Just(harbour()), Just(watch()), Just(night_shift())]
}

/// Minutes of 2026, drawn to the days where something happens.
fn any_instant() -> impl Strategy<Value = Timestamp> {
    let days = prop_oneof![0..365_i64, 40..56_i64, 85..91_i64, 230..248_i64, 295..300_i64];
    (days, 0..24 * 60_i64).prop_map(|(day, minute)| {
        let new_year = Timestamp::constant(1_767_225_600, 0);
        new_year + SignedDuration::from_mins(day * 24 * 60 + minute)
    })
}

fn any_budget() -> impl Strategy<Value = Budget> {
    prop_oneof![
        (1..12_u32).prop_map(Budget::WorkingDays),
        (1..40_u32).prop_map(Budget::WorkingHours),
        (1..100_u32).prop_map(Budget::Hours),
        (1..12_u32).prop_map(Budget::Days),
    ]
}

/// Pauses that lie near a start, so that they matter.
fn start_and_pauses() -> impl Strategy<Value = (Timestamp, Vec<Suspension>)> {
    let pause = (-24 * 60..12 * 24 * 60_i64, prop_oneof![0..900_i64, 0..6 * 24 * 60_i64]);
    (any_instant(), prop::collection::vec(pause, 0..4)).prop_map(|(start, pauses)| {
        let after = |from: Timestamp, minutes| from + SignedDuration::from_mins(minutes);
        let pause = |(delay, length)| {
            let from = after(start, delay);
            Suspension { from, to: Some(after(from, length)) }
        };
        (start, pauses.into_iter().map(pause).collect())
    })
}

/// Minute by minute, the slow and plain way: whether the clock stands still.
fn is_paused(pauses: &[Suspension], now: Timestamp) -> bool {
    pauses.iter().any(|p| p.from <= now && p.to.is_none_or(|to| now < to))
}

proptest! {
    #[test]
    fn a_later_start_is_never_due_earlier(
        calendar in any_calendar(), (start, pauses) in start_and_pauses(),
        later in 0..4000_i64, budget in any_budget(),
    ) {
        let first = due(&calendar, start, &budget, &pauses).unwrap();
        let second = due(&calendar, start + SignedDuration::from_mins(later), &budget, &pauses);
        prop_assert!(first <= second.unwrap());
    }

    #[test]
    fn what_was_added_is_what_was_consumed(
        calendar in any_calendar(), start in any_instant(), n in 1..60_u32,
    ) {
        let after = |budget| due(&calendar, start, &budget, &[]).unwrap();
        let days = after(Budget::WorkingDays(n));
        // Midnight as closing time is on the next date: a moment before it is not.
        let just_before = days - SignedDuration::from_nanos(1);
        prop_assert_eq!(calendar.working_days_between(start, just_before), i64::from(n));
        prop_assert_eq!(calendar.close_of_business(calendar.nth_working_day_after(calendar.local_date(start), n).unwrap()), Some(days));
        let hours = SignedDuration::from_hours(i64::from(n));
        prop_assert_eq!(calendar.working_between(start, after(Budget::WorkingHours(n))), hours);
        prop_assert_eq!(start.duration_until(after(Budget::Hours(n))), hours);
        let shown = |t| local::wall_clock(calendar.zone(), t);
        let target = shown(start) + hours * 24;
        prop_assert_eq!(after(Budget::Days(n)), local::instant(calendar.zone(), target));
    }

    #[test]
    fn a_pause_consumes_no_working_hours(
        calendar in any_calendar(), (start, pauses) in start_and_pauses(), n in 1..20_u32,
    ) {
        let due = due(&calendar, start, &Budget::WorkingHours(n), &pauses).unwrap();
        let minute = SignedDuration::from_mins(1);
        let (mut now, mut worked) = (start, 0);
        while now < due {
            worked += u32::from(!is_paused(&pauses, now) && calendar.is_working_at(now));
            now += minute;
        }
        prop_assert_eq!(worked, n * 60);
    }

    #[test]
    fn the_order_of_pauses_and_doubles_do_not_matter(
        calendar in any_calendar(), (start, pauses) in start_and_pauses(), budget in any_budget(),
    ) {
        let expected = due(&calendar, start, &budget, &pauses);
        let mut other: Vec<_> = pauses.iter().rev().copied().collect();
        other.extend(pauses.first().copied());
        prop_assert_eq!(due(&calendar, start, &budget, &other), expected);
    }

    #[test]
    fn a_pause_brings_no_due_date_forward(
        calendar in any_calendar(), (start, pauses) in start_and_pauses(), budget in any_budget(),
    ) {
        let plain = due(&calendar, start, &budget, &[]).unwrap();
        prop_assert!(plain <= due(&calendar, start, &budget, &pauses).unwrap());
    }

    #[test]
    fn a_pause_outside_working_time_costs_nothing(
        calendar in any_calendar(), (start, pauses) in start_and_pauses(), n in 1..12_u32,
    ) {
        let idle = |p: &Suspension| calendar.working_between(p.from, p.to.unwrap()).is_zero();
        let pauses: Vec<_> = merged_by_hand(pauses).into_iter().filter(idle).collect();
        for budget in [Budget::WorkingDays(n), Budget::WorkingHours(n)] {
            let plain = due(&calendar, start, &budget, &[]);
            prop_assert_eq!(due(&calendar, start, &budget, &pauses), plain);
        }
    }

    #[test]
    fn one_more_day_off_brings_nothing_forward_and_one_more_working_day_puts_nothing_off(
        calendar in any_calendar(), (start, pauses) in start_and_pauses(), n in 1..40_u32,
        day in 0..40_i64,
    ) {
        let date = calendar.local_date(start + SignedDuration::from_hours(24 * day));
        let (name, basis) = (String::new(), String::new());
        let off = DayKind::Off { name: name.clone(), basis: basis.clone() };
        let work = DayKind::Work { name, basis, like: Weekday::Monday };
        let off = calendar.with_days([(date, off)].into());
        let work = off.with_days([(date, work)].into());
        for budget in [Budget::WorkingDays(n.min(15)), Budget::WorkingHours(n)] {
            let due_by = |calendar| due(calendar, start, &budget, &[]).unwrap();
            prop_assert!(due_by(&calendar) <= due_by(&off));
            prop_assert!(due_by(&work) <= due_by(&off));
        }
        for budget in [Budget::Hours(n), Budget::Days(n)] {
            prop_assert_eq!(due(&calendar, start, &budget, &pauses), due(&off, start, &budget, &pauses));
        }
    }

    #[test]
    fn a_day_that_is_added_and_taken_back_leaves_no_trace(
        calendar in any_calendar(), (start, pauses) in start_and_pauses(), budget in any_budget(),
        day in 0..40_i64,
    ) {
        let date = calendar.local_date(start + SignedDuration::from_hours(24 * day));
        let off = DayKind::Off { name: String::new(), basis: String::new() };
        let before = due(&calendar, start, &budget, &pauses);
        let changed = calendar.with_days([(date, off)].into());
        if calendar.fingerprint() == changed.fingerprint() {
            prop_assert_eq!(due(&changed, start, &budget, &pauses), before);
        }
        let again = calendar.with_days(BTreeMap::new());
        prop_assert_eq!(again.fingerprint(), calendar.fingerprint());
        prop_assert_eq!(due(&again, start, &budget, &pauses), before);
    }

    #[test]
    fn an_open_pause_suspends_unless_all_was_used_before(
        calendar in any_calendar(), start in any_instant(), from in any_instant(),
        budget in any_budget(),
    ) {
        let plain = due(&calendar, start, &budget, &[]).unwrap();
        let found = due(&calendar, start, &budget, &[Suspension { from, to: None }]);
        prop_assert_eq!(found, Some(plain).filter(|due| *due <= from));
    }

    #[test]
    fn warnings_come_before_the_due_date_and_escalations_after_it_in_order(
        calendar in any_calendar(), (start, pauses) in start_and_pauses(), budget in any_budget(),
        mut percents in prop::collection::vec(1..300_u32, 2),
    ) {
        percents.sort_unstable();
        let due = due(&calendar, start, &budget, &pauses).unwrap();
        let at = |percent| share_used_at(&calendar, start, &budget, &pauses, percent).unwrap();
        prop_assert_eq!(at(100), due);
        prop_assert!(start <= at(percents[0]) && at(percents[0]) <= at(percents[1]));
        for percent in percents {
            prop_assert!(percent > 100 || at(percent) <= due);
            prop_assert!(percent < 100 || at(percent) >= due);
        }
    }

    #[test]
    fn working_time_adds_up(
        calendar in any_calendar(), mut t in prop::collection::vec(any_instant(), 3),
    ) {
        t.sort();
        let whole = calendar.working_between(t[0], t[2]);
        prop_assert_eq!(calendar.working_between(t[0], t[1]) + calendar.working_between(t[1], t[2]), whole);
        prop_assert_eq!(calendar.working_between(t[2], t[0]), -whole);
        let days = |a, b| calendar.working_days_between(a, b);
        prop_assert_eq!(days(t[0], t[1]) + days(t[1], t[2]), days(t[0], t[2]));
    }

    #[test]
    fn the_wall_clock_never_runs_backwards(start in any_instant(), minutes in 0..300_i64) {
        let zone = zone("Europe/Copenhagen");
        let later = start + SignedDuration::from_mins(minutes);
        prop_assert!(local::wall_clock(&zone, start) <= local::wall_clock(&zone, later));
        prop_assert!(local::instant(&zone, local::wall_clock(&zone, start)) >= start);
        let shown = Offset::UTC.to_datetime(start);
        prop_assert!(local::instant(&zone, shown) <= local::instant(&zone, Offset::UTC.to_datetime(later)));
        prop_assert!(local::wall_clock(&zone, local::instant(&zone, shown)) >= shown);
        let mut remembered = LocalClock::new(&zone, later);
        prop_assert_eq!(remembered.instant(shown), local::instant(&zone, shown));
    }

    #[test]
    fn the_bar_never_shrinks_and_is_full_when_due(
        calendar in any_calendar(), start in any_instant(), budget in any_budget(),
        now in 0..20_000_i64, step in 0..3000_i64,
    ) {
        let due = due(&calendar, start, &budget, &[]).unwrap();
        let used = |minutes| {
            used_fraction(&calendar, start, due, start + SignedDuration::from_mins(minutes))
        };
        prop_assert!(used(now) <= used(now + step));
        prop_assert!((used_fraction(&calendar, start, due, due) - 1.0).abs() < 1e-9);
    }
}

/// Joins pauses by their minutes, without the code under test.
fn merged_by_hand(mut pauses: Vec<Suspension>) -> Vec<Suspension> {
    pauses.sort();
    let mut apart: Vec<Suspension> = Vec::new();
    for next in pauses {
        match apart.last_mut() {
            Some(last) if Some(next.from) <= last.to => last.to = last.to.max(next.to),
            _ => apart.push(next),
        }
    }
    apart
}
