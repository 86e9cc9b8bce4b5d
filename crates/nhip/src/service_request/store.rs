//! All SQL of a report: read it, write it. Lists and maps are in `list/store.rs` and `map/store.rs`.
//!
//! Tables: `service_request`.

use crate::platform::ctx::Ctx;
use crate::platform::db::{Conn, DbError, Row, dialect, params};
use crate::platform::error::{Error, Result};
use crate::service_request::action::step_store;
use domain::ids::ServiceRequestId;
use domain::place::{Cell, Exactness, Point};
use domain::service_request::{Channel, Outcome, Rating, ServiceRequest, State};
use jiff::Timestamp;

pub const COLUMNS: &str = "id, version, state, outcome, service, area, area_approximate, agency, assignee, channel, \
    description, redacted, language, address, lat, long, attributes, public, confidential, hidden, reporter, filed_by, \
    procedure, procedure_version, received_at, accepted_at, responded_at, answered_at, closed_at, updated_at, \
    clock_from_at, due_at, question_until_at, asked_in, suspensions, paused_for, planned_for, attempt, reopenings, \
    contested, appealed, refusal_code, refused_by, answered_by, rating, merged_into, supports, comments, photo, result_photo, \
    procedure_hash, extension, extension_asked, committed_for, concerns, dossier, chain_place, urgent, \
    step, step_budget, step_from_at, step_due_at, exactness, changed_seq";

/// A column that holds what no writer of ours wrote.
pub fn corrupt(column: &'static str, id: &str) -> DbError {
    corrupt_in("service_request", column, id)
}

pub fn corrupt_in(table: &str, column: &str, id: &str) -> DbError {
    DbError::Corrupt {
        column: format!("{table}.{column} of {id}"),
        found: "something else",
        expected: "a word of the domain",
    }
}

/// Reads a word, id or date of the domain from text; `None` stays `None`.
fn parsed<T>(
    text: Option<String>,
    column: &'static str,
    id: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, DbError> {
    text.map(|text| parse(&text).ok_or_else(|| corrupt(column, id))).transpose()
}

fn needed<T>(
    text: String,
    column: &'static str,
    id: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, DbError> {
    parse(&text).ok_or_else(|| corrupt(column, id))
}

fn json<T: serde::de::DeserializeOwned + Default>(
    text: Option<String>,
    column: &'static str,
    id: &str,
) -> Result<T, DbError> {
    text.map_or_else(
        || Ok(T::default()),
        |text| serde_json::from_str(&text).map_err(|_| corrupt(column, id)),
    )
}

fn ms(instant: Option<Timestamp>) -> Option<i64> {
    instant.map(Timestamp::as_millisecond)
}

/// `id::parse` as an option, for [`parsed`].
fn id<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

#[expect(clippy::too_many_lines, reason = "a line for each column")]
pub fn to_request(row: &Row<'_>) -> Result<ServiceRequest, DbError> {
    let key: String = row.get(0)?;
    let k = key.as_str();
    Ok(ServiceRequest {
        id: needed(key.clone(), "id", k, id)?,
        version: row.get(1)?,
        changed_seq: row.get(63)?,
        state: needed(row.get(2)?, "state", k, State::parse)?,
        outcome: parsed(row.get(3)?, "outcome", k, Outcome::parse)?,
        service: needed(row.get(4)?, "service", k, id)?,
        area: needed(row.get(5)?, "area", k, id)?,
        area_approximate: row.get(6)?,
        agency: needed(row.get(7)?, "agency", k, id)?,
        assignee: parsed(row.get(8)?, "assignee", k, id)?,
        channel: needed(row.get(9)?, "channel", k, Channel::parse)?,
        description: row.get(10)?,
        redacted: row.get(11)?,
        language: row.get(12)?,
        address: row.get(13)?,
        point: Point::new(row.get(14)?, row.get(15)?).map_err(|_| corrupt("lat", k))?,
        attributes: json(row.get(16)?, "attributes", k)?,
        public: row.get(17)?,
        confidential: row.get(18)?,
        hidden: row.get(19)?,
        reporter: parsed(row.get(20)?, "reporter", k, id)?,
        filed_by: parsed(row.get(21)?, "filed_by", k, id)?,
        procedure: parsed(row.get(22)?, "procedure", k, id)?,
        procedure_version: row.get::<Option<i64>>(23)?.map(|v| v as u32),
        received_at: row.instant(24)?,
        accepted_at: row.optional_instant(25)?,
        responded_at: row.optional_instant(26)?,
        answered_at: row.optional_instant(27)?,
        closed_at: row.optional_instant(28)?,
        updated_at: row.instant(29)?,
        clock_from: row.optional_instant(30)?,
        due_at: row.optional_instant(31)?,
        question_until: row.optional_instant(32)?,
        asked_in: parsed(row.get(33)?, "asked_in", k, State::parse)?,
        suspensions: json(row.get(34)?, "suspensions", k)?,
        paused_for: row.get(35)?,
        planned_for: parsed(row.get(36)?, "planned_for", k, id)?,
        attempt: row.get(37)?,
        reopenings: row.get(38)?,
        contested: row.get(39)?,
        appealed: row.get(40)?,
        refusal_code: row.get(41)?,
        refused_by: parsed(row.get(42)?, "refused_by", k, id)?,
        answered_by: parsed(row.get(43)?, "answered_by", k, id)?,
        rating: parsed(row.get(44)?, "rating", k, Rating::parse)?,
        merged_into: parsed(row.get(45)?, "merged_into", k, id)?,
        supports: row.get(46)?,
        comments: row.get(47)?,
        photo: parsed(row.get(48)?, "photo", k, id)?,
        result_photo: parsed(row.get(49)?, "result_photo", k, id)?,
        procedure_hash: row.get(50)?,
        extension: parsed(row.get(51)?, "extension", k, id)?,
        extension_asked: parsed(row.get(52)?, "extension_asked", k, id)?,
        committed_for: parsed(row.get(53)?, "committed_for", k, id)?,
        concerns: parsed(row.get(54)?, "concerns", k, id)?,
        dossier: row.get(55)?,
        again: row.get(56)?,
        urgent: row.get(57)?,
        step: step_store::of_row(row)?,
        exactness: needed(row.get(62)?, "exactness", k, Exactness::parse)?,
    })
}

/// The report, or `None`. Inside a write the row stays locked until the transaction ends.
pub fn find(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
) -> Result<Option<ServiceRequest>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM service_request WHERE id = $1");
    conn.query_opt(&sql, params![request.as_str()], to_request)
}

/// As [`find`], for an action that will change it.
pub fn find_for_update(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
) -> Result<Option<ServiceRequest>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM service_request WHERE id = $1{}",
        dialect::for_update(conn.engine())
    );
    conn.query_opt(&sql, params![request.as_str()], to_request)
}

