//! Every request, seen from outside: it gets an id, is counted, and leaves one line in the log.
//!
//! Counted and logged is the pattern of the table of URLs, never the path: a path may hold the secret of a receipt, a
//! query the words of a search. The line is for `NHIP_LOG=debug` (or `info,nhip::access=debug`); what took long or
//! failed is told at `info`. The id is in the answer (`X-Request-Id`) and is the reference of a failure.

use crate::platform::ctx::Ids;
use crate::platform::metrics::Metrics;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tracing::Instrument as _;

/// An answer that takes longer is worth a line of its own.
const SLOW: Duration = Duration::from_secs(1);
/// What no pattern fits.
const NO_ROUTE: &str = "(none)";
const ID_CHARS: usize = 8;
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names one request among those of this process.
#[derive(Debug, Clone, Default)]
pub struct RequestId(pub Arc<str>);

/// Gives ids: a counter that begins anywhere.
#[derive(Debug)]
pub struct RequestIds {
    first: u128,
    given: AtomicU64,
}

impl RequestIds {
    pub fn new(ids: &Ids) -> Self {
        Self { first: ids.random(), given: AtomicU64::new(0) }
    }

    fn next(&self) -> RequestId {
        let number = self.given.fetch_add(1, Ordering::Relaxed);
        let number = self.first.wrapping_add(u128::from(number));
        RequestId(domain::ids::base32(number, ID_CHARS).into())
    }
}

/// What the middleware works with.
pub type Seer = (Arc<Metrics>, Arc<RequestIds>);

/// The middleware; outside of all others.
pub async fn seen(
    State((metrics, ids)): State<Seer>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let _running = metrics.in_flight.hold();
    let id = ids.next();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = matched.as_ref().map_or(NO_ROUTE, MatchedPath::as_str);
    let method = request.method().clone();
    request.extensions_mut().insert(id.clone());
    let span = tracing::debug_span!("request", id = &*id.0);
    let mut response = next.run(request).instrument(span).await;
    let (status, took) = (response.status(), started.elapsed());
    metrics.routes.of(route).count(method.is_safe(), status.as_u16(), took);
    let ms = took.as_millis() as u64;
    if status.is_server_error() || (took >= SLOW && method.is_safe()) {
        tracing::info!(target: "nhip::access", request = &*id.0, %method, route, status = status.as_u16(), ms, "answered");
    } else {
        tracing::debug!(target: "nhip::access", request = &*id.0, %method, route, status = status.as_u16(), ms, "answered");
    }
    if let Ok(id) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}
