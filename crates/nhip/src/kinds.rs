//! Which kind a case is: the one place that asks, for what time does to cases of every kind.

use crate::case::clock::{self, DueRung};
use crate::case::time_passes;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::action::scheduled::{self, Swept};
use domain::case::{CaseKind, CaseRef};
use domain::service_request::ServiceRequest;
use domain::task::Task;

/// Fires the rungs that are due. A job: safe to run at any time, any number of times, on any number of nodes. Answers
/// those it fired.
pub fn escalate_due(conn: &mut Conn<'_>, ctx: &Ctx, limit: usize) -> Result<Swept<DueRung>> {
    let due = clock::due_rungs(conn, ctx.now, limit)?;
    let fire = |conn: &mut Conn<'_>, rung: &DueRung| match rung.case.kind() {
        CaseKind::Report => time_passes::fire::<ServiceRequest>(conn, ctx, rung),
        CaseKind::Task => time_passes::fire::<Task>(conn, ctx, rung),
    };
    scheduled::each(conn, due, |rung| rung.case.as_str(), fire)
}

/// Reckons the clocks of a case anew because the calendar changed; whether any deadline moved.
pub fn reckon(conn: &mut Conn<'_>, ctx: &Ctx, case: &CaseRef, because: &str) -> Result<bool> {
    match case.kind() {
        CaseKind::Report => time_passes::reckon::<ServiceRequest>(conn, ctx, case, because),
        CaseKind::Task => time_passes::reckon::<Task>(conn, ctx, case, because),
    }
}
