//! A report as everybody reads it: its story, who has it now, what they owe, by when. Its page, `/reports/{code}`, is
//! shown by `conversation`, which adds what people say about it.

use super::ending::ending;
use super::telling;
use crate::app::Shared;
use crate::case::event_store;
use crate::case::explanation;
use crate::media::attachment_store;
use crate::media::attachment_store::Stage;
use crate::platform::error::Result;
use crate::platform::http::view::{ClockLine, Entry, Photo, Step, When};
use crate::procedure::pages as procedures;
use crate::service_request::action::recurrence;
use crate::service_request::explained::{Again, Explained};
use crate::service_request::presenter::Answered;
use crate::service_request::store;
use crate::service_request::view::{ReportView, view};
use crate::visitor::Visitor;
use domain::disclosure::{Audience, Openness, Part};
use domain::ids::ServiceRequestId;
use domain::refusal::Refusal;

/// Everything that is told of a report, ready to read.
pub struct PublicReport {
    pub id: ServiceRequestId,
    /// The whole address, for paper.
    pub address: String,
    pub title: String,
    pub status: &'static str,
    pub service: String,
    pub field: String,
    pub place: String,
    pub area_approximate: bool,
    pub only_area: bool,
    /// What people should know before they read, as the key of a sentence; empty: nothing.
    pub notice: &'static str,
    pub notice_reason: String,
    pub sent: When,
    pub channel: String,
    pub clock: Option<ClockLine>,
    pub procedure: Option<(String, String)>,
    pub description: String,
    pub language: String,
    pub answers: Vec<Answered>,
    pub photos: Vec<Photo>,
    /// What came of it, before the story.
    pub ending: Option<Entry>,
    pub before_after: Option<(Photo, Photo)>,
    pub story: Vec<Step>,
    pub rating: Option<String>,
    pub merged_into: Option<ServiceRequestId>,
    /// What leaders asked about it, and what the agencies answered.
    pub explanations: Vec<Explained>,
    /// Reports of the same thing at the same place, this one among them.
    pub chain: Vec<Again>,
    pub map: Option<String>,
}

/// Reads a report and tells it, as far as everybody may know it.
pub async fn public_report(
    app: &Shared,
    visitor: &Visitor,
    id: ServiceRequestId,
) -> Result<PublicReport> {
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let found = app.db.read(move |conn| {
        let Some(report) = store::find(conn, &id)? else { return Ok(None) };
        let (events, media) = (event_store::of(conn, &id)?, attachment_store::of(conn, &id)?);
        let duties = (explanation::about(conn, &id)?, recurrence::chain(conn, &id)?);
        Ok::<_, crate::platform::error::Error>(Some((report, events, media, duties)))
    });
    let (report, events, media, duties) = found.await?.ok_or(Refusal::NotFound)?;
    let view = view(report, Audience::Public, &pack);
    let media = view.media(media, &events);
    let events = view.events(events);
    let tells = telling(visitor, &pack, now);
    let before = media.iter().filter(|item| item.is_photo && item.stage == Stage::Before);
    let photos = before.map(|item| tells.stage_photo(&view, item)).collect();
    let (notice, notice_reason) = notice(&view);
    let (explanations, chain) = duties;
    let texts = view.sees(Part::Texts);
    let explanations = explanations.iter().filter(|_| texts).map(|e| tells.explained(e));
    let chain = chain.into_iter().filter(|_| texts).filter_map(|link| tells.again(link, &view.id));
    Ok(PublicReport {
        address: format!("{}/reports/{}", app.config.public_url, view.id),
        title: tells.title(&view),
        status: view.status(),
        service: tells.service(&view),
        field: tells.field(&view),
        place: tells.place(&view),
        area_approximate: view.area_approximate && view.area.is_some(),
        only_area: view.only_area,
        notice,
        notice_reason,
        sent: tells.moment(view.received_at),
        channel: t.of("channel-", view.channel).into_owned(),
        clock: tells.clock(&view),
        procedure: tells
            .procedure(&view)
            .map(|p| (p.name.text(t.code()).to_owned(), procedures::href(&pack, p))),
        answers: tells.answers(&view),
        photos,
        ending: ending(&tells, &view, &events, &media),
        before_after: tells.before_after(&view),
        story: tells.story(&view, &events, &media),
        rating: view.rating.map(|rating| t.of("rating-", rating).into_owned()),
        map: view.point.map(|point| format!("/map?at={},{}&zoom=16", point.lat(), point.long())),
        explanations: explanations.collect(),
        chain: chain.collect(),
        merged_into: view.merged_into,
        language: view.language,
        description: view.description.unwrap_or_default(),
        id: view.id,
    })
}

fn notice(view: &ReportView) -> (&'static str, String) {
    match view.openness {
        Openness::Open => ("", String::new()),
        Openness::Private => ("report-private", String::new()),
        Openness::Confidential => ("report-confidential", String::new()),
        Openness::Hidden => ("report-hidden", view.hidden.clone().unwrap_or_default()),
    }
}
