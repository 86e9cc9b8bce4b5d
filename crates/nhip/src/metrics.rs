//! `/metrics`: how the service fares, in the text that Prometheus reads, for the operator's own machines only.
//!
//! Every metric is a row of [`METRICS`], which is compared with `docs/operations/metrics.md` by a test. What is counted
//! in memory is `platform::metrics`; what only the database knows is asked when somebody reads.

use crate::app::App;
use crate::jobs;
use crate::node::Node;
use crate::notification;
use crate::platform::clock::from_ms;
use crate::platform::config::Config;
use crate::platform::db::{DbError, Engine};
use crate::platform::error::Result;
use crate::platform::metrics::{Kind, Metric, Text, Work};
use crate::platform::outbox::store as outbox;
use crate::platform::process;
use crate::service_request::map::Map;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderValue;
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, FORWARDED, HOST, VIA};
use axum::http::uri::Authority;
use axum::response::{IntoResponse, Response};
use domain::service_request::State as ReportState;
use jiff::Timestamp;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use subtle::ConstantTimeEq as _;

/// How long the database may take to say what it knows; the rest is shown without.
const PATIENCE: Duration = Duration::from_secs(2);

const fn counter(name: &'static str, help: &'static str) -> Metric {
    Metric { name, kind: Kind::Counter, help }
}

const fn gauge(name: &'static str, help: &'static str) -> Metric {
    Metric { name, kind: Kind::Gauge, help }
}

const fn histogram(name: &'static str, help: &'static str) -> Metric {
    Metric { name, kind: Kind::Histogram, help }
}

const BUILD: Metric = gauge("nhip_build_info", "1, with the version and the database as labels.");
const REQUESTS: Metric = counter(
    "nhip_requests_total",
    "Requests answered, by pattern of the table of URLs, class of method and class of status.",
);
const REQUEST_SECONDS: Metric =
    histogram("nhip_request_seconds", "From the head of a request to the head of its answer.");
const IN_FLIGHT: Metric = gauge("nhip_requests_in_flight", "Requests being answered now.");
const CONNECTIONS: Metric = gauge("nhip_connections_open", "Connections of clients.");
const FAILURES: Metric =
    counter("nhip_failures_total", "Requests that failed on our side; each is in the log.");
const DISK_FULL: Metric =
    counter("nhip_disk_full_total", "Requests and jobs that found no room on a disk.");
const DB_UP: Metric = gauge("nhip_db_up", "1 if the database answered this very request in time.");
const DB_WAITING: Metric =
    gauge("nhip_db_waiting", "Work that waits for a connection of the database.");
const DB_WAIT_SECONDS: Metric =
    histogram("nhip_db_wait_seconds", "From asking the database to beginning.");
const DB_WORK_SECONDS: Metric =
    histogram("nhip_db_work_seconds", "From beginning to the answer, the commit included.");
const OUTBOX_DUE: Metric =
    gauge("nhip_outbox_due", "Events whose letters should have been made by now.");
const OUTBOX_OLDEST: Metric =
    gauge("nhip_outbox_oldest_seconds", "How long the oldest of these has been due.");
const OUTBOX_STUCK: Metric =
    gauge("nhip_outbox_stuck", "Events given up after the last attempt; they wait for a person.");
const LETTERS: Metric =
    counter("nhip_letters_total", "Attempts to send a letter, by what came of it.");
const DELIVERIES_DUE: Metric =
    gauge("nhip_deliveries_due", "Letters that should have been sent by now.");
const DELIVERIES_FAILED: Metric =
    gauge("nhip_deliveries_failed", "Letters given up; they can be sent again from the desk.");
const REPORTS: Metric = gauge("nhip_reports", "Reports by state.");
const NUMBERS_APART: Metric = gauge(
    "nhip_numbers_apart",
    "By how many reports or changes the numbers in memory differed from the database when they were last compared.",
);
const JOB_SUCCESS: Metric = gauge(
    "nhip_job_last_success_timestamp_seconds",
    "When a job last ended well, in seconds since 1970; 0 if not since the start.",
);
const JOB_FAILURES: Metric = counter("nhip_job_failures_total", "Runs of a job that failed.");
const SWEEP_FAILURES: Metric = counter(
    "nhip_sweep_failures_total",
    "Reports that a job over many of them could not deal with; each is in the log.",
);
const PACK_LOADED: Metric = gauge(
    "nhip_pack_loaded_timestamp_seconds",
    "When the pack in use was read, in seconds since 1970.",
);
const PACK_REFUSALS: Metric =
    counter("nhip_pack_refusals_total", "Packs that were to be loaded and had mistakes.");
