//! The lists of the desk: what to do first and why, intake, review, mine, and search.
//!
//! Not here: what a list holds (`list_pages`), a single case (`case_pages`) and what is done to it (`action_http`).

use super::case_pages::{self, Shown, find};
use super::list_pages::{Listed, Narrowed, Toast, Wish, limit, list};
use super::queue::{self, Queue};
use super::queue_rows::Row;
use super::store as staff_store;
use super::store::Wanted;
use crate::account::policy::{Action, Sight, may};
use crate::account::session::Signed;
use crate::account::vault::{self, Contact};
use crate::app::{App, Shared};
use crate::media::form_http::Form;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::{Choice, Tab};
use crate::platform::i18n::Lang;
use crate::service_request::list::filter::slips;
use crate::service_request::presenter::{Telling, area_choices};
use crate::service_request::store;
use crate::visitor::open_form_http::OpenForm;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Role;
use domain::ids::{AccountId, ServiceRequestId};
use domain::pack::Pack;
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;
use domain::service_request::{ServiceRequest, State as ReportState};
use domain::text::Vocabulary;
use std::collections::BTreeSet;

/// Reports a search shows.
const FOUND: usize = 50;

/// Colleagues named in these reports.
pub fn people_of(reports: &[ServiceRequest]) -> Vec<AccountId> {
    let people: BTreeSet<_> = reports.iter().filter_map(|r| r.assignee.clone()).collect();
    people.into_iter().collect()
}

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct QueuePage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    listed: Listed,
    toast: Option<Toast>,
}

pub async fn now(app: State<Shared>, visitor: Visitor, wish: Query<Wish>) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let asked = wish.all.is_empty() && wish.done.is_empty();
    if asked && queue::only_watches(signed) && may(signed, Action::Oversee, None) {
        return Ok(Redirect::to("/desk/overview").into_response());
    }
    queue_page(&app, &visitor, Queue::Now, &wish).await
}

pub async fn intake(app: State<Shared>, visitor: Visitor, wish: Query<Wish>) -> Result<Response> {
    queue_page(&app, &visitor, Queue::Intake, &wish).await
}

pub async fn review(app: State<Shared>, visitor: Visitor, wish: Query<Wish>) -> Result<Response> {
    queue_page(&app, &visitor, Queue::Review, &wish).await
}

pub async fn mine(app: State<Shared>, visitor: Visitor, wish: Query<Wish>) -> Result<Response> {
    queue_page(&app, &visitor, Queue::Mine, &wish).await
}

/// What was just done, to be said once.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Done {
    pub done: String,
    pub code: String,
}

impl Done {
    pub fn said(&self, t: Lang) -> Option<String> {
        let verb = Verb::parse(&self.done)?;
        let code =
            ServiceRequestId::from_human(&self.code).map_or_else(String::new, |c| c.grouped());
        Some(t.s2("desk-done", "verb", t.of("verb-", verb), "code", code).into_owned())
    }
}

/// A queue, and beside it, where there is room, its first case.
async fn queue_page(
    app: &Shared,
    visitor: &Visitor,
    queue: Queue,
    wish: &Wish,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let narrowed = Narrowed::of(queue, wish);
    let mut listed = list(app, visitor, signed, (narrowed, limit(queue, wish))).await?;
    let toast = wish.toast(app, visitor.t, signed, None).await?;
    if let Some(report) = first_case(app, signed, &listed).await? {
        let shown = Shown { listed, list_first: true, form: OpenForm::default(), toast };
        return case_pages::page(app, visitor, signed, report, shown).await;
    }
    Ok(show(&QueuePage {
        page: visitor.page(app, visitor.t.of("desk-title-", queue.as_str())),
        t: visitor.t,
        tabs: std::mem::take(&mut listed.tabs),
        listed,
        toast,
    }))
}

/// The first of the list that is still theirs to see: another may have handed on what the list has just read.
async fn first_case(app: &App, signed: &Signed, listed: &Listed) -> Result<Option<ServiceRequest>> {
    for row in &listed.rows {
        match find(app, signed, &row.id).await {
            Err(Error::Refused(Refusal::NotFound)) => {}
            found => return found.map(Some),
        }
    }
    Ok(None)
}

/// A choice, marked when it is the one there is.
pub fn choice(value: &str, label: &str, now: &str) -> Choice {
    Choice::new(value, label, value == now)
}

pub fn agencies(pack: &Pack, t: Lang, now: &str) -> Vec<Choice> {
    pack.agencies.iter().map(|a| choice(a.id.as_str(), a.name.text(t.code()), now)).collect()
}

pub fn areas(pack: &Pack, t: Lang, now: &str) -> Vec<Choice> {
    area_choices(t, pack).iter().map(|(id, name)| choice(id, name, now)).collect()
}

// --- search ---

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    field: String,
    area: String,
    agency: String,
    state: String,
}

