//! A piece of ground with borders: polygons with holes, as an official boundary has them.
//!
//! A [`Region`] that exists is sound: its rings are closed and cross nowhere, its holes lie in what they are holes of.
//! So the even-odd rule tells what lies inside. Its edges stand in bands of latitude, and a point is compared only with
//! those at its height: a border of ten thousand positions is nearly as quick as one of ten, which libraries of shapes,
//! who read the whole border each time, are not. Of two regions that share a border, exactly one holds a point on it.

use super::{BoundingBox, METRES_PER_DEGREE, Point};

/// Positions of a border, the last one the same as the first.
pub type Ring = Vec<Point>;

/// Rings of a polygon: the outer one, then its holes.
pub type Polygon = Vec<Ring>;

#[derive(Debug, Clone)]
pub struct Region {
    polygons: Vec<Polygon>,
    bounds: BoundingBox,
    bands: Bands,
}

/// Why some rings are no region. Polygons and rings count from 1; the first ring of a polygon is its outer one.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Flaw {
    #[error("it has no polygon")]
    Empty,
    #[error("ring {ring} of polygon {polygon} does not end where it begins")]
    Open { polygon: usize, ring: usize },
    #[error("ring {ring} of polygon {polygon} has fewer than three different positions")]
    TooShort { polygon: usize, ring: usize },
    #[error("its border crosses itself at {at}")]
    Crossing { at: Point },
    #[error("ring {ring} is a hole outside of its polygon {polygon}")]
    StrayHole { polygon: usize, ring: usize },
    #[error("polygon {polygon} lies inside another one")]
    Nested { polygon: usize },
}

impl Region {
    /// Checks the rings. A position that repeats the one before it is dropped.
    pub fn new(mut polygons: Vec<Polygon>) -> Result<Self, Flaw> {
        let mut names = Vec::new();
        for (polygon, rings) in (1..).zip(&mut polygons) {
            for (ring, positions) in (1..).zip(rings) {
                if positions.first() != positions.last() {
                    return Err(Flaw::Open { polygon, ring });
                }
                positions.dedup();
                if positions.len() < 4 {
                    return Err(Flaw::TooShort { polygon, ring });
                }
                names.push((polygon, ring));
            }
        }
        let rings = || polygons.iter().flatten();
        let bounds = BoundingBox::of(rings().flatten().copied()).ok_or(Flaw::Empty)?;
        let bands = Bands::of(rings(), bounds);
        if let Some(at) = bands.crossing() {
            return Err(Flaw::Crossing { at });
        }
        for (own, ((polygon, ring), positions)) in (0..).zip(names.into_iter().zip(rings())) {
            let inside =
                middle_of_first_edge(positions).is_some_and(|at| bands.is_odd(at, Some(own)));
            if ring == 1 && inside {
                return Err(Flaw::Nested { polygon });
            }
            if ring > 1 && !inside {
                return Err(Flaw::StrayHole { polygon, ring });
            }
        }
        Ok(Self { polygons, bounds, bands })
    }

    pub fn polygons(&self) -> &[Polygon] {
        &self.polygons
    }

    pub fn bounds(&self) -> BoundingBox {
        self.bounds
    }

    pub fn contains(&self, point: Point) -> bool {
        self.bounds.contains(point) && self.bands.is_odd(point, None)
    }

    /// Metres from `point` to the border, if it is not farther than `most`.
    pub fn border_within(&self, point: Point, most: f64) -> Option<f64> {
        let room = most / METRES_PER_DEGREE;
        // Near the poles a degree of longitude shrinks to nothing: a hundredth is the least.
        let room_long = room / point.lat.to_radians().cos().max(0.01);
        let (low, high) = (self.bounds.south_west, self.bounds.north_east);
        let is_far = point.lat < low.lat - room
            || point.lat > high.lat + room
            || point.long < low.long - room_long
            || point.long > high.long + room_long;
        if is_far {
            return None;
        }
        let edges = self.bands.between(point.lat - room, point.lat + room);
        let nearest = edges.map(|edge| edge.distance_m(point)).min_by(f64::total_cmp);
        nearest.filter(|metres| *metres <= most)
    }

