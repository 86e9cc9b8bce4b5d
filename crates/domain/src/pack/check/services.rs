//! `fields.toml` and `services.toml`: what can be reported, and what is asked about it.

use super::super::read::Entry;
use super::{Known, no_code_twice};
use crate::ids::{ProcedureCode, ServiceCode};
use crate::localized::Localized;
use crate::procedure::Procedure;
use crate::service::{
    AsksFor, Attribute, AttributeValue, Datatype, Field, Precision, Service, Urgency,
};
use crate::text::fold;
use std::collections::{BTreeMap, BTreeSet};

const URGENCIES: &[(&str, Urgency)] = &[("normal", Urgency::Normal), ("urgent", Urgency::Urgent)];
const PRECISIONS: &[(&str, Precision)] = &[
    ("exact", Precision::Exact),
    ("street", Precision::Street),
    ("area", Precision::Area),
    ("hidden", Precision::Hidden),
];
const DATATYPES: &[(&str, Datatype)] = &[
    ("string", Datatype::String),
    ("number", Datatype::Number),
    ("datetime", Datatype::DateTime),
    ("text", Datatype::Text),
    ("singlevaluelist", Datatype::SingleValueList),
    ("multivaluelist", Datatype::MultiValueList),
];

pub(super) fn read_fields(root: &Entry, known: &Known) -> Vec<Field> {
    let entries = root.some_entries("field", "field", "code");
    no_code_twice(&entries, "code");
    let fields = entries.iter().filter_map(|entry| {
        let (code, name, icon) = (entry.code("code"), entry.localized("name"), icon(entry, known));
        entry.finish();
        Some(Field { code: code?, name: name?, icon: icon? })
    });
    let fields = fields.collect();
    root.finish();
    fields
}

/// Where a service begins.
pub(super) fn line_of(root: &Entry, code: &ServiceCode) -> usize {
    let entries = root.entries("service", "service", "code");
    let found =
        entries.iter().find(|entry| entry.peek_text("code").as_deref() == Some(code.as_str()));
    found.map_or(1, |entry| entry.line_of("code"))
}

pub(super) fn read(root: &Entry, known: &Known, procedures: &[Procedure]) -> Vec<Service> {
    let entries = root.some_entries("service", "service", "code");
    no_code_twice(&entries, "code");
    let services = entries.iter().filter_map(|entry| service(entry, known, procedures)).collect();
    root.finish();
    services
}

fn service(entry: &Entry, known: &Known, procedures: &[Procedure]) -> Option<Service> {
    let code = entry.code::<ServiceCode>("code");
    let field = entry.reference("field", "field", &known.fields);
    let name = entry.localized("name");
    let hint = entry.localized("hint");
    let keywords = keywords(entry);
    let icon = icon(entry, known);
    let urgency = entry.word("urgency", URGENCIES);
    let precision = entry.word("precision", PRECISIONS);
    let confidential = entry.boolean("confidential", false);
    let procedure = followed_procedure(entry, known);
    let attributes = attributes(entry, known);
    entry.finish();
    if !confidential && attributes.iter().any(|a| a.asks_for == Some(AsksFor::Unit)) {
        let remedy = "ask for the unit in confidential services only";
        entry.wrong("attribute", "asks for a unit, but everybody reads it", remedy);
    }
    if let Some(code) = &procedure {
        let waits = |p: &Procedure| p.code == *code && !p.promise.is_wall_clock();
        if urgency == Some(Urgency::Urgent) && procedures.iter().any(waits) {
            let remedy = "choose a procedure whose promise is in h or d";
            entry.wrong("procedure", "is urgent, but its procedure waits for office hours", remedy);
        }
    }
    if confidential && precision == Some(Precision::Exact) {
        let remedy = "write \"area\" or \"hidden\"";
        entry.wrong("precision", "is confidential, but shows its exact place", remedy);
    }
    Some(Service {
        code: code?,
        field: field?,
        name: name?,
        hint: hint?,
        keywords: keywords?,
        icon: icon?,
        urgency: urgency?,
        precision: precision?,
        confidential,
        procedure: procedure?,
        attributes,
    })
}

fn followed_procedure(entry: &Entry, known: &Known) -> Option<ProcedureCode> {
    let code = entry.text("procedure")?;
    if known.procedures.allows(&code) {
        return code.parse().ok();
    }
    let message = format!("follows procedure {code:?}, which no file in procedures/ defines");
    entry.wrong("procedure", &message, &known.procedures.suggestion(&code));
    None
}

fn icon(entry: &Entry, known: &Known) -> Option<String> {
    let is_name = |text: &str| {
        let fits = !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        fits.then(|| text.to_owned())
    };
    let name = entry.parsed("icon", "a name of small letters, digits and hyphens", is_name)?;
    if !known.icons.allows(&name) {
        entry.wrong(
            "icon",
            &format!("has icon {name:?}, which is not in {}", known.icons.file),
            &known.icons.suggestion(&name),
        );
        return None;
    }
    Some(name)
}

