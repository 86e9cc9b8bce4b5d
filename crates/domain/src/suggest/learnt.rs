//! What earlier decisions teach: which words stood in reports that ended with a service more often than chance says.
//!
//! A count of reports, nothing else. For a word (or two neighbours) and a service we know how many reports hold both,
//! and how many would if the word knew nothing of the service. The logarithm of the one over the other is what the word
//! says; both are raised by [`DOUBT`], so that what was seen once or never says little, and a service without a past is
//! neither favoured nor held back. The model keeps hashes, not words, and only of what [`LEAST_REPORTS`] reports share:
//! a name in one person's report is in no model. What it says for itself are words of the very text it was asked about.
//!
//! Not here: which reports it hears (only those somebody at the centre decided on), and the keywords of the pack.

use crate::ids::ServiceCode;
use crate::text::located;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

/// Reports that must share a word before it counts.
const LEAST_REPORTS: u32 = 3;
/// Reports added to what was seen and to what was expected.
const DOUBT: f64 = 0.7;
/// Two neighbours say much of what each of them says alone.
const PAIR: f64 = 0.5;
/// How much the number of reports of a service counts beside words.
const HABIT: f64 = 0.5;
/// A word that says less than this (one and a half times as often as chance) is not named as a reason.
const NAMED: f64 = 0.4;
/// Words of a text that are looked at.
const MAX_WORDS: usize = 400;
/// Words and pairs kept while counting; what was seen once is forgotten when there are more. Bounds the memory of a
/// learner to some 60 MB.
const MOST_KEPT: usize = 500_000;

/// Counts decisions; [`Learner::learn`] makes the model of them.
#[derive(Debug, Default)]
pub struct Learner {
    places: BTreeMap<ServiceCode, u16>,
    services: Vec<Habit>,
    seen: HashMap<u64, BTreeMap<u16, u32>>,
}

/// What is known of a service as a whole.
#[derive(Debug, Clone)]
struct Habit {
    code: ServiceCode,
    reports: u32,
}

/// What was learnt; empty where nothing was.
#[derive(Debug, Clone, Default)]
pub struct Learnt {
    services: Vec<Habit>,
    reports: u32,
    /// Where in `counts` a word stands, and over how many services.
    places: HashMap<u64, (u32, u16)>,
    counts: Vec<(u16, u32)>,
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
    pub(crate) key: u64,
    pub(crate) span: Range<usize>,
    pair: bool,
}

/// All words and pairs of a text, each once. Numbers are of no service.
pub(crate) fn signs(text: &str) -> Vec<Sign> {
    let words: Vec<(String, Range<usize>)> = located(text).take(MAX_WORDS).collect();
    let mut known = BTreeSet::new();
    let mut signs = Vec::with_capacity(words.len() * 2);
    let mut before: Option<&(String, Range<usize>)> = None;
    for word in &words {
        if word.0.chars().any(char::is_numeric) {
            before = None;
            continue;
        }
        let key = hash(&[&word.0]);
        if known.insert(key) {
            signs.push(Sign { key, span: word.1.clone(), pair: false });
        }
        if let Some(before) = before {
            let key = hash(&[&before.0, &word.0]);
            if known.insert(key) {
                signs.push(Sign { key, span: before.1.start..word.1.end, pair: true });
            }
        }
        before = Some(word);
    }
    signs
}

