//! Which part of the city and which time a page of numbers is about, as its address says it. The address is the state.

use super::measure::{Measure, Window};
use super::scorecard::Scope;
use crate::service_request::list::filter::{Problem, start_of_day};
use domain::pack::Pack;
use jiff::civil::Date;
use jiff::{Span, Timestamp};

/// Days a page is about when its address says nothing.
pub const DAYS: i64 = 365;
/// Days that can be chosen by name.
pub const RECENT: [i64; 3] = [30, 90, DAYS];
/// Years to choose from, this one included.
const YEARS: i16 = 4;
/// Characters of a value that are told back.
const TOLD: usize = 60;
/// The first day that can be asked about, and the last: beyond them nothing was reported.
const FIRST_YEAR: i16 = 1990;
const LAST_YEAR: i16 = 2200;

/// An address, read.
#[derive(Debug, Clone)]
pub struct Asked {
    pub scope: Scope,
    pub window: Window,
    /// `365d`, `2026`, `2026-03`; empty for a period from one day to another.
    pub period: String,
    pub problems: Vec<Problem>,
    pub of: Option<Measure>,
    pub code: Option<String>,
    pub after: Option<(i64, String)>,
}

/// The first and the last day that a word for a period names.
pub fn days(word: &str, today: Date) -> Option<(Date, Date)> {
    if let Some(days) = word.strip_suffix('d') {
        let days: i64 = days.parse().ok().filter(|days| (1..=3_660).contains(days))?;
        return Some((today.saturating_sub(Span::new().days(days - 1)), today));
    }
    let (year, month) = word.split_once('-').map_or((word, None), |(y, m)| (y, Some(m)));
    let plain =
        |text: &str, digits| text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    let year: i16 = Some(year).filter(|text| plain(text, 4))?.parse().ok()?;
    if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return None;
    }
    match month {
        None => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        Some(month) => {
            let month: i8 = Some(month).filter(|text| plain(text, 2))?.parse().ok()?;
            let first = Date::new(year, month, 1).ok()?;
            Some((first, first.last_of_month()))
        }
    }
}

/// Two days, both included, as instants of the city.
pub fn window(pack: &Pack, first: Date, last: Date, now: Timestamp) -> Option<Window> {
    let (from, to) = (start_of_day(pack, first, 0)?, start_of_day(pack, last, 1)?);
    (from < to).then(|| Window {
        from: from.as_millisecond(),
        to: to.as_millisecond(),
        first,
        last,
        now: now.as_millisecond(),
        today: pack.local_date(now),
    })
}

impl Asked {
    /// A part and a period that no address asked for.
    pub fn of(scope: Scope, window: Window) -> Self {
        let (period, problems) = (String::new(), Vec::new());
        Self { scope, window, period, problems, of: None, code: None, after: None }
    }

