//! `/desk/locks`: appeals that wait, locks that run and those that are over; the form that locks; and the ruling.

use super::store::{self, Part};
use super::told::Told;
use super::{Lock, Wanted, before, lock, rule};
use crate::account::policy::{Action, Sight, may};
use crate::account::session::Signed;
use crate::app::Shared;
use crate::conversation::comment::Comment;
use crate::conversation::queue_pages::moderator;
use crate::conversation::store as comments;
use crate::conversation::talk::Speaking;
use crate::media::form_http::Form;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::{JustDone, Page};
use crate::platform::http::view::{self, Choice, Tab};
use crate::platform::i18n::Lang;
use crate::service_request::presenter::Names;
use crate::service_request::staff::queue_pages::choice;
use crate::service_request::staff::store as staff_store;
use crate::visitor::open_form_http::OpenForm;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{AccountId, CommentId, LockId};
use domain::lock::{LockReason, Ruling, Term, longest, may_rule};
use domain::refusal::Refusal;

/// Locks in each part of the list.
const SHOWN: usize = 50;
const PARTS: [(Part, &str); 3] =
    [(Part::Appeals, "appeals"), (Part::Running, "running"), (Part::Over, "over")];

#[derive(Template)]
#[template(path = "desk/locks.html")]
struct LocksPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    /// Each with its name, which is the end of `lock-part-…`.
    parts: Vec<(&'static str, Vec<Row>)>,
    /// Of the lock it rules on.
    form: OpenForm,
}

struct Row {
    lock: Told,
    /// A colleague; empty where they are no more.
    by: String,
    comment: view::Comment,
    report: String,
    /// How the reader may decide: rulings with, for a shortening, the terms.
    rulings: Vec<Choice>,
    /// They would decide about what they did themselves.
    own: bool,
    late: bool,
}

pub async fn list(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(asked): Query<JustDone>,
) -> Result<Response> {
    let notice = visitor.t.done("lock-done-", &["locked", "ruled"], &asked.done);
    let mut drawn = draw(&app, &visitor, OpenForm::default()).await?;
    drawn.page = drawn.page.with_notice(notice);
    Ok(show(&drawn))
}

/// GET of a form's own address: there is no such page.
pub async fn to_list() -> Redirect {
    Redirect::to("/desk/locks")
}

async fn draw(app: &Shared, visitor: &Visitor, form: OpenForm) -> Result<LocksPage> {
    let signed = visitor.needs_sign_in()?;
    let (now, t) = (app.clock.now(), visitor.t);
    let sight = Sight::of(signed, Action::SeeLocks);
    let (parts, names) = app
        .db
        .read(move |conn| {
            let mut parts = Vec::new();
            let mut people: Vec<AccountId> = Vec::new();
            for (part, name) in PARTS {
                let mut rows = Vec::new();
                for lock in store::listed(conn, part, &sight, now, SHOWN)? {
                    people.extend(lock.locked_by.clone());
                    if let Some(comment) = comments::find(conn, &lock.comment)? {
                        rows.push((lock, comment));
                    }
                }
                parts.push((name, rows));
            }
            Ok::<_, Error>((parts, staff_store::names(conn, &people)?))
        })
        .await?;
    let pack = app.pack.load_full();
    let speaking = Speaking { t, pack: &pack, now };
    let drawn = |(lock, comment): &(Lock, Comment)| row(&speaking, signed, &names, lock, comment);
    let mut page = visitor.page(app, t.s("lock-desk-title")).with_mistakes(form.is_wrong());
    "/desk/locks".clone_into(&mut page.path);
    Ok(LocksPage {
        page,
        t,
        tabs: app.tabs(visitor, signed).await?,
        parts: parts.iter().map(|(name, rows)| (*name, rows.iter().map(drawn).collect())).collect(),
        form,
    })
}

fn row(
    speaking: &Speaking<'_>,
    signed: &Signed,
    names: &Names,
    lock: &Lock,
    comment: &Comment,
) -> Row {
    let open = lock.awaits_ruling() && may(signed, Action::RuleOnLock, None);
    let own = !may_rule(lock.locked_by.as_ref(), Some(&signed.account));
    Row {
        by: lock.locked_by.as_ref().and_then(|by| names.get(by)).cloned().unwrap_or_default(),
        report: comment.request.to_string(),
        comment: speaking.whole(comment),
        rulings: if open && !own { rulings(speaking.t, lock) } else { Vec::new() },
        own: open && own,
        late: lock.course.appeal_due.is_some_and(|due| due < speaking.now),
        lock: Told::of(speaking, lock),
    }
}

