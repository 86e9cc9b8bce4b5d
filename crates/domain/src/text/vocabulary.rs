//! The words people have used, to forgive a slip in a search.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

/// Shorter words have too many neighbours for one of them to be what was meant.
const LEAST_CHARS: usize = 5;
/// Neighbours of one word; more would find everything.
const MOST_NEAR: usize = 8;

/// Folded words, as they stand in the index.
#[derive(Debug, Default)]
pub struct Vocabulary {
    words: BTreeSet<String>,
    /// The same, by length in characters.
    by_length: BTreeMap<usize, Vec<String>>,
}

impl FromIterator<String> for Vocabulary {
    fn from_iter<I: IntoIterator<Item = String>>(words: I) -> Self {
        let mut vocabulary = Self::default();
        for word in words {
            let length = word.chars().count();
            // PostgreSQL also keeps addresses and hyphenated words as they are: those are no words of ours. Numbers and the
            // codes of reports are none either: nobody means the one beside.
            let plain = word.chars().all(char::is_alphabetic);
            if plain && length + 1 >= LEAST_CHARS && vocabulary.words.insert(word.clone()) {
                vocabulary.by_length.entry(length).or_default().push(word);
            }
        }
        vocabulary
    }
}

impl Vocabulary {
    /// The words one slip away from `word` (folded): a letter wrong, missing, too many, or two swapped. None for a
    /// short word, and for one that somebody has used or begun a word with.
    pub fn near(&self, word: &str) -> Vec<&str> {
        let chars: Vec<char> = word.chars().collect();
        let begun = self.words.range::<str, _>((Bound::Included(word), Bound::Unbounded)).next();
        if chars.len() < LEAST_CHARS || begun.is_some_and(|known| known.starts_with(word)) {
            return Vec::new();
        }
        let alike = self.by_length.range(chars.len() - 1..=chars.len() + 1);
        let alike = alike.flat_map(|(length, words)| words.iter().map(|word| (*length, word)));
        let near = alike.filter(|(length, known)| is_one_slip(&chars, known, *length));
        near.map(|(_, known)| known.as_str()).take(MOST_NEAR).collect()
    }
}

/// Whether one letter put in, left out, replaced or swapped with the next makes `typed` to `known`. What the two begin
/// and end with alike is counted without copying them: all words of nearly this length are asked.
fn is_one_slip(typed: &[char], known: &str, length: usize) -> bool {
    let alike = |(one, other): &(&char, char)| **one == *other;
    let start = typed.iter().zip(known.chars()).take_while(alike).count();
    let shorter = typed.len().min(length);
    let end = typed.iter().rev().zip(known.chars().rev()).take(shorter - start.min(shorter));
    let end = end.take_while(alike).count();
    if typed.len() != length {
        return typed.len().abs_diff(length) == 1 && start + end >= shorter;
    }
    let mut wrong = known.chars().skip(start);
    let mut swapped = || {
        let (first, second) = (typed.get(start), typed.get(start + 1));
        (wrong.next().as_ref(), wrong.next().as_ref()) == (second, first)
    };
    start < length && (start + end + 1 >= length || (start + end + 2 == length && swapped()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_with_one_slip_finds_the_word_that_was_meant() {
        let used =
            ["pothole", "graffiti", "benches", "duong", "lamp", "potholes", "pot'hulk", "b7c9d2"];
        let vocabulary: Vocabulary = used.map(str::to_owned).into_iter().collect();
        for (typed, meant) in [
            ("pothloe", &["pothole"][..]),
            ("grafiti", &["graffiti"]),
            ("graaffiti", &["graffiti"]),
            ("grafffti", &["graffiti"]),
            ("bxnches", &["benches"]),
            ("duonh", &["duong"]),
            // Known, the beginning of a known one, too short, too far.
            ("pothole", &[]),
            ("pothol", &[]),
            ("lanp", &[]),
            ("graffxxi", &[]),
            // The code of a report is no word.
            ("b7c9d1", &[]),
            // Never a word that is more than letters and digits: it goes into a query.
            ("pothulk", &[]),
        ] {
            assert_eq!(vocabulary.near(typed), meant, "{typed}");
        }
    }
}
