//! What staff do to a case: one form per verb, each naming the version it was written on. A form that cannot be taken
//! comes back with what was typed, and with what changed meanwhile.

use super::bulk_assign_pages::must_work_for;
use super::case_pages::{OFFERED, Shown, date, find, page};
use super::list_pages::{self, Narrowed};
use super::queue::{Queue, SHOWN_AT_MOST};
use crate::account::policy::{Action, may};
use crate::account::session::Signed;
use crate::account::vault;
use crate::app::Shared;
use crate::case::explanation;
use crate::case::must_be_fresh;
use crate::media::form_http::Form;
use crate::media::{self, Accept, StoredPhoto, Upload};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::http::answer as answers;
use crate::platform::http::page::Page;
use crate::platform::http::view::Tab;
use crate::platform::i18n::Lang;
use crate::platform::idempotency_store;
use crate::service_request::action::correct::{self, Correction};
use crate::service_request::action::deliver::{self, Delivery};
use crate::service_request::action::explain;
use crate::service_request::action::moderate::{self, Redaction};
use crate::service_request::action::{
    Acted, On, accept, answer, ask, assign, extend, merge, refuse, review, undo, urgent, work,
};
use crate::service_request::form::fields::Place;
use crate::service_request::form::key_http as form_key;
use crate::visitor::open_form_http::OpenForm;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Role;
use domain::ids::{AgencyId, MediaId, ServiceRequestId};
use domain::place::{Exactness, Point};
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, ServiceRequest};
use std::sync::Arc;

/// `POST /desk/reports/{code}/{verb}`.
pub async fn act(
    State(app): State<Shared>,
    visitor: Visitor,
    Path((code, verb)): Path<(String, String)>,
    typed: Form,
) -> Result<Response> {
    take(&app, &visitor, &code, &verb, typed).await
}

/// The same for the one form with files, which has a larger body.
pub async fn answer_form(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
    typed: Form,
) -> Result<Response> {
    take(&app, &visitor, &code, Verb::Answer.as_str(), typed).await
}

/// The same for the product of a step.
pub async fn deliver_form(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
    typed: Form,
) -> Result<Response> {
    take(&app, &visitor, &code, Verb::Deliver.as_str(), typed).await
}

async fn take(
    app: &Shared,
    visitor: &Visitor,
    code: &str,
    verb: &str,
    mut typed: Form,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let taken = |v: &Verb| OFFERED.contains(v) || *v == Verb::Undo;
    let verb = Verb::parse(verb).filter(taken).ok_or(Refusal::NotFound)?;
    let report = find(app, signed, code).await?;
    let who = [signed.account.as_str(), report.id.as_str(), verb.as_str()];
    let name = form_key::name_without_key(app, "desk", &who, &typed);
    let narrowed = Narrowed::sent(typed.get("queue"), typed.get("list"));
    // Where to go on is known while the report is still in the list.
    let next = match narrowed.as_ref().filter(|_| decides(verb)) {
        Some(narrowed) => list_pages::next(app, signed, narrowed, &report.id).await?,
        None => None,
    };
    let files = typed.take_files();
    let typed = Arc::new(typed);
    let error = match attempt(app, signed, &report, verb, &typed, (files, name)).await {
        Ok(Some(acted)) => {
            app.tell(&acted.report);
            return Ok(onward(signed, &acted.report, verb, (narrowed.as_ref(), next)));
        }
        Ok(None) => return Ok(onward(signed, &report, verb, (narrowed.as_ref(), next))),
        Err(error) => error,
    };
    let typed = Arc::try_unwrap(typed).unwrap_or_default();
    let (status, form) = OpenForm::refused(app, visitor, verb.as_str(), typed, error)?;
    // Read again: somebody else may have been first.
    let report = find(app, signed, code).await?;
    let narrowed = narrowed.unwrap_or(Queue::Now.into());
    let shown = with_form(app, visitor, signed, report, (narrowed, form)).await?;
    Ok((status, shown).into_response())
}

