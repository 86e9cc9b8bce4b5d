//! What public pages say first and say of themselves: the result before the story, what a page of numbers is of, how many
//! were found, who is responsible.

use crate::support::town::{Town, in_hue};
use domain::actor::Role;

const SERVICE: &str = "unpermitted-building";

async fn closed(town: &Town) -> String {
    let code = town.sent(SERVICE, "hoa@example.org").await;
    town.does(Role::Operator, &code, "accept", &[]).await;
    let answer = [("outcome", "no_authority"), ("reason", "It is the state's land")];
    town.does(Role::Officer, &code, "answer", &answer).await;
    code
}

fn place(page: &str, words: &str) -> usize {
    page.find(words).unwrap_or_else(|| panic!("{words}: {page}"))
}

#[tokio::test]
async fn the_answer_stands_before_the_story_and_only_once_it_is_published() {
    in_hue(async |town| {
        let code = closed(&town).await;
        let path = format!("/reports/{code}");
        let page = town.page(&path, "en").await;
        assert!(!page.contains("class=\"ending\""), "{page}");
        town.does(Role::Reviewer, &code, "publish", &[]).await;
        let page = town.page(&path, "en").await;
        let order = ["class=\"ending\"", "It is the state", "class=\"story\"", "id=\"discussion\""];
        assert!(order.map(|words| place(&page, words)).is_sorted(), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_refusal_and_a_report_that_was_joined_say_why_at_the_top_too() {
    in_hue(async |town| {
        let code = town.sent(SERVICE, "hoa@example.org").await;
        let why = [("code", "emergency"), ("reason", "Call them")];
        town.does(Role::Operator, &code, "refuse", &why).await;
        let page = town.page(&format!("/reports/{code}"), "en").await;
        assert!(place(&page, "Call them") < place(&page, "class=\"story\""), "{page}");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_asked_whether_they_have_it_too_where_it_no_longer_counts() {
    in_hue(async |town| {
        let code = closed(&town).await;
        let path = format!("/reports/{code}");
        assert!(town.page(&path, "en").await.contains("Is it the same for you?"));
        town.does(Role::Reviewer, &code, "publish", &[]).await;
        assert!(!town.page(&path, "en").await.contains("Is it the same for you?"));
    })
    .await;
}

#[tokio::test]
async fn who_reopens_a_report_is_not_told_that_work_has_begun() {
    in_hue(async |town| {
        let code = closed(&town).await;
        town.does(Role::Reviewer, &code, "publish", &[]).await;
        let again = [("rating", "not_satisfied"), ("reason", "It is there"), ("again", "1")];
        let page = town.reporter_does(&code, "rate", &again).await;
        assert!(page.contains("again. Work has not started."), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_page_of_numbers_names_what_it_is_of() {
    in_hue(async |town| {
        let heading = async |path: &str| {
            let page = town.page(path, "en").await;
            let (_, rest) = page.split_once("<h1>").unwrap();
            rest.split_once("</h1>").unwrap().0.to_owned()
        };
        assert_eq!(heading("/stats").await, "City statistics");
        let narrowed = heading("/stats?area=19753&field=environment&period=90d").await;
        assert!(narrowed.starts_with("Phú Xuân") && narrowed.contains("90 days"), "{narrowed}");
        let agencies = heading("/agencies?area=19753").await;
        assert!(agencies.contains(" · Phú Xuân"), "{agencies}");
    })
    .await;
}

#[tokio::test]
async fn a_list_says_how_many_were_found() {
    in_hue(async |town| {
        for n in 0..23 {
            town.sent(SERVICE, &format!("p{n}@example.org")).await;
        }
        let found = "<p class=\"hint\">23 reports</p>";
        for path in ["/reports", "/reports?field=construction", "/reports?q=prize"] {
            let page = town.page(path, "en").await;
            assert!(page.contains(found) || page.contains("Nothing found"), "{path}: {page}");
        }
        assert!(town.page("/reports", "en").await.contains(found));
        assert!(town.page("/reports?q=prize", "en").await.contains(found));
    })
    .await;
}

#[tokio::test]
async fn the_table_of_agencies_is_sorted_by_the_column_that_is_asked_for() {
    in_hue(async |town| {
        let code = town.sent(SERVICE, "hoa@example.org").await;
        town.job("keep the numbers in step").await;
        let page = town.page("/agencies?sort=received", "en").await;
        assert!(page.contains("aria-sort=\"descending\""), "{page}");
        assert!(
            page.contains("sort=received&#38;up=1") || page.contains("sort=received&amp;up=1"),
            "{page}"
        );
        let page = town.page("/agencies?sort=received&up=1", "en").await;
        assert!(page.contains("aria-sort=\"ascending\""), "{page}");
        assert!(!town.report(&code).await.agency.as_str().is_empty());
    })
    .await;
}

#[tokio::test]
async fn everybody_finds_who_is_responsible_what_becomes_of_their_data_and_how_to_get_in_touch() {
    in_hue(async |town| {
        let front = town.page("/", "vi").await;
        for link in ["/about#operator", "/about#privacy", "/about#access", "facebook.com"] {
            assert!(front.contains(link), "{link}");
        }
        assert!(front.contains("id=\"front-q\""), "a code can be looked up on a telephone");
        let about = town.page("/about", "vi").await;
        for words in
            ["id=\"operator\"", "id=\"privacy\"", "Luật Bảo vệ dữ liệu cá nhân", "WCAG 2.2"]
        {
            assert!(about.contains(words), "{words}: {about}");
        }
        let data = town.page("/open-data", "en").await;
        assert!(data.contains("rel=\"license") && data.contains("https://github.com/"), "{data}");
    })
    .await;
}

#[tokio::test]
async fn a_code_is_found_as_people_paste_it() {
    in_hue(async |town| {
        let code = town.sent(SERVICE, "hoa@example.org").await;
        let (a, b) = code.split_at(4);
        for pasted in [
            format!("mã+{a}-{b}"),
            format!("{a}%E2%80%93{b}"),
            format!("{a}%E2%80%91{b}"),
            format!("%23{a}%C2%A0{b}"),
        ] {
            let answer = town.city.visitor().get(&format!("/reports?q={pasted}")).await;
            assert_eq!(answer.location(), format!("/reports/{code}"), "{pasted}");
        }
    })
    .await;
}
