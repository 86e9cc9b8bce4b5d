//! The same thing at the same moment: double clicks, impatient programs, several nodes.

use crate::support::city::City;
use crate::support::db::for_each_engine;
use axum::http::StatusCode;
use futures_util::future::join_all;
use nhip::account::api_key;
use nhip::platform::db::{Db, DbError, params};

const AT_ONCE: usize = 8;

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
        let clicks = (0..AT_ONCE).map(|_| async {
            let answer = city.visitor().post("/new", &form).await;
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
        let (ctx, vault) = (
            city.acting(domain::service_request::workflow::Role::System, None),
            city.app.vault.clone(),
        );
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