/// The case again, with the form that could not be taken.
async fn with_form(
    app: &Shared,
    visitor: &Visitor,
    signed: &Signed,
    report: ServiceRequest,
    (narrowed, form): (Narrowed, OpenForm),
) -> Result<Response> {
    let listed = list_pages::list(app, visitor, signed, (narrowed, SHOWN_AT_MOST)).await?;
    let shown = Shown { listed, list_first: false, form, toast: None };
    page(app, visitor, signed, report, shown).await
}

/// After these the report is out of the list, and the next one is to be looked at.
fn decides(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::Accept | Verb::Refuse | Verb::Ask | Verb::Merge | Verb::Publish | Verb::SendBack
    )
}

/// Where to go when it is done: after a decision to the next one of the list, else back to the case.
fn onward(
    signed: &Signed,
    report: &ServiceRequest,
    verb: Verb,
    (narrowed, next): (Option<&Narrowed>, Option<ServiceRequestId>),
) -> Response {
    let accepted = (verb == Verb::Accept).then(|| format!("&to={}", report.agency));
    let done = format!("done={verb}&code={}{}", report.id, accepted.unwrap_or_default());
    let queue = narrowed.map(|n| format!("queue={}{}&", n.queue.as_str(), n.rest()));
    let queue = queue.unwrap_or_default();
    let to = match (narrowed.filter(|_| decides(verb)), next) {
        (Some(_), Some(next)) => format!("/desk/reports/{next}?{queue}{done}"),
        (Some(narrowed), None) => format!("{}?{done}{}", narrowed.queue.path(), narrowed.rest()),
        _ if !may(signed, Action::SeeDesk, Some(report)) => format!("/desk?{done}"),
        _ => format!("/desk/reports/{}?{queue}{done}", report.id),
    };
    Redirect::to(&to).into_response()
}

/// Does what is asked; nothing where this very form was taken before, of which somebody pressed the button twice.
async fn attempt(
    app: &Shared,
    signed: &Signed,
    report: &ServiceRequest,
    verb: Verb,
    typed: &Arc<Form>,
    (files, name): (Result<Vec<Upload>>, String),
) -> Result<Option<Acted>> {
    let known = name.clone();
    if app.db.read(move |conn| idempotency_store::find(conn, &known)).await?.is_some() {
        return Ok(None);
    }
    let seen = typed.version().ok_or(Refusal::Missing { field: "version" })?;
    must_be_fresh(report, Some(seen), verb)?;
    let ctx = app.ctx(signed.actor_for(verb, report)?);
    let evidence = media::receive(&app.media, files?, Accept::Evidence, &ctx.ids, ctx.now).await?;
    let ctx = app.by_now(ctx);
    let place = if verb == Verb::Correct { place(app, &ctx, report, typed)? } else { None };
    let on = On { id: report.id.clone(), seen: Some(seen) };
    let (typed, agency) = (typed.clone(), report.agency.clone());
    let acted = app.db.write(move |conn| {
        if idempotency_store::find(conn, &name)?.is_some() {
            return Ok(None);
        }
        let given = Given { verb, agency, place, evidence };
        let (acted, _) =
            undo::with_time(conn, &ctx, &on, verb, |conn| act_on(conn, &ctx, &on, &typed, given))?;
        idempotency_store::insert(conn, &name, &on.id, ctx.now)?;
        Ok::<_, Error>(Some(acted))
    });
    acted.await
}

