//! How often the suggestions are right, by cross-validation: each report is asked about with what was learnt from others.
//!
//! Texts that were copied, or written after one template, know each other's answer. So a measure can keep kin together:
//! all of a kin are asked about with nothing of the kin learnt. The measure without that says what copies are worth.

use super::learnt::{Learner, Learnt};
use super::suggest;
use crate::ids::ServiceCode;
use crate::pack::Pack;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// A report on which somebody decided.
#[derive(Debug, Clone)]
pub struct Decided {
    pub text: String,
    pub language: String,
    pub service: ServiceCode,
    /// The same for texts that are told alike.
    pub kin: String,
}

/// How often the right service stood first, and among the three.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    pub asked: usize,
    pub first: usize,
    pub three: usize,
}

impl Score {
    pub fn first_share(&self) -> f64 {
        self.first as f64 / self.asked.max(1) as f64
    }

    pub fn three_share(&self) -> f64 {
        self.three as f64 / self.asked.max(1) as f64
    }

    fn count(&mut self, place: Option<usize>) {
        self.asked += 1;
        self.first += usize::from(place == Some(0));
        self.three += usize::from(place.is_some());
    }
}

/// What came of asking about all reports.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    pub all: Score,
    pub by_service: BTreeMap<ServiceCode, Score>,
    /// What stood first instead of the right one, and how often; nothing was suggested where it is `None`.
    pub instead: BTreeMap<ServiceCode, BTreeMap<Option<ServiceCode>, usize>>,
}

impl Verdict {
    fn ask(&mut self, pack: &Pack, past: &Learnt, report: &Decided) {
        let found = suggest(pack, past, &report.text, &report.language);
        let place = found.iter().position(|suggestion| suggestion.service == report.service);
        self.all.count(place);
        self.by_service.entry(report.service.clone()).or_default().count(place);
        if place != Some(0) {
            let first = found.into_iter().next().map(|suggestion| suggestion.service);
            let instead = self.instead.entry(report.service.clone()).or_default();
            *instead.entry(first).or_default() += 1;
        }
    }
}

/// Asks with what the pack says alone, as a city does that has decided nothing yet.
pub fn by_keywords(pack: &Pack, decided: &[Decided]) -> Verdict {
    let mut verdict = Verdict::default();
    let words = Learner::of(pack).learn();
    for report in decided {
        verdict.ask(pack, &words, report);
    }
    verdict
}

/// Asks about each `folds`th part with what the others teach; `apart` keeps all of a kin in one part.
pub fn cross_validate(pack: &Pack, decided: &[Decided], folds: usize, apart: bool) -> Verdict {
    let part = |n: usize, report: &Decided| {
        if apart { hash(&report.kin) as usize % folds } else { n % folds }
    };
    let mut verdict = Verdict::default();
    for fold in 0..folds {
        let mut learner = Learner::of(pack);
        let others = decided.iter().enumerate().filter(|(n, report)| part(*n, report) != fold);
        others.for_each(|(_, report)| learner.hear(&report.text, &report.service));
        let past = learner.learn();
        for (n, report) in decided.iter().enumerate() {
            if part(n, report) == fold {
                verdict.ask(pack, &past, report);
            }
        }
    }
    verdict
}

/// What nobody could exceed: texts told alike ended with different services, and whoever reads only the text can name
/// but the most frequent of them.
pub fn ceiling(decided: &[Decided]) -> Score {
    let mut kin: BTreeMap<&str, BTreeMap<&ServiceCode, usize>> = BTreeMap::new();
    for report in decided {
        *kin.entry(&report.kin).or_default().entry(&report.service).or_default() += 1;
    }
    let mut best = Score { asked: decided.len(), ..Score::default() };
    for services in kin.values() {
        let mut counts: Vec<usize> = services.values().copied().collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        best.first += counts.first().copied().unwrap_or(0);
        best.three += counts.iter().take(super::MOST).sum::<usize>();
    }
    best
}

/// How many tellings there are.
pub fn tellings(decided: &[Decided]) -> usize {
    decided.iter().map(|report| report.kin.as_str()).collect::<BTreeSet<_>>().len()
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{check, tests::files_of};

    fn decided(text: &str, service: &str) -> Decided {
        Decided {
            text: text.to_owned(),
            language: "en".to_owned(),
            service: ServiceCode::parse(service).unwrap(),
            kin: text.to_owned(),
        }
    }

    #[test]
    fn copies_help_only_where_kin_is_not_kept_apart() {
        let pack = check(&files_of("harbour")).unwrap();
        let mut all = vec![decided("the thingamajig squeaks horribly", "street-light"); 20];
        all.extend(vec![decided("some gizmo wobbles terribly", "graffiti"); 20]);
        assert_eq!(by_keywords(&pack, &all).all, Score { asked: 40, first: 0, three: 0 });
        assert_eq!(cross_validate(&pack, &all, 5, false).all.first, 40);
        assert_eq!(cross_validate(&pack, &all, 5, true).all.first, 0);
    }

    #[test]
    fn the_ceiling_is_what_the_text_alone_can_tell() {
        let mut all = vec![decided("a", "graffiti"), decided("a", "graffiti")];
        all.extend([decided("a", "pothole"), decided("b", "pothole")]);
        assert_eq!(ceiling(&all), Score { asked: 4, first: 3, three: 4 });
        assert_eq!(tellings(&all), 2);
    }
}
