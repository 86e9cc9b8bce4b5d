//! Offer: a leader, the centre or a head gives a task. Its life begins here.

use super::TaskActed;
use crate::case::{self, new_event_id};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::limits::{ADDRESS_CHARS, REASON_CHARS};
use crate::procedure;
use crate::service_request::action::text;
use crate::service_request::store as reports;
use crate::task::{due, store};
use domain::actor::{Actor, Role, Visibility};
use domain::case::{CaseRef, Event};
use domain::ids::{AgencyId, ServiceRequestId, TaskId};
use domain::place::Point;
use domain::refusal::Refusal;
use domain::task::event::TaskEventData;
use domain::task::workflow::{TaskVerb, may_give};
use domain::task::{Giver, Task, TaskDue, TaskState, clock_to};

/// What is asked, of whom, and by when.
#[derive(Debug, Clone)]
pub struct Offered {
    pub to: AgencyId,
    pub about: Option<ServiceRequestId>,
    pub what: String,
    pub product: String,
    pub due: TaskDue,
    pub needs_evidence: bool,
    pub address: String,
    pub point: Option<Point>,
    pub public: bool,
}

pub fn offer(conn: &mut Conn<'_>, ctx: &Ctx, offered: &Offered) -> Result<TaskActed> {
    let mut task = made(conn, ctx, offered)?;
    store::insert(conn, &task)?;
    let event = Event {
        id: new_event_id(ctx)?,
        case: task.case(),
        seq: task.version,
        at: ctx.now,
        verb: TaskVerb::Offer,
        actor: ctx.actor.clone(),
        from: None,
        to: task.state,
        attempt: task.attempt,
        visibility: Visibility::Staff,
        data: TaskEventData {
            agency: Some(task.agency.clone()),
            due_at: task.due_at,
            ..TaskEventData::default()
        },
    };
    case::record(conn, ctx, &mut task, &event, None)?;
    Ok((task, event))
}

fn made(conn: &mut Conn<'_>, ctx: &Ctx, offered: &Offered) -> Result<Task> {
    let Actor { role, account, agency } = ctx.actor.clone();
    if ctx.pack.agency(&offered.to).is_none() {
        return Err(Refusal::Unknown { what: "agency", code: offered.to.to_string() }.into());
    }
    if !may_give(&ctx.actor, &offered.to) {
        return Err(Refusal::NotYourAgency.into());
    }
    let clock_from = match offered.due {
        TaskDue::At(at) if at <= ctx.now => return Err(Refusal::DateInThePast.into()),
        TaskDue::At(at) => clock_to(at, ctx.now),
        TaskDue::Budget(_) => ctx.now,
    };
    let today = ctx.pack.local_date(ctx.now);
    let bound = ctx
        .pack
        .procedure_of_tasks(today)
        .ok_or_else(|| Error::failed("give a task", "the pack has no procedure of tasks"))?;
    procedure::keep_text(conn, ctx, bound)?;
    let number = format!("{}-{:04}", today.year(), store::next_number(conn, today.year())?);
    let mut task = Task {
        id: TaskId::parse(&number).map_err(|e| Error::failed("number a task", e))?,
        version: 1,
        changed_seq: 1,
        state: TaskState::Offered,
        outcome: None,
        giver: Giver { role, account, agency },
        agency: offered.to.clone(),
        assignee: None,
        about: about(conn, ctx, offered)?,
        what: text::checked(&offered.what, "what", REASON_CHARS)?,
        product: text::checked(&offered.product, "product", REASON_CHARS)?,
        needs_evidence: offered.needs_evidence,
        address: match offered.address.trim() {
            "" => None,
            address => Some(text::line(address, "address", ADDRESS_CHARS)?),
        },
        point: offered.point,
        public: offered.public,
        confidential: false,
        given_due: offered.due,
        procedure: bound.code.clone(),
        procedure_version: bound.version,
        procedure_hash: bound.hash.clone(),
        extension: None,
        extension_asked: None,
        attempt: 1,
        created_at: ctx.now,
        updated_at: ctx.now,
        clock_from,
        due_at: None,
        step: None,
        accepted_at: None,
        done_at: None,
        done_by: None,
        closed_at: None,
        result: None,
        code: None,
    };
    task.due_at = due(&task, &ctx.pack);
    Ok(task)
}

/// A head gives tasks about what the own agency has. What is confidential only inspectors handle, and they give no tasks: to whoever does, it is not there.
fn about(conn: &mut Conn<'_>, ctx: &Ctx, offered: &Offered) -> Result<Option<CaseRef>> {
    let Some(id) = &offered.about else { return Ok(None) };
    let theirs = |agency: &AgencyId| {
        ctx.actor.role != Role::Head || ctx.actor.agency.as_ref() == Some(agency)
    };
    let report = reports::find(conn, id)?;
    let report = report.filter(|report| !report.confidential && theirs(&report.agency));
    let report = report.ok_or(Refusal::NotFound)?;
    Ok(Some(CaseRef::from(&report.id)))
}
