//! What was reported again after it had been closed: the same field within so many metres and days. A grid over the
//! reports whose place everybody may know, each cell in the order of arrival.

use domain::place::Point;
use std::collections::HashMap;

/// Another report so near is about the same thing.
pub const METRES: f64 = 50.0;
/// Another report, or a reopening, so soon says that it was not done.
pub const WITHIN_MS: i64 = 30 * 24 * 3_600_000;

/// Degrees of a side of a cell: about 200 m from south to north.
const CELL: f64 = 0.0018;
const METRES_OF_A_DEGREE: f64 = 111_320.0;

/// A report in the grid: when it was received, its row, where it is.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Entry {
    received: i64,
    row: u32,
    point: Point,
}

#[derive(Debug, Default)]
pub struct Grid {
    cells: HashMap<(u16, i32, i32), Vec<Entry>>,
}

fn cell(degrees: f64) -> i32 {
    (degrees / CELL).floor() as i32
}

impl Grid {
    pub fn put(&mut self, field: u16, point: Point, received: i64, row: u32) {
        let entries = self.cells.entry((field, cell(point.lat()), cell(point.long()))).or_default();
        let place = entries.partition_point(|e| (e.received, e.row) < (received, row));
        entries.insert(place, Entry { received, row, point });
    }

    pub fn take(&mut self, field: u16, point: Point, row: u32) {
        if let Some(entries) = self.cells.get_mut(&(field, cell(point.lat()), cell(point.long()))) {
            entries.retain(|entry| entry.row != row);
        }
    }

    /// The lists of the cells that [`METRES`] around a point touch.
    fn around(&self, field: u16, point: Point) -> impl Iterator<Item = &Vec<Entry>> {
        let up = METRES / METRES_OF_A_DEGREE * 1.01;
        let across = up / point.lat().to_radians().cos().max(0.01);
        let (lat, long) = (point.lat(), point.long());
        let columns = cell(long - across)..=cell(long + across);
        (cell(lat - up)..=cell(lat + up))
            .flat_map(move |y| columns.clone().map(move |x| (field, y, x)))
            .filter_map(|key| self.cells.get(&key))
    }

    /// Was something received there within the time after `closed`, by another report than `row`?
    pub fn reported_after(&self, field: u16, point: Point, closed: i64, row: u32) -> bool {
        self.around(field, point).any(|entries| {
            let first = entries.partition_point(|entry| entry.received <= closed);
            entries
                .iter()
                .skip(first)
                .take_while(|entry| entry.received <= closed + WITHIN_MS)
                .any(|entry| entry.row != row && entry.point.distance_m(point) <= METRES)
        })
    }

    /// The reports there that were received before this moment, whose closing it may put in doubt.
    pub fn before(&self, field: u16, point: Point, received: i64) -> Vec<u32> {
        let entries = self.around(field, point).flatten();
        entries
            .filter(|e| e.received < received && e.point.distance_m(point) <= METRES)
            .map(|entry| entry.row)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * 3_600_000;

    #[test]
    fn only_a_later_report_of_the_same_field_near_by_and_soon_counts() {
        let here = Point::new(55.06, 10.6).unwrap();
        // About 44 m to the north, and about 57 m to the east.
        let (near, far) = (Point::new(55.0604, 10.6).unwrap(), Point::new(55.06, 10.6009).unwrap());
        let mut grid = Grid::default();
        grid.put(1, near, 10 * DAY, 7);
        grid.put(1, far, 10 * DAY, 8);
        assert!(grid.reported_after(1, here, 9 * DAY, 0));
        assert!(!grid.reported_after(2, here, 9 * DAY, 0), "another field");
        assert!(!grid.reported_after(1, here, 10 * DAY, 0), "not after it");
        assert!(!grid.reported_after(1, here, -21 * DAY, 0), "too late");
        assert!(!grid.reported_after(1, here, 9 * DAY, 7), "the report itself");
        assert_eq!(grid.before(1, here, 11 * DAY), [7]);
        grid.take(1, near, 7);
        assert!(!grid.reported_after(1, here, 9 * DAY, 0), "only the one too far is left");
    }

    #[test]
    fn the_edge_of_a_cell_hides_nothing() {
        for (lat, long) in [(0.0, 0.0), (16.463_7, 107.590_9), (-33.9, 151.2), (68.0, -16.2)] {
            let here = Point::new(lat, long).unwrap();
            for step in 0..50 {
                let shift = f64::from(step) * CELL / 25.0;
                let (a, b) = (
                    Point::new(lat + shift, long + shift).unwrap(),
                    Point::new(lat + shift + 0.000_2, long + shift + 0.000_2).unwrap(),
                );
                assert!(a.distance_m(b) <= METRES && here.distance_m(a) < 1_000.0);
                let mut grid = Grid::default();
                grid.put(1, b, DAY, 1);
                assert!(grid.reported_after(1, a, 0, 0), "{lat} {long} {shift}");
            }
        }
    }
}