pub fn exists(conn: &mut Conn<'_>, request: &ServiceRequestId) -> Result<bool, DbError> {
    let sql = "SELECT 1 FROM service_request WHERE id = $1";
    let found = conn.query_opt(sql, params![request.as_str()], |row| row.get::<i64>(0))?;
    Ok(found.is_some())
}

/// Whether there is any report at all.
pub fn any(conn: &mut Conn<'_>) -> Result<bool, DbError> {
    let sql = "SELECT 1 FROM service_request LIMIT 1";
    Ok(conn.query_opt(sql, params![], |row| row.get::<i64>(0))?.is_some())
}

fn to_json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| Error::failed("write JSON", e))
}

/// Writes a new report; an imported one may have been answered and closed already.
pub fn insert(conn: &mut Conn<'_>, ctx: &Ctx, r: &ServiceRequest) -> Result<()> {
    let field = ctx.pack.service(&r.service).map_or("", |s| s.field.as_str());
    let attributes = if r.attributes.is_empty() { None } else { Some(to_json(&r.attributes)?) };
    conn.execute(
        "INSERT INTO service_request (id, version, state, outcome, field, service, area, area_approximate, agency, channel, \
         description, language, address, lat, long, cell, attributes, open_to_all, public, confidential, reporter, filed_by, \
         procedure, procedure_version, received_at, updated_at, clock_from_at, due_at, attempt, reopenings, contested, appealed, \
         supports, comments, photo, accepted_at, responded_at, answered_at, closed_at, concerns, dossier, by_own_staff, urgent, \
         exactness, changed_seq) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, \
         $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45)",
        params![
            r.id.as_str(), r.version, r.state.as_str(), r.outcome.map(Outcome::as_str), field, r.service.as_str(),
            r.area.as_str(), r.area_approximate, r.agency.as_str(), r.channel.as_str(), r.description.as_str(),
            r.language.as_str(), r.address.as_deref(), r.point.lat(), r.point.long(), Cell::of(r.point).0, attributes,
            r.is_open_to_all(), r.public, r.confidential, r.reporter.as_ref().map(AsRef::as_ref),
            r.filed_by.as_ref().map(AsRef::as_ref), r.procedure.as_ref().map(AsRef::as_ref), r.procedure_version.map(i64::from),
            r.received_at.as_millisecond(), r.updated_at.as_millisecond(), ms(r.clock_from), ms(r.due_at), r.attempt,
            r.reopenings, r.contested, r.appealed, r.supports, r.comments, r.photo.as_ref().map(AsRef::as_ref), ms(r.accepted_at), ms(r.responded_at),
            ms(r.answered_at), ms(r.closed_at), r.concerns.as_ref().map(AsRef::as_ref), r.dossier.as_deref(), r.is_by_own_staff(), r.urgent,
            r.exactness.as_str(), r.changed_seq
        ],
    )?;
    Ok(())
}

