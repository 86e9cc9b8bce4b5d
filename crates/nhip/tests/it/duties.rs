//! Promises, explanations, appeals, reports that come again, and cards, over HTTP and on both databases, in both
//! languages, the clock moved by hand.

use crate::support::city::Part;
use crate::support::town::{Town, in_hue};
use axum::http::StatusCode;
use domain::actor::Role;
use domain::card::{CardColour, CardRule, Measure};
use domain::localized::Localized;
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, State};
use std::io::Cursor;

const SERVICE: &str = "unpermitted-building";

async fn accepted(town: &Town, address: &str) -> String {
    let code = town.sent(SERVICE, address).await;
    town.does(Role::Operator, &code, "accept", &[]).await;
    code
}

/// Answered and published, with this outcome; `fixed` with a photo.
async fn settled(town: &Town, code: &str, outcome: &str, date: &str) {
    let report = town.report(code).await;
    let version = report.version.to_string();
    let mut officer = town.staff(Role::Officer, Some(&report.agency)).await;
    let mut parts = vec![
        Part::Text("version", &version),
        Part::Text("outcome", outcome),
        Part::Text("reason", "We were there"),
        Part::Text("planned_for", date),
    ];
    // Proof is not to be the same for two reports.
    let tint = code.bytes().map(u32::from).sum::<u32>() as u8;
    let image =
        image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([(x * 4) as u8, (y * 5) as u8, tint]));
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    let bytes = bytes.into_inner();
    parts.push(Part::File { name: "photos", file: "after.jpg", bytes: &bytes });
    let answered = officer.upload(&format!("/desk/reports/{code}/answer"), &parts).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.text());
    town.does(Role::Reviewer, code, "publish", &[]).await;
}

/// Planned for Friday, 27 March, and that day has come.
async fn planned_and_due(town: &Town) -> String {
    let code = accepted(town, "hoa@example.org").await;
    settled(town, &code, "planned", "2026-03-27").await;
    town.at("2026-03-27T06:00").job("reopen due promises").await;
    code
}

async fn over(town: &Town) {
    town.job("see which promises are over").await;
}

#[tokio::test]
async fn a_planned_report_is_in_the_register_reopens_on_its_day_and_asks_the_reporter() {
    in_hue(async |town| {
        let code = accepted(&town, "hoa@example.org").await;
        settled(&town, &code, "planned", "2026-03-27").await;
        let grouped = town.report(&code).await.id.grouped();
        for (lang, date) in [("en", "27 Mar 2026"), ("vi", "27/03/2026")] {
            let page = town.page("/promises?state=open", lang).await;
            assert!(page.contains(date) && page.contains(&grouped), "{page}");
        }
        assert!(!town.page("/promises?state=kept", "en").await.contains(&grouped));
        let agency = town.report(&code).await.agency;
        let of_agency = town.page(&format!("/promises?agency={agency}"), "en").await;
        assert!(of_agency.contains(&grouped));
        let other = town.page("/promises?agency=so-du-lich", "en").await;
        assert!(!other.contains(&grouped), "{other}");

        town.at("2026-03-27T06:00").job("reopen due promises").await;
        assert_eq!(town.report(&code).await.state, State::Assigned);
        let letters = town.letters(&code).await;
        assert!(letters.contains(&"reporter promise_due".to_owned()), "{letters:?}");
        let mut reporter = town.reporter(&code).await;
        let page = reporter.get(&format!("/my/{code}?lang=en")).await.text();
        assert!(
            page.contains("It was promised for 27 Mar 2026") && page.contains("Yes, it is done")
        );
        let page = reporter.get(&format!("/my/{code}?lang=vi")).await.text();
        assert!(page.contains("Đã hẹn cho ngày 27/03/2026"), "{page}");

        let page = town.reporter_does(&code, "confirm_done", &[]).await;
        assert!(page.contains("Your report is closed as fixed"), "{page}");
        let report = town.report(&code).await;
        assert_eq!((report.state, report.outcome), (State::Closed, Some(Outcome::Fixed)));
        let kept = town.page("/promises?state=kept", "en").await;
        assert!(kept.contains(&grouped), "{kept}");
        let page = town.page(&format!("/agencies/{agency}"), "en").await;
        assert!(
            page.contains(&format!("/promises?agency={agency}&#38;state=kept"))
                || page.contains("state=kept")
        );
    })
    .await;
}

