//! The SQL of explanations.
//!
//! Tables: `explanation`; reads `service_request`.

use super::explanation::Explanation;
use crate::platform::ctx::Ctx;
use crate::platform::db::{Conn, DbError, Row, Select, Value, params};
use domain::case::CaseRef;
use domain::ids::AgencyId;
use jiff::Timestamp;

const COLUMNS: &str = "e.id, e.case_ref, e.agency, e.subject, e.link, e.question, e.asked_by, e.asked_at, e.due_at, e.answer, e.answered_at";
/// Those about reports that everybody may read of.
const IN_PUBLIC: &str = "(e.case_ref IS NULL OR EXISTS (SELECT 1 FROM service_request r WHERE r.id = e.case_ref AND r.confidential = 0 AND r.hidden IS NULL))";

fn to_explanation(row: &Row<'_>) -> Result<Explanation, DbError> {
    Ok(Explanation {
        id: row.get(0)?,
        case: row.optional_id(1)?,
        agency: row.id(2)?,
        subject: row.get(3)?,
        link: row.get(4)?,
        question: row.get(5)?,
        asked_by: row.optional_id(6)?,
        asked_at: row.instant(7)?,
        due_at: row.instant(8)?,
        answer: row.get(9)?,
        answered_at: row.optional_instant(10)?,
    })
}

pub fn insert(conn: &mut Conn<'_>, e: &Explanation) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO explanation (id, case_ref, agency, subject, link, question, asked_by, asked_at, due_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            e.id.as_str(),
            e.case.as_ref().map(CaseRef::as_str),
            e.agency.as_str(),
            e.subject.as_str(),
            e.link.as_deref(),
            e.question.as_str(),
            e.asked_by.as_ref().map(AsRef::as_ref),
            e.asked_at.as_millisecond(),
            e.due_at.as_millisecond()
        ],
    )?;
    Ok(())
}

pub fn find(conn: &mut Conn<'_>, id: &str) -> Result<Option<Explanation>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM explanation e WHERE e.id = $1");
    conn.query_opt(&sql, params![id], to_explanation)
}

/// `false`: it was answered before.
pub fn answer(conn: &mut Conn<'_>, ctx: &Ctx, id: &str, words: &str) -> Result<bool, DbError> {
    let done = conn.execute(
        "UPDATE explanation SET answer = $1, answered_at = $2, answered_by = $3 WHERE id = $4 AND answered_at IS NULL",
        params![
            words,
            ctx.now.as_millisecond(),
            ctx.actor.account.as_ref().map(AsRef::as_ref),
            id
        ],
    )?;
    Ok(done == 1)
}

pub fn about(conn: &mut Conn<'_>, case: &CaseRef) -> Result<Vec<Explanation>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM explanation e WHERE e.case_ref = $1 ORDER BY e.id");
    conn.query(&sql, params![case.as_str()], to_explanation)
}

/// What is wanted of a list. `before`: the id and time after which a page goes on.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub agency: Option<AgencyId>,
    /// Not answered yet.
    pub open: bool,
    pub before: Option<(i64, String)>,
}

/// Newest first; open ones by deadline. Only what everybody may read of.
pub fn newest(
    conn: &mut Conn<'_>,
    wanted: &Wanted,
    limit: usize,
) -> Result<Vec<Explanation>, DbError> {
    let mut select = Select::new(format!("SELECT {COLUMNS} FROM explanation e WHERE {IN_PUBLIC}"));
    if let Some(agency) = &wanted.agency {
        select.and("e.agency =", Value::Text(agency.as_str()));
    }
    if wanted.open {
        select.push(" AND e.answered_at IS NULL");
    }
    if let Some((at, id)) = &wanted.before {
        let (at, id) = (select.place(Value::Int(*at)), select.place(Value::Text(id)));
        select.push(&format!(" AND (e.asked_at, e.id) < ({at}, {id})"));
    }
    let order = if wanted.open { "e.due_at, e.id" } else { "e.asked_at DESC, e.id DESC" };
    select.push(&format!(" ORDER BY {order} LIMIT "));
    select.value(Value::Int(limit as i64));
    conn.query(&select.sql, &select.values, to_explanation)
}

/// How many are not answered: of one agency, or of all.
pub fn open(conn: &mut Conn<'_>, agency: Option<&AgencyId>) -> Result<i64, DbError> {
    let sql = format!(
        "SELECT COUNT(*) FROM explanation e WHERE e.answered_at IS NULL AND e.agency = COALESCE($1, e.agency) AND {IN_PUBLIC}"
    );
    conn.query_one(&sql, params![agency.map(AgencyId::as_str)], |row| row.get(0))
}

/// Those whose deadline passed without an answer and without a word about it.
pub fn late(conn: &mut Conn<'_>, now: Timestamp, limit: usize) -> Result<Vec<String>, DbError> {
    conn.query(
        "SELECT id FROM explanation WHERE answered_at IS NULL AND told_late_at IS NULL AND due_at < $1 ORDER BY due_at LIMIT $2",
        params![now.as_millisecond(), limit as i64],
        |row| row.get(0),
    )
}

pub fn told_late(conn: &mut Conn<'_>, id: &str, now: Timestamp) -> Result<bool, DbError> {
    let done = conn.execute(
        "UPDATE explanation SET told_late_at = $1 WHERE id = $2 AND told_late_at IS NULL AND answered_at IS NULL",
        params![now.as_millisecond(), id],
    )?;
    Ok(done == 1)
}

/// Those that were told to be late in the span: the agency, and the report if it is about one.
pub fn told_late_between(
    conn: &mut Conn<'_>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<(AgencyId, Option<CaseRef>)>, DbError> {
    let sql = format!(
        "SELECT e.agency, e.case_ref FROM explanation e WHERE e.told_late_at >= $1 AND e.told_late_at < $2 AND {IN_PUBLIC} ORDER BY e.id"
    );
    conn.query(&sql, params![from.as_millisecond(), to.as_millisecond()], |row| {
        Ok((row.id(0)?, row.optional_id(1)?))
    })
}
