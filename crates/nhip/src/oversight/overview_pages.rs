//! The leader's page at the desk, to be read in under a minute; the periodic report, to be printed; and who gets it by
//! letter. A head of an agency sees the same of their own agency.

use super::digest::{AgencyLine, Days, Digest, Every, Periods, agencies, as_long_before, digest};
use super::facts::Facts;
use super::scorecard::Scope;
use super::store;
use crate::account::policy::{Action, may};
use crate::account::session::Signed;
use crate::app::Shared;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::{Card, Choice, Tab};
use crate::platform::i18n::Lang;
use crate::service_request::list::filter::{Filter, Sort};
use crate::service_request::list::store as list_store;
use crate::service_request::list::store::{Listing, Visibility};
use crate::service_request::presenter::Telling;
use crate::service_request::view::view;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Role;
use domain::disclosure::Audience;
use domain::pack::Pack;
use domain::service_request::ServiceRequest;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;

/// Reports shown that are late, the longest first.
const LATE: usize = 5;

#[derive(Template)]
#[template(path = "oversight/overview.html")]
struct OverviewPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    digest: Digest,
    late: Vec<Card>,
    may_renew: bool,
    may_ask: bool,
}

#[derive(Template)]
#[template(path = "oversight/report.html")]
struct ReportPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    /// Whose report it is.
    office: String,
    period: String,
    /// When it was made.
    made: String,
    rhythms: Vec<Choice>,
    /// How often it comes by letter.
    letters: Vec<Choice>,
    from: String,
    to: String,
    digest: Digest,
    agencies: Vec<AgencyLine>,
}

/// Leaders look over the city, others over their own agency.
fn scope(signed: &Signed) -> Scope {
    let all = [Role::Leader, Role::Administrator].iter().any(|role| signed.has(*role));
    Scope { agency: signed.agency.clone().filter(|_| !all), ..Scope::default() }
}

async fn counted(
    facts: Arc<Facts>,
    pack: &Arc<Pack>,
    t: Lang,
    periods: Option<Periods>,
) -> Result<Digest> {
    let periods = periods.ok_or_else(|| Error::failed("count", "no such days"))?;
    let pack = pack.clone();
    let counting = tokio::task::spawn_blocking(move || digest(&facts.read(), &pack, t, &periods));
    counting.await.map_err(|e| Error::failed("count", e))
}

pub async fn overview(
    State(app): State<Shared>,
    State(facts): State<Arc<Facts>>,
    visitor: Visitor,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let scope = scope(signed);
    let late = Filter { late: true, agency: scope.agency.clone(), ..Filter::default() };
    let rows = app.db.read(move |conn| {
        let listing = Listing {
            filter: &late,
            visibility: &Visibility::Public,
            sort: Sort::Due,
            after: None,
            limit: LATE,
            now,
        };
        list_store::list(conn, &listing)
    });
    let rows = rows.await?.rows;
    let tells = Telling::new(t, &pack, now);
    Ok(show(&OverviewPage {
        page: visitor.page(&app, t.s("overview-title")),
        t,
        tabs: app.tabs(&visitor, signed).await?,
        digest: counted(facts, &pack, t, Periods::week_until(&pack, scope, now)).await?,
        late: rows.into_iter().map(|r| at_desk(&tells, r, signed, &pack)).collect(),
        may_renew: signed.has(Role::Administrator),
        may_ask: may(signed, Action::AskExplanation, None),
    }))
}

/// How often the report comes by letter to this person.
async fn letters(app: &Shared, t: Lang, signed: &Signed) -> Result<Vec<Choice>> {
    let account = signed.account.clone();
    let rhythm = app.db.read(move |conn| store::rhythm(conn, &account)).await?;
    let never = Choice::new("never", t.s("overview-never"), rhythm.is_none());
    let all = Every::ALL.iter().map(|every| {
        Choice::new(every.to_string(), t.of("overview-every-", every), rhythm == Some(*every))
    });
    Ok(std::iter::once(never).chain(all).collect())
}

