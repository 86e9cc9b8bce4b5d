//! Borders with fewer positions, for drawing: nobody sees ten metres on a map of a city, and everybody waits for them.
//!
//! A border that two regions share is simplified once for both, so that no gap opens between neighbours. For that the
//! rings are cut at the positions where more than two borders meet, each piece is simplified from the same end whoever
//! it belongs to (Douglas–Peucker), and the pieces are put together again.

use super::Point;
use super::region::{Edge, Polygon, Region, Ring};
use std::collections::HashMap;

/// A position as a key; the same border has the same numbers on both sides.
type Key = (u64, u64);

fn key(point: Point) -> Key {
    (point.lat.to_bits(), point.long.to_bits())
}

/// The polygons of each region with no position left out that lies more than `metres` off the new border. Holes and
/// islands that vanish are dropped, but never the whole of a region.
pub fn simplify(regions: &[&Region], metres: f64) -> Vec<Vec<Polygon>> {
    let rings = || regions.iter().flat_map(|region| region.polygons().iter().flatten());
    let meetings = meetings(rings());
    let simple = |region: &Region| {
        let polygons = region.polygons().iter().filter_map(|polygon| {
            let mut rings = polygon.iter().map(|ring| simple_ring(ring, &meetings, metres));
            let outer = rings.next().filter(is_ground)?;
            Some(std::iter::once(outer).chain(rings.filter(is_ground)).collect())
        });
        let polygons: Vec<Polygon> = polygons.collect();
        if polygons.is_empty() { region.polygons().to_vec() } else { polygons }
    };
    regions.iter().map(|region| simple(region)).collect()
}

fn is_ground(ring: &Ring) -> bool {
    ring.len() > 3
}

/// What borders go on to from a position.
#[derive(Default)]
struct Ways {
    known: [Option<Key>; 2],
    is_meeting: bool,
}

impl Ways {
    fn note(&mut self, next: Key) {
        match self.known.iter_mut().find(|way| way.is_none_or(|known| known == next)) {
            Some(way) => *way = Some(next),
            None => self.is_meeting = true,
        }
    }
}

/// The positions of all rings; where borders part is told.
fn meetings<'a>(rings: impl Iterator<Item = &'a Ring>) -> HashMap<Key, Ways> {
    let mut ways: HashMap<Key, Ways> = HashMap::new();
    for ring in rings {
        for (a, b) in ring.iter().zip(ring.iter().skip(1)) {
            ways.entry(key(*a)).or_default().note(key(*b));
            ways.entry(key(*b)).or_default().note(key(*a));
        }
    }
    ways
}

fn simple_ring(ring: &Ring, meetings: &HashMap<Key, Ways>, metres: f64) -> Ring {
    let is_meeting = |point: &Point| meetings.get(&key(*point)).is_some_and(|w| w.is_meeting);
    let round = ring.get(1..).unwrap_or_default();
    // Without a meeting the smallest position is where every neighbour begins, too.
    let first = round
        .iter()
        .position(is_meeting)
        .or_else(|| (0..round.len()).min_by_key(|at| round.get(*at).map(|point| key(*point))));
    let (end, begin) = round.split_at(first.unwrap_or(0));
    let turned: Vec<Point> = begin.iter().chain(end).chain(begin.first()).copied().collect();
    let mut simple: Ring = turned.first().copied().into_iter().collect();
    let mut from = 0;
    for (to, point) in turned.iter().enumerate().skip(1) {
        if to + 1 == turned.len() || is_meeting(point) {
            let piece = turned.get(from..=to).unwrap_or_default();
            simple.extend(simple_piece(piece, metres).into_iter().skip(1));
            from = to;
        }
    }
    simple
}

/// Douglas–Peucker, from the end that sorts first, so that both neighbours leave out the same positions.
fn simple_piece(piece: &[Point], metres: f64) -> Vec<Point> {
    let ahead = piece.iter().take(2).map(|point| key(*point));
    let backwards = piece.iter().rev().take(2).map(|point| key(*point)).lt(ahead);
    let mut piece = piece.to_vec();
    if backwards {
        piece.reverse();
    }
    let last = piece.len().saturating_sub(1);
    let mut kept = vec![0, last];
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        if let Some((at, off)) = farthest(&piece, from, to)
            && off > metres
        {
            kept.push(at);
            open.extend([(from, at), (at, to)]);
        }
    }
    kept.sort_unstable();
    let mut simple: Vec<Point> = kept.iter().filter_map(|at| piece.get(*at).copied()).collect();
    if backwards {
        simple.reverse();
    }
    simple
}

