//! The way out of letters: a link that needs no sign-in, and one click in the mail program (RFC 8058).
//!
//! The link is signed, not stored: `person.what.signature`, where what is a report, `f-` and a follow, `e-` and a
//! rhythm for its bulletins, `r-` for the periodic
//! report of the desk, or `-` for letters that are about none of these. It shows nothing but how to stop; whoever
//! has it can stop letters and do nothing else.

use super::follow::{Rhythm, store};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::sealing::Vault;
use domain::ids::{FollowId, PersonId, ServiceRequestId};
use domain::refusal::Refusal;
use subtle::ConstantTimeEq;

/// Hexadecimal digits of a signature: 128 bits.
const DIGITS: usize = 32;

/// Whose letters, and about what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    pub person: PersonId,
    pub of: Of,
}

/// Which letters a link stops, unless all are to stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    Report(ServiceRequestId),
    /// Those a follow of a list calls for.
    Follow(FollowId),
    /// Bulletins.
    Every(Rhythm),
    /// The periodic report of those at the desk.
    Periodic,
    /// There is no smaller part to stop.
    All,
}

impl std::fmt::Display for Of {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Report(code) => f.write_str(code.as_str()),
            Self::Follow(id) => write!(f, "f-{id}"),
            Self::Every(rhythm) => write!(f, "e-{rhythm}"),
            Self::Periodic => f.write_str("r-"),
            Self::All => f.write_str("-"),
        }
    }
}

impl Of {
    fn parse(text: &str) -> Option<Self> {
        match text.split_once('-') {
            None => ServiceRequestId::parse(text).ok().map(Self::Report),
            Some(("f", id)) => FollowId::parse(id).ok().map(Self::Follow),
            Some(("e", rhythm)) => Rhythm::parse(rhythm).map(Self::Every),
            Some(("r", "")) => Some(Self::Periodic),
            Some(("", "")) => Some(Self::All),
            Some(_) => None,
        }
    }
}

impl Stop {
    pub fn token(&self, vault: &Vault) -> String {
        let what = format!("{}.{}", self.person, self.of);
        let mac = short(&vault.keyed_hash("stop", &what));
        format!("{what}.{mac}")
    }

    pub fn of_token(vault: &Vault, token: &str) -> Result<Self, Refusal> {
        let (what, mac) = token.rsplit_once('.').ok_or(Refusal::NotFound)?;
        if !same(mac, &short(&vault.keyed_hash("stop", what))) {
            return Err(Refusal::NotFound);
        }
        let (person, of) = what.rsplit_once('.').ok_or(Refusal::NotFound)?;
        let person = PersonId::parse(person).map_err(|_| Refusal::NotFound)?;
        Ok(Self { person, of: Of::parse(of).ok_or(Refusal::NotFound)? })
    }

    /// Stops these letters, or, if there is no such part or `all` is wanted, all letters. Twice is once.
    pub fn stop(&self, conn: &mut Conn<'_>, ctx: &Ctx, all: bool) -> Result<()> {
        let (person, now) = (&self.person, ctx.now);
        match &self.of {
            Of::Report(code) if !all => {
                store::stop_report(conn, &ctx.new_id(), code, person, now)?;
            }
            Of::Follow(id) if !all => store::stop_of(conn, person, Some(id), now)?,
            Of::Every(rhythm) if !all => store::stop_rhythm(conn, person, *rhythm, now)?,
            Of::Periodic if !all => store::stop_periodic(conn, person)?,
            Of::Report(_) | Of::Follow(_) | Of::Every(_) | Of::Periodic | Of::All => {
                store::stop_all(conn, person, now)?;
            }
        }
        Ok(())
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
        for of in [
            Of::All,
            Of::Report(ServiceRequestId::parse("K7QM4RTX").unwrap()),
            Of::Follow(FollowId::parse("01F").unwrap()),
            Of::Every(Rhythm::Week),
            Of::Periodic,
        ] {
            let stop = Stop { person: person.clone(), of };
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
