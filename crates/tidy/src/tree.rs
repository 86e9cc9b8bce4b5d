//! The source tree as the rules see it: paths from the root and their text.
//!
//! Only what the repository owns is read: build output, installed tools and data are passed
//! over. Tests make small trees by hand with [`Tree::of`].

use std::path::{Path, PathBuf};

use crate::lex::{Lexed, lex};

/// Folders that hold nothing of ours, wherever they lie.
const PASSED_OVER: [&str; 4] = [".git", "target", "node_modules", "__pycache__"];

/// What the commands make in the root: a running demo, installed tools.
const MADE_IN_THE_ROOT: [&str; 2] = ["data", ".tools"];

/// Endings of files whose text the rules read.
const TEXT: [&str; 14] = [
    "rs", "html", "xml", "txt", "md", "toml", "ftl", "sql", "css", "js", "mjs", "csv", "svg",
    "json",
];

/// A file of the repository; `text` is empty for files that are not text.
#[derive(Debug, Default)]
pub struct File {
    /// Path from the root, with forward slashes.
    pub path: String,
    pub text: String,
    /// Present for `.rs` files only.
    pub rust: Option<Lexed>,
    declared_as_test: bool,
}

impl File {
    pub fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            rust: has_ending(path, "rs").then(|| lex(text)),
            declared_as_test: false,
        }
    }

    /// Whether the name ends with this, the dot not included.
    pub fn ends(&self, ending: &str) -> bool {
        has_ending(&self.path, ending)
    }

    /// Whether the whole file is test code: by its place, or because its parent says so.
    pub fn is_test(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        let by_place = self.path.split('/').any(|part| part == "tests" || part == "benches");
        self.declared_as_test || by_place || name == "tests.rs" || name.ends_with("_tests.rs")
    }

    /// Paths that `#[cfg(test)] mod name;` in this file may stand for, without `.rs`.
    fn test_modules(&self) -> Vec<String> {
        let Some(parts) = &self.rust else {
            return Vec::new();
        };
        let (folder, name) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        let own = match name {
            "mod.rs" | "lib.rs" | "main.rs" => folder.to_owned(),
            _ => format!("{folder}/{}", name.trim_end_matches(".rs")),
        };
        let lines = parts.all_code().filter(|(number, _)| parts.is_test(*number));
        let names = lines.filter_map(|(_, line)| {
            line.rsplit_once("mod ").and_then(|(_, rest)| rest.trim().strip_suffix(';'))
        });
        names.map(|name| format!("{own}/{name}")).collect()
    }

    /// Lines with their number from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

#[derive(Debug, Default)]
pub struct Tree {
    /// Where the files are on disk; empty for trees made by hand.
    pub root: PathBuf,
    pub files: Vec<File>,
}

impl Tree {
    /// Reads this repository.
    pub fn load() -> std::io::Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
        let mut files = Vec::new();
        walk(&root, &root, &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self::with(root, files))
    }

    /// A tree made by hand.
    pub fn of(files: &[(&str, &str)]) -> Self {
        Self::with(PathBuf::new(), files.iter().map(|(path, text)| File::new(path, text)).collect())
    }

    fn with(root: PathBuf, mut files: Vec<File>) -> Self {
        let declared: Vec<String> = files.iter().flat_map(File::test_modules).collect();
        for file in &mut files {
            let module = file.path.trim_end_matches(".rs").trim_end_matches("/mod");
            file.declared_as_test = declared.iter().any(|name| name == module);
        }
        Self { root, files }
    }

    /// The Rust files under a folder, each with its parts.
    pub fn rust(&self, folder: &str) -> impl Iterator<Item = (&File, &Lexed)> {
        self.under(folder).filter_map(|file| file.rust.as_ref().map(|parts| (file, parts)))
    }

    /// As [`Tree::rust`], without files that are tests.
    pub fn product_rust(&self, folder: &str) -> impl Iterator<Item = (&File, &Lexed)> {
        self.rust(folder).filter(|(file, _)| !file.is_test())
    }

    pub fn under<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |file| file.path.starts_with(folder))
    }

    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Whether a file or a folder of this path is in the tree.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.files.iter().any(|file| {
            file.path
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

pub fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|known| known == ending)
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<File>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let made = folder == root && MADE_IN_THE_ROOT.contains(&name.as_str());
        if made || PASSED_OVER.contains(&name.as_str()) {
            continue;
        }
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            walk(root, &path, files)?;
            continue;
        }
        let from_root = path.strip_prefix(root).unwrap_or(&path);
        let shown = from_root.to_string_lossy().replace('\\', "/");
        let is_text =
            path.extension().is_some_and(|ending| TEXT.iter().any(|known| ending == *known));
        let text = if is_text {
            String::from_utf8_lossy(&std::fs::read(&path)?).into_owned()
        } else {
            String::new()
        };
        files.push(File::new(&shown, &text));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_holds_this_file_and_no_build_output() {
        let tree = Tree::load().expect("the repository is readable");
        assert!(tree.has("crates/tidy/src/tree.rs"));
        assert!(tree.has("crates/tidy/"));
        assert!(!tree.has("crates/ti"));
        assert!(!tree.has("target"));
    }

    #[test]
    fn files_under_a_tests_folder_are_tests() {
        assert!(File::new("crates/nhip/tests/it/main.rs", "").is_test());
        assert!(File::new("crates/domain/src/clock/tests.rs", "").is_test());
        assert!(!File::new("crates/domain/src/clock.rs", "").is_test());
    }

    #[test]
    fn a_file_whose_parent_declares_it_a_test_is_one() {
        let tree = Tree::of(&[
            ("crates/domain/src/time.rs", "pub mod due;\n#[cfg(test)]\nmod laws;\n"),
            ("crates/domain/src/time/due.rs", ""),
            ("crates/domain/src/time/laws.rs", ""),
        ]);
        let tests: Vec<_> = tree.files.iter().filter(|file| file.is_test()).collect();
        assert_eq!(tests.len(), 1);
        assert!(tests[0].path.ends_with("laws.rs"));
    }
}
