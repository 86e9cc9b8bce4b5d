//! One-time links by mail: a citizen signs in by one, a reader confirms by one that an address is theirs.
//!
//! A link is valid for half an hour. It is used by pressing a button (POST), never by being fetched, because mail
//! scanners fetch every link. Whether an address is known is never told.

use super::admin::{self, Account};
use super::audit::{self, What};
use super::session::{self, NewSession};
use super::store;
use super::unasked::{self, For, Origin};
use crate::account::vault::{self, Enclosure, Identity};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::outbox;
use crate::platform::sealing::Vault;
use domain::ids::{AccountId, PersonId};
use domain::text::EmailAddress;
use jiff::{SignedDuration, Timestamp};

const LIVES: SignedDuration = SignedDuration::from_mins(30);
/// Links to one person within [`LIVES`]: more letters would only bury the first.
const AT_ONCE: i64 = 3;

/// The topics of the outbox rows.
pub const TOPIC: &str = "login_link";
pub const CONFIRM: &str = "confirm_address";
/// Where a link leads; the token follows.
const PATH: &str = "/sign-in/link/";

/// What a link is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    SignIn,
    Confirm,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Confirm => "confirm",
        }
    }
}

fn hash(vault: &Vault, token: &str) -> String {
    vault.keyed_hash("login_link", token)
}

/// A link for a person; only its hash is stored.
pub fn issue(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    person: &PersonId,
    purpose: Purpose,
) -> Result<String> {
    let token = ctx.ids.secret();
    store::insert_link(
        conn,
        &hash(vault, &token),
        purpose.as_str(),
        person,
        ctx.now,
        ctx.now + LIVES,
    )?;
    Ok(token)
}

/// Sends a sign-in link to an address, known or not: who never reported gets an account by using it. Says nothing of
/// whether a letter goes out; more than a few in half an hour, and more than [`unasked`] allows in a day, do not.
pub fn request(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    email: &EmailAddress,
    language: &str,
    origin: &Origin,
) -> Result<()> {
    let identity = Identity { email: Some(email.clone()), ..Identity::default() };
    let person = vault::keep(conn, ctx, vault, &identity, language)?;
    if store::links_since(conn, &person, ctx.now - LIVES)? >= AT_ONCE
        || !unasked::may_write(conn, ctx, &person, origin, For::SignIn)?
    {
        return Ok(());
    }
    let token = issue(conn, ctx, vault, &person, Purpose::SignIn)?;
    let enclosed = Enclosure { person: Some(person), path: format!("{PATH}{token}") };
    outbox::store::put_topic(conn, ctx, &ctx.new_id(), "", TOPIC, Some(&enclosed.seal(vault)?))
}

/// Sends a link to an address that a member of the staff gives for their letters: it is theirs once they open it.
pub fn ask_address(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    email: &EmailAddress,
    language: &str,
) -> Result<()> {
    let identity = Identity { email: Some(email.clone()), ..Identity::default() };
    let person = vault::keep(conn, ctx, vault, &identity, language)?;
    if store::links_since(conn, &person, ctx.now - LIVES)? >= AT_ONCE {
        return Ok(());
    }
    let token = issue(conn, ctx, vault, &person, Purpose::Confirm)?;
    let path = format!("/account?confirm={token}");
    let sealed = Enclosure { person: Some(person), path }.seal(vault)?;
    outbox::store::put_topic(conn, ctx, &ctx.new_id(), "", CONFIRM, Some(&sealed))
}

/// The address behind a link belongs to this account from now on; `false`: the link is of no use any more.
pub fn confirm_address(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    account: &AccountId,
    token: &str,
) -> Result<bool> {
    let Some(person) = redeem(conn, vault, token, Purpose::Confirm, ctx.now)? else {
        return Ok(false);
    };
    store::set_person(conn, account, Some(&person))?;
    audit::note(conn, ctx, What::AddressChanged, account.as_str())?;
    Ok(true)
}

/// Whose a link is that may still be used: their address; asking does not use it. Whoever presses on sees it first, so
/// that nobody signs in as somebody else who sent them their own link.
pub fn whose(
    conn: &mut Conn<'_>,
    vault: &Vault,
    token: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<String>> {
    let person = store::fresh_link(conn, &hash(vault, token), purpose.as_str(), now)?;
    let Some(person) = person else { return Ok(None) };
    let identity = vault::for_letters(conn, vault, &person)?.unwrap_or_default();
    Ok(Some(identity.email.map_or_else(String::new, |email| email.as_str().to_owned())))
}

/// Uses a link up. `None`: it is unknown, over, or was used before.
pub fn redeem(
    conn: &mut Conn<'_>,
    vault: &Vault,
    token: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<PersonId>> {
    let hash = hash(vault, token);
    let Some(person) = store::fresh_link(conn, &hash, purpose.as_str(), now)? else {
        return Ok(None);
    };
    Ok(store::use_link(conn, &hash, now)?.then_some(person))
}

/// How a sign-in by link went.
#[derive(Debug, PartialEq, Eq)]
pub enum ByLink {
    In(NewSession),
    Stale,
    Locked { reason: String },
}

/// Signs a citizen in by a link. Somebody who also is staff gets their citizen's account, not their desk: that takes
/// a password.
pub fn sign_in(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    token: &str,
    from: (&str, &str),
) -> Result<ByLink> {
    let (device, language) = from;
    let Some(person) = redeem(conn, vault, token, Purpose::SignIn, ctx.now)? else {
        return Ok(ByLink::Stale);
    };
    let Account { id, kind, locked_at, locked_reason, .. } =
        admin::citizen(conn, ctx, &person, language)?;
    if locked_at.is_some() {
        return Ok(ByLink::Locked { reason: locked_reason.unwrap_or_default() });
    }
    let session = session::start(conn, ctx, vault, &id, kind, device, false)?;
    audit::note_of(conn, ctx, Some(&id), What::SignIn, "link")?;
    Ok(ByLink::In(session))
}
