//! Working time: tables of cases that people would recognise.

use super::*;
use jiff::civil::DateTime;

const OFFICE: [(&str, &str); 2] = [("07:30", "11:30"), ("13:30", "17:00")];

fn intervals(day: &[(&str, &str)]) -> Intervals {
    day.iter().map(|(from, to)| (from.parse().unwrap(), to.parse().unwrap())).collect()
}

pub(super) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

/// An office with the hours of Huế: 7.5 hours on weekdays, Tết and the National Day of 2026 off,
/// Saturday 22 August worked for Monday the 31st.
pub(super) fn office() -> WorkingCalendar {
    let day = intervals(&OFFICE);
    let none = Intervals::new;
    let week = [day.clone(), day.clone(), day.clone(), day.clone(), day, none(), none()];
    let off = |name: &str| DayKind::Off { name: name.into(), basis: "official".into() };
    let mut days = BTreeMap::new();
    for d in 16..=20 {
        days.insert(Date::constant(2026, 2, d), off("Tết"));
    }
    days.insert(Date::constant(2026, 8, 31), off("bridge"));
    days.insert(Date::constant(2026, 9, 1), off("National Day"));
    days.insert(Date::constant(2026, 9, 2), off("National Day"));
    let made_up =
        DayKind::Work { name: "make-up".into(), basis: "swap".into(), like: Weekday::Monday };
    days.insert(Date::constant(2026, 8, 22), made_up);
    WorkingCalendar::new(zone("Asia/Ho_Chi_Minh"), week, days)
}

/// Offices 08:00–16:00 in a zone with daylight saving.
pub(super) fn harbour() -> WorkingCalendar {
    let day = intervals(&[("08:00", "16:00")]);
    let none = Intervals::new;
    let week = [day.clone(), day.clone(), day.clone(), day.clone(), day, none(), none()];
    WorkingCalendar::new(zone("Europe/Copenhagen"), week, BTreeMap::new())
}

/// Open day and night.
pub(super) fn watch() -> WorkingCalendar {
    let day = intervals(&[("00:00", "00:00")]);
    WorkingCalendar::new(
        zone("Europe/Copenhagen"),
        std::array::from_fn(|_| day.clone()),
        BTreeMap::new(),
    )
}

/// Shifts around midnight and around the changes of the clock: nothing may go wrong here.
pub(super) fn night_shift() -> WorkingCalendar {
    let day = intervals(&[
        ("00:00", "01:15"),
        ("02:15", "02:45"),
        ("02:50", "04:00"),
        ("22:00", "00:00"),
    ]);
    WorkingCalendar::new(
        zone("Europe/Copenhagen"),
        std::array::from_fn(|_| day.clone()),
        BTreeMap::new(),
    )
}

fn at(calendar: &WorkingCalendar, local: &str) -> Timestamp {
    local::instant(calendar.zone(), local.parse::<DateTime>().unwrap())
}

fn budget(text: &str) -> Budget {
    text.parse().unwrap()
}

/// `from/to` or, without an end, `from/`.
fn pause(calendar: &WorkingCalendar, text: &str) -> Suspension {
    let (from, to) = text.split_once('/').unwrap();
    let to = Some(to).filter(|to| !to.is_empty()).map(|to| at(calendar, to));
    Suspension { from: at(calendar, from), to }
}

/// The due date in local time, as people read it.
fn due_of(calendar: &WorkingCalendar, start: &str, amount: &str, pauses: &str) -> String {
    let pauses: Vec<_> = pauses.split_whitespace().map(|text| pause(calendar, text)).collect();
    due(calendar, at(calendar, start), &budget(amount), &pauses).map_or_else(
        || "suspended".to_owned(),
        |due| calendar.zone().to_datetime(due).strftime("%a %Y-%m-%d %H:%M").to_string(),
    )
}

