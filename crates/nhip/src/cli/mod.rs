//! The command line. Every option is also `NHIP_…` in the environment and a key of the configuration file;
//! what is nearer wins: command line, environment, file, default.

pub mod areas;
pub mod backup;
pub mod calendar;
pub mod check;
pub mod duplicates;
pub mod key;
pub mod open_data;
pub mod place;
pub mod suggest;
pub mod user;
pub mod vault;
pub mod webhook;

use crate::options::{self, DemoOptions, ImportOptions, ServeOptions};
use crate::platform::data_folder;
use crate::stop::Stop;
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::process::ExitCode;

/// A city and its people fix the city together, in full view.
#[derive(Debug, Parser)]
#[command(
    name = "nhip",
    version,
    about,
    after_help = "Start with `nhip demo`, then read docs/guides/first-day.md."
)]
pub struct Cli {
    /// A TOML file with options: `listen = "0.0.0.0:80"`. Keys are the options' names.
    #[arg(long, global = true, env = "NHIP_CONFIG", value_name = "FILE")]
    pub config: Option<std::path::PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve a demo city with a living past; everything is invented and may be thrown away.
    Demo(DemoOptions),
    /// Serve a city.
    Serve(ServeOptions),
    /// Check the pack of a city and its base map: every mistake at once, with file, line and what to change.
    Check {
        /// A folder, or the name of a pack in the binary.
        pack: String,
        #[command(flatten)]
        base: options::BaseMapOptions,
    },
    /// Who has a desk: add, reset, lock, unlock, list.
    User(user::UserCommand),
    /// Keys of programs that file reports through Open311: add, list, revoke.
    Key(key::KeyCommand),
    /// Official boundaries of the areas: import, list.
    Areas(areas::AreasCommand),
    /// Write the open data now, instead of tomorrow.
    OpenData(open_data::OpenDataOptions),
    /// Count every published number again from the files of the open data alone; 1 if one differs.
    Recompute {
        /// A folder of the open data.
        #[arg(value_name = "DIR")]
        folder: std::path::PathBuf,
    },
    /// Copy a city that is in use: the database as it is at one moment, photos and documents.
    Backup(backup::BackupOptions),
    /// Days off and make-up working days decided after the pack was written: add, remove, list.
    Calendar(calendar::CalendarCommand),
    /// Which kinds of reports some words speak for, and why; or how often that is right.
    Suggest(suggest::SuggestOptions),
    /// How often reports that tell of the same trouble find each other; on a demo city.
    Duplicates(duplicates::DuplicatesOptions),
    /// Programs that are told of events, such as a gateway to SMS: add, list, stop.
    Webhook(webhook::WebhookCommand),
    /// The keys that seal names and addresses: add, rotate, show, forget.
    Vault(vault::VaultCommand),
    /// Bring a city's history from a table; may be interrupted and run again.
    Import(ImportOptions),
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    data_folder::close_new_files();
    let arguments: Vec<_> = std::env::args_os().collect();
    let command = match options::with_file_defaults(Cli::command(), &arguments) {
        Ok(command) => command,
        Err(message) => return complain(&message, 2),
    };
    let cli = match command.try_get_matches_from(&arguments).and_then(|m| Cli::from_arg_matches(&m))
    {
        Ok(cli) => cli,
        Err(help) => help.exit(),
    };
    match act(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop { message, code }) => complain(&message, code),
    }
}

fn act(command: Command) -> Result<(), Stop> {
    match command {
        Command::Demo(options) => crate::demo::run(options),
        Command::Serve(options) => crate::serve::run(options),
        Command::Import(options) => crate::import::run(&options, &mut std::io::stderr()).map(drop),
        Command::Check { pack, base } => match check::run(&pack, &base, &mut std::io::stdout())? {
            0 => Ok(()),
            code => Err(Stop { message: format!("{pack} cannot be served"), code }),
        },
        Command::User(command) => {
            user::run(command, &mut std::io::stdin().lock(), &mut std::io::stdout())
        }
        Command::OpenData(options) => open_data::write_now(&options, &mut std::io::stdout()),
        Command::Recompute { folder } => open_data::check(&folder, &mut std::io::stdout()),
        Command::Suggest(options) => suggest::run(&options, &mut std::io::stdout()),
        Command::Duplicates(options) => duplicates::run(&options, &mut std::io::stdout()),
        Command::Backup(options) => backup::run(&options, &mut std::io::stdout()),
        Command::Areas(command) => areas::run(command, &mut std::io::stdout()),
        Command::Calendar(command) => calendar::run(command, &mut std::io::stdout()),
        Command::Key(command) => key::run(command, &mut std::io::stdout()),
        Command::Vault(command) => vault::run(command, &mut std::io::stdout()),
        Command::Webhook(command) => webhook::run(command, &mut std::io::stdout()),
    }
}

#[expect(clippy::print_stderr, reason = "this is what the command line says to people")]
fn complain(message: &str, code: u8) -> ExitCode {
    eprintln!("nhip: {message}");
    ExitCode::from(code)
}
