//! All SQL of locks. A lock that was forgotten has no author any more and is only counted.
//!
//! Tables: `comment_lock`; reads `comment`, `service_request`.

use super::{Appeal, Lock, Ruled};
use crate::account::policy::Sight;
use crate::conversation::comment::HideCode;
use crate::platform::db::{Conn, DbError, Row, params};
use domain::ids::{AccountId, CommentId, LockId};
use domain::lock::{Course, LockReason, Ruling, Term};
use jiff::Timestamp;

/// As [`to_lock`] reads them.
const COLUMNS: &str = "id, author_key, comment, reason, words, term, locked_by, from_at, until_at, appeal, appealed_at, \
    appeal_due_at, ruling, ruling_words, ruled_at";

fn to_lock(row: &Row<'_>) -> Result<Lock, DbError> {
    let appeal =
        match (row.get::<Option<String>>(9)?, row.optional_instant(10)?, row.optional_instant(11)?)
        {
            (Some(words), Some(at), Some(due_at)) => Some(Appeal { words, at, due_at }),
            _ => None,
        };
    let ruling: Option<String> = row.get(12)?;
    let ruling = ruling.map(|_| row.word(12, Ruling::parse)).transpose()?;
    let ruled = match (ruling, row.optional_instant(14)?) {
        (Some(ruling), Some(at)) => Some(Ruled { ruling, words: row.get(13)?, at }),
        _ => None,
    };
    let waits = appeal.as_ref().filter(|_| ruled.is_none());
    Ok(Lock {
        id: row.id(0)?,
        author_key: row.get(1)?,
        comment: row.id(2)?,
        reason: row.word(3, LockReason::parse)?,
        words: row.get(4)?,
        course: Course {
            term: row.word(5, Term::parse)?,
            from: row.instant(7)?,
            until: row.instant(8)?,
            appeal_due: waits.map(|appeal| appeal.due_at),
        },
        locked_by: row.get::<Option<String>>(6)?.and_then(|text| text.parse().ok()),
        appeal,
        ruled,
    })
}

pub fn insert(conn: &mut Conn<'_>, lock: &Lock) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO comment_lock (id, author_key, comment, reason, words, term, locked_by, from_at, until_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            lock.id.as_str(),
            lock.author_key.as_str(),
            lock.comment.as_str(),
            lock.reason.as_str(),
            lock.words.as_deref(),
            lock.course.term.as_str(),
            lock.locked_by.as_ref().map(AccountId::as_str),
            lock.course.from.as_millisecond(),
            lock.course.until.as_millisecond()
        ],
    )?;
    Ok(())
}

pub fn find(conn: &mut Conn<'_>, id: &LockId) -> Result<Option<Lock>, DbError> {
    let sql =
        format!("SELECT {COLUMNS} FROM comment_lock WHERE id = $1 AND author_key IS NOT NULL");
    conn.query_opt(&sql, params![id.as_str()], to_lock)
}

/// The lock a comment gave rise to.
pub fn of_comment(conn: &mut Conn<'_>, comment: &CommentId) -> Result<Option<Lock>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM comment_lock WHERE comment = $1 AND author_key IS NOT NULL ORDER BY id LIMIT 1"
    );
    conn.query_opt(&sql, params![comment.as_str()], to_lock)
}

/// Those of a person that have not ended; an appeal may suspend them.
pub fn running(
    conn: &mut Conn<'_>,
    author_key: &str,
    now: Timestamp,
) -> Result<Vec<Lock>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM comment_lock WHERE author_key = $1 AND until_at > $2 ORDER BY id"
    );
    conn.query(&sql, params![author_key, now.as_millisecond()], to_lock)
}

/// All of a person, newest first.
pub fn of_author(
    conn: &mut Conn<'_>,
    author_key: &str,
    limit: usize,
) -> Result<Vec<Lock>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM comment_lock WHERE author_key = $1 ORDER BY id DESC LIMIT $2"
    );
    conn.query(&sql, params![author_key, limit as i64], to_lock)
}

/// How often they were locked, but for what was lifted.
pub fn before(conn: &mut Conn<'_>, author_key: &str) -> Result<usize, DbError> {
    let n: i64 = conn.query_one(
        "SELECT COUNT(*) FROM comment_lock WHERE author_key = $1 AND COALESCE(ruling, '') <> 'lifted'",
        params![author_key],
        |row| row.get(0),
    )?;
    Ok(usize::try_from(n).unwrap_or(0))
}

/// Which part of the desk's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Appeals that wait, by their deadline.
    Appeals,
    /// Not over; newest first.
    Running,
    /// Newest first.
    Over,
}

/// What they were locked for must stand on a report that the reader may see: it may have become confidential since.
const IN_SIGHT: &str = "EXISTS (SELECT 1 FROM comment c JOIN service_request r ON r.id = c.request \
    WHERE c.id = comment_lock.comment AND r.confidential = $1 AND COALESCE(r.concerns, '') <> $2)";

/// Whether a reader with this sight may see the lock.
pub fn is_in_sight(conn: &mut Conn<'_>, id: &LockId, sight: &Sight) -> Result<bool, DbError> {
    let sql = format!("SELECT COUNT(*) FROM comment_lock WHERE id = $3 AND {IN_SIGHT}");
    let n: i64 = conn.query_one(
        &sql,
        params![sight.confidential, sight.hidden_unit(), id.as_str()],
        |row| row.get(0),
    )?;
    Ok(n > 0)
}

