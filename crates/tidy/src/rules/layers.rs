//! Which part may know which other part.
//!
//! `domain` is pure, and its modules stand in one order, which its `lib.rs` tells. The slices of `nhip` stand in one order, and a slice uses only what is
//! below it. So do the modules on top of them (the jobs, the router, the commands), in the same
//! order. What handlers and jobs are handed (`app`, the bag of what all slices share; `visitor`,
//! who asks) is named by them alone.

use crate::{
    Finding,
    imports::{Import, imports},
    tree::{File, Tree},
};

/// From the bottom up.
const ORDER: [&str; 18] = [
    "platform",
    "area",
    "account",
    "media",
    "app",
    "visitor",
    "account_pages",
    "procedure",
    "case",
    "service_request",
    "accountability",
    "conversation",
    "task",
    "notification",
    "open311",
    "oversight",
    "desk",
    "front",
];

/// What stands on top of the slices, again from the bottom up.
const TOP: [&str; 16] = [
    "stop",
    "options",
    "node",
    "site",
    "health",
    "kinds",
    "calendar_keeper",
    "jobs",
    "metrics",
    "reload",
    "gate",
    "router",
    "serve",
    "import",
    "demo",
    "cli",
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

/// In a slice, handlers and jobs alone may name these.
const HANDED: [&str; 2] = ["app", "visitor"];

pub(super) const SOURCE: &str = "crates/nhip/src/";
const DOMAIN: &str = "crates/domain/src/";

pub fn domain_is_pure(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, parts) in tree.product_rust(DOMAIN) {
        for (number, line) in parts.product_code() {
            for word in IMPURE.iter().filter(|word| line.contains(**word)) {
                let message = format!("`{word}` in domain: take the value as an argument instead");
                findings.push(Finding::new(&file.path, number, message));
            }
        }
    }
    findings
}

pub fn domain_keeps_its_order(tree: &Tree) -> Vec<Finding> {
    let root = format!("{DOMAIN}lib.rs");
    let order = tree.file(&root).map(order_told_by).unwrap_or_default();
    let known = |module: &str| order.iter().position(|known| *known == module);
    let mut findings = Vec::new();
    for (file, _) in tree.product_rust(DOMAIN).filter(|(file, _)| file.path != root) {
        if known(top_module(file, DOMAIN)).is_none() {
            findings.push(Finding::new(&file.path, 0, "give its module a place in the order"));
        }
    }
    let all = imports(tree, DOMAIN);
    for import in &all {
        let Import { file, line, within, from, to } = import;
        if within.is_empty() && known(to) >= known(from) {
            let message = format!("`{from}` uses `{to}`, which does not stand before it");
            findings.push(Finding::new(&file.path, *line, message));
        } else if !within.is_empty() && leads_back(import, &all) {
            let message = format!("`{from}` and `{to}` need each other: move what both need out");
            findings.push(Finding::new(&file.path, *line, message));
        }
    }
    findings
}

/// The order that stands in the documentation: words with ` < ` between them, on several lines.
fn order_told_by(root: &File) -> Vec<&str> {
    let docs = root.text.lines().filter_map(|line| line.strip_prefix("//! "));
    let told = docs.filter(|line| line.contains(" < "));
    told.flat_map(|line| line.split('<')).map(str::trim).filter(|word| !word.is_empty()).collect()
}

/// Whether what is imported needs, perhaps by way of others, what imports it.
fn leads_back(import: &Import<'_>, all: &[Import<'_>]) -> bool {
    let mut reached = vec![&import.to];
    let mut next = 0;
    while let Some(module) = reached.get(next).copied() {
        next += 1;
        for further in all.iter().filter(|i| i.within == import.within && i.from == *module) {
            if !reached.contains(&&further.to) {
                reached.push(&further.to);
            }
        }
    }
    reached.contains(&&import.from)
}

