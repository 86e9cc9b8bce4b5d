//! How it works: `/about`, the life of a report in plain words (drawn from the workflow's own table), the procedures.

use crate::app::Shared;
use crate::platform::error::Result;
use crate::platform::http::page::Page;
use crate::platform::i18n::Lang;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use domain::ids::ProcedureCode;
use domain::pack::Pack;
use domain::procedure::Procedure;
use domain::service_request::refusal::Refusal;
use domain::service_request::workflow::{TRANSITIONS, To};
use domain::service_request::{Outcome, State as Stage, event::Visibility};

#[derive(Template)]
#[template(path = "public/about.html")]
struct AboutPage {
    page: Page,
    t: Lang,
    services: usize,
    agencies: usize,
    areas: usize,
}

pub async fn about(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let page = AboutPage {
        page: visitor.page(&app, t.s("about-title")),
        t,
        services: pack.services.len(),
        agencies: pack.agencies.len(),
        areas: pack.areas.len(),
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

struct StepLine {
    name: String,
    who: String,
    action: String,
    product: String,
    budget: String,
    pauses: String,
}

#[derive(Template)]
#[template(path = "public/procedure.html")]
struct ProcedurePage {
    page: Page,
    t: Lang,
    version: u32,
    since: String,
    legal_basis: String,
    owner: String,
    promise: String,
    first_response: String,
    steps: Vec<StepLine>,
    services: Vec<(String, String)>,
}

pub async fn procedure(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response> {
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let code: ProcedureCode = code.parse().map_err(|_| Refusal::NotFound)?;
    let found = pack.procedure(&code, pack.local_date(now)).ok_or(Refusal::NotFound)?;
    let owner = pack
        .agency(&found.owner)
        .map_or_else(String::new, |agency| agency.name.text(t.code()).to_owned());
    let of_it = pack.services.iter().filter(|service| service.procedure == code);
    let page = ProcedurePage {
        page: visitor.page(&app, found.name.text(t.code())),
        t,
        version: found.version,
        since: t.civil_date(found.effective_from).into_owned(),
        legal_basis: found.legal_basis.text(t.code()).to_owned(),
        owner,
        promise: t.budget(found.promise).into_owned(),
        first_response: t.budget(found.first_response).into_owned(),
        steps: steps(t, &pack, found),
        services: of_it
            .map(|s| (format!("/reports?service={}", s.code), s.name.text(t.code()).to_owned()))
            .collect(),
    };
    Ok(show(&page))
}

fn steps(t: Lang, pack: &Pack, procedure: &Procedure) -> Vec<StepLine> {
    let line = |step: &domain::procedure::Step| {
        let pauses = step
            .pauses_on
            .iter()
            .filter_map(|code| pack.pause(code))
            .map(|pause| pause.name.text(t.code()));
        StepLine {
            name: step.name.text(t.code()).to_owned(),
            who: t.of("role-", format!("{:?}", step.role).to_lowercase()).into_owned(),
            action: step.action.text(t.code()).to_owned(),
            product: step.product.text(t.code()).to_owned(),
            budget: t.budget(step.budget).into_owned(),
            pauses: pauses.collect::<Vec<_>>().join(", "),
        }
    };
    procedure.steps.iter().map(line).collect()
}

/// `/robots.txt`: everything public may be found; forms and what is one person's own may not.
pub async fn robots() -> Response {
    let rules = "User-agent: *\nDisallow: /my/\nDisallow: /receipt/\nDisallow: /account\nDisallow: /desk\nDisallow: /new\n";
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], rules).into_response()
}
