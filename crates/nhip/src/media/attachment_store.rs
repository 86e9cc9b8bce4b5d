//! All SQL of attachments: which photos and documents belong to which case and event.
//!
//! Tables: `attachment`; reads `event`, `media`.

use crate::platform::db::{Conn, DbError, params};
use domain::case::CaseRef;
use domain::ids::MediaId;
use domain::word;

/// A photo or document of a case.
#[derive(Debug, Clone)]
pub struct Attachment {
    pub media: MediaId,
    /// The event that brought it.
    pub event: String,
    pub stage: Stage,
    pub is_photo: bool,
    pub width: i64,
    pub height: i64,
    pub name: Option<String>,
    /// Why a moderator hid it, if so.
    pub hidden: Option<String>,
}

word! {
    Stage {
        /// As the reporter saw it, or as a task was given.
        Before = "before",
        /// Evidence of an agency.
        After = "after",
    }
}

pub fn attach(
    conn: &mut Conn<'_>,
    case: impl Into<CaseRef>,
    media: &MediaId,
    event: &str,
    stage: Stage,
    position: usize,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO attachment (case_ref, media, event, stage, position) VALUES ($1, $2, $3, $4, $5)",
        params![case.into().as_str(), media.as_str(), event, stage.as_str(), position as i64],
    )?;
    Ok(())
}

/// Those of a case, in the order in which they came.
pub fn of(conn: &mut Conn<'_>, case: impl Into<CaseRef>) -> Result<Vec<Attachment>, DbError> {
    conn.query(
        "SELECT m.id, a.event, a.stage, m.kind, m.width, m.height, m.name, a.hidden FROM attachment a \
         JOIN media m ON m.id = a.media LEFT JOIN event e ON e.case_ref = a.case_ref AND e.id = a.event \
         WHERE a.case_ref = $1 ORDER BY COALESCE(e.seq, 0), a.event, a.position",
        params![case.into().as_str()],
        |row| {
            Ok(Attachment {
                media: row.id(0)?,
                event: row.get(1)?,
                stage: row.word(2, Stage::parse)?,
                is_photo: row.get::<String>(3)? == "photo",
                width: row.get::<Option<i64>>(4)?.unwrap_or(0),
                height: row.get::<Option<i64>>(5)?.unwrap_or(0),
                name: row.get(6)?,
                hidden: row.get(7)?,
            })
        },
    )
}

/// The case that a photo or document belongs to.
pub fn case_of(conn: &mut Conn<'_>, media: &MediaId) -> Result<Option<CaseRef>, DbError> {
    let sql = "SELECT case_ref FROM attachment WHERE media = $1 LIMIT 1";
    conn.query_opt(sql, params![media.as_str()], |row| row.id(0))
}

/// Takes a photo out of the public's sight. Answers how many were hidden: one, or none where it is not of the case.
pub fn hide(
    conn: &mut Conn<'_>,
    case: impl Into<CaseRef>,
    media: &MediaId,
    reason: &str,
) -> Result<u64, DbError> {
    conn.execute(
        "UPDATE attachment SET hidden = $1 WHERE case_ref = $2 AND media = $3",
        params![reason, case.into().as_str(), media.as_str()],
    )
}

/// Shows a photo of the case again that was taken out.
pub fn show(
    conn: &mut Conn<'_>,
    case: impl Into<CaseRef>,
    media: &MediaId,
) -> Result<u64, DbError> {
    conn.execute(
        "UPDATE attachment SET hidden = NULL WHERE case_ref = $1 AND media = $2",
        params![case.into().as_str(), media.as_str()],
    )
}

/// Puts a photo where another one stands: at the same step, in the same order.
pub fn attach_beside(
    conn: &mut Conn<'_>,
    case: impl Into<CaseRef>,
    media: &MediaId,
    other: &MediaId,
) -> Result<u64, DbError> {
    conn.execute(
        "INSERT INTO attachment (case_ref, media, event, stage, position) \
         SELECT case_ref, $1, event, stage, position FROM attachment WHERE case_ref = $2 AND media = $3",
        params![media.as_str(), case.into().as_str(), other.as_str()],
    )
}
