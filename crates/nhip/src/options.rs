//! Options of the commands that serve, and how a configuration file fills their defaults.

use crate::platform::base_map::BaseMap;
use crate::platform::http::client::{Proxies, ProxyHeader};
use clap::Args;
use jiff::civil::{Date, DateTime};
use std::ffi::OsString;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

#[derive(Debug, Clone, Args)]
pub struct ServeOptions {
    /// The city: a folder such as cities/hue, or the name of a pack that is built in.
    #[arg(long, env = "NHIP_PACK", value_name = "PACK")]
    pub pack: String,
    #[command(flatten)]
    pub common: CommonOptions,
}

#[derive(Debug, Clone, Args)]
pub struct DemoOptions {
    /// The city: a folder such as cities/hue, or the name of a pack that is built in.
    #[arg(long, env = "NHIP_PACK", value_name = "PACK", default_value = "cities/hue")]
    pub pack: String,
    /// How many reports the invented past year has.
    #[arg(long, env = "NHIP_REPORTS", default_value_t = 3_000)]
    pub reports: usize,
    /// The same seed makes the same city.
    #[arg(long, env = "NHIP_SEED", default_value_t = 1)]
    pub seed: u64,
    /// No new reports while the demo runs.
    #[arg(long, env = "NHIP_STILL")]
    pub still: bool,
    /// The day on which the city lives, in its own time, e.g. `2026-11-27T10:30`; without a time noon. Its past ends
    /// then and its clock goes on from there, at every start. Without it, today.
    #[arg(long, env = "NHIP_UNTIL", value_name = "DATE", value_parser = civil)]
    pub until: Option<DateTime>,
    #[command(flatten)]
    pub common: CommonOptions,
}

/// A date with a time, or a date, which means its noon.
pub fn civil(text: &str) -> Result<DateTime, String> {
    let day = || text.parse::<Date>().map(|day| day.at(12, 0, 0, 0));
    let with_time = text.contains('T').then(|| text.parse::<DateTime>());
    with_time.unwrap_or_else(day).map_err(|e| e.to_string())
}

#[derive(Debug, Clone, Args)]
pub struct ImportOptions {
    /// The table: CSV with a header line, plain or packed as .xz.
    #[arg(value_name = "DATA.csv[.xz]")]
    pub file: PathBuf,
    /// Says which column means what; see docs/guides/import.md.
    #[arg(long, value_name = "MAP.toml")]
    pub columns: PathBuf,
    /// The city the data belong to. With --create a folder, which is written.
    #[arg(long, env = "NHIP_PACK", value_name = "PACK")]
    pub pack: String,
    /// Folder of the SQLite database, as for `nhip serve`.
    #[arg(long, env = "NHIP_DATA", value_name = "DIR", default_value = "./data")]
    pub data: PathBuf,
    /// `postgres://user:password@host/name` instead of SQLite.
    #[arg(long, env = "NHIP_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// Add the services, agencies and areas the data name to the pack, or make a pack of the map's [city].
    #[arg(long)]
    pub create: bool,
    /// Where rows go that cannot be taken. Default: DATA/rejects.csv.
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
}

#[derive(Debug, Clone, Args)]
pub struct CommonOptions {
    /// Folder for the SQLite database, photos, letters and the vault's key.
    #[arg(long, env = "NHIP_DATA", value_name = "DIR", default_value = "./data")]
    pub data: PathBuf,
    /// `postgres://user:password@host/name` instead of SQLite.
    #[arg(long, env = "NHIP_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// `s3://bucket/prefix` instead of a folder for photos; keys as AWS_… in the environment.
    #[arg(long, env = "NHIP_MEDIA", value_name = "URL")]
    pub media: Option<String>,
    #[arg(long, env = "NHIP_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// How people reach us, e.g. `https://report.example.org`; used in letters, feeds and QR codes.
    #[arg(long, env = "NHIP_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// `smtp://user:password@host:587` or `smtps://…`; without it letters are files in DATA/letters.
    #[arg(long, env = "NHIP_SMTP", value_name = "URL", hide_env_values = true)]
    pub smtp: Option<String>,
    /// Sender of letters.
    #[arg(
        long,
        env = "NHIP_MAIL_FROM",
        value_name = "ADDRESS",
        default_value = "no-reply@localhost"
    )]
    pub mail_from: String,
    /// Proxies that are believed who asked, separated by commas.
    #[arg(long, env = "NHIP_PROXIES", value_name = "IP", value_delimiter = ',')]
    pub proxies: Vec<IpAddr>,
    /// The header in which they say it; see docs/operations/running.md.
    #[arg(long, env = "NHIP_PROXY_HEADER", value_name = "NAME", value_enum, default_value_t)]
    pub proxy_header: ProxyHeader,
    /// The vault's key; keep a copy apart from the database. Default: DATA/vault.key.
    #[arg(long, env = "NHIP_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// Guards /metrics; without it only this machine may read them.
    #[arg(long, env = "NHIP_METRICS_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub metrics_token: Option<String>,
    #[command(flatten)]
    pub base: BaseMapOptions,
    /// No limits on how often an address may write: for tests and benchmarks only.
    #[arg(long, env = "NHIP_NO_PACE", hide = true)]
    pub no_pace: bool,
    /// Push services and webhooks may be on this machine, without TLS: for tests only.
    #[arg(long, env = "NHIP_CALL_LOOPBACK", hide = true)]
    pub call_loopback: bool,
}

