//! Notifications of a browser (Push API): RFC 8030 carries them, RFC 8291 encrypts them for the one browser, RFC 8292
//! (VAPID) says who sends them.
//!
//! What is sent holds what everybody may know and nothing about the reader. The address of a browser is a secret: it is
//! sealed like an identity. The key that signs is derived from the vault's key, so that there is no second secret to
//! keep, to copy to another node or to lose: with the vault's key all browsers stay reachable, with another one none
//! would be.

pub mod store;

use super::deliver::{Came, Leased};
use super::letter::{self, Composed, Desk, Said};
use super::who;
use crate::account::vault::{self, Identity};
use crate::platform::call::{Called, Caller};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::hex::unhex;
use crate::platform::mail::NotSent;
use crate::platform::sealing::Vault;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use domain::ids::{PersonId, PushDeviceId};
use domain::refusal::Refusal;
use jiff::{SignedDuration, Timestamp};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::sec1::ToEncodedPoint as _;
use p256::{PublicKey, SecretKey};
use serde::{Deserialize, Serialize};
use serde_json::json;
use web_push_native::Auth;

/// How long a push service keeps a notification for a browser that is not there; news of yesterday is no news.
const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// How long a signature is good for; a day is the most that is allowed (RFC 8292, 2).
const SIGNED_FOR: SignedDuration = SignedDuration::from_hours(12);
/// Characters of a notification: two short lines, and far below the 4,096 bytes a push service takes.
const CHARS: usize = 240;
/// Bytes of the secret a browser gives us (RFC 8291, 3.2).
const AUTH_BYTES: usize = 16;

/// What a browser gave us to reach it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Device {
    pub endpoint: String,
    /// An uncompressed point of P-256 and a secret, in base64 for URLs as browsers give them.
    pub p256dh: String,
    pub auth: String,
}

impl Device {
    /// Is this an address we would call, and are these keys?
    fn is_sound(&self, caller: &Caller) -> bool {
        caller.address(&self.endpoint).is_some() && self.keys().is_some()
    }

    fn keys(&self) -> Option<(PublicKey, Auth)> {
        let bytes = |text: &str| BASE64.decode(text.trim_end_matches('=')).ok();
        let key = PublicKey::from_sec1_bytes(&bytes(&self.p256dh)?).ok()?;
        let auth = bytes(&self.auth).filter(|auth| auth.len() == AUTH_BYTES)?;
        Some((key, Auth::clone_from_slice(&auth)))
    }

    fn label(id: &str) -> String {
        format!("push_device:{id}")
    }

    fn seal(&self, vault: &Vault, id: &str) -> Result<Vec<u8>> {
        let json = serde_json::to_vec(self).map_err(|e| Error::failed("seal a browser", e))?;
        Ok(vault.seal(&Self::label(id), &json))
    }

    fn open(vault: &Vault, id: &str, sealed: &[u8]) -> Result<Self> {
        let json = vault.open_sealed(&Self::label(id), sealed)?;
        let corrupt =
            || Error::Corrupt { table: "push_device", column: "sealed", id: id.to_owned() };
        serde_json::from_slice(&json).map_err(|_| corrupt())
    }
}

/// Keeps a browser, and says whose it is: the signed-in person's; else nobody's in particular, a person without a name
/// who is only known by it.
pub fn keep(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    caller: &Caller,
    device: &Device,
    signed: Option<PersonId>,
    language: &str,
) -> Result<PersonId> {
    if !device.is_sound(caller) {
        return Err(Refusal::Invalid { field: "endpoint" }.into());
    }
    let hash = vault.keyed_hash("push_device", &device.endpoint);
    let known = store::by_address(conn, &hash)?;
    // A browser that was somebody's with an account is not theirs any more once somebody else asks with it.
    let kept = known.as_ref().filter(|known| known.nameless).map(|known| known.person.clone());
    let person = match signed.or(kept) {
        Some(person) => person,
        None => vault::keep(conn, ctx, vault, &Identity::default(), language)?,
    };
    let id = match known {
        Some(known) => known.id,
        None => PushDeviceId::parse(&ctx.new_id()).map_err(|e| Error::failed("make an id", e))?,
    };
    let sealed = device.seal(vault, id.as_str())?;
    store::put(conn, &id, &person, &hash, &sealed, language, ctx.now)?;
    Ok(person)
}

/// The browser at the old address is now at another, which may be a surprise to its owner: they follow what they did.
pub fn moved(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    caller: &Caller,
    old: &str,
    device: &Device,
) -> Result<()> {
    if !device.is_sound(caller) {
        return Err(Refusal::Invalid { field: "endpoint" }.into());
    }
    let hash = |address: &str| vault.keyed_hash("push_device", address);
    let known = store::by_address(conn, &hash(old))?.ok_or(Refusal::NotFound)?;
    let new = hash(&device.endpoint);
    // Told twice, or one that came by itself meanwhile: the old one is no more.
    if new != hash(old) && store::by_address(conn, &new)?.is_some() {
        return Ok(store::end(conn, known.id.as_str(), ctx.now)?);
    }
    let sealed = device.seal(vault, known.id.as_str())?;
    Ok(store::set_address(conn, &known.id, &new, &sealed)?)
}

