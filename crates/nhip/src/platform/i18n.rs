//! Every sentence for people, in their language: Fluent files from `translations/<lang>/*.ftl`,
//! embedded in the binary. What reads like a date, a number or a time left is in [`format`].
//!
//! Not here: words that belong to one city (names of services, agencies, areas); the pack has those.
//!
//! A template uses [`Lang`] as `t`: `{{ t.s("nav-reports") }}`, `{{ t.s1("count-reports", "n", n) }}`,
//! `{{ t.of("status-", state) }}`. `tests/it/i18n.rs` fails on a missing key, an unused one, and on
//! variables that differ between languages.

pub mod format;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, PatternElement};
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::{LazyLock, Mutex, PoisonError};
use unic_langid::LanguageIdentifier;

#[derive(RustEmbed)]
#[folder = "../../translations"]
struct Files;

/// A language we speak.
struct Spoken {
    code: &'static str,
    /// The language's own name.
    name: &'static str,
    /// What groups thousands, what begins the decimals.
    group: char,
    decimal: char,
    /// Nobody who speaks it has signed the sentences off yet, and pages say so. Such a language is for visitors: it may
    /// leave out what only the staff read, which is then said in [`FALLBACK`].
    machine_made: bool,
}

/// In the order a picker shows them.
const LANGUAGES: &[Spoken] = &[
    spoken("vi", "Tiếng Việt", '.', ',', false),
    spoken("en", "English", ',', '.', false),
    spoken("ko", "한국어", ',', '.', true),
    spoken("zh", "中文", ',', '.', true),
    spoken("ja", "日本語", ',', '.', true),
    spoken("fr", "Français", '\u{202f}', ',', true),
];
const FALLBACK: &str = "en";

const fn spoken(
    code: &'static str,
    name: &'static str,
    group: char,
    decimal: char,
    machine_made: bool,
) -> Spoken {
    Spoken { code, name, group, decimal, machine_made }
}

/// All languages, parsed. The files are part of the binary, so there is one for the whole process.
pub struct I18n {
    languages: Vec<Language>,
}

struct Language {
    spoken: &'static Spoken,
    bundle: FluentBundle<FluentResource>,
    /// The sentences without choices, which are most of a page: filled in without asking Fluent.
    simple: HashMap<String, Vec<Piece>>,
}

/// A piece of a sentence.
enum Piece {
    Text(String),
    /// The value of this name.
    Value(String),
}

static I18N: LazyLock<I18n> =
    LazyLock::new(|| I18n { languages: LANGUAGES.iter().map(Language::read).collect() });

impl I18n {
    pub fn load() -> &'static Self {
        &I18N
    }

    /// The language of that code (`vi`, also `vi-VN`), else the first one we have.
    pub fn lang(&'static self, code: &str) -> Lang {
        let primary = code.split('-').next().unwrap_or(code);
        #[expect(clippy::indexing_slicing, reason = "LANGUAGES is a constant that is not empty")]
        let language = self
            .languages
            .iter()
            .find(|l| l.spoken.code.eq_ignore_ascii_case(primary))
            .unwrap_or(&self.languages[0]);
        Lang(language)
    }

    /// Codes of every language there are translations for.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        LANGUAGES.iter().map(|spoken| spoken.code)
    }
}

impl Language {
    fn read(spoken: &'static Spoken) -> Self {
        let id: LanguageIdentifier = spoken.code.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolation marks help mixed writing directions; here they only get into copied text and tests.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match spoken.group {
            '.' => format::grouped_by_dot,
            ',' => format::grouped_by_comma,
            _ => format::grouped_by_space,
        }));
        let mut language = Self { spoken, bundle, simple: HashMap::new() };
        if spoken.machine_made {
            language.add_files(FALLBACK);
        }
        language.add_files(spoken.code);
        language
    }

    /// What is there already is said anew. That no file says a thing twice is a rule of the house, checked by `tidy`.
    fn add_files(&mut self, code: &str) {
        let prefix = format!("{code}/");
        for path in Files::iter().filter(|path| path.starts_with(&prefix)) {
            let Some(file) = Files::get(&path) else { continue };
            let text = String::from_utf8_lossy(&file.data).into_owned();
            let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, errors)| {
                tracing::error!(%path, ?errors, "translation file has mistakes");
                resource
            });
            for message in resource.entries().filter_map(message) {
                match without_choices(message) {
                    Some(pieces) => self.simple.insert(message.id.name.to_owned(), pieces),
                    None => self.simple.remove(message.id.name),
                };
            }
            self.bundle.add_resource_overriding(resource);
        }
    }
}