/// Search sees keywords folded: one that folds to nothing finds nothing, two that fold alike are one.
fn keywords(entry: &Entry) -> Option<Localized<Vec<String>>> {
    let lists = entry.localized_list("keywords")?;
    let mut result = Localized::default();
    for (language, list) in lists.0 {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for (line, word) in &list {
            let folded = fold(word);
            if !folded.chars().any(char::is_alphanumeric) {
                entry.wrong_at(
                    *line,
                    &format!("has keyword {word:?}, which has no letters to search for"),
                    "remove it or write a word",
                );
            } else if let Some(first) = seen.insert(folded, word.clone()) {
                let message = format!(
                    "has keywords {first:?} and {word:?}, which are the same to the search"
                );
                entry.wrong_at(*line, &message, "remove one");
            }
        }
        if list.is_empty() {
            entry.wrong(
                "keywords",
                &format!("has no keywords in {language:?}"),
                "add words people would type",
            );
        }
        result.0.insert(language, list.into_iter().map(|(_, word)| word).collect());
    }
    Some(result)
}

fn attributes(service: &Entry, known: &Known) -> Vec<Attribute> {
    let entries = service.entries("attribute", &format!("{}, attribute", service.what), "code");
    no_code_twice(&entries, "code");
    let mut orders = BTreeSet::new();
    for entry in &entries {
        let order = entry.count("order", 1..=100);
        if order.is_some_and(|order| !orders.insert(order)) {
            entry.wrong("order", "has the order of another attribute", "number them 1, 2, 3 …");
        }
    }
    if let (Some(entry), Some(last)) = (entries.first(), orders.last())
        && orders.len() == entries.len()
        && usize::try_from(*last) != Ok(entries.len())
    {
        entry.wrong("order", "stands in an order with gaps", "number them 1, 2, 3 …");
    }
    let mut attributes: Vec<Attribute> =
        entries.iter().filter_map(|entry| attribute(entry, known)).collect();
    attributes.sort_by_key(|attribute| attribute.order);
    attributes
}

fn attribute(entry: &Entry, known: &Known) -> Option<Attribute> {
    let code = entry.code::<ServiceCode>("code");
    let datatype = entry.word("datatype", DATATYPES);
    let required = entry.boolean("required", false);
    let order = entry.count("order", 1..=100);
    let question = entry.localized("question");
    let hint = entry.optional_localized("hint");
    let public = entry.boolean("public", true);
    let values = entry.entries("values", &format!("{}, value", entry.what), "key");
    no_code_twice(&values, "key");
    let is_list = matches!(datatype, Some(Datatype::SingleValueList | Datatype::MultiValueList));
    let asks_for = entry.has("asks_for").then(|| asks_for(entry, datatype, public)).flatten();
    let is_list = is_list && asks_for != Some(AsksFor::Unit);
    if is_list && values.len() < 2 {
        entry.wrong(
            "values",
            "is a list of fewer than two values",
            "add values = [{ key = …, name = … }, …]",
        );
    } else if datatype.is_some() && !is_list && entry.has("values") {
        entry.wrong(
            "values",
            "has values, but is no list",
            "remove them, or write datatype = \"singlevaluelist\"",
        );
    }
    let mut values: Vec<AttributeValue> = values.iter().filter_map(value).collect();
    if asks_for == Some(AsksFor::Unit) {
        values.clone_from(&known.units);
    }
    entry.finish();
    Some(Attribute {
        code: code?.into(),
        datatype: datatype?,
        required,
        order: order?,
        question: question?,
        hint,
        values,
        public,
        asks_for,
    })
}

/// What only the staff in charge may read, and what has the type that fits it.
fn asks_for(entry: &Entry, datatype: Option<Datatype>, public: bool) -> Option<AsksFor> {
    let words: Vec<_> = AsksFor::ALL.iter().map(|word| (word.as_str(), *word)).collect();
    let asked = entry.word("asks_for", &words)?;
    let (fits, name) = match asked {
        AsksFor::Unit => (Datatype::SingleValueList, "singlevaluelist"),
        AsksFor::Dossier => (Datatype::String, "string"),
    };
    if datatype.is_some_and(|datatype| datatype != fits) {
        let message = format!("asks for a {asked}, which is no such answer");
        entry.wrong("datatype", &message, &format!("write datatype = \"{name}\""));
    }
    if public {
        let message = format!("asks for a {asked}, which everybody would read");
        entry.wrong("asks_for", &message, "add public = false");
    }
    if asked == AsksFor::Unit && entry.has("values") {
        let remedy = "remove them";
        entry.wrong("values", "has values, but asks for one of the agencies", remedy);
    }
    Some(asked)
}

fn value(entry: &Entry) -> Option<AttributeValue> {
    let (key, name) = (entry.code::<ServiceCode>("key"), entry.localized("name"));
    entry.finish();
    Some(AttributeValue { key: key?.into(), name: name? })
}
