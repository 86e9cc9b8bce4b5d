//! The lists of the desk: what to do first and why, intake, review, mine, search, and handing many over at once.
//!
//! Not here: a single case (`desk_case_pages`) and what is done to it (`desk_act_http`).

use super::desk_queue::{self, Pressure, Queue, SHOWN, SHOWN_AT_MOST, SOON, Share};
use super::desk_rows::Row;
use super::desk_store::{self, Count, Wanted};
pub use super::desk_tabs::Tab;
use super::desk_tabs::{Besides, Waiting, tabs};
use super::filter::slips;
use super::form_http::Form;
use super::store;
use super::telling::Telling;
use crate::account::policy::{Action, Sight, may};
use crate::account::session::Signed;
use crate::account::vault::{self, Contact};
use crate::app::{App, Shared};
use crate::platform::db::DbError;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::Choice;
use crate::platform::i18n::Lang;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{AccountId, ServiceRequestId};
use domain::pack::Pack;
use domain::service_request::workflow::{Role, Verb};
use domain::service_request::{ServiceRequest, State as ReportState};
use domain::text::Vocabulary;
use std::collections::BTreeSet;

/// Reports a search shows.
const FOUND: usize = 50;

/// What the list of a queue shows, on its own page and beside a case.
#[derive(Debug)]
pub struct Listed {
    pub tabs: Vec<Tab>,
    pub rows: Vec<Row>,
    /// In this queue altogether, and how many of them late.
    pub total: i64,
    pub late: i64,
}

/// Reads a queue as this person has it.
pub async fn listed(app: &App, visitor: &Visitor, signed: &Signed, queue: Queue) -> Result<Listed> {
    listed_up_to(app, visitor, signed, queue, SHOWN).await
}

async fn listed_up_to(
    app: &App,
    visitor: &Visitor,
    signed: &Signed,
    queue: Queue,
    limit: usize,
) -> Result<Listed> {
    let now = app.clock.now();
    let mine = (queue == Queue::Mine).then(|| signed.account.clone());
    let (rows_of, counts_of) =
        (desk_queue::shares(signed, queue), desk_queue::shares(signed, Queue::Now));
    let account = signed.account.clone();
    let besides = Besides::of(signed);
    let (mut reports, counts, names, waiting) = app
        .db
        .read(move |conn| {
            let mut reports = Vec::new();
            for share in &rows_of {
                reports.extend(desk_store::queue(
                    conn,
                    share,
                    mine.as_ref(),
                    (now, now + SOON),
                    limit,
                )?);
            }
            let mut counts: Vec<(Share, Count)> = Vec::new();
            for share in counts_of {
                for count in desk_store::counts(conn, &share, &account, now)? {
                    counts.push((share.clone(), count));
                }
            }
            let names = desk_store::names(conn, &people_of(&reports))?;
            let waiting = besides.read(conn)?;
            Ok::<_, DbError>((reports, counts, names, waiting))
        })
        .await?;
    desk_queue::sort(&mut reports, now);
    reports.dedup_by(|a, b| a.id == b.id);
    reports.truncate(limit);
    let pack = app.pack.load();
    let tells = Telling { t: visitor.t, pack: &pack, now, names: &names };
    let (total, late) = tally(&counts, queue);
    Ok(Listed {
        tabs: tabs(visitor.t, &visitor.path, signed, &counts, &waiting),
        rows: reports.iter().map(|report| tells.row(report, signed)).collect(),
        total,
        late,
    })
}

/// Colleagues named in these reports.
pub fn people_of(reports: &[ServiceRequest]) -> Vec<AccountId> {
    let people: BTreeSet<_> = reports.iter().filter_map(|r| r.assignee.clone()).collect();
    people.into_iter().collect()
}

pub(super) fn tally(counts: &[(Share, Count)], queue: Queue) -> (i64, i64) {
    let mut sum = (0, 0);
    for (share, count) in counts {
        let all = if share.late_only { count.late } else { count.all };
        let n = match (queue, count.state) {
            (Queue::Now, _)
            | (Queue::Intake, ReportState::Received)
            | (Queue::Review, ReportState::InReview) => all,
            (Queue::Mine, _) => count.mine,
            (Queue::Intake | Queue::Review, _) => 0,
        };
        sum.0 += n;
        sum.1 += if queue == Queue::Mine { 0 } else { count.late.min(n) };
    }
    sum
}

#[derive(Template)]
#[template(path = "desk/queue.html")]
struct QueuePage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    queue: &'static str,
    /// The address that shows all of it; empty when it does already.
    all: String,
    total: i64,
    late: i64,
    toast: Option<String>,
    /// Agencies or colleagues to hand many to; empty for those who may not.
    hand_to: Vec<Choice>,
    hand_name: &'static str,
}

pub async fn now(app: State<Shared>, visitor: Visitor, query: Query<Done>) -> Result<Response> {
    queue_page(&app, &visitor, Queue::Now, &query).await
}

pub async fn intake(app: State<Shared>, visitor: Visitor, query: Query<Done>) -> Result<Response> {
    queue_page(&app, &visitor, Queue::Intake, &query).await
}

