//! All SQL of follows and stops.
//!
//! Tables: `follow`, `report_subscription`, `unsubscribed`; reads `account`, `person`, `push_device`, `webhook`.

use super::{Follow, Rhythm, Way, What};
use crate::notification::dispatch::Recipient;
use crate::platform::db::{Conn, DbError, Row, params};
use domain::ids::{FollowId, PersonId, ServiceRequestId};
use jiff::Timestamp;

const COLUMNS: &str = "id, follower, what, way, rhythm, confirmed_at, stopped_at";

fn to_follow(row: &Row<'_>) -> Result<Follow, DbError> {
    Ok(Follow {
        id: row.id(0)?,
        follower: row.get(1)?,
        what: row.parse(2, "something to follow", |text| text.parse().ok())?,
        way: row.word(3, Way::parse)?,
        rhythm: row.word(4, Rhythm::parse)?,
        confirmed_at: row.optional_instant(5)?,
        stopped: row.get::<Option<i64>>(6)?.is_some(),
    })
}

pub fn get(conn: &mut Conn<'_>, follow: &FollowId) -> Result<Option<Follow>, DbError> {
    conn.query_opt(
        &format!("SELECT {COLUMNS} FROM follow WHERE id = $1"),
        params![follow.as_str()],
        to_follow,
    )
}

pub fn find(
    conn: &mut Conn<'_>,
    follower: &str,
    what: &What,
    way: Way,
) -> Result<Option<Follow>, DbError> {
    conn.query_opt(
        &format!("SELECT {COLUMNS} FROM follow WHERE follower = $1 AND what = $2 AND way = $3"),
        params![follower, what.to_string(), way.as_str()],
        to_follow,
    )
}

/// What somebody follows now, newest first.
pub fn running_of(conn: &mut Conn<'_>, follower: &str) -> Result<Vec<Follow>, DbError> {
    conn.query(
        &format!(
            "SELECT {COLUMNS} FROM follow WHERE follower = $1 AND confirmed_at IS NOT NULL AND stopped_at IS NULL ORDER BY id DESC"
        ),
        params![follower],
        to_follow,
    )
}

pub fn running(conn: &mut Conn<'_>, follower: &str) -> Result<i64, DbError> {
    conn.query_one(
        "SELECT count(*) FROM follow WHERE follower = $1 AND confirmed_at IS NOT NULL AND stopped_at IS NULL",
        params![follower],
        |row| row.get(0),
    )
}

/// Running follows of this rhythm by letter, by follower.
pub fn of_rhythm(conn: &mut Conn<'_>, rhythm: Rhythm) -> Result<Vec<Follow>, DbError> {
    conn.query(
        &format!(
            "SELECT {COLUMNS} FROM follow WHERE rhythm = $1 AND way = 'mail' AND confirmed_at IS NOT NULL AND stopped_at IS NULL \
             ORDER BY follower, id"
        ),
        params![rhythm.as_str()],
        to_follow,
    )
}

/// Running follows of this thing, by whatever way.
pub fn running_about(conn: &mut Conn<'_>, what: &What) -> Result<Vec<Follow>, DbError> {
    conn.query(
        &format!(
            "SELECT {COLUMNS} FROM follow WHERE what = $1 AND confirmed_at IS NOT NULL AND stopped_at IS NULL ORDER BY id"
        ),
        params![what.to_string()],
        to_follow,
    )
}

/// Lists that somebody wants to hear of at once.
pub fn lists_at_once(conn: &mut Conn<'_>) -> Result<Vec<What>, DbError> {
    conn.query(
        "SELECT DISTINCT what FROM follow WHERE rhythm = 'at_once' AND confirmed_at IS NOT NULL AND stopped_at IS NULL \
         AND substr(what, 1, 1) = '?' ORDER BY what",
        params![],
        |row| row.parse(0, "something to follow", |text| text.parse().ok()),
    )
}

/// Whoever is to be told of this thing at once: people by letter, browsers, webhooks.
pub fn told_at_once(conn: &mut Conn<'_>, what: &What) -> Result<Vec<Recipient>, DbError> {
    conn.query(
        "SELECT f.id, f.way, p.id, p.id, p.language FROM follow AS f JOIN person AS p ON p.id = f.follower \
         WHERE f.what = $1 AND f.rhythm = 'at_once' AND f.way = 'mail' AND f.confirmed_at IS NOT NULL AND f.stopped_at IS NULL \
         AND p.email_hash IS NOT NULL \
         UNION ALL \
         SELECT f.id, f.way, d.id, d.person, d.language FROM follow AS f JOIN push_device AS d ON d.person = f.follower \
         WHERE f.what = $1 AND f.rhythm = 'at_once' AND f.way = 'push' AND f.confirmed_at IS NOT NULL AND f.stopped_at IS NULL \
         AND d.ended_at IS NULL \
         UNION ALL \
         SELECT f.id, f.way, w.id, NULL, '' FROM follow AS f JOIN webhook AS w ON w.id = f.follower \
         WHERE f.what = $1 AND f.rhythm = 'at_once' AND f.way = 'webhook' AND f.confirmed_at IS NOT NULL AND f.stopped_at IS NULL \
         AND w.ended_at IS NULL \
         ORDER BY 1, 3",
        params![what.to_string()],
        |row| {
            Ok(Recipient {
                follow: Some(row.id(0)?),
                way: row.word(1, Way::parse)?,
                id: row.get(2)?,
                person: row.get::<Option<String>>(3)?.and_then(|id| id.parse().ok()),
                language: row.get(4)?,
            })
        },
    )
}