/// The public key that browsers are given, in base64 for URLs.
pub fn public_key(vault: &Vault) -> String {
    let point = secret_key(vault).public_key().to_encoded_point(false);
    BASE64.encode(point.as_bytes())
}

fn secret_key(vault: &Vault) -> SecretKey {
    let nth = |n: u32| {
        let bytes = unhex(&vault.keyed_hash("push signing key", &n.to_string()))?;
        SecretKey::from_slice(&bytes).ok()
    };
    // One hash in four thousand million is no key; the next one is.
    (0..).find_map(nth).unwrap_or_else(|| unreachable!("some hash is a key"))
}

/// Who sends this, signed for one push service (RFC 8292, 2 and 3).
fn authorization(vault: &Vault, audience: &str, contact: &str, now: Timestamp) -> String {
    let part = |value: serde_json::Value| BASE64.encode(value.to_string());
    let claims = json!({ "aud": audience, "exp": (now + SIGNED_FOR).as_second(), "sub": contact });
    let signed = format!("{}.{}", part(json!({ "typ": "JWT", "alg": "ES256" })), part(claims));
    let signature: Signature = SigningKey::from(secret_key(vault)).sign(signed.as_bytes());
    format!("vapid t={signed}.{}, k={}", BASE64.encode(signature.to_bytes()), public_key(vault))
}

/// What a notification shows and where it leads. The worker (web/js/worker/notices.js) reads it.
#[derive(Debug, Serialize)]
pub struct Note {
    pub title: String,
    pub text: String,
    pub link: String,
    pub lang: &'static str,
}

impl Note {
    fn of(said: Said) -> Self {
        let short = |text: String| text.chars().take(CHARS).collect();
        let place: Vec<String> =
            said.facts.iter().skip(1).take(2).map(|(_, v)| v.clone()).collect();
        Self {
            title: short(said.subject),
            text: short(place.join(" · ")),
            link: said.link,
            lang: said.t.code(),
        }
    }
}

/// What to send where, or the code of the reason why not.
pub fn write(
    conn: &mut Conn<'_>,
    desk: &Desk,
    leased: &Leased,
) -> Result<Result<(Device, Note), &'static str>> {
    let Some(sealed) = store::sealed(conn, &leased.recipient)? else { return Ok(Err("gone")) };
    let device = Device::open(&desk.vault, &leased.recipient, &sealed)?;
    debug_assert!(leased.letter == who::NEWS || leased.letter == who::FOUND);
    Ok(match letter::compose(conn, desk, leased)? {
        Composed::Said(said) => Ok((device, Note::of(*said))),
        Composed::Dropped(reason) => Err(reason),
    })
}

/// What notifications are sent with.
pub struct Post<'a> {
    pub caller: &'a Caller,
    pub vault: &'a Vault,
    /// Where a push service may complain, see [`contact`].
    pub contact: &'a str,
    pub now: Timestamp,
}

/// Where a push service may complain (RFC 8292, 2.1): `from`, the bare address that our letters come from. Where that is
/// of this machine only, the city's public address: some services deliver nothing for a contact that is none.
pub fn contact(from: &str, public_url: &str) -> String {
    if is_local(from) && public_url.starts_with("https://") {
        return public_url.to_owned();
    }
    format!("mailto:{from}")
}

/// Is this nobody's address outside this machine?
pub fn is_local(address: &str) -> bool {
    address.ends_with("@localhost")
}

/// Encrypts a note for its browser and hands it to the push service.
pub async fn send(post: &Post<'_>, device: &Device, note: &Note) -> Result<Came> {
    let broken = || Error::failed("encrypt a notification", "no keys");
    let (key, auth) = device.keys().ok_or_else(broken)?;
    let plain = serde_json::to_vec(note).map_err(|e| Error::failed("write a notification", e))?;
    let body = web_push_native::encrypt(plain, &key, &auth)
        .map_err(|e| Error::failed("encrypt a notification", e))?;
    let Some(address) = post.caller.address(&device.endpoint) else {
        let detail = "refused: not an address we call".to_owned();
        return Ok(Came::Failed(NotSent { detail, for_good: true }));
    };
    let audience = address.origin().ascii_serialization();
    let authorization = authorization(post.vault, &audience, post.contact, post.now);
    let ttl = KEPT.as_secs().to_string();
    let headers = [
        ("ttl", ttl.as_str()),
        ("urgency", "normal"),
        ("content-encoding", "aes128gcm"),
        ("content-type", "application/octet-stream"),
        ("authorization", authorization.as_str()),
    ];
    Ok(match post.caller.post(&device.endpoint, &headers, body).await {
        Ok(called) => came(called),
        Err(detail) => Came::Failed(NotSent { detail, for_good: false }),
    })
}

