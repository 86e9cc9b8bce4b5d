//! `/locked`: the locks of whoever asks, with the reason, the end, the comment that gave rise to it, and the one appeal.
//! Known by their account or their browser, as when they wrote.

use super::told::{Told, office};
use super::{Lock, appeal, store};
use crate::app::Shared;
use crate::conversation::comment::Comment;
use crate::conversation::device_http::{Writer, reader};
use crate::conversation::store as comments;
use crate::conversation::talk::Speaking;
use crate::platform::error::{Error, Result};
use crate::platform::http::answer;
use crate::platform::http::form::Form;
use crate::platform::http::page::{JustDone, Page};
use crate::platform::http::view;
use crate::platform::i18n::Lang;
use crate::visitor::{Visitor, comes_back, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::LockId;
use domain::refusal::Refusal;

/// Locks of one person that a page shows.
const SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "public/locked.html")]
struct LockedPage {
    page: Page,
    t: Lang,
    office: String,
    /// Nobody we know asks: no account, no browser that ever wrote.
    unknown: bool,
    rows: Vec<Row>,
    /// The lock whose appeal could not be taken, what was typed, and why.
    wrong: String,
    typed: String,
    error: String,
}

struct Row {
    lock: Told,
    comment: view::Comment,
    report: String,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Typed {
    words: String,
}

pub async fn page(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(asked): Query<JustDone>,
) -> Result<Response> {
    let mut drawn = draw(&app, &visitor).await?;
    let done = visitor.t.done("lock-done-", &["appeal"], &asked.done);
    drawn.page = drawn.page.with_notice(done);
    Ok(private(show(&drawn)))
}

/// GET of the form's own address: there is no such page.
pub async fn to_page() -> Redirect {
    Redirect::to("/locked")
}

/// POST `/locked/{id}/appeal`.
pub async fn send(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(lock): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    let id = LockId::parse(&lock).map_err(|_| Refusal::NotFound)?;
    let author = Writer::of(&app, &visitor).author;
    let (ctx, words) = (app.ctx(visitor.reporter()), typed.words.clone());
    let error = match app.db.write(move |conn| appeal(conn, &ctx, &author, &id, &words)).await {
        Ok(()) => return Ok(Redirect::to("/locked?done=appeal").into_response()),
        Err(error) => error,
    };
    let Some(status) = comes_back(&app, &visitor, &error) else { return Err(error) };
    let mut drawn = draw(&app, &visitor).await?;
    (drawn.wrong, drawn.typed, drawn.page.wrong) = (lock, typed.words, true);
    drawn.error = answer::sentence(&error, visitor.t);
    let mut response = private(show(&drawn));
    *response.status_mut() = status;
    Ok(response)
}

async fn draw(app: &Shared, visitor: &Visitor) -> Result<LockedPage> {
    let reader = reader(app, visitor);
    let unknown = reader.is_none();
    let found = app.db.read(move |conn| {
        let Some(reader) = reader else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for lock in store::of_author(conn, &reader.key, SHOWN)? {
            if let Some(comment) = comments::find(conn, &lock.comment)? {
                found.push((lock, comment));
            }
        }
        Ok::<_, Error>(found)
    });
    let (found, pack, t) = (found.await?, app.pack.load_full(), visitor.t);
    let speaking = Speaking { t, pack: &pack, now: app.clock.now() };
    let mut page = visitor.page(app, t.s("lock-title"));
    "/locked".clone_into(&mut page.path);
    Ok(LockedPage {
        page,
        t,
        office: office(&speaking),
        unknown,
        rows: found.iter().map(|(lock, comment)| row(&speaking, lock, comment)).collect(),
        wrong: String::new(),
        typed: String::new(),
        error: String::new(),
    })
}

fn row(speaking: &Speaking<'_>, lock: &Lock, comment: &Comment) -> Row {
    Row {
        lock: Told::of(speaking, lock),
        report: comment.request.to_string(),
        comment: speaking.whole(comment),
    }
}

/// It is about this very reader.
fn private(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response
}
