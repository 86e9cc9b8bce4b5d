//! Accept: the agency takes a task on.

use super::{TaskActed, act};
use crate::case::Target;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::task::workflow::TaskVerb;

pub fn accept(conn: &mut Conn<'_>, ctx: &Ctx, on: &Target) -> Result<TaskActed> {
    act(conn, ctx, on, TaskVerb::Accept, |task, data| {
        task.accepted_at = Some(ctx.now);
        data.agency = Some(task.agency.clone());
        Ok(())
    })
}
