//! `/reports/{code}`: the story of a report, who has it now, what they owe, by when.

use super::super::store;
use super::super::telling::Answered;
use super::super::view::{ReportView, view};
use super::telling;
use crate::app::Shared;
use crate::platform::error::Result;
use crate::platform::http::page::Page;
use crate::platform::http::view::{ClockLine, Photo, Step, When};
use crate::platform::i18n::Lang;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::disclosure::{Audience, Openness};
use domain::ids::ServiceRequestId;
use domain::service_request::refusal::Refusal;

#[derive(Template)]
#[template(path = "public/report.html")]
struct ReportPage {
    page: Page,
    t: Lang,
    code: String,
    href: String,
    /// The whole address, for paper.
    address: String,
    status: &'static str,
    service: String,
    field: String,
    place: String,
    area_approximate: bool,
    /// What people should know before they read, as the key of a sentence; empty: nothing.
    notice: &'static str,
    notice_reason: String,
    sent: When,
    channel: String,
    clock: Option<ClockLine>,
    procedure: Option<(String, String)>,
    description: String,
    language: String,
    answers: Vec<Answered>,
    photos: Vec<Photo>,
    before_after: Option<(Photo, Photo)>,
    story: Vec<Step>,
    rating: Option<String>,
    supports: i64,
    merged_into: Option<ServiceRequestId>,
    map: Option<String>,
    /// Whether people may talk about it and follow it here.
    open: bool,
}

pub async fn report(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response> {
    let id = ServiceRequestId::from_human(&code)
        .or_else(|| code.parse().ok())
        .ok_or(Refusal::NotFound)?;
    if id.as_str() != code {
        return Ok(Redirect::permanent(&format!("/reports/{id}")).into_response());
    }
    let (pack, now, t) = (app.pack.load_full(), app.clock.now(), visitor.t);
    let found = app.db.read(move |conn| {
        let Some(report) = store::find(conn, &id)? else { return Ok(None) };
        let (events, media) = (store::events(conn, &id)?, store::media_of(conn, &id)?);
        Ok::<_, crate::platform::error::Error>(Some((report, events, media)))
    });
    let (report, events, media) = found.await?.ok_or(Refusal::NotFound)?;
    let view = view(report, Audience::Public, &pack);
    let media = view.media(media, &events);
    let events = view.events(events);
    let tells = telling(&visitor, &pack, now);
    let before = media.iter().filter(|item| item.is_photo && item.stage == store::Stage::Before);
    let photos = before.map(|item| tells.stage_photo(&view, item)).collect();
    let (notice, notice_reason) = notice(&view);
    let title = tells.title(&view);
    let page = ReportPage {
        page: visitor.page(&app, title.clone()).described(title),
        t,
        code: view.id.grouped(),
        href: format!("/reports/{}", view.id),
        address: format!("{}/reports/{}", app.config.public_url, view.id),
        status: view.status(),
        service: tells.service(&view),
        field: tells.field(&view),
        place: tells.place(&view),
        area_approximate: view.area_approximate && view.area.is_some(),
        notice,
        notice_reason,
        sent: tells.moment(view.received_at),
        channel: t.of("channel-", view.channel).into_owned(),
        clock: tells.clock(&view),
        procedure: tells
            .procedure(&view)
            .map(|p| (p.name.text(t.code()).to_owned(), format!("/procedures/{}", p.code))),
        answers: tells.answers(&view),
        photos,
        before_after: tells.before_after(&view),
        story: tells.story(&view, &events, &media),
        rating: view.rating.map(|rating| t.of("rating-", rating).into_owned()),
        supports: view.supports,
        map: view.point.map(|point| format!("/map?at={},{}&zoom=16", point.lat(), point.long())),
        open: view.openness == Openness::Open,
        merged_into: view.merged_into,
        language: view.language,
        description: view.description.unwrap_or_default(),
    };
    Ok(show(&page))
}

fn notice(view: &ReportView) -> (&'static str, String) {
    match view.openness {
        Openness::Open => ("", String::new()),
        Openness::Private => ("report-private", String::new()),
        Openness::Confidential => ("report-confidential", String::new()),
        Openness::Hidden => ("report-hidden", view.hidden.clone().unwrap_or_default()),
    }
}
