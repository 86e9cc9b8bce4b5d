//! All SQL of lists, put together from constant pieces so that each text is prepared once. A filter never finds by
//! what its reader may not see; what of a row is shown is decided in `view`.
//!
//! Tables: reads `service_request`.

use super::filter::{Filter, PageKey, Sort};
use super::{geo_store, search_store};
use crate::platform::db::{Conn, DbError, Engine, Select, Value, dialect};
use crate::service_request::store::{COLUMNS, to_request};
use domain::disclosure::{Audience, Openness, Part, may_see};
use domain::ids::{AgencyId, PersonId, ServiceRequestId};
use domain::service_request::{Outcome, ServiceRequest, State};
use jiff::Timestamp;

/// Metres by which a public place may lie away from the true one.
pub(super) const PLACE_SLACK_METRES: f64 = 100.0;
/// Whose list it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody: every report counts, but none is found by what is not public.
    Public,
    /// What this person sent.
    Reporter(PersonId),
    /// Staff: of one agency or of all; confidential reports or all others.
    Staff { agency: Option<AgencyId>, confidential: bool },
}

/// One page of a list, asked for.
#[derive(Debug, Clone)]
pub struct Listing<'a> {
    pub filter: &'a Filter,
    pub visibility: &'a Visibility,
    pub sort: Sort,
    pub after: Option<&'a PageKey>,
    pub limit: usize,
    /// Decides what is late.
    pub now: Timestamp,
}

/// A page of a list, and where the next one begins.
#[derive(Debug)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub next: Option<PageKey>,
}

/// The page, in the order of the list; a search by words runs by fit instead.
pub fn list(conn: &mut Conn<'_>, listing: &Listing<'_>) -> Result<Page<ServiceRequest>, DbError> {
    let filter = listing.filter;
    if let Some(text) = &filter.text {
        return search_store::search(conn, listing, text);
    }
    if filter.is_placed() {
        return geo_store::page(conn, listing, geo_store::LOOKED_AT);
    }
    let order = Order::of(listing.sort);
    let limit = listing.limit as i64 + 1;
    let select = statement(conn.engine(), listing, &order, limit);
    let mut rows = conn.query(&select.sql, &select.values, to_request)?;
    let more = rows.len() > listing.limit;
    rows.truncate(listing.limit);
    let next = rows
        .last()
        .filter(|_| more)
        .map(|last| PageKey { at: (order.key)(last), id: last.id.as_str().to_owned() });
    Ok(Page { rows, next })
}

/// One page by key, and one row more to know whether there is another page.
fn statement<'a>(engine: Engine, listing: &Listing<'a>, order: &Order, limit: i64) -> Select<'a> {
    let mut select = Select::new(format!("SELECT {COLUMNS} FROM service_request"));
    select.push(&dialect::indexed_by(engine, index(listing)));
    select.push(" WHERE ");
    select.narrow(listing);
    select.page(listing, order, limit);
    select
}

impl<'a> Select<'a> {
    /// So many rows of a list, in its order, from where its page begins.
    pub(super) fn page(&mut self, listing: &Listing<'a>, order: &Order, limit: i64) {
        let select = self;
        select.push(order.only);
        if let Some(key) = listing.after {
            select.push(&format!(
                " AND ({}, id) {} (",
                order.column,
                if order.descending { "<" } else { ">" }
            ));
            select.value(Value::Int(key.at));
            select.push(", ");
            select.value(Value::Text(&key.id));
            select.push(")");
        }
        let direction = if order.descending { "DESC" } else { "ASC" };
        select.push(&format!(" ORDER BY {} {direction}, id {direction} LIMIT ", order.column));
        select.value(Value::Int(limit));
    }
}

