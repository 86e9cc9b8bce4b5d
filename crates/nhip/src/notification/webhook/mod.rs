//! Tells programs: a signed request for each event of a list, which a gateway turns into an SMS or a Zalo message. See
//! `docs/guides/webhook.md`.
//!
//! Signed as Standard Webhooks says (<https://www.standardwebhooks.com>): `webhook-id` stays the same however often it
//! is tried, `webhook-signature` is an HMAC over id, time and body. The body is what everybody may know of the report.

pub mod body;
pub mod desk_pages;
pub mod store;

use super::deliver::{Came, Leased};
use super::dispatch::{NewDelivery, Recipient};
use super::follow::{self, Rhythm, Way, What, Wish};
use super::letter::Desk;
use super::store as deliveries;
use super::who::Reader;
use crate::account::admin;
use crate::account::audit::{self, What as Noted};
use crate::platform::call::{Called, Caller};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::mail::NotSent;
use crate::platform::sealing::Vault;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::ids::WebhookId;
use domain::refusal::Refusal;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;

/// The topic of a word that is about nothing.
pub const TEST: &str = "webhook_test";

/// Stands before a secret, so that programs that look for leaked ones know it.
const PREFIX: &str = "whsec_";

/// A webhook as it is listed, without its secret.
#[derive(Debug, Clone)]
pub struct Webhook {
    pub id: WebhookId,
    pub name: String,
    pub url: String,
    pub what: Option<What>,
    pub created_at: Timestamp,
    /// Nothing is sent meanwhile; what happens meanwhile is not told later.
    pub paused_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
}

/// Makes a webhook that hears of a list; the second value is its secret, shown this once.
pub fn add(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    caller: &Caller,
    (name, url): (&str, &str),
    what: What,
) -> Result<(WebhookId, String)> {
    let name = admin::name(name)?;
    if name.is_empty() {
        return Err(Refusal::Missing { field: "name" }.into());
    }
    if caller.address(url).is_none() {
        return Err(Refusal::Invalid { field: "url" }.into());
    }
    let id = WebhookId::parse(&ctx.new_id()).map_err(|e| Error::failed("make an id", e))?;
    let key = [ctx.ids.random().to_be_bytes(), ctx.ids.random().to_be_bytes()].concat();
    let sealed = vault.seal(&label(id.as_str()), &key);
    store::insert(conn, &id, (&name, url), &sealed, ctx.now)?;
    follow::follow(conn, ctx, &Wish { what, rhythm: Rhythm::AtOnce }, Way::Webhook, id.as_str())?;
    audit::note(conn, ctx, Noted::WebhookAdded, id.as_str())?;
    Ok((id, format!("{PREFIX}{}", BASE64.encode(key))))
}

pub fn list(conn: &mut Conn<'_>) -> Result<Vec<Webhook>> {
    Ok(store::list(conn)?)
}

/// Stops a webhook; what is on its way to it is dropped.
pub fn stop(conn: &mut Conn<'_>, ctx: &Ctx, id: &WebhookId) -> Result<()> {
    let ended = store::end(conn, id.as_str(), ctx.now)?;
    noted(conn, ctx, id, ended, Noted::WebhookStopped)
}

/// Sends nothing to it until it is resumed.
pub fn pause(conn: &mut Conn<'_>, ctx: &Ctx, id: &WebhookId) -> Result<()> {
    let paused = store::pause(conn, id.as_str(), Some(ctx.now))?;
    noted(conn, ctx, id, paused, Noted::WebhookPaused)
}

pub fn resume(conn: &mut Conn<'_>, ctx: &Ctx, id: &WebhookId) -> Result<()> {
    let resumed = store::pause(conn, id.as_str(), None)?;
    noted(conn, ctx, id, resumed, Noted::WebhookResumed)
}

/// Sends a word that is about nothing, also to one that is paused: whoever mends the receiver tries it first.
pub fn test(conn: &mut Conn<'_>, ctx: &Ctx, id: &WebhookId) -> Result<()> {
    let known = store::endpoint(conn, id.as_str())?.is_some();
    noted(conn, ctx, id, known, Noted::WebhookTested)?;
    let to = Recipient {
        id: id.to_string(),
        way: Way::Webhook,
        person: None,
        language: ctx.pack.default_language().to_owned(),
        follow: None,
    };
    let event = ctx.new_id();
    let delivery = NewDelivery {
        id: ctx.new_id(),
        event: &event,
        topic: TEST,
        request: None,
        to: &to,
        reader: Reader::Asker.as_str(),
        letter: TEST,
        sealed: None,
        told: None,
        not_before: ctx.now,
    };
    deliveries::insert(conn, &delivery, ctx.now)?;
    Ok(())
}

fn noted(conn: &mut Conn<'_>, ctx: &Ctx, id: &WebhookId, done: bool, what: Noted) -> Result<()> {
    if !done {
        return Err(Refusal::Unknown { what: "webhook", code: id.to_string() }.into());
    }
    audit::note(conn, ctx, what, id.as_str())
}

fn label(id: &str) -> String {
    format!("webhook:{id}")
}

/// A request to be made.
pub struct Call {
    url: String,
    id: String,
    key: Vec<u8>,
    body: String,
}

/// What to send where, or the code of the reason why not.
pub fn write(
    conn: &mut Conn<'_>,
    desk: &Desk,
    leased: &Leased,
) -> Result<Result<Call, &'static str>> {
    let Some(endpoint) = store::endpoint(conn, &leased.recipient)? else {
        return Ok(Err("stopped"));
    };
    if endpoint.paused && leased.topic != TEST {
        return Ok(Err("paused"));
    }
    let key = desk.vault.open_sealed(&label(&leased.recipient), &endpoint.sealed)?;
    let body = match body::write(conn, desk, leased)? {
        Ok(body) => body,
        Err(reason) => return Ok(Err(reason)),
    };
    Ok(Ok(Call { url: endpoint.url, id: leased.id.to_string(), key, body }))
}

/// Makes the request, signed for this moment.
pub async fn send(caller: &Caller, now: Timestamp, call: Call) -> Came {
    let at = now.as_second();
    let (signature, time) = (signature(&call.key, &call.id, at, &call.body), at.to_string());
    let headers = [
        ("content-type", "application/json"),
        ("webhook-id", call.id.as_str()),
        ("webhook-timestamp", time.as_str()),
        ("webhook-signature", signature.as_str()),
    ];
    match caller.post(&call.url, &headers, call.body.into_bytes()).await {
        Ok(called) => came(called),
        Err(detail) => Came::Failed(NotSent { detail, for_good: false }),
    }
}

/// `v1,` and the HMAC-SHA256 of id, time and body.
fn signature(key: &[u8], id: &str, at: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    format!("v1,{}", BASE64.encode(mac.finalize().into_bytes()))
}

/// A receiver that says anything but yes is tried again; one that says 410 is gone, and is not called any more.
fn came(called: Called) -> Came {
    match called.status {
        200..=299 => Came::Sent,
        410 => Came::Gone,
        status => Came::Later { detail: status.to_string(), wait: called.wait },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_the_one_of_the_published_example() {
        // From the Standard Webhooks specification and its libraries' tests.
        let key = BASE64.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let (id, at, body) =
            ("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(
            signature(&key, id, at, body),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }
}
