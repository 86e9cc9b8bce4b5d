//! All SQL of explanations, cards and chains.

use super::cards::{Card, Ruling};
use super::explain::Explanation;
use super::recur::Link;
use crate::platform::clock::from_ms;
use crate::platform::ctx::Ctx;
use crate::platform::db::{Conn, DbError, Row, Value, params};
use crate::service_request::store::{COLUMNS, to_request};
use domain::card::CardColour;
use domain::ids::{AgencyId, ServiceRequestId};
use domain::place::{BoundingBox, cell};
use domain::service_request::ServiceRequest;
use domain::service_request::event::EventData;
use jiff::Timestamp;

fn id<T: std::str::FromStr>(row: &Row<'_>, index: usize) -> Result<T, DbError> {
    row.parse(index, "an id", |text| text.parse().ok())
}

fn optional_id<T: std::str::FromStr>(row: &Row<'_>, index: usize) -> Result<Option<T>, DbError> {
    row.get::<Option<String>>(index)?.map(|_| id(row, index)).transpose()
}

fn instant(row: &Row<'_>, index: usize) -> Result<Option<Timestamp>, DbError> {
    Ok(row.get::<Option<i64>>(index)?.map(from_ms))
}

// --- explanations ---

const EXPLANATION: &str = "e.id, e.request, e.agency, e.subject, e.link, e.question, e.asked_by, e.asked_at, e.due_at, e.answer, e.answered_at";
/// Those about reports that everybody may read of.
const EXPLAINED_IN_PUBLIC: &str = "(e.request IS NULL OR EXISTS (SELECT 1 FROM service_request r WHERE r.id = e.request AND r.confidential = 0 AND r.hidden IS NULL))";

fn to_explanation(row: &Row<'_>) -> Result<Explanation, DbError> {
    Ok(Explanation {
        id: row.get(0)?,
        request: optional_id(row, 1)?,
        agency: id(row, 2)?,
        subject: row.get(3)?,
        link: row.get(4)?,
        question: row.get(5)?,
        asked_by: optional_id(row, 6)?,
        asked_at: from_ms(row.get(7)?),
        due_at: from_ms(row.get(8)?),
        answer: row.get(9)?,
        answered_at: instant(row, 10)?,
    })
}

