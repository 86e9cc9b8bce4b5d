//! Our stylesheets and modules as they travel: without what only their readers need.
//!
//! Comments and the blanks around lines are left out, nothing is renamed or moved, so that a mistake in a browser still
//! shows the line as it was written. A comment is taken for one only where our own style has it: a whole line, or a type
//! for the checker within one. A test holds our modules to that.

/// A stylesheet without comments and indents. Ours have no `/*` in a string.
pub fn stylesheet(text: &str) -> String {
    let mut rest = text;
    let mut bare = String::with_capacity(text.len());
    while let Some((before, comment)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    joined(bare.lines().map(str::trim))
}

/// A module without comments.
pub fn module(text: &str) -> String {
    let mut within = false;
    joined(text.lines().map(|line| {
        let words = line.trim();
        if within || (words.starts_with("/**") && !words.contains("*/")) {
            within = !words.ends_with("*/");
            return String::new();
        }
        if words.starts_with("// ") { String::new() } else { untyped(line.trim_end()) }
    }))
}

/// A line without the types that stand in it, as `/** @type {Kept} */ (event)`.
fn untyped(line: &str) -> String {
    let mut bare = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, comment)) = rest.split_once("/** @") {
        bare.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after.trim_start());
    }
    bare.push_str(rest);
    if bare.trim().is_empty() { String::new() } else { bare }
}

fn joined(lines: impl Iterator<Item = impl AsRef<str>>) -> String {
    let mut text = String::new();
    for line in lines.filter(|line| !line.as_ref().is_empty()) {
        text.push_str(line.as_ref());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stylesheet_loses_its_comments_and_nothing_else() {
        let sheet = "/* States. */\n.a{\n  color:red;\n}\n\n/* Two\n   lines. */.b::before{content:\"·\"}\n";
        assert_eq!(stylesheet(sheet), ".a{\ncolor:red;\n}\n.b::before{content:\"·\"}\n");
    }

    #[test]
    fn a_module_loses_its_comments_and_nothing_else() {
        let text = "/**\n * Copies.\n */\n\n/** @param {string} what */\nconst a = (/** @type {any} */ (what)) => {\n  // Why.\n  return `${what}/*`; // kept\n};\nconst b = /** @type {Set<string>} */ (new Set());\n";
        assert_eq!(
            module(text),
            "const a = ((what)) => {\n  return `${what}/*`; // kept\n};\nconst b = (new Set());\n"
        );
    }

    /// Where a comment could be mistaken: in a template that goes over several lines, and where code follows one.
    #[test]
    fn our_modules_are_written_so_that_no_comment_is_mistaken() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/js");
        let files = ["", "worker"].map(|folder| std::fs::read_dir(format!("{root}/{folder}")));
        let paths = files.into_iter().flat_map(Result::unwrap).map(|file| file.unwrap().path());
        for path in paths.filter(|path| path.is_file()) {
            let (mut comment, mut template) = (false, false);
            for (n, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
                let (words, at) = (line.trim(), format!("{}:{}", path.display(), n + 1));
                let begins = words.starts_with("/**") && !words.contains("*/");
                if template {
                    let like = ["//", "/*"].iter().any(|sign| words.starts_with(sign));
                    assert!(!like && !words.contains("/** @"), "{at}: a comment in a template");
                } else if comment || begins {
                    comment = !words.contains("*/");
                    assert!(comment || words.ends_with("*/"), "{at}: code after a comment");
                    continue;
                }
                assert!(words.matches("/** @").count() <= words.matches("*/").count(), "{at}");
                template ^= !words.starts_with("// ") && words.matches('`').count() % 2 == 1;
            }
            assert!(!comment && !template, "{} ends in the middle", path.display());
        }
    }
}
