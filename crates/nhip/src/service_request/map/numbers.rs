//! What is open, in the city and in each of its areas, counted from the rows. What happened in a period is counted by
//! `oversight`, as every number of a period is.

use super::rows::{NOWHERE, Row};
use super::wanted::{Asks, Wanted};
use super::{Map, Snapshot, seconds};
use crate::service_request::list::filter::{Filter, Period};
use domain::service_request::State;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Open now, and of these past their deadline.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbers {
    pub waiting: u32,
    pub late: u32,
}

impl Numbers {
    fn add(&mut self, row: &Row, now: u32) {
        self.waiting += u32::from(!row.is_closed());
        self.late += u32::from(row.is_late(now));
    }
}

/// The whole city, and its areas by code.
#[derive(Debug, Default)]
pub struct Tally {
    pub city: Numbers,
    pub areas: HashMap<String, Numbers>,
}

/// The newest count, kept for a few seconds: a busy front page counts no more often than a quiet one.
#[derive(Default)]
pub struct Counted(Mutex<Option<(i64, Arc<Tally>)>>);

const GOOD_FOR_SECONDS: i64 = 5;

impl Map {
    /// [`Snapshot::tally`], at most a few seconds old.
    pub fn tally(&self, now: Timestamp) -> Arc<Tally> {
        let mut counted = self.counted.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, tally)) = counted.as_ref()
            && (0..GOOD_FOR_SECONDS).contains(&(now.as_second() - at))
        {
            return tally.clone();
        }
        let tally = Arc::new(self.snapshot().tally(now));
        *counted = Some((now.as_second(), tally.clone()));
        tally
    }
}

/// So many rows are counted in less time than it takes to hand the work to another thread and wait for it.
const FEW_ROWS: usize = 100_000;

impl Map {
    /// Counting is so little work that it need not be done beside other requests.
    pub fn is_small(&self) -> bool {
        self.snapshot().rows.len() <= FEW_ROWS
    }

    /// How many reports everybody finds by this filter, counted no further than `most`. `None`: this picture does not
    /// tell, because it is not whole yet or holds nothing of what is asked.
    pub fn count_up_to(&self, filter: &Filter, most: i64, now: Timestamp) -> Option<i64> {
        let elsewhere = filter.text.is_some() || filter.is_placed() || filter.late;
        if elsewhere || filter.updated != Period::default() || !self.is_whole() {
            return None;
        }
        let snapshot = self.snapshot();
        let asked = format!("{most} {filter:?}");
        if let Some(known) = self.counts.known(snapshot.version, now, &asked) {
            return Some(known);
        }
        let count = snapshot.count_up_to(&Asks { filter, found: None, now }, most);
        self.counts.keep(snapshot.version, asked, &count);
        Some(count)
    }
}

impl Snapshot {
    fn count_up_to(&self, asks: &Asks<'_>, most: i64) -> i64 {
        let Some(mut wanted) = Wanted::of(asks, self) else { return 0 };
        let mut count = 0;
        for piece in self.rows.between(NOWHERE, i64::MAX) {
            wanted.among((&piece, false), &self.kinds, |_| count += 1);
            if count >= most {
                break;
            }
        }
        count.min(most)
    }

    /// How many reports are in each state, in the order of [`State::ALL`].
    pub fn states(&self) -> [u64; State::ALL.len()] {
        let mut counts = [0; State::ALL.len()];
        for kind in self.rows.iter().filter_map(|row| self.kinds.get(row.kind as usize)) {
            if let Some(count) = counts.get_mut(usize::from(kind.state)) {
                *count += 1;
            }
        }
        counts
    }

    /// Counts everything, in one pass.
    pub fn tally(&self, now: Timestamp) -> Tally {
        let now = seconds(now);
        let mut city = Numbers::default();
        let mut areas: HashMap<u16, Numbers> = HashMap::new();
        for row in self.rows.iter() {
            let Some(kind) = self.kinds.get(row.kind as usize) else { continue };
            city.add(row, now);
            areas.entry(kind.area).or_default().add(row, now);
        }
        let areas = areas.into_iter().map(|(n, numbers)| (self.names.name(n).to_owned(), numbers));
        Tally { city, areas: areas.filter(|(area, _)| !area.is_empty()).collect() }
    }
}
