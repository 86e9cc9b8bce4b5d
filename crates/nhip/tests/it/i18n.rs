//! The words of all pages: each key is there in every language, filled in the same way, and used.

use fluent_bundle::FluentResource;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const LANGUAGES: &[&str] = &["vi", "en"];
/// Dates are put together differently by language: `27/11` needs a number where `27 Nov` needs a name.
const OWN_VARIABLES: &str = "time-";
/// Prefixes of keys that are made from words of a closed list outside the places searched below.
const MADE_FROM_WORDS: &[&str] = &["refusal-"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(folder: &Path, extensions: &[&str], into: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            files(&path, extensions, into);
        } else if path.extension().is_some_and(|e| extensions.iter().any(|wanted| e == *wanted)) {
            let text = std::fs::read_to_string(&path).unwrap();
            into.push((path, text));
        }
    }
}

/// Keys of a language with the variables each one names.
fn keys(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut sources = Vec::new();
    files(&root().join("translations").join(language), &["ftl"], &mut sources);
    let mut keys = BTreeMap::new();
    for (path, text) in sources {
        FluentResource::try_new(text.clone()).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        let mut key = String::new();
        for line in text.lines() {
            if let Some((name, _)) = line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic())) {
                name.clone_into(&mut key);
                assert!(keys.insert(key.clone(), BTreeSet::new()).is_none(), "{key} is twice in {language}");
            }
            let variables = line.split('$').skip(1).map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap().to_owned());
            if let Some(known) = keys.get_mut(&key) {
                known.extend(variables);
            }
        }
    }
    keys
}

/// Everything that may speak: templates and the code of the service and of its rules.
fn speakers() -> Vec<(PathBuf, String)> {
    let mut sources = Vec::new();
    files(&root().join("templates"), &["html", "txt", "xml", "svg"], &mut sources);
    files(&root().join("crates/nhip/src"), &["rs"], &mut sources);
    files(&root().join("crates/domain/src"), &["rs"], &mut sources);
    // Unit tests name keys that are not there on purpose.
    for (_, text) in &mut sources {
        if let Some(tests) = text.find("#[cfg(test)]") {
            text.truncate(tests);
        }
    }
    sources
}

/// The first argument of every call of one of these methods, where it is written out.
fn named(text: &str, methods: &[&str]) -> Vec<String> {
    let calls = methods.iter().flat_map(|method| text.split(method).skip(1));
    calls.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next().map(str::to_owned)).collect()
}

#[test]
fn every_key_is_there_in_every_language_with_the_same_variables() {
    let first = keys(LANGUAGES[0]);
    for language in &LANGUAGES[1..] {
        let other = keys(language);
        let here: BTreeSet<_> = first.keys().collect();
        let there: BTreeSet<_> = other.keys().collect();
        assert_eq!(here.symmetric_difference(&there).collect::<Vec<_>>(), Vec::<&&String>::new(), "only in one of {} and {language}", LANGUAGES[0]);
        for (key, variables) in first.iter().filter(|(key, _)| !key.starts_with(OWN_VARIABLES)) {
            assert_eq!(variables, &other[key], "variables of {key} in {language}");
        }
    }
}

#[test]
fn every_key_that_is_named_exists() {
    let keys = keys(LANGUAGES[0]);
    let mut missing = Vec::new();
    for (path, text) in speakers() {
        for key in named(&text, &[".s(", ".s1(", ".s2("]) {
            if !keys.contains_key(&key) {
                missing.push(format!("{}: {key}", path.display()));
            }
        }
        for prefix in named(&text, &[".of("]) {
            if !keys.keys().any(|key| key.starts_with(&prefix)) {
                missing.push(format!("{}: {prefix}…", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_key_is_used() {
    let mut literals = BTreeSet::new();
    let mut prefixes: Vec<String> = MADE_FROM_WORDS.iter().map(|&prefix| prefix.to_owned()).collect();
    for (_, text) in speakers() {
        prefixes.extend(named(&text, &[".of("]));
        literals.extend(text.split('"').map(str::to_owned));
    }
    let unused: Vec<_> =
        keys(LANGUAGES[0]).into_keys().filter(|key| !literals.contains(key) && !prefixes.iter().any(|prefix| key.starts_with(prefix))).collect();
    assert!(unused.is_empty(), "{unused:#?}");
}
