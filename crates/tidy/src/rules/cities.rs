//! A city is data. Its names come from the packs themselves, so that a new pack is checked too.

use crate::{Finding, tree::Tree};

/// Files that may name the folder of a pack as a default (`cities/…`), and why.
const MAY_NAME_A_PACK_FOLDER: [&str; 2] = [
    // The demo city is the default of `nhip demo`, a choice of the project and not of the service.
    "crates/nhip/src/options.rs",
    "crates/nhip/src/demo",
];

pub fn not_in_code(tree: &Tree) -> Vec<Finding> {
    let names = names(tree);
    let mut findings = Vec::new();
    for (file, parts) in tree.product_rust("crates/") {
        let may_name_folder =
            MAY_NAME_A_PACK_FOLDER.iter().any(|start| file.path.starts_with(start));
        let strings = parts
            .strings
            .iter()
            .filter(|literal| !literal.in_test)
            .map(|literal| (literal.line, literal.text.clone()));
        let code = parts.product_code().map(|(line, code)| (line, code.to_owned()));
        for (line, mut text) in strings.chain(code) {
            for name in names.iter().filter(|_| may_name_folder) {
                text = text.replace(&format!("cities/{name}"), "");
            }
            if let Some(name) = names.iter().find(|name| has_word(&text, name)) {
                let message = format!("the city `{name}` is named: read it from the pack");
                findings.push(Finding::new(&file.path, line, message));
            }
        }
    }
    findings
}

/// Folder names under `cities/` and the values of `name` in each pack's first file, lower case.
fn names(tree: &Tree) -> Vec<String> {
    let mut names = Vec::new();
    for file in tree.under("cities/") {
        let mut parts = file.path.split('/').skip(1);
        if let (Some(id), Some(_)) = (parts.next(), parts.next()) {
            names.push(id.to_lowercase());
        }
        if file.path.ends_with("/pack.toml") || file.path.ends_with("/city.toml") {
            names.extend(own_names(&file.text));
        }
    }
    names.sort();
    names.dedup();
    names
}

/// Values of `name = "…"`, `name.vi = "…"`, `name = { vi = "…" }` and of the table `[name]`,
/// before the first list of things (`[[…]]`), whose names are not the city's.
fn own_names(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut in_table = false;
    for line in text.lines().take_while(|line| !line.starts_with("[[")) {
        let line = line.trim();
        if line.starts_with('[') {
            in_table = line == "[name]" || line.ends_with(".name]");
            continue;
        }
        let key = line.split('=').next().unwrap_or_default().trim();
        if in_table || key == "name" || key.starts_with("name.") {
            let values = line.split('"').skip(1).step_by(2);
            found.extend(values.filter(|value| value.chars().count() > 2).map(str::to_lowercase));
        }
    }
    found
}

fn has_word(text: &str, word: &str) -> bool {
    let text = text.to_lowercase();
    let is_letter = |next: char| next.is_alphanumeric() || next == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default().chars().next_back();
        let after = text.get(at + word.len()..).unwrap_or_default().chars().next();
        !before.is_some_and(is_letter) && !after.is_some_and(is_letter)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_city_in_code_is_found_by_id_and_by_name() {
        let pack = "id = \"lake\"\nname = { vi = \"Hồ Xanh\", en = \"Blue Lake\" }\n[[fields]]\nname = \"Roads\"\n";
        let code = "//! Blue Lake.\nlet a = \"Welcome to Blue Lake\";\nlet b = \"Roads, lakes\";\nfn lake() {}\n";
        let tree = Tree::of(&[("cities/lake/pack.toml", pack), ("crates/nhip/src/a.rs", code)]);
        let lines: Vec<_> = not_in_code(&tree).into_iter().map(|found| found.line).collect();
        assert_eq!(lines, [2, 4]);
    }

    #[test]
    fn only_the_options_may_name_a_pack_folder() {
        let code = "//! C.\nlet a = \"cities/lake\";\n";
        let tree = Tree::of(&[
            ("cities/lake/pack.toml", ""),
            ("crates/nhip/src/options.rs", code),
            ("crates/nhip/src/media/a.rs", code),
        ]);
        assert_eq!(not_in_code(&tree).len(), 1);
    }
}
