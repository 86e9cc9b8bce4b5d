//! Which part may know which other part.
//!
//! `domain` is pure. The slices of `nhip` stand in one order, and a slice uses only what is
//! below it. Modules that are not in the order (the router, the jobs, the commands) stand on
//! top: they may use every slice, and no slice may use them. One exception: what handlers and
//! jobs are handed (`app`, the bag of everything; `visitor`, who asks) is named by them.

use crate::{
    Finding,
    lex::Lexed,
    tree::{File, Tree},
};

/// From the bottom up.
const ORDER: [&str; 14] = [
    "platform",
    "area",
    "account",
    "media",
    "procedure",
    "case",
    "service_request",
    "accountability",
    "conversation",
    "notification",
    "open311",
    "oversight",
    "desk",
    "front",
];

/// Words that mean a clock, randomness or I/O.
const IMPURE: [&str; 13] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::io",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "ZonedDateTime::now",
    "rand::",
    "tokio::",
    "async fn",
];

/// Files of a slice, or folders in it, whose name ends so speak HTTP; every other file does not.
const SPEAKS_HTTP: [&str; 8] =
    ["pages", "open311", "api", "feeds", "http", "live", "public", "desk"];

/// As above: these run in the background.
const IS_A_JOB: [&str; 3] = ["jobs", "dispatch", "deliver"];

/// Modules of the top that handlers and jobs may name.
const HANDED: [&str; 2] = ["app", "visitor"];

const SOURCE: &str = "crates/nhip/src/";

pub fn domain_is_pure(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, parts) in tree.product_rust("crates/domain/src/") {
        for (number, line) in parts.product_code() {
            for word in IMPURE.iter().filter(|word| line.contains(**word)) {
                let message = format!("`{word}` in domain: take the value as an argument instead");
                findings.push(Finding::new(&file.path, number, message));
            }
        }
    }
    findings
}

pub fn slices_keep_their_order(tree: &Tree) -> Vec<Finding> {
    let macros = macros(tree);
    let mut findings = Vec::new();
    for (file, parts) in tree.product_rust(SOURCE) {
        let own = top_module(file);
        let Some(own_rank) = rank(own) else {
            continue;
        };
        for (number, used) in used_modules(file, parts) {
            let below = macros.contains(&used) || rank(&used).is_some_and(|rank| rank < own_rank);
            if used == own || below || (HANDED.contains(&used.as_str()) && is_handler_or_job(file))
            {
                continue;
            }
            let message = format!(
                "`{own}` uses `{used}`, which is not below it: move what both need down, \
                 or turn the call round (order: {})",
                ORDER.join(" < ")
            );
            findings.push(Finding::new(&file.path, number, message));
        }
    }
    findings
}

pub fn actions_know_no_http(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, parts) in tree.product_rust(SOURCE) {
        let own = top_module(file);
        if own == "platform" || rank(own).is_none() || is_one_of(file, &SPEAKS_HTTP) {
            continue;
        }
        for (number, line) in parts.product_code() {
            if line.contains("axum::") || line.contains("axum_extra::") {
                let message = format!(
                    "HTTP in an action: move the handler to one of {}",
                    SPEAKS_HTTP.join(", ")
                );
                findings.push(Finding::new(&file.path, number, message));
            }
        }
    }
    findings
}

/// Exported macros live at the root of the crate, wherever they are written.
fn macros(tree: &Tree) -> Vec<String> {
    let code = tree.product_rust(SOURCE).flat_map(|(_, parts)| parts.product_code());
    code.filter_map(|(_, line)| line.trim().strip_prefix("macro_rules! ").and_then(name_at))
        .collect()
}

fn is_handler_or_job(file: &File) -> bool {
    is_one_of(file, &SPEAKS_HTTP) || is_one_of(file, &IS_A_JOB)
}

/// Whether the file, or a folder it lies in, has a name with one of these endings.
fn is_one_of(file: &File, endings: &[&str]) -> bool {
    let inside = file.path.strip_prefix(SOURCE).unwrap_or(&file.path);
    let mut parts = inside.split('/').map(|part| part.strip_suffix(".rs").unwrap_or(part));
    parts.any(|part| endings.iter().any(|ending| part.ends_with(ending)))
}

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|slice| *slice == module)
}

