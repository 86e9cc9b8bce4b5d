//! Copies what a new schema holds in other tables: by batches of keys, each committed with how far it has come, so that
//! whoever stops it (or a power cut) loses one batch, and the next start goes on. Before the service listens, without time
//! limits; with progress in the log. Several nodes that start at once take turns.
//!
//! Tables: `backfill`.

use super::{Conn, Db, DbError, Engine, dialect, params};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// One table that is copied into another along a key: a part of a file of `migrations/`, headed `-- copy: TABLE by KEY`.
pub(super) struct Fill<'t> {
    /// The table it reads, which is what people are told.
    from: &'t str,
    /// The column whose values it goes along; rows with the same value are never parted.
    key: &'t str,
    /// What is done to the keys after `$1` up to `$2`.
    statements: Vec<&'t str>,
}

/// The parts of a file.
fn fills(text: &str) -> Vec<Fill<'_>> {
    let parts = text.split("-- copy: ").skip(1);
    let read = |part| {
        let (head, body): (&str, &str) = str::split_once(part, '\n')?;
        let (from, key) = head.split_once(" by ")?;
        let statements = body.split(';').map(str::trim).filter(|sql| !sql.is_empty()).collect();
        Some(Fill { from: from.trim(), key: key.trim(), statements })
    };
    parts.filter_map(read).collect()
}

/// Rows that one batch reads, or a few more.
const BATCH: i64 = 20_000;
const MEGABYTE: u64 = 1_000_000;
const TELL_EVERY: Duration = Duration::from_secs(2);

/// Copies everything that is not copied yet.
pub(super) fn run(db: &Db, text: &'static str) -> Result<(), DbError> {
    db.read_blocking(has_room)?;
    for fill in fills(text).into_iter().map(Arc::new) {
        let mut told = Instant::now();
        let next = || {
            db.write_blocking({
                let fill = fill.clone();
                move |conn| batch(conn, &fill)
            })
        };
        while let Some((done, total)) = next()? {
            if told.elapsed() >= TELL_EVERY {
                told = Instant::now();
                tracing::info!(
                    table = fill.from,
                    done,
                    of = total,
                    "bringing the database up to date"
                );
            }
        }
    }
    Ok(())
}

/// Until the old tables are gone, what is copied is there twice: as much as the whole file at most. Of a database on a
/// server only its operator knows what room there is.
fn has_room(conn: &mut Conn<'_>) -> Result<(), DbError> {
    if conn.engine() == Engine::Postgres {
        return Ok(());
    }
    let file = "SELECT file FROM pragma_database_list WHERE name = 'main'";
    let file: String = conn.query_one(file, params![], |row| row.get(0))?;
    let (Ok(size), Ok(disk)) = (std::fs::metadata(&file), rustix::fs::statvfs(file.as_str()))
    else {
        return Ok(());
    };
    let (needed, free) = (size.len(), disk.f_bavail * disk.f_frsize);
    if free >= needed {
        return Ok(());
    }
    let problem = format!(
        "needs {} MB of free disk beside {file} while tables are copied; there are {} MB",
        needed / MEGABYTE,
        free / MEGABYTE
    );
    Err(DbError::Migration { name: "copying".to_owned(), problem })
}

/// One batch; how many rows are copied now, of how many. `None`: there were none left.
fn batch(conn: &mut Conn<'_>, fill: &Fill<'_>) -> Result<Option<(i64, i64)>, DbError> {
    conn.batch(dialect::lock_migrations(conn.engine()))?;
    let Fill { from, key, statements } = fill;
    let known = "SELECT last_key, done, total FROM backfill WHERE name = $1";
    let known = conn.query_opt(known, params![from], |row| {
        Ok((row.get::<String>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?))
    })?;
    let (last, done, total) = match known {
        Some(known) => known,
        None => {
            let count = format!("SELECT COUNT(*) FROM {from}");
            let total = conn.query_one(&count, params![], |row| row.get::<i64>(0))?;
            conn.execute(
                "INSERT INTO backfill (name, last_key, done, total) VALUES ($1, '', 0, $2)",
                params![from, total],
            )?;
            (String::new(), 0, total)
        }
    };
    let upto = format!(
        "SELECT MAX(k) FROM (SELECT {key} AS k FROM {from} WHERE {key} > $1 ORDER BY {key} LIMIT $2) AS batch"
    );
    let upto =
        conn.query_one(&upto, params![last.as_str(), BATCH], |row| row.get::<Option<String>>(0))?;
    let Some(upto) = upto else { return Ok(None) };
    let mut copied = 0;
    for (n, sql) in statements.iter().enumerate() {
        let changed = conn.execute(sql, params![last.as_str(), upto.as_str()])?;
        copied = if n == 0 { i64::try_from(changed).unwrap_or(i64::MAX) } else { copied };
    }
    let done = done.saturating_add(copied);
    conn.execute(
        "UPDATE backfill SET last_key = $1, done = $2 WHERE name = $3",
        params![upto, done, from],
    )?;
    Ok(Some((done, total)))
}
