//! The SQL that finds open reports near another.

use crate::account::policy::Sight;
use crate::platform::db::{Conn, DbError, Value};
use crate::service_request::staff::store::Where;
use crate::service_request::store::{COLUMNS, to_request};
use domain::place::{BoundingBox, cell};
use domain::service_request::{ServiceRequest, State};

/// Open reports within `metres` of this one, at most so many.
pub fn open_near(
    conn: &mut Conn<'_>,
    report: &ServiceRequest,
    sight: &Sight,
    metres: f64,
    limit: usize,
) -> Result<Vec<ServiceRequest>, DbError> {
    let bounds = BoundingBox::around(report.point, metres);
    let mut narrowed = Where::new();
    narrowed.states(&[State::Received, State::Assigned, State::InProgress, State::InReview]);
    narrowed.sight(sight);
    narrowed.and("id <>", Value::Text(report.id.as_str()));
    narrowed.sql.push_str(" AND exactness <> 'area'");
    let ranges: Vec<String> = cell::cover(bounds, cell::MAX_RANGES)
        .into_iter()
        .map(|(first, last)| format!("cell BETWEEN {first} AND {last}"))
        .collect();
    let limit = narrowed.place(Value::Int(limit as i64));
    let sql = format!(
        "SELECT {COLUMNS} FROM service_request WHERE {} AND ({}) ORDER BY received_at DESC LIMIT {limit}",
        narrowed.sql,
        if ranges.is_empty() { "1 = 0".to_owned() } else { ranges.join(" OR ") }
    );
    let found = conn.query(&sql, &narrowed.values, to_request)?;
    Ok(found.into_iter().filter(|other| other.point.distance_m(report.point) <= metres).collect())
}