/// What a form brings besides its words.
struct Given {
    verb: Verb,
    agency: AgencyId,
    place: Option<Place>,
    evidence: Vec<StoredPhoto>,
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the verbs that need nothing but words")]
fn act_on(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    typed: &Form,
    Given { verb, agency, place, evidence }: Given,
) -> Result<Acted> {
    match verb {
        Verb::Correct => {
            let service = optional(typed.get("service_code"), "service_code")?;
            let note = typed.get("reason").to_owned();
            // Only inspectors are asked about the unit.
            let asked = typed.has("concerns") && ctx.actor.role == Role::Inspector;
            let unit = || optional(typed.get("concerns"), "concerns");
            let concerns = asked.then(unit).transpose()?;
            correct::correct(conn, ctx, on, Correction { service, place, concerns, note })
        }
        Verb::Assign => {
            let agency = optional(typed.get("agency"), "agency")?.unwrap_or(agency);
            let officer = optional(typed.get("officer"), "officer")?;
            must_work_for(conn, &agency, officer.as_ref())?;
            assign::assign(conn, ctx, on, &agency, officer, typed.get("reason"))
        }
        Verb::Answer => {
            given(typed, evidence).and_then(|given| answer::answer(conn, ctx, on, &given))
        }
        Verb::Deliver => {
            let given = Delivery {
                step: typed.get("step").to_owned(),
                words: typed.get("reason").to_owned(),
                without: typed.get("without") == "1",
                product: evidence,
            };
            deliver::deliver(conn, ctx, on, &given)
        }
        _ => plain(conn, ctx, on, verb, typed),
    }
}

/// Verbs that need no more than a code and some words.
#[expect(clippy::wildcard_enum_match_arm, reason = "the rest is not offered on the desk")]
pub(super) fn plain(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    verb: Verb,
    typed: &Form,
) -> Result<Acted> {
    let (reason, code) = (typed.get("reason"), typed.get("code"));
    match verb {
        Verb::Accept => {
            let agency = optional(typed.get("agency"), "agency")?;
            accept::accept_for(conn, ctx, on, agency, reason)
        }
        Verb::Undo => undo::undo(conn, ctx, on),
        Verb::Ask => ask::ask(conn, ctx, on, reason),
        Verb::Refuse => refuse::refuse(conn, ctx, on, code, reason),
        Verb::Merge => {
            let unknown = || Refusal::Unknown {
                what: "merge_into",
                code: typed.get("merge_into").to_owned(),
            };
            let into = ServiceRequestId::from_human(typed.get("merge_into")).ok_or_else(unknown)?;
            merge::merge(conn, ctx, on, &into).map_err(|error| match error {
                Error::Refused(Refusal::NotFound) => unknown().into(),
                other => other,
            })
        }
        Verb::GiveBack => assign::give_back(conn, ctx, on, reason),
        Verb::Start => work::start(conn, ctx, on),
        Verb::Pause => work::pause(conn, ctx, on, code, reason),
        Verb::Resume => work::resume(conn, ctx, on),
        Verb::Progress => work::progress(conn, ctx, on, reason, day(typed, "planned_for")?),
        Verb::Extend => {
            let days = typed.get("days").trim();
            let more = days.parse().map_err(|_| Refusal::Invalid { field: "days" })?;
            extend::ask(conn, ctx, on, more, reason)
        }
        Verb::GrantExtension => extend::grant(conn, ctx, on, reason),
        Verb::DenyExtension => extend::deny(conn, ctx, on, reason),
        Verb::MarkUrgent | Verb::ClearUrgent => urgent::mark(conn, ctx, on, verb, reason),
        Verb::AskExplanation => {
            let days = explanation::days(typed.get("days"))?;
            explain::ask_about_report(conn, ctx, on, (reason, days))
        }
        Verb::Note => work::note(conn, ctx, on, reason),
        Verb::Publish => review::publish(conn, ctx, on, reason),
        Verb::SendBack => review::send_back(conn, ctx, on, reason),
        Verb::Hide => moderate::hide(conn, ctx, on, reason),
        Verb::Unhide => moderate::unhide(conn, ctx, on, reason),
        Verb::Redact => moderate::redact(conn, ctx, on, redaction(typed)),
        _ => Err(Refusal::NotFound.into()),
    }
}

/// An id somebody chose, or nothing; never a broken one.
fn optional<T: std::str::FromStr>(typed: &str, what: &'static str) -> Result<Option<T>, Refusal> {
    if typed.is_empty() {
        return Ok(None);
    }
    typed.parse().map(Some).map_err(|_| Refusal::Unknown { what, code: typed.to_owned() })
}

fn given(typed: &Form, evidence: Vec<StoredPhoto>) -> Result<answer::AnswerGiven> {
    let outcome =
        Outcome::parse(typed.get("outcome")).ok_or(Refusal::Missing { field: "outcome" })?;
    let planned_for = day(typed, "planned_for")?;
    Ok(answer::AnswerGiven {
        outcome,
        words: typed.get("reason").to_owned(),
        evidence,
        planned_for,
    })
}

/// A date somebody chose, or nothing; never a broken one.
pub(super) fn day(typed: &Form, field: &'static str) -> Result<Option<jiff::civil::Date>, Refusal> {
    match typed.get(field) {
        "" => Ok(None),
        text => date(text).map(Some).ok_or(Refusal::Invalid { field }),
    }
}

fn redaction(typed: &Form) -> Redaction {
    let description = typed.get("description").trim();
    Redaction {
        description: (!description.is_empty() && description != typed.get("shown").trim())
            .then(|| description.to_owned()),
        photos: typed.all("photos").filter_map(|id| MediaId::parse(id).ok()).collect(),
        reason: typed.get("reason").to_owned(),
    }
}

/// The place as corrected: coordinates that lead to their area, or another area for the same point.
fn place(app: &Shared, ctx: &Ctx, report: &ServiceRequest, typed: &Form) -> Result<Option<Place>> {
    let (lat, long) = (typed.get("lat").trim(), typed.get("long").trim());
    let area = optional::<domain::ids::AreaId>(typed.get("area"), "area")?;
    // The list stands at the area the report has; only another one was named.
    let moved = area.filter(|area| *area != report.area);
    if !lat.is_empty() || !long.is_empty() {
        let point = Point::parse(lat, long).map_err(|_| Refusal::Invalid { field: "place" })?;
        let named = moved.as_ref().and_then(|id| ctx.pack.heir(id));
        let located = app.locator.load().locate_named(&ctx.pack, point, named)?;
        let area = (located.area, located.approximate);
        return Ok(Some(Place { point, exactness: Exactness::Pin, area }));
    }
    let there = |area: domain::ids::AreaId| match ctx.pack.area(&area) {
        // The middle of the area it was laid to says nothing of where it is in another.
        Some(area) if report.exactness == Exactness::Area => Place::of_area(area),
        Some(_) | None => {
            Place { point: report.point, exactness: report.exactness, area: (area, false) }
        }
    };
    Ok(moved.map(there))
}

// --- the reporter's contact ---

#[derive(Template)]
#[template(path = "desk/contact.html")]
struct ContactPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    id: String,
    code: String,
    name: String,
    phone: String,
    email: String,
}

