//! What stands where, in memory: a small row per report, sorted along the Hilbert curve, for the map and for numbers.
//!
//! The database stays the truth; this is a copy that is at most a second old on every node (`jobs.rs` reads what
//! changed). Places are stored as the public may see them, so nothing drawn from here can tell more; a report without
//! a public place sorts before every cell and is only counted.

pub mod cache;
pub mod mvt;
pub mod numbers;
mod rows;
mod shapes;
pub mod store;
pub mod tile;
pub mod view;
pub mod wanted;

use crate::platform::clock::read_again_from;
use arc_swap::ArcSwap;
use cache::{Answer, Cache};
use domain::disclosure::{Audience, Openness, Part, may_see, public_point};
use domain::ids::{AgencyId, AreaId, ServiceCode, ServiceRequestId};
use domain::pack::Pack;
use domain::place::mercator::Spot;
use domain::place::{Exactness, Point};
use domain::service::Precision;
use domain::service_request::{Outcome, State};
use jiff::Timestamp;
use rows::{CODE, Code, Key, Kind, NOWHERE, Row, Rows};
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A report as the database has it, as far as the map needs.
#[derive(Debug, Clone)]
pub struct Standing {
    pub id: ServiceRequestId,
    pub service: ServiceCode,
    /// Of its service, as it was when the report last changed.
    pub field: String,
    pub area: AreaId,
    pub agency: AgencyId,
    pub state: State,
    pub outcome: Option<Outcome>,
    pub openness: Openness,
    pub point: Point,
    pub exactness: Exactness,
    pub received_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub updated_at: Timestamp,
}

fn seconds(at: Timestamp) -> u32 {
    u32::try_from(at.as_second().max(1)).unwrap_or(u32::MAX)
}

/// Codes as numbers. They are never taken away: a code of an older pack keeps its reports.
#[derive(Debug, Clone, Default)]
struct Names {
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
    rows: Rows,
    names: Arc<Names>,
    kinds: Arc<Vec<Kind>>,
}

/// The picture, and what is needed to renew it.
#[derive(Default)]
pub struct Map {
    snapshot: ArcSwap<Snapshot>,
    writer: Mutex<Writer>,
    /// Everything was read once. Apart from the writer, so that who asks does not wait for one.
    whole: AtomicBool,
    tiles: Cache<Answer>,
    words: Cache<Arc<BTreeSet<ServiceRequestId>>>,
    counted: numbers::Counted,
    counts: Cache<i64>,
}

#[derive(Default)]
struct Writer {
    /// Where each report is in the rows.
    keys: HashMap<Code, i64>,
    /// Milliseconds UTC of the latest change that was read; `None` until everything was read once.
    seen: Option<i64>,
    names: Names,
    kinds: HashMap<Kind, u32>,
}

impl Map {
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }

    /// Tiles that were made already.
    pub fn tiles(&self) -> &Cache<Answer> {
        &self.tiles
    }

    /// Reports in which words were found already.
    pub fn words(&self) -> &Cache<Arc<BTreeSet<ServiceRequestId>>> {
        &self.words
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes from this moment on, milliseconds UTC, have not been read for certain.
    pub fn read_until(&self, now: Timestamp) -> i64 {
        self.writer().seen.map_or(0, |seen| read_again_from(seen, now))
    }

    /// Notes that all changes until this moment, milliseconds UTC, were read.
    pub fn have_read(&self, until: i64) {
        let mut writer = self.writer();
        writer.seen = writer.seen.max(Some(until));
        self.whole.store(true, Ordering::Release);
    }

    /// Everything was read once.
    pub fn is_whole(&self) -> bool {
        self.whole.load(Ordering::Acquire)
    }

    /// Takes in reports as they stand now; what did not change costs nothing.
    pub fn apply(&self, changed: &[Standing], pack: &Pack) {
        let mut writer = self.writer();
        let old = self.snapshot.load_full();
        let mut fresh: HashMap<Code, Row> = HashMap::with_capacity(changed.len());
        for standing in changed {
            if let Some(row) = writer.row(standing, pack) {
                fresh.insert(row.code, row);
            }
        }
        let mut gone: Vec<Key> = Vec::new();
        fresh.retain(|code, row| {
            let known = writer.keys.get(code).and_then(|key| old.rows.find((*key, *code)));
            let same = known == Some(row);
            if !same {
                gone.extend(known.map(Row::key));
            }
            !same
        });
        if fresh.is_empty() {
            return;
        }
        writer.keys.extend(fresh.values().map(|row| (row.code, row.key)));
        let mut added: Vec<Row> = fresh.into_values().collect();
        added.sort_unstable_by_key(Row::key);
        gone.sort_unstable();
        self.snapshot.store(Arc::new(Snapshot {
            version: old.version + 1,
            rows: old.rows.edited(&gone, &added),
            names: writer.names_since(&old.names),
            kinds: writer.kinds_since(&old.kinds),
        }));
    }
}

