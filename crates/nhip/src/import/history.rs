//! Turns a row into a report as it would stand had it come in here: its life as events, each at its time.

use super::data::Fields;
use super::map::Understood;
use super::{Reject, slug};
use crate::area::Locator;
use crate::platform::ctx::Ids;
use crate::platform::limits;
use crate::service_request::action::submit;
use domain::actor::{Actor, Role, Visibility};
use domain::case::CaseRef;
use domain::case::Event;
use domain::ids::{self, AgencyId, AreaId, EventId, ServiceCode};
use domain::localized::Localized;
use domain::pack::Pack;
use domain::place::{Exactness, Point};
use domain::service_request::event::EventData;
use domain::service_request::workflow::Verb;
use domain::service_request::{Channel, ServiceRequest, State};
use jiff::Timestamp;
use jiff::civil::DateTime;
use std::collections::HashMap;

/// A report with its events and its words for search, ready to be written.
pub struct Ready {
    pub key: String,
    pub report: ServiceRequest,
    pub events: Vec<Event<ServiceRequest>>,
    pub words: String,
}

/// Everything a row is read against.
pub struct Reading<'a> {
    pub pack: &'a Pack,
    pub map: &'a Understood,
    pub names: Names,
    pub locator: &'a Locator,
    pub ids: &'a Ids,
    pub now: Timestamp,
    /// Local times that happened twice (taken as the first pass) or never (taken as the change itself).
    pub doubtful_times: u64,
}

/// How the data may call what the pack has: by code or by name in any language.
#[derive(Default)]
pub struct Names {
    services: HashMap<String, ServiceCode>,
    agencies: HashMap<String, AgencyId>,
    areas: HashMap<String, AreaId>,
}

impl Names {
    pub fn of(pack: &Pack) -> Self {
        fn put<T: Clone + AsRef<str>>(to: &mut HashMap<String, T>, code: &T, name: &Localized) {
            for words in name.0.values() {
                to.entry(slug(words)).or_insert_with(|| code.clone());
            }
            to.insert(slug(code.as_ref()), code.clone());
        }
        let mut names = Self::default();
        pack.services.iter().for_each(|s| put(&mut names.services, &s.code, &s.name));
        pack.agencies.iter().for_each(|a| put(&mut names.agencies, &a.id, &a.name));
        pack.areas.iter().for_each(|a| put(&mut names.areas, &a.id, &a.name));
        names
    }
    pub fn service(&self, name: &str) -> Option<&ServiceCode> {
        self.services.get(&slug(name))
    }
    pub fn agency(&self, name: &str) -> Option<&AgencyId> {
        self.agencies.get(&slug(name))
    }
    pub fn area(&self, name: &str) -> Option<&AreaId> {
        self.areas.get(&slug(name))
    }
}

/// A cell without the blanks around it.
pub fn cell(row: &Fields, column: Option<usize>) -> &str {
    column.and_then(|n| row.get(n)).map_or("", str::trim)
}

pub fn point(row: &Fields, map: &Understood) -> Result<Point, Reject> {
    let (lat, long) = (cell(row, Some(map.columns.lat)), cell(row, Some(map.columns.long)));
    if lat.is_empty() || long.is_empty() {
        return Err(Reject::new("it has no place", ""));
    }
    Point::parse(lat, long).map_err(|e| Reject::new("its place is no point", e.to_string()))
}

