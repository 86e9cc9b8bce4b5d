//! The SQL that finds open reports near another.
//!
//! Tables: reads `service_request`.

use crate::account::policy::Sight;
use crate::platform::db::{Conn, DbError, Select, Value};
use crate::service_request::staff::store::{in_sight, in_states};
use crate::service_request::store::{COLUMNS, to_request};
use domain::place::BoundingBox;
use domain::service_request::{ServiceRequest, State};

/// Open reports within `metres` of this one, at most so many.
pub fn open_near(
    conn: &mut Conn<'_>,
    report: &ServiceRequest,
    sight: &Sight,
    metres: f64,
    limit: usize,
) -> Result<Vec<ServiceRequest>, DbError> {
    let mut select = Select::new(format!("SELECT {COLUMNS} FROM service_request WHERE 1 = 1"));
    in_states(&mut select, &[State::Received, State::Assigned, State::InProgress, State::InReview]);
    in_sight(&mut select, sight);
    select.and("id <>", Value::Text(report.id.as_str()));
    select.push(" AND exactness <> 'area'");
    select.cells("cell", BoundingBox::around(report.point, metres));
    select.push(" ORDER BY received_at DESC LIMIT ");
    select.value(Value::Int(limit as i64));
    let found = conn.query(&select.sql, &select.values, to_request)?;
    Ok(found.into_iter().filter(|other| other.point.distance_m(report.point) <= metres).collect())
}
