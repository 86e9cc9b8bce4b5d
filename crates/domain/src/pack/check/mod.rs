//! Checks the texts of a pack and reports every mistake at once: file, line, what is wrong, what to change.
//!
//! Each file is read on its own, so one that is broken does not hide mistakes in the others, and
//! nothing is said against references into it. What needs the whole pack (who answers for
//! confidential services) is checked last, when the rest is sound.

mod agencies;
mod areas;
mod calendar;
mod call_now;
mod city;
mod ground;
mod guests;
mod procedures;
mod routing;
mod services;
mod words;

use super::former::Former;
use super::mistake::{Mistake, PackFiles};
use super::read::{Codes, Entry, Reader, Source};
use super::{Agency, AgencyKind, Index, Pack};
use crate::card::Measure;
use crate::ids::AgencyId;
use crate::procedure::{OF_TASKS, Procedure};
use crate::service::AttributeValue;
use std::collections::{BTreeMap, BTreeSet};

const FILES: &[&str] = &[
    "city.toml",
    "calendar.toml",
    "agencies.toml",
    "areas.toml",
    "fields.toml",
    "services.toml",
    "routing.toml",
    "refusals.toml",
    "pauses.toml",
    "templates.toml",
];
/// What a demo city is invented from; a real one needs none.
const DEMO: &str = "demo.toml";
/// Whom to call when life is in danger; a pack without it warns of nothing.
const CALL_NOW: &str = "call_now.toml";
const PROCEDURES: &str = "procedures/";
/// One for each language that only visitors speak.
const LANGUAGE_FILES: &str = "words/";

/// The pack, or every mistake in its files. Names of icons are taken on trust.
pub fn check(files: &PackFiles) -> Result<Pack, Vec<Mistake>> {
    check_with_icons(files, None)
}

/// As [`check`]; icons must be among `icons`.
pub fn check_with_icons(
    files: &PackFiles,
    icons: Option<&BTreeSet<String>>,
) -> Result<Pack, Vec<Mistake>> {
    let reader = Reader::new(files);
    let sources = Sources::open(files, &reader);
    let pack = read(files, &reader, &sources, icons);
    if let Some(pack) = pack.as_ref().filter(|_| reader.is_clean()) {
        conduct_goes_to_inspectors(&reader, pack, &sources);
        cards_name_rungs(&reader, pack, &sources);
    }
    match pack {
        Some(pack) if reader.is_clean() => Ok(pack),
        _ => Err(reader.mistakes()),
    }
}

/// One version of a procedure from the text that was kept of it; `None` when that cannot be read any more.
pub fn kept_procedure(text: &str, languages: &[String]) -> Option<Procedure> {
    let path = format!("{PROCEDURES}kept.toml");
    let files = PackFiles(BTreeMap::from([(path.clone(), text.to_owned())]));
    let reader = Reader::new(&files);
    reader.set_languages(languages.to_vec());
    let source = reader.open(&path)?;
    procedures::read_kept(&source.root(), &Known::default())
}

/// The procedures of kinds of cases that a pack need not speak of; the centre owns them.
fn built_in(centre: &AgencyId) -> Vec<Procedure> {
    let languages = ["vi", "en"].map(str::to_owned);
    let read = kept_procedure(OF_TASKS, &languages);
    read.into_iter().map(|procedure| Procedure { owner: centre.clone(), ..procedure }).collect()
}

/// The files that could be parsed, by path.
struct Sources<'f>(BTreeMap<&'f str, Source<'f>>);

impl<'f> Sources<'f> {
    fn open(files: &'f PackFiles, reader: &'f Reader<'f>) -> Self {
        let procedures = files.0.keys().map(String::as_str).filter(|path| is_procedure(path));
        let optional = [DEMO, CALL_NOW].into_iter().filter(|file| files.0.contains_key(*file));
        let words = files.0.keys().map(String::as_str).filter(|path| language_of(path).is_some());
        let paths = FILES.iter().copied().chain(optional).chain(procedures).chain(words);
        Self(paths.filter_map(|path| Some((path, reader.open(path)?))).collect())
    }
    fn root(&self, file: &str) -> Option<Entry<'_>> {
        self.0.get(file).map(Source::root)
    }
    fn procedures(&self) -> impl Iterator<Item = Entry<'_>> {
        self.0.values().filter(|source| is_procedure(source.file)).map(Source::root)
    }
    fn words(&self) -> impl Iterator<Item = Entry<'_>> {
        self.0.values().filter(|source| language_of(source.file).is_some()).map(Source::root)
    }
    fn codes(&self, file: &'static str, list: &str, key: &str) -> Codes {
        Codes::of(file, self.root(file).map(|root| root.peek(list, key)))
    }
}