pub async fn review(app: State<Shared>, visitor: Visitor, query: Query<Done>) -> Result<Response> {
    queue_page(&app, &visitor, Queue::Review, &query).await
}

pub async fn mine(app: State<Shared>, visitor: Visitor, query: Query<Done>) -> Result<Response> {
    queue_page(&app, &visitor, Queue::Mine, &query).await
}

/// What was just done, to be said once; and whether all is to be shown.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Done {
    pub done: String,
    pub code: String,
    pub all: String,
}

impl Done {
    pub fn said(&self, t: Lang) -> Option<String> {
        let verb = Verb::parse(&self.done)?;
        let code =
            ServiceRequestId::from_human(&self.code).map_or_else(String::new, |c| c.grouped());
        Some(t.s2("desk-done", "verb", t.of("verb-", verb), "code", code).into_owned())
    }
}

impl QueuePage {
    /// Where a new part of the list begins; a list of one part that presses nobody needs no heading.
    fn begins(&self, at: usize) -> Option<&'static str> {
        let pressure = |n: usize| self.rows.get(n).map(|row| row.pressure);
        let now = pressure(at)?;
        let before = at.checked_sub(1).and_then(pressure);
        let calm = pressure(0) == Some(Pressure::Waiting);
        (before != Some(now) && !calm).then(|| now.as_str())
    }

    /// Of the heading of a report: below its part, where there are parts.
    fn level(&self) -> u8 {
        if self.begins(0).is_some() { 3 } else { 2 }
    }
}

async fn queue_page(
    app: &Shared,
    visitor: &Visitor,
    queue: Queue,
    done: &Done,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let limit = if done.all.is_empty() { SHOWN } else { SHOWN_AT_MOST };
    let list = listed_up_to(app, visitor, signed, queue, limit).await?;
    let (hand_name, hand_to) = hand_to(app, visitor, signed).await?;
    let title = visitor.t.of("desk-title-", queue.as_str());
    Ok(show(&QueuePage {
        page: visitor.page(app, title),
        t: visitor.t,
        tabs: list.tabs,
        hand_to: if list.rows.iter().any(|row| row.to_assign) { hand_to } else { Vec::new() },
        hand_name,
        all: if limit == SHOWN { format!("{}?all=1", queue.path()) } else { String::new() },
        rows: list.rows,
        queue: queue.as_str(),
        total: list.total,
        late: list.late,
        toast: done.said(visitor.t),
    }))
}

/// To whom this person may hand many reports: the centre to agencies, a head to the own people.
async fn hand_to(
    app: &App,
    visitor: &Visitor,
    signed: &Signed,
) -> Result<(&'static str, Vec<Choice>)> {
    if !may(signed, Action::BulkAssign, None) {
        return Ok(("agency", Vec::new()));
    }
    if let (true, false, Some(agency)) =
        (signed.has(Role::Head), signed.has(Role::Operator), signed.agency.clone())
    {
        let staff = app.db.read(move |conn| crate::account::admin::staff_of(conn, &agency)).await?;
        let choices = staff.into_iter().map(|a| choice(a.id.as_str(), &a.name, "")).collect();
        return Ok(("officer", choices));
    }
    Ok(("agency", agencies(&app.pack.load(), visitor.t, "")))
}

/// A choice, marked when it is the one there is.
pub fn choice(value: &str, label: &str, now: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        hint: String::new(),
        checked: value == now,
    }
}

pub fn agencies(pack: &Pack, t: Lang, now: &str) -> Vec<Choice> {
    pack.agencies.iter().map(|a| choice(a.id.as_str(), a.name.text(t.code()), now)).collect()
}

pub fn areas(pack: &Pack, t: Lang, now: &str) -> Vec<Choice> {
    pack.areas.iter().map(|a| choice(a.id.as_str(), a.name.text(t.code()), now)).collect()
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
    let found = app.db.read(move |conn| desk_store::search(conn, &wanted, FOUND)).await?;
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
    let names = app.db.read(move |conn| desk_store::names(conn, &people)).await?;
    let pack = app.pack.load();
    let tells = Telling { t, pack: &pack, now: app.clock.now(), names: &names };
    let any = |mut list: Vec<Choice>| {
        list.insert(0, choice("", &t.s("desk-any"), "-"));
        list
    };
    let fields = pack.fields.iter();
    let states = ReportState::ALL.iter();
    Ok(show(&SearchPage {
        page: visitor.page(app, t.s("desk-title-search")),
        t,
        tabs: tabs(visitor.t, &visitor.path, signed, &[], &Waiting::default())
            .into_iter()
            .map(|tab| Tab { n: None, ..tab })
            .collect(),
        rows: found.iter().map(|report| tells.row(report, signed)).collect(),
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
            let people = vault::find_by_contact(conn, &ctx, &holder.vault, &contact)?;
            Ok::<_, Error>(desk_store::reported_by(conn, &people, FOUND)?)
        })
        .await?;
    search_page(&app, &visitor, signed, &Asked::default(), (found, true), ("", "")).await
}
