//! Who writes, as far as we want to know: a keyed hash, the same for the same person.
//!
//! With an account, the account; without one, a secret in a cookie of their browser, and beside it their address for the
//! pace alone, so that dropping the cookie does not make somebody new. Neither can be read back from a hash.

use crate::platform::sealing::Vault;
use domain::ids::{AccountId, ApiKeyId};
use std::net::IpAddr;

/// A person for the rules: one support, one report of a comment, one comment a minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The person. What they did stays with it.
    pub key: String,
    /// Where they write from; kept for no longer than the pace needs it. `None` with an account.
    pub place: Option<String>,
}

impl Author {
    pub fn of_account(vault: &Vault, account: &AccountId) -> Self {
        Self { key: vault.keyed_hash("author", &format!("account:{account}")), place: None }
    }

    /// Somebody without an account; `network` is their address, a household's as one.
    pub fn of_device(vault: &Vault, secret: &str, network: IpAddr) -> Self {
        Self {
            key: vault.keyed_hash("author", &format!("device:{secret}")),
            place: Some(vault.keyed_hash("author", &format!("network:{network}"))),
        }
    }

    /// A program with a key.
    pub fn of_program(vault: &Vault, key: &ApiKeyId) -> Self {
        Self { key: vault.keyed_hash("author", &format!("program:{key}")), place: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_the_same_from_everywhere_and_nobody_else() {
        let vault = Vault::from_key(&[7; 32]);
        let (here, there) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let device = |secret: &str, from| Author::of_device(&vault, secret, from);
        assert_eq!(device("A", here).key, device("A", there).key);
        assert_ne!(device("A", here).place, device("A", there).place);
        assert_ne!(device("A", here).key, device("B", here).key);
        assert_eq!(device("A", here).place, device("B", here).place);
        let account = Author::of_account(&vault, &"A".parse().unwrap());
        assert!(account.key != device("A", here).key && account.place.is_none());
    }
}
