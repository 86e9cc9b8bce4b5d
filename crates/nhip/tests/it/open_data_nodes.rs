//! Open data of a city with two nodes: one writes, both answer the same bytes, whoever dies on the way and however far
//! apart their clocks are. On both databases.

use crate::support::city::City;
use crate::support::town::Town;
use axum::http::StatusCode;
use axum::http::header::{ETAG, LAST_MODIFIED};
use domain::actor::{Actor, Role};
use jiff::SignedDuration;
use nhip::jobs;
use nhip::oversight::open_data::edition::{self, Edition};
use nhip::oversight::open_data::{FOLDER, store, tables, write};
use std::collections::BTreeMap;
use std::path::PathBuf;

const MINUTES: fn(i64) -> SignedDuration = SignedDuration::from_mins;

/// Two nodes of a town; a test is given the first as a town, and the second.
async fn on_two_nodes(test: impl AsyncFn(&Town, &City)) {
    crate::support::db::for_each_engine(async |db| {
        let town = Town::of(City::on(db));
        town.sent("pothole", "hoa@example.org").await;
        let other = town.city.another_node("cities/harbour");
        test(&town, &other).await;
    })
    .await;
}

async fn daily(city: &City) {
    let all = jobs::jobs();
    let job = all.iter().find(|job| job.name == "write the open data").unwrap();
    jobs::run(&city.node, job).await;
    assert_eq!(city.app.metrics.job(job.name).failures.get(), 0);
}

