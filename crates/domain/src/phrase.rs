//! Keywords and names of services as phrases, and how strongly a text speaks them; what follows from that is in
//! `suggest`.

use crate::service::Service;
use crate::text::{Word, has_particle, words};
use std::collections::{BTreeMap, BTreeSet};

/// Of a text, in words: a longer one repeats itself.
const MAX_WORDS: usize = 400;

/// The phrases of all services, ready to be compared; part of the pack's index.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    phrases: Vec<Phrase>,
    /// How much a folded word says: rare ones say more.
    weights: BTreeMap<String, f64>,
}

#[derive(Debug, Clone)]
struct Phrase {
    /// Its service, by place in the pack.
    service: usize,
    language: String,
    written: String,
    words: Vec<Word>,
    /// Keywords speak louder than the words of a name.
    strength: f64,
}

impl Phrases {
    pub(crate) fn of(services: &[Service]) -> Self {
        let mut phrases = Vec::new();
        for (place, service) in services.iter().enumerate() {
            let keywords = service.keywords.0.iter().flat_map(|(language, list)| {
                list.iter().map(move |keyword| (language, keyword, 1.0))
            });
            let names = service.name.0.iter().map(|(language, name)| (language, name, 0.8));
            for (language, written, strength) in keywords.chain(names) {
                let words = words(written);
                if !words.is_empty() {
                    phrases.push(Phrase {
                        service: place,
                        language: language.clone(),
                        written: written.clone(),
                        words,
                        strength,
                    });
                }
            }
        }
        let weights = weights(&phrases, services.len());
        Self { phrases, weights }
    }

    /// What `text` says of each service, by its place in the pack: how strongly, and the phrase as the pack writes it.
    pub(crate) fn heard_in(&self, text: &str, language: &str) -> BTreeMap<usize, Vec<(f64, &str)>> {
        let typed = Typed::of(text);
        let mut found: BTreeMap<usize, Vec<(f64, &str)>> = BTreeMap::new();
        for phrase in &self.phrases {
            let heard = typed.hears(phrase, &self.weights);
            if heard > 0.0 {
                let foreign = if phrase.language == language { 1.0 } else { 0.8 };
                let spoken = (heard * foreign * phrase.strength, phrase.written.as_str());
                found.entry(phrase.service).or_default().push(spoken);
            }
        }
        found
    }
}

/// Inverse frequency over the services, from about 1 (in most) to 1 + ln n (in one).
fn weights(phrases: &[Phrase], services: usize) -> BTreeMap<String, f64> {
    let mut spoken_by: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for phrase in phrases {
        for word in &phrase.words {
            spoken_by.entry(&word.folded).or_default().insert(phrase.service);
        }
    }
    let weight = |count: usize| 1.0 + (services as f64 / count as f64).ln();
    spoken_by.into_iter().map(|(word, by)| (word.to_owned(), weight(by.len()))).collect()
}

/// What was typed so far.
struct Typed {
    words: Vec<Word>,
    /// The last word may go on.
    unfinished: bool,
    /// Someone who writes marks means them; someone who writes none may mean any.
    with_marks: bool,
}

impl Typed {
    fn of(text: &str) -> Self {
        let mut words = words(text);
        words.truncate(MAX_WORDS);
        let unfinished = text.chars().next_back().is_some_and(char::is_alphanumeric);
        let with_marks = words.iter().any(|word| !word.marks.is_empty());
        Self { words, unfinished, with_marks }
    }

    /// How strongly `phrase` stands in the text: its best place.
    fn hears(&self, phrase: &Phrase, weights: &BTreeMap<String, f64>) -> f64 {
        let Some(first) = phrase.words.first() else { return 0.0 };
        let starts = (0..self.words.len()).filter(|at| self.likeness(*at, first, 2) > 0.0);
        starts.map(|at| self.heard_from(at, phrase, weights)).fold(0.0, f64::max)
    }

    /// The words of `phrase` in order from `start`. What stands between weakens it, at most a word
    /// for each of its own; one doubtful word makes the whole doubtful.
    fn heard_from(&self, start: usize, phrase: &Phrase, weights: &BTreeMap<String, f64>) -> f64 {
        let length = phrase.words.len();
        let (mut at, mut gaps, mut sum, mut doubt) = (start, 0, 0.0, 1.0_f64);
        for (n, word) in phrase.words.iter().enumerate() {
            let reach = if n == 0 { 0 } else { length - gaps };
            let Some((place, likeness)) = self.first_like(at..=at + reach, word) else {
                // At the end of the text the rest of the phrase may still come.
                let typing = at >= self.words.len() && self.unfinished && n > 0;
                let part = n as f64 / length as f64;
                return if typing { 0.5 * part * doubt * self.tuned(sum, n, gaps) } else { 0.0 };
            };
            gaps += place - at;
            at = place + 1;
            doubt = doubt.min(likeness);
            sum += weights.get(&word.folded).copied().unwrap_or(1.0);
        }
        doubt * self.tuned(sum, length, gaps)
    }

    /// Longer phrases are surer, gaps less so; one short word without marks is hardly a sign.
    fn tuned(&self, sum: f64, words: usize, gaps: usize) -> f64 {
        let surer = 1.0 + 0.25 * (words.saturating_sub(1)) as f64;
        let looser = 1.0 / (1.0 + 0.5 * gaps as f64);
        let vague = if words == 1 && !self.with_marks { 0.7 } else { 1.0 };
        sum * surer * looser * vague
    }

    fn first_like(
        &self,
        mut reach: impl Iterator<Item = usize>,
        word: &Word,
    ) -> Option<(usize, f64)> {
        reach.find_map(|at| {
            let likeness = self.likeness(at, word, 1);
            (likeness > 0.0).then_some((at, likeness))
        })
    }

    /// 0: another word; 1: this one. One still being typed counts from its `least` letters on.
    fn likeness(&self, at: usize, word: &Word, least: usize) -> f64 {
        let Some(typed) = self.words.get(at) else { return 0.0 };
        if typed.folded == word.folded {
            return self.same_marks(typed, word);
        }
        if is_plural(&typed.folded, &word.folded) || has_particle(&typed.folded, &word.folded) {
            return 0.9;
        }
        let goes_on = self.unfinished && at + 1 == self.words.len() && typed.folded.len() >= least;
        let marks_fit =
            !self.with_marks || typed.marks.iter().all(|mark| word.marks.contains(mark));
        if goes_on && marks_fit && word.folded.starts_with(&typed.folded) { 0.5 } else { 0.0 }
    }

    /// A wrong mark is common (hỏi for ngã); no mark, where all else has them, is another word.
    fn same_marks(&self, typed: &Word, word: &Word) -> f64 {
        if !self.with_marks || typed.marks == word.marks {
            1.0
        } else if typed.marks.is_empty() {
            0.1
        } else {
            0.6
        }
    }
}

/// English plurals and the like: `lights` for `light`, `vendor` for `vendors`.
fn is_plural(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() >= 3 && matches!(long.strip_prefix(short), Some("s" | "es"))
}
