//! The SQLite engine: one thread that writes, several that read, each owning its connection.
//!
//! Writers that wait together share one `BEGIN IMMEDIATE … COMMIT` (group commit): the costly part
//! of a durable write is the sync to disk, and one sync then serves many. Each runs in a savepoint
//! of its own (unless it is alone), and each is answered only after the commit. A further thread
//! copies the log into the file meanwhile, so that writers seldom wait for it.

use std::collections::{HashMap, VecDeque};
use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, params_from_iter};

use super::conn::{EachRow, Session};
use super::queue::Queue;
use super::{Conn, DbError, Job, Jobs, Row, Value};

/// Writers that share one commit at most; more would keep the first of them waiting too long.
const MAX_BATCH: usize = 256;
/// Reading threads: more than the processors would only take turns.
const MIN_READERS: usize = 2;
const MAX_READERS: usize = 8;
/// Rows written until the log is copied into the file: some 16 MB of it.
const ROWS_PER_CHECKPOINT: u64 = 2_500;
/// Pages in the log from which the writer copies itself what is left, so that the log can begin anew: 100 MB. The other
/// thread never ends as long as writers never pause.
const PAGES_AT_MOST: u32 = 24_000;
/// How long to wait for another process (a backup, the command line) that holds the write lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Prepared statements kept by each connection.
const STATEMENTS_KEPT: usize = 256;
/// Rewritten statement texts kept by each connection, before starting anew.
const TEXTS_KEPT: usize = 1024;

// Each connection has one thread, so SQLite need not guard it.
const READ_WRITE: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE
    .union(OpenFlags::SQLITE_OPEN_CREATE)
    .union(OpenFlags::SQLITE_OPEN_NO_MUTEX);
const READ_ONLY: OpenFlags =
    OpenFlags::SQLITE_OPEN_READ_ONLY.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// The queues of an open file.
pub(super) struct Opened {
    pub reads: Jobs,
    pub writes: Jobs,
    /// For nothing but the question whether the file can be read.
    pub health: Jobs,
}

/// Opens (and creates) the file and starts its threads.
pub(super) fn open(path: &Path) -> Result<Opened, DbError> {
    let (reads, writes) = (Arc::new(Queue::new()), Arc::new(Queue::new()));
    let health = Arc::new(Queue::new());
    // The writer comes first: it makes the file, and mends it after a crash.
    let writer = SqliteSession::open(path, true)?;
    let count = thread::available_parallelism().map_or(MIN_READERS, NonZero::get);
    for number in 0..count.clamp(MIN_READERS, MAX_READERS) {
        let (session, queue) = (SqliteSession::open(path, false)?, Arc::clone(&reads));
        start(format!("db-read-{number}"), move || read_all(session, &queue))?;
    }
    let (session, queue) = (SqliteSession::open(path, false)?, Arc::clone(&health));
    start("db-health".to_owned(), move || read_all(session, &queue))?;
    let (asked, asks) = sync_channel(1);
    let checkpointer = Connection::open_with_flags(path, READ_WRITE)?;
    checkpointer.pragma_update(None, "synchronous", "FULL")?;
    start("db-checkpoint".to_owned(), move || checkpoint_all(&checkpointer, &asks))?;
    let queue = Arc::clone(&writes);
    start("db-write".to_owned(), move || write_all(writer, &queue, &asked))?;
    Ok(Opened { reads, writes, health })
}

pub(super) fn start(name: String, work: impl FnOnce() + Send + 'static) -> Result<(), DbError> {
    let started = thread::Builder::new().name(name).spawn(work);
    started.map(drop).map_err(|error| DbError::Unavailable(error.to_string()))
}

fn read_all(mut session: SqliteSession, queue: &Queue<Job>) {
    let mut next = VecDeque::with_capacity(1);
    while queue.take(1, &mut next) {
        for job in next.drain(..) {
            let ran = (job.run)(Ok(&mut Conn::new(Session::Sqlite(&mut session))));
            (ran.answer)(Ok(()));
        }
    }
}

