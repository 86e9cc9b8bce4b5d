//! `nhip key …`: keys of programs that use Open311, of devices and of feeds; what each may do, and for whom it speaks.

use super::Stop;
use super::place::PlaceOptions;
use crate::account::api_key::{self, KeyKind, NewKey, Scope};
use crate::platform::error::Error;
use clap::{Args, Subcommand};
use domain::ids::{AgencyId, ApiKeyId};
use domain::pack::Pack;
use jiff::Timestamp;
use jiff::civil::Date;
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
        /// A sensor or a gateway of the city: it sends what it measures.
        #[arg(long, conflicts_with = "feed")]
        device: bool,
        /// A service that sends what happens elsewhere.
        #[arg(long)]
        feed: bool,
        /// The last day on which it holds, in the city's time; without it, until it is revoked.
        #[arg(long, value_name = "DATE")]
        until: Option<Date>,
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
    /// What it may do. A program: read, file, update (read and file where nothing is said); a device or a feed: observe.
    #[arg(long = "may", value_name = "WHAT", value_delimiter = ',', value_parser = scope)]
    scopes: Vec<Scope>,
    /// An agency it speaks for when it updates; may be repeated. Elsewhere it speaks in its own name.
    #[arg(long = "for", value_name = "AGENCY")]
    agencies: Vec<AgencyId>,
}

impl Allowed {
    /// What was said, else what a key of this kind is for.
    fn or(&self, kind: KeyKind) -> &[Scope] {
        match kind {
            _ if !self.scopes.is_empty() => &self.scopes,
            KeyKind::Program => &[Scope::Read, Scope::File],
            KeyKind::Device | KeyKind::Feed => kind.scopes(),
        }
    }
}

/// When a day is over in the city.
fn end_of(pack: &Pack, last: Date) -> Result<Timestamp, Stop> {
    let end = last.tomorrow().map(|day| day.at(0, 0, 0, 0));
    let end = end.and_then(|end| pack.calendar.zone().to_timestamp(end));
    end.map_err(|e| Stop::from(format!("--until {last}: {e}")))
}

fn scope(word: &str) -> Result<Scope, String> {
    Scope::parse(word).ok_or_else(|| "write read, file, update or observe".to_owned())
}

pub fn run(command: KeyCommand, out: &mut impl Write) -> Result<(), Stop> {
    let place = command.place.open()?;
    let (ctx, vault) = (place.ctx.clone(), place.vault.clone());
    match command.action {
        Action::Add { name, device, feed, until, allowed } => {
            let kind = match (device, feed) {
                (true, _) => KeyKind::Device,
                (_, true) => KeyKind::Feed,
                _ => KeyKind::Program,
            };
            let until = until.map(|last| end_of(&ctx.pack, last)).transpose()?;
            let (id, key) = place.db.write_blocking(move |conn| {
                let (id, key) = api_key::add(conn, &ctx, &vault, NewKey { name, kind, until })?;
                let scopes = allowed.or(kind);
                api_key::allow(conn, &ctx, &id, scopes, &allowed.agencies)?;
                Ok::<_, Error>((id, key))
            })?;
            writeln!(out, "key: {key}   (shown this once)\nid:  {id}")?;
        }
        Action::Allow { id, allowed } => {
            let of = id.clone();
            if allowed.scopes.is_empty() {
                let message = "say what it may do: --may read,file".to_owned();
                return Err(Stop { message, code: 2 });
            }
            place.db.write_blocking(move |conn| {
                api_key::allow(conn, &ctx, &of, &allowed.scopes, &allowed.agencies)
            })?;
            writeln!(out, "{id} is changed")?;
        }
        Action::List => {
            for listed in place.db.read_blocking(api_key::list)? {
                let (key, made) = (&listed.key, listed.made_at);
                let state = match (listed.revoked_at, key.until) {
                    (Some(at), _) => format!("revoked {at}"),
                    (None, Some(until)) if until <= ctx.now => format!("ended {until}"),
                    (None, Some(until)) => format!("in use until {until}"),
                    (None, None) => "in use".to_owned(),
                };
                let (may, agencies) = (words(&key.may), words(&key.agencies));
                let agencies =
                    if agencies.is_empty() { agencies } else { format!(" for {agencies}") };
                writeln!(
                    out,
                    "{}\t{}\t{}\t{may}{agencies}\tmade {made}\t{state}",
                    key.id, key.kind, key.name
                )?;
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
