//! All SQL of cards.
//!
//! Tables: `card`, `card_report`; reads `event`, `promise`, `service_request`.

use crate::accountability::card::{Card, Ruling};
use crate::platform::ctx::Ctx;
use crate::platform::db::{Conn, DbError, Row, params};
use crate::service_request::store::{COLUMNS, to_request};
use domain::card::CardColour;
use domain::ids::{AgencyId, ServiceRequestId};
use domain::service_request::ServiceRequest;
use domain::service_request::event::EventData;
use jiff::Timestamp;

// --- cards ---

const CARD: &str = "id, rule, colour, agency, period, given_at, contested_at, contest, ruling, ruling_words, ruled_at";

fn to_card(row: &Row<'_>) -> Result<Card, DbError> {
    let ruling = row.get::<Option<String>>(8)?;
    Ok(Card {
        id: row.get(0)?,
        rule: row.get(1)?,
        colour: row.word(2, CardColour::parse)?,
        agency: row.id(3)?,
        period: row.get(4)?,
        given_at: row.instant(5)?,
        contested_at: row.optional_instant(6)?,
        contest: row.get(7)?,
        ruling: ruling.map(|_| row.word(8, Ruling::parse)).transpose()?,
        ruling_words: row.get(9)?,
        ruled_at: row.optional_instant(10)?,
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
        "SELECT e.case_ref, e.data FROM event e JOIN service_request r ON r.id = e.case_ref WHERE e.verb = 'escalate' \
         AND e.at >= $1 AND e.at < $2 AND r.confidential = 0 ORDER BY e.at, e.id",
        params![from.as_millisecond(), to.as_millisecond()],
        |row| {
            let data = row.parse(1, "what an event carries", |text| {
                serde_json::from_str::<EventData>(text).ok()
            })?;
            Ok((row.id(0)?, data))
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
        |row| Ok((row.id(0)?, Some(row.id(1)?))),
    )
}
