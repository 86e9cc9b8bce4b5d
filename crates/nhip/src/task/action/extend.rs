//! Extend: the agency asks for more time, once, before the deadline; whoever gave the task grants it or does not.

use super::{TaskActed, act};
use crate::case::Target;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::action::text;
use domain::refusal::Refusal;
use domain::task::workflow::TaskVerb;

/// `amount` is in the unit that was given; in days where a date was.
pub fn ask(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &Target,
    amount: u32,
    words: &str,
) -> Result<TaskActed> {
    let words = text::needed(words, "reason")?;
    act(conn, ctx, on, TaskVerb::Extend, |task, data| {
        if task.is_late(ctx.now) {
            return Err(Refusal::AfterTheDeadline);
        }
        let more = task.more_time(amount).ok_or(Refusal::TooMuchTime)?;
        task.extension_asked = Some(more);
        data.budget = Some(more);
        data.text = Some(words);
        Ok(())
    })
}

/// The new deadline holds from now on; the old one stays in the history.
pub fn grant(conn: &mut Conn<'_>, ctx: &Ctx, on: &Target, words: &str) -> Result<TaskActed> {
    let words = text::optional(words, "reason")?;
    act(conn, ctx, on, TaskVerb::GrantExtension, |task, data| {
        task.extension = task.extension_asked.take();
        data.budget = task.extension;
        data.due_at = crate::task::due(task, &ctx.pack);
        data.text = words;
        Ok(())
    })
}

pub fn deny(conn: &mut Conn<'_>, ctx: &Ctx, on: &Target, words: &str) -> Result<TaskActed> {
    let words = text::needed(words, "reason")?;
    act(conn, ctx, on, TaskVerb::DenyExtension, |task, data| {
        data.budget = task.extension_asked.take();
        data.text = Some(words);
        Ok(())
    })
}