/// Writes back a changed report, if it is still at version `seen`; `false`: somebody else was first. A service that this
/// pack has no longer, or not yet, keeps its field.
pub fn save(conn: &mut Conn<'_>, ctx: &Ctx, r: &ServiceRequest, seen: i64) -> Result<bool> {
    let field = ctx.pack.service(&r.service).map(|s| s.field.as_str());
    let suspensions = if r.suspensions.is_empty() { None } else { Some(to_json(&r.suspensions)?) };
    let changed = conn.execute(
        "UPDATE service_request SET version = $1, state = $2, outcome = $3, field = COALESCE($4, field), service = $5, area = $6, \
         area_approximate = $7, agency = $8, assignee = $9, redacted = $10, address = $11, lat = $12, long = $13, cell = $14, \
         open_to_all = $15, confidential = $16, hidden = $17, procedure = $18, procedure_version = $19, accepted_at = $20, \
         responded_at = $21, answered_at = $22, closed_at = $23, updated_at = $24, clock_from_at = $25, due_at = $26, \
         question_until_at = $27, asked_in = $28, suspensions = $29, paused_for = $30, planned_for = $31, attempt = $32, \
         reopenings = $33, contested = $34, appealed = $35, refusal_code = $36, refused_by = $37, answered_by = $38, \
         rating = $39, merged_into = $40, photo = $41, result_photo = $42, \
         procedure_hash = $43, extension = $44, extension_asked = $45, committed_for = $46, \
         concerns = $47, dossier = $48, by_own_staff = $49, urgent = $50, exactness = $51, changed_seq = $52 \
         WHERE id = $53 AND version = $54",
        params![
            r.version, r.state.as_str(), r.outcome.map(Outcome::as_str), field, r.service.as_str(), r.area.as_str(),
            r.area_approximate, r.agency.as_str(), r.assignee.as_ref().map(AsRef::as_ref), r.redacted.as_deref(),
            r.address.as_deref(), r.point.lat(), r.point.long(), Cell::of(r.point).0, r.is_open_to_all(), r.confidential,
            r.hidden.as_deref(), r.procedure.as_ref().map(AsRef::as_ref), r.procedure_version.map(i64::from),
            ms(r.accepted_at), ms(r.responded_at), ms(r.answered_at), ms(r.closed_at), r.updated_at.as_millisecond(),
            ms(r.clock_from), ms(r.due_at), ms(r.question_until), r.asked_in.map(State::as_str), suspensions,
            r.paused_for.as_deref(), r.planned_for.map(|d| d.to_string()), r.attempt, r.reopenings, r.contested, r.appealed,
            r.refusal_code.as_deref(), r.refused_by.as_ref().map(AsRef::as_ref), r.answered_by.as_ref().map(AsRef::as_ref),
            r.rating.map(Rating::as_str), r.merged_into.as_ref().map(AsRef::as_ref), r.photo.as_ref().map(AsRef::as_ref),
            r.result_photo.as_ref().map(AsRef::as_ref), r.procedure_hash.as_deref(), r.extension.map(|b| b.to_string()),
            r.extension_asked.map(|b| b.to_string()), r.committed_for.map(|d| d.to_string()), r.concerns.as_ref().map(AsRef::as_ref),
            r.dossier.as_deref(), r.is_by_own_staff(), r.urgent, r.exactness.as_str(), r.changed_seq, r.id.as_str(), seen
        ],
    )?;
    Ok(changed == 1)
}

/// Writes the version alone: something was added, and nothing changed.
pub fn save_version(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    version: i64,
) -> Result<(), DbError> {
    let sql = "UPDATE service_request SET version = $1 WHERE id = $2";
    conn.execute(sql, params![version, request.as_str()])?;
    Ok(())
}
