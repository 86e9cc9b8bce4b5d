//! All SQL of the conversation: comments, the pace, what people reported, and their number on the report.
//!
//! Tables: `comment`, `comment_flag`, `comment_pace`, `service_request`.

use super::comment::{Comment, HideCode, HideReason, Standing};
use crate::account::policy::Sight;
use crate::platform::db::{Conn, DbError, Row, Select, Value, params};
use domain::ids::{CommentId, ServiceRequestId};
use jiff::{SignedDuration, Timestamp};

/// As [`to_comment`] reads them; the table goes by `c`.
const COLUMNS: &str = "c.id, c.request, c.reply_to, c.author_name, c.author_key, c.account, c.agency, c.text, c.state, \
    c.hidden_reason, c.hidden_words, c.created_at";

fn to_comment(row: &Row<'_>) -> Result<Comment, DbError> {
    let code: Option<String> = row.get(9)?;
    let code = code.map(|_| row.word(9, HideCode::parse)).transpose()?;
    let words: Option<String> = row.get(10)?;
    Ok(Comment {
        id: row.id(0)?,
        request: row.id(1)?,
        reply_to: row.get::<Option<String>>(2)?.and_then(|text| text.parse().ok()),
        name: row.get(3)?,
        author_key: row.get(4)?,
        account: row.get::<Option<String>>(5)?.and_then(|text| text.parse().ok()),
        office: row.get::<Option<String>>(6)?.and_then(|text| text.parse().ok()),
        text: row.get(7)?,
        standing: row.word(8, Standing::parse)?,
        hidden: code.map(|code| HideReason { code, words }),
        created_at: row.instant(11)?,
    })
}

// --- comments ---

pub fn insert(conn: &mut Conn<'_>, c: &Comment) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO comment (id, request, reply_to, author_name, author_key, account, agency, text, state, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            c.id.as_str(),
            c.request.as_str(),
            c.reply_to.as_ref().map(AsRef::as_ref),
            c.name.as_str(),
            c.author_key.as_str(),
            c.account.as_ref().map(AsRef::as_ref),
            c.office.as_ref().map(AsRef::as_ref),
            c.text.as_str(),
            c.standing.as_str(),
            c.created_at.as_millisecond()
        ],
    )?;
    Ok(())
}

pub fn find(conn: &mut Conn<'_>, id: &CommentId) -> Result<Option<Comment>, DbError> {
    let sql = format!("SELECT {COLUMNS} FROM comment c WHERE c.id = $1");
    conn.query_opt(&sql, params![id.as_str()], to_comment)
}

/// The newest comment on a report with exactly these words.
pub fn newest_of(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    text: &str,
) -> Result<Option<Comment>, DbError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM comment c WHERE c.request = $1 AND c.text = $2 ORDER BY c.created_at DESC, c.id DESC LIMIT 1"
    );
    conn.query_opt(&sql, params![request.as_str(), text], to_comment)
}

/// The newest comment with these words by this author.
pub fn said_by(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    author_key: &str,
    words: &str,
) -> Result<Option<CommentId>, DbError> {
    conn.query_opt(
        "SELECT id FROM comment WHERE request = $1 AND author_key = $2 AND text = $3 ORDER BY id DESC LIMIT 1",
        params![request.as_str(), author_key, words],
        |row| row.id(0),
    )
}

/// Changes who sees it, if it still stands as `seen`; `false`: somebody else was first.
pub fn set_standing(
    conn: &mut Conn<'_>,
    id: &CommentId,
    seen: Standing,
    now: Standing,
    why: Option<&HideReason>,
) -> Result<bool, DbError> {
    let changed = conn.execute(
        "UPDATE comment SET state = $1, hidden_reason = $2, hidden_words = $3 WHERE id = $4 AND state = $5",
        params![
            now.as_str(),
            why.map(|why| why.code.as_str()),
            why.and_then(|why| why.words.as_deref()),
            id.as_str(),
            seen.as_str()
        ],
    )?;
    Ok(changed == 1)
}

/// Where a page of comments ended: the time and id of its last one.
pub type After = (i64, String);

