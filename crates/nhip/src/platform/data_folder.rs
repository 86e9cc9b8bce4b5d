//! The folder of a city: ours alone while we serve it, closed to others on the machine, and never begun anew by mistake.

use crate::platform::db::{Db, DbError};
use std::fs::{self, File, Permissions, TryLockError};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

/// The SQLite file in it.
pub const DATABASE: &str = "nhip.sqlite";
/// Photos and documents.
pub const MEDIA: &str = "media";
/// What holds names, addresses or links that sign in. New files are closed by [`close_new_files`]; older versions left
/// them open.
const CLOSED: [(&str, u32); 5] = [
    (DATABASE, 0o600),
    ("nhip.sqlite-wal", 0o600),
    ("nhip.sqlite-shm", 0o600),
    (MEDIA, 0o700),
    ("letters", 0o700),
];

/// Whatever this process makes from now on, nobody else on the machine reads.
pub fn close_new_files() {
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

/// Closes what is there. What belongs to somebody else stays as it is.
pub fn close(data: &Path) {
    for (name, mode) in CLOSED {
        let path = data.join(name);
        let open = fs::metadata(&path).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0);
        if open && let Err(error) = fs::set_permissions(&path, Permissions::from_mode(mode)) {
            tracing::warn!(path = %path.display(), %error, "others on this machine can read it");
        }
    }
}

/// Keeps others from serving the same folder: a lock on the folder itself, so that there is no file to take away. The
/// system lets go when this process ends, however it ends.
pub fn hold(data: &Path) -> Result<Option<File>, String> {
    let folder = File::open(data).map_err(|e| format!("{}: {e}", data.display()))?;
    let taken = || Err(format!("{}: another nhip serves this folder", data.display()));
    // The release before locked a file in it, and may still be running.
    let before = File::open(data.join("nhip.lock")).ok();
    if before.is_some_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock))) {
        return taken();
    }
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(TryLockError::WouldBlock) => taken(),
        // A file system without locks.
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

/// An empty database beside the key and the photos of a city has been lost, not begun: to go on would give a new city
/// their names.
pub fn must_not_be_lost(db: &Db, data: &Path, key_file: &Path) -> Result<(), String> {
    let media = data.join(MEDIA);
    let has_photos = || fs::read_dir(&media).is_ok_and(|mut files| files.next().is_some());
    let is_new = db.is_new().map_err(|e: DbError| e.to_string())?;
    if !is_new || !key_file.exists() || !has_photos() {
        return Ok(());
    }
    Err(format!(
        "the database is empty, but {} and {} belong to a city: put its database back, or move both away to begin anew",
        key_file.display(),
        media.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_held_whatever_is_deleted_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = hold(folder.path()).unwrap();
        for file in fs::read_dir(folder.path()).unwrap() {
            fs::remove_file(file.unwrap().path()).unwrap();
        }
        assert!(hold(folder.path()).unwrap_err().contains("another nhip"));
        drop(first);
        assert!(hold(folder.path()).unwrap().is_some());
    }

    #[test]
    fn what_an_older_version_left_open_is_closed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(DATABASE);
        fs::write(&path, "x").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        close(folder.path());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
