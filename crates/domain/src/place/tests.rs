//! Places: tables for the doors, laws for cells and covers.

use super::cell::{MAX_RANGES, ORDER};
use super::*;
use proptest::prelude::*;

fn point(lat: f64, long: f64) -> Point {
    Point::new(lat, long).unwrap()
}

#[test]
fn a_place_that_is_none_is_refused_with_the_reason() {
    assert_eq!(Point::parse("16.4637", " 107.5909 "), Ok(point(16.4637, 107.5909)));
    assert_eq!(Point::parse("abc", "1"), Err(PlaceError::NotANumber));
    assert_eq!(Point::parse("NaN", "1"), Err(PlaceError::NotANumber));
    assert_eq!(Point::parse("1", "inf"), Err(PlaceError::NotANumber));
    assert_eq!(Point::parse("107.5", "16.4"), Err(PlaceError::Latitude));
    assert_eq!(Point::parse("16.4", "180.1"), Err(PlaceError::Longitude));
    assert!(serde_json::from_str::<Point>("{\"lat\":91,\"long\":0}").is_err());
    let json = serde_json::to_string(&point(16.5, 107.5)).unwrap();
    assert_eq!(json, "{\"lat\":16.5,\"long\":107.5}");
    assert_eq!(serde_json::from_str::<Point>(&json).unwrap(), point(16.5, 107.5));
}

#[test]
fn a_box_that_is_none_is_refused_with_the_reason() {
    let read = str::parse::<BoundingBox>;
    let good = "107.5,16.4,107.7,16.5";
    assert_eq!(read(good).unwrap().to_string(), good);
    for bad in ["", "abc", "1,2,3", "1,2,3,4,5", "107.5;16.4;107.7;16.5"] {
        assert_eq!(read(bad), Err(PlaceError::NotFourNumbers), "{bad}");
    }
    assert_eq!(read("a,b,c,d"), Err(PlaceError::NotANumber));
    assert_eq!(read("1,2,3,"), Err(PlaceError::NotANumber));
    assert_eq!(read("1,2,3,91"), Err(PlaceError::Latitude));
    assert_eq!(read("-181,2,3,4"), Err(PlaceError::Longitude));
    assert_eq!(read("3,2,1,4"), Err(PlaceError::EmptyBox));
    assert_eq!(read("1,4,3,4"), Err(PlaceError::EmptyBox));
}

#[test]
fn distances_are_known_ones() {
    let close = |a: f64, b: f64, by: f64| assert!((a - b).abs() < by, "{a} is not {b}");
    let hue = point(16.4637, 107.5909);
    close(hue.distance_m(hue), 0.0, 1e-9);
    close(hue.distance_m(point(21.0285, 105.8542)), 540_400.0, 1500.0);
    close(point(0.0, 179.9995).distance_m(point(0.0, -179.9995)), 111.2, 0.1);
    close(point(90.0, 0.0).distance_m(point(-90.0, 50.0)), 20_015_115.0, 1.0);
}

#[test]
fn the_curve_starts_and_ends_at_the_corners_of_the_world() {
    assert_eq!(Cell::of(point(-90.0, -180.0)).0, 0);
    assert_eq!(Cell::of(point(-90.0, 180.0)).0, (1 << 62) - 1);
    assert_eq!(Cell(0).range(0), (0, (1 << 62) - 1));
    assert_eq!(Cell(77).range(ORDER), (77, 77));
}

#[test]
fn the_curve_passes_through_every_cell_by_single_steps() {
    for level in 1..=6_u8 {
        let middle = |key: i64| Cell(key << (2 * (ORDER - level))).centre(level);
        let side = 180.0 / f64::from(1_u32 << level);
        for key in 1..(1_i64 << (2 * level)) {
            let (a, b) = (middle(key - 1), middle(key));
            let steps = (a.lat - b.lat).abs() / side + (a.long - b.long).abs() / (2.0 * side);
            assert!((steps - 1.0).abs() < 1e-9, "level {level}, key {key}: {steps}");
        }
    }
}

#[test]
fn the_whole_world_is_one_range() {
    let world = BoundingBox::new(-180.0, -90.0, 180.0, 90.0).unwrap();
    assert_eq!(cover(world, MAX_RANGES), [(0, (1 << 62) - 1)]);
}

#[test]
fn a_box_of_points_holds_them_all() {
    assert_eq!(BoundingBox::of([]), None);
    let b = BoundingBox::of([point(1.0, 5.0), point(3.0, 2.0)]).unwrap();
    assert_eq!(b.to_string(), "2,1,5,3");
    assert_eq!(b.centre(), point(2.0, 3.5));
    assert_eq!(BoundingBox::of([point(1.0, 5.0)]).map(|b| cover(b, 1).len()), Some(1));
}

