//! The ground under the maps: the pack's drawing in the reader's language, light on the wire; the areas as they are guessed
//! on it; and places found by their names.

use crate::support::city::{Answer, City};
use crate::support::db::for_each_engine;
use crate::support::world::{a_report, now, put};
use axum::body::Body;
use axum::http::header::{ACCEPT_ENCODING, ACCEPT_LANGUAGE, ETAG, HeaderName, IF_NONE_MATCH};
use axum::http::{Request, StatusCode};
use domain::service_request::{Outcome, State};
use nhip::jobs;
use nhip::platform::limits::GROUND_BYTES;
use serde_json::Value;

async fn get(city: &City, path: &str, headers: &[(HeaderName, &str)]) -> Answer {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    city.send(request.body(Body::empty()).unwrap()).await
}

fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

#[tokio::test]
async fn the_ground_is_told_in_the_language_of_the_reader_and_kept() {
    let city = City::of("hue");
    let base = json(&get(&city, "/map/base.json", &[]).await);
    assert_eq!(base["kind"], "ground");
    let url = base["url"].as_str().unwrap();
    for (language, river) in [("vi", "Sông Hương"), ("en", "Perfume River")] {
        let answer = get(&city, url, &[(ACCEPT_LANGUAGE, language)]).await;
        let ground = json(&answer);
        let features = ground["features"].as_array().unwrap();
        assert!(features.iter().any(|one| one["properties"]["name"] == river), "{language}");
        assert!(ground["attribution"].as_str().unwrap().contains("GSHHG"), "whose data it is");
        let tag = answer.headers[ETAG].to_str().unwrap().to_owned();
        let again = [(ACCEPT_LANGUAGE, language), (IF_NONE_MATCH, tag.as_str())];
        assert_eq!(get(&city, url, &again).await.status, StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test]
async fn the_ground_of_each_city_is_light_on_the_wire() {
    for pack in ["hue", "harbour"] {
        let city = City::of(pack);
        for packing in ["gzip", "br"] {
            let answer = get(&city, "/map/ground.json", &[(ACCEPT_ENCODING, packing)]).await;
            let weight = answer.body.len();
            assert!((500..GROUND_BYTES).contains(&weight), "{pack} {packing}: {weight} bytes");
        }
    }
}

#[tokio::test]
async fn without_boundaries_areas_end_half_way_to_the_next_and_it_is_marked() {
    let city = City::new();
    let areas = json(&get(&city, "/map/areas.json", &[]).await);
    let guessed: Vec<&Value> = areas["features"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["properties"]["guessed"] == true)
        .collect();
    assert_eq!(guessed.len(), 1);
    let lines = guessed[0]["geometry"]["coordinates"].as_array().unwrap();
    assert!(lines.len() >= 4, "four areas: {lines:?}");
}

#[tokio::test]
async fn the_map_begins_with_what_is_open_and_closed_reports_are_asked_for() {
    for_each_engine(async |db| {
        put(
            &db,
            [
                a_report("MAPOPEN1", "pothole").in_state(State::Assigned).late(),
                a_report("MAPDONE1", "pothole").closed(Outcome::Fixed),
            ],
        )
        .await;
        let city = City::on(db);
        city.app.clock.set(now());
        jobs::refresh_map(city.node.clone()).await.unwrap();
        let shown = async |path: &str| {
            let page = get(&city, path, &[]).await.text();
            (page.contains("/reports/MAPOPEN1"), page.contains("/reports/MAPDONE1"), page)
        };
        let (open, done, page) = shown("/map").await;
        assert!(open && !done, "{page}");
        assert!(
            page.contains("data-query=\"state=open\"") && page.contains("/map?state=all"),
            "{page}"
        );
        for path in ["/map?state=all", "/map?state=all&field=streets"] {
            let (open, done, page) = shown(path).await;
            assert!(open && done, "{path}");
            assert!(page.contains("<option value=\"all\" selected>"), "{page}");
        }
        let (open, done, _) = shown("/map?outcome=fixed").await;
        assert!(!open && done);
        // The list shows everything, and so does the map that it leads to.
        let list = get(&city, "/reports?field=streets", &[]).await.text();
        assert!(list.contains("/map?field=streets&#38;state=all"), "{list}");
    })
    .await;
}

#[tokio::test]
async fn a_place_is_found_by_area_by_landmark_and_without_marks() {
    let city = City::of("hue");
    let found = async |words: &str| get(&city, &format!("/map/places?q={words}"), &[]).await.text();
    for (words, name) in [
        ("thuan%20hoa", "Thuận Hóa"),
        ("truong%20tien", "Cầu Trường Tiền"),
        ("Th%C6%B0%E1%BB%A3ng", "Mỹ Thượng"),
    ] {
        let page = found(words).await;
        assert!(
            page.contains(&format!(">{name}</a>")) && page.contains("/map?at=16."),
            "{words}: {page}"
        );
    }
    assert!(found("zebra").await.contains("Không có nơi nào"));
    assert!(!found("").await.contains("data-at"));
}

#[tokio::test]
async fn an_address_of_an_open_report_is_found_where_everybody_may_read_it() {
    for_each_engine(async |db| {
        let at = |code: &str, address: &str| {
            let mut made = a_report(code, "pothole");
            made.0.address = Some(address.to_owned());
            made
        };
        put(&db, [at("ADDROPEN", "12 Cooper Yard"), at("ADDRSHUT", "14 Cooper Yard").private()])
            .await;
        let city = City::on(db);
        city.app.clock.set(now());
        let page = get(&city, "/map/places?q=cooper", &[]).await.text();
        assert!(page.contains(">12 Cooper Yard</a>"), "{page}");
        assert!(!page.contains("14 Cooper Yard"), "{page}");
    })
    .await;
}