/// Opens the reporter's identity, with a reason that they will read. Shown once, kept by no cache.
pub async fn contact(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
    typed: Form,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let report = find(&app, signed, &code).await?;
    if !may(signed, Action::OpenIdentity, Some(&report)) {
        return Err(Refusal::Forbidden.into());
    }
    let person = report.reporter.clone().ok_or(Refusal::NotFound)?;
    let ctx = app.ctx(signed.actor_to(Action::OpenIdentity)?);
    let (holder, id, why) = (app.clone(), report.id.clone(), typed.get("reason").to_owned());
    let opened = app
        .db
        .write(move |conn| {
            vault::open_for_staff(conn, &ctx, &holder.vault, &person, Some(&id), &why)
        })
        .await;
    let identity = match opened {
        Ok(identity) => identity,
        Err(error) if answers::status(&error).as_u16() == 422 => {
            let (status, form) = OpenForm::refused(&app, &visitor, "contact", typed, error)?;
            let form = OpenForm { field: "reason", ..form };
            let shown = (Queue::Now.into(), form);
            let shown = with_form(&app, &visitor, signed, report, shown).await?;
            return Ok((status, shown).into_response());
        }
        Err(error) => return Err(error),
    };
    let tabs = app.tabs(&visitor, signed).await?;
    let mut frame = visitor.page(&app, visitor.t.s("desk-title-contact"));
    frame.path = format!("/desk/reports/{}", report.id);
    Ok(show(&ContactPage {
        page: frame,
        t: visitor.t,
        tabs,
        id: report.id.to_string(),
        code: report.id.grouped(),
        name: identity.name,
        phone: identity.phone.map_or_else(String::new, |phone| phone.as_str().to_owned()),
        email: identity.email.map_or_else(String::new, |email| email.as_str().to_owned()),
    }))
}
