//! Reopen, appeal, promise due: a closed report begins its next attempt, with a budget of its own.

use super::scheduled::{self, Swept};
use super::{Acted, On, act, scheduled_store, text};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::actor::Actor;
use domain::ids::ServiceRequestId;
use domain::service_request::ServiceRequest;
use domain::service_request::workflow::Verb;

/// The first time the reporter is not satisfied: the same agency does it again.
pub fn reopen(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, reason: &str) -> Result<Acted> {
    let reason = text::needed(reason, "reason")?;
    act(conn, ctx, on, Verb::Reopen, |report, data| {
        begin_again(report);
        data.agency = Some(report.agency.clone());
        data.text = Some(reason);
        Ok(())
    })
}

/// The second time: the level above decides.
pub fn appeal(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, reason: &str) -> Result<Acted> {
    let reason = text::needed(reason, "reason")?;
    act(conn, ctx, on, Verb::Appeal, |report, data| {
        begin_again(report);
        report.appealed = true;
        let above = ctx.pack.above(&report.agency);
        // Never to the unit it is about; then others than those who answered look at it where it is.
        if !report.is_about(Some(above)) {
            report.agency = above.clone();
        }
        data.agency = Some(report.agency.clone());
        data.text = Some(reason);
        Ok(())
    })
}

fn begin_again(report: &mut ServiceRequest) {
    report.outcome = None;
    report.planned_for = None;
    report.rating = None;
    report.answered_at = None;
    report.answered_by = None;
    report.assignee = None;
    report.attempt += 1;
    report.reopenings += 1;
}

/// Reopens promises whose date has come. A job: safe to run at any time, any number of times.
pub fn reopen_due_promises(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    limit: usize,
) -> Result<Swept<ServiceRequestId>> {
    let due = scheduled_store::due_promises(conn, ctx.pack.local_date(ctx.now), limit)?;
    let ctx = ctx.acting_as(Actor::system());
    scheduled::each(conn, due, ServiceRequestId::as_str, |conn, id| {
        promise_due(conn, &ctx, &On { id: id.clone(), seen: None }).map(|_| true)
    })
}

/// The promised date has come: the agency has it again, and shows what became of the promise.
pub fn promise_due(conn: &mut Conn<'_>, ctx: &Ctx, on: &On) -> Result<Acted> {
    act(conn, ctx, on, Verb::PromiseDue, |report, data| {
        data.planned_for = report.planned_for;
        data.agency = Some(report.agency.clone());
        let before = report.reopenings;
        begin_again(report);
        // The promise's own date is not the reporter's reopening: they still have theirs.
        report.reopenings = before;
        Ok(())
    })
}
