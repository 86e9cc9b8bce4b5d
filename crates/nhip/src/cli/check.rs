//! `nhip check PACK`: every mistake of a pack at once, each with file, line and what to change; and the base map.

use crate::options::BaseMapOptions;
use crate::platform::base_map::BaseMap;
use crate::platform::pack_dir;
use domain::pack::Pack;
use std::io::{self, Write};

/// Prints the mistakes, or what the pack holds. The exit code: 0 sound, 1 mistakes, 2 not readable.
pub fn run(path: &str, base: &BaseMapOptions, out: &mut impl Write) -> io::Result<u8> {
    let pack = run_pack(path, out)?;
    match base.open() {
        Ok(BaseMap::None) => Ok(pack),
        Ok(base) => {
            writeln!(out, "base map: {}", base.summary())?;
            Ok(pack)
        }
        Err(wrong) => {
            writeln!(out, "{wrong}")?;
            Ok(pack.max(1))
        }
    }
}

fn run_pack(path: &str, out: &mut impl Write) -> io::Result<u8> {
    let files = match pack_dir::load(path) {
        Ok(files) => files,
        Err(error) => {
            writeln!(out, "{error}")?;
            return Ok(2);
        }
    };
    match pack_dir::check(&files) {
        Ok(pack) => {
            writeln!(out, "{path}: {}", summary(&pack))?;
            Ok(0)
        }
        Err(mistakes) => {
            writeln!(out, "{}", pack_dir::listing(path, &mistakes))?;
            Ok(1)
        }
    }
}

fn summary(pack: &Pack) -> String {
    format!(
        "sound: {} services in {} fields, {} agencies, {} areas, {} procedures, in {}",
        pack.services.len(),
        pack.fields.len(),
        pack.agencies.len(),
        pack.areas.len(),
        pack.procedures.len(),
        pack.languages.join(", "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(path: &str) -> (u8, String) {
        let mut out = Vec::new();
        let code = run(path, &BaseMapOptions::default(), &mut out).unwrap();
        (code, String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_sound_pack_is_summed_up() {
        let (code, text) = printed("cities/harbour");
        assert_eq!(
            (code, text.as_str()),
            (
                0,
                "cities/harbour: sound: 12 services in 5 fields, 8 agencies, 4 areas, 3 procedures, in en\n"
            )
        );
    }

    #[test]
    fn a_folder_that_is_no_pack_lists_what_is_missing() {
        let folder = std::env::temp_dir().join(format!("nhip-check-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("city.toml"), "id = \"x\"\nlanguages = [\"en\"]\n").unwrap();
        let (code, text) = printed(folder.to_str().unwrap());
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(code, 1);
        assert!(text.contains("/services.toml:1: the file is missing; add it\n"), "{text}");
        assert!(text.contains("/city.toml:1: the city has no zone; add zone = …\n"), "{text}");
        assert!(text.ends_with(" mistakes\n"), "{text}");
    }

    #[test]
    fn a_base_map_that_is_none_is_said_with_what_to_do() {
        let told = |set: &str| {
            let base =
                BaseMapOptions { base_map: Some(set.to_owned()), ..BaseMapOptions::default() };
            let mut out = Vec::new();
            let code = run("cities/harbour", &base, &mut out).unwrap();
            (code, String::from_utf8(out).unwrap())
        };
        let (code, text) = told("/nowhere/city.pmtiles");
        assert!(
            code == 1 && text.contains("base map /nowhere/city.pmtiles: No such file"),
            "{text}"
        );
        let (code, text) = told(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
        assert!(code == 1 && text.contains("it is no PMTiles file"), "{text}");
        let (code, text) = told("https://tiles.example.org/style.json");
        assert!(code == 0 && text.contains("from https://tiles.example.org, which"), "{text}");
    }

    #[test]
    fn a_path_to_nothing_is_another_exit_code() {
        assert_eq!(printed("cities/atlantis").0, 2);
    }
}
