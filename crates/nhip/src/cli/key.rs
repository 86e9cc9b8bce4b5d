//! `nhip key …`: programs that use Open311, what each may do, and for whom it speaks.

use super::Stop;
use super::place::PlaceOptions;
use crate::account::api_key::{self, Scope};
use crate::platform::error::Error;
use clap::{Args, Subcommand};
use domain::ids::{AgencyId, ApiKeyId};
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
        /// Whose key it is: a program or an office. It stands beside what it says in public.
        name: String,
        #[command(flatten)]
        allowed: Allowed,
    },
    /// Change what a key may do.
    Allow {
        /// As `nhip key list` shows it.
        id: ApiKeyId,
        #[command(flatten)]
        allowed: Allowed,
    },
    /// All keys there ever were, without the keys themselves.
    List,
    /// Take a key out of use.
    Revoke {
        /// As `nhip key list` shows it.
        id: ApiKeyId,
    },
}

#[derive(Debug, Args)]
struct Allowed {
    /// What it may do: read, file, update.
    #[arg(long = "may", value_name = "WHAT", value_delimiter = ',', default_value = "read,file", value_parser = scope)]
    scopes: Vec<Scope>,
    /// An agency it speaks for when it updates; may be repeated. Elsewhere it speaks in its own name.
    #[arg(long = "for", value_name = "AGENCY")]
    agencies: Vec<AgencyId>,
}

fn scope(word: &str) -> Result<Scope, String> {
    Scope::parse(word).ok_or_else(|| "write read, file or update".to_owned())
}

pub fn run(command: KeyCommand, out: &mut impl Write) -> Result<(), Stop> {
    let place = command.place.open()?;
    let (ctx, vault) = (place.ctx.clone(), place.vault.clone());
    match command.action {
        Action::Add { name, allowed } => {
            let (id, key) = place.db.write_blocking(move |conn| {
                let (id, key) = api_key::add(conn, &ctx, &vault, &name)?;
                api_key::allow(conn, &ctx, &id, &allowed.scopes, &allowed.agencies)?;
                Ok::<_, Error>((id, key))
            })?;
            writeln!(out, "key: {key}   (shown this once)\nid:  {id}")?;
        }
        Action::Allow { id, allowed } => {
            let of = id.clone();
            place.db.write_blocking(move |conn| {
                api_key::allow(conn, &ctx, &of, &allowed.scopes, &allowed.agencies)
            })?;
            writeln!(out, "{id} is changed")?;
        }
        Action::List => {
            for listed in place.db.read_blocking(api_key::list)? {
                let (key, made) = (&listed.key, listed.made_at);
                let state = listed
                    .revoked_at
                    .map_or_else(|| "in use".to_owned(), |at| format!("revoked {at}"));
                let (may, agencies) = (words(&key.may), words(&key.agencies));
                let agencies =
                    if agencies.is_empty() { agencies } else { format!(" for {agencies}") };
                writeln!(out, "{}\t{}\t{may}{agencies}\tmade {made}\t{state}", key.id, key.name)?;
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

fn words(all: &[impl ToString]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
