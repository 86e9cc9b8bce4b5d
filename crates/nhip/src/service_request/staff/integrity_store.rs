//! SQL of what makes numbers honest: what each answer was like when it was given, and where its photos were used before.
//!
//! Tables: `answer_given`; reads `event`, `media`, `attachment`, `service_request`.

use crate::account::policy::Sight;
use crate::media::PerceptualHash;
use crate::platform::db::{Conn, DbError, Row, params};
use domain::ids::{AccountId, AgencyId, EventId, MediaId, ServiceRequestId};
use domain::service_request::ServiceRequest;
use jiff::Timestamp;

/// Of 64 bits, so many may differ between two looks of one photo.
const ALIKE: u32 = 6;
/// The place before and after the work looks much the same: of one report only what is all but one picture is told.
const OWN_ALIKE: u32 = 1;
/// Photos with a part in common that are looked at.
const CANDIDATES: i64 = 200;
/// An answer within so many milliseconds of having the report is fast.
const FAST_MS: i64 = 10 * 60 * 1_000;
/// So many answers by one person within so many milliseconds are many at once: five in five minutes.
const BULK_MS: i64 = 5 * 60 * 1_000;

/// An answer as it is given.
#[derive(Debug)]
pub struct Given<'a> {
    pub event: &'a EventId,
    pub report: &'a ServiceRequest,
    pub account: Option<&'a AccountId>,
    pub words_key: String,
    pub evidence: bool,
    pub at: Timestamp,
}

pub fn insert(conn: &mut Conn<'_>, given: &Given<'_>) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO answer_given (event, request, agency, account, at, had_it_at, words_key, evidence) \
         VALUES ($1, $2, $3, $4, $5, COALESCE((SELECT MAX(at) FROM event WHERE case_ref = $2 \
         AND verb IN ('accept', 'reopen', 'appeal', 'send_back', 'promise_due')), $5), $6, $7)",
        params![
            given.event.as_str(), given.report.id.as_str(), given.report.agency.as_str(),
            given.account.map(AsRef::<str>::as_ref), given.at.as_millisecond(), given.words_key.as_str(), given.evidence
        ],
    )?;
    Ok(())
}

/// The newest answer of a report was sent back.
pub fn sent_back(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE answer_given SET sent_back_at = $1 WHERE request = $2 \
         AND at = (SELECT MAX(at) FROM answer_given WHERE request = $2)",
        params![now.as_millisecond(), request.as_str()],
    )?;
    Ok(())
}

/// The newest answer of a report was published.
pub fn published(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    now: Timestamp,
) -> Result<(), DbError> {
    conn.execute(
        "UPDATE answer_given SET published_at = $1 WHERE request = $2 \
         AND at = (SELECT MAX(at) FROM answer_given WHERE request = $2)",
        params![now.as_millisecond(), request.as_str()],
    )?;
    Ok(())
}

/// What an agency's answers of a period were like. Confidential reports are in none of these numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Integrity {
    pub agency: String,
    pub answers: i64,
    pub published: i64,
    /// Of those published: without a photo or document; within ten minutes; many by one person within five; with words
    /// the agency had used before.
    pub no_evidence: i64,
    pub fast: i64,
    pub bulk: i64,
    pub reused: i64,
    /// Of all answers.
    pub sent_back: i64,
}

/// Each answer of a period with what is to be said of it. A run of five within the time begins at most four before it
/// and ends at most four after.
fn marked() -> String {
    let run = |after: i64| {
        let (lead, lag) = (
            if after == 0 { "g.at".to_owned() } else { format!("LEAD(g.at, {after}) OVER w") },
            if after == 4 { "g.at".to_owned() } else { format!("LAG(g.at, {}) OVER w", 4 - after) },
        );
        format!("COALESCE({lead} - {lag} <= {BULK_MS}, FALSE)")
    };
    let runs: Vec<String> = (0..5).map(run).collect();
    format!(
        "SELECT g.event, g.request, g.agency, g.account, g.at, g.evidence, g.sent_back_at, g.published_at, \
         g.at - g.had_it_at < {FAST_MS} AS fast, g.account IS NOT NULL AND ({}) AS bulk, \
         EXISTS (SELECT 1 FROM answer_given b WHERE b.agency = g.agency AND b.words_key = g.words_key AND b.at < g.at \
         AND b.request <> g.request) AS reused \
         FROM answer_given g JOIN service_request r ON r.id = g.request WHERE g.at >= $1 AND r.confidential = 0 \
         WINDOW w AS (PARTITION BY g.account ORDER BY g.at, g.event)",
        runs.join(" OR ")
    )
}

/// For every agency that answered since then.
pub fn integrity(conn: &mut Conn<'_>, since: Timestamp) -> Result<Vec<Integrity>, DbError> {
    let marked = marked();
    let sql = format!(
        "SELECT agency, COUNT(*), COUNT(published_at), COUNT(CASE WHEN published_at IS NOT NULL AND evidence = 0 THEN 1 END), \
         COUNT(CASE WHEN published_at IS NOT NULL AND fast THEN 1 END), \
         COUNT(CASE WHEN published_at IS NOT NULL AND bulk THEN 1 END), \
         COUNT(CASE WHEN published_at IS NOT NULL AND reused THEN 1 END), COUNT(sent_back_at) \
         FROM ({marked}) AS m GROUP BY agency ORDER BY agency"
    );
    conn.query(&sql, params![since.as_millisecond()], |row| {
        Ok(Integrity {
            agency: row.get(0)?,
            answers: row.get(1)?,
            published: row.get(2)?,
            no_evidence: row.get(3)?,
            fast: row.get(4)?,
            bulk: row.get(5)?,
            reused: row.get(6)?,
            sent_back: row.get(7)?,
        })
    })
}

