//! Recur: the same service at the same place again, within the months the pack names after a result. The reports become a
//! chain that each of their pages shows; from the third on the head of the agency gets the whole history.
//!
//! Linked when the centre accepts a report: only then it is known to be real, and what it is.

use super::{Acted, On, act, recurrence_store};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::outbox;
use domain::actor::Actor;
use domain::ids::ServiceRequestId;
use domain::place::Exactness;
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, ServiceRequest};
use jiff::{Span, Timestamp};

/// Topic of the outbox for the head's letter.
pub const AGAIN: &str = "recurs_again";
/// From this report on the head is told.
const HEAD_IS_TOLD_FROM: i64 = 3;

/// A report of a chain, as its neighbours show it.
#[derive(Debug, Clone)]
pub struct Link {
    pub report: ServiceRequest,
    pub place: i64,
}

/// Links an accepted report to the last one of its kind at its place, if there was one; the report after it.
pub fn link(conn: &mut Conn<'_>, ctx: &Ctx, acted: Acted) -> Result<Acted> {
    let report = &acted.report;
    let unplaced = report.exactness == Exactness::Area;
    if report.confidential || report.again.is_some() || unplaced {
        return Ok(acted);
    }
    let Some(before) = the_one_before(conn, ctx, report)? else { return Ok(acted) };
    let chain = recurrence_store::chain_of(conn, &before.id)?;
    let (chain, place) = chain.unwrap_or_else(|| (before.id.clone(), 1));
    let place = place + 1;
    recurrence_store::set_chain(conn, &report.id, &before.id, &chain, place)?;
    let on = On { id: report.id.clone(), seen: None };
    let system = ctx.acting_as(Actor::system());
    let linked = act(conn, &system, &on, Verb::Recur, |report, data| {
        report.again = Some(place);
        data.other = Some(before.id.clone());
        data.nth = Some(place);
        Ok(())
    })?;
    if place >= HEAD_IS_TOLD_FROM {
        outbox::put(conn, ctx, &linked.event, &report.id, AGAIN, None)?;
    }
    Ok(Acted { report: linked.report, event: acted.event })
}

/// Takes a report out of its chain: its acceptance, by which it came there, was taken back.
pub fn unlink(conn: &mut Conn<'_>, id: &ServiceRequestId) -> Result<()> {
    Ok(recurrence_store::leave_chain(conn, id)?)
}

/// The newest report of the same service within reach that was settled in the months before this one came.
fn the_one_before(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    report: &ServiceRequest,
) -> Result<Option<ServiceRequest>> {
    let months = i64::from(ctx.pack.settings.recurrence_months);
    let zone = ctx.pack.calendar.zone();
    let local = zone.to_datetime(report.received_at);
    let since = local.checked_sub(Span::new().months(months)).ok();
    let since = since.and_then(|local| zone.to_timestamp(local).ok()).unwrap_or(Timestamp::MIN);
    let metres = ctx.pack.settings.nearby_metres;
    let near = recurrence_store::settled_near(conn, report, since, metres)?;
    let settled = |other: &ServiceRequest| other.outcome.is_some_and(Outcome::is_answer);
    Ok(near.into_iter().filter(settled).max_by_key(|other| other.closed_at))
}

/// The chain a report stands in, in order; empty where it stands alone.
pub fn chain(conn: &mut Conn<'_>, id: &ServiceRequestId) -> Result<Vec<Link>> {
    let chain =
        recurrence_store::chain_of(conn, id)?.map_or_else(|| id.clone(), |(chain, _)| chain);
    let all = recurrence_store::chain(conn, &chain)?;
    Ok(if all.len() > 1 { all } else { Vec::new() })
}
