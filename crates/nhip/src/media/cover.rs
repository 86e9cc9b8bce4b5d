//! Parts of a photo covered with black, so that a face or a number plate is gone from what everybody sees.
//!
//! The covered picture is a new photo: black is drawn into its pixels, nothing lies under it. The photo it was drawn from
//! keeps its files for the moderators.

use super::process::variants_of;
use super::store::{Kept, StoredPhoto};
use super::{Media, keep_variants};
use crate::platform::ctx::Ids;
use crate::platform::error::{Error, Result};
use crate::platform::limits;
use domain::refusal::Refusal;
use image::{Rgb, RgbImage};
use jiff::Timestamp;

/// A black box on a photo, from its upper left corner, in per mille of the photo's sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Cover {
    pub left: u16,
    pub top: u16,
    pub width: u16,
    pub height: u16,
}

/// The whole side of a photo.
const WHOLE: u16 = 1_000;

impl Cover {
    /// From percentages as people write them, with a point or a comma. A box that reaches out of the photo is cut at its
    /// edge; one without a size, or beside the photo, is refused.
    pub fn parse(left: &str, top: &str, width: &str, height: &str) -> Result<Self, Refusal> {
        let [left, top, width, height] = [left, top, width, height].map(per_mille);
        let (Some(left), Some(top), Some(width), Some(height)) = (left, top, width, height) else {
            return Err(Refusal::Invalid { field: "boxes" });
        };
        let cover =
            Self { left, top, width: width.min(WHOLE - left), height: height.min(WHOLE - top) };
        if cover.width == 0 || cover.height == 0 {
            return Err(Refusal::Invalid { field: "boxes" });
        }
        Ok(cover)
    }

    /// Whether what lies in the middle of the other box is covered by this one.
    pub fn holds_middle_of(&self, other: &Self) -> bool {
        let within = |from: u16, size: u16, start: u16, whole: u16| {
            (from..=from + size).contains(&(start + whole / 2))
        };
        within(self.left, self.width, other.left, other.width)
            && within(self.top, self.height, other.top, other.height)
    }
}

fn per_mille(percent: &str) -> Option<u16> {
    let percent: f64 = percent.trim().replace(',', ".").parse().ok()?;
    (0.0..=100.0).contains(&percent).then(|| (percent * 10.0).round() as u16)
}

/// Draws the boxes into the photo and stores the result, ready for the transaction that names it.
pub async fn draw(
    media: &Media,
    original: &Kept,
    boxes: &[Cover],
    ids: &Ids,
    now: Timestamp,
) -> Result<StoredPhoto> {
    if boxes.len() > limits::COVERS {
        return Err(Refusal::Invalid { field: "boxes" }.into());
    }
    let bytes = media.blobs.get(&original.large_key).await;
    let bytes = bytes.map_err(|error| Error::failed("reading a photo", error))?;
    let drawn = boxes.to_vec();
    let work = tokio::task::spawn_blocking(move || {
        let mut picture = image::load_from_memory(&bytes).ok()?.into_rgb8();
        for cover in drawn {
            blacken(&mut picture, cover);
        }
        variants_of(picture).ok()
    });
    let variants = work.await.map_err(|stopped| Error::failed("covering a photo", stopped))?;
    let variants = variants.ok_or_else(|| Error::failed("covering a photo", "not a picture"))?;
    let stored = keep_variants(media, variants, ids, now).await?;
    // It is like the photo it was drawn from, and must not be found as a second use of it.
    Ok(StoredPhoto { phash: None, ..stored })
}

/// Every pixel that the box touches, so that no line of a face is left at an edge.
fn blacken(picture: &mut RgbImage, cover: Cover) {
    let (width, height) = picture.dimensions();
    let first = |part: u16, side: u32| u32::from(part) * side / u32::from(WHOLE);
    let after =
        |part: u16, side: u32| (u32::from(part) * side).div_ceil(u32::from(WHOLE)).min(side);
    for y in first(cover.top, height)..after(cover.top + cover.height, height) {
        for x in first(cover.left, width)..after(cover.left + cover.width, width) {
            picture.put_pixel(x, y, Rgb([0, 0, 0]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_read_from_percentages_and_cut_at_the_edge() {
        let cover = |left, top, width, height| Cover { left, top, width, height };
        for (typed, expected) in [
            (["10", "20", "30", "40"], Some(cover(100, 200, 300, 400))),
            (["12.5", "0", "0,5", "100"], Some(cover(125, 0, 5, 1_000))),
            (["90", "90", "50", "50"], Some(cover(900, 900, 100, 100))),
            (["100", "0", "10", "10"], None),
            (["10", "10", "0", "10"], None),
            (["-1", "0", "10", "10"], None),
            (["NaN", "0", "10", "10"], None),
            (["", "0", "10", "10"], None),
        ] {
            let [left, top, width, height] = typed;
            assert_eq!(Cover::parse(left, top, width, height).ok(), expected, "{typed:?}");
        }
    }

    #[test]
    fn a_box_blackens_every_pixel_it_touches_and_no_other() {
        let mut picture = RgbImage::from_pixel(33, 7, Rgb([200, 100, 50]));
        blacken(&mut picture, Cover { left: 100, top: 500, width: 250, height: 500 });
        for (x, y, pixel) in picture.enumerate_pixels() {
            // 3.3 to 11.55 across, 3.5 to 7 down.
            let inside = (3..12).contains(&x) && (3..7).contains(&y);
            assert_eq!(pixel.0 == [0, 0, 0], inside, "{x} {y}");
        }
    }
}
