//! Pages of letters: stop them, and what the desk sees of them. Those of following are in `follow`.
//!
//! The pages behind a link in a letter need no sign-in and do nothing when they are only looked at: mail scanners open
//! every link. One click in a mail program is a POST (RFC 8058).

use super::desk::{self, Filter, Letter, STATES, Stuck};
use super::follow::{self, Way, mine};
use super::stop::{Of, Stop};
use crate::account::policy::{Action, Sight, may};
use crate::account::session::Signed;
use crate::app::{App, Shared};
use crate::media::form_http::Form;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::{Tab, When};
use crate::platform::i18n::Lang;
use crate::platform::limits;
use crate::service_request::store as requests;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, Query, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{DeliveryId, ServiceRequestId};
use domain::refusal::Refusal;
use serde::Deserialize;

// --- stop ---

#[derive(Template)]
#[template(path = "letters/stop.html")]
struct StopPage {
    page: Page,
    t: Lang,
    action: String,
    /// What these letters are about, if that is less than everything; the button that stops these.
    one: Option<String>,
    /// Where the reader sees and stops all they follow.
    mine: String,
    done: bool,
}

pub async fn stop_page(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response> {
    let stop = Stop::of_token(&app.vault, &token)?;
    let one = one(&app, &visitor, &stop).await?;
    Ok(stop_shown(&app, &visitor, &token, &stop, one, false))
}

/// The link is the right to stop: whatever a mail program sends with it, and from wherever. The button on our page may
/// say that all letters are to stop, not only those about one thing.
pub async fn stop(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response> {
    let stop = Stop::of_token(&app.vault, &token)?;
    let all = Form::read(request).await.is_ok_and(|form| form.has("all"));
    let (ctx, done) = (app.ctx(visitor.reporter()), stop.clone());
    app.db.write(move |conn| done.stop(conn, &ctx, all)).await?;
    Ok(stop_shown(&app, &visitor, &token, &stop, None, true))
}

/// Names the button that stops only these letters.
async fn one(app: &App, visitor: &Visitor, stop: &Stop) -> Result<Option<String>> {
    let t = visitor.t;
    Ok(match &stop.of {
        Of::Report(code) => Some(t.s1("letters-stop-one", "code", code.grouped()).into_owned()),
        Of::Every(rhythm) => Some(t.of("letters-stop-every-", rhythm).into_owned()),
        Of::Periodic => Some(t.s("letters-stop-periodic").into_owned()),
        Of::Follow(id) => {
            let id = id.clone();
            let follow = app.db.read(move |conn| follow::store::get(conn, &id)).await?;
            let title = follow.map(|follow| follow.what.title(&app.pack.load(), t));
            title.map(|title| t.s1("letters-stop-list", "list", title).into_owned())
        }
        Of::All => None,
    })
}

fn stop_shown(
    app: &App,
    visitor: &Visitor,
    token: &str,
    stop: &Stop,
    one: Option<String>,
    done: bool,
) -> Response {
    let t = visitor.t;
    show(&StopPage {
        page: visitor.page(app, t.s("letters-stop-title")),
        t,
        action: format!("/letters/stop/{token}"),
        one,
        mine: mine::path(&app.vault, &stop.person),
        done,
    })
}

// --- the desk ---

#[derive(Template)]
#[template(path = "desk/letters.html")]
struct DeskPage {
    page: Page,
    t: Lang,
    /// State, how many, and whether the list shows these.
    states: Vec<(&'static str, i64, bool)>,
    tabs: Vec<Tab>,
    request: String,
    rows: Vec<Row>,
    stuck: Vec<StuckRow>,
    older: Option<String>,
    newer: Option<String>,
    may_resend: bool,
}

/// A delivery as the desk shows it; also for the letters of one report.
pub struct Row {
    pub id: String,
    pub code: String,
    pub href: String,
    pub letter: String,
    pub reader: String,
    /// By which way, unless it is a letter.
    pub way: Option<String>,
    pub state: String,
    pub attempts: i64,
    pub called_for: When,
    pub sent: Option<When>,
    pub next: Option<When>,
    pub detail: String,
    pub may_resend: bool,
}

struct StuckRow {
    id: String,
    what: String,
    code: String,
    attempts: i64,
    next: When,
}

#[derive(Deserialize)]
pub struct DeskQuery {
    state: Option<String>,
    report: Option<String>,
    /// `milliseconds.id` of the last row seen.
    before: Option<String>,
}

pub async fn desk_page(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(query): Query<DeskQuery>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let filter = filter_of(signed, &query);
    let (wanted, sight) = (filter.clone(), filter.sight.clone());
    let (letters, counts, stuck) = app
        .db
        .read(move |conn| {
            let letters = desk::letters(conn, &wanted, limits::PAGE + 1)?;
            let stuck = desk::stuck(conn, &sight)?;
            Ok::<_, Error>((letters, desk::counts(conn, &sight)?, stuck))
        })
        .await?;
    let t = visitor.t;
    let more = letters.len() > limits::PAGE;
    let shown: Vec<&Letter> = letters.iter().take(limits::PAGE).collect();
    let older = shown
        .last()
        .filter(|_| more)
        .map(|l| address(&filter, Some(&format!("{}.{}", l.created_at.as_millisecond(), l.id))));
    Ok(show(&DeskPage {
        page: visitor.page(&app, t.s("letters-desk-title")),
        t,
        tabs: app.tabs(&visitor, signed).await?,
        states: counts
            .into_iter()
            .map(|(state, n)| (state, n, filter.state.as_deref() == Some(state)))
            .collect(),
        request: filter.request.as_ref().map(ServiceRequestId::grouped).unwrap_or_default(),
        rows: shown.into_iter().map(|letter| row(&app, t, signed, letter)).collect(),
        stuck: stuck.into_iter().map(|s| stuck_row(&app, t, s)).collect(),
        older,
        newer: filter.before.is_some().then(|| address(&filter, None)),
        may_resend: may(signed, Action::ResendDelivery, None),
    }))
}

fn filter_of(signed: &Signed, query: &DeskQuery) -> Filter {
    let before = query
        .before
        .as_deref()
        .and_then(|b| b.split_once('.'))
        .and_then(|(at, id)| Some((at.parse().ok()?, id.to_owned())));
    Filter {
        state: query.state.clone().filter(|state| STATES.contains(&state.as_str())),
        request: query.report.as_deref().and_then(ServiceRequestId::from_human),
        sight: sight(signed),
        before,
    }
}

/// Inspectors see letters about confidential reports, all others those about the rest.
fn sight(signed: &Signed) -> Sight {
    Sight::of(signed, Action::SeeDeliveries)
}

fn address(filter: &Filter, before: Option<&str>) -> String {
    let state = filter.state.as_ref().map(|state| format!("state={state}"));
    let report = filter.request.as_ref().map(|id| format!("report={id}"));
    let before = before.map(|before| format!("before={before}"));
    let pairs: Vec<String> = [state, report, before].into_iter().flatten().collect();
    format!("/desk/letters?{}", pairs.join("&"))
}

/// A delivery ready to show.
pub fn row(app: &App, t: Lang, signed: &Signed, letter: &Letter) -> Row {
    let pack = app.pack.load();
    let (zone, now) = (pack.calendar.zone(), app.clock.now());
    let when = |at| When::moment(t, now, at, zone);
    let detail = letter.detail.as_deref().unwrap_or_default();
    let key = format!("letters-detail-{detail}");
    let waits = letter.state == "waiting";
    let out_of_date = letter.reader == "asker" && letter.state == "sent";
    Row {
        id: letter.id.to_string(),
        code: letter.request.as_ref().map(ServiceRequestId::grouped).unwrap_or_default(),
        href: letter.request.as_ref().map(|id| format!("/desk/reports/{id}")).unwrap_or_default(),
        letter: t.of("letters-name-", &letter.letter).into_owned(),
        reader: t.of("letters-reader-", &letter.reader).into_owned(),
        way: (letter.way != Way::Mail).then(|| t.of("letters-desk-way-", letter.way).into_owned()),
        state: letter.state.clone(),
        attempts: letter.attempts,
        called_for: when(letter.created_at),
        sent: letter.sent_at.map(when),
        next: (waits && letter.attempts > 0).then(|| when(letter.due_at)),
        detail: if t.has(&key) { t.s(&key).into_owned() } else { detail.to_owned() },
        may_resend: !waits && !out_of_date && may(signed, Action::ResendDelivery, None),
    }
}

fn stuck_row(app: &App, t: Lang, stuck: Stuck) -> StuckRow {
    let pack = app.pack.load();
    let code = ServiceRequestId::parse(&stuck.request).map(|id| id.grouped()).unwrap_or_default();
    let next = When::moment(t, app.clock.now(), stuck.due_at, pack.calendar.zone());
    StuckRow { id: stuck.id, what: stuck.topic, code, attempts: stuck.attempts, next }
}

pub async fn send_again(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let id = DeliveryId::parse(&id).map_err(|_| Refusal::NotFound)?;
    let wanted = id.clone();
    let (letter, report) = app
        .db
        .read(move |conn| {
            let letter = desk::letter(conn, &wanted)?;
            let report =
                letter.request.as_ref().map(|id| requests::find(conn, id)).transpose()?.flatten();
            Ok::<_, Error>((letter, report))
        })
        .await?;
    let allowed = match &report {
        Some(report) => may(signed, Action::ResendDelivery, Some(report)),
        None => !sight(signed).confidential,
    };
    if !allowed {
        return Err(Refusal::Forbidden.into());
    }
    let (ctx, vault) = (app.ctx(signed.actor_to(Action::ResendDelivery)?), app.vault.clone());
    app.db.write(move |conn| desk::send_again(conn, &ctx, &vault, &id)).await?;
    let to = letter
        .request
        .map_or_else(|| "/desk/letters".to_owned(), |id| format!("/desk/letters?report={id}"));
    Ok(Redirect::to(&to).into_response())
}

pub async fn try_again(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let (ctx, sight) = (app.ctx(signed.actor_to(Action::ResendDelivery)?), sight(signed));
    app.db.write(move |conn| desk::try_again(conn, &ctx, &sight, &id)).await?;
    Ok(Redirect::to("/desk/letters").into_response())
}
