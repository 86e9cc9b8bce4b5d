//! Reads TOML key by key and notes every mistake with its file and line, instead of stopping at the first.
//!
//! An [`Entry`] is one table. Getters return `None` after noting what is wrong; [`Entry::finish`]
//! reports the keys nobody asked for.

use super::PackFiles;
use super::mistake::{Mistake, did_you_mean};
use crate::localized::Localized;
use sha2::{Digest as _, Sha256};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

type Value<'f> = Spanned<DeValue<'f>>;

/// The codes a file defines. `None`: the file could not be read, so nothing is said against references into it.
#[derive(Debug, Default)]
pub(super) struct Codes {
    pub file: &'static str,
    known: Option<BTreeSet<String>>,
}

impl Codes {
    pub fn of(file: &'static str, known: Option<BTreeSet<String>>) -> Self {
        Self { file, known }
    }
    pub fn allows(&self, code: &str) -> bool {
        self.known.as_ref().is_none_or(|known| known.contains(code))
    }
    pub fn suggestion(&self, code: &str) -> String {
        did_you_mean(code, self.known.iter().flatten().map(String::as_str))
    }
}

/// What reading shares: the files, the languages every text must have, and the mistakes so far.
#[derive(Debug)]
pub(super) struct Reader<'f> {
    files: &'f PackFiles,
    languages: RefCell<Vec<String>>,
    mistakes: RefCell<Vec<Mistake>>,
}

/// One file, parsed.
#[derive(Debug)]
pub(super) struct Source<'f> {
    reader: &'f Reader<'f>,
    pub file: &'f str,
    /// Where each line begins, in bytes.
    lines: Vec<usize>,
    root: Spanned<DeTable<'f>>,
}

/// One table of a file.
pub(super) struct Entry<'s> {
    source: &'s Source<'s>,
    values: BTreeMap<&'s str, (Range<usize>, &'s Value<'s>)>,
    span: Range<usize>,
    seen: RefCell<BTreeSet<String>>,
    /// How messages call it: `service "pothole"`.
    pub what: String,
}

impl<'f> Reader<'f> {
    pub fn new(files: &'f PackFiles) -> Self {
        Self { files, languages: RefCell::default(), mistakes: RefCell::default() }
    }

    /// Parses `file`, or notes that it is missing or what its syntax errors are.
    pub fn open(&'f self, file: &'f str) -> Option<Source<'f>> {
        let Some(text) = self.files.0.get(file) else {
            self.note(file, 1, "the file is missing", "add it");
            return None;
        };
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let lines: Vec<usize> = std::iter::once(0).chain(breaks).collect();
        let (root, errors) = DeTable::parse_recoverable(text);
        // After the first slip the parser guesses: what it says then hides more than it shows.
        let offset = |error: &toml::de::Error| error.span().map_or(0, |span| span.start);
        if let Some(error) = errors.iter().min_by_key(|error| offset(error)) {
            let line = line_of(&lines, offset(error));
            self.note(file, line, &format!("not TOML: {}", error.message()), "correct the syntax");
        }
        errors.is_empty().then_some(Source { reader: self, file, lines, root })
    }

    pub fn set_languages(&self, languages: Vec<String>) {
        *self.languages.borrow_mut() = languages;
    }
    pub fn is_clean(&self) -> bool {
        self.mistakes.borrow().is_empty()
    }

    pub fn note(&self, file: &str, line: usize, message: &str, remedy: &str) {
        let mistake = Mistake {
            file: file.to_owned(),
            line,
            message: message.to_owned(),
            remedy: remedy.to_owned(),
        };
        self.mistakes.borrow_mut().push(mistake);
    }

    /// Every mistake, by file and line, none twice.
    pub fn mistakes(&self) -> Vec<Mistake> {
        let mut mistakes = self.mistakes.borrow().clone();
        mistakes.sort();
        mistakes.dedup();
        mistakes
    }
}

impl<'f> Source<'f> {
    pub fn root<'s>(&'s self) -> Entry<'s>
    where
        'f: 's,
    {
        let what = match self.file {
            "city.toml" => "the city",
            "calendar.toml" => "the calendar",
            "routing.toml" => "the routing",
            file if file.starts_with("words/") => "the file",
            file if file.contains('/') => "the procedure",
            _ => "the file",
        };
        Entry::new(self, self.root.get_ref(), 0..0, what.to_owned())
    }
}

