//! Lateness is never silent, over HTTP and on both databases, the clock moved by hand: a late report tops its agency's
//! queue until there is a word and a day, and whether the day was kept stands in public.

use crate::support::town::{Town, in_hue};
use axum::http::StatusCode;
use domain::actor::Role;
use domain::service_request::workflow::Verb;
use nhip::service_request::action::promise;

const SERVICE: &str = "unpermitted-building";
const SWEEP: &str = "see which promises are over";

/// Sent and accepted on Tuesday 10 March: due at the end of Thursday the 19th.
async fn accepted(town: &Town, address: &str) -> String {
    let code = town.sent(SERVICE, address).await;
    town.does(Role::Operator, &code, "accept", &[]).await;
    code
}

/// A late report, whose officer says how it stands and names Friday, 27 March.
async fn with_a_day(town: &Town) -> String {
    let code = accepted(town, "hoa@example.org").await;
    town.at("2026-03-24T09:00");
    let said = [("reason", "The stone is ordered"), ("planned_for", "2026-03-27")];
    town.does(Role::Officer, &code, "progress", &said).await;
    code
}

async fn states(town: &Town, code: &str) -> Vec<&'static str> {
    let id = code.parse().unwrap();
    let all = town.city.app.db.read(move |conn| promise::of(conn, &id)).await.unwrap();
    all.into_iter().map(|promise| promise.state.as_str()).collect()
}

#[tokio::test]
async fn a_late_report_says_so_in_public_until_there_is_a_word_and_a_day() {
    in_hue(async |town| {
        let code = accepted(&town, "hoa@example.org").await;
        let path = format!("/reports/{code}");
        assert!(!town.page(&path, "en").await.contains("no explanation yet"));
        town.at("2026-03-24T09:00");
        let page = town.page(&path, "en").await;
        assert!(page.contains("3 working days late, no explanation yet"), "{page}");
        let page = town.page(&path, "vi").await;
        assert!(page.contains("trễ hạn 3 ngày làm việc, chưa có giải thích"), "{page}");

        let refused = town.tries(Role::Officer, &code, "progress", &[("reason", "Soon")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "a word alone is no day");
        let said = [("reason", "The stone is ordered"), ("planned_for", "2026-03-27")];
        town.does(Role::Officer, &code, "progress", &said).await;
        let page = town.page(&path, "en").await;
        assert!(page.contains("3 working days late, to be done by 27 Mar 2026"), "{page}");
        assert!(page.contains("The stone is ordered") && !page.contains("no explanation yet"));
        let page = town.page(&path, "vi").await;
        assert!(
            page.contains("trễ hạn 3 ngày làm việc, hẹn xong chậm nhất ngày 27/03/2026"),
            "{page}"
        );
        // As long as a day stands, a word needs no other.
        town.does(Role::Officer, &code, "progress", &[("reason", "It came")]).await;
        assert_eq!(states(&town, &code).await, ["standing"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_late_without_a_word_tops_the_queue_of_its_agency() {
    in_hue(async |town| {
        let explained = accepted(&town, "hoa@example.org").await;
        town.at("2026-03-11T09:00");
        let silent = accepted(&town, "lan@example.org").await;
        town.at("2026-03-20T09:00");
        let fresh = accepted(&town, "minh@example.org").await;
        let agency = town.report(&silent).await.agency;
        assert_eq!(agency, town.report(&explained).await.agency);
        town.at("2026-03-24T09:00");
        let said = [("reason", "The stone is ordered"), ("planned_for", "2026-03-27")];
        town.does(Role::Officer, &explained, "progress", &said).await;
        let mut officer = town.staff(Role::Officer, Some(&agency)).await;
        let queue = officer.get("/desk?lang=en").await.text();
        let place = |what: &str| queue.find(what).unwrap_or_else(|| panic!("{what}: {queue}"));
        let row = |code: &str| place(&format!("data-row=\"{code}:"));
        let order = [
            place("Late, and no word yet"),
            row(&silent),
            place("<h2>Late</h2>"),
            row(&explained),
            row(&fresh),
        ];
        assert!(order.is_sorted(), "{order:?} {queue}");
        assert!(queue.contains("name a completion date"), "{queue}");
        let queue = officer.get("/desk?lang=vi").await.text();
        assert!(queue.contains("Trễ hạn, chưa giải thích"), "{queue}");
    })
    .await;
}

#[tokio::test]
async fn a_day_that_passes_is_broken_in_public_and_a_word_is_owed_again() {
    in_hue(async |town| {
        let code = with_a_day(&town).await;
        town.at("2026-03-27T23:00").job(SWEEP).await;
        assert_eq!(states(&town, &code).await, ["standing"], "the day is not over");
        town.at("2026-03-28T00:30").job(SWEEP).await;
        town.job(SWEEP).await;
        assert_eq!(states(&town, &code).await, ["broken"]);
        let broken = town.verbs(&code).await.into_iter().filter(|v| *v == Verb::PromiseBroken);
        assert_eq!(broken.count(), 1, "once");
        let page = town.page(&format!("/reports/{code}"), "en").await;
        assert!(page.contains("The promised day was not kept"), "{page}");
        assert!(page.contains("no explanation yet"), "a word is owed again: {page}");
        for (lang, said) in [("en", "not kept"), ("vi", "sai hẹn")] {
            let slip = town.page(&format!("/reports/{code}/slip"), lang).await;
            assert!(slip.contains(said), "{slip}");
        }
        let letters = town.letters(&code).await;
        assert!(letters.contains(&"reporter promise_broken".to_owned()), "{letters:?}");
    })
    .await;
}

#[tokio::test]
async fn an_answer_handed_in_by_the_day_keeps_it_whenever_the_centre_publishes_it() {
    in_hue(async |town| {
        let code = with_a_day(&town).await;
        town.at("2026-03-27T16:00");
        let answer = [("outcome", "no_authority"), ("reason", "It is the state's land")];
        town.does(Role::Officer, &code, "answer", &answer).await;
        town.at("2026-03-30T09:00").job(SWEEP).await;
        assert_eq!(states(&town, &code).await, ["standing"], "it waits for the centre");
        town.does(Role::Reviewer, &code, "publish", &[]).await;
        assert_eq!(states(&town, &code).await, ["kept"]);
        let page = town.page(&format!("/reports/{code}"), "vi").await;
        assert!(page.contains("Đúng hẹn"), "{page}");
        let slip = town.page(&format!("/reports/{code}/slip"), "en").await;
        assert!(slip.contains("Named once it was late") && slip.contains("kept"), "{slip}");
    })
    .await;
}

#[tokio::test]
async fn putting_the_day_off_breaks_it_and_handing_the_case_on_voids_it() {
    in_hue(async |town| {
        let code = with_a_day(&town).await;
        let later = [("reason", "It rains"), ("planned_for", "2026-03-31")];
        town.does(Role::Officer, &code, "progress", &later).await;
        assert_eq!(states(&town, &code).await, ["broken", "standing"]);
        assert_eq!(
            town.report(&code).await.committed_for.unwrap().to_string(),
            "2026-03-31",
            "the new day stands"
        );
        town.does(Role::Officer, &code, "give_back", &[("reason", "It is not ours")]).await;
        assert_eq!(states(&town, &code).await, ["broken", "void"]);
        assert_eq!(town.report(&code).await.committed_for, None);
    })
    .await;
}
