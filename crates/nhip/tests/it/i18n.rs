//! The words of all pages: every file can be read, and every language fills its sentences in with the
//! same things. That each key exists and is asked for is a rule of the house, checked by `tidy`.

use fluent_bundle::FluentResource;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const LANGUAGES: &[&str] = &["vi", "en"];
/// Languages of visitors, which may leave sentences out.
const GUESTS: &[&str] = &["ko", "zh", "ja", "fr"];
/// Dates are put together differently by language: `27/11` needs a number where `27 Nov` needs a name.
const OWN_VARIABLES: &str = "time-";

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
        FluentResource::try_new(text.clone())
            .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        let mut key = String::new();
        for line in text.lines() {
            if let Some((name, _)) = line
                .split_once(" =")
                .filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic()))
            {
                name.clone_into(&mut key);
                assert!(
                    keys.insert(key.clone(), BTreeSet::new()).is_none(),
                    "{key} is twice in {language}"
                );
            }
            let variables = line.split('$').skip(1).map(|rest| {
                rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .next()
                    .unwrap()
                    .to_owned()
            });
            if let Some(known) = keys.get_mut(&key) {
                known.extend(variables);
            }
        }
    }
    keys
}

#[test]
fn every_key_is_there_in_every_language_with_the_same_variables() {
    let first = keys(LANGUAGES[0]);
    for language in &LANGUAGES[1..] {
        let other = keys(language);
        let here: BTreeSet<_> = first.keys().collect();
        let there: BTreeSet<_> = other.keys().collect();
        assert_eq!(
            here.symmetric_difference(&there).collect::<Vec<_>>(),
            Vec::<&&String>::new(),
            "only in one of {} and {language}",
            LANGUAGES[0]
        );
        for (key, variables) in first.iter().filter(|(key, _)| !key.starts_with(OWN_VARIABLES)) {
            assert_eq!(variables, &other[key], "variables of {key} in {language}");
        }
    }
}

#[test]
fn the_languages_of_visitors_fill_their_sentences_in_with_the_same_things() {
    let first = keys(LANGUAGES[0]);
    for language in GUESTS {
        for (key, variables) in keys(language) {
            let known = first.get(&key).unwrap_or_else(|| panic!("{key} is only in {language}"));
            assert!(
                key.starts_with(OWN_VARIABLES) || variables == *known,
                "variables of {key} in {language}: {variables:?}"
            );
        }
    }
}