fn write_all(mut session: SqliteSession, queue: &Queue<Job>, checkpoint: &SyncSender<()>) {
    let mut batch = VecDeque::with_capacity(MAX_BATCH);
    let mut copied = 0;
    while queue.take(MAX_BATCH, &mut batch) {
        while !batch.is_empty() {
            write_batch(&mut session, &mut batch);
        }
        let written = session.conn.total_changes();
        if written - copied >= ROWS_PER_CHECKPOINT {
            copied = written;
            // Asked already is as good.
            let _ = checkpoint.try_send(());
        }
    }
}

/// Copies the log into the file each time it is asked to, as far as no reader needs the old pages. What fails (a full
/// disk) is tried again by the writer, who tells.
fn checkpoint_all(conn: &Connection, asked: &Receiver<()>) {
    while asked.recv().is_ok() {
        let _ = conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    }
}

/// One transaction over as much of `batch` as it can hold: all of it, unless the database gives up
/// the transaction half way (disk full, I/O error). What is left is tried in the next one.
fn write_batch(session: &mut SqliteSession, batch: &mut VecDeque<Job>) {
    if let Err(error) = session.conn.execute_batch("BEGIN IMMEDIATE") {
        let error = DbError::from(error);
        for job in batch.drain(..) {
            ((job.run)(Err(error.clone())).answer)(Err(error.clone()));
        }
        return;
    }
    session.failure = None;
    // Inside a savepoint SQLite remembers every page to undo, and each statement walks over what it remembers: a large
    // write pays dearly for that, and needs it only when others are in its transaction.
    let shared = batch.len() > 1;
    let mut keep = true;
    let mut answers = Vec::with_capacity(batch.len());
    while let Some(job) = batch.pop_front() {
        let mut conn = Conn::new(Session::Sqlite(&mut *session));
        conn.shared = shared;
        let ran = (job.run)(Ok(&mut conn));
        keep = shared || ran.keep;
        answers.push(ran.answer);
        if session.conn.is_autocommit() {
            break;
        }
    }
    let outcome = if keep { session.commit() } else { session.roll_back() };
    for answer in answers {
        answer(outcome.clone());
    }
}

/// One SQLite connection and the texts it has seen.
pub(super) struct SqliteSession {
    conn: Connection,
    writing: bool,
    /// `$n` text → `?n` text.
    native: HashMap<String, String>,
    /// The last failure in this transaction, to tell why the engine gave it up.
    failure: Option<DbError>,
}

impl SqliteSession {
    fn open(path: &Path, writing: bool) -> Result<Self, DbError> {
        let mode = if writing { READ_WRITE } else { READ_ONLY };
        let conn = Connection::open_with_flags(path, mode)?;
        conn.busy_timeout(BUSY_TIMEOUT)?;
        if writing {
            conn.pragma_update(None, "journal_mode", "WAL")?;
            conn.pragma_update(None, "synchronous", "FULL")?;
            conn.pragma_update(None, "journal_size_limit", 128 << 20)?;
            // Many writes at once touch the same pages of the indexes again and again: keep them (KiB, pages).
            conn.pragma_update(None, "cache_size", -65_536)?;
            conn.pragma_update(None, "wal_autocheckpoint", PAGES_AT_MOST)?;
        }
        // The planner does not look at bound values; else every statement would be prepared anew each time they change.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        conn.pragma_update(None, "foreign_keys", true)?;
        if !writing {
            // The upper pages of the indexes of a large city (KiB).
            conn.pragma_update(None, "cache_size", -16_384)?;
        }
        conn.pragma_update(None, "temp_store", "MEMORY")?;
        conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        Ok(Self { conn, writing, native: HashMap::new(), failure: None })
    }

    pub(super) fn query(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        each: EachRow<'_>,
    ) -> Result<(), DbError> {
        self.in_transaction()?;
        let done = self.step(sql, params, each);
        self.noted(done)
    }

