//! What we did not write but ship: each file under `web/vendor` stands in its README with a
//! SHA-256, so that nobody changes a library by hand and everybody sees where it is from.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::{Finding, tree::Tree};

const FOLDER: &str = "web/vendor/";
const LIST: &str = "web/vendor/README.md";

pub fn match_their_hashes(tree: &Tree) -> Vec<Finding> {
    let Some(list) = tree.file(LIST) else {
        return Vec::new();
    };
    let listed = listed(&list.text);
    let mut findings = Vec::new();
    for (line, name, expected) in &listed {
        let Ok(bytes) = std::fs::read(tree.root.join(FOLDER).join(name)) else {
            findings.push(Finding::new(LIST, *line, format!("`{name}` is listed but absent")));
            continue;
        };
        if hash(&bytes) != *expected {
            let message = format!("`{name}` was changed: restore it, or list {}", hash(&bytes));
            findings.push(Finding::new(LIST, *line, message));
        }
    }
    for file in tree.under(FOLDER).filter(|file| file.path != LIST) {
        let name = file.path.strip_prefix(FOLDER).unwrap_or_default();
        if !listed.iter().any(|(_, known, _)| known == name) {
            let message = "list it in web/vendor/README.md with version, licence and SHA-256";
            findings.push(Finding::new(&file.path, 0, message));
        }
    }
    findings
}

/// Lines that hold a file name in backticks and 64 hexadecimal digits.
fn listed(text: &str) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let hash = line.split(|c: char| !c.is_ascii_hexdigit()).find(|word| word.len() == 64);
        let name = line.split('`').nth(1);
        if let (Some(name), Some(hash)) = (name, hash) {
            found.push((index + 1, name.to_owned(), hash.to_owned()));
        }
    }
    found
}

fn hash(bytes: &[u8]) -> String {
    let mut hex = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SHA-256 of the empty input (FIPS 180-4).
    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn a_line_of_the_list_gives_name_and_hash() {
        let found = listed(&format!("| `a/b.js` | 1.0 | MIT | `{EMPTY}` |\nno\n"));
        assert_eq!(found, [(1, "a/b.js".to_owned(), EMPTY.to_owned())]);
        assert_eq!(hash(b""), EMPTY);
    }

    #[test]
    fn a_file_that_is_not_listed_and_a_listed_file_that_is_absent_are_found() {
        let readme = format!("`gone.js` {EMPTY}");
        let tree = Tree::of(&[(LIST, &readme), ("web/vendor/new.js", "")]);
        assert_eq!(match_their_hashes(&tree).len(), 2);
    }
}
