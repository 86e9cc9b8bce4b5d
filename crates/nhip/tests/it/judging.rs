//! After the result: whether it is really fixed, asked with both photos side by side, and asked again once.

use crate::support::city::Part;
use crate::support::town::{Town, in_hue};
use axum::http::StatusCode;
use domain::actor::Role;
use domain::service_request::workflow::Verb;
use std::io::Cursor;

const SERVICE: &str = "unpermitted-building";
const AGAIN: &str = "ask again whether it is fixed";

fn a_photo(tint: u8) -> Vec<u8> {
    let image =
        image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([(x * 4) as u8, (y * 5) as u8, tint]));
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// A report with a photo of its reporter's, answered with another, published on Tuesday, 10 March, at 15:00.
async fn published(town: &Town, address: &str) -> String {
    let code = town.sent(SERVICE, address).await;
    let (before, after) = (a_photo(10), a_photo(200));
    let mut reporter = town.reporter(&code).await;
    let photos = [Part::File { name: "photos", file: "before.jpg", bytes: &before }];
    let added = reporter.upload(&format!("/my/{code}/photos"), &photos).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    town.does(Role::Operator, &code, "accept", &[]).await;
    let report = town.report(&code).await;
    let version = report.version.to_string();
    let parts = [
        Part::Text("version", &version),
        Part::Text("outcome", "fixed"),
        Part::Text("reason", "The wall is gone"),
        Part::File { name: "photos", file: "after.jpg", bytes: &after },
    ];
    let mut officer = town.staff(Role::Officer, Some(&report.agency)).await;
    let answered = officer.upload(&format!("/desk/reports/{code}/answer"), &parts).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.text());
    town.does(Role::Reviewer, &code, "publish", &[]).await;
    code
}

async fn reminders(town: &Town, code: &str) -> usize {
    let letters = town.letters(code).await;
    letters.iter().filter(|letter| *letter == "reporter remind").count()
}

#[tokio::test]
async fn whoever_has_not_judged_is_asked_once_more_and_never_again() {
    in_hue(async |town| {
        let code = published(&town, "hoa@example.org").await;
        town.at("2026-03-13T14:30").job(AGAIN).await;
        assert_eq!(reminders(&town, &code).await, 0, "not before three days are over");
        town.at("2026-03-13T15:30").job(AGAIN).await;
        assert_eq!(reminders(&town, &code).await, 1);
        for day in ["2026-03-13T16:30", "2026-03-17T09:00", "2026-03-23T09:00"] {
            town.at(day).job(AGAIN).await;
        }
        assert_eq!(reminders(&town, &code).await, 1, "once");
        // Done again and published again: they know the question by now.
        town.reporter_does(
            &code,
            "rate",
            &[("rating", "not_satisfied"), ("reason", "It stands"), ("again", "1")],
        )
        .await;
        let report = town.report(&code).await;
        assert_eq!(report.reopenings, 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_judged_withdrawn_or_was_long_ago_is_not_asked_again() {
    in_hue(async |town| {
        let judged = published(&town, "hoa@example.org").await;
        town.reporter_does(&judged, "rate", &[("rating", "satisfied")]).await;
        let old = published(&town, "lan@example.org").await;
        let withdrawn = town.sent(SERVICE, "minh@example.org").await;
        town.reporter_does(&withdrawn, "withdraw", &[]).await;
        town.at("2026-03-25T09:00").job(AGAIN).await;
        for code in [judged, old, withdrawn] {
            assert_eq!(reminders(&town, &code).await, 0, "{code}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_question_shows_both_photos_and_takes_one_of_how_it_looks_now() {
    in_hue(async |town| {
        let code = published(&town, "hoa@example.org").await;
        let report = town.report(&code).await;
        let mut reporter = town.reporter(&code).await;
        let page = reporter.get(&format!("/my/{code}?lang=en")).await.text();
        assert!(
            page.contains("Is it really fixed?") && page.contains("data-before-after"),
            "{page}"
        );
        for photo in [report.photo.unwrap(), report.result_photo.unwrap()] {
            assert!(page.contains(photo.as_str()), "{photo} is not beside the other:\n{page}");
        }
        let now = a_photo(90);
        let parts = [
            Part::Text("rating", "not_satisfied"),
            Part::Text("reason", "It stands there as before"),
            Part::Text("again", "1"),
            Part::File { name: "photos", file: "now.jpg", bytes: &now },
        ];
        let rated = reporter.upload(&format!("/my/{code}/rate?lang=en"), &parts).await;
        assert_eq!(rated.status, StatusCode::SEE_OTHER, "{}", rated.text());
        let events = town.events(&code).await;
        let rated = events.iter().find(|event| event.verb == Verb::Rate).unwrap();
        let [photo] = rated.data.media.as_slice() else { panic!("{rated:?}") };
        assert_eq!(events.last().unwrap().verb, Verb::Reopen);
        let seen = town.page(&format!("/reports/{code}"), "en").await;
        assert!(seen.contains(photo.as_str()), "everybody sees how it looks:\n{seen}");
    })
    .await;
}
