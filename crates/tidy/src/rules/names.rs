//! One name, one meaning: two types of the service that others may use have two names.
//!
//! Whoever reads `Asked` in an import, an error or a search has to know which one it is. Types that a file keeps to
//! itself are not looked at: there the file says what is meant.

use std::collections::BTreeMap;

use crate::{
    Finding,
    tree::{File, Tree},
};

const SOURCE: &str = "crates/nhip/src/";

/// Where [`REPEATED`] stands, for what is to be changed in it.
const LIST: &str = "crates/tidy/src/rules/names.rs";

/// What may stand between `pub` and the name of a type.
const KINDS: [&str; 5] = ["struct", "enum", "trait", "type", "union"];

/// Names that several types have, with how many. The list may only shrink: a type that gets a name of its own is taken
/// off, and no name is added.
const REPEATED: &[(&str, usize)] = &[
    ("Action", 2),
    ("After", 2),
    ("Answer", 2),
    ("Asked", 11),
    ("Backlog", 2),
    ("Card", 2),
    ("Client", 2),
    ("Column", 2),
    ("Comment", 2),
    ("Contact", 2),
    ("Count", 2),
    ("Counted", 2),
    ("Done", 3),
    ("Entry", 2),
    ("Filter", 2),
    ("FilterBar", 2),
    ("Form", 2),
    ("Found", 2),
    ("Held", 2),
    ("Job", 2),
    ("Kept", 2),
    ("Key", 3),
    ("Kind", 6),
    ("Letter", 2),
    ("Listed", 3),
    ("Map", 2),
    ("Names", 3),
    ("Near", 2),
    ("Order", 2),
    ("Page", 2),
    ("Part", 3),
    ("Piece", 2),
    ("Place", 2),
    ("Policy", 2),
    ("Pressure", 2),
    ("Pulse", 2),
    ("Queue", 2),
    ("Read", 2),
    ("Ready", 2),
    ("Reduced", 2),
    ("Route", 2),
    ("Row", 5),
    ("Rows", 2),
    ("Scope", 2),
    ("Seen", 3),
    ("Settled", 2),
    ("Share", 2),
    ("Status", 2),
    ("Step", 2),
    ("Stood", 2),
    ("Stop", 2),
    ("Teller", 2),
    ("Telling", 2),
    ("Told", 2),
    ("Typed", 4),
    ("Value", 2),
    ("Wanted", 5),
    ("What", 2),
    ("Wish", 2),
    ("Words", 2),
    ("Work", 2),
    ("Wrong", 3),
];

pub fn are_unique(tree: &Tree) -> Vec<Finding> {
    beyond(tree, REPEATED)
}

fn beyond(tree: &Tree, listed: &[(&str, usize)]) -> Vec<Finding> {
    let types = types(tree);
    let mut findings = Vec::new();
    for (name, places) in &types {
        let allowed =
            listed.iter().find(|(known, _)| known == name).map_or(1, |(_, number)| *number);
        if places.len() > allowed {
            for (place, line) in places {
                let others: Vec<&str> = places
                    .iter()
                    .map(|(other, _)| other.path.as_str())
                    .filter(|path| *path != place.path)
                    .collect();
                let message = format!(
                    "`{name}` is also the name of a type in {}: give one of them the name of what it is",
                    others.join(", ")
                );
                findings.push(Finding::new(&place.path, *line, message));
            }
        }
    }
    for (name, number) in listed {
        let now = types.get(name).map_or(0, Vec::len);
        if now < *number {
            let message = match now {
                0 | 1 => format!("`{name}` no longer repeats: take it from the list"),
                _ => format!(
                    "`{name}` is the name of {now} types now, not of {number}: write {now} into the list"
                ),
            };
            findings.push(Finding::new(LIST, 0, message));
        }
    }
    findings
}

/// Types that can be named outside their file, with where they stand.
fn types(tree: &Tree) -> BTreeMap<&str, Vec<(&File, usize)>> {
    let mut found: BTreeMap<&str, Vec<(&File, usize)>> = BTreeMap::new();
    for (file, parts) in tree.product_rust(SOURCE) {
        for (number, line) in parts.product_code() {
            if let Some(name) = public_type(line) {
                found.entry(name).or_default().push((file, number));
            }
        }
    }
    found
}

/// The name of the type that this line makes public, to all or (`pub(super)`) to some.
fn public_type(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("pub")?;
    let rest = match rest.strip_prefix('(') {
        Some(scope) => scope.split_once(')')?.1,
        None => rest,
    };
    let (kind, name) = rest.strip_prefix(' ')?.split_once(' ')?;
    let end = name.find(|next: char| !(next.is_alphanumeric() || next == '_'));
    KINDS.contains(&kind).then(|| name.get(..end.unwrap_or(name.len()))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "pub struct Row<'a> {\n}\nstruct Own;\npub fn row() {}\npub(super) enum Kind { A }\n\
                        #[cfg(test)]\nmod tests {\n pub struct Row;\n}\n";

    fn found(listed: &[(&str, usize)]) -> Vec<(String, usize)> {
        let tree = Tree::of(&[
            ("crates/nhip/src/a.rs", CODE),
            (
                "crates/nhip/src/b/c.rs",
                "pub type Row = u8;\npub trait Other: Row {}\nstruct Own;\npub use a::Kind;\n",
            ),
            ("crates/domain/src/a.rs", CODE),
        ]);
        beyond(&tree, listed).into_iter().map(|found| (found.path, found.line)).collect()
    }

    #[test]
    fn a_name_that_two_public_types_have_is_found_at_both() {
        let both =
            [("crates/nhip/src/a.rs".to_owned(), 1), ("crates/nhip/src/b/c.rs".to_owned(), 1)];
        assert_eq!(found(&[]), both);
        assert_eq!(found(&[("Row", 2)]), []);
    }

    #[test]
    fn the_list_may_only_shrink() {
        let shorter = [(LIST.to_owned(), 0)];
        assert_eq!(found(&[("Row", 3)]), shorter);
        assert_eq!(found(&[("Row", 2), ("Kind", 2)]), shorter);
        assert_eq!(found(&[("Row", 2), ("Gone", 2)]), shorter);
    }

    #[test]
    fn a_name_is_read_whatever_may_see_it() {
        assert_eq!(public_type("    pub(in crate::media) struct Photo(u8);"), Some("Photo"));
        assert_eq!(public_type("pub enum Of {"), Some("Of"));
        assert_eq!(public_type("pub use media::Photo;"), None);
        assert_eq!(public_type("published struct Photo;"), None);
    }
}
