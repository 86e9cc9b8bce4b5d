//! `words/ko.toml`: what visitors meet of a pack, in a language the city does not work in. Whatever is not
//! translated there falls back to the languages of the pack, so a file may be as short as it likes.

use super::super::read::{Codes, Entry};
use super::super::{Coded, Pack};
use super::{Known, LANGUAGE_FILES, language_of};
use crate::localized::Localized;
use crate::service::{Attribute, Service};

/// Adds the words of one file to the pack.
pub(super) fn read(root: &Entry, known: &Known, pack: &mut Pack) {
    let Some(language) = language_of(root.file()) else { return };
    if pack.languages.iter().any(|own| own == language) {
        let remedy = format!("remove the file, or take {language:?} out of languages in city.toml");
        root.wrong_at(1, &format!("is for {language}, a language of the pack itself"), &remedy);
        return;
    }
    if let Some(entry) = root.table_if_any("city") {
        set(&entry, "name", language, &mut pack.name);
        set(&entry, "service_name", language, &mut pack.service_name);
        entry.finish();
    }
    for (code, entry) in tables(root, "field") {
        match pack.fields.iter_mut().find(|field| code == field.code.as_str()) {
            Some(field) => set(&entry, "name", language, &mut field.name),
            None => unknown(&entry, code, &known.fields),
        }
        entry.finish();
    }
    for (code, entry) in tables(root, "service") {
        match pack.services.iter_mut().find(|service| code == service.code.as_str()) {
            Some(service) => read_service(&entry, language, service),
            None => unknown(&entry, code, &known.services),
        }
        entry.finish();
    }
    coded(root, "refusal", &known.refusals, language, &mut pack.refusals);
    coded(root, "pause", &known.pauses, language, &mut pack.pauses);
    read_call_now(root, language, known, pack);
    root.finish();
    pack.guests.push(language.to_owned());
}

fn read_service(entry: &Entry, language: &str, service: &mut Service) {
    set(entry, "name", language, &mut service.name);
    set(entry, "hint", language, &mut service.hint);
    let keywords: Vec<String> =
        entry.texts("keywords").into_iter().map(|(_, keyword)| keyword).collect();
    if !keywords.is_empty() {
        service.keywords.0.insert(language.to_owned(), keywords);
    }
    for (code, asked) in tables(entry, "attribute") {
        match service.attributes.iter_mut().find(|attribute| code == attribute.code) {
            Some(attribute) => read_attribute(&asked, language, attribute),
            None => is_not_in(&asked, "services.toml"),
        }
        asked.finish();
    }
}

/// Who answers, and what people write who are in danger.
fn read_call_now(root: &Entry, language: &str, known: &Known, pack: &mut Pack) {
    for (code, entry) in tables(root, "number") {
        match pack.call_now.numbers.iter_mut().find(|number| code == number.code) {
            Some(number) => set(&entry, "name", language, &mut number.name),
            None => unknown(&entry, code, &known.call_numbers),
        }
        entry.finish();
    }
    for (code, entry) in tables(root, "danger") {
        let written = entry.texts("words");
        match pack.call_now.dangers.iter_mut().find(|danger| code == danger.code) {
            Some(danger) => danger.add_words(written.iter().map(|(_, text)| text.as_str())),
            None => unknown(&entry, code, &known.dangers),
        }
        entry.finish();
    }
}

fn read_attribute(entry: &Entry, language: &str, attribute: &mut Attribute) {
    set(entry, "question", language, &mut attribute.question);
    set(entry, "hint", language, &mut attribute.hint);
    if let Some(values) = entry.table_if_any("values") {
        for value in &mut attribute.values {
            set(&values, &value.key, language, &mut value.name);
        }
        values.finish();
    }
}

fn coded(root: &Entry, noun: &str, known: &Codes, language: &str, list: &mut [Coded]) {
    for (code, entry) in tables(root, noun) {
        match list.iter_mut().find(|coded| code == coded.code) {
            Some(coded) => {
                set(&entry, "name", language, &mut coded.name);
                set(&entry, "text", language, &mut coded.text);
            }
            None => unknown(&entry, code, known),
        }
        entry.finish();
    }
}

/// The tables under `[key.CODE]`, each called by its code.
fn tables<'s>(entry: &Entry<'s>, key: &str) -> Vec<(&'s str, Entry<'s>)> {
    entry.table_if_any(key).into_iter().flat_map(|all| all.tables()).collect()
}

fn set(entry: &Entry, key: &str, language: &str, text: &mut Localized) {
    if let Some(words) = entry.optional_text(key) {
        text.0.insert(language.to_owned(), words);
    }
}

/// An entry that could not be read is known all the same, and its own file says what is wrong with it.
fn unknown(entry: &Entry, code: &str, known: &Codes) {
    if known.allows(code) {
        entry.use_all();
    } else {
        is_not_in(entry, known.file);
    }
}

fn is_not_in(entry: &Entry, file: &str) {
    entry.use_all();
    entry.wrong_at(
        entry.line(),
        &format!("is not in {file}"),
        &format!("remove it from {LANGUAGE_FILES}, or correct the code"),
    );
}