pub fn slices_keep_their_order(tree: &Tree) -> Vec<Finding> {
    let macros = macros(tree);
    let mut findings = Vec::new();
    for Import { file, line, within, from, to } in imports(tree, SOURCE) {
        if !within.is_empty() {
            continue;
        }
        let below = rank(&to).is_some_and(|to| rank(&from).is_some_and(|from| to < from));
        let is_handed = HANDED.contains(&to.as_str()) && !HANDED.contains(&from.as_str());
        let is_refused = is_handed && is_slice(&from) && !is_handler_or_job(file);
        let message = if is_refused {
            format!("`{to}` is for handlers and jobs: take what is needed of it as an argument")
        } else if below || macros.contains(&to) {
            continue;
        } else {
            format!(
                "`{from}` uses `{to}`, which is not below it: move what both need down, \
                 or turn the call round (order: {} < {})",
                ORDER.join(" < "),
                TOP.join(" < ")
            )
        };
        findings.push(Finding::new(&file.path, line, message));
    }
    findings
}

pub fn actions_know_no_http(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, parts) in tree.product_rust(SOURCE) {
        let own = top_module(file, SOURCE);
        if own == "platform"
            || HANDED.contains(&own)
            || !is_slice(own)
            || is_one_of(file, &SPEAKS_HTTP)
        {
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
    let names = code.filter_map(|(_, line)| line.trim().strip_prefix("macro_rules! "));
    names.map(|name| name.trim_end_matches([' ', '{']).to_owned()).collect()
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

fn is_slice(module: &str) -> bool {
    ORDER.contains(&module)
}

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().chain(&TOP).position(|known| *known == module)
}

/// `crates/nhip/src/media/blob.rs` is in `media`.
pub(super) fn top_module<'f>(file: &'f File, source: &str) -> &'f str {
    let inside = file.path.strip_prefix(source).unwrap_or(&file.path);
    let first = inside.split('/').next().unwrap_or(inside);
    first.strip_suffix(".rs").unwrap_or(first)
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
    fn domain_keeps_the_order_that_its_root_tells() {
        let found = |files: &[(&str, &str)]| {
            let files = files.iter().map(|(path, code)| (format!("{DOMAIN}{path}"), *code));
            let files: Vec<_> = files.collect();
            let files: Vec<_> = files.iter().map(|(path, code)| (path.as_str(), *code)).collect();
            domain_keeps_its_order(&Tree::of(&files)).len()
        };
        let root = ("lib.rs", "//! Order:\n//! text < time\n//!   < pack\n");
        assert_eq!(found(&[root, ("pack/mod.rs", "use crate::{text::Text, time::Due};\n")]), 0);
        assert_eq!(found(&[root, ("text.rs", "use crate::time::Due;\n")]), 1);
        assert_eq!(found(&[root, ("place.rs", "")]), 1, "it has no place in the order");
        let read = ("pack/read.rs", "use super::check::Check;\n");
        let check = ("pack/check/mod.rs", "use super::words;\n");
        let words = ("pack/words.rs", "use crate::pack::read::Reader;\n");
        let parent = ("pack/mod.rs", "use self::read::Reader;\n");
        assert_eq!(found(&[root, parent, read, check]), 0);
        assert_eq!(found(&[root, parent, read, check, words]), 3, "a circle of three");
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
    fn the_top_may_use_every_slice_and_keeps_its_own_order() {
        let path = "crates/nhip/src/router.rs";
        assert_eq!(breaches(path, "use crate::oversight::pages;\n"), []);
        assert_eq!(breaches(path, "use crate::gate::Gate;\n"), []);
        assert_eq!(breaches(path, "use crate::serve;\n"), [1]);
        assert_eq!(breaches("crates/nhip/src/unplaced.rs", "use crate::platform;\n"), [1]);
    }

    #[test]
    fn tests_may_use_everything() {
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
        assert_eq!(breaches("crates/nhip/src/conversation/pages.rs", code), []);
        assert_eq!(breaches("crates/nhip/src/notification/deliver.rs", code), []);
        assert_eq!(breaches("crates/nhip/src/conversation/write.rs", code), [1]);
        assert_eq!(breaches("crates/nhip/src/media/pages.rs", code), [1]);
        assert_eq!(breaches("crates/nhip/src/visitor.rs", code), []);
        assert_eq!(breaches("crates/nhip/src/router.rs", code), []);
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
