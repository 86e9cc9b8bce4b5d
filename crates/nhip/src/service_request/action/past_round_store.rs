//! The SQL of rounds that are over: what a report was when it was closed, kept when it leaves `closed`. Numbers are
//! reckoned from them (`oversight`), since the report itself tells only its newest round.
//!
//! Tables: `past_round`.

use crate::platform::db::{Conn, DbError, params};
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, Rating, ServiceRequest};
use jiff::Timestamp;

/// Keeps the round that `closed` ended with, which is left now.
pub fn keep(
    conn: &mut Conn<'_>,
    closed: &ServiceRequest,
    now: Timestamp,
    by: Verb,
) -> Result<(), DbError> {
    let (Some(closed_at), Some(outcome)) = (closed.closed_at, closed.outcome) else {
        return Ok(());
    };
    conn.execute(
        "INSERT INTO past_round (request, agency, due_at, closed_at, outcome, refusal_code, rating, planned_for, left_at, left_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            closed.id.as_str(), closed.agency.as_str(), closed.due_at.map(Timestamp::as_millisecond),
            closed_at.as_millisecond(), Outcome::as_str(outcome), closed.refusal_code.as_deref(),
            closed.rating.map(Rating::as_str), closed.planned_for.map(|date| date.to_string()), now.as_millisecond(),
            by.as_str()
        ],
    )?;
    Ok(())
}
