//! `nhip open-data` and `nhip recompute DIR`: write the open data now; count the numbers in them again.

use super::Stop;
use super::place::{Place, PlaceOptions};
use crate::oversight::open_data::{FOLDER, write};
use crate::oversight::recompute::recompute;
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Differences that are told one by one.
const TOLD: usize = 50;

#[derive(Debug, Clone, Args)]
pub struct OpenDataOptions {
    #[command(flatten)]
    pub place: PlaceOptions,
    /// Where the files go. Default: DATA/open-data, from where a running server offers them.
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
}

pub fn write_now(options: &OpenDataOptions, out: &mut impl Write) -> Result<(), Stop> {
    let Place { db, ctx, .. } = options.place.open()?;
    let folder = options.to.clone().unwrap_or_else(|| options.place.data.join(FOLDER));
    write::write_blocking(&db, &ctx, &folder)?;
    writeln!(out, "{}", folder.display())?;
    Ok(())
}

pub fn check(folder: &Path, out: &mut impl Write) -> Result<(), Stop> {
    let verdict = recompute(folder).map_err(|message| Stop { message, code: 2 })?;
    for difference in verdict.differences.iter().take(TOLD) {
        writeln!(out, "{difference}")?;
    }
    let (n, all) = (verdict.differences.len(), verdict.compared);
    if n > TOLD {
        writeln!(out, "… and {} more", n - TOLD)?;
    }
    if n > 0 {
        return Err(Stop { message: format!("{n} of {all} numbers differ"), code: 1 });
    }
    writeln!(out, "{all} numbers over {} reports: all of them agree", verdict.reports)?;
    Ok(())
}