const CPU: Metric = counter("process_cpu_seconds_total", "Processor time used.");
const MEMORY: Metric = gauge("process_resident_memory_bytes", "Memory in use.");
const FILES: Metric = gauge("process_open_fds", "Open files and connections.");
const MOST_FILES: Metric = gauge("process_max_fds", "How many of these the system allows.");

/// All of them, in the order in which they are shown.
pub const METRICS: [&Metric; 28] = [
    &BUILD,
    &REQUESTS,
    &REQUEST_SECONDS,
    &IN_FLIGHT,
    &CONNECTIONS,
    &FAILURES,
    &DISK_FULL,
    &DB_UP,
    &DB_WAITING,
    &DB_WAIT_SECONDS,
    &DB_WORK_SECONDS,
    &OUTBOX_DUE,
    &OUTBOX_OLDEST,
    &OUTBOX_STUCK,
    &LETTERS,
    &DELIVERIES_DUE,
    &DELIVERIES_FAILED,
    &REPORTS,
    &NUMBERS_APART,
    &JOB_SUCCESS,
    &JOB_FAILURES,
    &SWEEP_FAILURES,
    &PACK_LOADED,
    &PACK_REFUSALS,
    &CPU,
    &MEMORY,
    &FILES,
    &MOST_FILES,
];

/// Whether this request comes from who may read: with the token, or, where none is set, from this machine itself.
pub fn may_read(config: &Config, request: &Request) -> bool {
    match &config.metrics_token {
        Some(token) => holds(token, request),
        None => is_local(request),
    }
}

/// `Authorization: Bearer TOKEN`, compared in a time that tells nothing of how much was right.
fn holds(token: &str, request: &Request) -> bool {
    let sent = request.headers().get(AUTHORIZATION).map(HeaderValue::as_bytes);
    let sent = sent.and_then(|value| value.strip_prefix(b"Bearer ")).unwrap_or_default();
    !token.is_empty() && bool::from(sent.ct_eq(token.as_bytes()))
}

/// Asked by this machine, and not by a proxy on it for somebody else.
fn is_local(request: &Request) -> bool {
    let headers = request.headers();
    let forwards = |name: &str| {
        name.starts_with("x-forwarded") || name == "x-real-ip" || name == FORWARDED || name == VIA
    };
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    peer.is_some_and(|peer| peer.to_canonical().is_loopback())
        && !headers.keys().any(|name| forwards(name.as_str()))
        && is_local_name(host(request))
}

fn host(request: &Request) -> &str {
    let named = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    named.or_else(|| request.uri().authority().map(Authority::as_str)).unwrap_or_default()
}

