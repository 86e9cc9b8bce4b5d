//! An edition: the files of the open data as of one moment, the same on every node.
//!
//! One node claims the next number in the database and writes the files to where the photos lie, which all nodes share; the
//! row that names them, with their hashes, makes them the edition. Killed on the way, it has named nothing, and another
//! node writes the next one when the claim has run out. Numbers only go up, whatever the clocks say: a writer that is done
//! after a newer edition came is not served.

use super::table::not_written;
use super::{FOLDER, store, write};
use crate::media::{BlobError, Blobs};
use crate::platform::ctx::Ctx;
use crate::platform::db::Db;
use crate::platform::error::{Error, Result};
use bytes::Bytes;
use domain::refusal::Refusal;
use futures_util::stream::BoxStream;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

/// An edition from further ahead than clocks of nodes are apart was dated by a clock that is wrong.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    pub number: i64,
    pub as_of: Timestamp,
    /// By name.
    pub files: BTreeMap<String, File>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    pub bytes: u64,
    /// SHA-256, in hex.
    pub hash: String,
}

impl Edition {
    /// Whether it is of this local day, or dated by a clock a little ahead of ours.
    fn is_of_today(&self, ctx: &Ctx) -> bool {
        let day = |at| ctx.pack.local_date(at);
        day(self.as_of) >= day(ctx.now) && self.as_of.duration_since(ctx.now) < AHEAD
    }

    /// Bytes of one of its files.
    pub async fn read(
        &self,
        blobs: &Blobs,
        name: &str,
        part: Range<u64>,
    ) -> Result<BoxStream<'static, Result<Bytes, BlobError>>> {
        let found = blobs.apart(FOLDER).stream(&key(self.number, name), part).await;
        found.map_err(|error| {
            if matches!(error, BlobError::Missing(_)) {
                Refusal::NotFound.into()
            } else {
                Error::failed("read the open data", error)
            }
        })
    }
}

fn key(number: i64, name: &str) -> String {
    format!("{number}/{name}")
}

/// What every node serves now.
pub async fn newest(db: &Db) -> Result<Option<Edition>> {
    Ok(db.read(store::newest).await?)
}

/// Writes the edition of today if nobody has, or if its files are lost.
pub async fn daily(db: &Db, blobs: &Blobs, ctx: &Ctx, folder: &Path) -> Result<()> {
    if let Some(newest) = newest(db).await?.filter(|newest| newest.is_of_today(ctx)) {
        let (kept, last) = (blobs.apart(FOLDER), newest.files.keys().next_back());
        let there = match last {
            Some(last) => kept.has(&key(newest.number, last)).await,
            None => Ok(false),
        };
        if there.map_err(|e| Error::failed("look for the open data", e))? {
            return Ok(());
        }
    }
    write(db, blobs, ctx, folder).await.map(drop)
}

/// Writes the next edition, as of now, by way of a folder of this node. `None`: somebody is writing one, or was faster.
pub async fn write(db: &Db, blobs: &Blobs, ctx: &Ctx, folder: &Path) -> Result<Option<Edition>> {
    let now = ctx.now;
    let Some(number) = db.write(move |conn| store::claim(conn, now)).await? else {
        return Ok(None);
    };
    let written = written(db, blobs, ctx, (number, folder)).await;
    let tidied = tokio::fs::remove_dir_all(folder).await;
    if !matches!(written, Ok(Some(_))) {
        db.write(move |conn| store::give_up(conn, number)).await?;
    }
    let edition = written?;
    tidied.map_err(|e| not_written(&e))?;
    Ok(edition)
}

async fn written(
    db: &Db,
    blobs: &Blobs,
    ctx: &Ctx,
    (number, folder): (i64, &Path),
) -> Result<Option<Edition>> {
    write::write(db, ctx, folder).await?;
    let edition = Edition { number, as_of: ctx.now, files: keep(blobs, number, folder).await? };
    publish(db, blobs, edition).await
}

/// Puts the files of a folder to where every node finds those of this number.
pub async fn keep(blobs: &Blobs, number: i64, folder: &Path) -> Result<BTreeMap<String, File>> {
    let (kept, mut files) = (blobs.apart(FOLDER), BTreeMap::new());
    let mut there = tokio::fs::read_dir(folder).await.map_err(|e| not_written(&e))?;
    while let Some(file) = there.next_entry().await.map_err(|e| not_written(&e))? {
        let name = file.file_name().to_string_lossy().into_owned();
        let put = kept.put_file(&key(number, &name), &file.path()).await;
        let (bytes, hash) = put.map_err(|e| Error::not_written("keep the open data", &e))?;
        files.insert(name, File { bytes, hash });
    }
    Ok(files)
}

/// Makes files that are kept the edition that is served, unless a newer one is; then removes what nobody names any more.
pub async fn publish(db: &Db, blobs: &Blobs, edition: Edition) -> Result<Option<Edition>> {
    let (named, number) = (edition.clone(), edition.number);
    let published = db.write(move |conn| {
        let published = store::publish(conn, &named)?;
        Ok::<_, Error>((published, store::numbers(conn)?))
    });
    let (published, numbers) = published.await?;
    // Files of a higher number belong to whoever has claimed it since.
    let wanted =
        |folder: &str| folder.parse::<i64>().is_ok_and(|n| n > number || numbers.contains(&n));
    let removed = blobs.apart(FOLDER).keep_only(wanted).await;
    removed.map_err(|e| Error::failed("remove old open data", e))?;
    Ok(published.then_some(edition))
}
