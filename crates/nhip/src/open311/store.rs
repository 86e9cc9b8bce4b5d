//! All SQL of the Open311 door that is not of one report: lists, their totals, notes, updates.
//!
//! Tables: reads `attachment`, `event`, `service_request`.

use super::query::{Query, Span};
use crate::platform::db::{Conn, DbError, Row, Select, Value, dialect, params};
use domain::disclosure::{Openness, STREET_METRES};
use domain::ids::{AgencyId, AreaId, EventId, FieldCode, MediaId, ServiceCode, ServiceRequestId};
use domain::place::{BoundingBox, Exactness, Point};
use domain::service_request::event::EventData;
use domain::service_request::{Outcome, State};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A report as a row of a list, before it is decided what of it is shown.
#[derive(Debug, Clone)]
pub struct Listed {
    pub id: ServiceRequestId,
    pub openness: Openness,
    pub state: State,
    pub outcome: Option<Outcome>,
    pub field: FieldCode,
    pub service: ServiceCode,
    pub area: AreaId,
    pub agency: AgencyId,
    /// Redacted, where a moderator did so.
    pub description: String,
    pub address: Option<String>,
    pub point: Point,
    pub exactness: Exactness,
    pub received_at: Timestamp,
    pub updated_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub photo: Option<MediaId>,
    pub result_photo: Option<MediaId>,
    pub language: String,
    /// JSON.
    pub attributes: Option<String>,
}

const COLUMNS: &str = "r.id, r.state, r.outcome, r.field, r.service, r.area, r.agency, COALESCE(r.redacted, r.description), \
    r.address, r.lat, r.long, r.received_at, r.updated_at, r.closed_at, r.due_at, r.photo, r.result_photo, r.language, \
    r.attributes, r.public, r.confidential, r.hidden, r.exactness";

fn to_listed(row: &Row<'_>) -> Result<Listed, DbError> {
    let media =
        |index: usize| row.get::<Option<String>>(index).map(|id| id.and_then(|id| id.parse().ok()));
    let outside = |_| DbError::Corrupt {
        column: "service_request.lat".to_owned(),
        found: "something else",
        expected: "degrees",
    };
    Ok(Listed {
        id: row.id(0)?,
        state: row.word(1, State::parse)?,
        outcome: row.get::<Option<String>>(2)?.and_then(|t| Outcome::parse(&t)),
        field: row.id(3)?,
        service: row.id(4)?,
        area: row.id(5)?,
        agency: row.id(6)?,
        description: row.get(7)?,
        address: row.get(8)?,
        point: Point::new(row.get(9)?, row.get(10)?).map_err(outside)?,
        received_at: row.instant(11)?,
        updated_at: row.instant(12)?,
        closed_at: row.optional_instant(13)?,
        due_at: row.optional_instant(14)?,
        photo: media(15)?,
        result_photo: media(16)?,
        language: row.get(17)?,
        attributes: row.get(18)?,
        openness: openness(row, 19)?,
        exactness: row.word(22, Exactness::parse)?,
    })
}

/// From the three columns at `first`: public, confidential, hidden.
fn openness(row: &Row<'_>, first: usize) -> Result<Openness, DbError> {
    let hidden = row.get::<Option<String>>(first + 2)?.is_some();
    Ok(match (hidden, row.get(first + 1)?, row.get(first)?) {
        (true, _, _) => Openness::Hidden,
        (false, true, _) => Openness::Confidential,
        (false, false, true) => Openness::Open,
        (false, false, false) => Openness::Private,
    })
}

/// A page of what was asked for, newest first.
pub fn list(conn: &mut Conn<'_>, query: &Query) -> Result<Vec<Listed>, DbError> {
    let Some(words) = text_query(conn, query) else { return Ok(Vec::new()) };
    let (limit, offset) = (query.page_size, query.offset());
    let mut select = select(conn, COLUMNS, words.as_deref());
    select.ask(query);
    select.newest(query);
    select.push(" LIMIT ");
    select.value(Value::Int(limit));
    select.push(" OFFSET ");
    select.value(Value::Int(offset));
    conn.query(&select.sql, &select.values, to_listed)
}

