//! Whether two reports are about the same thing: near in space and time, alike in kind, words or picture.
//!
//! One number ranks, and what it is made of is said in plain reasons. The weights are set by hand; [`LEAST`], from which
//! on a report is shown, was chosen from `nhip duplicates --evaluate` (see `docs/guides/words.md`). A hint for a person,
//! never a verdict: nothing is merged by itself.

use crate::ids::{FieldCode, ServiceCode};
use crate::place::Point;
use crate::suggest::learnt::{Learnt, Sign, signs};
use crate::text::fold;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Points for the same place; at the edge of what is near there are none.
const PLACE: f64 = 1.5;
/// Points for the same moment, and days after which half of them are left.
const TIME: f64 = 0.5;
const HALF_DAYS: f64 = 7.0;
/// Points for the same service, and for the same field.
const SERVICE: f64 = 1.5;
const FIELD: f64 = 0.7;
/// Points for the same words.
const WORDS: f64 = 2.5;
/// Points for the same picture, and for one that is alike.
const SAME_PICTURE: f64 = 1.5;
const LIKE_PICTURE: f64 = 0.7;
/// Of the 64 bits of two hashes, so many differ at most between two looks of one picture, and between pictures alike.
const SAME_BITS: u32 = 6;
const LIKE_BITS: u32 = 10;
/// A hash with fewer bits set (or as many left unset) is of a blank picture.
const TELLING_BITS: u32 = 4;
/// From so many points on a report is shown as perhaps the same.
pub const LEAST: f64 = 2.25;
/// Words in common that are named.
const NAMED: usize = 3;
/// A word in common is named from this rarity on: one report in ten or fewer holds it, in a city of a thousand.
const TELLING: f64 = 0.33;

/// What is known of a report when it is compared.
#[derive(Debug, Clone)]
pub struct Told<'a> {
    pub point: Point,
    pub at: Timestamp,
    /// The kinds it may be: the chosen one, or those its words speak for.
    pub services: Vec<&'a ServiceCode>,
    pub fields: Vec<&'a FieldCode>,
    pub words: Words<'a>,
    /// Perceptual hashes of its photos.
    pub looks: &'a [i64],
}

/// The words of a text, weighed by how rare they are in this city.
#[derive(Debug, Clone, Default)]
pub struct Words<'a> {
    text: &'a str,
    weights: BTreeMap<u64, (f64, std::ops::Range<usize>)>,
    length: f64,
}

impl<'a> Words<'a> {
    pub fn of(text: &'a str, past: &Learnt) -> Self {
        let mut weights = BTreeMap::new();
        for Sign { key, span, .. } in signs(text) {
            weights.insert(key, (past.rarity(key), span));
        }
        let length = weights.values().map(|(weight, _)| weight * weight).sum::<f64>().sqrt();
        Self { text, weights, length }
    }

    /// From 0, nothing in common, to 1, the same words.
    fn likeness(&self, other: &Self) -> f64 {
        if self.length == 0.0 || other.length == 0.0 {
            return 0.0;
        }
        let shared = self.weights.iter().filter(|(key, _)| other.weights.contains_key(key));
        let shared: f64 = shared.map(|(_, (weight, _))| weight * weight).sum();
        shared / (self.length * other.length)
    }

    /// The rarest words in common, as this text writes them.
    fn shared(&self, other: &Self) -> Vec<String> {
        let mut shared: Vec<_> = self
            .weights
            .iter()
            .filter(|(key, (weight, _))| *weight >= TELLING && other.weights.contains_key(key))
            .map(|(_, (weight, span))| (*weight, span.clone()))
            .collect();
        shared.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.len().cmp(&a.1.len())));
        let mut named: Vec<std::ops::Range<usize>> = Vec::new();
        for (_, span) in shared {
            let apart = |n: &std::ops::Range<usize>| n.end <= span.start || span.end <= n.start;
            if named.len() < NAMED && named.iter().all(apart) {
                named.push(span);
            }
        }
        let mut words: Vec<String> = Vec::new();
        for word in named.into_iter().filter_map(|span| self.text.get(span)) {
            let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
            if !words.iter().any(|said| fold(said) == fold(&word)) {
                words.push(word);
            }
        }
        words
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Same,
    SameField,
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Picture {
    /// There is none, or they differ; two photos of one thing mostly do.
    Other,
    Alike,
    Same,
}

/// How alike two reports are, and in what.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// Compares; it has no unit.
    pub score: f64,
    pub metres: f64,
    pub kind: Kind,
    pub picture: Picture,
    /// Words in common, as the one who asks wrote them.
    pub words: Vec<String>,
}

