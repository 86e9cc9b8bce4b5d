//! Serve a city: check its pack, open its database, start the jobs, answer requests, and stop in good order.

use crate::account::throttle::Throttle;
use crate::app::App;
use crate::area::Locator;
use crate::case::clock::calendar;
use crate::media::Media;
use crate::node::Node;
use crate::notification::{self, push};
use crate::options::{CommonOptions, ServeOptions};
use crate::platform::base_map::BaseMap;
use crate::platform::call::Caller;
use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::platform::ctx::Ids;
use crate::platform::db::{Db, Engine};
use crate::platform::error::Error;
use crate::platform::http::pace::Paces;
use crate::platform::http::server;
use crate::platform::live::Live;
use crate::platform::mail::Mailer;
use crate::platform::sealing::Vault;
use crate::platform::{assets, data_folder, pack_dir, telemetry};
use crate::service_request::{exactness_store, former};
use crate::stop::Stop;
use crate::{jobs, procedure, reload, router, site};
use arc_swap::ArcSwap;
use domain::pack::Pack;
use domain::suggest::learnt::Past;
use std::fs::File;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Mutex;

pub fn run(options: ServeOptions) -> Result<(), Stop> {
    let pack = pack_dir::load_checked(&options.pack)?;
    let node = open(options.common.config(false), pack, &options.common, Clock::System)?;
    runtime()?.block_on(listen(node, options.pack, || {}))
}

pub fn runtime() -> Result<tokio::runtime::Runtime, Stop> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Opens database, vault and photo store, and makes the tables up to date. Not from an async thread.
pub fn open(
    config: Config,
    pack: Pack,
    options: &CommonOptions,
    clock: Clock,
) -> Result<Node, Stop> {
    telemetry::start();
    let base_map = options.base.open()?;
    if base_map != BaseMap::None {
        tracing::info!("base map: {}", base_map.summary());
    }
    std::fs::create_dir_all(&config.data).map_err(|e| format!("{}: {e}", config.data.display()))?;
    let (db, held) = open_db(&config)?;
    let vault = Vault::open(&config.key_file, &db)?;
    let media = Media::open(config.media.as_deref(), &config.data.join(data_folder::MEDIA))?
        .with_helper(std::env::current_exe().ok().as_deref());
    let mailer = Mailer::open(&config)?;
    if push::is_local(mailer.from()) && !config.public_url.starts_with("https://") {
        tracing::warn!("mail-from is on this machine: Apple's push service will deliver nothing");
    }
    let caller = Caller::open(config.call_loopback)?;
    let site = site::of(&pack, &config.public_url);
    let now = clock.now();
    let pack = db.write_blocking(move |conn| {
        exactness_store::derive(conn, &pack)?;
        Ok::<_, Error>(pack)
    })?;
    let pack = db.write_blocking(move |conn| {
        let pack = procedure::remember(conn, &pack, now)?;
        former::remember(conn, &pack, now)
    })?;
    let today = pack.local_date(now);
    let added = db.read_blocking(calendar::days)?;
    let added: Vec<_> = added.into_iter().map(|kept| kept.day).collect();
    let locator = db.read_blocking(move |conn| Locator::load(conn, today))?;
    let past = Past::of(&pack);
    assets::warm();
    let app = App {
        db,
        vault,
        media,
        mailer,
        caller,
        site: ArcSwap::from_pointee(site),
        pack: ArcSwap::from_pointee(pack.with_added(&added)),
        base: ArcSwap::from_pointee(pack),
        added: ArcSwap::from_pointee(added),
        reckoned: Mutex::default(),
        locator: ArcSwap::from_pointee(locator),
        base_map,
        clock,
        ids: Ids::system(),
        live: Live::default(),
        vocabulary: ArcSwap::default(),
        past: ArcSwap::from_pointee(past),
        throttle: Throttle::default(),
        metrics: Arc::default(),
        held,
        paces: if options.no_pace { Paces::unlimited() } else { Paces::new() },
        config,
    };
    app.metrics.pack_loaded_at.set(app.clock.now().as_second());
    Ok(Node::new(Arc::new(app)))
}

/// Opens the database and makes its tables up to date; with it what keeps others from the folder.
fn open_db(config: &Config) -> Result<(Db, Option<File>), Stop> {
    let (db, held) = match &config.database {
        Some(url) => (Db::open(url)?, None),
        None => {
            let held = data_folder::hold(&config.data)?;
            (Db::open_sqlite(&config.data.join(data_folder::DATABASE))?, held)
        }
    };
    data_folder::close(&config.data);
    data_folder::must_not_be_lost(&db, &config.data, &config.key_file)?;
    db.migrate()?;
    if db.engine() == Engine::Sqlite {
        // Who held a letter is dead; on PostgreSQL it may be another node, and the lease has to run out.
        db.write_blocking(notification::release)?;
    }
    Ok((db, held))
}

/// Listens until asked to stop (Ctrl-C, SIGTERM), then finishes what it began. `pack` is where the city came from, to
/// be read anew at SIGHUP.
pub async fn listen(node: Node, pack: String, started: impl FnOnce()) -> Result<(), Stop> {
    // First of all, because without a listener these signals end the process.
    let (mut terminate, hangup) = (signal(SignalKind::terminate())?, signal(SignalKind::hangup())?);
    let app = &node.app;
    let address = app.config.listen;
    let listener =
        TcpListener::bind(address).await.map_err(|e| format!("cannot listen on {address}: {e}"))?;
    let work = jobs::start(&node);
    let reloading = tokio::spawn(reload::at_hangup(node.clone(), pack, hangup));
    tracing::info!(%address, version = env!("CARGO_PKG_VERSION"), "listening");
    started();
    let asked_to_stop = async {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("asked to stop");
        app.live.end();
    };
    let (open, proxies) = (app.metrics.connections.clone(), app.config.proxies.clone());
    server::serve(listener, router::service(node.clone()), proxies, open, asked_to_stop).await;
    reloading.abort();
    work.stop().await;
    tracing::info!("stopped");
    Ok(())
}
