//! Procedures in their versions: what is shown of them, and that a case stays with the one it was accepted under.

use crate::support::city::City;
use crate::support::db::for_each_engine;
use crate::support::log;
use crate::support::town::Town;
use crate::support::world::{self, a_report};
use axum::http::StatusCode;
use domain::actor::Role;
use domain::ids::ServiceRequestId;
use domain::pack::PackFiles;
use domain::service_request::{ServiceRequest, State};
use nhip::platform::db::Db;
use nhip::platform::pack_dir;
use nhip::procedure;
use nhip::service_request::action::On;
use nhip::service_request::action::accept::accept;
use nhip::service_request::store;

const FIRST: &str = "procedures/standard.toml";

/// Somebody changed a text and kept its number: the log says so.
const SAME_VERSION: &str = "another text than before under the same version";

/// The harbour town with other files, remembered as a server does when it starts.
async fn with_files(city: &City, change: impl FnOnce(&mut PackFiles)) {
    let mut files = pack_dir::load("harbour").unwrap();
    change(&mut files);
    let pack = pack_dir::check(&files).unwrap();
    let now = city.app.clock.now();
    let pack = city.app.db.write(move |conn| procedure::remember(conn, &pack, now)).await.unwrap();
    city.app.pack.store(pack.into());
}

async fn a_town(db: Db) -> City {
    let city = City::on(db);
    city.app.clock.set(world::now());
    with_files(&city, |_| {}).await;
    city
}

/// Puts a report there and accepts it now.
async fn accepted(city: &City, code: &str) -> ServiceRequest {
    let made = a_report(code, "pothole").in_state(State::Received);
    world::put(&city.app.db, [made]).await;
    let (ctx, id) = (city.acting(Role::Operator, None), ServiceRequestId::parse(code).unwrap());
    let on = On { id, seen: None };
    city.app.db.write(move |conn| accept(conn, &ctx, &on, "")).await.unwrap().report
}