#[tokio::test]
async fn who_says_that_it_is_not_done_is_heard_once_and_a_day_without_proof_breaks_the_promise() {
    in_hue(async |town| {
        let code = planned_and_due(&town).await;
        let page = town.reporter_does(&code, "deny_done", &[("reason", "Nobody came")]).await;
        assert!(
            page.contains("it is not done yet") && !page.contains("It was promised for"),
            "{page}"
        );
        let mut reporter = town.reporter(&code).await;
        let again = reporter.post(&format!("/my/{code}/deny_done"), &[]).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.text());
        let public = town.page(&format!("/reports/{code}"), "vi").await;
        assert!(public.contains("Người gửi cho biết: chưa xong"), "{public}");
        over(&town).await;
        assert!(!town.verbs(&code).await.contains(&Verb::PromiseBroken), "the day is not over");
        town.at("2026-03-28T00:10");
        over(&town).await;
        assert!(town.verbs(&code).await.contains(&Verb::PromiseBroken));
        let broken = town.page("/promises?state=broken", "en").await;
        assert!(broken.contains(&town.report(&code).await.id.grouped()), "{broken}");
    })
    .await;
}

#[tokio::test]
async fn proof_on_the_day_keeps_the_promise_and_another_date_breaks_it() {
    in_hue(async |town| {
        let code = planned_and_due(&town).await;
        settled(&town, &code, "fixed", "").await;
        let verbs = town.verbs(&code).await;
        assert!(verbs.contains(&Verb::PromiseKept) && !verbs.contains(&Verb::PromiseBroken));
        let other = accepted(&town, "lan@example.org").await;
        settled(&town, &other, "planned", "2026-04-03").await;
        town.at("2026-04-03T06:00").job("reopen due promises").await;
        settled(&town, &other, "planned", "2026-05-04").await;
        assert!(town.verbs(&other).await.contains(&Verb::PromiseBroken));
        let open = town.page("/promises?state=open", "en").await;
        assert!(open.contains("4 May 2026"), "the new one stands: {open}");
    })
    .await;
}

