//! Sessions: a secret in a cookie, its keyed hash in the database, and the person it stands for.
//!
//! A session lives while it is used (staff 12 hours, citizens 90 days) and is taken away by deleting its row. There is
//! no cache: a revoked session is gone at the next request. The cookie itself is made in `http.rs`.

use super::audit::{self, What};
use super::store;
use crate::platform::ctx::Ctx;
use crate::platform::db::{Conn, Db};
use crate::platform::error::Result;
use crate::platform::limits::{CITIZEN_SESSION_DAYS, STAFF_SESSION_HOURS};
use crate::platform::sealing::Vault;
use domain::actor::{Actor, Role};
use domain::ids::{AccountId, AgencyId, PersonId};
use jiff::{SignedDuration, Timestamp};

/// Name of the cookie.
pub const COOKIE: &str = "nhip";
/// How exactly we know when a session was last used: one write in five minutes, not one a request.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// How long the one-time code may take after the password.
const HALF_FOR: SignedDuration = SignedDuration::from_mins(10);
/// Characters kept of what a browser calls itself.
const DEVICE_CHARS: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Staff,
    Citizen,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Citizen => "citizen",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Staff, Self::Citizen].into_iter().find(|kind| kind.as_str() == text)
    }

    fn lives(self) -> SignedDuration {
        match self {
            Self::Staff => SignedDuration::from_hours(STAFF_SESSION_HOURS),
            Self::Citizen => SignedDuration::from_hours(24 * CITIZEN_SESSION_DAYS),
        }
    }
}

/// A person who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    pub account: AccountId,
    /// May be empty for a citizen.
    pub name: String,
    pub login: Option<String>,
    pub roles: Vec<Role>,
    pub agency: Option<AgencyId>,
    pub person: Option<PersonId>,
    pub kind: Kind,
    pub language: String,
    /// Keys alone do things at the desk.
    pub shortcuts: bool,
    /// Keyed hash of the session's secret: its name in the database.
    pub session: String,
    pub seen_at: Timestamp,
}

impl Signed {
    pub fn is_staff(&self) -> bool {
        self.kind == Kind::Staff
    }

    /// As who they are, for what concerns only their own account.
    pub fn as_themselves(&self) -> Actor {
        let role = self.roles.first().copied().unwrap_or(Role::Reporter);
        Actor { role, account: Some(self.account.clone()), agency: self.agency.clone() }
    }

    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// A fresh session: `secret` goes into the cookie and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct NewSession {
    pub secret: String,
    pub kind: Kind,
}

impl std::fmt::Debug for NewSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewSession({:?})", self.kind)
    }
}

pub fn hash(vault: &Vault, secret: &str) -> String {
    vault.keyed_hash("session", secret)
}

/// Who is behind a cookie, and notes once in five minutes that they were here.
pub async fn of_secret(
    db: &Db,
    vault: &Vault,
    now: Timestamp,
    secret: &str,
) -> Result<Option<Signed>> {
    let token = hash(vault, secret);
    let signed = db.read(move |conn| find(conn, &token, now)).await?;
    if let Some(signed) =
        signed.as_ref().filter(|signed| now.duration_since(signed.seen_at) >= TOUCH_EVERY)
    {
        let (token, until) = (signed.session.clone(), now + signed.kind.lives());
        let noted = db.write(move |conn| store::touch_session(conn, &token, now, until)).await;
        // On a full disk people may still read; the session is noted at a later request.
        if let Err(error) = noted {
            tracing::warn!(%error, "session not noted");
        }
    }
    Ok(signed)
}

/// The person of a session that is whole, not over, and whose account is not locked.
pub fn find(conn: &mut Conn<'_>, token_hash: &str, now: Timestamp) -> Result<Option<Signed>> {
    Ok(store::find_session(conn, token_hash, now, false)?)
}

/// Who gave the right password and still owes the one-time code.
pub fn find_half(conn: &mut Conn<'_>, token_hash: &str, now: Timestamp) -> Result<Option<Signed>> {
    Ok(store::find_session(conn, token_hash, now, true)?)
}

/// Starts a session; `half` while the one-time code is owed. Every sign-in gets a new secret, so that one planted in
/// somebody's browser before is worth nothing.
pub fn start(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    account: &AccountId,
    kind: Kind,
    device: &str,
    half: bool,
) -> Result<NewSession> {
    let secret = ctx.ids.secret();
    let until = ctx.now + if half { HALF_FOR } else { kind.lives() };
    let device: String = device.chars().filter(|c| !c.is_control()).take(DEVICE_CHARS).collect();
    store::insert_session(conn, &hash(vault, &secret), account, ctx.now, until, half, &device)?;
    Ok(NewSession { secret, kind })
}

/// Ends one session.
pub fn end(conn: &mut Conn<'_>, token_hash: &str) -> Result<()> {
    Ok(store::delete_session(conn, token_hash)?)
}

/// A session in the list on the account page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub token_hash: String,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    /// What the browser called itself.
    pub device: String,
}

/// Somebody's running sessions, last used first.
pub fn list(conn: &mut Conn<'_>, account: &AccountId, now: Timestamp) -> Result<Vec<Listed>> {
    Ok(store::sessions_of(conn, account, now)?)
}

/// Ends one of the account's own sessions; somebody else's is left alone.
pub fn end_own(conn: &mut Conn<'_>, account: &AccountId, token_hash: &str) -> Result<()> {
    Ok(store::delete_session_of(conn, account, token_hash)?)
}

/// Ends all sessions of an account but `keep`, if one is given.
pub fn end_all(conn: &mut Conn<'_>, account: &AccountId, keep: Option<&str>) -> Result<()> {
    Ok(store::delete_sessions(conn, account, keep)?)
}

/// Signs an account out of every browser, at its owner's wish.
pub fn end_everywhere(conn: &mut Conn<'_>, ctx: &Ctx, account: &AccountId) -> Result<()> {
    end_all(conn, account, None)?;
    audit::note(conn, ctx, What::SignOutEverywhere, "")
}

/// Takes out what is over: a job.
pub fn tidy(conn: &mut Conn<'_>, now: Timestamp) -> Result<()> {
    Ok(store::delete_expired(conn, now)?)
}
