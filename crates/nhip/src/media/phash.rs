//! A 64-bit difference hash: the same photo, shrunk or saved again, keeps its hash.
//!
//! Used to show the reviewer that an "after" photo has been seen before. It is a hint for a person,
//! never a verdict: two different photos of one blank wall may share a hash.
//! Source of the method: N. Krawetz, "Kind of Like That" (2013): shrink to 9×8 grey pixels, one bit
//! for each pair of neighbours in a row.

use image::{RgbImage, imageops};

/// 64 bits, kept as the signed number both databases store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PerceptualHash(pub i64);

impl PerceptualHash {
    /// The hash of an upright picture. Best given a small variant: the cost grows with its pixels.
    pub fn of(picture: &RgbImage) -> Self {
        let grey =
            imageops::grayscale(&imageops::resize(picture, 9, 8, imageops::FilterType::Triangle));
        let bits = (0..8).flat_map(|y| (0..8).map(move |x| (x, y))).fold(0_u64, |bits, (x, y)| {
            let brighter = grey.get_pixel(x, y).0 > grey.get_pixel(x + 1, y).0;
            (bits << 1) | u64::from(brighter)
        });
        Self(bits.cast_signed())
    }

    /// How many of the 64 bits differ. Up to 6 is usually the same photo.
    pub fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }

    /// Whether the hash says anything: a blank picture has hardly any bit set and resembles every
    /// other blank picture.
    pub fn is_telling(self) -> bool {
        (4..=60).contains(&self.0.count_ones())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::process::tests::scene;

    #[test]
    fn the_same_photo_smaller_keeps_its_hash_and_another_does_not() {
        let photo = scene(640, 480, 1);
        let smaller = imageops::resize(&photo, 233, 175, imageops::FilterType::Lanczos3);
        let other = scene(640, 480, 2);
        let hash = PerceptualHash::of(&photo);
        assert!(hash.distance(PerceptualHash::of(&smaller)) <= 3);
        assert!(hash.distance(PerceptualHash::of(&other)) > 10);
    }

    #[test]
    fn a_blank_picture_has_nothing_to_tell() {
        assert!(!PerceptualHash::of(&RgbImage::new(100, 80)).is_telling());
        assert!(PerceptualHash::of(&scene(100, 80, 3)).is_telling());
    }
}
