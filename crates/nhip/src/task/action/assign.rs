//! Assign: the head names who of the agency is to do it.

use super::{TaskActed, act};
use crate::account::admin;
use crate::case::Target;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::ids::AccountId;
use domain::refusal::Refusal;
use domain::task::workflow::TaskVerb;

/// Only to somebody of the agency that is to do it.
pub fn assign(conn: &mut Conn<'_>, ctx: &Ctx, on: &Target, to: &AccountId) -> Result<TaskActed> {
    let agency = ctx.actor.agency.as_ref();
    let staff = agency.map(|agency| admin::staff_of(conn, agency)).transpose()?;
    let known = staff.is_some_and(|staff| staff.iter().any(|account| account.id == *to));
    act(conn, ctx, on, TaskVerb::Assign, |task, data| {
        if !known {
            return Err(Refusal::Unknown { what: "officer", code: to.to_string() });
        }
        task.assignee = Some(to.clone());
        data.assignee.clone_from(&task.assignee);
        Ok(())
    })
}
