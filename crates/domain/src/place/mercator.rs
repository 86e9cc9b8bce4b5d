//! The square map of the web (EPSG:3857): spots on it, its tiles, and their order along a Hilbert curve.
//!
//! A tile is one range of the curve, its four children are the quarters of that range, and so are the cells of a
//! cluster: whoever sorts by [`Spot::key`] finds any of them by searching for two numbers. The key of the database, in
//! [`super::cell`], is another one: its grid is of degrees, which knows the poles.

use super::cell::{column_and_row, key_of};
use super::{BoundingBox, Point};
use std::f64::consts::{PI, TAU};

/// Halvings of the world: a spot is 2 cm wide at the equator.
pub const ORDER: u8 = 31;
/// The zoom of the deepest tiles: 150 m wide at the equator, in which every report stands for itself.
pub const DEEPEST: u8 = 18;
/// The last column and row.
const LAST: u32 = (1 << ORDER) - 1;

/// A place on the map: columns count from the west, rows from the north.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    pub x: u32,
    pub y: u32,
}

impl Spot {
    /// What lies nearer to a pole than the map reaches (85°) stands at its edge.
    pub fn of(point: Point) -> Self {
        let cells = f64::from(1_u32 << ORDER);
        let sine = point.lat().to_radians().sin().clamp(-0.999_999_999, 0.999_999_999);
        let north = 0.5 - ((1.0 + sine) / (1.0 - sine)).ln() / (2.0 * TAU);
        // A float cast saturates.
        let x = ((point.long() + 180.0) / 360.0 * cells) as u32;
        Self { x: x.min(LAST), y: ((north * cells) as u32).min(LAST) }
    }

    /// Where it is, within its width.
    pub fn point(self) -> Option<Point> {
        let share = |n: u32| (f64::from(n) + 0.5) / f64::from(1_u32 << ORDER);
        let lat = (PI * (1.0 - 2.0 * share(self.y))).sinh().atan().to_degrees();
        Point::new(lat, share(self.x) * 360.0 - 180.0).ok()
    }

    /// Its place on the curve; never negative.
    pub fn key(self) -> i64 {
        key_of(self.x, self.y, ORDER)
    }
}

/// A tile of the map: `z` halvings of the world, then its column and row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tile {
    z: u8,
    x: u32,
    y: u32,
}

impl Tile {
    /// `None` where the world has no such tile.
    pub fn new(z: u8, x: u32, y: u32) -> Option<Self> {
        let inside = |n: u32| z <= DEEPEST && n < 1 << z;
        (inside(x) && inside(y)).then_some(Self { z, x, y })
    }

    pub fn of(spot: Spot, z: u8) -> Self {
        let z = z.min(DEEPEST);
        Self { z, x: spot.x >> (ORDER - z), y: spot.y >> (ORDER - z) }
    }

    pub fn zoom(self) -> u8 {
        self.z
    }

    pub fn column(self) -> u32 {
        self.x
    }

    pub fn row(self) -> u32 {
        self.y
    }

    /// First and last key of what lies in it.
    pub fn range(self) -> (i64, i64) {
        let below = 2 * (ORDER - self.z);
        let first = key_of(self.x, self.y, self.z) << below;
        (first, first | ((1 << below) - 1))
    }

    /// Where a spot lies in it, from its north-west corner, in units of which `side` make its side; a power of two.
    pub fn within(self, spot: Spot, side: u32) -> (u32, u32) {
        let shift = u32::from(ORDER - self.z).saturating_sub(side.trailing_zeros());
        let from = |n: u32, tile: u32| n.wrapping_sub(tile << (ORDER - self.z)) >> shift;
        (from(spot.x, self.x), from(spot.y, self.y))
    }
}

/// A square of the curve: what lies between two keys that share their beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Square {
    first: i64,
    level: u8,
}

impl Square {
    pub const WORLD: Self = Self { first: 0, level: 0 };

    /// First and last key.
    pub fn range(self) -> (i64, i64) {
        (self.first, self.first + ((1 << (2 * (ORDER - self.level))) - 1))
    }

    /// Its quarters in the order of the curve; none of the smallest.
    pub fn quarters(self) -> impl Iterator<Item = Self> {
        let level = self.level + 1;
        let count = if self.level < ORDER { 4 } else { 0 };
        let side = 1_i64 << (2 * (ORDER - level.min(ORDER)));
        (0..count).map(move |n| Self { first: self.first + n * side, level })
    }

    /// Its middle, and the metres within which all of it lies.
    pub fn around(self) -> Option<(Point, f64)> {
        let below = ORDER - self.level;
        let (column, row) = column_and_row(self.first >> (2 * below), self.level);
        let side = 1_u32 << below;
        let (x, y) = (column << below, row << below);
        let end = |n: u32| (n + (side - 1)).min(LAST);
        let middle = Spot { x: x + side / 2, y: y + side / 2 }.point()?;
        let corners = [(x, y), (end(x), y), (x, end(y)), (end(x), end(y))];
        let far = corners.iter().filter_map(|(x, y)| Spot { x: *x, y: *y }.point());
        let metres = far.map(|corner| corner.distance_m(middle)).max_by(f64::total_cmp)?;
        // Edges of a wide square bulge beyond its corners.
        Some((middle, metres * 1.05 + 1.0))
    }
}

/// A box on the map, with its edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    north_west: Spot,
    south_east: Spot,
}

