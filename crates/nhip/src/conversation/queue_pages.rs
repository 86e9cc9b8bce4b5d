//! `/desk/comments`: what moderators have to look at, and what they do about it.

use super::comment::{HideCode, Standing};
use super::moderate;
use super::report_pages::{address_of, read_after};
use super::store::{self, Judged, List};
use super::talk::Speaking;
use crate::account::policy::{Action, Sight};
use crate::account::session::Signed;
use crate::app::Shared;
use crate::media::form_http::Form;
use crate::platform::ctx::Ctx;
use crate::platform::error::{Error, Result};
use crate::platform::http::answer;
use crate::platform::http::page::Page;
use crate::platform::http::view::{Choice, Comment as View, Tab, When};
use crate::platform::i18n::Lang;
use crate::platform::limits;
use crate::service_request::presenter::shortened;
use crate::service_request::staff::queue_pages::choice;
use crate::service_request::store as requests;
use crate::visitor::open_form_http::OpenForm;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::CommentId;
use domain::refusal::Refusal;
use jiff::Timestamp;

/// Characters of what a report is about.
const TITLE_CHARS: usize = 90;
/// The parts of the list; their names are `moderation-list-…`.
const LISTS: [&str; 3] = ["waiting", "flagged", "newest"];
/// What can be done to a comment; the sentences after it are `moderation-done-…`.
const RULINGS: [&str; 3] = ["show", "hide", "keep"];

#[derive(Template)]
#[template(path = "desk/comments.html")]
struct CommentsPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    list: &'static str,
    /// Name and how many, where they are counted.
    lists: Vec<(&'static str, Option<i64>)>,
    rows: Vec<Row>,
    older: Option<String>,
    newer: Option<String>,
    toast: Option<String>,
    /// The comment that was just hidden: its author may be locked.
    just_hidden: Option<CommentId>,
    /// Of the comment it judges.
    form: OpenForm,
}

/// A comment with what moderators need to judge it.
struct Row {
    comment: View,
    report: String,
    about: String,
    /// The report itself is not open to all, so nobody reads its discussion.
    closed_off: bool,
    /// What people found wrong, with words or without.
    flags: Vec<(String, When)>,
    shown: bool,
    waiting: bool,
    /// Its author may be locked for it.
    lockable: bool,
    codes: Vec<Choice>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    list: String,
    before: String,
    done: String,
    comment: String,
}

pub async fn list(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    page(&app, &visitor, asked, OpenForm::default()).await
}

async fn page(app: &Shared, visitor: &Visitor, asked: Asked, form: OpenForm) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let sight = Sight::of(signed, Action::Moderate);
    let before = read_after(&asked.before);
    let wanted = LISTS.into_iter().find(|list| *list == asked.list);
    let from = before.clone();
    let about = CommentId::parse(&form.name).ok();
    let (counts, list, found, flags) = app
        .db
        .read(move |conn| {
            let counts = store::to_judge(conn, &sight)?;
            let list = wanted.unwrap_or(first_of(counts));
            let which = match list {
                "waiting" => List::Waiting,
                "flagged" => List::Flagged,
                _ => List::Newest(from.as_ref()),
            };
            let mut found = store::judged(conn, which, &sight, limits::PAGE + 1)?;
            // What was typed comes back on its comment, also where that has left the list meanwhile.
            if let Some(id) = about.filter(|id| found.iter().all(|j| j.comment.id != *id)) {
                found.splice(0..0, store::judged(conn, List::One(&id), &sight, 1)?);
            }
            let flags = store::open_flags(conn, &found)?;
            Ok::<_, Error>((counts, list, found, flags))
        })
        .await?;
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let speaking = Speaking { t, pack: &pack, now: app.clock.now() };
    let shown = || found.iter().take(limits::PAGE);
    // The other lists are worked off: what stands behind comes up when these are done.
    let more = list == "newest" && found.len() > limits::PAGE;
    let last = shown().next_back().filter(|_| more).map(|j| &j.comment);
    let older = last.map(|c| (c.created_at.as_millisecond(), c.id.to_string()));
    Ok(show(&CommentsPage {
        page: form.framed(visitor.page(app, t.s("moderation-title")), "/desk/comments"),
        t,
        tabs: app.tabs(visitor, signed).await?,
        list,
        lists: LISTS.into_iter().zip([Some(counts.0), Some(counts.1), None]).collect(),
        rows: shown().map(|judged| row(&speaking, judged, &flags, &form)).collect(),
        older: older.map(|a| format!("/desk/comments?list=newest&before={}", address_of(&a))),
        newer: before.map(|_| "/desk/comments?list=newest".to_owned()),
        toast: t.done("moderation-done-", &RULINGS, &asked.done),
        just_hidden: CommentId::parse(&asked.comment).ok().filter(|_| asked.done == "hide"),
        form,
    }))
}

