//! The scorecards that are published: the city, each field, area and agency, for each of the last months and each year,
//! and as things stand now. A line for each number; a number that is nought, or not shown, has none.

use super::super::facts::Book;
use super::super::measure::{Measure, Window};
use super::super::period;
use super::super::scorecard::{By, Scope, Scorecard, Share, Times};
use super::table::{Cell, Table};
use crate::platform::error::Result;
use domain::pack::Pack;
use jiff::civil::Date;
use jiff::{Span, Timestamp};

/// Months before this one.
const MONTHS: i64 = 24;
/// The period of numbers that tell how things stand.
const NOW: &str = "now";

/// The months and years from the first report on.
fn periods(today: Date, first: Date) -> Vec<String> {
    let month = |back: i64| today.first_of_month().saturating_sub(Span::new().months(back));
    let months = (0..=MONTHS).map(month).filter(|month| month.last_of_month() >= first);
    let months = months.map(|month| format!("{:04}-{:02}", month.year(), month.month()));
    let years = (first.year()..=today.year()).map(|year| format!("{year:04}"));
    months.chain(years).collect()
}

fn decimals(share: f64) -> String {
    format!("{share:.6}")
}

fn share(lines: &mut Vec<(String, String)>, name: &str, share: Share) {
    if let (Some(value), Some((low, high))) = (share.shown(), share.interval()) {
        for (what, value) in [("share", value), ("low", low), ("high", high)] {
            lines.push((format!("{name}_{what}"), decimals(value)));
        }
    }
}

fn times(lines: &mut Vec<(String, String)>, name: &str, times: Times) {
    if !times.shown() {
        return;
    }
    for (what, time) in [("median", times.median), ("p90", times.p90)] {
        let value = time.map_or_else(|| "not reached".to_owned(), |ms| ms.to_string());
        lines.push((format!("{name}_{what}_ms"), value));
    }
}

/// Every number of a scorecard by name. `now`: those that tell how things stand, else those of the period.
fn numbers(card: &Scorecard, now: bool) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for measure in Measure::ALL.iter().filter(|measure| (**measure >= Measure::Open) == now) {
        let n = card.n(*measure);
        if n > 0 {
            lines.push((measure.to_string(), n.to_string()));
        }
    }
    if !now {
        for (code, n) in &card.refusals {
            lines.push((format!("refused:{code}"), n.to_string()));
        }
        share(&mut lines, "on_time", card.on_time());
        share(&mut lines, "returned", card.returned());
        share(&mut lines, "satisfied", card.satisfied());
        share(&mut lines, "rated", card.rated());
        times(&mut lines, "resolution", card.resolution);
        times(&mut lines, "response", card.response);
    }
    lines
}

fn put(table: &mut Table, part: &str, code: &str, period: &str, card: &Scorecard) -> Result<()> {
    for (number, value) in numbers(card, period == NOW) {
        let cells = [part, code, period, &number, &value];
        table.put(cells.map(Cell::text).to_vec())?;
    }
    Ok(())
}

/// Writes all of them, as of `now`.
pub fn write(table: &mut Table, book: &Book, pack: &Pack, now: Timestamp) -> Result<()> {
    let first = book.rows.iter().map(|row| row.received).min();
    let Some(first) = first.and_then(|ms| Timestamp::from_millisecond(ms).ok()) else {
        return Ok(());
    };
    let today = pack.local_date(now);
    let this_month = format!("{:04}-{:02}", today.year(), today.month());
    for word in periods(today, pack.local_date(first)) {
        let days = period::days(&word, today);
        let window = days.and_then(|(first, last)| period::window(pack, first, last, now));
        let Some(window) = window else { continue };
        let mut names = vec![word.as_str()];
        if word == this_month {
            names.push(NOW);
        }
        of_period(table, book, &window, &names)?;
    }
    Ok(())
}

fn of_period(table: &mut Table, book: &Book, window: &Window, names: &[&str]) -> Result<()> {
    let all = Scope::default();
    let city = book.scorecard(&all, window);
    for name in names {
        put(table, "city", "", name, &city)?;
    }
    for (by, part) in [(By::Field, "field"), (By::Area, "area"), (By::Agency, "agency")] {
        for (code, card) in book.table(&all, by, window) {
            for name in names {
                put(table, part, &code, name, &card)?;
            }
        }
    }
    Ok(())
}
