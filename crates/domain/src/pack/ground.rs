//! The ground of the city's maps, as its pack draws it: water, roads and landmarks, so that a map without a base map is
//! still a map. What makes a good `ground.geojson` is checked in `check/ground.rs`; browsers draw it (`web/js/map-ground.js`).

use crate::localized::Localized;
use crate::place::Point;
use crate::word;
use serde_json::{Value, json};

word! {
    /// What something on the ground is, and so how it is drawn.
    Kind {
        Water = "water",
        Green = "green",
        River = "river",
        Road = "road",
        Rail = "rail",
        Wall = "wall",
        Border = "border",
        Landmark = "landmark",
    }
}

impl Kind {
    /// Names of geometries (RFC 7946) that it may have.
    pub fn geometries(self) -> &'static [&'static str] {
        match self {
            Self::Water | Self::Green => &["Polygon", "MultiPolygon"],
            Self::River | Self::Road | Self::Rail | Self::Wall | Self::Border => {
                &["LineString", "MultiLineString"]
            }
            Self::Landmark => &["Point"],
        }
    }
}

/// All that is drawn, and who drew it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    /// Stands on every map that shows it.
    pub attribution: Localized,
    pub features: Vec<Feature>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    pub kind: Kind,
    pub name: Option<Localized>,
    /// The zoom from which it is drawn.
    pub from: u8,
    /// Metres across, of what is drawn as a line and is wider close by.
    pub width: Option<u32>,
    pub figure: Figure,
}

/// Where it lies.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    Point(Point),
    Lines(Vec<Vec<Point>>),
    Grounds(Vec<Vec<Vec<Point>>>),
}

impl Figure {
    pub fn points(&self) -> Vec<Point> {
        match self {
            Self::Point(point) => vec![*point],
            Self::Lines(lines) => lines.iter().flatten().copied().collect(),
            Self::Grounds(grounds) => grounds.iter().flatten().flatten().copied().collect(),
        }
    }
}

impl Feature {
    /// A place that stands for it: itself, or the middle one of its corners.
    pub fn middle(&self) -> Option<Point> {
        let points = self.figure.points();
        points.get(points.len() / 2).copied()
    }

    fn told(&self, language: &str) -> Value {
        let mut properties = json!({ "kind": self.kind.as_str(), "from": self.from });
        if let Some(map) = properties.as_object_mut() {
            if let Some(name) = &self.name {
                map.insert("name".to_owned(), name.text(language).into());
            }
            if let Some(width) = self.width {
                map.insert("width".to_owned(), width.into());
            }
        }
        let (kind, coordinates) = match &self.figure {
            Figure::Point(point) => ("Point", position(*point)),
            Figure::Lines(lines) => ("MultiLineString", lines.iter().map(|l| line(l)).collect()),
            Figure::Grounds(grounds) => {
                let rings = |rings: &Vec<Vec<Point>>| -> Value {
                    rings.iter().map(|ring| line(ring)).collect()
                };
                ("MultiPolygon", grounds.iter().map(rings).collect())
            }
        };
        let geometry = json!({ "type": kind, "coordinates": coordinates });
        json!({ "type": "Feature", "properties": properties, "geometry": geometry })
    }
}

impl Ground {
    /// As browsers get it: a `FeatureCollection` with its names in one language.
    pub fn collection(&self, language: &str) -> Value {
        let features: Vec<Value> = self.features.iter().map(|one| one.told(language)).collect();
        let attribution = self.attribution.text(language);
        json!({ "type": "FeatureCollection", "attribution": attribution, "features": features })
    }
}

fn line(points: &[Point]) -> Value {
    points.iter().map(|point| position(*point)).collect()
}

/// Longitude first, to the metre.
fn position(point: Point) -> Value {
    let metre = |degrees: f64| (degrees * 1e5).round() / 1e5;
    json!([metre(point.long()), metre(point.lat())])
}