/// Rows of `start | budget | pauses | due | why`, all in local time.
fn check(calendar: &WorkingCalendar, table: &str) {
    for row in table.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let [start, amount, pauses, expected, why] =
            row.split('|').map(str::trim).collect::<Vec<_>>()[..]
        else {
            panic!("not five columns: {row}");
        };
        assert_eq!(due_of(calendar, start, amount, pauses), expected, "{why}");
    }
}

#[test]
fn a_due_date_without_pauses() {
    check(
        &office(),
        "
        2026-03-02 09:00 | 7wd  |  | Wed 2026-03-11 17:00 | the day of the start is not counted
        2026-03-02 22:00 | 1wd  |  | Tue 2026-03-03 17:00 | outside office hours, the same day
        2026-03-06 18:00 | 1wd  |  | Mon 2026-03-09 17:00 | Friday evening
        2026-03-06 18:00 | 16wh |  | Wed 2026-03-11 08:30 | Friday evening, in hours
        2026-03-07 00:30 | 2wh  |  | Mon 2026-03-09 09:30 | Saturday 00:30 is Saturday
        2026-03-09 00:30 | 1wd  |  | Tue 2026-03-10 17:00 | Monday 00:30 is Monday, though Sunday in UTC
        2026-08-22 00:30 | 1wd  |  | Mon 2026-08-24 17:00 | a make-up Saturday at 00:30 is not Friday
        2026-03-02 11:00 | 1wh  |  | Mon 2026-03-02 14:00 | over the lunch break
        2026-03-02 12:00 | 1wh  |  | Mon 2026-03-02 14:30 | within the lunch break
        2026-03-06 16:00 | 2wh  |  | Mon 2026-03-09 08:30 | over the week-end
        2026-03-06 15:00 | 2wh  |  | Fri 2026-03-06 17:00 | used up at closing is due at closing
        2026-02-13 10:00 | 1wd  |  | Mon 2026-02-23 17:00 | over Tết
        2026-02-18 10:00 | 1wh  |  | Mon 2026-02-23 08:30 | during Tết
        2026-08-21 10:00 | 1wd  |  | Sat 2026-08-22 17:00 | a make-up Saturday counts
        2026-08-28 10:00 | 1wd  |  | Thu 2026-09-03 17:00 | its Monday does not
        2026-03-06 16:00 | 4h   |  | Fri 2026-03-06 20:00 | hours on the wall clock
        2026-03-06 23:50 | 3d   |  | Mon 2026-03-09 23:50 | days on the wall clock
        ",
    );
}

