//! The invented past: the same seed makes the same city, and what is said of a report is said of its own street.

use crate::support::city::City;
use nhip::demo;
use nhip::platform::db::params;
use nhip::platform::pack_dir;
use std::collections::HashMap;

/// Everything that people would see of the past, as lines.
async fn past(seed: u64) -> (City, Vec<String>) {
    let city = City::new();
    let files = pack_dir::load("harbour").unwrap();
    assert_eq!(demo::invent(&city.app, &files, 40, seed).await.unwrap(), 40);
    let read = city.app.db.read(|conn| {
        let mut lines = conn.query(
            "SELECT id, service, area, agency, state, outcome, description, address, received_at, due_at, closed_at, rating, \
             attributes, photo FROM service_request ORDER BY id",
            params![],
            |row| {
                let text = |n| row.get::<Option<String>>(n).map(Option::unwrap_or_default);
                let at = |n| row.get::<Option<i64>>(n).map(Option::unwrap_or_default);
                let words = [0, 1, 2, 3, 4, 5, 6, 7, 11, 12, 13].into_iter().map(text);
                let words = words.collect::<Result<Vec<_>, _>>()?.join(" | ");
                Ok(format!("{words} | {} | {} | {}", at(8)?, at(9)?, at(10)?))
            },
        )?;
        for sql in [
            "SELECT case_ref || ' ' || verb || ' ' || data FROM event ORDER BY id",
            "SELECT request || ' ' || author_name || ' ' || text || ' ' || state FROM comment ORDER BY id",
        ] {
            lines.extend(conn.query(sql, params![], |row| row.get::<String>(0))?);
        }
        Ok::<_, nhip::platform::db::DbError>(lines)
    });
    let lines = read.await.unwrap();
    (city, lines)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_seed_makes_the_same_city_and_another_seed_another() {
    let (_, one) = past(5).await;
    let (_, again) = past(5).await;
    assert!(one.len() > 150, "{} lines", one.len());
    for (one, again) in one.iter().zip(&again) {
        assert_eq!(one, again);
    }
    assert_eq!(one.len(), again.len());
    let (_, other) = past(6).await;
    assert_ne!(one, other);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_past_can_be_invented_up_to_any_day() {
    // A second version of a procedure is in force on the first of them; on the other, many a report was told again of one
    // that was refused or joined to another meanwhile.
    for (pack, day, reports) in
        [("harbour", "2027-02-06T10:30:00+01:00", 200), ("hue", "2026-11-27T10:30:00+07:00", 400)]
    {
        let city = City::of(pack);
        city.app.clock.set(day.parse().unwrap());
        let files = pack_dir::load(pack).unwrap();
        assert_eq!(demo::invent(&city.app, &files, reports, 1).await.unwrap(), reports, "{pack}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_of_a_report_is_said_of_its_own_street() {
    let files = pack_dir::load("harbour").unwrap();
    let demo: toml::Table = files.0["demo.toml"].parse().unwrap();
    let streets: Vec<String> = demo["streets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s.as_str().unwrap().to_owned())
        .collect();
    let (city, _) = past(5).await;
    let read = city.app.db.read(|conn| {
        conn.query(
            "SELECT r.id, r.address, r.description, e.data FROM service_request r JOIN event e ON e.case_ref = r.id \
             UNION ALL SELECT r.id, r.address, r.description, c.text FROM service_request r JOIN comment c ON c.request = r.id",
            params![],
            |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<String>(2)?, row.get::<String>(3)?)),
        )
    });
    let mut named = 0;
    for (code, address, description, said) in read.await.unwrap() {
        for street in
            streets.iter().filter(|street| said.contains(*street) || description.contains(*street))
        {
            named += 1;
            assert!(address.ends_with(street.as_str()), "{code} at {address}: {said}");
        }
    }
    assert!(named > 20, "only {named} words name a street");
}

/// What is told in a scene in a language, whether a photo shows it or not.
fn tellings(scene: &toml::Table, language: &str) -> Vec<String> {
    let list = |table: Option<&toml::Value>| -> Vec<String> {
        let texts = table.and_then(|t| t.get(language)).and_then(toml::Value::as_array);
        texts.into_iter().flatten().map(|t| t.as_str().unwrap().to_owned()).collect()
    };
    let mut told = list(Some(&toml::Value::Table(scene.clone())));
    told.extend(list(scene.get("unseen")));
    told
}

fn names(entry: &toml::Value, key: &str) -> Vec<String> {
    let names = entry.get(key).and_then(toml::Value::as_array);
    names.into_iter().flatten().map(|name| name.as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_service_is_told_of_in_words_of_its_own() {
    for (path, wanted) in
        [("cities/hue", &[("vi", 9), ("en", 3)][..]), ("harbour", &[("en", 9)][..])]
    {
        let files = pack_dir::load(path).unwrap();
        let pack = pack_dir::load_checked(path).unwrap();
        let demo: toml::Table = files.0["demo.toml"].parse().unwrap();
        let mut heard = HashMap::new();
        for service in &pack.services {
            let code = service.code.as_str();
            let of_it = |scene: &&toml::Value| names(scene, "services") == [code];
            let scenes: Vec<_> = demo["scene"].as_array().unwrap().iter().filter(of_it).collect();
            let [scene] = scenes[..] else { panic!("{path}: {} scenes of {code}", scenes.len()) };
            for (language, least) in wanted {
                let told = tellings(scene.as_table().unwrap(), language);
                assert!(told.len() >= *least, "{path}: {code} has {} in {language}", told.len());
                for text in told {
                    assert!(!text.contains("{service}"), "{path}: {text}");
                    let other = heard.insert(text.clone(), code);
                    assert_eq!(other, None, "{path}: {code} says it too: {text}");
                }
            }
        }
        let known = |code: &String| pack.services.iter().any(|s| s.code.as_str() == code);
        let common = names(&toml::Value::Table(demo.clone()), "common");
        assert_eq!(common.iter().find(|code| !known(code)), None, "{path}: common");
        for list in ["scene", "remark", "manner"] {
            for entry in demo[list].as_array().unwrap() {
                let named = [names(entry, "services"), names(entry, "near")].concat();
                assert_eq!(named.iter().find(|code| !known(code)), None, "{path}: {list}");
                let refusals = names(entry, "refusals");
                let unknown = refusals.iter().find(|code| pack.refusal(code).is_none());
                assert_eq!(unknown, None, "{path}: {list}");
            }
        }
    }
}

/// What would be wrong to say is never said: no crew comes to a noise, no paper is fenced off.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_is_answered_in_the_manner_of_its_service_and_shows_no_wrong_picture() {
    let city = City::new();
    let files = pack_dir::load("harbour").unwrap();
    demo::invent(&city.app, &files, 150, 11).await.unwrap();
    let demo: toml::Table = files.0["demo.toml"].parse().unwrap();
    let common = tellings(demo["answers"]["fixed"].as_table().unwrap(), "en");
    let scenes = demo["scene"].as_array().unwrap();
    let unseen: Vec<String> = scenes
        .iter()
        .flat_map(|scene| scene.get("unseen").map(|of| names(of, "en")).unwrap_or_default())
        .map(|text| text.split('{').next().unwrap().to_owned())
        .filter(|text| text.len() > 12)
        .collect();
    let read = city.app.db.read(|conn| {
        let text = |row: &nhip::platform::db::Row<'_>, n| row.get::<Option<String>>(n);
        conn.query(
            "SELECT r.service, r.description, r.photo, e.data FROM service_request r \
             JOIN event e ON e.case_ref = r.id WHERE e.verb IN ('submit', 'answer')",
            params![],
            |row| {
                let of = |n| text(row, n).map(Option::unwrap_or_default);
                Ok((of(0)?, of(1)?, of(2)?, of(3)?))
            },
        )
    });
    let (mut quiet, mut bare) = (0, 0);
    for (service, description, photo, said) in read.await.unwrap() {
        if ["noise", "conduct", "other"].contains(&service.as_str()) {
            quiet += 1;
            let crew =
                common.iter().find(|text| text.split("{street}").all(|part| said.contains(part)));
            assert_eq!(crew, None, "{service}: {said}");
        }
        if unseen.iter().any(|text| description.starts_with(text.as_str())) {
            bare += 1;
            assert!(photo.is_empty(), "{service}: {description}");
        }
        let undrawn = ["graffiti", "abandoned-boat", "conduct", "other"];
        assert!(!undrawn.contains(&service.as_str()) || photo.is_empty(), "{service} has a photo");
    }
    assert!(quiet > 20 && bare > 5, "{quiet} in their own manner, {bare} without a photo");
}
