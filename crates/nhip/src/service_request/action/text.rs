//! Words that come with an action: checked once, the same for every verb.

use crate::platform::limits::REASON_CHARS;
use domain::refusal::Refusal;
use domain::text::{Text, TextError, is_blank};

/// Trimmed, NFC, without control characters, at most `limit` characters.
pub fn checked(words: &str, field: &'static str, limit: usize) -> Result<String, Refusal> {
    told(Text::parse(words, limit), field, limit)
}

/// The same for what stands on one line: a name, an address.
pub fn line(words: &str, field: &'static str, limit: usize) -> Result<String, Refusal> {
    told(Text::parse_line(words, limit), field, limit)
}

fn told(
    parsed: Result<Text, TextError>,
    field: &'static str,
    limit: usize,
) -> Result<String, Refusal> {
    match parsed {
        Ok(text) => Ok(text.as_str().to_owned()),
        Err(TextError::Empty) => {
            Err(if field == "reason" { Refusal::NeedsReason } else { Refusal::Missing { field } })
        }
        Err(TextError::TooLong { .. }) => Err(Refusal::TooLong { field, limit }),
        Err(TextError::Nul { at }) => Err(Refusal::Nul { field, at }),
    }
}

pub fn needed(words: &str, field: &'static str) -> Result<String, Refusal> {
    checked(words, field, REASON_CHARS)
}

pub fn optional(words: &str, field: &'static str) -> Result<Option<String>, Refusal> {
    if is_blank(words) { Ok(None) } else { needed(words, field).map(Some) }
}
