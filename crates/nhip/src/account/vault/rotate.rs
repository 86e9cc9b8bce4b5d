//! How a new key takes over from an old one, in steps that an operator takes one after the other:
//!
//! 1. [`new_key`] adds a key to the file; nothing uses it yet, so that the file can be brought to every node first.
//! 2. [`begin`] writes into the database that the newest key seals from now on; every node takes it up by itself.
//! 3. [`seal_anew`], batch after batch, brings over what older keys sealed. Each batch is a transaction, and what is done
//!    does not come again: to be killed costs nothing.
//! 4. [`forget`] takes the old key out of database and file, once nothing is sealed with it.
//!
//! Hashes for lookups and links do not change: their secret is no key (see [`crate::platform::sealing::key_file`]).

use super::store;
use crate::account::audit::{self, What};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::limits;
use crate::platform::sealing::key_file::{self, KeyFile, Secret, failed};
use crate::platform::sealing::store::{self as key_store, Used};
use crate::platform::sealing::{Key, KeyId, Vault, lookups_check, lookups_of};
use jiff::Timestamp;
use std::sync::Arc;

/// A column that holds what the vault sealed. A test compares the table with the schema.
#[derive(Debug)]
pub struct Column {
    pub table: &'static str,
    pub id: &'static str,
    pub column: &'static str,
    /// What it is sealed as: this and the id of the row, or the same for all.
    label: Label,
}