/// The card of a late report; it leads to the case at the desk, where its agency is asked, if the reader may see that.
fn at_desk(tells: &Telling<'_>, report: ServiceRequest, signed: &Signed, pack: &Pack) -> Card {
    let opens = may(signed, Action::SeeDesk, Some(&report));
    let card = tells.card(&view(report, Audience::Public, pack));
    let href = if opens { format!("/desk{}", card.href) } else { card.href.clone() };
    Card { href, ..card }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Which {
    every: String,
    from: String,
    to: String,
    /// `letters`: how often it comes was saved just now.
    done: String,
}

impl Which {
    /// The days that were chosen, if they are days until today.
    fn days(&self, today: Date) -> Option<Days> {
        let (from, to) = (self.from.parse::<Date>().ok()?, self.to.parse::<Date>().ok()?);
        (from <= to && to <= today).then_some((from, to))
    }
}

pub async fn report(
    State(app): State<Shared>,
    State(facts): State<Arc<Facts>>,
    visitor: Visitor,
    Query(which): Query<Which>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let today = pack.local_date(now);
    let chosen = which.days(today);
    let every = Every::parse(&which.every).unwrap_or(Every::Week);
    let (days, before) =
        chosen.map_or_else(|| every.newest(today), |days| (days, as_long_before(days)));
    let period = t.s2("stats-period-is", "from", t.civil_date(days.0), "to", t.civil_date(days.1));
    let rhythm = |one: &Every| {
        let checked = chosen.is_none() && *one == every;
        Choice::new(one.to_string(), t.of("overview-report-", one), checked)
    };
    let title = match chosen {
        Some(_) => t.s("overview-report").into_owned(),
        None => t.of("overview-report-", every).into_owned(),
    };
    let scope = scope(signed);
    let office = scope.agency.as_ref().unwrap_or(&pack.centre);
    let office = pack.agency(office).map_or("", |agency| agency.name.text(t.code())).to_owned();
    let periods = Periods::of(&pack, scope.clone(), days, before, now);
    let lines = {
        let (facts, pack) = (facts.clone(), pack.clone());
        tokio::task::spawn_blocking(move || {
            periods.map_or_else(Vec::new, |periods| agencies(&facts.read(), &pack, t, &periods))
        })
    };
    let lines = lines.await.map_err(|e| Error::failed("count", e))?;
    let saved = (which.done == "letters").then(|| t.s("overview-letters-saved").into_owned());
    Ok(show(&ReportPage {
        page: visitor.page(&app, title).with_notice(saved),
        letters: letters(&app, t, signed).await?,
        t,
        tabs: app.tabs(&visitor, signed).await?,
        office,
        period: period.into_owned(),
        made: t.civil_date(today).into_owned(),
        rhythms: Every::ALL.iter().map(rhythm).collect(),
        from: days.0.to_string(),
        to: days.1.to_string(),
        digest: counted(facts, &pack, t, Periods::of(&pack, scope, days, before, now)).await?,
        agencies: lines,
    }))
}

#[derive(Deserialize)]
pub struct Rhythm {
    #[serde(default)]
    every: String,
}

/// Begins, changes or ends the letters.
pub async fn subscribe(
    State(app): State<Shared>,
    visitor: Visitor,
    Form(form): Form<Rhythm>,
) -> Result<Response> {
    let account = visitor.needs_sign_in()?.account.clone();
    let now = app.clock.now();
    let today = app.pack.load().local_date(now);
    let every = Every::parse(&form.every);
    // The period that is over already is not sent again: the page shows it.
    let done = every.map(|every| every.newest(today).0.1.to_string()).unwrap_or_default();
    app.db.write(move |conn| store::set_rhythm(conn, &account, every, &done, now)).await?;
    Ok(Redirect::to("/desk/overview/report?done=letters").into_response())
}
