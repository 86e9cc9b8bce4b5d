//! What time itself does to a case of any kind: a share of somebody's time is used up and whoever the procedure names for it
//! is told, each rung once; the calendar changed and deadlines lie elsewhere.

use super::clock::{self, DueRung};
use super::{Case, Target, act};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use domain::actor::Actor;
use domain::case::{CaseRef, EventDetail};
use domain::refusal::Refusal;
use jiff::Timestamp;

/// In the history of a case whose deadline moved because the pack itself changed, and no day was added.
pub const BY_PACK: &str = "pack";

/// Fires a rung that is due; whether nobody else did. Before the time is over that is a warning among staff.
pub fn fire<C: Case>(conn: &mut Conn<'_>, ctx: &Ctx, rung: &DueRung) -> Result<bool> {
    let ctx = ctx.acting_as(Actor::system());
    // The case first, then its clocks: as everybody does who changes it, so that no two wait for each other.
    C::find_for_update(conn, &rung.case)?;
    if !clock::take_rung(conn, &ctx.pack, rung)? {
        return Ok(false);
    }
    let verb = if rung.percent < 100 { C::WARN } else { C::ESCALATE };
    let target = Target { case: rung.case.clone(), seen: None };
    let acted = act::<C>(conn, &ctx, &target, verb, |case, data| {
        let head = case.head();
        let step = Some(rung.step.clone()).filter(|step| !step.is_empty());
        data.set_rung(step, rung.percent, head.agency);
        data.set_due_at(head.due_at);
        Ok(())
    });
    match acted {
        Ok(_) => Ok(true),
        // The case was closed at this very moment: its clocks no longer run.
        Err(Error::Refused(Refusal::WrongState { .. })) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Fires what came due in one case until `until`, each at its own time: for a past that is told afterwards.
pub fn catch_up<C: Case>(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    case: impl Into<CaseRef>,
    until: Timestamp,
) -> Result<()> {
    let case = case.into();
    loop {
        let due = clock::due_rungs_of(conn, &case, until)?;
        let Some(first) = due.into_iter().min_by_key(|rung| rung.at) else { return Ok(()) };
        fire::<C>(conn, &Ctx { now: first.at, ..ctx.clone() }, &first)?;
    }
}

/// Reckons the clocks of one case anew; whether any deadline moved. The old ones stay in its history. `because`: the days
/// that were added and their bases; empty where it was the pack. Safe to run any number of times: what is right already is
/// left alone.
pub fn reckon<C: Case>(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    case: &CaseRef,
    because: &str,
) -> Result<bool> {
    let Some(found) = C::find_for_update(conn, case)? else { return Ok(false) };
    // A procedure that the pack has lost tells no deadline.
    if found.head().state == C::CLOSED || found.procedure(&ctx.pack).is_none() {
        return Ok(false);
    }
    let moved = clock::moved_by_calendar(ctx, &clock::of(conn, case)?);
    if moved.is_empty() {
        return Ok(false);
    }
    let ctx = ctx.acting_as(Actor::system());
    let target = Target { case: case.clone(), seen: None };
    act::<C>(conn, &ctx, &target, C::MOVE_DUE, |_, data| {
        let text = Some(because.to_owned()).filter(|text| !text.is_empty());
        let code = text.is_none().then(|| BY_PACK.to_owned());
        data.set_moved(moved, text, code);
        Ok(())
    })?;
    Ok(true)
}
