//! A report as one reader may see it. Pages, feeds, maps and APIs show views, never the report itself, so that nothing
//! gets out that the table in `domain::disclosure` keeps in.

use crate::account::policy::{Action, may};
use crate::account::session::Signed;
use crate::media::attachment_store::Attachment;
use crate::service_request::list::filter::Filter;
use domain::actor::Role;
use domain::case::Event;
use domain::case::OwedStep;
use domain::disclosure::{
    Audience, Openness, Part, may_see, may_see_event, openness, public_point,
};
use domain::ids::{
    AccountId, AgencyId, AreaId, EventId, FieldCode, MediaId, ProcedureCode, ServiceCode,
    ServiceRequestId,
};
use domain::pack::Pack;
use domain::place::{Exactness, Point};
use domain::service::{Precision, Service};
use domain::service_request::event::EventData;
use domain::service_request::workflow::Verb;
use domain::service_request::{Channel, Outcome, Rating, ServiceRequest, State};
use domain::text::tokens;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a reader may see of a report. `None` and empty mean: there is none, or it is not for them.
#[derive(Debug, Clone)]
pub struct ReportView {
    pub id: ServiceRequestId,
    pub openness: Openness,
    pub audience: Audience,
    pub version: i64,
    pub state: State,
    /// What came of it; for readers outside only once it is published.
    pub outcome: Option<Outcome>,
    pub received_at: Timestamp,
    pub accepted_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub updated_at: Timestamp,
    pub attempt: i64,
    pub channel: Channel,
    pub field: Option<FieldCode>,
    pub service: Option<ServiceCode>,
    pub area: Option<AreaId>,
    pub area_approximate: bool,
    pub point: Option<Point>,
    /// Nobody knows more than the area.
    pub only_area: bool,
    /// The point is the place itself, not the middle of a wider one.
    pub point_is_exact: bool,
    pub address: Option<String>,
    /// What was reported, as everybody reads it.
    pub description: Option<String>,
    /// What the reporter wrote, where everybody reads something else.
    pub original: Option<String>,
    pub language: String,
    pub attributes: BTreeMap<String, Vec<String>>,
    pub photo: Option<MediaId>,
    pub result_photo: Option<MediaId>,
    pub agency: Option<AgencyId>,
    pub assignee: Option<AccountId>,
    pub procedure: Option<(ProcedureCode, Option<u32>)>,
    /// Of the text the report is bound to.
    pub procedure_hash: Option<String>,
    pub clock_from: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    /// The step that is owed now, with its own deadline.
    pub step: Option<OwedStep>,
    pub question_until: Option<Timestamp>,
    pub paused_for: Option<String>,
    pub planned_for: Option<Date>,
    /// By when it will be done, as the agency said once it was late.
    pub committed_for: Option<Date>,
    pub refusal_code: Option<String>,
    pub merged_into: Option<ServiceRequestId>,
    pub rating: Option<Rating>,
    pub supports: i64,
    pub comments: i64,
    /// Why it is out of sight, if it is.
    pub hidden: Option<String>,
}

/// Who is reading, as far as this report goes.
pub fn audience(signed: Option<&Signed>, report: &ServiceRequest) -> Audience {
    const CENTRE: [Role; 5] =
        [Role::Operator, Role::Reviewer, Role::Leader, Role::Administrator, Role::Inspector];
    let Some(signed) = signed else { return Audience::Public };
    if may(signed, Action::SeeDesk, Some(report)) {
        return if CENTRE.iter().any(|role| signed.has(*role)) {
            Audience::Centre
        } else {
            Audience::Agency
        };
    }
    let sent_it = signed.person.is_some() && signed.person == report.reporter;
    if sent_it { Audience::Reporter } else { Audience::Public }
}

