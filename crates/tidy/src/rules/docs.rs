//! Documents name real places: a path in backticks that begins with a folder of ours must exist.

use crate::{
    Finding,
    tree::{File, Tree},
};

/// Documents that describe the tree as it is. A change log and decisions tell of the past.
const DOCUMENTS: [&str; 6] =
    ["README.md", "README.vi.md", "ARCHITECTURE.md", "STYLE.md", "GLOSSARY.md", "CONTRIBUTING.md"];

/// A word in backticks that begins like this is a path from the root.
const FOLDERS: [&str; 11] = [
    "crates/",
    "script/",
    ".ci/",
    "cities/",
    "migrations/",
    "templates/",
    "translations/",
    "web/",
    "docs/",
    "tests/",
    "fuzz/",
];

/// Folders that documents name before they are made by a command.
const MADE_LATER: [&str; 1] = ["tests/browser/node_modules"];

pub fn paths_exist(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| describes(file)) {
        for (number, line) in file.lines() {
            for path in paths(line) {
                if !tree.has(path) && !MADE_LATER.contains(&path) {
                    let message =
                        format!("`{path}` does not exist: name the place where it is now");
                    findings.push(Finding::new(&file.path, number, message));
                }
            }
        }
    }
    findings
}

fn describes(file: &File) -> bool {
    let folders = ["docs/guides/", "docs/operations/", "docs/reference/"];
    DOCUMENTS.contains(&file.path.as_str())
        || (file.ends("md") && folders.iter().any(|folder| file.path.starts_with(folder)))
}

/// Paths of one line: in backticks, without wildcards, line numbers or arguments.
fn paths(line: &str) -> Vec<&str> {
    line.split('`')
        .skip(1)
        .step_by(2)
        .map(|word| word.split("::").next().unwrap_or(word))
        .filter(|word| FOLDERS.iter().any(|folder| word.starts_with(folder)))
        .filter(|word| !word.contains(['*', '{', '<', ' ', '…']))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_is_gone_is_found() {
        let text = "See `crates/a.rs` and `crates/b.rs::submit`, `crates/` and `script/demo --still`.\n`web/gone.js`\n";
        let tree = Tree::of(&[
            ("ARCHITECTURE.md", text),
            ("crates/a.rs", ""),
            ("docs/adr/1.md", "`web/gone.js`"),
        ]);
        let found: Vec<_> = paths_exist(&tree).into_iter().map(|f| f.line).collect();
        assert_eq!(found, [1, 2]);
    }
}