/// How many there are, counted no further than `most`.
pub fn count_up_to(conn: &mut Conn<'_>, listing: &Listing<'_>, most: i64) -> Result<i64, DbError> {
    if listing.filter.drawn.is_some() {
        return geo_store::count(conn, listing);
    }
    if let Some(text) = &listing.filter.text {
        return search_store::count(conn, listing, text);
    }
    let mut select = Select::new("SELECT COUNT(*) FROM (SELECT 1 FROM service_request WHERE ");
    select.narrow(listing);
    select.push(" LIMIT ");
    select.value(Value::Int(most));
    select.push(") AS found");
    conn.query_one(&select.sql, &select.values, |row| row.get(0))
}

/// Reports by their codes, in any order, as far as they exist.
pub fn by_ids(
    conn: &mut Conn<'_>,
    ids: &[ServiceRequestId],
) -> Result<Vec<ServiceRequest>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Select::new(format!("SELECT {COLUMNS} FROM service_request WHERE 1 = 1"));
    select.one_of("id", ids.iter().map(AsRef::as_ref));
    conn.query(&select.sql, &select.values, to_request)
}

/// A sort as SQL.
pub(super) struct Order {
    pub(super) column: &'static str,
    descending: bool,
    /// What the sort leaves out.
    only: &'static str,
    key: fn(&ServiceRequest) -> i64,
}

impl Order {
    pub(super) fn of(sort: Sort) -> Self {
        match sort {
            Sort::Newest => Self {
                column: "received_at",
                descending: true,
                only: "",
                key: |r| r.received_at.as_millisecond(),
            },
            Sort::Oldest => Self {
                column: "received_at",
                descending: false,
                only: "",
                key: |r| r.received_at.as_millisecond(),
            },
            Sort::Updated => Self {
                column: "updated_at",
                descending: true,
                only: "",
                key: |r| r.updated_at.as_millisecond(),
            },
            Sort::Due => Self {
                column: "due_at",
                descending: false,
                only: " AND closed_at IS NULL AND due_at IS NOT NULL",
                key: |r| r.due_at.map_or(0, Timestamp::as_millisecond),
            },
            Sort::Closed => Self {
                column: "closed_at",
                descending: true,
                only: " AND closed_at IS NOT NULL",
                key: |r| r.closed_at.map_or(0, Timestamp::as_millisecond),
            },
        }
    }
}

