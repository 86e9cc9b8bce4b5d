//! One number per place, near for near places: the key of a Hilbert curve over the world.
//!
//! Longitude and latitude become 31 bits each, the curve makes one 62-bit key of them, which any
//! database keeps in a plain B-tree. A viewport is a few ranges of keys, a superset of the box: the
//! reader still compares the coordinates.

use super::{BoundingBox, Point};
use serde::{Deserialize, Serialize};

/// Bits per axis: a cell is 2 cm wide at the equator.
pub const ORDER: u8 = 31;
/// What a query takes at most: more ranges cost more than the rows they save.
pub const MAX_RANGES: usize = 8;
/// A box is first covered by cells of which at most so many (and one more) lie along its longer
/// side.
const CELLS_PER_SIDE: u32 = 8;
/// The last column and row of the grid.
const LAST: u32 = (1 << ORDER) - 1;

/// The key of a place on the curve; never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cell(pub i64);

impl Cell {
    pub fn of(point: Point) -> Self {
        let (x, y) = grid(point);
        Self(key_of(x, y, ORDER))
    }

    /// The first key of the cell at a coarser `level` that holds this one: 31 is the cell itself,
    /// 0 the whole world, each level in between halves the side.
    #[must_use]
    pub fn parent(self, level: u8) -> Self {
        Self(self.range(level).0)
    }

    /// First and last key of the cell at `level` that holds this one.
    pub fn range(self, level: u8) -> (i64, i64) {
        let below = (1_i64 << (2 * (ORDER - level.min(ORDER)))) - 1;
        (self.0 & !below, self.0 | below)
    }

    /// The middle of the cell at `level` that holds this one.
    pub fn centre(self, level: u8) -> Point {
        let level = level.min(ORDER);
        let (x, y) = column_and_row(self.0 >> (2 * (ORDER - level)), level);
        let cells = f64::from(1_u32 << level);
        Point {
            lat: (f64::from(y) + 0.5) / cells * 180.0 - 90.0,
            long: (f64::from(x) + 0.5) / cells * 360.0 - 180.0,
        }
    }
}

/// At most `max_ranges` (at least one) ranges of keys, both ends included, sorted and apart, that
/// hold every point of the box, and as little else as that many ranges allow.
pub fn cover(bounds: BoundingBox, max_ranges: usize) -> Vec<(i64, i64)> {
    let (left, bottom) = grid(bounds.south_west());
    let (right, top) = grid(bounds.north_east());
    let side = (right - left).max(top - bottom);
    let level = level_for(side);
    let shift = ORDER - level;
    let mut keys = Vec::with_capacity(((CELLS_PER_SIDE + 1) * (CELLS_PER_SIDE + 1)) as usize);
    for x in (left >> shift)..=(right >> shift) {
        for y in (bottom >> shift)..=(top >> shift) {
            keys.push(key_of(x, y, level));
        }
    }
    keys.sort_unstable();
    joined(&keys, max_ranges.max(1))
        .into_iter()
        .map(|(first, last)| (first << (2 * shift), ((last + 1) << (2 * shift)) - 1))
        .collect()
}

/// [`cover`] for a circle, with [`MAX_RANGES`] ranges.
pub fn cover_circle(centre: Point, radius_m: f64) -> Vec<(i64, i64)> {
    cover(BoundingBox::around(centre, radius_m), MAX_RANGES)
}

/// The finest level of which at most [`CELLS_PER_SIDE`] whole cells fit into a side.
fn level_for(side: u32) -> u8 {
    let bits = u32::BITS - (side / CELLS_PER_SIDE).leading_zeros();
    ORDER - u8::try_from(bits).unwrap_or(ORDER).min(ORDER)
}

/// Joins sorted keys into at most `max` ranges by closing the smallest gaps, which is the choice
/// with the fewest keys too many.
fn joined(keys: &[i64], max: usize) -> Vec<(i64, i64)> {
    let mut gaps: Vec<i64> =
        keys.windows(2).filter_map(|w| if let [a, b] = w { Some(b - a) } else { None }).collect();
    gaps.sort_unstable_by(|a, b| b.cmp(a));
    // Gaps larger than this one stay open; a gap of one is none.
    let closes = gaps.get(max - 1).copied().unwrap_or(1).max(1);
    let mut ranges: Vec<(i64, i64)> = Vec::with_capacity(max);
    for &key in keys {
        match ranges.last_mut() {
            Some(last) if key - last.1 <= closes => last.1 = key,
            _ => ranges.push((key, key)),
        }
    }
    ranges
}

/// Column and row of a point at order 31.
fn grid(point: Point) -> (u32, u32) {
    let cells = f64::from(1_u32 << ORDER);
    // A float cast saturates; the far edges of the world belong to the last column and row.
    let x = ((point.long + 180.0) / 360.0 * cells) as u32;
    let y = ((point.lat + 90.0) / 180.0 * cells) as u32;
    (x.min(LAST), y.min(LAST))
}

/// Hilbert index of a cell at a level: two bits per level, turning and mirroring the quadrant on
/// the way down.
pub(super) fn key_of(x: u32, y: u32, level: u8) -> i64 {
    let (mut x, mut y) = (x, y);
    let mut key = 0_i64;
    for bit in (0..level).rev() {
        let (right, up) = ((x >> bit) & 1, (y >> bit) & 1);
        key = (key << 2) | i64::from((3 * right) ^ up);
        (x, y) = turned(x, y, right, up);
    }
    key
}

/// The way back: column and row of the cell with this index.
pub(super) fn column_and_row(key: i64, level: u8) -> (u32, u32) {
    let (mut x, mut y) = (0_u32, 0_u32);
    for bit in 0..level {
        let quadrant = (key >> (2 * bit)) & 3;
        let right = u32::from(quadrant >= 2);
        let up = u32::from(quadrant == 1 || quadrant == 2);
        let mask = (1_u32 << bit) - 1;
        let (low_x, low_y) = turned(x, y, right, up);
        x = (low_x & mask) | (right << bit);
        y = (low_y & mask) | (up << bit);
    }
    (x, y)
}

/// Lower quadrants are mirrored on a diagonal; only the bits below matter to the caller.
fn turned(x: u32, y: u32, right: u32, up: u32) -> (u32, u32) {
    match (right, up) {
        (0, 0) => (y, x),
        (1, 0) => (!y, !x),
        _ => (x, y),
    }
}
