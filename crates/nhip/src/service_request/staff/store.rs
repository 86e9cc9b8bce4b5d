//! All SQL of the desk: queues, counts, searches, and the names of colleagues. Each page asks a handful of statements,
//! however long its list is.
//!
//! Tables: reads `account`, `service_request`.

use super::list_pages::{Narrowed, Order};
use super::queue::{SOON, SOON_AT_INTAKE, Share};
use crate::account::policy::Sight;
use crate::platform::db::{Conn, DbError, Select, Value, dialect};
use crate::service_request::store::{COLUMNS, to_request};
use domain::ids::{AccountId, AgencyId, AreaId, FieldCode, ServiceRequestId};
use domain::service_request::{ServiceRequest, State};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Reports by words: the newest so many are looked at.
const BEST_HITS: i64 = 1_000;

/// Those in one of these states. They stand in the text, so that a partial index serves.
pub fn in_states(select: &mut Select<'_>, states: &[State]) {
    let words: Vec<String> = states.iter().map(|state| format!("'{state}'")).collect();
    select.push(&format!(" AND state IN ({})", words.join(", ")));
}

/// The confidential or the others, without those about the unit of who looks.
pub fn in_sight<'a>(select: &mut Select<'a>, sight: &'a Sight) {
    select.and("confidential =", Value::Int(i64::from(sight.confidential)));
    select.and("COALESCE(concerns, '') <>", Value::Text(sight.hidden_unit()));
}

fn in_share<'a>(select: &mut Select<'a>, share: &'a Share) {
    in_states(select, share.states);
    in_sight(select, &share.sight);
    if let Some(agency) = &share.agency {
        select.and("agency =", Value::Text(agency.as_str()));
    }
}

/// By when a report is owed, as [`ServiceRequest::owed_by`].
const OWED_BY: &str = "COALESCE(step_due_at, due_at)";

/// A part of a queue in its order: by the clock, or as asked for. Where a life is in danger comes first, whatever the order; then, for who decides
/// on it, what asks for more time; then what is late without a word, what is late, and what is due soon.
pub fn queue(
    conn: &mut Conn<'_>,
    share: &Share,
    assignee: Option<&AccountId>,
    asked: &Narrowed,
    (now, limit): (Timestamp, usize),
) -> Result<Vec<ServiceRequest>, DbError> {
    let mut select = Select::new(format!("SELECT {COLUMNS} FROM service_request WHERE 1 = 1"));
    in_share(&mut select, share);
    let given = [
        ("assignee =", assignee.map(AccountId::as_str)),
        ("field =", asked.field.as_ref().map(AsRef::as_ref)),
        ("area =", asked.area.as_ref().map(AsRef::as_ref)),
    ];
    for (comparison, text) in given {
        if let Some(text) = text {
            select.and(comparison, Value::Text(text));
        }
    }
    if share.late_only {
        select.and("due_at <", Value::Int(now.as_millisecond()));
    }
    let mut order = match asked.order {
        Order::Oldest => "received_at, id".to_owned(),
        Order::Newest => "received_at DESC, id".to_owned(),
        Order::Place => "area, service, received_at, id".to_owned(),
        Order::Kind => "service, area, received_at, id".to_owned(),
        Order::Due => String::new(),
    };
    if asked.order == Order::Due {
        let mut at = |at: Timestamp| select.place(Value::Int(at.as_millisecond()));
        let (now, soon, intake) = (at(now), at(now + SOON), at(now + SOON_AT_INTAKE));
        let first = if share.grants { "WHEN extension_asked IS NOT NULL THEN 1 " } else { "" };
        order = format!(
            "CASE {first}WHEN due_at < {now} AND committed_for IS NULL AND state IN ('assigned', 'in_progress') THEN 2 \
             WHEN {OWED_BY} < {now} THEN 3 WHEN {OWED_BY} < {intake} OR (state <> 'received' AND {OWED_BY} < {soon}) THEN 4 \
             ELSE 5 END, CASE WHEN {OWED_BY} IS NULL THEN 1 ELSE 0 END, {OWED_BY}, received_at, id"
        );
    }
    select.push(&format!(
        " ORDER BY CASE WHEN urgent = 1 AND state = 'received' THEN 0 ELSE 1 END, {order} LIMIT "
    ));
    select.value(Value::Int(limit as i64));
    conn.query(&select.sql, &select.values, to_request)
}

