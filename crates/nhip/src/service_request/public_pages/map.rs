//! `/map` and its data: points or clusters as `GeoJSON` (RFC 7946), and the areas as the ground they stand on.

use super::super::map::look::{Cluster, Pin, Shown};
use super::{FilterBar, asked, public_list, telling};
use crate::app::Shared;
use crate::platform::assets::matches_etag;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::Card;
use crate::platform::i18n::Lang;
use crate::platform::limits;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use domain::ids::ServiceCode;
use domain::pack::Pack;
use domain::place::{BoundingBox, Point};
use serde_json::{Value, json};

/// Deeper zooms show nothing more.
const MOST_ZOOM: u8 = 22;

/// An area with its list, for those who read the map as a list.
struct AreaLine {
    name: String,
    href: String,
    open: String,
    late: i64,
}

#[derive(Template)]
#[template(path = "public/map.html")]
struct MapPage {
    page: Page,
    t: Lang,
    bar: FilterBar,
    /// `left,bottom,right,top` of the city.
    bounds: String,
    /// `lat,long` and zoom to begin with, where the address names them.
    at: String,
    zoom: String,
    query: String,
    list: String,
    /// Where following the same list begins.
    follow: String,
    cards: Vec<Card>,
    areas: Vec<AreaLine>,
}

pub async fn page(
    State(app): State<Shared>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let mut asked = asked(&app, query.as_deref(), &pack);
    let (at, zoom) = (asked.value("at").to_owned(), asked.value("zoom").to_owned());
    asked.pairs.retain(|(name, _)| !matches!(name.as_str(), "at" | "zoom"));
    let list = public_list(&app, asked.clone(), limits::PAGE).await?;
    let tells = telling(&visitor, &pack, now);
    let tally = app.map.tally(&pack, now);
    let area = |area: &domain::pack::Area| {
        let numbers = tally.areas.get(area.id.as_str()).copied().unwrap_or_default();
        AreaLine {
            name: area.name.text(t.code()).to_owned(),
            href: format!("/reports?{}", asked.query(&[("area", area.id.as_str())])),
            open: t.s1("count-open", "n", numbers.waiting).into_owned(),
            late: i64::from(numbers.late),
        }
    };
    let page = MapPage {
        page: visitor.page(&app, t.s("map-title")),
        t,
        bounds: app
            .locator
            .load()
            .city(&pack)
            .map_or_else(String::new, |bounds| bounds.to_string()),
        at: point(&at).map_or_else(String::new, |point| point.to_string()),
        zoom: zoom
            .parse::<u8>()
            .map_or_else(|_| String::new(), |zoom| zoom.min(MOST_ZOOM).to_string()),
        query: asked.query(&[]),
        list: format!("/reports?{}", asked.query(&[])),
        follow: format!("/follow?{}", asked.query(&[])),
        cards: list.rows.iter().map(|view| tells.card(view)).collect(),
        areas: pack.areas.iter().map(area).collect(),
        bar: FilterBar::new(&visitor, &pack, asked),
    };
    Ok(show(&page))
}

fn point(text: &str) -> Option<Point> {
    let (lat, long) = text.split_once(',')?;
    Point::parse(lat, long).ok()
}

/// `/map/points.json?bbox=left,bottom,right,top&zoom=14` and the filters of the lists.
pub async fn points(
    State(app): State<Shared>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let (pack, now) = (app.pack.load_full(), app.clock.now());
    let asked = asked(&app, query.as_deref(), &pack);
    let bounds: BoundingBox =
        asked.value("bbox").parse().map_err(|_| Error::unacceptable("bbox", "map-bbox", 400))?;
    let zoom: u8 = match asked.value("zoom") {
        "" => 12,
        zoom => zoom
            .parse()
            .ok()
            .filter(|zoom| *zoom <= MOST_ZOOM)
            .ok_or_else(|| Error::unacceptable("zoom", "map-zoom", 400))?,
    };
    let snapshot = app.map.snapshot();
    let t = visitor.t;
    let key = format!("{}?{}", t.code(), asked.query(&[]));
    let body = app.map.cached(snapshot.version, now, key, || {
        let collection = match snapshot.look(bounds, zoom, &asked.filter, now) {
            Shown::Pins(pins) => pins.iter().map(|one| pin(one, t, &pack)).collect::<Vec<_>>(),
            Shown::Clusters(clusters) => clusters.iter().map(cluster).collect(),
        };
        Bytes::from(json!({ "type": "FeatureCollection", "features": collection }).to_string())
    });
    Ok(geojson(body, "public, max-age=5"))
}

fn geojson(body: Bytes, caching: &'static str) -> Response {
    ([(CONTENT_TYPE, "application/geo+json"), (CACHE_CONTROL, caching)], body).into_response()
}

fn pin(pin: &Pin, t: Lang, pack: &Pack) -> Value {
    let service = ServiceCode::parse(&pin.service)
        .ok()
        .and_then(|code| pack.service(&code).map(|s| s.name.text(t.code()).to_owned()));
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [pin.point.long(), pin.point.lat()] },
        "properties": {
            "code": pin.code, "service": service, "status": pin.status, "late": pin.late,
            "said": t.of("status-", pin.status), "received": pin.received,
        },
    })
}

fn cluster(cluster: &Cluster) -> Value {
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [rounded(cluster.point.long()), rounded(cluster.point.lat())] },
        "properties": { "count": cluster.count, "late": cluster.late, "closed": cluster.closed },
    })
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}

/// `/map/areas.json`: the areas of the pack, with their borders once boundaries are imported.
pub async fn areas(
    State(app): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response> {
    let (pack, locator, language) = (app.pack.load(), app.locator.load(), visitor.t.code());
    let tag = format!("\"{}\"", locator.drawn().tag(locator.version(), &pack, language));
    let caching = [
        (ETAG, tag.as_str()),
        (CACHE_CONTROL, "public, max-age=300"),
        (VARY, "Accept-Language, Cookie"),
    ];
    if matches_etag(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    let body = locator.drawn().collection(&pack, language);
    Ok((caching, [(CONTENT_TYPE, "application/geo+json")], body).into_response())
}
