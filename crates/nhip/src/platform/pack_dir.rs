//! Finds the files of a pack: in a folder on disk, else among the cities embedded in the binary.
//!
//! What they say is checked by `domain::pack`; nothing here understands them.
//! [`load`] is for `nhip check`, [`load_checked`] for whoever serves the city.

use super::limits;
use domain::pack::{Mistake, Pack, PackFiles};
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::RustEmbed;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

/// The cities of the source tree, so that the demo works from anywhere.
#[derive(RustEmbed)]
#[folder = "../../cities"]
struct Cities;

/// Folders of a pack that hold a file for each procedure and each language of visitors.
const FOLDERS: [&str; 2] = ["procedures", "words"];
/// Bytes. The largest file of a real city has 60 kB; more is not a pack.
const MAX_FILE_BYTES: u64 = 4 * 1024 * 1024;

/// Why the files of a pack could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    #[error("there is no pack at {path}: no such folder, and the embedded packs are {embedded}")]
    Absent { path: String, embedded: String },
    #[error("cannot read {path}")]
    Unreadable { path: String, source: std::io::Error },
    #[error("{path} is too large for a pack, at most {MAX_FILE_BYTES} bytes")]
    TooLarge { path: String },
    #[error("the pack has mistakes:\n{0}")]
    Mistakes(String),
}

/// The pack at `path`, checked; with any mistake there is none, and the error lists them all.
pub fn load_checked(path: &str) -> Result<Pack, PackError> {
    check(&load(path)?).map_err(|mistakes| PackError::Mistakes(listing(path, &mistakes)))
}

/// The pack, or its mistakes; icons must be in the sprite we ship.
pub fn check(files: &PackFiles) -> Result<Pack, Vec<Mistake>> {
    let pack = domain::pack::check_with_icons(files, Some(&super::assets::icon_names()))?;
    match heavy_ground(&pack) {
        Some(mistake) => Err(vec![mistake]),
        None => Ok(pack),
    }
}

/// Whoever opens a map fetches the ground: it stays light in every language.
fn heavy_ground(pack: &Pack) -> Option<Mistake> {
    let ground = pack.ground.as_ref()?;
    let weight = |language| {
        let text = ground.collection(language).to_string();
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        // Writing to memory cannot fail.
        let _ = packed.write_all(text.as_bytes());
        packed.finish().map_or(0, |bytes| bytes.len())
    };
    let heaviest = pack.spoken().map(weight).max().filter(|bytes| *bytes > limits::GROUND_BYTES)?;
    Some(Mistake {
        file: "ground.geojson".to_owned(),
        line: 1,
        message: format!(
            "it weighs {heaviest} bytes on the wire, more than {}",
            limits::GROUND_BYTES
        ),
        remedy: "leave out corners that nobody sees, and what is far from the city".to_owned(),
    })
}

/// A line for each mistake, its file as one would open it from here, and how many there are.
pub fn listing(path: &str, mistakes: &[Mistake]) -> String {
    let root = path.trim_end_matches('/');
    let mut lines: Vec<String> =
        mistakes.iter().map(|mistake| format!("{root}/{mistake}")).collect();
    let noun = if mistakes.len() == 1 { "mistake" } else { "mistakes" };
    lines.push(format!("{} {noun}", mistakes.len()));
    lines.join("\n")
}

/// The files of the pack at `path` (`cities/hue`, `/etc/nhip/pack`, or just `hue`).
pub fn load(path: &str) -> Result<PackFiles, PackError> {
    if Path::new(path).is_dir() {
        return from_disk(Path::new(path));
    }
    let name = path.trim_end_matches('/');
    embedded(name.strip_prefix("cities/").unwrap_or(name)).ok_or_else(|| {
        let known: Vec<String> =
            embedded_names().iter().map(|name| format!("cities/{name}")).collect();
        PackError::Absent { path: path.to_owned(), embedded: known.join(", ") }
    })
}

