//! Letters whose words a slice above has written: they are kept with the delivery, and sent like all letters.

use super::bulletin::not_before_morning;
use super::deliver::Leased;
use super::dispatch::{NewDelivery, Recipient};
use super::letter::{Desk, Written, address};
use super::stop::{Of, Stop};
use super::{follow, store, who};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::mail;
use crate::platform::sealing::Vault;
use domain::ids::PersonId;
use serde::{Deserialize, Serialize};

/// The periodic report of those at the desk; it is also its topic.
pub const PERIODIC: &str = "periodic";

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ready {
    pub sender: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub stop: String,
}

/// The link that stops the periodic report of somebody.
pub fn stop(vault: &Vault, public_url: &str, person: &PersonId) -> String {
    let stop = Stop { person: person.clone(), of: Of::Periodic };
    format!("{public_url}/letters/stop/{}", stop.token(vault))
}

/// Lays it into the line, not before the morning; `false`: whoever has no address, or has this very one already.
pub fn put(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    event: &str,
    person: &PersonId,
    ready: &Ready,
) -> Result<bool> {
    let Some(person) = store::person(conn, person)? else { return Ok(false) };
    let told = serde_json::to_string(ready).map_err(|e| Error::failed("keep a letter", e))?;
    let new = NewDelivery {
        id: ctx.new_id(),
        event,
        topic: PERIODIC,
        request: None,
        to: &Recipient::from(person),
        reader: who::STAFF,
        letter: PERIODIC,
        sealed: None,
        told: Some(told),
        not_before: not_before_morning(&ctx.pack, ctx.now),
    };
    Ok(store::insert(conn, &new, ctx.now)?)
}

pub fn write(conn: &mut Conn<'_>, desk: &Desk, leased: &Leased) -> Result<Written> {
    if follow::store::has_stopped_all(conn, &leased.recipient)? {
        return Ok(Written::Dropped("stopped"));
    }
    let Some(to) = address(conn, desk, leased)? else { return Ok(Written::Dropped("no_address")) };
    let ready: Option<Ready> =
        leased.told.as_deref().and_then(|told| serde_json::from_str(told).ok());
    let ready = ready.ok_or_else(|| Error::Corrupt {
        table: "delivery",
        column: "told",
        id: leased.id.to_string(),
    })?;
    Ok(Written::Letter(Box::new(mail::Letter {
        id: format!("{}.{}", leased.id, leased.round),
        from_name: ready.sender,
        to,
        subject: ready.subject,
        text: ready.text,
        html: ready.html,
        stop: Some(ready.stop),
        at: desk.now,
    })))
}
