//! `routing.toml`: which agency answers for what, where. A rule may name several services; each becomes a rule of its own.

use super::super::read::{Codes, Entry};
use super::super::routing::{Routing, Rule, Target};
use super::Known;
use crate::ids::{AreaId, FieldCode, ServiceCode};
use std::collections::BTreeMap;

/// Instead of an agency: the agency of the area the report lies in.
pub(super) const OF_AREA: &str = "area";

type Key = (Option<ServiceCode>, Option<FieldCode>, Vec<AreaId>);

pub(super) fn read(root: &Entry, known: &Known) -> Option<Routing> {
    let default = target(root, "default", &known.agencies);
    let mut rules: Vec<Rule> = Vec::new();
    let mut first: BTreeMap<Key, usize> = BTreeMap::new();
    for entry in root.entries("rule", "rule to", "to") {
        for rule in expanded(&entry, known) {
            let key = (rule.service.clone(), rule.field.clone(), rule.areas.clone());
            if let Some(line) = first.get(&key) {
                entry.wrong(
                    "to",
                    &format!("never applies: the rule in line {line} names the same"),
                    "remove one",
                );
            } else {
                first.insert(key, entry.line());
            }
            rules.push(rule);
        }
    }
    root.finish();
    Some(Routing { default: default?, rules })
}

fn target(entry: &Entry, key: &str, agencies: &Codes) -> Option<Target> {
    if !entry.has(key) {
        let remedy = format!("add {key} = an agency, or \"{OF_AREA}\" for the agency of the area");
        entry.wrong(key, "routes to nobody", &remedy);
        return None;
    }
    if entry.peek_text(key).as_deref() == Some(OF_AREA) {
        entry.use_key(key);
        return Some(Target::OfArea);
    }
    entry.reference(key, "agency", agencies).map(Target::Agency)
}

fn expanded(entry: &Entry, known: &Known) -> Vec<Rule> {
    let target = target(entry, "to", &known.agencies);
    let services: Vec<ServiceCode> = entry.references("services", "service", &known.services);
    let field = entry.optional_reference::<FieldCode>("field", "field", &known.fields);
    let mut areas: Vec<AreaId> = entry.references("areas", "area", &known.areas);
    areas.sort();
    if !["services", "field", "areas"].iter().any(|key| entry.has(key)) {
        entry.wrong("to", "names no service, field or area", "name one, or make it the default");
    }
    entry.finish();
    // Without the area that was meant, the rule would seem to hold everywhere.
    let incomplete =
        entry.texts("areas").len() != areas.len() || (entry.has("field") && field.is_none());
    let Some(target) = target.filter(|_| !incomplete) else { return Vec::new() };
    if !entry.has("services") {
        return vec![Rule { service: None, field, areas, target }];
    }
    let rule = |service| Rule {
        service: Some(service),
        field: field.clone(),
        areas: areas.clone(),
        target: target.clone(),
    };
    services.into_iter().map(rule).collect()
}
