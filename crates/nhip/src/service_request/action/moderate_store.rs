//! All SQL of taking photos out of the public's sight.
//!
//! Tables: `request_media`.

use crate::platform::db::{Conn, DbError, params};
use domain::ids::{MediaId, ServiceRequestId};

/// Answers how many were hidden: one, or none where the photo is not of the report.
pub fn hide_media(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    media: &MediaId,
    reason: &str,
) -> Result<u64, DbError> {
    conn.execute(
        "UPDATE request_media SET hidden = $1 WHERE request = $2 AND media = $3",
        params![reason, request.as_str(), media.as_str()],
    )
}

/// Shows a photo of the report again that was taken out.
pub fn show_media(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    media: &MediaId,
) -> Result<u64, DbError> {
    conn.execute(
        "UPDATE request_media SET hidden = NULL WHERE request = $1 AND media = $2",
        params![request.as_str(), media.as_str()],
    )
}

/// Puts a photo where another one stands: at the same step, in the same order.
pub fn attach_beside(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    media: &MediaId,
    other: &MediaId,
) -> Result<u64, DbError> {
    conn.execute(
        "INSERT INTO request_media (request, media, event, stage, position) \
         SELECT request, $1, event, stage, position FROM request_media WHERE request = $2 AND media = $3",
        params![media.as_str(), request.as_str(), other.as_str()],
    )
}
