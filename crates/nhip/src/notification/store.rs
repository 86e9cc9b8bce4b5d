//! All SQL of letters: readers, deliveries, attempts.
//!
//! Tables: `delivery`, `delivery_attempt`; reads `account`, `comment`, `outbox`, `person`, `service_request`.

use super::deliver::Leased;
use super::desk::{Filter, Letter, Stuck};
use super::dispatch::{NewDelivery, Person, Seated};
use super::follow::Way;
use super::who::priority;
use crate::account::policy::Sight;
use crate::platform::db::{Conn, DbError, Row, dialect, params};
use domain::actor::Role;
use domain::ids::{
    AccountId, AgencyId, DeliveryId, FollowId, PersonId, ServiceRequestId, WebhookId,
};
use jiff::Timestamp;

// --- readers: people who can be reached ---

fn to_person(row: &Row<'_>) -> Result<Person, DbError> {
    Ok(Person { id: row.id(0)?, language: row.get(1)? })
}

pub fn person(conn: &mut Conn<'_>, person: &PersonId) -> Result<Option<Person>, DbError> {
    conn.query_opt(
        "SELECT id, language FROM person WHERE id = $1 AND email_hash IS NOT NULL",
        params![person.as_str()],
        to_person,
    )
}

/// Staff with an address who are not locked; of one agency, or of all.
pub fn staff(conn: &mut Conn<'_>, agency: Option<&AgencyId>) -> Result<Vec<Seated>, DbError> {
    conn.query(
        "SELECT p.id, a.language, a.roles, a.agency FROM account AS a JOIN person AS p ON p.id = a.person \
         WHERE a.kind = 'staff' AND a.locked_at IS NULL AND p.email_hash IS NOT NULL AND COALESCE(a.agency, '') = COALESCE($1, a.agency, '') ORDER BY a.id",
        params![agency.map(AgencyId::as_str)],
        |row| {
            Ok(Seated {
                person: to_person(row)?,
                roles: row.get::<String>(2)?.split_whitespace().filter_map(Role::parse).collect(),
                agency: row.optional_id(3)?,
            })
        },
    )
}

/// In which roles, and where, this person is on the staff.
pub fn seats_of(conn: &mut Conn<'_>, person: &str) -> Result<Vec<Seated>, DbError> {
    let all = staff(conn, None)?;
    Ok(all.into_iter().filter(|seated| seated.person.id.as_str() == person).collect())
}

pub fn person_of(conn: &mut Conn<'_>, account: &AccountId) -> Result<Option<PersonId>, DbError> {
    let found = conn.query_opt(
        "SELECT person FROM account WHERE id = $1",
        params![account.as_str()],
        |row| row.optional_id(0),
    )?;
    Ok(found.flatten())
}

// --- deliveries ---

/// One letter to one recipient about one event; a second is left out.
pub fn insert(conn: &mut Conn<'_>, new: &NewDelivery<'_>, now: Timestamp) -> Result<bool, DbError> {
    let done = conn.execute(
        "INSERT INTO delivery (id, event, topic, case_ref, recipient, reader, letter, language, sealed, state, due_at, attempts, round, created_at, \
         way, follow, told, priority) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $14, 0, 0, $10, $11, $12, $13, $15) ON CONFLICT (event, letter, recipient) DO NOTHING",
        params![
            new.id,
            new.event,
            new.topic,
            new.request.map(ServiceRequestId::as_str),
            new.to.id,
            new.reader,
            new.letter,
            new.to.language,
            new.sealed,
            now.as_millisecond(),
            new.to.way.as_str(),
            new.to.follow.as_ref().map(FollowId::as_str),
            new.told,
            new.not_before.as_millisecond(),
            priority(new.letter)
        ],
    )?;
    Ok(done == 1)
}

