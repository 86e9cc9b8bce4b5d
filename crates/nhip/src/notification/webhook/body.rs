//! What a webhook is told: the event, the report as everybody sees it, and a line to send on in each language.

use super::TEST;
use crate::case::event_store;
use crate::notification::deliver::Leased;
use crate::notification::letter::{self, Composed, Desk};
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::i18n::format::iso;
use crate::service_request::store as requests;
use crate::service_request::view::{ReportView, view};
use domain::disclosure::Audience;
use domain::pack::Pack;
use domain::place::Point;
use domain::refusal::Refusal;
use domain::service_request::ServiceRequest;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

/// The JSON, or the code of the reason why there is nothing to tell.
pub fn write(
    conn: &mut Conn<'_>,
    desk: &Desk,
    leased: &Leased,
) -> Result<Result<String, &'static str>> {
    let pack = desk.pack.clone();
    let mut lines = Map::new();
    if leased.topic == TEST {
        for language in &pack.languages {
            let line = desk.language(language).s("webhook-test-line").into_owned();
            lines.insert(language.clone(), line.into());
        }
        let data = json!({ "text": lines, "report": null });
        let body = json!({ "type": "test", "timestamp": iso(desk.now), "data": data });
        return Ok(Ok(body.to_string()));
    }
    for language in &pack.languages {
        let copy = Leased { language: language.clone(), ..leased.clone() };
        match letter::compose(conn, desk, &copy)? {
            Composed::Said(said) => drop(lines.insert(language.clone(), said.subject.into())),
            Composed::Dropped(reason) => return Ok(Err(reason)),
        }
    }
    let Some(code) = &leased.request else { return Ok(Err("not_public")) };
    let report = requests::find(conn, code)?.ok_or(Refusal::NotFound)?;
    let happened = event_store::of::<ServiceRequest>(conn, code)?.into_iter();
    let mut at = happened.filter(|event| event.id.as_str() == leased.event).map(|event| event.at);
    let seen = view(report, Audience::Public, &pack);
    let body = json!({
        "type": format!("report.{}", kind(&leased.topic)),
        "timestamp": iso(at.next_back().unwrap_or(desk.now)),
        "data": { "text": lines, "report": told(&seen, &pack, &desk.public_url) },
    });
    Ok(Ok(body.to_string()))
}

/// What happened, in the words of the interface.
fn kind(topic: &str) -> &str {
    match topic {
        "submit" => "received",
        "publish" | "refuse" => "result",
        "reopen" | "appeal" => "reopened",
        other => other,
    }
}

/// What everybody sees. What is not there or not public is null.
fn told(seen: &ReportView, pack: &Pack, public_url: &str) -> Value {
    let named = |code: Option<String>, name: Option<&domain::localized::Localized>| {
        let names: Option<Map<String, Value>> = name.map(|name| {
            let pair = |language: &String| (language.clone(), name.text(language).into());
            pack.languages.iter().map(pair).collect()
        });
        code.map(|code| json!({ "code": code, "name": names }))
    };
    let code = |id: &dyn std::fmt::Display| Some(id.to_string());
    let service = seen.service.as_ref();
    let (area, agency) = (seen.area.as_ref(), seen.agency.as_ref());
    let at = |at: Option<Timestamp>| at.map(iso);
    json!({
        "code": seen.id.as_str(),
        "url": format!("{public_url}/reports/{}", seen.id),
        "status": seen.status(),
        "service": named(service.and_then(|s| code(s)), service.and_then(|s| pack.service(s)).map(|s| &s.name)),
        "area": named(area.and_then(|a| code(a)), area.and_then(|a| pack.area(a)).map(|a| &a.name)),
        "agency": named(agency.and_then(|a| code(a)), agency.and_then(|a| pack.agency(a)).map(|a| &a.name)),
        "description": seen.description,
        "address": seen.address,
        "lat": seen.point.map(Point::lat),
        "long": seen.point.map(Point::long),
        "received_at": iso(seen.received_at),
        "due_at": at(seen.due_at),
        "closed_at": at(seen.closed_at),
    })
}
