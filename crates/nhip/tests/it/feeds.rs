//! The feed of a list: fetched whole only when it changed, and told apart from others.

use crate::support::city::{Answer, City};
use axum::body::Body;
use axum::http::header::{ACCEPT_LANGUAGE, ETAG, IF_NONE_MATCH, LAST_MODIFIED, VARY};
use axum::http::{Request, StatusCode};
use domain::actor::Role;
use jiff::SignedDuration;

async fn feed(city: &City, query: &str, tag: Option<&str>) -> Answer {
    let mut request = Request::builder().uri(format!("/reports.atom{query}"));
    request = request.header(ACCEPT_LANGUAGE, "en");
    if let Some(tag) = tag {
        request = request.header(IF_NONE_MATCH, tag);
    }
    city.send(request.body(Body::empty()).unwrap()).await
}

fn title(answer: &Answer) -> String {
    let text = answer.text();
    let rest = text.split("<title>").nth(1).unwrap_or_default();
    rest.split('<').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_feed_is_fetched_whole_only_when_it_changed() {
    let city = City::new();
    let empty = feed(&city, "", None).await;
    assert_eq!(empty.status, StatusCode::OK);
    assert!(empty.headers[VARY].to_str().unwrap().contains("Accept-Language"));
    assert!(empty.headers.contains_key(LAST_MODIFIED));
    let tag = empty.headers[ETAG].to_str().unwrap().to_owned();
    city.later(SignedDuration::from_hours(2));
    let again = feed(&city, "", Some(&tag)).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED, "nothing came, so nothing is new");
    assert_eq!(again.headers[ETAG].to_str().unwrap(), tag);

    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    let fields = [
        ("channel", "phone"),
        ("service_code", "pavement"),
        ("description", "A loose slab"),
        ("area", "quays"),
    ];
    let sent = operator.post("/desk/new", &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let changed = feed(&city, "", Some(&tag)).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert!(changed.text().contains("A loose slab"));
}

#[tokio::test]
async fn feeds_of_different_lists_are_told_apart_by_their_titles() {
    let city = City::new();
    let whole = title(&feed(&city, "", None).await);
    let one = title(&feed(&city, "?area=quays", None).await);
    let other = title(&feed(&city, "?area=quays&q=slab", None).await);
    assert!(one.contains("Quays") && other.contains("slab"), "{whole} / {one} / {other}");
    assert!(whole != one && one != other);
}
