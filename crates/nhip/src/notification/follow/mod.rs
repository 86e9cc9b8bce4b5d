//! Follow a report or a list: who hears of what, how, and how often. One row is one follower, one thing, one way.
//!
//! By letter: somebody types an address; only its owner, by the link in a letter, makes it a follow. Whether an address
//! is known, follows already or was written to too often is told to nobody: the answer is the same. By notification: the
//! browser that asks is the one that is told. Webhooks are made by the operator (`webhook`).
//!
//! `found` says which lists a report is in, `mine_pages` is the page to see and stop them all.

pub mod device_http;
pub mod found;
pub mod mine_pages;
pub mod pages;
pub mod store;
pub mod what;

use super::stop;
use crate::account::unasked::{self, For, Origin};
use crate::account::vault::{self, Enclosure, Identity};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::outbox;
use crate::platform::sealing::Vault;
use crate::service_request::store as requests;
use domain::ids::{FollowId, PersonId, ServiceRequestId};
use domain::refusal::Refusal;
use domain::service_request::ServiceRequest;
use domain::text::EmailAddress;
use jiff::Timestamp;
pub use what::{Rhythm, Way, What};

/// Things one follower may follow at once: each is looked at with every event.
pub const MOST_AT_ONCE: i64 = 100;

/// Topics of outbox rows: somebody asked to follow a report, or a list.
pub const ASKED: &str = "follow";
pub const ASKED_LIST: &str = "follow_list";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Follow {
    pub id: FollowId,
    /// A person; of a webhook, the webhook.
    pub follower: String,
    pub what: What,
    pub way: Way,
    pub rhythm: Rhythm,
    /// Since when.
    pub confirmed_at: Option<Timestamp>,
    pub stopped: bool,
}

impl Follow {
    pub fn is_running(&self) -> bool {
        self.confirmed_at.is_some() && !self.stopped
    }
}

/// What somebody wants to be told of.
#[derive(Debug, Clone)]
pub struct Wish {
    pub what: What,
    pub rhythm: Rhythm,
}

/// Asks the owner of an address whether they want to follow; at most one letter a day about one thing and rhythm.
pub fn ask(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    wish: &Wish,
    email: EmailAddress,
    (language, origin): (&str, &Origin),
) -> Result<()> {
    must_be_open(conn, &wish.what, None)?;
    let given = Identity { email: Some(email), ..Identity::default() };
    let person = vault::keep(conn, ctx, vault, &given, language)?;
    let known = store::find(conn, person.as_str(), &wish.what, Way::Mail)?;
    if known.as_ref().is_some_and(|f| f.is_running() && f.rhythm == wish.rhythm) {
        return Ok(());
    }
    if !unasked::may_write(conn, ctx, &person, origin, For::Other)? {
        return Ok(());
    }
    let follow = made(conn, ctx, person.as_str(), wish, Way::Mail)?;
    // The same event on the same day: the delivery is there already, and stays one.
    let event = format!("{}.{}.{}", follow.id, wish.rhythm, ctx.pack.local_date(ctx.now));
    match &wish.what {
        What::Report(code) => {
            outbox::store::put_topic(conn, ctx, &event, code.as_str(), ASKED, None)
        }
        What::List(_) => {
            let path = confirm_path(vault, &follow.id, wish.rhythm);
            let sealed = Enclosure { person: Some(person), path }.seal(vault)?;
            outbox::store::put_topic(conn, ctx, &event, "", ASKED_LIST, Some(&sealed))
        }
    }
}

/// Follows at once: for a signed-in person, whose address is confirmed, or for whom a notification is asked.
pub fn now(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    wish: &Wish,
    way: Way,
    person: &PersonId,
) -> Result<Follow> {
    must_be_open(conn, &wish.what, Some(person))?;
    follow(conn, ctx, wish, way, person.as_str())
}

/// Makes a running follow, for whoever may have one.
pub fn follow(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    wish: &Wish,
    way: Way,
    follower: &str,
) -> Result<Follow> {
    let follow = made(conn, ctx, follower, wish, way)?;
    begin(conn, ctx, &follow, wish.rhythm)?;
    Ok(follow)
}

/// A report is followed while everybody may see it, by its reporter always; a list can always be.
fn must_be_open(conn: &mut Conn<'_>, what: &What, person: Option<&PersonId>) -> Result<()> {
    let What::Report(code) = what else { return Ok(()) };
    let report = requests::find(conn, code)?.ok_or(Refusal::NotFound)?;
    let own = person.is_some() && report.reporter.as_ref() == person;
    if report.is_open_to_all() || own { Ok(()) } else { Err(Refusal::NotFound.into()) }
}

/// The follow a link of ours is about, and the rhythm it asks for.
pub fn of_token(conn: &mut Conn<'_>, vault: &Vault, token: &str) -> Result<(Follow, Rhythm)> {
    let (asked, mac) = token.rsplit_once('.').ok_or(Refusal::NotFound)?;
    if !stop::same(mac, &mac_of(vault, asked)) {
        return Err(Refusal::NotFound.into());
    }
    let (id, rhythm) = asked_of(asked).ok_or(Refusal::NotFound)?;
    Ok((store::get(conn, &id)?.ok_or(Refusal::NotFound)?, rhythm))
}

/// The owner of the address says yes.
pub fn confirm(conn: &mut Conn<'_>, ctx: &Ctx, vault: &Vault, token: &str) -> Result<Follow> {
    let (follow, rhythm) = of_token(conn, vault, token)?;
    begin(conn, ctx, &follow, rhythm)?;
    Ok(follow)
}

