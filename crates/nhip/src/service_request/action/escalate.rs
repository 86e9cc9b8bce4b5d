//! Escalate: a share of somebody's time is used up; whoever the procedure names for it is told, each rung once.
//!
//! Before the time is over that is a warning among staff; from then on everybody can read it.

use super::scheduled::{self, Swept};
use super::{On, act};
use crate::case::clock::{self, DueRung};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::service_request::store;
use domain::actor::Actor;
use domain::ids::ServiceRequestId;
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;
use jiff::Timestamp;

/// Fires the rungs that are due. A job: safe to run at any time, any number of times, on any number of nodes. Answers
/// those it fired.
pub fn escalate_due(conn: &mut Conn<'_>, ctx: &Ctx, limit: usize) -> Result<Swept<DueRung>> {
    let due = clock::due_rungs(conn, ctx.now, limit)?;
    scheduled::each(conn, due, |rung| rung.case.as_str(), |conn, rung| fire(conn, ctx, rung))
}

/// Fires what came due in one case until `until`, each at its own time: for a past that is told afterwards.
pub fn catch_up(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    request: &ServiceRequestId,
    until: Timestamp,
) -> Result<()> {
    loop {
        let due = clock::due_rungs_of(conn, request, until)?;
        let Some(first) = due.into_iter().min_by_key(|rung| rung.at) else { return Ok(()) };
        fire(conn, &Ctx { now: first.at, ..ctx.clone() }, &first)?;
    }
}

fn fire(conn: &mut Conn<'_>, ctx: &Ctx, rung: &DueRung) -> Result<bool> {
    let ctx = ctx.acting_as(Actor::system());
    // The report first, then its clocks: as everybody does who changes it, so that no two wait for each other.
    let Some(request) = rung.case.report() else { return Ok(false) };
    store::find_for_update(conn, &request)?;
    if !clock::take_rung(conn, &ctx.pack, rung)? {
        return Ok(false);
    }
    let verb = if rung.percent < 100 { Verb::Warn } else { Verb::Escalate };
    let on = On { id: request, seen: None };
    let acted = act(conn, &ctx, &on, verb, |report, data| {
        data.step = Some(rung.step.clone()).filter(|step| !step.is_empty());
        data.percent = Some(rung.percent);
        data.due_at = report.due_at;
        data.agency = Some(report.agency.clone());
        Ok(())
    });
    match acted {
        Ok(_) => Ok(true),
        // The case was closed at this very moment: its clocks no longer run.
        Err(Error::Refused(Refusal::WrongState { .. })) => Ok(false),
        Err(error) => Err(error),
    }
}
