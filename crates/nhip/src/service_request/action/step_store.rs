//! The SQL of the step that is owed now, which stands with the report beside the clocks it is taken from.
//!
//! Tables: `service_request`.

use crate::platform::clock::from_ms;
use crate::platform::db::{Conn, DbError, Row, params};
use domain::case::OwedStep;
use domain::ids::ServiceRequestId;
use jiff::Timestamp;

/// Where its columns begin in those of a report.
const FIRST: usize = 58;

pub fn of_row(row: &Row<'_>) -> Result<Option<OwedStep>, DbError> {
    let Some(step) = row.get::<Option<String>>(FIRST)?.zip(row.get::<Option<i64>>(FIRST + 2)?)
    else {
        return Ok(None);
    };
    let budget = row.parse(FIRST + 1, "a budget", |text| text.parse().ok())?;
    Ok(Some(OwedStep {
        id: step.0,
        budget,
        from: from_ms(step.1),
        due: row.optional_instant(FIRST + 3)?,
    }))
}

/// Keeps which step is owed now, as its clock says.
pub fn set_step(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    step: Option<&OwedStep>,
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE service_request SET step = $1, step_budget = $2, step_from_at = $3, step_due_at = $4 WHERE id = $5",
        params![
            step.map(|step| step.id.as_str()),
            step.map(|step| step.budget.to_string()),
            step.map(|step| step.from.as_millisecond()),
            step.and_then(|step| step.due).map(Timestamp::as_millisecond),
            request.as_str()
        ],
    )?;
    Ok(())
}
