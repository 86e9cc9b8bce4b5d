//! `areas.toml`: where things are, and what became of areas that are no more.

use super::super::read::Entry;
use super::super::{Area, PastArea};
use super::{Known, no_code_twice};
use crate::ids::AreaId;
use crate::place::Point;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// An area, and where it went up in another one, in which and when.
struct Read {
    area: Area,
    gone: Option<(AreaId, Date)>,
}

/// The areas there are, and those there were.
pub(super) fn read(root: &Entry, known: &Known) -> (Vec<Area>, Vec<PastArea>) {
    let entries = root.some_entries("area", "area", "id");
    no_code_twice(&entries, "id");
    let read: Vec<Read> = entries.iter().filter_map(|entry| area(entry, known)).collect();
    root.finish();
    let steps: BTreeMap<AreaId, AreaId> = read
        .iter()
        .filter_map(|read| Some((read.area.id.clone(), read.gone.as_ref()?.0.clone())))
        .collect();
    let (mut areas, mut past) = (Vec::new(), Vec::new());
    for Read { area, gone } in read {
        match gone {
            None => areas.push(area),
            Some((_, until)) => match heir(&steps, &area.id) {
                Some(heir) => past.push(PastArea { area, until, heir }),
                None => on_a_circle(&entries, &area.id),
            },
        }
    }
    (areas, past)
}

fn area(entry: &Entry, known: &Known) -> Option<Read> {
    let id = entry.code("id");
    let name = entry.localized("name");
    let kind = entry.localized("kind");
    let lat = entry.number("lat", -85.0..=85.0);
    let lon = entry.number("lon", -180.0..=180.0);
    let agency = entry.reference("agency", "agency", &known.agencies);
    let gone = entry.has("successor") || entry.has("until");
    let successor = gone.then(|| entry.reference("successor", "area", &known.areas));
    let until = gone.then(|| entry.date("until"));
    entry.finish();
    let centre = Point::new(lat?, lon?).ok()?;
    let area = Area { id: id?, name: name?, kind: kind?, centre, agency: agency? };
    let gone = successor.zip(until).map(|(successor, until)| Some((successor?, until?)));
    Some(Read { area, gone: gone.unwrap_or(None) })
}

/// The area at the end of the way; none where it goes in a circle.
fn heir(steps: &BTreeMap<AreaId, AreaId>, start: &AreaId) -> Option<AreaId> {
    let mut at = start;
    for _ in 0..=steps.len() {
        match steps.get(at) {
            Some(next) => at = next,
            None => return Some(at.clone()),
        }
    }
    None
}

fn on_a_circle(entries: &[Entry], id: &AreaId) {
    let here = |entry: &&Entry| entry.peek_text("id").as_deref() == Some(id.as_str());
    if let Some(entry) = entries.iter().find(here) {
        let message = "went, by its successors, up in itself";
        entry.wrong("successor", message, "name an area that is there");
    }
}
