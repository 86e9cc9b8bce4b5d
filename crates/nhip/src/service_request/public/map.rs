//! `/map`, and the areas of the city as the ground it draws, as `GeoJSON` (RFC 7946). What stands on it is in `tiles.rs`.

use super::FilterBar;
use super::tiles::{Beside, beside};
use crate::app::Shared;
use crate::platform::assets::matches_etag;
use crate::platform::error::Result;
use crate::platform::http::page::Page;
use crate::platform::http::view::Choice;
use crate::platform::i18n::Lang;
use crate::service_request::list::filter::{ALL, Asked};
use crate::service_request::map::Map;
use crate::visitor::{Visitor, show as shown};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::pack::Pack;
use domain::place::outline::Shape;
use domain::place::{BoundingBox, Point};
use domain::service_request::{Outcome, State as Standing};
use serde_json::{Value, json};
use std::sync::Arc;

/// Metres around the middle of the map that may be looked into: a block, a quarter, a ward.
const RADII: [i64; 5] = [200, 500, 1_000, 2_000, 5_000];
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
    /// Services and states in the reader's words, by their codes, for what is pressed on the map.
    words: String,
    /// The border of what was drawn, as positions of longitude and latitude; empty without.
    shape: String,
    /// How far around the middle of the map one may look.
    radii: Vec<Choice>,
    show: String,
    /// Where closed reports are shown, too, as long as they are not.
    everything: Option<String>,
    /// States that have a sign of their own, for the legend.
    signs: Vec<&'static str>,
    /// What was typed to find a place: nothing yet.
    typed: &'static str,
    /// No official boundaries are here: where areas end is a guess.
    guessed: bool,
    feed: String,
    beside: Beside,
    /// Where following the same list begins.
    follow: String,
    areas: Vec<AreaLine>,
}

pub async fn page(
    State(app): State<Shared>,
    State(map): State<Arc<Map>>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let mut asked = Asked::open_unless_asked(query.as_deref().unwrap_or_default(), &pack);
    asked.filter.forgive(&app.vocabulary.load());
    let [at, zoom, show] = ["at", "zoom", "show"].map(|name| asked.value(name).to_owned());
    asked.pairs.retain(|(name, _)| !matches!(name.as_str(), "at" | "zoom" | "show"));
    let shapes = asked.filter.shapes();
    let around = BoundingBox::of(shapes.iter().flat_map(Shape::drawn));
    let beside = beside((&app, &map), &visitor, &asked, None).await?;
    let tally = map.tally(now);
    let area = |area: &domain::pack::Area| {
        let numbers = tally.areas.get(area.id.as_str()).copied().unwrap_or_default();
        AreaLine {
            name: area.name.text(t.code()).to_owned(),
            href: format!("/reports?{}", asked.query(&[("area", area.id.as_str())])),
            open: t.s1("count-open", "n", numbers.waiting).into_owned(),
            late: i64::from(numbers.late),
        }
    };
    let everything = asked.query(&[("state", ALL)]);
    let only_open = asked.value("state") == "open";
    let mut bar = FilterBar::new(&visitor, &pack, asked.clone());
    if let Some(any) = bar.states.first_mut() {
        ALL.clone_into(&mut any.value);
        any.checked = bar.asked.value("state") == ALL;
    }
    let page = MapPage {
        page: visitor.page(&app, t.s("map-title")).with_mistakes(!asked.problems.is_empty()),
        t,
        bounds: around
            .or_else(|| app.locator.load().city(&pack))
            .map_or_else(String::new, |bounds| bounds.to_string()),
        at: point(&at).map_or_else(String::new, |point| point.to_string()),
        zoom: zoom
            .parse::<u8>()
            .map_or_else(|_| String::new(), |zoom| zoom.min(MOST_ZOOM).to_string()),
        query: asked.query(&[]),
        list: format!("/reports?{}", asked.query(&[])),
        words: words(t, &pack),
        shape: shapes.first().map_or_else(String::new, border),
        radii: radii(t),
        show: if show == "heat" { show } else { String::new() },
        feed: format!("/reports.atom?{}", asked.query(&[])),
        beside,
        follow: format!("/follow?{}", asked.query(&[])),
        areas: pack.areas.iter().map(area).collect(),
        everything: only_open.then(|| format!("/map?{everything}")),
        signs: signs(),
        typed: "",
        guessed: app.locator.load().version() == 0,
        bar,
    };
    Ok(shown(&page))
}

fn border(shape: &Shape) -> String {
    let positions = shape.drawn().into_iter().map(|point| [point.long(), point.lat()]);
    json!(positions.collect::<Vec<_>>()).to_string()
}

fn radii(t: Lang) -> Vec<Choice> {
    RADII
        .map(|metres| {
            let label = t.s1("map-metres", "metres", metres);
            Choice::new(metres.to_string(), label, metres == 500)
        })
        .to_vec()
}

/// The states of what is open, then those of what is closed.
fn signs() -> Vec<&'static str> {
    let open = Standing::ALL.iter().filter(|state| **state != Standing::Closed);
    let closed = [Outcome::Fixed, Outcome::Planned, Outcome::Refused];
    open.map(|state| state.as_str()).chain(closed.map(Outcome::as_str)).collect()
}

fn words(t: Lang, pack: &Pack) -> String {
    let services = pack.all_services().filter(|service| !service.confidential);
    let services: serde_json::Map<String, Value> = services
        .map(|service| (service.code.to_string(), service.name.text(t.code()).into()))
        .collect();
    let states = Standing::ALL.iter().map(|state| state.as_str());
    let states: serde_json::Map<String, Value> = states
        .chain(Outcome::ALL.iter().map(|outcome| outcome.as_str()))
        .map(|word| (word.to_owned(), t.of("status-", word).into()))
        .collect();
    json!({ "services": services, "states": states, "late": t.s("map-late") }).to_string()
}

fn point(text: &str) -> Option<Point> {
    let (lat, long) = text.split_once(',')?;
    Point::parse(lat, long).ok()
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
