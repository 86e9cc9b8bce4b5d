//! SIGHUP: the pack is read and checked anew. If it is whole, the city changes between two requests; if it has
//! mistakes, each is logged with its file and line, and the city stays as it was.

use crate::node::Node;
use crate::platform::error::Result;
use crate::platform::pack_dir::{self, PackError};
use crate::service_request::former;
use crate::{jobs, procedure, site};
use domain::pack::{Mistake, Pack};
use tokio::signal::unix::Signal;

/// Waits for the signal, again and again.
pub async fn at_hangup(node: Node, source: String, mut hangup: Signal) {
    while hangup.recv().await.is_some() {
        reload(&node, &source).await;
    }
}

/// Reads the pack at `source`; whether it is the city now.
pub async fn reload(node: &Node, source: &str) -> bool {
    let path = source.to_owned();
    // Reading and checking take a while, and a checker that panics must not take the city along.
    let checked = tokio::task::spawn_blocking(move || read(&path)).await;
    match checked {
        Ok(Some(pack)) => match take(node, pack).await {
            Ok(()) => tracing::info!(pack = source, "pack loaded"),
            // The picture follows with the next change of each report.
            Err(error) => tracing::error!(pack = source, %error, "pack not loaded as a whole"),
        },
        Ok(None) | Err(_) => {
            node.app.metrics.pack_refusals.add_one();
            tracing::error!(pack = source, "pack not loaded: the old one stays in use");
            return false;
        }
    }
    true
}

/// The pack, or a line in the log for each mistake.
fn read(path: &str) -> Option<Pack> {
    let files = pack_dir::load(path).map_err(|error: PackError| tell_unreadable(&error)).ok()?;
    let mistakes = match pack_dir::check(&files) {
        Ok(pack) => return Some(pack),
        Err(mistakes) => mistakes,
    };
    for mistake in mistakes {
        let Mistake { file, line, message, remedy } = mistake;
        tracing::error!(file, line, problem = message, remedy, "mistake in the pack");
    }
    None
}

fn tell_unreadable(error: &PackError) {
    let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    tracing::error!(%error, cause, "pack cannot be read");
}

/// Boundaries stay: they are the database's, and ask the pack whenever they are asked.
async fn take(node: &Node, pack: Pack) -> Result<()> {
    let app = &node.app;
    let now = app.clock.now();
    let pack = app.db.write(move |conn| {
        let pack = procedure::remember(conn, &pack, now)?;
        former::remember(conn, &pack, now)
    });
    let pack = pack.await?;
    app.site.store(site::of(&pack, &app.config.public_url).into());
    app.take_pack(pack);
    app.metrics.pack_loaded_at.set(app.clock.now().as_second());
    jobs::read_whole_map(node).await?;
    jobs::read_all_facts(node).await
}
