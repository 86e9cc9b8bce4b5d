//! Who touches which table is read from the first lines of a store, and a table has one slice that writes it.
//!
//! A store says "Tables: `media`, `photo_cover`; reads `request_media`.": it writes the first and reads the others (a
//! table that it writes it may read too). So a change of the schema is found by a search among the headers. That
//! another slice reads a table is no breach as long as it says so; that it writes one would be a second place where the
//! invariants of the row are kept. Tables are those that `migrations` makes.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    layers::{SOURCE, top_module},
    sql::may_hold_sql,
};
use crate::{
    Finding,
    lex::Lexed,
    tree::{File, Tree},
};

/// Where the lists below stand, for what is to be changed in them.
const LISTS: &str = "crates/tidy/src/rules/tables.rs";

/// Tables that another slice than their own writes too, and why.
const WRITTEN_FROM_OUTSIDE: &[Outside] = &[
    (
        "service_request",
        "conversation",
        "the number of comments stands on the report, and is counted in the transaction that changes it",
    ),
    (
        "outbox",
        "service_request",
        "what a decision put there is held back and taken out by the versions of its events, which the outbox does not know",
    ),
    (
        "report_subscription",
        "notification",
        "the link that stops all letters stops the periodic report, which is of a slice above",
    ),
];

/// Stores whose SQL is given the name of the table, and why.
const GIVEN_A_TABLE: &[(&str, &str)] = &[
    (
        "crates/nhip/src/account/vault/store.rs",
        "sealed columns of all slices are sealed anew with a new key, whatever table they are in",
    ),
    (
        "crates/nhip/src/platform/db/backfill.rs",
        "the files of migrations/ name the tables that are copied",
    ),
];

/// A table, the slice that writes it though it is another's, and the reason.
type Outside = (&'static str, &'static str, &'static str);

pub fn are_named(tree: &Tree) -> Vec<Finding> {
    let known = known(tree);
    let mut findings = Vec::new();
    for (file, parts) in stores(tree) {
        let (touched, named) = (touched(parts, &known), named(&file.text));
        if touched != named.clone().unwrap_or_default() {
            let line = header(&touched);
            let message = match named {
                None => format!("its SQL has tables, name them in the header: //! {line}"),
                Some(_) => {
                    format!("the header has other tables than the SQL, which has: //! {line}")
                }
            };
            findings.push(Finding::new(&file.path, 1, message));
        }
        let given = GIVEN_A_TABLE.iter().any(|(path, _)| *path == file.path);
        for line in
            sql(parts).filter(|(_, words)| !given && has_placeholder(words)).map(|(line, _)| line)
        {
            let message = "a table's name is put in here: write the statement whole, so that its table is seen";
            findings.push(Finding::new(&file.path, line, message));
        }
    }
    findings
}

pub fn are_written_by_one_slice(tree: &Tree) -> Vec<Finding> {
    written_by_one(tree, WRITTEN_FROM_OUTSIDE)
}

fn written_by_one(tree: &Tree, allowed: &[Outside]) -> Vec<Finding> {
    let known = known(tree);
    let mut writers: BTreeMap<String, BTreeMap<&str, &File>> = BTreeMap::new();
    for (file, parts) in stores(tree) {
        for table in touched(parts, &known).written {
            writers.entry(table).or_default().insert(top_module(file, SOURCE), file);
        }
    }
    let mut findings = Vec::new();
    for (table, slice, _) in allowed {
        if writers.get_mut(*table).and_then(|slices| slices.remove(slice)).is_none() {
            let message = format!("`{slice}` no longer writes `{table}`: take it from the list");
            findings.push(Finding::new(LISTS, 0, message));
        }
    }
    for (table, slices) in writers.iter().filter(|(_, slices)| slices.len() > 1) {
        let names: Vec<&str> = slices.keys().copied().collect();
        for file in slices.values() {
            let message = format!(
                "`{table}` is written by {}: leave it to one of them, and call that one",
                names.join(" and ")
            );
            findings.push(Finding::new(&file.path, 0, message));
        }
    }
    findings
}

/// The tables of a store.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Touched {
    written: BTreeSet<String>,
    /// Without those that are written.
    read: BTreeSet<String>,
}

