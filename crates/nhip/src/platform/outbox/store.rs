//! SQL of the outbox.
//!
//! Tables: `outbox`.

use crate::platform::ctx::Ctx;
use crate::platform::db::{Conn, DbError, params};
use crate::platform::error::Result;
use domain::case::CaseRef;
use domain::ids::EventId;
use jiff::Timestamp;

/// A row to be dispatched: an event of a case (`topic` is its verb) or something of its own.
#[derive(Debug, Clone)]
pub struct OutboxRow {
    pub id: String,
    pub event: String,
    /// The case; empty for what is about none.
    pub case_ref: String,
    pub topic: String,
    pub sealed: Option<Vec<u8>>,
    pub attempts: i64,
}

/// Puts an event of a case into the outbox, in the caller's transaction. `sealed` travels to one letter only.
pub fn put(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    event: &EventId,
    case: impl Into<CaseRef>,
    topic: &str,
    sealed: Option<&[u8]>,
) -> Result<()> {
    put_topic(conn, ctx, event.as_str(), case.into().as_str(), topic, sealed)
}

/// Puts something that is no event of a case (a sign-in link) into the outbox; `case_ref` may be empty.
pub fn put_topic(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    event: &str,
    case_ref: &str,
    topic: &str,
    sealed: Option<&[u8]>,
) -> Result<()> {
    conn.execute(
        "INSERT INTO outbox (id, event, case_ref, topic, sealed, due_at, attempts) VALUES ($1, $2, $3, $4, $5, $6, 0)",
        params![ctx.new_id(), event, case_ref, topic, sealed, ctx.now.as_millisecond()],
    )?;
    Ok(())
}

/// Times a row is tried before it waits for somebody to look at it.
pub const MOST_ATTEMPTS: i64 = 20;

/// Rows whose time has come, oldest first.
pub fn due(conn: &mut Conn<'_>, now: Timestamp, limit: usize) -> Result<Vec<OutboxRow>, DbError> {
    conn.query(
        "SELECT id, event, case_ref, topic, sealed, attempts FROM outbox WHERE due_at <= $1 AND attempts < $2 ORDER BY due_at, id LIMIT $3",
        params![now.as_millisecond(), MOST_ATTEMPTS, limit as i64],
        |row| {
            Ok(OutboxRow {
                id: row.get(0)?,
                event: row.get(1)?,
                case_ref: row.get(2)?,
                topic: row.get(3)?,
                sealed: row.get(4)?,
                attempts: row.get(5)?,
            })
        },
    )
}

/// How far the dispatching is behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlog {
    /// Rows whose time has come.
    pub due: i64,
    /// Since when the first of them waits, milliseconds UTC.
    pub oldest: Option<i64>,
    /// Rows that were tried for the last time.
    pub stuck: i64,
}

pub fn backlog(conn: &mut Conn<'_>, now: Timestamp) -> Result<Backlog, DbError> {
    conn.query_one(
        "SELECT COUNT(CASE WHEN attempts < $2 AND due_at <= $1 THEN 1 END), MIN(CASE WHEN attempts < $2 AND due_at <= $1 THEN due_at END), \
         COUNT(CASE WHEN attempts >= $2 THEN 1 END) FROM outbox",
        params![now.as_millisecond(), MOST_ATTEMPTS],
        |row| Ok(Backlog { due: row.get(0)?, oldest: row.get(1)?, stuck: row.get(2)? }),
    )
}

/// Takes a dispatched row out; `false`: another node did.
pub fn remove(conn: &mut Conn<'_>, id: &str) -> Result<bool, DbError> {
    Ok(conn.execute("DELETE FROM outbox WHERE id = $1", params![id])? == 1)
}

/// Puts a row back that was taken out and is not done.
pub fn put_back(conn: &mut Conn<'_>, ctx: &Ctx, row: &OutboxRow) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO outbox (id, event, case_ref, topic, sealed, due_at, attempts) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            row.id.as_str(),
            row.event.as_str(),
            row.case_ref.as_str(),
            row.topic.as_str(),
            row.sealed.as_deref(),
            ctx.now.as_millisecond(),
            row.attempts
        ],
    )?;
    Ok(())
}

/// Tries again at `at`, after a failure.
pub fn postpone(conn: &mut Conn<'_>, id: &str, at: Timestamp) -> Result<(), DbError> {
    conn.execute(
        "UPDATE outbox SET due_at = $1, attempts = attempts + 1 WHERE id = $2",
        params![at.as_millisecond(), id],
    )?;
    Ok(())
}

/// Lets a row be tried anew, at once; `false`: it is gone.
pub fn try_again(conn: &mut Conn<'_>, id: &str, now: Timestamp) -> Result<bool, DbError> {
    Ok(conn.execute(
        "UPDATE outbox SET due_at = $1, attempts = 1 WHERE id = $2",
        params![now.as_millisecond(), id],
    )? == 1)
}

/// Empties the outbox: for a history that was brought over or invented, about which nobody is to be written to.
pub fn forget_all(conn: &mut Conn<'_>) -> Result<(), DbError> {
    conn.execute("DELETE FROM outbox", params![])?;
    Ok(())
}
