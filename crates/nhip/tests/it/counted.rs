//! Who is counted, and who is let in until when: many people behind one address, one person with many cookies, and
//! sessions that end while a page is open.

use crate::journey_talk::town_on;
use crate::support::city::{Answer, Browser, City};
use crate::support::world::a_report;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, COOKIE, RETRY_AFTER};
use axum::http::{Request, StatusCode};
use domain::actor::{Actor, Role};
use futures_util::StreamExt as _;
use jiff::SignedDuration;
use nhip::account::{admin, session};
use nhip::platform::error::Error;
use nhip::platform::live::Changed;
use nhip::router;
use nhip::service_request::store;

const HERE: &str = "192.0.2.1";
const ELSEWHERE: &str = "198.51.100.1";
const PHONE: &str = "AAAAAAAAAAAAAAAAAAAAAAAAA";
const SUPPORT: &str = "/reports/P0TH01E1/support";

const GOOD: &[(&str, &str)] = &[
    ("step", "send"),
    ("description", "Graffiti all over the customs house"),
    ("service-any", "graffiti"),
    ("lat", "55.060"),
    ("long", "10.610"),
    ("public", "1"),
    ("seen", "1"),
];

async fn send(who: &mut Browser<'_>) -> Answer {
    who.post("/new", GOOD).await
}

#[tokio::test]
async fn looking_for_a_kind_is_no_report_and_a_network_of_phones_is_no_robot() {
    let city = City::at_its_pace();
    for _ in 0..25 {
        let find = [("step", "find"), ("description", "a hole")];
        let found = city.visitor().at(HERE).post("/new", &find).await;
        assert_eq!(found.status, StatusCode::OK);
    }
    for n in 0..40 {
        let answer = send(&mut city.visitor().at(HERE)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "report {n} of one address");
        let opened = city.visitor().at(HERE).get(&answer.location()).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "and its receipt opens");
    }
}

#[tokio::test]
async fn one_phone_waits_after_twenty_reports_and_keeps_what_was_typed() {
    let city = City::at_its_pace();
    let mut phone = city.visitor().at(HERE).holding("device", PHONE);
    for _ in 0..20 {
        assert_eq!(send(&mut phone).await.status, StatusCode::SEE_OTHER);
    }
    let refused = send(&mut phone).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.text().contains("Graffiti all over the customs house"), "{}", refused.text());
    assert!(refused.headers.contains_key(RETRY_AFTER));
}

#[tokio::test]
async fn who_guesses_receipts_is_slowed_and_who_has_one_is_not() {
    let city = City::at_its_pace();
    let receipt = send(&mut city.visitor().at(HERE)).await.location();
    let mut guesses = Vec::new();
    for n in 0..15 {
        let guess = format!("/receipt/{n:025}");
        guesses.push(city.visitor().at(HERE).get(&guess).await.status.as_u16());
    }
    assert!(guesses.starts_with(&[404; 10]) && guesses.ends_with(&[429; 4]), "{guesses:?}");
    let opened = city.visitor().at(HERE).get(&receipt).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER);
}

async fn supports(city: &City) -> i64 {
    let id = "P0TH01E1".parse().unwrap();
    let found = city.app.db.read(move |conn| store::find(conn, &id)).await.unwrap().unwrap();
    found.supports
}

#[tokio::test]
async fn one_address_without_cookies_is_not_a_crowd() {
    let city = town_on(City::new(), [a_report("P0TH01E1", "pothole")]).await;
    let mut refused = 0;
    for _ in 0..30 {
        let answer = city.visitor().at(HERE).post(SUPPORT, &[]).await;
        refused += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!((supports(&city).await, refused), (10, 20));
    let other = city.visitor().at(ELSEWHERE).post(SUPPORT, &[]).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER);
    let neighbour = city.citizen("lan@example.org").await;
    assert_eq!(neighbour.at(HERE).post(SUPPORT, &[]).await.status, StatusCode::SEE_OTHER);
    city.later(SignedDuration::from_hours(24));
    let tomorrow = city.visitor().at(HERE).post(SUPPORT, &[]).await;
    assert_eq!(tomorrow.status, StatusCode::SEE_OTHER);
    assert_eq!(supports(&city).await, 13);
}

