//! The SQL of an import: which rows of which source came in. The reports themselves go through their own store.
//!
//! Tables: `imported`.

use crate::platform::db::{Conn, DbError, params};
use domain::ids::ServiceRequestId;

/// Takes the row for `request`; `false`: an earlier run brought it.
pub fn claim(
    conn: &mut Conn<'_>,
    source: &str,
    row_key: &str,
    request: &ServiceRequestId,
) -> Result<bool, DbError> {
    let taken = conn.execute(
        "INSERT INTO imported (source, row_key, request) VALUES ($1, $2, $3) ON CONFLICT (source, row_key) DO NOTHING",
        params![source, row_key, request.as_str()],
    )?;
    Ok(taken == 1)
}
