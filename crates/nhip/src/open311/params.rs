//! Parameters as they came, from a query or a form: an empty one is an absent one, lists are separated by commas, and
//! names of PHP style (`media[]`) mean the same as plain ones.

use crate::platform::error::{Error, Result};
use domain::place::Point;
use domain::text::{cleaned, is_blank};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Default)]
pub struct Params(Vec<(String, String)>);

/// A parameter that means nothing, with the sentence that says so.
pub fn bad(field: &'static str, key: &'static str) -> Error {
    Error::unacceptable(field, key, 400)
}

/// The same, when the value is worth repeating.
pub fn bad_value(field: &'static str, key: &'static str, value: &str) -> Error {
    let shown = value.chars().filter(|c| !c.is_control()).take(80).collect();
    Error::Unacceptable { field, key, args: vec![("value", shown)], status: 400 }
}

impl Params {
    /// Reads `a=1&b=2`. Controls are broken lines or nothing, as in all text of people; only a NUL is refused.
    pub fn parse(encoded: &[u8]) -> Result<Self> {
        let mut params = Self::default();
        for (name, value) in form_urlencoded::parse(encoded) {
            params.push(&name, &value)?;
        }
        Ok(params)
    }

    pub fn push(&mut self, name: &str, value: &str) -> Result<()> {
        let clean = |text: &str| {
            cleaned(text).map_err(|_| bad_value("parameters", "open311-control", name))
        };
        let (name, value) = (clean(name)?, clean(value)?);
        let (name, value) = (name.as_str(), value.trim());
        if !is_blank(value) {
            let name =
                if name.starts_with("attribute[") { name } else { name.trim_end_matches("[]") };
            self.0.push((name.to_owned(), value.to_owned()));
        }
        Ok(())
    }

    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The last one of that name, as forms overrule what was set before.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// `a,b` and `name=a&name=b` alike.
    pub fn items(&self, name: &str) -> Vec<&str> {
        let named = self.0.iter().filter(|(n, _)| n == name);
        named
            .flat_map(|(_, value)| value.split(','))
            .map(str::trim)
            .filter(|v| !v.is_empty())
            .collect()
    }

    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// Yes or no, as programs of all kinds write it; not given is no.
    pub fn is_true(&self, name: &'static str) -> Result<bool> {
        let Some(text) = self.get(name) else { return Ok(false) };
        match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Ok(true),
            "false" | "0" | "no" | "off" => Ok(false),
            _ => Err(bad_value(name, "open311-boolean", text)),
        }
    }

    /// A whole number within bounds.
    pub fn number(
        &self,
        name: &'static str,
        bounds: std::ops::RangeInclusive<i64>,
    ) -> Result<Option<i64>> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let number = text.parse().ok().filter(|n| bounds.contains(n));
        number.map(Some).ok_or_else(|| bad_value(name, "open311-number", text))
    }

    /// An instant: RFC 3339 with `Z` or an offset; without one, the city's own time. Years 1970 to `last`.
    pub fn instant(
        &self,
        name: &'static str,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Result<Option<Timestamp>> {
        let Some(text) = self.get(name) else { return Ok(None) };
        // A `+` that was not escaped arrives as a blank.
        let text = text.replace(' ', "+");
        let at = text.parse::<Timestamp>().ok().or_else(|| in_zone(&text, zone));
        let at = at.ok_or_else(|| bad_value(name, "open311-date", &text))?;
        let latest =
            now.checked_add(jiff::SignedDuration::from_hours(24 * 366)).unwrap_or(Timestamp::MAX);
        if at < Timestamp::UNIX_EPOCH || at > latest {
            return Err(bad_value(name, "open311-date-range", &text));
        }
        Ok(Some(at))
    }

    /// The same for an end: a bare date is all of that day, to its last second.
    pub fn end(
        &self,
        name: &'static str,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Result<Option<Timestamp>> {
        let Some(at) = self.instant(name, zone, now)? else { return Ok(None) };
        let bare = self
            .get(name)
            .is_some_and(|text| text.parse::<civil::Date>().is_ok() && !text.contains([':', 'T']));
        let day = zone.to_datetime(at).date();
        let last = day.at(23, 59, 59, 999_000_000);
        let last = zone.to_ambiguous_timestamp(last).compatible().ok();
        Ok(Some(last.filter(|_| bare).unwrap_or(at)))
    }

    /// `lat` and `long` together, or neither.
    pub fn point(&self) -> Result<Option<Point>> {
        let long = self.get("long").or_else(|| self.get("lon"));
        match (self.get("lat"), long) {
            (None, None) => Ok(None),
            (Some(lat), Some(long)) => Point::parse(lat, long)
                .map(Some)
                .map_err(|_| bad_value("lat", "open311-point", &format!("{lat},{long}"))),
            _ => Err(bad("lat", "open311-half-point")),
        }
    }

    /// `attribute[CODE]=a` and `attribute[CODE][]=a`, by code.
    pub fn attributes(&self) -> BTreeMap<String, Vec<String>> {
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in &self.0 {
            let code = name.strip_prefix("attribute[").and_then(|rest| rest.split(']').next());
            if let Some(code) = code.filter(|code| !code.is_empty()) {
                found.entry(code.to_owned()).or_default().push(value.clone());
            }
        }
        found
    }
}

