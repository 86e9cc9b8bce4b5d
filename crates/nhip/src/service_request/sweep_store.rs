//! SQL of what time itself brings about: questions nobody answered, promises whose date has come.

use crate::platform::db::{Conn, DbError, params};
use domain::ids::ServiceRequestId;
use jiff::Timestamp;

/// Questions whose time is up.
pub fn expired_questions(
    conn: &mut Conn<'_>,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<ServiceRequestId>, DbError> {
    let rows = conn.query(
        "SELECT id FROM service_request WHERE question_until_at IS NOT NULL AND question_until_at <= $1 ORDER BY question_until_at LIMIT $2",
        params![now.as_millisecond(), limit as i64],
        |row| row.get::<String>(0),
    )?;
    Ok(rows.iter().filter_map(|text| text.parse().ok()).collect())
}

/// Promises whose local date has come and that nobody reopened yet.
pub fn due_promises(
    conn: &mut Conn<'_>,
    today: jiff::civil::Date,
    limit: usize,
) -> Result<Vec<ServiceRequestId>, DbError> {
    let rows = conn.query(
        "SELECT id FROM service_request WHERE planned_for IS NOT NULL AND planned_for <= $1 AND state = 'closed' ORDER BY planned_for LIMIT $2",
        params![today.to_string(), limit as i64],
        |row| row.get::<String>(0),
    )?;
    Ok(rows.iter().filter_map(|text| text.parse().ok()).collect())
}
