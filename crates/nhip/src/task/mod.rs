//! Tasks: what a leader, the centre or a head asks of an agency, by itself or about a report, until it is confirmed.
//!
//! **Flow.** An action (one file for each verb) calls `case::act`, which asks [`domain::task::workflow`] and comes back here
//! for what a task is as a case. Clocks, escalation and the calendar are those of every kind of case.

pub mod action;
pub mod new_pages;
pub mod pages;
pub mod store;

use crate::account::session::Signed;
use crate::case::{Case, CaseHead};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::actor::{Actor, Role};
use domain::case::{CaseRef, ClockEffect, Event, OwedStep, To, Transition};
use domain::ids::AgencyId;
use domain::pack::Pack;
use domain::procedure::Procedure;
use domain::refusal::Refusal;
use domain::task::workflow::{TaskVerb, gave, permit};
use domain::task::{Task, TaskState};
use domain::time::{self, Budget};
use jiff::Timestamp;

/// Which tasks somebody may read: all but the confidential, or those of their agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskSight {
    pub all: bool,
    pub confidential: bool,
    pub agency: Option<AgencyId>,
}

impl TaskSight {
    /// Leaders, the centre, inspectors and administrators read all; an agency what it got or gave itself.
    pub fn of(signed: &Signed) -> Self {
        let all =
            [Role::Leader, Role::Operator, Role::Reviewer, Role::Inspector, Role::Administrator];
        let of_an_agency = signed.has(Role::Officer) || signed.has(Role::Head);
        Self {
            all: all.into_iter().any(|role| signed.has(role)),
            confidential: signed.has(Role::Inspector),
            agency: signed.agency.clone().filter(|_| of_an_agency),
        }
    }

    pub fn sees(&self, task: &Task) -> bool {
        self.agency.as_ref() == Some(&task.agency)
            || (self.all && (!task.confidential || self.confidential))
    }
}

impl Case for Task {
    fn find_for_update(conn: &mut Conn<'_>, case: &CaseRef) -> Result<Option<Self>> {
        let Some(id) = case.task() else { return Ok(None) };
        Ok(store::find_for_update(conn, &id)?)
    }

    fn head(&self) -> CaseHead<'_, TaskState> {
        CaseHead {
            case: self.case(),
            version: self.version,
            changed_seq: self.changed_seq,
            state: self.state,
            agency: &self.agency,
            attempt: self.attempt,
            step: self.step.as_ref(),
            clock_from: Some(self.clock_from),
            suspensions: &[],
            due_at: self.due_at,
        }
    }

    fn permit(&self, verb: TaskVerb, actor: &Actor) -> Result<&'static Transition<Self>, Refusal> {
        permit(self, verb, actor)
    }

    fn go(&mut self, ctx: &Ctx, row: &Transition<Self>, _before: &Self) {
        if let To::State(state) = row.to {
            self.state = state;
        }
        if row.clock == ClockEffect::Stop {
            self.closed_at = Some(ctx.now);
        }
        self.due_at = due(self, &ctx.pack);
    }

    fn stamp(&mut self, seq: i64, ctx: &Ctx, append: bool) {
        self.version = seq;
        if !append {
            self.changed_seq = seq;
            self.updated_at = ctx.now;
        }
    }

    fn save(&self, conn: &mut Conn<'_>, _ctx: &Ctx, seen: i64) -> Result<bool> {
        Ok(store::save(conn, self, seen)?)
    }

    fn save_version(&self, conn: &mut Conn<'_>) -> Result<()> {
        Ok(store::save_version(conn, &self.id, self.version)?)
    }

    fn set_step(&mut self, conn: &mut Conn<'_>, step: Option<OwedStep>) -> Result<()> {
        store::set_step(conn, &self.id, step.as_ref())?;
        self.step = step;
        Ok(())
    }

    fn procedure<'p>(&self, pack: &'p Pack) -> Option<&'p Procedure> {
        let bound = pack.procedure_text(&self.procedure_hash);
        bound.or_else(|| pack.procedure_version(&self.procedure, self.procedure_version))
    }

    fn promised(&self, _procedure: &Procedure) -> Budget {
        Self::promised(self)
    }

    /// Who gave it said how long carrying it out may take.
    fn own_time<'p>(&self, _pack: &Pack, procedure: &'p Procedure) -> Option<(&'p str, Budget)> {
        let carry_out = procedure.ended_by(TaskVerb::Done)?;
        Some((carry_out.id.as_str(), self.time_to_carry_out()))
    }

    /// Nothing follows by itself.
    fn follow_up(
        &self,
        _conn: &mut Conn<'_>,
        _ctx: &Ctx,
        _before: &Self,
        _event: &Event<Self>,
    ) -> Result<Option<Self>> {
        Ok(None)
    }
}

/// When the whole of it falls due.
pub fn due(task: &Task, pack: &Pack) -> Option<Timestamp> {
    time::due(&pack.calendar, task.clock_from, &task.promised(), &[])
}

/// In which of their roles may this person do `verb` to `task`? The first that the table allows; else the refusal that
/// says most.
pub fn actor_for(signed: &Signed, verb: TaskVerb, task: &Task) -> Result<Actor, Refusal> {
    let mut said = Refusal::Forbidden;
    for role in &signed.roles {
        let actor = signed.acting_as(*role);
        match permit(task, verb, &actor) {
            Ok(_) => return Ok(actor),
            Err(refusal @ (Refusal::WrongRole { .. } | Refusal::Forbidden)) => {
                if said == Refusal::Forbidden {
                    said = refusal;
                }
            }
            Err(refusal) => said = refusal,
        }
    }
    Err(said)
}

/// Is the next step this person's or their office's: done is to be confirmed, more time is asked for, else the agency works?
pub fn waits_for(signed: &Signed, task: &Task) -> bool {
    let decides = task.state == TaskState::Done || task.extension_asked.is_some();
    let gave_it = signed.roles.iter().any(|role| gave(task, &signed.acting_as(*role)));
    let of_the_agency = signed.agency.as_ref() == Some(&task.agency);
    task.is_open() && ((decides && gave_it) || (task.state != TaskState::Done && of_the_agency))
}

/// What this person may do to a task now, in the order of the table.
pub fn allowed(signed: &Signed, task: &Task) -> Vec<TaskVerb> {
    let all = TaskVerb::ALL.iter().copied();
    all.filter(|verb| actor_for(signed, *verb, task).is_ok()).collect()
}
