//! SQL of the services that reports are of, whether the pack has them or not.
//!
//! Tables: `service_text`; reads `service_request`.

use crate::platform::db::{Conn, DbError, Row, params};
use domain::ids::{FieldCode, ServiceCode};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The text of each service that a pack has had.
pub fn kept(conn: &mut Conn<'_>) -> Result<BTreeMap<String, String>, DbError> {
    let sql = "SELECT service, body FROM service_text";
    let all = conn.query(sql, params![], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(all.into_iter().collect())
}

pub fn keep(
    conn: &mut Conn<'_>,
    service: &ServiceCode,
    body: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO service_text (service, body, changed_at) VALUES ($1, $2, $3) \
         ON CONFLICT (service) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at",
        params![service.as_str(), body, now.as_millisecond()],
    )?;
    Ok(())
}

fn code<T: std::str::FromStr>(row: &Row<'_>, index: usize) -> Result<Option<T>, DbError> {
    Ok(row.get::<String>(index)?.parse().ok())
}

/// The services there is a report of; by an index alone.
pub fn services(conn: &mut Conn<'_>) -> Result<Vec<ServiceCode>, DbError> {
    let sql = "SELECT DISTINCT service FROM service_request ORDER BY service";
    Ok(conn.query(sql, params![], |row| code(row, 0))?.into_iter().flatten().collect())
}

/// The fields there is a report of; by an index alone.
pub fn fields(conn: &mut Conn<'_>) -> Result<Vec<FieldCode>, DbError> {
    let sql = "SELECT DISTINCT field FROM service_request ORDER BY field";
    Ok(conn.query(sql, params![], |row| code(row, 0))?.into_iter().flatten().collect())
}

/// What the reports of a service tell of it: the field of the newest, and whether any is confidential.
pub fn told_by_reports(
    conn: &mut Conn<'_>,
    service: &ServiceCode,
) -> Result<(Option<FieldCode>, bool), DbError> {
    let field = conn.query_opt(
        "SELECT field FROM service_request WHERE service = $1 AND field <> '' ORDER BY received_at DESC, id DESC LIMIT 1",
        params![service.as_str()],
        |row| code(row, 0),
    )?;
    let confidential = conn.query_opt(
        "SELECT 1 FROM service_request WHERE service = $1 AND confidential = 1 LIMIT 1",
        params![service.as_str()],
        |row| row.get::<i64>(0),
    )?;
    Ok((field.flatten(), confidential.is_some()))
}

/// How many reports of a service are open.
pub fn open(conn: &mut Conn<'_>, service: &ServiceCode) -> Result<i64, DbError> {
    conn.query_one(
        "SELECT COUNT(*) FROM service_request WHERE service = $1 AND state <> 'closed'",
        params![service.as_str()],
        |row| row.get(0),
    )
}
