//! `/reports/{code}`: a report as everybody reads it, who has the problem too, and what people say about it.

use super::comment::{Comment, Standing};
use super::device_http::{Writer, reader};
use super::lock::told::{Told, office};
use super::lock::{self, Lock};
use super::store::{self, After};
use super::support::takes_support;
use super::talk::{self, Heard, Speaking};
use super::write::{NewComment, write};
use crate::account::policy::{self, Action};
use crate::account::session::Signed;
use crate::app::{App, Shared};
use crate::platform::error::{Error, Result};
use crate::platform::http::form::{Form, trapped};
use crate::platform::http::pace::network;
use crate::platform::http::page::Page;
use crate::platform::http::{answer, view};
use crate::platform::i18n::Lang;
use crate::platform::idempotency_store;
use crate::service_request::action::text;
use crate::service_request::public::report::{PublicReport, public_report};
use crate::service_request::store as requests;
use crate::visitor::{Visitor, comes_back, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Actor;
use domain::ids::{AgencyId, CommentId, ServiceRequestId};
use domain::pack::Pack;
use domain::refusal::Refusal;
use domain::service_request::ServiceRequest;
use std::collections::BTreeMap;

/// What was just done and is said once; the sentences are `talk-done-…`.
const DONE: &[&str] = &["comment", "waiting", "official", "flagged", "support", "undo"];

#[derive(Template)]
#[template(path = "public/report.html")]
struct ReportPage {
    page: Page,
    t: Lang,
    r: PublicReport,
    /// `None` where people may not talk about it.
    talk: Option<Talk>,
}

/// What people may do and say about a report.
struct Talk {
    supports: i64,
    supported: bool,
    takes_support: bool,
    /// The reader sent it, so they are the first who has the problem.
    own: bool,
    comments: i64,
    threads: Vec<view::Comment>,
    earlier: Option<String>,
    newest: Option<String>,
    /// One of [`DONE`], or nothing.
    done: &'static str,
    /// The page of the discussion this is, for coming back.
    before: String,
    form: CommentForm,
    /// Why the reader may not write now, if so.
    lock: Option<Told>,
    /// The office that moderates.
    moderates: String,
}

impl Talk {
    /// Something about the discussion was just done, not about support.
    fn is_said(&self) -> bool {
        !self.done.is_empty() && !self.is_counted()
    }

    fn is_counted(&self) -> bool {
        matches!(self.done, "support" | "undo")
    }
}

/// The form under the discussion.
struct CommentForm {
    /// In whose name the reader speaks; empty: their own.
    office: String,
    /// A moderator reads it before it is shown.
    waits: bool,
    /// The comment that is answered: its id and whose it is.
    reply: Option<(String, String)>,
    key: String,
    typed: Typed,
    field: &'static str,
    sentence: String,
}

impl CommentForm {
    fn error(&self, field: &str) -> &str {
        if self.field == field { &self.sentence } else { "" }
    }

    /// What is wrong with no field of its own.
    fn said(&self) -> &str {
        if matches!(self.field, "text" | "name") { "" } else { &self.sentence }
    }
}

/// What was sent.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub struct Typed {
    text: String,
    name: String,
    /// The comment that is answered.
    reply: String,
    /// `office`: officially.
    #[serde(rename = "as")]
    speaker: String,
    before: String,
    /// Of the form: the same words on the same form are one comment.
    key: String,
    /// A field that nobody sees: a robot fills it in.
    #[serde(rename = "left-empty")]
    trap: String,
}

type Asked = Query<BTreeMap<String, String>>;

/// The report of a code in an address.
pub fn id_of(code: &str) -> Result<ServiceRequestId, Refusal> {
    ServiceRequestId::from_human(code).or_else(|| code.parse().ok()).ok_or(Refusal::NotFound)
}

/// GET `/reports/{code}`; `?reply=` names a comment to answer, `?before=` where the page of the discussion ends.
pub async fn report(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(asked): Asked,
) -> Result<Response> {
    let id = id_of(&code)?;
    if id.as_str() != code {
        return Ok(Redirect::permanent(&format!("/reports/{id}")).into_response());
    }
    let value = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let done = DONE.iter().find(|word| **word == value("done")).copied().unwrap_or_default();
    let typed = Typed { reply: value("reply"), before: value("before"), ..Typed::default() };
    page(&app, &visitor, id, Shown { done, typed, error: None }).await
}