pub fn insert_explanation(conn: &mut Conn<'_>, e: &Explanation) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO explanation (id, request, agency, subject, link, question, asked_by, asked_at, due_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            e.id.as_str(),
            e.request.as_ref().map(AsRef::as_ref),
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

pub fn explanation(conn: &mut Conn<'_>, id: &str) -> Result<Option<Explanation>, DbError> {
    let sql = format!("SELECT {EXPLANATION} FROM explanation e WHERE e.id = $1");
    conn.query_opt(&sql, params![id], to_explanation)
}

/// `false`: it was answered before.
pub fn answer_explanation(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    id: &str,
    words: &str,
) -> Result<bool, DbError> {
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

pub fn explanations_about(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
) -> Result<Vec<Explanation>, DbError> {
    let sql = format!("SELECT {EXPLANATION} FROM explanation e WHERE e.request = $1 ORDER BY e.id");
    conn.query(&sql, params![request.as_str()], to_explanation)
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
pub fn explanations(
    conn: &mut Conn<'_>,
    wanted: &Wanted,
    limit: usize,
) -> Result<Vec<Explanation>, DbError> {
    let mut values: Vec<Value<'_>> = Vec::new();
    let mut sql = format!("SELECT {EXPLANATION} FROM explanation e WHERE {EXPLAINED_IN_PUBLIC}");
    if let Some(agency) = &wanted.agency {
        values.push(Value::Text(agency.as_str()));
        sql.push_str(&format!(" AND e.agency = ${}", values.len()));
    }
    if wanted.open {
        sql.push_str(" AND e.answered_at IS NULL");
    }
    if let Some((at, id)) = &wanted.before {
        values.push(Value::Int(*at));
        values.push(Value::Text(id));
        let n = values.len();
        sql.push_str(&format!(" AND (e.asked_at, e.id) < (${}, ${n})", n - 1));
    }
    values.push(Value::Int(limit as i64));
    let order = if wanted.open { "e.due_at, e.id" } else { "e.asked_at DESC, e.id DESC" };
    sql.push_str(&format!(" ORDER BY {order} LIMIT ${}", values.len()));
    conn.query(&sql, &values, to_explanation)
}

/// How many are not answered: of one agency, or of all.
pub fn open_explanations(conn: &mut Conn<'_>, agency: Option<&AgencyId>) -> Result<i64, DbError> {
    let sql = format!(
        "SELECT COUNT(*) FROM explanation e WHERE e.answered_at IS NULL AND e.agency = COALESCE($1, e.agency) AND {EXPLAINED_IN_PUBLIC}"
    );
    conn.query_one(&sql, params![agency.map(AgencyId::as_str)], |row| row.get(0))
}

/// Those whose deadline passed without an answer and without a word about it.
pub fn late_explanations(
    conn: &mut Conn<'_>,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<String>, DbError> {
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

// --- cards ---

const CARD: &str = "id, rule, colour, agency, period, given_at, contested_at, contest, ruling, ruling_words, ruled_at";

fn to_card(row: &Row<'_>) -> Result<Card, DbError> {
    let ruling = row.get::<Option<String>>(8)?;
    Ok(Card {
        id: row.get(0)?,
        rule: row.get(1)?,
        colour: row.parse(2, "a colour", CardColour::parse)?,
        agency: id(row, 3)?,
        period: row.get(4)?,
        given_at: from_ms(row.get(5)?),
        contested_at: instant(row, 6)?,
        contest: row.get(7)?,
        ruling: ruling.map(|_| row.parse(8, "a ruling", Ruling::parse)).transpose()?,
        ruling_words: row.get(9)?,
        ruled_at: instant(row, 10)?,
    })
}

/// `false`: this rule gave the agency one for the month before.
pub fn insert_card(conn: &mut Conn<'_>, c: &Card) -> Result<bool, DbError> {
    let done = conn.execute(
        "INSERT INTO card (id, rule, colour, agency, period, given_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (rule, agency, period) DO NOTHING",
        params![
            c.id.as_str(),
            c.rule.as_str(),
            c.colour.as_str(),
            c.agency.as_str(),
            c.period.as_str(),
            c.given_at.as_millisecond()
        ],
    )?;
    Ok(done == 1)
}

/// Puts a report behind the card of that rule, agency and month, until it is ruled on.
pub fn put_card_report(
    conn: &mut Conn<'_>,
    c: &Card,
    report: &ServiceRequestId,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO card_report (card, request) SELECT id, $4 FROM card WHERE rule = $1 AND agency = $2 AND period = $3 \
         AND ruled_at IS NULL ON CONFLICT (card, request) DO NOTHING",
        params![c.rule.as_str(), c.agency.as_str(), c.period.as_str(), report.as_str()],
    )?;
    Ok(())
}

pub fn card(conn: &mut Conn<'_>, id: &str) -> Result<Option<Card>, DbError> {
    let sql = format!("SELECT {CARD} FROM card WHERE id = $1");
    conn.query_opt(&sql, params![id], to_card)
}

/// Newest first, of one agency or of all.
pub fn cards(
    conn: &mut Conn<'_>,
    agency: Option<&AgencyId>,
    limit: usize,
) -> Result<Vec<Card>, DbError> {
    let sql = format!(
        "SELECT {CARD} FROM card WHERE agency = COALESCE($1, agency) ORDER BY given_at DESC, id DESC LIMIT $2"
    );
    conn.query(&sql, params![agency.map(AgencyId::as_str), limit as i64], to_card)
}

/// Cards that wait for a leader's ruling.
pub fn contested_cards(conn: &mut Conn<'_>) -> Result<i64, DbError> {
    conn.query_one(
        "SELECT COUNT(*) FROM card WHERE contested_at IS NOT NULL AND ruled_at IS NULL",
        params![],
        |row| row.get(0),
    )
}

/// The reports behind a card that everybody may read of.
pub fn reports_behind(conn: &mut Conn<'_>, card: &str) -> Result<Vec<ServiceRequest>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM service_request WHERE confidential = 0 AND id IN (SELECT request FROM card_report WHERE card = $1) ORDER BY received_at, id"
    );
    conn.query(&sql, params![card], to_request)
}

pub fn contest_card(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    id: &str,
    words: &str,
) -> Result<bool, DbError> {
    let done = conn.execute(
        "UPDATE card SET contest = $1, contested_at = $2, contested_by = $3 WHERE id = $4 AND contested_at IS NULL",
        params![words, ctx.now.as_millisecond(), ctx.actor.account.as_ref().map(AsRef::as_ref), id],
    )?;
    Ok(done == 1)
}

pub fn rule_card(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    id: &str,
    ruling: Ruling,
    words: &str,
) -> Result<bool, DbError> {
    let done = conn.execute(
        "UPDATE card SET ruling = $1, ruling_words = $2, ruled_at = $3, ruled_by = $4 \
         WHERE id = $5 AND contested_at IS NOT NULL AND ruled_at IS NULL",
        params![
            ruling.as_str(),
            words,
            ctx.now.as_millisecond(),
            ctx.actor.account.as_ref().map(AsRef::as_ref),
            id
        ],
    )?;
    Ok(done == 1)
}

type Found = Vec<(AgencyId, Option<ServiceRequestId>)>;

/// Reports whose promise reached that share of its time in the span, with the agency that had them then.
pub fn over_percent(
    conn: &mut Conn<'_>,
    from: Timestamp,
    to: Timestamp,
    percent: u32,
) -> Result<Found, DbError> {
    let rows = conn.query(
        "SELECT e.request, e.data FROM event e JOIN service_request r ON r.id = e.request WHERE e.verb = 'escalate' \
         AND e.at >= $1 AND e.at < $2 AND r.confidential = 0 ORDER BY e.at, e.id",
        params![from.as_millisecond(), to.as_millisecond()],
        |row| {
            let data = row.parse(1, "what an event carries", |text| {
                serde_json::from_str::<EventData>(text).ok()
            })?;
            Ok((id(row, 0)?, data))
        },
    )?;
    let reached = |data: &EventData| data.step.is_none() && data.percent == Some(percent);
    let reached = rows.into_iter().filter(|(_, data)| reached(data));
    Ok(reached.filter_map(|(request, data)| Some((data.agency?, Some(request)))).collect())
}

pub fn broken_promises(
    conn: &mut Conn<'_>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Found, DbError> {
    conn.query(
        "SELECT p.agency, p.request FROM promise p JOIN service_request r ON r.id = p.request WHERE p.state = 'broken' \
         AND p.settled_at >= $1 AND p.settled_at < $2 AND r.confidential = 0 ORDER BY p.id",
        params![from.as_millisecond(), to.as_millisecond()],
        |row| Ok((id(row, 0)?, Some(id(row, 1)?))),
    )
}

pub fn explanations_told_late(
    conn: &mut Conn<'_>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Found, DbError> {
    let sql = format!(
        "SELECT e.agency, e.request FROM explanation e WHERE e.told_late_at >= $1 AND e.told_late_at < $2 AND {EXPLAINED_IN_PUBLIC} ORDER BY e.id"
    );
    conn.query(&sql, params![from.as_millisecond(), to.as_millisecond()], |row| {
        Ok((id(row, 0)?, optional_id(row, 1)?))
    })
}

// --- chains ---

/// The first report of the chain and the place in it; `None`: it follows no other.
pub fn chain_of(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
) -> Result<Option<(ServiceRequestId, i64)>, DbError> {
    let found = conn.query_opt(
        "SELECT chain, chain_place FROM service_request WHERE id = $1 AND chain IS NOT NULL",
        params![request.as_str()],
        |row| Ok((id(row, 0)?, row.get(1)?)),
    )?;
    Ok(found)
}

pub fn set_chain(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    before: &ServiceRequestId,
    chain: &ServiceRequestId,
    place: i64,
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE service_request SET recurs = $1, chain = $2, chain_place = $3 WHERE id = $4",
        params![before.as_str(), chain.as_str(), place, request.as_str()],
    )?;
    Ok(())
}

/// Takes a report out of its chain.
pub fn leave_chain(conn: &mut Conn<'_>, request: &ServiceRequestId) -> Result<(), DbError> {
    conn.execute(
        "UPDATE service_request SET recurs = NULL, chain = NULL, chain_place = NULL WHERE id = $1",
        params![request.as_str()],
    )?;
    Ok(())
}

/// All reports of a chain, from its first on.
pub fn chain(conn: &mut Conn<'_>, first: &ServiceRequestId) -> Result<Vec<Link>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM service_request WHERE id = $1 OR chain = $1 ORDER BY COALESCE(chain_place, 1), id"
    );
    conn.query(&sql, params![first.as_str()], |row| {
        let report = to_request(row)?;
        Ok(Link { place: report.again.unwrap_or(1), report })
    })
}

/// Reports of the same service within `metres` that were closed since, and before this one came.
pub fn settled_near(
    conn: &mut Conn<'_>,
    report: &ServiceRequest,
    since: Timestamp,
    metres: f64,
) -> Result<Vec<ServiceRequest>, DbError> {
    let bounds = BoundingBox::around(report.point, metres);
    let ranges: Vec<String> = cell::cover(bounds, cell::MAX_RANGES)
        .into_iter()
        .map(|(first, last)| format!("cell BETWEEN {first} AND {last}"))
        .collect();
    if ranges.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM service_request WHERE ({}) AND state = 'closed' AND service = $1 AND confidential = 0 \
         AND exactness <> 'area' AND id <> $2 AND closed_at >= $3 AND closed_at <= $4 ORDER BY closed_at DESC",
        ranges.join(" OR ")
    );
    let found = conn.query(
        &sql,
        params![
            report.service.as_str(),
            report.id.as_str(),
            since.as_millisecond(),
            report.received_at.as_millisecond()
        ],
        to_request,
    )?;
    Ok(found.into_iter().filter(|other| other.point.distance_m(report.point) <= metres).collect())
}
