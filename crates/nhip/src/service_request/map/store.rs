//! The SQL that brings the map what changed.
//!
//! Tables: reads `service_request`.

use super::Standing;
use crate::platform::clock::from_ms;
use crate::platform::db::{Conn, DbError, params};
use crate::service_request::list::filter::PageKey;
use crate::service_request::store::corrupt;
use domain::disclosure::Openness;
use domain::place::{Exactness, Point};
use domain::service_request::{Outcome, State};

/// Reports as the map needs them, changed after this key, in the order of their changes.
pub fn changed_since(
    conn: &mut Conn<'_>,
    after: &PageKey,
    limit: usize,
) -> Result<Vec<Standing>, DbError> {
    conn.query(
        "SELECT id, service, area, agency, state, outcome, lat, long, received_at, closed_at, due_at, updated_at, \
         public, confidential, hidden IS NOT NULL, field, exactness \
         FROM service_request WHERE (updated_at, id) > ($1, $2) ORDER BY updated_at, id LIMIT $3",
        params![after.at, after.id.as_str(), limit as i64],
        |row| {
            let id: String = row.get(0)?;
            let bad = |column| corrupt(column, &id);
            let time = |at: Option<i64>| at.map(from_ms);
            Ok(Standing {
                id: id.parse().map_err(|_| bad("id"))?,
                service: row.get::<String>(1)?.parse().map_err(|_| bad("service"))?,
                field: row.get(15)?,
                area: row.get::<String>(2)?.parse().map_err(|_| bad("area"))?,
                agency: row.get::<String>(3)?.parse().map_err(|_| bad("agency"))?,
                state: State::parse(&row.get::<String>(4)?).ok_or_else(|| bad("state"))?,
                outcome: row.get::<Option<String>>(5)?.and_then(|text| Outcome::parse(&text)),
                openness: Openness::of(row.get(12)?, row.get(13)?, row.get(14)?),
                point: Point::new(row.get(6)?, row.get(7)?).map_err(|_| bad("lat"))?,
                exactness: Exactness::parse(&row.get::<String>(16)?)
                    .ok_or_else(|| bad("exactness"))?,
                received_at: row.instant(8)?,
                closed_at: time(row.get(9)?),
                due_at: time(row.get(10)?),
                updated_at: row.instant(11)?,
            })
        },
    )
}
