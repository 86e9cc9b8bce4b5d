//! Follow a report by letter. Somebody types an address; only its owner, by the link in a letter, makes it a follow.
//!
//! Whether an address is known, follows already or was written to too often is told to nobody: the answer is the same.

use super::store;
use crate::account::vault::{self, Enclosure, Identity, Vault};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::outbox;
use domain::ids::{FollowId, PersonId, ServiceRequestId};
use domain::service_request::ServiceRequest;
use domain::service_request::refusal::Refusal;
use domain::text::EmailAddress;
use jiff::SignedDuration;

/// Follows an address may be asked to confirm in a day, so that nobody floods a stranger's mailbox.
const MOST_A_DAY: i64 = 5;
const DAY: SignedDuration = SignedDuration::from_hours(24);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follow {
    pub id: FollowId,
    pub request: ServiceRequestId,
    pub person: PersonId,
    pub confirmed: bool,
    pub stopped: bool,
}

/// Asks the owner of an address whether they want to follow; at most one letter a day about one report.
pub fn ask(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    report: &ServiceRequest,
    email: EmailAddress,
    language: &str,
) -> Result<()> {
    if !report.is_open_to_all() {
        return Err(Refusal::NotFound.into());
    }
    let given = Identity { email: Some(email), ..Identity::default() };
    let person = vault::keep(conn, ctx, vault, &given, language)?;
    let known = store::find_follow(conn, &report.id, &person)?;
    if known.as_ref().is_some_and(|follow| follow.confirmed && !follow.stopped) {
        return Ok(());
    }
    if known.is_none() && store::unconfirmed(conn, &person, ctx.now - DAY)? >= MOST_A_DAY {
        return Ok(());
    }
    let follow = made(conn, ctx, &report.id, &person)?;
    // The same event on the same day: the delivery is there already, and stays one.
    let event = format!("{}.{}", follow.id, ctx.pack.local_date(ctx.now));
    outbox::store::put_topic(conn, ctx, &event, report.id.as_str(), "follow", None)
}

/// Follows at once: for a signed-in person, whose address is confirmed.
pub fn now(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    report: &ServiceRequest,
    person: &PersonId,
) -> Result<()> {
    if !report.is_open_to_all() && report.reporter.as_ref() != Some(person) {
        return Err(Refusal::NotFound.into());
    }
    let follow = made(conn, ctx, &report.id, person)?;
    confirmed(conn, ctx, &follow)
}

/// Is there a running follow?
pub fn follows(conn: &mut Conn<'_>, request: &ServiceRequestId, person: &PersonId) -> Result<bool> {
    Ok(store::find_follow(conn, request, person)?
        .is_some_and(|follow| follow.confirmed && !follow.stopped))
}

/// The follow that a link of ours is about.
pub fn of_token(conn: &mut Conn<'_>, vault: &Vault, token: &str) -> Result<Follow> {
    let (id, mac) = token.split_once('.').ok_or(Refusal::NotFound)?;
    let id = FollowId::parse(id).map_err(|_| Refusal::NotFound)?;
    if !super::stop::same(mac, &mac_of(vault, &id)) {
        return Err(Refusal::NotFound.into());
    }
    Ok(store::follow(conn, &id)?.ok_or(Refusal::NotFound)?)
}

/// The owner of the address says yes.
pub fn confirm(conn: &mut Conn<'_>, ctx: &Ctx, vault: &Vault, token: &str) -> Result<Follow> {
    let follow = of_token(conn, vault, token)?;
    confirmed(conn, ctx, &follow)?;
    Ok(follow)
}

fn confirmed(conn: &mut Conn<'_>, ctx: &Ctx, follow: &Follow) -> Result<()> {
    store::confirm_follow(conn, &follow.id, ctx.now)?;
    // Whoever wants these letters wants letters.
    Ok(store::resume_all(conn, &follow.person)?)
}

fn made(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    request: &ServiceRequestId,
    person: &PersonId,
) -> Result<Follow> {
    store::insert_follow(conn, &ctx.new_id(), request, person, ctx.now)?;
    Ok(store::find_follow(conn, request, person)?.ok_or(Refusal::NotFound)?)
}

/// Whom the event of [`ask`] is about; `None` for other events.
pub(super) fn person_to_confirm(conn: &mut Conn<'_>, event: &str) -> Result<Option<PersonId>> {
    let Some(id) = id_of(event) else { return Ok(None) };
    Ok(store::follow(conn, &id)?.map(|follow| follow.person))
}

/// The link of the letter that asks.
pub(super) fn enclosed(vault: &Vault, event: &str) -> Result<Vec<u8>> {
    let id = id_of(event).ok_or(Refusal::NotFound)?;
    let path = format!("/letters/follow/{id}.{}", mac_of(vault, &id));
    Enclosure { person: None, path }.seal(vault)
}

fn id_of(event: &str) -> Option<FollowId> {
    FollowId::parse(event.split_once('.')?.0).ok()
}

fn mac_of(vault: &Vault, id: &FollowId) -> String {
    super::stop::short(&vault.keyed_hash("follow", id.as_str()))
}
