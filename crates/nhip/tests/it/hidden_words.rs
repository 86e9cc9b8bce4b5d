//! A word that stands only in reports a reader may not see makes no difference to them, at any door.

use crate::support::db::for_each_engine;
use crate::support::town::Town;
use crate::support::world::{Made, a_report, now, put};
use axum::http::StatusCode;
use domain::actor::Role;
use domain::service_request::State;
use nhip::platform::db::params;
use nhip::service_request::list::filter::{Filter, Sort};
use nhip::service_request::list::store::{Listing, Visibility};
use nhip::service_request::list::{search_store, store as list_store};

/// Stands in hidden reports only; the other is a letter away and stands in one that everybody reads.
const SECRET: &str = "quicksilver";
const DECOY: &str = "quicksilven";

fn told(code: &str, service: &str, words: &str) -> Made {
    let mut made = a_report(code, service).saying(words).hours_ago(40);
    made.0.accepted_at = Some(made.0.received_at);
    made.0.state = State::Assigned;
    made
}

/// One of each kind of report that not everybody reads, saying this.
fn kinds(word: &str) -> Vec<Made> {
    let words = format!("The man with the {word} threatened us by the old crane");
    let told = |code: &str, service: &str| told(code, service, &words);
    let mut redacted = told("HUSHED04", "pothole");
    redacted.0.redacted = Some("The man threatened us by the old crane".to_owned());
    vec![
        told("HUSHED01", "conduct"),
        told("HUSHED02", "pothole").private(),
        told("HUSHED03", "pothole").hidden("insult"),
        redacted,
    ]
}

/// What a stranger gets at every door that reads words.
async fn answers(town: &Town) -> Vec<(String, String)> {
    let mut answers = Vec::new();
    let mut stranger = town.city.visitor();
    let mut asked = vec![SECRET.to_owned(), format!("{SECRET}s"), DECOY.to_owned()];
    asked.extend((5..SECRET.len()).map(|end| SECRET[..end].to_owned()));
    asked.push(format!("{}x", &SECRET[..SECRET.len() - 1]));
    for word in asked {
        for path in [
            format!("/reports?lang=en&q={word}"),
            format!("/reports?lang=en&q={word}&sort=oldest&field=streets"),
            format!("/reports.atom?lang=en&q={word}"),
            format!("/map?lang=en&q={word}"),
            format!("/map/list?lang=en&q={word}&box=10,54,11,56"),
            format!("/map/tiles/0/0/0.mvt?q={word}"),
            format!("/stats?lang=en&q={word}"),
            format!("/new/suggest?lang=en&text=the+{word}+of+the+crane"),
            format!("/new?lang=en&what=the+{word}+of+the+crane"),
            format!("/new/similar?lang=en&lat=55.0605&long=10.609&text=the+{word}+threatened"),
            format!("/open311/v2/requests.json?q={word}"),
            format!("/open311/v2/requests.xml?q={word}&page_size=1"),
        ] {
            let answer = stranger.get(&path).await;
            let total = answer.headers.get("x-total-count").map(|n| format!("{n:?}"));
            let body = String::from_utf8_lossy(&answer.body).into_owned();
            // A form has a key of its own at every visit.
            let body: Vec<&str> =
                body.lines().filter(|line| !line.contains("name=\"key\"")).collect();
            answers.push((path, format!("{} {total:?}\n{}", answer.status, body.join("\n"))));
        }
    }
    answers
}

async fn learn(town: &Town) {
    town.city.app.past.store(domain::suggest::learnt::Past::of(&town.city.app.pack.load()).into());
    for job in ["learn the words people use", "learn from decisions", "keep the map in step"] {
        town.job(job).await;
    }
}

#[tokio::test]
async fn a_word_of_reports_that_are_not_open_changes_no_answer_to_a_stranger() {
    for_each_engine(async |db| {
        let city = crate::support::city::City::on(db.clone());
        city.app.clock.set(now());
        let town = Town::of(city);
        let mut open: Vec<Made> = (0..3)
            .map(|n| told(&format!("SEEN000{n}"), "pothole", "Deep hole by the old crane"))
            .collect();
        open.push(told("SEEN0009", "pothole", &format!("A {DECOY} by the old crane")));
        open.extend(kinds("ordinary"));
        put(&db, open).await;
        learn(&town).await;
        let before = answers(&town).await;
        assert!(before.iter().any(|(_, answer)| answer.contains(DECOY)), "the decoy is found");
        for (code, said) in kinds(SECRET).into_iter().map(|made| (made.0.id.clone(), made.0)) {
            let words = nhip::service_request::action::submit::words(&said);
            db.write(move |conn| {
                conn.execute(
                    "UPDATE service_request SET description = $1 WHERE id = $2",
                    params![said.description.as_str(), code.as_str()],
                )?;
                search_store::change_text(conn, &code, &words)
            })
            .await
            .unwrap();
        }
        learn(&town).await;
        for ((path, before), (_, after)) in before.into_iter().zip(answers(&town).await) {
            assert_eq!(before, after, "{:?} {path}", db.engine());
        }
        // Whoever may read them finds them.
        let mut inspector = town.staff(Role::Inspector, None).await;
        let found = inspector.get(&format!("/desk/search?q={SECRET}")).await;
        assert!(found.status == StatusCode::OK && found.text().contains("HUSHED01"));
    })
    .await;
}

#[tokio::test]
async fn hidden_reports_take_no_place_among_the_newest_that_a_search_looks_at() {
    for_each_engine(async |db| {
        let decoys = (0..300)
            .map(|n| a_report(&format!("SEEN{n:04}"), "pothole").saying(DECOY).hours_ago(300 - n));
        put(&db, decoys).await;
        put(&db, kinds(DECOY)).await;
        let found = db.read(move |conn| {
            let filter = Filter { text: Some(DECOY.to_owned()), ..Filter::default() };
            let listing = Listing {
                filter: &filter,
                visibility: &Visibility::Public,
                sort: Sort::Newest,
                after: None,
                limit: 1_000,
                now: now(),
            };
            list_store::list(conn, &listing)
        });
        assert_eq!(found.await.unwrap().rows.len(), 300, "{:?}", db.engine());
    })
    .await;
}
