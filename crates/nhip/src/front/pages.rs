//! `/`: the pulse of the city, four numbers with their lists, what was fixed last, what came in last.

use crate::app::Shared;
use crate::oversight::facts::Facts;
use crate::oversight::scorecard::{Piece, Share};
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::{Card, Photo, Pulse, PulseDay};
use crate::platform::i18n::Lang;
use crate::service_request::list::filter::{Asked, Sort};
use crate::service_request::map::Map;
use crate::service_request::map::numbers::Numbers;
use crate::service_request::public::{public_list, telling};
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::pack::Pack;
use domain::service_request::Outcome;
use jiff::{Span, Timestamp};
use std::sync::Arc;

/// Results shown side by side, and how many of the newest are looked at to find them.
const RESULTS: usize = 3;
const RESULTS_READ: usize = 24;
/// Newest reports shown.
const NEWEST: usize = 6;
/// Days of the pulse and of the numbers beside it.
const DAYS: i64 = 30;

/// What happened in the last days, as every page of numbers counts it.
pub struct Lately {
    /// Reports received and reports closed on each day, the oldest first.
    pub days: Vec<(u64, u64)>,
    /// Deadlines that fell, and the share of them that was kept; `None` over too few.
    pub deadlines: u64,
    pub on_time: Option<f64>,
}

impl Lately {
    /// Counts all reports, so not on a thread that answers.
    pub fn of(facts: &Facts, pack: &Pack, now: Timestamp) -> Self {
        let pieces = facts.lately(pack, now, DAYS);
        let sum = |of: fn(&Piece) -> u64| pieces.iter().map(of).sum::<u64>();
        let on_time = Share { hits: sum(|day| day.kept), n: sum(|day| day.deadlines) };
        Self {
            days: pieces.iter().map(|day| (day.received, day.closed)).collect(),
            deadlines: on_time.n,
            on_time: on_time.shown(),
        }
    }
}

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

pub async fn front(
    State(app): State<Shared>,
    State(map): State<Arc<Map>>,
    State(facts): State<Arc<Facts>>,
    visitor: Visitor,
) -> Result<Response> {
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
    // A million rows are counted beside the other requests, not before them.
    let counted = {
        let pack = pack.clone();
        let count = move || (map.tally(now).city, Lately::of(&facts, &pack, now));
        tokio::task::spawn_blocking(count).await
    };
    let (open, lately) = counted.map_err(|e| Error::failed("count the last days", e))?;
    let service_name = pack.service_name.text(t.code()).to_owned();
    let page = FrontPage {
        page: visitor.page(&app, visitor.page(&app, "").city()).described(service_name.clone()),
        t,
        service_name,
        pulse: pulse(t, &pack, now, &lately),
        pulse_title: t.s1("front-pulse", "days", DAYS).into_owned(),
        figures: figures(t, open, &lately),
        results: results.take(RESULTS).collect(),
        newest: newest.rows.iter().map(|view| tells.card(view)).collect(),
    };
    Ok(show(&page))
}

fn pulse(t: Lang, pack: &Pack, now: Timestamp, lately: &Lately) -> Pulse {
    let today = pack.local_date(now);
    let day = |(back, (received, settled)): (i64, &(u64, u64))| PulseDay {
        label: t.civil_date(today.saturating_sub(Span::new().days(back))).into_owned(),
        received: *received as i64,
        settled: *settled as i64,
    };
    let back = (0..lately.days.len() as i64).rev();
    Pulse::of(back.zip(&lately.days).map(day).collect())
}

fn figures(t: Lang, open: Numbers, lately: &Lately) -> Vec<Figure> {
    let received: u64 = lately.days.iter().map(|day| day.0).sum();
    let closed: u64 = lately.days.iter().map(|day| day.1).sum();
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
    let (on_time, deadlines) = match lately.on_time {
        Some(share) => {
            (t.percent(share), t.s1("front-deadlines", "n", lately.deadlines).into_owned())
        }
        None => ("–".to_owned(), t.s("number-too-few").into_owned()),
    };
    let late = match open.late {
        0 => String::new(),
        late => t.s1("front-late", "n", late).into_owned(),
    };
    vec![
        figure(
            "front-received",
            "front-received-means",
            t.number(received),
            String::new(),
            behind("received"),
        ),
        figure(
            "front-closed",
            "front-closed-means",
            t.number(closed),
            String::new(),
            behind("closed"),
        ),
        figure("front-on-time", "front-on-time-means", on_time, deadlines, statistics),
        figure(
            "front-waiting",
            "front-waiting-means",
            t.number(open.waiting),
            late,
            "/reports?state=open".to_owned(),
        ),
    ]
}
