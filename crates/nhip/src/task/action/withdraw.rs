//! Withdraw: a task need not be done any more.

use super::{TaskActed, act};
use crate::case::Target;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::action::text;
use domain::task::TaskOutcome;
use domain::task::workflow::TaskVerb;

pub fn withdraw(conn: &mut Conn<'_>, ctx: &Ctx, on: &Target, words: &str) -> Result<TaskActed> {
    let words = text::needed(words, "reason")?;
    act(conn, ctx, on, TaskVerb::Withdraw, |task, data| {
        task.outcome = Some(TaskOutcome::Withdrawn);
        data.outcome = task.outcome;
        data.text = Some(words);
        Ok(())
    })
}
