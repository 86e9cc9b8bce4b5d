//! Tells a report in words: cards, the title, its place. From views, so that only what the reader may see is told. Who has
//! it, what they owe and by when is told in `signature.rs`, the steps of its history in `timeline.rs`.

use crate::platform::http::view::{Card, Directions, Found, Marked, Photo, When};
use crate::platform::i18n::Lang;
use crate::service_request::view::ReportView;
use domain::disclosure::{Audience, Openness};
use domain::ids::{AccountId, AgencyId, AreaId, MediaId};
use domain::pack::{Area, Pack};
use domain::place::Exactness;
use domain::procedure::Procedure;
use domain::service_request::{ServiceRequest, State};
use domain::text::{excerpt, matches, sort_key};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Characters of a title.
const TITLE_CHARS: usize = 90;

/// Who is told, when, and about which city.
#[derive(Clone, Copy)]
pub struct Telling<'a> {
    pub t: Lang,
    pub pack: &'a Pack,
    pub now: Timestamp,
    /// Colleagues by name, for the desk; nobody for readers outside.
    pub names: &'a Names,
}

/// A question of a service and what was answered.
#[derive(Debug)]
pub struct Answered {
    pub question: String,
    pub answer: String,
}

/// Names of staff.
pub type Names = BTreeMap<AccountId, String>;

static NOBODY: Names = BTreeMap::new();

/// The name of an area; of one that is no more, with the name of the one it went up in.
pub fn area_name(t: Lang, pack: &Pack, id: &AreaId) -> String {
    let name = |area: &Area| area.name.text(t.code()).to_owned();
    let then = pack.area(id).map_or_else(String::new, name);
    match pack.past_area(id).and_then(|_| pack.heir(id)) {
        Some(heir) => t.s2("area-now", "then", then.as_str(), "now", name(heir)).into_owned(),
        None => then,
    }
}

/// All areas to choose from, by name as the alphabet of the city has it: the id, and the name; with what it is where there
/// are several kinds. The name comes first, so that typing it finds it.
pub fn area_choices(t: Lang, pack: &Pack) -> Vec<(String, String)> {
    let mut areas: Vec<&Area> = pack.areas.iter().collect();
    areas.sort_by_cached_key(|area| sort_key(area.name.text(t.code())));
    let kind = |area: &Area| area.kind.text(t.code()).to_owned();
    let alike = areas.iter().map(|area| kind(area)).collect::<BTreeSet<_>>().len() < 2;
    let said = |area: &Area| {
        let (name, kind) = (area.name.text(t.code()), kind(area));
        if alike {
            name.to_owned()
        } else {
            t.s2("area-of-kind", "name", name, "kind", kind).into_owned()
        }
    };
    areas.into_iter().map(|area| (area.id.to_string(), said(area))).collect()
}

impl<'a> Telling<'a> {
    /// For readers who learn offices and roles, and no names.
    pub fn new(t: Lang, pack: &'a Pack, now: Timestamp) -> Self {
        Self { t, pack, now, names: &NOBODY }
    }
}

