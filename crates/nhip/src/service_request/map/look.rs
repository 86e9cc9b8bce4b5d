//! A look at the map: what lies in a viewport, as points or, where there are too many, as clusters.

use super::super::filter::Filter;
use super::{NOWHERE, Names, Row, Snapshot, seconds};
use crate::platform::limits::MAP_POINTS;
use domain::place::cell::{MAX_RANGES, ORDER, cover};
use domain::place::{BoundingBox, Point};
use domain::service_request::{Outcome, State};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Below this zoom a street is too thin for many points.
const STREET_ZOOM: u8 = 12;
/// Points shown at most below [`STREET_ZOOM`].
const FEW: usize = 80;
/// Halvings of the world for one cluster, beyond the zoom: cells of 64 pixels on tiles of 512.
const CLUSTER_LEVELS: u8 = 3;
/// Answers kept per version of the picture.
const ANSWERS_KEPT: usize = 256;
/// How long an answer stays good while nothing changes: what is late depends on the time.
const GOOD_FOR_SECONDS: i64 = 10;

/// A report on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Pin {
    pub code: String,
    pub service: String,
    pub point: Point,
    pub status: &'static str,
    pub late: bool,
    pub received: i64,
}

/// Several reports near each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cluster {
    pub point: Point,
    pub count: u32,
    pub late: u32,
    pub closed: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    Pins(Vec<Pin>),
    Clusters(Vec<Cluster>),
}

impl Snapshot {
    /// What of the filter lies in the viewport. Words are not searched here.
    pub fn look(&self, bounds: BoundingBox, zoom: u8, filter: &Filter, now: Timestamp) -> Shown {
        let Some(test) = Test::of(filter, &self.names, now) else { return Shown::Pins(Vec::new()) };
        let most = if zoom < STREET_ZOOM { FEW } else { MAP_POINTS };
        let level = (zoom + CLUSTER_LEVELS).min(ORDER);
        let inside = Inside::of(bounds);
        let mut pins: Vec<&Row> = Vec::new();
        let mut heaps: Vec<Heap> = Vec::new();
        for (first, last) in cover(bounds, MAX_RANGES) {
            let start = self.rows.partition_point(|row| row.cell < first);
            let rest = self.rows.get(start..).unwrap_or_default();
            for row in rest
                .iter()
                .take_while(|row| row.cell <= last)
                .filter(|row| inside.holds(row) && test.passes(row))
            {
                if pins.len() <= most {
                    pins.push(row);
                }
                Heap::add(&mut heaps, row, level, test.now);
            }
        }
        if pins.len() <= most {
            return Shown::Pins(
                pins.into_iter().filter_map(|row| self.pin(row, test.now)).collect(),
            );
        }
        let mut level = level;
        while heaps.len() > MAP_POINTS && level > 0 {
            level -= 1;
            heaps = Heap::coarser(heaps);
        }
        Shown::Clusters(heaps.iter().filter_map(Heap::cluster).collect())
    }

    fn pin(&self, row: &Row, now: u32) -> Option<Pin> {
        Some(Pin {
            code: row.code().to_owned(),
            service: self.names.name(row.service).to_owned(),
            point: row.point()?,
            status: row.status(),
            late: row.is_late(now),
            received: i64::from(row.received),
        })
    }

    /// How many reports there are by this filter, public place or not; words and places are not asked.
    pub fn count(&self, filter: &Filter, now: Timestamp) -> usize {
        let test = Test::of(filter, &self.names, now);
        test.map_or(0, |test| self.rows.iter().filter(|row| test.passes(row)).count())
    }
}

/// A box in the units of the rows.
struct Inside {
    lat: (i32, i32),
    long: (i32, i32),
}

impl Inside {
    fn of(bounds: BoundingBox) -> Self {
        let units = |degrees: f64| (degrees * 1e7) as i32;
        let (low, high) = (bounds.south_west(), bounds.north_east());
        Self {
            lat: (units(low.lat()), units(high.lat())),
            long: (units(low.long()), units(high.long())),
        }
    }
    fn holds(&self, row: &Row) -> bool {
        row.cell != NOWHERE
            && (self.lat.0..=self.lat.1).contains(&row.lat)
            && (self.long.0..=self.long.1).contains(&row.long)
    }
}

/// A filter in the units of the rows.
pub(super) struct Test {
    field: Option<u16>,
    services: Vec<u16>,
    area: Option<u16>,
    agency: Option<u16>,
    states: u8,
    outcome: u8,
    late: bool,
    from: u32,
    to: u32,
    pub(super) now: u32,
}

