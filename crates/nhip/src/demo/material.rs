//! What the invented past is made of: sentences, streets and names from the pack's `demo.toml`.
//!
//! A pack without that file has a past all the same: its services speak for themselves.

use domain::pack::{Localized, PackFiles};
use domain::service::Service;
use domain::service_request::ServiceRequest;
use domain::service_request::{Channel, Outcome, Rating};
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
    /// What people say about reports of some services; without services: about any.
    #[serde(default, rename = "remark")]
    remarks: Vec<Scene>,
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
    #[serde(flatten)]
    texts: Words,
}

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
    pub fn description(&self, dice: &mut Dice, service: &Service, setting: &Setting) -> String {
        let own =
            self.scenes.iter().find(|s| s.services.iter().any(|c| c == service.code.as_str()));
        let any = || self.scenes.iter().find(|s| s.services.is_empty());
        let texts = own.or_else(any).map(|scene| &scene.texts);
        let name = service.name.text(&setting.language);
        let told = texts
            .and_then(|t| choose(dice, t, &setting.language))
            .unwrap_or_else(|| name.to_owned());
        filled(&told, setting, &service.name)
    }

    /// Another service of which people tell in the same words.
    pub fn told_alike(&self, dice: &mut Dice, service: &str) -> Option<String> {
        let scene = self.scenes.iter().find(|s| s.services.iter().any(|code| code == service))?;
        let others: Vec<_> = scene.services.iter().filter(|code| *code != service).collect();
        dice.pick(&others).map(|code| (*code).clone())
    }

    pub fn address(setting: &Setting) -> String {
        format!("{} {}", setting.number * 7, setting.street)
    }

    pub fn answer(&self, dice: &mut Dice, outcome: &str, setting: &Setting) -> String {
        said(dice, self.answers.get(outcome), outcome, setting)
    }

    /// Words for another occasion: `question`, `reply`, `send_back` …
    pub fn word(&self, dice: &mut Dice, occasion: &str, setting: &Setting) -> String {
        said(dice, self.words.get(occasion), occasion, setting)
    }
}

impl Material {
    /// What somebody says about a report: half of it is about its service, where there is something about it.
    pub fn remark(&self, dice: &mut Dice, service: &str, setting: &Setting) -> Option<String> {
        let own = self.remarks.iter().find(|r| r.services.iter().any(|code| code == service));
        let any = self.remarks.iter().find(|r| r.services.is_empty());
        let remark = if dice.percent(70) { own.or(any) } else { any.or(own) };
        let told = remark.and_then(|remark| choose(dice, &remark.texts, &setting.language));
        told.map(|told| filled(&told, setting, &Localized::default()))
    }

    /// Other words of a discussion: `thanks`, `office` … Nothing where the pack has none.
    pub fn talk(&self, dice: &mut Dice, occasion: &str, setting: &Setting) -> Option<String> {
        let told = self.talk.get(occasion).and_then(|w| choose(dice, w, &setting.language));
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
    let list = words.get(language).or_else(|| words.values().next())?;
    dice.pick(list).cloned()
}

fn filled(text: &str, setting: &Setting, service: &Localized) -> String {
    text.replace("{street}", &setting.street)
        .replace("{n}", &setting.number.to_string())
        .replace("{service}", service.text(&setting.language))
}

/// The same, but at the place the report names: what is said of a report is said of its own street.
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
