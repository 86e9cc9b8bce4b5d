//! The child's side: coded picture on standard input, size and pixels on standard output.
//!
//! Nothing here needs to survive: whatever goes wrong ends this process, and the parent calls the
//! photo damaged.

use std::io::{Read as _, Write as _};
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::Duration;

use re_rav1d::dav1d::pixel::{MatrixCoefficients, YUVRange};
use re_rav1d::dav1d::{Decoder, Picture, PixelLayout, PlanarImageComponent, Plane, Settings};

use super::header;
use crate::platform::limits;

/// How long one picture may take; 12 megapixels take about a second.
const PATIENCE: Duration = Duration::from_secs(10);

/// Decodes standard input to standard output. The exit code says whether it went well.
///
/// The work is done by a thread of its own: when it takes too long, this returns, and the process with it.
pub fn run_child() -> ExitCode {
    let (done, waits) = mpsc::channel();
    std::thread::spawn(move || done.send(work()));
    waits.recv_timeout(PATIENCE).unwrap_or(ExitCode::from(3))
}

fn work() -> ExitCode {
    let mut coded = Vec::new();
    let read = std::io::stdin().take(limits::PHOTO_BYTES as u64).read_to_end(&mut coded);
    let Some((width, height, pixels)) = read.ok().and_then(|_| decode(coded)) else {
        return ExitCode::from(1);
    };
    let mut out = std::io::stdout().lock();
    let told = out.write_all(&header(width, height)).and_then(|()| out.write_all(&pixels));
    if told.and_then(|()| out.flush()).is_ok() { ExitCode::SUCCESS } else { ExitCode::from(2) }
}

/// Width, height and RGB pixels of the first picture.
fn decode(coded: Vec<u8>) -> Option<(u32, u32, Vec<u8>)> {
    let mut settings = Settings::new();
    settings.set_n_threads(1);
    settings.set_max_frame_delay(1);
    settings.set_frame_size_limit(u32::try_from(limits::PHOTO_PIXELS).ok()?);
    let mut decoder = Decoder::with_settings(&settings).ok()?;
    decoder.send_data(coded, None, None, None).ok()?;
    let picture = decoder.get_picture().ok()?;
    Some((picture.width(), picture.height(), rgb(&picture)?))
}

/// A plane of samples and how it relates to the picture's rows and columns.
struct Samples {
    plane: Plane,
    stride: usize,
    /// Two bytes a sample.
    wide: bool,
    /// Columns and rows of the picture that share a sample, each 1 or 2.
    shared: (usize, usize),
}

impl Samples {
    fn of(picture: &Picture, component: PlanarImageComponent, shared: (usize, usize)) -> Self {
        Self {
            plane: picture.plane(component),
            stride: picture.stride(component) as usize,
            wide: picture.bit_depth() > 8,
            shared,
        }
    }

    /// One row of the picture as numbers.
    fn row(&self, y: usize) -> impl Iterator<Item = f32> {
        let start = self.stride * (y / self.shared.1);
        let bytes = self.plane.get(start..start + self.stride).unwrap_or_default();
        let number = |sample: &[u8]| {
            sample.iter().rev().fold(0_u16, |sum, byte| (sum << 8) | u16::from(*byte))
        };
        bytes
            .chunks_exact(if self.wide { 2 } else { 1 })
            .flat_map(move |sample| std::iter::repeat_n(f32::from(number(sample)), self.shared.0))
    }
}

/// ITU-T H.273: the equations of `MatrixCoefficients`, with samples brought to 0–1 and ±0.5.
fn rgb(picture: &Picture) -> Option<Vec<u8>> {
    let bits = picture.bits_per_component()?.0;
    let (unit, most) = ((1 << (bits - 8)) as f32, ((1 << bits) - 1) as f32);
    let (black, luma_span, chroma_span) = match picture.color_range() {
        YUVRange::Limited => (16.0 * unit, 219.0 * unit, 224.0 * unit),
        YUVRange::Full => (0.0, most, most),
    };
    let shared = match picture.pixel_layout() {
        PixelLayout::I400 => None,
        PixelLayout::I420 => Some((2, 2)),
        PixelLayout::I422 => Some((2, 1)),
        PixelLayout::I444 => Some((1, 1)),
    };
    let luma = Samples::of(picture, PlanarImageComponent::Y, (1, 1));
    let part = |component| shared.map(|shared| Samples::of(picture, component, shared));
    let chroma = part(PlanarImageComponent::U).zip(part(PlanarImageComponent::V));
    let matrix = picture.matrix_coefficients();
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut pixels = Vec::with_capacity(width * height * 3);
    let byte = |value: f32| (value.clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
    for y in 0..height {
        let lumas = luma.row(y).take(width).map(|value| (value - black) / luma_span);
        let Some((u, v)) = &chroma else {
            pixels.extend(lumas.flat_map(|luma| [byte(luma); 3]));
            continue;
        };
        let centred = |value: f32| (value - 128.0 * unit) / chroma_span;
        pixels.extend(lumas.zip(u.row(y).zip(v.row(y))).flat_map(|(luma, (u, v))| {
            if matrix == MatrixCoefficients::Identity {
                [v / most, luma, u / most].map(byte)
            } else {
                mixed(matrix, luma, centred(u), centred(v)).map(byte)
            }
        }));
    }
    Some(pixels)
}

fn mixed(matrix: MatrixCoefficients, luma: f32, cb: f32, cr: f32) -> [f32; 3] {
    let (kr, kb) = if matrix == MatrixCoefficients::BT709 {
        (0.2126, 0.0722)
    } else if matrix == MatrixCoefficients::BT2020NonConstantLuminance {
        (0.2627, 0.0593)
    } else {
        (0.299, 0.114)
    };
    let (red, blue) = (luma + 2.0 * (1.0 - kr) * cr, luma + 2.0 * (1.0 - kb) * cb);
    [red, (luma - kr * red - kb * blue) / (1.0 - kr - kb), blue]
}

#[cfg(test)]
mod tests {
    use super::super::still::still;
    use super::*;

    #[test]
    fn colours_come_out_right_in_each_layout() {
        let samples: [(&[u8], [[u8; 3]; 4]); 3] = [
            (
                include_bytes!("samples/four_colours_420.avif"),
                [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]],
            ),
            (
                include_bytes!("samples/four_colours_444.avif"),
                [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]],
            ),
            (include_bytes!("samples/grey.avif"), [[76; 3], [150; 3], [29; 3], [255; 3]]),
        ];
        for (sample, expected) in samples {
            let (width, height, pixels) = decode(still(sample).unwrap().coded).unwrap();
            assert_eq!((width, height, pixels.len()), (64, 32, 64 * 32 * 3));
            let middles = [(16, 8), (48, 8), (16, 24), (48, 24)];
            for ((x, y), expected) in middles.into_iter().zip(expected) {
                let at = (y * 64 + x) * 3;
                let seen = &pixels[at..at + 3];
                let near = seen.iter().zip(expected).all(|(a, b)| a.abs_diff(b) < 12);
                assert!(near, "{seen:?} for {expected:?}");
            }
        }
    }
}
