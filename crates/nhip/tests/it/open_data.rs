//! Open data: what is written can be counted again, a cell that was changed is noticed, nothing leaks, and the files go
//! out as they are.

use crate::support::city::City;
use crate::support::db::for_each_engine;
use crate::support::world::now;
use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName,
    IF_NONE_MATCH, IF_RANGE, LAST_MODIFIED, RANGE,
};
use axum::http::{Request, StatusCode};
use domain::actor::Actor;
use jiff::SignedDuration;
use nhip::demo;
use nhip::oversight::open_data::{FOLDER, edition, tables, write};
use nhip::platform::i18n::I18n;
use nhip::platform::pack_dir;
use recompute::recompute;
use std::fs;
use std::path::PathBuf;

/// A town with a past, and its open data.
async fn a_town_with_a_past(db: nhip::platform::db::Db) -> (City, PathBuf) {
    let city = City::on(db);
    city.app.clock.set(now() + SignedDuration::from_hours(1));
    let files = pack_dir::load("cities/harbour").unwrap();
    demo::invent(&city.app, &files, 260, 5).await.unwrap();
    let folder = city.app.config.data.join(FOLDER);
    write::write(&city.app.db, &city.app.ctx(Actor::system()), &folder).await.unwrap();
    (city, folder)
}

