//! Connections: taken in, served, and ended in good order.
//!
//! Asked to stop, the server takes in no more, lets every request that has begun finish, and ends what is still there
//! after [`GRACE`]. A client that sends nothing is let go after [`QUIET`]; there are so many connections and no more
//! ([`limits::CONNECTIONS`]), and one address has no more than its part of them.

use super::client::Proxies;
use super::pace::network;
use crate::platform::limits;
use crate::platform::metrics::Gauge;
use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::collections::HashMap;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{Sleep, sleep};
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
    proxies: Proxies,
    open: Arc<Gauge>,
    stop: impl Future<Output = ()>,
) {
    let places = Arc::new(Places::new(proxies));
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
        // Where there is no place left the connection is closed at once.
        let Some(place) = places.take(peer.ip()) else { continue };
        let Ok(service) = make.call(peer).await;
        let io = TokioIo::new(Beginning::new(stream));
        let connection =
            builder.serve_connection(io, TowerToHyperService::new(service)).into_owned();
        let (connection, open) = (graceful.watch(connection), open.clone());
        connections.spawn(async move {
            let (_open, _place) = (open.hold(), place);
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
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(QUIET)
        .max_buf_size(limits::CONNECTION_BYTES);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(QUIET)
        .keep_alive_timeout(GRACE)
        .max_concurrent_streams(limits::STREAMS)
        .initial_stream_window_size(limits::CONNECTION_BYTES as u32)
        .initial_connection_window_size(limits::CONNECTION_BYTES as u32);
    builder
}

/// Who has how many connections.
#[derive(Debug)]
struct Places {
    proxies: Proxies,
    taken: Mutex<(usize, HashMap<IpAddr, usize>)>,
}

/// One connection's place, until it is dropped.
struct Place(Arc<Places>, IpAddr);

impl Places {
    fn new(proxies: Proxies) -> Self {
        Self { proxies, taken: Mutex::default() }
    }

    fn take(self: &Arc<Self>, peer: IpAddr) -> Option<Place> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, each) = &mut *taken;
        let address = network(peer);
        let own = each.get(&address).copied().unwrap_or(0);
        let most =
            if self.proxies.ours(peer) { limits::CONNECTIONS } else { limits::CONNECTIONS_OF_ONE };
        if *all >= limits::CONNECTIONS || own >= most {
            return None;
        }
        *all += 1;
        each.insert(address, own + 1);
        Some(Place(Arc::clone(self), address))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.0.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let (all, each) = &mut *taken;
        *all = all.saturating_sub(1);
        if let Some(own) = each.get_mut(&self.1) {
            *own = own.saturating_sub(1);
            if *own == 0 {
                each.remove(&self.1);
            }
        }
    }
}

/// Bytes with which HTTP/2 begins. Before them it is not known which HTTP is spoken, and nobody watches the time.
const PREFACE: usize = 24;

/// A connection that must begin within [`QUIET`].
struct Beginning<S> {
    stream: S,
    /// Until it has begun: what was read, and when it is enough.
    awaited: Option<(usize, Pin<Box<Sleep>>)>,
}

impl<S> Beginning<S> {
    fn new(stream: S) -> Self {
        Self { stream, awaited: Some((0, Box::pin(sleep(QUIET)))) }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Beginning<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        let Some((bytes, alarm)) = &mut self.awaited else { return read };
        if read.is_pending() {
            ready!(alarm.as_mut().poll(cx));
            return Poll::Ready(Err(ErrorKind::TimedOut.into()));
        }
        *bytes += buffer.filled().len() - before;
        if *bytes >= PREFACE {
            self.awaited = None;
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Beginning<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        // Who is answered has asked.
        self.awaited = None;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.awaited = None;
        Pin::new(&mut self.stream).poll_write_vectored(cx, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::pending;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, duplex};
    use tokio::time::Instant;

    #[tokio::test(start_paused = true)]
    async fn a_connection_that_does_not_begin_is_let_go() {
        for sent in [&b""[..], b"PRI * HTTP/2", b"GET / HTT"] {
            let (mut client, server) = duplex(64);
            client.write_all(sent).await.unwrap();
            let (mut server, begun) = (Beginning::new(server), Instant::now());
            let ended = server.read_to_end(&mut Vec::new()).await.unwrap_err();
            assert_eq!(ended.kind(), ErrorKind::TimedOut, "{sent:?}");
            assert!(begun.elapsed() >= QUIET && begun.elapsed() < QUIET * 2, "{sent:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_has_begun_is_not_watched_here() {
        let (mut client, server) = duplex(64);
        let mut server = Beginning::new(server);
        client.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n").await.unwrap();
        let late = async {
            let _ = tokio::time::timeout(QUIET * 2, pending::<()>()).await;
            client.shutdown().await.unwrap();
        };
        let (read, ()) = tokio::join!(async { server.read_to_end(&mut Vec::new()).await }, late);
        assert_eq!(read.unwrap(), 25);
    }

    #[test]
    fn one_address_has_its_part_of_the_places_and_a_proxy_all() {
        let proxy: IpAddr = "10.0.0.7".parse().unwrap();
        let proxies = Proxies { addresses: vec![proxy], ..Proxies::default() };
        let places = Arc::new(Places::new(proxies));
        let one = |n: usize| format!("2001:db8::{n:x}").parse().unwrap();
        let held: Vec<_> = (0..2_000).filter_map(|n| places.take(one(n))).collect();
        assert_eq!(held.len(), limits::CONNECTIONS_OF_ONE, "a household counts as one");
        let many: Vec<_> = (0..limits::CONNECTIONS).filter_map(|_| places.take(proxy)).collect();
        assert_eq!(held.len() + many.len(), limits::CONNECTIONS);
        assert!(places.take("192.0.2.1".parse().unwrap()).is_none(), "full");
        drop((held, many));
        assert!(places.take("192.0.2.1".parse().unwrap()).is_some());
    }
}
