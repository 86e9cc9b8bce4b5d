//! The SQL of reports that come again at the same place: chains.
//!
//! Tables: `service_request`.

use super::recurrence::Link;
use crate::platform::db::{Conn, DbError, Select, Value, params};
use crate::service_request::store::{COLUMNS, to_request};
use domain::ids::ServiceRequestId;
use domain::place::BoundingBox;
use domain::service_request::ServiceRequest;
use jiff::Timestamp;

/// The first report of the chain and the place in it; `None`: it follows no other.
pub fn chain_of(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
) -> Result<Option<(ServiceRequestId, i64)>, DbError> {
    let found = conn.query_opt(
        "SELECT chain, chain_place FROM service_request WHERE id = $1 AND chain IS NOT NULL",
        params![request.as_str()],
        |row| Ok((row.id(0)?, row.get(1)?)),
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
    let mut select = Select::new(format!(
        "SELECT {COLUMNS} FROM service_request WHERE state = 'closed' AND confidential = 0 AND exactness <> 'area'"
    ));
    select.cells("cell", BoundingBox::around(report.point, metres));
    select.and("service =", Value::Text(report.service.as_str()));
    select.and("id <>", Value::Text(report.id.as_str()));
    select.and("closed_at >=", Value::Int(since.as_millisecond()));
    select.and("closed_at <=", Value::Int(report.received_at.as_millisecond()));
    select.push(" ORDER BY closed_at DESC");
    let found = conn.query(&select.sql, &select.values, to_request)?;
    Ok(found.into_iter().filter(|other| other.point.distance_m(report.point) <= metres).collect())
}
