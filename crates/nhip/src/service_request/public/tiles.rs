//! What the map draws and what stands beside it: vector tiles, and the list of what is in sight. Both take the filters of
//! the lists, and both read the picture in memory; words are looked for in the database first.

use super::{asked, public_list, telling};
use crate::app::Shared;
use crate::platform::assets::matches_etag;
use crate::platform::error::{Error, Result};
use crate::platform::http::view::Card;
use crate::platform::i18n::Lang;
use crate::platform::limits;
use crate::service_request::list::filter::{Asked, Filter};
use crate::service_request::list::store as list_store;
use crate::service_request::map::Map;
use crate::service_request::map::cache::Answer;
use crate::service_request::map::tile::Shows;
use crate::service_request::map::view::Seen;
use crate::service_request::map::wanted::Asks;
use crate::service_request::view::view;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::disclosure::Audience;
use domain::ids::ServiceRequestId;
use domain::place::BoundingBox;
use domain::place::mercator::{Tile, Window};
use domain::refusal::Refusal;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Reports in which searched words stand, the best first: more are not looked for on a map either.
const WORD_HITS: usize = 300;

/// `/map/tiles/{z}/{x}/{y}.mvt` and the filters of the lists; `show=heat` for how many lie where.
pub async fn tile(
    State(app): State<Shared>,
    State(map): State<Arc<Map>>,
    Path((z, x, y)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response> {
    let tile = named(&z, &x, &y).ok_or(Refusal::NotFound)?;
    let (pack, now) = (app.pack.load_full(), app.clock.now());
    let asked = asked(&app, query.as_deref(), &pack);
    let shows = if asked.value("show") == "heat" { Shows::Heat } else { Shows::Reports };
    let snapshot = map.snapshot();
    let key = format!("{tile:?} {shows:?} {:?}", asked.filter);
    let answer = if let Some(known) = map.tiles().known(snapshot.version, now, &key) {
        known
    } else {
        let found = found(&app, &map, &asked).await?;
        let asks = Asks { filter: &asked.filter, found: found.as_deref(), now };
        let answer = Answer::of(snapshot.tile(tile, &asks, shows));
        map.tiles().keep(snapshot.version, key, &answer);
        answer
    };
    // Asked about each time, and sent only when it has become another one: the tag is of what is in it, so that it
    // means the same on every node and after a restart.
    let caching = [(ETAG, answer.tag.as_str()), (CACHE_CONTROL, "public, no-cache")];
    if matches_etag(&headers, &answer.tag) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    let kind = [(CONTENT_TYPE, "application/vnd.mapbox-vector-tile")];
    Ok((caching, kind, answer.body).into_response())
}

fn named(z: &str, x: &str, y: &str) -> Option<Tile> {
    let whole = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok());
    let y = y.strip_suffix(".mvt")?;
    Tile::new(z.parse().ok()?, whole(x)??, whole(y)??)
}

/// The reports in which the words of a filter stand, if it has any.
async fn found(
    app: &Shared,
    map: &Map,
    asked: &Asked,
) -> Result<Option<Arc<BTreeSet<ServiceRequestId>>>> {
    if asked.filter.text.is_none() {
        return Ok(None);
    }
    let (version, now) = (map.snapshot().version, app.clock.now());
    let key = format!("{:?}", asked.filter);
    if let Some(known) = map.words().known(version, now, &key) {
        return Ok(Some(known));
    }
    let hits = public_list(app, Asked { after: None, ..asked.clone() }, WORD_HITS).await?;
    let ids: Arc<BTreeSet<_>> = Arc::new(hits.rows.into_iter().map(|view| view.id).collect());
    map.words().keep(version, key, &ids);
    Ok(Some(ids))
}

/// The list beside the map.
pub struct Beside {
    pub cards: Vec<Card>,
    /// How many there are, and how many of them are shown.
    pub said: String,
    /// Another number: the map has changed.
    pub picture: u64,
}

/// What of a list lies in a window, or anywhere.
pub async fn beside(
    (app, map): (&Shared, &Map),
    visitor: &Visitor,
    asked: &Asked,
    window: Option<BoundingBox>,
) -> Result<Beside> {
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let found = found(app, map, asked).await?;
    let snapshot = map.snapshot();
    let asks = Asks { filter: &asked.filter, found: found.as_deref(), now };
    let seen = snapshot.seen(window.map(Window::of), &asks, asked.sort, limits::PAGE);
    let ids = seen.first.clone();
    let mut reports: HashMap<_, _> = app
        .db
        .read(move |conn| list_store::by_ids(conn, &ids))
        .await?
        .into_iter()
        .map(|report| (report.id.clone(), report))
        .collect();
    let tells = telling(visitor, &pack, now);
    let views = seen.first.iter().filter_map(|id| reports.remove(id));
    let views = views.map(|report| view(report, Audience::Public, &pack));
    Ok(Beside {
        cards: views.map(|view| tells.card(&view)).collect(),
        said: said(t, &seen, &asked.filter),
        picture: seen.picture,
    })
}

fn said(t: Lang, seen: &Seen, filter: &Filter) -> String {
    let count = t.s1("map-count", "n", seen.count as i64);
    let mut said = vec![count.into_owned()];
    if seen.late > 0 && !filter.late {
        said.push(t.s1("front-late", "n", seen.late as i64).into_owned());
    }
    if seen.count > seen.first.len() as u64 && !seen.first.is_empty() {
        said.push(t.s1("map-shown", "n", seen.first.len() as i64).into_owned());
    }
    said.join(" · ")
}

#[derive(Template)]
#[template(path = "public/map-list.html")]
struct ListPart {
    t: Lang,
    beside: Beside,
}

/// `/map/list?bbox=left,bottom,right,top` and the filters of the lists: what stands beside the map, as a piece of its page.
pub async fn list(
    State(app): State<Shared>,
    State(map): State<Arc<Map>>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let asked = asked(&app, query.as_deref(), &app.pack.load());
    let window = match asked.value("bbox") {
        "" => None,
        bbox => Some(bbox.parse().map_err(|_| Error::unacceptable("bbox", "map-bbox", 400))?),
    };
    let beside = beside((&app, &map), &visitor, &asked, window).await?;
    Ok(([(CACHE_CONTROL, "no-cache")], show(&ListPart { t: visitor.t, beside })).into_response())
}
