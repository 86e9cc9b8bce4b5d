//! Refuse: the agency does not take a task on, for a coded reason.

use super::{TaskActed, act, reason};
use crate::case::Target;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::action::text;
use domain::task::TaskOutcome;
use domain::task::workflow::TaskVerb;

pub fn refuse(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &Target,
    (code, words): (&str, &str),
) -> Result<TaskActed> {
    let (code, words) = (reason(code)?, text::optional(words, "reason")?);
    act(conn, ctx, on, TaskVerb::Refuse, |task, data| {
        task.outcome = Some(TaskOutcome::Refused);
        task.code = Some(code.to_string());
        data.outcome = task.outcome;
        data.code.clone_from(&task.code);
        data.text = words;
        Ok(())
    })
}
