//! Merge: the same thing was reported before. This report closes as a duplicate; its people follow the other one.

use super::act::{Acted, On, act};
use super::store;
use super::submit::must_exist;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::ids::ServiceRequestId;
use domain::service_request::Outcome;
use domain::service_request::refusal::Refusal;
use domain::service_request::workflow::Verb;

pub fn merge(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, into: &ServiceRequestId) -> Result<Acted> {
    let target = must_exist(conn, into)?;
    let acted = act(conn, ctx, on, Verb::Merge, |report, data| {
        let same_world = target.confidential == report.confidential;
        if target.id == report.id || target.merged_into.is_some() || !same_world {
            return Err(Refusal::BadMerge);
        }
        report.outcome = Some(Outcome::Duplicate);
        report.merged_into = Some(target.id.clone());
        data.outcome = report.outcome;
        data.other = Some(target.id.clone());
        Ok(())
    })?;
    store::join_supporters(conn, &acted.report.id, &target.id, ctx.now)?;
    Ok(acted)
}
