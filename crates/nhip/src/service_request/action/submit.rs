//! Submit: a person says what is wrong and where. The beginning of every report.

use super::attributes::{Here, check_attributes};
use super::{due, text};
use crate::account;
use crate::account::unasked::{self, For, Origin};
use crate::account::vault::{self, Identity};
use crate::case::{new_event_id, record};
use crate::media::attachment_store;
use crate::media::attachment_store::Stage;
use crate::media::{self, StoredPhoto};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::sealing::Vault;
use crate::platform::{idempotency_store, limits};
use crate::service_request::form::receipt_store;
use crate::service_request::list::search_store;
use crate::service_request::store;
use domain::actor::Visibility;
use domain::case::CaseRef;
use domain::case::Event;
use domain::ids::{AgencyId, AreaId, EventId, PersonId, ServiceCode, ServiceRequestId};
use domain::place::{Exactness, Point};
use domain::refusal::Refusal;
use domain::service::{AsksFor, Service};
use domain::service_request::event::EventData;
use domain::service_request::workflow::Verb;
use domain::service_request::{Channel, ServiceRequest, State};
use domain::text::is_blank;
use std::collections::BTreeMap;

/// What a person sends. Photos are already stored; the identity is already in the vault, in this transaction.
#[derive(Debug, Clone)]
pub struct Submission {
    pub service: ServiceCode,
    pub point: Point,
    pub exactness: Exactness,
    /// The area the place lies in, and whether that is a guess.
    pub area: (AreaId, bool),
    pub address: Option<String>,
    pub description: String,
    pub attributes: BTreeMap<String, Vec<String>>,
    pub photos: Vec<StoredPhoto>,
    pub public: bool,
    pub language: String,
    pub channel: Channel,
    pub reporter: Option<PersonId>,
    /// The agency the reporter works for, if staff.
    pub filed_by: Option<AgencyId>,
    /// Keyed hash of what the client sent to make a repeated request harmless.
    pub idempotency_key: Option<String>,
    /// Sealed for the letter that carries the receipt; its hash goes to `receipt`.
    pub receipt: Option<Receipt>,
}

/// The secret link of a reporter: only the hash is stored, the sealed form travels to one letter.
#[derive(Debug, Clone)]
pub struct Receipt {
    pub token_hash: String,
    pub sealed: Vec<u8>,
}

/// The report as it stands, and whether this very request had made it before.
#[derive(Debug)]
pub struct Submitted {
    pub report: ServiceRequest,
    pub repeated: bool,
}

/// Takes a report in: the row, its event, its photos, its words for search, its receipt, its outbox row; all or nothing.
pub fn submit(conn: &mut Conn<'_>, ctx: &Ctx, sent: Submission) -> Result<Submitted> {
    if let Some(repeated) = made_before(conn, &sent)? {
        return Ok(repeated);
    }
    let service = ctx
        .pack
        .offered(&sent.service)
        .ok_or_else(|| unknown("service_code", sent.service.as_str()))?;
    let event = new_event_id(ctx)?;
    let mut report = new_report(conn, ctx, service, &sent)?;
    store::insert(conn, ctx, &report)?;
    attach_photos(conn, ctx, &report, &sent.photos, &event)?;
    search_store::add_text(conn, &report.id, &words(&report))?;
    if let Some(key) = &sent.idempotency_key {
        idempotency_store::insert(conn, key, &report.id, ctx.now)?;
    }
    let history = first_event(ctx, &report, &event, &sent);
    if let Some(receipt) = &sent.receipt {
        receipt_store::insert(conn, &report.id, &receipt.token_hash, ctx.now)?;
    }
    let sealed = sent.receipt.as_ref().map(|receipt| receipt.sealed.as_slice());
    record(conn, ctx, &mut report, &history, sealed)?;
    Ok(Submitted { report, repeated: false })
}

/// Takes in what somebody sends who said who they are. Where nobody signed in, that is a claim: it finds or makes the
/// person the letters go to, and stays with this report. Whoever had as many letters as strangers may cause gets no
/// further one; the receipt on the page holds all the same.
pub fn submit_from(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    (given, origin): (&Identity, &Origin),
    mut sent: Submission,
) -> Result<Submitted> {
    // Who asks again is written to no more often for it.
    if let Some(repeated) = made_before(conn, &sent)? {
        return Ok(repeated);
    }
    let (mut claimed, mut unsent) = (Identity::default(), None);
    if sent.reporter.is_none() && !given.is_empty() {
        let person = vault::keep(conn, ctx, vault, given, &sent.language)?;
        if given.email.is_some() && !unasked::may_write(conn, ctx, &person, origin, For::Other)? {
            unsent = sent.receipt.take();
        }
        sent.reporter = Some(person);
        claimed = given.clone();
    }
    let submitted = submit(conn, ctx, sent)?;
    let report = &submitted.report;
    if let Some(receipt) = unsent {
        receipt_store::insert(conn, &report.id, &receipt.token_hash, ctx.now)?;
    }
    // Who is signed in claims nothing: what is known of them is theirs.
    if let Some(person) = report.reporter.as_ref().filter(|_| !claimed.is_empty()) {
        vault::keep_given(conn, vault, &report.id, person, &claimed)?;
    }
    Ok(submitted)
}

