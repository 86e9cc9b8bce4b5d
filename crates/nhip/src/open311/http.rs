//! The handlers of `/open311/v2/`, and how errors look there.

use super::file::{Filing, Same, file as take_in};
use super::form_http;
use super::format::{Format, Out};
use super::listing::Telling;
use super::params::Params;
use super::query::{self, PAGE_SIZE, Query};
use super::store::{self, Listed, Step};
use super::update::{self, Update};
use super::{catalog, totals};
use crate::account::api_key::{self, Key, KeyKind, Scope};
use crate::app::{App, Shared};
use crate::media::{self, Accept};
use crate::platform::error::{Error, Result};
use crate::platform::http::answer;
use crate::platform::http::form::escaped;
use crate::platform::http::pace::{Pace, Who};
use crate::platform::i18n::{I18n, Lang};
use crate::visitor::Visitor;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ALLOW, CONTENT_TYPE, LINK, VARY,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::actor::Actor;
use domain::ids::ServiceRequestId;
use domain::pack::Pack;
use domain::refusal::Refusal;
use jiff::Timestamp;
use std::sync::Arc;

const BASE: &str = "/open311/v2/";
const TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// A request, understood as far as all have it in common.
struct Asked {
    /// What is asked for: the last part of the path without its ending.
    name: String,
    format: Format,
    params: Params,
    t: Lang,
    pack: Arc<Pack>,
    /// The program that asks, if it said so.
    key: Option<Key>,
}

/// The last part of the path, taken apart, and the query.
fn address(visitor: &Visitor) -> Result<(&str, Format, &str)> {
    let (path, query) = visitor.path.split_once('?').unwrap_or((&visitor.path, ""));
    let last = path.rsplit('/').next().unwrap_or_default();
    let (name, format) =
        Format::of(last).ok_or_else(|| Error::unacceptable("path", "open311-no-format", 404))?;
    Ok((name, format, query))
}

async fn asked(app: &App, visitor: &Visitor, sent: Params) -> Result<Asked> {
    let (name, format, query) = address(visitor)?;
    let mut params = Params::parse(query.as_bytes())?;
    params.extend(sent);
    let pack = app.pack.load_full();
    check_jurisdiction(app, &pack, &params)?;
    let key = match params.get("api_key") {
        Some(key) => Some(known_key(app, visitor, key.to_owned()).await?),
        None => None,
    };
    let language =
        params.get("locale").and_then(|l| pack.spoken().find(|known| l.starts_with(known)));
    let t = language.map_or(visitor.t, |language| I18n::load().lang(language));
    Ok(Asked { name: name.to_owned(), format, params, t, pack, key })
}

/// Tolerated everywhere, refused when it names another city.
fn check_jurisdiction(app: &App, pack: &Pack, params: &Params) -> Result<()> {
    let host = app.config.public_url.split("//").nth(1).unwrap_or_default();
    match params.get("jurisdiction_id") {
        Some(id) if !(id.eq_ignore_ascii_case(&pack.id) || id.eq_ignore_ascii_case(host)) => {
            Err(Error::unacceptable("jurisdiction_id", "open311-jurisdiction", 404))
        }
        _ => Ok(()),
    }
}

async fn known_key(app: &App, visitor: &Visitor, key: String) -> Result<Key> {
    let vault = app.vault.clone();
    let wanted = (KeyKind::Program, app.clock.now());
    let known = app.db.read(move |conn| api_key::key_of(conn, &vault, &key, wanted)).await?;
    known.ok_or_else(|| stranger(app, visitor))
}

/// No key, or none of ours. Who tries keys is counted as who tries secrets.
fn stranger(app: &App, visitor: &Visitor) -> Error {
    let paced = app.paces.check(Pace::Secret, Who::Address(visitor.address)).err();
    paced.unwrap_or_else(|| Error::unacceptable("api_key", "open311-key", 403))
}

fn must_be_allowed(key: &Key, scope: Scope) -> Result<()> {
    let refused = || Error::unacceptable("api_key", "open311-key-scope", 403);
    if key.may.contains(&scope) { Ok(()) } else { Err(refused()) }
}

/// A request to read: it needs no key, but one that it names must be good for that.
async fn reading(app: &App, visitor: &Visitor) -> Result<Asked> {
    let asked = asked(app, visitor, Params::default()).await?;
    asked.key.iter().try_for_each(|key| must_be_allowed(key, Scope::Read))?;
    Ok(asked)
}

impl Asked {
    fn answer(&self, body: String) -> Response {
        dressed(self.format, StatusCode::OK, body)
    }

    fn telling<'a>(&'a self, app: &'a App, extensions: bool) -> Telling<'a> {
        Telling::new(&self.pack, self.t, &app.config.public_url, extensions)
    }
}

