//! Photos in AVIF: the decoder runs in a process of its own, and may die there.

#![cfg(feature = "avif")]

use bytes::Bytes;
use jiff::Timestamp;
use nhip::media::{Accept, Blobs, Media, StoredPhoto, Upload, receive};
use nhip::platform::ctx::Ids;
use nhip::platform::error::{Error, Result};
use std::path::Path;

const SAMPLE: &[u8] = include_bytes!("../../src/media/avif/samples/orientation_6.avif");

async fn take(photo: Vec<u8>) -> Result<Vec<StoredPhoto>> {
    let folder = tempfile::tempdir().unwrap();
    let media = Media::new(Blobs::folder(folder.path()).unwrap())
        .with_helper(Some(Path::new(env!("CARGO_BIN_EXE_nhip"))));
    let upload = Upload { name: None, bytes: Bytes::from(photo) };
    receive(&media, vec![upload], Accept::Photos, &Ids::seeded(1), Timestamp::UNIX_EPOCH).await
}

#[tokio::test]
async fn an_avif_photo_is_decoded_and_turned_upright() {
    let stored = take(SAMPLE.to_vec()).await.unwrap();
    assert_eq!((stored[0].width, stored[0].height), (32, 64));
}

/// These eight bytes abort the process of the decoder (memorysafety/rav1d, issue 1476).
#[tokio::test]
async fn a_photo_that_kills_its_decoder_is_only_damaged() {
    const DEADLY: [u8; 8] = [47, 47, 5, 4, 128, 0, 0, 0];
    let mut photo = SAMPLE.to_vec();
    let data = photo.windows(4).position(|name| name == b"mdat").unwrap() + 4;
    let coded = photo.len() - data;
    photo[data..].copy_from_slice(&DEADLY.repeat(coded / 8 + 1)[..coded]);
    let Err(Error::Unacceptable { key, .. }) = take(photo).await else { panic!("it was taken") };
    assert_eq!(key, "photo-damaged");
}
