//! JPEGs of more pixels than we hold in memory: phones take 50 to 200 megapixels, panoramas are 16,000 wide. A JPEG holds
//! frequencies, and those of a half, a quarter or an eighth of the size can be read without the rest (DCT scaling), so what
//! counts is the picture that comes out. Only sequential ones, as cameras write: a progressive one is held whole anyway.

use super::PhotoRefusal;
use super::container::{Kind, whole};
use super::process::{LARGE, allowed};
use crate::platform::limits;
use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, RgbImage};
use jpeg_decoder::{CodingProcess, Decoder, PixelFormat};

/// As much of the picture as the large variant needs.
pub(super) struct Reduced {
    pub picture: DynamicImage,
    pub orientation: Orientation,
    pub profile: Option<Vec<u8>>,
}

/// Reads a JPEG of `width` × `height` pixels at a part of its size.
pub(super) fn decode(bytes: &[u8], width: u32, height: u32) -> Result<Reduced, PhotoRefusal> {
    let too_many = PhotoRefusal::TooManyPixels { width, height };
    if u64::from(width) * u64::from(height) > limits::JPEG_PIXELS {
        return Err(too_many);
    }
    whole(Kind::Jpeg, bytes)?;
    let damaged = |_| PhotoRefusal::Damaged;
    let mut decoder = Decoder::new(bytes);
    decoder.set_max_decoding_buffer_size(limits::PHOTO_DECODED_BYTES as usize);
    decoder.read_info().map_err(damaged)?;
    let info = decoder.info().ok_or(PhotoRefusal::Damaged)?;
    if info.coding_process != CodingProcess::DctSequential {
        return Err(too_many);
    }
    let longest = width.max(height);
    let wanted = |side: u32| {
        let exact = u64::from(side) * u64::from(LARGE) / u64::from(longest.max(1));
        u16::try_from(exact.max(1)).unwrap_or(u16::MAX)
    };
    let (across, down) = decoder.scale(wanted(width), wanted(height)).map_err(damaged)?;
    let (across, down) = (u32::from(across), u32::from(down));
    allowed(
        across,
        down,
        u64::from(across) * u64::from(down) * info.pixel_format.pixel_bytes() as u64,
    )?;
    let orientation = decoder.exif_data().and_then(Orientation::from_exif_chunk);
    let profile = decoder.icc_profile();
    let pixels = decoder.decode().map_err(damaged)?;
    let picture = match info.pixel_format {
        PixelFormat::RGB24 => RgbImage::from_raw(across, down, pixels).map(Into::into),
        PixelFormat::L8 => GrayImage::from_raw(across, down, pixels).map(Into::into),
        // Of scanners and print shops, never of phones.
        PixelFormat::L16 | PixelFormat::CMYK32 => return Err(too_many),
    };
    Ok(Reduced {
        picture: picture.ok_or(PhotoRefusal::Damaged)?,
        orientation: orientation.unwrap_or(Orientation::NoTransforms),
        profile,
    })
}
