//! `/agencies`: all agencies side by side, with what can be told from it and what cannot.

use super::facts::Facts;
use super::figures::{Spread, Teller};
use super::filter_bar::FilterBar;
use super::league_order::{Head, Order};
use super::measure::Measure;
use super::period::Asked;
use super::scorecard::{By, Scope, Scorecard, Share};
use crate::app::Shared;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::i18n::Lang;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::pack::Agency;
use std::sync::Arc;

/// An agency in the table. A number and its list.
struct Line {
    name: String,
    href: String,
    received: (String, String),
    open: (String, String),
    late: Option<(String, String)>,
    on_time: Option<Spread>,
    deadlines: (String, String),
    /// Against the city as a whole: `better`, `worse` or `same`; empty where nothing can be said.
    against: &'static str,
    median: String,
    returned: Option<Spread>,
    satisfied: Option<Spread>,
    rated: String,
}

#[derive(Template)]
#[template(path = "oversight/league.html")]
struct LeaguePage {
    page: Page,
    t: Lang,
    bar: FilterBar,
    period: String,
    city: Option<Spread>,
    heads: Vec<Head>,
    lines: Vec<Line>,
    /// Agencies that had nothing in the period.
    quiet: Vec<(String, String)>,
}

pub async fn league(
    State(app): State<Shared>,
    State(facts): State<Arc<Facts>>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let query = query.unwrap_or_default();
    let mut asked = Asked::parse(&query, &pack, app.clock.now());
    let order = Order::parse(&query);
    asked.scope.agency = None;
    let counting = {
        let asked = asked.clone();
        tokio::task::spawn_blocking(move || {
            let book = facts.read();
            let all = Scope { agency: None, ..asked.scope.clone() };
            let city = book.scorecard(&all, &asked.window);
            (book.table(&asked.scope, By::Agency, &asked.window), city)
        })
    };
    let (cards, city) = counting.await.map_err(|e| Error::failed("count", e))?;
    let tells = Teller { t, asked: &asked };
    let (mut lines, mut quiet) = (Vec::new(), Vec::new());
    for agency in &pack.agencies {
        match cards.get(agency.id.as_str()).filter(|card| !card.is_empty()) {
            Some(card) => lines.push((card, line(tells, agency, card, city.on_time()))),
            None => quiet.push((link(&asked, agency), agency.name.text(t.code()).to_owned())),
        }
    }
    lines.sort_by(|(a, x), (b, y)| order.compare(a, b).then_with(|| x.name.cmp(&y.name)));
    let period = t.s2(
        "stats-period-is",
        "from",
        t.civil_date(asked.window.first),
        "to",
        t.civil_date(asked.window.last.min(asked.window.today).max(asked.window.first)),
    );
    let bar = FilterBar::new(t, &pack, &asked, "agency", "/agencies".to_owned());
    Ok(show(&LeaguePage {
        page: visitor
            .page(&app, bar.named(&t.s("agencies-title"), ""))
            .with_mistakes(bar.is_wrong()),
        t,
        period: period.into_owned(),
        city: tells.spread(city.on_time()),
        heads: order.heads(t, &asked),
        lines: lines.into_iter().map(|(_, line)| line).collect(),
        quiet,
        bar,
    }))
}

fn link(asked: &Asked, agency: &Agency) -> String {
    asked.link(&format!("/agencies/{}", agency.id), "agency", &[])
}

fn line(tells: Teller<'_>, agency: &Agency, card: &Scorecard, city: Share) -> Line {
    let (t, asked) = (tells.t, tells.asked);
    let number = |of: Measure| {
        let more = [("of", of.as_str()), ("agency", agency.id.as_str())];
        (t.number(card.n(of) as i64), asked.link("/stats/reports", "agency", &more))
    };
    let median = card.resolution.median.filter(|_| card.resolution.shown());
    Line {
        name: agency.name.text(t.code()).to_owned(),
        href: link(asked, agency),
        received: number(Measure::Received),
        open: number(Measure::Open),
        late: (card.n(Measure::Late) > 0).then(|| number(Measure::Late)),
        on_time: tells.spread(card.on_time()),
        deadlines: number(Measure::Deadlines),
        against: against(card.on_time(), city),
        median: median.map_or_else(|| "–".to_owned(), |ms| tells.long(ms)),
        returned: tells.spread(card.returned()),
        satisfied: tells.spread(card.satisfied()),
        rated: t.number(card.rated().hits as i64),
    }
}

/// Different only where the city's share lies outside what chance alone could make of the agency's.
fn against(own: Share, city: Share) -> &'static str {
    let (Some((low, high)), Some(city)) = (own.interval(), city.shown()) else { return "" };
    if low > city {
        "better"
    } else if high < city {
        "worse"
    } else {
        "same"
    }
}
