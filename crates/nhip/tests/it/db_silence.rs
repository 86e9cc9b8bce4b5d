//! A PostgreSQL that says nothing: frozen, or behind a network that lost the way. Nobody waits for it for long, and
//! everything goes on by itself when it is back.

use crate::support::log;
use nhip::platform::db::pulse::Limits;
use nhip::platform::db::{Db, DbError, params};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

const QUICK: Limits = Limits {
    every: Duration::from_millis(20),
    answer: Duration::from_millis(200),
    silence: Duration::from_millis(500),
};

/// Stands between us and the server; frozen, it takes everything and passes nothing on.
async fn between(server: String, frozen: watch::Receiver<bool>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            let far = TcpStream::connect(&server).await.unwrap();
            let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
            tokio::spawn(pass(near_in, far_out, frozen.clone()));
            tokio::spawn(pass(far_in, near_out, frozen.clone()));
        }
    });
    address.to_string()
}

async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut frozen: watch::Receiver<bool>) {
    let mut bytes = [0; 4_096];
    while let Ok(read @ 1..) = from.read(&mut bytes).await {
        if frozen.wait_for(|frozen| !frozen).await.is_err()
            || to.write_all(&bytes[..read]).await.is_err()
        {
            return;
        }
    }
}

async fn one(db: &Db) -> Result<i64, DbError> {
    db.read(|conn| conn.query_one("SELECT 1", params![], |row| row.get(0))).await
}

#[tokio::test]
async fn a_server_that_falls_silent_holds_nobody_up_and_is_found_again() {
    log::expect("the database does not answer");
    let Ok(url) = std::env::var("NHIP_TEST_POSTGRES") else { return };
    let (scheme, rest) = url.split_once("://").unwrap();
    let (who, place) = rest.rsplit_once('@').unwrap_or(("", rest));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = if host.contains(':') { host.to_owned() } else { format!("{host}:5432") };
    let (freeze, frozen) = watch::channel(false);
    let proxy = between(host, frozen).await;
    let at = if who.is_empty() { String::new() } else { format!("{who}@") };
    let url = format!("{scheme}://{at}{proxy}/{path}");
    let opened = tokio::task::spawn_blocking(move || Db::open_postgres_within(&url, 2, QUICK));
    let db = opened.await.unwrap().unwrap();
    assert_eq!(one(&db).await.unwrap(), 1);
    db.ping().await.unwrap();

    freeze.send_replace(true);
    // More than there are connections, as in a city that goes on asking.
    let asked = futures_util::future::join_all((0..6).map(|_| one(&db))).await;
    for answer in asked {
        assert!(matches!(answer, Err(DbError::Unavailable(_))), "{answer:?}");
    }
    assert!(db.ping().await.is_err(), "and the node says that it is not ready");
    assert!(one(&db).await.is_err(), "at once, as long as nothing is heard");

    freeze.send_replace(false);
    while db.ping().await.is_err() {
        tokio::task::yield_now().await;
    }
    // The first may still meet the moment before.
    while one(&db).await.is_err() {
        tokio::task::yield_now().await;
    }
    assert_eq!(one(&db).await.unwrap(), 1);
}
