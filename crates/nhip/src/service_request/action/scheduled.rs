//! A sweep: what time itself brings about, for many reports in one transaction. Each has a savepoint of its own, so that
//! one that cannot be dealt with holds up no other.

use crate::platform::db::{Conn, DbError};
use crate::platform::error::{Error, Result};

/// What came of a sweep.
#[derive(Debug)]
pub struct Swept<T> {
    /// Those that something was done about.
    pub done: Vec<T>,
    /// How many could not be dealt with; each is in the log.
    pub failed: usize,
}

/// Does `step` to each, which answers whether there was anything to do. A rule that says no means that another node, or
/// a person, was there first. In the order of `key`, so that two sweeps at once lock reports alike.
pub fn each<T>(
    conn: &mut Conn<'_>,
    mut all: Vec<T>,
    key: impl Fn(&T) -> &str,
    mut step: impl FnMut(&mut Conn<'_>, &T) -> Result<bool>,
) -> Result<Swept<T>> {
    all.sort_by(|a, b| key(a).cmp(key(b)));
    let mut swept = Swept { done: Vec::new(), failed: 0 };
    for one in all {
        match conn.savepoint(|conn| step(conn, &one)) {
            Ok(true) => swept.done.push(one),
            Ok(false) => {}
            Err(Error::Refused(refusal)) => {
                tracing::debug!(id = key(&one), %refusal, "not any more");
            }
            // The next would fail alike.
            Err(error) if error.is_full_disk() => return Err(error),
            Err(error @ Error::Database(DbError::Unavailable(_))) => return Err(error),
            Err(error) => {
                tracing::error!(id = key(&one), %error, "left out of a sweep");
                swept.failed += 1;
            }
        }
    }
    Ok(swept)
}
