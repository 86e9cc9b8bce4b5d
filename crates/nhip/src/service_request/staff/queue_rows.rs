//! A report in a list of the desk: its signature line, why it stands there, and what can be done with it at once. For
//! readers who may see it: whoever calls has asked `policy::may`.

use super::queue::{Pressure, grants, pressure, why};
use crate::account::session::Signed;
use crate::platform::http::view::{ClockLine, Photo, When};
use crate::platform::i18n::I18n;
use crate::service_request::presenter::Telling;
use crate::service_request::view::{audience, view};
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
    /// By when the step is owed that runs now, and how long that is.
    pub due: Option<When>,
    pub left: String,
    /// Code and name of the language it is written in, where that is not the reader's.
    pub language: Option<(String, &'static str)>,
    /// Why it stands here.
    pub why: String,
    /// That is nothing special: it is new.
    pub is_plain: bool,
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

    /// The language of somebody's words, where the reader has to be told.
    pub fn foreign(&self, code: &str) -> Option<(String, &'static str)> {
        let known = I18n::codes().find(|known| *known == code)?;
        let told = known != self.t.code();
        told.then(|| (known.to_owned(), I18n::load().lang(known).name()))
    }

    pub fn row(&self, report: &ServiceRequest, signed: &Signed) -> Row {
        let view = view(report.clone(), audience(Some(signed), report), self.pack);
        let clock = self.clock(&view).unwrap_or_default();
        let due = report.owed_by().filter(|_| report.closed_at.is_none());
        Row {
            id: report.id.to_string(),
            code: report.id.grouped(),
            title: self.title(&view),
            service: self.service(&view),
            area: self.area(&view),
            status: view.status(),
            left: clock.pressing().to_owned(),
            due: due.map(|due| self.moment(due)),
            clock,
            language: self.foreign(&report.language),
            why: self.why(report, signed),
            is_plain: report.again.is_none() && why(report, signed, self.now) == "new",
            pressure: pressure(report, grants(signed), self.now),
            urgent: report.urgent && report.closed_at.is_none(),
            photo: view.photo.as_ref().map(|id| self.photo(&view, id, "photo-alt")),
            version: report.version,
            to_accept: report.state == State::Received
                && signed.actor_for(Verb::Accept, report).is_ok(),
            to_assign: matches!(report.state, State::Assigned | State::InProgress),
        }
    }
}
