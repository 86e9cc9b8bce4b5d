//! `/`: the pulse of the city, four numbers with their lists, what was fixed last, what came in last.

use super::super::filter::{Asked, Sort};
use super::super::map::numbers::{DAYS, Day, Tally};
use super::{public_list, telling};
use crate::app::Shared;
use crate::platform::error::Result;
use crate::platform::http::page::Page;
use crate::platform::http::view::{Card, Photo, Pulse, PulseDay};
use crate::platform::i18n::Lang;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::service_request::Outcome;

/// Results shown side by side, and how many of the newest are looked at to find them.
const RESULTS: usize = 3;
const RESULTS_READ: usize = 24;
/// Newest reports shown.
const NEWEST: usize = 6;

struct Comparison {
    card: Card,
    before: Photo,
    after: Photo,
}

/// A number with its definition and the list behind it.
struct Figure {
    number: String,
    label: String,
    means: String,
    of: String,
    href: String,
}

#[derive(Template)]
#[template(path = "public/front.html")]
struct FrontPage {
    page: Page,
    t: Lang,
    service_name: String,
    pulse: Pulse,
    pulse_title: String,
    figures: Vec<Figure>,
    results: Vec<Comparison>,
    newest: Vec<Card>,
}

pub async fn front(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let mut settled = Asked::parse("", &pack);
    settled.filter.outcome = Some(Outcome::Fixed);
    settled.sort = Sort::Closed;
    let settled = public_list(&app, settled, RESULTS_READ).await?;
    let newest = public_list(&app, Asked::parse("", &pack), NEWEST).await?;
    let tells = telling(&visitor, &pack, now);
    let results = settled.rows.iter().filter_map(|view| {
        let (before, after) = tells.before_after(view)?;
        Some(Comparison { card: tells.card(view), before, after })
    });
    let mut tally = (*app.map.tally(&pack, now)).clone();
    // One number of closed reports wherever it stands: that of the page of numbers.
    tally.take_closings(&app.closings(&pack, now));
    let service_name = pack.service_name.text(t.code()).to_owned();
    let page = FrontPage {
        page: visitor.page(&app, visitor.page(&app, "").city()).described(service_name.clone()),
        t,
        service_name,
        pulse: pulse(t, &tally),
        pulse_title: t.s1("front-pulse", "days", DAYS).into_owned(),
        figures: figures(t, &tally),
        results: results.take(RESULTS).collect(),
        newest: newest.rows.iter().map(|view| tells.card(view)).collect(),
    };
    Ok(show(&page))
}

fn pulse(t: Lang, tally: &Tally) -> Pulse {
    let day = |day: &Day| PulseDay {
        label: t.civil_date(day.date).into_owned(),
        received: day.received,
        settled: day.closed,
    };
    Pulse::of(tally.days.iter().map(day).collect())
}

fn figures(t: Lang, tally: &Tally) -> Vec<Figure> {
    let city = &tally.city;
    // The same numbers of the same days, as the statistics have them.
    let behind = |of: &str| format!("/stats/reports?of={of}&period={DAYS}d");
    let statistics = format!("/stats?period={DAYS}d");
    let figure = |key: &str, means: &str, number: String, of: String, href: String| Figure {
        number,
        label: t.s(key).into_owned(),
        means: t.s1(means, "days", DAYS).into_owned(),
        of,
        href,
    };
    let (on_time, deadlines) = match city.on_time() {
        Some(share) => {
            (t.percent(share), t.s1("front-deadlines", "n", city.deadlines).into_owned())
        }
        None => ("–".to_owned(), t.s("number-too-few").into_owned()),
    };
    let late = if city.late == 0 {
        String::new()
    } else {
        t.s1("front-late", "n", city.late).into_owned()
    };
    vec![
        figure(
            "front-received",
            "front-received-means",
            t.number(city.received),
            String::new(),
            behind("received"),
        ),
        figure(
            "front-closed",
            "front-closed-means",
            t.number(city.settled),
            String::new(),
            behind("closed"),
        ),
        figure("front-on-time", "front-on-time-means", on_time, deadlines, statistics),
        figure(
            "front-waiting",
            "front-waiting-means",
            t.number(city.waiting),
            late,
            "/reports?state=open".to_owned(),
        ),
    ]
}
