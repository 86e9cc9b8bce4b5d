//! Following lists: by letters at once, by bulletins, with one page to see and stop them all. On both databases, over
//! HTTP, the clock moved by hand.

use crate::support::city::{City, Part};
use crate::support::db::for_each_engine;
use crate::support::town::Town;
use axum::http::StatusCode;
use domain::actor::Role;
use nhip::platform::db::params;

/// Runs `test` in the harbour town on each database, from Tuesday, 10 March 2026, 09:00 on.
pub async fn in_town(test: impl AsyncFn(Town)) {
    for_each_engine(async |db| test(Town::of(City::on(db))).await).await;
}

/// Letters to somebody, in the order in which they were called for: subject and text.
pub async fn letters_to(town: &Town, to: &str) -> Vec<String> {
    town.job("make letters of events").await;
    town.job("send letters").await;
    let folder = town.city.app.config.data.join("letters");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read =
        |path| std::fs::read_to_string(path).unwrap().replace("=\r\n", "").replace("=3D", "=");
    files.iter().map(read).filter(|letter| letter.contains(&format!("To: {to}"))).collect()
}

/// The first link in a letter that begins with this.
pub fn link(letter: &str, path: &str) -> String {
    let at =
        letter.find(&format!("http://harbour.example{path}")).unwrap_or_else(|| panic!("{letter}"));
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '>' | '<');
    letter[at..].split(ends).next().unwrap().to_owned()
}

/// Somebody follows a list and confirms it.
async fn follows(town: &Town, query: &str, address: &str, rhythm: &str) {
    let before = letters_to(town, address).await.len();
    let mut browser = town.city.visitor();
    let fields = [("email", address), ("rhythm", rhythm)];
    let asked = browser.post(&format!("/follow?{query}"), &fields).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text());
    let letters = letters_to(town, address).await;
    assert_eq!(letters.len(), before + 1, "one that asks");
    let confirm = link(letters.last().unwrap(), "/letters/follow/");
    // Looked at, as a mail scanner does, it confirms nothing.
    assert_eq!(browser.get(&confirm).await.status, StatusCode::OK);
    assert_eq!(browser.post(&confirm, &[]).await.status, StatusCode::OK);
}

async fn is_settled(town: &Town, code: &str) {
    town.does(Role::Operator, code, "accept", &[]).await;
    town.does(Role::Officer, code, "start", &[]).await;
    let report = town.report(code).await;
    let version = report.version.to_string();
    let answer = [
        Part::Text("version", &version),
        Part::Text("outcome", "not_found"),
        Part::Text("reason", "There was nothing there."),
    ];
    let mut officer = town.staff(Role::Officer, Some(&report.agency)).await;
    let answered = officer.upload(&format!("/desk/reports/{code}/answer"), &answer).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.text());
    town.does(Role::Reviewer, code, "publish", &[]).await;
}

