//! Danger to life, over HTTP and on both databases: whoever writes of it is told whom to call, and intake sees it first.

use crate::support::town::{Town, in_hue};
use axum::http::StatusCode;
use domain::actor::Role;
use domain::case::CaseRef;
use domain::clock::ClockKind;
use domain::service_request::workflow::Verb;
use jiff::SignedDuration;
use nhip::case::clock;

const FIRE: &str = "Cháy nhà ở kiệt 12, có người kẹt bên trong";

/// Sends the form of a new report; the code.
async fn sent(town: &Town, words: &str, more: &[(&str, &str)]) -> (String, String) {
    let pack = town.city.app.pack.load_full();
    let area = pack.areas.first().unwrap().id.to_string();
    let mut fields = vec![
        ("step", "send"),
        ("seen", "1"),
        ("description", words),
        ("area", area.as_str()),
        ("address", "12 kiệt 5"),
        ("email", "hoa@example.org"),
    ];
    fields.extend_from_slice(more);
    let mut browser = town.city.visitor();
    let answer = browser.post("/new?lang=vi", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let opened = browser.follow(answer).await;
    let page = if opened.status.is_redirection() { browser.follow(opened).await } else { opened };
    let text = page.text();
    let code = text.split("/my/").nth(1).unwrap_or_else(|| panic!("{text}"));
    let code = code.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    (code.to_owned(), text)
}

#[tokio::test]
async fn whoever_writes_of_a_danger_to_life_is_told_whom_to_call_at_every_step() {
    in_hue(async |town| {
        let new = town.page("/new", "vi").await;
        assert!(new.contains("tel:114") && !new.contains("role=\"alert\""), "always a line: {new}");
        assert!(town.page("/", "en").await.contains("tel:115"), "and in the footer");
        for lang in ["vi", "en", "fr", "ja", "ko", "zh"] {
            let part = format!("/new/suggest?text={}", FIRE.replace(' ', "+"));
            let part = town.page(&part, lang).await;
            assert!(part.contains("role=\"alert\"") && part.contains("tel:114"), "{lang}: {part}");
        }
        let part = town.page("/new/questions?service=disturbance", "vi").await;
        assert!(part.contains("tel:113"), "the kind alone: {part}");
        let part = town.page("/new/suggest?text=bong+den+bi+chay", "vi").await;
        assert!(!part.contains("tel:"), "{part}");

        let found = [("step", "find"), ("description", FIRE)];
        let found = town.city.visitor().post("/new?lang=vi", &found).await.text();
        assert!(
            found.contains("role=\"alert\"") && found.contains("tel:114"),
            "no scripts: {found}"
        );

        let (code, receipt) = sent(&town, FIRE, &[]).await;
        assert!(receipt.contains("tel:114") && receipt.contains("hãy gọi ngay"), "{receipt}");
        assert!(!receipt.contains("class=\"clock"), "nobody reads that there are days: {receipt}");
        assert!(town.report(&code).await.urgent);
        let (code, receipt) = sent(&town, "Ổ gà trước cổng chợ", &[]).await;
        assert!(receipt.contains("class=\"clock"), "{receipt}");
        assert!(!town.report(&code).await.urgent);
    })
    .await;
}

/// Language, words and kind of what is written down, and whom the form says to call.
const CALLS: &[(&str, &str, &str, &[&str])] = &[
    ("vi", FIRE, "", &["tel:114", "tel:115"]),
    ("en", "The house is on fire", "pothole", &["tel:114", "tel:115"]),
    ("vi", "Ồn ào trước chợ", "disturbance", &["tel:113"]),
    ("vi", "Bóng đèn bị cháy", "pothole", &[]),
];

#[tokio::test]
async fn whoever_writes_down_a_call_of_danger_sees_whom_to_call() {
    in_hue(async |town| {
        let mut operator = town.staff(Role::Operator, None).await;
        let form = |page: &str| {
            let form = page.split("data-desk-new").nth(1).unwrap_or_else(|| panic!("{page}"));
            form.split("</form>").next().unwrap_or_default().to_owned()
        };
        let new = form(&operator.get("/desk/new?lang=vi").await.text());
        assert!(new.contains("data-calls") && !new.contains("tel:"), "{new}");
        for (lang, words, service, called) in CALLS {
            // Nobody said where: the form comes back.
            let fields =
                [("channel", "phone"), ("description", *words), ("service_code", *service)];
            let back = operator.post(&format!("/desk/new?lang={lang}"), &fields).await;
            assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
            let back = form(&back.text());
            let calls = back.split("data-calls").nth(1).unwrap();
            for number in *called {
                assert!(calls.contains(number), "{words}: {number} {calls}");
            }
            assert_eq!(calls.contains("tel:"), !called.is_empty(), "{words}: {calls}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_report_of_danger_stands_first_at_intake_and_its_clock_counts_minutes() {
    in_hue(async |town| {
        let (calm, _) = sent(&town, "Ổ gà trước cổng chợ", &[]).await;
        town.at("2026-03-24T09:00");
        let (urgent, _) = sent(&town, "co nguoi bi dam truoc cho", &[]).await;
        let mut operator = town.staff(Role::Operator, None).await;
        let queue = operator.get("/desk/intake?lang=vi").await.text();
        let place = |what: &str| queue.find(what).unwrap_or_else(|| panic!("{what}: {queue}"));
        let row = |code: &str| place(&format!("data-row=\"{code}:"));
        let order = [place("Nguy hiểm đến tính mạng"), row(&urgent), row(&calm)];
        assert!(order.is_sorted(), "before what is late: {order:?} {queue}");
        assert_eq!(queue.matches("desk-row-urgent").count(), 1, "{queue}");

        for order in ["oldest", "newest", "place", "kind"] {
            let path = format!("/desk/intake?lang=vi&order={order}");
            let queue = operator.get(&path).await.text();
            let place = |code: &str| queue.find(&format!("data-row=\"{code}:")).unwrap();
            assert!(place(&urgent) < place(&calm), "whatever the order: {order} {queue}");
        }

        let id: CaseRef = urgent.parse().unwrap();
        let clocks = town.city.app.db.read(move |conn| clock::of(conn, &id)).await.unwrap();
        let intake = clocks.iter().find(|kept| kept.clock.kind == ClockKind::Step).unwrap();
        let minutes = intake.clock.due_at.unwrap().duration_since(intake.clock.started_at);
        assert_eq!(minutes, SignedDuration::from_mins(10));

        let letter = town.letters(&urgent).await;
        assert!(letter.contains(&"reporter receipt".to_owned()), "{letter:?}");
    })
    .await;
}

#[tokio::test]
async fn staff_take_the_mark_away_or_set_it_with_a_reason_that_only_they_read() {
    in_hue(async |town| {
        let (code, _) = sent(&town, FIRE, &[]).await;
        let refused = town.tries(Role::Operator, &code, "clear_urgent", &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is needed");
        let why = [("reason", "Là diễn tập chữa cháy")];
        town.does(Role::Operator, &code, "clear_urgent", &why).await;
        assert!(!town.report(&code).await.urgent);
        let public = town.page(&format!("/reports/{code}"), "vi").await;
        assert!(!public.contains("diễn tập chữa cháy"), "{public}");
        let mut operator = town.staff(Role::Operator, None).await;
        let case = operator.get(&format!("/desk/reports/{code}?lang=vi")).await.text();
        assert!(case.contains("Bỏ dấu khẩn") && case.contains("diễn tập chữa cháy"), "{case}");

        let why = [("reason", "Có người bị thương thật")];
        town.does(Role::Operator, &code, "mark_urgent", &why).await;
        assert!(town.report(&code).await.urgent);
        let again = town.tries(Role::Operator, &code, "mark_urgent", &why).await;
        assert_ne!(again.status, StatusCode::SEE_OTHER, "it is marked");
        let marks = [Verb::Submit, Verb::ClearUrgent, Verb::MarkUrgent];
        assert_eq!(town.verbs(&code).await, marks);
    })
    .await;
}
