//! Merge: the same thing was reported before. This report closes as a duplicate; its people follow the other one.

use super::{Acted, On, act, locked};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::support_store;
use domain::ids::ServiceRequestId;
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, ServiceRequest};

pub fn merge(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, into: &ServiceRequestId) -> Result<Acted> {
    // Both, in one order for everybody: neither is merged elsewhere meanwhile, and no two wait for each other.
    if on.id < *into {
        locked(conn, &on.id)?;
    }
    let target = locked(conn, into)?;
    let acted = act(conn, ctx, on, Verb::Merge, |report, data| {
        if target.id == report.id || !takes_in(&target, report) {
            return Err(Refusal::BadMerge);
        }
        report.outcome = Some(Outcome::Duplicate);
        report.merged_into = Some(target.id.clone());
        data.outcome = report.outcome;
        data.other = Some(target.id.clone());
        Ok(())
    })?;
    support_store::join(conn, &acted.report.id, &target.id, ctx.now)?;
    Ok(acted)
}

/// May its people be sent on to `target`? It must lead somewhere, and they must be let see it.
pub fn takes_in(target: &ServiceRequest, report: &ServiceRequest) -> bool {
    let leads_nowhere =
        matches!(target.outcome, Some(Outcome::Refused | Outcome::Withdrawn | Outcome::Duplicate));
    let same_world = target.confidential == report.confidential;
    let seen = target.is_open_to_all() || (target.confidential && target.hidden.is_none());
    !leads_nowhere && target.merged_into.is_none() && same_world && seen
}
