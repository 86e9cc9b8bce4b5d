//! `nhip recompute DIR`: counts every published number again from the files of the open data alone, and tells each that
//! differs.
//!
//! It shares nothing with the way the numbers were counted but the words of the files and the statistics of
//! `domain::statistics`: it reads `about.csv`, `reports.csv` and `events.csv`, tells each report's rounds from its events,
//! and sorts them into the periods by a reckoning of its own. `docs/guides/numbers.md` has the definitions.

use domain::statistics::{Durations, Weight, weight, wilson};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// Part, code, period, number → value.
type Published = BTreeMap<(String, String, String, String), String>;

const DAY_MS: i64 = 86_400_000;
const SOON_MS: i64 = 30 * DAY_MS;
const ANSWERS: [&str; 6] =
    ["fixed", "planned", "forwarded", "not_found", "no_authority", "no_budget"];

/// What was compared.
#[derive(Debug, Default)]
pub struct Verdict {
    pub compared: usize,
    pub reports: usize,
    /// One line for each number that differs, and for each report whose files disagree.
    pub differences: Vec<String>,
}

#[derive(Debug, Default, Clone)]
struct Round {
    agency: String,
    due: Option<i64>,
    closed: Option<i64>,
    outcome: String,
    code: String,
    planned: Option<Date>,
    rating: String,
    again: bool,
    left: Option<(i64, String)>,
}

#[derive(Debug, Default)]
struct Report {
    open_to_all: bool,
    /// What happened to it is told.
    steps: bool,
    field: String,
    area: String,
    agency: String,
    received: i64,
    accepted: Option<i64>,
    responded: Option<i64>,
    due: Option<i64>,
    closed: Option<i64>,
    is_closed: bool,
    outcome: String,
    own_staff: bool,
    rounds: Vec<Round>,
    /// Agency, day and whether it was kept.
    promises: Vec<(String, Date, bool)>,
}

/// A table by the names of its columns.
fn each_row(
    folder: &Path,
    name: &str,
    mut each: impl FnMut(&dyn Fn(&str) -> Result<String, String>) -> Result<(), String>,
) -> Result<(), String> {
    let path = folder.join(name);
    let told = |e: csv::Error| format!("{}: {e}", path.display());
    let mut table = csv::Reader::from_path(&path).map_err(told)?;
    let header = table.headers().map_err(told)?.clone();
    for (n, row) in table.records().enumerate() {
        let row = row.map_err(told)?;
        let cell = |column: &str| {
            let place = header.iter().position(|name| name == column);
            let place = place.ok_or_else(|| format!("{name} has no column {column}"))?;
            Ok(row.get(place).unwrap_or_default().to_owned())
        };
        each(&cell).map_err(|e| format!("{}, row {}: {e}", path.display(), n + 2))?;
    }
    Ok(())
}

fn instant(text: &str) -> Result<Option<i64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let at: Timestamp = text.parse().map_err(|_| format!("{text} is no instant"))?;
    Ok(Some(at.as_millisecond()))
}

fn day(text: &str) -> Result<Option<Date>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| format!("{text} is no date"))
}

/// The city as the files tell it.
struct City {
    zone: TimeZone,
    now: i64,
    reports: HashMap<String, Report>,
    differences: Vec<String>,
}

impl City {
    fn read(folder: &Path) -> Result<Self, String> {
        let mut about = HashMap::new();
        each_row(folder, "about.csv", |cell| {
            about.insert(cell("key")?, cell("value")?);
            Ok(())
        })?;
        let told = |key: &str| about.get(key).cloned().ok_or(format!("about.csv has no {key}"));
        let zone = TimeZone::get(&told("zone")?).map_err(|e| e.to_string())?;
        let now = instant(&told("as_of")?)?.ok_or("about.csv does not say as of when")?;
        let mut city = Self { zone, now, reports: HashMap::new(), differences: Vec::new() };
        city.read_reports(folder)?;
        city.read_events(folder)?;
        city.last_rounds();
        Ok(city)
    }

