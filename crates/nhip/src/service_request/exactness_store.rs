//! SQL that says of reports from before places had an exactness what can be told of it.
//!
//! Tables: `service_request`.

use crate::platform::db::{Conn, DbError, params};
use domain::pack::Pack;
use domain::place::Cell;

/// A report in the very middle of its area, also of one that is no more, was never pointed at: whoever named only the area
/// was put there. At every start, by the index of places, and in one question where there is nothing to do.
pub fn derive(conn: &mut Conn<'_>, pack: &Pack) -> Result<u64, DbError> {
    let mut changed = 0;
    let merged = pack.past_areas.iter().map(|past| &past.area);
    for area in pack.areas.iter().chain(merged) {
        let (cell, centre) = (Cell::of(area.centre).0, area.centre);
        changed += conn.execute(
            "UPDATE service_request SET exactness = 'area' \
             WHERE cell = $1 AND lat = $2 AND long = $3 AND area = $4 AND exactness = 'pin'",
            params![cell, centre.lat(), centre.long(), area.id.as_str()],
        )?;
    }
    Ok(changed)
}
