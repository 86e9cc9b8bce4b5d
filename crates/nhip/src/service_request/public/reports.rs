//! `/reports`: the list, its filters in the address. A code typed as words leads straight to its report.

use super::{FilterBar, asked, public_list, telling};
use crate::app::Shared;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::Card;
use crate::platform::i18n::Lang;
use crate::platform::limits;
use crate::service_request::list::filter::{ALL, Asked};
use crate::service_request::list::store::{Listing, Page as ListPage, Visibility};
use crate::service_request::list::{search_store, store as list_store};
use crate::service_request::map::Map;
use crate::service_request::store;
use crate::service_request::view::ReportView;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{ServiceCode, ServiceRequestId};
use domain::pack::Pack;
use domain::pack::names::{Found, Named};
use domain::service::{Precision, Service};
use domain::text::matches;
use std::sync::Arc;
use tokio::task::spawn_blocking;

#[derive(Template)]
#[template(path = "public/reports.html")]
struct ReportsPage {
    page: Page,
    t: Lang,
    bar: FilterBar,
    cards: Vec<Card>,
    /// How many were found; empty where nobody counted.
    found: String,
    /// Words that were looked for beside those that were typed.
    also: String,
    /// Agencies and areas that the words name: where the lists of their reports are, and the names.
    named: Vec<(String, String)>,
    /// None has the words; the list is that of the first of these.
    by_name: String,
    newer: Option<String>,
    older: Option<String>,
    feed: String,
    map: String,
    follow: String,
}

pub async fn reports(
    State(app): State<Shared>,
    State(map): State<Arc<Map>>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let mut asked = asked(&app, query.as_deref(), &pack);
    if let Some(code) = typed_code(&app, asked.value("q")).await? {
        return Ok(Redirect::to(&format!("/reports/{code}")).into_response());
    }
    let offers = named(&asked, &pack, t);
    let mut list = public_list(&app, asked.clone(), limits::PAGE).await?;
    let mut by_name = String::new();
    if let Some((query, name)) = offers.first().filter(|_| list.rows.is_empty()) {
        asked = crate::service_request::public::asked(&app, Some(query), &pack);
        list = public_list(&app, asked.clone(), limits::PAGE).await?;
        by_name.clone_from(name);
    }
    let found = found((&app, &map), &asked, &list, t).await?;
    let words = asked.filter.words();
    // Only words that stand in what is shown: others may be those of reports that are not public.
    let stands = |word: &&str| {
        let said = |view: &ReportView| {
            [&view.description, &view.address]
                .into_iter()
                .flatten()
                .any(|t| !matches(t, word).is_empty())
        };
        list.rows.iter().any(said)
    };
    let also = asked.filter.also.values().flatten().map(String::as_str).filter(stands);
    let also: Vec<&str> = also.collect();
    let tells = telling(&visitor, &pack, now);
    let link = |path: &str, query: String| {
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    };
    let page = ReportsPage {
        page: visitor.page(&app, t.s("reports-title")).with_mistakes(!asked.problems.is_empty()),
        t,
        cards: list.rows.iter().map(|view| tells.found(view, &words)).collect(),
        found,
        also: also.join(", "),
        named: offers.into_iter().map(|(query, name)| (link("/reports", query), name)).collect(),
        by_name,
        newer: asked.after.is_some().then(|| link("/reports", asked.query(&[]))),
        older: list.next.map(|key| link("/reports", asked.query(&[("after", &key.to_string())]))),
        feed: link("/reports.atom", asked.query(&[])),
        // The map begins with what is open; this list shows all.
        map: link("/map", asked.query(&[("state", every(asked.value("state")))])),
        follow: link("/follow", asked.query(&[])),
        bar: FilterBar::new(&visitor, &pack, asked),
    };
    Ok(show(&page))
}

/// How many reports there are in the list, said on its first page. Counted so far as it is cheap, and only of what anybody
/// may see there: a service whose places are not told counts in no area, and what was drawn is counted by the map.
async fn found(
    (app, map): (&Shared, &Arc<Map>),
    asked: &Asked,
    list: &ListPage<ReportView>,
    t: Lang,
) -> Result<String> {
    // A search shows its best matches, and as many are told.
    let most = if asked.filter.text.is_some() { search_store::MOST_FOUND } else { limits::COUNTED };
    let said = |n: i64| {
        let key = if n > most { "count-more" } else { "count-reports" };
        t.s1(key, "n", n.min(most)).into_owned()
    };
    if asked.after.is_some() || list.rows.is_empty() {
        return Ok(String::new());
    }
    if list.next.is_none() {
        return Ok(said(list.rows.len() as i64));
    }
    let mut filter = asked.filter.clone();
    if !filter.shapes().is_empty() || filter.within.is_some() {
        return Ok(String::new());
    }
    let pack = app.pack.load_full();
    if filter.area.is_some() {
        let told = |s: &&Service| s.precision != Precision::Hidden;
        let told = pack.all_services().filter(told).map(|service| service.code.clone());
        let among =
            |code: &ServiceCode| filter.services.is_empty() || filter.services.contains(code);
        filter.services = told.filter(among).collect();
    }
    let (sort, now) = (asked.sort, app.clock.now());
    // The picture may be a moment older than the list.
    let (picture, pictured) = (map.clone(), filter.clone());
    let count = move || picture.count_up_to(&pictured, most + 1, now);
    let pictured = if map.is_small() {
        count()
    } else {
        // A million rows are counted beside the other requests, not before them.
        spawn_blocking(count).await.map_err(|e| Error::failed("count a list", e))?
    };
    if let Some(n) = pictured.filter(|n| *n >= list.rows.len() as i64) {
        return Ok(said(n));
    }
    let count = app.db.read(move |conn| {
        let visibility = &Visibility::Public;
        let listing = Listing { filter: &filter, visibility, sort, after: None, limit: 0, now };
        list_store::count_up_to(conn, &listing, most + 1)
    });
    Ok(said(count.await?))
}

fn every(state: &str) -> &str {
    if state.is_empty() { ALL } else { state }
}

/// The same list narrowed to each agency and area that the words name, without those words: its query and the name.
fn named(asked: &Asked, pack: &Pack, t: Lang) -> Vec<(String, String)> {
    let offer = |found: Found| {
        let (part, id, name) = match &found.named {
            Named::Agency(id) => ("agency", id.as_str(), &pack.agency(id)?.name),
            Named::Area(id) => ("area", id.as_str(), &pack.area(id)?.name),
        };
        let is_new = asked.value(part).is_empty();
        let query = || asked.query(&[("q", &found.rest), (part, id)]);
        is_new.then(|| (query(), name.text(t.code()).to_owned()))
    };
    pack.named(asked.value("q")).into_iter().filter_map(offer).collect()
}

/// The report whose code was typed, if there is one.
async fn typed_code(app: &Shared, text: &str) -> Result<Option<ServiceRequestId>> {
    let Some(code) = ServiceRequestId::from_human(text) else { return Ok(None) };
    let asked = code.clone();
    let exists = app.db.read(move |conn| store::exists(conn, &asked)).await?;
    Ok(exists.then_some(code))
}
