//! Pages to follow a report or a list: `/reports/{code}/follow`, and `/follow` with the address of the list behind it.
//!
//! The pages behind a link in a letter need no sign-in and do nothing when they are only looked at: mail scanners open
//! every link.

use super::what::{Rhythm, Way, What};
use super::{Wish, mine};
use crate::app::{App, Shared};
use crate::notification::push::{self, Device};
use crate::platform::error::{Error, Result};
use crate::platform::http::answer;
use crate::platform::http::page::Page;
use crate::platform::http::view::Choice;
use crate::platform::i18n::Lang;
use crate::service_request::store as requests;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::Form;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use domain::ids::{PersonId, ServiceRequestId};
use domain::refusal::Refusal;
use domain::service_request::ServiceRequest;
use domain::text::EmailAddress;
use serde::Deserialize;

/// Remembers, in a browser that takes notifications, whom we know it as; the signed token of [`mine`].
pub const COOKIE: &str = "follows";
/// Seconds it does so.
const COOKIE_LIVES: u32 = 31_536_000;

#[derive(Template)]
#[template(path = "letters/follow.html")]
struct FollowPage {
    page: Page,
    t: Lang,
    /// What is followed, in words, and its page.
    what: String,
    there: String,
    action: String,
    /// The same list as a feed.
    feed: Option<String>,
    rhythms: Vec<Choice>,
    email: String,
    error: String,
    /// Somebody who is signed in need not type an address.
    known: bool,
    step: Step,
    /// What browsers need to take notifications from us.
    push_key: String,
    /// The page of all they follow.
    mine: String,
}

/// How far somebody is on the way to following.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Ask,
    LetterSent,
    Confirm,
    Following,
    FollowingByPush,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FollowForm {
    email: String,
    rhythm: String,
    /// `push`, and what the browser gives for it.
    way: String,
    endpoint: String,
    p256dh: String,
    auth: String,
}

