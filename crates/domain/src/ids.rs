//! The registry of typed ids: every id in the system is declared here, once.
//!
//! An id is text: codes that a pack author writes (`pothole`), or 26 letters that sort by time
//! ([`time_ordered`]). Randomness is an argument; nothing here reads a clock.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Crockford's base 32 without I, L, O and U, so that nobody misreads a code over the telephone.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const MAX_ID_CHARS: usize = 64;

/// Text that cannot be an id: empty, too long, or with a character outside `A-Z a-z 0-9 - _ .`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id: {0:?}")]
pub struct InvalidId(pub String);

fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= MAX_ID_CHARS
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                if is_id(text) { Ok(Self(text.to_owned())) } else { Err(InvalidId(text.to_owned())) }
            }
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                if is_id(&text) { Ok(Self(text)) } else { Err(InvalidId(text)) }
            }
        }
        impl std::str::FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> { Self::parse(text) }
        }
        impl From<$name> for String { fn from(id: $name) -> String { id.0 } }
        impl AsRef<str> for $name { fn as_ref(&self) -> &str { &self.0 } }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )+};
}

ids! {
    /// A report's public code, eight letters such as `K7QM4RTX` (shown as `K7QM-4RTX`); Open311 `service_request_id`.
    ServiceRequestId,
    /// A task's number: local year and place in it, `2026-0012`.
    TaskId,
    EventId,
    /// Open311 `service_code`.
    ServiceCode,
    /// Open311 `group`: construction order, environmental hygiene …
    FieldCode,
    AgencyId,
    AreaId,
    ProcedureCode,
    AccountId,
    /// A row of the identity vault.
    PersonId,
    MediaId,
    CommentId,
    /// Of a commenter; see `lock`.
    LockId,
    OutboxId,
    DeliveryId,
    ApiKeyId,
    FollowId,
    /// A browser that takes notifications.
    PushDeviceId,
    WebhookId,
}

/// What people and programs put between the groups of a code: dashes of every width, points, what leads to a number.
const BETWEEN_GROUPS: &str = "-‐‑‒–—−.#:\u{200b}\u{feff}";

impl ServiceRequestId {
    /// Reads a code as people write and paste it: lower case, in groups by a blank, a point or any dash, O for 0, I or L
    /// for 1, after other words (`mã QPSJ-4SNK`).
    pub fn from_human(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace().rev();
        let (last, before) = (words.next()?, words.next().unwrap_or_default());
        Self::read(text)
            .or_else(|| Self::read(last))
            .or_else(|| Self::read(&[before, last].concat()))
    }

    fn read(text: &str) -> Option<Self> {
        let code: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !BETWEEN_GROUPS.contains(*c))
            .map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                c => c,
            })
            .collect();
        let known = code.len() == 8 && code.bytes().all(|b| ALPHABET.contains(&b));
        known.then_some(Self(code))
    }

    /// The code in two groups of four, for people: `K7QM-4RTX`.
    pub fn grouped(&self) -> String {
        match (self.0.get(..4), self.0.get(4..8)) {
            (Some(a), Some(b)) if self.0.len() == 8 => format!("{a}-{b}"),
            _ => self.0.clone(),
        }
    }
}

/// 26 characters: 48 bits of milliseconds since 1970, then 80 random bits; sorts by time.
pub fn time_ordered(milliseconds: i64, random: u128) -> String {
    let stamp = (u128::from(milliseconds.max(0).cast_unsigned()) & 0xFFFF_FFFF_FFFF) << 80;
    base32(stamp | (random & ((1 << 80) - 1)), 26)
}

/// Would a spreadsheet change it: digits alone, with an exponent, or around the short name of a month?
pub fn reads_as_number(code: &str) -> bool {
    let middle = code.trim_matches(|c: char| c.is_ascii_digit());
    ["", "E", "JAN", "FEB", "MAR", "APR", "MAY", "SEP", "DEC"].contains(&middle)
}

/// The last `length` base-32 digits of `number`.
pub fn base32(mut number: u128, length: usize) -> String {
    let mut digits = vec![b'0'; length];
    for digit in digits.iter_mut().rev() {
        *digit = ALPHABET.get((number & 31) as usize).copied().unwrap_or(b'0');
        number >>= 5;
    }
    String::from_utf8(digits).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_read_over_the_telephone_finds_its_report() {
        let code = ServiceRequestId::parse("K7QM4R10").unwrap();
        for spoken in ["k7qm-4r10", " K7QM 4RIO ", "#k7qm.4rl0"] {
            assert_eq!(ServiceRequestId::from_human(spoken), Some(code.clone()), "{spoken}");
        }
        for pasted in [
            "mã K7QM-4R10",
            "phản ánh k7qm 4r10",
            "K7QM–4R10",
            "K7QM\u{2011}4R10",
            "K7QM\u{a0}4R10",
        ] {
            assert_eq!(ServiceRequestId::from_human(pasted), Some(code.clone()), "{pasted}");
        }
        assert_eq!(ServiceRequestId::from_human("K7QM-4R10 is late"), None);
        assert_eq!(code.grouped(), "K7QM-4R10");
        assert_eq!(ServiceRequestId::from_human("K7QM-4R1"), None);
    }

    #[test]
    fn a_code_that_a_spreadsheet_would_change_is_known() {
        for code in ["12345678", "00123456", "12345E67", "1234E567", "1MAR2026"] {
            assert!(reads_as_number(code), "{code}");
        }
        for code in ["K7QM4R10", "12E45E67", "1234567A"] {
            assert!(!reads_as_number(code), "{code}");
        }
    }

    #[test]
    fn ids_sort_by_the_time_they_were_made() {
        assert!(time_ordered(1_000, u128::MAX) < time_ordered(1_001, 0));
        assert_eq!(time_ordered(1, 7).len(), 26);
    }

    #[test]
    fn an_id_with_a_slash_a_blank_or_nothing_is_refused() {
        for bad in ["", "a/b", "a b", "đèn"] {
            assert!(ServiceCode::parse(bad).is_err(), "{bad:?}");
        }
    }
}
