//! The order of a Vietnamese dictionary, as ICU has it for `vi`.
//!
//! Letters first (a ă â b c d đ e ê …), then tones (none, huyền, hỏi, ngã, sắc, nặng), then case.
//! Spaces come before punctuation, then digits, then letters; other scripts follow by code point.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const BREVE: char = '\u{306}';
const CIRCUMFLEX: char = '\u{302}';
const HORN: char = '\u{31B}';
/// In the order of the dictionary; a letter without a tone comes before them all.
const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

/// A key whose plain comparison (of bytes, as databases do it) orders texts as the dictionary does.
pub fn sort_key(text: &str) -> String {
    let mut letters = String::with_capacity(text.len() * 3 + 2);
    let mut tones = String::with_capacity(text.len());
    let mut cases = String::with_capacity(text.len());
    let mut parts = text.trim().nfd().peekable();
    while let Some(base) = parts.next() {
        let mut shape = None;
        let mut tone = '0';
        while let Some(mark) = parts.next_if(|c| is_combining_mark(*c)) {
            match mark {
                BREVE | CIRCUMFLEX | HORN => shape = Some(mark),
                _ => tone = tone_rank(mark),
            }
        }
        for lower in base.to_lowercase() {
            letters.push(letter_rank(lower, shape));
            tones.push(tone);
            cases.push(if base.is_uppercase() { '1' } else { '0' });
        }
    }
    [letters, tones, cases].join("\u{1}")
}

/// `1` to `5` for the tones, `6` for any other mark.
fn tone_rank(mark: char) -> char {
    ('1'..='6').nth(TONES.iter().position(|t| *t == mark).unwrap_or(5)).unwrap_or('6')
}

/// One character per letter of the alphabet, from `A` on; four places are kept for every Latin
/// letter, so that `ă` and `â` fit between `a` and `b`.
fn letter_rank(lower: char, shape: Option<char>) -> char {
    let (base, variant) = match (lower, shape) {
        ('đ', _) => ('d', 1),
        ('a', Some(BREVE)) | ('e' | 'o', Some(CIRCUMFLEX)) | ('u', Some(HORN)) => (lower, 1),
        ('a', Some(CIRCUMFLEX)) | ('o', Some(HORN)) => (lower, 2),
        _ => (lower, 0),
    };
    match base {
        'a'..='z' => {
            // U+0100 on: after the digits, before every other script that is not Latin.
            let place = (u32::from(base) - u32::from('a')) * 4 + variant;
            char::from_u32(0x100 + place).unwrap_or(base)
        }
        c if c.is_whitespace() => ' ',
        c if c.is_ascii_punctuation() => '!',
        c => c,
    }
}
