//! Reports as Open311 tells them: what everybody may know, and nothing else. Written straight into one text, because
//! lists are long.

use super::format::{Format, Out};
use super::store::{Listed, Step};
use crate::platform::i18n::Lang;
use domain::disclosure::{Audience, Part, may_see, public_point};
use domain::ids::ServiceRequestId;
use domain::pack::Pack;
use domain::place::Point;
use domain::service::Precision;
use domain::service_request::{Outcome, State};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Bytes a report takes in a list, about.
const REPORT_BYTES: usize = 900;

/// What all rows of a list share.
pub struct Telling<'a> {
    pub pack: &'a Pack,
    /// Of the city's words.
    pub language: &'a str,
    pub public_url: &'a str,
    pub extensions: bool,
    states: BTreeMap<State, Cow<'static, str>>,
    outcomes: BTreeMap<Outcome, Cow<'static, str>>,
}

impl<'a> Telling<'a> {
    pub fn new(pack: &'a Pack, t: Lang, public_url: &'a str, extensions: bool) -> Self {
        Self {
            pack,
            language: t.code(),
            public_url,
            extensions,
            states: State::ALL.iter().map(|state| (*state, t.of("status-", state))).collect(),
            outcomes: Outcome::ALL
                .iter()
                .map(|outcome| (*outcome, t.of("status-", outcome)))
                .collect(),
        }
    }

    pub fn list(&self, format: Format, reports: &[Listed], steps: Vec<Step>) -> String {
        let mut notes: BTreeMap<ServiceRequestId, Vec<Step>> = BTreeMap::new();
        for step in steps {
            notes.entry(step.request.clone()).or_default().push(step);
        }
        Out::new(format, 100 + reports.len() * REPORT_BYTES).root_list("service_requests", |out| {
            for report in reports {
                let notes = notes.get(&report.id).map_or(&[][..], Vec::as_slice);
                out.item("request", |out| self.report(out, report, notes));
            }
        })
    }

    fn report(&self, out: &mut Out, report: &Listed, notes: &[Step]) {
        let sees = |part| may_see(part, report.openness, Audience::Public);
        let zone = self.pack.calendar.zone();
        let service = self.pack.service(&report.service);
        let field = self.pack.field(&report.field).filter(|_| sees(Part::Field));
        let name = match service.filter(|_| sees(Part::Service)) {
            Some(service) => Some(&service.name),
            None => field.map(|field| &field.name),
        };
        let agency = self.pack.agency(&report.agency).filter(|_| sees(Part::Agency));
        let words = sees(Part::Words);
        let point = self.public_point(report);
        let exact = sees(Part::Place) && service.is_some_and(|s| s.precision == Precision::Exact);
        let photo = report.photo.as_ref().filter(|_| sees(Part::Photos));
        out.text("service_request_id", Some(report.id.as_str()));
        out.text("status", Some(status(report.state)));
        out.text("status_notes", Some(self.status_notes(report)));
        out.text("service_name", name.map(|name| name.text(self.language)));
        out.text("service_code", sees(Part::Service).then(|| report.service.as_str()));
        out.text("group", field.map(|field| field.name.text(self.language)));
        out.text("description", words.then_some(report.description.as_str()));
        out.text("agency_responsible", agency.map(|agency| agency.name.text(self.language)));
        out.text("service_notice", None);
        out.time("requested_datetime", Some(report.received_at), zone);
        out.time("updated_datetime", report.closed_at.or(Some(report.updated_at)), zone);
        out.time("expected_datetime", report.due_at.filter(|_| sees(Part::Agency)), zone);
        out.text("address", report.address.as_deref().filter(|_| exact));
        out.text("address_id", None);
        out.text("zipcode", None);
        out.point(point);
        out.text("media_url", photo.map(|id| self.media_url(id)).as_deref());
        if self.extensions {
            out.object("extended_attributes", |out| self.extended(out, report));
            out.list("notes", |out| {
                for note in notes.iter().filter(|_| sees(Part::Steps)) {
                    out.item("note", |out| {
                        out.time("datetime", Some(note.at), zone);
                        out.text("status", Some(status(note.to)));
                        out.text(
                            "description",
                            note.data.text.as_deref().filter(|_| sees(Part::Texts)),
                        );
                    });
                }
            });
        }
    }

    fn extended(&self, out: &mut Out, report: &Listed) {
        let sees = |part| may_see(part, report.openness, Audience::Public);
        let service = self.pack.service(&report.service);
        let area = self.pack.area(&report.area).filter(|_| {
            sees(Part::Area)
                && service.is_some_and(|service| service.precision != Precision::Hidden)
        });
        let result = report
            .result_photo
            .as_ref()
            .filter(|_| sees(Part::Photos) && report.state == State::Closed);
        out.text("state", Some(report.state.as_str()));
        out.text("outcome", published(report).map(Outcome::as_str));
        out.text("area_code", area.map(|area| area.id.as_str()));
        out.text("area_name", area.map(|area| area.name.text(self.language)));
        out.text("agency_code", sees(Part::Agency).then(|| report.agency.as_str()));
        out.text("language", sees(Part::Words).then_some(report.language.as_str()));
        out.text("result_media_url", result.map(|id| self.media_url(id)).as_deref());
        let answers: BTreeMap<String, Vec<String>> = report
            .attributes
            .as_ref()
            .filter(|_| sees(Part::Words))
            .and_then(|json| serde_json::from_str(json).ok())
            .unwrap_or_default();
        out.list("attributes", |out| {
            let shown = service
                .into_iter()
                .flat_map(|s| &s.attributes)
                .filter(|attribute| attribute.public);
            for attribute in shown {
                for value in answers.get(&attribute.code).into_iter().flatten() {
                    out.item("attribute", |out| {
                        out.text("code", Some(&attribute.code));
                        out.text("value", Some(value));
                    });
                }
            }
        });
    }

    /// The place as everybody may know it.
    pub fn public_point(&self, report: &Listed) -> Option<Point> {
        let precision =
            self.pack.service(&report.service).map_or(Precision::Area, |service| service.precision);
        public_point(report.point, precision.at_best(report.exactness))
            .filter(|_| may_see(Part::Place, report.openness, Audience::Public))
    }

    fn status_notes(&self, report: &Listed) -> &str {
        let outcome = published(report).and_then(|outcome| self.outcomes.get(&outcome));
        outcome.or_else(|| self.states.get(&report.state)).map_or("", |words| words.as_ref())
    }

    pub fn media_url(&self, id: &impl std::fmt::Display) -> String {
        format!("{}/media/{id}/large.jpg", self.public_url)
    }
}

/// An answer that is not published yet is no outcome.
fn published(report: &Listed) -> Option<Outcome> {
    report.outcome.filter(|_| report.state == State::Closed)
}

pub fn status(state: State) -> &'static str {
    if state == State::Closed { "closed" } else { "open" }
}
