//! What a list, a map or a feed is narrowed to, as its address says it. The address is the state: no sessions, no forms
//! that forget.
//!
//! Words that mean nothing (an unknown code, a date that is none) are left out of the filter and named as problems, so
//! that a page can say so beside the field. Not here: SQL, and who may see what comes of it.

use domain::ids::{AgencyId, AreaId, FieldCode, ServiceCode};
use domain::pack::Pack;
use domain::place::outline::{Outline, Shape};
use domain::place::{BoundingBox, Point};
use domain::service_request::{Outcome, State};
use domain::text::{Vocabulary, tokens};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Characters of a search; the rest of a longer one is not read.
pub const TEXT_CHARS: usize = 200;
/// Names of an address that narrow a list.
const NARROWS: [&str; 12] = [
    "q", "field", "service", "area", "agency", "state", "outcome", "late", "from", "to", "within",
    "around",
];
/// Metres around a place that may be looked into: a front yard to a whole town.
const AROUND_METRES: std::ops::RangeInclusive<f64> = 10.0..=20_000.0;
/// Stands for every state but `closed`.
const OPEN: &str = "open";
/// Stands for every state, where a page shows the open ones unless it is asked otherwise.
pub const ALL: &str = "all";

domain::word! {
    /// In which order a list runs.
    Sort {
        Newest = "newest",
        Oldest = "oldest",
        /// Changed last, first.
        Updated = "updated",
        /// Open reports with a deadline, the nearest first.
        Due = "due",
        /// Closed reports, the latest first.
        Closed = "closed",
    }
}

/// Instants from the first, included, to the second, not included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

/// Within so many metres of a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    pub point: Point,
    pub metres: f64,
}

/// What to find; empty parts do not narrow.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub text: Option<String>,
    /// Words of the text that nobody has used, each with those one slip away, which are looked for as well.
    pub also: BTreeMap<String, Vec<String>>,
    pub field: Option<FieldCode>,
    pub services: Vec<ServiceCode>,
    pub area: Option<AreaId>,
    /// Areas that went up in it: their reports count for it.
    pub forebears: Vec<AreaId>,
    pub agency: Option<AgencyId>,
    pub states: Vec<State>,
    pub outcome: Option<Outcome>,
    /// Open and past its deadline.
    pub late: bool,
    pub received: Period,
    pub updated: Period,
    pub near: Option<Near>,
    pub within: Option<BoundingBox>,
    /// What somebody drew.
    pub drawn: Option<Arc<Outline>>,
}

impl Filter {
    /// What a place must lie in, but for a box.
    pub fn shapes(&self) -> Vec<Shape> {
        let circle =
            self.near.map(|near| Shape::Circle { centre: near.point, metres: near.metres });
        circle.into_iter().chain(self.drawn.clone().map(Shape::Outline)).collect()
    }

    /// Looks for what was probably meant as well.
    pub fn forgive(&mut self, used: &Vocabulary) {
        self.also = slips(self.text.as_deref().unwrap_or_default(), used);
    }

    /// All words that are looked for, to mark them where they stand.
    pub fn words(&self) -> String {
        let also = self.also.values().flatten().map(String::as_str);
        self.text.as_deref().into_iter().chain(also).collect::<Vec<_>>().join(" ")
    }
}

/// Words of a text that nobody has used, each with those one slip away.
pub fn slips(text: &str, used: &Vocabulary) -> BTreeMap<String, Vec<String>> {
    let near = |word: String| {
        let near: Vec<String> = used.near(&word).into_iter().map(str::to_owned).collect();
        (!near.is_empty()).then_some((word, near))
    };
    tokens(text).into_iter().filter_map(near).collect()
}

/// Where the next page of a list begins: after the row with this key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageKey {
    /// Milliseconds UTC of what the list is sorted by; for a search by words, how many were shown.
    pub at: i64,
    pub id: String,
}

impl std::fmt::Display for PageKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.at, self.id)
    }
}

impl std::str::FromStr for PageKey {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.split_once('-').ok_or(())?;
        let plain = id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric());
        let at = at.parse().map_err(|_| ())?;
        if plain { Ok(Self { at, id: id.to_owned() }) } else { Err(()) }
    }
}

/// A part of the address that means nothing here: which, what was typed, and the sentence to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub field: &'static str,
    pub value: String,
    pub key: &'static str,
}

/// An address, read.
#[derive(Debug, Clone)]
pub struct Asked {
    pub filter: Filter,
    pub sort: Sort,
    pub after: Option<PageKey>,
    pub problems: Vec<Problem>,
    /// Names and values as they came, without paging: for links to the same list in another form.
    pub pairs: Vec<(String, String)>,
}

