//! A city is a pack of data: this is the pack once parsed and checked.
//!
//! Nothing here reads files: [`check`] takes their texts and reports every mistake at once.

pub mod added;
pub mod call_now;
mod check;
pub mod former;
pub mod ground;
mod mistake;
pub mod names;
mod read;
pub mod routing;

#[cfg(test)]
pub(crate) mod tests;

pub use check::{check, check_with_icons, kept_procedure};
pub use mistake::{Mistake, PackFiles};

use self::call_now::CallNow;
use self::former::Former;
use self::ground::Ground;
use self::names::Names;
use self::routing::Routing;
use crate::card::CardRule;
use crate::case::CaseKind;
use crate::ids::{AgencyId, AreaId, FieldCode, ProcedureCode, ServiceCode};
use crate::localized::Localized;
use crate::phrase::Phrases;
use crate::place::Point;
use crate::procedure::Procedure;
use crate::service::{Field, Service};
use crate::service_request::ServiceRequest;
use crate::time::{DayKind, WorkingCalendar};
use jiff::civil::Date;
use std::collections::BTreeMap;

#[derive(Debug, Clone)]
pub struct Pack {
    pub id: String,
    /// The city: "Huế".
    pub name: Localized,
    /// The service people use: "Phản ánh hiện trường".
    pub service_name: Localized,
    /// The operations centre, as it signs its letters.
    pub centre: AgencyId,
    /// The languages the city works in: every text has them. First is the default.
    pub languages: Vec<String>,
    /// Those only visitors speak: what is not translated falls back.
    pub guests: Vec<String>,
    /// IANA name, e.g. `Asia/Ho_Chi_Minh`.
    pub zone: String,
    /// Telephone country prefix, e.g. `+84`.
    pub phone_prefix: String,
    pub accent_light: String,
    pub accent_dark: String,
    pub contacts: Vec<Contact>,
    pub notices: Notices,
    pub calendar: WorkingCalendar,
    /// The days the calendar treats specially, by date, with their basis.
    pub days: Vec<CalendarDay>,
    pub agencies: Vec<Agency>,
    /// Those there are now.
    pub areas: Vec<Area>,
    /// Those that went up in others; old reports keep their names.
    pub past_areas: Vec<PastArea>,
    pub fields: Vec<Field>,
    pub services: Vec<Service>,
    /// What reports are of and the lists above lack.
    pub former: Former,
    pub routing: Routing,
    /// Every version there is; `Pack::procedure` picks the one in force.
    pub procedures: Vec<Procedure>,
    /// Versions (or texts of one) that cases are bound to and that the pack has no longer.
    pub retired: Vec<Procedure>,
    /// Those of kinds of cases the pack says nothing about.
    pub built_in: Vec<Procedure>,
    pub refusals: Vec<Coded>,
    pub pauses: Vec<Coded>,
    pub templates: Vec<AnswerTemplate>,
    /// What earns an agency a card; none: there are no cards.
    pub cards: Vec<CardRule>,
    /// What lies under its maps where no base map is set.
    pub ground: Option<Ground>,
    pub settings: Settings,
    /// Danger to life: whom to call at once.
    pub call_now: CallNow,
    pub index: Index,
}

/// Where the lists above keep each code.
#[derive(Debug, Clone, Default)]
pub struct Index {
    pub agencies: BTreeMap<AgencyId, usize>,
    pub areas: BTreeMap<AreaId, usize>,
    pub fields: BTreeMap<FieldCode, usize>,
    pub services: BTreeMap<ServiceCode, usize>,
    /// For [`crate::suggest::suggest`].
    pub phrases: Phrases,
    /// For [`Pack::named`].
    pub names: Names,
}

impl Index {
    pub(crate) fn of(pack: &Pack) -> Self {
        fn places<T: Clone + Ord>(codes: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
            codes.enumerate().map(|(n, code)| (code, n)).collect()
        }
        Self {
            agencies: places(pack.agencies.iter().map(|agency| agency.id.clone())),
            areas: places(pack.areas.iter().map(|area| area.id.clone())),
            fields: places(pack.fields.iter().map(|field| field.code.clone())),
            services: places(pack.services.iter().map(|service| service.code.clone())),
            phrases: Phrases::of(&pack.services),
            names: Names::of(pack),
        }
    }
}

