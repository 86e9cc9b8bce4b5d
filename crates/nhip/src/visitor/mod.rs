//! Who is asking: address, language, session. Worked out once per request, before any handler.

pub mod open_form_http;

use crate::account::device;
use crate::account::session::{self, Signed};
use crate::account::unasked::Origin;
use crate::app::{App, Shared};
use crate::platform::error::{Error, Result};
use crate::platform::http::answer::{self, Undressed};
use crate::platform::http::client::Client;
use crate::platform::http::csrf::OTHER_SITE;
use crate::platform::http::form::{TRAP, escaped};
use crate::platform::http::pace::{Who, network};
use crate::platform::http::page::{self, Page, PageUser};
use crate::platform::http::pressure::Held;
use crate::platform::http::seen::RequestId;
use crate::platform::http::typed::{Typed, Words};
use crate::platform::i18n::{I18n, Lang, negotiate};
use crate::platform::icons;
use askama::Template;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{
    ACCEPT, ACCEPT_LANGUAGE, ALLOW, CACHE_CONTROL, CONTENT_TYPE, COOKIE, RETRY_AFTER, SET_COOKIE,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use domain::actor::{Actor, Role};
use domain::refusal::Refusal;
use std::net::IpAddr;
use std::sync::Arc;

/// Carries the marker of whoever is signed in.
const MARKER: HeaderName = HeaderName::from_static("nhip-who");
/// A program of ours in a browser names the form it sends, and is told in our own words that it was taken: whatever else
/// stands between us and a phone answers with pages and redirects too.
const FORM: HeaderName = HeaderName::from_static("nhip-form");
const TAKEN: HeaderName = HeaderName::from_static("nhip-taken");
/// A cookie for scripts: which form was just taken, so that a page lets go of what it kept of it (web/js/drafts.js).
const TAKEN_COOKIE: &str = "taken";
/// Where forms stand of which pages keep something. No other address goes into the cookie: some are secrets.
const KEEPING: [&str; 4] = ["/new", "/desk/", "/reports/", "/my/"];

#[derive(Debug, Clone)]
pub struct Visitor {
    pub t: Lang,
    pub signed: Option<Signed>,
    pub address: IpAddr,
    /// The secret by which a browser without an account is the same tomorrow, if it has one.
    pub device: Option<String>,
    /// Path and query, for coming back.
    pub path: String,
    pub request: RequestId,
}

impl Visitor {
    /// The page frame with this visitor's language and name.
    pub fn page(&self, app: &App, title: impl Into<String>) -> Page {
        let user = self.signed.as_ref().map(|s| PageUser {
            name: s.name.clone(),
            marker: device::marker(&app.vault, Some(s)),
            staff: s.is_staff(),
            office: self.office(app, s),
            shortcuts: s.shortcuts,
        });
        Page::new(app.site.load_full(), self.t, self.path.clone(), title).for_user(user)
    }

    /// As what somebody of the staff works, and for whom.
    fn office(&self, app: &App, signed: &Signed) -> String {
        if !signed.is_staff() {
            return String::new();
        }
        let pack = app.pack.load();
        let centre = [Role::Operator, Role::Reviewer];
        let of_centre = signed.roles.iter().any(|role| centre.contains(role));
        let agency = signed.agency.as_ref().or(of_centre.then_some(&pack.centre));
        let agency = agency.and_then(|id| pack.agency(id)).map(|a| a.short.text(self.t.code()));
        let roles = signed.roles.iter().map(|role| self.t.of("role-", role).into_owned());
        roles.chain(agency.map(str::to_owned)).collect::<Vec<_>>().join(" · ")
    }

    /// The signed-in person, or a refusal that leads to the sign-in page.
    pub fn needs_sign_in(&self) -> Result<&Signed> {
        self.signed.as_ref().ok_or(Error::unacceptable("session", "error-sign-in", 401))
    }

    /// Who is counted for the pace: an account alone, or an address and the browser behind it. The address comes first, so
    /// that whoever makes up a new cookie for each request is counted nowhere else.
    pub fn names(&self) -> Vec<Who> {
        if let Some(signed) = &self.signed {
            return vec![Who::Account(signed.account.to_string())];
        }
        let device = self.device.clone().map(Who::Device);
        [Who::Address(self.address)].into_iter().chain(device).collect()
    }

    /// Whose doing a letter is that this visitor causes.
    pub fn origin(&self, app: &App) -> Origin {
        Origin::of(&app.vault, network(self.address))
    }

    /// As a reporter; signed-in citizens carry their account into the history.
    pub fn reporter(&self) -> Actor {
        Actor { account: self.signed.as_ref().map(|s| s.account.clone()), ..Actor::reporter() }
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Error::failed("know the visitor", "no middleware"))
    }
}

/// How an interface tells an error in a form of its own; nothing where it was not asked.
pub type OwnForm = fn(&Visitor, &Error) -> Option<Response>;

