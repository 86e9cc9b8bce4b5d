//! Clocks that are wrong: set back, ahead for a while, or apart on two nodes. No report is missing from map or numbers,
//! histories keep their order, and nobody has to wait for time to catch up. On both databases.

use crate::support::city::{City, Part};
use crate::support::log;
use crate::support::town::{Town, in_hue};
use axum::http::StatusCode;
use domain::actor::Role;
use domain::ids::ServiceRequestId;
use domain::service_request::State;
use domain::service_request::workflow::Verb;
use jiff::SignedDuration;
use nhip::jobs;
use nhip::service_request::action::{On, accept};

const SERVICE: &str = "unpermitted-building";

async fn refreshed(city: &City) {
    jobs::refresh_map(city.node.clone()).await.unwrap();
    jobs::refresh_facts(city.node.clone()).await.unwrap();
}

/// How map and numbers of a node have a report; `None`: it is missing.
fn known(city: &City, code: &str) -> (u64, Option<State>) {
    let assigned = State::ALL.iter().position(|state| *state == State::Assigned).unwrap();
    let book = city.node.facts.read();
    let state = book.place(code).map(|place| book.rows[place].state);
    (city.node.map.snapshot().states()[assigned], state)
}

fn set_back(town: &Town, by: SignedDuration) {
    town.city.app.clock.set(town.now() - by);
}

#[tokio::test]
async fn what_began_a_minute_ago_and_ends_now_is_in_map_and_numbers() {
    in_hue(async |town| {
        let code = town.sent(SERVICE, "hoa@example.org").await;
        let early = town.city.acting(Role::Operator, None);
        town.city.later(SignedDuration::from_secs(60));
        town.sent(SERVICE, "an@example.org").await;
        refreshed(&town.city).await;
        let on = On { id: ServiceRequestId::parse(&code).unwrap(), seen: None };
        let accepted = town.city.app.db.write(move |conn| accept::accept(conn, &early, &on, ""));
        accepted.await.unwrap();
        refreshed(&town.city).await;
        assert_eq!(known(&town.city, &code), (1, Some(State::Assigned)));
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_was_ahead_hides_nothing_that_comes_after_it() {
    in_hue(async |town| {
        let code = town.sent(SERVICE, "hoa@example.org").await;
        town.city.later(SignedDuration::from_hours(24 * 365));
        town.sent(SERVICE, "an@example.org").await;
        refreshed(&town.city).await;
        set_back(&town, SignedDuration::from_hours(24 * 365));
        town.does(Role::Operator, &code, "accept", &[]).await;
        refreshed(&town.city).await;
        assert_eq!(known(&town.city, &code), (1, Some(State::Assigned)));
    })
    .await;
}

#[tokio::test]
async fn what_a_node_far_behind_wrote_is_found_when_numbers_and_reports_are_compared() {
    log::expect("the numbers are read again");
    in_hue(async |town| {
        let other = town.city.another_node("cities/hue");
        town.sent(SERVICE, "hoa@example.org").await;
        refreshed(&town.city).await;
        other.app.clock.set(town.now() - SignedDuration::from_mins(10));
        let other = Town::of(other);
        let code = other.sent(SERVICE, "an@example.org").await;
        refreshed(&town.city).await;
        assert_eq!(known(&town.city, &code).1, None, "beyond what is read again");
        jobs::compare_numbers(town.city.node.clone()).await.unwrap();
        assert_eq!(known(&town.city, &code).1, Some(State::Received));
        assert_eq!(town.city.app.metrics.numbers_apart.get(), 1, "and the operator is told");
        jobs::compare_numbers(town.city.node.clone()).await.unwrap();
        assert_eq!(town.city.app.metrics.numbers_apart.get(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_history_is_in_the_order_in_which_it_happened_though_the_clock_was_set_back() {
    in_hue(async |town| {
        let code = town.sent(SERVICE, "hoa@example.org").await;
        town.does(Role::Operator, &code, "accept", &[]).await;
        let report = town.report(&code).await;
        let version = report.version.to_string();
        let mut officer = town.staff(Role::Officer, Some(&report.agency)).await;
        let parts = [
            Part::Text("version", &version),
            Part::Text("outcome", "not_found"),
            Part::Text("reason", "There is nothing at this place"),
        ];
        let answered = officer.upload(&format!("/desk/reports/{code}/answer"), &parts).await;
        assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.text());
        set_back(&town, SignedDuration::from_hours(3));
        town.does(Role::Reviewer, &code, "publish", &[]).await;
        assert_eq!(
            town.verbs(&code).await,
            [Verb::Submit, Verb::Accept, Verb::Answer, Verb::Publish]
        );
        let page = town.page(&format!("/reports/{code}"), "en").await;
        assert!(page.contains("There is nothing at this place"), "{page}");
        town.city.later(SignedDuration::from_hours(4));
        let steps = town.city.visitor().get("/open311/v2/servicerequestupdates.json").await.text();
        assert!(steps.contains("There is nothing at this place"), "{steps}");
    })
    .await;
}

#[tokio::test]
async fn who_wrote_before_the_clock_was_set_back_writes_again() {
    in_hue(async |town| {
        let code = town.sent(SERVICE, "hoa@example.org").await;
        town.does(Role::Operator, &code, "accept", &[]).await;
        let mut person = town.city.visitor();
        let path = format!("/reports/{code}/comments");
        let first = person.post(&path, &[("text", "I saw it too")]).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
        set_back(&town, SignedDuration::from_hours(3));
        let second = person.post(&path, &[("text", "It is still there")]).await;
        assert_eq!(second.status, StatusCode::SEE_OTHER, "{}", second.text());
        let third = person.post(&path, &[("text", "And still")]).await;
        assert_eq!(third.status, StatusCode::TOO_MANY_REQUESTS, "the pace holds");
    })
    .await;
}

#[tokio::test]
async fn a_node_is_ready_when_map_and_numbers_are_whole() {
    in_hue(async |town| {
        let ready = async || town.city.visitor().get("/readyz").await.status;
        assert_eq!(ready().await, StatusCode::SERVICE_UNAVAILABLE);
        jobs::refresh_map(town.city.node.clone()).await.unwrap();
        assert_eq!(ready().await, StatusCode::SERVICE_UNAVAILABLE);
        jobs::refresh_facts(town.city.node.clone()).await.unwrap();
        assert_eq!(ready().await, StatusCode::OK);
    })
    .await;
}
