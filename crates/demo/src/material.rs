//! What the invented past is made of: sentences, streets and names from the pack's `demo.toml`.
//!
//! A pack without that file has a past all the same: its services speak for themselves.

use domain::localized::Localized;
use domain::pack::PackFiles;
use domain::service::Service;
use domain::service_request::{Channel, Outcome, Rating, ServiceRequest};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde::Deserialize;
use std::collections::BTreeMap;

type Words = BTreeMap<String, Vec<String>>;

#[derive(Debug, Default, Deserialize)]
pub struct Material {
    #[serde(default)]
    streets: Vec<String>,
    #[serde(default, rename = "scene")]
    scenes: Vec<Scene>,
    /// Pen names, by which people sign what they say about a report.
    #[serde(default)]
    names: Vec<String>,
    #[serde(default, rename = "remark")]
    remarks: Vec<Remark>,
    /// Why a report may be refused; without any: for every reason of the pack.
    #[serde(default)]
    refusals: Vec<String>,
    /// Why work may wait; without any: for every reason the procedure allows.
    #[serde(default)]
    pauses: Vec<String>,
    /// The services that half of all reports are about; without any: a quarter of all services.
    #[serde(default)]
    common: Vec<String>,
    /// How one speaks about some services, where that is not as about the others.
    #[serde(default, rename = "manner")]
    manners: Vec<Manner>,
    /// What else is said in discussions, by occasion.
    #[serde(default)]
    talk: BTreeMap<String, Words>,
    #[serde(default)]
    answers: BTreeMap<String, Words>,
    #[serde(default)]
    words: BTreeMap<String, Words>,
}

/// What people write about some services; without services: about any.
#[derive(Debug, Deserialize)]
struct Scene {
    services: Vec<String>,
    /// Other services of which people tell when it is the same trouble.
    #[serde(default)]
    near: Vec<String>,
    /// What the drawn photo of the service would not show.
    #[serde(default)]
    unseen: Words,
    #[serde(flatten)]
    texts: Words,
}

/// What people say about reports of some services; without services: about any.
#[derive(Debug, Deserialize)]
struct Remark {
    services: Vec<String>,
    /// What is said about any report is not said about these.
    #[serde(default)]
    alone: bool,
    #[serde(flatten)]
    texts: Words,
}

/// What is said about some services in another way than about the rest, by occasion.
#[derive(Debug, Deserialize)]
struct Manner {
    services: Vec<String>,
    #[serde(default)]
    refusals: Vec<String>,
    #[serde(default)]
    pauses: Vec<String>,
    #[serde(default)]
    answers: BTreeMap<String, Words>,
    #[serde(default)]
    words: BTreeMap<String, Words>,
    #[serde(default)]
    talk: BTreeMap<String, Words>,
}

/// What a citizen wrote, and whether the drawn photo of the service shows it.
#[derive(Debug)]
pub struct Telling {
    pub text: String,
    pub seen: bool,
}

/// Of 100 tellings, so many are among those that the photo shows, where there are both.
const SEEN: u32 = 65;

/// Chance, the same for the same seed.
pub struct Dice(StdRng);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }
    /// From 0 up to, not including, `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0.random_range(0..end.max(1))
    }
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.0.random::<f64>()
    }
    pub fn percent(&mut self, percent: u32) -> bool {
        self.0.random_range(0..100_u32) < percent
    }
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
    /// One of several, by weight.
    pub fn weighed<T: Copy>(&mut self, list: &[(u32, T)]) -> Option<T> {
        let mut left = self.0.random_range(0..list.iter().map(|(w, _)| *w).sum::<u32>().max(1));
        for (weight, item) in list {
            if left < *weight {
                return Some(*item);
            }
            left -= weight;
        }
        None
    }
}

/// Where and in which language a story is told.
#[derive(Debug, Clone)]
pub struct Setting {
    pub language: String,
    pub street: String,
    pub number: usize,
}

impl Material {
    /// Reads `demo.toml`, if the pack has one.
    pub fn of(files: &PackFiles) -> Result<Self, String> {
        files.0.get("demo.toml").map_or_else(
            || Ok(Self::default()),
            |text| toml::from_str(text).map_err(|e| format!("demo.toml: {e}")),
        )
    }

