//! What can be reported: fields, services and the questions they ask (Open311 GeoReport v2, "service", "service definition").

use crate::ids::{FieldCode, ProcedureCode, ServiceCode};
use crate::localized::Localized;
use crate::place::Exactness;
use crate::word;
use serde::{Deserialize, Serialize};

/// A group of services (Open311 `group`), one of the fields the city answers for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Field {
    pub code: FieldCode,
    pub name: Localized,
    pub icon: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Service {
    pub code: ServiceCode,
    pub field: FieldCode,
    pub name: Localized,
    /// One line that helps to choose.
    pub hint: Localized,
    /// Words people would type, per language; matched folded.
    pub keywords: Localized<Vec<String>>,
    pub icon: String,
    pub urgency: Urgency,
    /// How precisely the public may see the place.
    pub precision: Precision,
    /// Reports about an official's conduct: seen only by inspectors, public only as number, field and timeline.
    pub confidential: bool,
    pub procedure: ProcedureCode,
    pub attributes: Vec<Attribute>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    Normal,
    Urgent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// The point as it was given.
    Exact,
    /// Snapped to a grid of 100 m.
    Street,
    /// Only the area (ward) is public.
    Area,
    /// No place at all.
    Hidden,
}

impl Precision {
    /// What the public may see of a place that is known no better than this.
    #[must_use]
    pub fn at_best(self, known: Exactness) -> Self {
        match (self, known) {
            (Self::Exact | Self::Street, Exactness::Area) => Self::Area,
            (precision, _) => precision,
        }
    }
}

/// A question of a service (Open311 "attribute").
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Attribute {
    pub code: String,
    pub datatype: Datatype,
    pub required: bool,
    /// Unique within the service, from 1.
    pub order: u32,
    pub question: Localized,
    pub hint: Localized,
    pub values: Vec<AttributeValue>,
    /// Whether the answer is shown to everyone.
    pub public: bool,
    /// What the answer is to us, beyond words.
    pub asks_for: Option<AsksFor>,
}

word! {
    /// A question whose answer the service itself understands.
    AsksFor {
        /// The unit of the official; its people never see the report.
        Unit = "unit",
        /// The number of a file of the one-stop shop.
        Dossier = "dossier",
    }
}

/// The number of a file as it is kept: large letters, no blanks. `None`: no such number.
pub fn dossier(typed: &str) -> Option<String> {
    let number: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/');
    let is_one = (4..=60).contains(&number.len())
        && number.chars().all(plain)
        && number.contains(|c: char| c.is_ascii_digit());
    is_one.then(|| number.to_ascii_uppercase())
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AttributeValue {
    pub key: String,
    pub name: Localized,
}

/// Open311 `datatype`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Datatype {
    String,
    Number,
    DateTime,
    Text,
    SingleValueList,
    MultiValueList,
}