/// How alike `other` is to `one`, the report that is asked about; both lie within `near` metres.
pub fn compare(one: &Told<'_>, other: &Told<'_>, near: f64) -> Likeness {
    let metres = one.point.distance_m(other.point);
    let days = one.at.duration_since(other.at).as_secs_f64().abs() / 86_400.0;
    let kind = if one.services.iter().any(|service| other.services.contains(service)) {
        Kind::Same
    } else if one.fields.iter().any(|field| other.fields.contains(field)) {
        Kind::SameField
    } else {
        Kind::Other
    };
    let picture = picture(one.looks, other.looks);
    let score = PLACE * (1.0 - metres / near.max(1.0)).max(0.0)
        + TIME * (-days / HALF_DAYS).exp2()
        + match kind {
            Kind::Same => SERVICE,
            Kind::SameField => FIELD,
            Kind::Other => 0.0,
        }
        + WORDS * one.words.likeness(&other.words)
        + match picture {
            Picture::Same => SAME_PICTURE,
            Picture::Alike => LIKE_PICTURE,
            Picture::Other => 0.0,
        };
    Likeness { score, metres, kind, picture, words: one.words.shared(&other.words) }
}

fn picture(some: &[i64], others: &[i64]) -> Picture {
    let telling = |look: &i64| (TELLING_BITS..=64 - TELLING_BITS).contains(&look.count_ones());
    let pairs = some.iter().filter(|l| telling(l)).flat_map(|one| {
        others.iter().filter(|l| telling(l)).map(move |other| (one ^ other).count_ones())
    });
    match pairs.min() {
        Some(bits) if bits <= SAME_BITS => Picture::Same,
        Some(bits) if bits <= LIKE_BITS => Picture::Alike,
        Some(_) | None => Picture::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(words: &str, metres: f64, days: i64, service: &str, looks: &[i64]) -> Likeness {
        let past = Learnt::default();
        let at: Timestamp = "2026-03-10T09:00:00Z".parse().unwrap();
        let (pothole, field) =
            (ServiceCode::parse("pothole").unwrap(), FieldCode::parse("streets").unwrap());
        let (other, else_field) =
            (ServiceCode::parse(service).unwrap(), FieldCode::parse("waste").unwrap());
        let one = Told {
            point: Point::new(16.46, 107.59).unwrap(),
            at,
            services: vec![&pothole],
            fields: vec![&field],
            words: Words::of("Ổ gà to trước chợ Đông Ba", &past),
            looks: &[0x00ff_00ff_00ff_00ff],
        };
        let two = Told {
            point: Point::new(16.46 + metres / 111_195.0, 107.59).unwrap(),
            at: at - jiff::SignedDuration::from_hours(24 * days),
            services: vec![&other],
            fields: vec![if service == "pothole" { &field } else { &else_field }],
            words: Words::of(words, &past),
            looks,
        };
        compare(&one, &two, 100.0)
    }

    #[test]
    fn near_alike_and_recent_is_shown_and_far_and_different_is_not() {
        let same = score("o ga truoc cho Dong Ba", 20.0, 1, "pothole", &[]);
        assert!(same.score > LEAST, "{same:?}");
        assert_eq!((same.kind, same.picture), (Kind::Same, Picture::Other));
        let other = score("rác tràn ra đường", 60.0, 20, "full-bin", &[]);
        assert!(other.score < LEAST, "{other:?}");
    }

    #[test]
    fn a_picture_speaks_where_words_and_kind_differ() {
        let look = 0x00ff_00ff_00ff_00fe;
        let without = score("nguy hiểm quá", 10.0, 0, "full-bin", &[]);
        let with = score("nguy hiểm quá", 10.0, 0, "full-bin", &[look]);
        assert!(without.score < LEAST && with.score > LEAST, "{without:?} {with:?}");
        assert_eq!(with.picture, Picture::Same);
        assert_eq!(score("", 10.0, 0, "full-bin", &[0]).picture, Picture::Other);
    }

    #[test]
    fn words_in_common_are_said_as_the_asker_wrote_them() {
        let same = score("o ga truoc cho Dong Ba", 20.0, 1, "pothole", &[]);
        assert!(same.words.iter().all(|word| "Ổ gà to trước chợ Đông Ba".contains(word.as_str())));
        assert!(same.words.iter().any(|word| word.contains("Đông Ba")), "{:?}", same.words);
    }

    #[test]
    fn everything_counts_in_its_own_direction() {
        let base = score("ổ gà", 50.0, 5, "pothole", &[]).score;
        assert!(score("ổ gà", 10.0, 5, "pothole", &[]).score > base);
        assert!(score("ổ gà", 50.0, 1, "pothole", &[]).score > base);
        assert!(score("ổ gà to", 50.0, 5, "pothole", &[]).score > base);
        assert!(score("ổ gà", 50.0, 5, "full-bin", &[]).score < base);
    }
}
