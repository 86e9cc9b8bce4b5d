//! The PostgreSQL engine: threads that each own one client, made when first needed and made anew
//! after the server went away.
//!
//! The synchronous client must not be made, used or dropped on an async thread; here it never
//! leaves its own. Sessions are read-only by default: only `Db::write` may change something.

use std::collections::{HashMap, VecDeque};
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use bytes::BytesMut;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use tokio::sync::watch;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Config, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::conn::{EachRow, Session};
use super::pg_client::{Client, Server};
use super::pulse::{Limits, Pulse, ask, no_answer};
use super::queue::Queue;
use super::sqlite::start;
use super::{Conn, DbError, Job, Jobs, Row, Value};

/// Connections of one node unless the caller says otherwise; PostgreSQL allows 100 in all.
pub(super) const MAX_CLIENTS: usize = 16;
/// How long to wait for the server to answer at all.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long until it has let us in: a frozen one takes the connection and says nothing more.
const CONNECTING: Duration = Duration::from_secs(10);
/// A server whose machine has vanished is noticed by the system after about half a minute.
const KEEPALIVE_IDLE: Duration = Duration::from_secs(10);
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(5);
const KEEPALIVE_RETRIES: u32 = 3;
/// So is one that takes nothing any more.
const UNANSWERED: Duration = Duration::from_secs(20);
/// Prepared statements kept by each connection, before starting anew.
const STATEMENTS_KEPT: usize = 512;

pub(super) fn open(url: &str, max: usize, limits: Limits) -> Result<(Jobs, Arc<Pulse>), DbError> {
    let server = configure(url)?;
    let queue = Arc::new(Queue::new());
    // This runs on its own thread, because the caller may be an async one.
    let first_server = server.clone();
    std::thread::spawn(move || Client::connect(&first_server, None, CONNECTING).map(drop))
        .join()
        .unwrap_or_else(|_| Err(DbError::Unavailable("connecting panicked".to_owned())))?;
    let pulse = Arc::new(Pulse::new(limits));
    for number in 0..max.max(1) {
        let (server, silent) = (server.clone(), pulse.silent());
        let session = PgSession {
            server,
            silent,
            client: None,
            statements: HashMap::new(),
            in_transaction: false,
        };
        let queue = Arc::clone(&queue);
        start(format!("db-{number}"), move || work(session, &queue))?;
    }
    let asked = Arc::downgrade(&pulse);
    start("db-pulse".to_owned(), move || ask(&server, &asked))?;
    Ok((queue, pulse))
}

fn work(mut session: PgSession, queue: &Queue<Job>) {
    let mut next = VecDeque::with_capacity(1);
    while queue.take(1, &mut next) {
        for job in next.drain(..) {
            if job.writes {
                write_one(&mut session, job);
            } else {
                let ran = (job.run)(Ok(&mut Conn::new(Session::Postgres(&mut session))));
                (ran.answer)(Ok(()));
            }
        }
    }
}

fn write_one(session: &mut PgSession, job: Job) {
    if let Err(error) = session.begin() {
        ((job.run)(Err(error.clone())).answer)(Err(error));
        return;
    }
    let ran = (job.run)(Ok(&mut Conn::new(Session::Postgres(&mut *session))));
    (ran.answer)(session.end(ran.keep));
}

/// One client, its prepared statements, and how to make it anew.
pub(super) struct PgSession {
    server: Server,
    silent: watch::Receiver<bool>,
    client: Option<Client>,
    statements: HashMap<String, Statement>,
    in_transaction: bool,
}