/// Whoever follows the same thing in the same way at the same moment is the same row.
pub fn insert(
    conn: &mut Conn<'_>,
    key: &str,
    (follower, what, way): (&str, &What, Way),
    rhythm: Rhythm,
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO follow (id, follower, what, way, rhythm, created_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (follower, what, way) DO NOTHING",
        params![key, follower, what.to_string(), way.as_str(), rhythm.as_str(), now.as_millisecond()],
    )?;
    Ok(())
}

/// It runs from now on, or goes on if it runs already.
pub fn begin(
    conn: &mut Conn<'_>,
    follow: &FollowId,
    rhythm: Rhythm,
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE follow SET confirmed_at = CASE WHEN stopped_at IS NULL THEN COALESCE(confirmed_at, $1) ELSE $1 END, \
         stopped_at = NULL, rhythm = $2 WHERE id = $3",
        params![now.as_millisecond(), rhythm.as_str(), follow.as_str()],
    )?;
    Ok(())
}

pub fn set_rhythm(
    conn: &mut Conn<'_>,
    follower: &PersonId,
    follow: &FollowId,
    rhythm: Rhythm,
) -> Result<bool, DbError> {
    let done = conn.execute(
        "UPDATE follow SET rhythm = $1 WHERE id = $2 AND follower = $3 AND way = 'mail' \
         AND confirmed_at IS NOT NULL AND stopped_at IS NULL",
        params![rhythm.as_str(), follow.as_str(), follower.as_str()],
    )?;
    Ok(done == 1)
}

/// Stops one follow of somebody, or all that run.
pub fn stop_of(
    conn: &mut Conn<'_>,
    follower: &PersonId,
    follow: Option<&FollowId>,
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE follow SET stopped_at = $1 WHERE follower = $2 AND id = COALESCE($3, id) AND stopped_at IS NULL",
        params![now.as_millisecond(), follower.as_str(), follow.map(FollowId::as_str)],
    )?;
    Ok(())
}

/// Stops all that somebody follows by bulletins of this rhythm.
pub fn stop_rhythm(
    conn: &mut Conn<'_>,
    follower: &PersonId,
    rhythm: Rhythm,
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE follow SET stopped_at = $1 WHERE follower = $2 AND rhythm = $3 AND way = 'mail' AND stopped_at IS NULL",
        params![now.as_millisecond(), follower.as_str(), rhythm.as_str()],
    )?;
    Ok(())
}

/// Ends the periodic report of somebody at the desk.
pub fn stop_periodic(conn: &mut Conn<'_>, person: &PersonId) -> Result<(), DbError> {
    conn.execute(
        "DELETE FROM report_subscription WHERE account IN (SELECT id FROM account WHERE person = $1)",
        params![person.as_str()],
    )?;
    Ok(())
}

/// Ends letters about one report, for a follower and for its reporter alike.
pub fn stop_report(
    conn: &mut Conn<'_>,
    key: &str,
    request: &ServiceRequestId,
    person: &PersonId,
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO follow (id, follower, what, way, rhythm, stopped_at, created_at) VALUES ($1, $2, $3, 'mail', 'at_once', $4, $4) \
         ON CONFLICT (follower, what, way) DO UPDATE SET stopped_at = excluded.stopped_at",
        params![key, person.as_str(), request.as_str(), now.as_millisecond()],
    )?;
    Ok(())
}

/// Ends all letters to a person's address.
pub fn stop_all(conn: &mut Conn<'_>, person: &PersonId, now: Timestamp) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO unsubscribed (address_hash, at) SELECT email_hash, CAST($1 AS BIGINT) FROM person WHERE id = $2 AND email_hash IS NOT NULL \
         ON CONFLICT (address_hash) DO NOTHING",
        params![now.as_millisecond(), person.as_str()],
    )?;
    Ok(())
}

pub fn has_stopped_all(conn: &mut Conn<'_>, person: &str) -> Result<bool, DbError> {
    let found = conn.query_opt(
        "SELECT 1 FROM unsubscribed AS u JOIN person AS p ON p.email_hash = u.address_hash WHERE p.id = $1",
        params![person],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// Somebody wants letters again.
pub fn resume_all(conn: &mut Conn<'_>, person: &PersonId) -> Result<(), DbError> {
    conn.execute(
        "DELETE FROM unsubscribed WHERE address_hash = (SELECT email_hash FROM person WHERE id = $1)",
        params![person.as_str()],
    )?;
    Ok(())
}