fn dressed(format: Format, status: StatusCode, body: String) -> Response {
    let headers = [
        (CONTENT_TYPE, format.content_type()),
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (ACCESS_CONTROL_EXPOSE_HEADERS, "Link, X-Total-Count"),
        (VARY, "Accept-Language"),
    ];
    (status, headers, body).into_response()
}

/// `GET discovery`, `services`, `requests`, `servicerequestupdates`.
pub async fn document(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let asked = reading(&app, &visitor).await?;
    let (pack, language) = (&asked.pack, asked.t.code());
    match asked.name.as_str() {
        "discovery" => {
            let key_service = asked.t.s("open311-key-service");
            let (url, demo) = (&app.config.public_url, app.config.demo);
            Ok(asked.answer(catalog::discovery(
                asked.format,
                pack,
                language,
                url,
                demo,
                &key_service,
            )))
        }
        "services" => {
            if let Some(point) = asked.params.point()? {
                app.locator.load().locate(pack, point)?;
            }
            Ok(asked.answer(catalog::services(asked.format, pack, language)))
        }
        "requests" => requests(&app, &asked).await,
        "servicerequestupdates" => updates(&app, &asked).await,
        _ => Err(Refusal::NotFound.into()),
    }
}

/// `GET services/{code}`.
pub async fn definition(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let asked = reading(&app, &visitor).await?;
    let code = query::offered_service(&asked.pack, &asked.name)?;
    let service = asked.pack.service(&code).ok_or(Refusal::NotFound)?;
    Ok(asked.answer(catalog::definition(asked.format, service, asked.t.code())))
}

/// `GET requests/{id}`: an array of one.
pub async fn report(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let asked = reading(&app, &visitor).await?;
    let id = ServiceRequestId::parse(&asked.name).map_err(|_| Refusal::NotFound)?;
    let extensions = asked.params.is_true("extensions")?;
    let (reports, steps) = app
        .db
        .read(move |conn| {
            let reports = store::by_ids(conn, &[id])?;
            let steps = if extensions { store::steps_of(conn, &reports)? } else { Vec::new() };
            Ok::<_, Error>((reports, steps))
        })
        .await?;
    if reports.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    Ok(asked.answer(asked.telling(&app, extensions).list(asked.format, &reports, steps)))
}

/// `GET tokens/{token}`: we answer a POST with the number itself, so that a token is the number.
pub async fn token(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let asked = reading(&app, &visitor).await?;
    let id = ServiceRequestId::parse(&asked.name).map_err(|_| Refusal::NotFound)?;
    let found = app.db.read(move |conn| store::by_ids(conn, &[id])).await?;
    let report = found.first().ok_or(Refusal::NotFound)?;
    Ok(asked.answer(Out::new(asked.format, 200).root_list("service_requests", |out| {
        out.item("request", |out| {
            out.text("service_request_id", Some(report.id.as_str()));
            out.text("token", Some(report.id.as_str()));
        });
    })))
}

async fn requests(app: &Shared, asked: &Asked) -> Result<Response> {
    let now = app.clock.now();
    let query = Query::parse(&asked.params, &asked.pack, now)?;
    let (page, page_size, extensions) = (query.page, query.page_size, query.extensions);
    let (pack, key) = (asked.pack.clone(), list_key(app, &asked.params));
    let (reports, total, steps) = app
        .db
        .read(move |conn| {
            let (reports, total) = find(conn, &query, &pack, now, &key)?;
            let steps: Vec<Step> =
                if extensions { store::steps_of(conn, &reports)? } else { Vec::new() };
            Ok::<_, Error>((reports, total, steps))
        })
        .await?;
    let mut response =
        asked.answer(asked.telling(app, extensions).list(asked.format, &reports, steps));
    let headers = response.headers_mut();
    headers.insert(TOTAL, HeaderValue::from(total));
    let links = links(&app.config.public_url, asked, page, page_size, total);
    if let Ok(links) = HeaderValue::from_str(&links)
        && !links.is_empty()
    {
        headers.insert(LINK, links);
    }
    Ok(response)
}