    pub(super) fn execute(&mut self, sql: &str, params: &[Value<'_>]) -> Result<u64, DbError> {
        self.in_transaction()?;
        let text = native(&mut self.native, sql);
        let done = self
            .conn
            .prepare_cached(text)
            .and_then(|mut statement| statement.execute(params_from_iter(params)));
        self.noted(done.map(|count| count as u64).map_err(DbError::from))
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        self.in_transaction()?;
        let done = self.conn.execute_batch(sql).map_err(DbError::from);
        self.noted(done)
    }

    fn step(&mut self, sql: &str, params: &[Value<'_>], each: EachRow<'_>) -> Result<(), DbError> {
        let text = native(&mut self.native, sql);
        let mut statement = self.conn.prepare_cached(text)?;
        let mut rows = statement.query(params_from_iter(params))?;
        while let Some(row) = rows.next()? {
            if !each(&Row::Sqlite(row))? {
                break;
            }
        }
        Ok(())
    }

    /// SQLite ends the transaction by itself on a full disk; what the closure does after that
    /// would be committed statement by statement, so it is refused.
    fn in_transaction(&self) -> Result<(), DbError> {
        if self.writing && self.conn.is_autocommit() { Err(self.why_ended()) } else { Ok(()) }
    }

    fn commit(&mut self) -> Result<(), DbError> {
        if self.conn.is_autocommit() {
            return Err(self.why_ended());
        }
        let outcome = self.conn.execute_batch("COMMIT").map_err(DbError::from);
        if outcome.is_err() && !self.conn.is_autocommit() {
            // Nothing more can be done if this fails as well: the next BEGIN will tell.
            let _ = self.conn.execute_batch("ROLLBACK");
        }
        outcome
    }

    fn roll_back(&mut self) -> Result<(), DbError> {
        if self.conn.is_autocommit() {
            return Err(self.why_ended());
        }
        self.conn.execute_batch("ROLLBACK").map_err(DbError::from)
    }

    fn why_ended(&self) -> DbError {
        let ended = || DbError::Other("the transaction was ended too early".to_owned());
        self.failure.clone().unwrap_or_else(ended)
    }

    fn noted<T>(&mut self, done: Result<T, DbError>) -> Result<T, DbError> {
        if let Err(error) = &done {
            self.failure = Some(error.clone());
        }
        done
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match *self {
            Value::Null => ValueRef::Null,
            Value::Int(n) => ValueRef::Integer(n),
            Value::Real(x) => ValueRef::Real(x),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

pub(super) fn value<'r>(row: &'r rusqlite::Row<'r>, index: usize) -> Result<Value<'r>, DbError> {
    Ok(match row.get_ref(index)? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Real(x) => Value::Real(x),
        // Text that is not UTF-8 is no text: the caller's type will call it corrupt.
        ValueRef::Text(text) => std::str::from_utf8(text).map_or(Value::Blob(text), Value::Text),
        ValueRef::Blob(bytes) => Value::Blob(bytes),
    })
}

/// The text SQLite understands, from `cache` or rewritten once.
fn native<'t>(cache: &'t mut HashMap<String, String>, sql: &str) -> &'t str {
    if cache.len() >= TEXTS_KEPT && !cache.contains_key(sql) {
        cache.clear();
    }
    // The key is only copied when the text is new.
    if !cache.contains_key(sql) {
        cache.insert(sql.to_owned(), numbered(sql));
    }
    cache.get(sql).map_or("", String::as_str)
}

/// `$1` → `?1` outside quotes. SQLite takes `$1` for a name and numbers names by first
/// appearance, so that `$2 … $1` would silently bind the wrong values.
fn numbered(sql: &str) -> String {
    let mut quote = None;
    let mut native = String::with_capacity(sql.len());
    let mut rest = sql.chars().peekable();
    while let Some(c) = rest.next() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '\'' || c == '"' => quote = Some(c),
            Some(_) | None => {}
        }
        let parameter = c == '$' && rest.peek().is_some_and(char::is_ascii_digit);
        native.push(if parameter && quote.is_none() { '?' } else { c });
    }
    native
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollar_numbers_become_question_numbers_outside_quotes_only() {
        let sql = "SELECT '$1', \"$2\" FROM t WHERE a = $2 AND b = $10 AND c = 'it''s $3' || $1";
        let expected =
            "SELECT '$1', \"$2\" FROM t WHERE a = ?2 AND b = ?10 AND c = 'it''s $3' || ?1";
        assert_eq!(numbered(sql), expected);
    }
}
