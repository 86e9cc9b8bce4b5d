//! Sign in: throttle, password, and, for those who set it up, a code from the telephone. Nothing here knows HTTP.
//!
//! An unknown login and a wrong password get the same answer after the same time; that an account is locked, and why,
//! is told only to who knows its password.

use super::admin::{self, Account};
use super::audit::{self, What};
use super::session::{self, NewSession, Signed};
use super::throttle::Throttle;
use super::{password, store, totp};
use crate::platform::clock::Clock;
use crate::platform::ctx::Ctx;
use crate::platform::db::{Conn, Db};
use crate::platform::error::{Error, Result};
use crate::platform::sealing::Vault;
use domain::ids::AccountId;
use domain::refusal::Refusal;
use std::net::IpAddr;

/// What it takes to let somebody in.
#[derive(Clone, Copy)]
pub struct Door<'a> {
    pub db: &'a Db,
    /// A password takes long to check; whoever is let in comes in when that is done.
    pub clock: &'a Clock,
    pub ctx: &'a Ctx,
    pub vault: &'a Vault,
    pub throttle: &'a Throttle,
}

/// What somebody typed, and from where.
#[derive(Clone)]
pub struct Attempt {
    pub login: String,
    pub password: String,
    pub address: IpAddr,
    /// What the browser calls itself.
    pub device: String,
}

/// How it went.
#[derive(Debug, PartialEq, Eq)]
pub enum Entry {
    In(NewSession),
    /// The password was right; the session is a half one until the code is given.
    CodeOwed(NewSession),
    Wrong,
    Locked {
        reason: String,
    },
    Wait {
        seconds: u64,
    },
}

/// Tries a login and a password.
pub async fn with_password(door: Door<'_>, attempt: Attempt) -> Result<Entry> {
    let Door { db, clock, ctx, vault, throttle } = door;
    let login = admin::login(&attempt.login).unwrap_or_default();
    if let Err(seconds) = throttle.begin(&login, attempt.address, ctx.now) {
        return Ok(Entry::Wait { seconds });
    }
    let wanted = login.clone();
    let account = db.read(move |conn| Ok::<_, Error>(store::by_login(conn, &wanted)?)).await?;
    let stored = account.as_ref().and_then(|account| account.password_hash.clone());
    let right = password::verify(attempt.password, stored).await?;
    let Some(account) = account.filter(|_| right) else { return Ok(Entry::Wrong) };
    throttle.succeeded(&login, attempt.address);
    if account.locked_at.is_some() {
        return Ok(Entry::Locked { reason: account.locked_reason.unwrap_or_default() });
    }
    let ctx = Ctx { now: clock.now(), ..ctx.clone() };
    let (vault, device) = (vault.clone(), attempt.device);
    db.write(move |conn| enter(conn, &ctx, &vault, &account, &device)).await
}

fn enter(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    account: &Account,
    device: &str,
) -> Result<Entry> {
    let half = account.totp_sealed.is_some();
    let session = session::start(conn, ctx, vault, &account.id, account.kind, device, half)?;
    if half {
        return Ok(Entry::CodeOwed(session));
    }
    audit::note_of(conn, ctx, Some(&account.id), What::SignIn, "password")?;
    Ok(Entry::In(session))
}

/// Tries a one-time or recovery code for a half session, which it replaces by a whole one with a new secret.
pub async fn with_code(
    door: Door<'_>,
    half: Signed,
    code: String,
    from: (IpAddr, String),
) -> Result<Entry> {
    let Door { db, ctx, vault, throttle, .. } = door;
    let (address, device) = from;
    // Counted apart from the password: knowing it must not reset the tries at the code.
    let count = format!("code {}", half.account);
    if let Err(seconds) = throttle.begin(&count, address, ctx.now) {
        return Ok(Entry::Wait { seconds });
    }
    let (ctx, vault) = (ctx.clone(), vault.clone());
    let entry = db
        .write(move |conn| {
            let account = store::account(conn, &half.account)?.ok_or(Refusal::NotFound)?;
            if !totp::accept(conn, &ctx, &vault, &account, &code)? {
                return Ok::<_, Error>(Entry::Wrong);
            }
            session::end(conn, &half.session)?;
            let session =
                session::start(conn, &ctx, &vault, &account.id, account.kind, &device, false)?;
            audit::note_of(conn, &ctx, Some(&account.id), What::SignIn, "password and code")?;
            Ok(Entry::In(session))
        })
        .await?;
    if matches!(entry, Entry::In(_)) {
        throttle.succeeded(&count, address);
    }
    Ok(entry)
}

/// Why a password cannot be changed to what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotChanged {
    WrongOld,
    TooShort,
}

/// Changes the password of who knows the old one; all their other sessions end.
pub async fn change_password(
    (db, clock): (&Db, &Clock),
    ctx: &Ctx,
    signed: &Signed,
    old: String,
    new: String,
) -> Result<Result<(), NotChanged>> {
    if !is_password(db, &signed.account, old).await? {
        return Ok(Err(NotChanged::WrongOld));
    }
    if !password::is_long_enough(&new) {
        return Ok(Err(NotChanged::TooShort));
    }
    let hash = password::hash_later(new, ctx.ids.random()).await?;
    let ctx = Ctx { now: clock.now(), ..ctx.clone() };
    let (account, kept) = (signed.account.clone(), signed.session.clone());
    db.write(move |conn| {
        store::set_password(conn, &account, &hash)?;
        session::end_all(conn, &account, Some(&kept))?;
        audit::note_of(conn, &ctx, Some(&account), What::PasswordChanged, "")?;
        Ok::<_, Error>(Ok(()))
    })
    .await
}

/// Does this password belong to that account? Asked before the second factor is taken off.
pub async fn is_password(db: &Db, account: &AccountId, typed: String) -> Result<bool> {
    let account = account.clone();
    let found = db.read(move |conn| Ok::<_, Error>(store::account(conn, &account)?)).await?;
    password::verify(typed, found.and_then(|account| account.password_hash)).await
}
