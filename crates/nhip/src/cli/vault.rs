//! `nhip vault …`: the keys of the identity vault, and how a new one takes over from an old one.

use super::Stop;
use super::place::{Place, PlaceOptions};
use crate::account::vault::rotate::{self, Needed, SEALED, Stands, Status};
use crate::platform::limits;
use crate::platform::sealing::KeyId;
use clap::{Args, Subcommand};
use std::io::Write;

#[derive(Debug, Args)]
#[command(
    after_help = "A new key, in this order: new-key, copy the key file to every node, rotate, forget.\n\
    See docs/operations/keys.md."
)]
pub struct VaultCommand {
    #[command(flatten)]
    place: PlaceOptions,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
pub enum Action {
    /// Add a key to the key file; nothing uses it yet.
    NewKey,
    /// Seal with the newest key from now on, and seal anew what older ones sealed. May be killed and run again.
    Rotate,
    /// The keys there are, and what each of them sealed.
    Status,
    /// Take a key out of use that nothing is sealed with any more; to be said on every node.
    Forget {
        /// As `nhip vault status` shows it.
        id: KeyId,
    },
}

pub fn run(command: VaultCommand, out: &mut impl Write) -> Result<(), Stop> {
    act(&command.place.open()?, &command.action, out)
}

/// The same in a place that is open already.
pub fn act(place: &Place, action: &Action, out: &mut impl Write) -> Result<(), Stop> {
    match action {
        Action::NewKey => new_key(place, out),
        Action::Rotate => take_over(place, out),
        Action::Status => status(place, out).map(drop),
        Action::Forget { id } => forget(place, *id, out),
    }
}

fn new_key(place: &Place, out: &mut impl Write) -> Result<(), Stop> {
    let vault = place.vault.clone();
    match place.db.write_blocking(move |conn| rotate::new_key(conn, &vault))? {
        Ok(id) => writeln!(
            out,
            "{id} is in the key file; nothing uses it yet\n\
             next: bring the file to every other node and to where its copy is kept, then `nhip vault rotate`"
        )?,
        Err(id) => {
            let message = format!("{id} is new already and waits: `nhip vault rotate` uses it");
            return Err(message.into());
        }
    }
    Ok(())
}

fn take_over(place: &Place, out: &mut impl Write) -> Result<(), Stop> {
    let (ctx, vault) = (place.ctx.clone(), place.vault.clone());
    match place.db.write_blocking(move |conn| rotate::begin(conn, &ctx, &vault))? {
        Some(id) => writeln!(out, "{id} seals from now on")?,
        None => writeln!(
            out,
            "{} is the newest key and seals already; another is made by `nhip vault new-key`",
            place.vault.sealing()
        )?,
    }
    let mut broken = Vec::new();
    for column in &SEALED {
        let (mut after, mut done) = (String::new(), 0);
        loop {
            let (vault, from) = (place.vault.clone(), after);
            let batch = place.db.write_blocking(move |conn| {
                rotate::seal_anew(conn, &vault, column, &from, limits::SEALED_ANEW)
            })?;
            done += batch.done;
            broken.extend(batch.broken.into_iter().map(|id| format!("{} {id}", column.table)));
            let Some(last) = batch.last else { break };
            after = last;
        }
        writeln!(out, "sealed anew\t{}\t{done}", column.table)?;
    }
    let old = status(place, out)?;
    if !broken.is_empty() {
        let rows = broken.join(", ");
        return Err(format!("no key opens these, they are left as they are: {rows}").into());
    }
    for (id, is_free) in old {
        if !is_free {
            writeln!(out, "{id} is still used by a server: run `nhip vault rotate` once more")?;
            continue;
        }
        writeln!(
            out,
            "{id} may be deleted in {} minutes, on every node: `nhip vault forget {id}`; keep a copy as long as you \
             keep copies of the city from before",
            limits::KEY_TAKEN_UP.as_mins()
        )?;
    }
    Ok(())
}

/// Shows the keys; the old ones, and whether nothing needs them any more.
fn status(place: &Place, out: &mut impl Write) -> Result<Vec<(KeyId, bool)>, Stop> {
    let vault = place.vault.clone();
    let (keys, nameless) = place.db.read_blocking(move |conn| rotate::status(conn, &vault))?;
    let mut old = Vec::new();
    for Status { id, stands, sealed } in keys {
        let stands = match stands {
            Stands::Seals { since: Some(since) } => format!("seals since {since}"),
            Stands::Seals { since: None } => "seals".to_owned(),
            Stands::Waits => "waits for `nhip vault rotate`".to_owned(),
            Stands::Opens => {
                old.push((id, sealed.is_empty() && nameless.is_empty()));
                "opens what it sealed".to_owned()
            }
        };
        writeln!(out, "{id}\t{stands}\t{}", rows(&sealed))?;
    }
    if !nameless.is_empty() {
        writeln!(out, "no name\tsealed by an older version of nhip\t{}", rows(&nameless))?;
    }
    Ok(old)
}

fn forget(place: &Place, id: KeyId, out: &mut impl Write) -> Result<(), Stop> {
    let (ctx, vault) = (place.ctx.clone(), place.vault.clone());
    let forgotten = place.db.write_blocking(move |conn| rotate::forget(conn, &ctx, &vault, id))?;
    let forgotten = forgotten.map_err(|needed| match needed {
        Needed::Unknown => format!("the key file has no key {id}"),
        Needed::Seals => format!("{id} is the key that seals: let another take over first"),
        Needed::Sealed(left) => format!(
            "{id} is still needed: {}; run `nhip vault rotate`, then try again",
            rows(&left)
        ),
        Needed::Until(at) => {
            format!("a server may still be writing with {id}: try again after {at}")
        }
    })?;
    forgotten.leave_file(&place.vault)?;
    writeln!(
        out,
        "{id} is forgotten: say so on every node, and to whoever keeps a copy of the file"
    )?;
    Ok(())
}

fn rows(sealed: &[(&str, i64)]) -> String {
    if sealed.is_empty() {
        return "nothing is sealed with it".to_owned();
    }
    let rows: Vec<String> = sealed.iter().map(|(table, n)| format!("{table} {n}")).collect();
    rows.join(", ")
}
