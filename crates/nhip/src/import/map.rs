//! `MAP.toml`: which column means what, how times are written, and the city to make when there is no pack yet.

use super::data::Fields;
use domain::place::Exactness;
use domain::service_request::{Channel, Outcome};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// Names this source; with the row's id it makes a row known again.
    pub source: String,
    /// IANA zone of the times in the data.
    pub zone: String,
    /// Formats of times, tried in order (strftime).
    pub dates: Vec<String>,
    /// Language of the descriptions.
    pub language: String,
    /// What a closed row came to: `fixed` unless said otherwise.
    pub outcome: Option<String>,
    /// What the coordinates are: `pin` unless said otherwise, `address` from a geocoder, `area` where they are middles.
    pub exactness: Option<String>,
    pub columns: Columns<String>,
    #[serde(default)]
    pub status: Status,
    /// Word of the channel column → our word.
    #[serde(default)]
    pub channel: BTreeMap<String, String>,
    pub city: Option<City>,
}

/// A place per meaning: the column's name in the map, its number once the header is known.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns<T> {
    pub id: T,
    pub opened: T,
    pub due: Option<T>,
    pub closed: Option<T>,
    pub status: Option<T>,
    pub service: T,
    pub field: Option<T>,
    pub agency: Option<T>,
    pub area: Option<T>,
    pub lat: T,
    pub long: T,
    pub address: Option<T>,
    pub description: Option<T>,
    pub channel: Option<T>,
    pub note: Option<T>,
}

/// Words of the status column.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Status {
    pub open: Vec<String>,
    pub closed: Vec<String>,
}

/// The city of a pack that is made whole.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct City {
    pub id: String,
    pub name: String,
    pub service_name: String,
    /// What an area is called: neighbourhood, ward.
    pub area_kind: String,
    pub phone_prefix: String,
}

/// The map with every word understood and every column found.
pub struct Understood {
    pub columns: Columns<usize>,
    pub zone: TimeZone,
    pub dates: Vec<String>,
    pub outcome: Outcome,
    pub channel: BTreeMap<String, Channel>,
    pub status: Status,
    pub source: String,
    pub language: String,
    pub exactness: Exactness,
}

impl Map {
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| e.to_string())
    }

    pub fn understand(&self, header: &Fields) -> Result<Understood, String> {
        let zone = TimeZoneDatabase::bundled()
            .get(&self.zone)
            .map_err(|_| format!("the map has zone {:?}, which does not exist", self.zone))?;
        let outcome = self.outcome.as_deref().unwrap_or("fixed");
        let outcome = Outcome::parse(outcome)
            .filter(|o| o.is_answer())
            .ok_or_else(|| format!("the map has outcome {outcome:?}; write fixed, not_found …"))?;
        let exactness = self.exactness.as_deref().unwrap_or(Exactness::Pin.as_str());
        let exactness = Exactness::parse(exactness).ok_or_else(|| {
            format!("the map has exactness {exactness:?}; write pin, address or area")
        })?;
        let mut channel = BTreeMap::new();
        for (theirs, ours) in &self.channel {
            let ours = Channel::parse(ours)
                .ok_or_else(|| format!("the map has channel {ours:?}, which is none of ours"))?;
            channel.insert(theirs.clone(), ours);
        }
        if self.dates.is_empty() {
            return Err("the map names no format in dates".to_owned());
        }
        Ok(Understood {
            columns: self.columns.find(header)?,
            zone,
            dates: self.dates.clone(),
            outcome,
            channel,
            status: self.status.clone(),
            source: self.source.clone(),
            language: self.language.clone(),
            exactness,
        })
    }
}

impl Columns<String> {
    fn find(&self, header: &Fields) -> Result<Columns<usize>, String> {
        let one = |name: &String| {
            header.iter().position(|h| h.trim() == name).ok_or_else(|| {
                let known: Vec<&str> = header.iter().collect();
                format!("the data has no column {name:?}; it has {}", known.join(", "))
            })
        };
        let some = |name: &Option<String>| name.as_ref().map(one).transpose();
        Ok(Columns {
            id: one(&self.id)?,
            opened: one(&self.opened)?,
            due: some(&self.due)?,
            closed: some(&self.closed)?,
            status: some(&self.status)?,
            service: one(&self.service)?,
            field: some(&self.field)?,
            agency: some(&self.agency)?,
            area: some(&self.area)?,
            lat: one(&self.lat)?,
            long: one(&self.long)?,
            address: some(&self.address)?,
            description: some(&self.description)?,
            channel: some(&self.channel)?,
            note: some(&self.note)?,
        })
    }
}
