//! What earlier decisions teach: which words stood in reports that ended with a service more often than chance says.
//!
//! A count of reports, nothing else; before the first decision, of the pack's keywords and names, each of which counts as
//! if [`TAUGHT`] short reports had said it. So single words of a keyword speak too, also where the rest of it is missing. For a word (or two neighbours) and a service we know how many reports hold both,
//! and how many would if the word knew nothing of the service. The logarithm of the one over the other is what the word
//! says; both are raised by [`DOUBT`], so that what was seen once or never says little, and a service without a past is
//! neither favoured nor held back. The model keeps hashes, not words, and only of what [`LEAST_REPORTS`] reports share:
//! a name in one person's report is in no model. What it says for itself are words of the very text it was asked about.
//!
//! Not here: which reports it hears (only those somebody at the centre decided on), and keywords as phrases.

use crate::ids::ServiceCode;
use crate::pack::Pack;
use crate::text::located;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

/// Reports that must share a word before it counts.
const LEAST_REPORTS: u32 = 3;
/// Reports that a keyword or a name of the pack stands for.
const TAUGHT: u32 = 3;
/// Reports added to what was seen and to what was expected.
const DOUBT: f64 = 0.7;
/// Two neighbours say much of what each of them says alone.
const PAIR: f64 = 0.5;
/// How much the number of reports of a service counts beside words.
const HABIT: f64 = 0.5;
/// A word that says less than this (one and a half times as often as chance) is not named as a reason.
const NAMED: f64 = 0.4;
/// A word is named only where chance alone would bring it together with the service in less than one case of a hundred
/// (χ² with one degree of freedom): "in" and "the" stand in some service's reports more often than in others'.
const CHANCE: f64 = 6.63;
/// Words of a text that are looked at.
const MAX_WORDS: usize = 400;
/// Words and pairs kept while counting; what was seen once is forgotten when there are more. Bounds the memory of a
/// learner to some 60 MB.
const MOST_KEPT: usize = 500_000;

/// What was learnt, and from what.
#[derive(Debug)]
pub struct Past {
    pub learnt: Learnt,
    /// The last change of any report that it knows of, milliseconds UTC.
    pub until: i64,
}

impl Past {
    /// Before the first decision: what the pack says.
    pub fn of(pack: &Pack) -> Self {
        Self { learnt: Learner::of(pack).learn(), until: 0 }
    }
}

/// Counts decisions; [`Learner::learn`] makes the model of them.
#[derive(Debug, Default)]
pub struct Learner {
    places: BTreeMap<ServiceCode, u16>,
    services: Vec<Habit>,
    seen: HashMap<u64, BTreeMap<u16, Count>>,
}

/// Reports that were decided, and those that the pack's words stand for.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    decided: u32,
    taught: u32,
}

/// What is known of a service as a whole.
#[derive(Debug, Clone)]
struct Habit {
    code: ServiceCode,
    reports: Count,
}

/// What was learnt; empty where nothing was.
#[derive(Debug, Clone, Default)]
pub struct Learnt {
    services: Vec<Habit>,
    reports: Count,
    /// Where in `counts` a word stands, and over how many services.
    places: HashMap<u64, (u32, u16)>,
    counts: Vec<(u16, Count)>,
}

/// What the past says of a text for one service.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    pub service: ServiceCode,
    /// Natural logarithm of odds: 0 says nothing.
    pub says: f64,
    /// What speaks for it alone; what speaks against it is left out.
    pub speaks_for: f64,
    /// The words that spoke for it, as they were typed, strongest first.
    pub because: Vec<String>,
}

/// A word of a text or two neighbours, ready to be looked up.
pub(crate) struct Sign {
    /// Of the folded words.
    pub(crate) key: u64,
    /// Of the folded words and their marks.
    marked: u64,
    pub(crate) span: Range<usize>,
    pair: bool,
}

/// All words and pairs of a text, each once. Numbers are of no service.
pub(crate) fn signs(text: &str) -> Vec<Sign> {
    let words: Vec<(String, Range<usize>)> = located(text).take(MAX_WORDS).collect();
    let mut known = BTreeSet::new();
    let mut signs = Vec::with_capacity(words.len() * 2);
    let mut before: Option<(&str, String, usize)> = None;
    for (word, span) in &words {
        if word.chars().any(char::is_numeric) {
            before = None;
            continue;
        }
        let marks = marks_of(text, span);
        let (key, marked) = (hash(&[word]), hash(&[word, &marks]));
        if known.insert(marked) {
            signs.push(Sign { key, marked, span: span.clone(), pair: false });
        }
        if let Some((first, of_first, start)) = before {
            let (key, marked) = (hash(&[first, word]), hash(&[first, &of_first, word, &marks]));
            if known.insert(marked) {
                signs.push(Sign { key, marked, span: start..span.end, pair: true });
            }
        }
        before = Some((word, marks, span.start));
    }
    signs
}

fn marks_of(text: &str, span: &Range<usize>) -> String {
    let word = text.get(span.clone()).unwrap_or_default().to_lowercase();
    crate::text::marks(&word).into_iter().collect()
}