/// `crates/nhip/src/media/blob.rs` is in `media`.
fn top_module(file: &File) -> &str {
    let inside = file.path.strip_prefix(SOURCE).unwrap_or(&file.path);
    let first = inside.split('/').next().unwrap_or(inside);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// How many modules deep the file is: `media/mod.rs` 1, `media/blob.rs` 2.
fn depth(file: &File) -> usize {
    let inside = file.path.strip_prefix(SOURCE).unwrap_or(&file.path);
    let parts = inside.split('/').count();
    if inside.ends_with("/mod.rs") { parts - 1 } else { parts }
}

/// Modules of the crate's root that this file names, by `crate::` or by enough `super::`.
fn used_modules(file: &File, parts: &Lexed) -> Vec<(usize, String)> {
    let mut code = String::new();
    let mut line_of = Vec::new();
    for (number, line) in parts.product_code() {
        code.push_str(line);
        code.push('\n');
        line_of.resize(code.len(), number);
    }
    let mut found = Vec::new();
    for root in ["crate::".to_owned(), "super::".repeat(depth(file))] {
        for (at, _) in code.match_indices(&root) {
            let before = code.get(..at).unwrap_or_default();
            let glued =
                before.ends_with(|last: char| last.is_alphanumeric() || "_:$".contains(last));
            if glued {
                continue;
            }
            let line = line_of.get(at).copied().unwrap_or_default();
            let rest = code.get(at + root.len()..).unwrap_or_default();
            found.extend(heads(rest).into_iter().map(|head| (line, head)));
        }
    }
    found
}

/// The first names of a path or of a group: `a::b` gives a; `{a::{b, c}, d}` gives a and d.
/// Names in capitals are items of the root, not modules, and are given too.
fn heads(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else {
        return Vec::from_iter(name_at(rest));
    };
    let mut found = Vec::new();
    let (mut depth, mut start) = (0_i32, true);
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            other if start && !other.is_whitespace() => {
                found.extend(group.get(at..).and_then(name_at));
                start = false;
            }
            _ => {}
        }
    }
    found
}

fn name_at(text: &str) -> Option<String> {
    let name: String =
        text.chars().take_while(|next| next.is_alphanumeric() || *next == '_').collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(path: &str, code: &str) -> Vec<usize> {
        let tree = Tree::of(&[(path, code)]);
        slices_keep_their_order(&tree).into_iter().map(|found| found.line).collect()
    }

    #[test]
    fn a_clock_in_domain_is_found() {
        let tree = Tree::of(&[(
            "crates/domain/src/a.rs",
            "//! A.\n// std::fs\nuse std::time::SystemTime;\n",
        )]);
        assert_eq!(domain_is_pure(&tree).len(), 1);
    }

    #[test]
    fn a_slice_may_use_what_is_below_it() {
        let code =
            "use crate::{account::Actor, media::{self, Photo}};\nuse crate::platform::db::Db;\n";
        assert_eq!(breaches("crates/nhip/src/service_request/action/submit.rs", code), []);
    }

    #[test]
    fn a_slice_that_looks_up_is_found_however_it_is_written() {
        let path = "crates/nhip/src/media/blob.rs";
        assert_eq!(breaches(path, "use crate::service_request::Report;\n"), [1]);
        assert_eq!(
            breaches(path, "use crate::{\n    platform::db::Db,\n    clock::Due,\n};\n"),
            [1]
        );
        assert_eq!(breaches(path, "fn f() {\n crate::oversight::count();\n}\n"), [2]);
        assert_eq!(breaches(path, "use super::super::clock::Due;\n"), [1]);
        assert_eq!(breaches(path, "use crate::router::route;\n"), [1]);
        assert_eq!(breaches(path, "use super::store;\nuse domain::clock::Due;\n"), []);
        assert_eq!(breaches("crates/nhip/src/media/mod.rs", "use super::clock::Due;\n"), [1]);
    }

    #[test]
    fn the_top_may_use_everything_and_tests_may_too() {
        assert_eq!(breaches("crates/nhip/src/router.rs", "use crate::oversight::pages;\n"), []);
        let test = "#[cfg(test)]\nmod tests {\n use crate::oversight::pages;\n}\n";
        assert_eq!(breaches("crates/nhip/src/media/blob.rs", test), []);
    }

    #[test]
    fn a_macro_belongs_to_nobody() {
        let tree = Tree::of(&[
            (
                "crates/nhip/src/platform/db/value.rs",
                "macro_rules! params {\n}\npub use crate::params;\n",
            ),
            ("crates/nhip/src/media/store.rs", "use crate::params;\nuse crate::parameters;\n"),
        ]);
        let found: Vec<_> =
            slices_keep_their_order(&tree).into_iter().map(|found| found.line).collect();
        assert_eq!(found, [2]);
    }

    #[test]
    fn the_app_is_for_handlers_and_jobs_only() {
        let code = "use crate::app::Shared;\n";
        assert_eq!(breaches("crates/nhip/src/media/pages.rs", code), []);
        assert_eq!(breaches("crates/nhip/src/notification/deliver.rs", code), []);
        assert_eq!(breaches("crates/nhip/src/media/blob.rs", code), [1]);
    }

    #[test]
    fn http_in_an_action_is_found() {
        let code = "use axum::response::Html;\n";
        let tree = Tree::of(&[
            ("crates/nhip/src/service_request/action/submit.rs", code),
            ("crates/nhip/src/service_request/staff/queue_pages.rs", code),
            ("crates/nhip/src/service_request/pages/list.rs", code),
            ("crates/nhip/src/platform/http/mod.rs", code),
            ("crates/nhip/src/router.rs", code),
        ]);
        assert_eq!(actions_know_no_http(&tree).len(), 1);
    }
}
