//! `calendar.toml`: office hours by weekday, days off and make-up days, each with its basis.

use super::super::CalendarDay;
use super::super::read::Entry;
use crate::time::{DayKind, Intervals, WorkingCalendar, check_intervals};
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// What a row rests on. The last two are not official.
const BASES: &[(&str, bool)] = &[
    ("statutory", false),
    ("official", false),
    ("swap", false),
    ("compensatory", false),
    ("provisional", true),
    ("unverified", true),
];

pub(super) struct Calendar {
    pub working: WorkingCalendar,
    pub days: Vec<CalendarDay>,
    /// On an ordinary working day, on average; `None` when the office never opens.
    pub hours_per_day: Option<f64>,
}

/// `zone` is `None` when the city's is broken: the days are checked all the same.
pub(super) fn read(root: &Entry, zone: Option<TimeZone>) -> Option<Calendar> {
    let week = root.table("office_hours").map(|entry| office_hours(&entry));
    let first = root.count("first_year", 2000..=2100);
    let last = root.count("last_year", 2000..=2100);
    let years = first.zip(last);
    let entries = root.entries("day", "day", "name");
    let mut days: BTreeMap<Date, CalendarDay> = BTreeMap::new();
    for entry in &entries {
        let Some(day) = day(entry, years, week.as_ref()) else { continue };
        if days.contains_key(&day.date) {
            entry.wrong("date", &format!("{} is there twice", day.date), "remove one");
        }
        days.insert(day.date, day);
    }
    root.finish();
    let week = week?;
    let hours_per_day = hours_per_day(&week);
    if hours_per_day.is_none() {
        root.wrong(
            "office_hours",
            "has an office that never opens",
            "add hours such as monday = [\"08:00-16:00\"]",
        );
    }
    let kinds = days.values().map(|day| (day.date, day.kind.clone())).collect();
    let working = WorkingCalendar::new(zone?, week, kinds);
    Some(Calendar { working, days: days.into_values().collect(), hours_per_day })
}

fn office_hours(entry: &Entry) -> [Intervals; 7] {
    let mut week: [Intervals; 7] = std::array::from_fn(|_| Vec::new());
    for ((name, _), day) in WEEKDAYS.iter().zip(&mut week) {
        for (line, text) in entry.texts(name) {
            match interval(&text) {
                Some(interval) => day.push(interval),
                None => entry.wrong_at(
                    line,
                    &format!("has {text:?} on {name}"),
                    "write hours such as \"07:30-11:30\"",
                ),
            }
        }
        if let Err(error) = check_intervals(day) {
            entry.wrong(
                name,
                &format!("on {name}: {error}"),
                "put the intervals in order, none within another",
            );
        }
    }
    entry.finish();
    week
}

fn interval(text: &str) -> Option<(Time, Time)> {
    let (from, to) = text.split_once('-')?;
    let time = |text: &str| Time::strptime("%H:%M", text.trim()).ok();
    let to = if to.trim() == "24:00" { Time::midnight() } else { time(to)? };
    Some((time(from)?, to))
}

fn day(
    entry: &Entry,
    years: Option<(u32, u32)>,
    week: Option<&[Intervals; 7]>,
) -> Option<CalendarDay> {
    let date = entry.date("date");
    let work = entry.word("kind", &[("off", false), ("work", true)]);
    let name = entry.localized("name");
    let provisional = entry.word("basis", BASES);
    let basis = entry.peek_text("basis");
    let source = entry.optional_text("source");
    let like = if work == Some(true) { entry.word("like", WEEKDAYS) } else { None };
    entry.finish();
    let (date, work, name, basis) = (date?, work?, name?, basis?);
    if years.is_some_and(|(first, last)| {
        !(first..=last).contains(&u32::from(date.year().unsigned_abs()))
    }) {
        entry.wrong(
            "date",
            &format!("{date} is outside the calendar's years"),
            "correct it, or first_year and last_year",
        );
    }
    let opens = week.map(|week| {
        week.get(usize::from(date.weekday().to_monday_zero_offset().unsigned_abs()))
            .is_some_and(|day| !day.is_empty())
    });
    match (opens, work) {
        (Some(false), false) => entry.wrong(
            "date",
            &format!("{date} is no working day anyway"),
            "remove it or correct the date",
        ),
        (Some(true), true) => entry.wrong(
            "date",
            &format!("{date} is a working day anyway"),
            "remove it or correct the date",
        ),
        _ => {}
    }
    let words = name.0.values().next().cloned().unwrap_or_default();
    let because =
        source.as_ref().map_or_else(|| basis.clone(), |source| format!("{basis}: {source}"));
    let kind = if work {
        DayKind::Work { name: words, basis: because, like: like? }
    } else {
        DayKind::Off { name: words, basis: because }
    };
    Some(CalendarDay { date, kind, name, basis, source, provisional: provisional? })
}

fn hours_per_day(week: &[Intervals; 7]) -> Option<f64> {
    let minutes = |&(from, to): &(Time, Time)| {
        let end = if to == Time::midnight() {
            24 * 60
        } else {
            i32::from(to.hour()) * 60 + i32::from(to.minute())
        };
        end - (i32::from(from.hour()) * 60 + i32::from(from.minute()))
    };
    let open: Vec<i32> = week
        .iter()
        .filter(|day| !day.is_empty())
        .map(|day| day.iter().map(minutes).sum())
        .collect();
    let total: i32 = open.iter().sum();
    (total > 0).then(|| f64::from(total) / 60.0 / open.len() as f64)
}
