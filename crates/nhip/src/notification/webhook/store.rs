//! All SQL of webhooks. What they hear of is in their follow.

use super::Webhook;
use crate::platform::clock::from_ms;
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
        "SELECT w.id, w.name, w.url, f.what, w.created_at, w.ended_at FROM webhook AS w \
         LEFT JOIN follow AS f ON f.follower = w.id AND f.way = 'webhook' ORDER BY w.id",
        params![],
        |row| {
            Ok(Webhook {
                id: row.parse(0, "an id", |text| text.parse().ok())?,
                name: row.get(1)?,
                url: row.get(2)?,
                what: row.get::<Option<String>>(3)?.and_then(|what| what.parse().ok()),
                created_at: from_ms(row.get(4)?),
                ended_at: row.get::<Option<i64>>(5)?.map(from_ms),
            })
        },
    )
}

/// Address and sealed secret of a webhook that was not stopped.
pub fn running(conn: &mut Conn<'_>, id: &str) -> Result<Option<(String, Vec<u8>)>, DbError> {
    conn.query_opt(
        "SELECT url, sealed FROM webhook WHERE id = $1 AND ended_at IS NULL",
        params![id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Nothing is sent to it any more; `false`: it is unknown or was stopped before.
pub fn end(conn: &mut Conn<'_>, id: &str, now: Timestamp) -> Result<bool, DbError> {
    let done = conn.execute(
        "UPDATE webhook SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL",
        params![now.as_millisecond(), id],
    )?;
    Ok(done == 1)
}
