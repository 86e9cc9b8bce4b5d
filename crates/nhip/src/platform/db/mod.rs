//! The database: one synchronous code path over SQLite (the default, embedded) and PostgreSQL
//! (the same product on many nodes).
//!
//! `db.read(|conn| …)` and `db.write(|conn| …)` run their closure on a thread of the database,
//! never on an async one. The closure of `write` *is* the transaction: `Ok` commits, `Err` (or a
//! panic, or a statement that failed on the way) rolls back. SQL is written once, with `$1`
//! placeholders; where the engines truly differ, `dialect` has a function with both. Each statement
//! sees what is committed when it starts. On PostgreSQL writers run beside each other (READ
//! COMMITTED): guard "look, then write" by a UNIQUE rule, a compared version or
//! `dialect::for_update`. No network call and no waiting inside a closure.

mod backfill;
mod conn;
mod copy;
pub mod dialect;
mod error;
mod migrate;
mod pg_client;
mod postgres;
pub mod pulse;
mod queue;
mod select;
mod sqlite;
mod value;

use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

pub use conn::Conn;
pub use copy::copy_sqlite;
pub use error::DbError;
pub use select::Select;
pub use value::{FromValue, Row, ToValue, Value, params};

use super::metrics::Database as Counts;
use pulse::{Limits, Pulse};
use queue::Queue;

/// Which engine is behind a [`Db`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// The database, cheap to clone. The threads end when the last clone is gone.
#[derive(Clone)]
pub struct Db {
    threads: Arc<Threads>,
}

struct Threads {
    engine: Engine,
    reads: Jobs,
    /// The same queue as `reads` on PostgreSQL, where any connection may write.
    writes: Jobs,
    health: Health,
    counts: Arc<Counts>,
}

/// How to find out whether the database answers, apart from all work.
enum Health {
    /// A thread that asks when it is asked.
    Asked(Jobs),
    /// One that asks all the time.
    Pulse(Arc<Pulse>),
}

/// How long we wait to hear that the database is there.
const PATIENCE: Duration = Duration::from_secs(2);

impl Drop for Threads {
    fn drop(&mut self) {
        self.reads.close();
        self.writes.close();
        if let Health::Asked(jobs) = &self.health {
            jobs.close();
        }
    }
}

impl Db {
    /// `postgres://…` or `postgresql://…` (with [`postgres::MAX_CLIENTS`] connections), else the
    /// path of an SQLite file.
    pub fn open(url_or_path: &str) -> Result<Self, DbError> {
        if url_or_path.starts_with("postgres://") || url_or_path.starts_with("postgresql://") {
            Self::open_postgres(url_or_path, postgres::MAX_CLIENTS)
        } else {
            Self::open_sqlite(Path::new(url_or_path))
        }
    }

    pub fn open_sqlite(path: &Path) -> Result<Self, DbError> {
        let sqlite::Opened { reads, writes, health } = sqlite::open(path)?;
        Ok(Self::of(Engine::Sqlite, reads, writes, Health::Asked(health)))
    }

    /// At most `max` connections, made when first needed; the first is tried at once, so that a
    /// wrong address is told now. TLS (with the server's certificate checked) when the address says
    /// `sslmode=require` or `verify-full`; `sslrootcert=FILE` names a certificate authority of
    /// your own.
    pub fn open_postgres(url: &str, max: usize) -> Result<Self, DbError> {
        Self::open_postgres_within(url, max, Limits::USUAL)
    }

    /// The same, more or less patient with a server that says nothing.
    pub fn open_postgres_within(url: &str, max: usize, limits: Limits) -> Result<Self, DbError> {
        let (queue, pulse) = postgres::open(url, max, limits)?;
        Ok(Self::of(Engine::Postgres, Arc::clone(&queue), queue, Health::Pulse(pulse)))
    }

    fn of(engine: Engine, reads: Jobs, writes: Jobs, health: Health) -> Self {
        let counts = Arc::default();
        Self { threads: Arc::new(Threads { engine, reads, writes, health, counts }) }
    }

