//! Photos as small as a phone needs them: in a list, and in a page.
//!
//! The two pictures of a photo ([`super::process`]) are for whoever looks closely. On a slow phone one of them weighs as
//! much as the page around it, so lists and pages show reductions with a weight limit of their own. They are made from
//! what is kept when somebody asks for the first time, and kept beside it under its name: photos of years ago get them
//! like those of today, nothing that was signed or hashed changes, and whoever loses them loses nothing.

use std::sync::Arc;

use bytes::Bytes;
use image::{DynamicImage, RgbImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::process::shrink;
use super::{BlobError, Media};
use crate::platform::error::{Error, Result};

/// Where they lie in the store. A change to how they are made gets a new folder.
const FOLDER: &str = "reduced-1";

/// What is tried, from the best: the longest side in pixels, and JPEG quality. On a screen with two dots for a pixel of
/// the page, many dots at a low quality look better than few at a high one.
type Steps = [(u32, u8)];

/// A reduction of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reduced {
    /// For a list, where it stands about a hundred pixels wide.
    Thumb,
    /// For a page on a phone, as wide as the page.
    Phone,
}

impl Reduced {
    /// Bytes it should not be heavier than. The last step is taken in any case.
    pub const fn weight(self) -> usize {
        match self {
            Self::Thumb => 3_600,
            Self::Phone => 20_000,
        }
    }

    fn steps(self) -> &'static Steps {
        match self {
            Self::Thumb => {
                &[(216, 70), (216, 55), (216, 45), (216, 35), (192, 32), (168, 30), (144, 25)]
            }
            Self::Phone => {
                &[(720, 60), (720, 48), (640, 42), (640, 34), (560, 32), (480, 30), (400, 25)]
            }
        }
    }

    /// The end of its name in the store, and of its address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Thumb => "thumb.jpg",
            Self::Phone => "phone.jpg",
        }
    }
}

/// The reduction of a kept photo, made now if nobody has asked for it yet.
pub(super) async fn of(media: &Media, source: &str, which: Reduced) -> Result<Option<Bytes>> {
    let (store, name) = (media.blobs.apart(FOLDER), format!("{source}.{}", which.name()));
    match store.get(&name).await {
        Ok(bytes) => return Ok(Some(bytes)),
        Err(BlobError::Missing(_)) => {}
        Err(error) => return Err(Error::failed("reading a reduced photo", error)),
    }
    let bytes = match media.blobs.get(source).await {
        Ok(bytes) => bytes,
        Err(BlobError::Missing(_)) => return Ok(None),
        Err(error) => return Err(Error::failed("reading a photo", error)),
    };
    let place = Arc::clone(&media.workers).acquire_owned().await;
    let place = place.map_err(|closed| Error::failed("waiting to reduce a photo", closed))?;
    let work = tokio::task::spawn_blocking(move || {
        let _place = place;
        let picture = image::load_from_memory(&bytes).ok()?;
        made(&picture, which)
    });
    let made = work.await.map_err(|stopped| Error::failed("reducing a photo", stopped))?;
    let made = made.ok_or_else(|| Error::failed("reducing a photo", "not a picture"))?;
    // A full disk is no reason to show nothing; the next reader tries again.
    if let Err(error) = store.put_as(&name, made.clone()).await {
        tracing::warn!(%error, name, "a reduced photo was not kept");
    }
    Ok(Some(made))
}

/// The first step that is light enough, or the last.
fn made(picture: &DynamicImage, which: Reduced) -> Option<Bytes> {
    let mut last: Option<(u32, RgbImage)> = None;
    let mut lightest = None;
    for (side, quality) in which.steps() {
        let at_hand = last.take().filter(|(had, _)| had == side).map(|(_, drawn)| drawn);
        let drawn = match at_hand {
            Some(drawn) => drawn,
            None => shrink(picture.clone(), *side).ok()?.into_rgb8(),
        };
        let jpeg = encode(&drawn, *quality)?;
        let fits = jpeg.len() <= which.weight();
        lightest = Some(Bytes::from(jpeg));
        if fits {
            break;
        }
        last = Some((*side, drawn));
    }
    lightest
}

/// With everything that makes a small JPEG smaller and costs only a moment here.
fn encode(picture: &RgbImage, quality: u8) -> Option<Vec<u8>> {
    let side = |length: u32| u16::try_from(length).ok();
    let (width, height) = (side(picture.width())?, side(picture.height())?);
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, quality);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    encoder.encode(picture.as_raw(), width, height, ColorType::Rgb).ok()?;
    Some(jpeg)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::process::tests::{jpeg, scene};
    use crate::media::{Accept, Blobs, Upload, receive};
    use crate::platform::ctx::Ids;
    use image::{Rgb, RgbImage};
    use jiff::Timestamp;

    fn size(bytes: &[u8]) -> (u32, u32) {
        let picture = image::load_from_memory(bytes).unwrap();
        (picture.width(), picture.height())
    }

    #[test]
    fn a_reduction_is_as_large_as_its_weight_allows() {
        let plain = DynamicImage::ImageRgb8(RgbImage::from_pixel(1600, 1200, Rgb([90, 120, 60])));
        assert_eq!(size(&made(&plain, Reduced::Thumb).unwrap()), (216, 162));
        assert_eq!(size(&made(&plain, Reduced::Phone).unwrap()), (720, 540));
        let busy = DynamicImage::ImageRgb8(scene(1600, 1200, 3));
        for which in [Reduced::Thumb, Reduced::Phone] {
            let made = made(&busy, which).unwrap();
            let (width, _) = size(&made);
            let smallest = which.steps().last().unwrap().0;
            assert!(made.len() <= which.weight() || width == smallest, "{} bytes", made.len());
        }
        let small = DynamicImage::ImageRgb8(RgbImage::from_pixel(80, 100, Rgb([90, 120, 60])));
        assert_eq!(size(&made(&small, Reduced::Phone).unwrap()), (80, 100), "never larger");
    }

    #[tokio::test]
    async fn it_is_made_once_beside_what_it_was_made_of() {
        let folder = tempfile::tempdir().unwrap();
        let media = Media::new(Blobs::folder(folder.path()).unwrap());
        let upload = Upload { name: None, bytes: jpeg(&scene(900, 600, 1)).into() };
        let now = Timestamp::UNIX_EPOCH;
        let stored = receive(&media, vec![upload], Accept::Photos, &Ids::seeded(1), now).await;
        let source = stored.unwrap().remove(0).large_key;
        let before = media.blobs.get(&source).await.unwrap();
        let first = of(&media, &source, Reduced::Thumb).await.unwrap().unwrap();
        assert_eq!(media.blobs.get(&source).await.unwrap(), before);
        let kept = folder.path().join(FOLDER).join(format!("{source}.thumb.jpg"));
        assert_eq!(std::fs::read(&kept).unwrap(), first);
        // What is kept is given; what was lost is made anew, the same.
        std::fs::write(&kept, b"kept").unwrap();
        assert_eq!(of(&media, &source, Reduced::Thumb).await.unwrap().unwrap(), "kept");
        std::fs::remove_file(&kept).unwrap();
        assert_eq!(of(&media, &source, Reduced::Thumb).await.unwrap().unwrap(), first);
        assert_eq!(of(&media, "aa/bb.large.jpg", Reduced::Thumb).await.unwrap(), None);
    }
}