/// A proxy that says nothing else of itself often passes on the name by which it was asked.
fn is_local_name(host: &str) -> bool {
    let inside = host.strip_prefix('[').and_then(|rest| rest.split(']').next());
    let name = inside.unwrap_or_else(|| host.split(':').next().unwrap_or_default());
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// GET `/metrics`.
pub async fn show(State(Node { app, map, .. }): State<Node>) -> Response {
    let stored = tokio::time::timeout(PATIENCE, Stored::read(&app)).await;
    let stored = stored.ok().and_then(Result::ok);
    let mut text = Text::default();
    requests(&mut text, &app);
    database(&mut text, &app, stored.is_some());
    letters(&mut text, &app, stored.as_ref());
    reports(&mut text, &app, &map);
    background(&mut text, &app);
    process(&mut text);
    let headers = [(CONTENT_TYPE, Text::CONTENT_TYPE), (CACHE_CONTROL, "no-store")];
    (headers, text.into_string()).into_response()
}

/// What only the database knows.
struct Stored {
    outbox: outbox::Backlog,
    deliveries: notification::Backlog,
}

impl Stored {
    async fn read(app: &App) -> Result<Self> {
        let now = app.clock.now();
        let read = app.db.read(move |conn| {
            let outbox = outbox::backlog(conn, now)?;
            Ok::<_, DbError>(Self { outbox, deliveries: notification::backlog(conn, now)? })
        });
        Ok(read.await?)
    }
}

fn requests(text: &mut Text, app: &App) {
    let engine = match app.db.engine() {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    };
    text.head(&BUILD);
    text.value(&BUILD, &[("version", env!("CARGO_PKG_VERSION")), ("database", engine)], 1);
    let routes = app.metrics.routes.all();
    text.head(&REQUESTS);
    for (pattern, route) in &routes {
        for (method, status, n) in route.counts().filter(|(_, _, n)| *n > 0) {
            let labels = [("route", &**pattern), ("method", method), ("status", status)];
            text.value(&REQUESTS, &labels, n);
        }
    }
    text.head(&REQUEST_SECONDS);
    for (pattern, route) in &routes {
        for (method, took) in route.durations().filter(|(_, took)| took.count() > 0) {
            let labels = [("route", &**pattern), ("method", method)];
            text.histogram(&REQUEST_SECONDS, &labels, took);
        }
    }
    text.single(&IN_FLIGHT, app.metrics.in_flight.get());
    text.single(&CONNECTIONS, app.metrics.connections.get());
    text.single(&FAILURES, app.metrics.failures.get());
    text.single(&DISK_FULL, app.metrics.disk_full.get());
}

fn database(text: &mut Text, app: &App, up: bool) {
    text.single(&DB_UP, u8::from(up));
    let (reading, writing) = app.db.waiting();
    text.head(&DB_WAITING);
    text.value(&DB_WAITING, &[("kind", "read")], reading);
    text.value(&DB_WAITING, &[("kind", "write")], writing);
    let counts = app.db.counts();
    let kinds: [(&str, &Work); 2] = [("read", &counts.reads), ("write", &counts.writes)];
    text.head(&DB_WAIT_SECONDS);
    for (kind, work) in kinds {
        text.histogram(&DB_WAIT_SECONDS, &[("kind", kind)], &work.waited);
    }
    text.head(&DB_WORK_SECONDS);
    for (kind, work) in kinds {
        text.histogram(&DB_WORK_SECONDS, &[("kind", kind)], &work.took);
    }
}

/// Without a database there are heads but no values: not known is not zero.
fn letters(text: &mut Text, app: &App, stored: Option<&Stored>) {
    let seconds = |since: Timestamp| app.clock.now().duration_since(since).as_secs().max(0);
    let mut known = |metric: &Metric, value: fn(&Stored) -> i64| {
        text.head(metric);
        if let Some(stored) = stored {
            text.value(metric, &[], value(stored));
        }
    };
    known(&OUTBOX_DUE, |stored| stored.outbox.due);
    known(&OUTBOX_STUCK, |stored| stored.outbox.stuck);
    known(&DELIVERIES_DUE, |stored| stored.deliveries.due);
    known(&DELIVERIES_FAILED, |stored| stored.deliveries.failed);
    text.head(&OUTBOX_OLDEST);
    if let Some(stored) = stored {
        let oldest = stored.outbox.oldest.map_or(0, |at| seconds(from_ms(at)));
        text.value(&OUTBOX_OLDEST, &[], oldest);
    }
    let letters = &app.metrics.letters;
    text.head(&LETTERS);
    text.value(&LETTERS, &[("came", "sent")], letters.sent.get());
    text.value(&LETTERS, &[("came", "dropped")], letters.dropped.get());
    text.value(&LETTERS, &[("came", "failed")], letters.failed.get());
}

fn reports(text: &mut Text, app: &App, map: &Map) {
    text.head(&REPORTS);
    for (state, n) in ReportState::ALL.iter().zip(map.snapshot().states()) {
        text.value(&REPORTS, &[("state", state.as_str())], n);
    }
    text.single(&NUMBERS_APART, app.metrics.numbers_apart.get());
}

fn background(text: &mut Text, app: &App) {
    let names = jobs::jobs();
    text.head(&JOB_SUCCESS);
    for job in &names {
        let at = app.metrics.job(job.name).succeeded_at.get();
        text.value(&JOB_SUCCESS, &[("job", job.name)], at);
    }
    text.head(&JOB_FAILURES);
    for job in &names {
        let failures = app.metrics.job(job.name).failures.get();
        text.value(&JOB_FAILURES, &[("job", job.name)], failures);
    }
    text.single(&SWEEP_FAILURES, app.metrics.sweep_failures.get());
    text.single(&PACK_LOADED, app.metrics.pack_loaded_at.get());
    text.single(&PACK_REFUSALS, app.metrics.pack_refusals.get());
}

fn process(text: &mut Text) {
    let known: [(&Metric, Option<f64>); 4] = [
        (&CPU, process::cpu_seconds()),
        (&MEMORY, process::memory_bytes()),
        (&FILES, process::open_files()),
        (&MOST_FILES, process::most_files()),
    ];
    for (metric, value) in known {
        text.head(metric);
        if let Some(value) = value {
            text.value(metric, &[], value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use std::collections::BTreeSet;

    const TABLE: &str = include_str!("../../../docs/operations/metrics.md");

    #[test]
    fn the_page_for_operators_lists_every_metric_with_its_kind_and_no_other() {
        let documented: BTreeSet<(&str, &str)> = TABLE
            .lines()
            .filter_map(|line| {
                let mut cells = line.strip_prefix("| `")?.split('|').map(str::trim);
                Some((cells.next()?.trim_end_matches('`'), cells.next()?))
            })
            // The other table of the page tells when to wake somebody.
            .filter(|(_, kind)| matches!(*kind, "counter" | "gauge" | "histogram"))
            .collect();
        let shown = METRICS.iter().map(|metric| (metric.name, metric.kind.as_str())).collect();
        assert_eq!(documented, shown);
    }

    #[test]
    fn names_end_in_what_they_count() {
        for metric in METRICS {
            let total = metric.name.ends_with("_total");
            assert_eq!(total, metric.kind == Kind::Counter, "{}", metric.name);
            if metric.kind == Kind::Histogram {
                assert!(metric.name.ends_with("_seconds"), "{}", metric.name);
            }
        }
    }

    fn asked(peer: &str, headers: &[(&str, &str)]) -> Request {
        let mut request = Request::builder().uri("/metrics");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    }

    #[test]
    fn without_a_token_only_this_machine_itself_may_read() {
        let here = ("host", "127.0.0.1:8080");
        type Headers<'h> = &'h [(&'h str, &'h str)];
        let cases: [(&str, Headers<'_>, bool); 13] = [
            ("127.0.0.1:5000", &[here], true),
            ("127.0.0.1:5000", &[("host", "localhost:8080")], true),
            ("[::1]:5000", &[("host", "[::1]:8080")], true),
            ("[::1]:5000", &[("host", "[::1]")], true),
            ("[::ffff:127.0.0.1]:5000", &[here], true),
            ("192.0.2.1:5000", &[here], false),
            ("127.0.0.1:5000", &[], false),
            ("127.0.0.1:5000", &[("host", "report.example.org")], false),
            ("127.0.0.1:5000", &[("host", "localhost.example.org")], false),
            ("127.0.0.1:5000", &[here, ("x-forwarded-for", "127.0.0.1")], false),
            ("127.0.0.1:5000", &[here, ("x-real-ip", "127.0.0.1")], false),
            ("127.0.0.1:5000", &[here, ("forwarded", "for=127.0.0.1")], false),
            ("127.0.0.1:5000", &[here, ("via", "1.1 proxy")], false),
        ];
        for (peer, headers, may) in cases {
            assert_eq!(is_local(&asked(peer, headers)), may, "{peer} {headers:?}");
        }
        let unknown = Request::builder().header("host", "localhost").body(Body::empty()).unwrap();
        assert!(!is_local(&unknown), "somebody from nowhere");
    }

    #[test]
    fn with_a_token_everybody_needs_it_and_may_come_from_anywhere() {
        let cases: [(Option<&str>, bool); 6] = [
            (Some("Bearer s3cret"), true),
            (Some("Bearer s3cre"), false),
            (Some("Bearer s3crets"), false),
            (Some("Bearer "), false),
            (Some("s3cret"), false),
            (None, false),
        ];
        for (sent, may) in cases {
            for peer in ["127.0.0.1:5000", "192.0.2.1:5000"] {
                let headers: Vec<_> = sent.iter().map(|sent| ("authorization", *sent)).collect();
                assert_eq!(holds("s3cret", &asked(peer, &headers)), may, "{sent:?}");
            }
        }
        assert!(!holds("", &asked("127.0.0.1:5000", &[("authorization", "Bearer ")])));
    }
}