pub fn listed(
    conn: &mut Conn<'_>,
    part: Part,
    sight: &Sight,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<Lock>, DbError> {
    let waits = "appealed_at IS NOT NULL AND ruled_at IS NULL";
    let (which, order) = match part {
        Part::Appeals => (format!("{waits} AND appealed_at <= $3"), "appeal_due_at, id"),
        Part::Running => (format!("until_at > $3 AND NOT ({waits})"), "id DESC"),
        Part::Over => (format!("until_at <= $3 AND NOT ({waits})"), "id DESC"),
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM comment_lock WHERE author_key IS NOT NULL AND {IN_SIGHT} AND {which} \
         ORDER BY {order} LIMIT $4"
    );
    conn.query(
        &sql,
        params![sight.confidential, sight.hidden_unit(), now.as_millisecond(), limit as i64],
        to_lock,
    )
}

/// `false`: they appealed before.
pub fn appeal(conn: &mut Conn<'_>, id: &LockId, appeal: &Appeal) -> Result<bool, DbError> {
    let done = conn.execute(
        "UPDATE comment_lock SET appeal = $1, appealed_at = $2, appeal_due_at = $3 \
         WHERE id = $4 AND appealed_at IS NULL AND ruled_at IS NULL",
        params![
            appeal.words.as_str(),
            appeal.at.as_millisecond(),
            appeal.due_at.as_millisecond(),
            id.as_str()
        ],
    )?;
    Ok(done == 1)
}

/// `false`: somebody else was first.
pub fn rule(
    conn: &mut Conn<'_>,
    id: &LockId,
    ruled: &Ruled,
    by: Option<&AccountId>,
    until: Timestamp,
) -> Result<bool, DbError> {
    let done = conn.execute(
        "UPDATE comment_lock SET ruling = $1, ruling_words = $2, ruled_by = $3, ruled_at = $4, until_at = $5 \
         WHERE id = $6 AND ruled_at IS NULL",
        params![
            ruled.ruling.as_str(),
            ruled.words.as_deref(),
            by.map(AccountId::as_str),
            ruled.at.as_millisecond(),
            until.as_millisecond(),
            id.as_str()
        ],
    )?;
    Ok(done == 1)
}

/// Leaves nothing but what is counted of locks that ended before that moment.
pub fn forget(conn: &mut Conn<'_>, before_ms: i64, limit: usize) -> Result<usize, DbError> {
    let done = conn.execute(
        "UPDATE comment_lock SET author_key = NULL, comment = NULL, words = NULL, locked_by = NULL, appeal = NULL, \
         ruling_words = NULL, ruled_by = NULL WHERE id IN \
         (SELECT id FROM comment_lock WHERE author_key IS NOT NULL AND until_at < $1 ORDER BY id LIMIT $2)",
        params![before_ms, limit as i64],
    )?;
    Ok(usize::try_from(done).unwrap_or(usize::MAX))
}

// --- what everybody may count ---

/// Locks alike: for what, how long, whether there was an appeal, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub reason: LockReason,
    pub term: Term,
    pub appealed: bool,
    pub ruling: Option<Ruling>,
    pub n: i64,
}

pub fn counted(conn: &mut Conn<'_>, since: Timestamp) -> Result<Vec<Counted>, DbError> {
    conn.query(
        "SELECT reason, term, CASE WHEN appealed_at IS NULL THEN 0 ELSE 1 END, ruling, COUNT(*) FROM comment_lock \
         WHERE from_at >= $1 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
        params![since.as_millisecond()],
        |row| {
            let ruling: Option<String> = row.get(3)?;
            Ok(Counted {
                reason: row.word(0, LockReason::parse)?,
                term: row.word(1, Term::parse)?,
                appealed: row.get::<i64>(2)? == 1,
                ruling: ruling.map(|_| row.word(3, Ruling::parse)).transpose()?,
                n: row.get(4)?,
            })
        },
    )
}

/// Comments since then: all that were shown, and those that are hidden, by reason.
pub fn comments_counted(
    conn: &mut Conn<'_>,
    since: Timestamp,
) -> Result<(i64, Vec<(HideCode, i64)>), DbError> {
    let since = since.as_millisecond();
    let shown = conn.query_one(
        "SELECT COUNT(*) FROM comment WHERE created_at >= $1 AND state = 'shown'",
        params![since],
        |row| row.get(0),
    )?;
    let hidden = conn.query(
        "SELECT hidden_reason, COUNT(*) FROM comment WHERE created_at >= $1 AND state = 'hidden' \
         GROUP BY hidden_reason ORDER BY hidden_reason",
        params![since],
        |row| Ok((row.word(0, HideCode::parse)?, row.get(1)?)),
    )?;
    Ok((shown, hidden))
}

/// How many appeals against locks wait for this person: those about their own locks go to somebody else.
pub fn appeals_to_rule(
    conn: &mut Conn<'_>,
    account: &AccountId,
    sight: &Sight,
) -> Result<i64, DbError> {
    conn.query_one(
        "SELECT COUNT(*) FROM comment_lock l JOIN comment c ON c.id = l.comment \
         JOIN service_request r ON r.id = c.request WHERE l.appealed_at IS NOT NULL AND l.ruled_at IS NULL \
         AND l.locked_by <> $1 AND r.confidential = $2 AND COALESCE(r.concerns, '') <> $3",
        params![account.as_str(), sight.confidential, sight.hidden_unit()],
        |row| row.get(0),
    )
}
