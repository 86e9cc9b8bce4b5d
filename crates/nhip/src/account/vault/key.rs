//! The key of the vault and what it does: seal, open, and hash so that only we can look a value up again.
//!
//! The key is a file outside the database, so that a stolen database tells no names. It is made at the first start;
//! the database keeps a check value of it and never works with another key.

use super::store;
use crate::platform::db::Db;
use crate::platform::error::{Error, Result};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use rand::Rng;
use sha2::Sha256;
use std::fmt::Write as _;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;

/// Seals, opens and hashes. Cheap to clone; never prints what it holds.
#[derive(Clone)]
pub struct Vault(Arc<Keys>);

struct Keys {
    cipher: XChaCha20Poly1305,
    nonce: Hmac<Sha256>,
    hash: Hmac<Sha256>,
    check: String,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

impl Vault {
    /// Reads the key file, or makes it at the first start. An error if the database was used with another key, or if
    /// the file is gone: without it nothing sealed could ever be opened again. Not from an async thread.
    pub fn open(path: &Path, db: &Db) -> Result<Self> {
        let known = db.read_blocking(store::key_check)?;
        let key = match (read_key(path)?, &known) {
            (Some(key), _) => key,
            (None, None) => make_key(path)?,
            (None, Some(_)) => {
                return Err(failed(
                    path,
                    "the file is missing, and this database was sealed with it: put the copy back",
                ));
            }
        };
        let vault = Self::from_key(&key);
        match known {
            Some(check) if check != vault.0.check => Err(failed(
                path,
                "this is not the key that this database was sealed with: put the right one back",
            )),
            Some(_) => Ok(vault),
            None => {
                let check = vault.0.check.clone();
                db.write_blocking(move |conn| store::set_key_check(conn, &check))?;
                Ok(vault)
            }
        }
    }

    /// One key in the file, a separate one for each use.
    pub fn from_key(key: &[u8; KEY_BYTES]) -> Self {
        let derive = |label: &str| mac_of(&keyed(key), &[label.as_bytes()]);
        Self(Arc::new(Keys {
            cipher: XChaCha20Poly1305::new(&derive("nhip seal 1").into()),
            nonce: keyed(&derive("nhip nonce 1")),
            hash: keyed(&derive("nhip hash 1")),
            check: hex(&derive("nhip check 1")),
        }))
    }

    /// Encrypts `plain` so that it opens only with the same `aad` (what it is and whose).
    ///
    /// The nonce is a keyed hash of both: needing no randomness it can never repeat for different content.
    pub fn seal(&self, aad: &str, plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_BYTES];
        let length = (aad.len() as u64).to_be_bytes();
        let mac = mac_of(&self.0.nonce, &[&length, aad.as_bytes(), plain]);
        nonce.iter_mut().zip(mac).for_each(|(to, from)| *to = from);
        let payload = Payload { msg: plain, aad: aad.as_bytes() };
        let sealed = self.0.cipher.encrypt(XNonce::from_slice(&nonce), payload);
        // Encryption fails only beyond 256 GiB.
        [nonce.to_vec(), sealed.unwrap_or_default()].concat()
    }

    /// What was sealed, or an error if the bytes were changed or belong to another `aad`.
    pub fn open_sealed(&self, aad: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let broken = || Error::failed("open sealed data", format!("{aad} does not open"));
        let (nonce, msg) = sealed.split_at_checked(NONCE_BYTES).ok_or_else(broken)?;
        let payload = Payload { msg, aad: aad.as_bytes() };
        self.0.cipher.decrypt(XNonce::from_slice(nonce), payload).map_err(|_| broken())
    }

    /// A hash that only the key's owner can make, for lookups: 64 hexadecimal digits. Values of different domains
    /// (`"email"`, `"receipt"`, …) never share a hash.
    pub fn keyed_hash(&self, domain: &str, value: &str) -> String {
        hex(&mac_of(&self.0.hash, &[domain.as_bytes(), &[0], value.as_bytes()]))
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key)
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"))
}

fn mac_of(mac: &Hmac<Sha256>, parts: &[&[u8]]) -> [u8; KEY_BYTES] {
    let mut mac = mac.clone();
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes of hexadecimal text.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect();
    let (pairs, rest) = (digits.as_deref()?.chunks_exact(2), text.len() % 2);
    (rest == 0)
        .then(|| pairs.map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect())
}

fn failed(path: &Path, problem: impl std::fmt::Display) -> Error {
    Error::failed("open the identity vault", format!("{}: {problem}", path.display()))
}

fn read_key(path: &Path) -> Result<Option<[u8; KEY_BYTES]>> {
    match fs::read_to_string(path) {
        Ok(text) => {
            let key = unhex(text.trim()).and_then(|bytes| bytes.try_into().ok());
            key.map(Some).ok_or_else(|| failed(path, "not a key of 64 hexadecimal digits"))
        }
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(failed(path, e)),
    }
}

fn make_key(path: &Path) -> Result<[u8; KEY_BYTES]> {
    let mut key = [0; KEY_BYTES];
    rand::rng().fill_bytes(&mut key);
    let write = || {
        let mut file =
            fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(format!("{}\n", hex(&key)).as_bytes())?;
        file.sync_all()
    };
    write().map_err(|e| failed(path, e))?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault(byte: u8) -> Vault {
        Vault::from_key(&[byte; KEY_BYTES])
    }

    #[test]
    fn what_is_sealed_opens_with_the_same_key_and_label_only() {
        let sealed = vault(1).seal("person:A", "Nguyễn Thị Hoa".as_bytes());
        assert_eq!(vault(1).open_sealed("person:A", &sealed).unwrap(), "Nguyễn Thị Hoa".as_bytes());
        assert!(vault(1).open_sealed("person:B", &sealed).is_err());
        assert!(vault(2).open_sealed("person:A", &sealed).is_err());
        let mut changed = sealed.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert!(vault(1).open_sealed("person:A", &changed).is_err());
        assert!(vault(1).open_sealed("person:A", b"short").is_err());
    }

    #[test]
    fn the_nonce_differs_when_anything_differs() {
        let nonce = |aad: &str, plain: &[u8]| vault(1).seal(aad, plain)[..NONCE_BYTES].to_vec();
        assert_ne!(nonce("a", b"bc"), nonce("ab", b"c"));
        assert_ne!(nonce("a", b"x"), nonce("a", b"y"));
    }

    #[test]
    fn hashes_of_different_domains_or_keys_are_never_the_same() {
        let hash = vault(1).keyed_hash("email", "x");
        assert_eq!(hash, vault(1).keyed_hash("email", "x"));
        assert_eq!(hash.len(), 64);
        assert_ne!(hash, vault(1).keyed_hash("phone", "x"));
        assert_ne!(hash, vault(2).keyed_hash("email", "x"));
    }

    #[test]
    fn hexadecimal_text_comes_back_as_its_bytes() {
        assert_eq!(unhex(&hex(&[0, 1, 254, 255])).unwrap(), [0, 1, 254, 255]);
        assert_eq!(unhex("abc"), None);
        assert_eq!(unhex("zz"), None);
    }
}