#[tokio::test]
async fn every_published_number_can_be_counted_again_from_the_files_alone() {
    for_each_engine(async |db| {
        let (_city, folder) = a_town_with_a_past(db).await;
        let verdict = recompute(&folder).unwrap();
        assert_eq!(verdict.differences, Vec::<String>::new());
        assert!(verdict.reports == 260 && verdict.compared > 2_000, "{verdict:?}");
        // Reopened, refused, promised and rated reports were among them.
        let numbers = fs::read_to_string(folder.join("scorecards.csv")).unwrap();
        assert!(numbers.starts_with("\u{feff}part,"), "spreadsheets know it for UTF-8");
        for number in ["returned,", "refused:", "promised,", "on_time_share", "resolution_p90_ms"] {
            assert!(numbers.contains(number), "{number}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_single_changed_cell_is_noticed_and_named() {
    let (_city, folder) = a_town_with_a_past(sqlite()).await;
    let change = |file: &str, pick: &dyn Fn(&str) -> Option<String>| {
        let path = folder.join(file);
        let before = fs::read_to_string(&path).unwrap();
        let line = before.lines().find_map(|line| Some((line, pick(line)?)));
        let (old, new) = line.unwrap_or_else(|| panic!("no such line in {file}"));
        fs::write(&path, before.replacen(old, &new, 1)).unwrap();
        let verdict = recompute(&folder).unwrap();
        fs::write(&path, before).unwrap();
        verdict.differences
    };
    let flattered = change("scorecards.csv", &|line| {
        let (head, value) = line.strip_prefix("city,,2026,on_time_share,").map(|v| (line, v))?;
        let better: f64 = value.parse::<f64>().unwrap() + 0.01;
        Some(head.replace(value, &format!("{better:.6}")))
    });
    assert_eq!(flattered.len(), 1, "{flattered:?}");
    assert!(flattered[0].starts_with("city  2026 on_time_share: published"), "{flattered:?}");
    let dropped = change("scorecards.csv", &|line| {
        line.starts_with("agency,works,2026,missed").then(String::new)
    });
    assert!(dropped.iter().any(|line| line.contains("published nothing")), "{dropped:?}");
    let later = change("events.csv", &|line| {
        line.contains(",publish,").then(|| line.replacen("2026-", "2027-", 1))
    });
    assert!(later.iter().any(|line| line.contains("disagree")), "{later:?}");
    let rated = change("events.csv", &|line| {
        (line.contains(",rate,") && line.contains(",satisfied,"))
            .then(|| line.replace(",satisfied,", ",not_satisfied,"))
    });
    assert!(rated.iter().any(|line| line.contains("satisfied")), "{rated:?}");
    assert!(recompute(&folder).unwrap().differences.is_empty(), "all is as it was");
}

fn sqlite() -> nhip::platform::db::Db {
    // The folder stays until the system clears it; the database in it is small.
    let folder = tempfile::tempdir().unwrap().keep();
    let db = nhip::platform::db::Db::open_sqlite(&folder.join("nhip.sqlite")).unwrap();
    db.migrate().unwrap();
    db
}

#[tokio::test]
async fn what_is_not_public_is_a_row_without_words_place_or_names() {
    let (city, folder) = a_town_with_a_past(sqlite()).await;
    let mut table = csv::Reader::from_path(folder.join("reports.csv")).unwrap();
    let header = table.headers().unwrap().clone();
    let mut seen = 0;
    for row in table.records().map(Result::unwrap) {
        let cell = |name: &str| &row[header.iter().position(|column| column == name).unwrap()];
        let told: Vec<&str> =
            ["service", "lat", "long", "rating", "refusal_code"].map(cell).to_vec();
        match cell("openness") {
            "open" => {}
            "private" => assert!(told.iter().all(|cell| cell.is_empty()), "{row:?}"),
            _ => {
                seen += 1;
                let all = [told, vec![cell("area"), cell("agency"), cell("due_at")]].concat();
                assert!(all.iter().all(|cell| cell.is_empty()), "{row:?}");
            }
        }
    }
    assert!(seen > 0, "there was a confidential one");
    let all: String = ["reports.csv", "events.csv", "reports.geojson"]
        .map(|file| fs::read_to_string(folder.join(file)).unwrap())
        .concat();
    let words = city.app.db.read(|conn| {
        conn.query(
            "SELECT description FROM service_request",
            nhip::platform::db::params![],
            |row| row.get::<String>(0),
        )
    });
    for words in words.await.unwrap() {
        assert!(!all.contains(&words), "{words}");
    }
    let places: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.join("reports.geojson")).unwrap()).unwrap();
    assert!(places["features"].as_array().unwrap().len() > 100);
}

#[tokio::test]
async fn files_go_out_as_they_are_and_only_when_they_changed() {
    let (city, folder) = a_town_with_a_past(sqlite()).await;
    let page = city.visitor().get("/open-data?lang=en").await.text();
    assert!(page.contains("No files yet") && !page.contains("/open-data/reports.csv"), "{page}");
    let (app, ctx, scratch) = (&city.app, city.app.ctx(Actor::system()), folder.join("scratch"));
    let edition = edition::write(&app.db, &app.media.blobs, &ctx, &scratch).await.unwrap().unwrap();
    assert!(!scratch.exists(), "they lie in the store");
    let get = async |path: &str, tag: Option<&str>| {
        let mut request = Request::builder().uri(path);
        if let Some(tag) = tag {
            request = request.header(IF_NONE_MATCH, tag);
        }
        city.send(request.body(Body::empty()).unwrap()).await
    };
    for table in tables::ALL {
        for kind in ["csv", "parquet"] {
            let name = format!("{}.{kind}", table.name);
            let answer = get(&format!("/open-data/{name}"), None).await;
            assert_eq!(answer.status, StatusCode::OK, "{name}");
            assert_eq!(answer.body, fs::read(folder.join(&name)).unwrap(), "{name}");
        }
    }
    let answer = get("/open-data/reports.csv", None).await;
    assert_eq!(answer.headers[CONTENT_TYPE], "text/csv; charset=utf-8");
    assert_eq!(answer.headers[LAST_MODIFIED], "Wed, 25 Nov 2026 14:00:00 GMT");
    assert_eq!(edition.as_of.to_string(), "2026-11-25T14:00:00Z");
    let tag = answer.headers[ETAG].to_str().unwrap().to_owned();
    let again = get("/open-data/reports.csv", Some(&tag)).await;
    assert!(again.status == StatusCode::NOT_MODIFIED && again.body.is_empty());
    assert!(tag.starts_with("W/"), "it may come packed: {tag}");
    let ask = async |path: &str, headers: &[(HeaderName, &str)]| {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        city.send(request.body(Body::empty()).unwrap()).await
    };
    let whole = fs::read(folder.join("reports.parquet")).unwrap();
    let (range, packed) = ((RANGE, "bytes=-8"), (ACCEPT_ENCODING, "br, gzip"));
    let end = ask("/open-data/reports.parquet", &[range.clone(), packed.clone()]).await;
    assert_eq!(end.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(end.body, whole[whole.len() - 8..], "its readers begin at the end");
    let all = ask("/open-data/reports.parquet", std::slice::from_ref(&packed)).await;
    assert_eq!(all.body, whole);
    assert_eq!(all.headers[ACCEPT_RANGES], "bytes");
    let csv = ask("/open-data/reports.csv", &[packed, range.clone(), (IF_RANGE, &tag)]).await;
    assert_eq!(csv.status, StatusCode::OK, "what comes packed has no parts that fit");
    assert!(csv.headers.contains_key(CONTENT_ENCODING));
    let tail = ask("/open-data/reports.csv", &[range]).await;
    assert_eq!((tail.status, tail.body.len()), (StatusCode::PARTIAL_CONTENT, 8));
    for wrong in ["about.toml", "..%2Fvault.key", "reports", "events.geojson", "nothing.csv"] {
        let answer = get(&format!("/open-data/{wrong}"), None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    let page = city.visitor().get("/open-data/?lang=en").await.text();
    assert!(page.contains("/open-data/reports.geojson") && page.contains("reported_again"));
}

#[test]
fn every_column_is_explained_in_every_language() {
    let i18n = I18n::load();
    for lang in I18n::codes().map(|code| i18n.lang(code)) {
        for table in tables::ALL {
            for column in table.columns {
                let key = format!("data-{}-{}", table.name, column.name);
                assert!(lang.has(&key), "{key} in {}", lang.code());
            }
        }
    }
}