/// What to look at first: who waits, then what people reported.
fn first_of((waiting, flagged): (i64, i64)) -> &'static str {
    match (waiting, flagged) {
        (1.., _) => "waiting",
        (_, 1..) => "flagged",
        _ => "newest",
    }
}

fn row(
    speaking: &Speaking<'_>,
    judged: &Judged,
    flags: &[(CommentId, Option<String>, Timestamp)],
    form: &OpenForm,
) -> Row {
    let (t, comment) = (speaking.t, &judged.comment);
    let zone = speaking.pack.calendar.zone();
    let own = flags.iter().filter(|(id, ..)| *id == comment.id);
    let typed = form.value(comment.id.as_str(), "code");
    let codes = HideCode::ALL.iter();
    Row {
        report: comment.request.to_string(),
        about: shortened(judged.about.lines().next().unwrap_or_default(), TITLE_CHARS),
        closed_off: !judged.open,
        flags: own
            .map(|(_, reason, at)| {
                let words = reason.clone().unwrap_or_else(|| t.s("moderation-no-words").into());
                (words, When::ago(t, speaking.now, *at, zone))
            })
            .collect(),
        shown: comment.standing == Standing::Shown,
        waiting: comment.standing == Standing::Waiting,
        lockable: comment.standing == Standing::Hidden && comment.office.is_none(),
        codes: codes
            .map(|code| choice(code.as_str(), &t.of("comment-hide-", code), typed))
            .collect(),
        comment: View { held: comment.standing == Standing::Waiting, ..speaking.whole(comment) },
    }
}

/// POST `/desk/comments/{id}/{ruling}`: let through or show again, hide, or leave as it is.
pub async fn judge(
    State(app): State<Shared>,
    visitor: Visitor,
    Path((comment, ruling)): Path<(String, String)>,
    typed: Form,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let id = CommentId::parse(&comment).map_err(|_| Refusal::NotFound)?;
    let ruling = RULINGS.into_iter().find(|r| *r == ruling).ok_or(Refusal::NotFound)?;
    let list = typed.get("list").to_owned();
    let error = match rule(&app, signed, id, ruling, &typed).await {
        Ok(()) => {
            let list = LISTS.into_iter().find(|known| *known == list).unwrap_or_default();
            let hidden =
                if ruling == "hide" { format!("&comment={comment}") } else { String::new() };
            let to = format!("/desk/comments?list={list}&done={ruling}{hidden}");
            return Ok(Redirect::to(&to).into_response());
        }
        Err(error) => error,
    };
    if !matches!(answer::status(&error).as_u16(), 409 | 422) {
        return Err(error);
    }
    let (status, form) = OpenForm::refused(&app, &visitor, comment, typed, error)?;
    let shown = page(&app, &visitor, Asked { list, ..Asked::default() }, form).await?;
    Ok((status, shown).into_response())
}

async fn rule(
    app: &Shared,
    signed: &Signed,
    id: CommentId,
    ruling: &'static str,
    typed: &Form,
) -> Result<()> {
    let ctx = moderator(app, signed, &id).await?;
    let (code, words) = (typed.get("code").to_owned(), typed.get("reason").to_owned());
    app.db
        .write(move |conn| match ruling {
            "show" => moderate::show(conn, &ctx, &id),
            "hide" => moderate::hide(conn, &ctx, &id, &code, &words),
            _ => moderate::keep(conn, &ctx, &id),
        })
        .await?;
    Ok(())
}

/// In the capacity in which this person moderates the report of a comment.
pub async fn moderator(app: &Shared, signed: &Signed, comment: &CommentId) -> Result<Ctx> {
    let wanted = comment.clone();
    let report = app.db.read(move |conn| {
        let comment = store::find(conn, &wanted)?.ok_or(Refusal::NotFound)?;
        Ok::<_, Error>(requests::find(conn, &comment.request)?.ok_or(Refusal::NotFound)?)
    });
    let actor = signed.actor_on(Action::Moderate, &report.await?).ok_or(Refusal::NotFound)?;
    Ok(app.ctx(actor))
}