    /// The database answers, however much work waits for it.
    pub async fn ping(&self) -> Result<(), DbError> {
        let jobs = match &self.threads.health {
            Health::Pulse(pulse) => return pulse.check(),
            Health::Asked(jobs) => jobs,
        };
        let (reply, answer) = oneshot::channel();
        let ask = |conn: &mut Conn<'_>| conn.query_one("SELECT 1", &[], |row| row.get::<i64>(0));
        self.give(jobs, false, ask, Reply { answer: reply, bell: None });
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(answered) => answered.unwrap_or_else(|_| Err(stopped())).map(drop),
            Err(_) => Err(pulse::no_answer()),
        }
    }

    pub fn engine(&self) -> Engine {
        self.threads.engine
    }

    /// How long its work takes.
    pub fn counts(&self) -> &Counts {
        &self.threads.counts
    }

    /// How much work waits to be begun: to read, to write. On PostgreSQL both wait in one line.
    pub fn waiting(&self) -> (usize, usize) {
        (self.threads.reads.len(), self.threads.writes.len())
    }

    /// Nothing was ever kept in it.
    pub fn is_new(&self) -> Result<bool, DbError> {
        self.read_blocking(|conn| {
            let asked = dialect::has_migrated(conn.engine());
            Ok(conn.query_opt(asked, &[], |_| Ok(()))?.is_none())
        })
    }

    /// Brings the schema up to date; safe to call at every start, on every node.
    pub fn migrate(&self) -> Result<(), DbError> {
        migrate::run(self)
    }

    /// The schema as it was with this file of `migrations/` and all before it: for tests that bring an older database up to
    /// date.
    #[doc(hidden)]
    pub fn migrate_up_to(&self, name: &str) -> Result<(), DbError> {
        migrate::up_to(self, name)
    }

    /// Runs `work` on a reading connection; it cannot change anything.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
        E: From<DbError> + Send + 'static,
        T: Send + 'static,
    {
        self.ask(false, work).await
    }

    /// Runs `work` as one transaction; the answer comes after the commit. It is finished even when
    /// nobody waits for the answer any more.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
        E: From<DbError> + Send + 'static,
        T: Send + 'static,
    {
        self.ask(true, work).await
    }

    /// [`Db::read`] for the command line: blocks this thread.
    pub fn read_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
        E: From<DbError> + Send + 'static,
        T: Send + 'static,
    {
        self.ask_blocking(false, work)
    }

    /// [`Db::write`] for the command line: blocks this thread.
    pub fn write_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
        E: From<DbError> + Send + 'static,
        T: Send + 'static,
    {
        self.ask_blocking(true, work)
    }

    async fn ask<T, E, F>(&self, writes: bool, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
        E: From<DbError> + Send + 'static,
        T: Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.give(self.queue(writes), writes, work, Reply { answer: reply, bell: None });
        answer.await.unwrap_or_else(|_| Err(stopped().into()))
    }

    fn ask_blocking<T, E, F>(&self, writes: bool, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
        E: From<DbError> + Send + 'static,
        T: Send + 'static,
    {
        let (reply, mut answer) = oneshot::channel();
        let (bell, rung) = mpsc::channel();
        self.give(self.queue(writes), writes, work, Reply { answer: reply, bell: Some(bell) });
        // Nobody sends anything: it is over when the bell is gone.
        let _ = rung.recv();
        answer.try_recv().unwrap_or_else(|_| Err(stopped().into()))
    }

    fn queue(&self, writes: bool) -> &Queue<Job> {
        if writes { &self.threads.writes } else { &self.threads.reads }
    }

    fn give<T, E, F>(&self, queue: &Queue<Job>, writes: bool, work: F, reply: Reply<T, E>)
    where
        F: FnOnce(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
        E: From<DbError> + Send + 'static,
        T: Send + 'static,
    {
        if let Err(job) = queue.push(job(writes, work, reply, Arc::clone(&self.threads.counts))) {
            let busy = DbError::Busy("too much work is waiting for it".to_owned());
            ((job.run)(Err(busy.clone())).answer)(Err(busy));
        }
    }
}

/// Work for a thread that owns a connection.
struct Job {
    writes: bool,
    run: Box<Run>,
}

/// Is given the connection, or the reason why there is none.
type Run = dyn FnOnce(Result<&mut Conn<'_>, DbError>) -> Ran + Send;

/// A queue shared by those who ask and the threads that do.
type Jobs = Arc<Queue<Job>>;

/// What is left of a job after it ran.
struct Ran {
    /// Whether the transaction is to be committed.
    keep: bool,
    /// To be called once, with how the commit went.
    answer: Box<dyn FnOnce(Result<(), DbError>) + Send>,
}

fn job<T, E, F>(writes: bool, work: F, reply: Reply<T, E>, counts: Arc<Counts>) -> Job
where
    F: FnOnce(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
    E: From<DbError> + Send + 'static,
    T: Send + 'static,
{
    let asked = Instant::now();
    let run = move |conn: Result<&mut Conn<'_>, DbError>| {
        let begun = Instant::now();
        let result = match conn {
            Err(error) => Err(error.into()),
            Ok(_) if !writes && reply.is_unwanted() => Err(stopped().into()),
            Ok(conn) => conn.carry_out(work),
        };
        let keep = result.is_ok();
        let answer = move |committed: Result<(), DbError>| {
            let counts = if writes { &counts.writes } else { &counts.reads };
            counts.waited.record(begun - asked);
            counts.took.record(begun.elapsed());
            reply.send(committed.map_err(E::from).and(result));
        };
        Ran { keep, answer: Box::new(answer) }
    };
    Job { writes, run: Box::new(run) }
}

struct Reply<T, E> {
    answer: oneshot::Sender<Result<T, E>>,
    /// For whoever blocks a thread until the answer is there: it goes right after it.
    bell: Option<mpsc::Sender<()>>,
}

impl<T, E> Reply<T, E> {
    /// Whether the one who asked has gone away.
    fn is_unwanted(&self) -> bool {
        self.bell.is_none() && self.answer.is_closed()
    }

    fn send(self, result: Result<T, E>) {
        // Somebody who went away without waiting needs no answer.
        drop(self.answer.send(result));
    }
}

fn stopped() -> DbError {
    DbError::Unavailable("its threads have ended".to_owned())
}