    fn read_reports(&mut self, folder: &Path) -> Result<(), String> {
        each_row(folder, "reports.csv", |cell| {
            let report = Report {
                open_to_all: cell("openness")? == "open",
                steps: cell("openness")? != "hidden",
                field: cell("field")?,
                area: cell("area")?,
                agency: cell("agency")?,
                received: instant(&cell("received_at")?)?.ok_or("it was never received")?,
                accepted: instant(&cell("accepted_at")?)?,
                responded: instant(&cell("responded_at")?)?,
                due: instant(&cell("due_at")?)?,
                closed: instant(&cell("closed_at")?)?,
                is_closed: cell("state")? == "closed",
                outcome: cell("outcome")?,
                own_staff: cell("by_own_staff")? == "yes",
                rounds: Vec::new(),
                promises: Vec::new(),
            };
            self.reports.insert(cell("report")?, report);
            Ok(())
        })
    }

    fn read_events(&mut self, folder: &Path) -> Result<(), String> {
        let reports = &mut self.reports;
        each_row(folder, "events.csv", |cell| {
            let code = cell("report")?;
            let report = reports.get_mut(&code).ok_or(format!("{code} is not in reports.csv"))?;
            let (from, to) = (cell("from_state")?, cell("to_state")?);
            let at = instant(&cell("at")?)?.ok_or("it never happened")?;
            let kept = match cell("verb")?.as_str() {
                "promise_kept" => Some(true),
                "promise_broken" => Some(false),
                _ => None,
            };
            if let Some(kept) = kept.filter(|_| cell("code").is_ok_and(|code| code == "planned")) {
                let day = day(&cell("planned_for")?)?.ok_or("it was for no day")?;
                report.promises.push((cell("agency")?, day, kept));
            }
            if to == "closed" && from != "closed" {
                report.rounds.push(Round {
                    agency: cell("agency")?,
                    due: instant(&cell("due_at")?)?,
                    closed: Some(at),
                    outcome: cell("outcome")?,
                    code: cell("code")?,
                    planned: day(&cell("planned_for")?)?,
                    again: cell("reported_again")? == "yes",
                    ..Round::default()
                });
            } else if from == "closed" && to != "closed" {
                let verb = cell("verb")?;
                if verb == "undo" {
                    // Taken back before anybody was told: it was never closed.
                    report.rounds.pop();
                } else if let Some(last) = report.rounds.last_mut() {
                    last.left = Some((at, verb));
                }
            } else if cell("verb")? == "rate"
                && let Some(last) = report.rounds.last_mut()
            {
                last.rating = cell("rating")?;
            }
            Ok(())
        })
    }

    /// The round that runs, and those of reports whose history is not public.
    fn last_rounds(&mut self) {
        for (code, report) in &mut self.reports {
            let from_report = Round {
                agency: report.agency.clone(),
                due: report.due,
                closed: report.closed.filter(|_| report.is_closed),
                outcome: report.outcome.clone(),
                ..Round::default()
            };
            let last = report.rounds.last().and_then(|round| round.closed);
            if !report.is_closed || report.rounds.is_empty() {
                report.rounds.push(from_report);
            } else if last != report.closed {
                let difference = "reports.csv and events.csv disagree about when it was closed";
                self.differences.push(format!("{code}: {difference}"));
            }
        }
    }

    /// Milliseconds at which a local day begins.
    fn start(&self, day: Date) -> Result<i64, String> {
        let at = self.zone.to_ambiguous_timestamp(day.at(0, 0, 0, 0)).compatible();
        at.map(Timestamp::as_millisecond).map_err(|e| e.to_string())
    }

    fn today(&self) -> Date {
        let now = Timestamp::from_millisecond(self.now).unwrap_or(Timestamp::UNIX_EPOCH);
        self.zone.to_datetime(now).date()
    }
}

/// A period by its word: a year, or a month of it.
struct Period {
    word: String,
    from: i64,
    to: i64,
    days: (Date, Date),
}

impl Period {
    fn of(word: &str, city: &City) -> Result<Self, String> {
        let number = |text: &str| {
            text.parse::<i16>().map_err(|_| format!("{word} is neither a month nor a year"))
        };
        let (first, next) = match word.split_once('-') {
            None => {
                let year = number(word)?;
                (date(year, 1, 1), date(year + 1, 1, 1))
            }
            Some((year, month)) => {
                let first = Date::new(number(year)?, number(month)? as i8, 1);
                let first = first.map_err(|e| e.to_string())?;
                (first, first.saturating_add(Span::new().months(1)))
            }
        };
        let last = next.saturating_sub(Span::new().days(1));
        let (from, to) = (city.start(first)?, city.start(next)?);
        Ok(Self { word: word.to_owned(), from, to, days: (first, last) })
    }