fn hash(words: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

impl Count {
    fn all(self) -> f64 {
        f64::from(self.decided) + f64::from(self.taught)
    }

    fn and(self, other: Self) -> Self {
        Self { decided: self.decided + other.decided, taught: self.taught + other.taught }
    }
}

fn sum<'a>(counts: impl IntoIterator<Item = &'a Count>) -> Count {
    counts.into_iter().fold(Count::default(), |sum, count| sum.and(*count))
}

impl Learner {
    /// One that knows the words of a pack and no decision.
    pub fn of(pack: &Pack) -> Self {
        let mut learner = Self::default();
        for service in &pack.services {
            let names = service.name.0.values();
            for words in service.keywords.0.values().flatten().chain(names) {
                learner.count(words, &service.code, Count { taught: TAUGHT, decided: 0 });
            }
        }
        learner
    }

    /// A report with these words ended with this service.
    pub fn hear(&mut self, text: &str, service: &ServiceCode) {
        self.count(text, service, Count { decided: 1, taught: 0 });
    }

    fn count(&mut self, text: &str, service: &ServiceCode, more: Count) {
        let Some(place) = self.place(service) else { return };
        if let Some(habit) = self.services.get_mut(usize::from(place)) {
            habit.reports = habit.reports.and(more);
        }
        for sign in signs(text) {
            for key in [sign.key, sign.marked] {
                let count = self.seen.entry(key).or_default().entry(place).or_default();
                *count = count.and(more);
            }
        }
        if self.seen.len() > MOST_KEPT {
            self.seen.retain(|_, by| sum(by.values()).all() > 1.0);
        }
    }

    fn place(&mut self, service: &ServiceCode) -> Option<u16> {
        if let Some(place) = self.places.get(service) {
            return Some(*place);
        }
        let place = u16::try_from(self.services.len()).ok()?;
        self.places.insert(service.clone(), place);
        self.services.push(Habit { code: service.clone(), reports: Count::default() });
        Some(place)
    }

    pub fn learn(self) -> Learnt {
        let reports = sum(self.services.iter().map(|habit| &habit.reports));
        let mut learnt = Learnt { services: self.services, reports, ..Learnt::default() };
        for (key, by) in self.seen {
            let total = sum(by.values());
            let (Ok(start), Ok(length)) =
                (u32::try_from(learnt.counts.len()), u16::try_from(by.len()))
            else {
                continue;
            };
            if total.decided < LEAST_REPORTS && total.taught == 0 {
                continue;
            }
            learnt.counts.extend(by);
            learnt.places.insert(key, (start, length));
        }
        learnt
    }
}

impl Learnt {
    /// How many words and pairs it knows.
    pub fn signs(&self) -> usize {
        self.places.len()
    }

    /// How rare a word or a pair is in what was decided, from nearly 0 (in every report) to 1 (in none that was learnt
    /// from). Where nothing was learnt all are as rare.
    pub(crate) fn rarity(&self, key: u64) -> f64 {
        let holding = self.counts_of(key).map_or(0, |by| sum(by.iter().map(|(_, c)| c)).decided);
        if holding == 0 {
            return 1.0;
        }
        let all = f64::from(self.reports.decided) + 1.0;
        (all / (f64::from(holding) + 1.0)).ln() / all.ln().max(1.0)
    }

    fn counts_of(&self, key: u64) -> Option<&[(u16, Count)]> {
        let (start, length) = *self.places.get(&key)?;
        let start = start as usize;
        self.counts.get(start..start + usize::from(length))
    }

    /// How many bytes it takes, about: a place in a table has a key, its value and a byte, and an eighth stays free.
    pub fn bytes(&self) -> usize {
        self.places.capacity() * 17 * 8 / 7 + self.counts.len() * size_of::<(u16, Count)>()
    }

    /// What the past says of this text, for every service that has a past; nothing where it knows none of the words.
    pub fn of(&self, text: &str) -> Vec<Voice> {
        // Who writes marks means them: `chó` is a dog, `cho` is "for". Who writes none may mean any.
        let with_marks = !crate::text::marks(&text.to_lowercase()).is_empty();
        let known = signs(text).into_iter().filter_map(|sign| {
            let by = self.counts_of(if with_marks { sign.marked } else { sign.key })?;
            Some(Heard { sign, by, everywhere: sum(by.iter().map(|(_, count)| count)) })
        });
        let heard: Vec<Heard> = known.collect();
        if heard.is_empty() {
            return Vec::new();
        }
        let usual = f64::from(self.reports.decided) / self.services.len().max(1) as f64;
        let voices = self.services.iter().enumerate().map(|(place, habit)| {
            let said: Vec<Said> =
                heard.iter().map(|heard| self.says(heard, place, habit)).collect();
            let speaks_for = said.iter().map(|said| said.says.max(0.0)).sum();
            let often = ((f64::from(habit.reports.decided) + 1.0) / (usual + 1.0)).ln();
            Voice {
                service: habit.code.clone(),
                says: said.iter().map(|said| said.says).sum::<f64>() + HABIT * often,
                speaks_for,
                because: because(text, &heard, &said),
            }
        });
        voices.collect()
    }

