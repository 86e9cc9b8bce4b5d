//! The SQL of what searches know beyond the lists.

use crate::platform::db::{Conn, DbError, dialect, params};
use domain::ids::ServiceRequestId;

/// Every word of every report, folded. Never shown: it also knows the words of reports that are not public.
pub fn words_used(conn: &mut Conn<'_>) -> Result<Vec<String>, DbError> {
    conn.query(dialect::words_used(conn.engine()), &[], |row| row.get(0))
}

/// Puts the words by which a new report is found into the index; they are already folded, and its code is among them.
pub fn add_text(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    folded: &str,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO report_text (request, body) VALUES ($1, $2)",
        params![request.as_str(), folded],
    )?;
    Ok(())
}

/// Puts other words in their place.
pub fn change_text(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    folded: &str,
) -> Result<(), DbError> {
    let of_report = dialect::text_of(conn.engine(), 1);
    conn.execute(
        &format!("UPDATE report_text SET body = $2 WHERE {of_report}"),
        params![request.as_str(), folded],
    )?;
    Ok(())
}
