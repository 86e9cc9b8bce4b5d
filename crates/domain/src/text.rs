//! What people write: checked at the door, never rewritten, found again by anybody's spelling.
//!
//! [`Text`] is in NFC and free of control characters, and something of it can be seen; apart from that and from trimming, it
//! is what the person typed (`20%af`, `kapot.Graag`). Search does not see accents, case or the two styles of
//! placing a tone: [`fold`] is used once for the index and once for the query.
//! Mail addresses and telephone numbers are in [`contact`].

pub mod contact;
mod search;
mod seen;
mod sort;
mod spelling;
#[cfg(test)]
mod tests;
mod vocabulary;

pub use contact::{ContactError, EmailAddress, PhoneNumber};
pub use search::{excerpt, fold, is_sign, located, matches, tokens};
pub use seen::{is_blank, is_invisible, looks, narrow};
pub use sort::sort_key;
pub use spelling::{Word, has_particle, marks, words};
pub use vocabulary::Vocabulary;

use self::seen::{is_break, turns_direction};
use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// Text of a person: NFC, trimmed, not empty, line breaks as `\n`, no other control characters
/// than these and the tab.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text(String);

/// Why a text is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error("the text is empty")]
    Empty,
    /// `chars` counts characters after NFC.
    #[error("the text has {chars} characters, {max} are allowed")]
    TooLong { chars: usize, max: usize },
    /// `at` counts characters from 1. No database keeps it, and to leave it out would change what follows.
    #[error("the text holds a NUL as character {at}")]
    Nul { at: usize },
}

/// No text in the system is longer, whatever the field allows; in characters.
const MAX_STORED: usize = 1_000_000;

impl Text {
    /// Takes a text of at most `max` characters, counted after NFC and trimming.
    pub fn parse(raw: &str, max: usize) -> Result<Self, TextError> {
        let text = cleaned(raw)?;
        Self::bounded(&text, max)
    }

    /// The same for what stands on one line among other words, such as a name or an address: no break, and nothing that
    /// turns the direction of what follows.
    pub fn parse_line(raw: &str, max: usize) -> Result<Self, TextError> {
        let text: String = cleaned(raw)?.chars().filter(|c| !turns_direction(*c)).collect();
        let words: Vec<&str> = text.split_whitespace().collect();
        Self::bounded(&words.join(" "), max)
    }

    fn bounded(text: &str, max: usize) -> Result<Self, TextError> {
        let text = text.trim();
        if is_blank(text) {
            return Err(TextError::Empty);
        }
        let chars = text.chars().count();
        if chars > max {
            return Err(TextError::TooLong { chars, max });
        }
        Ok(Self(text.to_owned()))
    }

    /// The same for a field that may stay empty.
    pub fn parse_optional(raw: &str, max: usize) -> Result<Option<Self>, TextError> {
        match Self::parse(raw, max) {
            Ok(text) => Ok(Some(text)),
            Err(TextError::Empty) => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// NFC, with one kind of line break and no other control character than the tab.
pub fn cleaned(raw: &str) -> Result<String, TextError> {
    if let Some(at) = raw.chars().position(|c| c == '\0') {
        return Err(TextError::Nul { at: at + 1 });
    }
    // Forms send CRLF; one line break is one character, whoever sends it.
    let text = raw.replace("\r\n", "\n");
    let text = text.chars().filter_map(|c| match c {
        '\t' => Some(c),
        c if is_break(c) => Some('\n'),
        c if c.is_control() => None,
        c => Some(c),
    });
    Ok(text.nfc().collect())
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Text {
    type Error = TextError;

    fn try_from(raw: String) -> Result<Self, TextError> {
        Self::parse(&raw, MAX_STORED)
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

/// The beginning of a text on one line, at most `max` characters, cut between words and marked
/// with an ellipsis when something is missing: a title from a description.
pub fn snippet(text: &str, max: usize) -> String {
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let gap = usize::from(used > 0);
        let length = word.chars().count();
        if used + gap + length > max {
            return cut(line, used, word, max);
        }
        if gap > 0 {
            line.push(' ');
        }
        line.push_str(word);
        used += gap + length;
    }
    line
}

/// Ends a snippet before `word`, which does not fit: words are cut only when the first one alone
/// is too long.
fn cut(mut line: String, used: usize, word: &str, max: usize) -> String {
    if used == 0 {
        line.extend(word.chars().take(max.saturating_sub(1)));
    } else if used >= max {
        // Room for the ellipsis: the last word goes.
        let end = line.rfind(' ').unwrap_or_else(|| {
            line.char_indices().nth(max.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
        });
        line.truncate(end);
    }
    if max > 0 {
        line.push('…');
    }
    line
}
