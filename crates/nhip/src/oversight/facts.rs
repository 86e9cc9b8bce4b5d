//! The facts behind all numbers, in memory: a small row per report, with the rounds it has left behind it.
//!
//! The database stays the truth; this is a copy that is at most a second old on every node (`jobs.rs` reads what
//! changed), as the map has one. A row holds of a report only what everybody may see of it (`domain::disclosure`): so no
//! number can tell more than the reports it counts, and everybody can count them again from the open data.
//! `docs/adr/0006-numbers-in-memory.md` says why not in SQL.

use super::again::Grid;
use super::period;
use super::scorecard::{Piece, Scope};
use super::store::{PastPromise, PastRound, Round, Stood};
use crate::platform::clock::read_again_from;
use crate::service_request::list::filter::start_of_day;
use domain::disclosure::{Audience, Openness, Part, may_see};
use domain::ids::EventId;
use domain::pack::Pack;
use domain::place::Point;
use domain::service::Precision;
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, Rating, State};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard};

/// Characters of a code that fit; ours have 8.
const CODE: usize = 16;
/// Beyond so many new rows it is quicker to look at all of them again for what was reported again.
const MANY: usize = 2_000;

/// A round, as far as everybody may know it. Instants are milliseconds UTC; words are numbers of [`Words`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fact {
    pub due: Option<i64>,
    pub closed: Option<i64>,
    pub planned: Option<Date>,
    pub agency: u16,
    pub refusal: u16,
    pub outcome: Option<Outcome>,
    pub rating: Option<Rating>,
    /// Something was reported near by soon after it was closed.
    pub again: bool,
}

/// A round that is over, and when and how it was left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Over {
    pub round: Fact,
    pub left: i64,
    pub left_by: Verb,
}

/// A promise that was kept or broken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settled {
    pub agency: u16,
    pub day: Date,
    pub kept: bool,
}

/// A report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    code: [u8; CODE],
    /// Of the report, to find out whether it is the newest.
    version: i64,
    pub received: i64,
    pub accepted: Option<i64>,
    pub responded: Option<i64>,
    pub round: Fact,
    /// Where everybody may know that it is.
    point: Option<Point>,
    pub field: u16,
    pub area: u16,
    pub state: State,
    pub own_staff: bool,
    /// Its rating is public.
    pub echoes: bool,
    /// What happened to it before is public.
    pub steps: bool,
}

impl Over {
    /// As openly as the report is shown now.
    #[must_use]
    pub fn masked(mut self, row: &Row) -> Self {
        if row.round.agency == 0 {
            (self.round.agency, self.round.due) = (0, None);
        }
        if !row.echoes {
            (self.round.rating, self.round.refusal, self.round.planned) = (None, 0, None);
        }
        self
    }
}

impl Row {
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or_default().trim_end_matches('\0')
    }
}

/// Codes as numbers, from 1; 0 stands for what is not told.
#[derive(Debug, Clone, Default)]
pub struct Words {
    numbers: HashMap<String, u16>,
    words: Vec<String>,
}

impl Words {
    fn number(&mut self, word: &str) -> u16 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        self.words.push(word.to_owned());
        let number = u16::try_from(self.words.len()).unwrap_or(u16::MAX);
        self.numbers.insert(word.to_owned(), number);
        number
    }
    pub fn find(&self, word: &str) -> Option<u16> {
        self.numbers.get(word).copied()
    }
    pub fn word(&self, number: u16) -> &str {
        usize::from(number)
            .checked_sub(1)
            .and_then(|n| self.words.get(n))
            .map_or("", String::as_str)
    }
}

/// Everything, as it stood at one moment.
#[derive(Debug, Default)]
pub struct Book {
    pub rows: Vec<Row>,
    pub words: Words,
    past: HashMap<u32, Vec<Over>>,
    settled: HashMap<u32, Vec<Settled>>,
    /// Promises that stand in `settled`: what is read again counts once.
    known: HashSet<EventId>,
    places: HashMap<[u8; CODE], u32>,
    grid: Grid,
    /// Rows that came or changed since [`Book::settle`].
    fresh: Vec<u32>,
    /// Milliseconds UTC of the latest change that was read; `None` until everything was read once.
    seen: Option<i64>,
}

/// The book, and the lock around it.
#[derive(Default)]
pub struct Facts {
    book: RwLock<Book>,
    /// The newest count of the last days and its second, kept for a few: a busy front page counts no more often than a
    /// quiet one.
    lately: Mutex<Option<(i64, Arc<Vec<Piece>>)>>,
}

const GOOD_FOR_SECONDS: i64 = 5;

impl Facts {
    pub fn read(&self) -> RwLockReadGuard<'_, Book> {
        self.book.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes from this moment on, milliseconds UTC, have not been read for certain. A change that calls itself younger
    /// than `now` hides none that come after it: it was written by a clock that is wrong.
    pub fn read_until(&self, now: Timestamp) -> i64 {
        self.read().seen.map_or(0, |seen| read_again_from(seen, now))
    }