    pub fn setting(&self, dice: &mut Dice, languages: &[String]) -> Setting {
        let home = languages.first().map_or("en", String::as_str);
        let abroad = languages.get(1).map_or(home, String::as_str);
        let language = if dice.percent(86) { home } else { abroad };
        let street = dice.pick(&self.streets).cloned().unwrap_or_else(|| "1".to_owned());
        Setting { language: language.to_owned(), street, number: 2 + dice.below(7) }
    }

    /// What a citizen writes.
    pub fn telling(&self, dice: &mut Dice, service: &Service, setting: &Setting) -> Telling {
        let own = self.scenes.iter().find(|s| about(&s.services, service.code.as_str()));
        let any = || self.scenes.iter().find(|s| s.services.is_empty());
        let language = &setting.language;
        let told = own.or_else(any).and_then(|scene| {
            let (shown, hidden) = (heard(&scene.texts, language), heard(&scene.unseen, language));
            let seen = hidden.is_empty() || (!shown.is_empty() && dice.percent(SEEN));
            let text = dice.pick(if seen { shown } else { hidden }).cloned()?;
            Some(Telling { text, seen })
        });
        let name = service.name.text(language);
        let Telling { text, seen } =
            told.unwrap_or_else(|| Telling { text: name.to_owned(), seen: true });
        Telling { text: filled(&text, setting, &service.name), seen }
    }

    /// Another service of which people tell when it is the same trouble.
    pub fn told_alike(&self, dice: &mut Dice, service: &str) -> Option<String> {
        let scene = self.scenes.iter().find(|s| about(&s.services, service))?;
        let others = scene.services.iter().chain(&scene.near);
        let others: Vec<_> = others.filter(|code| *code != service).collect();
        dice.pick(&others).map(|code| (*code).clone())
    }

    pub fn address(setting: &Setting) -> String {
        format!("{} {}", setting.number * 7, setting.street)
    }

    pub fn answer(
        &self,
        dice: &mut Dice,
        service: &str,
        outcome: &str,
        setting: &Setting,
    ) -> String {
        let own = self.manner(service).and_then(|manner| manner.answers.get(outcome));
        said(dice, own.or_else(|| self.answers.get(outcome)), outcome, setting)
    }

    /// Words for another occasion: `question`, `reply`, `send_back` …
    pub fn word(
        &self,
        dice: &mut Dice,
        service: &str,
        occasion: &str,
        setting: &Setting,
    ) -> String {
        let own = self.manner(service).and_then(|manner| manner.words.get(occasion));
        said(dice, own.or_else(|| self.words.get(occasion)), occasion, setting)
    }

    /// One of the reasons `known` to the pack that fits what is told of the service.
    pub fn refusal(&self, dice: &mut Dice, service: &str, known: &[String]) -> Option<String> {
        let own = self.manner(service).map(|manner| &manner.refusals);
        fitting(dice, own.filter(|own| !own.is_empty()).unwrap_or(&self.refusals), known)
    }

    /// One of the reasons to wait that the procedure allows and that fits the service.
    pub fn pause(&self, dice: &mut Dice, service: &str, allowed: &[String]) -> Option<String> {
        let own = self.manner(service).map(|manner| &manner.pauses);
        fitting(dice, own.filter(|own| !own.is_empty()).unwrap_or(&self.pauses), allowed)
    }

    /// One of the services that people report most.
    pub fn common(&self, dice: &mut Dice) -> Option<&str> {
        dice.pick(&self.common).map(String::as_str)
    }

    fn manner(&self, service: &str) -> Option<&Manner> {
        self.manners.iter().find(|manner| about(&manner.services, service))
    }
}

impl Material {
    /// What somebody says about a report: most of it is about its service, where there is something about it.
    pub fn remark(&self, dice: &mut Dice, service: &str, setting: &Setting) -> Option<String> {
        let own = self.remarks.iter().find(|r| about(&r.services, service));
        let any = self.remarks.iter().find(|r| r.services.is_empty());
        let alone = own.is_some_and(|remark| remark.alone);
        let remark = if alone || dice.percent(70) { own.or(any) } else { any.or(own) };
        let told = remark.and_then(|remark| choose(dice, &remark.texts, &setting.language));
        told.map(|told| filled(&told, setting, &Localized::default()))
    }

