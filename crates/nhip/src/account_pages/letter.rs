//! `/sign-in/link`: citizens come in by a letter. The link in it shows a button; pressing it uses the link up.

use super::entry::locked;
use super::{Mistakes, again, device, mistake, with_session};
use crate::account::link::{self, ByLink, Purpose};
use crate::app::Shared;
use crate::platform::error::Result;
use crate::platform::http::form::Form;
use crate::platform::http::page::Page;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::actor::Actor;
use domain::text::EmailAddress;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "account/link.html")]
struct LinkPage<'a> {
    page: Page,
    email: &'a str,
    /// The letter is on its way, if the address is one.
    sent: bool,
    mistakes: Mistakes,
}

pub async fn link_form(State(app): State<Shared>, visitor: Visitor) -> Response {
    let page = visitor.page(&app, visitor.t.s("link-title"));
    show(&LinkPage { page, email: "", sent: false, mistakes: Vec::new() })
}

#[derive(Deserialize)]
pub struct LinkForm {
    #[serde(default)]
    email: String,
}

pub async fn send_link(
    State(app): State<Shared>,
    visitor: Visitor,
    Form(form): Form<LinkForm>,
) -> Result<Response> {
    let page = visitor.page(&app, visitor.t.s("link-title"));
    let Ok(email) = EmailAddress::parse(&form.email) else {
        let mistakes = mistake(&visitor, "email", "link-email-wrong");
        let page = page.with_mistakes(true);
        return Ok(again(&LinkPage { page, email: &form.email, sent: false, mistakes }));
    };
    let (ctx, vault, language) = (app.ctx(Actor::reporter()), app.vault.clone(), visitor.t.code());
    let from = visitor.origin(&app);
    app.db.write(move |conn| link::request(conn, &ctx, &vault, &email, language, &from)).await?;
    Ok(show(&LinkPage { page, email: &form.email, sent: true, mistakes: Vec::new() }))
}

#[derive(Template)]
#[template(path = "account/opened-link.html")]
struct OpenedLinkPage {
    page: Page,
    /// The address somebody would be signed in under; none: the link is no use any more.
    whose: Option<String>,
    mistakes: Mistakes,
}

/// What the link in the letter shows. It changes nothing, so that scanners of mail may fetch it.
pub async fn opened_link(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response> {
    let (vault, now) = (app.vault.clone(), app.clock.now());
    let whose =
        app.db.read(move |conn| link::whose(conn, &vault, &token, Purpose::SignIn, now)).await?;
    Ok(opened(&app, &visitor, whose, Vec::new()))
}

fn opened(app: &Shared, visitor: &Visitor, whose: Option<String>, mistakes: Mistakes) -> Response {
    let status = if whose.is_some() { StatusCode::OK } else { StatusCode::GONE };
    let mut page = visitor.page(app, visitor.t.s("link-title")).with_mistakes(!mistakes.is_empty());
    // The language picker would carry the secret on; it is on the next page again.
    "/sign-in/link".clone_into(&mut page.path);
    (status, show(&OpenedLinkPage { page, whose, mistakes })).into_response()
}

pub async fn open_link(
    State(app): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Response> {
    let (ctx, vault, language, device) =
        (app.ctx(Actor::reporter()), app.vault.clone(), visitor.t.code(), device(&headers));
    match app
        .db
        .write(move |conn| link::sign_in(conn, &ctx, &vault, &token, (&device, language)))
        .await?
    {
        ByLink::In(new) => Ok(with_session(&app, &new, "/account")),
        ByLink::Stale => Ok(opened(&app, &visitor, None, Vec::new())),
        ByLink::Locked { reason } => {
            Ok(opened(&app, &visitor, Some(String::new()), locked(&visitor, &reason)))
        }
    }
}