/// A page and the total. A page that is not full tells the total by itself.
fn find(
    conn: &mut crate::platform::db::Conn<'_>,
    query: &Query,
    pack: &Pack,
    now: Timestamp,
    key: &str,
) -> Result<(Vec<Listed>, i64)> {
    if query.ids.is_empty() && query.page_size == 0 {
        return Ok((Vec::new(), 0));
    }
    if query.is_about_a_place() {
        let mut found = store::places(conn, query)?;
        found.retain(|(_, service, point)| {
            let precision =
                pack.service(service).map_or(domain::service::Precision::Area, |s| s.precision);
            query.holds(domain::disclosure::public_point(*point, precision))
        });
        let total = found.len() as i64;
        let page = found.into_iter().skip(query.offset() as usize).take(query.page_size as usize);
        let ids: Vec<_> = page.map(|(id, _, _)| id).collect();
        return Ok((store::by_ids(conn, &ids)?, total));
    }
    let reports = store::list(conn, query)?;
    let full = reports.len() as i64 == query.page_size || (reports.is_empty() && query.page > 1);
    let total = if full {
        totals::total(conn, key, now, |conn| store::count(conn, query))?
    } else {
        query.offset() + reports.len() as i64
    };
    Ok((reports, total))
}

/// What names a list among all lists of all cities in this process; pages of one list share it.
fn list_key(app: &App, params: &Params) -> String {
    let narrowing = params
        .pairs()
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "page" | "page_size" | "api_key"));
    narrowing.fold(app.config.data.display().to_string(), |key, (name, value)| {
        format!("{key}&{name}={value}")
    })
}

/// RFC 8288: the pages around this one.
fn links(public_url: &str, asked: &Asked, page: i64, page_size: i64, total: i64) -> String {
    if page_size == 0 {
        return String::new();
    }
    let last = ((total + page_size - 1) / page_size).max(1);
    let ending = if asked.format == Format::Json { "json" } else { "xml" };
    let kept: String = asked
        .params
        .pairs()
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "page" | "page_size" | "api_key"))
        .map(|(name, value)| format!("{}={}&", escaped(name), escaped(value)))
        .collect();
    let link = |page: i64, rel: &str| {
        format!(
            "<{public_url}{BASE}requests.{ending}?{kept}page={page}&page_size={page_size}>; rel=\"{rel}\""
        )
    };
    let around = [
        (page > 1, 1, "first"),
        (page > 1 && page <= last, page - 1, "prev"),
        (page < last, page + 1, "next"),
        (last > 1, last, "last"),
    ];
    let found: Vec<_> = around
        .into_iter()
        .filter(|(there, _, _)| *there)
        .map(|(_, page, rel)| link(page, rel))
        .collect();
    found.join(", ")
}

async fn updates(app: &Shared, asked: &Asked) -> Result<Response> {
    let now = app.clock.now();
    let span = query::received(&asked.params, &asked.pack, now, true)?;
    let page = asked.params.number("page", 1..=100_000)?.unwrap_or(1);
    let (from, to) = update::ids(span, now);
    let steps = app
        .db
        .read(move |conn| store::steps_between(conn, &from, &to, PAGE_SIZE, (page - 1) * PAGE_SIZE))
        .await?;
    Ok(asked.answer(update::list(asked.format, &steps, &asked.telling(app, false))))
}

/// Whoever sends a form, as far as the address and what came of it say.
pub struct Sender<'a> {
    app: &'a App,
    visitor: &'a Visitor,
    query: Params,
}

impl Sender<'_> {
    /// Whether there is a key, and it is a program's.
    pub async fn is_known(&self, sent: &Params) -> Result<bool> {
        match self.query.get("api_key").or(sent.get("api_key")) {
            Some(key) => known_key(self.app, self.visitor, key.to_owned()).await.map(|_| true),
            None => Ok(false),
        }
    }
}

/// `POST requests` and `servicerequestupdates`; both need a key, and before we know it little is read.
pub async fn file(
    State(app): State<Shared>,
    visitor: Visitor,
    request: Request,
) -> Result<Response> {
    let header =
        request.headers().get("idempotency-key").and_then(|v| v.to_str().ok()).map(str::to_owned);
    let (name, _, query) = address(&visitor)?;
    if !matches!(name, "requests" | "servicerequestupdates") {
        return Err(no_such_method());
    }
    let query = Params::parse(query.as_bytes())?;
    let sender = Sender { app: &app, visitor: &visitor, query };
    let (params, uploads) = form_http::read(request, &sender).await?;
    let mut asked = asked(&app, &visitor, params).await?;
    let sender = asked.key.take().ok_or_else(|| stranger(&app, &visitor))?;
    app.paces.check(Pace::Api, Who::Account(sender.id.to_string()))?;
    if asked.name == "servicerequestupdates" {
        must_be_allowed(&sender, Scope::Update)?;
        return tell_update(&app, &asked, sender).await;
    }
    must_be_allowed(&sender, Scope::File)?;
    let filing = Filing::parse(
        &asked.params,
        &asked.pack,
        &app.locator.load(),
        (asked.t.code(), app.clock.now()),
    )?;
    let same = header.or_else(|| asked.params.get("idempotency_key").map(str::to_owned));
    let same =
        same.map(|key| Same::of(&app.vault, sender.id.as_str(), &key, &asked.params, &uploads));
    let ctx = app.ctx(Actor::reporter());
    let photos = media::receive(&app.media, uploads, Accept::Photos, &ctx.ids, ctx.now).await?;
    let ctx = app.by_now(ctx);
    let vault = app.vault.clone();
    let submitted =
        app.db.write(move |conn| take_in(conn, &ctx, &vault, filing, photos, same)).await?;
    let report = &submitted.report;
    if !submitted.repeated {
        app.tell(report);
    }
    let notice = asked.t.s1("open311-notice", "code", report.id.grouped());
    let body = Out::new(asked.format, 300).root_list("service_requests", |out| {
        out.item("request", |out| {
            out.text("service_request_id", Some(report.id.as_str()));
            out.text("service_notice", Some(&notice));
            out.text("account_id", None);
        });
    });
    Ok(dressed(
        asked.format,
        if submitted.repeated { StatusCode::OK } else { StatusCode::CREATED },
        body,
    ))
}