fn message<'e>(entry: &'e Entry<&'e str>) -> Option<&'e Message<&'e str>> {
    match entry {
        Entry::Message(message) => Some(message),
        Entry::Term(_)
        | Entry::Comment(_)
        | Entry::GroupComment(_)
        | Entry::ResourceComment(_)
        | Entry::Junk { .. } => None,
    }
}

/// The pieces of a message that is nothing but text and values.
fn without_choices(message: &Message<&str>) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    for element in &message.value.as_ref()?.elements {
        match (element, pieces.last_mut()) {
            (PatternElement::TextElement { value }, Some(Piece::Text(before))) => {
                before.push_str(value);
            }
            (PatternElement::TextElement { value }, _) => {
                pieces.push(Piece::Text((*value).to_owned()));
            }
            (
                PatternElement::Placeable {
                    expression: Expression::Inline(InlineExpression::VariableReference { id }),
                },
                _,
            ) => pieces.push(Piece::Value(id.name.to_owned())),
            (PatternElement::Placeable { .. }, _) => return None,
        }
    }
    Some(pieces)
}

/// A value inside a sentence. Whole numbers are grouped as the language writes them and choose the
/// plural; what must stay as it is (a year, a code) is passed as text.
pub trait Arg {
    fn value(&self) -> FluentValue<'_>;
}