    /// Notes that all changes until this moment, milliseconds UTC, were read and settled.
    pub fn have_read(&self, until: i64) {
        let mut book = self.book.write().unwrap_or_else(PoisonError::into_inner);
        book.seen = book.seen.max(Some(until));
    }

    /// Everything was read once; before, numbers are those of a part.
    pub fn is_whole(&self) -> bool {
        self.read().seen.is_some()
    }

    /// The last days, day by day, the oldest first, as every page of numbers counts them; at most a few seconds old.
    pub fn lately(&self, pack: &Pack, now: Timestamp, days: i64) -> Arc<Vec<Piece>> {
        let mut counted = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, lately)) = counted.as_ref()
            && (0..GOOD_FOR_SECONDS).contains(&(now.as_second() - at))
        {
            return lately.clone();
        }
        let last = pack.local_date(now);
        let first = last.saturating_sub(Span::new().days(days - 1));
        let starts = (0..=days).filter_map(|n| start_of_day(pack, first, n));
        let starts: Vec<i64> = starts.map(Timestamp::as_millisecond).collect();
        let window = period::window(pack, first, last, now);
        let count = |window| self.read().pieces(&Scope::default(), &window, &starts);
        let lately = Arc::new(window.map_or_else(Vec::new, count));
        *counted = Some((now.as_second(), lately.clone()));
        lately
    }

    /// Takes in reports as they stand now; answers those of which it had another version, or none.
    pub fn apply<'s>(&self, changed: &'s [Stood], pack: &Pack) -> Vec<&'s Stood> {
        let mut book = self.book.write().unwrap_or_else(PoisonError::into_inner);
        changed.iter().filter(|stood| book.put(stood, pack)).collect()
    }

    /// Takes in rounds that were left and promises that were settled, after the reports they belong to, and finds what was
    /// reported again.
    pub fn settle(&self, left: &[PastRound], promises: &[PastPromise]) {
        let mut book = self.book.write().unwrap_or_else(PoisonError::into_inner);
        for past in left {
            book.leave(past);
        }
        for promise in promises {
            book.settle_promise(promise);
        }
        book.settle();
    }
}

fn code_of(text: &str) -> Option<[u8; CODE]> {
    let mut code = [0; CODE];
    let place = code.get_mut(..text.len())?;
    place.copy_from_slice(text.as_bytes());
    Some(code)
}

fn openness(stood: &Stood) -> Openness {
    match (stood.hidden, stood.confidential, stood.public) {
        (true, _, _) => Openness::Hidden,
        (false, true, _) => Openness::Confidential,
        (false, false, true) => Openness::Open,
        (false, false, false) => Openness::Private,
    }
}

impl Book {
    pub fn place(&self, code: &str) -> Option<usize> {
        self.places.get(&code_of(code)?).map(|n| *n as usize)
    }

    /// How many reports there are, and their versions added up: what the database must say too.
    pub fn totals(&self) -> (i64, i64) {
        (self.rows.len() as i64, self.rows.iter().map(|row| row.version).sum())
    }

    pub fn past(&self, row: usize) -> &[Over] {
        u32::try_from(row).ok().and_then(|row| self.past.get(&row)).map_or(&[], Vec::as_slice)
    }

    /// Whether this version of it is news.
    fn put(&mut self, stood: &Stood, pack: &Pack) -> bool {
        let Some(code) = code_of(stood.id.as_str()) else {
            tracing::warn!(id = %stood.id, "too long a code for the numbers");
            return false;
        };
        let row = self.row(code, stood, pack);
        let known = self.places.get(&code).copied();
        if let Some(n) = known
            && let Some(old) = self.rows.get_mut(n as usize)
        {
            // What was read late may be older than what is here.
            if row.version < old.version {
                return false;
            }
            // `again` is found anew below; all else must differ to matter.
            let (again, version) = (old.round.again, old.version);
            old.version = row.version;
            if (Row { round: Fact { again, ..row.round }, ..row }) == *old {
                return row.version > version;
            }
            let before = std::mem::replace(old, row);
            if let Some(point) = before.point {
                self.grid.take(before.field, point, n);
            }
        }
        let n = known.unwrap_or_else(|| {
            let n = self.rows.len() as u32;
            self.rows.push(row);
            self.places.insert(code, n);
            n
        });
        if let Some(point) = row.point {
            self.grid.put(row.field, point, row.received, n);
        }
        self.fresh.push(n);
        true
    }

