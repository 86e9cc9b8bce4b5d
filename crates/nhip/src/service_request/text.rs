//! Words that come with an action: checked once, the same for every verb.

use crate::platform::limits::REASON_CHARS;
use domain::service_request::refusal::Refusal;
use domain::text::{Text, TextError};

/// Trimmed, NFC, without control characters, at most `limit` characters.
pub fn checked(words: &str, field: &'static str, limit: usize) -> Result<String, Refusal> {
    match Text::parse(words, limit) {
        Ok(text) => Ok(text.as_str().to_owned()),
        Err(TextError::Empty) => {
            Err(if field == "reason" { Refusal::NeedsReason } else { Refusal::Missing { field } })
        }
        Err(TextError::TooLong { .. }) => Err(Refusal::TooLong { field, limit }),
        Err(TextError::Control(_)) => Err(Refusal::Invalid { field }),
    }
}

pub fn needed(words: &str, field: &'static str) -> Result<String, Refusal> {
    checked(words, field, REASON_CHARS)
}

pub fn optional(words: &str, field: &'static str) -> Result<Option<String>, Refusal> {
    if words.trim().is_empty() { Ok(None) } else { needed(words, field).map(Some) }
}
