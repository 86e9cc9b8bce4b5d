//! How to reach somebody: addresses and numbers that cannot exist malformed.

use super::narrow;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A mail address as SMTP takes it without extensions: ASCII, one `@`, a domain with a dot. The
/// domain is in lower case, the local part is as written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// A telephone number in E.164: `+`, country, subscriber.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

/// Why an address or a number is not one. It never repeats the input, which is personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContactError {
    #[error("it is empty")]
    Empty,
    #[error("it is not a mail address like name@example.org")]
    Email,
    #[error("it is not a telephone number")]
    Phone,
}

impl EmailAddress {
    pub fn parse(raw: &str) -> Result<Self, ContactError> {
        // East Asian keyboards have an at sign and letters of their own width; what nobody sees comes with a paste.
        let raw = narrow(raw);
        let raw = raw.trim();
        if raw.is_empty() {
            return Err(ContactError::Empty);
        }
        let (local, domain) = raw.rsplit_once('@').ok_or(ContactError::Email)?;
        // Lengths: RFC 5321, 4.5.3.1; the whole is what fits between < and >.
        let fits = raw.len() <= 254 && local.len() <= 64;
        if fits && is_local_part(local) && is_domain(domain) {
            Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
        } else {
            Err(ContactError::Email)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A dot-atom of RFC 5322; quoted local parts are not taken.
fn is_local_part(local: &str) -> bool {
    let is_atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom))
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // A top-level domain is never all digits: that would be an IP address.
    let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
    domain.split('.').all(is_label) && top.chars().any(|c| c.is_ascii_alphabetic())
}

impl PhoneNumber {
    /// Reads a number as people write it: `+84 905 123 456`, `0084905123456`, `0905.123.456`,
    /// `(617) 555-0123`. `country` is the country prefix of the city (`+84` or `84`),
    /// used for numbers without one of their own.
    pub fn parse(raw: &str, country: &str) -> Result<Self, ContactError> {
        // Full-width digits of East Asian keyboards are digits.
        let raw = narrow(raw);
        let raw = raw.trim();
        if raw.is_empty() {
            return Err(ContactError::Empty);
        }
        let country = country.trim_start_matches('+');
        let is_separator = |c: char| c.is_whitespace() || ".-()/".contains(c);
        let plain: String = raw.chars().filter(|c| !is_separator(*c)).collect();
        let (international, digits) = match plain.strip_prefix('+').or(plain.strip_prefix("00")) {
            Some(rest) => (true, rest.to_owned()),
            None => (false, plain),
        };
        if !digits.chars().all(|c| c.is_ascii_digit()) {
            return Err(ContactError::Phone);
        }
        let number = if international {
            without_trunk_zero(&digits, country)
        } else if let Some(subscriber) = digits.strip_prefix('0') {
            format!("{country}{subscriber}")
        } else if is_complete(&without_trunk_zero(&digits, country), country) {
            without_trunk_zero(&digits, country)
        } else {
            format!("{country}{digits}")
        };
        if is_plausible(&number) {
            Ok(Self(format!("+{number}")))
        } else {
            Err(ContactError::Phone)
        }
    }

    /// E.164, as `+84905123456`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `+84 (0)905…` and `+84 0905…`: the zero that leads a number at home is not dialled from abroad.
fn without_trunk_zero(digits: &str, country: &str) -> String {
    let rest = digits.strip_prefix(country).filter(|_| !country.is_empty());
    match rest.and_then(|rest| rest.strip_prefix('0')) {
        Some(subscriber) => format!("{country}{subscriber}"),
        None => digits.to_owned(),
    }
}

/// The country with a published plan that is checked in full; others by E.164 alone.
const VIETNAM: &str = "84";
/// The North American plan: ten digits and no trunk zero.
const NORTH_AMERICA: &str = "1";

/// Whether digits without a plus already hold the country, as in `84905123456`.
fn is_complete(digits: &str, country: &str) -> bool {
    matches!(country, VIETNAM | NORTH_AMERICA)
        && digits.starts_with(country)
        && is_plausible(digits)
}

/// E.164: at most 15 digits, the first not zero; and the plans we know.
fn is_plausible(number: &str) -> bool {
    if let Some(subscriber) = number.strip_prefix(VIETNAM) {
        // Mobile numbers have nine digits, fixed lines (02…) ten.
        return match subscriber.bytes().next() {
            Some(b'3' | b'5' | b'7' | b'8' | b'9') => subscriber.len() == 9,
            Some(b'2') => subscriber.len() == 10,
            _ => false,
        };
    }
    if let Some(subscriber) = number.strip_prefix(NORTH_AMERICA) {
        return subscriber.len() == 10 && !subscriber.starts_with(['0', '1']);
    }
    (8..=15).contains(&number.len()) && !number.starts_with('0')
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = ContactError;

    fn try_from(raw: String) -> Result<Self, ContactError> {
        Self::parse(&raw)
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = ContactError;

    /// Only for numbers that were parsed before: they carry their country.
    fn try_from(raw: String) -> Result<Self, ContactError> {
        if raw.starts_with('+') { Self::parse(&raw, "") } else { Err(ContactError::Phone) }
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl From<PhoneNumber> for String {
    fn from(number: PhoneNumber) -> Self {
        number.0
    }
}