#[tokio::test]
async fn nobody_confirms_what_was_not_promised() {
    in_hue(async |town| {
        let code = accepted(&town, "hoa@example.org").await;
        let mut reporter = town.reporter(&code).await;
        for what in ["confirm_done", "deny_done"] {
            let refused = reporter.post(&format!("/my/{code}/{what}"), &[]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
        }
        assert_eq!(town.report(&code).await.state, State::Assigned);
    })
    .await;
}

#[tokio::test]
async fn a_leader_asks_about_a_report_and_the_head_answers_in_public() {
    in_hue(async |town| {
        let code = accepted(&town, "hoa@example.org").await;
        let agency = town.report(&code).await.agency;
        let mut head = town.reachable(Role::Head, Some(&agency)).await;
        let mut leader = town.reachable(Role::Leader, None).await;
        let version = town.report(&code).await.version.to_string();
        let ask = format!("/desk/reports/{code}/ask_explanation");
        let asked = leader.post(&ask, &[("version", &version), ("reason", "Why twice?")]).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
        assert_eq!(town.letters_named("explanation_asked").await, 1);
        for (lang, said) in [("en", "Not answered yet."), ("vi", "Chưa trả lời.")] {
            for path in [
                format!("/reports/{code}"),
                "/explanations".to_owned(),
                format!("/agencies/{agency}"),
            ] {
                let page = town.page(&path, lang).await;
                assert!(page.contains("Why twice?") && page.contains(said), "{path}: {page}");
            }
        }
        let queue = head.get("/desk?lang=en").await.text();
        let tab = queue.split("href=\"/desk/explanations\"").nth(1).unwrap();
        assert!(tab.split("</a>").next().unwrap().contains("class=\"desk-n\">1<"), "{queue}");
        let case = head.get(&format!("/desk/reports/{code}?lang=en")).await.text();
        assert!(case.contains("owes an explanation by Fri 13 Mar, 17:00"), "three working days");

        town.at("2026-03-17T09:00").job("tell which explanations are late").await;
        town.job("tell which explanations are late").await;
        assert_eq!(
            town.letters_named("explanation_late").await,
            2,
            "the head and the leader, once"
        );
        let page = town.page("/explanations", "en").await;
        assert!(page.contains("2 working days late, no answer yet."), "{page}");

        // A week later everybody has to sign in again.
        let mut head = town.staff(Role::Head, Some(&agency)).await;
        let desk = head.get("/desk/explanations?lang=en").await.text();
        let id =
            desk.split("action=\"/desk/explanations/").nth(1).unwrap().split('/').next().unwrap();
        let answer = format!("/desk/explanations/{id}/answer");
        assert_eq!(
            head.post(&answer, &[("reason", "")]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let mut officer = town.staff(Role::Officer, Some(&agency)).await;
        let refused = officer.post(&answer, &[("reason", "x")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "the head answers for the agency");
        let other = "so-du-lich".parse().unwrap();
        let mut stranger = town.staff(Role::Head, Some(&other)).await;
        assert_eq!(stranger.post(&answer, &[("reason", "x")]).await.status, StatusCode::FORBIDDEN);
        // Wherever the report is by now, who was asked answers.
        town.does(Role::Operator, &code, "assign", &[("agency", "so-du-lich")]).await;
        let done = head.post(&answer, &[("reason", "The first crew had no key")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert_eq!(head.post(&answer, &[("reason", "Again")]).await.status, StatusCode::CONFLICT);
        let page = town.page(&format!("/reports/{code}"), "en").await;
        assert!(page.contains("The first crew had no key") && page.contains("2 working days late"));
        assert!(page.contains("The agency explains"), "{page}");
        assert_eq!(town.letters_named("explanation_given").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_leader_asks_about_a_number_and_only_a_leader() {
    in_hue(async |town| {
        let mut leader = town.staff(Role::Leader, None).await;
        let begun = leader.get("/desk/explanations?lang=en&agency=so-du-lich&subject=On+time+in+February&link=/agencies/so-du-lich").await.text();
        assert!(begun.contains("value=\"On time in February\""), "a scorecard can lead here: {begun}");
        let mut fields = vec![
            ("agency", "so-du-lich"),
            ("subject", "On time in February"),
            ("link", "//evil.example"),
            ("reason", "Why half of January?"),
        ];
        let refused = leader.post("/desk/explanations", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Why half of January?"), "what was typed is kept");
        fields[2].1 = "/agencies/so-du-lich";
        let asked = leader.post("/desk/explanations", &fields).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
        let page = town.page("/explanations?agency=so-du-lich&state=open", "vi").await;
        assert!(page.contains("Why half of January?") && page.contains("/agencies/so-du-lich"), "{page}");
        assert!(!town.page("/explanations?agency=so-xay-dung", "en").await.contains("January"));
        for role in [Role::Operator, Role::Reviewer, Role::Administrator] {
            let mut other = town.staff(role, None).await;
            assert_eq!(other.post("/desk/explanations", &fields).await.status, StatusCode::FORBIDDEN);
            assert_eq!(other.get("/desk/explanations").await.status, StatusCode::FORBIDDEN);
        }
    })
    .await;
}

#[tokio::test]
async fn an_appeal_goes_to_the_level_above_with_a_deadline_of_its_own() {
    in_hue(async |town| {
        let code = accepted(&town, "hoa@example.org").await;
        let agency = town.report(&code).await.agency;
        settled(&town, &code, "fixed", "").await;
        let not = [("rating", "not_satisfied"), ("reason", "It is still there"), ("again", "1")];
        town.reporter_does(&code, "rate", &not).await;
        assert_eq!(town.report(&code).await.agency, agency, "the first time the same agency");
        settled(&town, &code, "fixed", "").await;
        town.reporter_does(&code, "rate", &not).await;
        let report = town.report(&code).await;
        assert!(report.appealed && report.agency.as_str() == "ubnd-thanh-pho", "{report:?}");
        // Ten working days from Tuesday, 10 March.
        let due = town.city.app.pack.load().local_date(report.due_at.unwrap());
        assert_eq!(due.to_string(), "2026-03-24");
        let path = format!("/reports/{code}");
        for (lang, office) in [("en", "City People&#39;s Committee"), ("vi", "UBND thành phố")] {
            let page = town.page(&path, lang).await;
            assert!(page.contains(office), "{page}");
        }
        let page = town.page(&path, "en").await;
        assert!(
            page.contains("Tue 24 Mar, 17:00") && page.contains("Appealed to the level above"),
            "{page}"
        );
        for (lang, line) in
            [("en", "Appeal to the level above"), ("vi", "Đề nghị cấp trên xem lại")]
        {
            let slip = town.page(&format!("{path}/slip"), lang).await;
            assert!(slip.contains(line), "{slip}");
        }
        let slip = town.page(&format!("{path}/slip"), "en").await;
        assert!(slip.contains("10 working days"), "{slip}");
        let mut above = town.staff(Role::Officer, Some(&report.agency)).await;
        let queue = above.get("/desk?lang=en").await.text();
        assert!(queue.contains("The reporter appealed to the level above"), "{queue}");
        let mut below = town.staff(Role::Officer, Some(&agency)).await;
        assert!(
            !below.get("/desk?lang=en").await.text().contains(&code),
            "it is not theirs any more"
        );
        // Late, the level above owes a word as everybody else does.
        town.at("2026-03-26T09:00");
        let page = town.page(&path, "en").await;
        assert!(page.contains("2 working days late, no explanation yet"), "{page}");
        settled(&town, &code, "fixed", "").await;
        let page = town.reporter_does(&code, "rate", &not[..2]).await;
        assert!(!page.contains("Appeal"), "there is one appeal: {page}");
    })
    .await;
}

#[tokio::test]
async fn the_same_place_again_is_a_chain_and_the_third_time_goes_to_the_head() {
    in_hue(async |town| {
        let first = accepted(&town, "hoa@example.org").await;
        let agency = town.report(&first).await.agency;
        town.reachable(Role::Head, Some(&agency)).await;
        settled(&town, &first, "fixed", "").await;
        town.at("2026-04-15T09:00");
        let second = accepted(&town, "lan@example.org").await;
        let link = |code: &str| format!("href=\"/reports/{code}\"");
        for (here, there) in [(&first, &second), (&second, &first)] {
            let page = town.page(&format!("/reports/{here}"), "en").await;
            assert!(page.contains("The same place again: 2 reports"), "{page}");
            assert!(page.contains(&link(there)), "{page}");
        }
        let page = town.page(&format!("/reports/{second}"), "vi").await;
        assert!(page.contains("Tái diễn tại cùng vị trí: 2 phản ánh"), "{page}");
        assert_eq!(town.letters_named("again").await, 0, "not the second time");
        settled(&town, &second, "fixed", "").await;
        town.at("2026-06-15T09:00");
        let third = accepted(&town, "minh@example.org").await;
        assert_eq!(town.report(&third).await.again, Some(3));
        assert_eq!(town.letters_named("again").await, 0, "it may still be taken back");
        town.at("2026-06-15T09:01");
        assert_eq!(town.letters_named("again").await, 1);
        let mut head = town.staff(Role::Head, Some(&agency)).await;
        let queue = head.get("/desk?lang=en").await.text();
        assert!(queue.contains("Report no. 3 at this place"), "{queue}");
        let case = head.get(&format!("/desk/reports/{third}?lang=vi")).await.text();
        assert!(case.contains("Lần thứ 3 tại vị trí này"), "{case}");
        // After the months of the pack it is another thing; what was not settled is no recurrence either.
        settled(&town, &third, "fixed", "").await;
        town.at("2027-01-15T09:00");
        let later = accepted(&town, "nam@example.org").await;
        let beside = accepted(&town, "vy@example.org").await;
        assert_eq!(
            (town.report(&later).await.again, town.report(&beside).await.again),
            (None, None)
        );
        let page = town.page(&format!("/reports/{later}"), "en").await;
        assert!(!page.contains("The same place again"), "{page}");
    })
    .await;
}

fn with_cards(town: &Town, count: u32) {
    let name = [("en", "Long overdue"), ("vi", "Quá hạn lâu")];
    let name = Localized(name.map(|(code, text)| (code.to_owned(), text.to_owned())).into());
    let rule = CardRule {
        code: "late".to_owned(),
        name,
        colour: CardColour::Yellow,
        measure: Measure::OverPercent(150),
        count,
    };
    let mut pack = (**town.city.app.base.load()).clone();
    pack.cards = vec![rule];
    town.city.app.take_pack(pack);
}

async fn swept(town: &Town) {
    // The sweep reads what was due when it began, so the rungs of a long sleep come one sweep after the other.
    for _ in 0..12 {
        town.job("tell who runs out of time").await;
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "it is one story")]
async fn a_rule_of_the_pack_gives_a_card_that_an_agency_may_contest() {
    in_hue(async |town| {
        let mut codes = Vec::new();
        for address in ["hoa@example.org", "lan@example.org", "minh@example.org"] {
            codes.push(accepted(&town, address).await);
        }
        let agency = town.report(&codes[0]).await.agency;
        town.at("2026-04-20T09:00");
        swept(&town).await;
        town.job("give cards").await;
        let page = town.page("/cards", "en").await;
        assert!(page.contains("This city has no rules for cards."), "off by default: {page}");
        with_cards(&town, 4);
        town.job("give cards").await;
        assert!(
            town.page("/cards", "en").await.contains("No agency was given a card."),
            "one too few"
        );
        with_cards(&town, 3);
        let mut head = town.reachable(Role::Head, Some(&agency)).await;
        let mut leader = town.reachable(Role::Leader, None).await;
        town.job("give cards").await;
        town.job("give cards").await;
        assert_eq!(town.letters_named("card_given").await, 1, "once");
        for (lang, said) in [("en", "Yellow card: Long overdue"), ("vi", "Thẻ vàng: Quá hạn lâu")]
        {
            for path in ["/cards".to_owned(), format!("/agencies/{agency}")] {
                let page = town.page(&path, lang).await;
                assert!(page.contains(said), "{path} {page}");
                assert!(
                    codes.iter().all(|code| page.contains(&format!("/reports/{code}"))),
                    "{page}"
                );
            }
        }
        assert!(!town.page("/cards?agency=so-du-lich", "en").await.contains("Yellow card: Long"));

        let desk = head.get("/desk/cards?lang=en").await.text();
        let id = desk.split("action=\"/desk/cards/").nth(1).unwrap().split('/').next().unwrap();
        let contest = format!("/desk/cards/{id}/contest");
        let rule = format!("/desk/cards/{id}/rule");
        let early = leader.post(&rule, &[("ruling", "withdrawn"), ("reason", "x")]).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody has contested it");
        assert_eq!(leader.post(&contest, &[("reason", "x")]).await.status, StatusCode::FORBIDDEN);
        let done = head.post(&contest, &[("reason", "The flood closed the road")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert_eq!(head.post(&contest, &[("reason", "Again")]).await.status, StatusCode::CONFLICT);
        assert_eq!(
            head.post(&rule, &[("ruling", "withdrawn"), ("reason", "x")]).await.status,
            StatusCode::FORBIDDEN
        );
        let page = town.page("/cards", "en").await;
        assert!(
            page.contains("The flood closed the road") && page.contains("has not ruled yet"),
            "{page}"
        );
        let ruled = leader.post(&rule, &[("ruling", "withdrawn"), ("reason", "It did")]).await;
        assert_eq!(ruled.status, StatusCode::SEE_OTHER, "{}", ruled.text());
        for (lang, said) in [("en", "The card is withdrawn"), ("vi", "Rút thẻ")] {
            let page = town.page("/cards", lang).await;
            assert!(page.contains(said) && page.contains("It did"), "{page}");
        }
        assert_eq!(
            (town.letters_named("card_contested").await, town.letters_named("card_ruled").await),
            (1, 1)
        );
    })
    .await;
}
