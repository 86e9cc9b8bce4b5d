//! What a map draws of the areas: borders with fewer positions and the places of the names, as `GeoJSON`.

use super::geojson;
use crate::platform::hex::short_hex;
use crate::platform::limits;
use domain::ids::AreaId;
use domain::pack::Pack;
use domain::place::region::Region;
use domain::place::simplify::simplify;
use domain::place::{BoundingBox, Point, nearest};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The borders as text, made once when boundaries are loaded; names come from the pack, in any language.
#[derive(Debug, Default)]
pub struct Drawn {
    geometries: Vec<(AreaId, String)>,
}

impl Drawn {
    pub fn of(regions: &[(AreaId, Region)]) -> Self {
        let shapes: Vec<&Region> = regions.iter().map(|(_, region)| region).collect();
        let simple = simplify(&shapes, limits::DRAWN_BORDER_METRES);
        let texts = simple.iter().map(|polygons| geojson::drawn(polygons));
        let geometries = regions.iter().map(|(id, _)| id.clone()).zip(texts);
        Self { geometries: geometries.collect() }
    }

    /// A `FeatureCollection`: of each area its ground, where boundaries tell it, and a point for its name.
    pub fn collection(&self, pack: &Pack, language: &str) -> String {
        let mut text = String::from(r#"{"type":"FeatureCollection","features":["#);
        let mut feature = |geometry: &str, properties: &str| {
            if !text.ends_with('[') {
                text.push(',');
            }
            // Writing to a String cannot fail.
            let _ = write!(
                text,
                r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#
            );
        };
        for area in &pack.areas {
            let name =
                json!({ "id": area.id.as_str(), "name": area.name.text(language) }).to_string();
            if let Some((_, ground)) = self.geometries.iter().find(|(id, _)| *id == area.id) {
                feature(ground, &name);
            }
            let place =
                json!({ "type": "Point", "coordinates": [area.centre.long(), area.centre.lat()] });
            feature(&place.to_string(), &name);
        }
        if self.geometries.is_empty() {
            let guessed = guessed(pack).to_string();
            feature(&guessed, r#"{"guessed":true}"#);
        }
        text.push_str("]}");
        text
    }

    /// Tells one collection from another without making it.
    pub fn tag(&self, version: i64, pack: &Pack, language: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(version.to_le_bytes());
        for area in &pack.areas {
            hash.update(area.id.as_str());
            hash.update(area.name.text(language));
            hash.update(area.centre.to_string());
        }
        short_hex(&hash.finalize(), 8)
    }
}

/// Where areas end as long as a place goes to the nearest centre.
fn guessed(pack: &Pack) -> Value {
    let centres: Vec<Point> = pack.areas.iter().map(|area| area.centre).collect();
    let reach = pack.settings.outside_metres;
    let corners = centres.iter().map(|centre| BoundingBox::around(*centre, reach));
    let city = BoundingBox::of(corners.flat_map(|b| [b.south_west(), b.north_east()]));
    let borders = city.map(|city| nearest::borders(&centres, city)).unwrap_or_default();
    let metre = |degrees: f64| (degrees * 1e5).round() / 1e5;
    let line = |ends: [Point; 2]| ends.map(|end| [metre(end.long()), metre(end.lat())]);
    let lines: Vec<_> = borders.into_iter().map(line).collect();
    json!({ "type": "MultiLineString", "coordinates": lines })
}