#[tokio::test]
async fn neighbours_behind_one_address_comment_side_by_side() {
    let city = town_on(City::new(), [a_report("P0TH01E1", "pothole")]).await;
    let comment = async |who: &mut Browser<'_>, text: &str| {
        who.post("/reports/P0TH01E1/comments", &[("text", text)]).await.status
    };
    let (mut hoa, mut lan) = (city.visitor().at(HERE), city.visitor().at(HERE));
    assert_eq!(comment(&mut hoa, "It is deep.").await, StatusCode::SEE_OTHER);
    assert_eq!(comment(&mut lan, "Somebody fell.").await, StatusCode::SEE_OTHER);
    assert_eq!(comment(&mut hoa, "Again.").await, StatusCode::TOO_MANY_REQUESTS);
    let mut others = Vec::new();
    for n in 0..20 {
        others.push(comment(&mut city.visitor().at(HERE), &format!("Spam {n}")).await);
    }
    let taken = others.iter().filter(|status| **status == StatusCode::SEE_OTHER).count();
    assert_eq!(taken, 8, "ten of one address in a minute");
}

/// An open page of live news, of a session with this cookie.
async fn news(city: &City, cookie: &str) -> Body {
    let cookie = format!("{}={cookie}", session::COOKIE);
    city.open(Request::get("/desk/events").header(COOKIE, cookie).body(Body::empty()).unwrap())
        .await
}

#[tokio::test]
async fn live_news_end_with_the_session_wherever_it_was_ended() {
    let city = town_on(City::new(), [a_report("P0TH01E1", "pothole")]).await;
    let mut ada = city.staff("ada", &[Role::Operator], None).await;
    let mut told = news(&city, &ada.cookie(session::COOKIE)).await.into_data_stream();
    assert_eq!(ada.post("/sign-out", &[]).await.status, StatusCode::SEE_OTHER);
    assert!(told.next().await.is_none(), "signed out here");

    let bo = city.staff("bo", &[Role::Operator], None).await;
    let mut told = news(&city, &bo.cookie(session::COOKIE)).await.into_data_stream();
    let ctx = city.app.ctx(Actor::system());
    let locked = city.app.db.write(move |conn| {
        let account = admin::by_login(conn, "bo")?;
        admin::lock(conn, &ctx, &account.id, "left")?;
        Ok::<_, Error>(store::find(conn, &"P0TH01E1".parse().unwrap())?)
    });
    let report = locked.await.unwrap();
    // Somebody else's process locked the account; the next news is not told any more.
    city.app.live.tell(Changed::of(&report.unwrap()));
    assert!(told.next().await.is_none(), "locked elsewhere");
}

#[tokio::test]
async fn pages_that_a_secret_opens_are_kept_by_no_cache() {
    let city = City::new();
    let secrets = ["{token}", "{secret}", "{ticket}"];
    let routes = router::routes();
    let opened = routes.iter().map(|route| route.path).filter(|path| {
        secrets.iter().any(|secret| path.contains(secret)) && !path.starts_with("/open311/")
    });
    let mut seen = 0;
    for path in opened {
        let path = secrets.iter().fold(path.to_owned(), |path, s| path.replace(s, "01P.-.0000"));
        let answer = city.visitor().get(&path).await;
        let caching = answer.headers.get(CACHE_CONTROL).map_or("", |value| value.to_str().unwrap());
        let kept = answer.status.is_success() && !caching.contains("no-store");
        let open = path.starts_with("/new/photos/");
        assert!(!kept && (open || caching.contains("no-store")), "{path}: {caching:?}");
        seen += 1;
    }
    assert!(seen >= 6, "{seen}");
}