/// The cities in the binary.
pub fn embedded_names() -> Vec<String> {
    let mut names: Vec<String> = Cities::iter()
        .filter_map(|path| path.split_once('/').map(|(name, _)| name.to_owned()))
        .collect();
    names.sort();
    names.dedup();
    names
}

fn embedded(name: &str) -> Option<PackFiles> {
    let mut files = BTreeMap::new();
    for path in Cities::iter() {
        let Some(relative) = path.strip_prefix(name).and_then(|rest| rest.strip_prefix('/')) else {
            continue;
        };
        if !belongs(Path::new(relative)) {
            continue;
        }
        let file = Cities::get(&path)?;
        files.insert(relative.to_owned(), String::from_utf8_lossy(&file.data).into_owned());
    }
    (!files.is_empty()).then_some(PackFiles(files))
}

/// TOML, and the drawing of the ground.
fn belongs(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml" || extension == "geojson")
}

fn from_disk(root: &Path) -> Result<PackFiles, PackError> {
    let mut files = BTreeMap::new();
    let inner = FOLDERS.iter().map(|name| (root.join(name), format!("{name}/")));
    for (folder, prefix) in std::iter::once((root.to_owned(), String::new())).chain(inner) {
        // A pack without the folder is the checker's to complain about.
        if !folder.is_dir() {
            continue;
        }
        let unreadable =
            |source| PackError::Unreadable { path: folder.display().to_string(), source };
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if !belongs(&path) || !path.is_file() {
                continue;
            }
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            files.insert(format!("{prefix}{name}"), text(&path)?);
        }
    }
    Ok(PackFiles(files))
}

/// Bytes that are not UTF-8 become replacement characters, which the checker then sees in their line.
fn text(path: &Path) -> Result<String, PackError> {
    let shown = path.display().to_string();
    let unreadable = |source| PackError::Unreadable { path: shown.clone(), source };
    if fs::metadata(path).map_err(unreadable)?.len() > MAX_FILE_BYTES {
        return Err(PackError::TooLarge { path: shown });
    }
    Ok(String::from_utf8_lossy(&fs::read(path).map_err(unreadable)?).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_is_the_same_from_disk_and_from_the_binary() {
        for name in embedded_names() {
            let on_disk =
                from_disk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cities").join(&name))
                    .unwrap();
            assert_eq!(load(&format!("cities/{name}")).unwrap(), on_disk, "{name}");
            assert_eq!(load(&name).unwrap(), on_disk);
        }
    }

    #[test]
    fn the_cities_are_sound_and_use_icons_we_ship() {
        for name in embedded_names() {
            load_checked(&name).unwrap();
        }
    }

    #[test]
    fn a_ground_that_is_too_heavy_is_a_mistake() {
        let mut files = load("harbour").unwrap();
        let ground = files.0.get_mut("ground.geojson").unwrap();
        // No two corners alike, so that nothing is saved by packing.
        let corners: Vec<String> = (0..9_000_u32)
            .map(|n| {
                let part = |seed: u32| f64::from(n.wrapping_mul(seed) % 100_000) / 1e6;
                format!("[{:.5},{:.5}]", 10.55 + part(2_654_435_761), 55.0 + part(40_503))
            })
            .collect();
        let road = format!(
            r#"{{"type":"Feature","properties":{{"kind":"road"}},"geometry":{{"type":"LineString","coordinates":[{}]}}}},"#,
            corners.join(",")
        );
        *ground = ground.replacen("\"features\":[", &format!("\"features\":[{road}"), 1);
        let said = check(&files).unwrap_err();
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].message.contains("on the wire, more than 40000"), "{said:?}");
    }

    #[test]
    fn a_path_to_nothing_names_the_packs_there_are() {
        let message = load("cities/atlantis").unwrap_err().to_string();
        assert!(
            message.contains("cities/atlantis") && message.contains("cities/harbour"),
            "{message}"
        );
    }
}