impl Asked {
    /// Reads a query string, without the question mark.
    pub fn parse(query: &str, pack: &Pack) -> Self {
        let mut asked = Self {
            filter: Filter::default(),
            sort: Sort::Newest,
            after: None,
            problems: Vec::new(),
            pairs: Vec::new(),
        };
        let mut sorted = false;
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim();
            if value.is_empty() {
                continue;
            }
            match name.as_ref() {
                "after" => asked.after = value.parse().ok(),
                "sort" => {
                    sorted = true;
                    asked.known("sort", value, Sort::parse(value), |asked, sort| asked.sort = sort);
                }
                name => asked.narrow(name, value, pack),
            }
            if !matches!(name.as_ref(), "after" | "lang") {
                asked.pairs.push((name.into_owned(), value.to_owned()));
            }
        }
        if asked.filter.late && !sorted {
            asked.sort = Sort::Due;
        }
        asked.check_period();
        asked
    }

    fn narrow(&mut self, name: &str, value: &str, pack: &Pack) {
        match name {
            "q" => self.filter.text = searchable(value),
            "field" => {
                let field = value.parse().ok().filter(|code| pack.field(code).is_some());
                self.known("field", value, field, |asked, field| asked.filter.field = Some(field));
            }
            "service" => {
                let service = value.parse().ok().filter(|code| pack.service(code).is_some());
                self.known("service", value, service, |asked, service| {
                    asked.filter.services.push(service);
                });
            }
            "area" => {
                // A link to an area that is no more leads to the one it went up in.
                let heir = value.parse().ok().and_then(|id| pack.heir(&id)).map(|a| a.id.clone());
                self.known("area", value, heir, |asked, area| {
                    asked.filter.forebears = pack.forebears(&area);
                    asked.filter.area = Some(area);
                });
            }
            "agency" => {
                let agency = value.parse().ok().filter(|id| pack.agency(id).is_some());
                self.known("agency", value, agency, |asked, agency| {
                    asked.filter.agency = Some(agency);
                });
            }
            "state" if value == ALL => {}
            "state" if value == OPEN => {
                self.filter
                    .states
                    .extend(State::ALL.iter().filter(|state| **state != State::Closed));
            }
            "state" => self.known("state", value, State::parse(value), |asked, state| {
                asked.filter.states.push(state);
            }),
            "outcome" => {
                self.known("outcome", value, Outcome::parse(value), |asked, outcome| {
                    asked.filter.outcome = Some(outcome);
                });
            }
            "within" => {
                let outline = value.parse().ok().map(Arc::new);
                match outline {
                    Some(outline) => self.filter.drawn = Some(outline),
                    None => self.problem("within", value, "filter-within"),
                }
            }
            "around" => match around(value) {
                Some(near) => self.filter.near = Some(near),
                None => self.problem("around", value, "filter-around"),
            },
            "late" => self.filter.late = value != "0",
            "from" => self.filter.received.from = self.day("from", value, pack, 0),
            "to" => self.filter.received.to = self.day("to", value, pack, 1),
            _ => {}
        }
    }

    fn known<T>(
        &mut self,
        field: &'static str,
        value: &str,
        found: Option<T>,
        set: impl FnOnce(&mut Self, T),
    ) {
        match found {
            Some(found) => set(self, found),
            None => self.problem(field, value, "filter-unknown"),
        }
    }

    fn problem(&mut self, field: &'static str, value: &str, key: &'static str) {
        self.problems.push(Problem { field, value: value.chars().take(TEXT_CHARS).collect(), key });
    }

    /// The start of a local day, so many days later.
    fn day(
        &mut self,
        field: &'static str,
        value: &str,
        pack: &Pack,
        later: i64,
    ) -> Option<Timestamp> {
        let date: Option<Date> = value.parse().ok();
        let start = date.and_then(|date| start_of_day(pack, date, later));
        if start.is_none() {
            self.problem(field, value, "filter-date");
        }
        start
    }

    fn check_period(&mut self) {
        let Period { from, to } = self.filter.received;
        if from.zip(to).is_some_and(|(from, to)| from >= to) {
            self.filter.received = Period::default();
            self.problem("to", "", "filter-period");
        }
    }

    /// The query string of this list, with some values replaced; an empty one is dropped.
    pub fn query(&self, replace: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in
            self.pairs.iter().filter(|(name, _)| replace.iter().all(|(other, _)| name != other))
        {
            query.append_pair(name, value);
        }
        for (name, value) in replace.iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        query.finish()
    }

    /// How many parts of the filter are set, for the count beside its title.
    pub fn active(&self) -> usize {
        let narrows =
            |(name, value): &&(String, String)| NARROWS.contains(&name.as_str()) && value != ALL;
        self.pairs.iter().filter(narrows).count()
    }

    /// The same for a page that shows what is open unless the address names states or results.
    pub fn open_unless_asked(query: &str, pack: &Pack) -> Self {
        let asked = Self::parse(query, pack);
        if !asked.value("state").is_empty() || !asked.value("outcome").is_empty() {
            return asked;
        }
        let and = if query.is_empty() { "" } else { "&" };
        Self::parse(&format!("{query}{and}state={OPEN}"), pack)
    }

    /// What was typed there.
    pub fn value(&self, name: &str) -> &str {
        self.pairs.iter().rev().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }
}

/// `lat,long,metres`.
fn around(value: &str) -> Option<Near> {
    let mut parts = value.splitn(3, ',');
    let point = Point::parse(parts.next()?, parts.next()?).ok()?;
    let metres: f64 = parts.next()?.trim().parse().ok()?;
    AROUND_METRES.contains(&metres).then_some(Near { point, metres })
}

/// When a local day begins, so many days after `date`.
pub fn start_of_day(pack: &Pack, date: Date, later: i64) -> Option<Timestamp> {
    let date = date.checked_add(jiff::Span::new().try_days(later).ok()?).ok()?;
    pack.calendar.zone().to_ambiguous_timestamp(date.at(0, 0, 0, 0)).compatible().ok()
}

/// The text to search for, without what no text holds; nothing left is no search.
fn searchable(value: &str) -> Option<String> {
    let text: String = value.chars().filter(|c| !c.is_control()).take(TEXT_CHARS).collect();
    text.chars().any(char::is_alphanumeric).then_some(text)
}

#[cfg(test)]
#[path = "filter_tests.rs"]
mod tests;