/// A day off or a make-up working day, and what says so.
#[derive(Debug, Clone)]
pub struct CalendarDay {
    pub date: Date,
    pub kind: DayKind,
    pub name: Localized,
    /// `statutory`, `official`, `swap`, `compensatory`, `provisional` or `unverified`.
    pub basis: String,
    /// The decision, as people can look it up.
    pub source: Option<String>,
    /// Not official yet: it may change.
    pub provisional: bool,
}

#[derive(Debug, Clone)]
pub struct Contact {
    /// `phone`, `email`, `web`, `zalo`, `facebook`, `address`.
    pub kind: String,
    pub label: Localized,
    pub value: String,
    pub url: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Agency {
    pub id: AgencyId,
    pub parent: Option<AgencyId>,
    pub kind: AgencyKind,
    pub name: Localized,
    pub short: Localized,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgencyKind {
    /// The level above all: the people's committee, the mayor's office.
    Authority,
    /// The operations centre.
    Centre,
    Department,
    Police,
    Inspectorate,
    Ward,
    Company,
}

#[derive(Debug, Clone)]
pub struct Area {
    pub id: AreaId,
    pub name: Localized,
    pub kind: Localized,
    /// A point inside; reports go to the nearest until boundaries are imported.
    pub centre: Point,
    /// The agency that governs it; what `area` in a routing rule means.
    pub agency: AgencyId,
}

/// An area that was merged into another one.
#[derive(Debug, Clone)]
pub struct PastArea {
    pub area: Area,
    /// The first day on which it was no more.
    pub until: Date,
    /// The area it belongs to now.
    pub heir: AreaId,
}

/// A code with its words, e.g. a reason to refuse or to pause.
#[derive(Debug, Clone)]
pub struct Coded {
    pub code: String,
    pub name: Localized,
    /// The sentence the reporter reads.
    pub text: Localized,
}

#[derive(Debug, Clone)]
pub struct AnswerTemplate {
    pub code: String,
    pub name: Localized,
    pub text: Localized,
    /// `answer`, `ask`, `refuse`, `send_back`: where the desk offers it.
    pub verb: String,
}

/// What the law and the city say of data, for the page that tells how it all works and for the open data.
#[derive(Debug, Clone, Default)]
pub struct Notices {
    /// The law on personal data; empty where the pack names none.
    pub privacy_law: Localized,
    /// The licence of the open data and where it is written; empty where the city has not decided.
    pub data_licence: String,
    pub data_licence_url: String,
}

/// Numbers a city may want to change.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Comments appear at once and are moderated after (`true`) or wait for a moderator.
    pub comments_first: bool,
    pub seconds_between_comments: i64,
    /// Working days a question waits for the reporter.
    pub question_working_days: u32,
    /// Days after closing when identities are erased.
    pub erase_identity_after_days: u32,
    /// Metres within which an open report of the same field counts as nearby.
    pub nearby_metres: f64,
    /// Working days an agency has to explain what a leader asks about.
    pub explanation_working_days: u32,
    /// Months after its result within which the same service at the same place is the same thing again.
    pub recurrence_months: u32,
    /// Metres beyond the farthest area centre where a place still counts as in the city.
    pub outside_metres: f64,
}

impl Pack {
    pub fn default_language(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }
    /// All languages of its pages, those of visitors last.
    pub fn spoken(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().chain(&self.guests).map(String::as_str)
    }
    pub fn agency(&self, id: &AgencyId) -> Option<&Agency> {
        self.agencies.get(*self.index.agencies.get(id)?)
    }
    /// The area as it is or was.
    pub fn area(&self, id: &AreaId) -> Option<&Area> {
        let past = || self.past_area(id).map(|past| &past.area);
        self.index.areas.get(id).and_then(|n| self.areas.get(*n)).or_else(past)
    }
    pub fn past_area(&self, id: &AreaId) -> Option<&PastArea> {
        self.past_areas.iter().find(|past| past.area.id == *id)
    }
    /// The area itself, or the one it went up in.
    pub fn heir(&self, id: &AreaId) -> Option<&Area> {
        self.area(self.past_area(id).map_or(id, |past| &past.heir))
    }
    /// The areas that went up in this one.
    pub fn forebears(&self, id: &AreaId) -> Vec<AreaId> {
        let past = self.past_areas.iter().filter(|past| past.heir == *id);
        past.map(|past| past.area.id.clone()).collect()
    }
    pub fn refusal(&self, code: &str) -> Option<&Coded> {
        self.refusals.iter().find(|r| r.code == code)
    }
    pub fn pause(&self, code: &str) -> Option<&Coded> {
        self.pauses.iter().find(|p| p.code == code)
    }

