//! Which modules of its own crate a file names, in `use` and in the midst of code.

use crate::{
    lex::Lexed,
    tree::{File, Tree},
};

/// A file names a module that is not its own: what stands in the folder `within`, and holds the
/// file, names what stands beside it there.
#[derive(Debug)]
pub struct Import<'t> {
    pub file: &'t File,
    pub line: usize,
    /// The module they share; empty for the root of the crate.
    pub within: Vec<String>,
    pub from: String,
    /// A module or, where `within` is the root, also an item of the root.
    pub to: String,
}

/// The imports of all product files under `source`, such as `crates/nhip/src/`.
///
/// A module that names its own children, or the one it lies in, imports nothing from beside it.
pub fn imports<'t>(tree: &'t Tree, source: &str) -> Vec<Import<'t>> {
    let modules: Vec<_> =
        tree.product_rust(source).map(|(file, _)| module_of(file, source)).collect();
    let mut found = Vec::new();
    for (file, parts) in tree.product_rust(source) {
        let own = module_of(file, source);
        for (line, path) in used_paths(&own, parts) {
            let shared = own.iter().zip(&path).take_while(|(own, used)| own == used).count();
            let (Some(from), Some(to)) = (own.get(shared), path.get(shared)) else { continue };
            let is_module = |module: &Vec<String>| {
                module.get(..=shared).is_some_and(|start| path.starts_with(start))
            };
            if shared == 0 || modules.iter().any(is_module) {
                let within = own.iter().take(shared).cloned().collect();
                found.push(Import { file, line, within, from: from.clone(), to: to.clone() });
            }
        }
    }
    found
}

/// `media/blob.rs` is `media`, `blob`; `media/mod.rs` is `media`; `lib.rs` is the root, and empty.
fn module_of(file: &File, source: &str) -> Vec<String> {
    let inside = file.path.strip_prefix(source).unwrap_or(&file.path);
    let inside = inside.strip_suffix(".rs").unwrap_or(inside);
    let parts = inside.split('/').filter(|part| !["mod", "lib", "main"].contains(part));
    parts.map(str::to_owned).collect()
}

/// Paths from the root of the crate that a module names, each with its line.
fn used_paths(own: &[String], parts: &Lexed) -> Vec<(usize, Vec<String>)> {
    let mut code = String::new();
    let mut line_of = Vec::new();
    for (number, line) in parts.product_code() {
        code.push_str(line);
        code.push('\n');
        line_of.resize(code.len(), number);
    }
    let mut found = Vec::new();
    for word in ["crate::", "super::"] {
        for (at, _) in code.match_indices(word) {
            let before = code.get(..at).unwrap_or_default();
            if before.ends_with(|last: char| last.is_alphanumeric() || "_:$".contains(last)) {
                continue;
            }
            let mut rest = code.get(at..).unwrap_or_default();
            let mut start = if word == "crate::" { &[] } else { own };
            while let Some(further) = rest.strip_prefix("super::") {
                start = start.split_last().map_or(&[], |(_, above)| above);
                rest = further;
            }
            rest = rest.strip_prefix("crate::").unwrap_or(rest);
            let line = line_of.get(at).copied().unwrap_or_default();
            let mut paths = Vec::new();
            read_paths(rest, start, &mut paths);
            found.extend(paths.into_iter().map(|path| (line, path)));
        }
    }
    found
}

/// Reads `a::{b, c::d}` into its two paths and gives what follows.
fn read_paths<'c>(code: &'c str, start: &[String], found: &mut Vec<Vec<String>>) -> &'c str {
    let code = code.trim_start();
    if let Some(mut group) = code.strip_prefix('{') {
        loop {
            group = group.trim_start_matches(|next: char| next == ',' || next.is_whitespace());
            if group.is_empty() || group.starts_with('}') {
                return group.strip_prefix('}').unwrap_or(group);
            }
            // What stands before the next comma is the other name that an item is given.
            let after = read_paths(group, start, found);
            group = after.trim_start_matches(|next| next != ',' && next != '}');
        }
    }
    let name = name_at(code);
    let rest = code.get(name.len()..).unwrap_or_default();
    let mut path = start.to_vec();
    if !name.is_empty() && name != "self" {
        path.push(name.to_owned());
    }
    match rest.strip_prefix("::") {
        Some(further) if further.starts_with('{') || !name_at(further).is_empty() => {
            read_paths(further, &path, found)
        }
        _ => {
            found.push(path);
            rest
        }
    }
}

fn name_at(code: &str) -> &str {
    let end = code.find(|next: char| !next.is_alphanumeric() && next != '_');
    code.get(..end.unwrap_or(code.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `a/b.rs` imports, as `line within from>to`.
    fn found(code: &str) -> Vec<String> {
        let others = ["src/a/mod.rs", "src/a/b/inner.rs", "src/a/c.rs", "src/d.rs"];
        let mut files = vec![("src/a/b.rs", code)];
        files.extend(others.map(|path| (path, "")));
        let tree = Tree::of(&files);
        let told = |i: &Import| format!("{} {} {}>{}", i.line, i.within.concat(), i.from, i.to);
        imports(&tree, "src/").iter().map(told).collect()
    }

    #[test]
    fn a_path_is_found_however_it_is_written() {
        assert_eq!(found("use crate::d::Item;\n"), ["1  a>d"]);
        assert_eq!(found("use super::super::d;\n"), ["1  a>d"]);
        assert_eq!(found("fn f() {\n crate::d::f::<u8>();\n}\n"), ["2  a>d"]);
        assert_eq!(
            found("use crate::{\n    d::{self as other, x},\n    a::c::Item,\n};\n").len(),
            3
        );
        assert_eq!(found("use super::c::*;\n"), ["1 a b>c"]);
        assert_eq!(found("use super::{c, Item as d};\n"), ["1 a b>c"]);
    }

    #[test]
    fn parents_children_and_items_of_the_own_folder_are_not_beside_a_module() {
        for code in ["use super::Item;\n", "use self::inner::x;\n", "use super::b::inner;\n"] {
            assert_eq!(found(code), Vec::<String>::new(), "{code}");
        }
        assert_eq!(found("use other::crate_name;\nuse domain::d::Due;\n"), Vec::<String>::new());
    }
}
