//! `refusals.toml`, `pauses.toml`, `templates.toml`: the words a city answers with.

use super::super::read::Entry;
use super::super::{AnswerTemplate, Coded};
use super::no_code_twice;
use crate::ids::ServiceCode;

/// Where the desk offers a template.
const VERBS: &[(&str, &str)] =
    &[("answer", "answer"), ("ask", "ask"), ("refuse", "refuse"), ("send_back", "send_back")];

/// A list of codes with name and sentence, called `noun` and written under `[[noun]]`.
pub(super) fn read_coded(root: &Entry, noun: &str) -> Vec<Coded> {
    let entries = root.some_entries(noun, noun, "code");
    no_code_twice(&entries, "code");
    let coded = entries.iter().filter_map(|entry| {
        let (code, name, text) =
            (entry.code::<ServiceCode>("code"), entry.localized("name"), entry.localized("text"));
        entry.finish();
        Some(Coded { code: code?.into(), name: name?, text: text? })
    });
    let coded = coded.collect();
    root.finish();
    coded
}

pub(super) fn read_templates(root: &Entry) -> Vec<AnswerTemplate> {
    let entries = root.entries("template", "template", "code");
    no_code_twice(&entries, "code");
    let templates = entries.iter().filter_map(|entry| {
        let code = entry.code::<ServiceCode>("code");
        let (name, text) = (entry.localized("name"), entry.localized("text"));
        let verb = entry.word("verb", VERBS);
        entry.finish();
        Some(AnswerTemplate {
            code: code?.into(),
            name: name?,
            text: text?,
            verb: verb?.to_owned(),
        })
    });
    let templates = templates.collect();
    root.finish();
    templates
}
