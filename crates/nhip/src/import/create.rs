//! Makes a pack know the services, agencies and areas that the data name: it adds to the files of a pack, or writes a
//! whole one. What it writes is checked like any pack, before anything touches the disk.

use super::data::Data;
use super::history::{Names, cell, point};
use super::map::{City, Map, Understood};
use super::slug;
use crate::platform::pack_dir;
use csv::ByteRecord;
use domain::pack::{Pack, PackFiles};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Years before 2000 and after 2100 have no calendar; a new pack's begins here.
const FIRST_YEAR: i16 = 2000;
/// The parts of a new pack that are the same for every city, in each language we have them in.
const PARTS: &[(&str, [(&str, &str); 4])] = &[
    (
        "en",
        [
            ("refusals.toml", include_str!("new_pack/en/refusals.toml")),
            ("pauses.toml", include_str!("new_pack/en/pauses.toml")),
            ("templates.toml", include_str!("new_pack/en/templates.toml")),
            ("procedures/standard.toml", include_str!("new_pack/en/standard.toml")),
        ],
    ),
    (
        "vi",
        [
            ("refusals.toml", include_str!("new_pack/vi/refusals.toml")),
            ("pauses.toml", include_str!("new_pack/vi/pauses.toml")),
            ("templates.toml", include_str!("new_pack/vi/templates.toml")),
            ("procedures/standard.toml", include_str!("new_pack/vi/standard.toml")),
        ],
    ),
];

/// What the data name, by code.
#[derive(Default)]
struct Met {
    services: BTreeMap<String, MetService>,
    fields: BTreeMap<String, String>,
    agencies: BTreeMap<String, String>,
    areas: BTreeMap<String, MetArea>,
}

#[derive(Default)]
struct MetService {
    name: String,
    field: String,
    /// How often each agency had it: the most frequent one gets it from now on.
    agencies: BTreeMap<String, u64>,
}

#[derive(Default)]
struct MetArea {
    name: String,
    lat: f64,
    long: f64,
    points: u64,
}

/// Reads all of `data` for names, and makes the pack in `folder` know them. Returns how many entries were added.
pub fn extend(map: &Map, data: &mut Data, folder: &Path, this_year: i16) -> Result<usize, String> {
    let understood = map.understand(&data.header)?;
    let met = meet(&understood, data)?;
    let path = folder.display().to_string();
    let there = folder.join("city.toml").is_file();
    let mut files = if there {
        pack_dir::load(&path).map_err(|e| e.to_string())?
    } else {
        let city = map.city.as_ref().ok_or_else(|| {
            format!("there is no pack in {path}, and the map has no [city] to make one of")
        })?;
        whole(city, &understood, &map.zone, this_year)?
    };
    let pack =
        if there { Some(pack_dir::load_checked(&path).map_err(|e| e.to_string())?) } else { None };
    let (texts, added) = entries(&met, pack.as_ref(), map);
    for (file, text) in texts {
        files.0.entry(file.to_owned()).or_default().push_str(&text);
    }
    pack_dir::check(&files).map_err(|mistakes| {
        format!("the pack would have mistakes:\n{}", pack_dir::listing(&path, &mistakes))
    })?;
    if added > 0 || !there {
        write(folder, &files)?;
    }
    Ok(added)
}

fn write(folder: &Path, files: &PackFiles) -> Result<(), String> {
    for (name, text) in &files.0 {
        let path = folder.join(name);
        let said = |e: std::io::Error| format!("{}: {e}", path.display());
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(said)?;
        }
        std::fs::write(&path, text).map_err(said)?;
    }
    Ok(())
}

fn meet(map: &Understood, data: &mut Data) -> Result<Met, String> {
    let (mut met, mut raw) = (Met::default(), ByteRecord::new());
    let width = data.header.len();
    while data.next(&mut raw)?.is_some() {
        // What cannot be read is for the import itself to reject.
        let Ok(row) = csv::StringRecord::from_byte_record(raw.clone()) else { continue };
        if row.len() != width {
            continue;
        }
        let name = |column| cell(&row, column).to_owned();
        let (agency, field) = (name(map.columns.agency), name(map.columns.field));
        let service = name(Some(map.columns.service));
        if !slug(&service).is_empty() {
            let entry = met.services.entry(slug(&service)).or_default();
            if entry.name.is_empty() {
                (entry.name, entry.field) = (service, slug(&field));
            }
            *entry.agencies.entry(slug(&agency)).or_default() += 1;
        }
        if !slug(&field).is_empty() {
            met.fields.entry(slug(&field)).or_insert(field);
        }
        if !slug(&agency).is_empty() {
            met.agencies.entry(slug(&agency)).or_insert(agency);
        }
        let area = name(map.columns.area);
        if let Ok(point) = point(&row, map)
            && !slug(&area).is_empty()
        {
            let entry = met.areas.entry(slug(&area)).or_default();
            entry.name = area;
            entry.lat += point.lat();
            entry.long += point.long();
            entry.points += 1;
        }
    }
    Ok(met)
}

/// Text that means itself in TOML.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// The same words in each language: the data have only one.
fn said(text: &str, languages: &[String]) -> String {
    let each: Vec<String> = languages.iter().map(|l| format!("{l} = {}", quoted(text))).collect();
    format!("{{ {} }}", each.join(", "))
}

