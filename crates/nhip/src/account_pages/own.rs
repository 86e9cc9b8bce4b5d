//! `/account`: what somebody may see and change of their own account.

use super::{Mistakes, again, mistake, without_session};
use crate::account::session::{self, Signed};
use crate::account::sign_in::{self, NotChanged};
use crate::account::vault;
use crate::account::{admin, link, password as rules};
use crate::app::Shared;
use crate::platform::error::{Error, Result};
use crate::platform::http::answer;
use crate::platform::http::form::Form;
use crate::platform::http::page::Page;
use crate::platform::http::view::{Choice, When};
use crate::platform::i18n::{I18n, Lang};
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::text::EmailAddress;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "account/account.html")]
struct AccountPage<'a> {
    page: Page,
    signed: &'a Signed,
    full_name: &'a str,
    languages: Vec<Choice>,
    shortcuts: Vec<Choice>,
    /// Where letters go; of the staff only.
    email: String,
    confirm: String,
    second_factor: bool,
    min_chars: usize,
    mistakes: Mistakes,
}

#[derive(Deserialize)]
pub struct Done {
    /// What was done just now: a word of `account-done-…`.
    #[serde(default)]
    done: String,
    /// The secret of a letter, by which an address is confirmed.
    #[serde(default)]
    confirm: String,
}

/// What may be told as done; anything else in the address is not shown.
const DONE: [&str; 7] =
    ["saved", "asked", "confirmed", "stale", "password", "factor-on", "factor-off"];

pub async fn account(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(query): Query<Done>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let done = DONE
        .iter()
        .find(|word| **word == query.done)
        .map(|word| visitor.t.of("account-done-", word).into_owned());
    let mut page = account_page(&app, &visitor, signed, &signed.name, Vec::new()).await?;
    page.page.notice = done;
    page.confirm = query.confirm;
    // The language picker would carry the secret on.
    "/account".clone_into(&mut page.page.path);
    Ok(show(&page))
}

async fn account_page<'a>(
    app: &Shared,
    visitor: &Visitor,
    signed: &'a Signed,
    full_name: &'a str,
    mistakes: Mistakes,
) -> Result<AccountPage<'a>> {
    let (account, person, vault) =
        (signed.account.clone(), signed.person.clone(), app.vault.clone());
    let (second_factor, known) = app
        .db
        .read(move |conn| {
            let known = match &person {
                Some(person) => vault::for_letters(conn, &vault, person)?,
                None => None,
            };
            Ok::<_, Error>((admin::has_second_factor(conn, &account)?, known))
        })
        .await?;
    let email = known.and_then(|known| known.email);
    let site = app.site.load();
    let codes = if signed.is_staff() { site.languages.clone() } else { site.spoken() };
    let languages = codes.into_iter().map(|code| I18n::load().lang(code));
    let choice = |lang: Lang| Choice {
        value: lang.code().to_owned(),
        label: lang.name().to_owned(),
        hint: String::new(),
        checked: lang.code() == signed.language,
    };
    Ok(AccountPage {
        page: visitor.page(app, visitor.t.s("account-title")).with_mistakes(!mistakes.is_empty()),
        signed,
        full_name,
        languages: languages.map(choice).collect(),
        shortcuts: shortcuts(visitor.t, signed),
        email: email.map_or_else(String::new, |email| email.as_str().to_owned()),
        confirm: String::new(),
        second_factor,
        min_chars: rules::MIN_CHARS,
        mistakes,
    })
}

/// Whether keys alone do things at the desk.
fn shortcuts(t: Lang, signed: &Signed) -> Vec<Choice> {
    let choice = |word: &str, checked: bool| Choice {
        value: word.to_owned(),
        label: t.of("account-shortcuts-", word).into_owned(),
        hint: String::new(),
        checked,
    };
    vec![choice("on", signed.shortcuts), choice("off", !signed.shortcuts)]
}

#[derive(Deserialize)]
pub struct ChangeForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    language: String,
    /// Of the staff: `on` or `off`.
    #[serde(default)]
    shortcuts: String,
    /// Of the staff: where letters go.
    #[serde(default)]
    email: String,
}

pub async fn change(
    State(app): State<Shared>,
    visitor: Visitor,
    Form(form): Form<ChangeForm>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?.clone();
    let email = match form.email.trim() {
        "" => None,
        _ if !signed.is_staff() => None,
        typed => match EmailAddress::parse(typed) {
            Ok(email) => Some(email),
            Err(_) => {
                let mistakes = mistake(&visitor, "email", "link-email-wrong");
                return as_typed(&app, &visitor, &signed, &form, mistakes).await;
            }
        },
    };
    let site = app.site.load();
    let language =
        site.spoken().into_iter().find(|code| *code == form.language).unwrap_or(visitor.t.code());
    let name = form.name.clone();
    let of = signed.clone();
    let shortcuts = match form.shortcuts.as_str() {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    };
    let (ctx, vault) = (app.ctx(signed.as_themselves()), app.vault.clone());
    let changed = app.db.write(move |conn| {
        admin::change(conn, &of, &name, language)?;
        if let Some(on) = shortcuts {
            admin::set_shortcuts(conn, &of.account, on)?;
        }
        let known = match &of.person {
            Some(person) => vault::for_letters(conn, &vault, person)?,
            None => None,
        };
        let new = email.filter(|new| known.and_then(|known| known.email).as_ref() != Some(new));
        if let Some(new) = &new {
            link::ask_address(conn, &ctx, &vault, new, language)?;
        }
        Ok::<_, Error>(if new.is_some() { "asked" } else { "saved" })
    });
    match changed.await {
        // The language of pages is remembered in its own cookie, which this sets.
        Ok(done) => {
            Ok(Redirect::to(&format!("/account?done={done}&lang={language}")).into_response())
        }
        Err(error) if error.refusal().is_some() => {
            let sentence = answer::sentence(&error, visitor.t);
            let mistakes = vec![("name".to_owned(), sentence)];
            as_typed(&app, &visitor, &signed, &form, mistakes).await
        }
        Err(error) => Err(error),
    }
}

