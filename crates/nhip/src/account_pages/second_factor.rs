//! `/account/second-factor`: switch the one-time code on (scan, then prove it) or off (with the password).

use super::{Mistakes, again, mistake};
use crate::account::session::Signed;
use crate::account::totp::{self, Enrolment};
use crate::account::{admin, sign_in};
use crate::app::Shared;
use crate::platform::error::Result;
use crate::platform::http::form::Form;
use crate::platform::http::page::Page;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::refusal::Refusal;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "account/second-factor.html")]
struct SecondFactorPage {
    page: Page,
    /// Being set up: the QR code as SVG, and the same for typing.
    enrolment: Option<(String, Enrolment)>,
    /// Just set up: the recovery codes, shown once.
    codes: Vec<String>,
    mistakes: Mistakes,
}

fn page(app: &Shared, visitor: &Visitor) -> SecondFactorPage {
    let page = visitor.page(app, visitor.t.s("factor-title"));
    SecondFactorPage { page, enrolment: None, codes: Vec::new(), mistakes: Vec::new() }
}

/// A second factor is for who has a password: staff.
fn login(signed: &Signed) -> Result<&str, Refusal> {
    signed.login.as_deref().ok_or(Refusal::Forbidden)
}

pub async fn second_factor(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let login = login(signed)?;
    let account = signed.account.clone();
    let is_on = app.db.read(move |conn| admin::has_second_factor(conn, &account)).await?;
    let mut shown = page(&app, &visitor);
    if !is_on {
        let ctx = app.ctx(signed.as_themselves());
        let enrolment = totp::begin(&ctx, &app.vault, &signed.account, shown.page.city(), login)?;
        shown.enrolment = Some((totp::qr_svg(&enrolment.uri)?, enrolment));
    }
    Ok(show(&shown))
}

#[derive(Deserialize)]
pub struct FactorForm {
    /// The enrolment, sealed; absent when the factor is to be taken off.
    #[serde(default)]
    sealed: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    password: String,
}

pub async fn set_second_factor(
    State(app): State<Shared>,
    visitor: Visitor,
    Form(form): Form<FactorForm>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let login = login(signed)?;
    if form.sealed.is_empty() {
        take_off(&app, &visitor, signed, form.password).await
    } else {
        put_on(&app, &visitor, signed, login, form).await
    }
}

async fn put_on(
    app: &Shared,
    visitor: &Visitor,
    signed: &Signed,
    login: &str,
    form: FactorForm,
) -> Result<Response> {
    let mut shown = page(app, visitor);
    let enrolment =
        totp::resume(&app.vault, &signed.account, &form.sealed, shown.page.city(), login)?;
    let (ctx, vault, owner, given) =
        (app.ctx(signed.as_themselves()), app.vault.clone(), signed.clone(), enrolment.clone());
    let codes = app.db.write(move |conn| {
        let owner = (&owner.account, owner.session.as_str());
        totp::confirm(conn, &ctx, &vault, owner, &given, &form.code)
    });
    let codes = codes.await?;
    if let Some(codes) = codes {
        app.live.session_ended();
        shown.codes = codes;
        return Ok(show(&shown));
    }
    shown.page.wrong = true;
    shown.mistakes = mistake(visitor, "code", "code-wrong");
    shown.enrolment = Some((totp::qr_svg(&enrolment.uri)?, enrolment));
    Ok(again(&shown))
}

async fn take_off(
    app: &Shared,
    visitor: &Visitor,
    signed: &Signed,
    password: String,
) -> Result<Response> {
    if !sign_in::is_password(&app.db, &signed.account, password).await? {
        let mut shown = page(app, visitor);
        shown.page.wrong = true;
        shown.mistakes = mistake(visitor, "password", "account-password-wrong");
        return Ok(again(&shown));
    }
    let (ctx, account) = (app.ctx(signed.as_themselves()), signed.account.clone());
    app.db.write(move |conn| totp::remove(conn, &ctx, &account)).await?;
    Ok(Redirect::to("/account?done=factor-off").into_response())
}
