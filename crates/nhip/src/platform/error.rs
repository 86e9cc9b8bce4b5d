//! The kinds of error, and nothing else: how they look to people is in `http/answer.rs`.
//!
//! - A *refusal*: a rule said no. Typed, with data, shown to people.
//! - A *failure*: the world said no (disk, network, database). Logged once at the border, shown as a reference number.
//! - *Corrupt*: an invariant broke; what was read cannot be. Like a failure, and staff is alerted.

use super::db::DbError;
use domain::refusal::Refusal;
use std::io::ErrorKind;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Input that a border turned away before any rule was asked: a damaged photo, a wrong password.
    /// `key` names the sentence in the translation files, `field` the form field it stands beside.
    #[error("{field}: {key}")]
    Unacceptable {
        field: &'static str,
        key: &'static str,
        args: Vec<(&'static str, String)>,
        status: u16,
    },
    /// Too many requests; `seconds` until the next may come (`Retry-After`).
    #[error("too many requests, wait {seconds} s")]
    Paced { seconds: u64 },
    /// Too much at once, of everybody; `seconds` after which there may be room.
    #[error("too much at once, wait {seconds} s")]
    Crowded { seconds: u64 },
    #[error(transparent)]
    Database(#[from] DbError),
    #[error("{doing}: {cause}")]
    Failed { doing: &'static str, cause: String },
    /// A disk is full, other than the database's (which says so itself). Reading still works.
    #[error("{doing}: the disk is full: {cause}")]
    Full { doing: &'static str, cause: String },
    #[error("{table}.{column} of {id} cannot be read")]
    Corrupt { table: &'static str, column: &'static str, id: String },
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub fn failed(doing: &'static str, cause: impl std::fmt::Display) -> Self {
        Self::Failed { doing, cause: cause.to_string() }
    }

    /// A write that failed: because a disk is full, which people are told in plain words, or for any other reason.
    pub fn not_written(doing: &'static str, cause: &(dyn std::error::Error + 'static)) -> Self {
        let mut inner = Some(cause);
        while let Some(error) = inner {
            if let Some(io) = error.downcast_ref::<std::io::Error>()
                && matches!(io.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded)
            {
                return Self::Full { doing, cause: cause.to_string() };
            }
            inner = error.source();
        }
        Self::failed(doing, cause)
    }

    pub fn is_full_disk(&self) -> bool {
        matches!(self, Self::Full { .. } | Self::Database(DbError::Full(_)))
    }

    /// Input turned away at the border, beside `field`, with the sentence `key`.
    pub fn unacceptable(field: &'static str, key: &'static str, status: u16) -> Self {
        Self::Unacceptable { field, key, args: Vec::new(), status }
    }

    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Unacceptable { .. }
            | Self::Paced { .. }
            | Self::Crowded { .. }
            | Self::Database(_)
            | Self::Failed { .. }
            | Self::Full { .. }
            | Self::Corrupt { .. } => None,
        }
    }
}