#[derive(Debug)]
enum Label {
    OfRow(&'static str),
    Same(&'static str),
}

const fn sealed(table: &'static str, label: Label) -> Column {
    Column { table, id: "id", column: "sealed", label }
}

pub const SEALED: [Column; 7] = [
    sealed("person", Label::OfRow(super::PERSON)),
    Column { id: "request", ..sealed("given_contact", Label::OfRow(super::GIVEN)) },
    Column { column: "totp_sealed", ..sealed("account", Label::OfRow("totp")) },
    sealed("push_device", Label::OfRow("push_device")),
    sealed("webhook", Label::OfRow("webhook")),
    sealed("outbox", Label::Same(super::enclosure::LABEL)),
    sealed("delivery", Label::Same(super::enclosure::LABEL)),
];

impl Column {
    fn label(&self, row: &str) -> String {
        match self.label {
            Label::OfRow(what) => format!("{what}:{row}"),
            Label::Same(what) => what.to_owned(),
        }
    }
}

fn read(vault: &Vault) -> Result<KeyFile> {
    KeyFile::read(vault.file())?.ok_or_else(|| failed(vault.file(), "the file is missing"))
}

/// The newest key of the file, if this database does not use it yet.
fn unused(file: &KeyFile, used: &[Used]) -> Option<Arc<Key>> {
    let newest = Key::of(file.keys.last()?);
    (!used.iter().any(|used| used.check == newest.check)).then_some(newest)
}

/// Adds a key to the file. `Err` is the one that was added before and is not used yet.
pub fn new_key(conn: &mut Conn<'_>, vault: &Vault) -> Result<Result<KeyId, KeyId>> {
    let mut file = read(vault)?;
    if let Some(waiting) = unused(&file, &key_store::keys(conn)?) {
        return Ok(Err(waiting.id));
    }
    let key = key_file::fresh();
    file.keys.push(key);
    file.replace(vault.file())?;
    Ok(Ok(Key::of(&key).id))
}

/// Lets the newest key of the file seal from now on; `None` if it does already.
pub fn begin(conn: &mut Conn<'_>, ctx: &Ctx, vault: &Vault) -> Result<Option<KeyId>> {
    key_store::hold_keys(conn)?;
    let (file, used) = (read(vault)?, key_store::keys(conn)?);
    let begun = unused(&file, &used);
    if let Some(key) = &begun {
        key_store::put_lookups_check(conn, &lookups_check(&lookups_of(&file)))?;
        let nth = used.last().map_or(1, |last| last.nth + 1);
        key_store::put_key(conn, nth, &key.check, Some(ctx.now))?;
        audit::note(conn, ctx, What::VaultKeyUsed, &key.id.to_string())?;
    }
    vault.keep_in_step(conn)?;
    Ok(begun.map(|key| key.id))
}

/// What came of a batch.
pub struct Batch {
    /// After which row it goes on; `None` at the end of the table.
    pub last: Option<String>,
    pub done: usize,
    /// Rows that no key opens; they stay as they are.
    pub broken: Vec<String>,
}

/// Seals the next rows of `column` with the key that seals now.
pub fn seal_anew(
    conn: &mut Conn<'_>,
    vault: &Vault,
    column: &Column,
    after: &str,
    most: usize,
) -> Result<Batch> {
    let rows = store::sealed_otherwise(conn, column, &vault.sealing().head(), after, most)?;
    let mut batch =
        Batch { last: rows.last().map(|(id, _)| id.clone()), done: 0, broken: Vec::new() };
    for (id, before) in rows {
        let label = column.label(&id);
        match vault.open_sealed(&label, &before) {
            Ok(plain) => {
                let after = vault.seal(&label, &plain);
                batch.done +=
                    usize::from(store::swap_sealed(conn, column, &id, (&before, &after))?);
            }
            Err(_) => batch.broken.push(id),
        }
    }
    Ok(batch)
}

/// A key of the file and what hangs on it.
#[derive(Debug)]
pub struct Status {
    pub id: KeyId,
    pub stands: Stands,
    /// Rows it sealed, by table; tables without any are left out.
    pub sealed: Vec<(&'static str, i64)>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Stands {
    /// `None`: from the beginning.
    Seals { since: Option<Timestamp> },
    /// Sealed before, and opens.
    Opens,
    /// Added to the file, and nothing uses it.
    Waits,
}

/// Rows of a table.
pub type Rows = (&'static str, i64);

/// All keys of the file, the oldest first; and the rows that name none of them: those of before keys had names.
pub fn status(conn: &mut Conn<'_>, vault: &Vault) -> Result<(Vec<Status>, Vec<Rows>)> {
    let (file, used) = (read(vault)?, key_store::keys(conn)?);
    let (newest, waiting) = (used.last(), unused(&file, &used));
    let mut all = Vec::new();
    let mut nameless = Vec::new();
    for column in &SEALED {
        nameless.push((column.table, store::count_sealed(conn, column, None)?));
    }
    for key in file.keys.iter().map(Key::of) {
        let stands = match newest.filter(|newest| newest.check == key.check) {
            Some(newest) => Stands::Seals { since: newest.since },
            None if waiting.as_ref().is_some_and(|waiting| waiting.check == key.check) => {
                Stands::Waits
            }
            None => Stands::Opens,
        };
        let mut sealed = Vec::new();
        for (column, (_, left)) in SEALED.iter().zip(&mut nameless) {
            let rows = store::count_sealed(conn, column, Some(&key.id.head()))?;
            *left -= rows;
            sealed.push((column.table, rows));
        }
        sealed.retain(|(_, rows)| *rows > 0);
        all.push(Status { id: key.id, stands, sealed });
    }
    nameless.retain(|(_, rows)| *rows > 0);
    Ok((all, nameless))
}

/// Why a key must stay.
#[derive(Debug, PartialEq, Eq)]
pub enum Needed {
    /// There is no such key in the file.
    Unknown,
    /// It is the one that seals.
    Seals,
    /// These rows are sealed with it, or were sealed before keys had names.
    Sealed(Vec<(&'static str, i64)>),
    /// Until then a node may be writing with it.
    Until(Timestamp),
}

/// Takes a key out of the database, then out of the file: a file may hold more keys than the database names, never fewer.
/// To be done with every copy of the file; whoever comes second finds the row gone, and only the file is changed.
pub fn forget(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    vault: &Vault,
    id: KeyId,
) -> Result<Result<Forgotten, Needed>> {
    key_store::hold_keys(conn)?;
    let (keys, nameless) = status(conn, vault)?;
    let Some(key) = keys.into_iter().find(|key| key.id == id) else {
        return Ok(Err(Needed::Unknown));
    };
    if let Stands::Seals { .. } = key.stands {
        return Ok(Err(Needed::Seals));
    }
    let used = key_store::keys(conn)?;
    let is_used = used.iter().find(|used| used.id() == Some(id));
    if is_used.is_some() {
        let left: Vec<_> = key.sealed.into_iter().chain(nameless).collect();
        if !left.is_empty() {
            return Ok(Err(Needed::Sealed(left)));
        }
        let since = used.last().and_then(|newest| newest.since);
        if let Some(until) = since.map(|at| at + limits::KEY_TAKEN_UP).filter(|at| *at > ctx.now) {
            return Ok(Err(Needed::Until(until)));
        }
    } else if !key.sealed.is_empty() {
        return Ok(Err(Needed::Sealed(key.sealed)));
    }
    if let Some(used) = is_used {
        key_store::forget_key(conn, &used.check)?;
        audit::note(conn, ctx, What::VaultKeyForgotten, &id.to_string())?;
    }
    Ok(Ok(Forgotten(id)))
}

/// A key the database has forgotten; the file is to forget it as well, once that is committed.
#[must_use]
#[derive(Debug, PartialEq, Eq)]
pub struct Forgotten(KeyId);

impl Forgotten {
    pub fn leave_file(&self, vault: &Vault) -> Result<()> {
        let file = read(vault)?;
        let stays = |key: &&Secret| Key::of(key).id != self.0;
        let keys: Vec<Secret> = file.keys.iter().filter(stays).copied().collect();
        if keys.is_empty() {
            return Err(Error::failed("forget a key", "it is the only one"));
        }
        KeyFile { lookups: Some(lookups_of(&file)), keys }.replace(vault.file())
    }
}