impl Telling<'_> {
    pub fn ago(&self, at: Timestamp) -> When {
        When::ago(self.t, self.now, at, self.pack.calendar.zone())
    }

    pub fn moment(&self, at: Timestamp) -> When {
        When::moment(self.t, self.now, at, self.pack.calendar.zone())
    }

    /// A report in a list.
    pub fn card(&self, view: &ReportView) -> Card {
        let photo = view
            .result_photo
            .as_ref()
            .filter(|_| view.state == State::Closed)
            .or(view.photo.as_ref());
        Card {
            href: format!("/reports/{}", view.id),
            code: view.id.grouped(),
            title: self.title(view),
            icon: self.icon(view),
            place: self.place(view),
            distance: None,
            sent: self.ago(view.received_at),
            status: view.status().to_owned(),
            photo: photo.map(|photo| self.photo(view, photo, "photo-alt")),
            clock: self.clock(view),
            supports: view.supports,
            comments: view.comments,
            found: None,
        }
    }

    /// The card of a report that a search for `words` found, with the words marked. No words: the plain card.
    pub fn found(&self, view: &ReportView, words: &str) -> Card {
        let card = self.card(view);
        if words.is_empty() {
            return card;
        }
        let mark = |text: String| Marked { marks: matches(&text, words), text };
        let title = mark(card.title.clone());
        let further = view.description.as_deref().filter(|_| title.marks.is_empty());
        let excerpt = further.and_then(|text| excerpt(text, words, TITLE_CHARS)).map(mark);
        Card { found: Some(Found { title, excerpt }), ..card }
    }

    /// The first words of the report, or what it is about when they are not for this reader.
    pub fn title(&self, view: &ReportView) -> String {
        match view.openness {
            Openness::Hidden if view.description.is_none() => {
                let reason = view.hidden.as_deref().unwrap_or_default();
                return self.t.s1("report-hidden-title", "reason", reason).into_owned();
            }
            Openness::Private if view.description.is_none() => {
                return self.t.s1("report-private-title", "field", self.field(view)).into_owned();
            }
            Openness::Confidential if view.description.is_none() => {
                return self
                    .t
                    .s1("report-confidential-title", "field", self.field(view))
                    .into_owned();
            }
            Openness::Open | Openness::Private | Openness::Confidential | Openness::Hidden => {}
        }
        let words = view.description.as_deref().unwrap_or_default();
        let line = words.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
        if line.is_empty() { self.service(view) } else { shortened(line, TITLE_CHARS) }
    }

    pub fn service(&self, view: &ReportView) -> String {
        let Some(code) = &view.service else { return self.field(view) };
        let name = self.pack.service(code).map(|service| service.name.text(self.t.code()));
        name.unwrap_or(code.as_str()).to_owned()
    }

    pub fn field(&self, view: &ReportView) -> String {
        let field = view.field.as_ref().and_then(|code| self.pack.field(code));
        field.map_or_else(String::new, |field| field.name.text(self.t.code()).to_owned())
    }

    fn icon(&self, view: &ReportView) -> String {
        let service = view
            .service
            .as_ref()
            .and_then(|code| self.pack.service(code))
            .map(|service| &service.icon);
        let field =
            || view.field.as_ref().and_then(|code| self.pack.field(code)).map(|field| &field.icon);
        match view.openness {
            Openness::Hidden if service.is_none() => "eye-off".to_owned(),
            Openness::Private | Openness::Confidential if service.is_none() => "lock".to_owned(),
            Openness::Open | Openness::Private | Openness::Confidential | Openness::Hidden => {
                service.or_else(field).map_or_else(|| "map-pin".to_owned(), Clone::clone)
            }
        }
    }

    /// The address and the area, as far as known.
    pub fn place(&self, view: &ReportView) -> String {
        let area = self.area(view);
        match &view.address {
            Some(address) if area.is_empty() || address.contains(&area) => address.clone(),
            Some(address) => format!("{address}, {area}"),
            None => area,
        }
    }

    /// The way to a report, for staff, who know its point.
    pub fn directions(&self, report: &ServiceRequest, view: &ReportView) -> Directions {
        match report.exactness {
            Exactness::Pin | Exactness::Address => Directions::to(report.point),
            Exactness::Area => {
                let city = self.pack.name.text(self.t.code());
                Directions::to_words(&format!("{}, {city}", self.place(view)))
            }
        }
    }

    /// The area as it was called then, and what it went up in.
    pub fn area(&self, view: &ReportView) -> String {
        view.area.as_ref().map_or_else(String::new, |id| area_name(self.t, self.pack, id))
    }

    /// The short name of an agency.
    pub fn agency(&self, id: &AgencyId) -> String {
        let agency = self.pack.agency(id);
        agency.map_or_else(|| id.to_string(), |agency| agency.short.text(self.t.code()).to_owned())
    }

    /// Where the reader gets a photo: a reporter from the pages of their report, where also what is not public is theirs.
    pub fn photo(&self, view: &ReportView, media: &MediaId, alt: &str) -> Photo {
        let at = match view.audience {
            Audience::Reporter => format!("/my/{}/media/{media}", view.id),
            Audience::Public | Audience::Agency | Audience::Centre => format!("/media/{media}"),
        };
        Photo {
            thumb: format!("{at}/thumb.jpg"),
            phone: format!("{at}/phone.jpg"),
            small: format!("{at}/small.jpg"),
            large: format!("{at}/large.jpg"),
            alt: self.t.s(alt).into_owned(),
        }
    }

    /// The service's questions and what was answered.
    pub fn answers(&self, view: &ReportView) -> Vec<Answered> {
        let lang = self.t.code();
        let service = view.service.as_ref().and_then(|code| self.pack.service(code));
        let asked = service.map_or(&[][..], |service| service.attributes.as_slice()).iter();
        let given = asked.filter_map(|attribute| {
            let values = view.attributes.get(&attribute.code)?;
            let name = |key: &String| {
                let listed = attribute.values.iter().find(|value| value.key == *key);
                listed.map_or(key.as_str(), |value| value.name.text(lang)).to_owned()
            };
            let answer = values.iter().map(name).collect::<Vec<_>>().join(", ");
            Some(Answered { question: attribute.question.text(lang).to_owned(), answer })
        });
        given.collect()
    }

    /// The version the report is bound to, else the one in force when it came.
    pub fn procedure(&self, view: &ReportView) -> Option<&Procedure> {
        let (code, version) = view.procedure.as_ref()?;
        let text = view.procedure_hash.as_ref().and_then(|hash| self.pack.procedure_text(hash));
        let bound = || version.and_then(|version| self.pack.procedure_version(code, version));
        text.or_else(bound)
            .or_else(|| self.pack.procedure(code, self.pack.local_date(view.received_at)))
    }
}

/// About so many characters, cut at a word; what is hardly longer stays whole, rather than lose its last word.
pub fn shortened(text: &str, chars: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(chars) else { return text.to_owned() };
    if text.chars().nth(chars + chars / 6).is_none() {
        return text.to_owned();
    }
    let cut = text.get(..end).unwrap_or(text);
    let cut = cut.rsplit_once(' ').map_or(cut, |(words, _)| words);
    format!("{}…", cut.trim_end_matches([',', '.', ';', ':', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_is_cut_at_a_word() {
        assert_eq!(shortened("Ổ gà lớn trước cổng chợ", 40), "Ổ gà lớn trước cổng chợ");
        assert_eq!(shortened("Ổ gà lớn, trước cổng chợ", 11), "Ổ gà lớn…");
        assert_eq!(shortened("Ổgàlớntrướccổngchợ", 5), "Ổgàlớ…");
        assert_eq!(shortened("Ổ gà lớn trước cổng", 18), "Ổ gà lớn trước cổng");
    }
}