impl Test {
    /// `None` when it asks for a code that no report has.
    pub(super) fn of(filter: &Filter, names: &Names, now: Timestamp) -> Option<Self> {
        let number = |code: Option<&str>| match code {
            None => Some(None),
            Some(code) => names.find(code).map(Some),
        };
        let place = |state: &State| State::ALL.iter().position(|other| other == state).unwrap_or(0);
        Some(Self {
            field: number(filter.field.as_ref().map(AsRef::as_ref))?,
            services: filter
                .services
                .iter()
                .map(|code| names.find(code.as_str()))
                .collect::<Option<_>>()?,
            area: number(filter.area.as_ref().map(AsRef::as_ref))?,
            agency: number(filter.agency.as_ref().map(AsRef::as_ref))?,
            states: if filter.states.is_empty() {
                u8::MAX
            } else {
                filter.states.iter().fold(0, |set, s| set | 1 << place(s))
            },
            outcome: filter
                .outcome
                .and_then(|o| Outcome::ALL.iter().position(|other| *other == o))
                .map_or(0, |n| n as u8 + 1),
            late: filter.late,
            from: filter.received.from.map_or(0, seconds),
            to: filter.received.to.map_or(u32::MAX, seconds),
            now: seconds(now),
        })
    }

    pub(super) fn passes(&self, row: &Row) -> bool {
        self.states & (1 << row.state) != 0
            && self.field.is_none_or(|field| field == row.field)
            && (self.services.is_empty() || self.services.contains(&row.service))
            && self.area.is_none_or(|area| area == row.area)
            && self.agency.is_none_or(|agency| agency == row.agency)
            && (self.outcome == 0 || self.outcome == row.outcome && row.is_closed())
            && (!self.late || row.is_late(self.now))
            && (self.from..self.to).contains(&row.received)
    }
}

/// A cluster in the making: rows come along the curve, so those of one cell follow each other.
struct Heap {
    /// The cell's key without the digits below its level.
    key: i64,
    count: u32,
    late: u32,
    closed: u32,
    lat: i64,
    long: i64,
}

impl Heap {
    fn add(heaps: &mut Vec<Self>, row: &Row, level: u8, now: u32) {
        let key = row.cell >> (2 * (ORDER - level));
        let (late, closed) = (u32::from(row.is_late(now)), u32::from(row.is_closed()));
        let one = Self {
            key,
            count: 1,
            late,
            closed,
            lat: i64::from(row.lat),
            long: i64::from(row.long),
        };
        Self::join(heaps, one);
    }

    fn join(heaps: &mut Vec<Self>, next: Self) {
        match heaps.last_mut().filter(|last| last.key == next.key) {
            None => heaps.push(next),
            Some(last) => {
                last.count += next.count;
                last.late += next.late;
                last.closed += next.closed;
                last.lat += next.lat;
                last.long += next.long;
            }
        }
    }

    fn coarser(heaps: Vec<Self>) -> Vec<Self> {
        let mut joined = Vec::with_capacity(heaps.len() / 2);
        for heap in heaps {
            Self::join(&mut joined, Self { key: heap.key >> 2, ..heap });
        }
        joined
    }

    fn cluster(&self) -> Option<Cluster> {
        let mean = |sum: i64| sum as f64 / f64::from(self.count) / 1e7;
        let point = Point::new(mean(self.lat), mean(self.long)).ok()?;
        Some(Cluster { point, count: self.count, late: self.late, closed: self.closed })
    }
}

/// Answers already written for the newest picture, by what was asked.
#[derive(Default)]
pub struct Cache(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    version: u64,
    since: i64,
    answers: HashMap<String, bytes::Bytes>,
}

impl Cache {
    /// The answer to `asked`, from the cache or made now.
    pub fn answer(
        &self,
        version: u64,
        now: Timestamp,
        asked: String,
        make: impl FnOnce() -> bytes::Bytes,
    ) -> bytes::Bytes {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let stale = kept.version != version || now.as_second() - kept.since > GOOD_FOR_SECONDS;
        if stale || kept.answers.len() >= ANSWERS_KEPT {
            *kept = Kept { version, since: now.as_second(), answers: HashMap::new() };
        }
        if let Some(answer) = kept.answers.get(&asked) {
            return answer.clone();
        }
        drop(kept);
        let answer = make();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.version == version {
            kept.answers.insert(asked, answer.clone());
        }
        answer
    }
}
