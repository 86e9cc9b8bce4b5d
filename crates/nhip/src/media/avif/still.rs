//! The container of an AVIF file: where the coded picture lies, how large it says it is, and how it
//! is to be turned.
//!
//! Sources: ISO/IEC 14496-12 (boxes, `iloc`, `iinf`), ISO/IEC 23008-12 (`ispe`, `irot`, `imir`,
//! `ipma`), AV1 Image File Format 1.1. EXIF inside AVIF is for information only: `irot` and `imir`
//! say how the picture is to be shown.

use image::metadata::Orientation;

use crate::media::PhotoRefusal;

/// The primary item of a file.
#[derive(Debug)]
pub struct Still {
    /// AV1 as the decoder wants it (OBUs).
    pub coded: Vec<u8>,
    /// As announced, in pixels, before turning.
    pub width: u32,
    pub height: u32,
    pub orientation: Orientation,
}

/// Finds the primary picture. Everything the file claims is checked against its length.
pub fn still(bytes: &[u8]) -> Result<Still, PhotoRefusal> {
    let meta = find(bytes, *b"meta").and_then(|body| body.get(4..)).ok_or(PhotoRefusal::Damaged)?;
    let id = primary(meta).ok_or(PhotoRefusal::Damaged)?;
    if item_type(meta, id) != Some(*b"av01") {
        return Err(PhotoRefusal::UnsupportedKind { kind: "AVIF (grid)" });
    }
    let properties = properties(meta, id).ok_or(PhotoRefusal::Damaged)?;
    let of_name =
        |name: &[u8; 4]| properties.iter().find(|(own, _)| own == name).map(|(_, body)| *body);
    let size = of_name(b"ispe").ok_or(PhotoRefusal::Damaged)?;
    let side = |at: usize| {
        size.get(at..).and_then(|rest| rest.first_chunk()).map(|b| u32::from_be_bytes(*b))
    };
    let (Some(width), Some(height)) = (side(4), side(8)) else { return Err(PhotoRefusal::Damaged) };
    let turn = of_name(b"irot").and_then(|body| body.first()).map_or(0, |turn| turn & 3);
    let mirror = of_name(b"imir").and_then(|body| body.first()).map(|axis| axis & 1);
    let coded = extents(bytes, meta, id).ok_or(PhotoRefusal::Damaged)?;
    Ok(Still { coded, width, height, orientation: orientation(turn, mirror) })
}

/// `turn` is in quarter turns anticlockwise; `mirror` afterwards: 0 swaps top and bottom, 1 left and
/// right.
fn orientation(turn: u8, mirror: Option<u8>) -> Orientation {
    match (turn, mirror) {
        (1, None) => Orientation::Rotate270,
        (2, None) => Orientation::Rotate180,
        (3, None) => Orientation::Rotate90,
        (_, None) => Orientation::NoTransforms,
        (1, Some(0)) | (3, Some(1)) => Orientation::Rotate90FlipH,
        (1 | 3, Some(_)) => Orientation::Rotate270FlipH,
        (2, Some(0)) | (0, Some(1)) => Orientation::FlipHorizontal,
        (_, Some(_)) => Orientation::FlipVertical,
    }
}

/// Reads big-endian numbers one after the other; `None` at the end.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    /// A number of 0 to 8 bytes.
    fn next(&mut self, bytes: u8) -> Option<u64> {
        let (own, rest) = self.0.split_at_checked(usize::from(bytes))?;
        self.0 = rest;
        (bytes <= 8).then(|| own.iter().fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
    }
}

/// The boxes of a body: name and content. Ends at the first box that reaches too far.
fn boxes(mut rest: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let mut numbers = Numbers(rest);
        let short = numbers.next(4)?;
        let name: [u8; 4] = *numbers.0.first_chunk()?;
        numbers.next(4)?;
        let (head, length) = match short {
            0 => (8, rest.len()),
            1 => (16, usize::try_from(numbers.next(8)?).ok()?),
            _ => (8, short as usize),
        };
        let body = rest.get(head..length)?;
        rest = rest.get(length..)?;
        Some((name, body))
    })
}

fn find(body: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    boxes(body).find(|(own, _)| *own == name).map(|(_, content)| content)
}

/// A full box: its version and the numbers after version and flags.
fn full(body: &[u8], name: [u8; 4]) -> Option<(u8, u64, Numbers<'_>)> {
    let mut numbers = Numbers(find(body, name)?);
    let (version, flags) = (numbers.next(1)? as u8, numbers.next(3)?);
    Some((version, flags, numbers))
}