impl Writer {
    /// The names, anew only where some have come.
    fn names_since(&self, old: &Arc<Names>) -> Arc<Names> {
        let same = old.names.len() == self.names.names.len();
        if same { old.clone() } else { Arc::new(self.names.clone()) }
    }

    fn kinds_since(&self, old: &Arc<Vec<Kind>>) -> Arc<Vec<Kind>> {
        if old.len() == self.kinds.len() {
            return old.clone();
        }
        let mut kinds: Vec<(Kind, u32)> = self.kinds.iter().map(|(kind, n)| (*kind, *n)).collect();
        kinds.sort_unstable_by_key(|(_, number)| *number);
        Arc::new(kinds.into_iter().map(|(kind, _)| kind).collect())
    }

    fn row(&mut self, standing: &Standing, pack: &Pack) -> Option<Row> {
        let Some(code) = code_of(&standing.id) else {
            tracing::warn!(id = %standing.id, "too long a code for the map");
            return None;
        };
        let service = pack.service(&standing.service);
        let precision = service.map_or(Precision::Hidden, |service| service.precision);
        let precision = precision.at_best(standing.exactness);
        // What is not for everybody to know is not for anybody to count either.
        let told = |part| may_see(part, standing.openness, Audience::Public);
        let public = |part, name| if told(part) { name } else { "" };
        let coarse = precision == Precision::Area;
        let area = || pack.area(&standing.area).map(|area| area.centre).filter(|_| coarse);
        let point =
            public_point(standing.point, precision).or_else(area).filter(|_| told(Part::Place));
        let spot = point.map(Spot::of);
        let heir = pack.heir(&standing.area).map_or(standing.area.as_str(), |a| a.id.as_str());
        let outcome = |outcome| Outcome::ALL.iter().position(|other| *other == outcome);
        // The field it was filed under, as lists have it: a pack may move the service to another.
        let field = match (standing.field.as_str(), service) {
            ("", Some(service)) => service.field.as_str(),
            (field, _) => field,
        };
        let names = &mut self.names;
        let kind = Kind {
            field: names.number(public(Part::Field, field)),
            service: names.number(public(Part::Service, standing.service.as_str())),
            // What happened in an area that is no more counts for the one it went up in.
            area: names.number(public(Part::Area, heir)),
            agency: names.number(public(Part::Agency, standing.agency.as_str())),
            state: State::ALL.iter().position(|state| *state == standing.state).unwrap_or(0) as u8,
            outcome: standing.outcome.and_then(outcome).map_or(0, |n| n as u8 + 1),
            coarse,
        };
        let next = self.kinds.len() as u32;
        Some(Row {
            key: spot.map_or(NOWHERE, Spot::key),
            code,
            spot: spot.unwrap_or(Spot { x: 0, y: 0 }),
            received: seconds(standing.received_at),
            closed: standing.closed_at.map_or(0, seconds),
            due: standing.due_at.map_or(0, seconds),
            kind: *self.kinds.entry(kind).or_insert(next),
        })
    }
}

fn code_of(id: &ServiceRequestId) -> Option<Code> {
    let mut code = [0; CODE];
    code.get_mut(..id.as_str().len())?.copy_from_slice(id.as_str().as_bytes());
    Some(code)
}

fn id_of(code: &Code) -> Option<ServiceRequestId> {
    std::str::from_utf8(code).ok()?.trim_end_matches('\0').parse().ok()
}

#[cfg(test)]
mod tests;
