//! `nhip areas …`: the official boundaries of the areas.

use super::Stop;
use super::place::PlaceOptions;
use crate::account::audit;
use crate::area::import::{self, Boundaries};
use crate::area::names::Properties;
use crate::area::store;
use crate::platform::error::Error;
use crate::platform::limits;
use clap::{Args, Subcommand};
use domain::pack::Pack;
use jiff::civil::Date;
use liblzma::read::XzDecoder;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
#[command(
    after_help = "A place lies in the area whose boundary holds it; without boundaries, in the one whose centre \
    is nearest.\nSee docs/guides/boundaries.md."
)]
pub struct AreasCommand {
    #[command(flatten)]
    place: PlaceOptions,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Take in the boundaries of all areas: every mistake at once, and all of them or none.
    #[command(
        after_help = "Each feature is found in the pack by its code (properties code, id, ma_xa …), else by its \
        name (name, ten, fullName …).\nRunning servers use the new boundaries within seconds."
    )]
    Import(ImportOptions),
    /// The versions there are, and which one is in force.
    List,
}

#[derive(Debug, Args)]
struct ImportOptions {
    /// A `GeoJSON` `FeatureCollection` of polygons in WGS84, plain or packed as .xz.
    #[arg(value_name = "FILE.geojson[.xz]")]
    file: PathBuf,
    /// The property that holds the code of the area.
    #[arg(long, value_name = "PROPERTY")]
    code: Option<String>,
    /// The property that holds its name.
    #[arg(long, value_name = "PROPERTY")]
    name: Option<String>,
    /// The first day of these boundaries, for a change that is decided but not yet in force. Today if not given.
    #[arg(long, value_name = "YYYY-MM-DD")]
    valid_from: Option<Date>,
    /// Check the file and write nothing.
    #[arg(long)]
    dry_run: bool,
}

pub fn run(command: AreasCommand, out: &mut impl Write) -> Result<(), Stop> {
    match command.action {
        Action::Import(options) if options.dry_run => {
            let boundaries = checked(&command.place.pack()?, &options, out)?;
            writeln!(out, "{}; nothing was written", summary(&boundaries))?;
            Ok(())
        }
        Action::Import(options) => {
            let boundaries = checked(&command.place.pack()?, &options, out)?;
            let summary = summary(&boundaries);
            let place = command.place.open()?;
            let ctx = place.ctx.clone();
            let from = options.valid_from.unwrap_or_else(|| ctx.pack.local_date(ctx.now));
            let version = place.db.write_blocking(move |conn| {
                let version = import::save(conn, &boundaries, from)?;
                audit::note(conn, &ctx, audit::What::BoundariesImported, &version.to_string())?;
                Ok::<_, Error>(version)
            })?;
            writeln!(out, "{summary}; written as version {version}, valid from {from}")?;
            Ok(())
        }
        Action::List => list(&command.place, out),
    }
}

fn checked(pack: &Pack, options: &ImportOptions, out: &mut impl Write) -> Result<Boundaries, Stop> {
    let file = options.file.display();
    let text = text(&options.file).map_err(|error| format!("{file}: {error}"))?;
    let properties = Properties { code: options.code.clone(), name: options.name.clone() };
    let boundaries = import::check(pack, &text, &properties).map_err(|mistakes| {
        let mut lines: Vec<String> = mistakes.iter().map(|m| format!("{file}: {m}")).collect();
        let noun = if mistakes.len() == 1 { "mistake" } else { "mistakes" };
        lines.push(format!("{} {noun}, nothing was written", mistakes.len()));
        lines.join("\n")
    })?;
    for warning in &boundaries.warnings {
        writeln!(out, "{file}: warning: {warning}")?;
    }
    Ok(boundaries)
}

fn text(path: &Path) -> std::io::Result<String> {
    let file = File::open(path)?;
    let most = limits::BOUNDARY_FILE_BYTES;
    let packed = path.extension().is_some_and(|extension| extension == "xz");
    let source: Box<dyn Read> =
        if packed { Box::new(XzDecoder::new_multi_decoder(file)) } else { Box::new(file) };
    let mut text = String::new();
    if source.take(most + 1).read_to_string(&mut text)? as u64 > most {
        return Err(std::io::Error::other(format!("it has more than {most} bytes")));
    }
    Ok(text)
}

