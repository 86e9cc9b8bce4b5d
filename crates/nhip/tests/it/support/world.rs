//! A small named world: the harbour town, its clock, and reports that are what a test says they are.

use domain::actor::Actor;
use domain::ids::{AreaId, ServiceCode, ServiceRequestId};
use domain::place::Point;
use domain::service_request::{Outcome, ServiceRequest, State};
use jiff::{SignedDuration, Timestamp};
use nhip::platform::ctx::{Ctx, Ids};
use nhip::platform::db::Db;
use nhip::platform::error::Error;
use nhip::service_request::action::submit;
use nhip::service_request::list::search_store;
use nhip::service_request::store;

/// A Wednesday afternoon in the harbour town.
pub fn now() -> Timestamp {
    "2026-11-25T14:00:00+01:00".parse().unwrap()
}

pub use crate::support::ctx::harbour;

pub fn ctx(actor: Actor) -> Ctx {
    Ctx { now: now(), actor, ids: Ids::seeded(1), pack: harbour() }
}

/// A report in the making: `a_report("POTHOLE1", "pothole").in_state(State::Assigned)`.
pub struct Made(pub ServiceRequest);

/// Received an hour ago in the Old Town; an ordinary one, open to all.
pub fn a_report(code: &str, service: &str) -> Made {
    let pack = harbour();
    let service = pack.service(&ServiceCode::parse(service).unwrap()).unwrap();
    let area = pack.area(&AreaId::parse("old-town").unwrap()).unwrap();
    let at = now() - SignedDuration::from_hours(1);
    let id = ServiceRequestId::parse(code).unwrap();
    let mut report = ServiceRequest::received(
        id,
        service,
        area.id.clone(),
        pack.route(service, area),
        area.centre,
        at,
    );
    report.description = format!("Words of {code}");
    report.language = "en".to_owned();
    report.due_at = Some(now() + SignedDuration::from_hours(48));
    Made(report)
}

impl Made {
    pub fn hours_ago(mut self, hours: i64) -> Self {
        self.0.received_at = now() - SignedDuration::from_hours(hours);
        self.0.updated_at = self.0.received_at;
        self.0.clock_from = Some(self.0.received_at);
        self
    }
    pub fn in_area(mut self, area: &str) -> Self {
        let pack = harbour();
        let area = pack.area(&AreaId::parse(area).unwrap()).unwrap();
        (self.0.area, self.0.point) = (area.id.clone(), area.centre);
        self.0.agency = pack.route(pack.service(&self.0.service).unwrap(), area);
        self
    }
    pub fn at(mut self, lat: f64, long: f64) -> Self {
        self.0.point = Point::new(lat, long).unwrap();
        self
    }
    pub fn in_state(mut self, state: State) -> Self {
        self.0.state = state;
        self
    }
    pub fn closed(mut self, outcome: Outcome) -> Self {
        self.0.state = State::Closed;
        self.0.outcome = Some(outcome);
        self.0.closed_at = Some(self.0.received_at + SignedDuration::from_mins(30));
        self
    }
    pub fn saying(mut self, words: &str) -> Self {
        self.0.description = words.to_owned();
        self
    }
    pub fn private(mut self) -> Self {
        self.0.public = false;
        self
    }
    pub fn hidden(mut self, reason: &str) -> Self {
        self.0.hidden = Some(reason.to_owned());
        self
    }
    /// Past its deadline by an hour.
    pub fn late(mut self) -> Self {
        self.0.due_at = Some(now() - SignedDuration::from_hours(1));
        self
    }
}

/// Writes them as they are, with their words for search.
pub async fn put(db: &Db, made: impl IntoIterator<Item = Made>) {
    let reports: Vec<_> = made.into_iter().map(|made| made.0).collect();
    let ctx = ctx(Actor::system());
    let written = db.write(move |conn| {
        for report in &reports {
            store::insert(conn, &ctx, report)?;
            store::save(conn, &ctx, report, report.version)?;
            search_store::add_text(conn, &report.id, &submit::words(report))?;
        }
        Ok::<_, Error>(())
    });
    written.await.unwrap();
}