    /// A place on the border of this region that lies deeper than `depth` metres in the other one, if there is any.
    pub fn reaches_into(&self, other: &Self, depth: f64) -> Option<Point> {
        /// Metres between places that are tried along a straight border.
        const STEP: f64 = 100.0;
        let lies_deep = |at: Point| other.contains(at) && other.border_within(at, depth).is_none();
        self.bands.edges.iter().find_map(|edge| {
            let steps = (edge.low.distance_m(edge.high) / STEP).ceil().max(1.0) as u32;
            (0..=steps).find_map(|step| {
                let at = edge.along(f64::from(step) / f64::from(steps));
                lies_deep(at).then_some(at)
            })
        })
    }
}

fn middle_of_first_edge(ring: &Ring) -> Option<Point> {
    let (a, b) = (ring.first()?, ring.get(1)?);
    Some(Point { lat: f64::midpoint(a.lat, b.lat), long: f64::midpoint(a.long, b.long) })
}

/// A straight piece of a border, its southern end first, so that both neighbours see it alike.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    low: Point,
    high: Point,
    ring: u32,
}

impl Edge {
    pub(super) fn new(a: Point, b: Point, ring: u32) -> Self {
        let swapped = (b.lat, b.long) < (a.lat, a.long);
        let (low, high) = if swapped { (b, a) } else { (a, b) };
        Self { low, high, ring }
    }

    /// Positive to the west of it, zero on its line.
    fn side(&self, at: Point) -> f64 {
        let (low, high) = (self.low, self.high);
        (high.long - low.long) * (at.lat - low.lat) - (high.lat - low.lat) * (at.long - low.long)
    }

    /// Lies to the east of `point`, at its height. The northern end does not belong to it.
    fn is_east_of(&self, point: Point) -> bool {
        self.low.lat <= point.lat && point.lat < self.high.lat && self.side(point) > 0.0
    }

    /// Where both cross each other; to touch is not to cross.
    fn crosses(&self, other: &Self) -> Option<Point> {
        let (from, to) = (self.side(other.low), self.side(other.high));
        let apart = from * to < 0.0 && other.side(self.low) * other.side(self.high) < 0.0;
        apart.then(|| other.along(from / (from - to)))
    }

    /// The place at a share of its length.
    fn along(&self, share: f64) -> Point {
        let between = |from: f64, to: f64| from + (to - from) * share;
        Point {
            lat: between(self.low.lat, self.high.lat),
            long: between(self.low.long, self.high.long),
        }
    }

    /// In the plane that touches the earth at `point`: exact enough within some kilometres.
    pub(super) fn distance_m(&self, point: Point) -> f64 {
        let narrow = point.lat.to_radians().cos();
        let local = |at: Point| ((at.long - point.long) * narrow, at.lat - point.lat);
        let ((ax, ay), (bx, by)) = (local(self.low), local(self.high));
        let (dx, dy) = (bx - ax, by - ay);
        let length = dx * dx + dy * dy;
        let share = if length > 0.0 { -(ax * dx + ay * dy) / length } else { 0.0 };
        let share = share.clamp(0.0, 1.0);
        (ax + dx * share).hypot(ay + dy * share) * METRES_PER_DEGREE
    }
}

/// The edges, and for each band of latitude those it meets.
#[derive(Debug, Clone)]
struct Bands {
    edges: Vec<Edge>,
    south: f64,
    per_degree: f64,
    /// Where the edges of each band begin in `met`, and where those of the last one end.
    starts: Vec<u32>,
    met: Vec<u32>,
}