#[test]
fn a_due_date_with_pauses() {
    check(
        &office(),
        "
        2026-03-02 09:00 | 2wd  | 2026-03-03T20:00/2026-03-04T06:00 | Wed 2026-03-04 17:00 | begun and ended at night: costs nothing
        2026-03-06 09:00 | 1wd  | 2026-03-06T17:00/2026-03-09T07:30 | Mon 2026-03-09 17:00 | over a week-end: costs nothing
        2026-03-02 09:00 | 2wd  | 2026-03-03T10:00/2026-03-03T11:00 | Thu 2026-03-05 17:00 | an hour in office: the day is not consumed, that of resuming not counted
        2026-03-02 09:00 | 2wd  | 2026-03-03T20:00/2026-03-05T20:00 | Fri 2026-03-06 17:00 | begun after closing, that day is consumed
        2026-02-11 10:00 | 3wd  | 2026-02-13T09:00/2026-02-23T09:00 | Wed 2026-02-25 17:00 | across Tết
        2026-02-13 10:00 | 1wd  | 2026-02-13T18:00/2026-02-22T23:00 | Mon 2026-02-23 17:00 | across nothing but Tết
        2026-03-02 09:00 | 4wh  | 2026-03-02T10:00/2026-03-03T10:00 | Tue 2026-03-03 15:00 | hours: what was used stays used
        2026-03-02 09:00 | 4wh  | 2026-03-02T11:30/2026-03-02T13:30 | Mon 2026-03-02 15:00 | hours: over lunch costs nothing
        2026-03-02 16:00 | 2wh  | 2026-03-02T21:00/2026-03-03T02:00 | Tue 2026-03-03 08:30 | hours: by night costs nothing
        2026-02-13 16:00 | 2wh  | 2026-02-13T16:30/2026-02-23T10:00 | Mon 2026-02-23 11:30 | hours: across Tết
        2026-08-21 10:00 | 2wd  | 2026-08-21T18:00/2026-08-23T20:00 | Tue 2026-08-25 17:00 | across a make-up Saturday: that day is lost
        2026-08-21 16:00 | 2wh  | 2026-08-22T07:30/2026-08-22T08:30 | Sat 2026-08-22 09:30 | hours: on a make-up Saturday
        2026-03-02 09:00 | 4h   | 2026-03-02T10:00/2026-03-02T20:00 | Mon 2026-03-02 23:00 | wall clock: all of it is added
        2026-03-02 09:00 | 1d   | 2026-03-02T10:00/2026-03-02T12:00 | Tue 2026-03-03 11:00 | days: all of it is added
        2026-03-02 09:00 | 4h   | 2026-03-02T10:00/2026-03-02T12:00 2026-03-02T11:00/2026-03-02T13:00 | Mon 2026-03-02 16:00 | two pauses that overlap are one
        2026-03-02 09:00 | 2wd  | 2026-03-03T10:00/ | suspended | no end yet
        2026-03-02 09:00 | 2wd  | 2026-03-03T22:00/ | suspended | no end yet, begun at night
        2026-03-02 09:00 | 1wd  | 2026-03-03T17:00/ | Tue 2026-03-03 17:00 | no end yet, but begun when already due
        2026-03-03 09:00 | 1wd  | 2026-03-02T09:00/2026-03-05T09:00 | Fri 2026-03-06 17:00 | begun before the start
        2026-03-03 09:00 | 1wd  | 2026-03-02T09:00/2026-03-02T10:00 | Wed 2026-03-04 17:00 | over before the start
        ",
    );
}

/// The office with one more day off, or one more working day with Monday's hours, decided after the clocks had begun.
fn changed(date: Date, off: bool) -> WorkingCalendar {
    let (name, basis) = ("late decision".to_owned(), "decision 12".to_owned());
    let day = if off {
        DayKind::Off { name, basis }
    } else {
        DayKind::Work { name, basis, like: Weekday::Monday }
    };
    office().with_days([(date, day)].into())
}

#[test]
fn a_day_that_becomes_a_holiday_later() {
    // Due on Wednesday, 11 March, as the first table has it.
    check(
        &changed(Date::constant(2026, 3, 11), true),
        "
        2026-03-02 09:00 | 7wd  |  | Thu 2026-03-12 17:00 | the due date itself becomes a holiday
        2026-03-10 18:00 | 1wd  |  | Thu 2026-03-12 17:00 | begun on the eve
        2026-03-10 16:00 | 2wh  |  | Thu 2026-03-12 08:30 | hours go on the day after
        2026-03-10 16:00 | 24h  |  | Wed 2026-03-11 16:00 | the wall clock knows no holidays
        2026-03-02 09:00 | 7wd  | 2026-03-11T09:00/2026-03-11T15:00 | Thu 2026-03-12 17:00 | a pause on what is a holiday now costs nothing
        ",
    );
    check(
        &changed(Date::constant(2026, 3, 5), true),
        "
        2026-03-02 09:00 | 7wd  |  | Thu 2026-03-12 17:00 | a holiday on the way
        2026-03-09 09:00 | 2wd  |  | Wed 2026-03-11 17:00 | one before the start changes nothing
        ",
    );
    check(
        &changed(Date::constant(2026, 3, 7), false),
        "
        2026-03-02 09:00 | 7wd  |  | Tue 2026-03-10 17:00 | a Saturday that is worked brings it forward
        2026-03-06 18:00 | 1wd  |  | Sat 2026-03-07 17:00 | and may be the due date
        ",
    );
}