/// The report for this audience.
pub fn view(report: ServiceRequest, audience: Audience, pack: &Pack) -> ReportView {
    let openness = openness(&report);
    let sees = |part| may_see(part, openness, audience);
    let inside = matches!(audience, Audience::Agency | Audience::Centre);
    let service = pack.service(&report.service);
    let place = Placed::of(&report, service, openness, audience);
    let (agency, texts, photos, words) =
        (sees(Part::Agency), sees(Part::Texts), sees(Part::Photos), sees(Part::Words));
    let answers = words.then(|| public_answers(report.attributes, service, sees(Part::Original)));
    let procedure = report.procedure.or_else(|| service.map(|service| service.procedure.clone()));
    ReportView {
        openness,
        audience,
        version: report.version,
        state: report.state,
        outcome: report.outcome.filter(|_| inside || report.state == State::Closed),
        received_at: report.received_at,
        accepted_at: report.accepted_at,
        closed_at: report.closed_at,
        updated_at: report.updated_at,
        attempt: report.attempt,
        channel: report.channel,
        field: service.filter(|_| sees(Part::Field)).map(|service| service.field.clone()),
        service: sees(Part::Service).then_some(report.service),
        area: place.area,
        area_approximate: report.area_approximate,
        point: place.point,
        only_area: report.exactness == Exactness::Area && sees(Part::Place),
        point_is_exact: place.exact,
        address: place.address,
        original: (sees(Part::Original) && report.redacted.is_some())
            .then(|| report.description.clone()),
        description: words.then(|| report.redacted.unwrap_or(report.description)),
        language: report.language,
        attributes: answers.unwrap_or_default(),
        photo: report.photo.filter(|_| photos),
        result_photo: report
            .result_photo
            .filter(|_| photos && (inside || report.state == State::Closed)),
        agency: agency.then_some(report.agency),
        assignee: report.assignee.filter(|_| sees(Part::Internal)),
        procedure_hash: report.procedure_hash.filter(|_| agency),
        procedure: procedure.filter(|_| agency).map(|code| (code, report.procedure_version)),
        clock_from: report.clock_from.filter(|_| agency),
        due_at: report.due_at.filter(|_| agency),
        step: report.step.filter(|_| agency),
        question_until: report.question_until.filter(|_| agency),
        paused_for: report.paused_for.filter(|_| agency),
        planned_for: report
            .planned_for
            .filter(|_| texts && (inside || report.state == State::Closed)),
        committed_for: report.committed_for.filter(|_| agency),
        refusal_code: report.refusal_code.filter(|_| texts),
        merged_into: report.merged_into.filter(|_| texts),
        rating: report.rating.filter(|_| sees(Part::Echo)),
        supports: if sees(Part::Echo) { report.supports } else { 0 },
        comments: if sees(Part::Echo) { report.comments } else { 0 },
        hidden: report.hidden.filter(|_| sees(Part::HiddenReason)),
        id: report.id,
    }
}

/// Where it is, as precisely as this reader may know.
struct Placed {
    area: Option<AreaId>,
    point: Option<Point>,
    exact: bool,
    address: Option<String>,
}

impl Placed {
    fn of(
        report: &ServiceRequest,
        service: Option<&Service>,
        openness: Openness,
        audience: Audience,
    ) -> Self {
        let precision = service.map_or(Precision::Area, |service| service.precision);
        let sees = |part| may_see(part, openness, audience);
        // What it says of a house is text: it is told where the place would be.
        let open = sees(Part::Place) && (sees(Part::Original) || precision == Precision::Exact);
        let exact = open && report.exactness != Exactness::Area;
        let anywhere = sees(Part::Original) || precision != Precision::Hidden;
        Self {
            area: (anywhere && sees(Part::Area)).then(|| report.area.clone()),
            point: if exact {
                Some(report.point)
            } else {
                public_point(report.point, precision.at_best(report.exactness))
                    .filter(|_| sees(Part::Place))
            },
            exact,
            // An address names a house.
            address: report.address.clone().filter(|_| open),
        }
    }
}

fn public_answers(
    mut answers: BTreeMap<String, Vec<String>>,
    service: Option<&Service>,
    all: bool,
) -> BTreeMap<String, Vec<String>> {
    let public = |code: &String| {
        service.is_some_and(|s| s.attributes.iter().any(|a| a.code == *code && a.public))
    };
    answers.retain(|code, _| all || public(code));
    answers
}

/// Are all words of a search there, the last one at least as the beginning of one? As the databases search.
fn are_among(text: &str, words: &[String]) -> bool {
    let wanted = tokens(text);
    let Some((last, others)) = wanted.split_last() else { return true };
    others.iter().all(|word| words.contains(word))
        && words.iter().any(|word| word.starts_with(last.as_str()))
}

/// The step without what was said in it.
fn silent(mut event: Event<ServiceRequest>) -> Event<ServiceRequest> {
    event.data = EventData { agency: event.data.agency.take(), ..EventData::default() };
    event
}

impl ReportView {
    pub fn sees(&self, part: Part) -> bool {
        may_see(part, self.openness, self.audience)
    }

    /// Could the reader have found it by this filter from what they see? Precision of places is decided by the service,
    /// which no index knows; lists drop what fails here.
    pub fn agrees_with(&self, filter: &Filter) -> bool {
        let area = filter.area.as_ref().is_none_or(|area| {
            let own = self.area.as_ref();
            own == Some(area) || own.is_some_and(|own| filter.forebears.contains(own))
        });
        let drawn =
            filter.shapes().iter().all(|shape| self.point.is_some_and(|point| shape.holds(point)));
        let within = filter
            .within
            .is_none_or(|bounds| self.point.is_some_and(|point| bounds.contains(point)));
        area && drawn && within
    }

