//! House rules, checked over the source tree as text.
//!
//! The compiler and clippy check what they can; this crate checks what they cannot know:
//! which folder may speak to which, where SQL may stand, that no city is named in code, that
//! templates keep the content security policy. It depends on nothing of the product, so that it
//! runs in seconds, before anything heavy compiles.
//!
//! It is no parser of Rust: [`lex`] tells code, strings, comments and test modules apart, and
//! the rules look for words in them. That is enough for every rule here and easy to follow.
//!
//! A rule is a function from a [`tree::Tree`] to findings. `tests/house.rs` runs each rule over
//! this repository; beside each rule stand tests with bad samples, because a rule that cannot
//! fail is a defect.

pub mod imports;
pub mod lex;
pub mod rules;
pub mod tree;

/// One breach of a rule: where, and what to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Path from the root of the repository, with forward slashes.
    pub path: String,
    /// Counted from 1; 0 means the file as a whole.
    pub line: usize,
    /// What is wrong and what to do about it, one sentence each.
    pub message: String,
}

impl Finding {
    pub fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}:{}: {}", self.path, self.line, self.message)
    }
}
