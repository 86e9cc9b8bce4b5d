//! Polygons as `GeoJSON` (RFC 7946): longitude first, WGS84. Only the geometry; what a feature means is in `names.rs`.

use domain::place::Point;
use domain::place::region::Polygon;
use serde_json::Value;
use std::fmt::Write as _;

/// What is wrong with a geometry, and what to do.
pub type Wrong = (String, String);

/// A geometry that this service wrote.
pub fn read(text: &str) -> Option<Vec<Polygon>> {
    polygons(&serde_json::from_str(text).ok()?).ok()
}

/// The polygons of a `Polygon` or a `MultiPolygon`. Heights are left out.
pub fn polygons(geometry: &Value) -> Result<Vec<Polygon>, Wrong> {
    let kind = geometry.get("type").and_then(Value::as_str).unwrap_or("nothing");
    let coordinates = geometry.get("coordinates").and_then(Value::as_array);
    let Some(coordinates) = coordinates else {
        return Err(not_ground(kind));
    };
    match kind {
        "Polygon" => Ok(vec![polygon(1, coordinates)?]),
        "MultiPolygon" => (1..)
            .zip(coordinates)
            .map(|(number, rings)| {
                polygon(number, rings.as_array().ok_or_else(|| not_ground(kind))?)
            })
            .collect(),
        other => Err(not_ground(other)),
    }
}

fn not_ground(kind: &str) -> Wrong {
    let wrong =
        format!("its geometry is {kind} and not a Polygon or MultiPolygon with coordinates");
    (wrong, "leave it out, or give the ground of the area".to_owned())
}

fn polygon(number: usize, rings: &[Value]) -> Result<Polygon, Wrong> {
    let position = |ring: usize, at: usize, value: &Value| {
        let degrees = |n: usize| value.get(n).and_then(Value::as_f64);
        let point = degrees(0).zip(degrees(1)).and_then(|(x, y)| Point::new(y, x).ok());
        point.ok_or_else(|| {
            let wrong = format!(
                "position {at} of ring {ring} of polygon {number} is no longitude and latitude in degrees: {value}"
            );
            (wrong, "convert the file to WGS84, for instance with ogr2ogr -t_srs EPSG:4326".to_owned())
        })
    };
    let ring = |(ring, positions): (usize, &Value)| {
        let positions =
            positions.as_array().ok_or_else(|| not_ground("a ring without positions"))?;
        (1..).zip(positions).map(|(at, value)| position(ring, at, value)).collect()
    };
    (1..).zip(rings).map(ring).collect()
}

/// The polygons as a `MultiPolygon`, each number as it was.
pub fn written(polygons: &[Polygon]) -> String {
    multi_polygon(polygons, &|degrees, text| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{degrees}");
    })
}

/// The same to five decimals, which is a metre.
pub fn drawn(polygons: &[Polygon]) -> String {
    multi_polygon(polygons, &|degrees, text| {
        let _ = write!(text, "{}", (degrees * 1e5).round() / 1e5);
    })
}

fn multi_polygon(polygons: &[Polygon], number: &dyn Fn(f64, &mut String)) -> String {
    let mut text = String::from(r#"{"type":"MultiPolygon","coordinates":"#);
    list(&mut text, polygons, |text, rings| {
        list(text, rings, |text, ring| {
            list(text, ring, |text, point| {
                text.push('[');
                number(point.long(), text);
                text.push(',');
                number(point.lat(), text);
                text.push(']');
            });
        });
    });
    text.push('}');
    text
}

fn list<T>(text: &mut String, items: &[T], mut item: impl FnMut(&mut String, &T)) {
    text.push('[');
    for (at, one) in items.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        item(text, one);
    }
    text.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = "[[10.1234567,55],[10.2,55,3.5],[10.2,55.1],[10.1234567,55]]";

    #[test]
    fn what_is_written_is_read_again_to_the_last_digit() {
        let text = format!(r#"{{"type":"Polygon","coordinates":[{SQUARE}]}}"#);
        let read_once = read(&text).unwrap();
        assert_eq!(read_once[0][0][1], Point::new(55.0, 10.2).unwrap(), "without its height");
        assert_eq!(read(&written(&read_once)).unwrap(), read_once);
        assert!(drawn(&read_once).contains("[10.12346,55]"));
    }

    #[test]
    fn what_is_not_ground_is_told_with_its_place() {
        let wrong = |text: &str| polygons(&serde_json::from_str(text).unwrap()).unwrap_err().0;
        assert!(wrong(r#"{"type":"Point","coordinates":[10,55]}"#).contains("is Point"));
        assert!(wrong("null").contains("is nothing"));
        let metres = r#"{"type":"MultiPolygon","coordinates":[[[[564000,1820000],[1,1]]]]}"#;
        assert!(wrong(metres).contains("position 1 of ring 1 of polygon 1"), "{}", wrong(metres));
    }
}
