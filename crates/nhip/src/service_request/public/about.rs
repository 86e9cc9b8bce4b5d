//! How it works: `/about`, the life of a report in plain words (drawn from the workflow's own table), the procedures.

use crate::app::Shared;
use crate::platform::error::Result;
use crate::platform::http::page::Page;
use crate::platform::i18n::Lang;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use domain::actor::Visibility;
use domain::case::To;
use domain::ids::ProcedureCode;
use domain::service_request::workflow::TRANSITIONS;
use domain::service_request::{Outcome, State as Stage};

#[derive(Template)]
#[template(path = "public/about.html")]
struct AboutPage {
    page: Page,
    t: Lang,
    services: usize,
    agencies: usize,
    areas: usize,
    operator: String,
    erased_after: u32,
    law: String,
}

pub async fn about(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let page = AboutPage {
        page: visitor.page(&app, t.s("about-title")),
        t,
        services: pack.services.len(),
        agencies: pack.agencies.len(),
        areas: pack.areas.len(),
        operator: pack
            .agency(&pack.centre)
            .map_or_else(String::new, |centre| centre.name.text(t.code()).to_owned()),
        erased_after: pack.settings.erase_identity_after_days,
        law: pack.notices.privacy_law.text(t.code()).to_owned(),
    };
    Ok(show(&page))
}

/// A way out of a state.
struct Way {
    verb: String,
    who: String,
    to: &'static str,
}

struct StageLine {
    state: &'static str,
    means: String,
    ways: Vec<Way>,
}

#[derive(Template)]
#[template(path = "public/what-happens.html")]
struct LifePage {
    page: Page,
    t: Lang,
    stages: Vec<StageLine>,
    outcomes: Vec<(&'static str, String)>,
    procedures: Vec<(ProcedureCode, String, String)>,
}

pub async fn what_happens(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let stage = |state: &Stage| StageLine {
        state: state.as_str(),
        means: t.of("life-", state).into_owned(),
        ways: ways(t, *state),
    };
    let today = pack.local_date(now);
    let mut codes: Vec<&ProcedureCode> =
        pack.procedures.iter().map(|procedure| &procedure.code).collect();
    codes.dedup();
    let in_force = codes.into_iter().filter_map(|code| pack.procedure(code, today));
    let page = LifePage {
        page: visitor.page(&app, t.s("life-title")),
        t,
        stages: Stage::ALL.iter().map(stage).collect(),
        outcomes: Outcome::ALL
            .iter()
            .map(|o| (o.as_str(), t.of("outcome-means-", o).into_owned()))
            .collect(),
        procedures: in_force
            .map(|p| {
                (p.code.clone(), p.name.text(t.code()).to_owned(), t.budget(p.promise).into_owned())
            })
            .collect(),
    };
    Ok(show(&page))
}

/// The rows of the table that lead to another state, for everybody to read.
fn ways(t: Lang, from: Stage) -> Vec<Way> {
    let moves = TRANSITIONS
        .iter()
        .filter(|row| row.visibility == Visibility::Public && row.from.contains(&from));
    let told = moves.filter_map(|row| {
        let to = match row.to {
            To::State(to) if to != from => to.as_str(),
            To::WhereAsked => "where-asked",
            To::State(_) | To::Same => return None,
        };
        let roles: Vec<_> = row.roles.iter().map(|role| t.of("role-", role).into_owned()).collect();
        Some(Way { verb: t.of("verb-", row.verb).into_owned(), who: roles.join(", "), to })
    });
    told.collect()
}

/// `/robots.txt`: everything public may be found, and where to report; what is one person's own may not.
pub async fn robots() -> Response {
    let rules = "User-agent: *\nDisallow: /my/\nDisallow: /receipt/\nDisallow: /account\nDisallow: /desk\nDisallow: /new/\n";
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], rules).into_response()
}
