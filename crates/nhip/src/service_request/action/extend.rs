//! Extend: the agency asks for more time, once, before the deadline; its head grants it or does not, in public.

use super::{Acted, On, act, text};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;

/// `amount` is in the unit of the promise: working days for most, hours for what is urgent.
pub fn ask(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, amount: u32, reason: &str) -> Result<Acted> {
    let reason = text::needed(reason, "reason")?;
    act(conn, ctx, on, Verb::Extend, |report, data| {
        if report.is_late(ctx.now) {
            return Err(Refusal::AfterTheDeadline);
        }
        let promise = ctx.pack.procedure_of(report).map(|procedure| procedure.promised(report));
        let promise = promise.ok_or(Refusal::TooMuchTime)?;
        let more = promise.with_amount(amount);
        // More than as much again is another promise.
        if amount == 0 || amount > promise.amount() {
            return Err(Refusal::TooMuchTime);
        }
        report.extension_asked = Some(more);
        data.budget = Some(more);
        data.text = Some(reason);
        Ok(())
    })
}

/// The new deadline holds from now on; the old one stays in the history.
pub fn grant(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, note: &str) -> Result<Acted> {
    let note = text::optional(note, "reason")?;
    act(conn, ctx, on, Verb::GrantExtension, |report, data| {
        report.extension = report.extension_asked.take();
        data.budget = report.extension;
        data.due_at = crate::service_request::action::due(report, &ctx.pack);
        data.text = note;
        Ok(())
    })
}

pub fn deny(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, reason: &str) -> Result<Acted> {
    let reason = text::needed(reason, "reason")?;
    act(conn, ctx, on, Verb::DenyExtension, |report, data| {
        data.budget = report.extension_asked.take();
        data.text = Some(reason);
        Ok(())
    })
}
