//! Refuse: it cannot be taken in, for a coded reason and a sentence. The reporter may contest that once.

use super::{Acted, On, act, text};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::refusal::Refusal;
use domain::service_request::Outcome;
use domain::service_request::workflow::Verb;

pub fn refuse(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, code: &str, words: &str) -> Result<Acted> {
    let words = text::optional(words, "reason")?;
    let code = ctx
        .pack
        .refusal(code)
        .ok_or_else(|| Refusal::Unknown { what: "code", code: code.to_owned() })?
        .code
        .clone();
    act(conn, ctx, on, Verb::Refuse, |report, data| {
        report.outcome = Some(Outcome::Refused);
        report.refusal_code = Some(code.clone());
        report.refused_by.clone_from(&ctx.actor.account);
        report.responded_at.get_or_insert(ctx.now);
        data.outcome = report.outcome;
        data.code = Some(code);
        data.text = words;
        Ok(())
    })
}

/// Another operator than the one who refused decides next; the workflow sees to that.
pub fn contest(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, reason: &str) -> Result<Acted> {
    let reason = text::needed(reason, "reason")?;
    act(conn, ctx, on, Verb::Contest, |report, data| {
        report.contested = true;
        report.outcome = None;
        report.refusal_code = None;
        data.text = Some(reason);
        Ok(())
    })
}
