//! The numbers of the city, counted from the rows: definitions as in the guide on numbers, none of them over few cases.
//!
//! *On time*: of the reports whose deadline fell in the period, those closed by it; open ones count as late.

use super::super::filter::start_of_day;
use super::rows::Row;
use super::{Map, Snapshot, seconds};
use domain::ids::AgencyId;
use domain::pack::Pack;
use domain::service_request::State;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Days of the pulse and of the numbers beside it.
pub const DAYS: i64 = 30;
/// A share of fewer cases is not shown.
pub const FEWEST: u32 = 10;

/// A day of the pulse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub date: Date,
    pub received: i64,
    pub closed: i64,
}

/// Counts over the last [`DAYS`] days, and now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbers {
    pub received: u32,
    /// Closings of the days, see [`Tally::take_closings`].
    pub settled: u32,
    /// Deadlines that fell in the period, and how many were kept.
    pub deadlines: u32,
    pub kept: u32,
    /// Open now, and of these past their deadline.
    pub waiting: u32,
    pub late: u32,
    /// Closed, ever.
    pub closed: u32,
}

impl Numbers {
    /// The share of deadlines that were kept, if there were enough of them.
    pub fn on_time(&self) -> Option<f64> {
        (self.deadlines >= FEWEST).then(|| f64::from(self.kept) / f64::from(self.deadlines))
    }

    fn add(&mut self, row: &Row, since: u32, now: u32) {
        self.received += u32::from(row.received >= since);
        if row.due >= since && row.due <= now {
            self.deadlines += 1;
            self.kept += u32::from(row.is_closed() && row.closed <= row.due);
        }
        self.waiting += u32::from(!row.is_closed());
        self.late += u32::from(row.is_late(now));
        self.closed += u32::from(row.is_closed());
    }
}

/// Everything the front page and the page of agencies show.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub city: Numbers,
    pub agencies: HashMap<AgencyId, Numbers>,
    pub areas: HashMap<String, Numbers>,
    pub days: Vec<Day>,
}

impl Tally {
    /// How many closings each day had, the oldest first, as those who count them say.
    pub fn take_closings(&mut self, closings: &[i64]) {
        for (day, closed) in self.days.iter_mut().zip(closings) {
            day.closed = *closed;
        }
        self.city.settled = closings.iter().sum::<i64>().try_into().unwrap_or(0);
    }
}

/// The newest count, kept for a few seconds: a busy front page counts no more often than a quiet one.
#[derive(Default)]
pub struct Counted(Mutex<Option<(i64, Arc<Tally>)>>);

const GOOD_FOR_SECONDS: i64 = 5;

impl Map {
    /// [`Snapshot::tally`], at most a few seconds old.
    pub fn tally(&self, pack: &Pack, now: Timestamp) -> Arc<Tally> {
        let mut counted = self.counted.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, tally)) = counted.as_ref()
            && (0..GOOD_FOR_SECONDS).contains(&(now.as_second() - at))
        {
            return tally.clone();
        }
        let tally = Arc::new(self.snapshot().tally(pack, now));
        *counted = Some((now.as_second(), tally.clone()));
        tally
    }
}

impl Snapshot {
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
    pub fn tally(&self, pack: &Pack, now: Timestamp) -> Tally {
        let today = pack.local_date(now);
        let first = today.saturating_sub(jiff::Span::new().days(DAYS - 1));
        let starts: Vec<u32> =
            (0..=DAYS).filter_map(|n| start_of_day(pack, first, n)).map(seconds).collect();
        let (since, until) = (starts.first().copied().unwrap_or(0), seconds(now));
        let mut received = vec![0_i64; starts.len() + 1];
        let mut city = Numbers::default();
        let mut agencies: HashMap<u16, Numbers> = HashMap::new();
        let mut areas: HashMap<u16, Numbers> = HashMap::new();
        for row in self.rows.iter() {
            let Some(kind) = self.kinds.get(row.kind as usize) else { continue };
            city.add(row, since, until);
            agencies.entry(kind.agency).or_default().add(row, since, until);
            areas.entry(kind.area).or_default().add(row, since, until);
            if row.received >= since
                && let Some(day) =
                    received.get_mut(starts.partition_point(|start| *start <= row.received))
            {
                *day += 1;
            }
        }
        let days = (0..DAYS).map(|n| Day {
            date: first.saturating_add(jiff::Span::new().days(n)),
            received: received.get(n as usize + 1).copied().unwrap_or(0),
            closed: 0,
        });
        let by_agency = agencies
            .into_iter()
            .filter_map(|(n, numbers)| Some((self.names.name(n).parse().ok()?, numbers)));
        let by_area =
            areas.into_iter().map(|(n, numbers)| (self.names.name(n).to_owned(), numbers));
        let by_area = by_area.filter(|(area, _)| !area.is_empty());
        Tally {
            city,
            agencies: by_agency.collect(),
            areas: by_area.collect(),
            days: days.collect(),
        }
    }
}
