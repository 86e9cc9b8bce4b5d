//! The list of whoever goes to the places, and what is told from it: once, by whoever wrote it, on the version they saw.
//! On both databases.

use crate::support::city::{Browser, City, Part};
use crate::support::db::for_each_engine;
use crate::support::forms::forms;
use crate::support::world::{self, a_report, now};
use axum::http::StatusCode;
use domain::actor::Role;
use domain::case::CaseRef;
use domain::ids::AccountId;
use domain::service_request::ServiceRequest;
use domain::service_request::State;
use domain::service_request::workflow::Verb;
use futures_util::future::join_all;
use nhip::case::event_store;
use nhip::platform::db::{DbError, params};
use nhip::service_request::store;
use std::io::Cursor;

const LIST: &str = "/desk/on-site";
const CODE: &str = "AAAA0001";

fn photo() -> Vec<u8> {
    let image = image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8, y as u8, 90]));
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// The harbour town with one case in hand of each kind, and their officer.
async fn scene(city: &City) -> Browser<'_> {
    city.app.clock.set(now());
    let officer = city.staff("finn", &[Role::Officer], Some("works")).await;
    let me = account_of(city, "finn").await;
    let mut made = Vec::new();
    for (code, words) in [
        (CODE, "A hole before the fish market. Call 0905 123 456 or hoa@example.org."),
        ("AAAA0002", "Another hole"),
    ] {
        let mut one = a_report(code, "pothole").saying(words).in_state(State::InProgress);
        one.0.assignee = Some(me.clone());
        made.push(one);
    }
    let mut secret = a_report("AAAA0003", "conduct").in_state(State::InProgress);
    secret.0.assignee = Some(me);
    made.push(secret);
    made.push(a_report("AAAA0004", "pothole").saying("Of nobody").in_state(State::Assigned));
    world::put(&city.app.db, made).await;
    officer
}

async fn account_of(city: &City, login: &'static str) -> AccountId {
    let sql = "SELECT id FROM account WHERE login = $1";
    let found = city
        .app
        .db
        .read(move |conn| conn.query_one(sql, params![login], |row| row.get::<String>(0)))
        .await
        .map_err(|e: DbError| e);
    found.unwrap().parse().unwrap()
}

/// What the form of a case would send, untouched.
fn hidden(page: &str, code: &str, name: &str) -> String {
    let action = format!("{LIST}/{code}");
    let form = forms(page).into_iter().find(|form| form.action == action);
    let form = form.unwrap_or_else(|| panic!("no form for {code}: {page}"));
    form.fields.into_iter().find(|field| field.name == name).unwrap().value
}

struct Told {
    key: String,
    version: String,
    author: String,
}

impl Told {
    fn on(page: &str, code: &str) -> Self {
        let value = |name| hidden(page, code, name);
        Self { key: value("key"), version: value("version"), author: value("author") }
    }

    fn fields<'a>(&'a self, tell: &'a str, words: &'a str) -> [(&'a str, &'a str); 5] {
        let Self { key, version, author } = self;
        [("key", key), ("version", version), ("author", author), ("tell", tell), ("reason", words)]
    }
}

/// How often a verb stands in the history of a case.
async fn times(city: &City, code: &'static str, verb: Verb) -> usize {
    let case: CaseRef = code.parse().unwrap();
    let read = city.app.db.read(move |conn| event_store::of::<ServiceRequest>(conn, &case));
    let events = read.await.unwrap();
    events.iter().filter(|event| event.verb == verb).count()
}

#[tokio::test]
async fn the_list_takes_along_what_carries_ones_name_and_nothing_that_must_not_lie_on_a_phone() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut officer = scene(&city).await;
        let answer = officer.get(LIST).await;
        let page = answer.text();
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        assert!(page.contains("A hole before the fish market") && page.contains("Another hole"));
        for absent in ["0905", "hoa@example.org", "AAAA0003"] {
            assert!(!page.contains(absent), "{absent}");
        }
        // Who has some of their own still sees what nobody has, after them.
        let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("no {words} on {page}"));
        assert!(at("Another hole") < at("Of nobody"));
        assert!(page.contains("geo:55.0") && page.contains("openstreetmap.org/directions?to=55.0"));
        assert_eq!(answer.headers["cache-control"], "private, no-store");
        assert_eq!(answer.headers["nhip-key"].len(), 64);
        let mut free = city.staff("wanda", &[Role::Officer], Some("works")).await;
        let theirs = free.get(LIST).await.text();
        assert!(theirs.contains("Of nobody") && !theirs.contains("Another hole"), "{theirs}");
        let case = officer.get(&format!("/desk/reports/{CODE}")).await.text();
        assert!(case.contains("geo:55.0"), "{case}");
    })
    .await;
}

