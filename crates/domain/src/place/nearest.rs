//! The borders between places that go to the nearest of some centres, for maps that say so: each border once.

use super::{BoundingBox, METRES_PER_DEGREE, Point};

/// A line between two corners.
pub type Border = [Point; 2];

/// The borders inside a box. Centres at the same place have none between them.
pub fn borders(centres: &[Point], within: BoundingBox) -> Vec<Border> {
    let middle = within.centre().lat().to_radians().cos().max(0.01);
    let flat = |point: Point| (point.long() * middle, point.lat());
    let places: Vec<(f64, f64)> = centres.iter().map(|centre| flat(*centre)).collect();
    let (low, high) = (flat(within.south_west()), flat(within.north_east()));
    let mut found = Vec::new();
    for (n, one) in places.iter().enumerate() {
        for (m, other) in places.iter().enumerate().skip(n + 1) {
            let others = || {
                places.iter().enumerate().filter(move |(k, _)| *k != n && *k != m).map(|(_, p)| p)
            };
            let Some((from, to)) = between(*one, *other, (low, high), others()) else { continue };
            let round = |(x, y): (f64, f64)| Point::new(y, x / middle).ok();
            if let Some((from, to)) = round(from).zip(round(to)) {
                found.push([from, to]);
            }
        }
    }
    found
}

type Flat = (f64, f64);

/// The part of the line in the middle of two places that lies in the box and is nearer to them than to all others.
fn between<'a>(
    one: Flat,
    other: Flat,
    (low, high): (Flat, Flat),
    others: impl Iterator<Item = &'a Flat>,
) -> Option<(Flat, Flat)> {
    /// Degrees below which there is no line.
    const SHORT: f64 = 1.0 / METRES_PER_DEGREE;
    let middle = (f64::midpoint(one.0, other.0), f64::midpoint(one.1, other.1));
    let across = (one.1 - other.1, other.0 - one.0);
    // Points are `middle + t × across`; what keeps `a × t <= b` narrows t.
    let (mut from, mut to) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut narrow = |a: f64, b: f64| {
        if a > 0.0 {
            to = to.min(b / a);
        } else if a < 0.0 {
            from = from.max(b / a);
        } else if b < 0.0 {
            to = f64::NEG_INFINITY;
        }
    };
    narrow(across.0, high.0 - middle.0);
    narrow(-across.0, middle.0 - low.0);
    narrow(across.1, high.1 - middle.1);
    narrow(-across.1, middle.1 - low.1);
    for third in others {
        // Nearer to the first than to the third.
        let away = (third.0 - one.0, third.1 - one.1);
        let half =
            (f64::midpoint(third.0, one.0) - middle.0, f64::midpoint(third.1, one.1) - middle.1);
        narrow(across.0 * away.0 + across.1 * away.1, half.0 * away.0 + half.1 * away.1);
    }
    let at = |t: f64| (middle.0 + t * across.0, middle.1 + t * across.1);
    let length = (to - from) * across.0.hypot(across.1);
    (length.is_finite() && length > SHORT).then(|| (at(from), at(to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lat: f64, long: f64) -> Point {
        Point::new(lat, long).unwrap()
    }

    #[test]
    fn a_border_is_as_far_from_one_centre_as_from_the_other_and_nearer_to_no_third() {
        let centres: Vec<Point> = (0..30)
            .map(|n| {
                let n = f64::from(n);
                at(16.0 + (n * 0.618).fract() * 0.6, 107.0 + (n * 0.414).fract())
            })
            .collect();
        let within = BoundingBox::new(106.9, 15.9, 108.1, 16.7).unwrap();
        let borders = borders(&centres, within);
        assert!(borders.len() >= 45, "{}", borders.len());
        for [from, to] in borders {
            assert!(
                within.contains(at(from.lat().clamp(15.9, 16.7), from.long().clamp(106.9, 108.1)))
            );
            let middle =
                at(f64::midpoint(from.lat(), to.lat()), f64::midpoint(from.long(), to.long()));
            let mut far: Vec<f64> = centres.iter().map(|c| c.distance_m(middle)).collect();
            far.sort_by(f64::total_cmp);
            // The flat map of a city is some parts in a thousand off.
            assert!((far[1] - far[0]) / far[0] < 0.01, "{middle}: {far:?}");
        }
    }

    #[test]
    fn two_centres_share_one_line_across_the_box_and_one_alone_has_none() {
        let within = BoundingBox::new(10.0, 50.0, 11.0, 51.0).unwrap();
        let lines = borders(&[at(50.5, 10.2), at(50.5, 10.8)], within);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].iter().all(|end| (end.long() - 10.5).abs() < 1e-9), "{lines:?}");
        assert_eq!(borders(&[at(50.5, 10.2)], within), Vec::<Border>::new());
        assert_eq!(borders(&[at(50.5, 10.2); 2], within), Vec::<Border>::new());
    }
}
