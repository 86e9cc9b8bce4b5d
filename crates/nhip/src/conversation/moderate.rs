//! Moderators judge comments: let through, hide with a reason that everybody reads, show again, or leave as it is.
//!
//! What was hidden stays where it was, as a line with the reason; the words stay for moderators. Every judgement is
//! audited, without anybody's words.

use super::comment::{Comment, HideCode, HideReason, Standing};
use super::{lock, store};
use crate::account::audit::{self, What};
use crate::account::policy::{Action, actor_may};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::service_request::action::text;
use crate::service_request::store as requests;
use domain::ids::CommentId;
use domain::refusal::Refusal;

/// Lets everybody read it: one that waited, or one that was hidden.
pub fn show(conn: &mut Conn<'_>, ctx: &Ctx, id: &CommentId) -> Result<Comment> {
    let comment = judged(conn, ctx, id)?;
    if comment.standing == Standing::Shown {
        return Err(done_already());
    }
    settle(conn, ctx, &comment, Standing::Shown, None)?;
    lock::lift_for(conn, ctx, &comment.id)?;
    audit::note(conn, ctx, What::CommentShown, &detail(&comment))?;
    Ok(comment)
}

/// Takes it out of sight.
pub fn hide(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    id: &CommentId,
    code: &str,
    words: &str,
) -> Result<Comment> {
    let code = HideCode::parse(code).ok_or(Refusal::Missing { field: "code" })?;
    let words = match code {
        HideCode::Other => Some(text::needed(words, "reason")?),
        HideCode::Personal | HideCode::Insult | HideCode::Advertising | HideCode::OffTopic => {
            text::optional(words, "reason")?
        }
    };
    let comment = judged(conn, ctx, id)?;
    if comment.standing == Standing::Hidden {
        return Err(done_already());
    }
    settle(conn, ctx, &comment, Standing::Hidden, Some(&HideReason { code, words }))?;
    audit::note(conn, ctx, What::CommentHidden, &format!("{}: {code}", detail(&comment)))?;
    Ok(comment)
}

/// Looks at what people reported and leaves it as it is.
pub fn keep(conn: &mut Conn<'_>, ctx: &Ctx, id: &CommentId) -> Result<Comment> {
    let comment = judged(conn, ctx, id)?;
    if store::settle_flags(conn, id, ctx.now)? == 0 {
        return Err(done_already());
    }
    audit::note(conn, ctx, What::CommentKept, &detail(&comment))?;
    Ok(comment)
}

/// The comment, its report locked, if this moderator may judge it; else there is none.
pub(super) fn judged(conn: &mut Conn<'_>, ctx: &Ctx, id: &CommentId) -> Result<Comment> {
    let comment = store::find(conn, id)?.ok_or(Refusal::NotFound)?;
    let report = requests::find_for_update(conn, &comment.request)?.ok_or(Refusal::NotFound)?;
    if !actor_may(&ctx.actor, Action::Moderate, &report) {
        return Err(Refusal::NotFound.into());
    }
    // Read again: somebody may have held the lock.
    Ok(store::find(conn, id)?.ok_or(Refusal::NotFound)?)
}

fn settle(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    comment: &Comment,
    now: Standing,
    why: Option<&HideReason>,
) -> Result<()> {
    if !store::set_standing(conn, &comment.id, comment.standing, now, why)? {
        return Err(done_already());
    }
    store::settle_flags(conn, &comment.id, ctx.now)?;
    store::count_comments(conn, &comment.request)?;
    Ok(())
}

fn done_already() -> Error {
    Error::unacceptable("comment", "moderation-done-already", 409)
}

fn detail(comment: &Comment) -> String {
    format!("{} on {}", comment.id, comment.request)
}
