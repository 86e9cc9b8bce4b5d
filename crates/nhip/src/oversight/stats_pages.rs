//! `/stats`, `/agencies/{id}`, `/fields/{id}`, `/areas/{id}`: the scorecard of the city or of a part of it.

use super::facts::Facts;
use super::figures::{Bar, Figure, Spread, Teller, Trend};
use super::filter_bar::FilterBar;
use super::measure::Measure;
use super::period::Asked;
use super::scorecard::{By, Piece, Scorecard};
use crate::accountability::summary_pages::{self, Duties};
use crate::app::Shared;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::Pulse;
use crate::platform::i18n::Lang;
use crate::service_request::list::filter::start_of_day;
use crate::service_request::presenter::Telling;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use domain::ids::{AgencyId, AreaId, FieldCode};
use domain::pack::Pack;
use domain::refusal::Refusal;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A line of a table of parts.
pub struct Part {
    pub name: String,
    pub href: String,
    pub received: String,
    pub received_href: String,
    pub open: String,
    pub open_href: String,
    pub on_time: Option<Spread>,
    pub median: String,
}

/// Scorecards of all fields or areas in short.
pub struct Parts {
    pub title: String,
    pub head: String,
    pub lines: Vec<Part>,
}

/// A page above or below this one.
pub struct Near {
    pub href: String,
    pub name: String,
}

#[derive(Template)]
#[template(path = "oversight/scorecard.html")]
struct ScorecardPage {
    page: Page,
    t: Lang,
    above: Vec<Near>,
    below: Vec<Near>,
    bar: FilterBar,
    period: String,
    empty: bool,
    headline: Vec<Figure>,
    counts: Vec<Figure>,
    own_staff: Option<Figure>,
    pulse: Pulse,
    trend: Trend,
    outcomes: Vec<Bar>,
    refusals: Vec<Bar>,
    backlog: Vec<Bar>,
    promises: Vec<Figure>,
    /// What an agency promised, was asked, and earned; and its id.
    duties: Option<(AgencyId, Duties)>,
    parts: Vec<Parts>,
    /// Where following these reports begins.
    follow: String,
}

pub async fn stats(
    State(app): State<Shared>,
    State(facts): State<Arc<Facts>>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let title = visitor.t.s("stats-title").into_owned();
    let asked = Asked::parse(&query.unwrap_or_default(), &app.pack.load(), app.clock.now());
    page((&app, facts), &visitor, asked, "", "/stats".to_owned(), title).await
}

pub async fn agency(
    State(app): State<Shared>,
    State(facts): State<Arc<Facts>>,
    visitor: Visitor,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let (pack, id) = (app.pack.load_full(), parsed::<AgencyId>(&id)?);
    let agency = pack.agency(&id).ok_or(Refusal::NotFound)?;
    let mut asked = Asked::parse(&query.unwrap_or_default(), &pack, app.clock.now());
    let path = format!("/agencies/{id}");
    asked.scope.agency = Some(id);
    let title = agency.name.text(visitor.t.code()).to_owned();
    page((&app, facts), &visitor, asked, "agency", path, title).await
}

pub async fn field(
    State(app): State<Shared>,
    State(facts): State<Arc<Facts>>,
    visitor: Visitor,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let (pack, id) = (app.pack.load_full(), parsed::<FieldCode>(&id)?);
    let field = pack.field(&id).ok_or(Refusal::NotFound)?;
    let mut asked = Asked::parse(&query.unwrap_or_default(), &pack, app.clock.now());
    let path = format!("/fields/{id}");
    asked.scope.field = Some(id);
    let title = field.name.text(visitor.t.code()).to_owned();
    page((&app, facts), &visitor, asked, "field", path, title).await
}