/// What this very request has made before.
fn made_before(conn: &mut Conn<'_>, sent: &Submission) -> Result<Option<Submitted>> {
    let Some(key) = &sent.idempotency_key else { return Ok(None) };
    let Some(id) = idempotency_store::find(conn, key)? else { return Ok(None) };
    let report = id.report().map_or(Ok(None), |id| store::find(conn, &id))?;
    Ok(report.map(|report| Submitted { report, repeated: true }))
}

fn unknown(what: &'static str, code: &str) -> Refusal {
    Refusal::Unknown { what, code: code.to_owned() }
}

/// The words of a report, checked once for all doors: description and address.
pub fn check_words(
    description: &str,
    address: Option<&str>,
) -> Result<(String, Option<String>), Refusal> {
    let description = text::checked(description, "description", limits::DESCRIPTION_CHARS)?;
    let address = address.filter(|a| !is_blank(a));
    let address = address.map(|a| text::line(a, "address", limits::ADDRESS_CHARS)).transpose()?;
    Ok((description, address))
}

fn new_report(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    service: &Service,
    sent: &Submission,
) -> Result<ServiceRequest> {
    let (area, approximate) = &sent.area;
    let area = ctx.pack.heir(area).ok_or_else(|| unknown("area", area.as_str()))?;
    let attributes = check_attributes(service, &sent.attributes, &Here::of(&ctx.pack, ctx.now))?;
    let answer = |asks| understood(service, asks, &attributes);
    let concerns: Option<AgencyId> = answer(AsksFor::Unit).and_then(|id| id.parse().ok());
    let dossier = answer(AsksFor::Dossier).and_then(domain::service::dossier);
    let mut id = ctx.ids.code();
    while store::exists(conn, &id)? {
        id = ctx.ids.code();
    }
    let mut report = ServiceRequest {
        version: 1,
        area_approximate: *approximate,
        exactness: sent.exactness,
        address: sent.address.clone(),
        attributes,
        // What was written for inspectors does not become public when somebody finds that it is about something else.
        public: sent.public && !service.confidential,
        reporter: sent.reporter.clone(),
        filed_by: works_for(conn, sent)?,
        photo: sent.photos.first().map(|photo| photo.id.clone()),
        ..ServiceRequest::received(
            id,
            service,
            area.id.clone(),
            ctx.pack.route_about(service, area, concerns.as_ref()),
            sent.point,
            ctx.now,
        )
    };
    (report.concerns, report.dossier) = (concerns, dossier);
    report.urgent = !ctx.pack.to_call(&sent.description, Some(&service.code)).is_empty();
    report.channel = sent.channel;
    report.description.clone_from(&sent.description);
    report.language.clone_from(&sent.language);
    report.due_at = due(&report, &ctx.pack);
    Ok(report)
}

/// The answer to the question of this kind, if the service asks one and it was answered.
fn understood<'a>(
    service: &Service,
    asks: AsksFor,
    answers: &'a BTreeMap<String, Vec<String>>,
) -> Option<&'a str> {
    let asked = service.attributes.iter().find(|a| a.asks_for == Some(asks))?;
    answers.get(&asked.code)?.first().map(String::as_str)
}

/// The agency whose staff this is: signed in as such, or with the address or number of a member of staff.
fn works_for(conn: &mut Conn<'_>, sent: &Submission) -> Result<Option<AgencyId>> {
    match (&sent.filed_by, &sent.reporter) {
        (Some(agency), _) => Ok(Some(agency.clone())),
        (None, Some(person)) => account::admin::agency_of(conn, person),
        (None, None) => Ok(None),
    }
}

fn attach_photos(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    report: &ServiceRequest,
    photos: &[StoredPhoto],
    event: &EventId,
) -> Result<()> {
    for (position, photo) in photos.iter().enumerate() {
        media::insert(conn, photo, report.is_open_to_all(), ctx.now)?;
        attachment_store::attach(
            conn,
            &report.id,
            &photo.id,
            event.as_str(),
            Stage::Before,
            position,
        )?;
    }
    Ok(())
}

/// The folded words by which a report is found.
pub fn words(report: &ServiceRequest) -> String {
    let description = report.redacted.as_deref().unwrap_or(&report.description);
    let address = report.address.as_deref().unwrap_or("");
    domain::text::fold(&format!("{} {description} {address}", report.id))
}

fn first_event(
    ctx: &Ctx,
    report: &ServiceRequest,
    event: &EventId,
    sent: &Submission,
) -> Event<ServiceRequest> {
    Event {
        id: event.clone(),
        case: CaseRef::from(&report.id),
        seq: report.version,
        at: ctx.now,
        verb: Verb::Submit,
        actor: ctx.actor.clone(),
        from: None,
        to: State::Received,
        attempt: 1,
        visibility: Visibility::Public,
        data: EventData {
            channel: Some(report.channel),
            agency: Some(report.agency.clone()),
            due_at: report.due_at,
            media: sent.photos.iter().map(|photo| photo.id.clone()).collect(),
            ..EventData::default()
        },
    }
}

/// Finds a report by its code; for actions that only need to know that it is there.
pub fn must_exist(conn: &mut Conn<'_>, id: &ServiceRequestId) -> Result<ServiceRequest> {
    Ok(store::find(conn, id)?.ok_or(Refusal::NotFound)?)
}
