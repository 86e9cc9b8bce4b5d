//! Report a comment as wrong: anybody, once, with or without words. A moderator looks; nothing happens by itself.

use super::author::Author;
use super::comment::{Comment, Standing};
use super::{listening, store, turn};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::limits;
use crate::service_request::action::text;
use domain::ids::{CommentId, ServiceRequestId};
use domain::refusal::Refusal;

/// Notes it for the moderators; a second time from the same person changes nothing.
pub fn flag(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    author: &Author,
    request: &ServiceRequestId,
    comment: &CommentId,
    reason: &str,
) -> Result<()> {
    let reason = match reason.trim() {
        "" => None,
        words => Some(text::checked(words, "reason", limits::FLAG_CHARS)?),
    };
    let report = listening(conn, request)?;
    let comment = shown(conn, &report.id, comment)?;
    if store::insert_flag(conn, &comment.id, &author.key, reason.as_deref(), ctx.now)? {
        turn::head_of_place(conn, author, comment.id.as_str(), ctx.now)?;
    }
    Ok(())
}

/// The comment, if everybody may read it.
pub fn shown(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    comment: &CommentId,
) -> Result<Comment> {
    let found = store::find(conn, comment)?;
    let found = found.filter(|c| c.request == *request && c.standing == Standing::Shown);
    Ok(found.ok_or(Refusal::NotFound)?)
}
