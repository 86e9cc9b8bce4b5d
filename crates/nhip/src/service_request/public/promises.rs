//! `/promises`: the register of promises: every date that was given in public, by whom, for what, and whether it was kept.

use super::{agency_choices, choices, telling};
use crate::app::Shared;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::http::page::Page;
use crate::platform::http::view::Choice;
use crate::platform::i18n::Lang;
use crate::platform::limits;
use crate::service_request::action::promise::Promise;
use crate::service_request::action::promise_store::{self, Count, Wanted};
use crate::service_request::list::store as list_store;
use crate::service_request::view::view;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::disclosure::Audience;
use domain::ids::AgencyId;
use domain::promise::PromiseKind;
use domain::service_request::ServiceRequest;
use std::collections::BTreeMap;

/// What the list may be narrowed to: the word in the address.
const STATES: [&str; 3] = ["open", "kept", "broken"];

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    agency: String,
    state: String,
    kind: String,
    after: String,
}

/// A promise in the list.
struct Line {
    href: String,
    code: String,
    title: String,
    agency: String,
    date: String,
    kind: &'static str,
    state: &'static str,
}

/// An agency with what became of its promises.
struct Tally {
    id: AgencyId,
    name: String,
    open: i64,
    kept: i64,
    broken: i64,
    share: Option<String>,
}

#[derive(Template)]
#[template(path = "public/promises.html")]
struct PromisesPage {
    page: Page,
    t: Lang,
    agencies: Vec<Choice>,
    states: Vec<Choice>,
    kinds: Vec<Choice>,
    lines: Vec<Line>,
    tallies: Vec<Tally>,
    older: Option<String>,
}

pub async fn promises(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let agency = asked.agency.parse().ok().filter(|id: &AgencyId| pack.agency(id).is_some());
    let state = STATES.into_iter().find(|state| *state == asked.state).unwrap_or_default();
    let kind = PromiseKind::parse(&asked.kind);
    let after = asked
        .after
        .split_once('.')
        .and_then(|(date, id)| Some((date.parse().ok()?, id.parse().ok()?)));
    let chosen = agency.as_ref().map_or("", AgencyId::as_str).to_owned();
    let wanted = Wanted { agency, state, kind, after };
    let (found, counts) = app.db.read(move |conn| told(conn, &wanted)).await?;
    let tells = telling(&visitor, &pack, now);
    let last = found.get(limits::PAGE - 1).filter(|_| found.len() > limits::PAGE);
    let kind_word = kind.map_or("", PromiseKind::as_str);
    let older = last.map(|(p, _)| {
        format!(
            "/promises?agency={chosen}&state={state}&kind={kind_word}&after={}.{}",
            p.date, p.id
        )
    });
    let line = |(promise, report): &(Promise, _)| {
        let view = view(Clone::clone(report), Audience::Public, &pack);
        Line {
            href: format!("/reports/{}", view.id),
            code: view.id.grouped(),
            title: tells.title(&view),
            agency: tells.agency(&promise.agency),
            date: t.civil_date(promise.date).into_owned(),
            kind: promise.kind.as_str(),
            state: promise.state.as_str(),
        }
    };
    let word = |group: &str, word: &str| (word.to_owned(), t.of(group, word).into_owned());
    let kinds = PromiseKind::ALL.iter().map(|kind| word("slip-promise-kind-", kind.as_str()));
    Ok(show(&PromisesPage {
        page: visitor.page(&app, t.s("promises-title")),
        t,
        agencies: agency_choices(&pack, t, &chosen),
        states: choices(
            t.s("promises-all"),
            state,
            STATES.iter().map(|state| word("promises-state-", state)),
        ),
        kinds: choices(t.s("promises-all"), kind_word, kinds),
        lines: found.iter().take(limits::PAGE).map(line).collect(),
        tallies: tallies(&counts, t, |id| tells.agency(id)),
        older,
    }))
}

type Told = (Promise, ServiceRequest);

/// A page of promises with their reports, and one more to know whether it goes on; and how many there are of each.
fn told(conn: &mut Conn<'_>, wanted: &Wanted) -> Result<(Vec<Told>, Vec<Count>)> {
    let rows = promise_store::list(conn, wanted, limits::PAGE + 1)?;
    let ids: Vec<_> = rows.iter().map(|promise| promise.request.clone()).collect();
    let reports = list_store::by_ids(conn, &ids)?;
    let with_report = |promise: Promise| {
        let report = reports.iter().find(|report| report.id == promise.request)?.clone();
        Some((promise, report))
    };
    let found = rows.into_iter().filter_map(with_report).collect();
    Ok((found, promise_store::counts(conn, None)?))
}

fn tallies(counts: &[Count], t: Lang, name: impl Fn(&AgencyId) -> String) -> Vec<Tally> {
    /// Nothing is said of fewer.
    const FEWEST: i64 = 10;
    let mut agencies: BTreeMap<&AgencyId, (i64, i64, i64)> = BTreeMap::new();
    for count in counts {
        let tally = agencies.entry(&count.agency).or_default();
        match count.state.as_str() {
            "kept" => tally.1 += count.n,
            "broken" => tally.2 += count.n,
            "standing" | "due" => tally.0 += count.n,
            _ => {}
        }
    }
    let tallies = agencies.into_iter().map(|(id, (open, kept, broken))| {
        let settled = kept + broken;
        Tally {
            id: id.clone(),
            name: name(id),
            open,
            kept,
            broken,
            share: (settled >= FEWEST).then(|| t.percent(kept as f64 / settled as f64)),
        }
    });
    let mut tallies: Vec<Tally> = tallies.filter(|t| t.open + t.kept + t.broken > 0).collect();
    tallies.sort_by_key(|tally| std::cmp::Reverse(tally.open + tally.kept + tally.broken));
    tallies
}