/// Comments on a report that everybody may know of, and that answer none; the newest first, before `before`.
pub fn threads(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    before: Option<&After>,
    limit: usize,
) -> Result<Vec<Comment>, DbError> {
    let (at, id) = before.map_or((i64::MAX, ""), |(at, id)| (*at, id.as_str()));
    let sql = format!(
        "SELECT {COLUMNS} FROM comment c WHERE c.request = $1 AND c.reply_to IS NULL AND c.state IN ('shown', 'hidden') \
         AND (c.created_at, c.id) < ($2, $3) ORDER BY c.created_at DESC, c.id DESC LIMIT $4"
    );
    conn.query(&sql, params![request.as_str(), at, id, limit as i64], to_comment)
}

/// The answers to these comments that everybody may know of, oldest first.
pub fn replies(conn: &mut Conn<'_>, to: &[Comment], limit: usize) -> Result<Vec<Comment>, DbError> {
    if to.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Select::new(format!(
        "SELECT {COLUMNS} FROM comment c WHERE c.state IN ('shown', 'hidden')"
    ));
    select.one_of("c.reply_to", to.iter().map(|comment| comment.id.as_str()));
    select.push(" ORDER BY c.created_at, c.id LIMIT ");
    select.value(Value::Int(limit as i64));
    conn.query(&select.sql, &select.values, to_comment)
}

/// Counts anew what is shown. The report is locked by the caller, so nothing is counted beside it.
pub fn count_comments(conn: &mut Conn<'_>, request: &ServiceRequestId) -> Result<(), DbError> {
    conn.execute(
        "UPDATE service_request SET comments = (SELECT COUNT(*) FROM comment WHERE request = $1 AND state = 'shown') \
         WHERE id = $1",
        params![request.as_str()],
    )?;
    Ok(())
}

// --- the pace ---

/// Writes down that they write now. If they wrote less than `wait` ago: when that was, and nothing is changed. One
/// statement decides, so that two at the same moment cannot both pass.
pub fn claim_turn(
    conn: &mut Conn<'_>,
    key: &str,
    now: Timestamp,
    wait: SignedDuration,
) -> Result<Option<Timestamp>, DbError> {
    let (now_ms, wait_ms) = (now.as_millisecond(), wait.as_millis() as i64);
    let claimed = conn.execute(
        "INSERT INTO comment_pace (author_key, last_at) VALUES ($1, $2) ON CONFLICT (author_key) \
         DO UPDATE SET last_at = excluded.last_at WHERE comment_pace.last_at <= $3 OR comment_pace.last_at > $4",
        // What was written later than can be was written by a clock that was wrong.
        params![key, now_ms, now_ms.saturating_sub(wait_ms), now_ms.saturating_add(wait_ms)],
    )?;
    if claimed == 1 {
        return Ok(None);
    }
    conn.query_opt("SELECT last_at FROM comment_pace WHERE author_key = $1", params![key], |row| {
        row.instant(0)
    })
}

/// Forgets who wrote before `then`.
pub fn forget_turns(conn: &mut Conn<'_>, then: Timestamp) -> Result<(), DbError> {
    let sql = "DELETE FROM comment_pace WHERE last_at <= $1";
    conn.execute(sql, params![then.as_millisecond()])?;
    Ok(())
}

// --- what people report ---

