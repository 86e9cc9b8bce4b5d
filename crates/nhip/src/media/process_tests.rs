//! What may come in and what must come out, with pictures made on the spot.

use std::time::{Duration, Instant};

use image::ImageEncoder as _;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, RgbaImage};
use proptest::prelude::*;

use super::*;

/// A patchwork of 8×6 colours: no two seeds alike, no two patches alike.
pub(crate) fn scene(width: u32, height: u32, seed: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let patch = (x * 8 / width) + 8 * (y * 6 / height) + 100 * seed;
        let mixed = patch.wrapping_mul(0x9E37_79B1).rotate_left(13).wrapping_mul(0x85EB_CA6B);
        Rgb([(mixed >> 24) as u8, (mixed >> 16) as u8, (mixed >> 8) as u8])
    })
}

pub(crate) fn jpeg(picture: &RgbImage) -> Vec<u8> {
    encode(picture).unwrap()
}

fn png(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height) = picture.dimensions();
    PngEncoder::new(&mut bytes)
        .write_image(picture.as_raw(), width, height, ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

fn webp(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height) = picture.dimensions();
    WebPEncoder::new_lossless(&mut bytes)
        .encode(picture.as_raw(), width, height, ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

/// A TIFF block with an orientation, a camera's name and a place, as a phone writes it.
fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"II*\0\x08\0\0\0\x03\0".to_vec();
    block.extend(b"\x0F\x01\x02\0\x0C\0\0\0\x32\0\0\0"); // Make, ASCII × 12 at 50
    block.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]); // Orientation
    block.extend(b"\x25\x88\x04\0\x01\0\0\0\x3E\0\0\0"); // GPS directory at 62
    block.extend(b"\0\0\0\0");
    block.extend(b"SpyCam 3000\0");
    block.extend(b"\x01\0\x01\0\x02\0\x02\0\0\0N\0\0\0\0\0\0\0"); // GPSLatitudeRef = N
    block
}

/// The same JPEG with EXIF, XMP and a comment in front, and a film behind.
fn with_metadata(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    let mut segment = |mark: u8, body: &[u8]| {
        bytes.extend([0xFF, mark]);
        bytes.extend(((body.len() + 2) as u16).to_be_bytes());
        bytes.extend(body);
    };
    segment(0xE1, &[b"Exif\0\0".as_slice(), &exif(orientation)].concat());
    segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPSLatitude 16.46</x:xmpmeta>");
    segment(0xFE, b"secret remark");
    bytes.extend(&jpeg[2..]);
    bytes.extend(b"trailing film ftypmp42");
    bytes
}

/// The colour in the middle of each quarter: top left, top right, bottom left, bottom right.
fn quarters(jpeg: &[u8]) -> [char; 4] {
    let picture = image::load_from_memory(jpeg).unwrap().into_rgb8();
    let (width, height) = picture.dimensions();
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| {
        let Rgb([red, green, blue]) = *picture.get_pixel(width * x / 4, height * y / 4);
        match (red > 128, green > 128, blue > 128) {
            (true, false, false) => 'r',
            (false, true, false) => 'g',
            (false, false, true) => 'b',
            (true, true, true) => 'w',
            _ => '?',
        }
    })
}

fn four_colours() -> RgbImage {
    RgbImage::from_fn(64, 32, |x, y| match (x < 32, y < 16) {
        (true, true) => Rgb([255, 0, 0]),
        (false, true) => Rgb([0, 255, 0]),
        (true, false) => Rgb([0, 0, 255]),
        (false, false) => Rgb([255, 255, 255]),
    })
}

/// A valid header that announces `width`×`height`, and hardly any pixels behind it.
fn png_bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(&scene(8, 8, 1));
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 }
        })
    })
}

