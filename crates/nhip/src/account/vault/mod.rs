//! The identity vault: who a reporter is, sealed apart from what they reported.
//!
//! A `PersonId` goes round freely and tells nothing. What is behind it is opened by staff of the centre only, with a
//! reason, and the opening is written down in the same transaction, to be shown to the reporter. Letters need an
//! address too: [`for_letters`] reads it without an opening, because no person sees it.

mod enclosure;
pub mod rotate;
mod store;

use super::admin;
use super::audit::{self, What};
use super::policy::{self, Action};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::limits;
use crate::platform::sealing::Vault;
use domain::actor::Role;
use domain::ids::{AccountId, PersonId, ServiceRequestId};
use domain::refusal::Refusal;
use domain::text::{EmailAddress, PhoneNumber};
pub use enclosure::Enclosure;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who somebody is. It has no `Serialize` and prints nothing, so that it cannot slip into a page or a log.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// May be empty.
    pub name: String,
    pub email: Option<EmailAddress>,
    pub phone: Option<PhoneNumber>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(…)")
    }
}

impl Identity {
    pub fn is_empty(&self) -> bool {
        self.name.is_empty() && self.email.is_none() && self.phone.is_none()
    }

    /// By what somebody is known again: the address, else the number. All else that is given is a claim.
    fn known_by(&self) -> Self {
        let phone = self.phone.clone().filter(|_| self.email.is_none());
        Self { name: String::new(), email: self.email.clone(), phone }
    }
}

/// An [`Identity`] as it is sealed.
#[derive(Serialize, Deserialize)]
struct Sealed {
    name: String,
    email: Option<EmailAddress>,
    phone: Option<PhoneNumber>,
}

/// The tables that hold sealed identities; a label names the table and the row.
const PERSON: &str = "person";
const GIVEN: &str = "given_contact";

impl Sealed {
    fn seal(vault: &Vault, (table, id): (&str, &str), identity: &Identity) -> Result<Vec<u8>> {
        let Identity { name, email, phone } = identity.clone();
        let json = serde_json::to_vec(&Self { name, email, phone })
            .map_err(|e| Error::failed("seal an identity", e))?;
        Ok(vault.seal(&format!("{table}:{id}"), &json))
    }

    fn open(vault: &Vault, (table, id): (&'static str, &str), sealed: &[u8]) -> Result<Identity> {
        let json = vault.open_sealed(&format!("{table}:{id}"), sealed)?;
        let Self { name, email, phone } = serde_json::from_slice(&json)
            .map_err(|_| Error::Corrupt { table, column: "sealed", id: id.to_owned() })?;
        Ok(Identity { name, email, phone })
    }
}

/// The hashes a person is found by.
fn email_hash(vault: &Vault, email: &EmailAddress) -> String {
    vault.keyed_hash("email", &email.as_str().to_lowercase())
}

fn phone_hash(vault: &Vault, phone: &PhoneNumber) -> String {
    vault.keyed_hash("phone", phone.as_str())
}

/// Says which person somebody is: the one known by that address; else, if only a number was given, the one known by that
/// number alone; else somebody new. Nothing that is known is changed, and nothing but the address or the number is kept:
/// whoever types somebody's address has not proved to be them. What they say with a report stays with it: [`keep_given`].
///
/// A number never leads to a person with an address: families share telephones, and the letters about a report
/// would go to somebody else.
pub fn keep(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    given: &Identity,
    language: &str,
) -> Result<PersonId> {
    admin::name(&given.name)?;
    let given = given.known_by();
    let email = given.email.as_ref().map(|e| email_hash(vault, e));
    let phone = given.phone.as_ref().map(|p| phone_hash(vault, p));
    let known = match (&email, &phone) {
        (Some(email), _) => store::by_email(conn, email)?,
        (None, Some(phone)) => store::by_phone_alone(conn, phone)?,
        (None, None) => None,
    };
    if let Some(person) = known {
        return Ok(person);
    }
    let person =
        PersonId::try_from(ctx.new_id()).map_err(|e| Error::failed("make a person id", e))?;
    let sealed = Sealed::seal(vault, (PERSON, person.as_str()), &given)?;
    store::insert(conn, &person, &sealed, (email, phone), language, ctx.now)?;
    Ok(person)
}

/// Keeps what this person said of themselves with this report, also where they said nothing more: of a report with a row
/// nothing else is told.
pub fn keep_given(
    conn: &mut Conn<'_>,
    vault: &Vault,
    request: &ServiceRequestId,
    person: &PersonId,
    given: &Identity,
) -> Result<()> {
    let given = &Identity { name: admin::name(&given.name)?, ..given.clone() };
    let sealed = Sealed::seal(vault, (GIVEN, request.as_str()), given)?;
    let phone = given.phone.as_ref().map(|p| phone_hash(vault, p));
    Ok(store::insert_given(conn, request, person, &sealed, phone.as_deref())?)
}

/// An opening of an identity, as the reporter sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub at: Timestamp,
    pub role: Role,
    pub account: AccountId,
    pub request: Option<ServiceRequestId>,
    pub reason: String,
}

