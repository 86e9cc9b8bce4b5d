//! All SQL of the slice: the row a report refers to.
//!
//! Tables: `media`, `photo_cover`; reads `attachment`.

use super::PerceptualHash;
use super::cover::Cover;
use crate::platform::db::{Conn, DbError, params};
use domain::ids::{MediaId, ServiceRequestId};
use jiff::Timestamp;

/// A photo or document whose files are durably in place, ready for the transaction that names it.
#[derive(Debug, Clone)]
pub struct StoredPhoto {
    pub id: MediaId,
    pub kind: MediaKind,
    /// Of the bytes as they were sent, lower-case hexadecimal: the same photo sent twice is recognised.
    pub sha256: String,
    pub phash: Option<PerceptualHash>,
    pub large_key: String,
    pub small_key: Option<String>,
    /// Of the large variant, in pixels.
    pub width: u32,
    pub height: u32,
    pub bytes: u64,
    /// The file's name, for documents.
    pub name: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    Photo,
    Document,
}

impl MediaKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Document => "document",
        }
    }
}

impl StoredPhoto {
    pub fn is_photo(&self) -> bool {
        self.kind == MediaKind::Photo
    }
}

/// Where the files of a row are, and whether anybody may have them.
#[derive(Debug, Clone)]
pub struct Kept {
    pub kind: MediaKind,
    pub large_key: String,
    pub small_key: Option<String>,
    pub name: Option<String>,
    pub public: bool,
}

pub fn insert(
    conn: &mut Conn<'_>,
    photo: &StoredPhoto,
    public: bool,
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO media (id, sha256, phash, kind, large_key, small_key, width, height, bytes, name, public, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            photo.id.as_str(),
            photo.sha256,
            photo.phash.map(|hash| hash.0),
            photo.kind.as_str(),
            photo.large_key,
            photo.small_key,
            i64::from(photo.width),
            i64::from(photo.height),
            photo.bytes as i64,
            photo.name,
            public,
            now.as_millisecond(),
        ],
    )?;
    Ok(())
}

pub fn find(conn: &mut Conn<'_>, id: &MediaId) -> Result<Option<Kept>, DbError> {
    conn.query_opt(
        "SELECT kind, large_key, small_key, name, public FROM media WHERE id = $1",
        params![id.as_str()],
        |row| {
            let kind = row.parse(0, "photo or document", |kind| match kind {
                "photo" => Some(MediaKind::Photo),
                "document" => Some(MediaKind::Document),
                _ => None,
            })?;
            Ok(Kept {
                kind,
                large_key: row.get(1)?,
                small_key: row.get(2)?,
                name: row.get(3)?,
                public: row.get(4)?,
            })
        },
    )
}

/// Says of which photo a covered one shows the rest.
pub fn put_cover(
    conn: &mut Conn<'_>,
    covered: &MediaId,
    original: &MediaId,
    boxes: &[Cover],
) -> Result<(), DbError> {
    let boxes = serde_json::to_string(boxes).map_err(|e| DbError::Other(e.to_string()))?;
    conn.execute(
        "INSERT INTO photo_cover (media, original, boxes) VALUES ($1, $2, $3)",
        params![covered.as_str(), original.as_str(), boxes],
    )?;
    Ok(())
}

/// The photo under the boxes, and the boxes; nothing for a photo as it was sent.
pub fn cover_of(
    conn: &mut Conn<'_>,
    id: &MediaId,
) -> Result<Option<(MediaId, Vec<Cover>)>, DbError> {
    conn.query_opt(
        "SELECT original, boxes FROM photo_cover WHERE media = $1",
        params![id.as_str()],
        |row| {
            let original = row.parse(0, "a photo", |id| MediaId::parse(id).ok())?;
            Ok((original, row.parse(1, "boxes", |boxes| serde_json::from_str(boxes).ok())?))
        },
    )
}

pub fn set_public(conn: &mut Conn<'_>, id: &MediaId, public: bool) -> Result<(), DbError> {
    conn.execute("UPDATE media SET public = $1 WHERE id = $2", params![public, id.as_str()])?;
    Ok(())
}

/// All media of a report at once, except those a moderator hid.
pub fn set_public_of_request(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    public: bool,
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE media SET public = $1 WHERE id IN (SELECT media FROM attachment WHERE case_ref = $2 AND hidden IS NULL)",
        params![public, request.as_str()],
    )?;
    Ok(())
}
