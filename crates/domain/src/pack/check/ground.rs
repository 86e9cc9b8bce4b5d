//! `ground.geojson`: what lies under the maps of the city (RFC 7946), feature by feature, each mistake in the line of its
//! feature.

use super::super::Area;
use super::super::ground::{Feature, Figure, Ground, Kind};
use super::super::mistake::{PackFiles, did_you_mean};
use super::super::read::Reader;
use crate::localized::Localized;
use crate::place::Point;
use serde_json::{Map, Value};

pub(super) const FILE: &str = "ground.geojson";
/// Zooms of our maps.
const ZOOMS: std::ops::RangeInclusive<u64> = 0..=19;
/// Metres across; the widest rivers of cities.
const WIDTHS: std::ops::RangeInclusive<u64> = 1..=5_000;
/// Metres from every area beyond which a feature must be a mistake, such as latitude and longitude exchanged.
const FAR: f64 = 150_000.0;
const PROPERTIES: [&str; 4] = ["kind", "name", "from", "width"];

/// What to note while a feature is read: what is wrong, and what to change.
type Wrong = (String, String);

/// The ground, as far as it is sound.
pub(super) fn read(
    files: &PackFiles,
    reader: &Reader,
    languages: &[String],
    areas: Option<&[Area]>,
) -> Option<Ground> {
    let (text, areas) = (files.0.get(FILE)?, areas.unwrap_or_default());
    let note = |line, (message, remedy): Wrong| reader.note(FILE, line, &message, &remedy);
    let root: Value = match serde_json::from_str(text) {
        Ok(root) => root,
        Err(error) => {
            note(error.line().max(1), wrong(format!("not JSON: {error}"), "correct the syntax"));
            return None;
        }
    };
    let Some(features) = root.get("features").and_then(Value::as_array) else {
        note(1, wrong("it has no features", "write a FeatureCollection (RFC 7946)"));
        return None;
    };
    let attribution = match root.get("attribution") {
        Some(said) => localized("attribution", said, languages),
        None => Err(wrong(
            "it does not say whose drawing it is",
            "add \"attribution\": one text for each language of the pack",
        )),
    };
    let attribution = attribution.map_err(|wrong| note(1, wrong)).ok();
    let mut lines = text.match_indices("\"Feature\"").map(|(at, _)| line_at(text, at));
    let mut found = Vec::with_capacity(features.len());
    for one in features {
        let line = lines.next().unwrap_or(1);
        match feature(one, languages, areas) {
            Ok(feature) => found.push(feature),
            Err(wrong) => note(line, wrong),
        }
    }
    Some(Ground { attribution: attribution?, features: found })
}

fn line_at(text: &str, at: usize) -> usize {
    1 + text.get(..at).map_or(0, |before| before.matches('\n').count())
}

fn wrong(message: impl Into<String>, remedy: impl Into<String>) -> Wrong {
    (message.into(), remedy.into())
}

fn feature(one: &Value, languages: &[String], areas: &[Area]) -> Result<Feature, Wrong> {
    let nothing = Map::new();
    let properties = one.get("properties").and_then(Value::as_object).unwrap_or(&nothing);
    let kinds = || Kind::ALL.iter().map(|kind| kind.as_str());
    let said = properties.get("kind").and_then(Value::as_str).unwrap_or_default();
    let Some(kind) = Kind::parse(said) else {
        return Err(wrong(format!("a feature is of kind {said:?}"), did_you_mean(said, kinds())));
    };
    if let Some(stranger) = properties.keys().find(|key| !PROPERTIES.contains(&key.as_str())) {
        let remedy = did_you_mean(stranger, PROPERTIES);
        return Err(wrong(format!("the {kind} has an unknown property {stranger:?}"), remedy));
    }
    let name = properties.get("name").map(|name| localized("name", name, languages)).transpose()?;
    if kind == Kind::Landmark && name.is_none() {
        return Err(wrong("the landmark has no name", "add \"name\""));
    }
    let from = number(properties, "from", ZOOMS)?.unwrap_or(0) as u8;
    let width = number(properties, "width", WIDTHS)?.map(|metres| metres as u32);
    let figure = figure(kind, one.get("geometry").unwrap_or(&Value::Null))?;
    let near = |point: &Point| areas.iter().any(|area| area.centre.distance_m(*point) < FAR);
    if !areas.is_empty() && !figure.points().iter().any(near) {
        let remedy = "positions are longitude, then latitude, near the areas of the pack";
        return Err(wrong(format!("the {kind} lies far from the city"), remedy));
    }
    Ok(Feature { kind, name, from, width, figure })
}

