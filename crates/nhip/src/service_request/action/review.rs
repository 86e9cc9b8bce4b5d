//! Review: the centre publishes an answer, or sends it back because it does not answer.

use super::{Acted, On, act, text};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::staff::integrity_store;
use domain::service_request::workflow::Verb;

pub fn publish(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, note: &str) -> Result<Acted> {
    let note = text::optional(note, "reason")?;
    let acted = act(conn, ctx, on, Verb::Publish, |report, data| {
        data.outcome = report.outcome;
        data.planned_for = report.planned_for;
        data.text = note;
        Ok(())
    })?;
    integrity_store::published(conn, &acted.report.id, ctx.now)?;
    Ok(acted)
}

/// The next attempt begins; what was answered stays in the history.
pub fn send_back(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, reason: &str) -> Result<Acted> {
    let reason = text::needed(reason, "reason")?;
    let acted = act(conn, ctx, on, Verb::SendBack, |report, data| {
        report.outcome = None;
        report.planned_for = None;
        report.answered_at = None;
        report.answered_by = None;
        report.attempt += 1;
        data.text = Some(reason);
        Ok(())
    })?;
    integrity_store::sent_back(conn, &acted.report.id, ctx.now)?;
    Ok(acted)
}