/// GET of the form's own address: there is no such page.
pub async fn to_discussion(Path(code): Path<String>) -> Result<Redirect> {
    Ok(Redirect::to(&format!("/reports/{}#discussion", id_of(&code)?)))
}

/// POST `/reports/{code}/comments`.
pub async fn comment(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    let id = id_of(&code)?;
    let writer = Writer::of(&app, &visitor);
    let kept = match typed.trap.as_str() {
        "" => keep(&app, &visitor, &writer, &id, &typed).await,
        _ => Err(trapped()),
    };
    let error = match kept {
        Ok(comment) => {
            let to = Redirect::to(&place_of(&comment, &typed.before));
            return Ok(writer.remembered(&app, to.into_response()));
        }
        Err(error) => error,
    };
    let status = answer::status(&error);
    if !matches!(status.as_u16(), 403 | 422 | 429) && comes_back(&app, &visitor, &error).is_none() {
        return Err(error);
    }
    let wait = answer::wait(&error);
    let shown = Shown { done: "", typed, error: Some(error) };
    let mut response = page(&app, &visitor, id, shown).await?;
    *response.status_mut() = status;
    if let Some(seconds) = wait {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

async fn keep(
    app: &Shared,
    visitor: &Visitor,
    writer: &Writer,
    id: &ServiceRequestId,
    typed: &Typed,
) -> Result<Comment> {
    let official = typed.speaker == "office";
    let actor = match &visitor.signed {
        Some(signed) if official => {
            let wanted = id.clone();
            let report = app.db.read(move |conn| requests::find(conn, &wanted)).await?;
            let report = report.ok_or(Refusal::NotFound)?;
            signed.actor_on(Action::SpeakOfficially, &report).ok_or(Refusal::Forbidden)?
        }
        Some(_) | None => visitor.reporter(),
    };
    let reply_to = match typed.reply.as_str() {
        "" => None,
        id => Some(CommentId::parse(id).map_err(|_| Refusal::Invalid { field: "reply" })?),
    };
    let new = NewComment {
        request: id.clone(),
        reply_to,
        name: typed.name.clone(),
        text: typed.text.clone(),
        official,
    };
    let name = name_of(app, visitor, id, typed);
    let (ctx, author) = (app.ctx(actor), writer.author.clone());
    app.db
        .write(move |conn| {
            let Some(name) = name else { return write(conn, &ctx, &author, new) };
            // Tapped twice, or sent again because the answer was lost: it is there.
            if idempotency_store::find(conn, &name)?.is_some()
                && let Some(said) =
                    store::newest_of(conn, &new.request, &text::needed(&new.text, "text")?)?
            {
                return Ok(said);
            }
            let said = write(conn, &ctx, &author, new)?;
            idempotency_store::insert(conn, &name, &said.request, ctx.now)?;
            Ok(said)
        })
        .await
}

/// What makes a comment that is sent again the same one. By where it comes from and not by the browser, which has no
/// cookie of ours before its first comment has arrived.
fn name_of(app: &App, visitor: &Visitor, id: &ServiceRequestId, typed: &Typed) -> Option<String> {
    let who = match &visitor.signed {
        Some(signed) => signed.account.to_string(),
        None => network(visitor.address).to_string(),
    };
    let said = [&typed.text, &typed.name, &typed.reply, &typed.speaker, &typed.key];
    let all = serde_json::json!([who, id.as_str(), said]).to_string();
    (!typed.key.is_empty()).then(|| app.vault.keyed_hash("comment", &all))
}

/// Where a comment stands on the page once it is written; one that waits stands nowhere yet.
fn place_of(comment: &Comment, before: &str) -> String {
    let (done, fragment) = match (comment.standing, &comment.office) {
        (Standing::Shown, Some(_)) => ("official", format!("comment-{}", comment.id)),
        (Standing::Shown, None) => ("comment", format!("comment-{}", comment.id)),
        (Standing::Waiting | Standing::Hidden, _) => ("waiting", "write".to_owned()),
    };
    // An answer stands with what it answers, perhaps on an older page; a new comment on the newest.
    let page = read_after(before).filter(|_| comment.reply_to.is_some());
    let page = page.map_or_else(String::new, |after| format!("before={}&", address_of(&after)));
    format!("/reports/{}?{page}done={done}#{fragment}", comment.request)
}

/// What a page shows besides the report.
struct Shown {
    done: &'static str,
    typed: Typed,
    error: Option<Error>,
}

async fn page(
    app: &Shared,
    visitor: &Visitor,
    id: ServiceRequestId,
    shown: Shown,
) -> Result<Response> {
    let r = public_report(app, visitor, id.clone()).await?;
    let reader = reader(app, visitor);
    let known = reader.is_some();
    let before = read_after(&shown.typed.before);
    let now = app.clock.now();
    let heard = app.db.read(move |conn| {
        let heard = talk::read(conn, &id, before.as_ref(), reader.as_ref())?;
        let lock = reader.map(|reader| lock::holding(conn, &reader, now)).transpose()?.flatten();
        Ok::<_, Error>(heard.map(|heard| (heard, lock)))
    });
    let talk = heard.await?.map(|(heard, lock)| talk_of(app, visitor, heard, lock, shown));
    let wrong = talk.as_ref().is_some_and(|talk| !talk.form.sentence.is_empty());
    let page = visitor.page(app, r.title.clone()).described(r.title.clone());
    let mut page = page.with_mistakes(wrong);
    // A page that answers a form has no address of its own.
    page.path = format!("/reports/{}", r.id);
    let mut response = show(&ReportPage { page, t: visitor.t, r, talk });
    if known {
        // It says whether this very reader supports the report.
        let private = HeaderValue::from_static("private, no-store");
        response.headers_mut().insert(CACHE_CONTROL, private);
    }
    Ok(response)
}

fn talk_of(app: &App, visitor: &Visitor, heard: Heard, lock: Option<Lock>, shown: Shown) -> Talk {
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let speaking = Speaking { t, pack: &pack, now: app.clock.now() };
    let report = &heard.report;
    let address = format!("/reports/{}", report.id);
    let older = |after: &After| format!("{address}?before={}#discussion", address_of(after));
    let signed = visitor.signed.as_ref();
    let own = signed.is_some_and(|s| s.person.is_some() && s.person == report.reporter);
    let (paged, done) = (read_after(&shown.typed.before), shown.done);
    let key = Some(shown.typed.key.clone()).filter(|key| !key.is_empty());
    let form = CommentForm {
        key: key.unwrap_or_else(|| app.ids.secret()),
        ..form_of(&speaking, &heard, signed, shown)
    };
    Talk {
        supports: report.supports,
        supported: heard.supported,
        takes_support: takes_support(report),
        own,
        comments: report.comments,
        threads: speaking.threads(&heard),
        earlier: heard.earlier.as_ref().map(older),
        newest: paged.as_ref().map(|_| format!("{address}#discussion")),
        before: paged.as_ref().map_or_else(String::new, address_of),
        done,
        // Who speaks for an office does so whatever they said under their own name.
        lock: lock.filter(|_| form.office.is_empty()).map(|lock| Told::of(&speaking, &lock)),
        moderates: office(&speaking),
        form,
    }
}

fn form_of(
    speaking: &Speaking<'_>,
    heard: &Heard,
    signed: Option<&Signed>,
    shown: Shown,
) -> CommentForm {
    let (t, pack) = (speaking.t, speaking.pack);
    let office = signed.and_then(|signed| office_of(signed, &heard.report, pack));
    let name = |id: AgencyId| {
        let agency = pack.agency(&id);
        agency.map_or_else(|| id.to_string(), |agency| agency.name.text(t.code()).to_owned())
    };
    let answered = heard.threads.iter().find(|c| c.id.as_str() == shown.typed.reply);
    let answered = answered.filter(|c| c.standing == Standing::Shown);
    CommentForm {
        waits: office.is_none() && !pack.settings.comments_first,
        office: office.map_or_else(String::new, name),
        reply: answered.map(|c| (c.id.to_string(), speaking.name(c))),
        field: shown.error.as_ref().and_then(answer::field).unwrap_or_default(),
        sentence: shown.error.as_ref().map_or_else(String::new, |e| answer::sentence(e, t)),
        key: String::new(),
        typed: shown.typed,
    }
}

fn office_of(signed: &Signed, report: &ServiceRequest, pack: &Pack) -> Option<AgencyId> {
    let actor: Actor = signed.actor_on(Action::SpeakOfficially, report)?;
    policy::office(&actor, report, pack)
}

/// Where a page of comments ends, as addresses have it: `milliseconds.id`.
pub fn address_of((at, id): &After) -> String {
    format!("{at}.{id}")
}

/// The same, read; nothing for what is no such place.
pub fn read_after(text: &str) -> Option<After> {
    let (at, id) = text.split_once('.')?;
    let id = CommentId::parse(id).ok()?;
    Some((at.parse().ok()?, id.to_string()))
}
