//! What whoever watches the service sees of it: numbers, ids of requests, and jobs that go on.

use super::support::city::City;
use super::support::log;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode};
use nhip::jobs::{self, Job};
use nhip::metrics::METRICS;
use nhip::platform::error::Error;
use nhip::platform::metrics::Kind;
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

/// A request by a program on the machine itself.
fn from_here(method: Method, path: &str) -> Request<Body> {
    let request = Request::builder().method(method).uri(path).header("host", "localhost:8080");
    let mut request = request.body(Body::empty()).unwrap();
    let peer: SocketAddr = "127.0.0.1:5000".parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    request
}

async fn numbers(city: &City) -> String {
    let answer = city.send(from_here(Method::GET, "/metrics")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.text()
}

#[tokio::test]
async fn every_metric_is_there_from_the_start_with_its_kind() {
    let city = City::new();
    let text = numbers(&city).await;
    let told: BTreeSet<String> =
        text.lines().filter_map(|line| line.strip_prefix("# TYPE ")).map(str::to_owned).collect();
    let known = METRICS.iter().map(|m| format!("{} {}", m.name, m.kind.as_str())).collect();
    assert_eq!(told, known);
    // By route there are only those that were asked for; of all others there is a value.
    for metric in METRICS.iter().filter(|m| !m.name.starts_with("nhip_request")) {
        let end = if metric.kind == Kind::Histogram { "_count" } else { "" };
        let start = format!("{}{end}", metric.name);
        let has_value = |line: &str| {
            let rest = line.strip_prefix(&start).unwrap_or("x");
            rest.starts_with(['{', ' ']) && line.rsplit(' ').next().unwrap().parse::<f64>().is_ok()
        };
        assert!(text.lines().any(has_value), "{start} has no value in\n{text}");
    }
}

#[tokio::test]
async fn requests_are_told_by_pattern_and_never_by_what_was_in_them() {
    let city = City::new();
    for path in ["/receipt/S3CRETS3CRET", "/reports?q=Hoa", "/nowhere/Hoa", "/reports/H0A"] {
        city.send(from_here(Method::GET, path)).await;
    }
    city.send(from_here(Method::POST, "/sign-in")).await;
    let text = numbers(&city).await;
    for line in [
        r#"nhip_requests_total{route="/receipt/{secret}",method="read",status="4xx"} 1"#,
        r#"nhip_requests_total{route="/reports",method="read",status="2xx"} 1"#,
        r#"nhip_requests_total{route="(none)",method="read",status="4xx"} 1"#,
        r#"nhip_requests_total{route="/reports/{code}",method="read",status="4xx"} 1"#,
        r#"nhip_request_seconds_count{route="/sign-in",method="write"} 1"#,
        // The one that asks.
        "nhip_requests_in_flight 1",
    ] {
        assert!(text.lines().any(|l| l == line), "{line} is not in\n{text}");
    }
    for secret in ["S3CRET", "Hoa", "H0A"] {
        assert!(!text.contains(secret), "{secret} in\n{text}");
    }
}

#[tokio::test]
async fn strangers_may_not_read_the_numbers() {
    let city = City::new();
    let mut stranger = from_here(Method::GET, "/metrics");
    let peer: SocketAddr = "192.0.2.1:5000".parse().unwrap();
    stranger.extensions_mut().insert(ConnectInfo(peer));
    assert_eq!(city.send(stranger).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_id_of_a_request_is_in_its_answer_and_no_two_are_the_same() {
    let city = City::new();
    let mut seen = BTreeSet::new();
    for _ in 0..100 {
        let answer = city.send(from_here(Method::GET, "/healthz")).await;
        let id = answer.headers["x-request-id"].to_str().unwrap().to_owned();
        assert_eq!(id.len(), 8);
        assert!(seen.insert(id));
    }
}

#[tokio::test]
async fn a_job_that_fails_or_panics_is_counted_and_goes_on() {
    log::expect("job failed");
    let city = City::new();
    let every = Duration::from_secs(1);
    let fails = Job {
        name: "fails",
        every,
        run: |_| Box::pin(async { Err(Error::failed("try", "it broke")) }),
    };
    let panics =
        Job { name: "panics", every, run: |_| Box::pin(async { panic!("the job panics") }) };
    let works = Job { name: "works", every, run: |_| Box::pin(async { Ok(()) }) };
    for job in [&fails, &panics, &works, &panics] {
        jobs::run(&city.node, job).await;
    }
    let failures = |name| city.app.metrics.job(name).failures.get();
    assert_eq!((failures("fails"), failures("panics"), failures("works")), (1, 2, 0));
    let now = city.app.clock.now().as_second();
    assert_eq!(city.app.metrics.job("works").succeeded_at.get(), now);
    assert_eq!(city.app.metrics.job("panics").succeeded_at.get(), 0);
}
