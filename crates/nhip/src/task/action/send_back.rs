//! Send back: whoever gave a task finds it not done; another attempt begins.

use super::{TaskActed, act};
use crate::case::Target;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::action::text;
use domain::task::workflow::TaskVerb;

pub fn send_back(conn: &mut Conn<'_>, ctx: &Ctx, on: &Target, words: &str) -> Result<TaskActed> {
    let words = text::needed(words, "reason")?;
    act(conn, ctx, on, TaskVerb::SendBack, |task, data| {
        task.attempt += 1;
        // Its time to carry it out is counted from here.
        task.accepted_at = Some(ctx.now);
        task.done_at = None;
        task.done_by = None;
        data.text = Some(words);
        Ok(())
    })
}
