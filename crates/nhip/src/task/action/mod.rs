//! What is done to a task: each verb's file says only what is particular to it.

pub mod accept;
pub mod add_media;
pub mod assign;
pub mod confirm;
pub mod done;
pub mod extend;
pub mod note;
pub mod offer;
pub mod refuse;
pub mod send_back;
pub mod unable;
pub mod withdraw;

use crate::case::{self, Target};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::case::{CaseRef, Event};
use domain::ids::TaskId;
use domain::refusal::Refusal;
use domain::task::event::TaskEventData;
use domain::task::workflow::TaskVerb;
use domain::task::{Task, TaskReason};

/// What came of an action.
pub type TaskActed = (Task, Event<Task>);

/// Which task, and which version of it the person saw.
pub fn on(id: &TaskId, seen: Option<i64>) -> Target {
    Target { case: CaseRef::from(id), seen }
}

/// [`case::act()`] on a task.
fn act(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &Target,
    verb: TaskVerb,
    change: impl FnOnce(&mut Task, &mut TaskEventData) -> Result<(), Refusal>,
) -> Result<TaskActed> {
    case::act(conn, ctx, on, verb, change)
}

/// The reason by its code.
fn reason(code: &str) -> Result<TaskReason, Refusal> {
    if code.is_empty() {
        return Err(Refusal::NeedsReason);
    }
    TaskReason::parse(code).ok_or_else(|| Refusal::Unknown { what: "code", code: code.to_owned() })
}