#[derive(Debug, Clone, Default, Args)]
pub struct BaseMapOptions {
    /// What lies under the maps: a `PMTiles` file, or the address of a style or of tiles; see docs/guides/base-map.md.
    #[arg(long, env = "NHIP_BASE_MAP", value_name = "FILE.pmtiles|URL")]
    pub base_map: Option<String>,
    /// Whose map it is, where it does not say so itself.
    #[arg(long, env = "NHIP_BASE_MAP_ATTRIBUTION", value_name = "TEXT")]
    pub base_map_attribution: Option<String>,
}

impl BaseMapOptions {
    /// Opens what is set, or says what is wrong with it.
    pub fn open(&self) -> Result<BaseMap, String> {
        BaseMap::open(self.base_map.as_deref(), self.base_map_attribution.as_deref())
    }
}

impl CommonOptions {
    /// The settings these options describe.
    pub fn config(&self, demo: bool) -> crate::platform::config::Config {
        let public_url =
            self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.listen));
        crate::platform::config::Config {
            data: self.data.clone(),
            database: self.database.clone(),
            media: self.media.clone(),
            listen: self.listen,
            public_url: public_url.trim_end_matches('/').to_owned(),
            smtp: self.smtp.clone(),
            mail_from: self.mail_from.clone(),
            proxies: Proxies { addresses: self.proxies.clone(), header: self.proxy_header },
            key_file: self.key_file.clone().unwrap_or_else(|| self.data.join("vault.key")),
            metrics_token: self.metrics_token.clone(),
            call_loopback: self.call_loopback,
            demo,
        }
    }
}

/// Gives every option the default that the configuration file names. A key that no option has is an error.
pub fn with_file_defaults(
    mut command: clap::Command,
    arguments: &[OsString],
) -> Result<clap::Command, String> {
    let Some(path) = config_path(arguments) else { return Ok(command) };
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let table: toml::Table = text.parse().map_err(|e| format!("{}: {e}", path.display()))?;
    for (key, value) in table {
        let id = key.replace('-', "_");
        let value = match value {
            toml::Value::String(text) => text,
            toml::Value::Array(items) => items
                .iter()
                .map(|i| i.as_str().map_or_else(|| i.to_string(), str::to_owned))
                .collect::<Vec<_>>()
                .join(","),
            toml::Value::Integer(_)
            | toml::Value::Float(_)
            | toml::Value::Boolean(_)
            | toml::Value::Datetime(_)
            | toml::Value::Table(_) => value.to_string(),
        };
        let names: Vec<String> =
            command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
        let mut known = false;
        for name in names {
            command = command.mut_subcommand(name, |sub| {
                if sub.get_arguments().any(|a| a.get_id() == id.as_str()) {
                    known = true;
                    let value = value.clone();
                    sub.mut_arg(&id, |a| a.default_value(value).required(false))
                } else {
                    sub
                }
            });
        }
        if !known {
            return Err(format!("{}: there is no option \"{key}\"", path.display()));
        }
    }
    Ok(command)
}

fn config_path(arguments: &[OsString]) -> Option<PathBuf> {
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if word == "--config" {
            return words.next().map(PathBuf::from);
        }
        if let Some(path) = word.to_str().and_then(|w| w.strip_prefix("--config=")) {
            return Some(path.into());
        }
    }
    std::env::var_os("NHIP_CONFIG").map(PathBuf::from)
}
