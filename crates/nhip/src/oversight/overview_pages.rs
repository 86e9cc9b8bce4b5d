//! The leader's page at the desk, to be read in under a minute; the periodic report, to be printed; and who gets it by
//! letter. A head of an agency sees the same of their own agency.

use super::digest::{Digest, Every, Periods, digest};
use super::scorecard::Scope;
use super::store;
use crate::account::policy::{Action, may};
use crate::account::session::Signed;
use crate::app::Shared;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::{Card, Choice};
use crate::platform::i18n::Lang;
use crate::service_request::desk_pages::{Tab, listed};
use crate::service_request::desk_queue::Queue;
use crate::service_request::filter::{Filter, Sort};
use crate::service_request::list_store::{self, Listing, Visibility};
use crate::service_request::telling::Telling;
use crate::service_request::view::view;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::disclosure::Audience;
use domain::service_request::workflow::Role;
use serde::Deserialize;

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
    rhythms: Vec<Choice>,
    may_renew: bool,
    may_ask: bool,
}

#[derive(Template)]
#[template(path = "oversight/report.html")]
struct ReportPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    period: String,
    other_reports: Vec<(String, String)>,
    digest: Digest,
}

/// Leaders look over the city, others over their own agency.
fn scope(signed: &Signed) -> Scope {
    let all = [Role::Leader, Role::Administrator].iter().any(|role| signed.has(*role));
    Scope { agency: signed.agency.clone().filter(|_| !all), ..Scope::default() }
}

async fn counted(app: &Shared, t: Lang, periods: Option<Periods>) -> Result<Digest> {
    let periods = periods.ok_or_else(|| Error::failed("count", "no such days"))?;
    let app = app.clone();
    let counting = tokio::task::spawn_blocking(move || {
        digest(&app.facts.read(), &app.pack.load(), t, &periods)
    });
    counting.await.map_err(|e| Error::failed("count", e))
}

pub async fn overview(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
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
    let account = signed.account.clone();
    let rhythm = app.db.read(move |conn| store::rhythm(conn, &account)).await?;
    let tells = Telling::new(t, &pack, now);
    let choice = |every: Option<Every>, label: String| Choice {
        value: every.map_or_else(|| "never".to_owned(), |every| every.to_string()),
        label,
        hint: String::new(),
        checked: every == rhythm,
    };
    let never = std::iter::once(choice(None, t.s("overview-never").into_owned()));
    let rhythms =
        Every::ALL.iter().map(|e| choice(Some(*e), t.of("overview-every-", e).into_owned()));
    Ok(show(&OverviewPage {
        page: visitor.page(&app, t.s("overview-title")),
        t,
        tabs: listed(&app, &visitor, signed, Queue::Now).await?.tabs,
        digest: counted(&app, t, Periods::week_until(&pack, scope, now)).await?,
        late: rows.into_iter().map(|r| tells.card(&view(r, Audience::Public, &pack))).collect(),
        rhythms: never.chain(rhythms).collect(),
        may_renew: may(signed, Action::Oversee, None),
        may_ask: may(signed, Action::AskExplanation, None),
    }))
}

#[derive(Deserialize)]
pub struct Which {
    every: Option<String>,
}

pub async fn report(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(which): Query<Which>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let every = which.every.as_deref().and_then(Every::parse).unwrap_or(Every::Week);
    let (days, before) = every.newest(pack.local_date(now));
    let period = t.s2("stats-period-is", "from", t.civil_date(days.0), "to", t.civil_date(days.1));
    let others = Every::ALL.iter().filter(|other| **other != every);
    let link = |other: &Every| {
        (
            format!("/desk/overview/report?every={other}"),
            t.of("overview-every-", other).into_owned(),
        )
    };
    Ok(show(&ReportPage {
        page: visitor.page(&app, t.of("overview-report-", every)),
        t,
        tabs: listed(&app, &visitor, signed, Queue::Now).await?.tabs,
        period: period.into_owned(),
        other_reports: others.map(link).collect(),
        digest: counted(&app, t, Periods::of(&pack, scope(signed), days, before, now)).await?,
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
    Ok(Redirect::to("/desk/overview").into_response())
}
