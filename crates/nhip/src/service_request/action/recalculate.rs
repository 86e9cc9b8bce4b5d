//! Reckon: the calendar changed, so the deadlines of a case lie elsewhere. The old ones stay in its history, with what the
//! change rests on.

use super::{On, act};
use crate::case::clock;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::store;
use domain::actor::Actor;
use domain::ids::ServiceRequestId;
use domain::service_request::State;
use domain::service_request::workflow::Verb;

/// In the history of a case whose deadline moved because the pack itself changed, and no day was added.
pub const BY_PACK: &str = "pack";

/// Reckons the clocks of one case anew; whether any deadline moved. `because`: the days that were added and their bases;
/// empty where it was the pack. Safe to run any number of times: what is right already is left alone.
pub fn reckon(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    id: &ServiceRequestId,
    because: &str,
) -> Result<bool> {
    let Some(report) = store::find_for_update(conn, id)? else { return Ok(false) };
    // A procedure that the pack has lost tells no deadline.
    if report.state == State::Closed || ctx.pack.procedure_of(&report).is_none() {
        return Ok(false);
    }
    let moved = clock::moved_by_calendar(ctx, &clock::of(conn, id)?);
    if moved.is_empty() {
        return Ok(false);
    }
    let ctx = ctx.acting_as(Actor::system());
    act(conn, &ctx, &On { id: id.clone(), seen: None }, Verb::MoveDue, |_, data| {
        data.moved = moved;
        data.text = Some(because.to_owned()).filter(|text| !text.is_empty());
        data.code = data.text.is_none().then(|| BY_PACK.to_owned());
        Ok(())
    })?;
    Ok(true)
}
