//! From bytes in a request to files in place, ready to be referred to.
//!
//! All or nothing: every upload is decoded before the first file is written. Pictures are worked on
//! off the async threads, one per core at a time; further uploads wait for their turn without
//! holding anything but their own bytes.

use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;

use bytes::Bytes;
use domain::ids::MediaId;
use futures_util::future::try_join_all;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

use super::container::{Kind, sniff, whole};
use super::process::{Variants, process};
use super::room::Room;
use super::store::{MediaKind, StoredPhoto};
use super::{BlobError, Blobs, PhotoRefusal};
use crate::platform::ctx::Ids;
use crate::platform::error::{Error, Result};
use crate::platform::hex::hex;
use crate::platform::limits;

/// A file of a form, at most [`limits::PHOTO_BYTES`] long.
#[derive(Debug, Clone)]
pub struct Upload {
    /// As the sender's device called it; shown only for documents.
    pub name: Option<String>,
    pub bytes: Bytes,
}

/// Who may send what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// Photos, from anybody.
    Photos,
    /// Photos and PDF documents, from staff as evidence.
    Evidence,
}

/// The blob store and the places at the workbench. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Media {
    pub blobs: Blobs,
    /// This program, to be started again for AVIF.
    helper: Option<Arc<Path>>,
    pub(super) workers: Arc<Semaphore>,
    pub(super) room: Arc<Room>,
}

impl Media {
    /// Opens the storage at `address` (see [`Blobs::open`]), or the folder if there is none.
    pub fn open(address: Option<&str>, folder: &Path) -> Result<Self, BlobError> {
        match address {
            Some(address) => Ok(Self::new(Blobs::open(address)?)),
            None => {
                Ok(Self { room: Arc::new(Room::on(folder)), ..Self::new(Blobs::folder(folder)?) })
            }
        }
    }

    pub fn new(blobs: Blobs) -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        let (workers, room) = (Arc::new(Semaphore::new(cores)), Arc::default());
        Self { blobs, helper: None, workers, room }
    }

    /// The same workbench with a store of its own, for what waits.
    pub(super) fn apart(&self, folder: &str) -> Self {
        Self { blobs: self.blobs.apart(folder), ..self.clone() }
    }

    /// Takes AVIF too, decoded by the program at `path` (see [`super::avif`]).
    #[must_use]
    pub fn with_helper(self, path: Option<&Path>) -> Self {
        Self { helper: path.filter(|_| super::avif::BUILT_IN).map(Arc::from), ..self }
    }
}

/// Checks, re-encodes and stores. When this answers, the files are durable; the rows are not
/// written yet: hand each photo to [`super::store::insert`] inside the transaction that needs it.
pub async fn receive(
    media: &Media,
    uploads: Vec<Upload>,
    accept: Accept,
    ids: &Ids,
    now: Timestamp,
) -> Result<Vec<StoredPhoto>> {
    if uploads.len() > limits::PHOTOS {
        return Err(PhotoRefusal::TooMany.into());
    }
    if !uploads.is_empty() {
        media.room.for_one()?;
    }
    let ready =
        try_join_all(uploads.into_iter().map(|upload| prepare(media, upload, accept))).await?;
    try_join_all(ready.into_iter().map(|ready| keep(media, ready, ids, now))).await
}

/// Puts a picture in place that is already pixels, such as a drawn one of the demo.
pub async fn keep_variants(
    media: &Media,
    variants: Variants,
    ids: &Ids,
    now: Timestamp,
) -> Result<StoredPhoto> {
    let original = Bytes::copy_from_slice(&variants.large);
    keep(media, Ready { name: None, original, content: Content::Photo(variants) }, ids, now).await
}

struct Ready {
    name: Option<String>,
    original: Bytes,
    content: Content,
}

enum Content {
    Photo(Variants),
    Document,
}

async fn prepare(media: &Media, upload: Upload, accept: Accept) -> Result<Ready> {
    let Upload { name, bytes: original } = upload;
    if original.len() > limits::PHOTO_BYTES {
        return Err(PhotoRefusal::TooLarge.into());
    }
    let kind = sniff(&original)?;
    if kind == Kind::Pdf && accept == Accept::Evidence {
        whole(kind, &original)?;
        return Ok(Ready { name, original, content: Content::Document });
    }
    let place = Arc::clone(&media.workers).acquire_owned().await;
    let place = place.map_err(|closed| Error::failed("waiting to decode a photo", closed))?;
    let (bytes, helper) = (original.clone(), media.helper.clone());
    let work = tokio::task::spawn_blocking(move || {
        // The place is given back when the work is done, also if the client has gone meanwhile.
        let _place = place;
        process(&bytes, helper.as_deref())
    });
    match work.await {
        Ok(variants) => Ok(Ready { name, original, content: Content::Photo(variants?) }),
        // A decoder that gave up in a panic met a picture it could not make sense of.
        Err(broken) if broken.is_panic() => Err(PhotoRefusal::Damaged.into()),
        Err(stopped) => Err(Error::failed("decoding a photo", stopped)),
    }
}

