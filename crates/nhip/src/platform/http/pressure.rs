//! What others send us, weighed while it comes: how much of it lies in memory, how slowly it may come, and what becomes
//! of the rest when we answer before its end.
//!
//! **How much.** Nobody's bodies together may hold more than is left for all others (of [`limits::BODY_BYTES`]). So one
//! address gets half of it at most, ten get a tenth each, and a form of words always finds room.
//! **How slowly.** Each body has a minute in hand, which what arrives fills up again at [`limits::BODY_RATE`].
//! **The rest.** A short one is read and thrown away, so that the next request on the connection is found; before a long
//! one the connection is said to close, and read on for a moment, so that the answer is not lost.

use super::client::Client;
use super::pace::network;
use crate::platform::error::Error;
use crate::platform::limits;
use axum::body::{Body, BodyDataStream, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::header::{CONNECTION, EXPECT};
use axum::http::{HeaderValue, Version};
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use futures_util::{FutureExt as _, Stream, StreamExt as _};
use std::collections::HashMap;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep, timeout};

/// Seconds after which somebody who found no room may come again.
const COME_BACK: u64 = 30;

/// Why a body was not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum Fault {
    #[error("no room for it now")]
    Crowded,
    #[error("it came too slowly")]
    Slow,
}

/// The bodies that lie in memory, of all addresses.
#[derive(Debug)]
pub struct Pressure {
    most: usize,
    now: Mutex<Now>,
}

#[derive(Debug, Default)]
struct Now {
    all: usize,
    each: HashMap<IpAddr, usize>,
}

impl Default for Pressure {
    fn default() -> Self {
        Self::of(limits::BODY_BYTES)
    }
}

impl Pressure {
    fn of(most: usize) -> Self {
        Self { most, now: Mutex::default() }
    }

    // Nothing can panic while it is held.
    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, address: IpAddr, bytes: usize) -> bool {
        let mut now = self.now();
        let all = now.all + bytes;
        let own = now.each.get(&address).copied().unwrap_or(0) + bytes;
        let fits = own <= self.most.saturating_sub(all);
        if fits {
            now.all = all;
            now.each.insert(address, own);
        }
        fits
    }

    fn give_back(&self, address: IpAddr, bytes: usize) {
        let mut now = self.now();
        now.all = now.all.saturating_sub(bytes);
        if let Some(own) = now.each.get_mut(&address) {
            *own = own.saturating_sub(bytes);
            if *own == 0 {
                now.each.remove(&address);
            }
        }
    }
}

/// What one request has in memory; given back when its answer is made.
#[derive(Debug)]
pub struct Held {
    pressure: Arc<Pressure>,
    address: IpAddr,
    bytes: AtomicUsize,
    fault: OnceLock<Fault>,
    ended: AtomicBool,
    /// What nobody read, when whoever read has gone.
    rest: Mutex<Option<BodyDataStream>>,
}

impl Held {
    fn new(pressure: Arc<Pressure>, address: IpAddr) -> Self {
        let (bytes, ended) = (AtomicUsize::new(0), AtomicBool::new(false));
        let (fault, rest) = (OnceLock::new(), Mutex::default());
        Self { pressure, address, bytes, fault, ended, rest }
    }

    fn take(&self, bytes: usize) -> bool {
        let taken = self.pressure.take(self.address, bytes);
        if taken {
            self.bytes.fetch_add(bytes, Ordering::Relaxed);
        }
        taken
    }

    /// Why its body was not read to its end, if that was not the handler's choice.
    pub fn error(&self) -> Option<Error> {
        self.fault.get().map(|fault| match fault {
            Fault::Crowded => Error::Crowded { seconds: COME_BACK },
            Fault::Slow => Error::unacceptable("form", "error-slow", 408),
        })
    }

    fn rest(&self) -> MutexGuard<'_, Option<BodyDataStream>> {
        self.rest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.pressure.give_back(self.address, self.bytes.load(Ordering::Relaxed));
    }
}

/// A body on its way to a handler.
struct Weighed {
    body: Option<BodyDataStream>,
    held: Arc<Held>,
    /// Rings when it comes too slowly.
    alarm: Pin<Box<Sleep>>,
    ends: Instant,
}

impl Weighed {
    fn new(body: Body, held: Arc<Held>) -> Self {
        let alarm = Box::pin(sleep(limits::BODY_SILENCE));
        let ends = Instant::now() + limits::BODY_TIME;
        Self { body: Some(body.into_data_stream()), held, alarm, ends }
    }

    /// Something came: it earns time, never more than there was at first.
    fn earn(&mut self, bytes: usize) {
        let earned = Duration::from_millis(bytes as u64 * 1_000 / limits::BODY_RATE);
        let most = (Instant::now() + limits::BODY_SILENCE).min(self.ends);
        let due = (self.alarm.deadline() + earned).min(most);
        self.alarm.as_mut().reset(due);
    }

    fn gives_up(&self, fault: Fault) -> Poll<Option<Result<Bytes, axum::Error>>> {
        let _ = self.held.fault.set(fault);
        Poll::Ready(Some(Err(axum::Error::new(fault))))
    }
}

impl Stream for Weighed {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let Some(body) = this.body.as_mut().filter(|_| this.held.fault.get().is_none()) else {
            return Poll::Ready(None);
        };
        let Poll::Ready(next) = body.poll_next_unpin(cx) else {
            ready!(this.alarm.poll_unpin(cx));
            return this.gives_up(Fault::Slow);
        };
        match next {
            Some(Ok(piece)) if this.held.take(piece.len()) => {
                this.earn(piece.len());
                if Instant::now() >= this.ends {
                    return this.gives_up(Fault::Slow);
                }
                Poll::Ready(Some(Ok(piece)))
            }
            Some(Ok(_)) => this.gives_up(Fault::Crowded),
            other @ (Some(Err(_)) | None) => {
                this.held.ended.store(true, Ordering::Relaxed);
                this.body = None;
                Poll::Ready(other)
            }
        }
    }
}

