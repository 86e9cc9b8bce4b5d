//! `/agencies`: who is there, what they have, what they have done; `/agencies/{id}`: one of them.

use super::super::duty::duties_pages::{self, Duties};
use super::super::filter::Asked;
use super::super::map::numbers::{DAYS, Numbers};
use super::{public_list, telling};
use crate::app::Shared;
use crate::platform::error::Result;
use crate::platform::http::page::Page;
use crate::platform::http::view::Card;
use crate::platform::i18n::Lang;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::AgencyId;
use domain::pack::{Agency, Pack};
use domain::service_request::refusal::Refusal;
use std::collections::HashMap;

/// Reports shown of each kind on the page of an agency.
const SHOWN: usize = 5;

/// An agency in the tree, with what it has.
struct Line {
    id: AgencyId,
    name: String,
    /// 0 at the top.
    depth: usize,
    open: i64,
    late: i64,
    closed: i64,
    /// Nothing is said of too few cases.
    on_time: Option<String>,
}

#[derive(Template)]
#[template(path = "public/agencies.html")]
struct AgenciesPage {
    page: Page,
    t: Lang,
    days: i64,
    lines: Vec<Line>,
}

pub async fn agencies(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let tally = app.map.tally(&pack, now);
    let mut lines = Vec::with_capacity(pack.agencies.len());
    branch(&pack, None, 0, &mut |agency, depth| {
        let numbers = tally.agencies.get(&agency.id).copied().unwrap_or_default();
        lines.push(Line {
            id: agency.id.clone(),
            name: agency.name.text(t.code()).to_owned(),
            depth,
            open: i64::from(numbers.waiting),
            late: i64::from(numbers.late),
            closed: i64::from(numbers.closed),
            on_time: numbers.on_time().map(|share| t.percent(share)),
        });
    });
    Ok(show(&AgenciesPage {
        page: visitor.page(&app, t.s("agencies-title")),
        t,
        days: DAYS,
        lines,
    }))
}

/// Walks the tree from the top; at most as deep as there are agencies, so that no circle holds it.
fn branch(
    pack: &Pack,
    parent: Option<&AgencyId>,
    depth: usize,
    tell: &mut impl FnMut(&Agency, usize),
) {
    if depth > pack.agencies.len() {
        return;
    }
    for agency in pack.agencies.iter().filter(|agency| agency.parent.as_ref() == parent) {
        tell(agency, depth);
        branch(pack, Some(&agency.id), depth + 1, tell);
    }
}

#[derive(Template)]
#[template(path = "public/agency.html")]
struct AgencyPage {
    page: Page,
    t: Lang,
    id: AgencyId,
    above: Option<(AgencyId, String)>,
    below: Vec<(AgencyId, String)>,
    days: i64,
    numbers: Numbers,
    on_time: Option<String>,
    late: Vec<Card>,
    open: Vec<Card>,
    closed: Vec<Card>,
    duties: Duties,
}

pub async fn agency(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response> {
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let id: AgencyId = id.parse().map_err(|_| Refusal::NotFound)?;
    let agency = pack.agency(&id).ok_or(Refusal::NotFound)?;
    let tells = telling(&visitor, &pack, now);
    let mut lists: HashMap<&str, Vec<Card>> = HashMap::new();
    for (name, query) in
        [("late", "late=1"), ("open", "state=open"), ("closed", "state=closed&sort=closed")]
    {
        let asked = Asked::parse(&format!("agency={id}&{query}"), &pack);
        let list = public_list(&app, asked, SHOWN).await?;
        lists.insert(name, list.rows.iter().map(|view| tells.card(view)).collect());
    }
    let wanted = id.clone();
    let duties = app.db.read(move |conn| duties_pages::read(conn, &wanted)).await?;
    let mut list = |name: &str| lists.remove(name).unwrap_or_default();
    let numbers = app.map.tally(&pack, now).agencies.get(&id).copied().unwrap_or_default();
    let named = |agency: &Agency| (agency.id.clone(), agency.short.text(t.code()).to_owned());
    let page = AgencyPage {
        page: visitor.page(&app, agency.name.text(t.code())),
        t,
        above: agency.parent.as_ref().and_then(|parent| pack.agency(parent)).map(named),
        below: pack
            .agencies
            .iter()
            .filter(|other| other.parent.as_ref() == Some(&id))
            .map(named)
            .collect(),
        days: DAYS,
        on_time: numbers.on_time().map(|share| t.percent(share)),
        numbers,
        late: list("late"),
        open: list("open"),
        closed: list("closed"),
        duties: tells.duties(&duties),
        id,
    };
    Ok(show(&page))
}
