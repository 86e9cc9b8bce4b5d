//! Scorecards: the numbers of any field × area × agency × period, counted from the facts in one pass; and the lists of
//! reports behind each of them.

use super::facts::{Book, Fact, Over, Row, Settled};
use super::measure::{MEASURES, Marks, Measure, Window};
use domain::ids::{AgencyId, AreaId, FieldCode, ServiceRequestId};
use domain::statistics::{Durations, Weight, weight, wilson};
use std::collections::BTreeMap;

/// What part of the city is looked at; empty: all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    pub field: Option<FieldCode>,
    pub area: Option<AreaId>,
    pub agency: Option<AgencyId>,
}

/// The same in numbers of the book; `None`: nothing there goes by that name.
#[derive(Clone, Copy)]
struct Narrow {
    field: Option<u16>,
    area: Option<u16>,
    agency: Option<u16>,
}

impl Narrow {
    fn of(scope: &Scope, book: &Book) -> Option<Self> {
        let find = |word: Option<&str>| match word {
            None => Some(None),
            Some(word) => book.words.find(word).map(Some),
        };
        Some(Self {
            field: find(scope.field.as_ref().map(AsRef::as_ref))?,
            area: find(scope.area.as_ref().map(AsRef::as_ref))?,
            agency: find(scope.agency.as_ref().map(AsRef::as_ref))?,
        })
    }

    fn has(self, row: &Row) -> bool {
        self.field.is_none_or(|field| field == row.field)
            && self.area.is_none_or(|area| area == row.area)
    }

    fn by(self, round: &Fact) -> bool {
        self.agency.is_none_or(|agency| agency == round.agency)
    }
}

/// A share with how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    pub hits: u64,
    pub n: u64,
}

impl Share {
    /// `None` over too few cases.
    pub fn shown(self) -> Option<f64> {
        (weight(self.n) != Weight::None).then(|| self.hits as f64 / self.n as f64)
    }

    pub fn interval(self) -> Option<(f64, f64)> {
        self.shown().and_then(|_| wilson(self.hits, self.n))
    }
}

/// How long something took: half of the cases, nine in ten. Milliseconds; `None`: so many have not come to it yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Times {
    pub n: u64,
    pub median: Option<i64>,
    pub p90: Option<i64>,
}

impl Times {
    fn of(durations: Durations) -> Self {
        let n = durations.n();
        let [median, p90] = durations.quantiles([0.5, 0.9]);
        Self { n, median, p90 }
    }

    pub fn shown(self) -> bool {
        weight(self.n) != Weight::None
    }
}

/// The numbers of one scope and period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scorecard {
    counts: Vec<u64>,
    /// Refusals by code, the most frequent first.
    pub refusals: Vec<(String, u64)>,
    pub resolution: Times,
    pub response: Times,
}

impl Scorecard {
    pub fn n(&self, measure: Measure) -> u64 {
        self.counts.get(measure as usize).copied().unwrap_or(0)
    }

    fn share(&self, hits: Measure, of: Measure) -> Share {
        Share { hits: self.n(hits), n: self.n(of) }
    }

    pub fn on_time(&self) -> Share {
        self.share(Measure::Kept, Measure::Deadlines)
    }
    pub fn returned(&self) -> Share {
        self.share(Measure::Returned, Measure::Closed)
    }
    pub fn satisfied(&self) -> Share {
        self.share(Measure::Satisfied, Measure::Rated)
    }
    pub fn rated(&self) -> Share {
        self.share(Measure::Rated, Measure::Askable)
    }

    /// Is there anything to say?
    pub fn is_empty(&self) -> bool {
        self.counts.iter().all(|n| *n == 0)
    }
}

/// Counts in the making.
#[derive(Default)]
struct Tally {
    counts: Vec<u64>,
    refusals: BTreeMap<u16, u64>,
    resolution: Durations,
    response: Durations,
}

impl Tally {
    fn add(&mut self, measure: Measure, row: &Row, round: &Fact, now: i64) {
        if self.counts.is_empty() {
            self.counts = vec![0; MEASURES];
        }
        if let Some(count) = self.counts.get_mut(measure as usize) {
            *count += 1;
        }
        if measure == Measure::Refused {
            *self.refusals.entry(round.refusal).or_default() += 1;
        } else if measure == Measure::Resolution {
            let end = row.round.closed;
            self.resolution.add(end.unwrap_or(now) - row.received, end.is_some());
        } else if measure == Measure::Response {
            // What was closed without a word stops waiting for it, unanswered.
            let until = row.responded.or(row.round.closed).unwrap_or(now);
            self.response.add(until - row.received, row.responded.is_some());
        }
    }

    fn finish(self, book: &Book) -> Scorecard {
        let named = |(code, n)| (book.words.word(code).to_owned(), n);
        let mut refusals: Vec<_> = self.refusals.into_iter().map(named).collect();
        refusals.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
        Scorecard {
            counts: self.counts,
            refusals,
            resolution: Times::of(self.resolution),
            response: Times::of(self.response),
        }
    }
}

/// By what a table of scorecards is grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Field,
    Area,
    Agency,
}

/// A month or another piece of the period, for charts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Piece {
    pub received: u64,
    pub closed: u64,
    pub deadlines: u64,
    pub kept: u64,
}

/// Where a list behind a number goes on: after this moment of arrival and this code.
pub type After = (i64, String);

