//! `city.toml`: names, languages, zone, colours, contacts, settings.

use super::super::read::Entry;
use super::super::{Contact, Notices, Settings};
use super::Known;
use crate::card::{CardColour, CardRule, Measure};
use crate::ids::AgencyId;
use crate::localized::Localized;
use jiff::tz::{TimeZone, TimeZoneDatabase};

pub(super) struct City {
    pub id: String,
    pub name: Localized,
    pub service_name: Localized,
    pub centre: AgencyId,
    pub languages: Vec<String>,
    pub zone: TimeZone,
    pub zone_name: String,
    pub phone_prefix: String,
    pub accent_light: String,
    pub accent_dark: String,
    pub contacts: Vec<Contact>,
    pub notices: Notices,
    pub settings: Settings,
    pub cards: Vec<CardRule>,
}

const CONTACT_KINDS: &[(&str, &str)] = &[
    ("phone", "phone"),
    ("email", "email"),
    ("web", "web"),
    ("zalo", "zalo"),
    ("facebook", "facebook"),
    ("address", "address"),
];

/// Text at this contrast is readable for people with moderately low vision (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;
/// The paper the accents stand on, by day and by night.
const PAPER_LIGHT: &str = "#ffffff";
const PAPER_DARK: &str = "#17161a";

/// The pack's languages, the default first.
pub(super) fn languages(root: &Entry) -> Vec<String> {
    let mut languages: Vec<String> = Vec::new();
    if !root.has("languages") {
        root.wrong("languages", "has no languages", "add languages = [\"en\"], the default first");
    }
    for (line, language) in root.texts("languages") {
        let is_code =
            (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_lowercase());
        if !is_code {
            root.wrong_at(
                line,
                &format!("has language {language:?}"),
                "write a code such as vi or en",
            );
        } else if languages.contains(&language) {
            root.wrong_at(line, &format!("names language {language:?} twice"), "remove one");
        } else {
            languages.push(language);
        }
    }
    languages
}

pub(super) fn read(root: &Entry, known: &Known) -> Option<City> {
    root.use_key("languages");
    let id = root.code::<AgencyId>("id");
    let name = root.localized("name");
    let service_name = root.localized("service_name");
    let centre = root.reference("centre", "agency", &known.agencies);
    let zone_name = root.text("zone");
    let zone = zone_name.as_deref().and_then(|name| {
        let zone = TimeZoneDatabase::bundled().get(name).ok();
        if zone.is_none() {
            let remedy = "write an IANA name, such as Asia/Ho_Chi_Minh or Europe/Copenhagen";
            root.wrong("zone", &format!("has zone {name:?}, which does not exist"), remedy);
        }
        zone
    });
    let phone_prefix = root.parsed("phone_prefix", "a country prefix such as +84", phone_prefix);
    let accent = root.table("accent");
    let accent_light =
        accent.as_ref().and_then(|accent| colour(accent, "light", PAPER_LIGHT, "darken"));
    let accent_dark =
        accent.as_ref().and_then(|accent| colour(accent, "dark", PAPER_DARK, "lighten"));
    if let Some(accent) = &accent {
        accent.finish();
    }
    let contacts = root.entries("contact", "contact", "value").iter().filter_map(contact).collect();
    let notices = root.table_if_any("notices").map(|entry| notices(&entry)).unwrap_or_default();
    let settings = root.table("settings").and_then(|entry| settings(&entry));
    let cards = root.entries("card", "card", "code").iter().filter_map(card).collect();
    root.finish();
    Some(City {
        id: id?.into(),
        name: name?,
        service_name: service_name?,
        centre: centre?,
        languages: root.languages(),
        zone: zone?,
        zone_name: zone_name?,
        phone_prefix: phone_prefix?,
        accent_light: accent_light?,
        accent_dark: accent_dark?,
        contacts,
        notices,
        settings: settings?,
        cards,
    })
}

/// A number that need not be there, from 1 to 60.
fn count_or(entry: &Entry, key: &str, default: u32) -> Option<u32> {
    entry.use_key(key);
    if entry.has(key) { entry.count(key, 1..=60) } else { Some(default) }
}

/// The line of a card, for what is found once the whole pack is known.
pub(super) fn line_of_card(root: &Entry, code: &str) -> usize {
    let cards = root.entries("card", "card", "code");
    cards.iter().find(|card| card.peek_text("code").as_deref() == Some(code)).map_or(1, Entry::line)
}

