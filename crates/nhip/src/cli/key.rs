//! `nhip key …`: programs that file reports through Open311.

use super::Stop;
use super::place::PlaceOptions;
use crate::account::api_key;
use clap::{Args, Subcommand};
use domain::ids::ApiKeyId;
use std::io::Write;

#[derive(Debug, Args)]
pub struct KeyCommand {
    #[command(flatten)]
    place: PlaceOptions,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make a key; prints it, once.
    Add {
        /// Whose key it is: a program or an office.
        name: String,
    },
    /// All keys there ever were, without the keys themselves.
    List,
    /// Take a key out of use.
    Revoke {
        /// As `nhip key list` shows it.
        id: ApiKeyId,
    },
}

pub fn run(command: KeyCommand, out: &mut impl Write) -> Result<(), Stop> {
    let place = command.place.open()?;
    let (ctx, vault) = (place.ctx.clone(), place.vault.clone());
    match command.action {
        Action::Add { name } => {
            let (id, key) =
                place.db.write_blocking(move |conn| api_key::add(conn, &ctx, &vault, &name))?;
            writeln!(out, "key: {key}   (shown this once)\nid:  {id}")?;
        }
        Action::List => {
            for key in place.db.read_blocking(api_key::list)? {
                let state = key
                    .revoked_at
                    .map_or_else(|| "in use".to_owned(), |at| format!("revoked {at}"));
                writeln!(out, "{}\t{}\tmade {}\t{state}", key.id, key.name, key.made_at)?;
            }
        }
        Action::Revoke { id } => {
            let revoked = id.clone();
            place.db.write_blocking(move |conn| api_key::revoke(conn, &ctx, &revoked))?;
            writeln!(out, "{id} is out of use")?;
        }
    }
    Ok(())
}
