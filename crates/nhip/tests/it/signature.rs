//! The line under every report, on both databases, the clock moved by hand: the step that is owed now has its own deadline
//! beside the promise of the whole case, and what was closed late says so.

use crate::following::letters_to;
use crate::support::town::{Town, in_hue};
use domain::actor::Role;

const SERVICE: &str = "unpermitted-building";

async fn line_of(town: &Town, code: &str) -> String {
    let page = town.page(&format!("/reports/{code}"), "en").await;
    let (_, line) = page.split_once("class=\"clock ").unwrap_or_else(|| panic!("{page}"));
    line.split_once("</progress>").unwrap().0.to_owned()
}

fn says(line: &str, wanted: &[&str]) {
    for words in wanted {
        assert!(line.contains(words), "{words}: {line}");
    }
}

#[tokio::test]
async fn the_step_that_is_owed_now_has_its_own_deadline_beside_the_promise() {
    in_hue(async |town| {
        // Tuesday 15:00: the centre has four working hours, the city seven working days.
        let code = town.sent(SERVICE, "hoa@example.org").await;
        let promise = ["result due Thu 19 Mar, 17:00", "7 working days left"];
        let line = line_of(&town, &code).await;
        says(&line, &["triage and assign", "by Wed 11 Mar, 09:30", "4 working hours left"]);
        says(&line, &promise);
        let step = town.report(&code).await.step.unwrap();
        assert_eq!(step.due.unwrap().to_string(), "2026-03-11T02:30:00Z");
        for path in ["/reports", "/"] {
            says(&town.page(path, "en").await, &["by Wed 11 Mar, 09:30", promise[0]]);
        }
        let own = town.reporter(&code).await.get(&format!("/my/{code}?lang=en")).await.text();
        says(&own, &["4 working hours left", promise[0], promise[1]]);
        let mut operator = town.staff(Role::Operator, None).await;
        says(&operator.get("/desk/intake?lang=en").await.text(), &["4 working hours left"]);

        town.does(Role::Operator, &code, "accept", &[]).await;
        let line = line_of(&town, &code).await;
        says(&line, &["A person in charge and a date", "by Wed 11 Mar, 09:30", promise[0]]);
        town.does(Role::Officer, &code, "start", &[]).await;
        let line = line_of(&town, &code).await;
        says(&line, &["An answer with a photo of the result", "by Tue 17 Mar, 17:00"]);
        says(&line, &["5 working days left", promise[0], promise[1]]);
    })
    .await;
}

#[tokio::test]
async fn a_step_may_be_late_while_the_promise_is_not() {
    in_hue(async |town| {
        let code = town.sent(SERVICE, "hoa@example.org").await;
        town.at("2026-03-11T09:00");
        says(&line_of(&town, &code).await, &["by 09:30 today", "30 working minutes left"]);
        town.at("2026-03-11T10:30");
        let line = line_of(&town, &code).await;
        says(&line, &["clock-late", "1 hour late", "6 working days left"]);
    })
    .await;
}

#[tokio::test]
async fn a_question_stops_both_clocks_and_names_neither() {
    in_hue(async |town| {
        let code = town.sent(SERVICE, "hoa@example.org").await;
        town.does(Role::Operator, &code, "ask", &[("reason", "Which house?")]).await;
        let line = line_of(&town, &code).await;
        says(&line, &["clock-paused", "paused"]);
        assert!(!line.contains("result due"), "{line}");
        assert_eq!(town.report(&code).await.step.unwrap().due, None);
        town.reporter_does(&code, "reply", &[("reason", "The blue one")]).await;
        says(&line_of(&town, &code).await, &["4 working hours left", "result due"]);
    })
    .await;
}

async fn closed(town: &Town, at: &str) -> String {
    let code = town.sent(SERVICE, "hoa@example.org").await;
    town.does(Role::Operator, &code, "accept", &[]).await;
    town.at(at);
    let answer = [("outcome", "no_authority"), ("reason", "It is the state's land")];
    town.does(Role::Officer, &code, "answer", &answer).await;
    town.does(Role::Reviewer, &code, "publish", &[]).await;
    code
}

#[tokio::test]
async fn what_was_closed_late_says_so_wherever_it_stands() {
    in_hue(async |town| {
        let code = closed(&town, "2026-03-24T15:00").await;
        let late = "closed after 14 days, 3 working days late";
        says(&line_of(&town, &code).await, &["clock-late", late]);
        says(&town.page("/reports", "en").await, &[late]);
        says(&town.page("/reports", "vi").await, &["đóng sau 14 ngày, trễ hạn 3 ngày làm việc"]);
        let own = town.reporter(&code).await.get(&format!("/my/{code}?lang=en")).await.text();
        says(&own, &[late]);
        let letters = letters_to(&town, "hoa@example.org").await;
        says(&letters.concat(), &[late]);
        assert!(town.report(&code).await.step.is_none(), "nothing is owed any more");
    })
    .await;
}

#[tokio::test]
async fn what_was_closed_in_time_says_so_too() {
    in_hue(async |town| {
        let code = closed(&town, "2026-03-13T16:00").await;
        says(&line_of(&town, &code).await, &["clock-closed", "closed after 3 days, in time"]);
    })
    .await;
}

#[tokio::test]
async fn the_letter_of_acceptance_says_who_does_what_by_when_and_asks_nothing() {
    in_hue(async |town| {
        let code = town.sent(SERVICE, "hoa@example.org").await;
        town.does(Role::Operator, &code, "accept", &[]).await;
        // It can no longer be taken back.
        town.city.later(jiff::SignedDuration::from_secs(11));
        let letters = letters_to(&town, "hoa@example.org").await;
        let letter = letters.iter().find(|letter| letter.contains(": accepted")).unwrap();
        says(letter, &["A person in charge and a date", "by Wed 11 Mar, 09:30"]);
        says(letter, &["Thu 19 Mar, 17:00", "7 working days left"]);
    })
    .await;
}

/// Letters that ask whether it is done are those that come when a promised day has come, and no others.
#[test]
fn only_the_letter_of_a_promised_day_asks_whether_it_is_done() {
    let asks = [
        ("en", "Is it done?"),
        ("vi", "Việc đã xong chưa?"),
        ("fr", "Est-ce fait"),
        ("ja", "終わっていますか"),
        ("ko", "다 되었나요"),
        ("zh", "办完了吗"),
    ];
    for (lang, question) in asks {
        let path = format!("{}/../../translations/{lang}/mail.ftl", env!("CARGO_MANIFEST_DIR"));
        let letters = std::fs::read_to_string(path).unwrap();
        let asking: Vec<&str> = letters
            .lines()
            .filter(|line| line.contains(question))
            .map(|line| line.split(" = ").next().unwrap())
            .collect();
        assert_eq!(asking, ["mail-promise_due-text"], "{lang}");
    }
}