    /// The version of a procedure in force on a local date: the newest that had taken effect. Of a procedure that the pack
    /// has no longer, the newest it had.
    pub fn procedure(&self, code: &ProcedureCode, on: Date) -> Option<&Procedure> {
        let of_it = |p: &&Procedure| p.code == *code;
        let all = if self.procedures.iter().any(|p| of_it(&p)) {
            &self.procedures
        } else {
            &self.retired
        };
        all.iter()
            .filter(|p| of_it(p) && p.effective_from <= on)
            .max_by_key(|p| (p.effective_from, p.version))
    }

    fn all_procedures(&self) -> impl Iterator<Item = &Procedure> {
        self.procedures.iter().chain(&self.retired).chain(&self.built_in)
    }

    /// The procedure of tasks that are given on a local date: the pack's own, else the one that is built in.
    pub fn procedure_of_tasks(&self, on: Date) -> Option<&Procedure> {
        let of_tasks = |p: &&Procedure| p.kind == CaseKind::Task;
        let own = self.procedures.iter().find(of_tasks).map(|p| &p.code);
        let own = own.and_then(|code| self.procedure(code, on));
        own.or_else(|| self.built_in.iter().find(of_tasks))
    }

    /// One version of a procedure.
    pub fn procedure_version(&self, code: &ProcedureCode, version: u32) -> Option<&Procedure> {
        self.all_procedures().find(|p| p.code == *code && p.version == version)
    }

    /// The very text that a case is bound to.
    pub fn procedure_text(&self, hash: &str) -> Option<&Procedure> {
        self.all_procedures().find(|p| p.hash == hash)
    }

    /// The version that a report is bound to; before it is accepted, the one in force when it came.
    pub fn procedure_of(&self, report: &ServiceRequest) -> Option<&Procedure> {
        if let Some(bound) = report.procedure_hash.as_ref().and_then(|h| self.procedure_text(h)) {
            return Some(bound);
        }
        let of_service = || self.service(&report.service).map(|service| &service.procedure);
        let code = report.procedure.as_ref().or_else(of_service)?;
        let pinned = report.procedure_version.and_then(|v| self.procedure_version(code, v));
        pinned.or_else(|| self.procedure(code, self.local_date(report.received_at)))
    }

    /// The city's calendar date at an instant; a local date decides, never a UTC date.
    pub fn local_date(&self, at: jiff::Timestamp) -> jiff::civil::Date {
        self.calendar.local_date(at)
    }

    /// The level above an agency, for appeals: its parent, or itself at the top.
    pub fn above<'a>(&'a self, id: &'a AgencyId) -> &'a AgencyId {
        self.agency(id).and_then(|a| a.parent.as_ref()).unwrap_or(id)
    }

    /// The area among these whose centre is nearest to `point`, with its distance in metres.
    pub fn nearest_area(
        &self,
        point: Point,
        among: impl Fn(&Area) -> bool,
    ) -> Option<(&Area, f64)> {
        self.areas
            .iter()
            .filter(|area| among(area))
            .map(|area| (area, area.centre.distance_m(point)))
            .min_by(|a, b| a.1.total_cmp(&b.1))
    }
}
