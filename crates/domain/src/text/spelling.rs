//! Words with the marks that folding takes away, so that marks can count where a writer uses them.

use super::{fold, is_invisible, is_sign};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word folded, and its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub folded: String,
    /// Sorted, so that both styles of placing a tone are the same.
    pub marks: Vec<char>,
}

/// The words of a text in order; a Chinese or Japanese sign is a word.
pub fn words(text: &str) -> Vec<Word> {
    let mut lower = String::with_capacity(text.len());
    for c in text.nfc().filter(|c| !is_invisible(*c)).flat_map(char::to_lowercase) {
        if is_sign(c) {
            lower.extend([' ', c, ' ']);
        } else {
            lower.push(c);
        }
    }
    lower
        .split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(|word| Word { folded: fold(word), marks: marks(word) })
        .collect()
}

/// A Korean word with what grammar adds to it: `가로등이` for `가로등`.
pub fn has_particle(typed: &str, word: &str) -> bool {
    let jamo = |c: char| matches!(c, '\u{1100}'..='\u{11ff}');
    word.chars().count() >= 4 && word.chars().all(jamo) && typed.starts_with(word)
}

/// The marks of a word in small letters, sorted.
pub fn marks(word: &str) -> Vec<char> {
    let mut marks: Vec<char> = word.nfd().filter(|c| is_combining_mark(*c) || *c == 'đ').collect();
    marks.sort_unstable();
    marks
}
