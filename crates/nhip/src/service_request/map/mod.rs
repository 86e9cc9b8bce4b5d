//! What stands where, in memory: a small row per report, sorted along the Hilbert curve, for the map and for numbers.
//!
//! The database stays the truth; this is a copy that is at most a second old on every node (`jobs.rs` reads what
//! changed). Places are stored as the public may see them, so nothing drawn from here can tell more; a report without
//! a public place sorts before every cell and is only counted.

pub mod look;
pub mod numbers;

use arc_swap::ArcSwap;
use domain::disclosure::{Audience, Openness, Part, may_see, public_point};
use domain::ids::{AgencyId, AreaId, ServiceCode, ServiceRequestId};
use domain::pack::Pack;
use domain::place::{Cell, Point};
use domain::service::Precision;
use domain::service_request::{Outcome, State};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Characters of a code that fit; ours have 8.
const CODE: usize = 16;
/// No place that the public may know.
const NOWHERE: i64 = -1;
/// What was read may be joined by writers that began before and committed after: so much is read again.
const OVERLAP_MS: i64 = 3_000;

/// A report as the database has it, as far as the map needs.
#[derive(Debug, Clone)]
pub struct Standing {
    pub id: ServiceRequestId,
    pub service: ServiceCode,
    pub area: AreaId,
    pub agency: AgencyId,
    pub state: State,
    pub outcome: Option<Outcome>,
    pub openness: Openness,
    pub point: Point,
    pub received_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub updated_at: Timestamp,
}

/// The same, small. Instants are seconds since 1970, 0 for none; words are numbers of [`Names`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    cell: i64,
    code: [u8; CODE],
    /// Ten-millionths of a degree.
    lat: i32,
    long: i32,
    received: u32,
    closed: u32,
    due: u32,
    field: u16,
    service: u16,
    area: u16,
    agency: u16,
    state: u8,
    /// Its place among [`Outcome::ALL`] and one more; 0 for none.
    outcome: u8,
}

impl Row {
    fn key(&self) -> (i64, [u8; CODE]) {
        (self.cell, self.code)
    }
    fn point(&self) -> Option<Point> {
        Point::new(f64::from(self.lat) / 1e7, f64::from(self.long) / 1e7).ok()
    }
    fn is_closed(&self) -> bool {
        self.closed != 0
    }
    fn is_late(&self, now: u32) -> bool {
        !self.is_closed() && self.due != 0 && self.due < now
    }
    fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or_default().trim_end_matches('\0')
    }
    fn status(&self) -> &'static str {
        let outcome = usize::from(self.outcome).checked_sub(1).and_then(|n| Outcome::ALL.get(n));
        let state = State::ALL.get(usize::from(self.state)).copied().unwrap_or(State::Received);
        outcome
            .filter(|_| state == State::Closed)
            .map_or(state.as_str(), |outcome| outcome.as_str())
    }
}

fn seconds(at: Timestamp) -> u32 {
    u32::try_from(at.as_second().max(1)).unwrap_or(u32::MAX)
}

/// Codes as numbers. They are never taken away: a code of an older pack keeps its reports.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    numbers: HashMap<String, u16>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u16 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u16::try_from(self.names.len()).unwrap_or(u16::MAX);
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }
    fn find(&self, name: &str) -> Option<u16> {
        self.numbers.get(name).copied()
    }
    fn name(&self, number: u16) -> &str {
        self.names.get(usize::from(number)).map_or("", String::as_str)
    }
}

/// How everything stood at one moment.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// Another number is another picture.
    pub version: u64,
    rows: Vec<Row>,
    names: Arc<Names>,
}

/// The picture, and what is needed to renew it.
#[derive(Default)]
pub struct Map {
    snapshot: ArcSwap<Snapshot>,
    writer: Mutex<Writer>,
    cache: look::Cache,
    counted: numbers::Counted,
}

#[derive(Default)]
struct Writer {
    /// Where each report is in the rows.
    cells: HashMap<[u8; CODE], i64>,
    /// Milliseconds UTC of the latest change that was read.
    seen: i64,
    names: Names,
}

