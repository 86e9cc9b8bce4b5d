//! Updates (`FixMyStreet`'s extension `servicerequestupdates`): what happened to reports, for programs that follow them,
//! and how an agency's own system tells how it stands.

use super::format::{Format, Out};
use super::listing::{Telling, status};
use super::params::{Params, bad, bad_value};
use super::query::Span;
use super::store::Step;
use crate::account::api_key::Key;
use crate::case::event_store;
use crate::conversation::author::Author;
use crate::conversation::{store as comments, write};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::idempotency_store;
use crate::platform::sealing::Vault;
use crate::service_request::action::{Acted, On, submit, text, work};
use domain::actor::{Actor, Role};
use domain::case::Event;
use domain::disclosure::{Audience, Part, may_see};
use domain::ids::{ApiKeyId, ServiceRequestId, time_ordered};
use domain::refusal::Refusal;
use domain::service_request::ServiceRequest;
use domain::service_request::workflow::Verb;
use jiff::Timestamp;

/// The words of `FixMyStreet`'s clients for a state, in upper case.
const STATES: [&str; 12] = [
    "OPEN",
    "CLOSED",
    "INVESTIGATING",
    "IN_PROGRESS",
    "ACTION_SCHEDULED",
    "PLANNED",
    "FIXED",
    "DUPLICATE",
    "NO_FURTHER_ACTION",
    "INTERNAL_REFERRAL",
    "NOT_COUNCILS_RESPONSIBILITY",
    "REOPEN",
];

/// The ids between which the steps of a span lie: ids sort by time.
pub fn ids(span: Span, now: Timestamp) -> (String, String) {
    let first = span.from.unwrap_or(Timestamp::UNIX_EPOCH);
    let last = span.to.unwrap_or(now).as_millisecond() + 1;
    (time_ordered(first.as_millisecond(), 0), time_ordered(last, 0))
}

/// The steps as a document.
pub fn list(format: Format, steps: &[Step], telling: &Telling<'_>) -> String {
    let zone = telling.pack.calendar.zone();
    Out::new(format, 100 + steps.len() * 300).root_list("service_request_updates", |out| {
        for step in steps {
            let sees = |part| may_see(part, step.openness, Audience::Public);
            if !sees(Part::Steps) {
                continue;
            }
            out.item("request_update", |out| {
                out.text("update_id", Some(step.id.as_str()));
                out.text("service_request_id", Some(step.request.as_str()));
                out.text("status", Some(status(step.to)));
                out.time("updated_datetime", Some(step.at), zone);
                out.text("description", step.data.text.as_deref().filter(|_| sees(Part::Texts)));
                let photo = step.photo.as_ref().filter(|_| sees(Part::Photos));
                out.text("media_url", photo.map(|id| telling.media_url(id)).as_deref());
            });
        }
    })
}

/// The answer to a program that sent one.
pub fn answer(format: Format, id: &str) -> String {
    Out::new(format, 200).root_list("service_request_updates", |out| {
        out.item("request_update", |out| out.text("update_id", Some(id)));
    })
}

/// How another system says it stands.
#[derive(Debug, Clone)]
pub struct Update {
    request: ServiceRequestId,
    words: String,
    /// The sender's own number of it.
    sent_as: Option<String>,
}

impl Update {
    pub fn parse(params: &Params) -> Result<Self> {
        let id = params
            .get("service_request_id")
            .ok_or_else(|| bad("service_request_id", "open311-needs-request"))?;
        let state = params.get("status").ok_or_else(|| bad("status", "open311-needs-status"))?;
        if !STATES.contains(&state.to_uppercase().as_str()) {
            return Err(bad_value("status", "open311-status-unknown", state));
        }
        let words = params
            .get("description")
            .ok_or_else(|| bad("description", "open311-needs-description"))?;
        Ok(Self {
            request: id.parse().map_err(|_| Refusal::NotFound)?,
            words: words.to_owned(),
            sent_as: params.get("update_id").map(str::to_owned),
        })
    }
}

/// What became of an update.
#[derive(Debug)]
pub struct Taken {
    /// Of the event, or of the comment.
    pub id: String,
    /// It had not been taken in before.
    pub is_new: bool,
    /// It is a step of the story.
    pub acted: Option<Acted>,
}

/// Adds it to the story as the agency in charge, if the program speaks for that one and it may say something now; else it
/// is a comment in the program's own name, which stops nobody's clock. The same `update_id` from the same key is one
/// update. Its status changes nothing: results are published by the centre.
pub fn update(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    update: &Update,
    from: &Key,
) -> Result<Taken> {
    let author = Author::of_program(vault, &from.id);
    let key = vault.keyed_hash("open311", &sameness(&from.id, update));
    if update.sent_as.is_some() && idempotency_store::find(conn, &key)?.is_some() {
        // Other words under a number that was used are another update, and are not taken for the first.
        let used = || Error::unacceptable("update_id", "open311-key-used", 422);
        let id = told_before(conn, update, &author)?.ok_or_else(used)?;
        return Ok(Taken { id, is_new: false, acted: None });
    }
    let report = submit::must_exist(conn, &update.request)?;
    let taken = match as_agency(conn, ctx, update, (from, &report))? {
        Some(acted) => Taken { id: acted.event.to_string(), is_new: true, acted: Some(acted) },
        None => {
            let said = (from.name.as_str(), update.words.as_str());
            let comment = write::as_program(conn, ctx, &author, &update.request, said)?;
            Taken { id: comment.id.to_string(), is_new: true, acted: None }
        }
    };
    if update.sent_as.is_some() {
        idempotency_store::insert(conn, &key, &update.request, ctx.now)?;
    }
    Ok(taken)
}

/// `None`: it does not speak for the agency that has it, or nobody has it now.
fn as_agency(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    update: &Update,
    (from, report): (&Key, &ServiceRequest),
) -> Result<Option<Acted>> {
    if report.confidential || !from.agencies.contains(&report.agency) {
        return Ok(None);
    }
    let office = Actor { role: Role::Officer, account: None, agency: Some(report.agency.clone()) };
    let on = On { id: update.request.clone(), seen: None };
    let said = (update.words.as_str(), from.name.as_str());
    match work::progress_from_outside(conn, &ctx.acting_as(office), &on, said) {
        Ok(acted) => Ok(Some(acted)),
        Err(error) if matches!(error.refusal(), Some(Refusal::WrongState { .. })) => Ok(None),
        Err(error) => Err(error),
    }
}

/// What makes an update the same one: who sends it, for which report, under which number.
fn sameness(sender: &ApiKeyId, update: &Update) -> String {
    format!("update:{sender}:{}:{}", update.request, update.sent_as.as_deref().unwrap_or_default())
}

fn told_before(
    conn: &mut Conn<'_>,
    update: &Update,
    author: &Author,
) -> Result<Option<String>, Error> {
    // As it was kept.
    let words = text::needed(&update.words, "description")?;
    let events = event_store::of(conn, &update.request)?;
    let told = |event: &Event<ServiceRequest>| {
        event.verb == Verb::Progress && event.data.text.as_ref() == Some(&words)
    };
    if let Some(event) = events.into_iter().rfind(told) {
        return Ok(Some(event.id.to_string()));
    }
    let comment = comments::said_by(conn, &update.request, &author.key, &words)?;
    Ok(comment.map(|id| id.to_string()))
}