    fn has(&self, at: i64) -> bool {
        self.from <= at && at < self.to
    }
}

/// Counts and times of one part of the city in one period.
#[derive(Default)]
struct Sheet {
    counts: BTreeMap<String, u64>,
    resolution: Durations,
    response: Durations,
}

impl Sheet {
    fn one(&mut self, number: &str) {
        *self.counts.entry(number.to_owned()).or_default() += 1;
    }

    fn n(&self, number: &str) -> u64 {
        self.counts.get(number).copied().unwrap_or(0)
    }

    /// Every number with its value, as published.
    fn lines(self) -> Vec<(String, String)> {
        let mut lines = Vec::new();
        let shares = [
            ("on_time", "kept", "deadlines"),
            ("returned", "returned", "closed"),
            ("satisfied", "satisfied", "rated"),
            ("rated", "rated", "askable"),
        ];
        for (name, hits, of) in shares {
            let (hits, n) = (self.n(hits), self.n(of));
            if weight(n) == Weight::None {
                continue;
            }
            if let Some((low, high)) = wilson(hits, n) {
                let share = hits as f64 / n as f64;
                for (what, value) in [("share", share), ("low", low), ("high", high)] {
                    lines.push((format!("{name}_{what}"), format!("{value:.6}")));
                }
            }
        }
        for (name, times) in [("resolution", self.resolution), ("response", self.response)] {
            if weight(times.n()) == Weight::None {
                continue;
            }
            for (what, time) in ["median", "p90"].into_iter().zip(times.quantiles([0.5, 0.9])) {
                let value = time.map_or("not reached".to_owned(), |ms| ms.to_string());
                lines.push((format!("{name}_{what}_ms"), value));
            }
        }
        lines.extend(self.counts.into_iter().map(|(number, n)| (number, n.to_string())));
        lines
    }
}