/// How many there are of a share in one state.
#[derive(Debug, Clone)]
pub struct Count {
    pub state: State,
    pub all: i64,
    /// Past the promise.
    pub late: i64,
    /// Past the step that is owed.
    pub pressing: i64,
    /// Given to the one who asks.
    pub mine: i64,
}

pub fn counts(
    conn: &mut Conn<'_>,
    share: &Share,
    account: &AccountId,
    now: Timestamp,
) -> Result<Vec<Count>, DbError> {
    let mut select = Select::new("");
    let now = select.place(Value::Int(now.as_millisecond()));
    let me = select.place(Value::Text(account.as_str()));
    select.push(&format!(
        "SELECT state, COUNT(*), COUNT(CASE WHEN due_at < {now} THEN 1 END), \
         COUNT(CASE WHEN {OWED_BY} < {now} THEN 1 END), COUNT(CASE WHEN assignee = {me} THEN 1 END) \
         FROM service_request WHERE 1 = 1"
    ));
    in_share(&mut select, share);
    select.push(" GROUP BY state");
    conn.query(&select.sql, &select.values, |row| {
        Ok(Count {
            state: row.word(0, State::parse)?,
            all: row.get(1)?,
            late: row.get(2)?,
            pressing: row.get(3)?,
            mine: row.get(4)?,
        })
    })
}

/// What somebody looks for on the desk. Empty finds the newest.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub words: String,
    /// As in a public list.
    pub also: BTreeMap<String, Vec<String>>,
    pub field: Option<FieldCode>,
    pub area: Option<AreaId>,
    pub agency: Option<AgencyId>,
    pub state: Option<State>,
    /// The number of a file of the one-stop shop, which is looked for instead of the words.
    pub dossier: Option<String>,
    pub sight: Sight,
}

pub fn search(
    conn: &mut Conn<'_>,
    wanted: &Wanted,
    limit: usize,
) -> Result<Vec<ServiceRequest>, DbError> {
    let engine = conn.engine();
    let words = dialect::text_query(engine, &domain::text::fold(&wanted.words), &wanted.also);
    const FROM: &str = "FROM service_request WHERE 1 = 1";
    let mut select = Select::new(format!("SELECT {COLUMNS} {FROM}"));
    in_sight(&mut select, &wanted.sight);
    let seen =
        select.sql.split_once(FROM).map_or_else(String::new, |(_, seen)| format!("1 = 1{seen}"));
    let texts = [
        ("dossier =", wanted.dossier.as_deref()),
        ("field =", wanted.field.as_ref().map(AsRef::as_ref)),
        ("area =", wanted.area.as_ref().map(AsRef::as_ref)),
        ("agency =", wanted.agency.as_ref().map(AsRef::as_ref)),
        ("state =", wanted.state.map(State::as_str)),
    ];
    for (comparison, text) in texts {
        if let Some(text) = text {
            select.and(comparison, Value::Text(text));
        }
    }
    if let Some(words) = words.as_ref().filter(|_| wanted.dossier.is_none()) {
        select.place(Value::Text(words));
        let n = select.values.len();
        select.place(Value::Int(BEST_HITS));
        let hits = dialect::newest_hits(engine, n, n + 1, &seen);
        select.push(&format!(" AND id IN (SELECT request FROM ({hits}) AS hit)"));
    }
    select.push(" ORDER BY received_at DESC, id DESC LIMIT ");
    select.value(Value::Int(limit as i64));
    conn.query(&select.sql, &select.values, to_request)
}

/// The newest of these.
pub fn newest_of(
    conn: &mut Conn<'_>,
    reports: &[ServiceRequestId],
    limit: usize,
) -> Result<Vec<ServiceRequest>, DbError> {
    if reports.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Select::new(format!("SELECT {COLUMNS} FROM service_request WHERE 1 = 1"));
    select.one_of("id", reports.iter().map(ServiceRequestId::as_str));
    select.push(" ORDER BY received_at DESC, id DESC LIMIT ");
    select.value(Value::Int(limit as i64));
    conn.query(&select.sql, &select.values, to_request)
}

/// The names of colleagues.
pub fn names(
    conn: &mut Conn<'_>,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, String>, DbError> {
    if accounts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut select = Select::new("SELECT id, name FROM account WHERE kind = 'staff'");
    select.one_of("id", accounts.iter().map(AccountId::as_str));
    let rows = conn.query(&select.sql, &select.values, |row| Ok((row.id(0)?, row.get(1)?)))?;
    Ok(rows.into_iter().collect())
}
