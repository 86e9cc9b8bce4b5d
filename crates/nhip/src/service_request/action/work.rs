//! Work: start it, pause it for a coded reason, go on, tell how it stands.

use super::{Acted, On, act, locked, text};
use crate::case::clock;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;
use jiff::civil::Date;

/// Whoever starts has it.
pub fn start(conn: &mut Conn<'_>, ctx: &Ctx, on: &On) -> Result<Acted> {
    act(conn, ctx, on, Verb::Start, |report, data| {
        report.assignee.clone_from(&ctx.actor.account);
        report.responded_at.get_or_insert(ctx.now);
        data.agency = Some(report.agency.clone());
        Ok(())
    })
}

/// Only for a reason that the procedure names for the step at hand.
pub fn pause(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, code: &str, words: &str) -> Result<Acted> {
    let words = text::optional(words, "reason")?;
    let code = ctx
        .pack
        .pause(code)
        .ok_or_else(|| Refusal::Unknown { what: "code", code: code.to_owned() })?
        .code
        .clone();
    locked(conn, &on.id)?;
    let allowed = clock::pauses_allowed(conn, ctx, &on.id)?;
    if allowed.is_some_and(|allowed| !allowed.contains(&code)) {
        return Err(Refusal::NoReasonToPause.into());
    }
    act(conn, ctx, on, Verb::Pause, |report, data| {
        report.paused_for = Some(code.clone());
        data.code = Some(code);
        data.text = words;
        Ok(())
    })
}

pub fn resume(conn: &mut Conn<'_>, ctx: &Ctx, on: &On) -> Result<Acted> {
    act(conn, ctx, on, Verb::Resume, |report, _| {
        report.paused_for = None;
        Ok(())
    })
}

/// How it stands. Once it is late that takes a date to which the agency commits itself, in public; as long as one stands
/// it needs no other.
pub fn progress(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    words: &str,
    committed_for: Option<Date>,
) -> Result<Acted> {
    act(conn, ctx, on, Verb::Progress, |report, data| {
        if committed_for.is_none() && report.owes_a_word(ctx.now) {
            return Err(Refusal::NeedsDate);
        }
        if committed_for.is_some_and(|date| date < ctx.pack.local_date(ctx.now)) {
            return Err(Refusal::DateInThePast);
        }
        if committed_for.is_some() {
            report.committed_for = committed_for;
        }
        report.responded_at.get_or_insert(ctx.now);
        data.planned_for = committed_for;
        data.text = Some(text::needed(words, "reason")?);
        Ok(())
    })
}

/// How it stands, as a program of the agency tells it, under the program's own name: that has no date to give.
pub fn progress_from_outside(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    (words, program): (&str, &str),
) -> Result<Acted> {
    let words = text::needed(words, "reason")?;
    act(conn, ctx, on, Verb::Progress, |report, data| {
        report.responded_at.get_or_insert(ctx.now);
        data.text = Some(words);
        data.program = Some(program.to_owned());
        Ok(())
    })
}

/// A note among staff; the public never sees it.
pub fn note(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, words: &str) -> Result<Acted> {
    let words = text::needed(words, "reason")?;
    act(conn, ctx, on, Verb::Note, |_, data| {
        data.text = Some(words);
        Ok(())
    })
}