impl PgSession {
    pub(super) fn query(
        &mut self,
        sql: &str,
        params: &[Value<'_>],
        each: EachRow<'_>,
    ) -> Result<(), DbError> {
        let rows = self.send(|client, statements| {
            let statement = prepared(client, statements, sql)?;
            client.wait(client.query(&statement, &as_sql(params)))
        })?;
        for row in &rows {
            if !each(&Row::Postgres(row))? {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn execute(&mut self, sql: &str, params: &[Value<'_>]) -> Result<u64, DbError> {
        self.send(|client, statements| {
            let statement = prepared(client, statements, sql)?;
            client.wait(client.execute(&statement, &as_sql(params)))
        })
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        self.send(|client, _| client.wait(client.batch_execute(sql)))
    }

    fn begin(&mut self) -> Result<(), DbError> {
        self.batch("START TRANSACTION READ WRITE")?;
        self.in_transaction = true;
        Ok(())
    }

    pub(super) fn begin_snapshot(&mut self) -> Result<(), DbError> {
        self.batch("START TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
        self.in_transaction = true;
        Ok(())
    }

    pub(super) fn end(&mut self, keep: bool) -> Result<(), DbError> {
        let ended = self.batch(if keep { "COMMIT" } else { "ROLLBACK" });
        self.in_transaction = false;
        if ended.is_err() {
            // The transaction's fate is the server's; a fresh connection is free of it.
            self.client = None;
        }
        if keep { ended } else { Ok(()) }
    }

    /// Sends one request. Outside a transaction a lost connection is made anew and the request
    /// sent once more: it only reads, or begins a transaction.
    fn send<T>(
        &mut self,
        mut request: impl FnMut(&Client, &mut HashMap<String, Statement>) -> Result<T, DbError>,
    ) -> Result<T, DbError> {
        let mut again = !self.in_transaction;
        loop {
            if *self.silent.borrow() {
                self.client = None;
                return Err(no_answer());
            }
            let client = match &self.client {
                Some(client) => client,
                None if self.in_transaction => return Err(lost()),
                None => {
                    self.statements.clear();
                    let silent = Some(self.silent.clone());
                    self.client.insert(Client::connect(&self.server, silent, CONNECTING)?)
                }
            };
            let error = match request(client, &mut self.statements) {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            if matches!(error, DbError::Unavailable(_)) || client.is_closed() {
                self.client = None;
                if again {
                    again = false;
                    continue;
                }
            }
            // After a change of the schema a kept statement may no longer fit.
            self.statements.clear();
            return Err(error);
        }
    }
}

fn lost() -> DbError {
    DbError::Unavailable("the connection was lost within a transaction".to_owned())
}

fn prepared(
    client: &Client,
    statements: &mut HashMap<String, Statement>,
    sql: &str,
) -> Result<Statement, DbError> {
    if let Some(statement) = statements.get(sql) {
        return Ok(statement.clone());
    }
    if statements.len() >= STATEMENTS_KEPT {
        statements.clear();
    }
    let statement = client.wait(client.prepare(sql))?;
    statements.insert(sql.to_owned(), statement.clone());
    Ok(statement)
}

fn as_sql<'v>(params: &'v [Value<'_>]) -> Vec<&'v (dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

/// Reads the address. `verify-full` and `sslrootcert` are taken out of it: the client does not know
/// these words, and with TLS we always check the certificate and the name.
fn configure(url: &str) -> Result<Server, DbError> {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let (mut encrypted, mut authority, mut others) = (false, None, Vec::new());
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("sslmode", "require" | "verify-ca" | "verify-full")) => encrypted = true,
            Some(("sslrootcert", file)) => authority = Some(file),
            _ => others.push(pair),
        }
    }
    if encrypted {
        others.push("sslmode=require");
    }
    let address = format!("{address}?{}", others.join("&"));
    let mut config: Config = address.parse().map_err(|error: tokio_postgres::Error| {
        let cause = error.source().map(ToString::to_string).unwrap_or_default();
        DbError::Other(format!("the address of the database: {error} {cause}"))
    })?;
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT_TIMEOUT);
    }
    config
        .keepalives_idle(KEEPALIVE_IDLE)
        .keepalives_interval(KEEPALIVE_INTERVAL)
        .keepalives_retries(KEEPALIVE_RETRIES)
        .tcp_user_timeout(UNANSWERED);
    let tls = if encrypted { Some(tls(authority)?) } else { None };
    Ok(Server { config, tls })
}

/// TLS with the well-known authorities, or with the one in the file `authority`.
fn tls(authority: Option<&str>) -> Result<MakeRustlsConnect, DbError> {
    let wrong = |error: &dyn std::fmt::Display| DbError::Other(format!("TLS: {error}"));
    let mut roots = rustls::RootCertStore::empty();
    match authority {
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(file) => {
            for certificate in CertificateDer::pem_file_iter(file).map_err(|e| wrong(&e))? {
                roots.add(certificate.map_err(|e| wrong(&e))?).map_err(|e| wrong(&e))?;
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| wrong(&e))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match *self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(n) if *ty == Type::INT4 => i32::try_from(n)?.to_sql_checked(ty, out),
            Value::Int(n) if *ty == Type::INT2 => i16::try_from(n)?.to_sql_checked(ty, out),
            Value::Int(n) if *ty == Type::FLOAT8 => (n as f64).to_sql_checked(ty, out),
            Value::Int(n) if *ty == Type::BOOL => (n != 0).to_sql_checked(ty, out),
            Value::Int(n) => n.to_sql_checked(ty, out),
            Value::Real(x) => x.to_sql_checked(ty, out),
            Value::Text(text) => text.to_sql_checked(ty, out),
            Value::Blob(bytes) => bytes.to_sql_checked(ty, out),
        }
    }

    // Which type fits depends on the value, so each branch above checks it.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(match *ty {
            Type::INT8 => Value::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Value::Int(i32::from_sql(ty, raw)?.into()),
            Type::INT2 => Value::Int(i16::from_sql(ty, raw)?.into()),
            Type::BOOL => Value::Int(bool::from_sql(ty, raw)?.into()),
            Type::FLOAT8 => Value::Real(f64::from_sql(ty, raw)?),
            Type::FLOAT4 => Value::Real(f32::from_sql(ty, raw)?.into()),
            Type::NUMERIC => numeric(raw).ok_or("a NUMERIC that cannot be read")?,
            Type::BYTEA => Value::Blob(raw),
            _ => Value::Text(<&str>::from_sql(ty, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Value::Null)
    }

    fn accepts(ty: &Type) -> bool {
        [Type::INT8, Type::INT4, Type::INT2, Type::BOOL, Type::FLOAT8, Type::FLOAT4].contains(ty)
            || [Type::NUMERIC, Type::BYTEA].contains(ty)
            || <&str as FromSql>::accepts(ty)
    }
}

/// What `SUM` and `AVG` of integers give on PostgreSQL, as SQLite gives it: an integer when there
/// are no decimals, else a real number. The wire form is four 16-bit words (digits, weight of the
/// first, sign, decimals) and then the digits, to the base of 10,000.
fn numeric(raw: &[u8]) -> Option<Value<'static>> {
    let mut words = raw.chunks_exact(2).filter_map(|word| word.try_into().ok());
    let [_, weight, sign, decimals] =
        [words.next()?, words.next()?, words.next()?, words.next()?].map(u16::from_be_bytes);
    let first = i32::from(weight.cast_signed());
    let digits: Vec<u16> = words.map(u16::from_be_bytes).collect();
    let negative = match sign {
        0 => false,
        0x4000 => true,
        _ => return None,
    };
    if decimals == 0 {
        let mut whole = 0_i64;
        for place in 0..=first {
            let digit = usize::try_from(place).ok().and_then(|place| digits.get(place));
            let digit = i64::from(digit.copied().unwrap_or(0));
            whole = whole.checked_mul(10_000)?.checked_add(digit)?;
        }
        return Some(Value::Int(if negative { -whole } else { whole }));
    }
    let sum: f64 = (0_i32..)
        .zip(&digits)
        .map(|(place, digit)| f64::from(*digit) * 10_000_f64.powi(first - place))
        .sum();
    Some(Value::Real(if negative { -sum } else { sum }))
}
