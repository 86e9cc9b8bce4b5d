//! `nhip backup`: a copy of a city that is in use, made so that it can be served at once.
//!
//! The database first, then photos and documents: a file is in place before a row names it, and never changes. The keys
//! of the vault are left where they are: who has them and the database can read every name.

use super::Stop;
use crate::oversight::open_data;
use crate::platform::db::copy_sqlite;
use clap::Args;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct BackupOptions {
    /// Where the copy goes; a copy that is there already is brought up to date.
    #[arg(value_name = "TARGET")]
    pub target: PathBuf,
    /// Folder of the city, as for `nhip serve`.
    #[arg(long, env = "NHIP_DATA", value_name = "DIR", default_value = "./data")]
    pub data: PathBuf,
    /// `postgres://…`: its copy is made by `pg_dump`; photos and documents are copied all the same.
    #[arg(long, env = "NHIP_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// Copies the key file of the vault too, with all keys in it. Keep such a copy as you keep the file itself.
    #[arg(long)]
    pub with_key: bool,
    /// The key file, as for `nhip serve`. Default: DATA/vault.key.
    #[arg(long, env = "NHIP_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<PathBuf>,
}

const DATABASE: &str = "nhip.sqlite";
const KEY: &str = "vault.key";

pub fn run(options: &BackupOptions, out: &mut impl Write) -> Result<(), Stop> {
    let (data, target) = (&options.data, &options.target);
    fs::create_dir_all(target).map_err(|e| format!("{}: {e}", target.display()))?;
    if options.database.is_some() {
        writeln!(out, "left out\tdatabase\tuse pg_dump; see docs/operations/running.md")?;
    } else {
        let bytes = database(data, target)?;
        writeln!(out, "copied\tdatabase\t{bytes} bytes")?;
    }
    let media = data.join("media");
    if media.is_dir() {
        let (fresh, known) = copy_folder(&media, &target.join("media"))?;
        writeln!(out, "copied\tmedia\t{fresh} files, {known} were there")?;
    }
    let from = options.key_file.clone().unwrap_or_else(|| data.join(KEY));
    if options.with_key {
        let to = target.join(KEY);
        fs::copy(&from, &to).map_err(|e| format!("{}: {e}", from.display()))?;
        writeln!(out, "copied\tkey\t{}", to.display())?;
    } else {
        writeln!(out, "left out\tkey\t{}; keep a copy of it apart", from.display())?;
    }
    Ok(())
}

/// Beside the old copy first, so that there is a whole one at every moment.
fn database(data: &Path, target: &Path) -> Result<u64, Stop> {
    let (from, to) = (data.join(DATABASE), target.join(DATABASE));
    if !from.is_file() {
        return Err(Stop { message: format!("{}: there is no database", from.display()), code: 2 });
    }
    let making = target.join("nhip.sqlite.part");
    match fs::remove_file(&making) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            return Err(format!("{}: {e}", making.display()).into());
        }
        _ => {}
    }
    let bytes = copy_sqlite(&from, &making)?;
    fs::rename(&making, &to).map_err(|e| format!("{}: {e}", to.display()))?;
    Ok(bytes)
}

/// Copies what is not there in its full length; how many files that were, and how many there were.
fn copy_folder(from: &Path, to: &Path) -> Result<(u64, u64), Stop> {
    fs::create_dir_all(to).map_err(|e| format!("{}: {e}", to.display()))?;
    let (mut fresh, mut known) = (0, 0);
    let told = |e: std::io::Error| format!("{}: {e}", from.display());
    for entry in fs::read_dir(from).map_err(told)? {
        let entry = entry.map_err(told)?;
        // A server that finds none writes them anew.
        if entry.file_name() == open_data::FOLDER {
            continue;
        }
        let (source, copy) = (entry.path(), to.join(entry.file_name()));
        let what = fs::metadata(&source).map_err(told)?;
        if what.is_dir() {
            let (a, b) = copy_folder(&source, &copy)?;
            (fresh, known) = (fresh + a, known + b);
        } else if fs::metadata(&copy).is_ok_and(|there| there.len() == what.len()) {
            known += 1;
        } else {
            fs::copy(&source, &copy).map_err(|e| format!("{}: {e}", copy.display()))?;
            fresh += 1;
        }
    }
    Ok((fresh, known))
}
