//! What one letter holds and nobody else may read: a link with a secret, and whose it is. It travels sealed, through
//! the outbox and the delivery, to the moment the letter is written.

use crate::platform::error::{Error, Result};
use crate::platform::sealing::Vault;
use domain::ids::PersonId;
use serde::{Deserialize, Serialize};

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    /// For a letter that is about no report: whom to write to.
    pub person: Option<PersonId>,
    /// Path and query of the link, from `/` on.
    pub path: String,
}

pub(super) const LABEL: &str = "enclosure";

impl Enclosure {
    pub fn seal(&self, vault: &Vault) -> Result<Vec<u8>> {
        let json = serde_json::to_vec(self).map_err(|e| Error::failed("seal an enclosure", e))?;
        Ok(vault.seal(LABEL, &json))
    }

    pub fn open(vault: &Vault, sealed: &[u8]) -> Result<Self> {
        let json = vault.open_sealed(LABEL, sealed)?;
        serde_json::from_slice(&json)
            .map_err(|_| Error::failed("open an enclosure", "it holds something else"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enclosure_comes_back_as_it_went_in_and_shows_nothing_on_the_way() {
        let vault = Vault::from_key(&[7; 32]);
        let enclosed = Enclosure { person: None, path: "/receipt/SECRET".to_owned() };
        let sealed = enclosed.seal(&vault).unwrap();
        assert!(!sealed.windows(6).any(|w| w == b"SECRET"));
        assert!(Enclosure::open(&vault, &sealed).unwrap() == enclosed);
        assert!(Enclosure::open(&Vault::from_key(&[8; 32]), &sealed).is_err());
    }
}