/// One text for each language, or the same for all.
fn localized(what: &str, value: &Value, languages: &[String]) -> Result<Localized, Wrong> {
    let remedy = || format!("give {what} a text for each language: {}", languages.join(", "));
    let texts: Option<Vec<(String, String)>> = match value {
        Value::String(text) => Some(languages.iter().map(|l| (l.clone(), text.clone())).collect()),
        Value::Object(texts) => texts
            .iter()
            .map(|(language, text)| Some((language.clone(), text.as_str()?.to_owned())))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    };
    let Some(texts) = texts.filter(|texts| texts.iter().all(|(_, t)| !t.trim().is_empty())) else {
        return Err(wrong(format!("{what} is no text"), remedy()));
    };
    let texts = Localized(texts.into_iter().collect());
    match languages.iter().find(|language| !texts.0.contains_key(*language)) {
        Some(missing) => Err(wrong(format!("{what} has no {missing}"), remedy())),
        None => Ok(texts),
    }
}

fn number(
    properties: &Map<String, Value>,
    name: &str,
    range: std::ops::RangeInclusive<u64>,
) -> Result<Option<u64>, Wrong> {
    let Some(value) = properties.get(name) else { return Ok(None) };
    let (least, most) = (range.start(), range.end());
    value.as_u64().filter(|n| range.contains(n)).map(Some).ok_or_else(|| {
        wrong(format!("{name} is {value}"), format!("write a whole number from {least} to {most}"))
    })
}

fn figure(kind: Kind, geometry: &Value) -> Result<Figure, Wrong> {
    let drawn = geometry.get("type").and_then(Value::as_str).unwrap_or_default();
    if !kind.geometries().contains(&drawn) {
        let remedy = format!("draw it as {}", kind.geometries().join(" or "));
        return Err(wrong(format!("the {kind} has the geometry {drawn:?}"), remedy));
    }
    let at = geometry.get("coordinates").unwrap_or(&Value::Null);
    let read = match drawn {
        "Point" => position(at).map(Figure::Point),
        "LineString" => line(at, 2).map(|line| Figure::Lines(vec![line])),
        "MultiLineString" => all(at, |at| line(at, 2)).map(Figure::Lines),
        "Polygon" => all(at, ring).map(|rings| Figure::Grounds(vec![rings])),
        _ => all(at, |at| all(at, ring)).map(Figure::Grounds),
    };
    read.ok_or_else(|| {
        let remedy = "lines need two positions, rings four with the last like the first; a position is longitude and latitude in degrees";
        wrong(format!("the {kind} has coordinates that are no {drawn}"), remedy)
    })
}

/// Every one of a list that is not empty.
fn all<T>(at: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    at.as_array().filter(|list| !list.is_empty())?.iter().map(read).collect()
}

fn line(at: &Value, least: usize) -> Option<Vec<Point>> {
    all(at, position).filter(|line| line.len() >= least)
}

fn ring(at: &Value) -> Option<Vec<Point>> {
    line(at, 4).filter(|ring| ring.first() == ring.last())
}

fn position(at: &Value) -> Option<Point> {
    let [long, lat, ..] = at.as_array()?.as_slice() else { return None };
    Point::new(lat.as_f64()?, long.as_f64()?).ok()
}
