//! Documents name real places: a path in backticks that begins with a folder of ours must exist.

use crate::{
    Finding,
    tree::{File, Tree, has_ending},
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

/// The heading under which `ARCHITECTURE.md` lists the files of the way of one report, in the order of reading.
const THE_WAY: &str = "## The way of one report";
/// No more files than somebody reads in an afternoon.
const WAY_FILES: usize = 20;
/// Where reading begins: requests, and what runs by itself.
const BEGINNINGS: [&str; 2] = ["crates/nhip/src/router.rs", "crates/nhip/src/jobs.rs"];

/// The way of one report is listed, is short, and can be followed: each file is named by the code of one before it.
pub fn the_way_reads_straight_down(tree: &Tree) -> Vec<Finding> {
    let document = "ARCHITECTURE.md";
    let Some(file) = tree.files.iter().find(|file| file.path == document) else {
        return Vec::new();
    };
    let section = file.lines().skip_while(|(_, line)| *line != THE_WAY).skip(1);
    let section = section.take_while(|(_, line)| !line.starts_with("##"));
    let mut way: Vec<(usize, &str)> = Vec::new();
    for (number, line) in section {
        for path in paths(line) {
            let is_new = !way.iter().any(|(_, known)| *known == path);
            if is_new && has_ending(path, "rs") {
                way.push((number, path));
            }
        }
    }
    let mut findings = Vec::new();
    if way.is_empty() {
        findings.push(Finding::new(document, 1, format!("`{THE_WAY}` lists no file")));
    }
    if let Some((number, _)) = way.get(WAY_FILES) {
        let message = format!("the way of one report has more than {WAY_FILES} files: shorten it");
        findings.push(Finding::new(document, *number, message));
    }
    for (at, (number, path)) in way.iter().enumerate() {
        let before = way.iter().take(at).map(|(_, path)| *path);
        if !BEGINNINGS.contains(path) && !before.into_iter().any(|other| names(tree, other, path)) {
            let message = format!("no file before `{path}` names it: the way does not lead there");
            findings.push(Finding::new(document, *number, message));
        }
    }
    findings
}

/// Whether the code of a file has the name of the module that `path` is.
fn names(tree: &Tree, file: &str, path: &str) -> bool {
    let path = path.strip_suffix("/mod.rs").or(path.strip_suffix(".rs")).unwrap_or(path);
    let module = path.rsplit('/').next().unwrap_or(path);
    let code = tree.product_rust(file).flat_map(|(_, parts)| parts.product_code());
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.into_iter().any(|(_, line)| line.split(|c| !is_part(c)).any(|word| word == module))
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

    #[test]
    fn a_way_that_breaks_off_or_goes_on_too_long_is_found() {
        let way = |files: &[&str]| {
            let list: String = files.iter().map(|file| format!("- `{file}`\n")).collect();
            format!("# A\n\n{THE_WAY}\n{list}\n## Next\n`crates/nhip/src/other.rs`\n")
        };
        let (router, submit) = ("crates/nhip/src/router.rs", "crates/nhip/src/submit.rs");
        let code = [(router, "use crate::submit::submit;\n"), (submit, "pub fn submit() {}\n")];
        let found = |text: &str| {
            let mut files = vec![("ARCHITECTURE.md", text)];
            files.extend(code);
            the_way_reads_straight_down(&Tree::of(&files)).len()
        };
        assert_eq!(found(&way(&[router, submit])), 0);
        assert_eq!(found(&way(&[submit, router])), 1, "nothing leads to submit");
        assert_eq!(found(&way(&[])), 1);
        let many: Vec<String> =
            (0..=WAY_FILES).map(|n| format!("crates/nhip/src/f{n}.rs")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(found(&way(&many)) > many.len(), "each is not named, and they are too many");
    }
}
