//! Confirm: the promised date has come, the report is open again, and the reporter says whether it is done.

use super::{Acted, On, act, locked, promise, text};
use crate::case::event_store;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::refusal::Refusal;
use domain::service_request::Outcome;
use domain::service_request::ServiceRequest;
use domain::service_request::workflow::Verb;

/// It is done: nobody knows better. The report closes as fixed.
pub fn done(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, words: &str) -> Result<Acted> {
    let words = text::optional(words, "reason")?;
    locked(conn, &on.id)?;
    let asked = promise::asked_about(conn, &on.id)?.ok_or(Refusal::NothingToChange)?;
    act(conn, ctx, on, Verb::ConfirmDone, |report, data| {
        report.outcome = Some(Outcome::Fixed);
        report.answered_at = Some(ctx.now);
        data.outcome = report.outcome;
        data.planned_for = Some(asked.date);
        data.text = words;
        Ok(())
    })
}

/// It is not: said once, in public; the agency has it and owes the work.
pub fn not_done(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, words: &str) -> Result<Acted> {
    let words = text::optional(words, "reason")?;
    locked(conn, &on.id)?;
    let asked = promise::asked_about(conn, &on.id)?.ok_or(Refusal::NothingToChange)?;
    let said = event_store::of::<ServiceRequest>(conn, &on.id)?;
    let before = said.iter().any(|e| e.verb == Verb::DenyDone && Some(e.at) >= asked.asked_at);
    if before {
        return Err(Refusal::OnlyOnce { verb: Verb::DenyDone.as_str() }.into());
    }
    act(conn, ctx, on, Verb::DenyDone, |_, data| {
        data.planned_for = Some(asked.date);
        data.text = words;
        Ok(())
    })
}