fn any_point() -> impl Strategy<Value = Point> {
    let anywhere = (-90.0..=90.0, -180.0..=180.0);
    let in_town = (16.3..16.6, 107.4..107.8);
    let at_a_seam = (-0.01..0.01, -0.01..0.01);
    prop_oneof![anywhere, in_town, at_a_seam].prop_map(|(lat, long)| point(lat, long))
}

/// From a house to a continent, long ones and flat ones.
fn any_box() -> impl Strategy<Value = BoundingBox> {
    let side = || (-5.0..1.5_f64).prop_map(|exponent| 10_f64.powf(exponent));
    (any_point(), side(), side()).prop_map(|(p, width, height)| {
        let (left, bottom) = (p.long().min(179.0), p.lat().min(89.0));
        BoundingBox::new(left, bottom, (left + width).min(180.0), (bottom + height).min(90.0))
            .unwrap()
    })
}

fn holds(ranges: &[(i64, i64)], cell: Cell) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&cell.0))
}

proptest! {
    #[test]
    fn every_point_of_a_box_lies_in_its_ranges(
        bounds in any_box(), across in 0.0..=1.0, up in 0.0..=1.0, max in 1..=MAX_RANGES,
    ) {
        let (sw, ne) = (bounds.south_west(), bounds.north_east());
        let between = |a: f64, b: f64, part: f64| (a + (b - a) * part).clamp(a, b);
        let inside = point(between(sw.lat(), ne.lat(), up), between(sw.long(), ne.long(), across));
        let ranges = cover(bounds, max);
        prop_assert!(ranges.len() <= max);
        for p in [inside, sw, ne, bounds.centre()] {
            prop_assert!(bounds.contains(p) && holds(&ranges, Cell::of(p)), "{p}");
        }
        prop_assert!(ranges.iter().all(|(first, last)| 0 <= *first && first <= last));
        prop_assert!(ranges.windows(2).all(|pair| pair[0].1 + 1 < pair[1].0));
    }

    #[test]
    fn a_cover_is_at_most_sixteen_squares_on_the_longer_side(bounds in any_box()) {
        // In cells of the finest grid. Four cells no smaller than the side always suffice, and the
        // cover is the best there is for its number of ranges.
        let (sw, ne) = (bounds.south_west(), bounds.north_east());
        let cells = f64::from(1_u32 << ORDER);
        let side = ((ne.long() - sw.long()) / 360.0).max((ne.lat() - sw.lat()) / 180.0) * cells + 2.0;
        let covered: i64 = cover(bounds, MAX_RANGES).iter().map(|(first, last)| last - first + 1).sum();
        prop_assert!(covered as f64 <= 16.0 * side * side);
    }

    #[test]
    fn every_point_of_a_circle_lies_in_its_ranges(
        centre in any_point(), radius in 1.0..100_000_f64, part in 0.0..1.0, turn in 0.0..std::f64::consts::TAU,
    ) {
        // Away from the edges of the world, where circles are cut off.
        prop_assume!(centre.lat().abs() < 80.0 && centre.long().abs() < 170.0);
        let reach = radius * part / METRES_PER_DEGREE;
        let lat = centre.lat() + reach * turn.sin();
        let p = point(lat, centre.long() + reach * turn.cos() / lat.to_radians().cos());
        prop_assume!(centre.distance_m(p) <= radius);
        prop_assert!(holds(&cover_circle(centre, radius), Cell::of(p)));
    }

    #[test]
    fn a_key_leads_back_to_its_place(p in any_point()) {
        let cell = Cell::of(p);
        prop_assert!(cell.0 >= 0);
        prop_assert_eq!(Cell::of(cell.centre(ORDER)), cell);
        let back = cell.centre(ORDER);
        prop_assert!((back.lat() - p.lat()).abs() < 1e-6 && (back.long() - p.long()).abs() < 1e-6);
    }

    #[test]
    fn a_parent_holds_its_children(p in any_point(), level in 0..=ORDER) {
        let cell = Cell::of(p);
        let (first, last) = cell.range(level);
        prop_assert!(first <= cell.0 && cell.0 <= last);
        prop_assert_eq!(cell.parent(level), Cell(first));
        prop_assert_eq!(Cell(last).parent(level), cell.parent(level));
        prop_assert_eq!(cell.parent(level).parent(level / 2), cell.parent(level / 2));
        prop_assert!((first..=last).contains(&Cell::of(cell.centre(level)).0));
    }

    #[test]
    fn a_coarse_place_is_near_and_says_nothing_finer(p in any_point(), metres in 1.0..5000_f64) {
        prop_assume!(p.lat().abs() < 85.0);
        let coarse = p.coarsen(metres);
        prop_assert_eq!(coarse.coarsen(metres), coarse);
        prop_assert!(p.distance_m(coarse) <= metres * 0.75 + 0.2);
    }

    #[test]
    fn a_point_survives_its_text(p in any_point()) {
        let text = p.to_string();
        let (lat, long) = text.split_once(',').unwrap();
        prop_assert_eq!(Point::parse(lat, long), Ok(p));
    }
}
