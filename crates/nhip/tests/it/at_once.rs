//! The same thing at the same moment: double clicks, impatient programs, several nodes.

use crate::support::city::City;
use crate::support::db::{for_each_engine, on_postgres};
use crate::support::world::{self, a_report, now};
use axum::http::StatusCode;
use futures_util::future::join_all;
use nhip::account::api_key;
use nhip::platform::db::{Db, DbError, params};
use nhip::service_request::{store, support_store};

const AT_ONCE: usize = 8;

fn id(code: &str) -> domain::ids::ServiceRequestId {
    code.parse().unwrap()
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    db.read(move |conn| conn.query_one(sql, params![], |row| row.get::<i64>(0)))
        .await
        .map_err(|e: DbError| e)
        .unwrap()
}

async fn is_one_report_of_one_person(db: &Db) {
    assert_eq!(count(db, "SELECT COUNT(*) FROM service_request").await, 1);
    assert_eq!(count(db, "SELECT COUNT(*) FROM person").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_is_sent_many_times_at_once_is_one_report() {
    for_each_engine(async |db| {
        let city = City::on(db.clone());
        let form = [
            ("step", "send"),
            ("description", "Graffiti all over the customs house"),
            ("service-any", "graffiti"),
            ("lat", "55.060"),
            ("long", "10.610"),
            ("public", "1"),
            ("seen", "1"),
            ("email", "hoa@example.org"),
            ("key", "THE-KEY-OF-THIS-FORM"),
        ];
        let mut first = city.visitor();
        first.get("/new").await;
        let device = first.cookie("form");
        let clicks = (0..AT_ONCE).map(|_| async {
            let mut tap = city.visitor().holding("form", &device);
            let answer = tap.post("/new", &form).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        });
        join_all(clicks).await;
        is_one_report_of_one_person(&db).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_that_asks_again_too_early_gets_the_number_it_has() {
    for_each_engine(async |db| {
        let city = City::on(db.clone());
        let (ctx, vault) = (city.acting(domain::actor::Role::System, None), city.app.vault.clone());
        let key = db.write(move |conn| api_key::add(conn, &ctx, &vault, "a program")).await;
        let key = key.unwrap().1;
        let form = [
            ("api_key", key.as_str()),
            ("service_code", "graffiti"),
            ("description", "All over the customs house"),
            ("lat", "55.060"),
            ("long", "10.610"),
            ("email", "hoa@example.org"),
            ("idempotency_key", "1"),
        ];
        let asked = (0..AT_ONCE).map(|_| async {
            let answer = city.visitor().post("/open311/v2/requests.json", &form).await;
            assert!(answer.status.is_success(), "{}", answer.text());
            answer.text()
        });
        let mut numbers = join_all(asked).await;
        numbers.dedup();
        assert_eq!(numbers.len(), 1, "{numbers:?}");
        is_one_report_of_one_person(&db).await;
    })
    .await;
}

/// Two reports merged into one at the same moment, each with supporters of its own: nobody is lost. Without the lock
/// the second would count before the first is there, and write the smaller number last.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn supporters_of_two_reports_merged_at_once_are_all_counted() {
    on_postgres(async |db| {
        let made = ["MERGE001", "MERGE002", "MERGE003"].map(|code| a_report(code, "pothole"));
        world::put(&db, made).await;
        let (one, two, into) = (id("MERGE001"), id("MERGE002"), id("MERGE003"));
        let (begun, first_is_in) = tokio::sync::oneshot::channel();
        let target = into.clone();
        let first = tokio::spawn({
            let db = db.clone();
            async move {
                db.write(move |conn| {
                    support_store::join(conn, &one, &target, now())?;
                    let _ = begun.send(());
                    // Until somebody waits for what we hold: then the second has come as far as it can.
                    let waits = "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND pid IN (SELECT pid FROM pg_locks \
                                 WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database()))";
                    while conn.query_one(waits, params![], |row| row.get::<i64>(0))? == 0 {
                        std::thread::yield_now();
                    }
                    Ok::<_, DbError>(())
                })
                .await
            }
        });
        first_is_in.await.unwrap();
        let target = into.clone();
        let second = db.write(move |conn| support_store::join(conn, &two, &target, now()));
        second.await.unwrap();
        first.await.unwrap().unwrap();
        let found = db.read(move |conn| store::find(conn, &into)).await.unwrap().unwrap();
        assert_eq!(found.supports, 2);
    })
    .await;
}