/// Another rhythm for a running follow of this person; `false`: it is not theirs, or has stopped.
pub fn set_rhythm(
    conn: &mut Conn<'_>,
    follower: &PersonId,
    id: &FollowId,
    rhythm: Rhythm,
) -> Result<bool> {
    Ok(store::set_rhythm(conn, follower, id, rhythm)?)
}

/// Stops one follow of this person, or all. Twice is once.
pub fn stop_own(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    follower: &PersonId,
    id: Option<&FollowId>,
) -> Result<()> {
    Ok(store::stop_of(conn, follower, id, ctx.now)?)
}

fn begin(conn: &mut Conn<'_>, ctx: &Ctx, follow: &Follow, rhythm: Rhythm) -> Result<()> {
    if !follow.is_running() && store::running(conn, &follow.follower)? >= MOST_AT_ONCE {
        return Err(Error::unacceptable("follow", "follow-too-many", 422));
    }
    store::begin(conn, &follow.id, rhythm, ctx.now)?;
    if follow.way == Way::Mail
        && let Ok(person) = PersonId::parse(&follow.follower)
    {
        // Whoever wants these letters wants letters.
        store::resume_all(conn, &person)?;
    }
    Ok(())
}

fn made(conn: &mut Conn<'_>, ctx: &Ctx, follower: &str, wish: &Wish, way: Way) -> Result<Follow> {
    store::insert(conn, &ctx.new_id(), (follower, &wish.what, way), wish.rhythm, ctx.now)?;
    Ok(store::find(conn, follower, &wish.what, way)?.ok_or(Refusal::NotFound)?)
}

/// A report was joined to another one: who followed it follows that one from now on, by the same way, and so does its
/// reporter, who is told by letter. Whoever stopped letters about either is left in peace.
pub(super) fn go_along(conn: &mut Conn<'_>, ctx: &Ctx, joined: &ServiceRequest) -> Result<()> {
    let Some(into) = &joined.merged_into else { return Ok(()) };
    let (from, to) = (What::Report(joined.id.clone()), What::Report(into.clone()));
    let other = requests::find(conn, into)?.ok_or(Refusal::NotFound)?;
    let mut along: Vec<(String, Way, Rhythm)> = store::running_about(conn, &from)?
        .into_iter()
        .map(|follow| (follow.follower, follow.way, follow.rhythm))
        .collect();
    if let Some(reporter) = joined.reporter.as_ref().filter(|_| joined.reporter != other.reporter)
        && store::find(conn, reporter.as_str(), &from, Way::Mail)?.is_none()
    {
        along.push((reporter.to_string(), Way::Mail, Rhythm::AtOnce));
    }
    for (follower, way, rhythm) in along {
        if store::find(conn, &follower, &to, way)?.is_none() {
            let wish = Wish { what: to.clone(), rhythm };
            let follow = made(conn, ctx, &follower, &wish, way)?;
            store::begin(conn, &follow.id, rhythm, ctx.now)?;
        }
    }
    Ok(())
}

/// The follow that the event of [`ask`] is about; `None` for other events.
pub(super) fn asked_for(conn: &mut Conn<'_>, event: &str) -> Result<Option<Follow>> {
    let Some((id, _)) = event.rsplit_once('.').and_then(|(asked, _)| asked_of(asked)) else {
        return Ok(None);
    };
    Ok(store::get(conn, &id)?)
}

/// The link of the letter that asks about a report.
pub(super) fn enclosed(vault: &Vault, event: &str) -> Result<Vec<u8>> {
    let asked = event.rsplit_once('.').and_then(|(asked, _)| asked_of(asked));
    let (id, rhythm) = asked.ok_or(Refusal::NotFound)?;
    Enclosure { person: None, path: confirm_path(vault, &id, rhythm) }.seal(vault)
}

fn confirm_path(vault: &Vault, id: &FollowId, rhythm: Rhythm) -> String {
    let asked = format!("{id}.{rhythm}");
    format!("/letters/follow/{asked}.{}", mac_of(vault, &asked))
}

fn asked_of(asked: &str) -> Option<(FollowId, Rhythm)> {
    let (id, rhythm) = asked.split_once('.')?;
    Some((FollowId::parse(id).ok()?, Rhythm::parse(rhythm)?))
}

fn mac_of(vault: &Vault, asked: &str) -> String {
    stop::short(&vault.keyed_hash("follow", asked))
}

/// The link to the page where somebody sees and stops all they follow: signed, not stored.
pub mod mine {
    use super::{PersonId, Refusal, Vault, stop};

    pub fn path(vault: &Vault, person: &PersonId) -> String {
        format!("/follows/{}", token(vault, person))
    }

    pub fn token(vault: &Vault, person: &PersonId) -> String {
        format!("{person}.{}", mac(vault, person.as_str()))
    }

    pub fn of_token(vault: &Vault, token: &str) -> Result<PersonId, Refusal> {
        let (person, given) = token.split_once('.').ok_or(Refusal::NotFound)?;
        if !stop::same(given, &mac(vault, person)) {
            return Err(Refusal::NotFound);
        }
        PersonId::parse(person).map_err(|_| Refusal::NotFound)
    }

    fn mac(vault: &Vault, person: &str) -> String {
        stop::short(&vault.keyed_hash("follows", person))
    }
}

/// Does this person hear of the report by letter?
pub fn follows(conn: &mut Conn<'_>, request: &ServiceRequestId, person: &PersonId) -> Result<bool> {
    let found = store::find(conn, person.as_str(), &What::Report(request.clone()), Way::Mail)?;
    Ok(found.is_some_and(|follow| follow.is_running()))
}
