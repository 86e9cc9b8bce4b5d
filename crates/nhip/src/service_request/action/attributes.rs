//! The answers to what a service asks, checked once for all doors: each is of the datatype that the pack declares, as people
//! of the place write it, and is kept in one form.

use super::text;
use crate::platform::limits;
use domain::pack::Pack;
use domain::refusal::Refusal;
use domain::service::{AsksFor, Attribute, Datatype, Service};
use domain::text::{is_blank, narrow};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// Where dates are written with the month first.
const MONTH_FIRST: &str = "+1";

/// When and where the answers are given.
pub struct Here<'a> {
    now: Timestamp,
    zone: &'a TimeZone,
    month_first: bool,
}

impl<'a> Here<'a> {
    pub fn of(pack: &'a Pack, now: Timestamp) -> Self {
        Self { now, zone: pack.calendar.zone(), month_first: pack.phone_prefix == MONTH_FIRST }
    }

    /// `2026-03-10`, `10/3/2026`, either with a time, or an instant of RFC 3339; as it is kept. What was, was before now.
    fn when(&self, typed: &str) -> Result<String, Refusal> {
        let today = self.zone.to_datetime(self.now).date();
        // A blank is what is left of a `+` that was not escaped, or stands where others write a T.
        let escaped = typed.replace(' ', "+");
        if let Some(at) = [typed, escaped.as_str()].iter().find_map(|t| t.parse::<Timestamp>().ok())
        {
            let past = at <= self.now;
            return past.then(|| at.to_string()).ok_or(Refusal::DateInTheFuture);
        }
        let spaced = typed.replacen(' ', "T", 1);
        let (day, time) = spaced.split_once('T').map_or((typed, None), |(d, t)| (d, Some(t)));
        // `08:00 29/11/2026`, as forms of offices have it.
        let (day, time) = match time {
            Some(late) if day.contains(':') => (late, Some(day)),
            time => (day, time),
        };
        let date = self.day(day).ok_or(Refusal::NotADate)?;
        let Some(time) = time else {
            return if date > today { Err(Refusal::DateInTheFuture) } else { Ok(date.to_string()) };
        };
        let at: DateTime = format!("{date}T{time}").parse().map_err(|_| Refusal::NotADate)?;
        let now = self.zone.to_datetime(self.now);
        if at > now { Err(Refusal::DateInTheFuture) } else { Ok(at.to_string()) }
    }

    fn day(&self, typed: &str) -> Option<Date> {
        let parts: Vec<&str> = typed.split(['/', '.', '-']).collect();
        let &[first, second, third] = parts.as_slice() else { return None };
        let (year, month, day) = match (first.len(), self.month_first) {
            (4, _) => (first, second, third),
            (_, true) => (third, first, second),
            (_, false) => (third, second, first),
        };
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || !parts.iter().all(|part| plain(part)) {
            return None;
        }
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    }
}

/// Keeps the answers the service asks for; a required one that is missing and one that is no answer is refused.
pub fn check_attributes(
    service: &Service,
    sent: &BTreeMap<String, Vec<String>>,
    here: &Here<'_>,
) -> Result<BTreeMap<String, Vec<String>>, Refusal> {
    let mut kept = BTreeMap::new();
    for attribute in &service.attributes {
        let given = sent.get(&attribute.code).into_iter().flatten();
        let given = given.filter(|value| !is_blank(value));
        let given: Vec<String> =
            given.map(|value| answer(attribute, value, here)).collect::<Result<_, _>>()?;
        if given.is_empty() {
            if attribute.required {
                return Err(Refusal::Missing { field: "attribute" });
            }
            continue;
        }
        if given.len() > 1 && attribute.datatype != Datatype::MultiValueList {
            return Err(Refusal::Invalid { field: "attribute" });
        }
        kept.insert(attribute.code.clone(), given);
    }
    Ok(kept)
}

/// One answer as it is kept.
fn answer(attribute: &Attribute, typed: &str, here: &Here<'_>) -> Result<String, Refusal> {
    let typed = text::checked(typed, "attribute", limits::ATTRIBUTE_CHARS)?;
    let invalid = Refusal::Invalid { field: "attribute" };
    if attribute.asks_for == Some(AsksFor::Dossier) && domain::service::dossier(&typed).is_none() {
        return Err(invalid);
    }
    match attribute.datatype {
        Datatype::String | Datatype::Text => Ok(typed),
        // Full-width digits of East Asian keyboards are digits.
        Datatype::Number => number(&narrow(&typed)),
        Datatype::DateTime => here.when(&narrow(&typed)),
        Datatype::SingleValueList | Datatype::MultiValueList => {
            let listed = attribute.values.iter().any(|value| value.key == typed);
            listed.then_some(typed).ok_or(invalid)
        }
    }
}

/// As it was typed; a comma may stand for the point.
fn number(typed: &str) -> Result<String, Refusal> {
    let is_one = typed.replace(',', ".").parse::<f64>().is_ok_and(f64::is_finite);
    is_one.then(|| typed.to_owned()).ok_or(Refusal::NotANumber)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_one_as_people_of_the_place_write_it_and_lies_before_now() {
        let zone = TimeZone::fixed(jiff::tz::offset(7));
        let now: Timestamp = "2026-11-29T12:00:00+07:00".parse().unwrap();
        let here = |month_first| Here { now, zone: &zone, month_first };
        for (typed, kept) in [
            ("2026-11-29", "2026-11-29"),
            ("29/11/2026", "2026-11-29"),
            ("9.1.2026", "2026-01-09"),
            ("29/11/2026 08:00", "2026-11-29T08:00:00"),
            ("08:00 29/11/2026", "2026-11-29T08:00:00"),
            ("2026-11-29T08:00", "2026-11-29T08:00:00"),
            ("2026-11-29T08:00:00 07:00", "2026-11-29T01:00:00Z"),
            ("2026-11-29T01:00:00Z", "2026-11-29T01:00:00Z"),
        ] {
            assert_eq!(here(false).when(typed).as_deref(), Ok(kept), "{typed}");
        }
        assert_eq!(here(true).when("11/29/2026").as_deref(), Ok("2026-11-29"));
        for typed in ["yesterday", "2026-13-45", "29/11/26", "32/1/2026", "2026-11-29T25:00", "1.5"]
        {
            assert_eq!(here(false).when(typed), Err(Refusal::NotADate), "{typed}");
        }
        for typed in [
            "2099-01-01T00:00",
            "2026-11-30",
            "30/11/2026",
            "2026-11-29T12:01",
            "2026-11-29T05:00:01Z",
        ] {
            assert_eq!(here(false).when(typed), Err(Refusal::DateInTheFuture), "{typed}");
        }
    }
}
