//! What can be followed: a report, or a list by its filter. A list is kept as the query of its address in one canonical
//! spelling, so that the same list is the same thing for everybody who follows it, and is looked at once.
//!
//! States, dates and orders are left out: a follower hears of what happens, not of how a list stands.

use crate::platform::i18n::Lang;
use crate::service_request::list::filter::{Asked, Filter, TEXT_CHARS};
use domain::ids::{AgencyId, AreaId, FieldCode, ServiceCode, ServiceRequestId};
use domain::pack::Pack;
use std::fmt;

domain::word! {
    /// How somebody is told.
    Way {
        Mail = "mail",
        /// By a notification of their browser.
        Push = "push",
        /// By a signed request to a program.
        Webhook = "webhook",
    }
}

domain::word! {
    /// How often somebody is told.
    Rhythm {
        AtOnce = "at_once",
        /// By a bulletin every morning on which there is something to tell.
        Day = "day",
        /// By a bulletin every Monday morning.
        Week = "week",
    }
}

/// Parts of a list's address that a follow keeps, in their order. Of all but services the last one counts.
const KEPT: [&str; 7] = ["q", "field", "service", "area", "agency", "within", "around"];
const SERVICE: &str = "service";
/// Begins a list where it is stored; no code has it.
const LIST: char = '?';
/// Bytes of a list; a drawn area with a hundred corners fits.
pub const LIST_BYTES: usize = 4_000;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    Report(ServiceRequestId),
    /// A query without its question mark; empty: all reports of the city.
    List(String),
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Report(code) => f.write_str(code.as_str()),
            Self::List(query) => write!(f, "{LIST}{query}"),
        }
    }
}

impl std::str::FromStr for What {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text.strip_prefix(LIST) {
            Some(query) => Ok(Self::List(query.to_owned())),
            None => text.parse().map(Self::Report).map_err(|_| ()),
        }
    }
}

impl What {
    /// The list at this address. What means nothing there narrows nothing here either. `None`: it is too long.
    pub fn list(query: &str, pack: &Pack) -> Option<Self> {
        let asked = Asked::parse(query, pack);
        // A problem names what was typed, cut where it is too long to show.
        let is_it = |named: &str, value: &str| {
            named == value || (named.chars().count() >= TEXT_CHARS && value.starts_with(named))
        };
        let understood = |name: &str, value: &str| {
            !asked.problems.iter().any(|p| p.field == name && is_it(&p.value, value))
        };
        let mut kept = form_urlencoded::Serializer::new(String::new());
        for name in KEPT {
            let pairs = asked.pairs.iter().filter(|(other, _)| other == name);
            let mut values: Vec<String> = pairs
                .filter(|(name, value)| understood(name, value))
                .map(|(_, value)| value.split_whitespace().collect::<Vec<_>>().join(" "))
                .collect();
            if name == SERVICE {
                values.sort_unstable();
                values.dedup();
            } else {
                values = values.pop().into_iter().collect();
            }
            kept.extend_pairs(values.iter().map(|value| (name, value)));
        }
        let query = kept.finish();
        (query.len() <= LIST_BYTES).then_some(Self::List(query))
    }

    /// What the list is narrowed to. `None` for a report, and for a list that the city's pack does not understand any
    /// more: an area that is gone must not become the whole city.
    pub fn filter(&self, pack: &Pack) -> Option<Filter> {
        let Self::List(query) = self else { return None };
        let asked = Asked::parse(query, pack);
        let words_kept = asked.value("q").is_empty() || asked.filter.text.is_some();
        (asked.problems.is_empty() && words_kept).then_some(asked.filter)
    }

    /// Its page, from `/` on.
    pub fn path(&self) -> String {
        match self {
            Self::Report(code) => format!("/reports/{code}"),
            Self::List(query) if query.is_empty() => "/reports".to_owned(),
            Self::List(query) => format!("/reports?{query}"),
        }
    }

    /// The page where following it begins.
    pub fn follow_path(&self) -> String {
        match self {
            Self::Report(code) => format!("/reports/{code}/follow"),
            Self::List(query) if query.is_empty() => "/follow".to_owned(),
            Self::List(query) => format!("/follow?{query}"),
        }
    }

