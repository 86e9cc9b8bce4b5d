//! One upload in, two clean pictures out.
//!
//! The header is read first and refused if it announces too much, so a bomb costs nothing. Then the
//! picture is decoded under limits, shrunk, turned upright and encoded anew as baseline JPEG: what
//! comes out holds pixels and nothing else (no EXIF, XMP, IPTC, ICC, preview or trailing data).
//! Its colours are told in sRGB first (`colour`), then the profile goes with the rest. A JPEG of more pixels than we hold
//! is read at a part of its size (`many_pixels`). A JPEG without its end is refused: what came of it cannot be told from half
//! a picture. An orientation of another type than the standard's is not followed, as browsers do not.
//!
//! Everything here is synchronous and heavy: `receive` runs it on a bounded number of threads.

use std::io::Cursor;
use std::path::Path;

use fast_image_resize::pixels::{U8, U8x3, U8x4};
use fast_image_resize::{IntoImageView as _, IntoImageViewMut as _, PixelTrait, Resizer};
use image::metadata::Orientation;
use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage, Rgba,
};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::colour::in_srgb;
use super::container::{Kind, sniff, whole};
use super::many_pixels::{self, Reduced};
use super::{PerceptualHash, PhotoRefusal, avif};
use crate::platform::limits;

/// Longest side of the picture people open, in pixels.
pub const LARGE: u32 = 1600;
/// Longest side of the picture in lists, in pixels.
pub const SMALL: u32 = 480;
/// JPEG quality of both, 1–100. At 82 the loss is not seen at arm's length and a large variant of a
/// street weighs about 300 kB.
const QUALITY: u8 = 82;

/// What is kept of a photo. `width` and `height` are those of the large variant.
#[derive(Debug, Clone)]
pub struct Variants {
    pub large: Vec<u8>,
    pub small: Vec<u8>,
    pub width: u32,
    pub height: u32,
    pub phash: PerceptualHash,
}

/// Decodes, shrinks, turns and re-encodes. About 150 ms for 12 megapixels.
/// `helper` is this program, for AVIF; without it AVIF is refused.
pub fn process(bytes: &[u8], helper: Option<&Path>) -> Result<Variants, PhotoRefusal> {
    let Reduced { picture, orientation, profile } = decode(bytes, helper)?;
    let mut large = shrink(picture, LARGE)?;
    // Turned after shrinking: the same result for a tenth of the pixels.
    large.apply_orientation(orientation);
    variants(in_srgb(on_white(large), profile.as_deref()))
}

/// The variants of a picture that is already pixels, such as a drawn one.
pub fn variants_of(picture: RgbImage) -> Result<Variants, PhotoRefusal> {
    variants(shrink(DynamicImage::ImageRgb8(picture), LARGE)?.into_rgb8())
}

/// A picture in at most `side` pixels along its longer side, without transparency; `None` where it has no pixels.
pub(super) fn fitted(picture: DynamicImage, side: u32) -> Option<RgbImage> {
    let smaller = shrink(picture, side).ok()?;
    (smaller.width() > 0 && smaller.height() > 0).then(|| on_white(smaller))
}

fn variants(large: RgbImage) -> Result<Variants, PhotoRefusal> {
    let (width, height) = large.dimensions();
    let encoded = encode(&large)?;
    let small = shrink(DynamicImage::ImageRgb8(large), SMALL)?.into_rgb8();
    Ok(Variants {
        large: encoded,
        small: encode(&small)?,
        width,
        height,
        phash: PerceptualHash::of(&small),
    })
}