impl Drop for Weighed {
    fn drop(&mut self) {
        *self.held.rest() = self.body.take();
    }
}

/// The middleware; outside of what makes answers out of errors, which asks [`Held::error`].
pub async fn weigh(
    State(pressure): State<Arc<Pressure>>,
    Client(address): Client,
    request: Request,
    next: Next,
) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    // Over HTTP/2 what nobody reads is cut off by itself.
    let shares = request.version() < Version::HTTP_2;
    let waits = request.headers().contains_key(EXPECT);
    let held = Arc::new(Held::new(pressure, network(address)));
    let (mut parts, body) = request.into_parts();
    parts.extensions.insert(Arc::clone(&held));
    let body = Body::from_stream(Weighed::new(body, Arc::clone(&held)));
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if shares && !held.ended.load(Ordering::Relaxed) {
        let rest = held.rest().take().filter(|_| held.fault.get() != Some(&Fault::Slow));
        // Who waits for our leave to send sends nothing.
        let clean = match rest.filter(|_| !waits) {
            Some(rest) => leaves_nothing(rest).await,
            None => false,
        };
        if !clean {
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        }
    }
    response
}

/// Reads what is left, if it is short; else goes on reading beside the answer.
async fn leaves_nothing(mut rest: BodyDataStream) -> bool {
    let short = thrown_away(&mut rest, limits::REST_BYTES);
    let clean = timeout(limits::REST_TIME, short).await.unwrap_or(false);
    if !clean {
        tokio::spawn(async move {
            let long = thrown_away(&mut rest, limits::UPLOAD_BYTES);
            let _ = timeout(limits::LINGER, long).await;
        });
    }
    clean
}

/// Whether it came to its end within so many bytes.
async fn thrown_away(rest: &mut BodyDataStream, most: usize) -> bool {
    let mut read = 0;
    while let Some(Ok(piece)) = rest.next().await {
        read += piece.len();
        if read > most {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream;
    use std::future::pending;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    fn weighed(pressure: &Arc<Pressure>, from: IpAddr, body: Body) -> (Weighed, Arc<Held>) {
        let held = Arc::new(Held::new(Arc::clone(pressure), from));
        (Weighed::new(body, Arc::clone(&held)), held)
    }

    /// A body of pieces of so many bytes, each after so many seconds.
    fn slowly(pieces: usize, bytes: usize, seconds: u64) -> Body {
        Body::from_stream(stream::iter(0..pieces).then(move |_| async move {
            // The clock of these tests stands still but for those who wait.
            let _ = timeout(Duration::from_secs(seconds), pending::<()>()).await;
            Ok::<_, axum::Error>(Bytes::from(vec![b'x'; bytes]))
        }))
    }

    async fn fault_of(body: Body) -> Option<Fault> {
        let (mut body, held) = weighed(&Arc::default(), HERE, body);
        while let Some(Ok(_)) = body.next().await {}
        held.fault.get().copied()
    }

    #[tokio::test]
    async fn one_address_leaves_as_much_as_it_takes_and_gives_it_back() {
        let pressure = Arc::new(Pressure::of(1_000));
        let (mut first, held) = weighed(&pressure, HERE, slowly(3, 200, 0));
        assert_eq!(first.next().await.unwrap().unwrap().len(), 200);
        assert_eq!(first.next().await.unwrap().unwrap().len(), 200);
        assert!(first.next().await.unwrap().is_err(), "600 of 1,000 are more than are left");
        assert!(matches!(held.error(), Some(Error::Crowded { .. })));
        let (mut other, elsewhere) = weighed(&pressure, THERE, slowly(1, 250, 0));
        assert!(other.next().await.unwrap().is_ok(), "another address still finds room");
        drop((first, held));
        assert_eq!(pressure.now().all, 250);
        drop((other, elsewhere));
        let now = pressure.now();
        assert!(now.all == 0 && now.each.is_empty(), "{now:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_byte_a_minute_and_a_large_start_before_it_are_both_let_go() {
        assert_eq!(fault_of(slowly(100, 1, 50)).await, Some(Fault::Slow));
        let start = stream::once(async { Ok::<_, axum::Error>(Bytes::from(vec![0; 1 << 20])) });
        let dripping = slowly(100, 1, 50).into_data_stream();
        let both = Body::from_stream(start.chain(dripping));
        assert_eq!(fault_of(both).await, Some(Fault::Slow));
    }

    #[tokio::test(start_paused = true)]
    async fn a_phone_on_a_bad_line_is_waited_for_but_not_for_ever() {
        // 4 kB a second, and fifty seconds in a tunnel in between.
        assert_eq!(fault_of(slowly(100, 4_096, 1)).await, None);
        assert_eq!(fault_of(slowly(4, 200_000, 50)).await, None);
        assert_eq!(fault_of(slowly(3_000, 4_096, 1)).await, Some(Fault::Slow));
    }

    #[tokio::test(start_paused = true)]
    async fn what_nobody_read_is_handed_back_to_be_thrown_away() {
        let (mut body, held) = weighed(&Arc::default(), HERE, slowly(3, 10, 0));
        assert!(body.next().await.is_some());
        drop(body);
        let rest = held.rest().take().unwrap();
        assert!(leaves_nothing(rest).await, "twenty bytes");
        assert!(!leaves_nothing(slowly(2, limits::REST_BYTES, 0).into_data_stream()).await);
        assert!(!leaves_nothing(slowly(2, 1, 3_600).into_data_stream()).await);
    }
}
