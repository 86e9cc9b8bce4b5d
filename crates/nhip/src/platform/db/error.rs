//! What can go wrong between the service and its database, told in the same words for both
//! engines. Nothing here knows HTTP.

use rusqlite::ffi;
use tokio_postgres::error::SqlState;

/// An error of the database layer. It is `Clone` because one failed commit answers many writers.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DbError {
    /// A UNIQUE or PRIMARY KEY rule said no. `constraint` is the constraint's name on PostgreSQL
    /// (`report_code_key`) and the columns on SQLite (`report.code`).
    #[error("already there: {constraint}")]
    Unique { constraint: String },
    /// A row points to one that is not there, or is pointed to by another.
    #[error("a reference to a row that does not exist, or is still in use: {0}")]
    ForeignKey(String),
    /// A `query_one` found nothing.
    #[error("no row found")]
    NoRow,
    /// The disk (or the quota) of the database is full. Reading still works.
    #[error("the database's disk is full: {0}")]
    Full(String),
    /// Somebody else was at it (lock, deadlock, serialization, full queue): trying again may help.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// The database cannot be reached or read at all right now.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// A text with a zero byte in it, which PostgreSQL cannot hold. What comes from outside is checked at its border;
    /// this is for what was forgotten there, and the same on both engines.
    #[error("a text with a zero byte in it")]
    ZeroByte,
    /// A stored value is not what the code expects of that column.
    #[error("column {column} holds {found} where {expected} was expected")]
    Corrupt { column: String, found: &'static str, expected: &'static str },
    /// A migration was changed after it had been applied, or one is missing.
    #[error("migration {name}: {problem}")]
    Migration { name: String, problem: String },
    /// The code that used the connection panicked; its transaction was rolled back.
    #[error("the code using the database panicked: {0}")]
    Panicked(String),
    /// Anything else: wrong SQL, a CHECK that failed.
    #[error("{0}")]
    Other(String),
}

impl DbError {
    /// Whether trying the same again may succeed without anybody changing anything.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Busy(_) | Self::Unavailable(_))
    }
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        let message = error.to_string();
        let Some(code) = error.sqlite_error().map(|e| e.extended_code) else {
            return Self::Other(message);
        };
        match code {
            ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_ROWID => {
                let columns = message.split_once("failed: ").map_or(message.as_str(), |(_, c)| c);
                Self::Unique { constraint: columns.to_owned() }
            }
            // The file that connections share beside the database could not be made larger.
            ffi::SQLITE_IOERR_SHMSIZE => Self::Full(message),
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Self::ForeignKey(message),
            // The low byte is the primary code; the rest says where it happened.
            other => match other & 0xff {
                ffi::SQLITE_FULL => Self::Full(message),
                ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Self::Busy(message),
                ffi::SQLITE_IOERR
                | ffi::SQLITE_CANTOPEN
                | ffi::SQLITE_NOTADB
                | ffi::SQLITE_CORRUPT => Self::Unavailable(message),
                _ => Self::Other(message),
            },
        }
    }
}

impl From<tokio_postgres::Error> for DbError {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(db) = error.as_db_error() else {
            let message = with_cause(&error);
            // Without an answer from the server it is the connection that failed, unless the
            // client itself refused the parameters.
            let io = std::error::Error::source(&error)
                .is_some_and(|source| source.downcast_ref::<std::io::Error>().is_some());
            return if error.is_closed() || io || message.starts_with("error connecting") {
                Self::Unavailable(message)
            } else {
                Self::Other(message)
            };
        };
        let message = db.message().to_owned();
        let code = db.code();
        if *code == SqlState::UNIQUE_VIOLATION {
            Self::Unique { constraint: db.constraint().map_or(message, str::to_owned) }
        } else if *code == SqlState::FOREIGN_KEY_VIOLATION {
            Self::ForeignKey(message)
        } else if *code == SqlState::DISK_FULL {
            Self::Full(message)
        } else if [
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::T_R_DEADLOCK_DETECTED,
            SqlState::LOCK_NOT_AVAILABLE,
            SqlState::QUERY_CANCELED,
            SqlState::TOO_MANY_CONNECTIONS,
        ]
        .contains(code)
        {
            Self::Busy(message)
        } else if lost_server(code.code()) {
            Self::Unavailable(message)
        } else {
            Self::Other(message)
        }
    }
}

/// SQLSTATE classes that mean "this connection is of no more use": 08 connection, 57P operator
/// intervention, 58 system error.
fn lost_server(code: &str) -> bool {
    code.starts_with("08") || code.starts_with("57P") || code.starts_with("58")
}

fn with_cause(error: &tokio_postgres::Error) -> String {
    match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}
