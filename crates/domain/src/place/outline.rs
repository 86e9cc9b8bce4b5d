//! An outline somebody drew, to look at what lies in it: a few corners, short enough to stand in an address.
//!
//! It is written as a [flexible polyline](https://github.com/heremaps/flexible-polyline): differences of corners in steps
//! of a hundred-thousandth of a degree, which is a metre, in letters that need no escaping.

use super::region::{Flaw, Region};
use super::{BoundingBox, METRES_PER_DEGREE, Point};
use std::fmt;
use std::str::FromStr;

/// Corners of an outline: who draws more, draws a coast.
pub const MOST_CORNERS: usize = 50;
/// Letters of an outline at most: four per number is far across a country.
const MOST_LETTERS: usize = 1_000;
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// The version of the format, and decimals of a degree.
const VERSION: u64 = 1;
const DECIMALS: u64 = 5;
const STEPS: f64 = 1e5;

/// A closed line that does not cross itself.
#[derive(Clone)]
pub struct Outline {
    corners: Vec<Point>,
    region: Region,
}

/// Why a line is no outline.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum OutlineError {
    #[error("it is no flexible polyline of five decimals")]
    Unreadable,
    #[error("it has fewer than 3 corners or more than {MOST_CORNERS}")]
    Corners,
    #[error(transparent)]
    Flaw(Flaw),
}

impl Outline {
    /// From its corners, the first one not repeated at the end.
    pub fn new(corners: Vec<Point>) -> Result<Self, OutlineError> {
        if !(3..=MOST_CORNERS).contains(&corners.len()) {
            return Err(OutlineError::Corners);
        }
        let ring: Vec<Point> = corners.iter().chain(corners.first()).copied().collect();
        let region = Region::new(vec![vec![ring]]).map_err(OutlineError::Flaw)?;
        Ok(Self { corners, region })
    }

    pub fn corners(&self) -> &[Point] {
        &self.corners
    }

    pub fn bounds(&self) -> BoundingBox {
        self.region.bounds()
    }

    pub fn contains(&self, point: Point) -> bool {
        self.region.contains(point)
    }

    /// Inside, or not farther outside than so many metres.
    pub fn is_near(&self, point: Point, metres: f64) -> bool {
        self.contains(point) || self.region.border_within(point, metres).is_some()
    }
}

/// What lies in an outline or in a circle.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Outline(std::sync::Arc<Outline>),
    Circle { centre: Point, metres: f64 },
}

/// How a round piece of ground lies to a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lies {
    Inside,
    Outside,
    Across,
}

impl Shape {
    pub fn holds(&self, point: Point) -> bool {
        match self {
            Self::Outline(outline) => outline.contains(point),
            Self::Circle { centre, metres } => centre.distance_m(point) <= *metres,
        }
    }

    /// Inside, or not farther outside than so many metres.
    pub fn is_near(&self, point: Point, slack: f64) -> bool {
        match self {
            Self::Outline(outline) => outline.is_near(point, slack),
            Self::Circle { centre, metres } => centre.distance_m(point) <= metres + slack,
        }
    }

    /// How everything within so many metres of a point lies.
    pub fn lies(&self, middle: Point, radius: f64) -> Lies {
        let crosses = match self {
            Self::Outline(outline) => outline.region.border_within(middle, radius).is_some(),
            Self::Circle { centre, metres } => (centre.distance_m(middle) - metres).abs() <= radius,
        };
        match (crosses, self.holds(middle)) {
            (true, _) => Lies::Across,
            (false, true) => Lies::Inside,
            (false, false) => Lies::Outside,
        }
    }

    /// A box around it, with some metres more on each side.
    pub fn bounds(&self, slack: f64) -> BoundingBox {
        match self {
            Self::Circle { centre, metres } => BoundingBox::around(*centre, metres + slack),
            Self::Outline(outline) => {
                let bounds = outline.bounds();
                let around = |corner| BoundingBox::around(corner, slack);
                let corners = [bounds.south_west(), bounds.north_east()].map(around);
                let ends = corners.iter().flat_map(|b| [b.south_west(), b.north_east()]);
                BoundingBox::of(ends).unwrap_or(bounds)
            }
        }
    }