impl Book {
    pub fn scorecard(&self, scope: &Scope, window: &Window) -> Scorecard {
        let Some(narrow) = Narrow::of(scope, self) else { return Scorecard::default() };
        let mut tally = Tally::default();
        for (row, past, settled) in self.narrowed(narrow) {
            let mark = |measure: Measure, round: &Fact| {
                if narrow.by(round) {
                    tally.add(measure, row, round, window.now);
                }
            };
            Marks { window, mark }.of(row, past, settled);
        }
        tally.finish(self)
    }

    /// A scorecard for each field, area or agency within the scope, by code.
    pub fn table(&self, scope: &Scope, by: By, window: &Window) -> BTreeMap<String, Scorecard> {
        let Some(narrow) = Narrow::of(scope, self) else { return BTreeMap::new() };
        let mut tallies: Vec<Tally> = Vec::new();
        for (row, past, settled) in self.narrowed(narrow) {
            let mark = |measure: Measure, round: &Fact| {
                let key = usize::from(match by {
                    By::Field => row.field,
                    By::Area => row.area,
                    By::Agency => round.agency,
                });
                if narrow.by(round) && key > 0 {
                    if tallies.len() <= key {
                        tallies.resize_with(key + 1, Tally::default);
                    }
                    if let Some(tally) = tallies.get_mut(key) {
                        tally.add(measure, row, round, window.now);
                    }
                }
            };
            Marks { window, mark }.of(row, past, settled);
        }
        let counted = tallies.into_iter().enumerate().filter(|(_, tally)| !tally.counts.is_empty());
        counted
            .map(|(key, tally)| (self.words.word(key as u16).to_owned(), tally.finish(self)))
            .collect()
    }

    /// How many reports each field had in each area, as far as both are told.
    pub fn pairs(&self, scope: &Scope, window: &Window) -> BTreeMap<(String, String), u64> {
        let Some(narrow) = Narrow::of(scope, self) else { return BTreeMap::new() };
        let mut counts: BTreeMap<(u16, u16), u64> = BTreeMap::new();
        for (row, ..) in self.narrowed(narrow) {
            if row.field > 0 && row.area > 0 && narrow.by(&row.round) && window.has(row.received) {
                *counts.entry((row.field, row.area)).or_default() += 1;
            }
        }
        let named = |code: u16| self.words.word(code).to_owned();
        counts.into_iter().map(|((field, area), n)| ((named(field), named(area)), n)).collect()
    }

    /// The period in pieces: `starts` are their beginnings, and the last is its end.
    pub fn pieces(&self, scope: &Scope, window: &Window, starts: &[i64]) -> Vec<Piece> {
        let mut pieces = vec![Piece::default(); starts.len().saturating_sub(1)];
        let Some(narrow) = Narrow::of(scope, self) else { return pieces };
        for (row, past, settled) in self.narrowed(narrow) {
            let mark = |measure: Measure, round: &Fact| {
                let mut count = |at: Option<i64>, add: fn(&mut Piece)| {
                    let at = at.filter(|_| narrow.by(round))?;
                    let n = starts.partition_point(|start| *start <= at).checked_sub(1)?;
                    pieces.get_mut(n).map(add)
                };
                let _ = if measure == Measure::Received {
                    count(Some(row.received), |piece| piece.received += 1)
                } else if measure == Measure::Closed {
                    count(round.closed, |piece| piece.closed += 1)
                } else if measure == Measure::Deadlines {
                    count(round.due, |piece| piece.deadlines += 1)
                } else if measure == Measure::Kept {
                    count(round.due, |piece| piece.kept += 1)
                } else {
                    None
                };
            };
            Marks { window, mark }.of(row, past, settled);
        }
        pieces
    }

    /// The reports behind a number, the newest first; a report with several rounds in it stands there once.
    pub fn behind(
        &self,
        scope: &Scope,
        window: &Window,
        wanted: (Measure, Option<&str>),
        after: Option<&After>,
        limit: usize,
    ) -> (Vec<ServiceRequestId>, Option<After>) {
        let nothing = (Vec::new(), None);
        let Some(narrow) = Narrow::of(scope, self) else { return nothing };
        let (wanted, code) = wanted;
        let Some(code) = code.map_or(Some(None), |code| self.words.find(code).map(Some)) else {
            return nothing;
        };
        let mut found: Vec<&Row> = Vec::new();
        for (row, past, settled) in self.narrowed(narrow) {
            let mut hit = false;
            let mark = |measure: Measure, round: &Fact| {
                hit |= measure == wanted
                    && narrow.by(round)
                    && code.is_none_or(|code| code == round.refusal);
            };
            Marks { window, mark }.of(row, past, settled);
            if hit {
                found.push(row);
            }
        }
        found.sort_unstable_by(|a, b| (b.received, b.code()).cmp(&(a.received, a.code())));
        let is_after = |row: &&&Row| {
            after.is_none_or(|(at, code)| (row.received, row.code()) < (*at, code.as_str()))
        };
        let mut rest = found.iter().filter(is_after);
        let page: Vec<&Row> = rest.by_ref().take(limit).copied().collect();
        let more = rest.next().is_some();
        let next = page.last().filter(|_| more).map(|row| (row.received, row.code().to_owned()));
        (page.iter().filter_map(|row| row.code().parse().ok()).collect(), next)
    }

    fn narrowed(&self, narrow: Narrow) -> impl Iterator<Item = (&Row, &[Over], &[Settled])> {
        let rows = self.rows.iter().enumerate().filter(move |(_, row)| narrow.has(row));
        let rows = rows.map(|(n, row)| (row, self.past(n), self.settled(n)));
        // Most reports have one round: what another agency has is passed over without looking further.
        rows.filter(move |(row, past, settled)| {
            narrow.by(&row.round) || !past.is_empty() || !settled.is_empty()
        })
    }
}