pub fn count(conn: &mut Conn<'_>, query: &Query) -> Result<i64, DbError> {
    let Some(words) = text_query(conn, query) else { return Ok(0) };
    let mut select = select(conn, "COUNT(*)", words.as_deref());
    select.ask(query);
    conn.query_one(&select.sql, &select.values, |row| row.get(0))
}

/// Where every report lies that a query about a place may find, newest first: code, service, true place. What is shown
/// of the place may lie elsewhere, so the caller decides.
pub fn places(
    conn: &mut Conn<'_>,
    query: &Query,
) -> Result<Vec<(ServiceRequestId, ServiceCode, Point)>, DbError> {
    let Some(words) = text_query(conn, query) else { return Ok(Vec::new()) };
    let mut select = select(conn, "r.id, r.service, r.lat, r.long", words.as_deref());
    select.ask(query);
    for bounds in query.within.into_iter().chain(query.near.map(|(p, m)| BoundingBox::around(p, m)))
    {
        select.lies_near(bounds);
    }
    select.push(" AND r.exactness <> 'area'");
    select.newest(query);
    let found = conn.query(&select.sql, &select.values, |row| {
        let point = Point::new(row.get(2)?, row.get(3)?).ok();
        Ok(point.map(|point| Ok((row.id(0)?, row.id(1)?, point))))
    })?;
    found.into_iter().flatten().collect()
}

/// Reports by their codes, newest first, as far as they exist.
pub fn by_ids(conn: &mut Conn<'_>, ids: &[ServiceRequestId]) -> Result<Vec<Listed>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = select(conn, COLUMNS, None);
    select.one_of("r.id", ids.iter().map(AsRef::as_ref));
    select.push(" ORDER BY r.received_at DESC, r.id DESC");
    conn.query(&select.sql, &select.values, to_listed)
}

/// When any report changed last, in milliseconds.
pub fn newest_change(conn: &mut Conn<'_>) -> Result<i64, DbError> {
    let newest = conn.query_one("SELECT MAX(updated_at) FROM service_request", &[], |row| {
        row.get::<Option<i64>>(0)
    })?;
    Ok(newest.unwrap_or(0))
}

/// What to look up in the index of words: `Some(None)` when no words were asked for, `None` when they are none.
fn text_query(conn: &Conn<'_>, query: &Query) -> Option<Option<String>> {
    match &query.words {
        None => Some(None),
        Some(words) => dialect::text_query(conn.engine(), words, &BTreeMap::new()).map(Some),
    }
}

/// Begins a statement over reports, `r`; over those that the words find, if there are any.
fn select<'a>(conn: &Conn<'_>, columns: &str, words: Option<&'a str>) -> Select<'a> {
    let Some(words) = words else {
        return Select::new(format!("SELECT {columns} FROM service_request r WHERE 1 = 1"));
    };
    let hits = dialect::text_hits(conn.engine(), 1);
    let mut select = Select::new(format!(
        "SELECT {columns} FROM ({hits}) AS hit JOIN service_request r ON r.id = hit.request WHERE 1 = 1"
    ));
    select.values.push(Value::Text(words));
    select
}

/// What a query asks, as conditions.
impl<'a> Select<'a> {
    /// Everything but the place. Who asks by what not everybody may see finds only what is open to all.
    fn ask(&mut self, query: &'a Query) {
        if !query.ids.is_empty() {
            self.one_of("r.id", query.ids.iter().map(AsRef::as_ref));
        }
        if query.words.is_some() || !query.services.is_empty() || query.is_about_a_place() {
            self.push(" AND r.open_to_all = 1");
        }
        if !query.services.is_empty() {
            self.one_of("r.service", query.services.iter().map(AsRef::as_ref));
        }
        match query.closed {
            Some(true) => self.push(" AND r.state = 'closed'"),
            Some(false) => self.push(" AND r.state <> 'closed'"),
            None => {}
        }
        self.span("r.received_at", query.received);
        // The instant that is shown as `updated_datetime`: for a closed report, when it was closed.
        self.span("COALESCE(r.closed_at, r.updated_at)", query.updated);
    }