/// Was this letter about this event made for them already?
pub fn is_made(
    conn: &mut Conn<'_>,
    event: &str,
    letter: &str,
    recipient: &str,
) -> Result<bool, DbError> {
    let found = conn.query_opt(
        "SELECT 1 FROM delivery WHERE event = $1 AND letter = $2 AND recipient = $3",
        params![event, letter, recipient],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// Is there one to send by this way?
pub fn any_due(conn: &mut Conn<'_>, way: Way, now: Timestamp) -> Result<bool, DbError> {
    let found = conn.query_opt(
        "SELECT 1 FROM delivery WHERE state = 'waiting' AND way = $2 AND due_at <= $1 AND (leased_until_at IS NULL OR leased_until_at <= $1) LIMIT 1",
        params![now.as_millisecond(), way.as_str()],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// How far the sending is behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backlog {
    /// Letters whose time has come, those being sent now included.
    pub due: i64,
    /// Letters that were tried for the last time.
    pub failed: i64,
}

pub fn backlog(conn: &mut Conn<'_>, now: Timestamp) -> Result<Backlog, DbError> {
    conn.query_one(
        "SELECT (SELECT COUNT(*) FROM delivery WHERE state = 'waiting' AND due_at <= $1), \
         (SELECT COUNT(*) FROM delivery WHERE state = 'failed')",
        params![now.as_millisecond()],
        |row| Ok(Backlog { due: row.get(0)?, failed: row.get(1)? }),
    )
}

/// Deliveries on their way to one receiver: one that does not answer takes up so many lanes, and no more.
const AT_ONCE: usize = 2;

/// Takes the delivery that goes first of those that are due and that nobody holds, passing over receivers who have
/// [`AT_ONCE`] on their way already, and counts the attempt before it is made: a letter
/// that kills the process is not tried for ever.
pub fn lease(
    conn: &mut Conn<'_>,
    way: Way,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<Leased>, DbError> {
    let skip_locked = dialect::skip_locked(conn.engine());
    let sql = format!(
        "SELECT id, event, topic, case_ref, recipient, reader, letter, language, sealed, attempts, round, way, follow, told FROM delivery \
         WHERE state = 'waiting' AND way = $2 AND due_at <= $1 AND (leased_until_at IS NULL OR leased_until_at <= $1) \
         AND (SELECT COUNT(*) FROM delivery AS held WHERE held.recipient = delivery.recipient AND held.state = 'waiting' \
         AND held.leased_until_at IS NOT NULL AND held.leased_until_at > $1) < {AT_ONCE} \
         ORDER BY priority, due_at, id LIMIT 1{skip_locked}"
    );
    let found = conn.query_opt(&sql, params![now.as_millisecond(), way.as_str()], |row| {
        Ok(Leased {
            id: row.id(0)?,
            event: row.get(1)?,
            topic: row.get(2)?,
            request: row.optional_id(3)?,
            recipient: row.get(4)?,
            reader: row.get(5)?,
            letter: row.get(6)?,
            language: row.get(7)?,
            sealed: row.get(8)?,
            attempts: row.get::<i64>(9)? + 1,
            round: row.get(10)?,
            way: row.word(11, Way::parse)?,
            follow: row.optional_id(12)?,
            told: row.get(13)?,
        })
    })?;
    if let Some(leased) = &found {
        conn.execute(
            "UPDATE delivery SET leased_until_at = $1, attempts = $2 WHERE id = $3",
            params![until.as_millisecond(), leased.attempts, leased.id.as_str()],
        )?;
    }
    Ok(found)
}

/// Forgets deliveries that ended, and their attempts.
pub fn forget(conn: &mut Conn<'_>, before: Timestamp, limit: usize) -> Result<(), DbError> {
    let old = "SELECT id FROM delivery WHERE created_at < $1 AND state <> 'waiting' ORDER BY created_at, id LIMIT $2";
    for sql in [
        format!("DELETE FROM delivery_attempt WHERE delivery IN ({old})"),
        format!("DELETE FROM delivery WHERE id IN ({old})"),
    ] {
        conn.execute(&sql, params![before.as_millisecond(), limit as i64])?;
    }
    Ok(())
}

/// Lets go of what a process held that is no more, where there can be no other.
pub fn release(conn: &mut Conn<'_>) -> Result<u64, DbError> {
    conn.execute(
        "UPDATE delivery SET leased_until_at = NULL WHERE state = 'waiting' AND leased_until_at IS NOT NULL",
        params![],
    )
}

/// Its end: `sent`, `failed` or `dropped`. The secret it carried is forgotten once it was sent.
pub fn settle(
    conn: &mut Conn<'_>,
    delivery: &DeliveryId,
    state: &str,
    sent: Option<Timestamp>,
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE delivery SET state = $1, sent_at = $2, leased_until_at = NULL, sealed = CASE WHEN $1 = 'sent' THEN NULL ELSE sealed END WHERE id = $3",
        params![state, sent.map(Timestamp::as_millisecond), delivery.as_str()],
    )?;
    Ok(())
}

pub fn postpone(conn: &mut Conn<'_>, delivery: &DeliveryId, to: Timestamp) -> Result<(), DbError> {
    conn.execute(
        "UPDATE delivery SET due_at = $1, leased_until_at = NULL WHERE id = $2",
        params![to.as_millisecond(), delivery.as_str()],
    )?;
    Ok(())
}

/// A webhook did not answer: what else waits for it is not tried before `to` either.
pub fn put_off_calls(conn: &mut Conn<'_>, webhook: &str, to: Timestamp) -> Result<(), DbError> {
    conn.execute(
        "UPDATE delivery SET due_at = $1 WHERE recipient = $2 AND way = 'webhook' AND state = 'waiting' AND due_at < $1 \
         AND leased_until_at IS NULL",
        params![to.as_millisecond(), webhook],
    )?;
    Ok(())
}

pub fn insert_attempt(
    conn: &mut Conn<'_>,
    key: &str,
    delivery: &DeliveryId,
    now: Timestamp,
    ok: bool,
    detail: &str,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO delivery_attempt (id, delivery, at, ok, detail) VALUES ($1, $2, $3, $4, $5)",
        params![key, delivery.as_str(), now.as_millisecond(), ok, detail],
    )?;
    Ok(())
}

/// Puts an ended delivery back in the line as a new round, with a new secret if it needs one; `false`: it is not ended.
pub fn send_again(
    conn: &mut Conn<'_>,
    delivery: &DeliveryId,
    sealed: Option<&[u8]>,
    now: Timestamp,
) -> Result<bool, DbError> {
    let done = conn.execute(
        "UPDATE delivery SET state = 'waiting', due_at = $1, leased_until_at = NULL, attempts = 0, round = round + 1, sent_at = NULL, \
         sealed = COALESCE($2, sealed) WHERE id = $3 AND state <> 'waiting'",
        params![now.as_millisecond(), sealed, delivery.as_str()],
    )?;
    Ok(done == 1)
}

const LETTER: &str = "SELECT d.id, d.case_ref, d.reader, d.letter, d.language, d.state, d.attempts, d.created_at, d.sent_at, d.due_at, \
    (SELECT a.detail FROM delivery_attempt AS a WHERE a.delivery = d.id ORDER BY a.id DESC LIMIT 1), r.confidential, d.way \
    FROM delivery AS d LEFT JOIN service_request AS r ON r.id = d.case_ref";

fn to_letter(row: &Row<'_>) -> Result<Letter, DbError> {
    Ok(Letter {
        id: row.id(0)?,
        request: row.optional_id(1)?,
        reader: row.get(2)?,
        letter: row.get(3)?,
        language: row.get(4)?,
        state: row.get(5)?,
        attempts: row.get(6)?,
        created_at: row.instant(7)?,
        sent_at: row.optional_instant(8)?,
        due_at: row.instant(9)?,
        detail: row.get(10)?,
        confidential: row.get::<Option<bool>>(11)?.unwrap_or(false),
        way: row.word(12, Way::parse)?,
    })
}

pub fn letter(conn: &mut Conn<'_>, delivery: &DeliveryId) -> Result<Option<Letter>, DbError> {
    conn.query_opt(&format!("{LETTER} WHERE d.id = $1"), params![delivery.as_str()], to_letter)
}

pub fn letters_of(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    limit: usize,
) -> Result<Vec<Letter>, DbError> {
    conn.query(
        &format!("{LETTER} WHERE d.case_ref = $1 ORDER BY d.created_at DESC, d.id DESC LIMIT $2"),
        params![request.as_str(), limit as i64],
        to_letter,
    )
}

/// What was sent to a webhook, newest first; of what has become confidential meanwhile nothing.
pub fn calls_of(
    conn: &mut Conn<'_>,
    webhook: &WebhookId,
    limit: usize,
) -> Result<Vec<Letter>, DbError> {
    conn.query(
        &format!(
            "{LETTER} WHERE d.recipient = $1 AND d.way = 'webhook' AND COALESCE(r.confidential, 0) = 0 \
             ORDER BY d.created_at DESC, d.id DESC LIMIT $2"
        ),
        params![webhook.as_str(), limit as i64],
        to_letter,
    )
}

/// Newest first, from `filter.before` on.
pub fn letters(conn: &mut Conn<'_>, filter: &Filter, limit: usize) -> Result<Vec<Letter>, DbError> {
    let (at, key) = filter.before.clone().unwrap_or((i64::MAX, String::new()));
    conn.query(
        &format!(
            "{LETTER} WHERE (d.created_at, d.id) < ($1, $2) AND d.state = COALESCE($3, d.state) \
             AND COALESCE(d.case_ref, '') = COALESCE($4, d.case_ref, '') AND COALESCE(r.confidential, 0) = $5 \
             AND COALESCE(r.concerns, '') <> $6 ORDER BY d.created_at DESC, d.id DESC LIMIT $7"
        ),
        params![at, key, filter.state, filter.request.as_ref().map(ServiceRequestId::as_str), filter.sight.confidential, filter.sight.hidden_unit(), limit as i64],
        to_letter,
    )
}

/// How many are in each state; of confidential reports, or of all others.
pub fn counts(conn: &mut Conn<'_>, sight: &Sight) -> Result<Vec<(String, i64)>, DbError> {
    conn.query(
        "SELECT d.state, count(*) FROM delivery AS d LEFT JOIN service_request AS r ON r.id = d.case_ref \
         WHERE COALESCE(r.confidential, 0) = $1 AND COALESCE(r.concerns, '') <> $2 GROUP BY d.state",
        params![sight.confidential, sight.hidden_unit()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Outbox rows that could not be turned into letters at once.
pub fn stuck(conn: &mut Conn<'_>, sight: &Sight, limit: usize) -> Result<Vec<Stuck>, DbError> {
    conn.query(
        "SELECT o.id, o.topic, o.case_ref, o.attempts, o.due_at FROM outbox o LEFT JOIN service_request r ON r.id = o.case_ref \
         WHERE o.attempts > 0 AND COALESCE(r.confidential, 0) = $1 AND COALESCE(r.concerns, '') <> $2 \
         ORDER BY o.due_at, o.id LIMIT $3",
        params![sight.confidential, sight.hidden_unit(), limit as i64],
        |row| Ok(Stuck { id: row.get(0)?, topic: row.get(1)?, request: row.get(2)?, attempts: row.get(3)?, due_at: row.instant(4)? }),
    )
}

/// The words of an official answer in the discussion, while it stands.
pub fn official_comment(conn: &mut Conn<'_>, comment: &str) -> Result<Option<String>, DbError> {
    conn.query_opt(
        "SELECT text FROM comment WHERE id = $1 AND agency IS NOT NULL AND hidden_reason IS NULL",
        params![comment],
        |row| row.get(0),
    )
}