impl Map {
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }

    /// An answer about this version of the picture, as it was given before or made now.
    pub fn cached(
        &self,
        version: u64,
        now: Timestamp,
        asked: String,
        make: impl FnOnce() -> bytes::Bytes,
    ) -> bytes::Bytes {
        self.cache.answer(version, now, asked, make)
    }

    /// Changes from this moment on, milliseconds UTC, have not been read for certain.
    pub fn read_until(&self) -> i64 {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner).seen - OVERLAP_MS
    }

    /// Takes in reports as they stand now; what did not change costs nothing.
    pub fn apply(&self, changed: &[Standing], pack: &Pack) {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let old = self.snapshot.load_full();
        let known = writer.names.names.len();
        let mut fresh: HashMap<[u8; CODE], Row> = HashMap::with_capacity(changed.len());
        for standing in changed {
            writer.seen = writer.seen.max(standing.updated_at.as_millisecond());
            if let Some(row) = row(standing, pack, &mut writer.names) {
                fresh.insert(row.code, row);
            }
        }
        let mut gone = Vec::new();
        fresh.retain(|code, row| {
            let place = writer.cells.get(code).and_then(|cell| find(&old.rows, (*cell, *code)));
            let same = place.and_then(|place| old.rows.get(place)) == Some(row);
            if !same {
                gone.extend(place);
            }
            !same
        });
        if fresh.is_empty() {
            return;
        }
        writer.cells.extend(fresh.values().map(|row| (row.code, row.cell)));
        let mut added: Vec<Row> = fresh.into_values().collect();
        added.sort_unstable_by_key(Row::key);
        gone.sort_unstable();
        let names = if writer.names.names.len() == known {
            old.names.clone()
        } else {
            Arc::new(writer.names.clone())
        };
        self.snapshot.store(Arc::new(Snapshot {
            version: old.version + 1,
            rows: merged(&old.rows, &gone, &added),
            names,
        }));
    }
}

fn find(rows: &[Row], key: (i64, [u8; CODE])) -> Option<usize> {
    rows.binary_search_by_key(&key, Row::key).ok()
}

/// The old rows without those at `gone`, and the added ones; all sorted.
fn merged(old: &[Row], gone: &[usize], added: &[Row]) -> Vec<Row> {
    let mut rows = Vec::with_capacity(old.len() + added.len() - gone.len());
    let (mut gone, mut added) = (gone.iter().peekable(), added.iter().peekable());
    for (place, row) in old.iter().enumerate() {
        while let Some(new) = added.next_if(|new| new.key() < row.key()) {
            rows.push(*new);
        }
        if gone.next_if(|gone| **gone == place).is_none() {
            rows.push(*row);
        }
    }
    rows.extend(added);
    rows
}

fn row(standing: &Standing, pack: &Pack, names: &mut Names) -> Option<Row> {
    let mut code = [0; CODE];
    let Some(place) = code.get_mut(..standing.id.as_str().len()) else {
        tracing::warn!(id = %standing.id, "too long a code for the map");
        return None;
    };
    place.copy_from_slice(standing.id.as_str().as_bytes());
    let service = pack.service(&standing.service);
    let precision = service.map_or(Precision::Hidden, |service| service.precision);
    // What is not for everybody to know is not for anybody to count either.
    let told = |part| may_see(part, standing.openness, Audience::Public);
    let public = |part, name| if told(part) { name } else { "" };
    let area = || {
        pack.area(&standing.area).map(|area| area.centre).filter(|_| precision == Precision::Area)
    };
    let point = public_point(standing.point, precision).or_else(area).filter(|_| told(Part::Place));
    let degrees = |degrees: f64| (degrees * 1e7).round() as i32;
    Some(Row {
        cell: point.map_or(NOWHERE, |point| Cell::of(point).0),
        code,
        lat: point.map_or(0, |point| degrees(point.lat())),
        long: point.map_or(0, |point| degrees(point.long())),
        received: seconds(standing.received_at),
        closed: standing.closed_at.map_or(0, seconds),
        due: standing.due_at.map_or(0, seconds),
        field: names.number(service.map_or("", |service| service.field.as_str())),
        service: names.number(standing.service.as_str()),
        area: names.number(public(Part::Area, standing.area.as_str())),
        agency: names.number(public(Part::Agency, standing.agency.as_str())),
        state: State::ALL.iter().position(|state| *state == standing.state).unwrap_or(0) as u8,
        outcome: standing
            .outcome
            .and_then(|o| Outcome::ALL.iter().position(|other| *other == o))
            .map_or(0, |n| n as u8 + 1),
    })
}

#[cfg(test)]
mod tests;
