//! `nhip open-data` and `nhip recompute DIR`: write the open data now; count the numbers in them again.

use super::Stop;
use super::place::{Place, PlaceOptions};
use crate::media::Media;
use crate::oversight::open_data::{FOLDER, edition, write};
use crate::platform::data_folder;
use clap::Args;
use jiff::civil::DateTime;
use recompute::recompute;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Differences that are told one by one.
const TOLD: usize = 50;

#[derive(Debug, Clone, Args)]
pub struct OpenDataOptions {
    #[command(flatten)]
    pub place: PlaceOptions,
    /// A folder for the files alone. Without it they take the place of those that every node offers.
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
    /// Where the city's photos are, as for `nhip serve`.
    #[arg(long, env = "NHIP_MEDIA", value_name = "URL")]
    pub media: Option<String>,
    /// The day that a demo city lives on, as `nhip demo --until` was given it. Default: now.
    #[arg(long, value_name = "DATE", value_parser = crate::options::civil, hide = true)]
    pub until: Option<DateTime>,
}

pub fn write_now(options: &OpenDataOptions, out: &mut impl Write) -> Result<(), Stop> {
    let Place { db, mut ctx, .. } = options.place.open()?;
    if let Some(until) = options.until {
        let at = ctx.pack.calendar.zone().to_timestamp(until);
        ctx.now = at.map_err(|e| format!("--until {until}: {e}"))?;
    }
    if let Some(folder) = &options.to {
        write::write_blocking(&db, &ctx, folder)?;
        writeln!(out, "{}", folder.display())?;
        return Ok(());
    }
    let data = &options.place.data;
    let media = Media::open(options.media.as_deref(), &data.join(data_folder::MEDIA))?;
    let folder = data.join(FOLDER);
    let written = edition::write(&db, &media.blobs, &ctx, &folder);
    let Some(edition) = crate::serve::runtime()?.block_on(written)? else {
        return Err(Stop { message: "a server is writing them now".to_owned(), code: 1 });
    };
    writeln!(out, "edition {}, as of {}", edition.number, edition.as_of)?;
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
