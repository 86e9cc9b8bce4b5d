//! The machinery of everything that has a table of transitions, a history, clocks, and somebody who owes the next step.
//!
//! **Flow.** An action of a kind calls [`act()`] → the row of its table is asked for (`domain::case`), the case changes, and
//! the event, the row of the outbox that makes letters of it and the clocks are written in the same transaction.
//! A kind of case says how it is read, saved and timed by being a [`Case`].

mod act;
pub mod clock;
pub mod event_store;
pub mod explanation;
pub mod explanation_store;
pub mod time_passes;

pub use act::{Target, act, must_be_fresh, new_event_id, record};

use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::actor::Actor;
use domain::case::{CaseRef, Event, Kind, OwedStep, Transition};
use domain::ids::AgencyId;
use domain::pack::Pack;
use domain::procedure::Procedure;
use domain::refusal::Refusal;
use domain::time::{Budget, Suspension};
use jiff::Timestamp;

/// A kind of case as the machinery needs it.
pub trait Case: Kind {
    /// The case, whose row stays locked until the transaction ends.
    fn find_for_update(conn: &mut Conn<'_>, case: &CaseRef) -> Result<Option<Self>>;

    fn head(&self) -> CaseHead<'_, Self::State>;

    /// May `actor` do `verb` now? The row to follow, or the reason why not.
    fn permit(&self, verb: Self::Verb, actor: &Actor)
    -> Result<&'static Transition<Self>, Refusal>;

    /// Goes where the row leads, with its own clock. `before`: as it was before the verb's own change.
    fn go(&mut self, ctx: &Ctx, row: &Transition<Self>, before: &Self);

    /// It is at this version now.
    fn stamp(&mut self, seq: i64, ctx: &Ctx, append: bool);

    /// Writes it back, if it is still at version `seen`; `false`: somebody else was first.
    fn save(&self, conn: &mut Conn<'_>, ctx: &Ctx, seen: i64) -> Result<bool>;

    /// Writes nothing of it but its new version.
    fn save_version(&self, conn: &mut Conn<'_>) -> Result<()>;

    /// Keeps with it which step is owed now, as its clock says.
    fn set_step(&mut self, conn: &mut Conn<'_>, step: Option<OwedStep>) -> Result<()>;

    /// The procedure it runs by, in the version it is bound to.
    fn procedure<'p>(&self, pack: &'p Pack) -> Option<&'p Procedure>;

    /// The time for the whole of it.
    fn promised(&self, procedure: &Procedure) -> Budget;

    /// A step that has another time than the procedure gives it.
    fn own_time<'p>(&self, pack: &Pack, procedure: &'p Procedure) -> Option<(&'p str, Budget)>;

    /// What follows from an event, in its transaction: further events of the system, rows of the kind's own. The case, where
    /// that changed it. `before`: as it was.
    fn follow_up(
        &self,
        conn: &mut Conn<'_>,
        ctx: &Ctx,
        before: &Self,
        event: &Event<Self>,
    ) -> Result<Option<Self>>;
}

/// What the machinery reads of a case.
#[derive(Debug)]
pub struct CaseHead<'c, S> {
    pub case: CaseRef,
    pub version: i64,
    /// The last version that was no mere addition.
    pub changed_seq: i64,
    pub state: S,
    /// The agency that has it.
    pub agency: &'c AgencyId,
    pub attempt: i64,
    /// The step that is owed now.
    pub step: Option<&'c OwedStep>,
    /// When the time for the whole began, its suspensions, and when it is over: `None` while it is suspended.
    pub clock_from: Option<Timestamp>,
    pub suspensions: &'c [Suspension],
    pub due_at: Option<Timestamp>,
}
