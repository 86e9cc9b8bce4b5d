//! What a person without an account does, over HTTP and without JavaScript.

use crate::support::city::City;
use axum::http::StatusCode;

#[tokio::test]
async fn a_town_answers_that_it_is_well() {
    let city = City::new();
    let answer = city.visitor().get("/healthz").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}
