//! Open reports near a place that may be about the same thing: joining one saves everybody work.
//!
//! What it costs is bounded: a few ranges of the curve, so many rows at most, one statement for the photos. How alike
//! two reports are says `domain::duplicate`. For everybody only reports that are open to all, and only of services
//! whose place is public to the street; how far away they are is reckoned from the public place, because the distances
//! from three others would tell the true one.

use super::{near_store, store as suggest_store};
use crate::account::policy::Sight;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::http::view::When;
use crate::platform::i18n::Lang;
use crate::service_request::list::geo_store;
use domain::disclosure::{STREET_METRES, public_point};
use domain::duplicate::{Kind, LEAST, Likeness, Picture, Told, Words, compare};
use domain::ids::{ServiceCode, ServiceRequestId};
use domain::pack::Pack;
use domain::place::{Exactness, Point, cover_circle};
use domain::service::Precision;
use domain::service_request::ServiceRequest;
use domain::suggest::learnt::Learnt;
use domain::suggest::suggest;
use domain::text::snippet;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::f64::consts::FRAC_1_SQRT_2;

/// At most so many are offered: more would be a list to work through.
pub const OFFERED: usize = 3;
/// Staff have more patience.
const OFFERED_TO_STAFF: usize = 6;
/// Rows looked at around a place.
pub const LOOKED_AT: usize = 200;
const TITLE_CHARS: usize = 90;

/// A report in the making, or one that has come in.
#[derive(Debug)]
pub struct Asked<'a> {
    pub point: Point,
    pub exactness: Exactness,
    pub at: Timestamp,
    pub words: &'a str,
    pub language: &'a str,
    /// None: nothing was chosen, and what the words speak for stands instead.
    pub service: Option<&'a ServiceCode>,
    /// Perceptual hashes of the photos.
    pub looks: &'a [i64],
}

/// A report that may be the same, and in what they are alike.
#[derive(Debug)]
pub struct Found {
    pub report: ServiceRequest,
    pub likeness: Likeness,
}

/// For everybody, the likeliest first.
pub fn find(
    conn: &mut Conn<'_>,
    (pack, past): (&Pack, &Learnt),
    asked: &Asked<'_>,
) -> Result<Vec<Found>> {
    // How far something is from an area nobody can say.
    if asked.exactness == Exactness::Area {
        return Ok(Vec::new());
    }
    let mut near = Vec::new();
    // All whose public place may be near, wherever in their street they truly are.
    let reach = pack.settings.nearby_metres + 2.0 * STREET_METRES;
    for (first, last) in cover_circle(asked.point, reach) {
        let left = LOOKED_AT.saturating_sub(near.len());
        near.extend(geo_store::open_in_cells(conn, first, last, left)?);
    }
    let near = near.into_iter().filter_map(|mut report| {
        let (point, near) = public_place(pack, &report.service, report.point)?;
        report.point = point;
        (point.distance_m(asked.point) <= near).then_some((report, near))
    });
    let near: Vec<_> = near.collect();
    let looks = looks_of(conn, near.iter().map(|(report, _)| report))?;
    Ok(ranked((pack, past), asked, near, &looks, OFFERED))
}

/// Where everybody knows a report of this service to be, and within how many metres of there it may be the same; `None`
/// where they know no street.
pub fn public_place(pack: &Pack, service: &ServiceCode, point: Point) -> Option<(Point, f64)> {
    let precision = pack.service(service)?.precision;
    let slack = if precision == Precision::Exact { 0.0 } else { STREET_METRES * FRAC_1_SQRT_2 };
    Some((public_point(point, precision)?, pack.settings.nearby_metres + slack))
}

/// For whoever takes in `report`: among all they may see.
pub fn find_for_staff(
    conn: &mut Conn<'_>,
    (pack, past): (&Pack, &Learnt),
    report: &ServiceRequest,
    sight: &Sight,
) -> Result<Vec<Found>> {
    let metres = pack.settings.nearby_metres;
    if report.exactness == Exactness::Area {
        return Ok(Vec::new());
    }
    let mut near = near_store::open_near(conn, report, sight, metres, LOOKED_AT)?;
    near.retain(|other| other.point.distance_m(report.point) <= metres);
    let looks = looks_of(conn, near.iter())?;
    let near = near.into_iter().map(|other| (other, metres)).collect();
    let own = suggest_store::looks_of(conn, &[&report.id])?.remove(report.id.as_str());
    let asked = Asked {
        point: report.point,
        exactness: report.exactness,
        at: report.received_at,
        words: &report.description,
        language: &report.language,
        service: Some(&report.service),
        looks: &own.unwrap_or_default(),
    };
    Ok(ranked((pack, past), &asked, near, &looks, OFFERED_TO_STAFF))
}