impl Bands {
    fn of<'a>(rings: impl Iterator<Item = &'a Ring>, bounds: BoundingBox) -> Self {
        let edges_of = |(id, ring): (u32, &'a Ring)| {
            ring.windows(2).filter_map(move |ends| match ends {
                [a, b] => Some(Edge::new(*a, *b, id)),
                _ => None,
            })
        };
        let edges: Vec<Edge> = (0..).zip(rings).flat_map(edges_of).collect();
        let south = bounds.south_west.lat;
        let height = bounds.north_east.lat - south;
        let climbed: f64 = edges.iter().map(|edge| edge.high.lat - edge.low.lat).sum();
        // So many bands that an edge is met by about two of them, however the border winds.
        let count = if climbed > 0.0 { edges.len() as f64 * height / climbed } else { 1.0 };
        let count = (count.ceil() as u32).max(1);
        let per_degree = if height > 0.0 { f64::from(count) / height } else { 0.0 };
        let mut bands =
            Self { edges, south, per_degree, starts: vec![0; count as usize + 1], met: Vec::new() };
        let meets = |(number, edge): (u32, &Edge)| {
            (bands.band(edge.low.lat)..=bands.band(edge.high.lat)).map(move |band| (band, number))
        };
        let mut met: Vec<(u32, u32)> = (0..).zip(&bands.edges).flat_map(meets).collect();
        met.sort_unstable();
        bands.starts =
            (0..=count).map(|band| met.partition_point(|(b, _)| *b < band) as u32).collect();
        bands.met = met.into_iter().map(|(_, edge)| edge).collect();
        bands
    }

    /// The band at a latitude; beyond the ends the first or the last.
    fn band(&self, lat: f64) -> u32 {
        let last = self.starts.len().saturating_sub(2) as u32;
        (((lat - self.south) * self.per_degree) as u32).min(last)
    }

    /// The edges near these latitudes; one that several bands meet comes several times.
    fn between(&self, south: f64, north: f64) -> impl Iterator<Item = &Edge> {
        let (first, last) = (self.band(south) as usize, self.band(north) as usize);
        let from = self.starts.get(first).copied().unwrap_or(0) as usize;
        let to = self.starts.get(last + 1).copied().unwrap_or(0) as usize;
        let met = self.met.get(from..to).unwrap_or_default();
        met.iter().filter_map(|number| self.edges.get(*number as usize))
    }

    /// A way from `point` to the east crosses an odd number of edges, those of one ring not counted.
    fn is_odd(&self, point: Point, uncounted: Option<u32>) -> bool {
        let edges = self.between(point.lat, point.lat);
        let crossed = edges.filter(|e| uncounted != Some(e.ring) && e.is_east_of(point));
        crossed.count() % 2 == 1
    }

    /// A place where two edges cross.
    fn crossing(&self) -> Option<Point> {
        self.starts.windows(2).find_map(|ends| {
            let [from, to] = ends else { return None };
            let met = self.met.get(*from as usize..*to as usize)?;
            let edge = |number: &u32| self.edges.get(*number as usize);
            met.iter().enumerate().find_map(|(at, one)| {
                let others = met.iter().skip(at + 1).filter_map(edge);
                let one = edge(one)?;
                others.into_iter().find_map(|other| one.crosses(other))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(corners: &[(f64, f64)]) -> Ring {
        let closed = corners.iter().chain(corners.first());
        closed.map(|(lat, long)| Point::new(*lat, *long).unwrap()).collect()
    }

    fn square(south: f64, west: f64, side: f64) -> Ring {
        let (north, east) = (south + side, west + side);
        ring(&[(south, west), (south, east), (north, east), (north, west)])
    }

    fn at(lat: f64, long: f64) -> Point {
        Point::new(lat, long).unwrap()
    }

    #[test]
    fn holes_are_outside_and_islands_are_inside() {
        let land = vec![square(10.0, 20.0, 1.0), square(10.4, 20.4, 0.2)];
        let island_in_the_hole = vec![square(10.45, 20.45, 0.1)];
        let island = vec![square(10.0, 22.0, 0.5)];
        let region = Region::new(vec![land, island_in_the_hole, island]).unwrap();
        for (lat, long, inside) in [
            (10.1, 20.1, true),
            (10.42, 20.42, false),
            (10.5, 20.5, true),
            (10.2, 22.2, true),
            (10.2, 21.5, false),
            (9.9, 20.5, false),
            (11.1, 20.5, false),
        ] {
            assert_eq!(region.contains(at(lat, long)), inside, "{lat} {long}");
        }
        assert_eq!(region.bounds().to_string(), "20,10,22.5,11");
    }

    #[test]
    fn a_point_on_a_shared_border_is_in_exactly_one_neighbour() {
        let middle = [(10.0, 20.5), (10.3, 20.45), (10.3, 20.6), (10.7, 20.52), (11.0, 20.5)];
        let mut west = vec![(11.0, 20.0), (10.0, 20.0)];
        west.extend(middle);
        let mut east: Vec<_> = middle.into_iter().rev().collect();
        east.extend([(10.0, 21.0), (11.0, 21.0)]);
        let west = Region::new(vec![vec![ring(&west)]]).unwrap();
        let east = Region::new(vec![vec![ring(&east)]]).unwrap();
        let on_the_border = Bands::of([ring(&middle)].iter(), west.bounds());
        for edge in &on_the_border.edges {
            for share in [0.0, 0.25, 1.0 / 3.0, 0.5, 0.9] {
                let place = edge.along(share);
                if place.lat < 11.0 {
                    assert!(west.contains(place) != east.contains(place), "{place}");
                }
            }
        }
    }

    #[test]
    fn a_point_is_compared_with_a_few_edges_however_long_the_border_is() {
        let coast: Vec<(f64, f64)> = (0..20_000)
            .map(|n| {
                let turn = f64::from(n) * std::f64::consts::TAU / 20_000.0;
                let bay = 1.0 + 0.2 * (40.0 * turn).sin();
                (10.0 + bay * turn.sin(), 20.0 + bay * turn.cos())
            })
            .collect();
        let region = Region::new(vec![vec![ring(&coast)]]).unwrap();
        let met = |n: i32| {
            let lat = 8.8 + 2.4 * f64::from(n) / 1_000.0;
            region.bands.between(lat, lat).count()
        };
        let most = (0..=1_000).map(met).max().unwrap();
        assert!(most < 100, "{most}");
        assert!(region.bands.met.len() < 3 * 20_000, "and memory stays small");
        assert!(region.contains(at(10.0, 20.0)) && !region.contains(at(11.3, 20.0)));
    }

    #[test]
    fn what_is_no_region_is_told_with_its_place() {
        let open = vec![at(10.0, 20.0), at(10.0, 21.0), at(11.0, 21.0), at(11.0, 20.0)];
        let line = vec![at(10.0, 20.0), at(10.0, 20.0), at(10.0, 21.0), at(10.0, 20.0)];
        let bow = ring(&[(10.0, 20.0), (11.0, 21.0), (11.0, 20.0), (10.0, 21.0)]);
        let land = square(10.0, 20.0, 1.0);
        let flaw = |polygons| Region::new(polygons).unwrap_err();
        assert_eq!(flaw(vec![]), Flaw::Empty);
        assert_eq!(flaw(vec![vec![land.clone()], vec![open]]), Flaw::Open { polygon: 2, ring: 1 });
        assert_eq!(flaw(vec![vec![line]]), Flaw::TooShort { polygon: 1, ring: 1 });
        assert_eq!(flaw(vec![vec![bow]]), Flaw::Crossing { at: at(10.5, 20.5) });
        let stray = vec![land.clone(), square(12.0, 20.2, 0.1)];
        assert_eq!(flaw(vec![stray]), Flaw::StrayHole { polygon: 1, ring: 2 });
        let nested = vec![vec![land], vec![square(10.2, 20.2, 0.1)]];
        assert_eq!(flaw(nested), Flaw::Nested { polygon: 2 });
    }

    #[test]
    fn the_way_to_the_border_is_told_in_metres_and_only_as_far_as_asked() {
        let region = Region::new(vec![vec![square(10.0, 20.0, 1.0)]]).unwrap();
        let near = |lat, long, most| region.border_within(at(lat, long), most);
        let south = near(9.999, 20.5, 150.0).unwrap();
        assert!((south - 111.2).abs() < 0.5, "{south}");
        let corner = near(9.999, 19.999, 200.0).unwrap();
        assert!((corner - 156.0).abs() < 1.0, "{corner}");
        assert_eq!(near(9.999, 20.5, 100.0), None);
        assert_eq!(near(10.5, 25.0, 1_000.0), None);
        assert!(near(10.5, 20.001, 150.0).is_some(), "from inside too");
    }

    #[test]
    fn an_overlap_is_found_when_it_is_deeper_than_the_slack_between_drawings() {
        let one = Region::new(vec![vec![square(10.0, 20.0, 1.0)]]).unwrap();
        let beside = Region::new(vec![vec![square(10.0, 20.999_95, 1.0)]]).unwrap();
        assert_eq!(beside.reaches_into(&one, 10.0), None, "5 m");
        let over = Region::new(vec![vec![square(10.4, 20.99, 0.1)]]).unwrap();
        assert!(one.contains(over.reaches_into(&one, 10.0).unwrap()));
        // Neither has a corner in the other.
        let long = |corners| Region::new(vec![vec![ring(corners)]]).unwrap();
        let tall = long(&[(9.0, 20.4), (9.0, 20.5), (12.0, 20.5), (12.0, 20.4)]);
        assert!(tall.reaches_into(&one, 10.0).is_some());
    }
}
