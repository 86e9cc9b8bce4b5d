//! One connection to PostgreSQL, for a thread of its own: it waits for an answer as long as the server is known to be
//! there (see `pulse.rs`), and not longer.

use super::DbError;
use super::pulse::no_answer;
use std::future::pending;
use std::ops::Deref;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Each session: nothing is changed by accident, nobody waits long for a lock, no statement runs
/// away with the server.
const SESSION: &str = "SET default_transaction_read_only = on; \
                       SET lock_timeout = '5s'; SET statement_timeout = '60s'";

/// Where the server is, and how to speak to it.
#[derive(Clone)]
pub struct Server {
    pub config: Config,
    pub tls: Option<MakeRustlsConnect>,
}

pub struct Client {
    runtime: Runtime,
    connection: tokio_postgres::Client,
    silent: Option<watch::Receiver<bool>>,
}

impl Deref for Client {
    type Target = tokio_postgres::Client;

    fn deref(&self) -> &tokio_postgres::Client {
        &self.connection
    }
}

impl Client {
    /// Not from an async thread. `silent` tells when to give up what takes long.
    pub fn connect(
        server: &Server,
        silent: Option<watch::Receiver<bool>>,
        within: Duration,
    ) -> Result<Self, DbError> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| DbError::Unavailable(error.to_string()))?;
        let (config, tls) = (&server.config, server.tls.clone());
        let connecting = async {
            let client = match tls {
                Some(tls) => {
                    let (client, connection) = config.connect(tls).await?;
                    tokio::spawn(connection);
                    client
                }
                None => {
                    let (client, connection) = config.connect(NoTls).await?;
                    tokio::spawn(connection);
                    client
                }
            };
            client.batch_execute(SESSION).await?;
            Ok::<_, DbError>(client)
        };
        let connected = runtime.block_on(async { tokio::time::timeout(within, connecting).await });
        let client = connected.unwrap_or_else(|_| Err(no_answer()))?;
        Ok(Self { runtime, connection: client, silent })
    }

    /// The answer, however long it takes a server that is there.
    pub fn wait<T>(
        &self,
        answer: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, DbError> {
        let mut silent = self.silent.clone();
        let gives_up = async {
            let told = match &mut silent {
                Some(silent) => silent.wait_for(|silent| *silent).await.is_ok(),
                None => false,
            };
            if !told {
                pending::<()>().await;
            }
        };
        self.runtime.block_on(async {
            tokio::select! {
                biased;
                answer = answer => Ok(answer?),
                () = gives_up => Err(no_answer()),
            }
        })
    }

    /// The answer, if it comes in time.
    pub fn within<T>(
        &self,
        time: Duration,
        answer: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, DbError> {
        let answered = self.runtime.block_on(async { tokio::time::timeout(time, answer).await });
        Ok(answered.map_err(|_| no_answer())??)
    }
}
