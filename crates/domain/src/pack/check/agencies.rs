//! `agencies.toml`: who answers, as a tree.

use super::super::read::Entry;
use super::super::{Agency, AgencyKind};
use super::{Known, no_code_twice};
use crate::ids::AgencyId;
use std::collections::BTreeMap;

const KINDS: &[(&str, AgencyKind)] = &[
    ("authority", AgencyKind::Authority),
    ("centre", AgencyKind::Centre),
    ("department", AgencyKind::Department),
    ("police", AgencyKind::Police),
    ("inspectorate", AgencyKind::Inspectorate),
    ("ward", AgencyKind::Ward),
    ("company", AgencyKind::Company),
];

pub(super) fn read(root: &Entry, known: &Known) -> Vec<Agency> {
    let entries = root.some_entries("agency", "agency", "id");
    no_code_twice(&entries, "id");
    let agencies: Vec<Agency> = entries.iter().filter_map(|entry| agency(entry, known)).collect();
    no_cycle(&entries, &agencies);
    root.finish();
    agencies
}

fn agency(entry: &Entry, known: &Known) -> Option<Agency> {
    let id = entry.code("id");
    let parent = entry.optional_reference::<AgencyId>("parent", "agency", &known.agencies);
    let kind = entry.word("kind", KINDS);
    let name = entry.localized("name");
    let short = entry.localized("short");
    entry.finish();
    if !entry.has("parent") && kind.is_some_and(|kind| kind != AgencyKind::Authority) {
        entry.wrong(
            "id",
            "has no parent, so an appeal would go nowhere",
            "add parent = …; only an authority stands alone",
        );
    }
    if id.as_ref().is_some_and(|id: &AgencyId| id.as_str() == super::routing::OF_AREA) {
        entry.wrong("id", "has a name with a meaning of its own in routing", "choose another id");
    }
    Some(Agency { id: id?, parent, kind: kind?, name: name?, short: short? })
}

/// An agency that is above itself would send appeals in a circle.
fn no_cycle(entries: &[Entry], agencies: &[Agency]) {
    let parents: BTreeMap<&AgencyId, &AgencyId> =
        agencies.iter().filter_map(|agency| Some((&agency.id, agency.parent.as_ref()?))).collect();
    let on_a_circle = |start: &AgencyId| {
        let mut at = start;
        for _ in 0..agencies.len() {
            match parents.get(at) {
                Some(parent) if *parent == start => return true,
                Some(parent) => at = parent,
                None => return false,
            }
        }
        false
    };
    for entry in entries {
        let id = entry.peek_text("id").and_then(|id| AgencyId::parse(&id).ok());
        if id.is_some_and(|id| on_a_circle(&id)) {
            entry.wrong("parent", "is, by its parents, above itself", "correct the parent");
        }
    }
}
