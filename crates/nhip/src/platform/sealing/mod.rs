//! The keys of the vault and what they do: seal, open, and hash so that only we can look a value up again.
//!
//! The keys are in a file outside the database, so that a stolen database tells no names. The first is made at the first
//! start. The database keeps a check value of each key it was sealed with, and is never worked with while one is missing.
//! The one that came last seals; all open. What is sealed names its key; what was sealed before keys had names does not,
//! and opens all the same. How a key takes over from another: `account::vault::rotate`.

pub mod key_file;
pub mod store;

use self::key_file::{KeyFile, Secret, failed};
use self::store::Used;
use crate::platform::db::{Conn, Db};
use crate::platform::error::{Error, Result};
use crate::platform::hex::{hex, unhex};
use arc_swap::ArcSwap;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

const NONCE_BYTES: usize = 24;
/// What is sealed begins so, then the name of its key, the nonce and the sealed text.
const MARK: [u8; 4] = *b"key:";
pub const HEAD_BYTES: usize = 8;

/// The name of a key: the beginning of its check value, which says nothing about the key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KeyId([u8; 4]);

impl KeyId {
    pub fn of_check(check: &str) -> Option<Self> {
        check.get(..8)?.parse().ok()
    }

    /// How all begins that this key sealed.
    pub fn head(self) -> [u8; HEAD_BYTES] {
        let (m, k) = (MARK, self.0);
        [m[0], m[1], m[2], m[3], k[0], k[1], k[2], k[3]]
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl FromStr for KeyId {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = unhex(text).and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or("the name of a key has 8 hexadecimal digits")
    }
}

/// Seals, opens and hashes. Cheap to clone; never prints what it holds.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    /// Where the keys are from; empty where there is no file.
    file: PathBuf,
    lookups: Hmac<Sha256>,
    ring: ArcSwap<Ring>,
}

/// The keys at hand.
struct Ring {
    keys: Vec<Arc<Key>>,
    sealing: Arc<Key>,
}

pub struct Key {
    pub id: KeyId,
    pub check: String,
    cipher: XChaCha20Poly1305,
    nonce: Hmac<Sha256>,
}

impl Key {
    /// One key in the file, a separate one for each use.
    pub fn of(secret: &Secret) -> Arc<Self> {
        let check = derive(secret, "nhip check 1");
        let [a, b, c, d, ..] = check;
        Arc::new(Self {
            id: KeyId([a, b, c, d]),
            check: hex(&check),
            cipher: XChaCha20Poly1305::new(&derive(secret, "nhip seal 1").into()),
            nonce: keyed(&derive(secret, "nhip nonce 1")),
        })
    }

    fn seal(&self, aad: &str, plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_BYTES];
        let length = (aad.len() as u64).to_be_bytes();
        let mac = mac_of(&self.nonce, &[&length, aad.as_bytes(), plain]);
        nonce.iter_mut().zip(mac).for_each(|(to, from)| *to = from);
        let payload = Payload { msg: plain, aad: aad.as_bytes() };
        let sealed = self.cipher.encrypt(XNonce::from_slice(&nonce), payload);
        // Encryption fails only beyond 256 GiB.
        [&self.id.head()[..], &nonce, &sealed.unwrap_or_default()].concat()
    }

    /// `sealed` without its head.
    fn open(&self, aad: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, msg) = sealed.split_at_checked(NONCE_BYTES)?;
        let payload = Payload { msg, aad: aad.as_bytes() };
        self.cipher.decrypt(XNonce::from_slice(nonce), payload).ok()
    }
}

impl Ring {
    /// The keys of a file; the one that seals is the last that this database came to use.
    fn of(path: &Path, file: &KeyFile, used: &[Used]) -> Result<Self> {
        let keys: Vec<Arc<Key>> = file.keys.iter().map(Key::of).collect();
        let at_hand = |used: &&Used| keys.iter().any(|key| key.check == used.check);
        if let Some(missing) = used.iter().find(|used| !at_hand(used)) {
            return Err(match (used.iter().any(|used| at_hand(&used)), missing.id()) {
                (true, Some(id)) => lacks(path, id),
                _ => failed(
                    path,
                    "this is not the key that this database was sealed with: put the right one back",
                ),
            });
        }
        let sealing = match used.last() {
            Some(used) => keys.iter().find(|key| key.check == used.check),
            None => keys.last(),
        };
        let sealing = sealing.cloned().ok_or_else(|| failed(path, "there is no key in it"))?;
        Ok(Self { keys, sealing })
    }

    fn by_check(&self, check: &str) -> Option<&Arc<Key>> {
        self.keys.iter().find(|key| key.check == check)
    }