    /// Other words of a discussion: `thanks`, `office` … Nothing where the pack has none.
    pub fn talk(
        &self,
        dice: &mut Dice,
        service: &str,
        occasion: &str,
        setting: &Setting,
    ) -> Option<String> {
        let own = self.manner(service).and_then(|manner| manner.talk.get(occasion));
        let words = own.or_else(|| self.talk.get(occasion));
        let told = words.and_then(|w| choose(dice, w, &setting.language));
        told.map(|told| filled(&told, setting, &Localized::default()))
    }

    /// A pen name; empty for every second person, who needs none.
    pub fn pen_name(&self, dice: &mut Dice) -> String {
        let named = dice.percent(50);
        dice.pick(&self.names).filter(|_| named).cloned().unwrap_or_default()
    }
}

fn said(dice: &mut Dice, words: Option<&Words>, otherwise: &str, setting: &Setting) -> String {
    let told = words.and_then(|w| choose(dice, w, &setting.language));
    filled(&told.unwrap_or_else(|| otherwise.to_owned()), setting, &Localized::default())
}

fn choose(dice: &mut Dice, words: &Words, language: &str) -> Option<String> {
    dice.pick(heard(words, language)).cloned()
}

/// What is said in a language, or in the first there is.
fn heard<'a>(words: &'a Words, language: &str) -> &'a [String] {
    words.get(language).or_else(|| words.values().next()).map_or(&[], Vec::as_slice)
}

fn about(services: &[String], service: &str) -> bool {
    services.iter().any(|code| code == service)
}

/// One of those `known` that are `wanted`; without wishes any of them.
fn fitting(dice: &mut Dice, wanted: &[String], known: &[String]) -> Option<String> {
    let fits: Vec<_> =
        known.iter().filter(|code| wanted.is_empty() || wanted.contains(code)).collect();
    dice.pick(&fits).map(|code| (*code).clone())
}

fn filled(text: &str, setting: &Setting, service: &Localized) -> String {
    text.replace("{street}", &setting.street)
        .replace("{n}", &setting.number.to_string())
        .replace("{service}", service.text(&setting.language))
}

/// A drawn setting, but at the place the report names: what is said of a report is said of its own street.
pub fn place_of(drawn: Setting, report: &ServiceRequest) -> Setting {
    let place = report.address.as_deref().and_then(|address| address.split_once(' '));
    let language = report.language.clone();
    match place.and_then(|(number, street)| Some((number.parse::<usize>().ok()?, street))) {
        Some((number, street)) => {
            Setting { language, street: street.to_owned(), number: number / 7 }
        }
        None => Setting { language, ..drawn },
    }
}

/// How often agencies answer with what, in percent.
pub const OUTCOMES: &[(u32, Outcome)] = &[
    (62, Outcome::Fixed),
    (10, Outcome::Planned),
    (7, Outcome::Forwarded),
    (8, Outcome::NotFound),
    (7, Outcome::NoAuthority),
    (6, Outcome::NoBudget),
];

/// By which way reports come, in percent.
pub const CHANNELS: &[(u32, Channel)] = &[
    (72, Channel::Web),
    (12, Channel::Zalo),
    (9, Channel::Phone),
    (4, Channel::Facebook),
    (3, Channel::Counter),
];

/// How people judge the result, in percent.
pub const RATINGS: &[(u32, Rating)] =
    &[(60, Rating::Satisfied), (22, Rating::Acceptable), (18, Rating::NotSatisfied)];

/// The first value of each list; numbers and words where they are required.
pub fn answers(dice: &mut Dice, service: &Service) -> BTreeMap<String, Vec<String>> {
    use domain::service::{AsksFor, Datatype};
    let given = service.attributes.iter().filter(|a| a.required || !a.values.is_empty()).map(|a| {
        let value = match a.datatype {
            Datatype::SingleValueList | Datatype::MultiValueList => {
                dice.pick(&a.values).map(|v| v.key.clone()).unwrap_or_default()
            }
            Datatype::Number => (1 + dice.below(9)).to_string(),
            Datatype::DateTime => "2026-01-01T08:00:00Z".to_owned(),
            Datatype::String if a.asks_for == Some(AsksFor::Dossier) => {
                format!("DEMO-26-{:05}", 1 + dice.below(99_999))
            }
            Datatype::String | Datatype::Text => "-".to_owned(),
        };
        (a.code.clone(), vec![value])
    });
    given.filter(|(_, values)| values.iter().all(|v| !v.is_empty())).collect()
}