async fn tell_update(app: &Shared, asked: &Asked, sender: Key) -> Result<Response> {
    let sent = Update::parse(&asked.params)?;
    let (ctx, vault) = (app.ctx(Actor::system()), app.vault.clone());
    let taken =
        app.db.write(move |conn| update::update(conn, &ctx, &vault, &sent, &sender)).await?;
    if let Some(acted) = &taken.acted {
        app.tell(&acted.report);
    }
    let status = if taken.is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok(dressed(asked.format, status, update::answer(asked.format, &taken.id)))
}

/// `OPTIONS`: any page of anybody may read.
pub async fn preflight() -> Response {
    let headers = [
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (ACCESS_CONTROL_ALLOW_METHODS, "GET, OPTIONS"),
        (ACCESS_CONTROL_ALLOW_HEADERS, "Accept-Language"),
        (ALLOW, "GET, HEAD, OPTIONS, POST"),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

pub async fn other_method() -> Error {
    no_such_method()
}

fn no_such_method() -> Error {
    Error::unacceptable("method", "open311-method", 405)
}

/// Open311 knows 403, 404 and 400; 429 and 503 tell programs to come again, 405 what they may do. Never anything else.
fn status(error: &Error) -> StatusCode {
    match answer::status(error) {
        kept @ (StatusCode::NOT_FOUND
        | StatusCode::FORBIDDEN
        | StatusCode::METHOD_NOT_ALLOWED
        | StatusCode::TOO_MANY_REQUESTS) => kept,
        StatusCode::UNAUTHORIZED => StatusCode::FORBIDDEN,
        broken if broken.is_server_error() => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// An error as an array in the format that was asked for; JSON where none was. Nothing for paths that are not ours.
pub fn dress(visitor: &Visitor, error: &Error) -> Option<Response> {
    let path = visitor.path.split('?').next().filter(|path| path.starts_with("/open311/"))?;
    let format = Format::of(path).map_or(Format::Json, |(_, format)| format);
    let status = status_of_update(path, error);
    let sentence = answer::sentence(error, visitor.t);
    let description = match answer::field(error) {
        Some(field) => format!("{field}: {sentence}"),
        None => sentence,
    };
    let body = Out::new(format, 300).root_list("errors", |out| {
        out.item("error", |out| {
            out.text("code", Some(status.as_str()));
            out.text("description", Some(&description));
        });
    });
    let mut response = dressed(format, status, body);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        let posts = path.contains("/requests.") || path.contains("/servicerequestupdates.");
        let allowed = if posts { "GET, HEAD, OPTIONS, POST" } else { "GET, HEAD, OPTIONS" };
        response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    }
    Some(response)
}

/// A rule that said no to an update is a 400, not a question of the key.
fn status_of_update(path: &str, error: &Error) -> StatusCode {
    match (status(error), error.refusal()) {
        (StatusCode::FORBIDDEN, Some(_)) if path.contains("/servicerequestupdates.") => {
            StatusCode::BAD_REQUEST
        }
        (status, _) => status,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open311::params::{bad, bad_value};

    #[test]
    fn whatever_goes_wrong_has_one_of_the_statuses_of_open311() {
        for (error, expected) in [
            (bad("bbox", "open311-bbox"), 400),
            (bad_value("bbox", "open311-bbox", "x"), 400),
            (Refusal::OutsideTheCity.into(), 400),
            (Refusal::NotFound.into(), 404),
            (Error::unacceptable("photo", "photo-too-large", 413), 400),
            (Error::Paced { seconds: 3 }, 429),
            (Error::failed("x", "y"), 503),
        ] {
            assert_eq!(status(&error).as_u16(), expected, "{error}");
        }
    }
}
