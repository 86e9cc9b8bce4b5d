//! `/desk/integrity`: what the answers of each agency were like, and the answers behind each number.
//!
//! A number here is no verdict: five answers in five minutes may be one broken main with five reports. It says where to
//! look.

use crate::app::Shared;
use crate::platform::db::DbError;
use crate::platform::error::Result;
use crate::platform::http::page::Page;
use crate::platform::http::view::{Tab, When};
use crate::platform::i18n::Lang;
use crate::service_request::presenter::shortened;
use crate::service_request::staff::integrity_store::{self, Integrity, Which};
use crate::service_request::staff::store as staff_store;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::ids::AgencyId;
use domain::refusal::Refusal;
use domain::service_request::event::EventData;
use jiff::{SignedDuration, Timestamp};

/// Days that can be looked back on; the first is what is shown unasked.
const PERIODS: [i64; 3] = [30, 90, 365];
/// Answers shown behind a number.
const SHOWN: usize = 200;
/// Letters of an answer in the list.
const EXCERPT: usize = 160;

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    days: String,
    which: String,
}

impl Asked {
    fn days(&self) -> i64 {
        let asked = self.days.parse().ok();
        PERIODS.into_iter().find(|days| Some(*days) == asked).unwrap_or(PERIODS[0])
    }
}

fn since(now: Timestamp, days: i64) -> Timestamp {
    now - SignedDuration::from_hours(24 * days)
}

/// A number, its share of what it is counted from, and the list behind it.
struct Figure {
    label: String,
    n: i64,
    share: String,
    href: String,
}

struct Line {
    agency: String,
    answers: i64,
    figures: Vec<Figure>,
}

#[derive(Template)]
#[template(path = "desk/integrity.html")]
struct PanelPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    periods: Vec<(i64, bool)>,
    heads: Vec<String>,
    lines: Vec<Line>,
}

pub async fn panel(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let (t, days, pack) = (visitor.t, asked.days(), app.pack.load_full());
    let from = since(app.clock.now(), days);
    let counted = app.db.read(move |conn| integrity_store::integrity(conn, from)).await?;
    let line = |counted: Integrity| {
        let id: AgencyId = counted.agency.parse().ok()?;
        let agency = pack.agency(&id)?.short.text(t.code()).to_owned();
        Some(Line { agency, answers: counted.answers, figures: figures(t, &counted, days) })
    };
    Ok(show(&PanelPage {
        page: visitor.page(&app, t.s("integrity-title")),
        t,
        tabs: app.tabs(&visitor, signed).await?,
        periods: PERIODS.into_iter().map(|period| (period, period == days)).collect(),
        heads: Which::ALL.iter().map(|w| t.of("integrity-", w).into_owned()).collect(),
        lines: counted.into_iter().filter_map(line).collect(),
    }))
}

fn figures(t: Lang, counted: &Integrity, days: i64) -> Vec<Figure> {
    let figure = |which: &Which| {
        let (n, of) = match which {
            Which::Published => (counted.published, counted.answers),
            Which::NoEvidence => (counted.no_evidence, counted.published),
            Which::Fast => (counted.fast, counted.published),
            Which::Bulk => (counted.bulk, counted.published),
            Which::Reused => (counted.reused, counted.published),
            Which::SentBack => (counted.sent_back, counted.answers),
        };
        let percent = if of == 0 { 0 } else { (200 * n + of) / (2 * of) };
        Figure {
            label: t.of("integrity-", which).into_owned(),
            n,
            share: t.s2("integrity-share", "percent", percent, "of", of).into_owned(),
            href: format!("/desk/integrity/{}?which={which}&days={days}", counted.agency),
        }
    };
    Which::ALL.iter().map(figure).collect()
}

struct Behind {
    href: String,
    code: String,
    when: When,
    who: String,
    words: String,
}

#[derive(Template)]
#[template(path = "desk/integrity-list.html")]
struct ListPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    back: String,
    agency: String,
    means: String,
    answers: Vec<Behind>,
}

pub async fn behind(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(agency): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let (t, now, pack) = (visitor.t, app.clock.now(), app.pack.load_full());
    let id: AgencyId = agency.parse().map_err(|_| Refusal::NotFound)?;
    let agency = pack.agency(&id).ok_or(Refusal::NotFound)?.name.text(t.code()).to_owned();
    let which = Which::parse(&asked.which).unwrap_or(Which::Published);
    let from = since(now, asked.days());
    let read = app.db.read(move |conn| {
        let found = integrity_store::answers(conn, &id, which, from, SHOWN)?;
        let people: Vec<_> = found.iter().filter_map(|answer| answer.account.clone()).collect();
        Ok::<_, DbError>((staff_store::names(conn, &people)?, found))
    });
    let (names, found) = read.await?;
    let told = found.into_iter().map(|answer| {
        let words = serde_json::from_str::<EventData>(&answer.data).ok().and_then(|data| data.text);
        let who = answer.account.as_ref().and_then(|account| names.get(account));
        Behind {
            href: format!("/desk/reports/{}", answer.request),
            code: answer.request.grouped(),
            when: When::moment(t, now, answer.at, pack.calendar.zone()),
            who: who.cloned().unwrap_or_default(),
            words: shortened(&words.unwrap_or_default(), EXCERPT),
        }
    });
    Ok(show(&ListPage {
        page: visitor.page(&app, t.of("integrity-", which)),
        t,
        tabs: app.tabs(&visitor, signed).await?,
        back: format!("/desk/integrity?days={}", asked.days()),
        agency,
        means: t.of("integrity-means-", which).into_owned(),
        answers: told.collect(),
    }))
}
