//! The history of a report as a story: step by step, grouped by attempts, technical steps folded.

use super::store::{RequestMedia, Stage};
use super::telling::Telling;
use super::view::ReportView;
use crate::platform::http::view::{Entry, Photo, Side};
use domain::service_request::event::Event;
use domain::service_request::workflow::{Role, Verb};

/// A line of the timeline.
#[derive(Debug, Clone)]
pub enum Step {
    /// A further attempt begins.
    Attempt(i64),
    Told(Box<Entry>),
    /// Technical steps in a row.
    Folded(Vec<Entry>),
}

impl Telling<'_> {
    /// `events` and `media` as the reader may see them.
    pub fn story(&self, events: &[Event], media: &[RequestMedia]) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        let mut attempt = 1;
        for event in events {
            if event.attempt > attempt {
                attempt = event.attempt;
                steps.push(Step::Attempt(attempt));
            }
            let entry = self.entry(event, media);
            if !is_technical(event) {
                steps.push(Step::Told(Box::new(entry)));
            } else if let Some(Step::Folded(entries)) = steps.last_mut() {
                entries.push(entry);
            } else {
                steps.push(Step::Folded(vec![entry]));
            }
        }
        steps
    }

    fn entry(&self, event: &Event, media: &[RequestMedia]) -> Entry {
        let photos = media.iter().filter(|item| item.is_photo && item.event == event.id.as_str());
        Entry {
            side: side(event.actor.role),
            title: self.t.of("step-", event.verb).into_owned(),
            who: self.who(event),
            when: self.moment(event.at),
            text: self.said(event),
            status: changed_to(event),
            photos: photos.map(|item| self.stage_photo(item)).collect(),
        }
    }

    /// Role and office; never a name.
    fn who(&self, event: &Event) -> String {
        let role = event.actor.role;
        if matches!(role, Role::Reporter | Role::System) {
            return self.t.of("role-", role).into_owned();
        }
        let office = event.actor.agency.as_ref().map(|id| self.agency(id));
        let role = self.t.of("role-", role).into_owned();
        office.map_or(role.clone(), |office| format!("{office} · {role}"))
    }

    fn said(&self, event: &Event) -> String {
        let (t, data) = (self.t.code(), &event.data);
        let mut lines: Vec<String> = Vec::new();
        lines.extend(data.rating.map(|rating| self.t.of("rating-", rating).into_owned()));
        let coded = data
            .code
            .as_ref()
            .and_then(|code| self.pack.refusal(code).or_else(|| self.pack.pause(code)));
        lines.extend(coded.map(|coded| coded.text.text(t).to_owned()));
        if matches!(event.verb, Verb::Submit | Verb::Accept | Verb::Assign | Verb::Correct) {
            let agency = data.agency.as_ref().and_then(|id| self.pack.agency(id));
            lines.extend(
                agency.map(|agency| {
                    self.t.s1("step-with", "agency", agency.name.text(t)).into_owned()
                }),
            );
        }
        lines.extend(
            data.planned_for.map(|date| {
                self.t.s1("clock-planned", "date", self.t.civil_date(date)).into_owned()
            }),
        );
        lines.extend(
            data.other
                .as_ref()
                .map(|other| self.t.s1("step-into", "code", other.grouped()).into_owned()),
        );
        lines.extend(data.text.clone());
        lines.join("\n")
    }

    pub fn stage_photo(&self, item: &RequestMedia) -> Photo {
        self.photo(
            &item.media,
            if item.stage == Stage::After { "photo-after" } else { "photo-before" },
        )
    }

    /// The first photo as reported and the last of the published result, to be laid side by side.
    pub fn before_after(&self, view: &ReportView) -> Option<(Photo, Photo)> {
        let (before, after) = (view.photo.as_ref()?, view.result_photo.as_ref()?);
        Some((self.photo(before, "photo-before"), self.photo(after, "photo-after")))
    }
}

fn side(role: Role) -> Side {
    match role {
        Role::Reporter => Side::Citizen,
        Role::System => Side::System,
        Role::Operator
        | Role::Reviewer
        | Role::Officer
        | Role::Head
        | Role::Inspector
        | Role::Leader
        | Role::Administrator => Side::City,
    }
}

/// Steps that matter to the record and hardly to a reader.
fn is_technical(event: &Event) -> bool {
    let quiet =
        matches!(event.verb, Verb::QuestionExpired | Verb::Resume | Verb::Correct | Verb::Unhide);
    quiet && event.data.text.is_none()
}

/// The chip of a step that changed the state.
fn changed_to(event: &Event) -> String {
    if event.from == Some(event.to) {
        return String::new();
    }
    let outcome = event.data.outcome.filter(|_| event.verb != Verb::Answer);
    outcome.map_or_else(|| event.to.as_str().to_owned(), |outcome| outcome.as_str().to_owned())
}