/// What a push service says (RFC 8030, 5 and 7.3).
fn came(called: Called) -> Came {
    let detail = called.status.to_string();
    match called.status {
        200..=299 => Came::Sent,
        // The browser unsubscribed, or is no more.
        404 | 410 => Came::Gone,
        400..=499 if !matches!(called.status, 408 | 425 | 429) => {
            Came::Failed(NotSent { detail, for_good: true })
        }
        _ => Came::Later { detail, wait: called.wait },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier as _;

    fn browser() -> (SecretKey, Device) {
        let key = SecretKey::from_slice(&[7; 32]).unwrap();
        let device = Device {
            endpoint: "https://push.example.org/1".to_owned(),
            p256dh: BASE64.encode(key.public_key().to_encoded_point(false).as_bytes()),
            auth: BASE64.encode([9; AUTH_BYTES]),
        };
        (key, device)
    }

    #[test]
    fn what_is_encrypted_opens_with_the_browsers_key_only() {
        let (key, device) = browser();
        let (public, auth) = device.keys().unwrap();
        let sent = web_push_native::encrypt(b"news".to_vec(), &public, &auth).unwrap();
        assert_eq!(web_push_native::decrypt(sent.clone(), &key, &auth).unwrap(), b"news");
        let other = SecretKey::from_slice(&[8; 32]).unwrap();
        assert!(web_push_native::decrypt(sent, &other, &auth).is_err());
    }

    #[test]
    fn the_signature_is_for_one_service_and_one_half_day_and_verifies_with_the_public_key() {
        let vault = Vault::from_key(&[1; 32]);
        let now = Timestamp::UNIX_EPOCH;
        let header = authorization(&vault, "https://push.example.org", "mailto:a@b.example", now);
        let (token, key) = header.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let key = VerifyingKey::from_sec1_bytes(&BASE64.decode(key).unwrap()).unwrap();
        let signature = Signature::from_slice(&BASE64.decode(signature).unwrap()).unwrap();
        key.verify(signed.as_bytes(), &signature).unwrap();
        assert!(key.verify(format!("{signed}x").as_bytes(), &signature).is_err());
        let claims = BASE64.decode(signed.split_once('.').unwrap().1).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["aud"], "https://push.example.org");
        assert_eq!(claims["exp"], 12 * 3_600);
    }

    #[test]
    fn a_push_service_is_told_a_bare_address_or_the_citys_own() {
        let known = [
            ("a@b.example", "https://city.example", "mailto:a@b.example"),
            ("a@b.example", "http://localhost:8080", "mailto:a@b.example"),
            ("no-reply@localhost", "https://city.example", "https://city.example"),
            ("no-reply@localhost", "http://localhost:8080", "mailto:no-reply@localhost"),
        ];
        for (from, url, told) in known {
            assert_eq!(contact(from, url), told);
        }
    }

    #[test]
    fn the_key_is_the_vaults_own_and_stays_the_same() {
        let key = |byte| public_key(&Vault::from_key(&[byte; 32]));
        assert_eq!(key(1), key(1));
        assert_ne!(key(1), key(2));
        assert_eq!(BASE64.decode(key(1)).unwrap().len(), 65);
    }

    #[test]
    fn a_browser_without_real_keys_or_at_a_private_address_is_not_kept() {
        let caller = Caller::open(false).unwrap();
        let (_, sound) = browser();
        assert!(sound.is_sound(&caller));
        for bad in [
            Device { endpoint: "https://10.0.0.1/x".to_owned(), ..sound.clone() },
            Device { endpoint: "http://push.example.org/x".to_owned(), ..sound.clone() },
            Device { p256dh: BASE64.encode([4; 65]), ..sound.clone() },
            Device { p256dh: String::new(), ..sound.clone() },
            Device { auth: BASE64.encode([9; 15]), ..sound.clone() },
            Device { auth: "?".to_owned(), ..sound.clone() },
        ] {
            assert!(!bad.is_sound(&caller));
        }
    }

    #[test]
    fn what_a_push_service_says_decides_whether_it_is_tried_again() {
        let came = |status| format!("{:?}", came(Called { status, wait: None }));
        assert_eq!(came(201), "Sent");
        assert_eq!((came(404), came(410)), ("Gone".to_owned(), "Gone".to_owned()));
        assert!(came(413).contains("for_good: true"));
        assert!(came(429).starts_with("Later") && came(503).starts_with("Later"));
    }
}
