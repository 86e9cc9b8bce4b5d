//! Undo: who decided at intake takes it back within seconds, before anybody was told.
//!
//! A decision made on the desk holds its rows of the outbox back for [`TIME`], and what the report and its clocks were is
//! kept beside it, in the same transaction. Taking those rows out of the outbox decides: either a dispatcher had one, on
//! whatever node, and people are told, or who takes back has them all. History keeps both steps, the
//! decision without its words, and that it was taken back. Not here: decisions that are made elsewhere than on the desk, of which people are told at once.

use super::{Acted, On, act, promise_store, recurrence, step_store, undo_store};
use crate::case::clock::{self, Kept};
use crate::case::event_store;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::service_request::{store, support_store};
use domain::ids::{AccountId, AgencyId, EventId, ProcedureCode, ServiceRequestId};
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;
use domain::service_request::{ServiceRequest, State};
use domain::time::Suspension;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// So long a decision can be taken back.
pub const TIME: SignedDuration = SignedDuration::from_secs(10);
/// What can be: the decisions of intake.
const DECISIONS: [Verb; 4] = [Verb::Accept, Verb::Refuse, Verb::Ask, Verb::Merge];

/// A decision that may still be taken back.
#[derive(Debug, Clone)]
pub struct Decided {
    pub request: ServiceRequestId,
    pub event: EventId,
    /// To which it led.
    pub version: i64,
    pub account: AccountId,
    /// Rows of the outbox that are held back.
    pub held: i64,
    pub until: Timestamp,
    pub was: Was,
}

/// What decisions of intake change, as it was before.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Was {
    agency: AgencyId,
    accepted_at: Option<Timestamp>,
    responded_at: Option<Timestamp>,
    procedure: Option<ProcedureCode>,
    procedure_version: Option<u32>,
    procedure_hash: Option<String>,
    clock_from: Option<Timestamp>,
    suspensions: Vec<Suspension>,
    refused_by: Option<AccountId>,
    contested: bool,
    /// It stood in a chain of repeated reports already.
    in_chain: bool,
    clocks: Vec<Kept>,
}

impl Was {
    fn of(report: &ServiceRequest, clocks: Vec<Kept>) -> Self {
        Self {
            agency: report.agency.clone(),
            accepted_at: report.accepted_at,
            responded_at: report.responded_at,
            procedure: report.procedure.clone(),
            procedure_version: report.procedure_version,
            procedure_hash: report.procedure_hash.clone(),
            clock_from: report.clock_from,
            suspensions: report.suspensions.clone(),
            refused_by: report.refused_by.clone(),
            contested: report.contested,
            in_chain: report.again.is_some(),
            clocks,
        }
    }

    fn put_back(&self, report: &mut ServiceRequest) {
        report.agency.clone_from(&self.agency);
        report.accepted_at = self.accepted_at;
        report.responded_at = self.responded_at;
        report.procedure.clone_from(&self.procedure);
        report.procedure_version = self.procedure_version;
        report.procedure_hash.clone_from(&self.procedure_hash);
        report.clock_from = self.clock_from;
        report.suspensions.clone_from(&self.suspensions);
        report.refused_by.clone_from(&self.refused_by);
        report.contested = self.contested;
        report.outcome = None;
        report.refusal_code = None;
        report.merged_into = None;
        report.closed_at = None;
        report.question_until = None;
        report.asked_in = None;
        if !self.in_chain {
            report.again = None;
        }
    }
}

/// Does a verb; where it is a decision of intake, so that it can be taken back, and says until when. `do_it` is the verb
/// itself.
pub fn with_time(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    verb: Verb,
    do_it: impl FnOnce(&mut Conn<'_>) -> Result<Acted>,
) -> Result<(Acted, Option<Timestamp>)> {
    let account = ctx.actor.account.clone().filter(|_| DECISIONS.contains(&verb));
    let Some(account) = account else { return Ok((do_it(conn)?, None)) };
    // Not locked: joining locks two in an order of its own. Where it changes meanwhile, the verb refuses.
    let report = store::find(conn, &on.id)?.ok_or(Refusal::NotFound)?;
    // A promise that the decision would settle stays settled: such a report is decided for good.
    let promised = !promise_store::open_of(conn, &on.id)?.is_empty();
    if report.state != State::Received || promised {
        return Ok((do_it(conn)?, None));
    }
    let was = Was::of(&report, clock::of(conn, &on.id)?);
    let acted = do_it(conn)?;
    let until = ctx.now + TIME;
    let held = undo_store::hold(conn, &on.id, &acted.event, until)?;
    let decided = Decided {
        request: on.id.clone(),
        event: acted.event.clone(),
        version: acted.report.version,
        account,
        held: i64::try_from(held).unwrap_or(i64::MAX),
        until,
        was,
    };
    undo_store::sweep(conn, ctx.now)?;
    undo_store::keep(conn, &decided)?;
    Ok((acted, Some(until)))
}

/// The decision on this report that this person may still take back.
pub fn open_to(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    account: &AccountId,
    now: Timestamp,
) -> Result<Option<Decided>> {
    let found = undo_store::find(conn, request)?;
    Ok(found.filter(|decided| decided.account == *account && now < decided.until))
}

/// Puts the report back to where it was. Whoever made the decision, and before anybody was told.
pub fn undo(conn: &mut Conn<'_>, ctx: &Ctx, on: &On) -> Result<Acted> {
    let account = ctx.actor.account.clone().ok_or(Refusal::Forbidden)?;
    let decided = open_to(conn, &on.id, &account, ctx.now)?.ok_or(Refusal::TooLateToUndo)?;
    let taken = undo_store::take_back(conn, &on.id, &decided.event, decided.until)?;
    if i64::try_from(taken).unwrap_or(i64::MAX) != decided.held {
        return Err(Refusal::TooLateToUndo.into());
    }
    let before = store::find_for_update(conn, &on.id)?.ok_or(Refusal::NotFound)?;
    let same = On { id: on.id.clone(), seen: Some(decided.version) };
    let mut acted = act(conn, ctx, &same, Verb::Undo, |report, _| {
        decided.was.put_back(report);
        Ok(())
    })?;
    let owed = clock::put_back(conn, &on.id, &decided.was.clocks)?;
    step_store::set_step(conn, &on.id, owed.as_ref())?;
    acted.report.step = owed;
    if !decided.was.in_chain && before.again.is_some() {
        recurrence::unlink(conn, &on.id)?;
    }
    if let Some(into) = &before.merged_into {
        support_store::part(conn, &on.id, into)?;
    }
    // Nobody was told, and nobody is to read its words.
    event_store::rewrite::<ServiceRequest>(conn, &on.id, &decided.event, |data| {
        (data.text, data.other) = (None, None);
    })?;
    undo_store::forget(conn, &on.id)?;
    Ok(acted)
}

pub(super) fn to_json(what: &impl Serialize) -> Result<String> {
    serde_json::to_string(what).map_err(|e| Error::failed("write JSON", e))
}
