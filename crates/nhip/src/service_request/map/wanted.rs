//! What of the picture is asked for: a filter in the units of the rows.

use super::rows::{Code, Kind, Piece, Row};
use super::{Names, Snapshot, code_of, seconds};
use crate::service_request::list::filter::Filter;
use domain::ids::ServiceRequestId;
use domain::place::mercator::Spot;
use domain::place::outline::Shape;
use domain::service_request::{Outcome, State};
use jiff::Timestamp;
use std::collections::{BTreeSet, HashSet};

/// A filter as it is asked; whoever asks for words brings the reports in which they stand.
#[derive(Debug, Clone, Copy)]
pub struct Asks<'a> {
    pub filter: &'a Filter,
    pub found: Option<&'a BTreeSet<ServiceRequestId>>,
    pub now: Timestamp,
}

/// The same, ready to be put to every row.
pub(super) struct Wanted {
    field: Option<u16>,
    services: Vec<u16>,
    area: Option<u16>,
    agency: Option<u16>,
    states: u8,
    outcome: u8,
    late: bool,
    from: u32,
    to: u32,
    found: Option<HashSet<Code>>,
    pub now: u32,
    /// What a place must lie in; one that stands only for its area lies in none.
    pub shapes: Vec<Shape>,
    /// Only what has a place of its own.
    pub placed_only: bool,
    /// Every kind of report passes.
    any_kind: bool,
    /// Nothing but the kind decides.
    kind_decides: bool,
    /// What was decided of each kind: 0 nothing yet, 1 no, 2 yes.
    decided: Vec<u8>,
}

impl Wanted {
    /// `None` when it asks for codes that no report has.
    pub fn of(asks: &Asks<'_>, snapshot: &Snapshot) -> Option<Self> {
        let (filter, names) = (asks.filter, &snapshot.names);
        let number = |code: Option<&str>| one(names, code);
        let place = |state: &State| State::ALL.iter().position(|other| other == state).unwrap_or(0);
        let states = match filter.states.as_slice() {
            [] => u8::MAX,
            states => states.iter().fold(0, |set, state| set | 1 << place(state)),
        };
        let outcome = |wanted: Outcome| Outcome::ALL.iter().position(|other| *other == wanted);
        let services: Vec<u16> =
            filter.services.iter().filter_map(|code| names.find(code.as_str())).collect();
        if services.is_empty() && !filter.services.is_empty() {
            return None;
        }
        let mut wanted = Self {
            field: number(filter.field.as_ref().map(AsRef::as_ref))?,
            services,
            area: number(filter.area.as_ref().map(AsRef::as_ref))?,
            agency: number(filter.agency.as_ref().map(AsRef::as_ref))?,
            states,
            outcome: filter.outcome.and_then(outcome).map_or(0, |n| n as u8 + 1),
            late: filter.late,
            from: filter.received.from.map_or(0, seconds),
            to: filter.received.to.map_or(u32::MAX, seconds),
            found: asks.found.map(|ids| ids.iter().filter_map(code_of).collect()),
            now: seconds(asks.now),
            placed_only: !filter.shapes().is_empty(),
            shapes: filter.shapes(),
            any_kind: false,
            kind_decides: false,
            decided: vec![0; snapshot.kinds.len()],
        };
        wanted.any_kind = wanted.field.is_none()
            && wanted.services.is_empty()
            && wanted.area.is_none()
            && wanted.agency.is_none()
            && wanted.states == u8::MAX
            && wanted.outcome == 0;
        let timeless = wanted.from == 0 && wanted.to == u32::MAX && !wanted.late;
        wanted.kind_decides = timeless && wanted.found.is_none();
        Some(wanted)
    }

    /// It narrows nothing.
    pub fn is_everything(&self) -> bool {
        self.any_kind && self.kind_decides && !self.placed_only
    }

    /// The places in a piece of what is asked for; `asks` whether each one lies in the shapes.
    pub fn among(
        &mut self,
        (piece, asks): (&Piece<'_>, bool),
        kinds: &[Kind],
        mut found: impl FnMut(usize),
    ) {
        let columns = piece.kinds.iter().zip(piece.received).zip(piece.owed).enumerate();
        for (place, ((kind, received), owed)) in columns {
            let passes = self.passes_kind(*kind, kinds)
                && (self.kind_decides
                    || (self.from..self.to).contains(received)
                        && (!self.late || *owed < self.now)
                        && self.is_found(piece.rows.get(place)))
                && (!asks || self.is_inside(piece.spots.get(place)));
            if passes {
                found(place);
            }
        }
    }

    fn is_inside(&self, spot: Option<&Spot>) -> bool {
        let point = spot.and_then(|spot| spot.point());
        point.is_some_and(|point| self.shapes.iter().all(|shape| shape.holds(point)))
    }

    fn is_found(&self, row: Option<&Row>) -> bool {
        let stands = |found: &HashSet<Code>| row.is_some_and(|row| found.contains(&row.code));
        self.found.as_ref().is_none_or(stands)
    }

    fn passes_kind(&mut self, number: u32, kinds: &[Kind]) -> bool {
        if self.any_kind && !self.placed_only {
            return true;
        }
        let number = number as usize;
        match self.decided.get(number) {
            Some(0) => {
                let fits = kinds.get(number).is_some_and(|kind| self.fits(kind));
                if let Some(decided) = self.decided.get_mut(number) {
                    *decided = 1 + u8::from(fits);
                }
                fits
            }
            decided => decided == Some(&2),
        }
    }

    fn fits(&self, kind: &Kind) -> bool {
        let closed = State::ALL.iter().position(|state| *state == State::Closed);
        let is_closed = closed == Some(usize::from(kind.state));
        self.states & (1 << kind.state) != 0
            && !(self.placed_only && kind.coarse)
            && self.field.is_none_or(|field| field == kind.field)
            && (self.services.is_empty() || self.services.contains(&kind.service))
            && self.area.is_none_or(|area| area == kind.area)
            && self.agency.is_none_or(|agency| agency == kind.agency)
            && (self.outcome == 0 || self.outcome == kind.outcome && is_closed)
    }
}

/// The number of a name; a name that nobody has narrows to nothing.
fn one(names: &Names, code: Option<&str>) -> Option<Option<u16>> {
    code.map_or(Some(None), |code| names.find(code).map(Some))
}
