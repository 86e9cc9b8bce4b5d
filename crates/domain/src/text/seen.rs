//! What people see of a text: letters nobody sees, and what an office's name looks like.
//!
//! Text comes from word processors, PDFs and keyboards of all kinds. A control character that meant a break becomes one,
//! others are left out; emptiness is judged by what is seen, and names by how they look (UTS 39).

use super::tokens;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;

/// Vertical tab, form feed, next line, line and paragraph separator: word processors and PDFs mean a break.
pub(super) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Turns the direction of what follows, also beyond the text itself.
pub(super) fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Leaves no trace on paper: `Default_Ignorable_Code_Point`, with the fillers of Hangul among them, and the empty pattern
/// of Braille.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether anything of a text can be seen.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c))
}

/// In the width that is common here: full-width letters and digits of East Asian keyboards become plain ones (NFKC), and
/// what nobody sees is left out. For numbers, dates and addresses that programs read.
pub fn narrow(text: &str) -> String {
    text.nfkc().filter(|c| !is_invisible(*c)).collect()
}

/// What a name is taken for by somebody who looks at it, in small and in capital letters. Two names of which one look is the
/// same pass for each other.
pub fn looks(name: &str) -> BTreeSet<String> {
    let plain = narrow(name);
    let look = |text: &str| tokens(&skeleton(text).collect::<String>()).concat();
    let all = [
        look(&plain),
        look(&plain.to_lowercase()),
        look(&plain.to_uppercase()),
        tokens(&plain).concat(),
    ];
    all.into_iter().filter(|look| !look.is_empty()).collect()
}
