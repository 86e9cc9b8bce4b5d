//! The log: structured lines on standard error. `NHIP_LOG=debug` says more, `NHIP_LOG_FORMAT=json` is for machines.
//!
//! No line holds what a person wrote or who they are, at any level that is documented: a log is read by more eyes than
//! the database, copied, and kept. What a panic says may hold anything, so only words from the source are told of it.

use std::any::Any;
use std::io::IsTerminal as _;
use std::panic::PanicHookInfo;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Crates of ours; `NHIP_LOG=debug` is about them.
const OURS: [&str; 2] = ["nhip", "domain"];
/// Never said, whatever is asked for: the driver shows the parameters of statements.
const NEVER: &str = "tokio_postgres";

/// Starts the log, and has panics told in it. A second start in one process (tests) keeps the first log.
pub fn start() {
    let asked = std::env::var("NHIP_LOG").unwrap_or_default();
    let json = std::env::var("NHIP_LOG_FORMAT").is_ok_and(|format| format == "json");
    let log = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        // Standard error may be a file on a full disk: complaining there about it would end the thread.
        .log_internal_errors(false);
    // The filter alone decides: what it lets nobody say costs no more than a look at one number.
    let filtered = tracing_subscriber::registry().with(filter(&asked));
    let started = if json {
        filtered.with(log.json().flatten_event(true).with_span_list(false)).try_init()
    } else {
        let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        filtered.with(log.with_ansi(colours)).try_init()
    };
    if started.is_ok() {
        std::panic::set_hook(Box::new(tell));
    }
}

/// A bare level is for our own crates; all others stay at `info`, unless they are named.
fn filter(asked: &str) -> Targets {
    let asked = match asked.trim().to_ascii_lowercase().as_str() {
        level @ ("debug" | "trace") => {
            let ours: String = OURS.iter().map(|name| format!(",{name}={level}")).collect();
            format!("info{ours}")
        }
        "" => "info".to_owned(),
        other => other.to_owned(),
    };
    let filter: Targets =
        asked.parse().unwrap_or_else(|_| Targets::new().with_default(LevelFilter::INFO));
    filter.with_target(NEVER, LevelFilter::INFO)
}

fn tell(panic: &PanicHookInfo<'_>) {
    let at = panic.location().map(ToString::to_string).unwrap_or_default();
    let thread = std::thread::current().name().unwrap_or_default().to_owned();
    tracing::error!(at, thread, said = said(panic.payload()), "panicked");
}

/// What a panic said, if it is written so in the source; what was put together while running may hold anything.
pub fn said(panic: &(dyn Any + Send)) -> &'static str {
    panic.downcast_ref::<&'static str>().copied().unwrap_or("(not shown: made while running)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_for_our_own_crates_and_parameters_of_statements_are_never_shown() {
        assert_eq!(filter("").to_string(), "tokio_postgres=info,info");
        assert_eq!(filter("debug").to_string(), "tokio_postgres=info,domain=debug,nhip=debug,info");
        assert_eq!(filter("warn").to_string(), "tokio_postgres=info,warn");
        assert_eq!(
            filter("info,tokio_postgres=trace,hyper=debug").to_string(),
            "tokio_postgres=info,hyper=debug,info"
        );
        assert_eq!(filter("nhip=loud=er").to_string(), "tokio_postgres=info,info");
    }

    #[test]
    fn only_words_of_the_source_are_told_of_a_panic() {
        let literal: Box<dyn Any + Send> = Box::new("the queue is empty");
        let made: Box<dyn Any + Send> = Box::new("no such person: Hoa".to_owned());
        assert_eq!(said(literal.as_ref()), "the queue is empty");
        assert!(!said(made.as_ref()).contains("Hoa"));
    }
}
