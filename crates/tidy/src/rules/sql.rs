//! SQL has one place per slice, so that a schema change is found by opening known files.

use crate::{
    Finding,
    tree::{File, Tree},
};

pub fn only_in_stores(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, parts) in tree.product_rust("crates/") {
        if may_hold_sql(file) {
            continue;
        }
        for literal in parts.strings.iter().filter(|literal| !literal.in_test) {
            if is_sql(&literal.text) {
                let message = "SQL outside a store: move the statement to the slice's `store.rs`";
                findings.push(Finding::new(&file.path, literal.line, message));
            }
        }
    }
    findings
}

pub(super) fn may_hold_sql(file: &File) -> bool {
    file.path.ends_with("/store.rs")
        || file.path.ends_with("_store.rs")
        || file.path.starts_with("crates/nhip/src/platform/db/")
        || file.path.starts_with("crates/nhip/src/platform/db.rs")
        || file.path.starts_with("crates/tidy/")
}

/// Statements are written with upper-case keywords; that is what tells them from prose.
fn is_sql(text: &str) -> bool {
    text.contains("SELECT ")
        || text.contains("INSERT INTO")
        || text.contains("DELETE FROM")
        || (text.contains("UPDATE ") && text.contains(" SET "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_in_an_action_is_found() {
        let action = "//! A.\nfn f() {\n    c.run(\n        \"UPDATE report\n SET x = 1\");\n}\n";
        let tree = Tree::of(&[
            ("crates/nhip/src/service_request/close.rs", action),
            ("crates/nhip/src/service_request/store.rs", action),
            ("crates/nhip/src/media/blob_store.rs", action),
            ("crates/nhip/src/platform/db/sqlite.rs", action),
        ]);
        let found = only_in_stores(&tree);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].path, "crates/nhip/src/service_request/close.rs");
        assert_eq!(found[0].line, 4);
    }

    #[test]
    fn prose_tests_and_comments_are_left_alone() {
        let text = "//! SELECT x FROM y\nconst A: &str = \"Select a report, update it\";\n\
                    #[cfg(test)]\nmod tests {\n const B: &str = \"SELECT 1\";\n}\n";
        assert_eq!(only_in_stores(&Tree::of(&[("crates/nhip/src/a.rs", text)])), []);
    }
}