fn stores(tree: &Tree) -> impl Iterator<Item = (&File, &Lexed)> {
    tree.product_rust(SOURCE).filter(|(file, _)| may_hold_sql(file))
}

/// Tables that a migration makes, or a store for itself.
fn known(tree: &Tree) -> BTreeSet<String> {
    let migrations = tree.under("migrations/").filter(|file| file.ends("sql"));
    let mut texts: Vec<Vec<String>> = migrations.map(|file| words(&file.text)).collect();
    texts.extend(stores(tree).flat_map(|(_, parts)| sql(parts)).map(|(_, words)| words));
    texts
        .iter()
        .flat_map(|words| tables(words))
        .filter(|(made, _)| *made == "TABLE")
        .map(|(_, table)| table.to_owned())
        .collect()
}

fn touched(parts: &Lexed, known: &BTreeSet<String>) -> Touched {
    let mut found = Touched::default();
    for (_, words) in sql(parts) {
        for (how, table) in tables(&words).into_iter().filter(|(_, table)| known.contains(*table)) {
            let into = if how == "FROM" { &mut found.read } else { &mut found.written };
            into.insert(table.to_owned());
        }
    }
    found.read.retain(|table| !found.written.contains(table));
    found
}

/// Strings of a store with their line, taken apart.
fn sql(parts: &Lexed) -> impl Iterator<Item = (usize, Vec<String>)> {
    parts
        .strings
        .iter()
        .filter(|literal| !literal.in_test)
        .map(|literal| (literal.line, words(&literal.text)))
}

/// Words, and each other character by itself.
fn words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut within = false;
    for next in text.chars() {
        let of_word = next.is_alphanumeric() || next == '_';
        match found.last_mut().filter(|_| within && of_word) {
            Some(word) => word.push(next),
            None if next.is_whitespace() || next == '\\' => {}
            None => found.push(next.to_string()),
        }
        within = of_word;
    }
    found
}

/// What stands where a table stands, after `FROM` (read), `INTO`, `UPDATE`, `DELETE FROM` (written) or `TABLE` (made).
fn tables(words: &[String]) -> Vec<(&'static str, &str)> {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let mut found = Vec::new();
    for at in 0..words.len() {
        let how = match word(at) {
            "FROM" if at > 0 && word(at - 1) == "DELETE" => "INTO",
            "FROM" | "JOIN" => "FROM",
            "INTO" | "UPDATE" => "INTO",
            "TABLE" => "TABLE",
            _ => continue,
        };
        let mut name = at + 1;
        while ["IF", "NOT", "EXISTS"].contains(&word(name)) {
            name += 1;
        }
        loop {
            found.push((how, word(name)));
            // `FROM a, b` and `FROM a AS x, b`.
            let mut after = name + 1;
            after += usize::from(word(after) == "AS");
            after += usize::from(word(after).starts_with(|first: char| first.is_ascii_lowercase()));
            if how != "FROM" || word(after) != "," {
                break;
            }
            name = after + 1;
        }
    }
    found
}

fn has_placeholder(words: &[String]) -> bool {
    tables(words).iter().any(|(_, table)| *table == "{")
}

/// What the header says; `None` where it says nothing.
fn named(text: &str) -> Option<Touched> {
    let lines = text.lines().map_while(|line| line.strip_prefix("//!")).map(str::trim);
    let mut lines = lines.skip_while(|line| !line.starts_with("Tables:"));
    let mut said = lines.next()?.trim_start_matches("Tables:").to_owned();
    while !said.ends_with('.') {
        said.push(' ');
        said.push_str(lines.next()?);
    }
    let names = |list: &str| {
        words(list)
            .into_iter()
            .filter(|word| ![",", ";", ".", "`"].contains(&word.as_str()))
            .collect()
    };
    let (written, read) = said.split_once("reads ").unwrap_or((&said, ""));
    Some(Touched { written: names(written), read: names(read) })
}

