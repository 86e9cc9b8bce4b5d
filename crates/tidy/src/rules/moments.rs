//! The circumstances of an action (`Ctx`) carry the time at which it happens; so they are made last, after everything
//! that is waited for.
//!
//! A handler that makes them, waits for photos to be decoded and then writes says that something happened before it did,
//! and what others did meanwhile stands after it in the history. The rule follows the variable `ctx` through each
//! function as the code runs: branches apart, loops twice, whatever returns left out. What is not of the moment
//! (`ctx.ids`, `ctx.pack`, `ctx.actor`) may be read at any time, and `by_now(ctx)` makes them new.

use std::collections::BTreeSet;

use crate::{Finding, lex::Lexed, tree::Tree};

const SOURCE: &str = "crates/nhip/src/";

/// Files that date what they write by a moment that was before it, and why.
const DATED_BEFORE: &[(&str, &str)] = &[(
    "crates/nhip/src/oversight/open_data/edition.rs",
    "an edition and all its files are as of one moment, which is chosen before the first file is written",
)];

/// What stays true while one waits.
const LASTING: [&str; 3] = ["ids", "pack", "actor"];

pub fn are_taken_last(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let files = tree.product_rust(SOURCE);
    for (file, parts) in
        files.filter(|(file, _)| DATED_BEFORE.iter().all(|(path, _)| *path != file.path))
    {
        for (line, waited) in stale_uses(&tokens(parts)) {
            let message = format!(
                "`ctx` was made before the `.await` of line {waited}: make it after, or take `app.by_now(ctx)`"
            );
            findings.push(Finding::new(&file.path, line, message));
        }
    }
    findings
}

/// A word, or one character of punctuation, with its line.
struct Token {
    line: usize,
    text: String,
}

fn tokens(parts: &Lexed) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for (line, code) in parts.product_code() {
        let mut within_word = false;
        for next in code.chars() {
            let of_word = next.is_alphanumeric() || next == '_';
            match found.last_mut().filter(|_| of_word && within_word) {
                Some(word) => word.text.push(next),
                None if next.is_whitespace() => {}
                None => found.push(Token { line, text: next.to_string() }),
            }
            within_word = of_word;
        }
    }
    found
}

/// Lines that use a `ctx` that is older than an await, with the line of that await.
fn stale_uses(tokens: &[Token]) -> BTreeSet<(usize, usize)> {
    let mut walk = Walk { tokens, found: BTreeSet::new() };
    let mut at = 0;
    while at < tokens.len() {
        if walk.word(at) == "async" {
            let body = walk.opening(at);
            let given = (at..body).any(|i| walk.word(i) == "ctx" && walk.word(i + 1) == ":");
            at = walk.block(body, if given { Age::Fresh } else { Age::Unmade }).0;
        } else {
            at += 1;
        }
    }
    walk.found
}

/// How old `ctx` is at a point of the code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Age {
    Unmade,
    Fresh,
    /// With the line of the await that made it so.
    Stale(usize),
}

/// A `let` that binds `ctx`, while its right side is read.
#[derive(Default)]
struct Binding {
    /// `app.ctx(…)` or `by_now(ctx)` stood in it: that was the moment.
    made: bool,
    /// It is the old one under its own name.
    derived: bool,
}

struct Walk<'a> {
    tokens: &'a [Token],
    found: BTreeSet<(usize, usize)>,
}