pub async fn report_page(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response> {
    let what = open_report(&app, &code).await?;
    Ok(Shown::new(&app, &visitor, &what, Step::Ask).show())
}

/// `POST /reports/{code}/follow`: at once for signed-in citizens and for notifications, else by a letter that asks.
pub async fn report(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(form): Form<FollowForm>,
) -> Result<Response> {
    let what = open_report(&app, &code).await?;
    follow(&app, &visitor, what, form).await
}

pub async fn list_page(
    State(app): State<Shared>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let what = list_of(&app, query.as_deref())?;
    Ok(Shown::new(&app, &visitor, &what, Step::Ask).show())
}

pub async fn list(
    State(app): State<Shared>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
    Form(form): Form<FollowForm>,
) -> Result<Response> {
    let what = list_of(&app, query.as_deref())?;
    follow(&app, &visitor, what, form).await
}

pub async fn confirm_page(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response> {
    let (vault, asked) = (app.vault.clone(), token.clone());
    let (follow, rhythm) = app.db.read(move |conn| super::of_token(conn, &vault, &asked)).await?;
    let done = follow.is_running() && follow.rhythm == rhythm;
    let step = if done { Step::Following } else { Step::Confirm };
    Ok(Shown::new(&app, &visitor, &follow.what, step).of(&follow.follower).show())
}

pub async fn confirm(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response> {
    let (ctx, vault) = (app.ctx(visitor.reporter()), app.vault.clone());
    let follow = app.db.write(move |conn| super::confirm(conn, &ctx, &vault, &token)).await?;
    Ok(Shown::new(&app, &visitor, &follow.what, Step::Following).of(&follow.follower).show())
}

/// Citizens have an address that is theirs; staff follow as anybody does, by typing one.
fn signed(visitor: &Visitor) -> Option<PersonId> {
    visitor.signed.as_ref().filter(|s| !s.is_staff()).and_then(|s| s.person.clone())
}

async fn follow(app: &App, visitor: &Visitor, what: What, form: FollowForm) -> Result<Response> {
    let rhythm = Rhythm::parse(&form.rhythm).unwrap_or(Rhythm::AtOnce);
    let wish = Wish { what: what.clone(), rhythm };
    if form.way == Way::Push.as_str() {
        return by_push(app, visitor, wish, form).await;
    }
    let ctx = app.ctx(visitor.reporter());
    if let Some(person) = signed(visitor) {
        app.db.write(move |conn| super::now(conn, &ctx, &wish, Way::Mail, &person)).await?;
        return Ok(Shown::new(app, visitor, &what, Step::Following).show());
    }
    let Ok(email) = EmailAddress::parse(&form.email) else {
        let error = Error::from(Refusal::Invalid { field: "email" });
        let mut shown = Shown::new(app, visitor, &what, Step::Ask);
        shown.email = form.email;
        shown.rhythm = rhythm;
        shown.error = visitor.t.s("letters-follow-wrong").into_owned();
        let mut page = shown.show();
        *page.status_mut() = answer::status(&error);
        return Ok(page);
    };
    let (vault, language, from) = (app.vault.clone(), visitor.t.code(), visitor.origin(app));
    app.db
        .write(move |conn| super::ask(conn, &ctx, &vault, &wish, email, (language, &from)))
        .await?;
    Ok(Shown::new(app, visitor, &what, Step::LetterSent).show())
}

/// The browser that asks is the one that is told: there is nothing to confirm. Notifications come at once.
async fn by_push(app: &App, visitor: &Visitor, wish: Wish, form: FollowForm) -> Result<Response> {
    let device = Device { endpoint: form.endpoint, p256dh: form.p256dh, auth: form.auth };
    let wish = Wish { rhythm: Rhythm::AtOnce, ..wish };
    let (ctx, vault, caller) = (app.ctx(visitor.reporter()), app.vault.clone(), app.caller.clone());
    let (own, language, what) = (signed(visitor), visitor.t.code(), wish.what.clone());
    let nameless = own.is_none();
    let person = app.db.write(move |conn| {
        let person = push::keep(conn, &ctx, &vault, &caller, &device, own, language)?;
        super::now(conn, &ctx, &wish, Way::Push, &person)?;
        Ok::<_, Error>(person)
    });
    let person = person.await?;
    let shown = Shown::new(app, visitor, &what, Step::FollowingByPush);
    let mut page = shown.of(person.as_str()).show();
    if nameless {
        let token = mine::token(&app.vault, &person);
        let secure = if app.config.is_https() { "; Secure" } else { "" };
        let cookie = format!(
            "{COOKIE}={token}; Path=/; Max-Age={COOKIE_LIVES}; SameSite=Lax; HttpOnly{secure}"
        );
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            page.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    Ok(page)
}

/// A page to show.
struct Shown<'a> {
    app: &'a App,
    visitor: &'a Visitor,
    what: &'a What,
    step: Step,
    rhythm: Rhythm,
    email: String,
    error: String,
    mine: String,
}

impl<'a> Shown<'a> {
    fn new(app: &'a App, visitor: &'a Visitor, what: &'a What, step: Step) -> Self {
        let rhythm = if matches!(what, What::Report(_)) { Rhythm::AtOnce } else { Rhythm::Day };
        let (email, error, mine) = (String::new(), String::new(), "/my/follows".to_owned());
        Self { app, visitor, what, step, rhythm, email, error, mine }
    }

    /// Somebody who came by a link of ours may see all they follow.
    fn of(mut self, follower: &str) -> Self {
        if signed(self.visitor).is_none()
            && let Ok(person) = PersonId::parse(follower)
        {
            self.mine = mine::path(&self.app.vault, &person);
        }
        self
    }

    fn show(self) -> Response {
        let (t, pack) = (self.visitor.t, self.app.pack.load());
        let title = self.what.title(&pack, t);
        show(&FollowPage {
            page: self
                .visitor
                .page(self.app, t.s1("follow-title", "what", &title))
                .with_mistakes(!self.error.is_empty()),
            t,
            what: title,
            there: self.what.path(),
            // A link in a letter confirms at its own address.
            action: if self.step == Step::Confirm {
                self.visitor.path.clone()
            } else {
                self.what.follow_path()
            },
            feed: feed(self.what),
            rhythms: rhythms(t, self.rhythm),
            email: self.email,
            error: self.error,
            known: signed(self.visitor).is_some(),
            step: self.step,
            push_key: push::public_key(&self.app.vault),
            mine: self.mine,
        })
    }
}

/// The list as a feed, for those who would rather fetch than be told.
pub fn feed(what: &What) -> Option<String> {
    let What::List(query) = what else { return None };
    Some(if query.is_empty() {
        "/reports.atom".to_owned()
    } else {
        format!("/reports.atom?{query}")
    })
}

pub fn rhythms(t: Lang, chosen: Rhythm) -> Vec<Choice> {
    let choice = |rhythm: &Rhythm| {
        Choice::new(rhythm.as_str(), t.of("follow-rhythm-", rhythm), *rhythm == chosen)
    };
    Rhythm::ALL.iter().map(choice).collect()
}

fn list_of(app: &App, query: Option<&str>) -> Result<What> {
    let what = What::list(query.unwrap_or_default(), &app.pack.load());
    what.ok_or(Error::unacceptable("address", "error-address", 400))
}

async fn open_report(app: &App, code: &str) -> Result<What> {
    let id = ServiceRequestId::from_human(code).ok_or(Refusal::NotFound)?;
    let report = app.db.read(move |conn| requests::find(conn, &id)).await?;
    let report = report.filter(ServiceRequest::is_open_to_all).ok_or(Refusal::NotFound)?;
    Ok(What::Report(report.id))
}
