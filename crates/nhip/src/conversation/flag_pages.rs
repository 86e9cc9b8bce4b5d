//! `/reports/{code}/comments/{id}/flag`: say that a comment is wrong. A page of its own, so that the discussion stays a
//! discussion.

use super::device_http::Writer;
use super::flag::{flag, shown};
use super::is_discussed;
use super::report_pages::id_of;
use super::talk::Speaking;
use crate::app::Shared;
use crate::platform::error::Result;
use crate::platform::http::answer;
use crate::platform::http::form::{Form, trapped};
use crate::platform::http::page::Page;
use crate::platform::http::view;
use crate::platform::i18n::Lang;
use crate::service_request::store as requests;
use crate::visitor::{Visitor, comes_back, show};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{CommentId, ServiceRequestId};
use domain::refusal::Refusal;

#[derive(Template)]
#[template(path = "public/flag.html")]
struct FlagPage {
    page: Page,
    t: Lang,
    action: String,
    back: String,
    comment: view::Comment,
    typed: String,
    error: String,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Typed {
    reason: String,
    /// A field that nobody sees.
    #[serde(rename = "left-empty")]
    trap: String,
}

type Place = Path<(String, String)>;

pub async fn form(
    State(app): State<Shared>,
    visitor: Visitor,
    Path((code, comment)): Place,
) -> Result<Response> {
    let place = place(&code, &comment)?;
    page(&app, &visitor, place, String::new(), String::new()).await
}

pub async fn send(
    State(app): State<Shared>,
    visitor: Visitor,
    Path((code, comment)): Place,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    let (request, comment) = place(&code, &comment)?;
    let done = format!("/reports/{request}?done=flagged#write");
    if !typed.trap.is_empty() {
        let sentence = answer::sentence(&trapped(), visitor.t);
        let mut again = page(&app, &visitor, (request, comment), typed.reason, sentence).await?;
        *again.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(again);
    }
    let writer = Writer::of(&app, &visitor);
    let (ctx, author) = (app.ctx(visitor.reporter()), writer.author.clone());
    let (of, at, reason) = (request.clone(), comment.clone(), typed.reason.clone());
    let sent = app.db.write(move |conn| flag(conn, &ctx, &author, &of, &at, &reason)).await;
    match sent {
        Ok(()) => Ok(writer.remembered(&app, Redirect::to(&done).into_response())),
        Err(error) => {
            let Some(status) = comes_back(&app, &visitor, &error) else { return Err(error) };
            let sentence = answer::sentence(&error, visitor.t);
            let mut again =
                page(&app, &visitor, (request, comment), typed.reason, sentence).await?;
            *again.status_mut() = status;
            Ok(again)
        }
    }
}

fn place(code: &str, comment: &str) -> Result<(ServiceRequestId, CommentId), Refusal> {
    Ok((id_of(code)?, CommentId::parse(comment).map_err(|_| Refusal::NotFound)?))
}

async fn page(
    app: &Shared,
    visitor: &Visitor,
    (request, comment): (ServiceRequestId, CommentId),
    typed: String,
    error: String,
) -> Result<Response> {
    let of = request.clone();
    let found = app.db.read(move |conn| {
        requests::find(conn, &of)?.filter(is_discussed).ok_or(Refusal::NotFound)?;
        shown(conn, &of, &comment)
    });
    let (comment, pack, t) = (found.await?, app.pack.load_full(), visitor.t);
    let speaking = Speaking { t, pack: &pack, now: app.clock.now() };
    let back = format!("/reports/{request}#comment-{}", comment.id);
    let mut page = visitor.page(app, t.s("flag-title")).with_mistakes(!error.is_empty());
    page.path = format!("/reports/{request}/comments/{}/flag", comment.id);
    Ok(show(&FlagPage {
        action: page.path.clone(),
        page,
        t,
        back,
        comment: speaking.whole(&comment),
        typed,
        error,
    }))
}
