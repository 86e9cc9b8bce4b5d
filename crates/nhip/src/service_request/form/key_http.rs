//! What makes a form that is sent again the same one, so that a lost answer or a second tap makes nothing twice: the key
//! it was given, who it was given to, and all that was typed into it. With other words it is another form, whatever key
//! it brings; and a key that somebody else knows opens nothing to them.

use crate::app::App;
use crate::media::form_http::Form;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::{idempotency_store, limits};
use crate::visitor::{Visitor, cookie};
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};

/// How long it is known that a form was sent: longer than anything waits on a phone.
const KNOWN: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Field of the key.
pub const KEY: &str = "key";
/// Keys that a device made for itself (web/js/worker/shell.js): they stood on no page that came from us, and the browser
/// may have had no cookie yet.
const OF_DEVICE: &str = "device-";
/// Name of the cookie by which a browser without an account is the same when it sends again. It goes to `/new` only.
const COOKIE: &str = "form";
const COOKIE_SECONDS: u32 = 30 * 24 * 60 * 60;
/// Characters of a secret of ours.
const SECRET_CHARS: usize = 25;

/// The name of this very sending at a door, for the table of what was done before. None: the form brings no key.
pub fn name(app: &App, door: &str, who: &[&str], form: &Form) -> Option<String> {
    let key = Some(form.get(KEY)).filter(|key| !key.is_empty())?;
    Some(exact(app, door, who, &[&form.content(), key]))
}

/// The same for forms that are one by what they are about: the version of a case they were written on.
pub fn name_without_key(app: &App, door: &str, who: &[&str], form: &Form) -> String {
    exact(app, door, who, &[&form.content()])
}

fn exact(app: &App, door: &str, who: &[&str], what: &[&str]) -> String {
    let all = serde_json::json!([who, what]).to_string();
    app.vault.keyed_hash(door, &all)
}

/// Who a form of everybody came from: the account, else the browser.
pub fn sender(visitor: &Visitor, headers: &HeaderMap, form: &Form) -> String {
    match &visitor.signed {
        Some(signed) => format!("account:{}", signed.account),
        None if form.get(KEY).starts_with(OF_DEVICE) => String::new(),
        None => browser(headers).unwrap_or_default().to_owned(),
    }
}

fn browser(headers: &HeaderMap) -> Option<&str> {
    let is_ours = |secret: &&str| {
        secret.len() == SECRET_CHARS && secret.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    cookie(headers, COOKIE).filter(is_ours)
}

/// A page that gives a key to a browser: kept by no cache, for each time it is opened it is another form.
pub fn given(app: &App, headers: &HeaderMap, mut page: Response) -> Response {
    let secret = browser(headers).map_or_else(|| app.ids.secret(), str::to_owned);
    let secure = if app.config.is_https() { "; Secure" } else { "" };
    let cookie = format!(
        "{COOKIE}={secret}; Path=/new; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Lax{secure}"
    );
    let out = page.headers_mut();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        out.append(SET_COOKIE, cookie);
    }
    out.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    page
}

/// Forgets which forms were sent long ago: a job.
pub fn forget(conn: &mut Conn<'_>, now: Timestamp) -> Result<()> {
    Ok(idempotency_store::forget(conn, now - KNOWN, limits::FORGOTTEN)?)
}
