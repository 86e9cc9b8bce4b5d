//! What staff see of letters: what was delivered, what failed and why; and sending one again.
//!
//! No address and no name: the centre sees that the reporter was told, not who that is.

use super::follow::Way;
use super::store;
use crate::account::policy::Sight;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::outbox;
use crate::platform::sealing::Vault;
use crate::service_request::form::receipt;
use domain::ids::{DeliveryId, ServiceRequestId};
use domain::refusal::Refusal;
use jiff::Timestamp;

/// States a delivery can be in, in the order a filter shows them.
pub const STATES: [&str; 4] = ["failed", "waiting", "sent", "dropped"];
/// Letters shown with one report.
const OF_ONE_REPORT: usize = 100;
/// Outbox rows shown; more than that is one and the same trouble.
const STUCK: usize = 50;

/// A delivery, for staff.
#[derive(Debug, Clone)]
pub struct Letter {
    pub id: DeliveryId,
    pub request: Option<ServiceRequestId>,
    /// reporter, follower, staff, asker.
    pub reader: String,
    pub letter: String,
    pub language: String,
    pub state: String,
    pub attempts: i64,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    /// When it is tried next, while it waits.
    pub due_at: Timestamp,
    /// What came of the last attempt: a word of ours or the mail server's own.
    pub detail: Option<String>,
    pub way: Way,
    /// It is about a confidential report.
    pub confidential: bool,
}

/// An event that could not be turned into letters yet.
#[derive(Debug, Clone)]
pub struct Stuck {
    pub id: String,
    pub topic: String,
    pub request: String,
    pub attempts: i64,
    pub due_at: Timestamp,
}

#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub state: Option<String>,
    pub request: Option<ServiceRequestId>,
    /// Those of confidential reports only, or all others.
    pub sight: Sight,
    /// Older than this one: time (milliseconds UTC) and id.
    pub before: Option<(i64, String)>,
}

/// The letters about one report, newest first.
pub fn letters_of(conn: &mut Conn<'_>, request: &ServiceRequestId) -> Result<Vec<Letter>> {
    Ok(store::letters_of(conn, request, OF_ONE_REPORT)?)
}

pub fn letters(conn: &mut Conn<'_>, filter: &Filter, limit: usize) -> Result<Vec<Letter>> {
    Ok(store::letters(conn, filter, limit)?)
}

pub fn letter(conn: &mut Conn<'_>, id: &DeliveryId) -> Result<Letter> {
    Ok(store::letter(conn, id)?.ok_or(Refusal::NotFound)?)
}

/// How many are in each of [`STATES`].
pub fn counts(conn: &mut Conn<'_>, sight: &Sight) -> Result<Vec<(&'static str, i64)>> {
    let found = store::counts(conn, sight)?;
    let of = |state: &str| found.iter().find(|(known, _)| known == state).map_or(0, |(_, n)| *n);
    Ok(STATES.into_iter().map(|state| (state, of(state))).collect())
}

pub fn stuck(conn: &mut Conn<'_>, sight: &Sight) -> Result<Vec<Stuck>> {
    Ok(store::stuck(conn, sight, STUCK)?)
}

/// Sends an ended letter again, as a new one to mail programs. A reporter's letter gets a new link: the old secret is
/// forgotten. A link that somebody asked for is not sent twice: it would be out of date; they can ask again.
pub fn send_again(conn: &mut Conn<'_>, ctx: &Ctx, vault: &Vault, id: &DeliveryId) -> Result<()> {
    let letter = letter(conn, id)?;
    let sealed = match (letter.reader.as_str(), letter.state.as_str(), &letter.request) {
        ("asker", "sent", _) => return Err(Refusal::NothingToChange.into()),
        ("reporter", "sent", Some(request)) => Some(receipt::another(conn, ctx, vault, request)?),
        _ => None,
    };
    if store::send_again(conn, id, sealed.as_deref(), ctx.now)? {
        Ok(())
    } else {
        Err(Refusal::NothingToChange.into())
    }
}

/// Lets an outbox row be dispatched anew, at once, if it is among those this person sees.
pub fn try_again(conn: &mut Conn<'_>, ctx: &Ctx, sight: &Sight, id: &str) -> Result<()> {
    if stuck(conn, sight)?.iter().any(|row| row.id == id)
        && outbox::store::try_again(conn, id, ctx.now)?
    {
        Ok(())
    } else {
        Err(Refusal::NotFound.into())
    }
}
