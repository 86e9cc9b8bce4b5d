//! Which area of the pack a feature of a file means: by its code, else by its name, however that is spelt.

use domain::ids::AreaId;
use domain::pack::{Area, Pack};
use domain::text::tokens;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// How files call the property with the official code, and the one with the name. Case and `_` do not matter.
const CODES: [&str; 10] =
    ["code", "id", "ma", "maxa", "maphuong", "maphuongxa", "madvhc", "wardcode", "areacode", "ref"];
const NAMES: [&str; 10] = [
    "name",
    "fullname",
    "ten",
    "tenxa",
    "tenphuong",
    "tenphuongxa",
    "tendvhc",
    "wardname",
    "areaname",
    "nameen",
];

/// The properties to look at; without a choice those that files usually have.
#[derive(Debug, Clone, Default)]
pub struct Properties {
    pub code: Option<String>,
    pub name: Option<String>,
}

/// The areas of a pack by everything they may be called.
pub struct Names<'a> {
    properties: &'a Properties,
    by_code: HashMap<String, &'a Area>,
    /// `None` where several areas are called so.
    by_name: HashMap<String, Option<&'a Area>>,
    /// Codes of areas that are no more, with those they went up in.
    past: HashMap<String, &'a AreaId>,
}

impl<'a> Names<'a> {
    pub fn of(pack: &'a Pack, properties: &'a Properties) -> Self {
        let past = pack.past_areas.iter().map(|p| (plain_code(p.area.id.as_str()), &p.heir));
        let mut names = Self {
            properties,
            by_code: HashMap::new(),
            by_name: HashMap::new(),
            past: past.collect(),
        };
        for area in &pack.areas {
            names.by_code.insert(plain_code(area.id.as_str()), area);
            for (language, name) in &area.name.0 {
                let kind = area.kind.text(language);
                for spelt in [name.clone(), format!("{kind} {name}"), format!("{name} {kind}")] {
                    let known = names.by_name.entry(plain_name(&spelt)).or_insert(Some(area));
                    if known.is_some_and(|known| known.id != area.id) {
                        *known = None;
                    }
                }
            }
        }
        names
    }

    /// The area, or what is wrong and what to change.
    pub fn area(&self, feature: &Value) -> Result<&'a Area, (String, String)> {
        let none = Map::new();
        let properties = feature.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let code = chosen(properties, self.properties.code.as_deref(), "--code")?;
        let name = chosen(properties, self.properties.name.as_deref(), "--name")?;
        let by_choice = self.properties.code.is_some() || self.properties.name.is_some();
        let (codes, called) = if by_choice {
            (Vec::from_iter(code), Vec::from_iter(name))
        } else {
            let mut codes = among(properties, &CODES);
            codes.extend(feature.get("id").and_then(said));
            (codes, among(properties, &NAMES))
        };
        if let Some(area) = codes.iter().find_map(|code| self.by_code.get(&plain_code(code))) {
            return Ok(area);
        }
        if let Some((code, heir)) = self.gone(&codes) {
            return Err((
                format!("the area {code} went up in {heir}"),
                format!("leave it out; its ground belongs to {heir}"),
            ));
        }
        let found = called.iter().filter_map(|name| self.by_name.get(&plain_name(name)));
        let mut found = found.peekable();
        match (found.clone().find_map(|area| *area), found.peek()) {
            (Some(area), _) => Ok(area),
            (None, Some(_)) => Err((
                format!("several areas of the pack are called {}", quoted(&called)),
                "give the code of the area in a property, and name that with --code".to_owned(),
            )),
            (None, None) => Err(unknown(&codes, &called, properties)),
        }
    }
}

impl Names<'_> {
    fn gone(&self, codes: &[String]) -> Option<(String, &AreaId)> {
        codes.iter().find_map(|code| Some((code.clone(), *self.past.get(&plain_code(code))?)))
    }
}