pub async fn area(
    State(app): State<Shared>,
    State(facts): State<Arc<Facts>>,
    visitor: Visitor,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let (pack, id) = (app.pack.load_full(), parsed::<AreaId>(&id)?);
    let area = pack.heir(&id).ok_or(Refusal::NotFound)?;
    let mut asked = Asked::parse(&query.unwrap_or_default(), &pack, app.clock.now());
    let path = format!("/areas/{}", area.id);
    asked.scope.area = Some(area.id.clone());
    let title = area.name.text(visitor.t.code()).to_owned();
    page((&app, facts), &visitor, asked, "area", path, title).await
}

fn parsed<T: std::str::FromStr>(text: &str) -> Result<T> {
    text.parse().map_err(|_| Refusal::NotFound.into())
}

/// Everything a page tells, counted together.
struct Counted {
    card: Scorecard,
    pieces: Vec<Piece>,
    fields: BTreeMap<String, Scorecard>,
    areas: BTreeMap<String, Scorecard>,
}

/// Counts away from the threads that answer requests.
async fn count(facts: Arc<Facts>, asked: &Asked, starts: Vec<i64>) -> Result<Counted> {
    let asked = asked.clone();
    let counting = tokio::task::spawn_blocking(move || {
        let (book, window) = (facts.read(), &asked.window);
        let by = |by, wanted: bool| {
            if wanted { book.table(&asked.scope, by, window) } else { BTreeMap::new() }
        };
        Counted {
            card: book.scorecard(&asked.scope, window),
            pieces: book.pieces(&asked.scope, window, &starts),
            fields: by(By::Field, asked.scope.field.is_none()),
            areas: by(By::Area, asked.scope.area.is_none()),
        }
    });
    counting.await.map_err(|e| Error::failed("count", e))
}

/// `fixed`: which part of the scope the path names, so that the filter need not.
async fn page(
    (app, facts): (&Shared, Arc<Facts>),
    visitor: &Visitor,
    asked: Asked,
    fixed: &'static str,
    path: String,
    title: String,
) -> Result<Response> {
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let days = asked.pieces(&pack);
    let starts = days.iter().filter_map(|day| start_of_day(&pack, *day, 0));
    let starts = starts.map(jiff::Timestamp::as_millisecond).chain([asked.window.to]).collect();
    let counted = count(facts, &asked, starts).await?;
    let duties = duties(app, t, asked.scope.agency.clone().filter(|_| fixed == "agency")).await?;
    let (card, tells) = (&counted.card, Teller { t, asked: &asked });
    let (above, below) = near(&pack, t, &asked, fixed);
    let period = t.s2(
        "stats-period-is",
        "from",
        t.civil_date(asked.window.first),
        "to",
        t.civil_date(asked.window.last.min(asked.window.today).max(asked.window.first)),
    );
    let bar = FilterBar::new(t, &pack, &asked, fixed, path);
    let title = bar.named(&title, &t.s("stats-title"));
    let own = tells.count("stats-own-staff", card, Measure::OwnStaff);
    let parts = [(By::Field, &counted.fields), (By::Area, &counted.areas)];
    Ok(show(&ScorecardPage {
        page: visitor.page(app, title).with_mistakes(bar.is_wrong()),
        t,
        above,
        below,
        period: period.into_owned(),
        empty: card.is_empty(),
        headline: tells.headline(card),
        counts: tells.counts(card),
        own_staff: (card.n(Measure::OwnStaff) > 0).then_some(own),
        pulse: tells.pulse(&days, &counted.pieces),
        trend: tells.trend(&days, &counted.pieces),
        outcomes: tells.outcomes(card),
        refusals: tells.refusals(card, &pack),
        backlog: tells.backlog(card),
        promises: tells.promises(card),
        duties,
        parts: parts
            .into_iter()
            .filter(|(_, cards)| !cards.is_empty())
            .map(|(by, cards)| parts_of(tells, &pack, by, cards))
            .collect(),
        follow: follow(&asked),
        bar,
    }))
}

