//! Letters that nobody we know asked for: somebody typed an address, which may be a stranger's. Whatever the door, one
//! address gets a few a day, and one origin causes so many; more are left out, and nobody is told.

use super::unasked_store as store;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::limits::{UNASKED_FROM_ONE_ORIGIN, UNASKED_SIGN_INS, UNASKED_TO_ONE_ADDRESS};
use crate::platform::sealing::Vault;
use domain::ids::PersonId;
use jiff::{SignedDuration, Timestamp};
use std::net::IpAddr;

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Whose doing a letter is, as far as we can count it: a network, by its keyed hash. `None`: staff, or a program with a key.
#[derive(Debug, Clone)]
pub struct Origin(Option<String>);

impl Origin {
    /// `network`: the address as quotas count it.
    pub fn of(vault: &Vault, network: IpAddr) -> Self {
        Self(Some(vault.keyed_hash("origin", &network.to_string())))
    }

    pub const fn trusted() -> Self {
        Self(None)
    }
}

/// What a letter is for: who waits for a link to sign in is not kept out by letters of other kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    SignIn,
    Other,
}

/// Whether one more letter may go to this person now; if so, it is counted.
pub fn may_write(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    person: &PersonId,
    origin: &Origin,
    what: For,
) -> Result<bool> {
    let origin = origin.0.as_deref();
    let (to, from) = store::counted(conn, person, origin, ctx.now - DAY)?;
    let most = match what {
        For::SignIn => UNASKED_TO_ONE_ADDRESS + UNASKED_SIGN_INS,
        For::Other => UNASKED_TO_ONE_ADDRESS,
    };
    let may = to < most && from < UNASKED_FROM_ONE_ORIGIN;
    if may {
        store::insert(conn, &ctx.new_id(), person, origin, ctx.now)?;
    }
    Ok(may)
}

/// Forgets letters that count no more: a job.
pub fn forget(conn: &mut Conn<'_>, now: Timestamp) -> Result<()> {
    Ok(store::forget_before(conn, now - DAY)?)
}
