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
    /// `None` when the city's zone is broken.
    pub working: Option<WorkingCalendar>,
    pub days: Vec<CalendarDay>,
    /// On an ordinary working day, on average.
    pub hours_per_day: f64,
}

/// Opening hours from Monday to Sunday.
type Week = [Intervals; 7];

/// Without a zone the rest is checked all the same.
pub(super) fn read(root: &Entry, zone: Option<TimeZone>) -> Option<Calendar> {
    let week = root.table("office_hours").and_then(|entry| office_hours(&entry));
    let first = root.count("first_year", 2000..=2100);
    let last = root.count("last_year", 2000..=2100);
    let years = first.zip(last);
    let mut days: BTreeMap<Date, CalendarDay> = BTreeMap::new();
    for entry in root.entries("day", "day", "date") {
        let Some(day) = day(&entry, years, week.as_ref()) else { continue };
        if days.contains_key(&day.date) {
            entry.wrong("date", "is there twice", "remove one");
        }
        days.insert(day.date, day);
    }
    root.finish();
    let week = week?;
    let hours_per_day = hours_per_day(&week);
    if hours_per_day.is_none() {
        let remedy = "add hours such as monday = [\"08:00-16:00\"]";
        root.wrong("office_hours", "has an office that never opens", remedy);
    }
    let kinds = days.values().map(|day| (day.date, day.kind.clone())).collect();
    let working = zone.map(|zone| WorkingCalendar::new(zone, week, kinds));
    Some(Calendar { working, days: days.into_values().collect(), hours_per_day: hours_per_day? })
}

/// `None` when any hour is wrong: nothing can then be said about the days.
fn office_hours(entry: &Entry) -> Option<Week> {
    let mut week: Week = std::array::from_fn(|_| Vec::new());
    let mut sound = true;
    for ((name, _), day) in WEEKDAYS.iter().zip(&mut week) {
        for (line, text) in entry.texts(name) {
            if let Some(interval) = interval(&text) {
                day.push(interval);
            } else {
                let message = format!("has {text:?} on {name}");
                entry.wrong_at(line, &message, "write hours such as \"07:30-11:30\"");
                sound = false;
            }
        }
        if let Err(error) = check_intervals(day) {
            let remedy = "put the intervals in order, none within another";
            entry.wrong(name, &format!("on {name}: {error}"), remedy);
            sound = false;
        }
    }
    entry.finish();
    sound.then_some(week)
}

fn interval(text: &str) -> Option<(Time, Time)> {
    let (from, to) = text.split_once('-')?;
    let time = |text: &str| Time::strptime("%H:%M", text.trim()).ok();
    let to = if to.trim() == "24:00" { Time::midnight() } else { time(to)? };
    Some((time(from)?, to))
}

fn day(entry: &Entry, years: Option<(u32, u32)>, week: Option<&Week>) -> Option<CalendarDay> {
    let date = entry.date("date");
    let work = entry.word("kind", &[("off", false), ("work", true)]);
    let name = entry.localized("name");
    let provisional = entry.word("basis", BASES);
    let basis = entry.peek_text("basis");
    let source = entry.optional_text("source");
    let like = if work == Some(true) { entry.word("like", WEEKDAYS) } else { None };
    entry.finish();
    let (date, work, name, basis) = (date?, work?, name?, basis?);
    fits_the_week(entry, date, work, years, week);
    let words = name.text(entry.languages().first().map_or("", String::as_str)).to_owned();
    let because =
        source.as_ref().map_or_else(|| basis.clone(), |source| format!("{basis}: {source}"));
    let kind = if work {
        DayKind::Work { name: words, basis: because, like: like? }
    } else {
        DayKind::Off { name: words, basis: because }
    };
    Some(CalendarDay { date, kind, name, basis, source, provisional: provisional? })
}

/// A day outside the years is a slip; a day off on a Sunday, or work on a Monday, changes nothing.
fn fits_the_week(
    entry: &Entry,
    date: Date,
    work: bool,
    years: Option<(u32, u32)>,
    week: Option<&Week>,
) {
    let year = u32::from(date.year().unsigned_abs());
    if years.is_some_and(|(first, last)| !(first..=last).contains(&year)) {
        let remedy = "correct it, or first_year and last_year";
        entry.wrong("date", "is outside the calendar's years", remedy);
        return;
    }
    let Some(week) = week else { return };
    let weekday = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
    let opens = week.get(weekday).is_some_and(|hours| !hours.is_empty());
    if opens == work {
        let message = if work { "is a working day anyway" } else { "is no working day anyway" };
        entry.wrong("date", message, "remove it or correct the date");
    }
}

fn hours_per_day(week: &Week) -> Option<f64> {
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
