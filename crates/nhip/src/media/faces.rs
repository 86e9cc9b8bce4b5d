//! Where faces are in a photo, to be proposed as boxes to whoever covers parts of it (`super::cover`).
//!
//! `CenterFace`, a small network (1.8 million weights, `crates/nhip/models`), run by `rten` on one core: about 0.4 s for a
//! photo. It looks at a grid of cells of 4 × 4 pixels and says of each whether a face has its middle there, and how large
//! it is. What it was measured to find and to miss: docs/guides/moderation.md. A person looks before anything is covered.

use super::cover::Cover;
use super::store::Kept;
use super::{Media, process};
use crate::platform::error::{Error, Result};
use image::RgbImage;
use image::imageops::{FilterType, resize};

use rten::{Model, NodeId, RunOptions, ThreadPool};
use rten_tensor::Tensor;
use rten_tensor::prelude::*;
use std::sync::{Arc, OnceLock};
use tokio::sync::Semaphore;

/// Of the photo's longer side, in pixels: faces of some 12 pixels are still found, and 200 MB of memory are enough.
const LONGEST: u32 = 1_024;
/// The network halves a picture five times.
const STEP: u32 = 32;
/// Pixels of a side of a cell.
const CELL: f32 = 4.0;
/// From 0 to 1. A box too many is taken away with one press, a face too few is shown to everybody.
const LEAST: f32 = 0.3;
/// Two boxes that share more than this part of what both cover are one face.
const SAME: f32 = 0.3;
/// Part of a face's size that is covered around it: hair and ears tell who somebody is as well.
const MARGIN: f32 = 0.15;

/// One photo after the other, so that looking for faces never takes more than one core and its memory.
static TURN: Semaphore = Semaphore::const_new(1);

/// The faces of a stored photo, surest first, each with a margin.
pub async fn of(media: &Media, photo: &Kept) -> Result<Vec<Cover>> {
    let bytes = media.blobs.get(&photo.large_key).await;
    let bytes = bytes.map_err(|error| Error::failed("reading a photo", error))?;
    let turn = TURN.acquire().await.map_err(|closed| Error::failed("finding faces", closed))?;
    let work = tokio::task::spawn_blocking(move || {
        // Whoever asked may have left; the work goes on, and the next one waits for it.
        let _turn = turn;
        let picture = image::load_from_memory(&bytes).map_err(|error| error.to_string())?;
        find(&process::fitted(picture, LONGEST).ok_or("no pixels")?)
    });
    let found = work.await.map_err(|stopped| Error::failed("finding faces", stopped))?;
    found.map_err(|error| Error::failed("finding faces", error))
}

/// A box in pixels, and how sure it is a face.
#[derive(Debug, Clone, Copy)]
struct Face {
    left: f32,
    top: f32,
    width: f32,
    height: f32,
    sure: f32,
}

/// The network, and which of its answers are asked for.
struct Finder {
    model: Model,
    input: NodeId,
    /// Whether a face is there; the logarithms of its height and width; where in the cell its middle is.
    outputs: [NodeId; 3],
    one_core: Arc<ThreadPool>,
}

fn finder() -> Result<&'static Finder, String> {
    static FINDER: OnceLock<Result<Finder, String>> = OnceLock::new();
    let made = FINDER.get_or_init(|| {
        let file = include_bytes!("../../models/centerface.onnx");
        let model = Model::load_static_slice(file).map_err(|error| error.to_string())?;
        let node = |name| model.node_id(name).map_err(|error| error.to_string());
        Ok(Finder {
            input: node("input.1")?,
            outputs: [node("537")?, node("538")?, node("539")?],
            one_core: Arc::new(ThreadPool::with_num_threads(1)),
            model,
        })
    });
    made.as_ref().map_err(Clone::clone)
}

fn find(photo: &RgbImage) -> Result<Vec<Cover>, String> {
    let finder = finder()?;
    let up = |side: u32| side.div_ceil(STEP) * STEP;
    let picture = resize(photo, up(photo.width()), up(photo.height()), FilterType::Triangle);
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    // Red, green and blue one after the other, from 0 to 255.
    let planes = (0..3).flat_map(|colour| picture.as_raw().iter().skip(colour).step_by(3));
    let pixels: Vec<f32> = planes.map(|part| f32::from(*part)).collect();
    let input = Tensor::from_data(&[1, 3, height, width], pixels);
    let mut options = RunOptions::default();
    options.thread_pool = Some(finder.one_core.clone());
    let answers = finder.model.run_n(
        vec![(finder.input, input.view().into())],
        finder.outputs,
        Some(options),
    );
    let answers = answers.map_err(|error| error.to_string())?;
    let [sure, sizes, middles] = answers
        .map(|answer| answer.into_tensor::<f32>().map(Tensor::into_data).unwrap_or_default());
    let faces = apart(faces(width / CELL as usize, &sure, &sizes, &middles));
    Ok(faces.into_iter().filter_map(|face| cover(face, width as f32, height as f32)).collect())
}

/// What the cells say, `across` of them in a row. Sizes and middles come as all heights, then all widths.
fn faces(across: usize, sure: &[f32], sizes: &[f32], middles: &[f32]) -> Vec<Face> {
    let cells = sure.len();
    let at = |values: &[f32], n: usize| values.get(n).copied().unwrap_or_default();
    let likely = sure.iter().enumerate().filter(|(_, sure)| **sure >= LEAST);
    let face = likely.map(|(n, sure)| {
        let (row, column) = ((n / across.max(1)) as f32, (n % across.max(1)) as f32);
        let size = |way: usize| at(sizes, way * cells + n).exp() * CELL;
        let middle = |way: usize, cell: f32| (cell + at(middles, way * cells + n) + 0.5) * CELL;
        let (height, width) = (size(0), size(1));
        let (top, left) = (middle(0, row) - height / 2.0, middle(1, column) - width / 2.0);
        Face { left, top, width, height, sure: *sure }
    });
    face.collect()
}

/// The surest box of each face.
fn apart(mut faces: Vec<Face>) -> Vec<Face> {
    faces.sort_by(|a, b| b.sure.total_cmp(&a.sure));
    let mut kept: Vec<Face> = Vec::new();
    for face in faces {
        if kept.iter().all(|other| shared(&face, other) <= SAME) {
            kept.push(face);
        }
    }
    kept
}

/// Intersection over union.
fn shared(a: &Face, b: &Face) -> f32 {
    let along = |a: f32, a_size: f32, b: f32, b_size: f32| {
        ((a + a_size).min(b + b_size) - a.max(b)).max(0.0)
    };
    let both = along(a.left, a.width, b.left, b.width) * along(a.top, a.height, b.top, b.height);
    both / (a.width * a.height + b.width * b.height - both).max(f32::EPSILON)
}

/// A face with its margin, in per mille of the photo; `None` where nothing of it lies in the photo.
fn cover(face: Face, width: f32, height: f32) -> Option<Cover> {
    let side = |start: f32, size: f32, whole: f32| {
        let from = ((start - size * MARGIN) / whole).clamp(0.0, 1.0);
        let to = ((start + size * (1.0 + MARGIN)) / whole).clamp(0.0, 1.0);
        let from = (from * 1_000.0).floor();
        (from as u16, ((to * 1_000.0).ceil() - from) as u16)
    };
    let (left, width) = side(face.left, face.width, width);
    let (top, height) = side(face.top, face.height, height);
    (width > 0 && height > 0).then_some(Cover { left, top, width, height })
}

#[cfg(test)]
#[path = "faces_tests.rs"]
mod tests;