    /// What it is, for a letter to an address that nobody has confirmed: the words that are looked for may be written for
    /// whoever reads them there.
    pub fn title_for_strangers(&self, pack: &Pack, t: Lang) -> String {
        self.told(t, |name, value| match name {
            "q" => t.s("follow-words-unsaid").into_owned(),
            _ => named(name, value, pack, t),
        })
    }

    /// What it is, in the reader's words.
    pub fn title(&self, pack: &Pack, t: Lang) -> String {
        self.told(t, |name, value| named(name, value, pack, t))
    }

    fn told(&self, t: Lang, named: impl Fn(&str, &str) -> String) -> String {
        let query = match self {
            Self::Report(code) => {
                return t.s1("follow-report", "code", code.grouped()).into_owned();
            }
            Self::List(query) => query,
        };
        let parts: Vec<String> = form_urlencoded::parse(query.as_bytes())
            .map(|(name, value)| named(&name, &value))
            .filter(|part| !part.is_empty())
            .collect();
        if parts.is_empty() { t.s("follow-all").into_owned() } else { parts.join(" · ") }
    }
}

/// A part of a filter in words; a code of an older pack is told as it is.
fn named(name: &str, value: &str, pack: &Pack, t: Lang) -> String {
    let language = t.code();
    let known = match name {
        "q" => return t.s1("follow-words", "words", value).into_owned(),
        "within" => return t.s("follow-drawn").into_owned(),
        "around" => return t.s("follow-around").into_owned(),
        "field" => FieldCode::parse(value).ok().and_then(|code| Some(&pack.field(&code)?.name)),
        "service" => {
            ServiceCode::parse(value).ok().and_then(|code| Some(&pack.service(&code)?.name))
        }
        "area" => AreaId::parse(value).ok().and_then(|id| Some(&pack.heir(&id)?.name)),
        "agency" => AgencyId::parse(value).ok().and_then(|id| Some(&pack.agency(&id)?.short)),
        _ => None,
    };
    known.map_or_else(|| value.to_owned(), |name| name.text(language).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::pack_dir;
    use domain::place::Point;
    use domain::place::outline::Outline;

    fn list(query: &str) -> String {
        What::list(query, &pack_dir::load_checked("harbour").unwrap()).unwrap().to_string()
    }

    #[test]
    fn the_same_list_is_spelt_the_same_however_its_address_was_made() {
        for query in [
            "area=quays&service=pothole&q=%C4%91%C3%A8n",
            "service=pothole&q=++%C4%91%C3%A8n&area=quays&sort=oldest&state=open&after=1-A&lang=en",
            "q=x&q=%C4%91%C3%A8n&service=pothole&service=pothole&area=works&area=quays&late=1&agency=",
        ] {
            assert_eq!(list(query), "?q=%C4%91%C3%A8n&service=pothole&area=quays", "{query}");
        }
        assert_eq!(list(""), "?");
        let corner = |lat, long| Point::new(lat, long).unwrap();
        let corners = vec![corner(55.05, 10.6), corner(55.07, 10.6), corner(55.07, 10.62)];
        let drawn = format!("within={}", Outline::new(corners).unwrap());
        assert!(list(&drawn).starts_with("?within="), "{}", list(&drawn));
        assert_eq!(list(&format!("within={}", "x".repeat(1_000))), "?", "no shape at all");
        assert_eq!(list("area=moon&from=2026-01-01&state=closed&x=1"), "?");
    }

    #[test]
    fn it_comes_back_as_it_was_stored() {
        for text in ["K7QM4RTX", "?", "?area=quays"] {
            assert_eq!(text.parse::<What>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_list_whose_area_is_gone_finds_nothing_rather_than_everything() {
        let pack = pack_dir::load_checked("harbour").unwrap();
        let filter = |text: &str| text.parse::<What>().unwrap().filter(&pack);
        assert!(filter("?area=atlantis").is_none());
        assert!(filter("?q=%2B%2B").is_none());
        assert!(filter("?area=quays").is_some_and(|filter| filter.area.is_some()));
        assert!(filter("?").is_some());
    }
}
