//! `/sign-in`, `/sign-in/code`, `/sign-out`: staff come in by password and, if they set it up, a code.

use super::{
    Mistakes, again, cookie_hash, device, home, mistake, next_or, with_session, without_session,
};
use crate::account::session::{self, Signed};
use crate::account::sign_in::{self, Attempt, Door, Entry};
use crate::app::Shared;
use crate::platform::ctx::Ctx;
use crate::platform::error::Result;
use crate::platform::http::form::{Form, escaped};
use crate::platform::http::page::Page;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Actor;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

#[derive(Template)]
#[template(path = "account/sign-in.html")]
struct SignInPage<'a> {
    page: Page,
    login: &'a str,
    next: &'a str,
    mistakes: Mistakes,
}

pub async fn sign_in_form(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(query): Query<Next>,
) -> Response {
    if let Some(signed) = &visitor.signed {
        return Redirect::to(next_or(&query.next, home(signed.kind))).into_response();
    }
    let page = visitor.page(&app, visitor.t.s("sign-in-title"));
    show(&SignInPage { page, login: "", next: &query.next, mistakes: Vec::new() })
}

#[derive(Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

pub async fn sign_in(
    State(app): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(form): Form<SignInForm>,
) -> Result<Response> {
    let ctx = app.ctx(Actor::system());
    let door = door(&app, &ctx);
    let attempt = Attempt {
        login: form.login.clone(),
        password: form.password,
        address: visitor.address,
        device: device(&headers),
    };
    let mistakes = match sign_in::with_password(door, attempt).await? {
        Entry::In(new) => return Ok(with_session(&app, &new, next_or(&form.next, home(new.kind)))),
        Entry::CodeOwed(half) => {
            return Ok(with_session(
                &app,
                &half,
                &format!("/sign-in/code?next={}", escaped(&form.next)),
            ));
        }
        Entry::Wrong => mistake(&visitor, "login", "sign-in-wrong"),
        Entry::Locked { reason } => locked(&visitor, &reason),
        Entry::Wait { seconds } => {
            let page =
                sign_in_page(&app, &visitor, &form.login, &form.next, wait(&visitor, seconds));
            return Ok(slowed(show(&page), seconds));
        }
    };
    Ok(again(&sign_in_page(&app, &visitor, &form.login, &form.next, mistakes)))
}

fn door<'a>(app: &'a Shared, ctx: &'a Ctx) -> Door<'a> {
    Door { db: &app.db, clock: &app.clock, ctx, vault: &app.vault, throttle: &app.throttle }
}

fn sign_in_page<'a>(
    app: &Shared,
    visitor: &Visitor,
    login: &'a str,
    next: &'a str,
    mistakes: Mistakes,
) -> SignInPage<'a> {
    let page = visitor.page(app, visitor.t.s("sign-in-title"));
    SignInPage { page: page.with_mistakes(!mistakes.is_empty()), login, next, mistakes }
}

pub(super) fn locked(visitor: &Visitor, reason: &str) -> Mistakes {
    vec![(String::new(), visitor.t.s1("sign-in-locked", "reason", reason).into_owned())]
}

fn wait(visitor: &Visitor, seconds: u64) -> Mistakes {
    vec![(String::new(), visitor.t.s1("sign-in-wait", "seconds", seconds).into_owned())]
}

fn slowed(page: Response, seconds: u64) -> Response {
    (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, HeaderValue::from(seconds))], page)
        .into_response()
}

#[derive(Template)]
#[template(path = "account/code.html")]
struct CodePage<'a> {
    page: Page,
    next: &'a str,
    mistakes: Mistakes,
}

/// Who owes the code, by the half session in the cookie.
async fn half_signed(app: &Shared, headers: &HeaderMap) -> Result<Option<Signed>> {
    let Some(hash) = cookie_hash(app, headers) else { return Ok(None) };
    let now = app.clock.now();
    app.db.read(move |conn| session::find_half(conn, &hash, now)).await
}

pub async fn owe_code(
    State(app): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(query): Query<Next>,
) -> Result<Response> {
    if half_signed(&app, &headers).await?.is_none() {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    let page = visitor.page(&app, visitor.t.s("code-title"));
    Ok(show(&CodePage { page, next: &query.next, mistakes: Vec::new() }))
}

#[derive(Deserialize)]
pub struct CodeForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

pub async fn give_code(
    State(app): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(form): Form<CodeForm>,
) -> Result<Response> {
    let Some(half) = half_signed(&app, &headers).await? else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let ctx = app.ctx(Actor::system());
    let door = door(&app, &ctx);
    let page = visitor.page(&app, visitor.t.s("code-title"));
    match sign_in::with_code(door, half, form.code, (visitor.address, device(&headers))).await? {
        Entry::In(new) => Ok(with_session(&app, &new, next_or(&form.next, home(new.kind)))),
        Entry::Wait { seconds } => {
            let mistakes = wait(&visitor, seconds);
            Ok(slowed(show(&CodePage { page, next: &form.next, mistakes }), seconds))
        }
        Entry::Wrong | Entry::CodeOwed(_) | Entry::Locked { .. } => Ok(again(&CodePage {
            page: page.with_mistakes(true),
            next: &form.next,
            mistakes: mistake(&visitor, "code", "code-wrong"),
        })),
    }
}

pub async fn sign_out(State(app): State<Shared>, headers: HeaderMap) -> Result<Response> {
    if let Some(hash) = cookie_hash(&app, &headers) {
        app.db.write(move |conn| session::end(conn, &hash)).await?;
        app.live.session_ended();
    }
    Ok(without_session(&app, "/"))
}