/// What to add to each file, and how many entries that is.
fn entries(met: &Met, pack: Option<&Pack>, map: &Map) -> (BTreeMap<&'static str, String>, usize) {
    let names = pack.map(Names::of).unwrap_or_default();
    let languages = pack.map_or_else(|| vec![map.language.clone()], |pack| pack.languages.clone());
    let top = pack.map_or("centre", |pack| pack.centre.as_str());
    let mut texts: BTreeMap<&'static str, String> = BTreeMap::new();
    let (mut added, mut rules) = (0, String::new());
    let mut add = |file: &'static str, text: String| {
        texts.entry(file).or_default().push_str(&text);
        added += 1;
    };
    let own = |code: &str| pack.is_none() && matches!(code, "authority" | "centre");
    for (code, name) in &met.agencies {
        if names.agency(name).is_none() && !own(code) {
            let words = said(name, &languages);
            add(
                "agencies.toml",
                format!(
                    "\n[[agency]]\nid = \"{code}\"\nparent = \"{top}\"\nkind = \"department\"\nname = {words}\nshort = {words}\n"
                ),
            );
        }
    }
    let kind = said(map.city.as_ref().map_or("area", |city| &city.area_kind), &languages);
    for (code, area) in met.areas.iter().filter(|(_, area)| names.area(&area.name).is_none()) {
        let (words, n) = (said(&area.name, &languages), area.points as f64);
        add(
            "areas.toml",
            format!(
                "\n[[area]]\nid = \"{code}\"\nname = {words}\nkind = {kind}\nlat = {:.5}\nlon = {:.5}\nagency = \"{top}\"\n",
                area.lat / n,
                area.long / n
            ),
        );
    }
    let known_field = |code: &String| {
        pack.is_some_and(|pack| pack.fields.iter().any(|f| f.code.as_str() == code))
    };
    for (code, name) in met.fields.iter().filter(|(code, _)| !known_field(code)) {
        let words = said(name, &languages);
        add(
            "fields.toml",
            format!("\n[[field]]\ncode = \"{code}\"\nname = {words}\nicon = \"list\"\n"),
        );
    }
    let procedure = pack
        .and_then(|pack| pack.procedures.first())
        .map_or("standard", |procedure| procedure.code.as_str());
    for (code, service) in met.services.iter().filter(|(_, s)| names.service(&s.name).is_none()) {
        add("services.toml", service_entry(code, service, met, &languages, procedure));
        let most = service.agencies.iter().max_by_key(|(_, times)| **times);
        let agency = most.and_then(|(code, _)| met.agencies.get(code));
        if let Some(name) = agency {
            let to = names.agency(name).map_or_else(|| slug(name), ToString::to_string);
            rules.push_str(&format!("\n[[rule]]\nservices = [\"{code}\"]\nto = \"{to}\"\n"));
        }
    }
    texts.insert("routing.toml", rules);
    (texts, added)
}

fn service_entry(
    code: &str,
    service: &MetService,
    met: &Met,
    languages: &[String],
    procedure: &str,
) -> String {
    let field = met.fields.get(&service.field).map_or(service.name.as_str(), String::as_str);
    let keyword = quoted(&service.name.to_lowercase());
    let keywords: Vec<String> = languages.iter().map(|l| format!("{l} = [{keyword}]")).collect();
    let mut text = format!("\n[[service]]\ncode = \"{code}\"\nfield = \"{}\"\n", service.field);
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        "name = {}\nhint = {}\nkeywords = {{ {} }}\nicon = \"flag\"\nurgency = \"normal\"\nprecision = \"exact\"\n\
         procedure = \"{procedure}\"\n",
        said(&service.name, languages),
        said(field, languages),
        keywords.join(", ")
    );
    text
}

/// The files of a new pack, but for what the data name.
fn whole(city: &City, map: &Understood, zone: &str, this_year: i16) -> Result<PackFiles, String> {
    let language = &map.language;
    let (_, parts) = PARTS.iter().find(|(code, _)| code == language).ok_or_else(|| {
        format!("a new pack can be made in en or vi, not in {language:?}; write its texts by hand")
    })?;
    if map.columns.area.is_none() || map.columns.field.is_none() {
        return Err("a new pack needs the columns area and field in the map".to_owned());
    }
    let languages = [language.clone()];
    let (name, service) = (said(&city.name, &languages), said(&city.service_name, &languages));
    let (id, prefix) = (quoted(&city.id), quoted(&city.phone_prefix));
    let mut files: BTreeMap<String, String> =
        parts.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
    files.insert("city.toml".to_owned(), format!(
        "id = {id}\nname = {name}\nservice_name = {service}\nlanguages = [\"{language}\"]\nzone = {}\n\
         phone_prefix = {prefix}\ncentre = \"centre\"\n\n[accent]\nlight = \"#0b5c73\"\ndark = \"#7fd0e4\"\n\n[settings]\n\
         comments_first = false\nseconds_between_comments = 60\nquestion_working_days = 5\nerase_identity_after_days = 90\n\
         nearby_metres = 60\noutside_metres = 50000\n", quoted(zone)
    ));
    files.insert("calendar.toml".to_owned(), format!(
        "# Days off are not known yet: add each with its basis.\nfirst_year = {FIRST_YEAR}\nlast_year = {}\n\n[office_hours]\n\
         monday = [\"09:00-17:00\"]\ntuesday = [\"09:00-17:00\"]\nwednesday = [\"09:00-17:00\"]\n\
         thursday = [\"09:00-17:00\"]\nfriday = [\"09:00-17:00\"]\n", this_year + 2
    ));
    files.insert("agencies.toml".to_owned(), format!(
        "[[agency]]\nid = \"authority\"\nkind = \"authority\"\nname = {name}\nshort = {name}\n\n\
         [[agency]]\nid = \"centre\"\nparent = \"authority\"\nkind = \"centre\"\nname = {service}\nshort = {service}\n"
    ));
    files.insert("routing.toml".to_owned(), "default = \"centre\"\n".to_owned());
    Ok(PackFiles(files))
}
