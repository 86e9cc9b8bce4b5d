//! What is said in several languages.

use std::collections::BTreeMap;

/// A value per language. English is what most visitors can read where their own is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Localized<T = String>(pub BTreeMap<String, T>);

impl<T> Localized<T> {
    /// The value in `language`, else in English, else in any language there is.
    pub fn get(&self, language: &str) -> Option<&T> {
        self.0.get(language).or_else(|| self.0.get("en")).or_else(|| self.0.values().next())
    }
}

impl Localized {
    pub fn text(&self, language: &str) -> &str {
        self.get(language).map_or("", String::as_str)
    }
}
