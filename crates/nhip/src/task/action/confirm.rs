//! Confirm: whoever gave a task finds it done.

use super::{TaskActed, act};
use crate::case::Target;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::action::text;
use domain::task::TaskOutcome;
use domain::task::workflow::TaskVerb;

pub fn confirm(conn: &mut Conn<'_>, ctx: &Ctx, on: &Target, words: &str) -> Result<TaskActed> {
    let words = text::optional(words, "reason")?;
    act(conn, ctx, on, TaskVerb::Confirm, |task, data| {
        task.outcome = Some(TaskOutcome::Confirmed);
        data.outcome = task.outcome;
        data.text = words;
        Ok(())
    })
}