#[derive(Template)]
#[template(path = "desk/search.html")]
struct SearchPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    q: String,
    fields: Vec<Choice>,
    areas: Vec<Choice>,
    agencies: Vec<Choice>,
    states: Vec<Choice>,
    people: bool,
    /// Beside the field for a telephone number or mail address.
    people_error: String,
    /// What was typed there, when it could not be used.
    contact: String,
    by_people: bool,
}

/// By code, words, field, area, agency, state.
pub async fn search(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    if let Some(id) = ServiceRequestId::from_human(&asked.q)
        && let Some(report) = app.db.read(move |conn| store::find(conn, &id)).await?
        && may(signed, Action::SeeDesk, Some(&report))
    {
        return Ok(Redirect::to(&format!("/desk/reports/{}", report.id)).into_response());
    }
    let wanted = wanted(&asked, signed, &app.vocabulary.load());
    let found = app.db.read(move |conn| staff_store::search(conn, &wanted, FOUND)).await?;
    search_page(&app, &visitor, signed, &asked, (found, false), ("", "")).await
}

fn wanted(asked: &Asked, signed: &Signed, used: &Vocabulary) -> Wanted {
    let centre = [Role::Operator, Role::Reviewer, Role::Leader, Role::Administrator];
    let sight = if signed.has(Role::Inspector) {
        Sight::of(signed, Action::SeeDesk)
    } else {
        Sight::default()
    };
    let whole_city = centre.iter().any(|role| signed.has(*role));
    let of_agency = signed.has(Role::Officer) || signed.has(Role::Head);
    Wanted {
        also: slips(&asked.q, used),
        words: asked.q.clone(),
        field: asked.field.parse().ok(),
        area: asked.area.parse().ok(),
        agency: if whole_city || !of_agency {
            asked.agency.parse().ok()
        } else {
            signed.agency.clone()
        },
        state: ReportState::parse(&asked.state),
        // Only inspectors look for files: what is confidential is theirs.
        dossier: domain::service::dossier(&asked.q).filter(|_| sight.confidential),
        sight,
    }
}

async fn search_page(
    app: &Shared,
    visitor: &Visitor,
    signed: &Signed,
    asked: &Asked,
    (found, by_people): (Vec<ServiceRequest>, bool),
    (people_error, contact): (&str, &str),
) -> Result<Response> {
    let t = visitor.t;
    let found: Vec<_> =
        found.into_iter().filter(|r| may(signed, Action::SeeDesk, Some(r))).collect();
    let people = people_of(&found);
    let names = app.db.read(move |conn| staff_store::names(conn, &people)).await?;
    let pack = app.pack.load();
    let tells = Telling { t, pack: &pack, now: app.clock.now(), names: &names };
    let any = |mut list: Vec<Choice>| {
        list.insert(0, choice("", &t.s("desk-any"), "-"));
        list
    };
    let fields = pack.all_fields();
    let states = ReportState::ALL.iter();
    Ok(show(&SearchPage {
        page: visitor.page(app, t.s("desk-title-search")).with_mistakes(!people_error.is_empty()),
        t,
        tabs: app.bare_tabs(visitor, signed),
        rows: found.iter().map(|r| tells.row(r, signed)).collect(),
        q: asked.q.clone(),
        fields: any(fields
            .map(|f| choice(f.code.as_str(), f.name.text(t.code()), &asked.field))
            .collect()),
        areas: any(areas(&pack, t, &asked.area)),
        agencies: any(agencies(&pack, t, &asked.agency)),
        states: any(states
            .map(|s| choice(s.as_str(), &t.of("status-", s), &asked.state))
            .collect()),
        people: may(signed, Action::SearchPeople, None),
        people_error: people_error.to_owned(),
        contact: contact.to_owned(),
        by_people,
    }))
}

/// By telephone number or mail address: in the body, so that it is in no log and no history; and audited.
pub async fn search_people(
    State(app): State<Shared>,
    visitor: Visitor,
    typed: Form,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let ctx = app.ctx(signed.actor_to(Action::SearchPeople)?);
    let Some(contact) = Contact::parse(typed.get("contact"), &ctx.pack.phone_prefix) else {
        let said = visitor.t.s("desk-contact-wrong");
        let asked = Asked::default();
        let wrong = (said.as_ref(), typed.get("contact"));
        let mut page =
            search_page(&app, &visitor, signed, &asked, (Vec::new(), true), wrong).await?;
        *page.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(page);
    };
    let holder = app.clone();
    let found = app
        .db
        .write(move |conn| {
            let reports = vault::find_by_contact(conn, &ctx, &holder.vault, &contact, FOUND)?;
            Ok::<_, Error>(staff_store::newest_of(conn, &reports, FOUND)?)
        })
        .await?;
    search_page(&app, &visitor, signed, &Asked::default(), (found, true), ("", "")).await
}