    fn says(&self, heard: &Heard, place: usize, habit: &Habit) -> Said {
        let seen = heard.by.iter().find(|(of, _)| usize::from(*of) == place);
        let seen = seen.map_or(0.0, |(_, count)| count.all());
        let (of_service, all) = (habit.reports, self.reports);
        let part = |holding: u32, of: u32, all: u32| {
            f64::from(holding) * f64::from(of) / f64::from(all.max(1))
        };
        // Decisions and the pack's words apart: a "the" is in none of the words.
        let expected = part(heard.everywhere.decided, of_service.decided, all.decided)
            + part(heard.everywhere.taught, of_service.taught, all.taught);
        let weight = if heard.sign.pair { PAIR } else { 1.0 };
        let says = weight * ((seen + DOUBT) / (expected + DOUBT)).ln();
        let without = |some: Count| (1.0 - some.all() / all.all().max(1.0)).max(f64::EPSILON);
        let spread = expected * without(of_service) * without(heard.everywhere);
        let chance = (seen - expected).powi(2) / spread.max(f64::EPSILON);
        Said { says, sure: chance >= CHANCE }
    }
}

/// A word or pair of a text that is known, and the reports that hold it: of each service, and of all.
struct Heard<'a> {
    sign: Sign,
    by: &'a [(u16, Count)],
    everywhere: Count,
}

/// What a word says for a service, and whether that is more than chance.
struct Said {
    says: f64,
    sure: bool,
}

/// The strongest words, none twice; a pair before its words.
fn because(text: &str, heard: &[Heard], said: &[Said]) -> Vec<String> {
    let full = |sign: &Sign, says: f64| if sign.pair { says / PAIR } else { says };
    let sure = heard.iter().zip(said).filter(|(_, said)| said.sure);
    let mut strongest: Vec<(f64, &Sign)> =
        sure.map(|(heard, said)| (full(&heard.sign, said.says), &heard.sign)).collect();
    strongest.retain(|(said, _)| *said >= NAMED);
    strongest.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.pair.cmp(&a.1.pair)));
    let mut named: Vec<Range<usize>> = Vec::new();
    for (_, sign) in strongest {
        let apart =
            |other: &Range<usize>| other.end <= sign.span.start || sign.span.end <= other.start;
        if named.iter().all(apart) && named.len() < super::MOST {
            named.push(sign.span.clone());
        }
    }
    let words = named.into_iter().filter_map(|span| text.get(span));
    words.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> ServiceCode {
        ServiceCode::parse(text).unwrap()
    }

    fn learnt(decided: &[(&str, &str, usize)]) -> Learnt {
        let mut learner = Learner::default();
        for (text, service, times) in decided {
            for _ in 0..*times {
                learner.hear(text, &code(service));
            }
        }
        learner.learn()
    }

    #[test]
    fn who_has_no_past_has_nothing_to_say() {
        assert_eq!(Learnt::default().of("Cầu phao trôi mất"), []);
    }

    #[test]
    fn words_that_led_to_a_service_lead_there_again_and_are_named_as_they_were_typed() {
        let learnt = learnt(&[
            ("cầu phao bị trôi trên sông", "bridge", 5),
            ("cây đổ trên sông", "fallen-tree", 5),
        ]);
        let voices = learnt.of("Hôm qua CẦU  PHAO lại hỏng");
        let bridge = voices.iter().find(|voice| voice.service == code("bridge")).unwrap();
        assert!(bridge.says > 1.0, "{voices:?}");
        assert_eq!(bridge.because, ["CẦU PHAO"]);
        let tree = voices.iter().find(|voice| voice.service == code("fallen-tree")).unwrap();
        assert!(tree.says < 0.0 && tree.because.is_empty(), "{voices:?}");
    }

    #[test]
    fn a_word_of_two_people_is_in_no_model() {
        let twice = learnt(&[("ông Nguyễn Văn Tèo lấn đất", "encroachment", 2)]);
        assert_eq!((twice.signs(), twice.of("Tèo").len()), (0, 0));
    }

    #[test]
    fn a_correction_outweighs_chance_once_it_was_made_three_times() {
        let before: &[(&str, &str, usize)] = &[("vỉa hè lát đá", "pavement", 20)];
        let after = [before, &[("vỉa hè lát đá bị đào", "roadworks", 3)]].concat();
        let top = |decided: &[(&str, &str, usize)]| {
            let voices = learnt(decided).of("họ đào lên");
            voices.into_iter().max_by(|a, b| a.says.total_cmp(&b.says)).map(|v| v.service)
        };
        assert_eq!(top(before), None);
        assert_eq!(top(&after), Some(code("roadworks")));
    }

    #[test]
    fn a_word_all_use_says_nothing_and_numbers_are_no_words() {
        let learnt =
            learnt(&[("xin chào 12 đèn", "street-light", 9), ("xin chào 12 ổ gà", "pothole", 9)]);
        for voice in learnt.of("xin chào 12") {
            assert!(voice.says.abs() < 0.2 && voice.because.is_empty(), "{voice:?}");
        }
    }
}
