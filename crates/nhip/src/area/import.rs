//! Import boundaries: a file is checked as a whole, every mistake is told at once, and it becomes a version or nothing.

use super::names::{Names, Properties};
use super::{geojson, names, store};
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::limits;
use domain::ids::AreaId;
use domain::pack::{Area, Pack};
use domain::place::Point;
use domain::place::region::{Flaw, Region};
use jiff::civil::Date;
use serde_json::Value;
use std::fmt;

/// What is wrong in a file and what to change. Without a feature it is about the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Its number from 1, and how it is called.
    pub feature: Option<(usize, String)>,
    pub message: String,
    pub remedy: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.feature {
            Some((number, title)) if title.is_empty() => write!(f, "feature {number}: ")?,
            Some((number, title)) => write!(f, "feature {number} ({title}): ")?,
            None => {}
        }
        write!(f, "{}; {}", self.message, self.remedy)
    }
}

/// The boundaries of every area of the pack.
#[derive(Debug)]
pub struct Boundaries {
    pub regions: Vec<(AreaId, Region)>,
    /// What may be as it is, but should be looked at.
    pub warnings: Vec<String>,
}

/// Reads a `GeoJSON` `FeatureCollection`.
pub fn check(pack: &Pack, text: &str, properties: &Properties) -> Result<Boundaries, Vec<Mistake>> {
    let whole = |message: String, remedy: &str| Mistake {
        feature: None,
        message,
        remedy: remedy.to_owned(),
    };
    let file: Value = serde_json::from_str(text).map_err(|error| {
        vec![whole(format!("it is no JSON: {error}"), "give a GeoJSON FeatureCollection")]
    })?;
    let kind = file.get("type").and_then(Value::as_str).unwrap_or("something else");
    let features = file.get("features").and_then(Value::as_array);
    let Some(features) = features.filter(|_| kind == "FeatureCollection") else {
        let message = format!("it is {kind} and not a FeatureCollection");
        return Err(vec![whole(message, "convert it, for instance with ogr2ogr -f GeoJSON")]);
    };
    let mut mistakes: Vec<Mistake> = other_system(&file)
        .map(|name| {
            let remedy = "convert it to WGS84, for instance with ogr2ogr -t_srs EPSG:4326";
            whole(format!("its coordinates are in {name}"), remedy)
        })
        .into_iter()
        .collect();
    let mut found: Vec<(usize, &Area, Option<Region>)> = Vec::new();
    let names = Names::of(pack, properties);
    for (number, feature) in (1..).zip(features) {
        let mut wrong = |(message, remedy)| {
            let feature = Some((number, names::title(feature)));
            mistakes.push(Mistake { feature, message, remedy });
        };
        let area = names.area(feature).map_err(&mut wrong).ok();
        let region =
            region(pack, feature.get("geometry").unwrap_or(&Value::Null)).map_err(&mut wrong).ok();
        let Some(area) = area else { continue };
        match found.iter().find(|(_, other, _)| other.id == area.id) {
            None => found.push((number, area, region)),
            Some((first, ..)) => wrong((
                format!("it is the area {} again, like feature {first}", called(area)),
                "join both into one MultiPolygon".to_owned(),
            )),
        }
    }
    for area in pack.areas.iter().filter(|area| found.iter().all(|(_, f, _)| f.id != area.id)) {
        mistakes.push(whole(
            format!("the area {} has no boundary", called(area)),
            "add a feature for it",
        ));
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let drawn = found.into_iter().filter_map(|(_, area, region)| Some((area, region?)));
    let drawn: Vec<(&Area, Region)> = drawn.collect();
    let warnings = warnings(&drawn);
    Ok(Boundaries {
        regions: drawn.into_iter().map(|(area, region)| (area.id.clone(), region)).collect(),
        warnings,
    })
}

/// Writes them as a new version and returns its number.
pub fn save(conn: &mut Conn<'_>, boundaries: &Boundaries, valid_from: Date) -> Result<i64> {
    let version = store::newest(conn)? + 1;
    for (area, region) in &boundaries.regions {
        store::insert(conn, version, area, region, valid_from)?;
    }
    Ok(version)
}

fn called(area: &Area) -> String {
    let name = area.name.0.values().next().map_or("", String::as_str);
    format!("{} ({name})", area.id)
}

/// The name of a reference system that is not ours; old files tell it.
fn other_system(file: &Value) -> Option<&str> {
    let name = file.pointer("/crs/properties/name").and_then(Value::as_str)?;
    let ours = name.ends_with("CRS84") || name.ends_with(":4326");
    (!ours).then_some(name)
}

fn region(pack: &Pack, geometry: &Value) -> Result<Region, geojson::Wrong> {
    if let Some(wrong) = first_position(geometry).and_then(|(x, y)| misplaced(pack, x, y)) {
        return Err(wrong);
    }
    let polygons = geojson::polygons(geometry)?;
    Region::new(polygons).map_err(|flaw| {
        let remedy = match flaw {
            Flaw::Empty => "give its ground, or leave the feature out",
            Flaw::Open { .. } => "repeat the first position at its end",
            Flaw::TooShort { .. } => "leave the ring out",
            Flaw::Crossing { .. } => "mend it, for instance with ogr2ogr -makevalid",
            Flaw::StrayHole { .. } => "make it a polygon of its own, or leave it out",
            Flaw::Nested { .. } => "make it a hole, or leave it out",
        };
        (flaw.to_string(), remedy.to_owned())
    })
}

fn first_position(geometry: &Value) -> Option<(f64, f64)> {
    let mut value = geometry.get("coordinates")?;
    while value.get(0)?.is_array() {
        value = value.get(0)?;
    }
    Some((value.get(0)?.as_f64()?, value.get(1)?.as_f64()?))
}

/// Not where the city is: the wrong way round, or somewhere else. Metres are told by whoever reads the positions.
fn misplaced(pack: &Pack, x: f64, y: f64) -> Option<geojson::Wrong> {
    let away = |point: Point| pack.nearest_area(point, |_| true).map_or(0.0, |(_, metres)| metres);
    let is_near = |point: &Point| away(*point) <= limits::FAR_BOUNDARY_METRES;
    let here = Point::new(y, x).ok();
    if here.as_ref().is_some_and(is_near) {
        return None;
    }
    if Point::new(x, y).is_ok_and(|swapped| is_near(&swapped)) {
        let wrong = format!("its coordinates are the wrong way round: [{x},{y}]");
        return Some((wrong, "write the longitude first, then the latitude".to_owned()));
    }
    here.map(|point| {
        let wrong = format!("it lies {:.0} km from the city, at {point}", away(point) / 1000.0);
        (wrong, "check that the file is of this city, and in WGS84".to_owned())
    })
}

fn warnings(drawn: &[(&Area, Region)]) -> Vec<String> {
    let mut warnings = Vec::new();
    for (at, (area, region)) in drawn.iter().enumerate() {
        if !region.contains(area.centre) {
            warnings.push(format!(
                "the centre of the area {} in the pack, {}, lies outside its boundary; \
                 a report that names only the area stands there",
                called(area),
                area.centre,
            ));
        }
        for (other, neighbour) in drawn.iter().skip(at + 1) {
            let depth = limits::BOUNDARY_OVERLAP_METRES;
            let place = region
                .reaches_into(neighbour, depth)
                .or_else(|| neighbour.reaches_into(region, depth));
            if let Some(place) = place {
                warnings.push(format!(
                    "the areas {} and {} overlap by more than {depth} m, for instance at {place}; \
                     places in both belong to {}",
                    called(area),
                    called(other),
                    called(if area.id < other.id { area } else { other }),
                ));
            }
        }
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::pack_dir;
    use serde_json::json;

    const HARBOUR: &str = include_str!("../../../../docs/guides/harbour.geojson");

    /// The mistakes of the good file with one thing in it another way.
    fn mistakes(change: impl Fn(&mut Value)) -> Vec<String> {
        let pack = pack_dir::load_checked("harbour").unwrap();
        let mut file: Value = serde_json::from_str(HARBOUR).unwrap();
        change(&mut file);
        match check(&pack, &file.to_string(), &Properties::default()) {
            Ok(found) => found.warnings,
            Err(mistakes) => mistakes.iter().map(ToString::to_string).collect(),
        }
    }

    /// The outer ring of the second feature, the Old Town.
    fn ring(file: &mut Value) -> &mut Vec<Value> {
        file["features"][1]["geometry"]["coordinates"][0].as_array_mut().unwrap()
    }

    /// Each of its positions another way.
    fn moved(file: &mut Value, to: impl Fn(f64, f64) -> [f64; 2]) {
        for position in ring(file) {
            let at = |n: usize| position[n].as_f64().unwrap();
            *position = json!(to(at(0), at(1)));
        }
    }

    /// A change, and how the mistakes begin that come of it.
    type Case<'a> = (&'a dyn Fn(&mut Value), &'a [&'a str]);

    fn are_told(cases: &[Case<'_>]) {
        for (change, expected) in cases {
            let told = mistakes(change);
            assert_eq!(told.len(), expected.len(), "{told:?}");
            for (told, expected) in told.iter().zip(*expected) {
                assert!(told.starts_with(expected), "{told:?} is not {expected:?}");
            }
        }
    }

    #[test]
    fn a_feature_is_one_area_of_the_pack_and_each_area_has_one() {
        are_told(&[
            (
                &|file| file["features"][1]["properties"] = json!({ "name": "Atlantis" }),
                &[
                    "feature 2 (Atlantis): the pack has no area \"Atlantis\"; add it",
                    "the area old-town (Old Town) has no boundary; add",
                ],
            ),
            (
                &|file| file["features"][1]["properties"]["code"] = "quays".into(),
                &[
                    "feature 2 (Old Town): it is the area quays (The Quays) again, like feature 1; join",
                    "the area old-town",
                ],
            ),
        ]);
    }

    #[test]
    fn a_drawing_that_is_no_ground_is_told_with_its_place() {
        are_told(&[
            (
                &|file| drop(ring(file).pop()),
                &["feature 2 (Old Town): ring 1 of polygon 1 does not end where it begins; repeat"],
            ),
            (
                &|file| ring(file).swap(20, 60),
                &["feature 2 (Old Town): its border crosses itself at 55.0"],
            ),
        ]);
    }

    #[test]
    fn a_place_in_other_numbers_is_told_with_the_way_to_convert_it() {
        let crs = json!({ "properties": { "name": "urn:ogc:def:crs:EPSG::3405" } });
        are_told(&[
            (
                &|file| moved(file, |long, lat| [lat, long]),
                &[
                    "feature 2 (Old Town): its coordinates are the wrong way round: [55.0555,10.585]; write",
                ],
            ),
            (
                &|file| moved(file, |long, lat| [long * 1e5, lat * 1e5]),
                &[
                    "feature 2 (Old Town): position 1 of ring 1 of polygon 1 is no longitude and latitude",
                ],
            ),
            (
                &|file| moved(file, |long, lat| [long + 30.0, lat]),
                &["feature 2 (Old Town): it lies 18"],
            ),
            (
                &|file| file["crs"] = crs.clone(),
                &["its coordinates are in urn:ogc:def:crs:EPSG::3405; convert it to WGS84"],
            ),
        ]);
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let told = mistakes(|file| {
            drop(ring(file).pop());
            file["features"][0]["geometry"] = Value::Null;
            file["features"][3]["properties"] = Value::Null;
        });
        assert_eq!(told.len(), 4, "{told:?}");
    }

    #[test]
    fn an_overlap_and_a_stray_centre_are_worth_a_warning_only() {
        let told = mistakes(|file| {
            // The northern border of the Quays moves 200 m to the north.
            let ring = &mut file["features"][0]["geometry"]["coordinates"][0][0];
            for position in ring.as_array_mut().unwrap() {
                let lat = position[1].as_f64().unwrap();
                if lat > 55.055 {
                    position[1] = (lat + 0.002).into();
                }
            }
        });
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].starts_with("the areas quays (The Quays) and old-town (Old Town) overlap"),
            "{told:?}"
        );
        let told = mistakes(|file| {
            // A hole where the pack has the centre of the Meadows.
            let hole =
                json!([[10.593, 55.078], [10.595, 55.078], [10.594, 55.080], [10.593, 55.078]]);
            file["features"][3]["geometry"]["coordinates"].as_array_mut().unwrap().push(hole);
        });
        assert!(told[0].starts_with("the centre of the area meadows"), "{told:?}");
    }

    #[test]
    fn a_file_of_another_kind_is_one_mistake() {
        let pack = pack_dir::load_checked("harbour").unwrap();
        for text in ["", "{}", "[1]", r#"{"type":"Topology","objects":{}}"#] {
            assert_eq!(check(&pack, text, &Properties::default()).unwrap_err().len(), 1, "{text}");
        }
    }
}