type Looks = BTreeMap<String, Vec<i64>>;

fn looks_of<'a>(
    conn: &mut Conn<'_>,
    near: impl Iterator<Item = &'a ServiceRequest>,
) -> Result<Looks> {
    let ids: Vec<&ServiceRequestId> = near.map(|report| &report.id).collect();
    Ok(suggest_store::looks_of(conn, &ids)?)
}

/// Those that are alike enough, the likeliest first; each with the metres within which it is near.
pub fn ranked(
    (pack, past): (&Pack, &Learnt),
    asked: &Asked<'_>,
    near: Vec<(ServiceRequest, f64)>,
    looks: &Looks,
    limit: usize,
) -> Vec<Found> {
    let guessed: Vec<ServiceCode> = match asked.service {
        Some(_) => Vec::new(),
        None => suggest(pack, past, asked.words, asked.language)
            .into_iter()
            .map(|suggestion| suggestion.service)
            .collect(),
    };
    let services: Vec<&ServiceCode> = asked.service.into_iter().chain(&guessed).collect();
    let field = |code: &&ServiceCode| pack.service(code).map(|service| &service.field);
    let one = Told {
        point: asked.point,
        at: asked.at,
        fields: services.iter().filter_map(field).collect(),
        services,
        words: Words::of(asked.words, past),
        looks: asked.looks,
    };
    let mut found: Vec<Found> = near
        .into_iter()
        .map(|(report, metres)| {
            let other = Told {
                point: report.point,
                at: report.received_at,
                services: vec![&report.service],
                fields: field(&&report.service).into_iter().collect(),
                words: Words::of(words_of(&report), past),
                looks: looks.get(report.id.as_str()).map_or(&[], Vec::as_slice),
            };
            let likeness = compare(&one, &other, metres);
            Found { report, likeness }
        })
        .filter(|found| found.likeness.score >= LEAST)
        .collect();
    found.sort_by(|a, b| b.likeness.score.total_cmp(&a.likeness.score));
    found.truncate(limit);
    found
}

/// What everybody reads of it.
fn words_of(report: &ServiceRequest) -> &str {
    report.redacted.as_deref().unwrap_or(&report.description)
}

/// In what they are alike, in short: the distance, how long ago, kind, words, picture.
pub fn reasons(found: &Found, pack: &Pack, t: Lang, now: Timestamp) -> Vec<String> {
    let likeness = &found.likeness;
    let sent = When::ago(t, now, found.report.received_at, pack.calendar.zone());
    let mut reasons =
        vec![t.s1("similar-away", "distance", t.distance(likeness.metres)).into_owned(), sent.said];
    match likeness.kind {
        Kind::Same => reasons.push(t.s("similar-kind").into_owned()),
        Kind::SameField => reasons.push(t.s("similar-field").into_owned()),
        Kind::Other => {}
    }
    if !likeness.words.is_empty() {
        reasons.push(t.s1("similar-words", "words", likeness.words.join(", ")).into_owned());
    }
    match likeness.picture {
        Picture::Same => reasons.push(t.s("similar-picture-same").into_owned()),
        Picture::Alike => reasons.push(t.s("similar-picture").into_owned()),
        Picture::Other => {}
    }
    reasons
}

/// A line of the offer.
#[derive(Debug)]
pub struct Like {
    pub href: String,
    pub title: String,
    pub service: String,
    pub status: String,
    pub reasons: Vec<String>,
    /// How many have it too.
    pub supports: i64,
}

impl Like {
    pub fn of(found: &Found, pack: &Pack, t: Lang, now: Timestamp) -> Self {
        let report = &found.report;
        let service = pack.service(&report.service);
        Self {
            href: format!("/reports/{}", report.id),
            title: snippet(words_of(report), TITLE_CHARS),
            service: service.map_or_else(String::new, |s| s.name.text(t.code()).to_owned()),
            status: report.state.as_str().to_owned(),
            reasons: reasons(found, pack, t, now),
            supports: report.supports,
        }
    }
}
