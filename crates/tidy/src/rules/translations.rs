//! Every sentence for people is in `translations/{language}/*.ftl`, in every language.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Finding,
    tree::{File, Tree},
};

/// Vietnamese letters that no English word has; a string with a space and one of these is a
/// sentence for people.
const MARKED: &str = "ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ";

/// Words with marks that are names and the same in every language.
const NAMES: [&str; 1] = ["Nhịp"];

pub fn no_sentence_in_code(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, parts) in tree.product_rust("crates/") {
        if file.path.starts_with("crates/tidy/") {
            continue;
        }
        for literal in parts.strings.iter().filter(|literal| !literal.in_test) {
            if is_sentence(&literal.text) {
                let message = "a Vietnamese sentence in code: move it to translations/*/*.ftl, or to the pack";
                findings.push(Finding::new(&file.path, literal.line, message));
            }
        }
    }
    findings
}

fn is_sentence(text: &str) -> bool {
    let mut plain = text.to_lowercase();
    for name in NAMES {
        plain = plain.replace(&name.to_lowercase(), "");
    }
    // A table of letters, as folding needs it, has no words of two letters.
    let words =
        plain.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= 2).count();
    words >= 2 && plain.chars().any(|letter| MARKED.contains(letter))
}

pub fn languages_agree(tree: &Tree) -> Vec<Finding> {
    let languages = messages(tree);
    let mut findings = Vec::new();
    for (language, own) in &languages {
        for (other, theirs) in languages.iter().filter(|(other, _)| *other != language) {
            for (id, (path, line)) in own.iter().filter(|(id, _)| !theirs.contains_key(*id)) {
                let message =
                    format!("`{id}` is missing in `{other}`: add it to translations/{other}/");
                findings.push(Finding::new(path, *line, message));
            }
        }
    }
    findings.extend(doubled(tree));
    findings
}

/// A message given twice in one language: the later one wins silently.
fn doubled(tree: &Tree) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for file in tree.under("translations/") {
        let language = file.path.split('/').nth(1).unwrap_or_default();
        for (line, id) in ids(&file.text) {
            if !id.contains('.') && !seen.insert((language.to_owned(), id.clone())) {
                let message = format!("`{id}` is given twice in `{language}`: keep one");
                findings.push(Finding::new(&file.path, line, message));
            }
        }
    }
    findings
}

/// Calls that take the id of a message as their first argument.
const ASKS: [&str; 4] = ["t(\"", "t_n(\"", "t_with(\"", "tr(\""];

pub fn messages_exist(tree: &Tree) -> Vec<Finding> {
    let languages = messages(tree);
    let mut findings = Vec::new();
    if languages.is_empty() {
        return findings;
    }
    let known: BTreeSet<&str> =
        languages.values().flat_map(|own| own.keys()).map(String::as_str).collect();
    for file in tree.files.iter().filter(|file| asks(file)) {
        for (number, line) in file.lines() {
            for id in asked(line) {
                if !known.contains(id) {
                    let message = format!(
                        "the message `{id}` does not exist: add it to translations/*/*.ftl"
                    );
                    findings.push(Finding::new(&file.path, number, message));
                }
            }
        }
    }
    findings
}

fn asks(file: &File) -> bool {
    file.path.starts_with("templates/")
        || (file.path.starts_with("crates/nhip/src/") && file.ends("rs"))
}

fn asked(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for call in ASKS {
        for (at, _) in line.match_indices(call) {
            let before = line.get(..at).unwrap_or_default();
            let glued = before.ends_with(|last: char| last.is_alphanumeric() || last == '_');
            let rest = line.get(at + call.len()..).unwrap_or_default();
            if let (false, Some((id, _))) = (glued, rest.split_once('"')) {
                found.extend(Some(id).filter(|id| id.contains('-') && !id.contains(['{', ' '])));
            }
        }
    }
    found
}

type Messages = BTreeMap<String, (String, usize)>;

/// Per language, each id with where it is. An attribute is `message.attribute`.
fn messages(tree: &Tree) -> BTreeMap<String, Messages> {
    let mut languages: BTreeMap<String, Messages> = BTreeMap::new();
    for file in tree.under("translations/").filter(|file| file.ends("ftl")) {
        let language = file.path.split('/').nth(1).unwrap_or_default();
        let own = languages.entry(language.to_owned()).or_default();
        for (line, id) in ids(&file.text) {
            own.entry(id).or_insert((file.path.clone(), line));
        }
    }
    languages
}

fn ids(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut message = "";
    for (index, line) in text.lines().enumerate() {
        let Some((left, _)) = line.split_once('=') else {
            continue;
        };
        let name = left.trim();
        let plain = |name: &str| {
            !name.is_empty()
                && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        };
        if line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') && plain(name) {
            message = name;
            found.push((index + 1, name.to_owned()));
        } else if let Some(attribute) = name.strip_prefix('.').filter(|name| plain(name)) {
            found.push((index + 1, format!("{message}.{attribute}")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vietnamese_sentence_in_code_is_found_and_a_table_of_letters_is_not() {
        let code = "//! Bạn ơi.\nlet a = \"Đã gửi phản ánh\";\nlet b = \"đ Đ ơ ư\";\nlet c = \"Nhịp listens on {}\";\n";
        let found = no_sentence_in_code(&Tree::of(&[("crates/nhip/src/a.rs", code)]));
        assert_eq!(found.iter().map(|f| f.line).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn a_message_missing_in_one_language_is_found_with_its_attributes() {
        let tree = Tree::of(&[
            (
                "translations/vi/a.ftl",
                "send = Gửi\n    .hint = Ngắn\nname = Tên { $x ->\n   *[other] = b\n }\n",
            ),
            ("translations/en/a.ftl", "send = Send\nname = Name\nname = Again\nage = Age\n"),
        ]);
        let mut found: Vec<_> = languages_agree(&tree).into_iter().map(|f| f.message).collect();
        found.sort();
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].starts_with("`age` is missing in `vi`"));
        assert!(found[1].starts_with("`name` is given twice in `en`"));
        assert!(found[2].starts_with("`send.hint` is missing in `en`"));
    }

    #[test]
    fn a_message_that_does_not_exist_is_found() {
        let tree = Tree::of(&[
            ("translations/vi/a.ftl", "send-report = Gửi\n"),
            (
                "templates/a.html",
                "{{ t(\"send-report\") }} {{ l.t(\"send-reports\") }} {{ count(\"no-thing\") }}",
            ),
        ]);
        let found = messages_exist(&tree);
        assert_eq!(found.len(), 1);
        assert!(found[0].message.contains("send-reports"));
    }
}
