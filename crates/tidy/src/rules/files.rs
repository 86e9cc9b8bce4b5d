//! Every file says what it is for, and stays short enough to be read.

use crate::{Finding, tree::Tree};

/// Lines. Beyond this a reader loses the thread; most files should stay under 300.
const MOST_LINES: usize = 500;

/// Files that are longer than [`MOST_LINES`], with the length they had when listed.
/// The list may only shrink: a file that got shorter must be listed with its new length or go.
const LONG_FILES: &[(&str, usize)] = &[];

pub fn opens_with_its_purpose(tree: &Tree) -> Vec<Finding> {
    tree.rust("")
        .filter(|(file, _)| !file.text.starts_with("//! "))
        .map(|(file, _)| {
            Finding::new(&file.path, 1, "open the file with `//!`: what it is for, and what not")
        })
        .collect()
}

pub fn is_not_too_long(tree: &Tree) -> Vec<Finding> {
    too_long(tree, LONG_FILES)
}

fn too_long(tree: &Tree, listed: &[(&str, usize)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, _) in tree.rust("") {
        let lines = file.text.lines().count();
        let limit = listed
            .iter()
            .find(|(path, _)| *path == file.path)
            .map_or(MOST_LINES, |(_, limit)| *limit);
        if lines > limit {
            let message = format!("{lines} lines, {limit} at most: split it by subject");
            findings.push(Finding::new(&file.path, 0, message));
        } else if limit > MOST_LINES && lines < limit {
            let message = format!("now {lines} lines: shrink its entry in LONG_FILES");
            findings.push(Finding::new(&file.path, 0, message));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_purpose_is_found() {
        let tree =
            Tree::of(&[("a.rs", "//! It adds.\n"), ("b.rs", "fn b() {}\n"), ("c.rs", "//!\n")]);
        let found: Vec<_> = opens_with_its_purpose(&tree).into_iter().map(|f| f.path).collect();
        assert_eq!(found, ["b.rs", "c.rs"]);
    }

    #[test]
    fn a_long_file_is_found_and_a_listed_one_may_only_shrink() {
        let (long, listed) = ("x\n".repeat(501), "x\n".repeat(520));
        let tree = Tree::of(&[("long.rs", &long), ("listed.rs", &listed)]);
        assert_eq!(too_long(&tree, &[("listed.rs", 520)]).len(), 1);
        assert_eq!(too_long(&tree, &[("listed.rs", 530), ("long.rs", 501)]).len(), 1);
    }
}