domain::word! {
    /// Which answers of an agency.
    Which {
        Published = "published",
        NoEvidence = "no_evidence",
        Fast = "fast",
        Bulk = "bulk",
        Reused = "reused",
        SentBack = "sent_back",
    }
}

impl Which {
    fn condition(self) -> &'static str {
        match self {
            Self::Published => "published_at IS NOT NULL",
            Self::NoEvidence => "published_at IS NOT NULL AND evidence = 0",
            Self::Fast => "published_at IS NOT NULL AND fast",
            Self::Bulk => "published_at IS NOT NULL AND bulk",
            Self::Reused => "published_at IS NOT NULL AND reused",
            Self::SentBack => "sent_back_at IS NOT NULL",
        }
    }
}

/// An answer behind a number.
#[derive(Debug, Clone)]
pub struct Answer {
    pub request: ServiceRequestId,
    pub account: Option<AccountId>,
    pub at: Timestamp,
    /// What was answered, as the event keeps it.
    pub data: String,
}

/// The answers behind one number, newest first.
pub fn answers(
    conn: &mut Conn<'_>,
    agency: &AgencyId,
    which: Which,
    since: Timestamp,
    limit: usize,
) -> Result<Vec<Answer>, DbError> {
    let (marked, condition) = (marked(), which.condition());
    let sql = format!(
        "SELECT m.request, m.account, m.at, e.data FROM ({marked}) AS m JOIN event e ON e.case_ref = m.request AND e.id = m.event \
         WHERE m.agency = $2 AND {condition} ORDER BY m.at DESC, m.event DESC LIMIT $3"
    );
    conn.query(&sql, params![since.as_millisecond(), agency.as_str(), limit as i64], |row| {
        Ok(Answer {
            request: row.parse(0, "a code", |text| text.parse().ok())?,
            account: row.get::<Option<String>>(1)?.and_then(|id| id.parse().ok()),
            at: row.instant(2)?,
            data: row.get(3)?,
        })
    })
}

/// A photo that stands as proof here, and where it stood before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reused {
    pub here: MediaId,
    pub there: MediaId,
    pub request: ServiceRequestId,
    /// The very file; else it only looks the same.
    pub same_file: bool,
    /// The reporter's own photo of this very report, given back as the result.
    pub own_before: bool,
}

/// Where the photos of this report's answers were used before, by their bytes or by their looks; each other report once.
pub fn reused_photos(
    conn: &mut Conn<'_>,
    report: &ServiceRequest,
    sight: &Sight,
) -> Result<Vec<Reused>, DbError> {
    let mine = conn.query(
        "SELECT m.id, m.sha256, m.phash FROM attachment q JOIN media m ON m.id = q.media \
         WHERE q.case_ref = $1 AND q.stage = 'after' ORDER BY q.event, q.position",
        params![report.id.as_str()],
        |row| Ok((media(row, 0)?, row.get::<String>(1)?, row.get::<Option<i64>>(2)?)),
    )?;
    let mut found: Vec<Reused> = Vec::new();
    for (here, bytes, looks) in mine {
        let looks = looks.map(PerceptualHash).filter(|looks| looks.is_telling());
        for other in alike(conn, report, sight, (&here, &bytes, looks))? {
            let known = found.iter().any(|f| f.request == other.request && f.here == other.here);
            if !known {
                found.push(other);
            }
        }
    }
    // The surest first.
    found.sort_by_key(|reused| !reused.same_file);
    Ok(found)
}

fn media(row: &Row<'_>, index: usize) -> Result<MediaId, DbError> {
    row.id(index)
}

fn alike(
    conn: &mut Conn<'_>,
    report: &ServiceRequest,
    sight: &Sight,
    (here, bytes, looks): (&MediaId, &str, Option<PerceptualHash>),
) -> Result<Vec<Reused>, DbError> {
    let part = |n: u32| looks.map_or(-1, |looks| (looks.0 >> (16 * n)) & 65_535);
    let rows = conn.query(
        "SELECT o.media, o.case_ref, o.stage, m.sha256, m.phash FROM media m JOIN attachment o ON o.media = m.id \
         JOIN service_request r ON r.id = o.case_ref WHERE m.id <> $1 AND (m.sha256 = $2 OR (m.phash & 65535) = $3 \
         OR ((m.phash >> 16) & 65535) = $4 OR ((m.phash >> 32) & 65535) = $5 OR ((m.phash >> 48) & 65535) = $6) \
         AND (o.case_ref <> $7 OR o.stage = 'before') AND r.confidential = $8 AND COALESCE(r.concerns, '') <> $9 \
         ORDER BY m.created_at, m.id LIMIT $10",
        params![
            here.as_str(), bytes, part(0), part(1), part(2), part(3), report.id.as_str(), sight.confidential,
            sight.hidden_unit(), CANDIDATES
        ],
        |row| {
            Ok((
                media(row, 0)?,
                row.parse::<ServiceRequestId>(1, "a code", |text| text.parse().ok())?,
                row.get::<String>(2)?,
                row.get::<String>(3)?,
                row.get::<Option<i64>>(4)?,
            ))
        },
    )?;
    let found = rows.into_iter().filter_map(|(there, request, stage, sha256, phash)| {
        let same_file = sha256 == bytes;
        let theirs = phash.map(PerceptualHash);
        let own_before = request == report.id && stage == "before";
        let most = if own_before { OWN_ALIKE } else { ALIKE };
        let near = looks.zip(theirs).is_some_and(|(a, b)| a.distance(b) <= most);
        (same_file || near).then(|| Reused {
            here: here.clone(),
            there,
            request,
            same_file,
            own_before,
        })
    });
    Ok(found.collect())
}