fn in_zone(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let when = text.parse::<civil::DateTime>().ok()?;
    zone.to_ambiguous_timestamp(when).compatible().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(query: &str) -> Params {
        Params::parse(query.as_bytes()).unwrap()
    }

    fn instant(value: &str) -> Result<Option<Timestamp>> {
        let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
        params(&format!("d={value}")).instant("d", &zone, "2026-03-10T00:00:00Z".parse().unwrap())
    }

    #[test]
    fn dates_are_read_with_z_offset_fraction_and_without_any() {
        let expected: Timestamp = "2026-03-01T05:00:00Z".parse().unwrap();
        for text in [
            "2026-03-01T05:00:00Z",
            "2026-03-01T12:00:00%2B07:00",
            "2026-03-01T12:00:00+07:00",
            "2026-03-01T05:00:00.000Z",
            "2026-03-01T12:00:00",
        ] {
            assert_eq!(instant(text).unwrap(), Some(expected), "{text}");
        }
        assert_eq!(instant("2026-03-01").unwrap(), Some("2026-02-28T17:00:00Z".parse().unwrap()));
        assert_eq!(instant("").unwrap(), None);
    }

    #[test]
    fn dates_that_are_none_or_far_away_are_refused() {
        for text in
            ["yesterday", "2026-13-01", "2099-01-01T00:00:00Z", "1969-01-01", "9999999999999"]
        {
            assert!(instant(text).is_err(), "{text}");
        }
    }

    #[test]
    fn lists_come_with_commas_or_repeated_and_empty_is_absent() {
        let asked = params("status=open,closed&status=&status=+open&empty=&media[]=x");
        assert_eq!(asked.items("status"), ["open", "closed", "open"]);
        assert_eq!(asked.get("empty"), None);
        assert_eq!(asked.get("media"), Some("x"));
    }

    #[test]
    fn a_point_needs_both_numbers_and_no_polygon_is_one() {
        assert!(params("lat=55.5&long=10.1").point().unwrap().is_some());
        assert!(params("").point().unwrap().is_none());
        for query in [
            "lat=55",
            "lat=a&long=b",
            "lat=NaN&long=1",
            "lat=91&long=1",
            "lat=POLYGON((1 2,3 4))&long=1",
        ] {
            assert!(params(query).point().is_err(), "{query}");
        }
    }

    #[test]
    fn a_nul_byte_anywhere_is_refused() {
        assert!(Params::parse(b"q=a%00b").is_err());
        assert!(Params::parse(b"a%00=b").is_err());
    }

    #[test]
    fn attributes_are_gathered_by_code_with_and_without_brackets() {
        let asked = params(
            "attribute[size]=wheel&attribute[lamps][]=one&attribute[lamps][]=row&attribute[]=x",
        );
        let found = asked.attributes();
        assert_eq!(found.get("lamps").unwrap(), &["one", "row"]);
        assert_eq!(found.get("size").unwrap(), &["wheel"]);
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn yes_and_no_are_read_as_programs_write_them_and_anything_else_is_refused() {
        for yes in ["true", "True", "TRUE", "1", "yes", "on"] {
            assert!(params(&format!("extensions={yes}")).is_true("extensions").unwrap(), "{yes}");
        }
        for no in ["false", "False", "0", "no", "OFF", ""] {
            assert!(!params(&format!("extensions={no}")).is_true("extensions").unwrap(), "{no}");
        }
        assert!(!params("").is_true("extensions").unwrap());
        for neither in ["maybe", "2", "yess", "wahr"] {
            assert!(params(&format!("extensions={neither}")).is_true("extensions").is_err());
        }
    }

    #[test]
    fn a_bare_day_begins_with_its_first_moment_and_ends_with_its_last() {
        let zone = TimeZone::get("Asia/Ho_Chi_Minh").unwrap();
        let now = "2026-03-10T00:00:00Z".parse().unwrap();
        let end =
            |value: &str| params(&format!("d={value}")).end("d", &zone, now).unwrap().unwrap();
        assert_eq!(instant("2026-03-01").unwrap().unwrap().to_string(), "2026-02-28T17:00:00Z");
        assert_eq!(end("2026-03-01").to_string(), "2026-03-01T16:59:59.999Z");
        for moment in ["2026-03-01T00:00:00", "2026-03-01T00:00:00%2B07:00"] {
            assert_eq!(end(moment).to_string(), "2026-02-28T17:00:00Z", "{moment}");
        }
    }

    #[test]
    fn numbers_keep_to_their_bounds() {
        assert_eq!(params("page_size=1000").number("page_size", 1..=1000).unwrap(), Some(1000));
        for query in
            ["page_size=0", "page_size=1001", "page_size=x", "page_size=99999999999999999999"]
        {
            assert!(params(query).number("page_size", 1..=1000).is_err(), "{query}");
        }
    }
}