    fn row(&mut self, code: [u8; CODE], stood: &Stood, pack: &Pack) -> Row {
        let sees = Sees::of(stood, pack);
        // What happened in an area that is no more counts for the one it went up in.
        let heir = pack.heir(&stood.area).map_or(stood.area.as_str(), |area| area.id.as_str());
        let service = pack.service(&stood.service);
        // Of a service that the pack has no longer, the field it was last known in.
        let field = service.map_or(stood.field.as_str(), |service| service.field.as_str());
        let mut round = self.fact(&stood.round);
        sees.mask(&mut round);
        if stood.state != State::Closed {
            (round.closed, round.outcome, round.rating, round.planned) = (None, None, None, None);
        }
        let ms = |at: Option<Timestamp>| at.filter(|_| sees.steps).map(Timestamp::as_millisecond);
        Row {
            code,
            version: stood.version,
            received: stood.received_at.as_millisecond(),
            accepted: ms(stood.accepted_at),
            responded: ms(stood.responded_at),
            round,
            point: Some(stood.point).filter(|_| sees.place),
            field: if sees.field { self.words.number(field) } else { 0 },
            area: if sees.area { self.words.number(heir) } else { 0 },
            state: stood.state,
            own_staff: sees.agency && stood.by_own_staff,
            echoes: sees.echo,
            steps: sees.steps,
        }
    }

    fn fact(&mut self, round: &Round) -> Fact {
        Fact {
            due: round.due_at.map(Timestamp::as_millisecond),
            closed: round.closed_at.map(Timestamp::as_millisecond),
            planned: round.planned_for,
            agency: self.words.number(round.agency.as_str()),
            refusal: round.refusal_code.as_deref().map_or(0, |code| self.words.number(code)),
            outcome: round.outcome,
            rating: round.rating,
            again: false,
        }
    }

    pub fn settled(&self, row: usize) -> &[Settled] {
        u32::try_from(row).ok().and_then(|row| self.settled.get(&row)).map_or(&[], Vec::as_slice)
    }

    fn settle_promise(&mut self, promise: &PastPromise) {
        let code = code_of(promise.request.as_str());
        let Some(n) = code.and_then(|code| self.places.get(&code).copied()) else { return };
        let agency = self.words.number(promise.agency.as_str());
        let settled = Settled { agency, day: promise.day, kept: promise.kept };
        if self.known.insert(promise.id.clone()) {
            self.settled.entry(n).or_default().push(settled);
        }
    }

    fn leave(&mut self, past: &PastRound) {
        let Some(n) =
            code_of(past.request.as_str()).and_then(|code| self.places.get(&code).copied())
        else {
            return;
        };
        let round = self.fact(&past.round);
        let over = Over { round, left: past.left_at.as_millisecond(), left_by: past.left_by };
        let overs = self.past.entry(n).or_default();
        let same = |old: &Over| (old.left, old.left_by) == (over.left, over.left_by);
        if !overs.iter().any(same) {
            overs.push(over);
            overs.sort_by_key(|over| (over.left, over.round.closed));
            self.fresh.push(n);
        }
    }

    /// Finds what was reported again, for the fresh rows and for those they put in doubt.
    fn settle(&mut self) {
        let fresh = std::mem::take(&mut self.fresh);
        if fresh.len() > MANY {
            (0..self.rows.len() as u32).for_each(|n| self.look_again(n));
            return;
        }
        for n in fresh {
            self.look_again(n);
            let Some(row) = self.rows.get(n as usize) else { continue };
            let earlier = row.point.map(|point| self.grid.before(row.field, point, row.received));
            earlier.into_iter().flatten().for_each(|earlier| self.look_again(earlier));
        }
    }

    fn look_again(&mut self, n: u32) {
        let Self { rows, past, grid, .. } = self;
        let Some(row) = rows.get_mut(n as usize) else { return };
        let (field, point) = (row.field, row.point);
        let again = |closed: Option<i64>| {
            let (Some(point), Some(closed)) = (point, closed) else { return false };
            grid.reported_after(field, point, closed, n)
        };
        row.round.again = again(row.round.closed);
        for over in past.get_mut(&n).into_iter().flatten() {
            over.round.again = again(over.round.closed);
        }
    }
}

/// Which parts of a report everybody sees.
struct Sees {
    field: bool,
    area: bool,
    agency: bool,
    place: bool,
    texts: bool,
    echo: bool,
    steps: bool,
}

impl Sees {
    fn of(stood: &Stood, pack: &Pack) -> Self {
        let precision = pack.service(&stood.service).map_or(Precision::Area, |s| s.precision);
        let openness = openness(stood);
        let sees = |part| may_see(part, openness, Audience::Public);
        Self {
            field: sees(Part::Field),
            area: sees(Part::Area) && precision != Precision::Hidden,
            agency: sees(Part::Agency),
            place: sees(Part::Place)
                && matches!(
                    precision.at_best(stood.exactness),
                    Precision::Exact | Precision::Street
                ),
            texts: sees(Part::Texts),
            echo: sees(Part::Echo),
            steps: sees(Part::Steps),
        }
    }

    fn mask(&self, round: &mut Fact) {
        if !self.agency {
            (round.agency, round.due) = (0, None);
        }
        if !self.texts {
            (round.refusal, round.planned) = (0, None);
        }
        if !self.echo {
            round.rating = None;
        }
    }
}