    fn open(&self, aad: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let named = key_of(sealed).and_then(|id| self.keys.iter().find(|key| key.id == id));
        let rest = sealed.get(HEAD_BYTES..).unwrap_or_default();
        named
            .and_then(|key| key.open(aad, rest))
            // From before keys had names.
            .or_else(|| self.keys.iter().find_map(|key| key.open(aad, sealed)))
    }
}

/// The name of the key that sealed this, if it says so.
fn key_of(sealed: &[u8]) -> Option<KeyId> {
    let (mark, rest) = sealed.split_first_chunk()?;
    let (id, _) = rest.split_first_chunk()?;
    (*mark == MARK).then_some(KeyId(*id))
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(…)")
    }
}

impl Vault {
    /// Reads the key file, or makes it at the first start. An error if the database was used with another key, or if
    /// the file is gone: without it nothing sealed could ever be opened again. Not from an async thread.
    pub fn open(path: &Path, db: &Db) -> Result<Self> {
        let used = db.read_blocking(store::keys)?;
        let file = match KeyFile::read(path)? {
            Some(file) => file,
            None if used.is_empty() => KeyFile::make(path)?,
            None => {
                return Err(failed(
                    path,
                    "the file is missing, and this database was sealed with it: put the copy back",
                ));
            }
        };
        let ring = Ring::of(path, &file, &used)?;
        let lookups = lookups_of(&file);
        let expected = match db.read_blocking(store::lookups_check)? {
            None => used.first().and_then(|first| {
                let first = file.keys.iter().find(|key| Key::of(key).check == first.check)?;
                Some(lookups_check(&derive(first, LOOKUPS)))
            }),
            known => known,
        };
        if expected.is_some_and(|check| check != lookups_check(&lookups)) {
            return Err(failed(
                path,
                "the secret of lookups is not the one of this database: the oldest key stands first, \
                 and a line of lookups stays as it was made",
            ));
        }
        if used.is_empty() {
            let check = ring.sealing.check.clone();
            let several = file.keys.len() > 1 || file.lookups.is_some();
            let apart = several.then(|| lookups_check(&lookups));
            db.write_blocking(move |conn| {
                apart.map_or(Ok(()), |check| store::put_lookups_check(conn, &check))?;
                store::put_key(conn, 1, &check, None)
            })?;
        }
        Ok(Self::with(path.to_path_buf(), &lookups, ring))
    }

    /// A vault with this key alone.
    pub fn from_key(key: &Secret) -> Self {
        let sealing = Key::of(key);
        let ring = Ring { keys: vec![sealing.clone()], sealing };
        Self::with(PathBuf::new(), &derive(key, LOOKUPS), ring)
    }

    fn with(file: PathBuf, lookups: &Secret, ring: Ring) -> Self {
        Self(Arc::new(Inner { file, lookups: keyed(lookups), ring: ArcSwap::from_pointee(ring) }))
    }

    /// Encrypts `plain` so that it opens only with the same `aad` (what it is and whose).
    ///
    /// The nonce is a keyed hash of both: needing no randomness it can never repeat for different content.
    pub fn seal(&self, aad: &str, plain: &[u8]) -> Vec<u8> {
        self.0.ring.load().sealing.seal(aad, plain)
    }

    /// What was sealed, or an error if the bytes were changed or belong to another `aad`. A key that is not at hand is
    /// looked for in the file again: another node may have sealed with a newer one.
    pub fn open_sealed(&self, aad: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let open = || self.0.ring.load().open(aad, sealed);
        if let Some(plain) = open() {
            return Ok(plain);
        }
        let Some(id) = key_of(sealed).filter(|id| !self.has(*id)) else {
            return Err(Error::failed("open sealed data", format!("{aad} does not open")));
        };
        self.read_again()?;
        open().ok_or_else(|| {
            if self.has(id) {
                Error::failed("open sealed data", format!("{aad} does not open"))
            } else {
                lacks(&self.0.file, id)
            }
        })
    }

    /// A hash that only the keys' owner can make, for lookups: 64 hexadecimal digits. Values of different domains
    /// (`"email"`, `"receipt"`, …) never share a hash. It stays the same whatever becomes of the keys.
    pub fn keyed_hash(&self, domain: &str, value: &str) -> String {
        hex(&mac_of(&self.0.lookups, &[domain.as_bytes(), &[0], value.as_bytes()]))
    }

    /// Seals with the key from now on that this database has come to be sealed with, wherever that was decided. A job:
    /// safe to run at any time, on any number of nodes.
    pub fn keep_in_step(&self, conn: &mut Conn<'_>) -> Result<()> {
        let used = store::keys(conn)?;
        let Some(newest) = used.last() else { return Ok(()) };
        if newest.check == self.0.ring.load().sealing.check {
            return Ok(());
        }
        if self.0.ring.load().by_check(&newest.check).is_none() {
            self.read_again()?;
        }
        let ring = self.0.ring.load_full();
        let sealing = ring.by_check(&newest.check).cloned();
        let sealing = sealing.ok_or_else(|| match newest.id() {
            Some(id) => lacks(&self.0.file, id),
            None => failed(&self.0.file, "the database names a key that has no name"),
        })?;
        tracing::info!(key = %sealing.id, "the vault seals with another key");
        self.0.ring.store(Arc::new(Ring { keys: ring.keys.clone(), sealing }));
        Ok(())
    }

