//! Serve a city: check its pack, open its database, start the jobs, answer requests, and stop in good order.

use crate::account::throttle::Throttle;
use crate::account::vault::Vault;
use crate::app::{App, Shared};
use crate::area::Locator;
use crate::cli::Stop;
use crate::cli::options::{CommonOptions, ServeOptions};
use crate::media::Media;
use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::platform::ctx::Ids;
use crate::platform::db::Db;
use crate::platform::http::pace::Paces;
use crate::platform::live::Live;
use crate::platform::mail::Mailer;
use crate::platform::{assets, pack_dir};
use crate::service_request::map::Map;
use crate::{jobs, router, site};
use arc_swap::ArcSwap;
use axum::extract::State;
use domain::pack::Pack;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

pub fn run(options: ServeOptions) -> Result<(), Stop> {
    let pack = pack_dir::load_checked(&options.pack)?;
    let app = open(options.common.config(false), pack, &options.common)?;
    runtime()?.block_on(listen(app, || {}))
}

pub fn runtime() -> Result<tokio::runtime::Runtime, Stop> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Opens database, vault and photo store, and makes the tables up to date. Not from an async thread.
pub fn open(config: Config, pack: Pack, options: &CommonOptions) -> Result<Shared, Stop> {
    start_log();
    std::fs::create_dir_all(&config.data).map_err(|e| format!("{}: {e}", config.data.display()))?;
    let db = match &config.database {
        Some(url) => Db::open(url)?,
        None => Db::open_sqlite(&config.data.join("nhip.sqlite"))?,
    };
    db.migrate()?;
    let vault = Vault::open(&config.key_file, &db)?;
    let media = Media::open(config.media.as_deref(), &config.data.join("media"))?
        .with_helper(std::env::current_exe().ok().as_deref());
    let mailer = Mailer::open(&config)?;
    let site = site::of(&pack);
    let today = pack.local_date(Clock::System.now());
    let locator = db.read_blocking(move |conn| Locator::load(conn, today))?;
    assets::warm();
    Ok(Arc::new(App {
        db,
        vault,
        media,
        mailer,
        site: ArcSwap::from_pointee(site),
        pack: ArcSwap::from_pointee(pack),
        locator: ArcSwap::from_pointee(locator),
        clock: Clock::System,
        ids: Ids::System,
        live: Live::default(),
        map: Map::default(),
        throttle: Throttle::default(),
        paces: if options.no_pace { Paces::unlimited() } else { Paces::new() },
        config,
    }))
}

/// Listens until asked to stop (Ctrl-C, SIGTERM), then finishes what it began.
pub async fn listen(app: Shared, started: impl FnOnce()) -> Result<(), Stop> {
    let address = app.config.listen;
    let listener =
        TcpListener::bind(address).await.map_err(|e| format!("cannot listen on {address}: {e}"))?;
    let work = jobs::start(&app);
    let service = router::service(app).into_make_service_with_connect_info::<SocketAddr>();
    tracing::info!(%address, "listening");
    started();
    axum::serve(listener, service).with_graceful_shutdown(asked_to_stop()).await?;
    work.stop().await;
    tracing::info!("stopped");
    Ok(())
}

/// `/readyz`: the database answers.
pub async fn ready(State(app): State<Shared>) -> crate::platform::error::Result<&'static str> {
    app.db.ping().await?;
    Ok("ready")
}

async fn asked_to_stop() {
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}

/// Structured lines on standard error; `NHIP_LOG=debug` says more, `NHIP_LOG_FORMAT=json` for machines.
fn start_log() {
    let filter =
        tracing_subscriber::EnvFilter::try_from_env("NHIP_LOG").unwrap_or_else(|_| "info".into());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let json = std::env::var("NHIP_LOG_FORMAT").is_ok_and(|f| f == "json");
    // A second start in one process (tests) keeps the first log.
    let _ = if json { log.json().try_init() } else { log.try_init() };
}
