//! All SQL of oversight. Of reports it only reads what the other slices wrote.
//!
//! Tables: `report_subscription`; reads `account`, `past_round`, `promise`, `service_request`.

use super::digest::Every;
use crate::platform::db::{Conn, DbError, Row, params};
use crate::platform::live::Changed;
use crate::service_request::list::filter::PageKey;
use domain::actor::Role;
use domain::ids::{AccountId, AgencyId, AreaId, EventId, PersonId, ServiceCode, ServiceRequestId};
use domain::place::{Exactness, Point};
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, Rating, State};
use jiff::Timestamp;
use jiff::civil::Date;

/// A report as far as numbers go, and the round it is in or closed last.
#[derive(Debug, Clone)]
pub struct Stood {
    pub id: ServiceRequestId,
    /// Of the report.
    pub version: i64,
    pub service: ServiceCode,
    /// Of its service, as it was when the report last changed.
    pub field: String,
    pub area: AreaId,
    pub public: bool,
    pub confidential: bool,
    pub hidden: bool,
    /// Filed by staff of the agency that has it.
    pub by_own_staff: bool,
    /// The unit it is about.
    pub concerns: Option<AgencyId>,
    pub point: Point,
    pub exactness: Exactness,
    pub state: State,
    pub received_at: Timestamp,
    pub accepted_at: Option<Timestamp>,
    pub responded_at: Option<Timestamp>,
    pub updated_at: Timestamp,
    pub round: Round,
}

impl Stood {
    /// For live pages: another node, or a job, changed it.
    pub fn told(&self) -> Changed {
        Changed {
            request: self.id.clone(),
            version: self.version,
            state: self.state,
            agency: self.round.agency.clone(),
            open_to_all: self.public && !self.confidential && !self.hidden,
            confidential: self.confidential,
            concerns: self.concerns.clone(),
        }
    }
}

/// A round: who had it, by when, and what came of it.
#[derive(Debug, Clone)]
pub struct Round {
    pub agency: AgencyId,
    pub due_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub outcome: Option<Outcome>,
    pub refusal_code: Option<String>,
    pub rating: Option<Rating>,
    pub planned_for: Option<Date>,
}

/// A round that is over because the report left `closed`.
#[derive(Debug, Clone)]
pub struct PastRound {
    pub request: ServiceRequestId,
    pub round: Round,
    pub left_at: Timestamp,
    pub left_by: Verb,
}

/// The seven columns of a round from `at` on.
fn round(row: &Row<'_>, at: usize) -> Result<Round, DbError> {
    Ok(Round {
        agency: row.id(at)?,
        due_at: row.optional_instant(at + 1)?,
        closed_at: row.optional_instant(at + 2)?,
        outcome: row.optional_word(at + 3, Outcome::parse)?,
        refusal_code: row.get(at + 4)?,
        rating: row.optional_word(at + 5, Rating::parse)?,
        planned_for: row.optional_id(at + 6)?,
    })
}

/// Reports changed after this key, in the order of their changes.
pub fn changed_since(
    conn: &mut Conn<'_>,
    after: &PageKey,
    limit: usize,
) -> Result<Vec<Stood>, DbError> {
    conn.query(
        "SELECT id, service, area, public, confidential, hidden, by_own_staff, lat, long, state, received_at, accepted_at, \
         responded_at, updated_at, agency, due_at, closed_at, outcome, refusal_code, rating, planned_for, version, field, concerns, \
         exactness \
         FROM service_request WHERE (updated_at, id) > ($1, $2) ORDER BY updated_at, id LIMIT $3",
        params![after.at, after.id.as_str(), limit as i64],
        |row| {
            let corrupt = || DbError::Corrupt {
                column: "service_request.lat".to_owned(),
                found: "no degrees",
                expected: "a point",
            };
            Ok(Stood {
                id: row.id(0)?,
                version: row.get(21)?,
                service: row.id(1)?,
                field: row.get(22)?,
                concerns: row.optional_id(23)?,
                area: row.id(2)?,
                public: row.get(3)?,
                confidential: row.get(4)?,
                hidden: row.get::<Option<String>>(5)?.is_some(),
                by_own_staff: row.get(6)?,
                point: Point::new(row.get(7)?, row.get(8)?).map_err(|_| corrupt())?,
                exactness: row.word(24, Exactness::parse)?,
                state: row.word(9, State::parse)?,
                received_at: row.instant(10)?,
                accepted_at: row.optional_instant(11)?,
                responded_at: row.optional_instant(12)?,
                updated_at: row.instant(13)?,
                round: round(row, 14)?,
            })
        },
    )
}