    /// Takes the keys of the file that are not at hand yet.
    fn read_again(&self) -> Result<()> {
        let Some(file) = KeyFile::read(&self.0.file)? else { return Ok(()) };
        let ring = self.0.ring.load_full();
        let mut keys = ring.keys.clone();
        let news = file.keys.iter().map(Key::of);
        keys.extend(news.filter(|key| ring.by_check(&key.check).is_none()));
        self.0.ring.store(Arc::new(Ring { keys, sealing: ring.sealing.clone() }));
        Ok(())
    }

    fn has(&self, id: KeyId) -> bool {
        self.0.ring.load().keys.iter().any(|key| key.id == id)
    }

    /// The key that seals.
    pub fn sealing(&self) -> KeyId {
        self.0.ring.load().sealing.id
    }

    pub fn file(&self) -> &Path {
        &self.0.file
    }
}

/// What the secret of lookups is derived with.
const LOOKUPS: &str = "nhip hash 1";

/// The secret of lookups of a file: its own line, else derived from the first key.
pub fn lookups_of(file: &KeyFile) -> Secret {
    let first = || file.keys.first().map_or_else(Secret::default, |key| derive(key, LOOKUPS));
    file.lookups.unwrap_or_else(first)
}

pub fn lookups_check(lookups: &Secret) -> String {
    hex(&derive(lookups, "nhip check 1"))
}

fn lacks(path: &Path, id: KeyId) -> Error {
    failed(
        path,
        format!(
            "the key {id} is not in it, and this database is sealed with it: copy the file from where that key was made"
        ),
    )
}

fn derive(secret: &Secret, label: &str) -> Secret {
    mac_of(&keyed(secret), &[label.as_bytes()])
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key)
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"))
}

fn mac_of(mac: &Hmac<Sha256>, parts: &[&[u8]]) -> Secret {
    let mut mac = mac.clone();
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault(byte: u8) -> Vault {
        Vault::from_key(&[byte; 32])
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
        let nonce = |aad: &str, plain: &[u8]| {
            vault(1).seal(aad, plain)[HEAD_BYTES..HEAD_BYTES + NONCE_BYTES].to_vec()
        };
        assert_ne!(nonce("a", b"bc"), nonce("ab", b"c"));
        assert_ne!(nonce("a", b"x"), nonce("a", b"y"));
    }

    #[test]
    fn what_is_sealed_names_its_key_and_opens_without_the_name_too() {
        let (old, new) = (vault(1), vault(2));
        let both = Vault::with(
            PathBuf::new(),
            &[0; 32],
            Ring { keys: vec![Key::of(&[1; 32]), Key::of(&[2; 32])], sealing: Key::of(&[2; 32]) },
        );
        let sealed = old.seal("person:A", b"Hoa");
        assert_eq!(key_of(&sealed), Some(old.sealing()));
        assert_eq!(key_of(&both.seal("person:A", b"Hoa")), Some(new.sealing()));
        for sealed in [&sealed[..], &sealed[HEAD_BYTES..]] {
            assert_eq!(both.open_sealed("person:A", sealed).unwrap(), b"Hoa");
            assert!(new.open_sealed("person:A", sealed).is_err());
        }
        let told = new.open_sealed("person:A", &sealed).unwrap_err().to_string();
        assert!(told.contains(&format!("the key {} is not in it", old.sealing())), "{told}");
    }

    #[test]
    fn old_data_that_happens_to_begin_like_new_data_opens() {
        let key = Key::of(&[1; 32]);
        // One in four thousand million nonces begins with the mark: here by force.
        let mut nonce = [9; NONCE_BYTES];
        nonce[..4].copy_from_slice(&MARK);
        let payload = Payload { msg: b"Hoa", aad: b"person:A" };
        let sealed = key.cipher.encrypt(XNonce::from_slice(&nonce), payload).unwrap();
        let sealed = [&nonce[..], &sealed].concat();
        assert_eq!(vault(1).open_sealed("person:A", &sealed).unwrap(), b"Hoa");
    }

    #[test]
    fn hashes_of_different_domains_or_keys_are_never_the_same() {
        let hash = vault(1).keyed_hash("email", "x");
        assert_eq!(hash, vault(1).keyed_hash("email", "x"));
        assert_eq!(hash.len(), 64);
        assert_ne!(hash, vault(1).keyed_hash("phone", "x"));
        assert_ne!(hash, vault(2).keyed_hash("email", "x"));
    }
}