fn line_of(lines: &[usize], offset: usize) -> usize {
    lines.partition_point(|begins| *begins <= offset)
}

impl<'s> Entry<'s> {
    fn new(
        source: &'s Source<'s>,
        table: &'s DeTable<'s>,
        span: Range<usize>,
        what: String,
    ) -> Self {
        let values = table
            .iter()
            .map(|(key, value)| (key.get_ref().as_ref(), (key.span(), value)))
            .collect();
        Self { source, values, span, seen: RefCell::default(), what }
    }

    /// The languages every text must have.
    pub fn languages(&self) -> Vec<String> {
        self.source.reader.languages.borrow().clone()
    }
    pub fn file(&self) -> &'s str {
        self.source.file
    }
    /// SHA-256 of the file's text, in hex.
    pub fn text_of_file(&self) -> &str {
        self.source.reader.files.0.get(self.source.file).map_or("", String::as_str)
    }
    pub fn hash(&self) -> String {
        let digest = Sha256::digest(self.text_of_file());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
    pub fn line(&self) -> usize {
        line_of(&self.source.lines, self.span.start)
    }
    /// The line of `key`, or of the entry when it has no such key.
    pub fn line_of(&self, key: &str) -> usize {
        let offset = self.values.get(key).map_or(self.span.start, |(span, _)| span.start);
        line_of(&self.source.lines, offset)
    }
    fn line_at(&self, value: &Value) -> usize {
        line_of(&self.source.lines, value.span().start)
    }

    /// Notes a mistake at `key`; the message begins with what this entry is.
    pub fn wrong(&self, key: &str, message: &str, remedy: &str) {
        self.wrong_at(self.line_of(key), message, remedy);
    }
    pub fn wrong_at(&self, line: usize, message: &str, remedy: &str) {
        self.source.reader.note(self.file(), line, &format!("{} {message}", self.what), remedy);
    }

    fn value(&self, key: &str) -> Option<&'s Value<'s>> {
        self.use_key(key);
        self.values.get(key).map(|(_, value)| *value)
    }
    /// Marks a key as known that is read elsewhere.
    pub fn use_key(&self, key: &str) {
        self.seen.borrow_mut().insert(key.to_owned());
    }
    /// Text under `key` if there is, without a word about it.
    pub fn peek_text(&self, key: &str) -> Option<String> {
        self.values.get(key).and_then(|(_, value)| value.get_ref().as_str()).map(str::to_owned)
    }
    /// The texts under `key` in the tables of `list`, without a word about them.
    pub fn peek(&self, list: &str, key: &str) -> BTreeSet<String> {
        let array = self.values.get(list).and_then(|(_, value)| value.get_ref().as_array());
        let texts = array
            .into_iter()
            .flatten()
            .filter_map(|item| item.get_ref().get(key)?.get_ref().as_str());
        texts.map(str::to_owned).collect()
    }
    pub fn has(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }
    fn required(&self, key: &str) -> Option<&'s Value<'s>> {
        let value = self.value(key);
        if value.is_none() {
            self.wrong(key, &format!("has no {key}"), &format!("add {key} = …"));
        }
        value
    }
    fn mistyped<T>(&self, key: &str, value: &Value, wanted: &str) -> Option<T> {
        let found = value.get_ref().type_str();
        self.wrong_at(
            self.line_at(value),
            &format!("has {found} as {key}"),
            &format!("write {wanted}"),
        );
        None
    }

    pub fn text(&self, key: &str) -> Option<String> {
        let value = self.required(key)?;
        match value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => Some(text.to_owned()),
            Some(_) => {
                self.wrong(key, &format!("has an empty {key}"), "write it, or remove the entry");
                None
            }
            None => self.mistyped(key, value, "text in quotes"),
        }
    }
    pub fn optional_text(&self, key: &str) -> Option<String> {
        self.use_key(key);
        if self.has(key) { self.text(key) } else { None }
    }

    /// Text that `parse` understands; `wanted` says what it should look like.
    pub fn parsed<T>(
        &self,
        key: &str,
        wanted: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(key)?;
        let parsed = parse(&text);
        if parsed.is_none() {
            self.wrong(key, &format!("has {key} {text:?}"), &format!("write {wanted}"));
        }
        parsed
    }

    /// A code this entry defines.
    pub fn code<T: std::str::FromStr>(&self, key: &str) -> Option<T> {
        self.parsed(key, "a code of 1 to 64 letters a-z, digits, - _ .", |text| text.parse().ok())
    }

    /// A code defined elsewhere.
    pub fn reference<T: std::str::FromStr>(
        &self,
        key: &str,
        noun: &str,
        codes: &Codes,
    ) -> Option<T> {
        let code = self.text(key)?;
        self.referred(self.line_of(key), noun, &code, codes)
    }
    pub fn optional_reference<T: std::str::FromStr>(
        &self,
        key: &str,
        noun: &str,
        codes: &Codes,
    ) -> Option<T> {
        let code = self.optional_text(key)?;
        self.referred(self.line_of(key), noun, &code, codes)
    }
    pub fn references<T: std::str::FromStr>(&self, key: &str, noun: &str, codes: &Codes) -> Vec<T> {
        let mut found = Vec::new();
        for (line, code) in self.texts(key) {
            found.extend(self.referred(line, noun, &code, codes));
        }
        found
    }
    pub fn referred<T: std::str::FromStr>(
        &self,
        line: usize,
        noun: &str,
        code: &str,
        codes: &Codes,
    ) -> Option<T> {
        if !codes.allows(code) {
            let message = format!("names {noun} {code:?}, which is not in {}", codes.file);
            self.wrong_at(line, &message, &codes.suggestion(code));
            return None;
        }
        code.parse().ok()
    }

    /// One of a closed list of words.
    pub fn word<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let remedy = did_you_mean(&text, words.iter().map(|(word, _)| *word));
            self.wrong(key, &format!("has {key} {text:?}"), &remedy);
        }
        found
    }

    pub fn number(&self, key: &str, range: std::ops::RangeInclusive<f64>) -> Option<f64> {
        let value = self.required(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(n) => n.as_str().parse().ok(),
            DeValue::Float(n) => n.as_str().parse().ok(),
            DeValue::String(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => return self.mistyped(key, value, "a number"),
        };
        let fitting = number.filter(|n| range.contains(n));
        if fitting.is_none() {
            let between = format!("a number from {} to {}", range.start(), range.end());
            self.wrong(
                key,
                &format!("has a {key} that is out of range"),
                &format!("write {between}"),
            );
        }
        fitting
    }
    /// A whole number within `range`.
    pub fn count(&self, key: &str, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
        let number = self.number(key, f64::from(*range.start())..=f64::from(*range.end()))?;
        if number.fract() == 0.0 {
            return Some(number as u32);
        }
        self.wrong(key, &format!("has {key} {number}"), "write a whole number");
        None
    }

    pub fn boolean(&self, key: &str, default: bool) -> bool {
        let Some(value) = self.value(key) else { return default };
        value
            .get_ref()
            .as_bool()
            .or_else(|| self.mistyped(key, value, "true or false"))
            .unwrap_or(default)
    }

    pub fn date(&self, key: &str) -> Option<jiff::civil::Date> {
        let value = self.required(key)?;
        let date = value.get_ref().as_datetime().and_then(|d| d.date.filter(|_| d.time.is_none()));
        let Some(date) = date else {
            return self.mistyped(key, value, "a date without quotes, such as 2026-09-02");
        };
        let (year, month, day) =
            (date.year.cast_signed(), date.month.cast_signed(), date.day.cast_signed());
        jiff::civil::Date::new(year, month, day).ok()
    }

    /// A list of texts, each with its line. Absent: empty.
    pub fn texts(&self, key: &str) -> Vec<(usize, String)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.mistyped::<()>(key, value, "a list, such as [\"a\", \"b\"]");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in array {
            match item.get_ref().as_str() {
                Some(text) => texts.push((self.line_at(item), text.to_owned())),
                None => _ = self.mistyped::<()>(key, item, "text in quotes"),
            }
        }
        texts
    }

    /// Text in every language of the pack.
    pub fn localized(&self, key: &str) -> Option<Localized> {
        let value = self.required(key)?;
        let Some(table) = value.get_ref().as_table() else {
            return self.mistyped(key, value, "one text for each language, such as { en = \"…\" }");
        };
        let inner = self.inner(key, table, value);
        let texts = inner.in_each_language(Entry::text)?;
        Some(Localized(texts))
    }
    pub fn optional_localized(&self, key: &str) -> Localized {
        self.use_key(key);
        if self.has(key) { self.localized(key).unwrap_or_default() } else { Localized::default() }
    }
    /// A list in every language of the pack, each text with its line.
    pub fn localized_list(&self, key: &str) -> Option<Localized<Vec<(usize, String)>>> {
        let value = self.required(key)?;
        let Some(table) = value.get_ref().as_table() else {
            return self.mistyped(
                key,
                value,
                "one list for each language, such as { en = [\"…\"] }",
            );
        };
        let inner = self.inner(key, table, value);
        let lists = inner.in_each_language(|entry, language| {
            entry.required(language)?;
            Some(entry.texts(language))
        })?;
        Some(Localized(lists))
    }
    fn inner(&self, key: &str, table: &'s DeTable<'s>, value: &Value) -> Entry<'s> {
        let mut inner =
            Entry::new(self.source, table, value.span(), format!("{key} of {}", self.what));
        // An inline table of one line has its keys on that line; a `[table]` knows its own lines.
        inner.span = value.span();
        inner
    }
    fn in_each_language<T>(
        &self,
        read: impl Fn(&Self, &str) -> Option<T>,
    ) -> Option<BTreeMap<String, T>> {
        let mut found = BTreeMap::new();
        let mut complete = true;
        for language in self.source.reader.languages.borrow().iter() {
            match read(self, language) {
                Some(value) => _ = found.insert(language.clone(), value),
                None => complete = false,
            }
        }
        if !found.is_empty() || !complete {
            self.finish();
        }
        complete.then_some(found)
    }

    /// The tables of a list (`[[service]]`), each called `noun` and the text under `code`, or its number.
    pub fn entries(&self, key: &str, noun: &str, code: &str) -> Vec<Entry<'s>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.mistyped::<()>(key, value, &format!("a list of tables, [[{key}]]"));
            return Vec::new();
        };
        let mut entries = Vec::new();
        for (n, item) in array.iter().enumerate() {
            let Some(table) = item.get_ref().as_table() else {
                self.mistyped::<()>(key, item, "a table");
                continue;
            };
            let what = match table.get(code).map(Spanned::get_ref) {
                Some(DeValue::String(name)) => format!("{noun} {name:?}"),
                Some(DeValue::Datetime(date)) => format!("{noun} {date}"),
                _ => format!("{noun} {}", n + 1),
            };
            entries.push(Entry::new(self.source, table, item.span(), what));
        }
        entries
    }
    /// As [`Self::entries`], and at least one there must be.
    pub fn some_entries(&self, key: &str, noun: &str, code: &str) -> Vec<Entry<'s>> {
        if !self.has(key) {
            self.wrong(key, &format!("has no [[{key}]]"), "add at least one");
        }
        self.entries(key, noun, code)
    }

    /// A table within (`[settings]`).
    pub fn table(&self, key: &str) -> Option<Entry<'s>> {
        let value = self.required(key)?;
        let Some(table) = value.get_ref().as_table() else {
            return self.mistyped(key, value, "a table");
        };
        Some(Entry::new(self.source, table, value.span(), format!("[{key}]")))
    }

    /// As [`Self::table`] where there may be none.
    pub fn table_if_any(&self, key: &str) -> Option<Entry<'s>> {
        self.use_key(key);
        if self.has(key) { self.table(key) } else { None }
    }
    /// Every key and its table: of `[service]`, those of `[service.pothole]` and so on.
    pub fn tables(&self) -> Vec<(&'s str, Entry<'s>)> {
        self.values.keys().filter_map(|key| Some((*key, self.table(key)?))).collect()
    }
    /// Nothing in it is to be called unknown.
    pub fn use_all(&self) {
        self.values.keys().for_each(|key| self.use_key(key));
    }

    /// Reports the keys nobody asked for.
    pub fn finish(&self) {
        let seen = self.seen.borrow();
        for key in self.values.keys().filter(|key| !seen.contains(**key)) {
            let remedy = did_you_mean(key, seen.iter().map(String::as_str));
            self.wrong(key, &format!("has an unknown key {key:?}"), &remedy);
        }
    }
}