/// The page with what is wrong, and with all that was typed and chosen.
async fn as_typed(
    app: &Shared,
    visitor: &Visitor,
    signed: &Signed,
    form: &ChangeForm,
    mistakes: Vec<(String, String)>,
) -> Result<Response> {
    let mut page = account_page(app, visitor, signed, &form.name, mistakes).await?;
    page.email.clone_from(&form.email);
    if !form.shortcuts.is_empty() {
        for choice in &mut page.shortcuts {
            choice.checked = choice.value == form.shortcuts;
        }
    }
    Ok(again(&page))
}

#[derive(Deserialize)]
pub struct ConfirmForm {
    #[serde(default)]
    token: String,
}

/// POST `/account/email`: whoever pressed the button in the page of the letter's link reads what is sent to the address.
pub async fn confirm(
    State(app): State<Shared>,
    visitor: Visitor,
    Form(form): Form<ConfirmForm>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?.clone();
    let (ctx, vault) = (app.ctx(signed.as_themselves()), app.vault.clone());
    let done = app.db.write(move |conn| {
        if signed.is_staff() {
            link::confirm_address(conn, &ctx, &vault, &signed.account, &form.token)
        } else {
            Ok(false)
        }
    });
    let word = if done.await? { "confirmed" } else { "stale" };
    Ok(Redirect::to(&format!("/account?done={word}")).into_response())
}

#[derive(Deserialize)]
pub struct PasswordForm {
    #[serde(default)]
    old: String,
    #[serde(default)]
    new: String,
}

pub async fn password(
    State(app): State<Shared>,
    visitor: Visitor,
    Form(form): Form<PasswordForm>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let (by, ctx) = ((&app.db, &app.clock), app.ctx(signed.as_themselves()));
    let mistakes = match sign_in::change_password(by, &ctx, signed, form.old, form.new).await? {
        Ok(()) => {
            app.live.session_ended();
            return Ok(Redirect::to("/account?done=password").into_response());
        }
        Err(NotChanged::WrongOld) => mistake(&visitor, "old", "account-password-wrong"),
        Err(NotChanged::TooShort) => {
            vec![(
                "new".to_owned(),
                visitor.t.s1("account-password-short", "n", rules::MIN_CHARS).into_owned(),
            )]
        }
    };
    Ok(again(&account_page(&app, &visitor, signed, &signed.name, mistakes).await?))
}

struct Row {
    token_hash: String,
    device: String,
    since: When,
    seen: When,
    /// The one this page is asked from.
    here: bool,
}

#[derive(Template)]
#[template(path = "account/sessions.html")]
struct SessionsPage {
    page: Page,
    rows: Vec<Row>,
}

pub async fn sessions(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let (account, now) = (signed.account.clone(), app.clock.now());
    let listed = app.db.read(move |conn| session::list(conn, &account, now)).await?;
    let zone = app.site.load().zone.clone();
    let row = |listed: session::Listed| Row {
        here: listed.token_hash == signed.session,
        since: When::moment(visitor.t, now, listed.created_at, &zone),
        seen: When::ago(visitor.t, now, listed.seen_at, &zone),
        token_hash: listed.token_hash,
        device: device_name(&listed.device),
    };
    let rows = listed.into_iter().map(row).collect();
    Ok(show(&SessionsPage { page: visitor.page(&app, visitor.t.s("sessions-title")), rows }))
}

/// What a browser calls itself says far too much: these are the parts people know, the telling ones first, because
/// most browsers also claim to be others.
fn device_name(device: &str) -> String {
    const BROWSERS: [(&str, &str); 7] = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("coc_coc_browser/", "Coc Coc"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [&str; 6] = ["Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux"];
    let browser = BROWSERS.iter().find(|(mark, _)| device.contains(mark)).map(|(_, name)| *name);
    let system = SYSTEMS.iter().find(|name| device.contains(**name)).copied();
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => device.chars().take(40).collect(),
    }
}

#[derive(Deserialize)]
pub struct EndForm {
    /// Empty: all of them, this one too.
    #[serde(default)]
    session: String,
}

pub async fn end_sessions(
    State(app): State<Shared>,
    visitor: Visitor,
    Form(form): Form<EndForm>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?.clone();
    let leaves = form.session.is_empty() || form.session == signed.session;
    let ctx = app.ctx(signed.as_themselves());
    app.db
        .write(move |conn| match form.session.as_str() {
            "" => session::end_everywhere(conn, &ctx, &signed.account),
            one => session::end_own(conn, &signed.account, one),
        })
        .await?;
    app.live.session_ended();
    Ok(if leaves {
        without_session(&app, "/")
    } else {
        Redirect::to("/account/sessions").into_response()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_by_the_name_people_know() {
        let cases = [
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0",
                "Edge · Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/150.0 Mobile Safari/537.36",
                "Chrome · Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19 Safari/604.1",
                "Safari · iPhone",
            ),
            ("curl/8.9", "curl/8.9"),
            ("", ""),
        ];
        for (device, name) in cases {
            assert_eq!(device_name(device), name);
        }
    }
}