impl Window {
    pub fn of(bounds: BoundingBox) -> Self {
        let (low, high) = (Spot::of(bounds.south_west()), Spot::of(bounds.north_east()));
        Self { north_west: Spot { x: low.x, y: high.y }, south_east: Spot { x: high.x, y: low.y } }
    }

    pub fn holds(self, spot: Spot) -> bool {
        (self.north_west.x..=self.south_east.x).contains(&spot.x)
            && (self.north_west.y..=self.south_east.y).contains(&spot.y)
    }

    /// Ranges of keys, sorted and apart, that hold every spot of it, of at most five tiles a side.
    pub fn ranges(self) -> Vec<(i64, i64)> {
        let (from, to) = (self.north_west, self.south_east);
        let side = (to.x - from.x).max(to.y - from.y);
        let fits = |z: &u8| side >> (ORDER - z) < 4;
        let z = (0..=DEEPEST).rev().find(fits).unwrap_or(0);
        let (first, last) = (Tile::of(from, z), Tile::of(to, z));
        let columns = first.x..=last.x;
        let tiles = columns.flat_map(|x| (first.y..=last.y).map(move |y| Tile { z, x, y }));
        let mut ranges: Vec<(i64, i64)> = tiles.map(Tile::range).collect();
        ranges.sort_unstable();
        ranges.dedup_by(|next, last| {
            let joins = last.1 + 1 == next.0;
            if joins {
                last.1 = next.1;
            }
            joins
        });
        ranges
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point(lat: f64, long: f64) -> Point {
        Point::new(lat, long).unwrap()
    }

    /// Numbers of the slippy map as OpenStreetMap publishes the formula.
    #[test]
    fn tiles_are_those_of_the_web() {
        for (lat, long, z, x) in [
            (16.4637, 107.5909, 12, 3272),
            (55.06, 10.61, 16, 34699),
            (0.0, 0.0, 1, 1),
            (-33.86, 151.21, 10, 942),
        ] {
            let tile = Tile::of(Spot::of(point(lat, long)), z);
            let n = 2_f64.powi(i32::from(z));
            let radians = f64::to_radians(lat);
            let row = (1.0 - (radians.tan() + 1.0 / radians.cos()).ln() / PI) / 2.0 * n;
            assert_eq!((tile.column(), f64::from(tile.row())), (x, row.floor()), "{lat} {long}");
        }
    }

    #[test]
    fn there_is_no_tile_beside_the_world() {
        assert!(Tile::new(0, 0, 0).is_some() && Tile::new(18, (1 << 18) - 1, 0).is_some());
        for (z, x, y) in
            [(0, 1, 0), (3, 8, 0), (3, 0, 8), (19, 0, 0), (255, 0, 0), (18, 1 << 18, 0)]
        {
            assert_eq!(Tile::new(z, x, y), None, "{z}/{x}/{y}");
        }
    }

    proptest! {
        #[test]
        fn a_spot_lies_in_its_tiles_and_their_ranges(lat in -84.0..84.0, long in -180.0..180.0, z in 0_u8..=18) {
            let spot = Spot::of(point(lat, long));
            let (first, last) = Tile::of(spot, z).range();
            prop_assert!((first..=last).contains(&spot.key()));
            prop_assert!(spot.point().unwrap().distance_m(point(lat, long)) < 0.05);
            let (x, y) = Tile::of(spot, z).within(spot, 4096);
            prop_assert!(x < 4096 && y < 4096);
        }

        #[test]
        fn four_children_are_the_quarters_of_a_tile(lat in -84.0..84.0, long in -180.0..180.0, z in 0_u8..18) {
            let tile = Tile::of(Spot::of(point(lat, long)), z);
            let mut ranges: Vec<_> = (0..4)
                .map(|n| Tile::new(z + 1, 2 * tile.column() + n % 2, 2 * tile.row() + n / 2).unwrap().range())
                .collect();
            ranges.sort_unstable();
            prop_assert_eq!(ranges[0].0, tile.range().0);
            prop_assert_eq!(ranges[3].1, tile.range().1);
            prop_assert!(ranges.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0));
        }

        #[test]
        fn a_square_lies_around_its_middle(lat in -80.0..80.0, long in -170.0..170.0, deep in 6_usize..30) {
            let key = Spot::of(point(lat, long)).key();
            let mut square = Square::WORLD;
            for _ in 0..deep {
                let holds = |quarter: &Square| (quarter.range().0..=quarter.range().1).contains(&key);
                square = square.quarters().find(holds).unwrap();
            }
            let (middle, metres) = square.around().unwrap();
            prop_assert!(middle.distance_m(point(lat, long)) <= metres, "{} > {}", middle.distance_m(point(lat, long)), metres);
        }

        #[test]
        fn a_window_holds_what_its_box_holds(lat in -80.0..80.0, long in -170.0..170.0, up in 0.0..0.5, right in 0.0..0.5) {
            let bounds = BoundingBox::new(long, lat, long + 0.5, lat + 0.5).unwrap();
            let window = Window::of(bounds);
            let spot = Spot::of(point(lat + up, long + right));
            prop_assert!(window.holds(spot));
            let ranges = window.ranges();
            prop_assert!(ranges.len() <= 25);
            prop_assert!(ranges.iter().any(|(first, last)| (*first..=*last).contains(&spot.key())));
            prop_assert!(!window.holds(Spot::of(point(lat - 0.01, long))));
        }
    }
}
