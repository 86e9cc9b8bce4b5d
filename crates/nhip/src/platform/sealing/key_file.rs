//! The file of the vault's keys: one key a line, 64 hexadecimal digits each, the oldest first; `#` begins a comment.
//!
//! `lookups …` is the secret by which values are found again and links are known. It is derived from the first key and
//! stands there by itself as soon as that key is forgotten: addresses that are looked up, links in old letters and
//! browsers that take notifications outlive every key.

use crate::platform::error::{Error, Result};
use crate::platform::hex::{hex, unhex};
use rand::Rng;
use std::fmt::Write as _;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, chown};
use std::path::Path;

pub const KEY_BYTES: usize = 32;
pub type Secret = [u8; KEY_BYTES];

const LOOKUPS: &str = "lookups";

#[derive(Clone)]
pub struct KeyFile {
    pub lookups: Option<Secret>,
    /// At least one.
    pub keys: Vec<Secret>,
}

impl KeyFile {
    /// `None` if there is no such file.
    pub fn read(path: &Path) -> Result<Option<Self>> {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(&text).map(Some).map_err(|problem| failed(path, problem)),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            Err(e) => Err(failed(path, e)),
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut file = Self { lookups: None, keys: Vec::new() };
        for (n, line) in text.lines().map(str::trim).enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let lookups = line.strip_prefix(LOOKUPS).map(str::trim);
            let secret = unhex(lookups.unwrap_or(line)).and_then(|bytes| bytes.try_into().ok());
            let secret = secret
                .ok_or_else(|| format!("line {}: not a key of 64 hexadecimal digits", n + 1))?;
            match lookups {
                Some(_) => file.lookups = Some(secret),
                None if file.keys.contains(&secret) => {}
                None => file.keys.push(secret),
            }
        }
        if file.keys.is_empty() {
            return Err("there is no key in it, a line of 64 hexadecimal digits".to_owned());
        }
        Ok(file)
    }

    /// Makes the file with its first key. An error if it is there.
    pub fn make(path: &Path) -> Result<Self> {
        let file = Self { lookups: None, keys: vec![fresh()] };
        let write = || {
            let mut new =
                fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
            new.write_all(file.text().as_bytes())?;
            new.sync_all()
        };
        write().map_err(|e| failed(path, e))?;
        Ok(file)
    }

    /// Puts this in the place of the file, for the same owner: whole at every moment, also if the power fails.
    /// A link to it stays a link.
    pub fn replace(&self, path: &Path) -> Result<()> {
        let write = || {
            let path = fs::canonicalize(path)?;
            let making = path.with_added_extension("new");
            let owner = fs::metadata(&path)?;
            let mut options = fs::OpenOptions::new();
            let mut new =
                options.write(true).create(true).truncate(true).mode(0o600).open(&making)?;
            new.write_all(self.text().as_bytes())?;
            new.sync_all()?;
            let made = new.metadata()?;
            if (made.uid(), made.gid()) != (owner.uid(), owner.gid()) {
                chown(&making, Some(owner.uid()), Some(owner.gid()))?;
            }
            fs::rename(&making, &path)?;
            path.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
        };
        write().map_err(|e| failed(path, e))
    }

    fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        if let Some(lookups) = &self.lookups {
            let _ = writeln!(text, "{LOOKUPS} {}", hex(lookups));
        }
        for key in &self.keys {
            let _ = writeln!(text, "{}", hex(key));
        }
        text
    }
}

/// A new key.
pub fn fresh() -> Secret {
    let mut key = [0; KEY_BYTES];
    rand::rng().fill_bytes(&mut key);
    key
}

pub fn failed(path: &Path, problem: impl std::fmt::Display) -> Error {
    Error::failed("open the identity vault", format!("{}: {problem}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_one_key_is_what_it_always_was_and_one_of_several_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vault.key");
        let first = KeyFile::make(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), format!("{}\n", hex(&first.keys[0])));
        assert!(KeyFile::make(&path).is_err());
        let more = KeyFile { lookups: Some([7; 32]), keys: vec![first.keys[0], fresh()] };
        more.replace(&path).unwrap();
        let read = KeyFile::read(&path).unwrap().unwrap();
        assert!(read.keys == more.keys && read.lookups == more.lookups);
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        let link = folder.path().join("link.key");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        KeyFile { lookups: None, ..more }.replace(&link).unwrap();
        assert!(KeyFile::read(&path).unwrap().unwrap().lookups.is_none());
        fs::remove_file(&link).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_is_no_key_is_told_by_its_line() {
        let parse = |text: &str| KeyFile::parse(text).err().unwrap_or_default();
        let key = "0f".repeat(32);
        assert_eq!(parse(&format!("# ours\n\n{key}\n")), "");
        assert!(parse(&format!("{key}\nhalf a key\n")).starts_with("line 2: not a key of 64"));
        assert!(parse(&format!("lookups {key}\n")).starts_with("there is no key in it"));
        assert!(parse("").starts_with("there is no key in it"));
    }
}
