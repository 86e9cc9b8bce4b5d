//! Whether PostgreSQL answers. A server that is frozen, or cut off by the network, says nothing: whoever waits for it
//! waits for minutes. So one connection does nothing but ask, every second. After [`Limits::silence`] without an answer
//! all others stop waiting, and what is asked meanwhile is told at once; with the first answer everything goes on.

use super::DbError;
use super::pg_client::{Client, Server};
use std::sync::Weak;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How patient we are.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How often to ask.
    pub every: Duration,
    /// How long an answer may take.
    pub answer: Duration,
    /// After how long nobody waits any more.
    pub silence: Duration,
}

impl Limits {
    pub const USUAL: Self = Self {
        every: Duration::from_secs(1),
        answer: Duration::from_secs(2),
        silence: Duration::from_secs(8),
    };
}

/// What is known of the server.
#[derive(Debug)]
pub struct Pulse {
    limits: Limits,
    answered: watch::Sender<Instant>,
    silent: watch::Sender<bool>,
}

impl Pulse {
    /// At a moment when the server has just answered.
    pub fn new(limits: Limits) -> Self {
        let answered = watch::Sender::new(Instant::now());
        Self { limits, answered, silent: watch::Sender::new(false) }
    }

    /// Turns true when nobody is to wait any more.
    pub fn silent(&self) -> watch::Receiver<bool> {
        self.silent.subscribe()
    }

    /// Whether the server answers, as far as is known; at once.
    pub fn check(&self) -> Result<(), DbError> {
        if self.answered.borrow().elapsed() <= self.limits.every + self.limits.answer {
            Ok(())
        } else {
            Err(no_answer())
        }
    }

    /// A server that says no, say because it has no connection left, has answered.
    fn heard(&self, answer: &Result<(), DbError>) {
        if !matches!(answer, Err(DbError::Unavailable(_))) {
            self.answered.send_replace(Instant::now());
        }
        let silent = self.answered.borrow().elapsed() > self.limits.silence;
        let changed = self.silent.send_if_modified(|was| std::mem::replace(was, silent) != silent);
        match (changed, silent) {
            (true, true) => tracing::error!("the database does not answer"),
            (true, false) => tracing::info!("the database answers again"),
            (false, _) => {}
        }
    }
}

pub fn no_answer() -> DbError {
    DbError::Unavailable("it does not answer".to_owned())
}

/// The thread that asks, until nobody wants to know.
pub fn ask(server: &Server, pulse: &Weak<Pulse>) {
    let mut client: Option<Client> = None;
    while let Some(pulse) = pulse.upgrade() {
        let limits = pulse.limits;
        let mut asked = || -> Result<(), DbError> {
            let connected = match client.take() {
                Some(client) => client,
                None => Client::connect(server, None, limits.answer)?,
            };
            connected.within(limits.answer, connected.batch_execute("SELECT 1"))?;
            client = Some(connected);
            Ok(())
        };
        pulse.heard(&asked());
        drop(pulse);
        std::thread::sleep(limits.every);
    }
}
