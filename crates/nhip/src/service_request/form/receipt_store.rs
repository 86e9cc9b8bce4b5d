//! The SQL of receipts: which secret opens which report.
//!
//! Tables: `receipt`.

use crate::platform::db::{Conn, DbError, params};
use domain::ids::ServiceRequestId;
use jiff::Timestamp;

pub fn insert(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    token_hash: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO receipt (token_hash, case_ref, created_at) VALUES ($1, $2, $3)",
        params![token_hash, request.as_str(), now.as_millisecond()],
    )?;
    Ok(())
}

/// The report a receipt opens.
pub fn find(conn: &mut Conn<'_>, token_hash: &str) -> Result<Option<ServiceRequestId>, DbError> {
    conn.query_opt(
        "SELECT case_ref FROM receipt WHERE token_hash = $1",
        params![token_hash],
        |row| row.id(0),
    )
}