/// Opens an identity for the acting person, who must say why. The opening is part of the caller's transaction.
/// Whether they may for this very report is asked of [`policy::may`] by the caller, who knows it.
pub fn open_for_staff(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    person: &PersonId,
    request: Option<&ServiceRequestId>,
    reason: &str,
) -> Result<Identity> {
    let reason = reason.trim();
    let (role, Some(account)) = (ctx.actor.role, ctx.actor.account.clone()) else {
        return Err(Refusal::Forbidden.into());
    };
    if !policy::role_may(role, Action::OpenIdentity) {
        return Err(Refusal::Forbidden.into());
    }
    if reason.is_empty() {
        return Err(Refusal::NeedsReason.into());
    }
    if reason.chars().count() > limits::REASON_CHARS {
        return Err(Refusal::TooLong { field: "reason", limit: limits::REASON_CHARS }.into());
    }
    let known = for_letters(conn, vault, person)?.ok_or(Refusal::NotFound)?;
    let given = match request {
        Some(request) => store::given(conn, request)?,
        None => None,
    };
    let identity = match (given, request) {
        (Some(sealed), Some(request)) => {
            let given = Sealed::open(vault, (GIVEN, request.as_str()), &sealed)?;
            Identity { email: known.email, ..given }
        }
        _ => known,
    };
    let opening = Opening {
        at: ctx.now,
        role,
        account,
        request: request.cloned(),
        reason: reason.to_owned(),
    };
    store::insert_opening(conn, &ctx.new_id(), person, &opening)?;
    Ok(identity)
}

/// Every opening of this person's identity, newest first.
pub fn openings(conn: &mut Conn<'_>, person: &PersonId) -> Result<Vec<Opening>> {
    Ok(store::openings(conn, person)?)
}

/// For the addresses of letters and for the person's own account page; never for staff. `None` once erased.
pub fn for_letters(
    conn: &mut Conn<'_>,
    vault: &Vault,
    person: &PersonId,
) -> Result<Option<Identity>> {
    let sealed = store::sealed(conn, person)?;
    sealed.map(|sealed| Sealed::open(vault, (PERSON, person.as_str()), &sealed)).transpose()
}

/// The language a person is written to in.
pub fn language_of(conn: &mut Conn<'_>, person: &PersonId) -> Result<Option<String>> {
    Ok(store::language(conn, person)?)
}

/// Letters go out in the language the person chose last.
pub fn set_language(conn: &mut Conn<'_>, person: &PersonId, language: &str) -> Result<()> {
    Ok(store::set_language(conn, person, language)?)
}

/// What staff may search people by.
#[derive(Clone, PartialEq, Eq)]
pub enum Contact {
    Email(EmailAddress),
    Phone(PhoneNumber),
}

impl Contact {
    /// What somebody typed: an address if it has an `@`, else a number, read with the city's `country` prefix.
    pub fn parse(typed: &str, country: &str) -> Option<Self> {
        if typed.contains('@') {
            EmailAddress::parse(typed).ok().map(Self::Email)
        } else {
            PhoneNumber::parse(typed, country).ok().map(Self::Phone)
        }
    }
}

/// The newest reports that came with an address or a number, at most `limit`; the search itself is audited, without what
/// was searched for. A number finds only reports it was given with: it leads to nobody else's.
pub fn find_by_contact(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    contact: &Contact,
    limit: usize,
) -> Result<Vec<ServiceRequestId>> {
    let (found, by) = match contact {
        Contact::Email(email) => {
            (store::reports_by_email(conn, &email_hash(vault, email), limit)?, "email")
        }
        Contact::Phone(phone) => {
            (store::reports_by_phone(conn, &phone_hash(vault, phone), limit)?, "phone")
        }
    };
    audit::note(conn, ctx, What::SearchPeople, &format!("by {by}, found {}", found.len()))?;
    Ok(found)
}

/// Forgets who somebody is; what they reported stays.
pub fn erase(conn: &mut Conn<'_>, person: &PersonId, now: Timestamp) -> Result<()> {
    Ok(store::erase(conn, person, now)?)
}

/// Erases up to `limit` people whose reports have all been closed for as long as the city's pack says, who have no
/// account and follow nothing. Says how many; the job runs it until there are none.
pub fn erase_old_identities(conn: &mut Conn<'_>, ctx: &Ctx, limit: usize) -> Result<usize> {
    let days = i64::from(ctx.pack.settings.erase_identity_after_days);
    let before = ctx.now.as_millisecond().saturating_sub(days * 86_400_000);
    let people = store::silent_since(conn, before, limit)?;
    for person in &people {
        store::erase(conn, person, ctx.now)?;
    }
    if !people.is_empty() {
        audit::note(conn, ctx, What::EraseIdentities, &people.len().to_string())?;
    }
    Ok(people.len())
}