    /// Its border as a map draws it, the last position the same as the first.
    pub fn drawn(&self) -> Vec<Point> {
        /// Corners of what stands for a circle.
        const TURNS: u32 = 64;
        match self {
            Self::Outline(outline) => {
                outline.corners.iter().chain(outline.corners.first()).copied().collect()
            }
            Self::Circle { centre, metres } => {
                let up = metres / METRES_PER_DEGREE;
                let right = up / centre.lat.to_radians().cos().max(0.01);
                let at = |n: u32| {
                    let turn = f64::from(n % TURNS) / f64::from(TURNS) * std::f64::consts::TAU;
                    let (sine, cosine) = turn.sin_cos();
                    Point::new(centre.lat + up * sine, centre.long + right * cosine).ok()
                };
                (0..=TURNS).filter_map(at).collect()
            }
        }
    }
}

impl PartialEq for Outline {
    fn eq(&self, other: &Self) -> bool {
        self.corners == other.corners
    }
}

/// As it stands in an address: two outlines that are written alike are alike.
impl fmt::Debug for Outline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outline({self})")
    }
}

impl fmt::Display for Outline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        unsigned(&mut text, VERSION);
        unsigned(&mut text, DECIMALS);
        let (mut lat, mut long) = (0, 0);
        for corner in &self.corners {
            let next = ((corner.lat * STEPS).round() as i64, (corner.long * STEPS).round() as i64);
            for difference in [next.0 - lat, next.1 - long] {
                unsigned(&mut text, ((difference << 1) ^ (difference >> 63)) as u64);
            }
            (lat, long) = next;
        }
        f.write_str(&text)
    }
}

fn unsigned(text: &mut String, mut n: u64) {
    while n > 31 {
        text.push(letter(n & 31 | 32));
        n >>= 5;
    }
    text.push(letter(n));
}

fn letter(n: u64) -> char {
    ALPHABET.get(n as usize).map_or('A', |byte| char::from(*byte))
}

impl FromStr for Outline {
    type Err = OutlineError;

    fn from_str(text: &str) -> Result<Self, OutlineError> {
        let numbers = numbers(text).ok_or(OutlineError::Unreadable)?;
        let [VERSION, DECIMALS, differences @ ..] = numbers.as_slice() else {
            return Err(OutlineError::Unreadable);
        };
        let (mut lat, mut long) = (0_i64, 0_i64);
        let mut corners = Vec::with_capacity(differences.len() / 2);
        for pair in differences.chunks(2) {
            let [up, right] = pair else { return Err(OutlineError::Unreadable) };
            let signed = |n: u64| (n >> 1) as i64 ^ -((n & 1) as i64);
            lat = lat.saturating_add(signed(*up));
            long = long.saturating_add(signed(*right));
            let corner = Point::new(lat as f64 / STEPS, long as f64 / STEPS);
            corners.push(corner.map_err(|_| OutlineError::Unreadable)?);
        }
        Self::new(corners)
    }
}

