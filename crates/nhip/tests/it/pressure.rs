//! The server under pressure: what is read before it is known who sends, and connections after a refusal.

use crate::support::city::City;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode, Version};
use bytes::Bytes;
use domain::actor::Actor;
use futures_util::{StreamExt as _, stream};
use nhip::account::api_key;
use nhip::platform::http::client::Proxies;
use nhip::platform::http::server;
use nhip::router;
use std::convert::Infallible;
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const PART: &str = "--edge\r\nContent-Disposition: form-data; name=";
/// A photo that is larger than a form without photos may be.
const PIECES: usize = 64;
const PIECE: usize = 64 * 1024;

/// A form: these words, and then the beginning of a photo whose rest never comes. Counts the pieces that were asked for.
fn endless(words: &[(&str, &str)], asked: &Arc<AtomicUsize>) -> Body {
    let words: String =
        words.iter().map(|(name, value)| format!("{PART}\"{name}\"\r\n\r\n{value}\r\n")).collect();
    let file = format!("{PART}\"media\"; filename=\"a.jpg\"\r\n\r\n");
    let head = stream::iter([Bytes::from(words + &file)]);
    let asked = Arc::clone(asked);
    let photo = stream::iter(0..PIECES).then(move |_| {
        let asked = Arc::clone(&asked);
        async move {
            // One after the other, as a network brings them.
            tokio::task::yield_now().await;
            asked.fetch_add(1, Ordering::Relaxed);
            Bytes::from(vec![0; PIECE])
        }
    });
    let all = head.chain(photo).chain(stream::pending());
    Body::from_stream(all.map(Ok::<_, Infallible>))
}

/// HTTP/2, so that nothing is read on for the sake of the connection.
fn post(path: &str, body: Body) -> Request<Body> {
    let kind = (CONTENT_TYPE, "multipart/form-data; boundary=edge");
    let request = Request::post(path).version(Version::HTTP_2).header(kind.0, kind.1);
    request.body(body).unwrap()
}

#[tokio::test]
async fn a_program_without_a_key_is_told_before_its_photos_are_read() {
    let city = City::new();
    let (ctx, vault) = (city.app.ctx(Actor::system()), city.app.vault.clone());
    let made = city.app.db.write(move |conn| api_key::add(conn, &ctx, &vault, "A program"));
    let key = made.await.unwrap().1;
    let few = limits_pieces();
    // Two pieces: the one that was asked for, and the one that was on its way.
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], StatusCode, usize);
    let cases: [Case<'_>; 5] = [
        ("requests.json", &[("description", "x")], StatusCode::FORBIDDEN, few),
        ("requests.json", &[("api_key", "nhip_wrong")], StatusCode::FORBIDDEN, 2),
        ("requests.xml?api_key=nhip_wrong", &[], StatusCode::FORBIDDEN, 2),
        ("services.json", &[("api_key", &key)], StatusCode::METHOD_NOT_ALLOWED, 0),
        ("anything", &[("api_key", &key)], StatusCode::NOT_FOUND, 0),
    ];
    for (document, words, status, most) in cases {
        let asked = Arc::default();
        let answer =
            city.send(post(&format!("/open311/v2/{document}"), endless(words, &asked))).await;
        assert_eq!(answer.status, status, "{document}: {}", answer.text());
        let asked = asked.load(Ordering::Relaxed);
        assert!(asked <= most, "{document}: {asked} pieces were read");
    }
}

/// Pieces of a photo that fit into a form without photos, and one that does not.
fn limits_pieces() -> usize {
    nhip::platform::limits::FORM_BYTES / PIECE + 1
}

#[tokio::test]
async fn who_is_not_let_in_is_told_before_anything_is_read() {
    let city = City::new();
    for path in ["/desk/new", "/desk/on-site/K7QM4RTX", "/my/K7QM4RTX/photos", "/my/K7QM4RTX/rate"]
    {
        let asked = Arc::default();
        let answer = city.send(post(path, endless(&[], &asked))).await;
        assert!(!answer.status.is_success(), "{path}: {}", answer.status);
        assert_eq!(asked.load(Ordering::Relaxed), 0, "{path}");
    }
}

/// The town on a port of this machine.
async fn listening(city: &City) -> TcpStream {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = router::service(city.node.clone());
    tokio::spawn(server::serve(listener, router, Proxies::default(), Arc::default(), pending()));
    TcpStream::connect(address).await.unwrap()
}

/// Reads until this has come, or the other side has closed.
async fn heard(stream: &mut TcpStream, wanted: &str) -> String {
    let mut text = String::new();
    let mut bytes = [0; 4_096];
    while !text.contains(wanted) {
        match stream.read(&mut bytes).await {
            Ok(0) | Err(_) => break,
            Ok(read) => text += &String::from_utf8_lossy(&bytes[..read]),
        }
    }
    text
}

const REFUSED: &str = "POST /new HTTP/1.1\r\nhost: a\r\norigin: https://evil.example\r\naccept: text/plain\r\n\
    content-type: application/x-www-form-urlencoded\r\n";

#[tokio::test]
async fn a_refused_form_leaves_the_connection_clean_for_the_next_request() {
    let city = City::new();
    let mut stream = listening(&city).await;
    let form = "x".repeat(20_000);
    for _ in 0..20 {
        stream
            .write_all(format!("{REFUSED}content-length: {}\r\n\r\n", form.len()).as_bytes())
            .await
            .unwrap();
        // The form comes after the refusal could have gone out.
        tokio::task::yield_now().await;
        stream.write_all(form.as_bytes()).await.unwrap();
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
        let both = heard(&mut stream, "\r\n\r\nok").await;
        assert!(both.contains("HTTP/1.1 403") && both.contains("HTTP/1.1 200"), "{both}");
        assert!(!both.contains("connection: close"), "{both}");
    }
}

#[tokio::test]
async fn where_too_much_is_left_the_answer_says_that_the_connection_closes() {
    let city = City::new();
    let long = format!("{REFUSED}content-length: 50000000\r\n\r\n{}", "x".repeat(400_000));
    let waits = format!("{REFUSED}content-length: 1000\r\nexpect: 100-continue\r\n\r\n");
    for request in [long, waits] {
        let mut stream = listening(&city).await;
        stream.write_all(request.as_bytes()).await.unwrap();
        let answer = heard(&mut stream, "}").await;
        assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
        assert!(answer.contains("connection: close"), "{answer}");
    }
}
