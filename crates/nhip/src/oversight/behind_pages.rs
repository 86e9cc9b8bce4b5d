//! `/stats/reports`: the reports behind a number, each as everybody may see it.

use super::facts::Facts;
use super::measure::Measure;
use super::period::Asked;
use crate::app::Shared;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::Card;
use crate::platform::i18n::Lang;
use crate::platform::limits;
use crate::service_request::list::store as list_store;
use crate::service_request::presenter::Telling;
use crate::service_request::view::view;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::disclosure::Audience;
use domain::refusal::Refusal;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "oversight/reports.html")]
struct BehindPage {
    page: Page,
    t: Lang,
    /// The page of numbers it belongs to.
    back: String,
    period: String,
    scope: Vec<String>,
    cards: Vec<Card>,
    newer: Option<String>,
    older: Option<String>,
}

pub async fn behind(
    State(app): State<Shared>,
    State(facts): State<Arc<Facts>>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let asked = Asked::parse(&query.unwrap_or_default(), &pack, now);
    let of = asked.of.ok_or(Refusal::NotFound)?;
    let counting = {
        let asked = asked.clone();
        tokio::task::spawn_blocking(move || {
            let wanted = (of, asked.code.as_deref());
            let after = asked.after.as_ref();
            facts.read().behind(&asked.scope, &asked.window, wanted, after, limits::PAGE)
        })
    };
    let (ids, next) = counting.await.map_err(|e| Error::failed("count", e))?;
    let mut reports = {
        let ids = ids.clone();
        app.db.read(move |conn| list_store::by_ids(conn, &ids)).await?
    };
    reports.sort_by_key(|report| ids.iter().position(|id| *id == report.id));
    let tells = Telling::new(t, &pack, now);
    let cards = reports.into_iter().map(|r| tells.card(&view(r, Audience::Public, &pack)));
    let more = |after: String| {
        let mut more = vec![("of", of.as_str())];
        if let Some(code) = &asked.code {
            more.push(("code", code));
        }
        more.push(("after", &after));
        asked.link("/stats/reports", "", &more)
    };
    let code = t.code();
    let scope = [
        asked.scope.field.as_ref().and_then(|id| pack.field(id)).map(|f| f.name.text(code)),
        asked.scope.area.as_ref().and_then(|id| pack.area(id)).map(|a| a.name.text(code)),
        asked.scope.agency.as_ref().and_then(|id| pack.agency(id)).map(|a| a.name.text(code)),
        asked.code.as_ref().and_then(|code| pack.refusal(code)).map(|c| c.name.text(code)),
    ];
    Ok(show(&BehindPage {
        page: visitor.page(&app, t.of("measure-", of)),
        t,
        back: asked.link("/stats", "", &[]),
        period: period(t, &asked, of),
        scope: scope.into_iter().flatten().map(str::to_owned).collect(),
        cards: cards.collect(),
        newer: asked.after.is_some().then(|| more(String::new())),
        older: next.map(|(at, code)| more(format!("{at}-{code}"))),
    }))
}

/// The period, or that it is about now.
fn period(t: Lang, asked: &Asked, of: Measure) -> String {
    if of >= Measure::Open {
        return t.s("stats-now").into_owned();
    }
    let window = &asked.window;
    let (from, to) = (t.civil_date(window.first), t.civil_date(window.last));
    t.s2("stats-period-is", "from", from, "to", to).into_owned()
}