/// The codes that other files may name.
#[derive(Default)]
struct Known {
    agencies: Codes,
    areas: Codes,
    fields: Codes,
    services: Codes,
    procedures: Codes,
    pauses: Codes,
    refusals: Codes,
    icons: Codes,
    call_numbers: Codes,
    dangers: Codes,
    /// The agencies as answers to a question.
    units: Vec<AttributeValue>,
}

impl Known {
    fn of(files: &PackFiles, sources: &Sources, icons: Option<&BTreeSet<String>>) -> Self {
        let written = files.0.keys().filter(|path| is_procedure(path)).count();
        let read: BTreeSet<String> =
            sources.procedures().filter_map(|root| root.peek_text("code")).collect();
        // A file of procedures that cannot be read may define any of them.
        let complete = sources.procedures().filter(|root| root.has("code")).count() == written;
        Self {
            agencies: sources.codes("agencies.toml", "agency", "id"),
            areas: sources.codes("areas.toml", "area", "id"),
            fields: sources.codes("fields.toml", "field", "code"),
            services: sources.codes("services.toml", "service", "code"),
            procedures: Codes::of("procedures/", complete.then_some(read)),
            pauses: sources.codes("pauses.toml", "pause", "code"),
            refusals: sources.codes("refusals.toml", "refusal", "code"),
            icons: Codes::of("the set of icons", icons.cloned()),
            call_numbers: sources.codes(CALL_NOW, "number", "code"),
            dangers: sources.codes(CALL_NOW, "danger", "code"),
            units: Vec::new(),
        }
    }
}

/// An agency as a value of an attribute: the unit a report is about.
fn unit(agency: &Agency) -> AttributeValue {
    AttributeValue { key: agency.id.to_string(), name: agency.name.clone() }
}

#[expect(clippy::too_many_lines, reason = "a line for each part of a pack")]
fn read(
    files: &PackFiles,
    reader: &Reader<'_>,
    sources: &Sources,
    icons: Option<&BTreeSet<String>>,
) -> Option<Pack> {
    complain_of_strangers(files, reader);
    // The city comes first: it says which languages every text must have.
    let languages =
        sources.root("city.toml").map(|root| city::languages(&root)).unwrap_or_default();
    reader.set_languages(languages.clone());
    let mut known = Known::of(files, sources, icons);

    // Everything is read before anything is given up: `?` comes after the last mistake was noted.
    let city = sources.root("city.toml").map(|root| city::read(&root, &known));
    let zone = city.iter().flatten().map(|city| city.zone.clone()).next();
    let calendar = sources.root("calendar.toml").map(|root| calendar::read(&root, zone));
    let hours_per_day = calendar.iter().flatten().map(|calendar| calendar.hours_per_day).next();
    let agencies = sources.root("agencies.toml").map(|root| agencies::read(&root, &known));
    known.units = agencies.iter().flatten().map(unit).collect();
    let areas = sources.root("areas.toml").map(|root| areas::read(&root, &known));
    let (areas, past_areas) = areas.unzip();
    let ground = ground::read(files, reader, &languages, areas.as_deref());
    let fields = sources.root("fields.toml").map(|root| services::read_fields(&root, &known));
    let procedures = procedures::read_all(sources.procedures(), &known, hours_per_day);
    let services =
        sources.root("services.toml").map(|root| services::read(&root, &known, &procedures));
    let routing = sources.root("routing.toml").map(|root| routing::read(&root, &known));
    let refusals = sources.root("refusals.toml").map(|root| words::read_coded(&root, "refusal"));
    let pauses = sources.root("pauses.toml").map(|root| words::read_coded(&root, "pause"));
    let call_now = sources.root(CALL_NOW).map(|root| call_now::read(&root, &known));
    let templates = sources.root("templates.toml").map(|root| words::read_templates(&root));

    let (city, calendar) = (city??, calendar??);
    let built_in = built_in(&city.centre);
    let mut pack = Pack {
        id: city.id,
        name: city.name,
        service_name: city.service_name,
        centre: city.centre,
        languages: city.languages,
        guests: Vec::new(),
        zone: city.zone_name,
        phone_prefix: city.phone_prefix,
        accent_light: city.accent_light,
        accent_dark: city.accent_dark,
        contacts: city.contacts,
        calendar: calendar.working?,
        days: calendar.days,
        agencies: agencies?,
        areas: areas?,
        past_areas: past_areas?,
        fields: fields?,
        services: services?,
        former: Former::default(),
        routing: routing??,
        procedures,
        retired: Vec::new(),
        built_in,
        refusals: refusals?,
        pauses: pauses?,
        templates: templates?,
        cards: city.cards,
        notices: city.notices,
        ground,
        settings: city.settings,
        call_now: call_now.unwrap_or_default(),
        index: Index::default(),
    };
    sources.words().for_each(|root| guests::read(&root, &known, &mut pack));
    pack.index = Index::of(&pack);
    Some(pack)
}

