//! The invented past: the same seed makes the same city, and what is said of a report is said of its own street.

use crate::support::city::City;
use nhip::demo;
use nhip::platform::db::params;
use nhip::platform::pack_dir;

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
            "SELECT request || ' ' || verb || ' ' || data FROM event ORDER BY id",
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
            "SELECT r.id, r.address, r.description, e.data FROM service_request r JOIN event e ON e.request = r.id \
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