/// Tag, date and bytes of every file, as a node answers them.
async fn answered(city: &City) -> BTreeMap<String, (String, String, Vec<u8>)> {
    let mut answers = BTreeMap::new();
    for table in tables::ALL {
        let kinds: &[&str] =
            if table.places { &["csv", "parquet", "geojson"] } else { &["csv", "parquet"] };
        for kind in kinds {
            let name = format!("{}.{kind}", table.name);
            let answer = city.visitor().get(&format!("/open-data/{name}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{name}");
            let said = |header| answer.headers[header].to_str().unwrap().to_owned();
            answers.insert(name, (said(ETAG), said(LAST_MODIFIED), answer.body));
        }
    }
    answers
}

/// Every file of both nodes; they are the same, and all of one edition.
async fn of_both(town: &Town, other: &City) -> BTreeMap<String, (String, String, Vec<u8>)> {
    let (one, two) = (answered(&town.city).await, answered(other).await);
    assert!(one == two, "the nodes differ");
    let (_, date, _) = &one["about.csv"];
    assert!(one.values().all(|(_, of, _)| of == date), "files of two editions");
    one
}

fn reports(answers: &BTreeMap<String, (String, String, Vec<u8>)>) -> usize {
    String::from_utf8_lossy(&answers["reports.csv"].2).lines().count() - 1
}

async fn newest(city: &City) -> Option<Edition> {
    edition::newest(&city.app.db).await.unwrap()
}

#[tokio::test]
async fn one_node_writes_and_both_answer_the_same() {
    on_two_nodes(async |town, other| {
        let none = town.city.visitor().get("/open-data/about.csv").await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
        daily(&town.city).await;
        let first = of_both(town, other).await;
        // Between the two runs the city went on; the second node has nothing of its own to tell.
        town.sent("pothole", "an@example.org").await;
        other.later(MINUTES(50));
        daily(other).await;
        assert!(of_both(town, other).await == first);
        assert_eq!((newest(other).await.unwrap().number, reports(&first)), (1, 1));
        // The next day the other one is first.
        for city in [&town.city, other] {
            city.later(SignedDuration::from_hours(24));
        }
        daily(other).await;
        daily(&town.city).await;
        let second = of_both(town, other).await;
        assert_eq!((newest(&town.city).await.unwrap().number, reports(&second)), (2, 2));
        let apart = second.iter().filter(|(name, file)| first[*name].0 != file.0).count();
        assert!(apart > 0 && first["agencies.csv"].0 == second["agencies.csv"].0);
    })
    .await;
}

#[tokio::test]
async fn a_leader_at_one_node_renews_what_both_answer() {
    on_two_nodes(async |town, other| {
        daily(other).await;
        town.sent("pothole", "an@example.org").await;
        let mut leader = town.staff(Role::Leader, None).await;
        town.city.later(MINUTES(1));
        leader.post("/desk/open-data", &[]).await;
        assert_eq!(reports(&of_both(town, other).await), 2);
        assert_eq!(newest(other).await.unwrap().number, 2);
    })
    .await;
}

/// What a node had done when it was killed while it kept the files: claimed a number, kept those of `folder`.
async fn killed_on_the_way(city: &City) -> (i64, PathBuf) {
    let (app, ctx) = (&city.app, city.app.ctx(Actor::system()));
    let (now, folder) = (ctx.now, app.config.data.join(FOLDER));
    let claimed = app.db.write(move |conn| store::claim(conn, now)).await.unwrap();
    write::write(&app.db, &ctx, &folder).await.unwrap();
    edition::keep(&app.media.blobs, claimed.unwrap(), &folder).await.unwrap();
    (claimed.unwrap(), folder)
}

#[tokio::test]
async fn a_node_that_is_killed_while_it_writes_changes_nothing_and_another_writes_later() {
    on_two_nodes(async |town, other| {
        daily(&town.city).await;
        let first = of_both(town, other).await;
        for city in [&town.city, other] {
            city.later(SignedDuration::from_hours(24));
        }
        town.sent("pothole", "an@example.org").await;
        let (number, folder) = killed_on_the_way(&town.city).await;
        let as_of = town.now();
        assert!(of_both(town, other).await == first, "what is not whole is not served");
        daily(other).await;
        assert!(of_both(town, other).await == first, "its claim may be alive");
        other.later(store::LEASE);
        town.sent("pothole", "ba@example.org").await;
        daily(other).await;
        let next = of_both(town, other).await;
        assert_eq!((newest(other).await.unwrap().number, reports(&next)), (number + 1, 3));
        // It was only very slow, and is done now.
        let blobs = &town.city.app.media.blobs;
        let files = edition::keep(blobs, number, &folder).await.unwrap();
        let late = Edition { number, as_of, files };
        assert_eq!(edition::publish(&town.city.app.db, blobs, late).await.unwrap(), None);
        assert!(of_both(town, other).await == next, "the older is not served after the newer");
        let kept = town.city.app.config.data.join("media").join(FOLDER);
        assert!(!kept.join(number.to_string()).join("about.csv").exists(), "nobody needs it");
        assert!(kept.join("1/about.csv").exists(), "somebody may be reading the one before");
    })
    .await;
}

#[tokio::test]
async fn clocks_that_are_apart_write_no_second_edition_of_a_day() {
    on_two_nodes(async |town, other| {
        // Ten minutes apart around midnight: on one node the day has begun, on the other it has not.
        town.at("2026-03-11T00:04");
        other.app.clock.set(town.now() - MINUTES(10));
        daily(&town.city).await;
        let first = of_both(town, other).await;
        daily(other).await;
        assert!(of_both(town, other).await == first);
        other.later(MINUTES(10));
        daily(other).await;
        assert!(of_both(town, other).await == first);
        // One that is behind writes the next day, whatever the other thinks the time is.
        town.at("2026-03-12T00:30");
        other.app.clock.set(town.now() - MINUTES(10));
        daily(other).await;
        let second = of_both(town, other).await;
        daily(&town.city).await;
        assert!(second != first && of_both(town, other).await == second);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_was_a_year_ahead_holds_up_nobody() {
    on_two_nodes(async |town, other| {
        other.later(SignedDuration::from_hours(24 * 365));
        let now = other.app.clock.now();
        other.app.db.write(move |conn| store::claim(conn, now)).await.unwrap().unwrap();
        daily(&town.city).await;
        assert_eq!(newest(other).await.unwrap().as_of, town.now(), "its claim is no claim");
        daily(other).await;
        assert_eq!(newest(other).await.unwrap().as_of, other.app.clock.now());
        town.city.later(SignedDuration::from_hours(24));
        daily(&town.city).await;
        assert_eq!(newest(other).await.unwrap().as_of, town.now(), "its date is no date");
        of_both(town, other).await;
    })
    .await;
}

#[tokio::test]
async fn two_that_begin_at_once_write_one_edition() {
    on_two_nodes(async |town, other| {
        tokio::join!(daily(&town.city), daily(other));
        of_both(town, other).await;
        assert_eq!(newest(other).await.unwrap().number, 1);
    })
    .await;
}

#[tokio::test]
async fn files_that_were_lost_with_the_store_are_written_anew() {
    on_two_nodes(async |town, other| {
        daily(&town.city).await;
        let kept = town.city.app.config.data.join("media").join(FOLDER);
        std::fs::remove_dir_all(kept).unwrap();
        let none = town.city.visitor().get("/open-data/about.csv").await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
        daily(other).await;
        assert_eq!(reports(&of_both(town, other).await), 1);
    })
    .await;
}

#[tokio::test]
async fn who_could_not_write_leaves_the_turn_to_the_next() {
    on_two_nodes(async |town, other| {
        let (app, ctx) = (&town.city.app, town.city.app.ctx(Actor::system()));
        let nowhere = PathBuf::from("/proc/nowhere/open-data");
        edition::write(&app.db, &app.media.blobs, &ctx, &nowhere).await.unwrap_err();
        daily(other).await;
        assert_eq!(reports(&of_both(town, other).await), 1);
    })
    .await;
}
