//! The SQL behind suggestions and duplicates: what was decided, and what was told where.
//!
//! Tables: reads `attachment`, `event`, `media`, `service_request`.

use crate::platform::db::{Conn, DbError, Row, Select, params};
use crate::service_request::store::corrupt;
use domain::ids::{ServiceCode, ServiceRequestId};
use domain::place::Point;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A report on whose service somebody at the centre decided: they took it in, or they corrected it.
#[derive(Debug, Clone)]
pub struct Decision {
    pub id: String,
    pub received_at: i64,
    pub text: String,
    pub language: String,
    pub address: String,
    pub service: ServiceCode,
}

/// When any report changed last; 0 where there is none.
pub fn last_change(conn: &mut Conn<'_>) -> Result<i64, DbError> {
    let sql = "SELECT COALESCE(MAX(updated_at), 0) FROM service_request";
    conn.query_one(sql, &[], |row| row.get(0))
}

/// The decisions on the newest reports received before this one (`received_at`, `id`). Only what everybody may read
/// teaches: what was said about an official, in private, or in words that were taken out shows in no suggestion.
pub fn decided_before(
    conn: &mut Conn<'_>,
    (at, id): (i64, &str),
    limit: usize,
) -> Result<Vec<Decision>, DbError> {
    conn.query(
        "SELECT id, received_at, COALESCE(redacted, description), language, COALESCE(address, ''), service FROM service_request \
         WHERE (received_at, id) < ($1, $2) AND open_to_all = 1 \
         AND (accepted_at IS NOT NULL OR (state <> 'closed' AND EXISTS \
         (SELECT 1 FROM event WHERE event.case_ref = service_request.id AND event.verb = 'correct'))) \
         ORDER BY received_at DESC, id DESC LIMIT $3",
        params![at, id, limit as i64],
        |row| {
            let id: String = row.get(0)?;
            let service = row.get::<String>(5)?.parse().map_err(|_| corrupt("service", &id))?;
            Ok(Decision {
                id,
                received_at: row.get(1)?,
                text: row.get(2)?,
                language: row.get(3)?,
                address: row.get(4)?,
                service,
            })
        },
    )
}

/// The perceptual hashes of the photos that came with these reports and are shown.
pub fn looks_of(
    conn: &mut Conn<'_>,
    reports: &[&ServiceRequestId],
) -> Result<BTreeMap<String, Vec<i64>>, DbError> {
    let mut looks: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    if reports.is_empty() {
        return Ok(looks);
    }
    let mut select = Select::new(
        "SELECT r.case_ref, m.phash FROM attachment r JOIN media m ON m.id = r.media \
         WHERE r.stage = 'before' AND r.hidden IS NULL AND m.phash IS NOT NULL",
    );
    select.one_of("r.case_ref", reports.iter().map(|id| id.as_str()));
    let read = |row: &Row<'_>| Ok((row.get::<String>(0)?, row.get::<i64>(1)?));
    let rows = conn.query(&select.sql, &select.values, read)?;
    for (request, look) in rows {
        looks.entry(request).or_default().push(look);
    }
    Ok(looks)
}

/// A report as others meet it when they are about to send theirs.
#[derive(Debug, Clone)]
pub struct Stood {
    pub id: String,
    pub service: ServiceCode,
    pub text: String,
    pub point: Point,
    pub received_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub looks: Vec<i64>,
}

/// All reports that are open to all and whose place is known, in the order in which they came.
pub fn all_open(conn: &mut Conn<'_>) -> Result<Vec<Stood>, DbError> {
    let mut looks: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    let rows = conn.query(
        "SELECT r.case_ref, m.phash FROM attachment r JOIN media m ON m.id = r.media \
         WHERE r.stage = 'before' AND r.hidden IS NULL AND m.phash IS NOT NULL",
        &[],
        |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?)),
    )?;
    for (request, look) in rows {
        looks.entry(request).or_default().push(look);
    }
    conn.query(
        "SELECT id, service, COALESCE(redacted, description), lat, long, received_at, closed_at FROM service_request \
         WHERE open_to_all = 1 AND exactness <> 'area' ORDER BY received_at, id",
        &[],
        |row| {
            let id: String = row.get(0)?;
            Ok(Stood {
                service: row.get::<String>(1)?.parse().map_err(|_| corrupt("service", &id))?,
                text: row.get(2)?,
                point: Point::new(row.get(3)?, row.get(4)?).map_err(|_| corrupt("lat", &id))?,
                received_at: row.instant(5)?,
                closed_at: row.optional_instant(6)?,
                looks: looks.remove(&id).unwrap_or_default(),
                id,
            })
        },
    )
}
