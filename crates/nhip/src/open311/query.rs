//! Which reports a program asks for: the filters of `GET requests`, checked. Nothing here reads the database.

use super::params::{Params, bad, bad_value};
use crate::platform::error::{Error, Result};
use domain::ids::{ServiceCode, ServiceRequestId};
use domain::pack::Pack;
use domain::place::{BoundingBox, Point};
use jiff::{SignedDuration, Timestamp};

/// Open311 `GeoReport` v2, GET requests: a span of at most 90 days, at most 1,000 reports.
const SPAN: SignedDuration = SignedDuration::from_hours(90 * 24);
pub const PAGE_SIZE: i64 = 1_000;
/// Ninety local days may have an hour more.
const SLACK: SignedDuration = SignedDuration::from_hours(1);
/// Metres of a circle: wider than any city.
const RADIUS: f64 = 200_000.0;
const PAGES: i64 = 100_000;

/// From the first, included, to the second, not included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

#[derive(Debug, Clone, Default)]
pub struct Query {
    /// Named reports; then nothing else narrows.
    pub ids: Vec<ServiceRequestId>,
    pub services: Vec<ServiceCode>,
    /// `Some(true)`: closed ones only.
    pub closed: Option<bool>,
    pub received: Span,
    pub updated: Span,
    pub within: Option<BoundingBox>,
    pub near: Option<(Point, f64)>,
    /// Folded words.
    pub words: Option<String>,
    pub page: i64,
    pub page_size: i64,
    pub extensions: bool,
}

impl Query {
    pub fn parse(params: &Params, pack: &Pack, now: Timestamp) -> Result<Self> {
        let mut query = Self {
            page: params.number("page", 1..=PAGES)?.unwrap_or(1),
            page_size: params.number("page_size", 1..=PAGE_SIZE)?.unwrap_or(PAGE_SIZE),
            extensions: params.is_true("extensions")?,
            ..Self::default()
        };
        let ids = params.items("service_request_id");
        if !ids.is_empty() {
            query.ids =
                ids.into_iter().take(PAGE_SIZE as usize).filter_map(|id| id.parse().ok()).collect();
            // Codes that cannot be are codes that are not there.
            query.ids.sort();
            query.ids.dedup();
            query.page_size = if query.ids.is_empty() { 0 } else { query.page_size };
            return Ok(query);
        }
        query.services = services(params, pack)?;
        query.closed = status(params)?;
        query.updated = updated(params, pack, now)?;
        query.received = received(params, pack, now, query.updated == Span::default())?;
        query.within = params.get("bbox").map(bounding_box).transpose()?;
        query.near = near(params)?;
        query.words = params.get("q").map(domain::text::fold);
        Ok(query)
    }

    /// Was a place asked for?
    pub fn is_about_a_place(&self) -> bool {
        self.within.is_some() || self.near.is_some()
    }

    pub fn offset(&self) -> i64 {
        (self.page - 1) * self.page_size
    }

    /// Does what everybody may know of its place agree?
    pub fn holds(&self, point: Option<Point>) -> bool {
        let Some(point) = point else { return false };
        self.within.is_none_or(|bounds| bounds.contains(point))
            && self.near.is_none_or(|(centre, metres)| centre.distance_m(point) <= metres)
    }
}

/// A code reports can be sent for, or 404 as Open311 wants it.
pub fn offered_service(pack: &Pack, code: &str) -> Result<ServiceCode> {
    known(code, |code| pack.offered(code).is_some())
}

fn known(code: &str, is_known: impl Fn(&ServiceCode) -> bool) -> Result<ServiceCode> {
    let known = ServiceCode::parse(code).ok().filter(is_known);
    known.ok_or_else(|| {
        let code = code.chars().filter(|c| !c.is_control()).take(80).collect();
        Error::Unacceptable {
            field: "service_code",
            key: "open311-no-service",
            args: vec![("value", code)],
            status: 404,
        }
    })
}

fn services(params: &Params, pack: &Pack) -> Result<Vec<ServiceCode>> {
    let mut codes: Vec<_> = params
        .items("service_code")
        .into_iter()
        .map(|code| known(code, |code| pack.service(code).is_some()))
        .collect::<Result<_>>()?;
    codes.sort();
    codes.dedup();
    Ok(codes)
}

fn status(params: &Params) -> Result<Option<bool>> {
    let (mut open, mut closed) = (false, false);
    for word in params.items("status") {
        match word {
            "open" => open = true,
            "closed" => closed = true,
            other => return Err(bad_value("status", "open311-status-unknown", other)),
        }
    }
    Ok((open != closed).then_some(closed))
}

fn updated(params: &Params, pack: &Pack, now: Timestamp) -> Result<Span> {
    let zone = pack.calendar.zone();
    Ok(Span {
        from: params.instant("updated_after", zone, now)?,
        to: params.end("updated_before", zone, now)?,
    })
}

/// The 90-day rule. Who follows changes is not held to it unless they name dates.
pub fn received(params: &Params, pack: &Pack, now: Timestamp, by_default: bool) -> Result<Span> {
    let zone = pack.calendar.zone();
    let start = params.instant("start_date", zone, now)?;
    let end = params.end("end_date", zone, now)?;
    let add = |at: Timestamp, span: SignedDuration| {
        at.checked_add(span).map_err(|_| bad("start_date", "open311-date-range"))
    };
    let (from, to) = match (start, end) {
        (Some(from), Some(to)) if to < from => return Err(bad("end_date", "open311-period")),
        (Some(from), Some(to)) if from.duration_until(to) > SPAN + SLACK => {
            return Err(bad("end_date", "open311-span"));
        }
        (Some(from), Some(to)) => (Some(from), Some(to)),
        (Some(from), None) => (Some(from), Some(add(from, SPAN)?)),
        (None, Some(to)) => (Some(add(to, -SPAN)?), Some(to)),
        (None, None) if by_default => (Some(add(now, -SPAN)?), None),
        (None, None) => (None, None),
    };
    Ok(Span { from, to })
}

fn bounding_box(text: &str) -> Result<BoundingBox> {
    text.parse().map_err(|_| bad_value("bbox", "open311-bbox", text))
}

fn near(params: &Params) -> Result<Option<(Point, f64)>> {
    let point = params.point()?;
    let Some(text) = params.get("radius") else {
        return if point.is_some() { Err(bad("radius", "open311-radius")) } else { Ok(None) };
    };
    let metres = text.parse().ok().filter(|m: &f64| m.is_finite() && *m > 0.0 && *m <= RADIUS);
    match (point, metres) {
        (Some(point), Some(metres)) => Ok(Some((point, metres))),
        (None, Some(_)) => Err(bad("lat", "open311-half-point")),
        (_, None) => Err(bad_value("radius", "open311-radius", text)),
    }
}