    /// The words by which a search finds it, as far as this reader sees them: code, what was reported, address.
    pub fn words(&self) -> Vec<String> {
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        tokens(&format!("{} {} {}", self.id, said(&self.description), said(&self.address)))
    }

    /// Would a list with this filter show it? Asked in memory; `words` are [`Self::words`]. Of times, states and outcomes
    /// nothing is asked: this is for lists that are followed, which have none.
    pub fn answers(&self, filter: &Filter, words: &[String]) -> bool {
        let field = filter.field.as_ref().is_none_or(|field| self.field.as_ref() == Some(field));
        let service = filter.services.is_empty()
            || self.service.as_ref().is_some_and(|service| filter.services.contains(service));
        let agency =
            filter.agency.as_ref().is_none_or(|agency| self.agency.as_ref() == Some(agency));
        let text = || filter.text.as_deref().is_none_or(|text| are_among(text, words));
        field && service && agency && self.agrees_with(filter) && text()
    }

    /// The steps of the history for this reader, oldest first. Outside, an answer speaks once it is published.
    pub fn events(&self, events: Vec<Event<ServiceRequest>>) -> Vec<Event<ServiceRequest>> {
        let unpublished = self.unpublished(&events);
        let seen =
            events.into_iter().filter(|event| may_see_event(event, self.openness, self.audience));
        let seen = seen.map(|event| self.event(event));
        seen.map(|event| if unpublished.contains(&event.id) { silent(event) } else { event })
            .collect()
    }

    /// Answers that no publication followed in their attempt: the centre has not let them through.
    fn unpublished(&self, events: &[Event<ServiceRequest>]) -> Vec<EventId> {
        if self.is_inside() {
            return Vec::new();
        }
        let published = |(place, answer): &(usize, &Event<ServiceRequest>)| {
            let publishes =
                |e: &Event<ServiceRequest>| e.verb == Verb::Publish && e.attempt == answer.attempt;
            events.iter().skip(*place).any(publishes)
        };
        let all = events.iter().enumerate();
        let answers = all.filter(|(_, event)| event.verb == Verb::Answer);
        let silent = answers.filter(|answer| !published(answer));
        silent.map(|(_, answer)| answer.id.clone()).collect()
    }

    /// Staff, who see a report before it is settled what everybody sees of it.
    pub fn is_inside(&self) -> bool {
        matches!(self.audience, Audience::Agency | Audience::Centre)
    }

    fn event(&self, mut event: Event<ServiceRequest>) -> Event<ServiceRequest> {
        let data = &mut event.data;
        let why_hidden = self.sees(Part::HiddenReason) && self.hidden == data.text;
        if !(self.sees(Part::Texts) || why_hidden) {
            (data.text, data.code, data.other, data.planned_for) = (None, None, None, None);
            data.rating = None;
        }
        if !self.sees(Part::Agency) {
            (data.agency, data.due_at, event.actor.agency) = (None, None, None);
        }
        if !self.sees(Part::Service) {
            data.service = None;
        }
        if self.area.is_none() {
            data.area = None;
        }
        if !self.sees(Part::Photos) {
            data.media.clear();
        }
        if !self.sees(Part::Original) {
            data.point = None;
        }
        if !self.sees(Part::Internal) {
            (data.assignee, event.actor.account) = (None, None);
        }
        event
    }

    /// The photos and documents for this reader; `events` is the whole history.
    pub fn media(
        &self,
        media: Vec<Attachment>,
        events: &[Event<ServiceRequest>],
    ) -> Vec<Attachment> {
        if !self.sees(Part::Photos) {
            return Vec::new();
        }
        let unpublished = self.unpublished(events);
        let told = |item: &Attachment| {
            item.hidden.is_none() && unpublished.iter().all(|id| id.as_str() != item.event)
        };
        media.into_iter().filter(|item| self.is_inside() || told(item)).collect()
    }

    pub fn is_late(&self, now: Timestamp) -> bool {
        self.due_at.is_some_and(|due| self.closed_at.unwrap_or(now) > due)
    }

    /// Late, and the agency that has it has not said by when it will be done.
    pub fn owes_a_word(&self, now: Timestamp) -> bool {
        let works = matches!(self.state, State::Assigned | State::InProgress);
        works && self.committed_for.is_none() && self.is_late(now)
    }

    /// A state, or for a closed report its outcome: the chip it carries.
    pub fn status(&self) -> &'static str {
        match self.outcome {
            Some(outcome) if self.state == State::Closed => outcome.as_str(),
            _ => self.state.as_str(),
        }
    }
}