fn decode(bytes: &[u8], helper: Option<&Path>) -> Result<Reduced, PhotoRefusal> {
    let kind = sniff(bytes)?;
    let format = match kind {
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::Png => ImageFormat::Png,
        Kind::WebP => ImageFormat::WebP,
        Kind::Avif => {
            whole(kind, bytes)?;
            let helper = helper.ok_or(PhotoRefusal::UnsupportedKind { kind: "AVIF" })?;
            let (picture, orientation) = avif::decode(bytes, helper)?;
            return Ok(Reduced { picture, orientation, profile: None });
        }
        Kind::Pdf => return Err(PhotoRefusal::UnsupportedKind { kind: "PDF" }),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut allowance = Limits::no_limits();
    allowance.max_alloc = Some(limits::PHOTO_DECODED_BYTES);
    reader.limits(allowance);
    // The header comes before the question whether the file is whole: a bomb is refused for what it
    // announces, not for what it lacks.
    let mut decoder = reader.into_decoder().map_err(|error| broken(kind, bytes, &error, (0, 0)))?;
    let (width, height) = decoder.dimensions();
    let fits = allowed(width, height, decoder.total_bytes());
    if kind == Kind::Jpeg && matches!(fits, Err(PhotoRefusal::TooManyPixels { .. })) {
        return many_pixels::decode(bytes, width, height);
    }
    fits?;
    whole(kind, bytes)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten();
    let picture = DynamicImage::from_decoder(decoder)
        .map_err(|error| broken(kind, bytes, &error, (width, height)))?;
    Ok(Reduced { picture, orientation, profile })
}

/// Refuses by what the header announces. `decoded` is in bytes.
pub(super) fn allowed(width: u32, height: u32, decoded: u64) -> Result<(), PhotoRefusal> {
    let pixels = u64::from(width) * u64::from(height);
    let sides = 1..=limits::PHOTO_SIDE_PIXELS;
    if pixels == 0 {
        return Err(PhotoRefusal::Damaged);
    }
    if !sides.contains(&width)
        || !sides.contains(&height)
        || pixels > limits::PHOTO_PIXELS
        || decoded > limits::PHOTO_DECODED_BYTES
    {
        return Err(PhotoRefusal::TooManyPixels { width, height });
    }
    Ok(())
}

/// A decoder's complaint, in our words: a missing end is named before anything it led to. `size` is
/// what the header says, if it could be read.
fn broken(kind: Kind, bytes: &[u8], error: &ImageError, size: (u32, u32)) -> PhotoRefusal {
    if let (ImageError::Limits(_), (width @ 1.., height)) = (error, size) {
        return PhotoRefusal::TooManyPixels { width, height };
    }
    whole(kind, bytes).err().unwrap_or(PhotoRefusal::Damaged)
}

/// Fits the picture into a square of `side` pixels; a smaller one is left as it is.
pub(super) fn shrink(picture: DynamicImage, side: u32) -> Result<DynamicImage, PhotoRefusal> {
    let (width, height) = (picture.width(), picture.height());
    let longest = width.max(height);
    if longest <= side {
        return Ok(picture);
    }
    let scaled = |length: u32| {
        let exact = u64::from(length) * u64::from(side) / u64::from(longest);
        u32::try_from(exact).unwrap_or(side).max(1)
    };
    let picture = in_bytes(picture);
    let mut smaller = DynamicImage::new(scaled(width), scaled(height), picture.color());
    let resized = if picture.color().has_alpha() {
        resize::<U8x4>(&picture, &mut smaller)
    } else if picture.color().has_color() {
        resize::<U8x3>(&picture, &mut smaller)
    } else {
        resize::<U8>(&picture, &mut smaller)
    };
    resized.ok_or(PhotoRefusal::Damaged)?;
    Ok(smaller)
}

/// With a byte for each colour, as it will be kept: the library's own choice among all kinds of pixels has code for each.
fn in_bytes(picture: DynamicImage) -> DynamicImage {
    let kind = picture.color();
    if kind.has_alpha() {
        picture.into_rgba8().into()
    } else if kind.has_color() {
        picture.into_rgb8().into()
    } else {
        picture.into_luma8().into()
    }
}

fn resize<P: PixelTrait>(from: &DynamicImage, to: &mut DynamicImage) -> Option<()> {
    let (from, mut to) = (from.image_view::<P>()?, to.image_view_mut::<P>()?);
    Resizer::new().resize_typed(&from, &mut to, None).ok()
}

/// JPEG has no transparency: what shines through is white, and colours hidden under full
/// transparency do not come to light.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let Rgba([red, green, blue, alpha]) = *picture.get_pixel(x, y);
        let over = |colour: u8| {
            let mixed = u16::from(colour) * u16::from(alpha) + 255 * (255 - u16::from(alpha));
            (mixed / 255) as u8
        };
        Rgb([over(red), over(green), over(blue)])
    })
}

fn encode(picture: &RgbImage) -> Result<Vec<u8>, PhotoRefusal> {
    let side = |length: u32| u16::try_from(length).map_err(|_too_long| PhotoRefusal::Damaged);
    let (width, height) = (side(picture.width())?, side(picture.height())?);
    let mut jpeg = Vec::with_capacity(picture.as_raw().len() / 8);
    let mut encoder = Encoder::new(&mut jpeg, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder
        .encode(picture.as_raw(), width, height, ColorType::Rgb)
        .map_err(|_unencodable| PhotoRefusal::Damaged)?;
    Ok(jpeg)
}

#[cfg(test)]
#[path = "process_tests.rs"]
pub(crate) mod tests;