fn numbers(text: &str) -> Option<Vec<u64>> {
    if text.len() > MOST_LETTERS {
        return None;
    }
    let (mut numbers, mut n, mut shift) = (Vec::new(), 0_u64, 0);
    for byte in text.bytes() {
        let value = ALPHABET.iter().position(|letter| *letter == byte)? as u64;
        // No coordinate has more than thirty bits.
        if shift > 35 {
            return None;
        }
        n |= (value & 31) << shift;
        if value & 32 == 0 {
            numbers.push(n);
            (n, shift) = (0, 0);
        } else {
            shift += 5;
        }
    }
    (shift == 0).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(lat: f64, long: f64) -> Point {
        Point::new(lat, long).unwrap()
    }

    /// The example of the format's own description.
    #[test]
    fn it_reads_and_writes_what_the_format_s_authors_do() {
        let text = "BFoz5xJ67i1B1B7PzIhaxL7Y";
        let outline: Outline = text.parse().unwrap();
        let expected =
            [(50.10228, 8.69821), (50.10201, 8.69567), (50.10063, 8.69150), (50.09878, 8.68752)];
        assert_eq!(outline.corners(), expected.map(|(lat, long)| at(lat, long)));
        assert_eq!(outline.to_string(), text);
    }

    #[test]
    fn what_is_no_outline_is_refused_with_the_reason() {
        let read = |text: &str| text.parse::<Outline>().unwrap_err();
        for text in [
            "",
            "B",
            "BF",
            "AF",
            "CF",
            "BG",
            "BFoz5xJ67i1B1B7PzIhaxL7Y!",
            "BF",
            "BF________________",
            "Ổ",
        ] {
            assert!(
                matches!(read(text), OutlineError::Unreadable | OutlineError::Corners),
                "{text}"
            );
        }
        assert_eq!(read(&"BF".repeat(600)), OutlineError::Unreadable);
        assert_eq!(
            Outline::new(vec![at(1.0, 1.0), at(2.0, 2.0)]).unwrap_err(),
            OutlineError::Corners
        );
        let many = (0..51).map(|n| at(f64::from(n) * 0.01, f64::from(n * n) * 0.001)).collect();
        assert_eq!(Outline::new(many).unwrap_err(), OutlineError::Corners);
        let bow = vec![at(10.0, 20.0), at(11.0, 21.0), at(11.0, 20.0), at(10.0, 21.0)];
        assert!(matches!(
            Outline::new(bow).unwrap_err(),
            OutlineError::Flaw(Flaw::Crossing { .. })
        ));
        let same = vec![at(10.0, 20.0); 5];
        assert!(matches!(
            Outline::new(same).unwrap_err(),
            OutlineError::Flaw(Flaw::TooShort { .. })
        ));
    }

    #[test]
    fn a_round_piece_of_ground_lies_in_a_shape_beside_it_or_across() {
        let square = vec![at(10.0, 20.0), at(10.0, 20.1), at(10.1, 20.1), at(10.1, 20.0)];
        let square = Shape::Outline(Outline::new(square).unwrap().into());
        let circle = Shape::Circle { centre: at(10.05, 20.05), metres: 5_000.0 };
        for shape in [&square, &circle] {
            assert_eq!(shape.lies(at(10.05, 20.05), 1_000.0), Lies::Inside);
            assert_eq!(shape.lies(at(10.05, 20.2), 1_000.0), Lies::Outside);
            assert_eq!(shape.lies(at(10.05, 20.095), 1_000.0), Lies::Across);
            assert_eq!(shape.lies(at(10.05, 20.05), 20_000.0), Lies::Across);
            assert!(
                shape.is_near(at(10.05, 20.1009), 1_000.0)
                    && !shape.is_near(at(10.05, 20.2), 100.0)
            );
            let border = shape.drawn();
            assert_eq!(border.first(), border.last());
            assert!(border.iter().all(|corner| shape.bounds(1.0).contains(*corner)));
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(lat in -80.0..80.0, long in -179.0..178.0, size in 0.001..0.5) {
            let around = |turn: f64| at(lat + size * turn.sin(), long + size * turn.cos());
            let outline = Outline::new((0..7).map(|n| around(f64::from(n) * 0.8)).collect()).unwrap();
            let text = outline.to_string();
            let read: Outline = text.parse().unwrap();
            for (one, other) in outline.corners().iter().zip(read.corners()) {
                prop_assert!(one.distance_m(*other) < 1.0);
            }
            prop_assert_eq!(read.to_string(), text);
        }

        #[test]
        fn nothing_that_is_typed_makes_it_fall(text in ".{0,80}") {
            let _ = text.parse::<Outline>();
        }
    }
}
