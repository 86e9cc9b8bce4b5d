//! `nhip webhook …`: programs that are told of events by signed requests. See `docs/guides/webhook.md`.

use super::Stop;
use super::place::PlaceOptions;
use crate::notification::follow::What;
use crate::notification::webhook;
use crate::platform::call::Caller;
use crate::platform::i18n::I18n;
use crate::service_request::list::filter::Asked;
use clap::{Args, Subcommand};
use domain::ids::WebhookId;
use std::io::Write;

#[derive(Debug, Args)]
pub struct WebhookCommand {
    #[command(flatten)]
    place: PlaceOptions,
    /// The receiver may be on this machine, without TLS: for tests only.
    #[arg(long, env = "NHIP_CALL_LOOPBACK", hide = true, global = true)]
    call_loopback: bool,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Tell a program of what is new, settled and opened again; prints the secret that signs, once.
    Add {
        /// Where it listens: https, at a public address.
        url: String,
        /// Whose program it is.
        #[arg(long)]
        name: String,
        /// Which reports: what stands behind the question mark of a list, such as `area=quays&service=pothole`.
        #[arg(long, default_value = "")]
        filter: String,
    },
    /// All webhooks there ever were, without their secrets.
    List,
    /// Tell a program no more.
    Stop {
        /// As `nhip webhook list` shows it.
        id: WebhookId,
    },
}

pub fn run(command: WebhookCommand, out: &mut impl Write) -> Result<(), Stop> {
    let place = command.place.open()?;
    let (ctx, vault) = (place.ctx.clone(), place.vault.clone());
    match command.action {
        Action::Add { url, name, filter } => {
            let caller = Caller::open(command.call_loopback)?;
            let what = list_of(&filter, &ctx.pack)?;
            let (id, secret) = place.db.write_blocking(move |conn| {
                webhook::add(conn, &ctx, &vault, &caller, (&name, &url), what)
            })?;
            writeln!(out, "secret: {secret}   (shown this once)\nid:     {id}")?;
        }
        Action::List => {
            let t = I18n::load().lang(ctx.pack.default_language());
            for hook in place.db.read_blocking(webhook::list)? {
                let what = hook.what.map(|what| what.title(&ctx.pack, t)).unwrap_or_default();
                let state = match (hook.ended_at, hook.paused_at) {
                    (Some(at), _) => format!("stopped {at}"),
                    (None, Some(at)) => format!("paused {at}"),
                    (None, None) => "running".to_owned(),
                };
                let (id, name, url, at) = (hook.id, hook.name, hook.url, hook.created_at);
                writeln!(out, "{id}\t{name}\t{url}\t{what}\tmade {at}\t{state}")?;
            }
        }
        Action::Stop { id } => {
            let stopped = id.clone();
            place.db.write_blocking(move |conn| webhook::stop(conn, &ctx, &stopped))?;
            writeln!(out, "{id} is stopped")?;
        }
    }
    Ok(())
}

/// What a mistyped word would narrow is not to become the whole city.
fn list_of(filter: &str, pack: &domain::pack::Pack) -> Result<What, Stop> {
    let wrong = |message: String| Stop { message, code: 2 };
    if let Some(problem) = Asked::parse(filter, pack).problems.first() {
        return Err(wrong(format!("--filter: there is no {} {:?}", problem.field, problem.value)));
    }
    let what = What::list(filter, pack).ok_or_else(|| wrong("--filter: too long".to_owned()))?;
    if what == What::List(String::new()) && !filter.trim().is_empty() {
        let known = "q, field, service, area, agency, within";
        return Err(wrong(format!("--filter: nothing of it narrows a list; known are {known}")));
    }
    Ok(what)
}