impl Walk<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.text)
    }

    /// What stands so many tokens before.
    fn before(&self, at: usize, tokens: usize) -> &str {
        at.checked_sub(tokens).map_or("", |at| self.word(at))
    }

    fn line(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(0, |token| token.line)
    }

    /// The next `{` that is not in parentheses.
    fn opening(&self, from: usize) -> usize {
        let mut depth = 0_i32;
        for at in from..self.tokens.len() {
            match self.word(at) {
                "(" | "[" => depth += 1,
                ")" | "]" => depth -= 1,
                "{" if depth == 0 => return at,
                _ => {}
            }
        }
        self.tokens.len()
    }

    /// Runs the block that opens here: where it ends, and how old `ctx` is after it; `None` where it never gets there.
    fn block(&mut self, opening: usize, before: Age) -> (usize, Option<Age>) {
        let mut at = opening + 1;
        let (mut age, mut leaves, mut own) = (before, false, false);
        // Of a match, what its arms come to so far.
        let mut arms: Option<Age> = None;
        let mut binding: Option<Binding> = None;
        while at < self.tokens.len() {
            match self.word(at) {
                "}" => break,
                "{" => {
                    (at, age) = self.inner(at, age);
                    continue;
                }
                "=" if self.word(at + 1) == ">" => {
                    arms = arms.max((!leaves).then_some(age));
                    (age, leaves) = (before, false);
                }
                "return" | "break" | "continue" => leaves = true,
                "let" => {
                    if let Some(value) = self.value_of_binding(at) {
                        (binding, own) = (Some(Binding::default()), true);
                        at = value;
                    }
                }
                ";" if binding.take().is_some_and(|binding| !binding.made && !binding.derived) => {
                    age = Age::Fresh;
                }
                "await" if age == Age::Fresh => age = Age::Stale(self.line(at)),
                "Ctx" if self.word(at + 1) == "{" => {
                    (at, age) = self.literal(at, age, binding.as_mut());
                }
                "ctx" => age = self.met(at, age, binding.as_mut()),
                _ => {}
            }
            at += 1;
        }
        let after = (!leaves).then_some(age).max(arms);
        (at + 1, if own { after.map(|_| before) } else { after })
    }

    /// A block inside another, with its `else`; the body of a loop runs twice.
    fn inner(&mut self, opening: usize, before: Age) -> (usize, Age) {
        let (mut end, mut after) = self.block(opening, before);
        if let Some(again) = after.filter(|_| self.is_of_loop(opening)) {
            after = self.block(opening, again).1;
        }
        if self.word(end) == "else" {
            let (of_else, other) = self.inner(self.opening(end), before);
            (end, after) = (of_else, after.max(Some(other)));
        }
        (end, after.unwrap_or(before).max(before))
    }

    /// Whether the statement that leads to this block is a loop.
    fn is_of_loop(&self, opening: usize) -> bool {
        let head = (0..opening).rev().map(|at| self.word(at));
        head.take_while(|word| ![";", "{", "}"].contains(word))
            .any(|word| ["for", "while", "loop"].contains(&word))
    }

    /// Where the right side begins, of a `let` that binds `ctx`.
    fn value_of_binding(&self, at: usize) -> Option<usize> {
        let value = (at..self.tokens.len()).find(|at| ["=", ";"].contains(&self.word(*at)))?;
        (at..value).any(|at| self.word(at) == "ctx").then_some(value)
    }

    /// `Ctx { now: …, ..ctx }` is made here; without a `now` it is the old one.
    fn literal(&mut self, at: usize, age: Age, binding: Option<&mut Binding>) -> (usize, Age) {
        let end = (at..self.tokens.len()).find(|at| self.word(*at) == "}").unwrap_or(at);
        let within = |word: &str| (at..end).find(|at| self.word(*at) == word);
        match (within("now"), within("ctx")) {
            (None, Some(of)) => (end, self.met(of, age, binding)),
            _ => {
                if let Some(binding) = binding {
                    binding.made = true;
                    return (end, Age::Fresh);
                }
                (end, age)
            }
        }
    }

    /// The word `ctx`: made, used, or the name of something else.
    fn met(&mut self, at: usize, age: Age, binding: Option<&mut Binding>) -> Age {
        let (before, after) = ((self.before(at, 2), self.before(at, 1)), self.word(at + 1));
        let made = (before.1 == "." && after == "(") || before == ("by_now", "(");
        let of_another = before.1 == "." && before.0 != ".";
        let named = after == ":" || before == (":", ":");
        if let Some(binding) = binding {
            if made {
                binding.made = true;
                return Age::Fresh;
            }
            binding.derived |= !of_another && !named;
        }
        let lasts = after == "." && LASTING.contains(&self.word(at + 2));
        if let Age::Stale(waited) = age
            && !(of_another || named || lasts)
        {
            self.found.insert((self.line(at), waited));
        }
        age
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(code: &str) -> Vec<usize> {
        let tree = Tree::of(&[("crates/nhip/src/a_pages.rs", code)]);
        are_taken_last(&tree).into_iter().map(|found| found.line).collect()
    }

    #[test]
    fn a_write_after_a_wait_is_found() {
        let late = "async fn f(app: &App) {\n let ctx = app.ctx(a);\n let x = photos(app).await?;\n\
                    app.db.write(move |conn| add(conn, &ctx, x)).await\n}\n";
        assert_eq!(lines(late), [4]);
        let pair = "async fn f(app: &App) {\n let (ctx, y) = (app.ctx(a), b);\n wait().await;\n g(ctx.now)\n}\n";
        assert_eq!(lines(pair), [4]);
        let given = "async fn f(ctx: &Ctx) {\n wait().await;\n write(ctx).await\n}\n";
        assert_eq!(lines(given), [3]);
        let other = "async fn f(ctx: &Ctx) {\n wait().await;\n let ctx = Ctx { actor, ..ctx.clone() };\n write(ctx).await\n}\n";
        assert_eq!(lines(other), [3, 4]);
    }

    #[test]
    fn made_after_the_wait_or_anew_it_is_fresh() {
        for good in [
            "let x = photos(app).await?; let ctx = app.ctx(a); db.write(|c| add(c, &ctx)).await?; show().await",
            "let ctx = app.ctx(a); x(&ctx.ids, ctx.now).await?; let ctx = app.by_now(ctx); db.write(|c| add(c, &ctx)).await",
            "let ctx = app.ctx(a); wait().await; g(&ctx.pack, ctx.actor, other.ctx, Door { ctx: 1 })",
            "let ctx = may(app).await?; write(&ctx).await",
            "let ctx = app.ctx(a); wait().await; let ctx = Ctx { now: clock.now(), ..ctx }; write(&ctx).await",
        ] {
            assert_eq!(lines(&format!("async fn f() {{ {good} }}")), [], "{good}");
        }
    }

    #[test]
    fn branches_are_told_apart_and_what_returns_is_left_out() {
        for good in [
            "let Some(x) = y else { return page().await };",
            "if bad { page().await?; return Ok(()); }",
            "let z = match y { A => { page().await; return 1 } B => write(&ctx), C => write(&ctx) };",
        ] {
            let code =
                format!("async fn f() {{\nlet ctx = app.ctx(a);\n{good}\nwrite(&ctx).await }}");
            assert_eq!(lines(&code), [], "{good}");
        }
        for bad in [
            "if late { page().await; }",
            "if late { 1 } else { page().await; 2 };",
            "match y { A => page().await, B => 1 };",
        ] {
            let code =
                format!("async fn f() {{\nlet ctx = app.ctx(a);\n{bad}\nwrite(&ctx).await }}");
            assert_eq!(lines(&code), [4], "{bad}");
        }
    }

    #[test]
    fn the_second_round_of_a_loop_is_later_than_the_first() {
        let once = "async fn f() {\n let ctx = app.ctx(a);\n for x in all {\n write(&ctx, x).await;\n }\n}\n";
        assert_eq!(lines(once), [4]);
        let each = "async fn f() {\n for x in all {\n let ctx = app.ctx(a);\n write(&ctx, x).await;\n }\n}\n";
        assert_eq!(lines(each), []);
    }
}