/// The header as it should be.
fn header(touched: &Touched) -> String {
    let list = |names: &BTreeSet<String>| {
        names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    let read = if touched.read.is_empty() {
        String::new()
    } else {
        format!("reads {}", list(&touched.read))
    };
    let parts: Vec<String> =
        [list(&touched.written), read].into_iter().filter(|part| !part.is_empty()).collect();
    format!("Tables: {}.", parts.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: &str = "CREATE TABLE media (id TEXT);\nCREATE VIRTUAL TABLE word USING x(y);\n\
                          CREATE TABLE IF NOT EXISTS report (id TEXT);\n";

    fn tree(stores: &[(&str, &str)]) -> Tree {
        let mut files = vec![("migrations/0001_a.sql", SCHEMA)];
        files.extend(stores);
        Tree::of(&files)
    }

    fn messages(header: &str, statement: &str) -> Vec<String> {
        let text =
            format!("//! SQL of photos.\n{header}\nfn f() {{\n c.run(\"{statement}\");\n}}\n");
        let tree = tree(&[("crates/nhip/src/media/store.rs", &text)]);
        are_named(&tree).into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn a_header_that_names_what_the_sql_has_is_right() {
        for (header, statement) in [
            (
                "//! Tables: `media`; reads `report`, `word`.",
                "INSERT INTO media SELECT 1 FROM report AS r, word w, other",
            ),
            (
                "//! Tables: media.\n//! More.",
                "UPDATE media SET a = (SELECT max(media) FROM media)",
            ),
            (
                "//! Tables: media,\n//! report.",
                "DELETE FROM media; INSERT INTO report (a) VALUES (1)",
            ),
            (
                "//! Tables: reads media.",
                "SELECT 1 FROM cte JOIN media m ON 1 = 1 FOR UPDATE OF report",
            ),
            ("//! Nothing.", "SELECT 'a report from media'"),
        ] {
            assert_eq!(messages(header, statement), Vec::<String>::new(), "{statement}");
        }
    }

    #[test]
    fn a_table_that_is_missing_or_too_much_in_the_header_is_found() {
        let right = ": //! Tables: `media`; reads `report`.";
        for header in [
            "//! No.",
            "//! Tables: media.",
            "//! Tables: media, report.",
            "//! Tables: media; reads report, word.",
        ] {
            let found = messages(header, "INSERT INTO media (a) SELECT b\\\n FROM report");
            assert!(found.len() == 1 && found[0].ends_with(right), "{header}: {found:?}");
        }
        assert_eq!(messages("//! Tables: reads word.", "SELECT 1").len(), 1);
    }

    #[test]
    fn a_table_that_is_put_in_is_found() {
        assert_eq!(messages("//! No.", "SELECT {id} FROM {table}").len(), 1);
        assert_eq!(messages("//! No.", "SELECT {id} FROM other WHERE {a}"), Vec::<String>::new());
    }

    #[test]
    fn a_table_that_two_slices_write_is_found_at_both() {
        let (write, read) = (
            "//! A.\nconst A: &str = \"UPDATE report SET a = 1\";",
            "//! A.\nconst A: &str = \"SELECT 1 FROM report\";",
        );
        let two = tree(&[
            ("crates/nhip/src/media/store.rs", write),
            ("crates/nhip/src/report/list/list_store.rs", write),
            ("crates/nhip/src/report/store.rs", write),
            ("crates/nhip/src/desk/store.rs", read),
        ]);
        let found: Vec<_> = written_by_one(&two, &[]).into_iter().map(|found| found.path).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("/media/") && found[1].contains("/report/"));
        assert_eq!(written_by_one(&two, &[("report", "media", "it must")]), []);
        assert_eq!(
            written_by_one(&two, &[("report", "media", "it must"), ("word", "desk", "no more")])
                .len(),
            1
        );
    }
}
