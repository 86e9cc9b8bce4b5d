//! Note: a word among those a task concerns.

use super::{TaskActed, act};
use crate::case::Target;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::action::text;
use domain::task::workflow::TaskVerb;

pub fn note(conn: &mut Conn<'_>, ctx: &Ctx, on: &Target, words: &str) -> Result<TaskActed> {
    let words = text::needed(words, "reason")?;
    act(conn, ctx, on, TaskVerb::Note, |_, data| {
        data.text = Some(words);
        Ok(())
    })
}