    /// Reads a query string, without the question mark.
    pub fn parse(query: &str, pack: &Pack, now: Timestamp) -> Self {
        let today = pack.local_date(now);
        let usual = format!("{DAYS}d");
        let mut asked = Self {
            scope: Scope::default(),
            window: Window { from: 0, to: 0, first: today, last: today, now: 0, today },
            period: String::new(),
            problems: Vec::new(),
            of: None,
            code: None,
            after: None,
        };
        let (mut from, mut to) = (None, None);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            match name.as_ref() {
                "field" => {
                    let known = value.parse().ok().filter(|code| pack.field(code).is_some());
                    asked.scope.field = asked.known("field", value, known);
                }
                "area" => {
                    let known = value.parse().ok().and_then(|id| pack.heir(&id));
                    let known = known.map(|area| area.id.clone());
                    asked.scope.area = asked.known("area", value, known);
                }
                "agency" => {
                    let known = value.parse().ok().filter(|id| pack.agency(id).is_some());
                    asked.scope.agency = asked.known("agency", value, known);
                }
                "period" => {
                    let known = days(value, today).map(|_| value.to_owned());
                    asked.period = asked.known("period", value, known).unwrap_or_default();
                }
                "from" => from = asked.day("from", value),
                "to" => to = asked.day("to", value),
                "of" => asked.of = Measure::parse(value),
                "code" => asked.code = Some(value.chars().take(TOLD).collect()),
                "after" => asked.after = after(value),
                _ => {}
            }
        }
        asked.span(pack, now, from, to, &usual);
        asked
    }

    fn span(
        &mut self,
        pack: &Pack,
        now: Timestamp,
        from: Option<Date>,
        to: Option<Date>,
        usual: &str,
    ) {
        let today = pack.local_date(now);
        if from.is_some() || to.is_some() {
            let last = to.unwrap_or(today);
            let first = from.unwrap_or_else(|| last.saturating_sub(Span::new().days(DAYS - 1)));
            if let Some(window) = window(pack, first, last, now) {
                self.period.clear();
                self.window = window;
                return;
            }
            self.problem("to", "", "filter-period");
        }
        if self.period.is_empty() {
            usual.clone_into(&mut self.period);
        }
        let (first, last) = days(&self.period, today).unwrap_or((today, today));
        if let Some(window) = window(pack, first, last, now) {
            self.window = window;
        }
    }

    fn known<T>(&mut self, field: &'static str, value: &str, found: Option<T>) -> Option<T> {
        if found.is_none() {
            self.problem(field, value, "filter-unknown");
        }
        found
    }

    fn day(&mut self, field: &'static str, value: &str) -> Option<Date> {
        let years = FIRST_YEAR..=LAST_YEAR;
        let day = value.parse().ok().filter(|day: &Date| years.contains(&day.year()));
        if day.is_none() {
            self.problem(field, value, "filter-date");
        }
        day
    }

    fn problem(&mut self, field: &'static str, value: &str, key: &'static str) {
        self.problems.push(Problem { field, value: value.chars().take(TOLD).collect(), key });
    }

    /// Parts of the address that say what is looked at, without `but`.
    fn pairs(&self, but: &str) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let scope = [
            ("field", self.scope.field.as_ref().map(ToString::to_string)),
            ("area", self.scope.area.as_ref().map(ToString::to_string)),
            ("agency", self.scope.agency.as_ref().map(ToString::to_string)),
        ];
        pairs.extend(scope.into_iter().filter_map(|(name, id)| Some((name, id?))));
        pairs.retain(|(name, _)| *name != but);
        if self.period.is_empty() {
            pairs.push(("from", self.window.first.to_string()));
            pairs.push(("to", self.window.last.to_string()));
        } else {
            pairs.push(("period", self.period.clone()));
        }
        pairs
    }

    /// The address of the same numbers on another page, with some parts replaced; an empty one is dropped.
    pub fn link(&self, path: &str, but: &str, more: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let kept = self.pairs(but);
        let kept = kept.iter().filter(|(name, _)| more.iter().all(|(other, _)| name != other));
        for (name, value) in kept {
            query.append_pair(name, value);
        }
        for (name, value) in more.iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        let query = query.finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The list of the reports behind a number.
    pub fn behind(&self, of: Measure) -> String {
        self.link("/stats/reports", "", &[("of", of.as_str())])
    }

    /// Words for periods to choose from: days past, then years.
    pub fn choices(&self) -> Vec<String> {
        let recent = RECENT.iter().map(|days| format!("{days}d"));
        let this = self.window.today.year();
        let years = (0..YEARS).map(|back| (this - back).to_string());
        let mut words: Vec<String> = recent.chain(years).collect();
        if !self.period.is_empty() && !words.contains(&self.period) {
            words.push(self.period.clone());
        }
        words
    }

    /// The beginnings of the pieces a chart shows, and the end: months of a long period, days or weeks of a short one.
    pub fn pieces(&self, pack: &Pack) -> Vec<Date> {
        let (first, last) = (self.window.first, self.window.last.min(self.window.today));
        let long = first.until(last).map_or(0, |span| span.get_days());
        let next = |day: Date| {
            if long > 120 {
                day.first_of_month().saturating_add(Span::new().months(1))
            } else {
                day.saturating_add(Span::new().days(if long > 31 { 7 } else { 1 }))
            }
        };
        let mut starts = vec![first];
        let mut day = next(first);
        while day <= last && starts.len() < 400 && start_of_day(pack, day, 0).is_some() {
            starts.push(day);
            day = next(day);
        }
        starts
    }
}

fn after(text: &str) -> Option<(i64, String)> {
    let (at, code) = text.split_once('-')?;
    let plain = code.len() <= 64 && code.bytes().all(|b| b.is_ascii_alphanumeric());
    Some((at.parse().ok()?, code.to_owned())).filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_word_names_days_a_year_or_a_month() {
        let today = date(2026, 11, 25);
        let cases = [
            ("30d", Some((date(2026, 10, 27), today))),
            ("1d", Some((today, today))),
            ("2025", Some((date(2025, 1, 1), date(2025, 12, 31)))),
            ("2024-02", Some((date(2024, 2, 1), date(2024, 2, 29)))),
            ("0d", None),
            ("99999d", None),
            ("2026-13", None),
            ("26", None),
            ("2026-1", None),
            ("-2026", None),
            ("9999", None),
            ("", None),
        ];
        for (word, expected) in cases {
            assert_eq!(days(word, today), expected, "{word}");
        }
    }
}