/// A rule such as `{ measure = "over_percent", percent = 150, count = 3 }`; its percent is compared with the ladders later.
fn card(entry: &Entry) -> Option<CardRule> {
    let code = entry.text("code");
    let name = entry.localized("name");
    let colours = CardColour::ALL.iter().map(|colour| (colour.as_str(), *colour));
    let colour = entry.word("colour", &colours.collect::<Vec<_>>());
    const MEASURES: &[(&str, Measure)] = &[
        ("over_percent", Measure::OverPercent(0)),
        ("promises_broken", Measure::PromisesBroken),
        ("explanations_late", Measure::ExplanationsLate),
    ];
    let measure = entry.word("measure", MEASURES);
    let measure = match measure {
        Some(Measure::OverPercent(_)) => {
            entry.count("percent", 100..=1000).map(Measure::OverPercent)
        }
        Some(Measure::PromisesBroken | Measure::ExplanationsLate) | None => measure,
    };
    let count = entry.count("count", 1..=1000);
    entry.finish();
    Some(CardRule { code: code?, name: name?, colour: colour?, measure: measure?, count: count? })
}

fn phone_prefix(text: &str) -> Option<String> {
    let digits = text.strip_prefix('+')?;
    let fits = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.to_owned())
}

fn contact(entry: &Entry) -> Option<Contact> {
    let kind = entry.word("kind", CONTACT_KINDS);
    let label = entry.localized("label");
    let value = entry.text("value");
    let url = entry.optional_text("url");
    if url.as_ref().is_some_and(|url| {
        !["https://", "http://", "tel:", "mailto:"].iter().any(|s| url.starts_with(s))
    }) {
        entry.wrong("url", "has a url of another kind", "begin it with https://, tel: or mailto:");
    }
    entry.finish();
    Some(Contact { kind: kind?.to_owned(), label: label?, value: value?, url })
}

fn notices(entry: &Entry) -> Notices {
    let text = |key: &str| entry.optional_text(key).unwrap_or_default();
    let told = Notices {
        privacy_law: entry.optional_localized("privacy_law"),
        data_licence: text("data_licence"),
        data_licence_url: text("data_licence_url"),
    };
    if !told.data_licence_url.is_empty() && !told.data_licence_url.starts_with("https://") {
        entry.wrong("data_licence_url", "leads elsewhere than to a page", "begin it with https://");
    }
    entry.finish();
    told
}

fn settings(entry: &Entry) -> Option<Settings> {
    let comments_first = entry.boolean("comments_first", false);
    let seconds_between_comments = entry.count("seconds_between_comments", 0..=86_400);
    let question_working_days = entry.count("question_working_days", 1..=60);
    let erase_identity_after_days = entry.count("erase_identity_after_days", 1..=3660);
    let nearby_metres = entry.number("nearby_metres", 1.0..=2_000.0);
    let explanation_working_days = count_or(entry, "explanation_working_days", 3);
    let recurrence_months = count_or(entry, "recurrence_months", 6);
    let outside_metres = entry.number("outside_metres", 100.0..=200_000.0);
    entry.finish();
    Some(Settings {
        comments_first,
        seconds_between_comments: i64::from(seconds_between_comments?),
        question_working_days: question_working_days?,
        erase_identity_after_days: erase_identity_after_days?,
        nearby_metres: nearby_metres?,
        explanation_working_days: explanation_working_days?,
        recurrence_months: recurrence_months?,
        outside_metres: outside_metres?,
    })
}

/// A colour that can be read on `paper`.
fn colour(entry: &Entry, key: &str, paper: &str, direction: &str) -> Option<String> {
    let text = entry
        .parsed(key, "a colour such as #5b2a86", |text| luminance(text).map(|_| text.to_owned()))?;
    let contrast = contrast(&text, paper)?;
    if contrast < READABLE {
        let message = format!("has {key} {text}, with a contrast of only {contrast:.1} on {paper}");
        entry.wrong(key, &message, &format!("{direction} it until the contrast is {READABLE}"));
    }
    Some(text)
}

/// Contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
fn contrast(a: &str, b: &str) -> Option<f64> {
    let (a, b) = (luminance(a)?, luminance(b)?);
    Some((a.max(b) + 0.05) / (a.min(b) + 0.05))
}

/// Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2).
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour
        .strip_prefix('#')
        .filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    let linear = |shift: u32| {
        let channel = f64::from((number >> shift) & 0xFF) / 255.0;
        if channel <= 0.040_45 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    };
    Some(0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0))
}