fn hash(words: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

impl Learner {
    /// A report with these words ended with this service.
    pub fn hear(&mut self, text: &str, service: &ServiceCode) {
        let Some(place) = self.place(service) else { return };
        if let Some(habit) = self.services.get_mut(usize::from(place)) {
            habit.reports += 1;
        }
        for sign in signs(text) {
            *self.seen.entry(sign.key).or_default().entry(place).or_default() += 1;
        }
        if self.seen.len() > MOST_KEPT {
            self.seen.retain(|_, by| by.values().sum::<u32>() > 1);
        }
    }

    fn place(&mut self, service: &ServiceCode) -> Option<u16> {
        if let Some(place) = self.places.get(service) {
            return Some(*place);
        }
        let place = u16::try_from(self.services.len()).ok()?;
        self.places.insert(service.clone(), place);
        self.services.push(Habit { code: service.clone(), reports: 0 });
        Some(place)
    }

    pub fn learn(self) -> Learnt {
        let reports = self.services.iter().map(|habit| habit.reports).sum();
        let mut learnt = Learnt { services: self.services, reports, ..Learnt::default() };
        for (key, by) in self.seen {
            let total: u32 = by.values().sum();
            let (Ok(start), Ok(length)) =
                (u32::try_from(learnt.counts.len()), u16::try_from(by.len()))
            else {
                continue;
            };
            if total < LEAST_REPORTS {
                continue;
            }
            learnt.counts.extend(by);
            learnt.places.insert(key, (start, length));
        }
        learnt
    }
}

impl Learnt {
    /// How many reports it heard.
    pub fn reports(&self) -> u32 {
        self.reports
    }

    /// How many words and pairs it knows.
    pub fn signs(&self) -> usize {
        self.places.len()
    }

    /// How rare a word or a pair is, from nearly 0 (in every report) to 1 (in none that was learnt from). Where nothing
    /// was learnt all are as rare.
    pub(crate) fn rarity(&self, key: u64) -> f64 {
        let Some((start, length)) = self.places.get(&key) else { return 1.0 };
        let start = *start as usize;
        let counts = self.counts.get(start..start + usize::from(*length)).unwrap_or_default();
        let holding: u32 = counts.iter().map(|(_, count)| count).sum();
        let all = f64::from(self.reports) + 1.0;
        (all / (f64::from(holding) + 1.0)).ln() / all.ln().max(1.0)
    }

    /// How many bytes it takes, about: a place in a table has a key, its value and a byte, and an eighth stays free.
    pub fn bytes(&self) -> usize {
        self.places.capacity() * 17 * 8 / 7 + self.counts.len() * size_of::<(u16, u32)>()
    }

    /// What the past says of this text, for every service that has a past; nothing where it knows none of the words.
    pub fn of(&self, text: &str) -> Vec<Voice> {
        let heard = self.heard(text);
        if heard.is_empty() {
            return Vec::new();
        }
        let usual = f64::from(self.reports) / self.services.len().max(1) as f64;
        let voices = self.services.iter().enumerate().map(|(place, habit)| {
            let said: Vec<f64> =
                heard.iter().map(|(sign, by)| self.says(sign, by, place, habit)).collect();
            let speaks_for: f64 = said.iter().filter(|said| **said > 0.0).sum();
            let often = ((f64::from(habit.reports) + 1.0) / (usual + 1.0)).ln();
            Voice {
                service: habit.code.clone(),
                says: said.iter().sum::<f64>() + HABIT * often,
                speaks_for,
                because: because(text, &heard, &said),
            }
        });
        voices.collect()
    }

    /// The words and pairs of a text that are known, with the reports of each service that hold them.
    fn heard(&self, text: &str) -> Vec<(Sign, &[(u16, u32)])> {
        let known = signs(text).into_iter().filter_map(|sign| {
            let (start, length) = self.places.get(&sign.key)?;
            let start = *start as usize;
            Some((sign, self.counts.get(start..start + usize::from(*length))?))
        });
        known.collect()
    }

    fn says(&self, sign: &Sign, by: &[(u16, u32)], place: usize, habit: &Habit) -> f64 {
        let seen = by.iter().find(|(of, _)| usize::from(*of) == place);
        let seen = seen.map_or(0.0, |(_, count)| f64::from(*count));
        let everywhere: u32 = by.iter().map(|(_, count)| count).sum();
        let expected =
            f64::from(everywhere) * f64::from(habit.reports) / f64::from(self.reports.max(1));
        let weight = if sign.pair { PAIR } else { 1.0 };
        weight * ((seen + DOUBT) / (expected + DOUBT)).ln()
    }
}

/// The strongest words, none twice; a pair before its words.
fn because(text: &str, heard: &[(Sign, &[(u16, u32)])], said: &[f64]) -> Vec<String> {
    let full = |sign: &Sign, said: f64| if sign.pair { said / PAIR } else { said };
    let mut strongest: Vec<(f64, &Sign)> =
        heard.iter().zip(said).map(|((sign, _), said)| (full(sign, *said), sign)).collect();
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