/// The index that leaves least to read: the narrowest column first, then the order of the list.
pub(super) fn index(listing: &Listing<'_>) -> &'static str {
    let filter = listing.filter;
    if matches!(listing.visibility, Visibility::Reporter(_)) {
        return "service_request_reporter";
    }
    match listing.sort {
        Sort::Updated => return "service_request_updated",
        Sort::Due => return "service_request_due",
        Sort::Closed => return "service_request_closed",
        Sort::Newest | Sort::Oldest => {}
    }
    let own_agency = matches!(listing.visibility, Visibility::Staff { agency: Some(_), .. });
    if filter.services.len() == 1 {
        "service_request_by_service"
    } else if filter.area.is_some() && filter.forebears.is_empty() {
        "service_request_by_area"
    } else if filter.agency.is_some() || own_agency {
        "service_request_by_agency"
    } else if filter.outcome.is_some_and(|outcome| outcome != Outcome::Fixed) {
        "service_request_by_outcome"
    } else if filter.field.is_some() {
        "service_request_by_field"
    } else if matches!(filter.states.as_slice(), [state] if *state != State::Closed) {
        "service_request_by_state"
    } else {
        "service_request_newest"
    }
}

/// What of a list its readers may see, and what narrows it, as conditions.
impl<'a> Select<'a> {
    /// All that narrows the list, but for places.
    pub(super) fn narrow_unplaced(&mut self, listing: &Listing<'a>) {
        let filter = listing.filter;
        self.push(visible(listing.visibility, filter));
        match listing.visibility {
            Visibility::Public => {}
            Visibility::Reporter(person) => self.and("reporter =", Value::Text(person.as_str())),
            Visibility::Staff { agency, .. } => {
                if let Some(agency) = agency {
                    self.and("agency =", Value::Text(agency.as_str()));
                }
            }
        }
        self.words(filter);
        self.times(filter, listing.now);
        if filter.is_placed() {
            self.push(" AND exactness <> 'area'");
        }
    }

    pub(super) fn narrow(&mut self, listing: &Listing<'a>) {
        self.narrow_unplaced(listing);
        let filter = listing.filter;
        for shape in filter.shapes() {
            self.lies_in("", shape.bounds(PLACE_SLACK_METRES));
        }
        if let Some(bounds) = filter.within {
            self.lies_in("", bounds);
        }
    }

    fn words(&mut self, filter: &'a Filter) {
        if let Some(field) = &filter.field {
            self.and("field =", Value::Text(field.as_str()));
        }
        match filter.services.as_slice() {
            [] => {}
            [service] => self.and("service =", Value::Text(service.as_str())),
            services => self.one_of("service", services.iter().map(AsRef::as_ref)),
        }
        if let Some(area) = &filter.area {
            if filter.forebears.is_empty() {
                self.and("area =", Value::Text(area.as_str()));
            } else {
                let areas: Vec<&str> =
                    filter.forebears.iter().chain([area]).map(AsRef::as_ref).collect();
                self.one_of("area", areas);
            }
        }
        if let Some(agency) = &filter.agency {
            self.and("agency =", Value::Text(agency.as_str()));
        }
        match filter.states.as_slice() {
            [] => {}
            [state] => self.and("state =", Value::Text(state.as_str())),
            states => self.one_of("state", states.iter().map(|state| state.as_str())),
        }
        if let Some(outcome) = filter.outcome {
            self.and("outcome =", Value::Text(outcome.as_str()));
            // An answer that is not published yet is no outcome.
            self.push(" AND closed_at IS NOT NULL");
        }
    }

    fn times(&mut self, filter: &Filter, now: Timestamp) {
        let bounds = [
            ("received_at >=", filter.received.from),
            ("received_at <", filter.received.to),
            ("updated_at >=", filter.updated.from),
            ("updated_at <", filter.updated.to),
            ("closed_at IS NULL AND due_at <", filter.late.then_some(now)),
        ];
        for (comparison, bound) in bounds {
            if let Some(at) = bound {
                self.and(comparison, Value::Int(at.as_millisecond()));
            }
        }
    }
}

/// Which reports a reader may find by this filter: those that show everybody all parts it asks about.
pub(super) fn visible(visibility: &Visibility, filter: &Filter) -> &'static str {
    match visibility {
        Visibility::Reporter(_) => "reporter IS NOT NULL",
        Visibility::Staff { confidential: true, .. } => "confidential = 1",
        Visibility::Staff { confidential: false, .. } => "confidential = 0",
        Visibility::Public => {
            let parts = filter.parts();
            let found =
                |openness| parts.iter().all(|part| may_see(*part, openness, Audience::Public));
            match (found(Openness::Private), found(Openness::Confidential), found(Openness::Hidden))
            {
                (true, true, true) => "1 = 1",
                (true, true, false) => "hidden IS NULL",
                (true, false, false) => "confidential = 0 AND hidden IS NULL",
                _ => "open_to_all = 1",
            }
        }
    }
}

impl Filter {
    /// It asks where something is.
    pub fn is_placed(&self) -> bool {
        self.near.is_some() || self.within.is_some() || self.drawn.is_some()
    }

    /// The parts of a report this filter asks about.
    pub fn parts(&self) -> Vec<Part> {
        let asked = [
            (self.field.is_some(), Part::Field),
            (!self.services.is_empty(), Part::Service),
            (self.area.is_some(), Part::Area),
            (self.agency.is_some() || self.late, Part::Agency),
            (self.text.is_some(), Part::Words),
            (self.is_placed(), Part::Place),
        ];
        asked.into_iter().filter_map(|(asks, part)| asks.then_some(part)).collect()
    }
}

#[cfg(test)]
#[path = "store_tests.rs"]
mod tests;