/// `upheld`, `lifted`, and `shortened.day` for each shorter term.
fn rulings(t: Lang, lock: &Lock) -> Vec<Choice> {
    let plain = |ruling: Ruling| choice(ruling.as_str(), &t.of("lock-ruling-", ruling), "");
    let shorter = lock.course.term.shorter().map(|term| {
        let label = t.s1("lock-ruling-shortened-to", "term", t.of("lock-term-", term).as_ref());
        choice(&format!("{}.{term}", Ruling::Shortened), &label, "")
    });
    std::iter::once(plain(Ruling::Upheld))
        .chain(shorter)
        .chain(std::iter::once(plain(Ruling::Lifted)))
        .collect()
}

/// POST `/desk/locks/{id}/rule`.
pub async fn decide(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Form,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let ctx = app.ctx(signed.actor_to(Action::RuleOnLock)?);
    let wanted = LockId::parse(&id).map_err(|_| Refusal::NotFound)?;
    let (ruling, words) = (typed.get("ruling").to_owned(), typed.get("reason").to_owned());
    let sight = Sight::of(signed, Action::RuleOnLock);
    let done = app.db.write(move |conn| {
        if !store::is_in_sight(conn, &wanted, &sight)? {
            return Err(Refusal::NotFound.into());
        }
        let (ruling, term) = ruling.split_once('.').unwrap_or((&ruling, ""));
        rule(conn, &ctx, &wanted, (ruling, term), &words)
    });
    let error = match done.await {
        Ok(()) => return Ok(Redirect::to("/desk/locks?done=ruled").into_response()),
        Err(error) => error,
    };
    let (status, form) = OpenForm::refused(&app, &visitor, id, typed, error)?;
    Ok((status, show(&draw(&app, &visitor, form).await?)).into_response())
}

// --- the form that locks ---

#[derive(Template)]
#[template(path = "desk/lock.html")]
struct LockPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    comment: view::Comment,
    report: String,
    /// How often they were locked before.
    before: usize,
    reasons: Vec<Choice>,
    terms: Vec<Choice>,
    /// `lock`.
    form: OpenForm,
}

impl LockPage {
    fn said(&self) -> &str {
        self.form.said_beside("lock", &["code", "term", "reason"])
    }
}

/// GET `/desk/locks/new/{comment}`.
pub async fn form(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response> {
    Ok(show(&new(&app, &visitor, &id, OpenForm::default()).await?))
}

/// POST `/desk/locks/new/{comment}`.
pub async fn send(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Form,
) -> Result<Response> {
    let wanted = Wanted {
        code: typed.get("code").to_owned(),
        term: typed.get("term").to_owned(),
        words: typed.get("reason").to_owned(),
    };
    let comment = CommentId::parse(&id).map_err(|_| Refusal::NotFound)?;
    let ctx = moderator(&app, visitor.needs_sign_in()?, &comment).await?;
    let done = app.db.write(move |conn| lock(conn, &ctx, &comment, &wanted));
    let Err(error) = done.await else {
        return Ok(Redirect::to("/desk/locks?done=locked").into_response());
    };
    let (status, form) = OpenForm::refused(&app, &visitor, "lock", typed, error)?;
    Ok((status, show(&new(&app, &visitor, &id, form).await?)).into_response())
}

async fn new(app: &Shared, visitor: &Visitor, id: &str, form: OpenForm) -> Result<LockPage> {
    let signed = visitor.needs_sign_in()?;
    let comment = CommentId::parse(id).map_err(|_| Refusal::NotFound)?;
    moderator(app, signed, &comment).await?;
    let found = app.db.read(move |conn| {
        let comment = comments::find(conn, &comment)?.ok_or(Refusal::NotFound)?;
        let before = before(conn, &comment)?;
        Ok::<_, Error>((comment, before))
    });
    let (comment, before) = found.await?;
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let speaking = Speaking { t, pack: &pack, now: app.clock.now() };
    let reason = |reason: &LockReason| Choice {
        hint: t
            .s1("lock-at-most", "term", t.of("lock-term-", longest(*reason, before)).as_ref())
            .into_owned(),
        ..choice(reason.as_str(), &t.of("lock-reason-", reason), form.typed.get("code"))
    };
    let typed = form.typed.get("term");
    let term = |term: &Term| choice(term.as_str(), &t.of("lock-term-", term), typed);
    let mut page = visitor.page(app, t.s("lock-new-title")).with_mistakes(form.is_wrong());
    page.path = format!("/desk/locks/new/{}", comment.id);
    Ok(LockPage {
        page,
        t,
        tabs: app.tabs(visitor, signed).await?,
        report: comment.request.to_string(),
        comment: speaking.whole(&comment),
        before,
        reasons: LockReason::ALL.iter().map(reason).collect(),
        terms: Term::ALL.iter().map(term).collect(),
        form,
    })
}
