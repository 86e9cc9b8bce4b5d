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
const NAMES: [&str; 2] = ["Nhịp", "Tiếng Việt"];

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

/// The languages cities work in: they say everything. Others are for visitors.
const COMPLETE: [&str; 2] = ["vi", "en"];
/// What visitors meet, and so every language says, but for the desk of the staff.
const FOR_VISITORS: [&str; 12] = [
    "account",
    "citizen",
    "common",
    "conversation",
    "follow",
    "letters",
    "mail",
    "map",
    "media",
    "public",
    "report",
    "words",
];

/// Whether `language` must have the message that stands in the file at `path`.
fn is_owed(language: &str, id: &str, path: &str) -> bool {
    let file = path.rsplit('/').next().and_then(|name| name.strip_suffix(".ftl"));
    COMPLETE.contains(&language)
        || (!id.contains("desk") && file.is_some_and(|file| FOR_VISITORS.contains(&file)))
}

pub fn languages_agree(tree: &Tree) -> Vec<Finding> {
    let languages = messages(tree);
    let mut findings = Vec::new();
    for (language, own) in &languages {
        for (other, theirs) in languages.iter().filter(|(other, _)| *other != language) {
            let missing = own.iter().filter(|(id, _)| !theirs.contains_key(*id));
            for (id, (path, line)) in missing.filter(|(id, at)| is_owed(other, id, &at.0)) {
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

/// Methods of a language whose first argument is the id of a message; `of` takes its beginning.
const ASKS: [&str; 6] = [".s(\"", ".s1(\"", ".s2(\"", ".with(\"", ".of(\"", ".done(\""];

pub fn messages_exist(tree: &Tree) -> Vec<Finding> {
    let languages = messages(tree);
    let known: BTreeSet<&str> =
        languages.values().flat_map(|own| own.keys()).map(String::as_str).collect();
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| !known.is_empty() && asks(file)) {
        let is_test = |number: usize| file.rust.as_ref().is_some_and(|parts| parts.is_test(number));
        for (number, line) in file.lines().filter(|(number, _)| !is_test(*number)) {
            for id in asked(line) {
                let exists = match id.strip_suffix('-') {
                    Some(_) => known.iter().any(|known| known.starts_with(id)),
                    None => known.contains(id),
                };
                if !exists {
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
        || (file.path.starts_with("crates/nhip/src/") && file.ends("rs") && !file.is_test())
}

fn asked(line: &str) -> Vec<&str> {
    let calls =
        ASKS.iter().flat_map(|call| line.match_indices(call).map(|(at, _)| at + call.len()));
    let ids = calls.filter_map(|at| line.get(at..)?.split_once('"').map(|(id, _)| id));
    ids.filter(|id| id.contains('-') && !id.contains(['{', ' '])).collect()
}

/// A message nobody asks for is work for every translator, for nothing.
pub fn messages_are_used(tree: &Tree) -> Vec<Finding> {
    let mut words = BTreeSet::new();
    let mut beginnings = BTreeSet::new();
    // A refusal names its own message, and it is `domain` that refuses.
    let names = |file: &File| file.path.starts_with("crates/domain/src/") && file.ends("rs");
    for file in tree.files.iter().filter(|file| asks(file) || names(file) || file.ends("ftl")) {
        for word in literals(file) {
            // `"status-"` and `format!("status-{state}")` ask for all that begin so.
            let (word, is_beginning) =
                word.split_once('{').map_or((word, false), |(start, _)| (start, true));
            if is_beginning || word.ends_with('-') {
                beginnings.insert(word.to_owned());
            } else {
                words.insert(word.to_owned());
            }
        }
    }
    let is_used = |id: &str| {
        words.contains(id)
            || beginnings.iter().any(|start| !start.is_empty() && id.starts_with(start.as_str()))
    };
    let mut findings = Vec::new();
    for own in messages(tree).values() {
        for (id, (path, line)) in
            own.iter().filter(|(id, _)| !id.contains('.') && !id.starts_with('-'))
        {
            if !is_used(id) {
                findings.push(Finding::new(
                    path,
                    *line,
                    format!("nobody asks for `{id}`: remove it, in every language"),
                ));
            }
        }
    }
    findings
}

/// What stands in quotes in a file; in a translation, what stands in braces.
fn literals(file: &File) -> Vec<&str> {
    match &file.rust {
        Some(parts) => parts.strings.iter().map(|literal| literal.text.as_str()).collect(),
        None if file.ends("ftl") => {
            let inside = file.text.split('{').skip(1).filter_map(|rest| rest.split('}').next());
            inside
                .map(|inside| inside.trim().trim_end_matches('{'))
                .filter(|word| !word.is_empty())
                .collect()
        }
        None => file.text.split('"').collect(),
    }
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
            ("translations/vi/a.ftl", "send-report = Gửi\nstate-open = Mở\n"),
            (
                "templates/a.html",
                "{{ t.s(\"send-report\") }} {{ l.s1(\"send-reports\", 1) }} {{ count(\"no-thing\") }}",
            ),
            ("templates/b.html", "{{ t.of(\"state-\", x) }} {{ t.of(\"outcome-\", x) }}"),
        ]);
        let found: Vec<_> = messages_exist(&tree).into_iter().map(|f| f.message).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("`send-reports`") && found[1].contains("`outcome-`"));
    }

    #[test]
    fn a_message_nobody_asks_for_is_found() {
        let tree = Tree::of(&[
            (
                "translations/vi/a.ftl",
                "send-a = A\nsend-b = B { send-c }\nsend-c = C\nstate-x = X\nevent-y = Y\nold-z = Z\n",
            ),
            ("templates/a.html", "{{ t.s(\"send-a\") }} {{ t.of(\"state-\", x) }}"),
            (
                "crates/nhip/src/a.rs",
                "//! A.\nlet b = key(\"send-b\");\nlet c = format!(\"event-{c}\");\n",
            ),
        ]);
        let found: Vec<_> = messages_are_used(&tree).into_iter().map(|f| f.line).collect();
        assert_eq!(found, [6]);
    }
}
