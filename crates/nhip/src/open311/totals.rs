//! Totals of lists, remembered as long as no report changes: to count a long list costs more than to write a page of it.

use super::store;
use crate::platform::db::{Conn, DbError};
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Lists remembered at once; beyond it all are forgotten.
const LISTS: usize = 500;
/// Milliseconds a total stands at the longest: the 90 days of a list move on, and imports leave old dates.
const OLDEST_MS: i64 = 60_000;

struct Counted {
    total: i64,
    at: Timestamp,
    newest_change: i64,
}

static COUNTED: Mutex<Option<HashMap<String, Counted>>> = Mutex::new(None);

/// The total of the list `key`, counted now or before, if nothing has changed since.
pub fn total(
    conn: &mut Conn<'_>,
    key: &str,
    now: Timestamp,
    count: impl FnOnce(&mut Conn<'_>) -> Result<i64, DbError>,
) -> Result<i64, DbError> {
    let newest_change = store::newest_change(conn)?;
    if let Some(total) = known(key, newest_change, now) {
        return Ok(total);
    }
    let total = count(conn)?;
    // A second change in the same millisecond would go unseen.
    if newest_change < now.as_millisecond() {
        let mut counted = COUNTED.lock().unwrap_or_else(PoisonError::into_inner);
        let lists = counted.get_or_insert_default();
        if lists.len() >= LISTS {
            lists.clear();
        }
        lists.insert(key.to_owned(), Counted { total, at: now, newest_change });
    }
    Ok(total)
}

fn known(key: &str, newest_change: i64, now: Timestamp) -> Option<i64> {
    let counted = COUNTED.lock().unwrap_or_else(PoisonError::into_inner);
    let found = counted.as_ref()?.get(key)?;
    let age = now.as_millisecond() - found.at.as_millisecond();
    (found.newest_change == newest_change && (0..OLDEST_MS).contains(&age)).then_some(found.total)
}
