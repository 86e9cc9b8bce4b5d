//! A report in the words of the desk: its row in a queue, its signature line, its story. For readers who may see all of
//! a report but who sent it: whoever calls has asked `policy::may`.

use super::desk_queue::{Pressure, pressure, why};
use super::store::RequestMedia;
use super::telling::{Telling, shortened};
use super::view::view;
use crate::account::session::Signed;
use crate::platform::http::view::{ClockLine, Entry, Photo, Side, When};
use crate::platform::i18n::Lang;
use domain::disclosure::Audience;
use domain::ids::{AccountId, AgencyId, AreaId};
use domain::pack::Pack;
use domain::service_request::event::{Event, Visibility};
use domain::service_request::workflow::Role;
use domain::service_request::{ServiceRequest, State};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Characters of a title in a queue.
const TITLE_CHARS: usize = 100;

/// Who reads, when, in which city, among which colleagues.
pub struct Words<'a> {
    pub t: Lang,
    pub pack: &'a Pack,
    pub now: Timestamp,
    pub names: &'a BTreeMap<AccountId, String>,
}

/// A report in a queue.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: String,
    pub code: String,
    pub title: String,
    pub service: String,
    pub area: String,
    pub status: &'static str,
    pub clock: ClockLine,
    /// Why it stands here.
    pub why: String,
    pub late: bool,
    pub photo: Option<Photo>,
    pub version: i64,
    /// Waits for a decision of intake.
    pub to_accept: bool,
    /// Can be handed to somebody in a list.
    pub to_assign: bool,
}

impl Words<'_> {
    pub fn row(&self, report: &ServiceRequest, signed: &Signed) -> Row {
        let pressure = pressure(report, self.now);
        let photo = report.photo.as_ref().map(|id| self.photo(id.as_str()));
        Row {
            id: report.id.to_string(),
            code: report.id.grouped(),
            title: self.title(report),
            service: self.service(report),
            area: self.area(&report.area),
            status: status(report),
            clock: self.clock(report),
            why: self.t.of("desk-why-", why(report, signed)).into_owned(),
            late: pressure == Pressure::Late,
            photo,
            version: report.version,
            to_accept: report.state == State::Received,
            to_assign: matches!(report.state, State::Assigned | State::InProgress),
        }
    }

    pub fn title(&self, report: &ServiceRequest) -> String {
        let words = report.redacted.as_deref().unwrap_or(&report.description);
        let line = words.lines().map(str::trim).find(|line| !line.is_empty());
        line.map_or_else(|| self.service(report), |line| shortened(line, TITLE_CHARS))
    }

    pub fn service(&self, report: &ServiceRequest) -> String {
        let service = self.pack.service(&report.service);
        service
            .map_or_else(|| report.service.to_string(), |s| s.name.text(self.t.code()).to_owned())
    }

    pub fn area(&self, id: &AreaId) -> String {
        let area = self.pack.area(id);
        area.map_or_else(|| id.to_string(), |area| area.name.text(self.t.code()).to_owned())
    }

    pub fn agency(&self, id: &AgencyId) -> String {
        let agency = self.pack.agency(id);
        agency.map_or_else(|| id.to_string(), |agency| agency.short.text(self.t.code()).to_owned())
    }

    pub fn person(&self, id: &AccountId) -> Option<&str> {
        self.names.get(id).map(String::as_str)
    }

    pub fn ago(&self, at: Timestamp) -> When {
        When::ago(self.t, self.now, at, self.pack.calendar.zone())
    }

    pub fn moment(&self, at: Timestamp) -> When {
        When::moment(self.t, self.now, at, self.pack.calendar.zone())
    }

    pub fn photo(&self, id: &str) -> Photo {
        Photo {
            small: format!("/media/{id}/small.jpg"),
            large: format!("/media/{id}/large.jpg"),
            alt: self.t.s("desk-photo-alt").into_owned(),
        }
    }

    /// Who has it, what they owe, by when; and who of the agency, which only colleagues read.
    pub fn clock(&self, report: &ServiceRequest) -> ClockLine {
        let telling = Telling { t: self.t, pack: self.pack, now: self.now };
        let view = view(report.clone(), Audience::Centre, self.pack);
        let mut clock = telling.clock(&view).unwrap_or_default();
        let person = report.assignee.as_ref().and_then(|id| self.person(id));
        if let (State::Assigned | State::InProgress, Some(person)) = (report.state, person) {
            clock.who = format!("{} – {person}", clock.who);
        }
        clock
    }

    /// A step of the story, notes among staff included.
    pub fn entry(&self, event: &Event, media: &[RequestMedia]) -> Entry {
        let side = match event.actor.role {
            Role::Reporter => Side::Citizen,
            Role::System => Side::System,
            Role::Operator
            | Role::Reviewer
            | Role::Officer
            | Role::Head
            | Role::Inspector
            | Role::Leader
            | Role::Administrator => Side::City,
        };
        let mut title = self.t.of("verb-", event.verb).into_owned();
        if event.visibility == Visibility::Staff {
            title = format!("{title} ({})", self.t.s("desk-staff-only"));
        }
        let photos = media.iter().filter(|item| item.event == event.id.as_str() && item.is_photo);
        Entry {
            side,
            title,
            who: self.actor(event),
            when: self.moment(event.at),
            text: self.said(event),
            status: match event.data.outcome {
                Some(outcome) => outcome.as_str().to_owned(),
                None if event.from == Some(event.to) => String::new(),
                None => event.to.as_str().to_owned(),
            },
            photos: photos.map(|item| self.photo(item.media.as_str())).collect(),
        }
    }

    fn actor(&self, event: &Event) -> String {
        let role = self.t.of("role-", event.actor.role);
        let agency = event.actor.agency.as_ref().map(|id| self.agency(id));
        let name = event.actor.account.as_ref().and_then(|id| self.person(id)).map(str::to_owned);
        [Some(role.into_owned()), agency, name]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" – ")
    }

    /// What an event says, each thing on its own line.
    fn said(&self, event: &Event) -> String {
        let data = &event.data;
        let lang = self.t.code();
        let code = data.code.as_deref().and_then(|code| {
            let coded = self.pack.refusal(code).or_else(|| self.pack.pause(code))?;
            Some(coded.name.text(lang).to_owned())
        });
        let service = data.service.as_ref().and_then(|code| self.pack.service(code));
        let moved = data.agency.as_ref().filter(|id| event.actor.agency.as_ref() != Some(id));
        let lines = [
            code,
            data.text.clone(),
            service.map(|service| service.name.text(lang).to_owned()),
            data.area.as_ref().map(|id| self.area(id)),
            moved.map(|id| format!("→ {}", self.agency(id))),
            data.assignee.as_ref().and_then(|id| self.person(id)).map(|name| format!("→ {name}")),
            data.other.as_ref().map(|other| format!("→ {}", other.grouped())),
            data.planned_for.map(|date| self.t.civil_date(date).into_owned()),
        ];
        lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }
}

/// The chip a report carries: a state, or for a closed one its outcome.
pub fn status(report: &ServiceRequest) -> &'static str {
    match report.outcome {
        Some(outcome) if report.state == State::Closed => outcome.as_str(),
        Some(_) | None => report.state.as_str(),
    }
}
