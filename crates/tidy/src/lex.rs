//! Tells code, strings, comments and test modules of a Rust file apart.
//!
//! It understands nested block comments, raw and byte strings, and the difference between a
//! character and a lifetime. It does not parse: an item under `#[cfg(test)]` is found by
//! counting braces.

/// A string literal: its content as written, without quotes and with escapes unresolved.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    /// Line of the opening quote, from 1.
    pub line: usize,
    pub text: String,
    pub in_test: bool,
}

/// A Rust file taken apart.
#[derive(Debug, Default)]
pub struct Lexed {
    /// The lines with comments gone and every string emptied (`""`); index 0 is line 1.
    pub code: Vec<String>,
    /// Whether the line of the same index is inside an item marked `#[cfg(test)]`.
    pub in_test: Vec<bool>,
    pub strings: Vec<Literal>,
}

impl Lexed {
    /// Lines of code with their number from 1; those in test modules left out.
    pub fn product_code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.all_code().filter(|(number, _)| !self.is_test(*number))
    }

    /// Whether the line of this number, from 1, is in a test module.
    pub fn is_test(&self, number: usize) -> bool {
        self.in_test.get(number - 1).copied().unwrap_or(false)
    }

    /// All lines of code with their number from 1.
    pub fn all_code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.iter().enumerate().map(|(index, line)| (index + 1, line.as_str()))
    }
}

pub fn lex(text: &str) -> Lexed {
    let mut scanner = Scanner::new(text);
    while let Some(next) = scanner.peek(0) {
        scanner.step(next);
    }
    scanner.finish()
}

struct Scanner {
    chars: Vec<char>,
    at: usize,
    line: String,
    out: Lexed,
}

impl Scanner {
    fn new(text: &str) -> Self {
        Self { chars: text.chars().collect(), at: 0, line: String::new(), out: Lexed::default() }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn line_number(&self) -> usize {
        self.out.code.len() + 1
    }

    /// Moves on by one character; `keep` says whether it belongs to the code.
    fn advance(&mut self, keep: bool) {
        match self.peek(0) {
            Some('\n') => self.out.code.push(std::mem::take(&mut self.line)),
            Some(other) if keep => self.line.push(other),
            Some(_) | None => {}
        }
        self.at += 1;
    }

    fn step(&mut self, next: char) {
        match (next, self.peek(1)) {
            ('/', Some('/')) => self.skip_line_comment(),
            ('/', Some('*')) => self.skip_block_comment(),
            ('"', _) => self.take_string(),
            ('\'', _) => self.take_char_or_lifetime(),
            ('r' | 'b' | 'c', _) if !self.after_identifier() => self.take_prefixed(),
            _ => self.advance(true),
        }
    }

    fn after_identifier(&self) -> bool {
        self.line.chars().next_back().is_some_and(|last| last.is_alphanumeric() || last == '_')
    }

    fn skip_line_comment(&mut self) {
        while self.peek(0).is_some_and(|next| next != '\n') {
            self.advance(false);
        }
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0_u32;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth -= 1,
                (None, _) => return,
                _ => {
                    self.advance(false);
                    continue;
                }
            }
            self.advance(false);
            self.advance(false);
            if depth == 0 {
                return;
            }
        }
    }

    /// `r"…"`, `r#"…"#`, `b"…"`, `br#"…"#`, `c"…"`; anything else is an ordinary letter.
    fn take_prefixed(&mut self) {
        let mut ahead = 0;
        while matches!(self.peek(ahead), Some('r' | 'b' | 'c')) {
            ahead += 1;
        }
        let raw = ahead > 0 && self.peek(ahead - 1) == Some('r');
        let mut hashes = 0;
        while raw && self.peek(ahead + hashes) == Some('#') {
            hashes += 1;
        }
        if ahead > 2 || self.peek(ahead + hashes) != Some('"') {
            self.advance(true);
            return;
        }
        for _ in 0..ahead + hashes {
            self.advance(false);
        }
        if raw {
            self.take_raw_string(hashes);
        } else {
            self.take_string();
        }
    }

    fn take_string(&mut self) {
        let line = self.line_number();
        let mut text = String::new();
        self.advance(false);
        while let Some(next) = self.peek(0) {
            if next == '"' {
                break;
            }
            text.push(next);
            self.advance(false);
            if next == '\\' {
                text.extend(self.peek(0));
                self.advance(false);
            }
        }
        self.advance(false);
        self.push_string(line, text);
    }

    fn take_raw_string(&mut self, hashes: usize) {
        let line = self.line_number();
        let mut text = String::new();
        self.advance(false);
        while let Some(next) = self.peek(0) {
            let closes = next == '"' && (1..=hashes).all(|ahead| self.peek(ahead) == Some('#'));
            if closes {
                break;
            }
            text.push(next);
            self.advance(false);
        }
        for _ in 0..=hashes {
            self.advance(false);
        }
        self.push_string(line, text);
    }

    fn push_string(&mut self, line: usize, text: String) {
        self.line.push_str("\"\"");
        self.out.strings.push(Literal { line, text, in_test: false });
    }

    fn take_char_or_lifetime(&mut self) {
        let is_char = self.peek(1) == Some('\\') || self.peek(2) == Some('\'');
        if !is_char {
            self.advance(true);
            return;
        }
        self.line.push_str("' '");
        self.advance(false);
        if self.peek(0) == Some('\\') {
            self.advance(false);
        }
        self.advance(false);
        while self.peek(0).is_some_and(|next| next != '\'') {
            self.advance(false);
        }
        self.advance(false);
    }

    fn finish(mut self) -> Lexed {
        if !self.line.is_empty() {
            self.out.code.push(std::mem::take(&mut self.line));
        }
        self.out.in_test = mark_tests(&self.out.code);
        for literal in &mut self.out.strings {
            literal.in_test = self.out.in_test.get(literal.line - 1).copied().unwrap_or(false);
        }
        self.out
    }
}