/// The sheets of a period: part and code → sheet.
type Sheets = BTreeMap<(&'static str, String), Sheet>;

/// Enters something into the sheets of all parts of the city it belongs to; what is not told belongs to none but the city.
fn enter(sheets: &mut Sheets, report: &Report, agency: &str, mut into: impl FnMut(&mut Sheet)) {
    let parts = [
        ("city", ""),
        ("field", report.field.as_str()),
        ("area", report.area.as_str()),
        ("agency", agency),
    ];
    for (part, code) in parts.into_iter().filter(|(part, code)| *part == "city" || !code.is_empty())
    {
        into(sheets.entry((part, code.to_owned())).or_default());
    }
}

fn of_period(city: &City, period: &Period) -> Sheets {
    let mut sheets = Sheets::new();
    for report in city.reports.values() {
        arrivals(&mut sheets, city, report, period);
        if report.own_staff {
            continue;
        }
        for round in &report.rounds {
            for number in numbers_of(city, report, round, period) {
                enter(&mut sheets, report, &round.agency, |sheet| sheet.one(&number));
            }
        }
        for (agency, day, kept) in report.promises.iter().filter(|_| report.open_to_all) {
            if fell(city, period, *day) {
                let number = if *kept { "kept_promise" } else { "broken_promise" };
                enter(&mut sheets, report, agency, |sheet| sheet.one(number));
            }
        }
    }
    sheets
}

fn arrivals(sheets: &mut Sheets, city: &City, report: &Report, period: &Period) {
    let closed = report.closed.filter(|_| report.is_closed);
    if period.has(report.received) {
        enter(sheets, report, &report.agency, |sheet| {
            sheet.one("received");
            if report.own_staff {
                sheet.one("own_staff");
            } else {
                sheet.one("resolution");
                let until = closed.unwrap_or(city.now);
                sheet.resolution.add(until - report.received, closed.is_some());
            }
        });
    }
    // Brought over from elsewhere: accepted in the moment of its arrival.
    let brought_over = report.accepted == Some(report.received);
    if period.has(report.received) && report.steps && !brought_over && !report.own_staff {
        enter(sheets, report, &report.agency, |sheet| {
            sheet.one("response");
            if report.responded.is_none() {
                sheet.one("unanswered");
            }
            let until = report.responded.or(closed).unwrap_or(city.now);
            sheet.response.add(until - report.received, report.responded.is_some());
        });
    }
}

/// The numbers of the period that a round counts for.
fn numbers_of(city: &City, report: &Report, round: &Round, period: &Period) -> Vec<String> {
    let mut numbers: Vec<String> = Vec::new();
    let mut add = |number: &str| numbers.push(number.to_owned());
    if let Some(due) = round.due.filter(|due| period.has(*due) && *due < city.now) {
        add("deadlines");
        add(if round.closed.is_some_and(|closed| closed <= due) { "kept" } else { "missed" });
    }
    if let Some(closed) = round.closed.filter(|closed| period.has(*closed)) {
        add("closed");
        let soon = |(at, verb): &(i64, String)| verb != "promise_due" && at - closed <= SOON_MS;
        if round.again || round.left.as_ref().is_some_and(soon) {
            add("returned");
        }
        if !round.outcome.is_empty() {
            add(&round.outcome);
        }
        if round.outcome == "refused" {
            add(&format!("refused:{}", round.code));
        }
        if ANSWERS.contains(&round.outcome.as_str()) && report.open_to_all {
            add("askable");
            if !round.rating.is_empty() {
                add("rated");
                add(&round.rating);
            }
        }
    }
    let promised = round.planned.filter(|_| round.outcome == "planned" && round.closed.is_some());
    if promised.is_some_and(|day| fell(city, period, day)) {
        add("promised");
    }
    numbers
}

/// Did a promised day fall in the period, as far as it has come?
fn fell(city: &City, period: &Period, day: Date) -> bool {
    let (first, last) = period.days;
    first <= day && day <= last && day <= city.today()
}

fn as_things_stand(city: &City) -> Sheets {
    let mut sheets = Sheets::new();
    for report in city.reports.values().filter(|report| !report.is_closed) {
        let age = match (city.now - report.received).div_euclid(DAY_MS) {
            ..7 => "open_week",
            7..30 => "open_month",
            30..90 => "open_quarter",
            90.. => "open_longer",
        };
        enter(&mut sheets, report, &report.agency, |sheet| {
            sheet.one("open");
            sheet.one(age);
            if report.due.is_some_and(|due| due < city.now) {
                sheet.one("late");
            }
            if report.due.is_some_and(|due| due >= city.now && due - city.now <= 7 * DAY_MS) {
                sheet.one("due_soon");
            }
        });
    }
    sheets
}

fn published(folder: &Path) -> Result<Published, String> {
    let mut found = Published::new();
    each_row(folder, "scorecards.csv", |cell| {
        let key = (cell("part")?, cell("code")?, cell("period")?, cell("number")?);
        if found.insert(key, cell("value")?).is_some() {
            return Err("this number stands there twice".to_owned());
        }
        Ok(())
    })?;
    Ok(found)
}

/// Counts the folder again.
pub fn recompute(folder: &Path) -> Result<Verdict, String> {
    let theirs = published(folder)?;
    let mut city = City::read(folder)?;
    let words: BTreeSet<&str> = theirs.keys().map(|(_, _, period, _)| period.as_str()).collect();
    let mut ours = Published::new();
    let mut add = |word: &str, sheets: Sheets| {
        for ((part, code), sheet) in sheets {
            for (number, value) in sheet.lines() {
                ours.insert((part.to_owned(), code.clone(), word.to_owned(), number), value);
            }
        }
    };
    for word in words.iter().filter(|word| **word != "now") {
        let period = Period::of(word, &city)?;
        add(&period.word, of_period(&city, &period));
    }
    // Nothing open is nothing to publish: then the word is missing, and rightly.
    add("now", as_things_stand(&city));
    let mut differences = std::mem::take(&mut city.differences);
    let all: BTreeSet<_> = theirs.keys().chain(ours.keys()).collect();
    for key in &all {
        let (published, counted) = (theirs.get(*key), ours.get(*key));
        if published != counted {
            let (part, code, period, number) = key;
            let said = |value: Option<&String>| value.map_or("nothing", String::as_str).to_owned();
            differences.push(format!(
                "{part} {code} {period} {number}: published {}, counted {}",
                said(published),
                said(counted)
            ));
        }
    }
    Ok(Verdict { compared: all.len(), reports: city.reports.len(), differences })
}