/// The middleware: makes the [`Visitor`], then dresses errors for them and remembers a chosen language.
pub async fn visit(
    State((app, own_form)): State<(Shared, OwnForm)>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let (visitor, chosen) = match meet(&app, &parts).await {
        Ok(met) => met,
        Err(error) => return error.into_response(),
    };
    let (wants_html, reads) = (wants_html(&parts.headers), parts.method.is_safe());
    let (form, typed) = (parts.headers.get(FORM).cloned(), Typed::default());
    let held = parts.extensions.get::<Arc<Held>>().cloned();
    let mut request = Request::from_parts(parts, body);
    request.extensions_mut().insert(visitor.clone());
    request.extensions_mut().insert(typed.clone());
    let mut response = next.run(request).await;
    let undressed = response.extensions_mut().remove::<Undressed>().map(|Undressed(error)| error);
    // What the handler makes of half a body is not the reason.
    let cut_off = held.and_then(|held| held.error()).filter(|_| undressed.is_some());
    let undressed = cut_off.map(Arc::new).or(undressed);
    if let Some(error) = undressed.or_else(|| refused_by_axum(reads, &response).map(Arc::new)) {
        let words = given_back(&visitor, typed.take());
        let asked = Asked { wants_html, own_form: own_form(&visitor, &error), words };
        response = dress(&app, &visitor, &error, asked, response.headers());
    } else if !reads && response.status() == StatusCode::SEE_OTHER {
        say_taken(&visitor, form, &mut response);
    }
    if visitor.signed.is_some() || page::is_secret(&visitor.path) {
        response
            .headers_mut()
            .entry(CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("private, no-store"));
    }
    mark(&app, &visitor, response.headers_mut());
    if let Some(language) = chosen {
        let secure = if app.config.is_https() { "; Secure" } else { "" };
        let cookie =
            format!("lang={language}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    response
}

/// A form was taken, and leads on: said to the program that sent it, and to the page that comes next.
fn say_taken(visitor: &Visitor, form: Option<HeaderValue>, response: &mut Response) {
    let path = visitor.path.split('?').next().unwrap_or_default();
    if KEEPING.iter().any(|start| path.starts_with(start)) {
        let cookie = format!("{TAKEN_COOKIE}={}; Path=/; Max-Age=600; SameSite=Lax", escaped(path));
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    if let Some(form) = form {
        *response.status_mut() = StatusCode::CREATED;
        response.headers_mut().insert(TAKEN, form);
    }
}

/// What goes back of a form that could not be taken. Secrets do not.
fn given_back(visitor: &Visitor, mut words: Words) -> Words {
    if visitor.path.starts_with("/sign-") || visitor.path.starts_with("/account") {
        return Words::default();
    }
    words.fields.retain(|(name, _)| name != TRAP);
    words
}

/// Pages say who is signed in, or that nobody is: a device that keeps things for somebody must know when they are gone. A
/// page of a proxy before us says nothing, and is not taken for that; nor is it taken for a refusal of ours.
fn mark(app: &App, visitor: &Visitor, headers: &mut HeaderMap) {
    let kind = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    let told: [&[u8]; 2] = [b"text/html", b"application/problem+json"];
    if kind.is_some_and(|kind| told.iter().any(|told| kind.starts_with(told)))
        && let Ok(marker) =
            HeaderValue::from_str(&device::marker(&app.vault, visitor.signed.as_ref()))
    {
        headers.insert(MARKER, marker);
    }
}

/// What the web framework turned away before any handler of ours: a method, an address or a body that is not for us. It
/// says so in bare English words, or not at all; no handler does.
fn refused_by_axum(reads: bool, response: &Response) -> Option<Error> {
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    if !status.is_client_error() || kind.is_some_and(|kind| !kind.starts_with(b"text/plain")) {
        return None;
    }
    let (field, key) = match status {
        StatusCode::NOT_FOUND => return Some(Refusal::NotFound.into()),
        StatusCode::METHOD_NOT_ALLOWED => ("method", "error-method"),
        StatusCode::PAYLOAD_TOO_LARGE => ("form", "error-too-large"),
        _ if reads => ("address", "error-address"),
        _ => ("form", "error-form"),
    };
    Some(Error::unacceptable(field, key, status.as_u16()))
}

async fn meet(app: &App, request: &Parts) -> Result<(Visitor, Option<&'static str>)> {
    let headers = &request.headers;
    let asked = query_value(request.uri.query().unwrap_or_default(), "lang");
    let stored = cookie(headers, "lang");
    let site = app.site.load();
    let default = site.languages.first().copied().unwrap_or("en");
    let accept = headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    let signed = match cookie(headers, session::COOKIE) {
        None => None,
        Some(secret) => session::of_secret(&app.db, &app.vault, app.clock.now(), secret).await?,
    };
    let staff = signed.as_ref().is_some_and(Signed::is_staff);
    let spoken = if staff { site.languages.clone() } else { site.spoken() };
    let code = negotiate(asked.or(stored), accept, &spoken, default);
    let path = request.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let chosen = spoken.into_iter().find(|l| Some(*l) == asked);
    let t = I18n::load().lang(code);
    let address = request.extensions.get::<Client>().map(|Client(address)| *address);
    let address = address.ok_or_else(|| Error::failed("know the address", "no middleware"))?;
    let request = request.extensions.get::<RequestId>().cloned().unwrap_or_default();
    let device = device_of(headers).map(str::to_owned);
    Ok((Visitor { t, signed, address, device, path, request }, chosen))
}

/// The value of a cookie, untrusted.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The cookie of a browser that has said something without an account.
pub const DEVICE: &str = "device";
/// Characters of a secret of ours.
const SECRET_CHARS: usize = 25;

/// What the browser holds, if it is one of ours.
fn device_of(headers: &HeaderMap) -> Option<&str> {
    let is_ours = |secret: &&str| {
        secret.len() == SECRET_CHARS && secret.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    cookie(headers, DEVICE).filter(is_ours)
}

fn query_value<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

fn wants_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or("text/html");
    accept.contains("text/html") || accept.starts_with("*/*")
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    page: Page,
    status: u16,
    sentence: &'a str,
    reference: Option<&'a str>,
    words: Words,
    /// Where it may be sent again from here.
    again: Option<String>,
}

impl ErrorPage<'_> {
    /// Whether somebody wrote this: a code or a number is no loss.
    #[expect(clippy::unused_self, reason = "templates call methods of the page")]
    fn is_written(&self, value: &str) -> bool {
        value.trim().contains(char::is_whitespace)
    }
}

/// How an error is told, and what goes back with it.
struct Asked {
    wants_html: bool,
    own_form: Option<Response>,
    words: Words,
}

fn dress(
    app: &App,
    visitor: &Visitor,
    error: &Error,
    Asked { wants_html: html, own_form, words }: Asked,
    extra: &HeaderMap,
) -> Response {
    let status = answer::status(error);
    let sentence = answer::sentence(error, visitor.t);
    let failed = status.is_server_error() && !matches!(error, Error::Crowded { .. });
    let reference = failed.then(|| log_failure(app, visitor, error));
    if html && own_form.is_none() && status == StatusCode::UNAUTHORIZED && words.fields.is_empty() {
        return Redirect::to(&format!("/sign-in?next={}", escaped(&visitor.path))).into_response();
    }
    let mut response = if let Some(response) = own_form {
        response
    } else if html {
        let page = ErrorPage {
            page: visitor.page(app, sentence.clone()),
            status: status.as_u16(),
            sentence: &sentence,
            reference,
            again: may_go_again(error, status).then(|| visitor.path.clone()),
            words,
        };
        (status, show(&page)).into_response()
    } else {
        answer::problem(status, &sentence, answer::field(error), reference)
    };
    if let Some(value) = extra.get(ALLOW) {
        response.headers_mut().insert(ALLOW, value.clone());
    }
    if let Some(seconds) = answer::wait(error) {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// Whether the same form may be taken when it is sent again: the fault is not in it, and nobody else wrote it.
fn may_go_again(error: &Error, status: StatusCode) -> bool {
    let passes = matches!(status, StatusCode::UNAUTHORIZED | StatusCode::TOO_MANY_REQUESTS);
    let other_site = matches!(error, Error::Unacceptable { key, .. } if *key == OTHER_SITE);
    (passes || status.is_server_error()) && !other_site
}

/// The status with which a form comes back, with what was typed and why it was not taken; `None` if there is no use in
/// sending it again. A failure of ours passes: it is logged, and nobody has to write everything anew.
pub fn comes_back(app: &App, visitor: &Visitor, error: &Error) -> Option<StatusCode> {
    let status = answer::status(error);
    match status {
        StatusCode::CONFLICT
        | StatusCode::UNPROCESSABLE_ENTITY
        | StatusCode::PAYLOAD_TOO_LARGE
        | StatusCode::TOO_MANY_REQUESTS
        | StatusCode::BAD_REQUEST => Some(status),
        StatusCode::INTERNAL_SERVER_ERROR | StatusCode::SERVICE_UNAVAILABLE => {
            log_failure(app, visitor, error);
            Some(status)
        }
        _ => None,
    }
}

/// Logs a failure once, with a reference number that the person can quote: the id of the request.
fn log_failure<'v>(app: &App, visitor: &'v Visitor, error: &Error) -> &'v str {
    let reference = &*visitor.request.0;
    tracing::error!(reference, %error, "request failed");
    app.metrics.failures.add_one();
    if error.is_full_disk() {
        app.metrics.disk_full.add_one();
    }
    reference
}

/// Most pages are shorter: they are written without moving what is written.
const PAGE_BYTES: usize = 48 * 1024;

/// Renders a page; a template that fails is a failure like any other.
pub fn show(template: &impl Template) -> Response {
    let mut html = String::with_capacity(PAGE_BYTES);
    match template.render_into(&mut html) {
        Ok(()) => Html(icons::inline(html)).into_response(),
        Err(e) => Error::failed("render a page", e).into_response(),
    }
}