#[test]
fn clocks_spring_forward() {
    check(
        &harbour(),
        "
        2026-03-28 12:00 | 1d   |  | Sun 2026-03-29 12:00 | a day has 23 hours
        2026-03-28 12:00 | 24h  |  | Sun 2026-03-29 13:00 | 24 hours are 24 hours
        2026-03-28 02:30 | 1d   |  | Sun 2026-03-29 03:00 | a time that does not exist is over when it is skipped
        2026-03-27 15:00 | 2wh  |  | Mon 2026-03-30 09:00 | office hours stay where they are
        2026-03-27 15:00 | 1wd  |  | Mon 2026-03-30 16:00 | working days too
        ",
    );
    check(
        &watch(),
        "
        2026-03-29 00:00 | 4wh  |  | Sun 2026-03-29 05:00 | an hour less to work
",
    );
}

#[test]
fn clocks_fall_back() {
    check(
        &harbour(),
        "
        2026-10-24 12:00 | 1d   |  | Sun 2026-10-25 12:00 | a day has 25 hours
        2026-10-24 12:00 | 24h  |  | Sun 2026-10-25 11:00 | 24 hours are 24 hours
        2026-10-23 15:00 | 2wh  |  | Mon 2026-10-26 09:00 | office hours stay where they are
        2026-10-23 15:00 | 1wd  |  | Mon 2026-10-26 16:00 | working days too
",
    );
    check(
        &watch(),
        "
        2026-10-25 00:00 | 4wh  |  | Sun 2026-10-25 03:00 | an hour more to work
",
    );
    let first_pass: Timestamp = "2026-10-25T00:50:00Z".parse().unwrap();
    let second_pass: Timestamp = "2026-10-25T01:10:00Z".parse().unwrap();
    let day_after = |start| due(&harbour(), start, &Budget::Days(1), &[]).unwrap().to_string();
    assert_eq!(day_after(first_pass), "2026-10-26T01:50:00Z", "02:50 on the next day");
    assert_eq!(day_after(second_pass), "2026-10-26T02:00:00Z", "03:00: the clock stood still");
}

#[test]
fn a_day_is_worked_or_not_by_its_local_date() {
    let calendar = office();
    let table = [
        ("2026-03-06 16:59", true),
        ("2026-03-06 17:00", false),
        ("2026-03-07 00:30", false),
        ("2026-03-09 07:29", false),
        ("2026-03-09 07:30", true),
        ("2026-03-09 12:00", false),
        ("2026-02-17 09:00", false),
        ("2026-08-22 09:00", true),
        ("2026-08-31 09:00", false),
    ];
    for (local, expected) in table {
        assert_eq!(calendar.is_working_at(at(&calendar, local)), expected, "{local}");
    }
    assert_eq!(calendar.day(Date::constant(2026, 2, 17)).unwrap().name(), "Tết");
}

#[test]
fn lateness_and_what_is_left_are_counted_in_working_days() {
    let calendar = office();
    let days = |from, to| calendar.working_days_between(at(&calendar, from), at(&calendar, to));
    assert_eq!(days("2026-03-03 17:00", "2026-03-03 18:00"), 0, "late since today");
    assert_eq!(days("2026-03-03 17:00", "2026-03-06 08:00"), 3, "late by three days");
    assert_eq!(days("2026-03-06 17:00", "2026-03-08 12:00"), 0, "nobody works on a week-end");
    assert_eq!(days("2026-02-13 17:00", "2026-02-23 17:00"), 1, "Tết");
    assert_eq!(days("2026-03-06 08:00", "2026-03-03 17:00"), -3);
}

#[test]
fn the_next_opening_is_now_or_later() {
    let calendar = office();
    let table = [
        ("2026-03-02 09:00", "2026-03-02 09:00"),
        ("2026-03-02 11:30", "2026-03-02 13:30"),
        ("2026-03-06 17:00", "2026-03-09 07:30"),
        ("2026-02-14 10:00", "2026-02-23 07:30"),
    ];
    for (from, to) in table {
        assert_eq!(calendar.next_opening(at(&calendar, from)), Some(at(&calendar, to)), "{from}");
    }
}

