//! The Open311 door, without a network: what a stranger may learn, and what happens to a report filed there.

use crate::support::city::{Answer, City};
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use domain::service_request::event::Actor;
use domain::service_request::workflow::Role;
use nhip::account::api_key;
use nhip::service_request::act::On;
use nhip::service_request::{accept, moderate};
use serde_json::Value;

const HERE: &str = "lat=55.052&long=10.606";

async fn key(city: &City) -> String {
    let (ctx, vault) = (city.app.ctx(Actor::system()), city.app.vault.clone());
    city.app.db.write(move |conn| api_key::add(conn, &ctx, &vault, "A program")).await.unwrap().1
}

async fn post(city: &City, document: &str, form: &str) -> Answer {
    let request = Request::post(format!("/open311/v2/{document}"))
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()));
    city.send(request.unwrap()).await
}

async fn get(city: &City, path: &str) -> Answer {
    city.send(Request::get(format!("/open311/v2/{path}")).body(Body::empty()).unwrap()).await
}

async fn read(city: &City, path: &str) -> Vec<Value> {
    let answer = get(city, path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

async fn filed(city: &City, form: &str) -> String {
    let answer = post(city, "requests.json", form).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let answers: Vec<Value> = serde_json::from_slice(&answer.body).unwrap();
    answers[0]["service_request_id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn without_a_key_nothing_is_filed_and_nothing_is_refused_for_reading() {
    let city = City::new();
    let form = format!("service_code=pavement&description=x&{HERE}");
    assert_eq!(post(&city, "requests.json", &form).await.status, StatusCode::FORBIDDEN);
    let wrong = format!("{form}&api_key=nhip_wrong");
    assert_eq!(post(&city, "requests.xml", &wrong).await.status, StatusCode::FORBIDDEN);
    assert!(read(&city, "requests.json").await.is_empty());
}

#[tokio::test]
async fn a_hidden_report_keeps_its_number_and_its_times_and_nothing_else() {
    let city = City::new();
    let id = filed(
        &city,
        &format!("api_key={}&service_code=pavement&description=shame&{HERE}", key(&city).await),
    )
    .await;
    let (ctx, on) = (city.acting(Role::Operator, None), On { id: id.parse().unwrap(), seen: None });
    city.app.db.write(move |conn| moderate::hide(conn, &ctx, &on, "insult")).await.unwrap();
    let seen = read(&city, "requests.json?extensions=true").await;
    assert_eq!(seen[0]["service_request_id"], id.as_str());
    for secret in [
        "description",
        "service_code",
        "service_name",
        "lat",
        "address",
        "agency_responsible",
        "media_url",
    ] {
        assert!(seen[0][secret].is_null(), "{secret}: {}", seen[0]);
    }
    for found_by in
        ["q=shame", "service_code=pavement", "bbox=10,54,11,56", &format!("{HERE}&radius=10")]
    {
        assert!(read(&city, &format!("requests.json?{found_by}")).await.is_empty(), "{found_by}");
    }
}

#[tokio::test]
async fn an_update_joins_the_story_once_the_report_is_with_its_agency() {
    let city = City::new();
    let key = key(&city).await;
    let id =
        filed(&city, &format!("api_key={key}&service_code=pavement&description=slab&{HERE}")).await;
    let update = format!(
        "api_key={key}&service_request_id={id}&status=IN_PROGRESS&description=On+our+way&update_id=7"
    );
    assert_eq!(
        post(&city, "servicerequestupdates.json", &update).await.status,
        StatusCode::BAD_REQUEST
    );
    let (ctx, on) = (city.acting(Role::Operator, None), On { id: id.parse().unwrap(), seen: None });
    city.app.db.write(move |conn| accept::accept(conn, &ctx, &on, "")).await.unwrap();
    let first = post(&city, "servicerequestupdates.json", &update).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    let again = post(&city, "servicerequestupdates.json", &update).await;
    assert_eq!((again.status, again.body), (StatusCode::OK, first.body));
    let told = read(&city, "servicerequestupdates.json").await;
    let ours = told.iter().filter(|update| update["description"] == "On our way");
    assert_eq!(ours.count(), 1, "{told:?}");
}

#[tokio::test]
async fn the_span_of_a_list_is_ninety_days() {
    let city = City::new();
    let key = key(&city).await;
    let old =
        filed(&city, &format!("api_key={key}&service_code=pavement&description=old&{HERE}")).await;
    city.later(jiff::SignedDuration::from_hours(24 * 91));
    assert!(read(&city, "requests.json").await.is_empty());
    assert_eq!(read(&city, "requests.json?start_date=2026-03-01").await.len(), 1);
    assert_eq!(read(&city, &format!("requests.json?service_request_id={old},ZZZZ")).await.len(), 1);
    assert_eq!(read(&city, "requests.json?updated_after=2026-03-01").await.len(), 1);
    assert!(read(&city, "requests.json?start_date=2026-03-01&page=9&page_size=1").await.is_empty());
    let long = get(&city, "requests.xml?start_date=2026-01-01&end_date=2026-06-01").await;
    assert_eq!(long.status, StatusCode::BAD_REQUEST);
    assert!(long.text().contains("<errors><error><code>400</code>"));
}

#[tokio::test]
async fn what_is_not_understood_is_never_a_page_and_never_a_failure() {
    let city = City::new();
    for (path, status) in [
        ("requests", 404),
        ("nothing.json", 404),
        ("requests/a%2Fb.json", 404),
        ("requests/%FF.xml", 404),
        ("requests.json?q=%00", 400),
        ("requests.json?bbox=abc", 400),
        ("requests.json?start_date=2099-01-01", 400),
        ("requests.json?lat=POLYGON((1+1,2+2))&long=1&radius=1", 400),
        ("services.json?lat=1&long=1", 400),
        ("services/nothing.xml", 404),
        ("tokens/nothing.json", 404),
    ] {
        let answer = get(&city, path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.text());
        assert!(!answer.text().contains("<html"), "{path}");
        assert_eq!(answer.headers["access-control-allow-origin"], "*", "{path}");
    }
}