async fn read(city: &City, code: &str) -> ServiceRequest {
    let id = ServiceRequestId::parse(code).unwrap();
    city.app.db.read(move |conn| store::find(conn, &id)).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_new_version_and_a_changed_text_leave_cases_under_way_as_they_are() {
    log::expect(SAME_VERSION);
    for_each_engine(async |db| {
        let city = a_town(db).await;
        let before = accepted(&city, "CASE0001").await;
        assert_eq!(before.procedure_version, Some(1));
        let due = before.due_at;
        // The second version takes effect, with a shorter promise; the first one's file is rewritten, then gone.
        city.app.clock.set("2027-01-04T09:00:00+01:00".parse().unwrap());
        for change in [
            (|_: &mut PackFiles| {}) as fn(&mut PackFiles),
            |files| {
                let text = files.0[FIRST].replace("promise = \"10wd\"", "promise = \"40wd\"");
                files.0.insert(FIRST.to_owned(), text);
            },
            |files| drop(files.0.remove(FIRST)),
        ] {
            with_files(&city, change).await;
            let pack = city.app.pack.load_full();
            let case = read(&city, "CASE0001").await;
            let bound = pack.procedure_of(&case).unwrap();
            assert_eq!((bound.version, bound.promise.to_string()), (1, "10wd".to_owned()));
            assert_eq!(bound.hash, before.procedure_hash.clone().unwrap());
            // What is done to it now is reckoned by the version it has.
            let (ctx, id) = (city.acting(Role::Officer, Some("works")), case.id.clone());
            let mut moved = case.clone();
            moved.agency = "works".parse().unwrap();
            let again = nhip::service_request::action::due(&moved, &ctx.pack);
            assert_eq!((again, id.as_str()), (due, "CASE0001"));
        }
        let after = accepted(&city, "CASE0002").await;
        assert_eq!(after.procedure_version, Some(2));
        assert_ne!(after.procedure_hash, before.procedure_hash);
    })
    .await;
}

#[tokio::test]
async fn an_inspector_brings_what_any_step_of_a_confidential_case_owes() {
    for_each_engine(async |db| {
        let town = Town::of(City::of_on("harbour", db));
        town.at("2027-01-04T09:00");
        let code = town.sent("conduct", "hoa@example.org").await;
        town.does(Role::Inspector, &code, "accept", &[]).await;
        // The head of the agency owes this, and may not see the case.
        let told = [("step", "neighbours"), ("reason", "Nobody lives there"), ("without", "1")];
        let head = town.tries(Role::Head, &code, "deliver", &told).await;
        assert_eq!(head.status, StatusCode::NOT_FOUND);
        town.does(Role::Inspector, &code, "deliver", &told).await;
    })
    .await;
}

#[tokio::test]
async fn a_version_stays_readable_when_the_pack_has_it_no_longer() {
    log::expect(SAME_VERSION);
    for_each_engine(async |db| {
        let city = a_town(db).await;
        let case = accepted(&city, "CASE0001").await;
        let mut visitor = city.visitor();
        let page = visitor.get("/procedures/standard?version=1").await.text();
        assert!(page.contains("in force since"), "{page}");
        city.app.clock.set("2027-01-04T09:00:00+01:00".parse().unwrap());
        with_files(&city, |files| drop(files.0.remove(FIRST))).await;
        let page = visitor.get("/reports/CASE0001").await.text();
        assert!(page.contains("href=\"/procedures/standard?version=1\""), "{page}");
        let page = visitor.get("/procedures/standard?version=1").await.text();
        assert!(page.contains("kept for the cases"), "{page}");
        assert!(page.contains(&case.procedure_hash.unwrap()) && page.contains("10 working days"));
        let slip = visitor.get("/reports/CASE0001/slip").await.text();
        assert!(slip.contains("/procedures/standard?version=1"), "{slip}");
        // Another text under the same number has an address of its own.
        with_files(&city, |files| {
            let text = files.0[FIRST].replace("8wd", "6wd");
            files.0.insert(FIRST.to_owned(), text);
        })
        .await;
        let page = visitor.get("/reports/CASE0001").await.text();
        let to = page.split("href=\"/procedures/").nth(1).unwrap().split('"').next().unwrap();
        assert!(
            to.starts_with("standard?version=1&#38;hash=") || to.contains("&amp;hash="),
            "{to}"
        );
        let to = crate::support::forms::unescaped(to);
        assert!(visitor.get(&format!("/procedures/{to}")).await.text().contains("8 working days"));
    })
    .await;
}

#[tokio::test]
async fn a_version_is_shown_with_what_is_different_and_where_it_forks() {
    let city = a_town_on_sqlite().await;
    let mut visitor = city.visitor();
    let list = visitor.get("/procedures").await.text();
    assert!(list.contains("Standard report") && list.contains("/procedures/standard\""), "{list}");
    // In force now is the first; the second is announced.
    let now = visitor.get("/procedures/standard").await.text();
    assert!(now.contains("Version 1 · in force since"), "{now}");
    assert!(!now.contains("What changed since"), "there is none before it");
    let next = visitor.get("/procedures/standard?version=2").await.text();
    for told in [
        "Version 2 · in force from",
        "What changed since version 1",
        "<del>10 working days</del>",
        "<ins>9 working days</ins>",
        "New step",
        "after Take in",
        "after Put it right, Tell the neighbours",
        "role=\"img\" aria-labelledby=\"flow-title flow-words\"",
    ] {
        assert!(next.contains(told), "{told}: {next}");
    }
    // Two lines out of the first box, two into the last.
    assert_eq!(next.matches("class=\"flow-line\"").count(), 4);
    assert_eq!(next.matches("<rect class=\"flow-box").count(), 4);
    for (path, status) in [
        ("/procedures/standard?version=9", StatusCode::NOT_FOUND),
        ("/procedures/standard?version=x", StatusCode::NOT_FOUND),
        ("/procedures/nothing", StatusCode::NOT_FOUND),
        ("/procedures/standard?version=&hash=", StatusCode::OK),
    ] {
        assert_eq!(visitor.get(path).await.status, status, "{path}");
    }
}

async fn a_town_on_sqlite() -> City {
    let city = City::new();
    city.app.clock.set(world::now());
    with_files(&city, |_| {}).await;
    city
}