fn summary(boundaries: &Boundaries) -> String {
    let rings =
        boundaries.regions.iter().flat_map(|(_, region)| region.polygons().iter().flatten());
    let positions: usize = rings.map(Vec::len).sum();
    format!("sound: {} areas with {positions} positions", boundaries.regions.len())
}

fn list(place: &PlaceOptions, out: &mut impl Write) -> Result<(), Stop> {
    let place = place.open()?;
    let today = place.ctx.pack.local_date(place.ctx.now);
    let versions = place.db.read_blocking(store::versions)?;
    if versions.is_empty() {
        writeln!(out, "no boundaries: a place lies in the area whose centre is nearest")?;
    }
    let in_force = versions.iter().filter(|v| v.valid_from <= today).map(|v| v.version).max();
    for v in versions {
        let state = if Some(v.version) == in_force {
            "\tin force"
        } else if v.valid_from > today && Some(v.version) > in_force {
            "\tto come"
        } else {
            ""
        };
        writeln!(
            out,
            "version {}\tvalid from {}\t{} areas{state}",
            v.version, v.valid_from, v.areas
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        command: AreasCommand,
    }

    fn nhip_areas(data: &Path, words: &[&str]) -> Result<String, String> {
        let place = ["areas", "--pack", "cities/harbour", "--data", data.to_str().unwrap()];
        let line = Line::try_parse_from(place.iter().chain(words)).map_err(|e| e.to_string())?;
        let mut out = Vec::new();
        run(line.command, &mut out).map_err(|stop| stop.message)?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn boundaries_are_checked_then_written_as_a_version_and_listed() {
        let folder = tempfile::tempdir().unwrap();
        let good = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guides/harbour.geojson");
        let data = folder.path().join("data");
        let say = |words: &[&str]| nhip_areas(&data, words);
        let dry = say(&["import", good, "--dry-run"]).unwrap();
        assert!(
            dry.starts_with("sound: 4 areas with ") && dry.contains("nothing was written"),
            "{dry}"
        );
        assert!(!data.exists(), "a dry run leaves nothing behind");
        assert!(say(&["list"]).unwrap().starts_with("no boundaries"));

        let packed = folder.path().join("harbour.geojson.xz");
        let mut xz = liblzma::write::XzEncoder::new(File::create(&packed).unwrap(), 6);
        xz.write_all(&std::fs::read(good).unwrap()).unwrap();
        xz.finish().unwrap();
        let past = ["import", packed.to_str().unwrap(), "--valid-from", "2025-07-01"];
        assert!(say(&past).unwrap().ends_with("; written as version 1, valid from 2025-07-01\n"));
        say(&["import", good, "--name", "name", "--valid-from", "2999-01-01"]).unwrap();
        let listed = say(&["list"]).unwrap();
        let lines: Vec<&str> = listed.lines().collect();
        assert_eq!(
            lines,
            [
                "version 1\tvalid from 2025-07-01\t4 areas\tin force",
                "version 2\tvalid from 2999-01-01\t4 areas\tto come",
            ]
        );
    }

    #[test]
    fn a_file_with_mistakes_is_told_line_by_line_and_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bad.geojson");
        std::fs::write(
            &file,
            r#"{"type":"FeatureCollection","features":[{"properties":{"code":"x"}}]}"#,
        )
        .unwrap();
        let told = nhip_areas(folder.path(), &["import", file.to_str().unwrap()]).unwrap_err();
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines.len(), 7, "{told}");
        assert!(lines[0].contains("bad.geojson: feature 1 (x): the pack has no area"), "{told}");
        assert_eq!(lines[6], "6 mistakes, nothing was written");
        assert!(nhip_areas(folder.path(), &["list"]).unwrap().starts_with("no boundaries"));
        assert!(
            nhip_areas(folder.path(), &["import", "nowhere.geojson"])
                .unwrap_err()
                .contains("nowhere")
        );
    }
}
