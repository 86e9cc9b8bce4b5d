//! Broken packs: small edits to the small city, each with exactly the mistakes it should give.

use super::*;
use std::path::Path;

/// The texts of `cities/…` as they are in the source tree.
fn files_of(city: &str) -> PackFiles {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cities").join(city);
    let mut files = BTreeMap::new();
    for folder in ["", PROCEDURES] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let name = format!("{folder}{}", path.file_name().unwrap().to_str().unwrap());
                files.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    PackFiles(files)
}

fn pack_of(city: &str) -> Pack {
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