/// How many reports there are, and their versions added up: from an index alone.
pub fn totals(conn: &mut Conn<'_>) -> Result<(i64, i64), DbError> {
    conn.query_one(
        "SELECT COUNT(*), CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM service_request",
        params![],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Rounds that were left at this moment, milliseconds UTC, or later, in that order.
pub fn rounds_left_since(conn: &mut Conn<'_>, since: i64) -> Result<Vec<PastRound>, DbError> {
    conn.query(
        "SELECT request, left_at, left_by, agency, due_at, closed_at, outcome, refusal_code, rating, planned_for \
         FROM past_round WHERE left_at >= $1 ORDER BY left_at, request",
        params![since],
        |row| {
            Ok(PastRound {
                request: row.id(0)?,
                left_at: row.instant(1)?,
                left_by: row.word(2, Verb::parse)?,
                round: round(row, 3)?,
            })
        },
    )
}

/// A promise that was kept or broken.
#[derive(Debug, Clone)]
pub struct PastPromise {
    /// Of the event in which it was given.
    pub id: EventId,
    pub request: ServiceRequestId,
    pub agency: AgencyId,
    pub day: Date,
    pub kept: bool,
}

/// Promises of outcomes that were settled at this moment, milliseconds UTC, or later.
pub fn promises_settled_since(
    conn: &mut Conn<'_>,
    since: i64,
) -> Result<Vec<PastPromise>, DbError> {
    conn.query(
        "SELECT request, agency, date, state, id FROM promise WHERE kind = 'planned' AND state IN ('kept', 'broken') AND settled_at >= $1 \
         ORDER BY id",
        params![since],
        |row| {
            Ok(PastPromise {
                request: row.id(0)?,
                agency: row.id(1)?,
                day: row.id(2)?,
                kept: row.get::<String>(3)? == "kept",
                id: row.id(4)?,
            })
        },
    )
}

/// Who gets the periodic report.
#[derive(Debug, Clone)]
pub struct Subscriber {
    pub account: AccountId,
    pub person: Option<PersonId>,
    pub agency: Option<AgencyId>,
    pub roles: Vec<Role>,
    pub language: String,
    pub every: Every,
    /// Last day of the newest period that was sent.
    pub done: String,
}

/// Subscribers who are not locked.
pub fn subscribers(conn: &mut Conn<'_>) -> Result<Vec<Subscriber>, DbError> {
    conn.query(
        "SELECT s.account, a.person, a.agency, a.roles, a.language, s.every, s.done FROM report_subscription AS s \
         JOIN account AS a ON a.id = s.account WHERE a.locked_at IS NULL ORDER BY s.account",
        params![],
        |row| {
            let roles: String = row.get(3)?;
            Ok(Subscriber {
                account: row.id(0)?,
                person: row.optional_id(1)?,
                agency: row.optional_id(2)?,
                roles: roles.split_whitespace().filter_map(Role::parse).collect(),
                language: row.get(4)?,
                every: row.word(5, Every::parse)?,
                done: row.get(6)?,
            })
        },
    )
}

pub fn rhythm(conn: &mut Conn<'_>, account: &AccountId) -> Result<Option<Every>, DbError> {
    conn.query_opt(
        "SELECT every FROM report_subscription WHERE account = $1",
        params![account.as_str()],
        |row| row.word(0, Every::parse),
    )
}

/// How often somebody gets the report from now on; `None`: not any more.
pub fn set_rhythm(
    conn: &mut Conn<'_>,
    account: &AccountId,
    every: Option<Every>,
    done: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    match every {
        None => conn.execute(
            "DELETE FROM report_subscription WHERE account = $1",
            params![account.as_str()],
        )?,
        Some(every) => conn.execute(
            "INSERT INTO report_subscription (account, every, done, created_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (account) DO UPDATE SET every = excluded.every, done = excluded.done",
            params![account.as_str(), every.as_str(), done, now.as_millisecond()],
        )?,
    };
    Ok(())
}

pub fn set_done(conn: &mut Conn<'_>, account: &AccountId, done: &str) -> Result<(), DbError> {
    conn.execute(
        "UPDATE report_subscription SET done = $1 WHERE account = $2",
        params![done, account.as_str()],
    )?;
    Ok(())
}
