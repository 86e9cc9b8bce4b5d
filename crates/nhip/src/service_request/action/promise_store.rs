//! All SQL of promises.
//!
//! Tables: `promise`; reads `event`, `service_request`.

use super::promise::Promise;
use crate::platform::db::{Conn, DbError, Row, Select, Value, params};
use domain::ids::{AgencyId, EventId, ServiceRequestId};
use domain::promise::{PromiseKind, PromiseState};
use jiff::Timestamp;
use jiff::civil::Date;

const COLUMNS: &str = "id, request, kind, agency, made_at, date, state, asked_at, settled_at";

/// The order in which they were made, whatever the clocks said.
const AS_MADE: &str =
    "(SELECT seq FROM event WHERE event.case_ref = promise.request AND event.id = promise.id), id";

fn to_promise(row: &Row<'_>) -> Result<Promise, DbError> {
    Ok(Promise {
        id: row.parse(0, "an event", |text| text.parse().ok())?,
        request: row.parse(1, "a report", |text| text.parse().ok())?,
        kind: row.word(2, PromiseKind::parse)?,
        agency: row.parse(3, "an agency", |text| text.parse().ok())?,
        made_at: row.instant(4)?,
        date: row.parse(5, "a date", |text| text.parse().ok())?,
        state: row.word(6, PromiseState::parse)?,
        asked_at: row.optional_instant(7)?,
        settled_at: row.optional_instant(8)?,
    })
}

pub fn insert(conn: &mut Conn<'_>, p: &Promise) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO promise (id, request, kind, agency, made_at, date, state) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            p.id.as_str(),
            p.request.as_str(),
            p.kind.as_str(),
            p.agency.as_str(),
            p.made_at.as_millisecond(),
            p.date.to_string(),
            p.state.as_str()
        ],
    )?;
    Ok(())
}

pub fn of(conn: &mut Conn<'_>, request: &ServiceRequestId) -> Result<Vec<Promise>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM promise WHERE request = $1 ORDER BY {AS_MADE}");
    conn.query(&sql, params![request.as_str()], to_promise)
}

pub fn open_of(conn: &mut Conn<'_>, request: &ServiceRequestId) -> Result<Vec<Promise>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM promise WHERE request = $1 AND settled_at IS NULL ORDER BY {AS_MADE}"
    );
    conn.query(&sql, params![request.as_str()], to_promise)
}

/// Open promises of that date or an older one whose reports wait for work; the oldest first.
pub fn over(conn: &mut Conn<'_>, newest: Date, limit: usize) -> Result<Vec<Promise>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM promise WHERE settled_at IS NULL AND date <= $1 AND EXISTS (SELECT 1 FROM service_request r \
         WHERE r.id = promise.request AND r.state NOT IN ('in_review', 'closed')) ORDER BY date, id LIMIT $2"
    );
    conn.query(&sql, params![newest.to_string(), limit as i64], to_promise)
}

pub fn settle(
    conn: &mut Conn<'_>,
    id: &EventId,
    state: PromiseState,
    at: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE promise SET state = $1, settled_at = $2 WHERE id = $3 AND settled_at IS NULL",
        params![state.as_str(), at.as_millisecond(), id.as_str()],
    )?;
    Ok(())
}

/// The date of what was planned has come.
pub fn ask(conn: &mut Conn<'_>, request: &ServiceRequestId, at: Timestamp) -> Result<(), DbError> {
    conn.execute(
        "UPDATE promise SET state = 'due', asked_at = $1 WHERE request = $2 AND kind = 'planned' AND state = 'standing'",
        params![at.as_millisecond(), request.as_str()],
    )?;
    Ok(())
}

/// What is wanted of the register. `state`: `open`, `kept`, `broken`, or empty for all.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub agency: Option<AgencyId>,
    pub state: &'static str,
    pub kind: Option<PromiseKind>,
    /// Where a page goes on: date and id of the last one before it.
    pub after: Option<(Date, EventId)>,
}

/// Those about reports that everybody may read.
const READ_BY_ALL: &str =
    "EXISTS (SELECT 1 FROM service_request r WHERE r.id = promise.request AND r.open_to_all = 1)";

/// What is to come first, the nearest first; all else newest first.
pub fn list(conn: &mut Conn<'_>, wanted: &Wanted, limit: usize) -> Result<Vec<Promise>, DbError> {
    let open = wanted.state == "open";
    let states = match wanted.state {
        "open" => "'standing', 'due'",
        "kept" => "'kept'",
        "broken" => "'broken'",
        _ => "'standing', 'due', 'kept', 'broken'",
    };
    let mut select = Select::new(format!(
        "SELECT {COLUMNS} FROM promise WHERE state IN ({states}) AND {READ_BY_ALL}"
    ));
    if let Some(agency) = &wanted.agency {
        select.and("agency =", Value::Text(agency.as_str()));
    }
    if let Some(kind) = wanted.kind {
        select.and("kind =", Value::Text(kind.as_str()));
    }
    let date = wanted.after.as_ref().map(|(date, _)| date.to_string());
    if let (Some((_, id)), Some(date)) = (&wanted.after, &date) {
        let (date, id) = (select.place(Value::Text(date)), select.place(Value::Text(id.as_str())));
        let than = if open { ">" } else { "<" };
        select.push(&format!(" AND (date, id) {than} ({date}, {id})"));
    }
    let order = if open { "date, id" } else { "date DESC, id DESC" };
    select.push(&format!(" ORDER BY {order} LIMIT "));
    select.value(Value::Int(limit as i64));
    conn.query(&select.sql, &select.values, to_promise)
}

/// How many there are of an agency in a state.
#[derive(Debug, Clone)]
pub struct Count {
    pub agency: AgencyId,
    pub state: PromiseState,
    pub n: i64,
}

/// Of one agency, or of all.
pub fn counts(conn: &mut Conn<'_>, agency: Option<&AgencyId>) -> Result<Vec<Count>, DbError> {
    let sql = format!(
        "SELECT agency, state, COUNT(*) FROM promise WHERE agency = COALESCE($1, agency) AND {READ_BY_ALL} GROUP BY agency, state"
    );
    conn.query(&sql, params![agency.map(AgencyId::as_str)], |row| {
        Ok(Count {
            agency: row.parse(0, "an agency", |text| text.parse().ok())?,
            state: row.word(1, PromiseState::parse)?,
            n: row.get(2)?,
        })
    })
}
