//! `/reports/{code}/slip`: the control slip of a report: who received it, when, what they owed, whether it came in time,
//! and to whom it went on. One page to print, drawn from the clocks of the case.

use super::telling;
use crate::app::Shared;
use crate::case::clock;
use crate::case::event_store;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::When;
use crate::platform::i18n::Lang;
use crate::procedure::pages as procedures;
use crate::service_request::action::promise::{self, Promise};
use crate::service_request::presenter::Telling;
use crate::service_request::store;
use crate::service_request::view::{ReportView, view};
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::case::Moved;
use domain::clock::{Clock, ClockKind, Ending};
use domain::disclosure::{Audience, Part};
use domain::ids::ServiceRequestId;
use domain::procedure::Procedure;
use domain::promise::{PromiseKind, PromiseState};
use domain::refusal::Refusal;
use domain::service_request::ServiceRequest;
use domain::service_request::workflow::Verb;
use jiff::Timestamp;

/// A clock as a line of the slip.
struct Line {
    /// The name of the step, or what else runs.
    name: String,
    attempt: u32,
    /// Office and role; empty where they are not for everybody.
    who: String,
    product: String,
    budget: String,
    received: When,
    due: Option<When>,
    /// What it was before the calendar changed.
    moved_from: Option<When>,
    done: Option<When>,
    /// How it ended, in time or not, or how it stands.
    result: String,
    late: bool,
}

/// What the history says beside the clocks.
struct Past<'e> {
    moved: Vec<&'e Moved>,
    appealed: Option<Timestamp>,
}

/// A day that was named, and whether it was kept.
struct Named {
    kind: &'static str,
    who: String,
    made: When,
    date: String,
    state: &'static str,
    broken: bool,
}

#[derive(Template)]
#[template(path = "public/slip.html")]
struct SlipPage {
    page: Page,
    t: Lang,
    href: String,
    address: String,
    title: String,
    service: String,
    place: String,
    procedure: String,
    procedure_href: String,
    hash: String,
    sent: When,
    lines: Vec<Line>,
    named: Vec<Named>,
}

pub async fn slip(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response> {
    let id = ServiceRequestId::from_human(&code).ok_or(Refusal::NotFound)?;
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let found = app.db.read(move |conn| {
        let report = store::find(conn, &id)?.ok_or(Refusal::NotFound)?;
        Ok::<_, Error>((
            event_store::of::<ServiceRequest>(conn, &id)?,
            clock::of(conn, &id)?,
            promise::of(conn, &id)?,
            report,
        ))
    });
    let (events, clocks, promises, report) = found.await?;
    let procedure = pack.procedure_of(&report).cloned();
    let hash = report.procedure_hash.clone().unwrap_or_default();
    let view = view(report, Audience::Public, &pack);
    if !view.sees(Part::Steps) {
        return Err(Refusal::NotFound.into());
    }
    let tells = telling(&visitor, &pack, now);
    let past = Past {
        moved: events.iter().flat_map(|event| &event.data.moved).collect(),
        appealed: events.iter().find(|e| e.verb == Verb::Appeal).map(|event| event.at),
    };
    let line = |clock: &Clock| line(&tells, &view, clock, &past);
    let name =
        |p: &Procedure| t.s2("slip-procedure", "name", p.name.text(t.code()), "n", p.version);
    Ok(show(&SlipPage {
        page: visitor.page(&app, t.s1("slip-title", "code", view.id.grouped())),
        t,
        href: format!("/reports/{}", view.id),
        address: format!("{}/reports/{}/slip", app.config.public_url, view.id),
        title: tells.title(&view),
        service: tells.service(&view),
        place: tells.place(&view),
        procedure: procedure.as_ref().map_or_else(String::new, |p| name(p).into_owned()),
        procedure_href: procedure.as_ref().map_or_else(String::new, |p| procedures::href(&pack, p)),
        hash: procedures::short(&hash),
        sent: tells.moment(view.received_at),
        lines: clocks.iter().map(|kept| line(&kept.clock)).collect(),
        named: promises
            .iter()
            .filter(|promise| may_read(&view, promise))
            .map(|promise| named(&tells, &view, promise))
            .collect(),
    }))
}

/// What was answered is for fewer than who has it and by when.
fn may_read(view: &ReportView, promise: &Promise) -> bool {
    view.sees(match promise.kind {
        PromiseKind::Planned => Part::Texts,
        PromiseKind::Committed => Part::Agency,
    })
}

fn named(tells: &Telling<'_>, view: &ReportView, promise: &Promise) -> Named {
    let who = view.sees(Part::Agency).then(|| tells.agency(&promise.agency));
    Named {
        kind: promise.kind.as_str(),
        who: who.unwrap_or_default(),
        made: tells.moment(promise.made_at),
        date: tells.t.civil_date(promise.date).into_owned(),
        state: promise.state.as_str(),
        broken: promise.state == PromiseState::Broken,
    }
}

fn line(tells: &Telling<'_>, view: &ReportView, clock: &Clock, past: &Past<'_>) -> Line {
    let (t, pack) = (tells.t, tells.pack);
    let procedure = pack.procedure_version(&clock.procedure, clock.version);
    let step = procedure.and_then(|procedure| procedure.step(&clock.step));
    let office = view.sees(Part::Agency).then(|| tells.agency(&clock.agency));
    let role = clock.role.map(|role| t.of("role-", role.as_str()).into_owned());
    let late = clock.is_late(tells.now);
    let key = match clock.stopped.as_ref().map(|stopped| stopped.how) {
        None if clock.is_suspended() => "slip-suspended",
        None if late => "slip-late",
        None => "slip-running",
        Some(Ending::Done) if late => "slip-done-late",
        Some(Ending::Done) => "slip-done",
        Some(Ending::Passed) => "slip-passed",
        Some(Ending::Returned) => "slip-returned",
        Some(Ending::HandedOver) => "slip-handed-over",
        Some(Ending::Ended) => "slip-ended",
    };
    let of_step = match clock.kind {
        ClockKind::Promise => None,
        ClockKind::FirstResponse => Some(clock.kind.as_str()),
        ClockKind::Step => Some(clock.step.as_str()),
    };
    let moved_to_here = |m: &&&Moved| m.step.as_deref() == of_step && Some(m.to) == clock.due_at;
    let moved_from = past.moved.iter().rfind(moved_to_here).map(|moved| tells.moment(moved.from));
    let appeal = past.appealed == Some(clock.started_at);
    Line {
        name: match (clock.kind, step) {
            (ClockKind::Promise, _) if appeal => t.s("slip-appeal").into_owned(),
            (ClockKind::Promise, _) => t.s("slip-promise").into_owned(),
            (ClockKind::FirstResponse, _) => t.s("slip-first-response").into_owned(),
            (ClockKind::Step, Some(step)) => step.name.text(t.code()).to_owned(),
            (ClockKind::Step, None) => clock.step.clone(),
        },
        attempt: clock.attempt,
        who: office.into_iter().chain(role).collect::<Vec<_>>().join(" · "),
        product: step.map_or_else(String::new, |step| step.product.text(t.code()).to_owned()),
        budget: t.budget(clock.budget).into_owned(),
        received: tells.moment(clock.started_at),
        due: clock.due_at.map(|due| tells.moment(due)),
        moved_from,
        done: clock.stopped.as_ref().map(|stopped| tells.moment(stopped.at)),
        result: t.s(key).into_owned(),
        late,
    }
}
