//! Broken packs: small edits to the small city, each with exactly the mistakes it should give.

use super::{Pack, PackFiles, check, check_with_icons};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The texts of `cities/…` as they are in the source tree.
pub(crate) fn files_of(city: &str) -> PackFiles {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cities").join(city);
    let mut files = BTreeMap::new();
    for folder in ["", "procedures/", "words/"] {
        let Ok(entries) = std::fs::read_dir(root.join(folder)) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|known| known == "toml" || known == "geojson") {
                let name = format!("{folder}{}", path.file_name().unwrap().to_str().unwrap());
                files.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    PackFiles(files)
}

pub(crate) fn pack_of(city: &str) -> Pack {
    check(&files_of(city)).unwrap_or_else(|mistakes| {
        let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    })
}

#[test]
fn the_cities_have_no_mistakes_and_leave_nobody_without_an_agency() {
    for city in ["harbour", "hue"] {
        let pack = pack_of(city);
        for service in &pack.services {
            for area in &pack.areas {
                let agency = pack.route(service, area);
                assert!(pack.agency(&agency).is_some(), "{city}: {} in {}", service.code, area.id);
            }
        }
    }
}
/// A row of `broken.toml`.
#[derive(serde::Deserialize)]
struct Case {
    file: String,
    before: String,
    after: String,
    said: Vec<String>,
}

fn cases() -> Vec<Case> {
    let mut table: BTreeMap<String, Vec<Case>> =
        toml::from_str(include_str!("broken.toml")).unwrap();
    table.remove("case").unwrap()
}

fn said_about(files: &PackFiles) -> Vec<String> {
    check(files).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

/// The small city, with `before` replaced by `after`. Words of visitors are left out: a renamed code breaks them too.
fn broken(file: &str, before: &str, after: &str) -> PackFiles {
    let mut files = files_of("harbour");
    files.0.retain(|path, _| !path.starts_with("words/"));
    let text = files.0.get_mut(file).unwrap();
    assert!(text.contains(before), "{file} has no {before:?}");
    *text = text.replacen(before, after, 1);
    files
}

#[test]
fn each_mistake_is_reported_where_it_is_and_nothing_else() {
    for Case { file, before, after, said } in cases() {
        let found = said_about(&broken(&file, &before, &after));
        assert_eq!(found, said, "{before:?} became {after:?} in {file}");
    }
}

#[test]
fn a_file_that_cannot_be_read_hides_no_mistake_in_the_others() {
    let mut files = broken("services.toml", "[[service]]", "[[service");
    let calendar = files.0.get_mut("calendar.toml").unwrap();
    *calendar = calendar.replacen("first_year = 2024", "first_year = 1924", 1);
    files.0.remove("pauses.toml");
    let said = said_about(&files);
    let files: Vec<&str> = said.iter().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(files, ["calendar.toml", "pauses.toml", "services.toml"], "{said:?}");
}

#[test]
fn a_misnamed_file_and_a_pack_without_procedures_are_mistakes() {
    let mut files = files_of("harbour");
    files.0.retain(|path, _| !path.starts_with("procedures/"));
    files.0.insert("agency.toml".to_owned(), String::new());
    let said = said_about(&files);
    assert!(
        said.iter().any(|line| line.starts_with("agency.toml:1: no part of a pack")),
        "{said:?}"
    );
    assert!(
        said.iter().any(|line| line.starts_with("procedures/:1: there is no file")),
        "{said:?}"
    );
}

#[test]
fn an_icon_must_be_one_we_ship() {
    let files = files_of("harbour");
    let pack = check(&files).unwrap();
    let services = pack.services.iter().map(|service| service.icon.clone());
    let fields = pack.fields.iter().map(|field| field.icon.clone());
    let mut icons: BTreeSet<String> = services.chain(fields).collect();
    assert!(check_with_icons(&files, Some(&icons)).is_ok());
    icons.remove("spray-can");
    let said = check_with_icons(&files, Some(&icons)).unwrap_err();
    assert_eq!(said.len(), 1);
    assert!(
        said[0].message.contains("icon \"spray-can\", which is not in the set of icons"),
        "{said:?}"
    );
}

#[test]
fn visitors_read_their_language_and_fall_back_where_it_says_nothing() {
    let mut files = files_of("harbour");
    let words = "[service.pothole]\nname = \"포트홀\"\n[service.pothole.attribute.size]\nvalues.plate = \"접시\"\n";
    files.0.insert("words/ko.toml".to_owned(), words.to_owned());
    let pack = check(&files).unwrap();
    assert!(pack.guests.contains(&"ko".to_owned()) && !pack.languages.contains(&"ko".to_owned()));
    let pothole = pack.services.iter().find(|service| service.code.as_str() == "pothole").unwrap();
    assert_eq!(pothole.name.text("ko"), "포트홀");
    assert_eq!(pothole.hint.text("ko"), pothole.hint.text("en"));
    let size = pothole.attributes.iter().find(|attribute| attribute.code == "size").unwrap();
    let names: Vec<&str> = size.values.iter().map(|value| value.name.text("ko")).collect();
    assert!(names.contains(&"접시"), "{names:?}");
}

#[test]
fn words_for_what_is_not_there_are_mistakes() {
    let mut files = files_of("harbour");
    let words = "[service.pot-hole]\nname = \"포트홀\"\n[field.streets]\nnam = \"도로\"\n";
    files.0.insert("words/ko.toml".to_owned(), words.to_owned());
    files.0.insert("words/en.toml".to_owned(), String::new());
    let said = said_about(&files);
    assert_eq!(
        said,
        [
            "words/en.toml:1: the file is for en, a language of the pack itself; remove the file, or take \"en\" out of languages in city.toml",
            "words/ko.toml:1: [pot-hole] is not in services.toml; remove it from words/, or correct the code",
            "words/ko.toml:4: [streets] has an unknown key \"nam\"; did you mean \"name\"?",
        ]
    );
}