/// The position between these that lies farthest from the line that joins them, and how far in metres.
fn farthest(piece: &[Point], from: usize, to: usize) -> Option<(usize, f64)> {
    let line = Edge::new(*piece.get(from)?, *piece.get(to)?, 0);
    let between = piece.get(from + 1..to)?.iter().zip(from + 1..);
    between.map(|(point, at)| (at, line.distance_m(*point))).max_by(|a, b| a.1.total_cmp(&b.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[(f64, f64)]) -> Ring {
        let closed = corners.iter().chain(corners.first());
        closed.map(|(lat, long)| Point::new(*lat, *long).unwrap()).collect()
    }

    fn region(rings: &[Ring]) -> Region {
        Region::new(vec![rings.to_vec()]).unwrap()
    }

    /// A winding border along a meridian, with a turn of about a metre at every second position.
    fn winding() -> Vec<(f64, f64)> {
        (0..=40).map(|n| (10.0 + f64::from(n) / 40.0, 20.5 + f64::from(n % 2) * 1e-5)).collect()
    }

    #[test]
    fn a_shared_border_stays_shared() {
        let (mut west, mut east) = (winding(), winding());
        east.reverse();
        west.extend([(11.0, 20.0), (10.0, 20.0)]);
        east.extend([(10.0, 21.0), (11.0, 21.0)]);
        // Rings that begin in the middle of the border.
        west.rotate_left(7);
        east.rotate_left(19);
        let (west, east) = (region(&[ring(&west)]), region(&[ring(&east)]));
        let simple = simplify(&[&west, &east], 10.0);
        for polygons in &simple {
            assert_eq!(polygons[0][0].len(), 5, "{polygons:?}");
            assert_eq!(polygons[0][0].first(), polygons[0][0].last());
        }
        let fine = simplify(&[&west, &east], 0.1);
        assert_eq!(fine[0][0][0].len(), west.polygons()[0][0].len());
        let positions = |polygons: &[Polygon]| -> Vec<Key> {
            let mut keys: Vec<_> = polygons[0][0].iter().map(|p| key(*p)).collect();
            keys.retain(|k| f64::from_bits(k.1) > 20.4 && f64::from_bits(k.1) < 20.6);
            keys.sort_unstable();
            keys.dedup();
            keys
        };
        assert_eq!(positions(&fine[0]), positions(&fine[1]));
    }

    #[test]
    fn an_enclave_and_the_hole_around_it_are_drawn_alike() {
        let circle: Vec<(f64, f64)> = (0..90)
            .map(|n| {
                let turn = f64::from(n) * std::f64::consts::TAU / 90.0;
                (10.5 + 0.1 * turn.sin(), 20.5 + 0.1 * turn.cos())
            })
            .collect();
        let mut other_way = circle.clone();
        other_way.reverse();
        other_way.rotate_left(31);
        let land = ring(&[(10.0, 20.0), (10.0, 21.0), (11.0, 21.0), (11.0, 20.0)]);
        let around = region(&[land, ring(&other_way)]);
        let enclave = region(&[ring(&circle)]);
        let simple = simplify(&[&around, &enclave], 200.0);
        let sorted = |ring: &Ring| {
            let mut keys: Vec<_> = ring.iter().map(|p| key(*p)).collect();
            keys.sort_unstable();
            keys
        };
        assert!(simple[1][0][0].len() < 40);
        assert_eq!(sorted(&simple[0][0][1]), sorted(&simple[1][0][0]));
    }

    #[test]
    fn what_is_too_small_to_draw_goes_but_never_all_of_it() {
        let tiny = ring(&[(10.5, 20.5), (10.5, 20.500_01), (10.500_01, 20.500_01)]);
        let land = ring(&[(10.0, 20.0), (10.0, 21.0), (11.0, 21.0), (11.0, 20.0)]);
        let with_a_well = region(&[land, tiny.clone()]);
        let only_tiny = region(&[tiny]);
        let simple = simplify(&[&with_a_well, &only_tiny], 10.0);
        assert_eq!(simple[0][0].len(), 1, "the hole is gone");
        assert_eq!(simple[1], only_tiny.polygons());
    }
}
