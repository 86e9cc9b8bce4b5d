//! Who on the staff may give, change and lock whose account: administrators everybody's, heads those of officers and heads
//! of their own agency, nobody their own. The command line, which only the owner of the machine has, asks nothing of this
//! but that there is always an administrator.

use super::admin::{self, Account, NewStaff, STAFF_ROLES};
use super::audit::{self, What};
use super::session::{Kind, Signed};
use super::{staff_store, store};
use crate::platform::ctx::Ctx;
use crate::platform::db::{Conn, dialect};
use crate::platform::error::{Error, Result};
use domain::actor::{Actor, Role};
use domain::ids::AccountId;
use domain::refusal::Refusal;

/// The person in that of their roles that has most power over accounts.
pub fn manager(signed: &Signed) -> Result<Actor, Refusal> {
    let role = [Role::Administrator, Role::Head].into_iter().find(|r| signed.roles.contains(r));
    role.filter(|_| signed.is_staff()).map(|role| signed.acting_as(role)).ok_or(Refusal::Forbidden)
}

/// The roles somebody may give.
pub fn gives(actor: &Actor) -> &'static [Role] {
    if actor.role == Role::Administrator { STAFF_ROLES } else { &[Role::Officer, Role::Head] }
}

fn sees(actor: &Actor, account: &Account) -> bool {
    actor.role == Role::Administrator || (actor.agency.is_some() && actor.agency == account.agency)
}

/// May they change this account?
pub fn may_change(actor: &Actor, account: &Account) -> bool {
    let gives = gives(actor);
    sees(actor, account)
        && actor.account.as_ref() != Some(&account.id)
        && account.roles.iter().all(|role| gives.contains(role))
}

/// Those of the staff whom they see, by login.
pub fn seen_by(conn: &mut Conn<'_>, actor: &Actor) -> Result<Vec<Account>> {
    Ok(store::staff(conn)?.into_iter().filter(|account| sees(actor, account)).collect())
}

/// An account that they may change.
pub fn changeable(conn: &mut Conn<'_>, actor: &Actor, id: &AccountId) -> Result<Account> {
    let found = store::account(conn, id)?.filter(|account| account.kind == Kind::Staff);
    let account = found.filter(|account| sees(actor, account)).ok_or(Refusal::NotFound)?;
    if may_change(actor, &account) { Ok(account) } else { Err(Refusal::Forbidden.into()) }
}

/// Whom a head adds or changes belongs to the head's agency, and gets no more than a head may give.
fn within(actor: &Actor, new: &NewStaff) -> Result<NewStaff, Refusal> {
    let gives = gives(actor);
    if !new.roles.iter().all(|role| gives.contains(role)) {
        return Err(Refusal::Invalid { field: "role" });
    }
    if admin::name(&new.name)?.is_empty() {
        return Err(Refusal::Missing { field: "name" });
    }
    let of_head = actor.role != Role::Administrator;
    let agency = if of_head { actor.agency.clone() } else { new.agency.clone() };
    Ok(NewStaff { agency, ..new.clone() })
}

pub fn add(conn: &mut Conn<'_>, ctx: &Ctx, new: &NewStaff, hash: &str) -> Result<AccountId> {
    admin::add(conn, ctx, &within(&ctx.actor, new)?, hash)
}

/// Another name, other roles, another agency or language. Roles that are taken are gone at the next request.
pub fn change(conn: &mut Conn<'_>, ctx: &Ctx, id: &AccountId, new: &NewStaff) -> Result<()> {
    let new = within(&ctx.actor, new)?;
    admin::fits(ctx, &new.roles, new.agency.as_ref())?;
    if !new.roles.contains(&Role::Administrator) {
        keep_an_administrator(conn, id)?;
    }
    let account = changeable(conn, &ctx.actor, id)?;
    let new = NewStaff { name: admin::name(&new.name)?, ..new };
    staff_store::set(conn, &account, &new)?;
    let roles = new.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" ");
    audit::note(conn, ctx, What::StaffChanged, &format!("{id} {roles}"))
}

/// Refuses to go on where nobody but this account could give accounts. Two who take each other's power at once come one
/// after the other.
pub(super) fn keep_an_administrator(conn: &mut Conn<'_>, without: &AccountId) -> Result<()> {
    dialect::one_at_a_time(conn, "administrators")?;
    let (it, others): (Vec<Account>, Vec<Account>) = store::staff(conn)?
        .into_iter()
        .filter(|a| a.locked_at.is_none() && a.roles.contains(&Role::Administrator))
        .partition(|account| account.id == *without);
    if !it.is_empty() && others.is_empty() {
        return Err(Error::unacceptable("role", "error-last-administrator", 409));
    }
    Ok(())
}
