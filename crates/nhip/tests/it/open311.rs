//! The Open311 door, without a network: what a stranger may learn, and what happens to a report filed there.

use crate::support::city::{Answer, City};
use crate::support::db::for_each_engine;
use crate::support::world::{a_report, now, put};
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use domain::actor::{Actor, Role};
use domain::service_request::Outcome;
use jiff::{SignedDuration, Timestamp};
use nhip::account::api_key::{self, KeyKind, Scope};
use nhip::platform::db::params;
use nhip::platform::error::Error;
use nhip::service_request::action::{On, accept, moderate};
use nhip::service_request::store;
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

/// A key that may do all, and speaks for these agencies.
async fn key_for(city: &City, name: &'static str, agencies: &'static [&'static str]) -> String {
    let (ctx, vault) = (city.app.ctx(Actor::system()), city.app.vault.clone());
    let made = city.app.db.write(move |conn| {
        let (id, key) = api_key::add(conn, &ctx, &vault, name)?;
        let agencies: Vec<_> = agencies.iter().map(|id| id.parse().unwrap()).collect();
        api_key::allow(conn, &ctx, &id, KeyKind::Program.scopes(), &agencies)?;
        Ok::<_, Error>(key)
    });
    made.await.unwrap()
}

async fn accepted(city: &City, id: &str) {
    let (ctx, on) = (city.acting(Role::Operator, None), On { id: id.parse().unwrap(), seen: None });
    city.app.db.write(move |conn| accept::accept(conn, &ctx, &on, "")).await.unwrap();
}

async fn responded(city: &City, id: &str) -> bool {
    let id = id.parse().unwrap();
    let found = city.app.db.read(move |conn| store::find(conn, &id)).await.unwrap().unwrap();
    found.responded_at != found.accepted_at
}

async fn comments(city: &City, id: &str) -> Vec<(String, String)> {
    let id = id.to_owned();
    let said = city.app.db.read(move |conn| {
        let sql = "SELECT author_name, text FROM comment WHERE request = $1 AND agency IS NULL ORDER BY id";
        conn.query(sql, params![id], |row| Ok((row.get(0)?, row.get(1)?)))
    });
    said.await.unwrap()
}

fn told(key: &str, id: &str, n: u32) -> String {
    format!(
        "api_key={key}&service_request_id={id}&status=IN_PROGRESS&description=On+our+way&update_id={n}"
    )
}

#[tokio::test]
async fn an_update_is_a_step_of_the_agency_a_key_speaks_for_and_a_comment_before_and_elsewhere() {
    let city = City::new();
    let key = key_for(&city, "Works orders", &["works"]).await;
    let id =
        filed(&city, &format!("api_key={key}&service_code=pavement&description=slab&{HERE}")).await;
    let early = post(&city, "servicerequestupdates.json", &told(&key, &id, 6)).await;
    assert_eq!(early.status, StatusCode::CREATED, "{}", early.text());
    let again = post(&city, "servicerequestupdates.json", &told(&key, &id, 6)).await;
    assert_eq!((again.status, &again.body), (StatusCode::OK, &early.body));
    let own = ("Works orders".to_owned(), "On our way".to_owned());
    assert_eq!(comments(&city, &id).await, [own], "nobody has it yet");

    accepted(&city, &id).await;
    let first = post(&city, "servicerequestupdates.json", &told(&key, &id, 7)).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    let again = post(&city, "servicerequestupdates.json", &told(&key, &id, 7)).await;
    assert_eq!((again.status, again.body), (StatusCode::OK, first.body));
    let steps = read(&city, "servicerequestupdates.json").await;
    let ours = steps.iter().filter(|update| update["description"] == "On our way");
    assert_eq!(ours.count(), 1, "{steps:?}");
    let page = city.visitor().get(&format!("/reports/{id}?lang=en")).await.text();
    assert!(page.contains("Works orders"), "under its own name: {page}");
}

#[tokio::test]
async fn a_key_of_somebody_else_stops_no_clock_and_says_nothing_on_what_is_not_public() {
    let city = City::new();
    let (works, other) = (
        key_for(&city, "Works", &["works"]).await,
        key_for(&city, "Harbour app", &["ombudsman"]).await,
    );
    let id =
        filed(&city, &format!("api_key={works}&service_code=pavement&description=x&{HERE}")).await;
    accepted(&city, &id).await;
    let said = post(&city, "servicerequestupdates.json", &told(&other, &id, 1)).await;
    assert_eq!(said.status, StatusCode::CREATED, "{}", said.text());
    assert!(!responded(&city, &id).await, "the agency has said nothing");
    assert_eq!(comments(&city, &id).await[0].0, "Harbour app");
    let (ctx, on) = (city.acting(Role::Operator, None), On { id: id.parse().unwrap(), seen: None });
    city.app.db.write(move |conn| moderate::hide(conn, &ctx, &on, "insult")).await.unwrap();
    let hidden = post(&city, "servicerequestupdates.json", &told(&other, &id, 2)).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{}", hidden.text());
}

#[tokio::test]
async fn a_key_does_what_it_is_for_and_nothing_else() {
    let city = City::new();
    let filing = key(&city).await;
    let id =
        filed(&city, &format!("api_key={filing}&service_code=pavement&description=x&{HERE}")).await;
    let refused = post(&city, "servicerequestupdates.json", &told(&filing, &id, 1)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text());
    let (ctx, vault) = (city.app.ctx(Actor::system()), city.app.vault.clone());
    let updating = city.app.db.write(move |conn| {
        let (id, key) = api_key::add(conn, &ctx, &vault, "Updates only")?;
        api_key::allow(conn, &ctx, &id, &[Scope::Update], &[])?;
        let unknown = ["nobody".parse().unwrap()];
        assert!(api_key::allow(conn, &ctx, &id, &[Scope::Update], &unknown).is_err());
        Ok::<_, Error>(key)
    });
    let updating = updating.await.unwrap();
    let form = format!("api_key={updating}&service_code=pavement&description=x&{HERE}");
    assert_eq!(post(&city, "requests.json", &form).await.status, StatusCode::FORBIDDEN);
    let read = get(&city, &format!("requests.json?api_key={updating}")).await;
    assert_eq!(read.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_closed_report_is_found_by_the_instant_that_is_shown_as_its_update() {
    for_each_engine(async |db| {
        let mut closed = a_report("CLOSED01", "pothole").hours_ago(30).closed(Outcome::Fixed);
        // Somebody rated it a day later.
        closed.0.updated_at = now() - SignedDuration::from_hours(2);
        put(&db, [closed, a_report("OPEN0001", "pothole").hours_ago(1)]).await;
        let city = City::on(db);
        city.app.clock.set(now());
        for hours in [40, 29, 20, 1, 0] {
            let after = now() - SignedDuration::from_hours(hours);
            for told in read(&city, &format!("requests.json?updated_after={after}")).await {
                let shown: Timestamp = told["updated_datetime"].as_str().unwrap().parse().unwrap();
                assert!(shown >= after, "{told} after {after}");
            }
        }
        let from = now() - SignedDuration::from_hours(31);
        let until = now() - SignedDuration::from_hours(28);
        let path = format!("requests.json?updated_after={from}&updated_before={until}");
        let day = read(&city, &path).await;
        assert_eq!(day.len(), 1, "{day:?}");
        assert_eq!(day[0]["service_request_id"], "CLOSED01");
    })
    .await;
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
async fn a_day_from_itself_to_itself_is_the_whole_day() {
    let city = City::new();
    let key = key(&city).await;
    let id =
        filed(&city, &format!("api_key={key}&service_code=pavement&description=x&{HERE}")).await;
    // By the city's clock it is nine in the morning of the tenth.
    for (day, n) in [("2026-03-09", 0), ("2026-03-10", 1)] {
        for dates in [
            format!("start_date={day}&end_date={day}"),
            format!("updated_after={day}&updated_before={day}"),
        ] {
            let found = read(&city, &format!("requests.json?{dates}")).await;
            assert_eq!(found.len(), n, "{dates}");
            assert!(found.iter().all(|told| told["service_request_id"] == id.as_str()));
        }
    }
    let midnight = "start_date=2026-03-10&end_date=2026-03-10T00:00:00%2B01:00";
    assert!(read(&city, &format!("requests.json?{midnight}")).await.is_empty());
}

#[tokio::test]
async fn extensions_are_asked_for_in_any_case_and_never_by_a_guess() {
    let city = City::new();
    let key = key(&city).await;
    let id =
        filed(&city, &format!("api_key={key}&service_code=pavement&description=x&{HERE}")).await;
    let one = format!("requests/{id}.json");
    for document in ["requests.json", one.as_str()] {
        for (word, told) in
            [("True", true), ("TRUE", true), ("true", true), ("1", true), ("False", false)]
        {
            let found = read(&city, &format!("{document}?extensions={word}")).await;
            assert_eq!(found[0]["extended_attributes"].is_object(), told, "{document} {word}");
        }
        let unknown = get(&city, &format!("{document}?extensions=perhaps")).await;
        assert_eq!(unknown.status, StatusCode::BAD_REQUEST, "{}", unknown.text());
    }
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