fn jpeg_bomb(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = jpeg(&scene(16, 16, 1));
    let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

#[test]
fn each_kind_comes_out_as_two_jpegs_that_fit() {
    let photo = scene(2400, 1200, 1);
    for bytes in [jpeg(&photo), png(&photo), webp(&photo)] {
        let out = process(&bytes, None).unwrap();
        assert_eq!((out.width, out.height), (1600, 800));
        let small = image::load_from_memory(&out.small).unwrap();
        assert_eq!((small.width(), small.height()), (480, 240));
        assert_eq!(sniff(&out.large), Ok(Kind::Jpeg));
        assert_eq!(sniff(&out.small), Ok(Kind::Jpeg));
        assert!(out.phash.is_telling());
    }
}

#[test]
fn a_small_picture_is_not_blown_up() {
    let out = process(&png(&scene(300, 200, 1)), None).unwrap();
    assert_eq!((out.width, out.height), (300, 200));
}

#[test]
fn every_exif_orientation_is_turned_upright() {
    let expected = ["rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"];
    for (orientation, expected) in (1..=8).zip(expected) {
        let bytes = with_metadata(&jpeg(&four_colours()), orientation);
        let out = process(&bytes, None).unwrap();
        let turned = orientation >= 5;
        assert_eq!((out.width, out.height), if turned { (32, 64) } else { (64, 32) });
        let seen: String = quarters(&out.large).iter().collect();
        assert_eq!(seen, expected, "orientation {orientation}");
    }
}

#[test]
fn no_trace_of_the_metadata_comes_out() {
    let bytes = with_metadata(&jpeg(&scene(800, 600, 1)), 6);
    let out = process(&bytes, None).unwrap();
    for variant in [&out.large, &out.small] {
        for trace in [
            &b"Exif"[..],
            b"SpyCam",
            b"xmpmeta",
            b"GPSLatitude",
            b"secret",
            b"ftyp",
            b"\xFF\xE1",
            b"\xFF\xE2",
            b"\xFF\xED",
            b"\xFF\xFE",
        ] {
            // The header ends where the scan begins; coded pixels may contain any two bytes.
            let scan = variant.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
            assert!(!variant[..scan].windows(trace.len()).any(|part| part == trace), "{trace:?}");
            if trace.len() > 2 {
                assert!(!variant.windows(trace.len()).any(|part| part == trace), "{trace:?}");
            }
        }
        assert!(variant.ends_with(b"\xFF\xD9"));
    }
}

#[test]
fn hidden_colours_under_transparency_stay_hidden() {
    let secret = RgbaImage::from_fn(64, 64, |x, _| Rgba([200, 0, 0, if x < 32 { 0 } else { 255 }]));
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(secret.as_raw(), 64, 64, ExtendedColorType::Rgba8)
        .unwrap();
    let out = process(&bytes, None).unwrap();
    assert_eq!(quarters(&out.large), ['w', 'r', 'w', 'r']);
}

#[test]
fn bombs_are_refused_by_their_header_in_no_time() {
    let refused = |width, height| PhotoRefusal::TooManyPixels { width, height };
    let started = Instant::now();
    assert_eq!(process(&png_bomb(30_000, 30_000), None).unwrap_err(), refused(30_000, 30_000));
    assert_eq!(process(&png_bomb(12_001, 10), None).unwrap_err(), refused(12_001, 10));
    assert_eq!(process(&png_bomb(10_000, 5_001), None).unwrap_err(), refused(10_000, 5_001));
    assert_eq!(process(&jpeg_bomb(30_000, 30_000), None).unwrap_err(), refused(30_000, 30_000));
    assert_eq!(process(&jpeg_bomb(65_535, 65_535), None).unwrap_err(), refused(65_535, 65_535));
    assert!(started.elapsed() < Duration::from_millis(50), "{:?}", started.elapsed());
}

/// A baseline JPEG of one colour, as large as a phone says: written without holding its pixels.
fn flat_jpeg(width: u16, height: u16) -> Vec<u8> {
    struct Flat(u16, u16);
    impl jpeg_encoder::ImageBuffer for Flat {
        fn get_jpeg_color_type(&self) -> jpeg_encoder::JpegColorType {
            jpeg_encoder::JpegColorType::Luma
        }
        fn width(&self) -> u16 {
            self.0
        }
        fn height(&self) -> u16 {
            self.1
        }
        fn fill_buffers(&self, _: u16, buffers: &mut [Vec<u8>; 4]) {
            buffers[0].extend(std::iter::repeat_n(90, usize::from(self.0)));
        }
    }
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, 80).encode_image(Flat(width, height)).unwrap();
    bytes
}

#[test]
fn a_phone_of_fifty_megapixels_and_a_panorama_are_read_at_a_part_of_their_size() {
    for (width, height) in [(8160, 6144), (16382, 600)] {
        let out = process(&flat_jpeg(width, height), None).unwrap();
        assert_eq!(out.width.max(out.height), LARGE, "{width}×{height}");
        let picture = image::load_from_memory(&out.large).unwrap().into_rgb8();
        let [red, ..] = picture.get_pixel(LARGE / 2, out.height / 2).0;
        assert!(red.abs_diff(90) < 4, "{red}");
    }
    let half = flat_jpeg(8160, 6144);
    let half = &half[..half.len() / 2];
    assert_eq!(process(half, None).unwrap_err(), PhotoRefusal::Truncated);
}

#[test]
fn half_files_are_refused_wherever_they_were_cut() {
    let photo = scene(120, 90, 1);
    for bytes in [with_metadata(&jpeg(&photo), 3), png(&photo), webp(&photo)] {
        let end = bytes.len() - b"trailing film ftypmp42".len();
        let end = if bytes.starts_with(b"\xFF\xD8") { end } else { bytes.len() };
        process(&bytes, None).unwrap();
        for length in (0..end).step_by(10).chain([end - 1]) {
            let refusal = process(&bytes[..length], None).unwrap_err();
            let expected = [PhotoRefusal::Truncated, PhotoRefusal::NotAPhoto];
            assert!(expected.contains(&refusal), "{length} of {end}: {refusal:?}");
        }
    }
}

#[test]
fn a_text_named_jpg_is_no_photo() {
    assert_eq!(process(b"This is not a photo.", None).unwrap_err(), PhotoRefusal::NotAPhoto);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_make_it_panic(
        start in prop::sample::select(vec![
            &b""[..], b"\xFF\xD8\xFF\xE0", b"\x89PNG\r\n\x1A\n", b"RIFF\x80\0\0\0WEBPVP8X",
            b"\0\0\0\x1Cftypavif\0\0\0\0avifmif1miaf",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let bytes = [start, &rest].concat();
        prop_assert!(process(&bytes, None).is_err());
    }

    #[test]
    fn flipped_bytes_decode_or_are_refused(
        which in 0..3_usize,
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let photo = scene(40, 30, 2);
        let mut bytes = match which { 0 => jpeg(&photo), 1 => png(&photo), _ => webp(&photo) };
        for (index, value) in flips {
            let at = index.index(bytes.len());
            bytes[at] = value;
        }
        if let Ok(out) = process(&bytes, None) {
            prop_assert!(out.width <= LARGE && out.height <= LARGE);
        }
    }
}
