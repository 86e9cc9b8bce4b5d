//! All SQL of the history of cases: one append-only table for every kind.
//!
//! Tables: `event`.

use crate::platform::db::{Conn, DbError, Row, Select, params};
use crate::platform::error::{Error, Result};
use domain::actor::{Actor, Role, Visibility};
use domain::case::{CaseRef, Event, EventDetail, Kind};
use domain::ids::EventId;
use domain::word::Word;
use std::collections::HashMap;

fn to_json(data: &impl EventDetail) -> Result<String> {
    serde_json::to_string(data).map_err(|e| Error::failed("write JSON", e))
}

pub fn insert<K: Kind>(conn: &mut Conn<'_>, e: &Event<K>) -> Result<()> {
    let data = to_json(&e.data)?;
    conn.execute(
        "INSERT INTO event (case_ref, seq, id, at, verb, role, account, agency, from_state, to_state, attempt, visibility, data) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        params![
            e.case.as_str(), e.seq, e.id.as_str(), e.at.as_millisecond(), e.verb.as_str(), e.actor.role.as_str(),
            e.actor.account.as_ref().map(AsRef::as_ref), e.actor.agency.as_ref().map(AsRef::as_ref),
            e.from.map(Word::as_str), e.to.as_str(), e.attempt, e.visibility.as_str(), data
        ],
    )?;
    Ok(())
}

/// Writes anew what an event carries: it was taken back before anybody was told of it.
pub fn rewrite<K: Kind>(
    conn: &mut Conn<'_>,
    case: impl Into<CaseRef>,
    event: &EventId,
    change: impl FnOnce(&mut K::Detail),
) -> Result<()> {
    let case = case.into();
    let mut data: K::Detail = conn.query_one(
        "SELECT data FROM event WHERE case_ref = $1 AND id = $2",
        params![case.as_str(), event.as_str()],
        |row| row.parse(0, "what an event carries", |text| serde_json::from_str(text).ok()),
    )?;
    change(&mut data);
    conn.execute(
        "UPDATE event SET data = $1 WHERE case_ref = $2 AND id = $3",
        params![to_json(&data)?, case.as_str(), event.as_str()],
    )?;
    Ok(())
}

/// The case that an event belongs to.
pub fn case_of(conn: &mut Conn<'_>, event: &EventId) -> Result<Option<CaseRef>, DbError> {
    let sql = "SELECT case_ref FROM event WHERE id = $1";
    conn.query_opt(sql, params![event.as_str()], |row| {
        row.parse(0, "a case", |text| text.parse().ok())
    })
}

const EVENT: &str = "SELECT id, at, verb, role, account, agency, from_state, to_state, attempt, visibility, data, case_ref, seq \
    FROM event WHERE";

fn to_event<K: Kind>(row: &Row<'_>) -> Result<Event<K>, DbError> {
    let state = |text: &str| K::State::parse(text);
    let from = match row.get::<Option<String>>(6)? {
        Some(_) => Some(row.word(6, state)?),
        None => None,
    };
    Ok(Event {
        id: row.id(0)?,
        case: row.parse(11, "a case", |text| text.parse().ok())?,
        seq: row.get(12)?,
        at: row.instant(1)?,
        verb: row.word(2, K::Verb::parse)?,
        actor: Actor {
            role: row.word(3, Role::parse)?,
            account: row.optional_id(4)?,
            agency: row.optional_id(5)?,
        },
        from,
        to: row.word(7, state)?,
        attempt: row.get(8)?,
        visibility: row.word(9, Visibility::parse)?,
        data: row.parse(10, "what an event carries", |text| serde_json::from_str(text).ok())?,
    })
}

/// The whole history in the order in which it happened, whatever the clocks of the nodes said; what the reader may see is
/// the caller's to decide, by `visibility`.
pub fn of<K: Kind>(
    conn: &mut Conn<'_>,
    case: impl Into<CaseRef>,
) -> Result<Vec<Event<K>>, DbError> {
    let sql = format!("{EVENT} case_ref = $1 ORDER BY seq");
    conn.query(&sql, params![case.into().as_str()], to_event)
}

/// [`of`] for many cases of a kind, by case: one question for all.
pub fn of_many<K: Kind>(
    conn: &mut Conn<'_>,
    cases: &[CaseRef],
) -> Result<HashMap<CaseRef, Vec<Event<K>>>, DbError> {
    let mut select = Select::new(format!("{EVENT} 1 = 1"));
    select.one_of("case_ref", cases.iter().map(CaseRef::as_str));
    select.push(" ORDER BY case_ref, seq");
    let mut all: HashMap<CaseRef, Vec<Event<K>>> = HashMap::new();
    for event in conn.query(&select.sql, &select.values, to_event::<K>)? {
        all.entry(event.case.clone()).or_default().push(event);
    }
    Ok(all)
}
