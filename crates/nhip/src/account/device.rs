//! What a browser that keeps things for somebody is told of who that is. Phones are lent, and desks are shared: what was
//! kept or written by one person must not be shown to the next, or be sent in their name.
//!
//! A *marker* stands for an account and says nothing about it; pages carry it in a header, and what waits on a device
//! names the one it was written under. The *key* closes what waits, and is forgotten on the device when its owner
//! signs out: what is left there opens when they sign in again, and for nobody else.

use super::session::Signed;
use crate::platform::error::{Error, Result};
use crate::platform::sealing::Vault;

/// The marker of those who are not signed in.
const NOBODY: &str = "nobody";
/// Characters of a marker.
const CHARS: usize = 24;

pub fn marker(vault: &Vault, signed: Option<&Signed>) -> String {
    signed.map_or_else(
        || NOBODY.to_owned(),
        |signed| {
            let hash = vault.keyed_hash("marker on a device", signed.account.as_str());
            hash.chars().take(CHARS).collect()
        },
    )
}

/// 256 bits in hexadecimal.
pub fn key(vault: &Vault, signed: &Signed) -> String {
    vault.keyed_hash("key on a device", signed.account.as_str())
}

/// What waited on a device says under whom it was written, and is taken from them only. What says nothing was not kept.
pub fn must_be_author(vault: &Vault, signed: Option<&Signed>, author: &str) -> Result<()> {
    if author.is_empty() || author == marker(vault, signed) {
        return Ok(());
    }
    Err(Error::unacceptable("author", "error-other-author", 412))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::session::Kind;
    use jiff::Timestamp;

    fn signed(account: &str) -> Signed {
        Signed {
            account: account.parse().unwrap(),
            name: String::new(),
            login: None,
            roles: Vec::new(),
            agency: None,
            person: None,
            kind: Kind::Staff,
            language: "en".to_owned(),
            shortcuts: true,
            session: String::new(),
            seen_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_waited_is_taken_from_its_author_only() {
        let vault = Vault::from_key(&[1; 32]);
        let (one, other) = (signed("one"), signed("other"));
        let taken = |who, author: &str| must_be_author(&vault, who, author).is_ok();
        let of_one = marker(&vault, Some(&one));
        assert!(taken(Some(&one), &of_one) && taken(Some(&other), ""));
        assert!(taken(None, NOBODY) && !taken(Some(&one), NOBODY));
        assert!(!taken(Some(&other), &of_one) && !taken(None, &of_one));
        assert_ne!(of_one, marker(&Vault::from_key(&[2; 32]), Some(&one)));
        assert_eq!((of_one.len(), key(&vault, &one).len()), (CHARS, 64));
        assert_ne!(key(&vault, &one), key(&vault, &other));
    }
}
