//! A copy of an SQLite database that is in use, by SQLite's own means.

use super::DbError;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// How long to wait for a writer that is just committing.
const PATIENCE: Duration = Duration::from_secs(30);

/// Copies the database at `from` to a new file at `to`, as it is at one moment: all pages in one step, so that writers
/// neither wait nor make it begin anew. Answers how many bytes were copied, once the copy has been read and is whole.
pub fn copy_sqlite(from: &Path, to: &Path) -> Result<u64, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = Connection::open_with_flags(from, flags)?;
    source.busy_timeout(PATIENCE)?;
    let mut target = Connection::open(to)?;
    {
        let backup = Backup::new(&source, &mut target)?;
        if backup.step(-1)? != StepResult::Done {
            return Err(DbError::Unavailable("somebody else holds the database".to_owned()));
        }
    }
    let said: String = target.query_row("PRAGMA quick_check", [], |row| row.get(0))?;
    if said != "ok" {
        return Err(DbError::Unavailable(format!("the copy is not whole: {said}")));
    }
    // One file, without the log of another life beside it.
    target.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    target.close().map_err(|(_, error)| error)?;
    std::fs::metadata(to).map(|file| file.len()).map_err(|e| DbError::Unavailable(e.to_string()))
}
