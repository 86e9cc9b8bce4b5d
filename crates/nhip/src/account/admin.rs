//! Giving and taking accounts: what the command line and the demo call.

use super::audit::{self, What};
use super::session::{self, Kind, Signed};
use super::{staff, store, vault};
use crate::account::vault::Identity;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::limits;
use crate::platform::sealing::Vault;
use domain::actor::Role;
use domain::ids::{AccountId, AgencyId, PersonId};
use domain::refusal::Refusal;
use domain::text::{EmailAddress, Text, TextError};
use jiff::Timestamp;

/// A row of `account`. It holds a hash and a sealed secret: it is not printed and not shown.
#[derive(Clone)]
pub struct Account {
    pub id: AccountId,
    pub kind: Kind,
    pub login: Option<String>,
    pub name: String,
    pub roles: Vec<Role>,
    pub agency: Option<AgencyId>,
    pub person: Option<PersonId>,
    pub password_hash: Option<String>,
    pub totp_sealed: Option<Vec<u8>>,
    pub totp_last_step: Option<i64>,
    pub language: String,
    pub locked_at: Option<Timestamp>,
    pub locked_reason: Option<String>,
}

/// Somebody who is to have a desk.
#[derive(Debug, Clone)]
pub struct NewStaff {
    pub login: String,
    pub name: String,
    pub roles: Vec<Role>,
    pub agency: Option<AgencyId>,
    pub language: String,
}

/// Roles an account can have; the others are for people without a desk and for jobs.
pub const STAFF_ROLES: &[Role] = &[
    Role::Operator,
    Role::Reviewer,
    Role::Officer,
    Role::Head,
    Role::Inspector,
    Role::Leader,
    Role::Administrator,
];

/// A login as it is stored and compared: lower case, letters of ASCII, digits and `.-_@`, 2 to 64 of them.
pub fn login(typed: &str) -> Option<String> {
    let login = typed.trim().to_ascii_lowercase();
    let fits = (2..=64).contains(&login.len())
        && login.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_@".contains(&b));
    fits.then_some(login)
}

/// Adds a staff account. `password_hash` comes from `password::hash`, which is slow and so is not done in here.
pub fn add(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    new: &NewStaff,
    password_hash: &str,
) -> Result<AccountId> {
    let login = login(&new.login).ok_or(Refusal::Invalid { field: "login" })?;
    fits(ctx, &new.roles, new.agency.as_ref())?;
    if store::by_login(conn, &login)?.is_some() {
        return Err(Error::unacceptable("login", "error-login-used-already", 409));
    }
    let account = Account {
        id: new_account_id(ctx)?,
        kind: Kind::Staff,
        login: Some(login),
        name: name(&new.name)?,
        roles: new.roles.clone(),
        agency: new.agency.clone(),
        person: None,
        password_hash: Some(password_hash.to_owned()),
        totp_sealed: None,
        totp_last_step: None,
        language: new.language.clone(),
        locked_at: None,
        locked_reason: None,
    };
    store::insert_account(conn, &account, ctx.now)?;
    audit::note(conn, ctx, What::AccountAdded, account.id.as_str())?;
    Ok(account.id)
}

/// Whether somebody of the staff can have these roles, for this agency.
pub(super) fn fits(ctx: &Ctx, roles: &[Role], agency: Option<&AgencyId>) -> Result<(), Refusal> {
    if roles.is_empty() {
        return Err(Refusal::Missing { field: "role" });
    }
    if !roles.iter().all(|role| STAFF_ROLES.contains(role)) {
        return Err(Refusal::Invalid { field: "role" });
    }
    if let Some(agency) = agency.filter(|agency| ctx.pack.agency(agency).is_none()) {
        return Err(Refusal::Unknown { what: "agency", code: agency.to_string() });
    }
    if agency.is_none() && roles.iter().any(|role| matches!(role, Role::Officer | Role::Head)) {
        return Err(Refusal::Missing { field: "agency" });
    }
    Ok(())
}

/// Sends the letters of a member of the staff to this address from now on; to none: they get no letters. It is kept in
/// the vault, like everybody's.
pub fn write_to(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    account: &AccountId,
    email: Option<EmailAddress>,
) -> Result<()> {
    let found = store::account(conn, account)?.filter(|account| account.kind == Kind::Staff);
    let Some(account) = found else { return Err(Refusal::NotFound.into()) };
    let person = match email {
        Some(email) => {
            let identity = Identity { email: Some(email), ..Identity::default() };
            Some(vault::keep(conn, ctx, vault, &identity, &account.language)?)
        }
        None => None,
    };
    store::set_person(conn, &account.id, person.as_ref())?;
    audit::note(conn, ctx, What::AddressChanged, account.id.as_str())
}

pub(super) fn new_account_id(ctx: &Ctx) -> Result<AccountId> {
    AccountId::try_from(ctx.new_id()).map_err(|e| Error::failed("make an account id", e))
}

