//! Tells a report in words: cards, the signature line, the title. From views, so that only what the reader may see is
//! told. The steps of its history are told in `story.rs`.

use super::view::ReportView;
use crate::platform::http::view::{Card, ClockLine, Directions, Found, Marked, Photo, Tone, When};
use crate::platform::i18n::Lang;
use domain::disclosure::{Audience, Openness};
use domain::ids::{AccountId, AgencyId, AreaId, MediaId};
use domain::pack::{Area, Pack};
use domain::place::Exactness;
use domain::procedure::{Procedure, StepRole};
use domain::service_request::{Outcome, ServiceRequest, State};
use domain::text::{excerpt, matches};
use domain::time::used_fraction;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// Characters of a title.
const TITLE_CHARS: usize = 90;
/// Share of the time from which a deadline is near.
const SOON: f64 = 0.8;
/// Beyond this a lateness is told in plain days: counting working days over years helps nobody.
const LONG_LATE: SignedDuration = SignedDuration::from_hours(30 * 24);

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
        let service = view.service.as_ref().and_then(|code| self.pack.service(code));
        service
            .map_or_else(|| self.field(view), |service| service.name.text(self.t.code()).to_owned())
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

    /// Who has it, what they owe, by when. Nothing where that is not for this reader.
    pub fn clock(&self, view: &ReportView) -> Option<ClockLine> {
        let agency = self.agency(view.agency.as_ref()?);
        if view.state == State::Closed {
            return Some(self.settled(view, agency));
        }
        let person = view.assignee.as_ref().and_then(|id| self.names.get(id));
        let who = match view.state {
            State::Received | State::InReview => self.agency(&self.pack.centre),
            State::WaitingReporter => self.reporter(view),
            State::Assigned | State::InProgress | State::Closed => match person {
                Some(person) => format!("{agency} – {person}"),
                None => agency,
            },
        };
        let owes = self.owed(view);
        let paused = view.paused_for.is_some() || view.state == State::WaitingReporter;
        let Some(due) = view.due_at.filter(|_| !paused) else {
            let until = view.question_until.map(|until| self.moment(until));
            // What another system gave no deadline has none here either.
            let key = if paused { "clock-paused" } else { "clock-no-deadline" };
            return Some(ClockLine {
                who,
                owes,
                by: until,
                left: self.t.s(key).into_owned(),
                used: 0,
                tone: Tone::Paused,
            });
        };
        let (used, tone) = self.used(view, due);
        Some(ClockLine {
            who,
            owes,
            by: Some(self.moment(due)),
            left: self.left(view, due),
            used,
            tone,
        })
    }

    fn used(&self, view: &ReportView, due: Timestamp) -> (u8, Tone) {
        if self.now > due {
            return (100, Tone::Late);
        }
        let from = view.clock_from.unwrap_or(view.received_at);
        let share = used_fraction(&self.pack.calendar, from, due, self.now).clamp(0.0, 1.0);
        ((share * 100.0) as u8, if share >= SOON { Tone::Soon } else { Tone::Running })
    }

    /// A closed report: who had the last word on it, and how long it took. A promise is still owed.
    fn settled(&self, view: &ReportView, agency: String) -> ClockLine {
        let who = match view.outcome {
            Some(Outcome::Refused | Outcome::Duplicate) => self.agency(&self.pack.centre),
            Some(Outcome::Withdrawn) => self.reporter(view),
            Some(
                Outcome::Fixed
                | Outcome::Planned
                | Outcome::Forwarded
                | Outcome::NotFound
                | Outcome::NoAuthority
                | Outcome::NoBudget,
            )
            | None => agency,
        };
        if let Some(date) = view.planned_for {
            let days = self.pack.local_date(self.now).until(date).map_or(0, |left| left.get_days());
            let left = self.t.s1("span-days", "n", days.max(0));
            return ClockLine {
                who,
                owes: self.t.s1("clock-planned", "date", self.t.civil_date(date)).into_owned(),
                by: None,
                left: self.t.s1("time-left", "span", left).into_owned(),
                used: 0,
                tone: Tone::Planned,
            };
        }
        let closed = view.closed_at.unwrap_or(view.updated_at);
        let took = self.t.span(closed.duration_since(view.received_at).as_secs());
        let fixed = view.outcome == Some(Outcome::Fixed);
        let key = if fixed { "clock-took" } else { "clock-closed-after" };
        ClockLine {
            who,
            owes: String::new(),
            by: Some(self.moment(closed)),
            left: self.t.s1(key, "span", took).into_owned(),
            used: 100,
            tone: if fixed { Tone::Done } else { Tone::Closed },
        }
    }

    fn reporter(&self, view: &ReportView) -> String {
        let yours = view.audience == Audience::Reporter;
        self.t.s(if yours { "my-you" } else { "clock-reporter" }).into_owned()
    }

    /// What is left or how late it is; and once it is late, whether the agency has said by when it will be done.
    pub(super) fn left(&self, view: &ReportView, due: Timestamp) -> String {
        if self.now <= due {
            return match self.working_days(view, due) {
                Some(days) => self.t.left_working_days(days).into_owned(),
                None => self.t.left(self.now, due).into_owned(),
            };
        }
        let late = self.late_by(view, due);
        match view.committed_for {
            Some(date) => {
                self.t.s2("late-committed", "span", late, "date", self.t.civil_date(date))
            }
            None if view.owes_a_word(self.now) => self.t.s1("late-no-word", "span", late),
            None => self.t.s1("time-late", "span", late),
        }
        .into_owned()
    }

    /// How late it is: in working days where the promise is in working time and at least one has passed.
    fn late_by(&self, view: &ReportView, due: Timestamp) -> String {
        match self.working_days(view, due).map(i64::abs) {
            None | Some(0) => self.t.span(self.now.duration_since(due).as_secs()).into_owned(),
            Some(days) => self.t.s1("span-working-days", "n", days).into_owned(),
        }
    }

    /// From now to `due`, negative once it is late; `None` where they say little: for hours on the wall clock, and after
    /// years.
    fn working_days(&self, view: &ReportView, due: Timestamp) -> Option<i64> {
        let wall_clock =
            self.procedure(view).is_some_and(|procedure| procedure.promise.is_wall_clock());
        let counts = !wall_clock && self.now.duration_since(due) <= LONG_LATE;
        counts.then(|| self.pack.calendar.working_days_between(self.now, due))
    }

    /// What whoever has it owes: the product of the procedure's step.
    fn owed(&self, view: &ReportView) -> String {
        let key = match view.state {
            State::Received => "clock-owes-check",
            State::WaitingReporter => "clock-owes-reply",
            State::InReview => "clock-owes-review",
            State::Assigned | State::InProgress | State::Closed => {
                let product = self.procedure(view).and_then(|procedure| {
                    let works = |role: StepRole| {
                        matches!(role, StepRole::Officer | StepRole::Head | StepRole::Inspector)
                    };
                    procedure
                        .steps
                        .iter()
                        .rfind(|step| works(step.role))
                        .map(|step| step.product.text(self.t.code()))
                });
                return product
                    .map_or_else(|| self.t.s("clock-owes-answer").into_owned(), str::to_owned);
            }
        };
        self.t.s(key).into_owned()
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

/// About so many characters, cut at a word; what is hardly longer stays whole, since "…" tells less than a last word.
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