/// Conduct of officials is for inspectors, wherever it happens; their own unit must not even see it.
fn conduct_goes_to_inspectors(reader: &Reader, pack: &Pack, sources: &Sources) {
    for service in pack.services.iter().filter(|service| service.confidential) {
        let elsewhere = pack.areas.iter().find_map(|area| {
            let agency = pack.route(service, area);
            let kind = pack.agency(&agency).map(|agency| agency.kind);
            (kind != Some(AgencyKind::Inspectorate)).then_some((area, agency))
        });
        if let Some((area, agency)) = elsewhere {
            let code = &service.code;
            let message =
                format!("confidential service \"{code}\" goes to {agency} in area {}", area.id);
            let line =
                sources.root("services.toml").map_or(1, |root| services::line_of(&root, code));
            reader.note(
                "services.toml",
                line,
                &message,
                "route it to an agency of kind \"inspectorate\" everywhere",
            );
        }
    }
}

/// A share at which nothing is written down earns no card, ever.
fn cards_name_rungs(reader: &Reader, pack: &Pack, sources: &Sources) {
    let rungs: BTreeSet<u32> = pack
        .procedures
        .iter()
        .flat_map(|procedure| procedure.on_overdue.iter().map(|rung| rung.percent))
        .filter(|percent| *percent >= 100)
        .collect();
    for rule in &pack.cards {
        let Measure::OverPercent(percent) = rule.measure else { continue };
        if !rungs.contains(&percent) {
            let line =
                sources.root("city.toml").map_or(1, |root| city::line_of_card(&root, &rule.code));
            let message = format!("card \"{}\" counts what is over {percent} %", rule.code);
            let known: Vec<String> = rungs.iter().map(u32::to_string).collect();
            let remedy = format!(
                "name a percent that stands in on_overdue of a procedure's promise: {}",
                known.join(", ")
            );
            reader.note("city.toml", line, &message, &remedy);
        }
    }
}

fn is_procedure(path: &str) -> bool {
    path.strip_prefix(PROCEDURES)
        .and_then(|name| name.strip_suffix(".toml"))
        .is_some_and(|name| !name.contains('/'))
}

/// `ko` of `words/ko.toml`.
fn language_of(path: &str) -> Option<&str> {
    let code = path.strip_prefix(LANGUAGE_FILES)?.strip_suffix(".toml")?;
    (code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
}

/// A file that is never read is most likely misnamed; and without procedures there is no promise.
fn complain_of_strangers(files: &PackFiles, reader: &Reader) {
    if !files.0.keys().any(|path| is_procedure(path)) {
        let remedy = "add one, such as procedures/standard.toml";
        reader.note("procedures/", 1, "there is no file in it", remedy);
    }
    for path in files.0.keys() {
        if !FILES.contains(&path.as_str())
            && path != DEMO
            && path != CALL_NOW
            && path != ground::FILE
            && !is_procedure(path)
            && language_of(path).is_none()
        {
            let remedy = super::mistake::did_you_mean(path, FILES.iter().copied());
            reader.note(path, 1, "no part of a pack has this name", &remedy);
        }
    }
}

/// Notes each code that was already used by an earlier entry.
fn no_code_twice(entries: &[Entry], key: &str) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries {
        let Some(code) = entry.peek_text(key) else { continue };
        if let Some(line) = first.get(&code) {
            entry.wrong(
                key,
                &format!("is defined twice, first in line {line}"),
                "remove one or rename it",
            );
        } else {
            first.insert(code, entry.line_of(key));
        }
    }
}