#[test]
fn an_office_that_never_opens_hangs_nobody() {
    let closed = WorkingCalendar::new(TimeZone::UTC, Default::default(), BTreeMap::new());
    let start = Timestamp::UNIX_EPOCH;
    assert_eq!(due(&closed, start, &Budget::WorkingDays(1), &[]), None);
    assert_eq!(due(&closed, start, &Budget::WorkingHours(1), &[]), None);
    assert_eq!(closed.next_opening(start), None);
    for extreme in [Timestamp::MIN, Timestamp::MAX] {
        for amount in ["1wd", "1wh", "1h", "1d"] {
            due(&office(), extreme, &budget(amount), &[]);
        }
    }
}

#[test]
fn the_bar_fills_as_the_budget_is_used() {
    let calendar = office();
    let used = |start, due, now| {
        used_fraction(&calendar, at(&calendar, start), at(&calendar, due), at(&calendar, now))
    };
    let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    let (start, end) = ("2026-03-02 17:00", "2026-03-04 17:00");
    close(used(start, end, "2026-03-02 17:00"), 0.0);
    close(used(start, end, "2026-03-03 17:00"), 0.5);
    close(used(start, end, "2026-03-04 07:30"), 0.5);
    close(used(start, end, "2026-03-04 17:00"), 1.0);
    close(used(start, end, "2026-03-05 17:00"), 1.5);
    close(used(start, end, "2026-03-01 17:00"), 0.0);
    // Four hours on the wall clock from 16:00: not full at closing time.
    close(used("2026-03-02 16:00", "2026-03-02 20:00", "2026-03-02 17:00"), 0.25);
    close(used(start, start, "2026-03-02 16:00"), 0.0);
    close(used(start, start, "2026-03-02 18:00"), 1.0);
}

#[test]
fn budgets_are_read_as_they_are_written() {
    for text in ["7wd", "16wh", "4h", "3d"] {
        assert_eq!(budget(text).to_string(), text);
        let json = format!("\"{text}\"");
        assert_eq!(serde_json::to_string(&budget(text)).unwrap(), json);
        assert_eq!(serde_json::from_str::<Budget>(&json).unwrap(), budget(text));
    }
    for text in ["", "wd", "7", "7 wd", "7w", "-7wd", "7WD", "1.5h", "7wdx"] {
        assert_eq!(text.parse::<Budget>(), Err(BudgetError::Malformed(text.into())), "{text}");
    }
    for text in ["0wd", "3661d", "99999999999h"] {
        assert_eq!(text.parse::<Budget>(), Err(BudgetError::OutOfRange(text.into())), "{text}");
    }
}

#[test]
fn intervals_are_checked_for_people_and_tidied_for_the_machine() {
    let t = |text: &str| text.parse::<Time>().unwrap();
    assert_eq!(check_intervals(&intervals(&OFFICE)), Ok(()));
    assert_eq!(check_intervals(&intervals(&[("22:00", "00:00")])), Ok(()));
    let backwards = intervals(&[("17:00", "13:30")]);
    assert_eq!(check_intervals(&backwards), Err(IntervalError::Backwards(t("17:00"), t("13:30"))));
    let overlap = intervals(&[("08:00", "12:00"), ("11:00", "17:00")]);
    assert_eq!(check_intervals(&overlap), Err(IntervalError::Overlap(t("12:00"), t("11:00"))));
    let messy = intervals(&[
        ("13:00", "17:00"),
        ("09:00", "09:00"),
        ("08:00", "12:00"),
        ("11:00", "12:30"),
    ]);
    let tidy = intervals(&[("08:00", "12:30"), ("13:00", "17:00")]);
    let week = std::array::from_fn(|_| messy.clone());
    let calendar = WorkingCalendar::new(TimeZone::UTC, week, BTreeMap::new());
    assert_eq!(calendar.intervals_on(Date::constant(2026, 3, 2)), tidy);
}
