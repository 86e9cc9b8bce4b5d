//! The one way a case changes: read it, ask its table, change it, write it with its event and its row of the outbox.
//!
//! Each verb's own file says only what is particular to it. Everything here happens inside the caller's transaction.

use super::{Case, clock, event_store};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::outbox;
use domain::case::{CaseRef, ClockEffect, Event, EventDetail, Transition};
use domain::ids::EventId;
use domain::refusal::Refusal;
use domain::word::Word;

/// Which case, and which version of it the person saw; `None` for those who saw no version (jobs, receipts).
#[derive(Debug, Clone)]
pub struct Target {
    pub case: CaseRef,
    pub seen: Option<i64>,
}

/// Does `verb` to a case, or says why not and changes nothing. What follows from it is done with it.
///
/// `change` sets the fields that are particular to the verb and returns what the event carries; state, clock, version,
/// history and outbox are done here.
pub fn act<C: Case>(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    target: &Target,
    verb: C::Verb,
    change: impl FnOnce(&mut C, &mut C::Detail) -> Result<(), Refusal>,
) -> Result<(C, Event<C>)> {
    let before = C::find_for_update(conn, &target.case)?.ok_or(Refusal::NotFound)?;
    must_be_fresh(&before, target.seen, verb)?;
    let row = before.permit(verb, &ctx.actor)?;
    if row.needs_products {
        clock::nothing_is_owed(conn, &ctx.pack, &before, verb)?;
    }
    let mut case = before.clone();
    let mut data = C::Detail::default();
    change(&mut case, &mut data)?;
    if row.needs_reason && !data.has_reason() {
        return Err(Refusal::NeedsReason.into());
    }
    case.go(ctx, row, &before);
    if row.clock != ClockEffect::None {
        data.set_due_at(case.head().due_at);
    }
    save(conn, ctx, (&mut case, &before), row)?;
    let head = case.head();
    let event = Event {
        id: new_event_id(ctx)?,
        case: target.case.clone(),
        seq: head.version,
        at: ctx.now,
        verb,
        actor: ctx.actor.clone(),
        from: Some(before.head().state),
        to: head.state,
        attempt: head.attempt,
        visibility: row.visibility,
        data,
    };
    record(conn, ctx, &mut case, &event, None)?;
    let followed = case.follow_up(conn, ctx, &before, &event)?;
    Ok((followed.unwrap_or(case), event))
}

/// Who saw an older state of the case is told so, unless all that happened since were additions, or `verb` is one.
pub fn must_be_fresh<C: Case>(case: &C, seen: Option<i64>, verb: C::Verb) -> Result<(), Refusal> {
    let (head, append) = (case.head(), C::transition(verb).is_some_and(|row| row.append));
    let current = head.changed_seq..=head.version;
    match seen.filter(|seen| !current.contains(seen) && !append) {
        Some(seen) => Err(Refusal::Stale { seen, current: head.version }),
        None => Ok(()),
    }
}

/// An addition writes its version alone.
fn save<C: Case>(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    (case, before): (&mut C, &C),
    row: &Transition<C>,
) -> Result<()> {
    let seen = before.head().version;
    case.stamp(seen + 1, ctx, row.append);
    if row.append {
        return case.save_version(conn);
    }
    if case.save(conn, ctx, seen)? {
        return Ok(());
    }
    Err(Refusal::Stale { seen, current: seen + 1 }.into())
}

/// Writes the event, the row of the outbox that makes letters of it, and moves the clocks. `sealed` travels to one letter
/// only.
pub fn record<C: Case>(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    case: &mut C,
    event: &Event<C>,
    sealed: Option<&[u8]>,
) -> Result<()> {
    event_store::insert(conn, event)?;
    outbox::put(conn, ctx, &event.id, &event.case, event.verb.as_str(), sealed)?;
    let owed = clock::follow(conn, ctx, case, event)?;
    if owed.as_ref() != case.head().step {
        case.set_step(conn, owed)?;
    }
    Ok(())
}

pub fn new_event_id(ctx: &Ctx) -> Result<EventId> {
    EventId::try_from(ctx.new_id()).map_err(|e| Error::failed("make an event id", e))
}