/// How the feature is called, for people who look for it in the file.
pub fn title(feature: &Value) -> String {
    let properties = feature.get("properties").and_then(Value::as_object);
    let known = |names: &[&str]| properties.and_then(|p| among(p, names).into_iter().next());
    known(&NAMES).or_else(|| known(&CODES)).unwrap_or_default()
}

fn unknown(
    codes: &[String],
    called: &[String],
    properties: &Map<String, Value>,
) -> (String, String) {
    let given: Vec<&str> = properties.keys().map(String::as_str).collect();
    if codes.is_empty() && called.is_empty() {
        return (
            format!("nothing tells which area it is; its properties are {}", given.join(", ")),
            "say with --code or --name which property to read".to_owned(),
        );
    }
    (
        format!("the pack has no area {}", quoted(&[codes, called].concat())),
        "add it to areas.toml, leave the feature out, or say with --code or --name which property to read"
            .to_owned(),
    )
}

fn quoted(words: &[String]) -> String {
    let mut words = words.to_vec();
    words.dedup();
    words.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(" or ")
}

/// The value of a property that was asked for by its name, which then must be there.
fn chosen(
    properties: &Map<String, Value>,
    asked: Option<&str>,
    option: &str,
) -> Result<Option<String>, (String, String)> {
    let Some(asked) = asked else { return Ok(None) };
    let value = properties.get(asked).and_then(said);
    value.map(Some).ok_or_else(|| {
        let given: Vec<&str> = properties.keys().map(String::as_str).collect();
        (
            format!("it has no property {asked:?}; it has {}", given.join(", ")),
            format!("name another one with {option}"),
        )
    })
}

/// The values of the properties that are usually called so, in the order of the table.
fn among(properties: &Map<String, Value>, usual: &[&str]) -> Vec<String> {
    let plain = |key: &str| tokens(key).concat();
    let value = |usual: &&str| properties.iter().find(|(key, _)| plain(key) == **usual);
    usual.iter().filter_map(value).filter_map(|(_, value)| said(value)).collect()
}

fn said(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A table program takes the zeros away in front of a code.
fn plain_code(code: &str) -> String {
    let plain = code.trim().trim_start_matches('0');
    if plain.is_empty() { code.to_owned() } else { plain.to_owned() }
}

fn plain_name(name: &str) -> String {
    tokens(name).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::pack_dir;
    use serde_json::json;

    fn found(properties: Value, chosen: &Properties) -> Result<String, String> {
        let pack = pack_dir::load_checked("harbour").unwrap();
        let feature = json!({ "type": "Feature", "properties": properties });
        let area = Names::of(&pack, chosen).area(&feature);
        area.map(|area| area.id.to_string()).map_err(|(wrong, _)| wrong)
    }

    #[test]
    fn an_area_is_found_by_code_or_by_name_however_it_is_spelt() {
        let usual = Properties::default();
        for properties in [
            json!({ "code": "old-town" }),
            json!({ "Ma_Xa": "old-town", "name": "Something else" }),
            json!({ "code": "19 of another list", "TEN_XA": "OLD TOWN" }),
            json!({ "fullName": "Old  Town District" }),
        ] {
            assert_eq!(
                found(properties.clone(), &usual).as_deref(),
                Ok("old-town"),
                "{properties}"
            );
        }
        let chosen = Properties { name: Some("label".to_owned()), ..Properties::default() };
        let properties = json!({ "code": "quays", "label": "Old town" });
        assert_eq!(found(properties, &chosen).as_deref(), Ok("old-town"), "the choice counts");
    }

    #[test]
    fn a_feature_that_means_no_area_is_told_what_it_gave() {
        let usual = Properties::default();
        let wrong = |properties, chosen: &Properties| found(properties, chosen).unwrap_err();
        assert!(wrong(json!({ "code": 7, "name": "X" }), &usual).contains(r#""7" or "X""#));
        assert!(wrong(json!({ "shape": 1 }), &usual).contains("its properties are shape"));
        let chosen = Properties { code: Some("kode".to_owned()), ..Properties::default() };
        assert!(wrong(json!({ "code": "quays" }), &chosen).contains("no property \"kode\""));
    }
}
