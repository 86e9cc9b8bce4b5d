//! The reporter's own page: the history of their report as they may read it, and what they can do now.

use super::store::{RequestMedia, Stage};
use crate::platform::http::view::{Entry, Photo, Side, When};
use crate::platform::i18n::Lang;
use domain::pack::Pack;
use domain::service_request::event::{Actor, Event, Visibility};
use domain::service_request::workflow::{Role, Verb, permit};
use domain::service_request::{ServiceRequest, State};
use jiff::Timestamp;

/// For whom a page is made, and when.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub t: Lang,
    pub pack: &'a Pack,
    pub now: Timestamp,
}

impl Reader<'_> {
    pub fn when(&self, at: Timestamp) -> When {
        When::moment(self.t, self.now, at, self.pack.calendar.zone())
    }

    fn agency(&self, event: &Event) -> String {
        let t = self.t.code();
        let of_actor = event.actor.agency.as_ref().and_then(|id| self.pack.agency(id));
        match of_actor {
            Some(agency) => agency.short.text(t).to_owned(),
            None if event.actor.role == Role::Reporter => self.t.s("my-you").into_owned(),
            None if event.actor.role == Role::System => String::new(),
            None => {
                let centre = self.pack.agency(&self.pack.centre);
                centre.map_or_else(String::new, |agency| agency.short.text(t).to_owned())
            }
        }
    }

    /// The steps a reporter may read, oldest first. An answer appears once it is published.
    pub fn story(
        &self,
        report: &ServiceRequest,
        events: &[Event],
        photos: &[RequestMedia],
    ) -> Vec<Entry> {
        let readable = events
            .iter()
            .filter(|event| event.visibility != Visibility::Staff)
            .filter(|event| event.verb != Verb::Answer || is_published(event, events));
        readable.map(|event| self.entry(report, event, photos)).collect()
    }

    fn entry(&self, report: &ServiceRequest, event: &Event, photos: &[RequestMedia]) -> Entry {
        let of_event = |photo: &&RequestMedia| {
            photo.event == event.id.as_str() && photo.is_photo && photo.hidden.is_none()
        };
        Entry {
            side: match event.actor.role {
                Role::Reporter => Side::Citizen,
                Role::System => Side::System,
                Role::Operator
                | Role::Reviewer
                | Role::Officer
                | Role::Head
                | Role::Inspector
                | Role::Leader
                | Role::Administrator => Side::City,
            },
            title: self.t.of("my-step-", event.verb).into_owned(),
            who: self.agency(event),
            when: self.when(event.at),
            text: self.words(event),
            status: Self::status(event),
            photos: photos.iter().filter(of_event).map(|photo| self.photo(report, photo)).collect(),
        }
    }

    fn status(event: &Event) -> String {
        if event.from == Some(event.to) && event.data.outcome.is_none() {
            return String::new();
        }
        let outcome = event.data.outcome.filter(|_| event.verb != Verb::Answer);
        outcome.map_or_else(|| event.to.as_str().to_owned(), |o| o.as_str().to_owned())
    }

    fn words(&self, event: &Event) -> String {
        let t = self.t.code();
        let mut lines = Vec::new();
        if let Some(rating) = event.data.rating {
            lines.push(self.t.of("rating-", rating).into_owned());
        }
        if let Some(code) = &event.data.code {
            let coded = self.pack.refusal(code).or_else(|| self.pack.pause(code));
            lines.extend(coded.map(|coded| coded.text.text(t).to_owned()));
        }
        if let Some(agency) = event.data.agency.as_ref().and_then(|id| self.pack.agency(id)) {
            lines.push(self.t.s1("my-with", "agency", agency.name.text(t)).into_owned());
        }
        if let Some(date) = event.data.planned_for {
            lines.push(self.t.s1("my-promised", "date", self.t.civil_date(date)).into_owned());
        }
        lines.extend(event.data.text.clone());
        lines.join("\n")
    }

    fn photo(&self, report: &ServiceRequest, photo: &RequestMedia) -> Photo {
        let of = |size: &str| format!("/my/{}/media/{}/{size}.jpg", report.id, photo.media);
        let alt = if photo.stage == Stage::After { "photo-after" } else { "photo-before" };
        Photo { small: of("small"), large: of("large"), alt: self.t.s(alt).into_owned() }
    }

    /// What happens next and by when, in one sentence.
    pub fn next(&self, report: &ServiceRequest) -> String {
        let agency = self.pack.agency(&report.agency);
        let agency = agency.map_or("", |agency| agency.name.text(self.t.code()));
        let by = |at: Option<Timestamp>| at.map(|at| self.when(at).said);
        let key = format!("my-next-{}", report.state);
        let due = match report.state {
            State::WaitingReporter => by(report.question_until),
            State::Received | State::Assigned | State::InProgress | State::InReview => {
                by(report.due_at)
            }
            State::Closed => None,
        };
        let sentence = self.t.s1(&key, "agency", agency).into_owned();
        match due {
            None => sentence,
            Some(due) if report.state == State::WaitingReporter => {
                format!("{sentence} {}", self.t.s1("my-reply-by", "due", due))
            }
            Some(due) => format!("{sentence} {}", self.t.s1("my-result-by", "due", due)),
        }
    }
}

/// A publication in the same attempt, after the answer.
fn is_published(answer: &Event, events: &[Event]) -> bool {
    let after = events.iter().skip_while(|event| event.id != answer.id);
    after.into_iter().any(|e| e.verb == Verb::Publish && e.attempt == answer.attempt)
}

/// What the reporter can do now.
#[derive(Debug, Clone, Copy)]
pub struct Can {
    pub reply: bool,
    pub rate: bool,
    pub reopen: bool,
    pub appeal: bool,
    pub contest: bool,
    pub add_photos: bool,
    pub withdraw: bool,
}

impl Can {
    pub fn of(report: &ServiceRequest) -> Self {
        let may = |verb| permit(report, verb, &Actor::reporter()).is_ok();
        Self {
            reply: may(Verb::Reply),
            rate: may(Verb::Rate),
            reopen: may(Verb::Reopen),
            appeal: may(Verb::Appeal),
            contest: may(Verb::Contest),
            add_photos: may(Verb::AddMedia),
            withdraw: may(Verb::Withdraw),
        }
    }
}