/// Marks the lines from each `#[cfg(test)]` to the end of the item after it.
fn mark_tests(code: &[String]) -> Vec<bool> {
    let mut marks = Vec::with_capacity(code.len());
    let mut pending = false;
    let mut depth = 0_i64;
    for line in code {
        let opens = depth == 0 && line.contains("#[cfg(test)]");
        pending |= opens;
        let inside = pending || depth > 0;
        if inside {
            for character in line.chars() {
                match character {
                    '{' => {
                        depth += 1;
                        pending = false;
                    }
                    '}' => depth -= 1,
                    ';' if depth == 0 => pending = false,
                    _ => {}
                }
            }
        }
        marks.push(inside);
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_comments_are_told_from_code() {
        let lexed =
            lex("let a = \"x // y\"; // \"no\"\nlet b = r#\"q\"q\"#; /* \"c\" /* d */ */ f();\n");
        assert_eq!(lexed.code, ["let a = \"\"; ", "let b = \"\";  f();"]);
        let texts: Vec<_> = lexed.strings.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(texts, ["x // y", "q\"q"]);
    }

    #[test]
    fn a_lifetime_does_not_open_a_character() {
        let lexed = lex("fn f<'a>(x: &'a str) -> char { '\"' }\nlet s = \"t\";\n");
        assert_eq!(lexed.strings.len(), 1);
        assert_eq!(lexed.strings[0].line, 2);
    }

    #[test]
    fn an_escaped_quote_and_a_line_end_stay_inside_the_string() {
        let lexed = lex("f(\"a\\\"b\nc\");\ng(\"d\");\n");
        assert_eq!(lexed.strings[0].text, "a\\\"b\nc");
        assert_eq!(lexed.strings[1].line, 3);
    }

    #[test]
    fn code_under_cfg_test_is_marked_and_code_after_it_is_not() {
        let lexed =
            lex("fn a() {}\n#[cfg(test)]\nmod tests {\n  fn b() { \"}\"; }\n}\nfn c() {}\n");
        assert_eq!(lexed.in_test, [false, true, true, true, true, false]);
        assert!(lexed.strings[0].in_test);
    }

    #[test]
    fn a_test_module_in_another_file_marks_only_its_own_line() {
        let lexed = lex("#[cfg(test)]\nmod tests;\nfn c() {}\n");
        assert_eq!(lexed.in_test, [true, true, false]);
    }
}
