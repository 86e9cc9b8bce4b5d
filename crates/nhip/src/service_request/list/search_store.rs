//! The SQL of searches by words: the newest matches, and what searches know beyond the lists.
//!
//! Tables: `report_text`; reads `service_request`.

use super::filter::{PageKey, Period};
use super::store::{Listing, Page, Visibility};
use super::{geo_store, store as list_store};
use crate::platform::db::{Conn, DbError, Select, Value, dialect, params};
use crate::service_request::store::corrupt;
use domain::ids::ServiceRequestId;
use domain::place::Point;
use domain::service_request::ServiceRequest;
use domain::text::{fold, tokens};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// Reports that a search by words ranks.
const BEST_HITS: usize = 300;
/// Of more than so many it is not known how many there are.
pub const MOST_FOUND: i64 = BEST_HITS as i64 - 1;
/// Matches that a narrowed search looks at: the filter is applied to each.
const LOOKED_AT: i64 = 1_500;

/// Every word of every report that is open to all, folded. What stands only in others is no word here: whether a search
/// is forgiven would tell that somebody wrote it.
pub fn words_used(conn: &mut Conn<'_>) -> Result<Vec<String>, DbError> {
    let engine = conn.engine();
    let hidden =
        if dialect::counts_all_words(engine) { hidden_words(conn)? } else { HashMap::new() };
    let counted = conn.query(dialect::words_used(engine), &[], |row| {
        Ok((row.get::<String>(0)?, row.get::<i64>(1)?))
    })?;
    let open = counted
        .into_iter()
        .filter(|(word, reports)| *reports > hidden.get(word).copied().unwrap_or(0));
    Ok(open.map(|(word, _)| word).collect())
}

/// In how many reports that are not open to all each word stands.
fn hidden_words(conn: &mut Conn<'_>) -> Result<HashMap<String, i64>, DbError> {
    let mut counted = HashMap::new();
    // Word by word as they are read: all these texts at once may be more than memory holds.
    conn.query(
        "SELECT id || ' ' || COALESCE(redacted, description) || ' ' || COALESCE(address, '') \
         FROM service_request WHERE open_to_all = 0",
        &[],
        |row| {
            for word in tokens(&row.get::<String>(0)?).into_iter().collect::<HashSet<String>>() {
                *counted.entry(word).or_default() += 1;
            }
            Ok(())
        },
    )?;
    Ok(counted)
}

/// Puts the words by which a new report is found into the index; they are already folded, and its code is among them.
pub fn add_text(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    folded: &str,
) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO report_text (request, body) VALUES ($1, $2)",
        params![request.as_str(), folded],
    )?;
    Ok(())
}

/// Puts other words in their place.
pub fn change_text(
    conn: &mut Conn<'_>,
    request: &ServiceRequestId,
    folded: &str,
) -> Result<(), DbError> {
    let of_report = dialect::text_of(conn.engine(), 1);
    conn.execute(
        &format!("UPDATE report_text SET body = $2 WHERE {of_report}"),
        params![request.as_str(), folded],
    )?;
    Ok(())
}

/// The best hits: those with the very words and marks of the query first, then those with its words one after the
/// other, then the newest. The key of a page is how many were shown.
pub fn search(
    conn: &mut Conn<'_>,
    listing: &Listing<'_>,
    text: &str,
) -> Result<Page<ServiceRequest>, DbError> {
    let mut found = matches(conn, listing, text)?;
    let typed = text.trim().to_lowercase();
    found.sort_by_cached_key(|hit| {
        let as_typed = hit.words.to_lowercase().contains(&typed);
        (!as_typed, !hit.in_order, Reverse(hit.received_at), hit.id.clone())
    });
    let shown = listing.after.map_or(0, |key| usize::try_from(key.at).unwrap_or(0));
    let page: Vec<ServiceRequestId> = found
        .iter()
        .skip(shown)
        .take(listing.limit)
        .map(|hit| hit.id.parse().map_err(|_| corrupt("id", &hit.id)))
        .collect::<Result<_, DbError>>()?;
    let mut rows = list_store::by_ids(conn, &page)?;
    rows.sort_by_key(|report| page.iter().position(|id| *id == report.id));
    let next = shown + page.len();
    let key = PageKey { at: next as i64, id: String::new() };
    Ok(Page { rows, next: (next < found.len()).then_some(key) })
}

/// How many reports a search shows on all its pages, at most [`BEST_HITS`].
pub fn count(conn: &mut Conn<'_>, listing: &Listing<'_>, text: &str) -> Result<i64, DbError> {
    Ok(matches(conn, listing, text)?.len() as i64)
}

/// What a search shows, in no order.
fn matches(conn: &mut Conn<'_>, listing: &Listing<'_>, text: &str) -> Result<Vec<Hit>, DbError> {
    let (engine, folded) = (conn.engine(), fold(text));
    let Some(query) = dialect::text_query(engine, &folded, &listing.filter.also) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    if let Some(phrase) = dialect::phrase_query(engine, &folded) {
        found = hits(conn, listing, &phrase)?;
        for hit in &mut found {
            hit.in_order = true;
        }
    }
    if found.len() < BEST_HITS {
        let known: HashSet<String> = found.iter().map(|hit| hit.id.clone()).collect();
        found.extend(hits(conn, listing, &query)?.into_iter().filter(|h| !known.contains(&h.id)));
    }
    Ok(found)
}

/// A report that matches, and as much of it as ranks it.
struct Hit {
    id: String,
    received_at: i64,
    /// What people read of it, with its marks.
    words: String,
    in_order: bool,
}

/// The newest matches that the list may show. Of those that a filter leaves out only so many are passed over; those that
/// the reader may not find by words are not among them, or how many are left would tell of them.
fn hits<'a>(
    conn: &mut Conn<'_>,
    listing: &Listing<'a>,
    query: &'a str,
) -> Result<Vec<Hit>, DbError> {
    let narrowed = listing.filter.parts().len() > 1
        || !listing.filter.states.is_empty()
        || listing.filter.outcome.is_some()
        || listing.filter.received != Period::default()
        || *listing.visibility != Visibility::Public;
    let looked_at: i64 = if narrowed { LOOKED_AT } else { BEST_HITS as i64 };
    let mut select = Select::new(format!(
        "SELECT service_request.id, received_at, COALESCE(redacted, description), COALESCE(address, ''), lat, long FROM ({}) AS hit \
         JOIN service_request ON service_request.id = hit.request WHERE ",
        dialect::newest_hits(
            conn.engine(),
            1,
            2,
            list_store::visible(listing.visibility, listing.filter)
        )
    ));
    select.values.extend([Value::Text(query), Value::Int(looked_at)]);
    select.narrow(listing);
    select.push(&format!(" ORDER BY received_at DESC LIMIT {BEST_HITS}"));
    let mut found = conn.query(&select.sql, &select.values, |row| {
        let (id, received_at, said) = (row.get(0)?, row.get(1)?, row.get::<String>(2)?);
        let words = format!("{said} {}", row.get::<String>(3)?);
        let hit = Hit { id, received_at, words, in_order: false };
        Ok((Point::new(row.get(4)?, row.get(5)?).ok(), hit))
    })?;
    found.retain(|(point, _)| point.is_some_and(|point| geo_store::lies(listing.filter, point)));
    Ok(found.into_iter().map(|(_, hit)| hit).collect())
}
