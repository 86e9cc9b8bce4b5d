//! A report in a list of the desk: its signature line, why it stands there, and what can be done with it at once. For
//! readers who may see it: whoever calls has asked `policy::may`.

use super::desk_queue::{Pressure, pressure, why};
use super::telling::Telling;
use super::view::{audience, view};
use crate::account::session::Signed;
use crate::platform::http::view::{ClockLine, Photo};
use domain::service_request::workflow::Verb;
use domain::service_request::{ServiceRequest, State};

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
    pub pressure: Pressure,
    /// Somebody's life is in danger.
    pub urgent: bool,
    pub photo: Option<Photo>,
    pub version: i64,
    /// Waits for a decision of intake that is theirs to make.
    pub to_accept: bool,
    /// Can be handed to somebody in a list.
    pub to_assign: bool,
}

impl Row {
    pub fn is_late(&self) -> bool {
        matches!(self.pressure, Pressure::NoWord | Pressure::Late)
    }
}

impl Telling<'_> {
    /// Why it is in the queue; and, where it came again, how often.
    fn why(&self, report: &ServiceRequest, signed: &Signed) -> String {
        let why = self.t.of("desk-why-", why(report, signed, self.now));
        match report.again {
            Some(nth) => format!("{why} · {}", self.t.s1("desk-flag-again", "nth", nth)),
            None => why.into_owned(),
        }
    }

    pub fn row(&self, report: &ServiceRequest, signed: &Signed) -> Row {
        let view = view(report.clone(), audience(Some(signed), report), self.pack);
        Row {
            id: report.id.to_string(),
            code: report.id.grouped(),
            title: self.title(&view),
            service: self.service(&view),
            area: self.area(&view),
            status: view.status(),
            clock: self.clock(&view).unwrap_or_default(),
            why: self.why(report, signed),
            pressure: pressure(report, self.now),
            urgent: report.urgent && report.closed_at.is_none(),
            photo: view.photo.as_ref().map(|id| self.photo(&view, id, "photo-alt")),
            version: report.version,
            to_accept: report.state == State::Received
                && signed.actor_for(Verb::Accept, report).is_ok(),
            to_assign: matches!(report.state, State::Assigned | State::InProgress),
        }
    }
}