/// `false`: this person reported it before.
pub fn insert_flag(
    conn: &mut Conn<'_>,
    comment: &CommentId,
    author_key: &str,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<bool, DbError> {
    let added = conn.execute(
        "INSERT INTO comment_flag (comment, author_key, reason, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (comment, author_key) DO NOTHING",
        params![comment.as_str(), author_key, reason, now.as_millisecond()],
    )?;
    Ok(added == 1)
}

/// A moderator has looked: how many open reports of it that settles.
pub fn settle_flags(
    conn: &mut Conn<'_>,
    comment: &CommentId,
    now: Timestamp,
) -> Result<u64, DbError> {
    conn.execute(
        "UPDATE comment_flag SET settled_at = $1 WHERE comment = $2 AND settled_at IS NULL",
        params![now.as_millisecond(), comment.as_str()],
    )
}

// --- the moderators' list ---

/// Which part of the moderators' list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List<'a> {
    /// Nobody has let them through; who has waited longest first.
    Waiting,
    /// Reported by people, and nobody has looked; oldest first.
    Flagged,
    /// All there are; newest first, before that one.
    Newest(Option<&'a After>),
    /// This one, wherever it stands.
    One(&'a CommentId),
}

/// A comment for moderators, with what they need to know of its report.
#[derive(Debug, Clone)]
pub struct Judged {
    pub comment: Comment,
    /// What the report says, as everybody reads it.
    pub about: String,
    /// The report is open to all, and so is its discussion.
    pub open: bool,
}

pub fn judged(
    conn: &mut Conn<'_>,
    list: List<'_>,
    sight: &Sight,
    limit: usize,
) -> Result<Vec<Judged>, DbError> {
    let mut select = Select::new(format!(
        "SELECT {COLUMNS}, COALESCE(r.redacted, r.description), r.open_to_all FROM comment c \
         JOIN service_request r ON r.id = c.request WHERE 1 = 1"
    ));
    select.and("r.confidential =", Value::Int(i64::from(sight.confidential)));
    select.and("COALESCE(r.concerns, '') <>", Value::Text(sight.hidden_unit()));
    match list {
        List::Waiting => select.push(" AND c.state = 'waiting'"),
        List::Flagged => select.push(
            " AND c.state = 'shown' AND c.id IN (SELECT comment FROM comment_flag WHERE settled_at IS NULL)",
        ),
        List::Newest(before) => {
            let (at, id) = before.map_or((i64::MAX, ""), |(at, id)| (*at, id.as_str()));
            let (at, id) = (select.place(Value::Int(at)), select.place(Value::Text(id)));
            select.push(&format!(" AND (c.created_at, c.id) < ({at}, {id})"));
        }
        List::One(id) => select.and("c.id =", Value::Text(id.as_str())),
    }
    select.push(match list {
        List::Newest(_) => " ORDER BY c.created_at DESC, c.id DESC LIMIT ",
        List::Waiting | List::Flagged | List::One(_) => " ORDER BY c.created_at, c.id LIMIT ",
    });
    select.value(Value::Int(limit as i64));
    conn.query(&select.sql, &select.values, |row| {
        Ok(Judged { comment: to_comment(row)?, about: row.get(12)?, open: row.get(13)? })
    })
}

/// What people said was wrong with these comments and nobody has settled: comment, words or none, when; oldest first.
pub fn open_flags(
    conn: &mut Conn<'_>,
    comments: &[Judged],
) -> Result<Vec<(CommentId, Option<String>, Timestamp)>, DbError> {
    if comments.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Select::new(
        "SELECT comment, reason, created_at FROM comment_flag WHERE settled_at IS NULL",
    );
    select.one_of("comment", comments.iter().map(|judged| judged.comment.id.as_str()));
    select.push(" ORDER BY created_at");
    conn.query(&select.sql, &select.values, |row| {
        let id = row.id(0)?;
        Ok((id, row.get(1)?, row.instant(2)?))
    })
}

/// How many comments wait to be let through, and how many were reported and nobody has looked: what stands beside the
/// moderators' list in the navigation.
pub fn to_judge(conn: &mut Conn<'_>, sight: &Sight) -> Result<(i64, i64), DbError> {
    conn.query_one(
        "SELECT (SELECT COUNT(*) FROM comment c JOIN service_request r ON r.id = c.request \
         WHERE c.state = 'waiting' AND r.confidential = $1 AND COALESCE(r.concerns, '') <> $2), \
         (SELECT COUNT(*) FROM comment c JOIN service_request r ON r.id = c.request WHERE c.state = 'shown' \
         AND r.confidential = $1 AND COALESCE(r.concerns, '') <> $2 \
         AND c.id IN (SELECT comment FROM comment_flag WHERE settled_at IS NULL))",
        params![sight.confidential, sight.hidden_unit()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
