//! Which agencies and areas some words name, so that a search for one finds its reports.

use super::{Area, Pack};
use crate::ids::{AgencyId, AreaId};
use crate::text::tokens;
use std::collections::BTreeSet;

/// More than these is a list to study.
const MOST: usize = 3;
/// Letters of a name of one word: shorter ones stand in too many sentences.
const LEAST_LETTERS: usize = 3;
/// Words of a name that stand for the whole.
const LEAST_PART: usize = 2;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    Agency(AgencyId),
    Area(AreaId),
}

/// A name in the words of a search, and what is left of them without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub named: Named,
    pub rest: String,
}

/// All names and abbreviations, folded, in every language of the pack; part of its index.
#[derive(Debug, Clone, Default)]
pub struct Names(Vec<(Vec<String>, Named)>);

impl Names {
    pub(crate) fn of(pack: &Pack) -> Self {
        let agencies = pack.agencies.iter().flat_map(|agency| {
            let names = agency.name.0.values().chain(agency.short.0.values());
            names.map(|name| (tokens(name), Named::Agency(agency.id.clone())))
        });
        let areas = pack.areas.iter().flat_map(|area| {
            area.name.0.iter().flat_map(|(language, name)| {
                let kind = area.kind.0.get(language).cloned().unwrap_or_default();
                let whole = tokens(&format!("{kind} {name}"));
                [tokens(name), whole].map(|words| (words, Named::Area(area.id.clone())))
            })
        });
        let mut names: Vec<_> =
            agencies.chain(areas).filter(|(words, _)| is_telling(words)).collect();
        names.sort();
        names.dedup();
        Self(names)
    }
}

fn is_telling(words: &[String]) -> bool {
    words.iter().map(|word| word.chars().count()).sum::<usize>() >= LEAST_LETTERS
}

impl Pack {
    /// The area that an address names: called by its kind (`phường Thuận Hóa`) before a bare name, the last before the
    /// first, because addresses go from the small to the large, and of two in one place the longer.
    pub fn area_in(&self, address: &str) -> Option<&Area> {
        let typed = tokens(address);
        let named = self.areas.iter().flat_map(|area| {
            area.name
                .0
                .iter()
                .map(move |(language, name)| (area, tokens(name), area.kind.text(language)))
        });
        let places =
            named.filter(|(_, name, _)| !name.is_empty()).filter_map(|(area, name, kind)| {
                let at = typed.windows(name.len()).rposition(|words| words == name.as_slice())?;
                let whole = [tokens(kind), name.clone()].concat();
                let called = typed.windows(whole.len()).any(|words| words == whole.as_slice());
                Some(((called, at + name.len(), name.len()), area))
            });
        places.max_by_key(|(place, _)| *place).map(|(_, area)| area)
    }

    /// The agencies and areas that `text` names, by a whole name somewhere in it, or by being a part of a name; the
    /// longest first.
    pub fn named(&self, text: &str) -> Vec<Found> {
        let typed = tokens(text);
        let mut found: Vec<(usize, Found)> = Vec::new();
        for (name, named) in &self.index.names.0 {
            let at = typed.windows(name.len()).position(|words| words == name.as_slice());
            let part = typed.len() >= LEAST_PART
                && name.windows(typed.len()).any(|words| words == typed.as_slice());
            let (length, rest) = match at {
                Some(at) => {
                    let (before, after) =
                        (typed.iter().take(at), typed.iter().skip(at + name.len()));
                    let rest: Vec<&str> = before.chain(after).map(String::as_str).collect();
                    (name.len(), rest.join(" "))
                }
                None if part => (typed.len(), String::new()),
                None => continue,
            };
            found.push((length, Found { named: named.clone(), rest }));
        }
        found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.named.cmp(&b.1.named)));
        let mut known = BTreeSet::new();
        let once = found.into_iter().filter(|(_, found)| known.insert(found.named.clone()));
        once.map(|(_, found)| found).take(MOST).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{
        check,
        tests::{files_of, pack_of},
    };

    #[test]
    fn an_agency_is_named_by_its_name_its_abbreviation_and_a_part_of_it_and_an_area_by_its_own() {
        let pack = check(&files_of("hue")).unwrap();
        for agency in &pack.agencies {
            let named = Named::Agency(agency.id.clone());
            for name in agency.name.0.values() {
                assert!(pack.named(name).iter().any(|found| found.named == named), "{name}");
            }
        }
        for area in &pack.areas {
            let name = area.name.text("vi");
            let found = pack.named(&format!("ổ gà ở {}", crate::text::fold(name)));
            let own = found.iter().find(|found| found.named == Named::Area(area.id.clone()));
            assert_eq!(own.map(|found| found.rest.as_str()), Some("o ga o"), "{name}: {found:?}");
        }
        assert_eq!(pack.named("ổ gà"), []);
        assert_eq!(pack.named(""), []);
    }

    #[test]
    fn an_address_names_its_area() {
        let pack = pack_of("hue");
        let area = |address: &str| pack.area_in(address).map(|area| area.name.text("vi"));
        assert_eq!(area("25 Nguyễn Huệ, phường Thuận Hóa"), Some("Thuận Hóa"));
        assert_eq!(area("25 nguyen hue, thuan hoa"), Some("Thuận Hóa"));
        assert_eq!(area("12 Phú Xuân, phường Thuận Hóa"), Some("Thuận Hóa"));
        assert_eq!(area("phường Thuận Hóa, gần ngã tư Phú Xuân"), Some("Thuận Hóa"));
        assert_eq!(area("cạnh trạm xe buýt"), None);
    }
}
