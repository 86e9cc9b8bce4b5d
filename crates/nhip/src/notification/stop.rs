//! The way out of letters: a link that needs no sign-in, and one click in the mail program (RFC 8058).
//!
//! The link is signed, not stored: `person.report.signature`, with `-` for letters that are about no one report. It
//! shows nothing but how to stop; whoever has it can stop letters and do nothing else.

use super::store;
use crate::account::vault::Vault;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::ids::{PersonId, ServiceRequestId};
use domain::service_request::refusal::Refusal;
use subtle::ConstantTimeEq;

/// Hexadecimal digits of a signature: 128 bits.
const DIGITS: usize = 32;

/// Whose letters, and about what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    pub person: PersonId,
    /// `None`: only all letters can be stopped.
    pub request: Option<ServiceRequestId>,
}

impl Stop {
    pub fn token(&self, vault: &Vault) -> String {
        let what = self.what();
        let mac = short(&vault.keyed_hash("stop", &what));
        format!("{what}.{mac}")
    }

    pub fn of_token(vault: &Vault, token: &str) -> Result<Self, Refusal> {
        let (what, mac) = token.rsplit_once('.').ok_or(Refusal::NotFound)?;
        if !same(mac, &short(&vault.keyed_hash("stop", what))) {
            return Err(Refusal::NotFound);
        }
        let (person, request) = what.rsplit_once('.').ok_or(Refusal::NotFound)?;
        let person = PersonId::parse(person).map_err(|_| Refusal::NotFound)?;
        let request = (request != "-")
            .then(|| ServiceRequestId::parse(request))
            .transpose()
            .map_err(|_| Refusal::NotFound)?;
        Ok(Self { person, request })
    }

    fn what(&self) -> String {
        let request = self.request.as_ref().map_or("-", ServiceRequestId::as_str);
        format!("{}.{request}", self.person)
    }

    /// Stops letters about the one report, or, if there is none or `all` is wanted, all letters. Twice is once.
    pub fn stop(&self, conn: &mut Conn<'_>, ctx: &Ctx, all: bool) -> Result<()> {
        match &self.request {
            Some(request) if !all => {
                Ok(store::stop_report(conn, &ctx.new_id(), request, &self.person, ctx.now)?)
            }
            Some(_) | None => Ok(store::stop_all(conn, &self.person, ctx.now)?),
        }
    }
}

pub(super) fn short(hash: &str) -> String {
    hash.chars().take(DIGITS).collect()
}

/// Compares signatures without telling by time where they differ.
pub(super) fn same(given: &str, right: &str) -> bool {
    given.as_bytes().ct_eq(right.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_stops_what_it_was_made_for_and_a_forged_one_nothing() {
        let vault = Vault::from_key(&[1; 32]);
        let person = PersonId::parse("01P").unwrap();
        for request in [None, Some(ServiceRequestId::parse("K7QM4RTX").unwrap())] {
            let stop = Stop { person: person.clone(), request };
            let token = stop.token(&vault);
            assert_eq!(Stop::of_token(&vault, &token).unwrap(), stop);
            assert!(Stop::of_token(&vault, &token.replace("01P", "01Q")).is_err());
            assert!(Stop::of_token(&Vault::from_key(&[2; 32]), &token).is_err());
        }
        for bad in ["", ".", "..", "01P.-", "01P.-.", "đèn"] {
            assert!(Stop::of_token(&vault, bad).is_err(), "{bad:?}");
        }
    }
}
