//! `/receipt/{secret}` and `/my/{code}`: the reporter's own page, by the receipt or by the account that sent it.
//!
//! The secret link only sets a cookie for the one report and leads on, so that no address that is shown, logged or
//! sent as a referrer holds the secret. What the forms of the page do is in `action_pages.rs`.

use crate::account::vault;
use crate::app::{App, Shared};
use crate::case::event_store;
use crate::media::attachment_store;
use crate::media::attachment_store::Attachment;
use crate::media::{self, Size};
use crate::platform::error::{Error, Result};
use crate::platform::http::pace::{Pace, Who};
use crate::platform::http::page::Page;
use crate::platform::http::view::{Choice, ClockLine, Photo, Step, When};
use crate::platform::i18n::Lang;
use crate::service_request::action::promise;
use crate::service_request::form::pages::called;
use crate::service_request::form::receipt;
use crate::service_request::presenter::Telling;
use crate::service_request::store;
use crate::service_request::view::{ReportView, view};
use crate::visitor::{Visitor, cookie, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Actor;
use domain::case::Event;
use domain::disclosure::Audience;
use domain::ids::{MediaId, ServiceRequestId};
use domain::refusal::Refusal;
use domain::service_request::workflow::{Verb, permit};
use domain::service_request::{Rating, ServiceRequest, State as Status};

/// Name of the cookie; its path is the one report.
const COOKIE: &str = "receipt";
/// Seconds the cookie lives: long enough for a visit, not for the next owner of a shared telephone.
const COOKIE_SECONDS: u32 = 12 * 60 * 60;
/// Letters of a receipt's secret; anything else is none.
const SECRET_CHARS: usize = 25;

/// Opens the page of a receipt.
/// A receipt is a part of its report: only wrong secrets are counted.
pub async fn open(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(secret): Path<String>,
) -> Result<Response> {
    let shared = app.clone();
    let asked = secret.clone();
    let report = app.db.read(move |conn| receipt::request_of(conn, &shared.vault, &asked)).await?;
    let Some(id) = report else {
        app.paces.check(Pace::Secret, Who::Address(visitor.address))?;
        return Err(Refusal::NotFound.into());
    };
    let secure = if app.config.is_https() { "; Secure" } else { "" };
    let cookie = format!(
        "{COOKIE}={secret}; Path=/my/{id}; Max-Age={COOKIE_SECONDS}; SameSite=Lax; HttpOnly{secure}"
    );
    let headers = [(SET_COOKIE, cookie), (CACHE_CONTROL, "no-store".to_owned())];
    Ok((headers, Redirect::to(&format!("/my/{id}"))).into_response())
}

/// A report and what entitles the visitor to it.
#[derive(Debug)]
pub struct Mine {
    pub report: ServiceRequest,
    /// The receipt they came with; none for those who came by their account.
    secret: Option<String>,
}

/// The report, if this visitor sent it.
pub async fn mine(
    app: &Shared,
    visitor: &Visitor,
    headers: &HeaderMap,
    code: &str,
) -> Result<Mine> {
    let id = ServiceRequestId::from_human(code).ok_or(Refusal::NotFound)?;
    let secret = cookie(headers, COOKIE).filter(|s| is_secret(s)).map(str::to_owned);
    let person = visitor.signed.as_ref().and_then(|signed| signed.person.clone());
    let shared = app.clone();
    app.db
        .read(move |conn| {
            let report = store::find(conn, &id)?.ok_or(Refusal::NotFound)?;
            let opened = match &secret {
                Some(secret) => receipt::request_of(conn, &shared.vault, secret)?,
                None => None,
            };
            let by_receipt = opened.as_ref() == Some(&report.id);
            if by_receipt || (person.is_some() && person == report.reporter) {
                Ok(Mine { report, secret: secret.filter(|_| by_receipt) })
            } else {
                Err(Error::unacceptable("receipt", "my-needs-receipt", 403))
            }
        })
        .await
}

fn is_secret(text: &str) -> bool {
    text.len() == SECRET_CHARS && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// What was wrong with a form of the page, and what had been typed into it.
#[derive(Debug, Default)]
pub struct Wrong {
    /// Name of the form: a verb.
    pub form: &'static str,
    pub sentence: String,
    pub typed: String,
    pub rating: Option<Rating>,
}

#[derive(Template)]
#[template(path = "my/report.html")]
struct MyPage {
    page: Page,
    t: Lang,
    code: String,
    href: String,
    /// Everybody's page of it.
    public_href: Option<String>,
    status: &'static str,
    service: String,
    place: String,
    description: String,
    next: String,
    /// Whom to call at once, as long as a danger to life is marked.
    to_call: Vec<(String, String)>,
    link: Option<String>,
    fresh: bool,
    question: Option<String>,
    /// The date of a promise that the reporter is asked about.
    promised: Option<String>,
    clock: Option<ClockLine>,
    story: Vec<Step>,
    can: Can,
    ratings: Vec<Choice>,
    /// The first photo and the last of the result, where the reporter is asked whether it is fixed.
    compared: Option<(Photo, Photo)>,
    openings: Vec<OpeningRow>,
    has_identity: bool,
    /// Of the forms of this page, as it was opened this time.
    key: String,
    wrong: Wrong,
}

impl MyPage {
    fn error(&self, form: &str) -> &str {
        if self.wrong.form == form { &self.wrong.sentence } else { "" }
    }

    fn typed(&self, form: &str) -> &str {
        if self.wrong.form == form { &self.wrong.typed } else { "" }
    }

    /// What was typed into a form that is not on the page any more, because somebody was faster or it was sent twice.
    fn left_over(&self) -> &str {
        let Can { reply, rate, reopen, appeal, contest, .. } = self.can;
        let shown = [
            (Verb::Reply, reply),
            (Verb::Rate, rate),
            (Verb::Reopen, reopen && !rate),
            (Verb::Appeal, appeal && !rate && !reopen),
            (Verb::Contest, contest),
        ];
        let is_shown = shown.iter().any(|(verb, on)| *on && verb.as_str() == self.wrong.form);
        if is_shown { "" } else { &self.wrong.typed }
    }
}

/// Who opened the reporter's contact data, when, and why.
struct OpeningRow {
    when: When,
    role: String,
    reason: String,
}

type Fields = Query<Vec<(String, String)>>;

pub async fn page(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(query): Fields,
    headers: HeaderMap,
) -> Result<Response> {
    let mine = mine(&app, &visitor, &headers, &code).await?;
    let done = query.iter().find(|(name, _)| name == "done");
    const SAID: [Verb; 9] = [
        Verb::ConfirmDone,
        Verb::DenyDone,
        Verb::Reply,
        Verb::AddMedia,
        Verb::Rate,
        Verb::Reopen,
        Verb::Appeal,
        Verb::Contest,
        Verb::Withdraw,
    ];
    let done = done.and_then(|(_, verb)| Verb::parse(verb)).filter(|verb| SAID.contains(verb));
    render(&app, &visitor, mine, Wrong::default(), done).await
}

/// The page, with what was wrong or what was done said on it.
pub async fn render(
    app: &Shared,
    visitor: &Visitor,
    mine: Mine,
    wrong: Wrong,
    done: Option<Verb>,
) -> Result<Response> {
    let Mine { report, secret } = mine;
    let (id, person) = (report.id.clone(), report.reporter.clone());
    let (events, photos, openings, asked) = app
        .db
        .read(move |conn| {
            let openings = match &person {
                Some(person) => vault::openings(conn, person)?,
                None => Vec::new(),
            };
            Result::<_, Error>::Ok((
                event_store::of(conn, &id)?,
                attachment_store::of(conn, &id)?,
                openings,
                promise::asked_about(conn, &id)?,
            ))
        })
        .await?;
    let status =
        if wrong.form.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let openings: Vec<_> = openings
        .into_iter()
        .filter(|opening| opening.request.as_ref().is_none_or(|request| *request == report.id))
        .collect();
    let (pack, now) = (app.pack.load_full(), app.clock.now());
    let tells = Telling::new(visitor.t, &pack, now);
    let rows = openings.into_iter().map(|opening| OpeningRow {
        when: tells.moment(opening.at),
        role: visitor.t.of("role-", opening.role).into_owned(),
        reason: opening.reason,
    });
    let rows = rows.collect();
    let denied = |at| events.iter().any(|e| e.verb == Verb::DenyDone && Some(e.at) >= at);
    let may_say = permit(&report, Verb::ConfirmDone, &Actor::reporter()).is_ok();
    let asked = asked.filter(|promise| may_say && !denied(promise.asked_at));
    let promised = asked.map(|promise| visitor.t.civil_date(promise.date).into_owned());
    let page = MyPage {
        openings: rows,
        promised,
        ..page_of(app, &tells, visitor, report, (events, photos))
    };
    let notice = done.map(|verb| visitor.t.of("my-done-", verb).into_owned());
    let page = MyPage {
        fresh: page.fresh && done.is_none(),
        link: secret.map(|secret| format!("{}{}", app.config.public_url, receipt::path(&secret))),
        ratings: ratings(visitor.t, wrong.rating),
        page: page.page.with_notice(notice).with_mistakes(!wrong.sentence.is_empty()),
        wrong,
        ..page
    };
    let mut response = (status, show(&page)).into_response();
    response
        .headers_mut()
        .insert(CACHE_CONTROL, axum::http::HeaderValue::from_static("private, no-store"));
    Ok(response)
}

/// The page as it is when nobody has sent a form.
fn page_of(
    app: &App,
    tells: &Telling<'_>,
    visitor: &Visitor,
    report: ServiceRequest,
    (events, photos): (Vec<Event<ServiceRequest>>, Vec<Attachment>),
) -> MyPage {
    let t = visitor.t;
    let can = Can::of(&report);
    let calls = tells.pack.to_call_about(&report).into_iter();
    let to_call: Vec<_> = calls.map(|call| called(call, t)).collect();
    let (public, has_identity) = (report.is_open_to_all(), report.reporter.is_some());
    let view = view(report, Audience::Reporter, tells.pack);
    let photos = view.media(photos, &events);
    let events = view.events(events);
    let asked = events.iter().rev().find(|event| event.verb == Verb::Ask);
    let asked = asked.filter(|_| view.state == Status::WaitingReporter);
    MyPage {
        page: visitor.page(app, t.s1("my-title", "code", view.id.grouped())),
        t,
        code: view.id.grouped(),
        href: format!("/my/{}", view.id),
        public_href: public.then(|| format!("/reports/{}", view.id)),
        status: view.status(),
        service: tells.service(&view),
        place: tells.place(&view),
        next: if to_call.is_empty() {
            next(tells, &view)
        } else {
            t.s("my-next-urgent").into_owned()
        },
        fresh: events.len() == 1,
        question: asked.and_then(|event| event.data.text.clone()),
        // Who is in danger is not told that there are days left.
        clock: tells.clock(&view).filter(|_| to_call.is_empty()),
        to_call,
        story: tells.story(&view, &events, &photos),
        can,
        has_identity,
        compared: tells.before_after(&view).filter(|_| can.rate),
        description: view.original.or(view.description).unwrap_or_default(),
        link: None,
        promised: None,
        ratings: Vec::new(),
        openings: Vec::new(),
        key: app.ids.secret(),
        wrong: Wrong::default(),
    }
}

fn ratings(t: Lang, chosen: Option<Rating>) -> Vec<Choice> {
    let choice = |rating: &Rating| {
        Choice::new(rating.as_str(), t.of("rating-", rating), chosen == Some(*rating))
    };
    Rating::ALL.iter().map(choice).collect()
}

/// What happens next, in one sentence; by when is said by the signature line below it.
fn next(tells: &Telling<'_>, view: &ReportView) -> String {
    let agency = view.agency.as_ref().and_then(|id| tells.pack.agency(id));
    let agency = agency.map_or("", |agency| agency.name.text(tells.t.code()));
    let again = view.state == Status::Assigned && view.attempt > 1;
    let state = if again { "again" } else { view.state.as_str() };
    tells.t.s1(&format!("my-next-{state}"), "agency", agency).into_owned()
}

/// What the reporter can do now.
#[derive(Debug, Clone, Copy)]
struct Can {
    reply: bool,
    rate: bool,
    reopen: bool,
    appeal: bool,
    contest: bool,
    add_photos: bool,
    withdraw: bool,
}

impl Can {
    fn of(report: &ServiceRequest) -> Self {
        let may = |verb| permit(report, verb, &Actor::reporter()).is_ok();
        Self {
            reply: may(Verb::Reply),
            rate: may(Verb::Rate),
            reopen: may(Verb::Reopen),
            appeal: may(Verb::Appeal),
            contest: may(Verb::Contest),
            add_photos: may(Verb::AddMedia),
            withdraw: may(Verb::Withdraw),
        }
    }
}

#[derive(Template)]
#[template(path = "my/withdraw.html")]
struct WithdrawPage {
    page: Page,
    t: Lang,
    href: String,
}

/// The dialog of the page as a page of its own, for browsers without JavaScript.
pub async fn withdraw_page(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let mine = mine(&app, &visitor, &headers, &code).await?;
    let t = visitor.t;
    Ok(show(&WithdrawPage {
        page: visitor.page(&app, t.s("my-withdraw-title")),
        t,
        href: format!("/my/{}", mine.report.id),
    }))
}

/// The receipt link as a QR code, for another telephone or a print.
pub async fn qr(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let mine = mine(&app, &visitor, &headers, &code).await?;
    let secret = mine.secret.ok_or(Refusal::NotFound)?;
    let link = format!("{}{}", app.config.public_url, receipt::path(&secret));
    let code = qrcode::QrCode::new(link).map_err(|e| Error::failed("draw a QR code", e))?;
    let svg = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(232, 232).build();
    let headers = [(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "private, no-store")];
    Ok((headers, svg).into_response())
}

/// A photo of one's own report, which others may not see.
pub async fn photo(
    State(app): State<Shared>,
    visitor: Visitor,
    Path((code, id, size)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    let mine = mine(&app, &visitor, &headers, &code).await?;
    let id = MediaId::parse(&id).map_err(|_| Refusal::NotFound)?;
    let size = Size::of_name(&size).ok_or(Refusal::NotFound)?;
    let kept = app
        .db
        .read(move |conn| {
            let of_report = attachment_store::of(conn, &mine.report.id)?;
            let shown = of_report.iter().any(|m| m.media == id && m.hidden.is_none());
            if !shown {
                return Err(Error::from(Refusal::NotFound));
            }
            Ok(media::store::find(conn, &id)?.ok_or(Refusal::NotFound)?)
        })
        .await?;
    media::respond(&app.media, &kept, size, media::Audience::Entitled, &headers).await
}
