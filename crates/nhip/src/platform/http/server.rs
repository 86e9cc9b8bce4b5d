//! Connections: taken in, served, and ended in good order.
//!
//! Asked to stop, the server takes in no more, lets every request that has begun finish, and ends what is still there
//! after [`GRACE`]. A client that sends nothing is let go after [`QUIET`].

use crate::platform::metrics::Gauge;
use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tower::Service as _;

/// How long requests that have begun may take once we are asked to stop: a photo over a slow line.
pub const GRACE: Duration = Duration::from_secs(10);
/// How long a connection may be open without a request on it, or with half of its head. Longer than the minute for
/// which proxies keep connections, so that it is they who close them.
pub const QUIET: Duration = Duration::from_secs(75);
/// How long after an error such as "too many open files".
const PAUSE: Duration = Duration::from_millis(500);

/// Serves until `stop` comes about, and then no longer than [`GRACE`].
pub async fn serve(
    listener: TcpListener,
    router: Router,
    open: Arc<Gauge>,
    stop: impl Future<Output = ()>,
) {
    let mut make = router.into_make_service_with_connect_info::<SocketAddr>();
    let builder = builder();
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    tokio::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            () = &mut stop => break,
            // Takes out those that ended.
            Some(_) = connections.join_next() => continue,
            accepted = accept(&listener) => accepted,
        };
        let Ok(service) = make.call(peer).await;
        let io = TokioIo::new(stream);
        let connection =
            builder.serve_connection(io, TowerToHyperService::new(service)).into_owned();
        let (connection, open) = (graceful.watch(connection), open.clone());
        connections.spawn(async move {
            let _open = open.hold();
            if let Err(error) = connection.await {
                tracing::trace!(%error, "a connection broke");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!(connections = open.get(), "not finished in time, ended");
    }
    connections.shutdown().await;
}

fn builder() -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(QUIET);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(QUIET).keep_alive_timeout(GRACE);
    builder
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Small answers go out at once.
                let _ = stream.set_nodelay(true);
                return (stream, peer);
            }
            // The client's affair.
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::ConnectionRefused
                        | ErrorKind::ConnectionAborted
                        | ErrorKind::ConnectionReset
                ) => {}
            Err(error) => {
                tracing::error!(%error, "connections cannot be taken in");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}
