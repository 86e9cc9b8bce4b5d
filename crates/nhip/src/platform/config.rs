//! What an operator may set: on the command line, as `NHIP_…` in the environment, or in a TOML file.

use super::http::client::Proxies;
use std::path::PathBuf;

/// The settings of a running service, already read and checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder of the SQLite file, the photos, the letters and, unless set apart, the key file.
    pub data: PathBuf,
    /// `postgres://…`; absent: SQLite in `data`.
    pub database: Option<String>,
    /// `s3://bucket/prefix`; absent: the folder `media` in `data`.
    pub media: Option<String>,
    pub listen: std::net::SocketAddr,
    /// As people reach us, e.g. `https://phananh.example`; used in letters, feeds and QR codes. No trailing slash.
    pub public_url: String,
    /// `smtp://user:password@host:port` or `smtps://…`; absent: letters are written to the folder `letters` in `data`.
    pub smtp: Option<String>,
    pub mail_from: String,
    /// Whom we believe who asks.
    pub proxies: Proxies,
    /// The key of the identity vault; made at the first start, readable by its owner only.
    pub key_file: PathBuf,
    /// Guards `/metrics`: sent as `Authorization: Bearer …`. Absent: only from the machine itself.
    pub metrics_token: Option<String>,
    /// Push services and webhooks may be on this machine, without TLS: for tests only.
    pub call_loopback: bool,
    /// The demo: sign-ins shown, `/dev/components` served.
    pub demo: bool,
}

impl Config {
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
