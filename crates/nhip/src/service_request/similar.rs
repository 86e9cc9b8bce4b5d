//! Open reports near a place that may be about the same thing: joining one saves everybody work.
//!
//! Only reports that are open to all, and only of services whose place is public to the street, so that no distance
//! tells what the public may not know.

use super::store;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::http::view::When;
use crate::platform::i18n::Lang;
use domain::ids::ServiceCode;
use domain::pack::Pack;
use domain::place::{Point, cover_circle};
use domain::service::Precision;
use domain::service_request::ServiceRequest;
use domain::text::{snippet, tokens};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// At most so many are offered: more would be a list to work through.
const OFFERED: usize = 3;
/// Rows looked at around a place.
const LOOKED_AT: usize = 200;
/// Words two reports share when they are alike though their kinds differ.
const SHARED_WORDS: usize = 3;
const TITLE_CHARS: usize = 90;

/// A report that may be the same, and how far away it is, in metres.
#[derive(Debug)]
pub struct Found {
    pub report: ServiceRequest,
    pub metres: f64,
}

/// The nearest ones of the same field, or with the same words.
pub fn find(
    conn: &mut Conn<'_>,
    pack: &Pack,
    point: Point,
    words: &str,
    service: Option<&ServiceCode>,
) -> Result<Vec<Found>> {
    let radius = pack.settings.nearby_metres;
    let field = service.and_then(|code| pack.service(code)).map(|service| &service.field);
    let words: BTreeSet<String> = tokens(words).into_iter().collect();
    let mut found = Vec::new();
    for (first, last) in cover_circle(point, radius) {
        for report in store::open_in_cells(conn, first, last, LOOKED_AT)? {
            let metres = report.point.distance_m(point);
            let Some(kind) = pack.service(&report.service) else { continue };
            let told = matches!(kind.precision, Precision::Exact | Precision::Street);
            let shared = tokens(&report.description).iter().filter(|w| words.contains(*w)).count();
            let alike = field == Some(&kind.field) || shared >= SHARED_WORDS;
            if metres <= radius && told && alike {
                found.push(Found { report, metres });
            }
        }
    }
    found.sort_by(|a, b| a.metres.total_cmp(&b.metres));
    found.truncate(OFFERED);
    Ok(found)
}

/// A line of the offer.
#[derive(Debug)]
pub struct Like {
    pub href: String,
    pub title: String,
    pub service: String,
    pub distance: String,
    pub sent: When,
    pub status: String,
    /// How many have it too.
    pub supports: i64,
}

impl Like {
    pub fn of(found: &Found, pack: &Pack, t: Lang, now: Timestamp) -> Self {
        let report = &found.report;
        let words = report.redacted.as_deref().unwrap_or(&report.description);
        let service = pack.service(&report.service);
        Self {
            href: format!("/reports/{}", report.id),
            title: snippet(words, TITLE_CHARS),
            service: service.map_or_else(String::new, |s| s.name.text(t.code()).to_owned()),
            distance: t.distance(found.metres),
            sent: When::ago(t, now, report.received_at, pack.calendar.zone()),
            status: report.state.as_str().to_owned(),
            supports: report.supports,
        }
    }
}