/// The page where following all reports of this part of the city begins.
fn follow(asked: &Asked) -> String {
    let scope = &asked.scope;
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, code) in [
        ("field", scope.field.as_ref().map(FieldCode::as_str)),
        ("area", scope.area.as_ref().map(AreaId::as_str)),
        ("agency", scope.agency.as_ref().map(AgencyId::as_str)),
    ] {
        if let Some(code) = code {
            query.append_pair(name, code);
        }
    }
    format!("/follow?{}", query.finish())
}

async fn duties(
    app: &Shared,
    t: Lang,
    agency: Option<AgencyId>,
) -> Result<Option<(AgencyId, Duties)>> {
    let Some(agency) = agency else { return Ok(None) };
    let wanted = agency.clone();
    let read = app.db.read(move |conn| summary_pages::read(conn, &wanted)).await?;
    let pack = app.pack.load_full();
    let duties = Telling::new(t, &pack, app.clock.now()).duties(&read);
    Ok(Some((agency, duties)))
}

/// What this page belongs to, and what belongs to it.
fn near(pack: &Pack, t: Lang, asked: &Asked, fixed: &str) -> (Vec<Near>, Vec<Near>) {
    let all = |path: &str, key: &str| Near {
        href: asked.link(path, fixed, &[]),
        name: t.s(key).into_owned(),
    };
    let own = asked.scope.agency.as_ref().filter(|_| fixed == "agency");
    let Some(own) = own else {
        let above = if fixed.is_empty() { Vec::new() } else { vec![all("/stats", "stats-title")] };
        return (above, Vec::new());
    };
    let agency = |id: &AgencyId, name: &str| Near {
        href: asked.link(&format!("/agencies/{id}"), "agency", &[]),
        name: name.to_owned(),
    };
    let parent = pack.agency(own).and_then(|agency| agency.parent.as_ref());
    let parent = parent.and_then(|parent| pack.agency(parent));
    let above = parent.map(|parent| agency(&parent.id, parent.short.text(t.code())));
    let below = pack.agencies.iter().filter(|other| other.parent.as_ref() == Some(own));
    (
        [all("/agencies", "agencies-title")].into_iter().chain(above).collect(),
        below.map(|other| agency(&other.id, other.short.text(t.code()))).collect(),
    )
}

fn parts_of(tells: Teller<'_>, pack: &Pack, by: By, cards: &BTreeMap<String, Scorecard>) -> Parts {
    let (t, asked) = (tells.t, tells.asked);
    let code = t.code();
    let (named, path, name): (Vec<(String, String)>, &str, &str) = if by == By::Field {
        let fields = pack.all_fields();
        (
            fields.map(|f| (f.code.to_string(), f.name.text(code).to_owned())).collect(),
            "/fields",
            "field",
        )
    } else {
        let areas = pack.areas.iter();
        (
            areas.map(|a| (a.id.to_string(), a.name.text(code).to_owned())).collect(),
            "/areas",
            "area",
        )
    };
    let mut lines = Vec::new();
    for (id, label) in named {
        let Some(card) = cards.get(&id) else { continue };
        let behind = |of: Measure| {
            asked.link("/stats/reports", name, &[("of", of.as_str()), (name, id.as_str())])
        };
        let median = card.resolution.median.filter(|_| card.resolution.shown());
        lines.push((
            card.n(Measure::Received),
            Part {
                name: label,
                href: asked.link(&format!("{path}/{id}"), name, &[]),
                received: t.number(card.n(Measure::Received) as i64),
                received_href: behind(Measure::Received),
                open: t.number(card.n(Measure::Open) as i64),
                open_href: behind(Measure::Open),
                on_time: tells.spread(card.on_time()),
                median: median.map_or_else(|| "–".to_owned(), |ms| tells.long(ms)),
            },
        ));
    }
    lines.sort_by_key(|(received, _)| std::cmp::Reverse(*received));
    let by_field = by == By::Field;
    Parts {
        title: t.s(if by_field { "stats-by-field" } else { "stats-by-area" }).into_owned(),
        head: t.s(if by_field { "filter-field" } else { "filter-area" }).into_owned(),
        lines: lines.into_iter().map(|(_, line)| line).collect(),
    }
}