fn primary(meta: &[u8]) -> Option<u64> {
    let (version, _, mut numbers) = full(meta, *b"pitm")?;
    numbers.next(if version == 0 { 2 } else { 4 })
}

fn item_type(meta: &[u8], id: u64) -> Option<[u8; 4]> {
    let (version, _, mut numbers) = full(meta, *b"iinf")?;
    numbers.next(if version == 0 { 2 } else { 4 })?;
    boxes(numbers.0).filter(|(name, _)| name == b"infe").find_map(|(_, entry)| {
        let mut entry = Numbers(entry);
        let version = entry.next(1)?;
        entry.next(3)?;
        let own = entry.next(if version == 2 { 2 } else { 4 })?;
        entry.next(2)?;
        (version >= 2 && own == id).then(|| entry.0.first_chunk().copied())?
    })
}

/// The properties of an item, in the order they apply.
fn properties(meta: &[u8], id: u64) -> Option<Vec<([u8; 4], &[u8])>> {
    let all = find(meta, *b"iprp")?;
    let known: Vec<_> = boxes(find(all, *b"ipco")?).collect();
    let (version, flags, mut numbers) = full(all, *b"ipma")?;
    for _ in 0..numbers.next(4)? {
        let own = numbers.next(if version == 0 { 2 } else { 4 })?;
        let count = numbers.next(1)?;
        let wide = flags & 1 == 1;
        let indices: Option<Vec<u64>> = (0..count)
            .map(|_| numbers.next(if wide { 2 } else { 1 }))
            .map(|index| index.map(|index| index & if wide { 0x7FFF } else { 0x7F }))
            .collect();
        if own == id {
            let property = |index: u64| known.get(usize::try_from(index).ok()?.checked_sub(1)?);
            return Some(indices?.into_iter().filter_map(property).copied().collect());
        }
    }
    None
}

/// The bytes of an item, put together from wherever they lie.
fn extents(file: &[u8], meta: &[u8], id: u64) -> Option<Vec<u8>> {
    let (version, _, mut numbers) = full(meta, *b"iloc")?;
    let sizes = numbers.next(2)?;
    let size = |shift: u64| ((sizes >> shift) & 15) as u8;
    let (offset_size, length_size, base_size) = (size(12), size(8), size(4));
    let index_size = if version == 0 { 0 } else { size(0) };
    let id_size = if version < 2 { 2 } else { 4 };
    for _ in 0..numbers.next(id_size)? {
        let own = numbers.next(id_size)?;
        let method = if version == 0 { 0 } else { numbers.next(2)? & 15 };
        numbers.next(2)?;
        let base = numbers.next(base_size)?;
        let source = if method == 1 { find(meta, *b"idat")? } else { file };
        let mut item = Vec::new();
        for _ in 0..numbers.next(2)? {
            numbers.next(index_size)?;
            let from = usize::try_from(base.checked_add(numbers.next(offset_size)?)?).ok()?;
            let length = usize::try_from(numbers.next(length_size)?).ok()?;
            if own == id {
                let end = if length == 0 { source.len() } else { from.checked_add(length)? };
                item.extend_from_slice(source.get(from..end)?);
                // Extents may overlap; together they are never more than the file.
                if item.len() > file.len() {
                    return None;
                }
            }
        }
        if own == id {
            return (method < 2 && !item.is_empty()).then_some(item);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SAMPLES: [(&[u8], Orientation); 3] = [
        (include_bytes!("samples/four_colours_420.avif"), Orientation::NoTransforms),
        (include_bytes!("samples/orientation_6.avif"), Orientation::Rotate90),
        (include_bytes!("samples/orientation_5.avif"), Orientation::Rotate90FlipH),
    ];

    #[test]
    fn the_picture_its_size_and_its_turn_are_found() {
        for (sample, orientation) in SAMPLES {
            let still = still(sample).unwrap();
            assert_eq!((still.width, still.height, still.orientation), (64, 32, orientation));
            assert!(!still.coded.is_empty());
        }
    }

    proptest! {
        #[test]
        fn a_damaged_container_is_refused_and_never_panics(
            flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
            cut in any::<prop::sample::Index>(),
        ) {
            let mut bytes = SAMPLES[1].0.to_vec();
            for (index, value) in flips {
                let at = index.index(bytes.len());
                bytes[at] = value;
            }
            bytes.truncate(cut.index(bytes.len()) + 1);
            if let Ok(still) = still(&bytes) {
                prop_assert!(still.coded.len() <= bytes.len());
            }
        }
    }
}