#[tokio::test]
async fn pages_say_who_is_signed_in_and_the_key_is_one_persons() {
    let city = City::new();
    let mut officer = scene(&city).await;
    let mut other = city.staff("wanda", &[Role::Officer], Some("works")).await;
    let mine = officer.get(LIST).await;
    let of = |answer: &crate::support::city::Answer| answer.headers["nhip-who"].clone();
    assert_eq!(of(&mine), hidden(&mine.text(), CODE, "author").as_str());
    assert_eq!(of(&mine), of(&officer.get("/").await));
    let theirs = other.get(LIST).await;
    assert_ne!(of(&mine), of(&theirs));
    assert_ne!(mine.headers["nhip-key"], theirs.headers["nhip-key"]);
    let nobody = city.visitor().get("/").await;
    assert_eq!(nobody.headers["nhip-who"], "nobody");
    assert!(!nobody.headers.contains_key("nhip-key"));
    assert!(!officer.get("/desk").await.headers.contains_key("nhip-key"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sent_many_times_at_once_and_again_later_is_done_once() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut officer = scene(&city).await;
        let secret = officer.cookie("nhip");
        let told = Told::on(&officer.get(LIST).await.text(), CODE);
        let fields = told.fields("answer:not_found", "There is no hole");
        let path = format!("{LIST}/{CODE}");
        let sent = (0..6).map(|_| async {
            let answer = city.with_cookie(&secret).post(&path, &fields).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        });
        join_all(sent).await;
        let again = officer.post(&path, &fields).await;
        assert!(again.location().starts_with("/desk/on-site?done=answer"), "{}", again.text());
        assert_eq!(times(&city, CODE, Verb::Answer).await, 1);
        // Other words on the same form are another answer, which comes too late.
        let other = officer.post(&path, &told.fields("answer:not_found", "Really none")).await;
        assert_eq!(other.status, StatusCode::CONFLICT);
        assert!(other.text().contains("Really none"), "what was typed is kept");
        assert_eq!(times(&city, CODE, Verb::Answer).await, 1);
    })
    .await;
}

#[tokio::test]
async fn photos_come_ahead_or_along_and_a_form_that_comes_back_keeps_them() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut officer = scene(&city).await;
        let bytes = photo();
        let file = Part::File { name: "photos", file: "after.jpg", bytes: &bytes };
        let told = Told::on(&officer.get(LIST).await.text(), CODE);
        let path = format!("{LIST}/{CODE}");
        let mut parts: Vec<Part<'_>> = told
            .fields("answer:fixed", "")
            .into_iter()
            .map(|(name, value)| Part::Text(name, value))
            .collect();
        parts.push(file);
        let back = officer.upload(&path, &parts).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", back.text());
        let ticket = hidden(&back.text(), CODE, "photo");
        let looked = officer.get(&format!("/new/photos/{ticket}")).await;
        assert_eq!(looked.status, StatusCode::OK, "the photo is held");
        let told = Told::on(&back.text(), CODE);
        let mut fields = told.fields("answer:fixed", "Filled with asphalt").to_vec();
        fields.push(("photo", &ticket));
        let done = officer.post(&path, &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let report = city.app.db.read(|conn| store::find(conn, &CODE.parse().unwrap())).await;
        assert!(report.unwrap().unwrap().result_photo.is_some());
    })
    .await;
}

#[tokio::test]
async fn what_somebody_else_wrote_is_not_done_in_this_ones_name() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut officer = scene(&city).await;
        let mut other = city.staff("wanda", &[Role::Officer], Some("works")).await;
        let told = Told::on(&officer.get(LIST).await.text(), CODE);
        let fields = told.fields("answer:not_found", "There is no hole");
        let refused = other.post(&format!("{LIST}/{CODE}"), &fields).await;
        assert_eq!(refused.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(times(&city, CODE, Verb::Answer).await, 0);
        // The same holds for a report that waited on a device.
        let written = [("step", "send"), ("description", "Paint"), ("author", "nobody")];
        assert_eq!(other.post("/new", &written).await.status, StatusCode::PRECONDITION_FAILED);
        let taken = city.visitor().post("/new", &written).await;
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY, "it only lacks a place");
    })
    .await;
}

#[tokio::test]
async fn a_case_that_moved_on_says_so_and_how_it_stands_can_be_told() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut officer = scene(&city).await;
        let told = Told::on(&officer.get(LIST).await.text(), CODE);
        let path = format!("{LIST}/{CODE}");
        let later = told.fields("progress", "The machine comes on Monday");
        let done = officer.post(&path, &later).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert_eq!(times(&city, CODE, Verb::Progress).await, 1);
        let stale = officer.post(&path, &told.fields("answer:not_found", "No hole")).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        let nonsense = officer.post(&path, &told.fields("answer:nothing", "No hole")).await;
        assert_eq!(nonsense.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(times(&city, CODE, Verb::Answer).await, 0);
        let mut stranger = city.staff("wim", &[Role::Officer], Some("waterworks")).await;
        let author = told.fields("progress", "Mine").map(|(name, value)| match name {
            "author" => (name, ""),
            _ => (name, value),
        });
        assert_eq!(stranger.post(&path, &author).await.status, StatusCode::NOT_FOUND);
        let mut operator = city.staff("ola", &[Role::Operator], None).await;
        assert_eq!(operator.get(LIST).await.status, StatusCode::FORBIDDEN);
        assert_eq!(operator.post(&path, &author).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}