async fn keep(media: &Media, ready: Ready, ids: &Ids, now: Timestamp) -> Result<StoredPhoto> {
    let put = async |bytes: Bytes, ending: &str| {
        let kept = media.blobs.put(bytes, ending).await;
        kept.map_err(|error| Error::not_written("storing a photo", &error))
    };
    let id = MediaId::parse(&ids.time_ordered(now))
        .map_err(|error| Error::failed("naming a photo", error))?;
    let (sha256, bytes) = (hex(&Sha256::digest(&ready.original)), ready.original.len() as u64);
    Ok(match ready.content {
        Content::Photo(Variants { large, small, width, height, phash }) => StoredPhoto {
            id,
            sha256,
            phash: Some(phash),
            kind: MediaKind::Photo,
            large_key: put(large.into(), "large.jpg").await?,
            small_key: Some(put(small.into(), "small.jpg").await?),
            width,
            height,
            bytes,
            name: None,
        },
        Content::Document => StoredPhoto {
            id,
            sha256,
            phash: None,
            kind: MediaKind::Document,
            large_key: put(ready.original, "pdf").await?,
            small_key: None,
            width: 0,
            height: 0,
            bytes,
            name: ready.name,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::process::tests::{jpeg, scene};
    use tempfile::TempDir;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;
    const PDF: &[u8] = b"%PDF-1.4\nminutes of the meeting\n%%EOF\n";

    fn bench() -> (TempDir, Media) {
        let folder = tempfile::tempdir().unwrap();
        let media = Media::open(None, folder.path()).unwrap();
        (folder, media)
    }

    fn upload(bytes: impl Into<Bytes>) -> Upload {
        Upload { name: Some("IMG_1.jpg".to_owned()), bytes: bytes.into() }
    }

    async fn take(media: &Media, uploads: Vec<Upload>, accept: Accept) -> Result<Vec<StoredPhoto>> {
        receive(media, uploads, accept, &Ids::seeded(1), NOW).await
    }

    fn refused(outcome: &Result<Vec<StoredPhoto>>, expected: PhotoRefusal) {
        let Err(Error::Unacceptable { key, .. }) = outcome else { panic!("{outcome:?}") };
        assert_eq!(*key, expected.code());
    }

    fn files(folder: &TempDir) -> usize {
        let shelves = std::fs::read_dir(folder.path()).unwrap();
        shelves.map(|shelf| std::fs::read_dir(shelf.unwrap().path()).unwrap().count()).sum()
    }

    #[tokio::test]
    async fn a_photo_arrives_with_both_files_in_place() {
        let (folder, media) = bench();
        let photo = jpeg(&scene(2000, 1000, 1));
        let stored = take(&media, vec![upload(photo)], Accept::Photos).await.unwrap();
        let [stored] = stored.as_slice() else { panic!("{stored:?}") };
        assert_eq!((stored.width, stored.height, stored.kind), (1600, 800, MediaKind::Photo));
        assert!(stored.large_key.ends_with(".large.jpg"));
        let large = media.blobs.get(&stored.large_key).await.unwrap();
        let small = media.blobs.get(stored.small_key.as_deref().unwrap()).await.unwrap();
        assert!(small.len() < large.len());
        assert_eq!((files(&folder), &stored.name), (2, &None));
    }

    #[tokio::test]
    async fn one_bad_photo_turns_all_away_and_nothing_is_written() {
        let (folder, media) = bench();
        let good = jpeg(&scene(300, 200, 1));
        let half = Bytes::copy_from_slice(&good[..good.len() / 2]);
        let uploads = vec![upload(good), upload(half)];
        refused(&take(&media, uploads, Accept::Photos).await, PhotoRefusal::Truncated);
        assert_eq!(files(&folder), 0);
    }

    #[tokio::test]
    async fn too_many_and_too_large_are_told_apart() {
        let (_folder, media) = bench();
        let good = Bytes::from(jpeg(&scene(30, 20, 1)));
        let six = vec![upload(good); limits::PHOTOS + 1];
        refused(&take(&media, six, Accept::Photos).await, PhotoRefusal::TooMany);
        let huge = vec![upload(vec![0_u8; limits::PHOTO_BYTES + 1])];
        refused(&take(&media, huge, Accept::Photos).await, PhotoRefusal::TooLarge);
    }

    #[tokio::test]
    async fn documents_are_for_staff_and_kept_as_they_are() {
        let (_folder, media) = bench();
        let pdf = || vec![Upload { name: Some("minutes.pdf".to_owned()), bytes: PDF.into() }];
        let kind = PhotoRefusal::UnsupportedKind { kind: "PDF" };
        refused(&take(&media, pdf(), Accept::Photos).await, kind);
        let stored = take(&media, pdf(), Accept::Evidence).await.unwrap();
        assert_eq!(stored[0].kind, MediaKind::Document);
        assert_eq!(stored[0].name.as_deref(), Some("minutes.pdf"));
        assert_eq!(media.blobs.get(&stored[0].large_key).await.unwrap(), PDF);
    }

    #[tokio::test]
    async fn the_same_photo_twice_has_one_fingerprint_and_two_ids() {
        let (_folder, media) = bench();
        let photo = Bytes::from(jpeg(&scene(300, 200, 4)));
        let uploads = vec![upload(photo.clone()), upload(photo)];
        let stored = take(&media, uploads, Accept::Photos).await.unwrap();
        assert_eq!(stored[0].sha256, stored[1].sha256);
        assert_eq!(stored[0].phash, stored[1].phash);
        assert_ne!(stored[0].id, stored[1].id);
    }
}
