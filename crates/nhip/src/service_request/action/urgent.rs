//! Urgent: somebody's life is in danger, or it turns out that nobody's is. What people wrote marks a report as it comes
//! (`domain::pack::call_now`); this is for staff who have read it.

use super::{Acted, On, act, text};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::service_request::workflow::Verb;

/// `verb` is [`Verb::MarkUrgent`] or [`Verb::ClearUrgent`]; the reason is for staff.
pub fn mark(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, verb: Verb, reason: &str) -> Result<Acted> {
    let reason = text::needed(reason, "reason")?;
    act(conn, ctx, on, verb, |report, data| {
        report.urgent = verb == Verb::MarkUrgent;
        data.text = Some(reason);
        Ok(())
    })
}