/// A name as it is kept.
pub fn name(typed: &str) -> Result<String, Refusal> {
    match Text::parse_line(typed, limits::NAME_CHARS) {
        Ok(name) => Ok(name.into()),
        Err(TextError::Empty) => Ok(String::new()),
        Err(TextError::TooLong { max, .. }) => Err(Refusal::TooLong { field: "name", limit: max }),
        Err(TextError::Nul { at }) => Err(Refusal::Nul { field: "name", at }),
    }
}

/// The citizen's account of a person, made at their first sign-in.
pub fn citizen(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    person: &PersonId,
    language: &str,
) -> Result<Account> {
    if let Some(account) = store::by_person(conn, person)? {
        return Ok(account);
    }
    let account = Account {
        id: new_account_id(ctx)?,
        kind: Kind::Citizen,
        login: None,
        name: String::new(),
        roles: Vec::new(),
        agency: None,
        person: Some(person.clone()),
        password_hash: None,
        totp_sealed: None,
        totp_last_step: None,
        language: language.to_owned(),
        locked_at: None,
        locked_reason: None,
    };
    store::insert_account(conn, &account, ctx.now)?;
    Ok(account)
}

/// The account of that login, or the refusal that says there is none.
pub fn by_login(conn: &mut Conn<'_>, typed: &str) -> Result<Account> {
    let found = login(typed).map(|login| store::by_login(conn, &login)).transpose()?.flatten();
    found.ok_or_else(|| Refusal::Unknown { what: "login", code: typed.to_owned() }.into())
}

/// A new password, no second factor, no session: for somebody who lost the telephone or the password.
pub fn reset(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    account: &AccountId,
    password_hash: &str,
) -> Result<()> {
    store::set_password(conn, account, password_hash)?;
    store::set_totp(conn, account, None, None)?;
    session::end_all(conn, account, None)?;
    audit::note(conn, ctx, What::AccountReset, account.as_str())
}

/// Locks an account, for a reason that its owner is told, and ends its sessions.
pub fn lock(conn: &mut Conn<'_>, ctx: &Ctx, account: &AccountId, reason: &str) -> Result<()> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::NeedsReason.into());
    }
    staff::keep_an_administrator(conn, account)?;
    store::set_lock(conn, account, Some(ctx.now), Some(reason))?;
    session::end_all(conn, account, None)?;
    audit::note(conn, ctx, What::AccountLocked, account.as_str())
}

pub fn unlock(conn: &mut Conn<'_>, ctx: &Ctx, account: &AccountId) -> Result<()> {
    store::set_lock(conn, account, None, None)?;
    audit::note(conn, ctx, What::AccountUnlocked, account.as_str())
}

/// Changes what an account's owner may change of it. Letters follow the language.
pub fn change(conn: &mut Conn<'_>, signed: &Signed, typed: &str, language: &str) -> Result<()> {
    let name = name(typed)?;
    if name.is_empty() && signed.is_staff() {
        return Err(Refusal::Missing { field: "name" }.into());
    }
    store::set_profile(conn, &signed.account, &name, language)?;
    match &signed.person {
        Some(person) => vault::set_language(conn, person, language),
        None => Ok(()),
    }
}

/// Whether keys alone do things at the desk of this account.
pub fn set_shortcuts(conn: &mut Conn<'_>, account: &AccountId, on: bool) -> Result<()> {
    Ok(store::set_shortcuts(conn, account, on)?)
}

/// Is a code asked for after the password?
pub fn has_second_factor(conn: &mut Conn<'_>, account: &AccountId) -> Result<bool> {
    Ok(store::account(conn, account)?.is_some_and(|account| account.totp_sealed.is_some()))
}

/// All staff accounts, by login.
pub fn staff(conn: &mut Conn<'_>) -> Result<Vec<Account>> {
    Ok(store::staff(conn)?)
}

/// Colleagues a head may assign a report to.
pub fn staff_of(conn: &mut Conn<'_>, agency: &AgencyId) -> Result<Vec<Account>> {
    Ok(store::staff_of(conn, agency)?)
}

/// For whom somebody with this person's address or number works, if they are on the staff of an agency.
pub fn agency_of(conn: &mut Conn<'_>, person: &PersonId) -> Result<Option<AgencyId>> {
    Ok(store::agency_of(conn, person)?)
}

/// What colleagues call an account; whether they may know is [`super::policy::Action::SeeStaffNames`].
pub fn name_of(conn: &mut Conn<'_>, account: &AccountId) -> Result<Option<String>> {
    Ok(store::account(conn, account)?.map(|account| account.name))
}

/// A password good enough to be generated: about 100 bits, in groups that can be typed.
pub fn generated_password(ctx: &Ctx) -> String {
    let secret = ctx.ids.secret().to_lowercase();
    let groups: Vec<String> = secret
        .chars()
        .take(20)
        .collect::<Vec<_>>()
        .chunks(5)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}