impl Arg for str {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self)
    }
}
impl Arg for String {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_str())
    }
}
impl Arg for Cow<'_, str> {
    fn value(&self) -> FluentValue<'_> {
        FluentValue::from(self.as_ref())
    }
}
impl<T: Arg + ?Sized> Arg for &T {
    fn value(&self) -> FluentValue<'_> {
        (**self).value()
    }
}
macro_rules! number_arg {
    ($($number:ty),+) => { $(impl Arg for $number { fn value(&self) -> FluentValue<'_> { FluentValue::from(*self) } })+ };
}
number_arg!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize, f64);

/// One language, ready to speak. Cheap to copy; templates carry it as `t`.
#[derive(Clone, Copy)]
pub struct Lang(&'static Language);

impl std::fmt::Debug for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Lang({})", self.code())
    }
}

impl PartialEq for Lang {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Lang {
    /// `vi`, for `<html lang>` and `Content-Language`.
    pub fn code(self) -> &'static str {
        self.0.spoken.code
    }

    /// The language's name in itself.
    pub fn name(self) -> &'static str {
        self.0.spoken.name
    }

    /// Nobody who speaks it has signed its sentences off yet.
    pub fn is_machine_made(self) -> bool {
        self.0.spoken.machine_made
    }

    /// The sentence of that key. A missing key is a mistake of ours: while we build and test it panics where it was asked
    /// for; people are shown the key itself, and it is logged once.
    #[track_caller]
    pub fn s(self, key: &str) -> Cow<'static, str> {
        match self.0.simple.get(key).map(Vec::as_slice) {
            Some([Piece::Text(text)]) => Cow::Borrowed(text),
            Some(_) | None => self.with(key, &[]),
        }
    }

    #[track_caller]
    pub fn s1(self, key: &str, name: &str, value: impl Arg) -> Cow<'static, str> {
        self.with(key, &[(name, value.value())])
    }

    #[track_caller]
    pub fn s2(
        self,
        key: &str,
        name: &str,
        value: impl Arg,
        name2: &str,
        value2: impl Arg,
    ) -> Cow<'static, str> {
        self.with(key, &[(name, value.value()), (name2, value2.value())])
    }

    /// The sentence whose key is `prefix` (ends with `-`) and a word of a closed list: a state, a verb, a code.
    #[track_caller]
    pub fn of(self, prefix: &str, word: impl std::fmt::Display) -> Cow<'static, str> {
        self.s(&format!("{prefix}{word}"))
    }

    /// What was just done, to be said once: `word` came in an address, and counts if it is one of `words`.
    pub fn done(self, prefix: &str, words: &[&str], word: &str) -> Option<String> {
        words.contains(&word).then(|| self.of(prefix, word).into_owned())
    }

    /// Is there such a sentence? For codes that a pack or a newer version may add.
    pub fn has(self, key: &str) -> bool {
        self.0.bundle.has_message(key)
    }

    #[track_caller]
    pub fn with(self, key: &str, values: &[(&str, FluentValue<'_>)]) -> Cow<'static, str> {
        let pieces = self.0.simple.get(key);
        if let Some(text) = pieces.and_then(|pieces| self.filled(pieces, values)) {
            return Cow::Owned(text);
        }
        let pattern = self.0.bundle.get_message(key).and_then(|message| message.value());
        debug_assert!(pattern.is_some(), "there is no sentence {key:?} in {}", self.code());
        let Some(pattern) = pattern else {
            complain(self.code(), key, "missing translation");
            return Cow::Owned(key.to_owned());
        };
        let args: FluentArgs<'_> =
            values.iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut errors = Vec::new();
        let text = self.0.bundle.format_pattern(pattern, Some(&args), &mut errors);
        debug_assert!(errors.is_empty(), "{key:?} in {}: {errors:?}", self.code());
        if !errors.is_empty() {
            complain(self.code(), key, "translation could not be filled in");
        }
        text
    }
}

impl Lang {
    /// `None` when a value is missing: Fluent says then what is wrong.
    fn filled(self, pieces: &[Piece], values: &[(&str, FluentValue<'_>)]) -> Option<String> {
        let mut text = String::with_capacity(64);
        for piece in pieces {
            let value = match piece {
                Piece::Text(words) => {
                    text.push_str(words);
                    continue;
                }
                Piece::Value(name) => &values.iter().find(|(known, _)| known == name)?.1,
            };
            match value {
                FluentValue::String(word) => text.push_str(word),
                number @ FluentValue::Number(_) => text.push_str(&self.number_in_sentence(number)?),
                FluentValue::Custom(_) | FluentValue::None | FluentValue::Error => return None,
            }
        }
        Some(text)
    }
}

fn complain(code: &'static str, key: &str, what: &'static str) {
    static SEEN: LazyLock<Mutex<HashSet<(&'static str, String)>>> = LazyLock::new(Mutex::default);
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    if seen.insert((code, key.to_owned())) {
        tracing::error!(lang = code, key, "{what}");
    }
}

/// Which language to answer in: what the person chose (`?lang=` or the cookie), else what their browser
/// prefers (`Accept-Language`, RFC 9110 §12.5.4), else the pack's own. Always one of `supported`.
pub fn negotiate<'a>(
    chosen: Option<&str>,
    accept_language: Option<&str>,
    supported: &[&'a str],
    default: &'a str,
) -> &'a str {
    let find = |wanted: &str| {
        let primary = wanted.split('-').next().unwrap_or(wanted);
        supported.iter().copied().find(|code| code.eq_ignore_ascii_case(primary))
    };
    if let Some(code) = chosen.and_then(find) {
        return code;
    }
    let mut best: Option<(f32, &str)> = None;
    for range in accept_language.unwrap_or_default().split(',') {
        let mut parts = range.split(';').map(str::trim);
        let tag = parts.next().unwrap_or_default();
        let quality = parts
            .find_map(|part| part.strip_prefix("q="))
            .map_or(Some(1.0), |q| q.parse::<f32>().ok())
            .unwrap_or(0.0);
        let code = if tag == "*" { Some(default) } else { find(tag) };
        if let Some(code) = code
            && quality > best.map_or(0.0, |(q, _)| q)
        {
            best = Some((quality, code));
        }
    }
    best.map_or(default, |(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_filled_in_and_numbers_are_grouped_as_the_language_writes_them() {
        let i18n = I18n::load();
        assert_eq!(i18n.lang("vi").s1("count-reports", "n", 12_345), "12.345 phản ánh");
        assert_eq!(i18n.lang("en").s1("count-reports", "n", 12_345), "12,345 reports");
        assert_eq!(i18n.lang("en").s1("count-reports", "n", 1_u64), "1 report");
        assert_eq!(i18n.lang("vi-VN").code(), "vi");
        assert_eq!(i18n.lang("vi").of("status-", "in_progress"), "Đang xử lý");
    }

    #[test]
    #[cfg_attr(debug_assertions, should_panic(expected = "there is no sentence \"\" in en"))]
    fn a_missing_key_stops_us_and_is_shown_to_people_as_it_is() {
        assert_eq!(I18n::load().lang("en").s(""), "");
    }

    #[test]
    #[cfg_attr(debug_assertions, should_panic(expected = "\"count-reports\" in en"))]
    fn a_value_that_is_missing_stops_us_too() {
        assert!(I18n::load().lang("en").s("count-reports").contains("$n"));
    }

    #[test]
    fn the_choice_goes_before_the_browser_and_the_browser_before_the_pack() {
        let both = ["vi", "en"];
        assert_eq!(negotiate(Some("en"), Some("vi"), &both, "vi"), "en");
        assert_eq!(negotiate(Some("xx"), Some("fr, en-GB;q=0.8, vi;q=0.5"), &both, "vi"), "en");
        assert_eq!(negotiate(None, Some("fr;q=0.9, *;q=0.1"), &both, "vi"), "vi");
        assert_eq!(negotiate(None, Some("en;q=0, vi;q=oops"), &both, "en"), "en");
        assert_eq!(negotiate(None, None, &["en"], "en"), "en");
    }
}