impl Reading<'_> {
    pub fn row(&mut self, row: &Fields) -> Result<Ready, Reject> {
        if row.iter().any(|cell| cell.contains('\0')) {
            return Err(Reject::new("it has a NUL character", ""));
        }
        let columns = &self.map.columns;
        let key = cell(row, Some(columns.id));
        if key.is_empty() {
            return Err(Reject::new("it has no id", ""));
        }
        let (opened, due, closed) = self.times(row)?;
        let mut report = self.place_and_service(row, opened)?;
        report.due_at = due;
        report.channel =
            self.map.channel.get(cell(row, columns.channel)).copied().unwrap_or(Channel::Import);
        report.language.clone_from(&self.map.language);
        self.describe(row, &mut report)?;
        let note = cell(row, columns.note);
        if note.chars().count() > limits::DESCRIPTION_CHARS {
            return Err(Reject::new("its closing note is too long", ""));
        }
        let events = self.live(&mut report, closed, note)?;
        let words = format!("{} {}", submit::words(&report), domain::text::fold(key));
        Ok(Ready { key: key.to_owned(), report, events, words })
    }

    /// Opened, due and, when the row is closed, closed.
    fn times(
        &mut self,
        row: &Fields,
    ) -> Result<(Timestamp, Option<Timestamp>, Option<Timestamp>), Reject> {
        let columns = &self.map.columns;
        let opened = self
            .instant(cell(row, Some(columns.opened)))?
            .ok_or_else(|| Reject::new("it has no opening time", ""))?;
        let due = self.instant(cell(row, columns.due))?;
        let closed = self.instant(cell(row, columns.closed))?;
        if opened > self.now || closed.is_some_and(|at| at > self.now) {
            return Err(Reject::new("it lies in the future", ""));
        }
        let status = cell(row, columns.status);
        let is_closed = if columns.status.is_none() {
            closed.is_some()
        } else if self.map.status.closed.iter().any(|word| word == status) {
            true
        } else if self.map.status.open.iter().any(|word| word == status) {
            false
        } else {
            return Err(Reject::new("its status is not in the map", status));
        };
        match (is_closed, closed) {
            (true, None) => Err(Reject::new("it is closed, but has no closing time", "")),
            (true, Some(at)) if at < opened => {
                Err(Reject::new("it was closed before it was opened", ""))
            }
            (true, Some(at)) => Ok((opened, due, Some(at))),
            (false, Some(_)) => Err(Reject::new("it is open, but has a closing time", "")),
            (false, None) => Ok((opened, due, None)),
        }
    }

    /// A local time of the data's zone; an empty cell is none.
    fn instant(&mut self, text: &str) -> Result<Option<Timestamp>, Reject> {
        if text.is_empty() {
            return Ok(None);
        }
        let local = self
            .map
            .dates
            .iter()
            .find_map(|format| DateTime::strptime(format, text).ok())
            .ok_or_else(|| Reject::new("a time is in none of the map's formats", text))?;
        let possible = self.map.zone.to_ambiguous_timestamp(local);
        self.doubtful_times += u64::from(possible.is_ambiguous());
        let instant = possible
            .earlier()
            .map_err(|_| Reject::new("a time lies outside the calendar", text))?;
        Ok(Some(instant))
    }

    fn place_and_service(&self, row: &Fields, opened: Timestamp) -> Result<ServiceRequest, Reject> {
        let (columns, pack) = (&self.map.columns, self.pack);
        let name = cell(row, Some(columns.service));
        let service = self
            .names
            .service(name)
            .and_then(|code| pack.service(code))
            .ok_or_else(|| Reject::new("its service is not in the pack", name))?;
        let point = point(row, self.map)?;
        let located = self
            .locator
            .locate(pack, point)
            .map_err(|_| Reject::new("its place is outside the city", ""))?;
        let (area, approximate) = match cell(row, columns.area) {
            "" => (located.area, located.approximate),
            name => {
                let area = self.names.area(name);
                (
                    area.ok_or_else(|| Reject::new("its area is not in the pack", name))?.clone(),
                    false,
                )
            }
        };
        let agency = match cell(row, columns.agency) {
            "" => pack.area(&area).map(|area| pack.route(service, area)),
            name => Some(
                self.names
                    .agency(name)
                    .ok_or_else(|| Reject::new("its agency is not in the pack", name))?
                    .clone(),
            ),
        };
        let agency = agency.ok_or_else(|| Reject::new("nobody answers for it", ""))?;
        let report =
            ServiceRequest::received(self.ids.code(), service, area, agency, point, opened);
        // Whoever had no place for it wrote down the middle of the area.
        let middle = pack.area(&report.area).is_some_and(|area| area.centre == point);
        let exactness = if middle { Exactness::Area } else { self.map.exactness };
        Ok(ServiceRequest { area_approximate: approximate, exactness, ..report })
    }

    /// The words of the row; without any, the name of its service, which is all the data say.
    fn describe(&self, row: &Fields, report: &mut ServiceRequest) -> Result<(), Reject> {
        let columns = &self.map.columns;
        let words = match cell(row, columns.description) {
            "" => cell(row, Some(columns.service)),
            words => words,
        };
        let (description, address) =
            submit::check_words(words, Some(cell(row, columns.address)))
                .map_err(|refusal| Reject::new("its words cannot be taken", refusal.to_string()))?;
        report.description = description;
        report.address = address;
        Ok(())
    }

    /// Submitted and accepted when it was opened, answered and published when it was closed.
    fn live(
        &self,
        report: &mut ServiceRequest,
        closed: Option<Timestamp>,
        note: &str,
    ) -> Result<Vec<Event<ServiceRequest>>, Reject> {
        let opened = report.received_at;
        let mut events = Vec::with_capacity(4);
        let data = EventData {
            channel: Some(report.channel),
            agency: Some(report.agency.clone()),
            due_at: report.due_at,
            ..EventData::default()
        };
        self.push(&mut events, report, Verb::Submit, Role::Reporter, opened, data)?;
        report.state = State::Assigned;
        report.procedure = self.pack.service(&report.service).map(|s| s.procedure.clone());
        let day = self.pack.local_date(opened);
        report.procedure_version = report
            .procedure
            .as_ref()
            .and_then(|code| self.pack.procedure(code, day))
            .map(|p| p.version);
        report.accepted_at = Some(opened);
        report.responded_at = Some(opened);
        let data = EventData { agency: Some(report.agency.clone()), ..EventData::default() };
        self.push(&mut events, report, Verb::Accept, Role::Operator, opened, data.clone())?;
        if let Some(closed) = closed {
            report.state = State::InReview;
            report.outcome = Some(self.map.outcome);
            let text = (!note.is_empty()).then(|| note.to_owned());
            let answer = EventData { outcome: report.outcome, text, ..data };
            self.push(&mut events, report, Verb::Answer, Role::Officer, closed, answer)?;
            report.state = State::Closed;
            let data = EventData { outcome: report.outcome, ..EventData::default() };
            self.push(&mut events, report, Verb::Publish, Role::Reviewer, closed, data)?;
            report.answered_at = Some(closed);
            report.closed_at = Some(closed);
            report.updated_at = closed;
        }
        report.version = events.len() as i64;
        Ok(events)
    }

    /// Adds an event that leads to the report's state. Ids sort as the events happened, even within a millisecond.
    fn push(
        &self,
        events: &mut Vec<Event<ServiceRequest>>,
        report: &ServiceRequest,
        verb: Verb,
        role: Role,
        at: Timestamp,
        data: EventData,
    ) -> Result<(), Reject> {
        let place = (events.len() as u128) << 76;
        let random = place | (self.ids.random() & ((1 << 76) - 1));
        let id = EventId::try_from(ids::time_ordered(at.as_millisecond(), random))
            .map_err(|e| Reject::new("its time makes no id", e.to_string()))?;
        let from = events.last().map(|event| event.to);
        let agency = (role == Role::Officer).then(|| report.agency.clone());
        events.push(Event {
            id,
            case: CaseRef::from(&report.id),
            seq: events.len() as i64 + 1,
            at,
            verb,
            actor: Actor { role, account: None, agency },
            from,
            to: report.state,
            attempt: 1,
            visibility: Visibility::Public,
            data,
        });
        Ok(())
    }
}
