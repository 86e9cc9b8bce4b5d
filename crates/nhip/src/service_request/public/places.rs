//! `/map/places`: where on the map something is, by its name: an area, what the ground of the pack names, and addresses of
//! reports as the public may read them. A page of links; the map shows the same list under its search.

use super::public_list;
use crate::app::Shared;
use crate::platform::error::Result;
use crate::platform::http::page::Page;
use crate::platform::i18n::Lang;
use crate::service_request::list::filter::Asked;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::pack::Pack;
use domain::pack::ground::Kind;
use domain::place::Point;
use domain::text::{fold, matches};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Places of each sort that are offered: what fits beside a map.
const OFFERED: usize = 6;
/// Reports whose words are looked through for addresses.
const LOOKED: usize = 30;
/// Zooms at which an area, a landmark and an address are in sight.
const AREA_ZOOM: u8 = 12;
const LANDMARK_ZOOM: u8 = 15;
const ADDRESS_ZOOM: u8 = 17;

#[derive(Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

/// A place with its name.
struct Place {
    name: String,
    /// What it is, in a word.
    what: String,
    /// `lat,long`.
    at: String,
    zoom: u8,
}

#[derive(Template)]
#[template(path = "public/places.html")]
struct PlacesPage {
    page: Page,
    t: Lang,
    typed: String,
    places: Vec<Place>,
}

pub async fn page(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(search): Query<Search>,
) -> Result<Response> {
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let wanted = fold(search.q.trim());
    let mut places = Vec::new();
    if !wanted.is_empty() {
        places.extend(areas(&pack, t, &wanted));
        places.extend(landmarks(&pack, t, &wanted));
        places.extend(addresses(&app, &pack, t, &search.q).await?);
    }
    let page = visitor.page(&app, t.s("places-title"));
    Ok(show(&PlacesPage { page, t, typed: search.q, places }))
}

/// How well a name fits: begins with what was typed, has a word that does, or not at all.
fn fits(name: &str, wanted: &str) -> Option<u8> {
    let name = fold(name);
    if name.starts_with(wanted) {
        Some(0)
    } else if name.contains(&format!(" {wanted}")) {
        Some(1)
    } else {
        None
    }
}

/// The best of them, in the order they were given where they fit alike.
fn best(mut found: Vec<(u8, Place)>) -> impl Iterator<Item = Place> {
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, place)| place).take(OFFERED)
}

fn areas(pack: &Pack, t: Lang, wanted: &str) -> impl Iterator<Item = Place> {
    let fitting = pack.areas.iter().filter_map(|area| {
        let name = area.name.text(t.code());
        let what = area.kind.text(t.code()).to_owned();
        Some((fits(name, wanted)?, place(name, what, area.centre, AREA_ZOOM)))
    });
    best(fitting.collect())
}

/// What the ground names: each name once, however many pieces it is drawn in.
fn landmarks(pack: &Pack, t: Lang, wanted: &str) -> impl Iterator<Item = Place> {
    let mut seen = BTreeSet::new();
    let features = pack.ground.iter().flat_map(|ground| &ground.features);
    let points_first = |kind: Kind| u8::from(kind != Kind::Landmark);
    let fitting = features.filter_map(|feature| {
        let name = feature.name.as_ref()?.text(t.code());
        let rank = fits(name, wanted)?;
        if !seen.insert((feature.kind, name)) {
            return None;
        }
        let what = t.of("places-", feature.kind).into_owned();
        let rank = 2 * rank + points_first(feature.kind);
        Some((rank, place(name, what, feature.middle()?, LANDMARK_ZOOM)))
    });
    best(fitting.collect())
}

/// Addresses of open reports that say what was typed, with the places that everybody may know.
async fn addresses(app: &Shared, pack: &Pack, t: Lang, typed: &str) -> Result<Vec<Place>> {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", typed).finish();
    let found = public_list(app, Asked::open_unless_asked(&query, pack), LOOKED).await?;
    let mut seen = BTreeSet::new();
    let told = found.rows.iter().filter_map(|view| {
        // An address whose place is only guessed would lead to the middle of its area.
        let point = view.point.filter(|_| view.point_is_exact)?;
        let address = view.address.as_deref()?;
        let says = !matches(address, typed).is_empty() && seen.insert(fold(address));
        let what = t.s("places-address").into_owned();
        says.then(|| place(address, what, point, ADDRESS_ZOOM))
    });
    Ok(told.take(OFFERED).collect())
}

fn place(name: &str, what: String, at: Point, zoom: u8) -> Place {
    Place { name: name.to_owned(), what, at: at.to_string(), zoom }
}