    fn span(&mut self, column: &str, span: Span) {
        for (comparison, bound) in [(">=", span.from), ("<", span.to)] {
            if let Some(at) = bound {
                self.and(&format!("{column} {comparison}"), Value::Int(at.as_millisecond()));
            }
        }
    }

    /// A box, wider by how far a public place may lie from the true one.
    fn lies_near(&mut self, bounds: BoundingBox) {
        let wider = |corner| BoundingBox::around(corner, STREET_METRES);
        let (low, high) =
            (wider(bounds.south_west()).south_west(), wider(bounds.north_east()).north_east());
        let wide =
            BoundingBox::new(low.long(), low.lat(), high.long(), high.lat()).unwrap_or(bounds);
        self.lies_in("r.", wide);
    }

    /// The sum keeps the engine from walking all reports by date when it has something narrower to begin with.
    fn newest(&mut self, query: &Query) {
        let elsewhere = query.received == Span::default() && query.updated != Span::default();
        let narrower = elsewhere || query.is_about_a_place() || query.words.is_some();
        let order = if narrower { "r.received_at + 0" } else { "r.received_at" };
        self.push(&format!(" ORDER BY {order} DESC, r.id DESC"));
    }
}

/// A public step of a report's history.
#[derive(Debug, Clone)]
pub struct Step {
    pub id: EventId,
    pub request: ServiceRequestId,
    pub at: Timestamp,
    pub to: State,
    pub data: EventData,
    /// The first that is not out of the public's sight; of a covered one the cover.
    pub photo: Option<MediaId>,
    pub openness: Openness,
}

/// The last column is the photo. The one before: is it an answer that no publication followed in its attempt? It is a step, and says nothing yet.
const STEP: &str = "SELECT e.id, e.case_ref, e.at, e.to_state, e.data, r.public, r.confidential, r.hidden, \
    CASE WHEN e.verb = 'answer' AND NOT EXISTS (SELECT 1 FROM event p WHERE p.case_ref = e.case_ref \
    AND p.verb = 'publish' AND p.attempt = e.attempt AND p.seq > e.seq) THEN 1 ELSE 0 END, \
    (SELECT q.media FROM attachment q WHERE q.case_ref = e.case_ref AND q.event = e.id AND q.hidden IS NULL \
    ORDER BY q.position, q.media LIMIT 1) FROM event e JOIN service_request r ON r.id = e.case_ref WHERE e.visibility = 'public'";

fn to_step(row: &Row<'_>) -> Result<Step, DbError> {
    let is_told = row.get::<i64>(8)? == 0;
    let photo: Option<String> = row.get(9)?;
    Ok(Step {
        id: row.id(0)?,
        request: row.id(1)?,
        at: row.instant(2)?,
        to: row.word(3, State::parse)?,
        data: if is_told {
            row.parse(4, "JSON", |t| serde_json::from_str(t).ok())?
        } else {
            EventData::default()
        },
        photo: photo.filter(|_| is_told).and_then(|id| id.parse().ok()),
        openness: openness(row, 5)?,
    })
}

/// The public steps of these reports, oldest first.
pub fn steps_of(conn: &mut Conn<'_>, reports: &[Listed]) -> Result<Vec<Step>, DbError> {
    if reports.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Select::new(STEP);
    select.one_of("e.case_ref", reports.iter().map(|report| report.id.as_str()));
    select.push(" ORDER BY e.case_ref, e.seq");
    conn.query(&select.sql, &select.values, to_step)
}

/// The public steps of all reports between two ids, which sort by time; oldest first.
pub fn steps_between(
    conn: &mut Conn<'_>,
    from: &str,
    to: &str,
    limit: i64,
    offset: i64,
) -> Result<Vec<Step>, DbError> {
    let sql = format!("{STEP} AND e.id >= $1 AND e.id < $2 ORDER BY e.id LIMIT $3 OFFSET $4");
    conn.query(&sql, params![from, to, limit, offset], to_step)
}
