//! The connection a closure of `Db::read` or `Db::write` works with: the same calls on both
//! engines. Does not open, pool or commit; see `sqlite.rs` and `postgres.rs`.

use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{DbError, Engine, Row, Value, stopped};
use super::{postgres::PgSession, sqlite::SqliteSession};
use crate::platform::telemetry::said;

/// What the engine does with each row: `Ok(false)` asks for no more of them.
pub(super) type EachRow<'f> = &'f mut dyn FnMut(&Row<'_>) -> Result<bool, DbError>;

pub(super) enum Session<'c> {
    Sqlite(&'c mut SqliteSession),
    Postgres(&'c mut PgSession),
}

/// A connection lent to one closure. In `Db::write` it is inside that closure's transaction.
pub struct Conn<'c> {
    session: Session<'c>,
    /// The first statement that failed since the transaction (or savepoint) began. PostgreSQL
    /// refuses to go on after one; so that both engines behave alike, neither commits then.
    failed: Option<DbError>,
    depth: usize,
    /// Other writers are in the same transaction: only a savepoint tells them apart.
    pub(super) shared: bool,
}

impl<'c> Conn<'c> {
    pub(super) fn new(session: Session<'c>) -> Self {
        Self { session, failed: None, depth: 0, shared: false }
    }

    pub fn engine(&self) -> Engine {
        match self.session {
            Session::Sqlite(_) => Engine::Sqlite,
            Session::Postgres(_) => Engine::Postgres,
        }
    }

    /// All rows, each turned into a `T` by `map`.
    pub fn query<T>(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Vec<T>, DbError> {
        let mut found = Vec::new();
        self.run(sql, params, &mut |row| {
            found.push(map(row)?);
            Ok(true)
        })?;
        Ok(found)
    }

    /// The first row, if there is one.
    pub fn query_opt<T>(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        map: impl FnOnce(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<Option<T>, DbError> {
        let (mut found, mut map) = (None, Some(map));
        self.run(sql, params, &mut |row| {
            if let Some(map) = map.take() {
                found = Some(map(row)?);
            }
            Ok(false)
        })?;
        Ok(found)
    }

    /// The first row; [`DbError::NoRow`] if there is none.
    pub fn query_one<T>(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        map: impl FnOnce(&Row<'_>) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        self.query_opt(sql, params, map)?.ok_or(DbError::NoRow)
    }

    /// Changes rows; answers how many.
    pub fn execute(&mut self, sql: &str, params: &[Value<'_>]) -> Result<u64, DbError> {
        let done = storable(params).and_then(|()| match &mut self.session {
            Session::Sqlite(session) => session.execute(sql, params),
            Session::Postgres(session) => session.execute(sql, params),
        });
        self.noted(done)
    }

    /// A step that may fail without failing the whole transaction: an `Err` of `step` undoes what
    /// `step` wrote and nothing else. Only inside `Db::write`.
    pub fn savepoint<T, E: From<DbError>>(
        &mut self,
        step: impl FnOnce(&mut Conn<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.begin_step()?;
        let result = self.settle(step);
        self.end_step(result.is_ok())?;
        result
    }

    fn begin_step(&mut self) -> Result<(), DbError> {
        self.batch(&format!("SAVEPOINT step{}", self.depth))?;
        self.depth += 1;
        Ok(())
    }

    fn end_step(&mut self, keep: bool) -> Result<(), DbError> {
        self.depth -= 1;
        let depth = self.depth;
        if !keep {
            self.batch(&format!("ROLLBACK TO step{depth}"))?;
        }
        self.batch(&format!("RELEASE step{depth}"))
    }

    /// Runs the whole of a job: as a step of its own where others are in the same transaction.
    pub(super) fn carry_out<T, E: From<DbError>>(
        &mut self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let is_step = self.shared;
        if is_step {
            self.begin_step()?;
        }
        let result = self.settle(work);
        if is_step {
            self.end_step(result.is_ok())?;
        }
        result
    }

    /// Whatever `work` reads is as it stood at one moment. Only inside `Db::read`, and not for long: what is written
    /// meanwhile must be kept twice.
    pub fn snapshot<T, E: From<DbError>>(
        &mut self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match &mut self.session {
            Session::Sqlite(session) => session.batch("BEGIN")?,
            Session::Postgres(session) => session.begin_snapshot()?,
        }
        let result = self.settle(work);
        match &mut self.session {
            Session::Sqlite(session) => session.batch("ROLLBACK")?,
            Session::Postgres(session) => session.end(false)?,
        }
        result
    }

    /// Runs `work`, turning a panic into an error, and an `Ok` after a failed statement into that
    /// statement's error.
    fn settle<T, E: From<DbError>>(
        &mut self,
        work: impl FnOnce(&mut Conn<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let (mut work, mut result) = (Some(work), None);
        let watched = self.watch(&mut |conn| result = work.take().map(|work| work(conn)));
        match (result, watched) {
            (Some(Err(error)), _) => Err(error),
            (_, Err(failed)) => Err(failed.into()),
            (done, Ok(())) => done.unwrap_or_else(|| Err(stopped().into())),
        }
    }

    /// What went wrong while `work` ran: a panic, or the first statement that failed. Apart from [`Self::settle`], so that
    /// it is compiled once and not for every kind of work.
    fn watch(&mut self, work: &mut dyn FnMut(&mut Conn<'_>)) -> Result<(), DbError> {
        let before = self.failed.take();
        let ran = catch_unwind(AssertUnwindSafe(|| work(self)));
        let failed = mem::replace(&mut self.failed, before);
        ran.map_err(|panic| DbError::Panicked(said(panic.as_ref()).to_owned()))?;
        failed.map_or(Ok(()), Err)
    }

    /// Several statements without parameters, or one that is not worth caching.
    pub(super) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        let done = match &mut self.session {
            Session::Sqlite(session) => session.batch(sql),
            Session::Postgres(session) => session.batch(sql),
        };
        self.noted(done)
    }

    fn run(&mut self, sql: &str, params: &[Value<'_>], each: EachRow<'_>) -> Result<(), DbError> {
        let done = storable(params).and_then(|()| match &mut self.session {
            Session::Sqlite(session) => session.query(sql, params, each),
            Session::Postgres(session) => session.query(sql, params, each),
        });
        self.noted(done)
    }

    fn noted<T>(&mut self, done: Result<T, DbError>) -> Result<T, DbError> {
        if let Err(error) = &done {
            self.failed.get_or_insert_with(|| error.clone());
        }
        done
    }
}

fn storable(params: &[Value<'_>]) -> Result<(), DbError> {
    let zero = |value: &Value<'_>| matches!(value, Value::Text(text) if text.contains('\0'));
    if params.iter().any(zero) { Err(DbError::ZeroByte) } else { Ok(()) }
}
