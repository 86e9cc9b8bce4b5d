//! All SQL of webhooks. What they hear of is in their follow.
//!
//! Tables: `webhook`; reads `follow`.

use super::Webhook;
use crate::platform::db::{Conn, DbError, params};
use domain::ids::WebhookId;
use jiff::Timestamp;

pub fn insert(
    conn: &mut Conn<'_>,
    id: &WebhookId,
    (name, url): (&str, &str),
    sealed: &[u8],
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO webhook (id, name, url, sealed, created_at) VALUES ($1, $2, $3, $4, $5)",
        params![id.as_str(), name, url, sealed, now.as_millisecond()],
    )?;
    Ok(())
}

pub fn list(conn: &mut Conn<'_>) -> Result<Vec<Webhook>, DbError> {
    conn.query(
        "SELECT w.id, w.name, w.url, f.what, w.created_at, w.paused_at, w.ended_at FROM webhook AS w \
         LEFT JOIN follow AS f ON f.follower = w.id AND f.way = 'webhook' ORDER BY w.id",
        params![],
        |row| {
            Ok(Webhook {
                id: row.id(0)?,
                name: row.get(1)?,
                url: row.get(2)?,
                what: row.get::<Option<String>>(3)?.and_then(|what| what.parse().ok()),
                created_at: row.instant(4)?,
                paused_at: row.optional_instant(5)?,
                ended_at: row.optional_instant(6)?,
            })
        },
    )
}

/// Where a webhook is that was not stopped.
pub struct Endpoint {
    pub url: String,
    /// Its secret.
    pub sealed: Vec<u8>,
    pub paused: bool,
}

pub fn endpoint(conn: &mut Conn<'_>, id: &str) -> Result<Option<Endpoint>, DbError> {
    conn.query_opt(
        "SELECT url, sealed, paused_at FROM webhook WHERE id = $1 AND ended_at IS NULL",
        params![id],
        |row| {
            let paused = row.get::<Option<i64>>(2)?.is_some();
            Ok(Endpoint { url: row.get(0)?, sealed: row.get(1)?, paused })
        },
    )
}

/// `false`: it is unknown, was stopped, or is as it should be.
pub fn pause(conn: &mut Conn<'_>, id: &str, at: Option<Timestamp>) -> Result<bool, DbError> {
    let done = conn.execute(
        "UPDATE webhook SET paused_at = $1 WHERE id = $2 AND ended_at IS NULL \
         AND CASE WHEN paused_at IS NULL THEN 0 ELSE 1 END <> $3",
        params![at.map(Timestamp::as_millisecond), id, i64::from(at.is_some())],
    )?;
    Ok(done == 1)
}

/// Nothing is sent to it any more; `false`: it is unknown or was stopped before.
pub fn end(conn: &mut Conn<'_>, id: &str, now: Timestamp) -> Result<bool, DbError> {
    let done = conn.execute(
        "UPDATE webhook SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL",
        params![now.as_millisecond(), id],
    )?;
    Ok(done == 1)
}
