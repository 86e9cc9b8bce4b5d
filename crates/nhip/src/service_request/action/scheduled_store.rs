//! SQL of what time itself brings about: questions nobody answered, promises whose date has come, results nobody has judged.
//!
//! Tables: `receipt`, `reminder`; reads `service_request`.

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
        "SELECT id FROM service_request WHERE planned_for IS NOT NULL AND planned_for <= $1 AND state = 'closed' AND outcome = 'planned' ORDER BY planned_for LIMIT $2",
        params![today.to_string(), limit as i64],
        |row| row.get::<String>(0),
    )?;
    Ok(rows.iter().filter_map(|text| text.parse().ok()).collect())
}

/// Reports closed between these moments, with a reporter who has not judged the result and was not reminded.
pub fn unjudged(
    conn: &mut Conn<'_>,
    from: Timestamp,
    to: Timestamp,
    limit: usize,
) -> Result<Vec<ServiceRequestId>, DbError> {
    let rows = conn.query(
        "SELECT id FROM service_request WHERE closed_at BETWEEN $1 AND $2 AND state = 'closed' AND rating IS NULL \
         AND reporter IS NOT NULL AND NOT EXISTS (SELECT 1 FROM reminder WHERE reminder.request = service_request.id) \
         ORDER BY closed_at LIMIT $3",
        params![from.as_millisecond(), to.as_millisecond(), limit as i64],
        |row| row.get::<String>(0),
    )?;
    Ok(rows.iter().filter_map(|text| text.parse().ok()).collect())
}

/// Forgets links to reports that were closed before, as far as they were made before.
pub fn forget_receipts(
    conn: &mut Conn<'_>,
    before: Timestamp,
    limit: usize,
) -> Result<(), DbError> {
    conn.execute(
        "DELETE FROM receipt WHERE token_hash IN (SELECT t.token_hash FROM receipt AS t JOIN service_request AS r ON r.id = t.case_ref \
         WHERE t.created_at < $1 AND r.state = 'closed' AND r.closed_at < $1 ORDER BY t.created_at LIMIT $2)",
        params![before.as_millisecond(), limit as i64],
    )?;
    Ok(())
}

/// Whether this is the first reminder of the report.
pub fn note_reminder(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    at: Timestamp,
) -> Result<bool, DbError> {
    let noted = conn.execute(
        "INSERT INTO reminder (request, at) VALUES ($1, $2) ON CONFLICT (request) DO NOTHING",
        params![request.as_str(), at.as_millisecond()],
    )?;
    Ok(noted == 1)
}
