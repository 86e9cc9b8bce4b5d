//! Folding: `den`, `đèn`, `Đèn` find each other, and so do `Thuỷ` and `Thủy`.
//!
//! The databases' own folding misses letters with two marks and never folds `đ`, so it is done
//! here, for the index and for the query, and the databases see plain words.

use super::is_invisible;
use std::iter;
use std::ops::Range;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Words shown before a find.
const WORDS_BEFORE: usize = 5;

/// Decomposes, drops combining marks, turns `đ` into `d`, lowercases, and sets signs that are written without blanks
/// between words apart. Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut after_sign = false;
    for c in text.chars() {
        let sign = is_sign(c);
        let mark = is_combining_mark(c);
        let apart = sign || (after_sign && !mark);
        if apart && !c.is_whitespace() && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
        fold_char(c, |f| folded.push(f));
        after_sign = sign || (mark && after_sign);
    }
    folded
}

/// Chinese characters and Japanese syllables: each is searched for as a word, because nothing shows where one ends.
pub fn is_sign(c: char) -> bool {
    matches!(c, '々' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The folded words of a text, in order: runs of letters and digits.
pub fn tokens(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The folded words of a text with the bytes each stands at.
pub fn located(text: &str) -> impl Iterator<Item = (String, Range<usize>)> {
    words(text).filter_map(|word| {
        let end = word.chars.last()?.1;
        Some((word.chars.iter().map(|(c, _)| *c).collect(), word.start..end))
    })
}

/// Where words of `text` begin with a word of `query`, folded: byte ranges of `text` to mark,
/// sorted and apart.
pub fn matches(text: &str, query: &str) -> Vec<Range<usize>> {
    let wanted = tokens(query);
    words(text).filter_map(|word| longest_prefix(&word, &wanted)).collect()
}

/// What stands around the first find of `query` in `text`, at most `max` characters. `None` when it is not there.
pub fn excerpt(text: &str, query: &str, max: usize) -> Option<String> {
    let found = matches(text, query).first()?.start;
    let mut blanks = text.get(..found)?.rmatch_indices(char::is_whitespace);
    let start = blanks.nth(WORDS_BEFORE).map_or(0, |(at, blank)| at + blank.len());
    let dots = if start > 0 { "… " } else { "" };
    Some(format!("{dots}{}", super::snippet(text.get(start..)?, max)))
}

/// A folded word: each folded character with the byte at which its origin in the text ends.
struct Word {
    start: usize,
    /// It is one sign, which stands for itself.
    sign: bool,
    chars: Vec<(char, usize)>,
}

/// The words of a text with their places. Marks that follow a letter belong to it.
fn words(text: &str) -> impl Iterator<Item = Word> {
    let mut rest = text.char_indices().peekable();
    iter::from_fn(move || {
        let mut word: Option<Word> = None;
        while let Some(&(start, c)) = rest.peek() {
            let end = start + c.len_utf8();
            let follows_sign = word.as_ref().is_some_and(|word| word.sign) && !is_combining_mark(c);
            if word.is_some() && (is_sign(c) || follows_sign) {
                break;
            }
            let mut folded = Vec::new();
            fold_char(c, |f| folded.push((f, end)));
            if folded.is_empty() {
                if let Some(last) = word.as_mut().and_then(|word| word.chars.last_mut()) {
                    last.1 = end;
                }
            } else if folded.iter().all(|(f, _)| f.is_alphanumeric()) {
                word.get_or_insert_with(|| Word { start, sign: is_sign(c), chars: Vec::new() })
                    .chars
                    .extend(folded);
            } else if word.is_some() {
                break;
            }
            rest.next();
        }
        word
    })
}

fn longest_prefix(word: &Word, wanted: &[String]) -> Option<Range<usize>> {
    let fits = |token: &&String| {
        let mut at = word.chars.iter().map(|(c, _)| *c);
        token.chars().all(|c| at.next() == Some(c))
    };
    let length = wanted.iter().filter(fits).map(|token| token.chars().count()).max()?;
    let (_, end) = word.chars.get(length.checked_sub(1)?)?;
    Some(word.start..*end)
}

fn fold_char(c: char, mut emit: impl FnMut(char)) {
    if c.is_ascii() {
        return emit(c.to_ascii_lowercase());
    }
    if is_invisible(c) {
        return;
    }
    decompose_canonical(c, |part| {
        for lower in part.to_lowercase() {
            match lower {
                'đ' => emit('d'),
                mark if is_combining_mark(mark) => {}
                other => emit(other),
            }
        }
    });
}