#[tokio::test]
async fn who_follows_a_list_hears_at_once_of_what_is_new_settled_and_open_again_and_of_nothing_else()
 {
    in_town(async |town| {
        let mut before = town.city.visitor();
        let fields = [("email", "lan@example.org"), ("rhythm", "at_once")];
        before.post("/follow?service=pothole", &fields).await;
        let early = town.sent("pothole", "hoa@example.org").await;
        assert_eq!(letters_to(&town, "lan@example.org").await.len(), 1, "not confirmed");
        let asked = letters_to(&town, "lan@example.org").await.remove(0);
        before.post(&link(&asked, "/letters/follow/"), &[]).await;
        follows(&town, "area=quays&q=prize", "lan@example.org", "at_once").await;
        let mut heard = letters_to(&town, "lan@example.org").await.len();

        let code = town.sent("pothole", "hoa@example.org").await;
        let letters = letters_to(&town, "lan@example.org").await;
        assert_eq!(letters.len(), heard + 1, "two follows find it, one letter tells it");
        let news = letters.last().unwrap();
        assert!(news.contains(&format!("/reports/{code}")), "{news}");
        assert!(!news.contains("evil.example") && !news.contains("prize at"), "{news}");
        assert!(news.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
        heard += 1;

        is_settled(&town, &early).await;
        let letters = letters_to(&town, "lan@example.org").await;
        assert_eq!(letters.len(), heard + 1, "the result, and no step before it");
        assert!(letters.last().unwrap().contains("There was nothing there."));
        heard += 1;
        let again = [("rating", "not_satisfied"), ("reason", "It is there."), ("again", "1")];
        town.reporter_does(&early, "rate", &again).await;
        assert_eq!(letters_to(&town, "lan@example.org").await.len(), heard + 1, "open again");
        heard += 1;

        // The letter's own link stops the list it is about; the other one still finds the next.
        let stop = link(&news.clone(), "/letters/stop/");
        let mut program = town.city.visitor();
        program.post(&stop, &[("List-Unsubscribe", "One-Click")]).await;
        town.sent("pothole", "hoa@example.org").await;
        assert_eq!(letters_to(&town, "lan@example.org").await.len(), heard + 1);
        let mine = link(&news.clone(), "/follows/");
        program.post(&mine, &[("stop", "all")]).await;
        town.sent("pothole", "hoa@example.org").await;
        assert_eq!(letters_to(&town, "lan@example.org").await.len(), heard + 1, "all stopped");
    })
    .await;
}

#[tokio::test]
async fn nobody_hears_of_what_the_public_does_not_see() {
    in_town(async |town| {
        follows(&town, "", "lan@example.org", "at_once").await;
        let heard = letters_to(&town, "lan@example.org").await.len();
        town.sent("conduct", "hoa@example.org").await;
        assert_eq!(letters_to(&town, "lan@example.org").await.len(), heard, "about an official");
        // Hidden after it was called for and before it is sent.
        let code = town.sent("pothole", "hoa@example.org").await;
        town.job("make letters of events").await;
        town.does(Role::Administrator, &code, "hide", &[("reason", "It names somebody.")]).await;
        assert_eq!(letters_to(&town, "lan@example.org").await.len(), heard, "hidden meanwhile");
        // The reporter who follows the list knows what they sent.
        follows(&town, "", "hoa@example.org", "at_once").await;
        let heard = letters_to(&town, "hoa@example.org").await.len();
        town.sent("pothole", "hoa@example.org").await;
        assert_eq!(
            letters_to(&town, "hoa@example.org").await.len(),
            heard + 1,
            "the receipt alone"
        );
    })
    .await;
}

#[tokio::test]
async fn a_bulletin_comes_on_mornings_after_something_happened_and_tells_it_once() {
    in_town(async |town| {
        town.job("gather bulletins").await;
        follows(&town, "service=pothole", "lan@example.org", "day").await;
        follows(&town, "service=graffiti", "lan@example.org", "day").await;
        follows(&town, "", "minh@example.org", "week").await;
        let confirmed = letters_to(&town, "lan@example.org").await.len();
        let morning = async |at: &str| {
            town.at(at);
            town.job("gather bulletins").await;
            town.job("gather bulletins").await;
            letters_to(&town, "lan@example.org").await
        };
        assert_eq!(morning("2026-03-11T07:03").await.len(), confirmed, "nothing happened");

        let (first, second) = (
            town.sent("pothole", "hoa@example.org").await,
            town.sent("pothole", "hoa@example.org").await,
        );
        let hidden = town.sent("pothole", "hoa@example.org").await;
        is_settled(&town, &first).await;
        assert_eq!(morning("2026-03-12T06:59").await.len(), confirmed, "not before seven");
        town.at("2026-03-12T07:03");
        town.job("gather bulletins").await;
        town.does(Role::Administrator, &hidden, "hide", &[("reason", "It names somebody.")]).await;
        let letters = letters_to(&town, "lan@example.org").await;
        assert_eq!(letters.len(), confirmed + 1, "one letter for both lists");
        let bulletin = letters.last().unwrap();
        for told in [
            "Subject: Since yesterday morning: 2 new, 1 closed",
            &format!("/reports/{first}"),
            &format!("/reports/{second}"),
            "2 new · 1 closed",
        ] {
            assert!(decoded(bulletin).contains(told), "{told} in {bulletin}");
        }
        assert!(!bulletin.contains(&hidden) && !bulletin.contains("evil"), "{bulletin}");
        assert_eq!(morning("2026-03-13T07:03").await.len(), confirmed + 1, "told once");

        // On Monday, those of the week; who slept through a morning hears of it all the same.
        town.sent("pothole", "hoa@example.org").await;
        assert_eq!(morning("2026-03-16T09:30").await.len(), confirmed + 2);
        let minh = letters_to(&town, "minh@example.org").await;
        assert!(
            decoded(minh.last().unwrap()).contains("Subject: Last week: 3 new, 1 closed"),
            "{minh:?}"
        );

        // One click stops the mornings, and only them.
        let stop = link(bulletin, "/letters/stop/");
        town.city.visitor().post(&stop, &[("List-Unsubscribe", "One-Click")]).await;
        town.sent("pothole", "hoa@example.org").await;
        assert_eq!(morning("2026-03-17T09:30").await.len(), confirmed + 2);
    })
    .await;
}

/// Subjects and texts with marks, as people read them.
fn decoded(letter: &str) -> String {
    letter.replace("=C2=B7", "·").replace("=20", " ")
}

#[tokio::test]
async fn one_page_shows_all_that_somebody_follows_and_changes_and_stops_each() {
    in_town(async |town| {
        follows(&town, "area=quays", "lan@example.org", "day").await;
        let code = town.sent("pothole", "hoa@example.org").await;
        let mut lan = town.city.citizen("lan@example.org").await;
        let at_once = lan.post(&format!("/reports/{code}/follow"), &[]).await;
        assert_eq!(at_once.status, StatusCode::OK, "{}", at_once.text());
        assert_eq!(lan.post("/follow?q=light", &[("rhythm", "week")]).await.status, StatusCode::OK);
        let page = lan.get("/my/follows?lang=en").await.text();
        let ids: Vec<&str> = page
            .split("name=\"stop\" value=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .filter(|id| *id != "all")
            .collect();
        assert_eq!(ids.len(), 3, "{page}");
        for told in [&code[..4], "The Quays", "“light”", "/reports.atom?q=light"] {
            assert!(page.contains(told), "{told} in {page}");
        }
        let changed =
            lan.post("/my/follows?lang=en", &[("follow", ids[0]), ("rhythm", "at_once")]).await;
        assert_eq!(changed.status, StatusCode::OK);
        // Somebody else can neither stop nor change it.
        let mut minh = town.city.citizen("minh@example.org").await;
        minh.post("/my/follows", &[("stop", ids[0])]).await;
        minh.post("/my/follows", &[("stop", "all")]).await;
        assert_eq!(running(&town).await, ["at_once", "at_once", "day"]);
        lan.post("/my/follows", &[("stop", ids[0])]).await;
        assert_eq!(running(&town).await.len(), 2);
        lan.post("/my/follows", &[("stop", "all")]).await;
        assert!(running(&town).await.is_empty());

        let mut stranger = town.city.visitor();
        assert_eq!(stranger.get("/follows/01P.0000").await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            stranger.post("/follows/01P.0000", &[("stop", "all")]).await.status,
            StatusCode::NOT_FOUND
        );
        let page = stranger.get("/my/follows?lang=en").await;
        assert!(page.status == StatusCode::OK && page.text().contains("/sign-in/link"));
    })
    .await;
}

/// Rhythms of all that runs.
async fn running(town: &Town) -> Vec<String> {
    let read = town.city.app.db.read(|conn| {
        conn.query(
            "SELECT rhythm FROM follow WHERE confirmed_at IS NOT NULL AND stopped_at IS NULL ORDER BY rhythm",
            params![],
            |row| row.get::<String>(0),
        )
    });
    read.await.unwrap()
}

#[tokio::test]
async fn another_rhythm_asked_for_by_a_stranger_changes_nothing_until_the_owner_says_so() {
    in_town(async |town| {
        follows(&town, "area=quays", "lan@example.org", "day").await;
        let heard = letters_to(&town, "lan@example.org").await.len();
        let mut somebody = town.city.visitor();
        let ask = async |browser: &mut crate::support::city::Browser<'_>, rhythm: &str| {
            let fields = [("email", "lan@example.org"), ("rhythm", rhythm)];
            browser.post("/follow?sort=oldest&area=quays", &fields).await;
        };
        ask(&mut somebody, "day").await;
        assert_eq!(letters_to(&town, "lan@example.org").await.len(), heard, "it runs already");
        ask(&mut somebody, "week").await;
        ask(&mut somebody, "week").await;
        let letters = letters_to(&town, "lan@example.org").await;
        assert_eq!(letters.len(), heard + 1);
        assert_eq!(running(&town).await, ["day"]);
        somebody.post(&link(letters.last().unwrap(), "/letters/follow/"), &[]).await;
        assert_eq!(running(&town).await, ["week"]);
    })
    .await;
}
