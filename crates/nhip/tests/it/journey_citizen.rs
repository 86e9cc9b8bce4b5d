//! What a person without an account does, over HTTP and without JavaScript.

use crate::support::city::{Answer, Browser, City, Part};
use crate::support::town::Town;
use axum::http::StatusCode;
use domain::actor::Role;
use domain::ids::ServiceRequestId;
use domain::service_request::{Outcome, State};
use nhip::platform::i18n::I18n;
use nhip::platform::limits;
use nhip::service_request::action::answer::{AnswerGiven, answer};
use nhip::service_request::action::{On, accept, ask, refuse, review};
use nhip::service_request::store;
use std::io::Cursor;

const GOOD: &[(&str, &str)] = &[
    ("step", "send"),
    ("description", "Graffiti all over the customs house"),
    ("service-any", "graffiti"),
    ("lat", "55.060"),
    ("long", "10.610"),
    ("address", "Customs Quay 3"),
    ("public", "1"),
];

/// The good form with one field another way.
fn but<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut form: Vec<_> = GOOD.iter().copied().filter(|(n, _)| *n != name).collect();
    form.push((name, value));
    form
}

fn code_of(answer: &Answer) -> ServiceRequestId {
    let path = answer.location();
    let code = path.strip_prefix("/my/").unwrap().split('?').next().unwrap();
    ServiceRequestId::parse(code).unwrap()
}

/// Sends a form and opens the receipt: the code, and the page.
async fn sent(browser: &mut Browser<'_>, form: &[(&str, &str)]) -> (ServiceRequestId, String) {
    let answer = browser.post("/new", form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert!(answer.location().starts_with("/receipt/"));
    let opened = browser.get(&answer.location()).await;
    let code = code_of(&opened);
    (code, browser.follow(opened).await.text())
}

async fn state_of(city: &City, id: &ServiceRequestId) -> (State, Option<Outcome>) {
    let id = id.clone();
    let found = city.app.db.read(move |conn| store::find(conn, &id)).await.unwrap().unwrap();
    (found.state, found.outcome)
}

#[tokio::test]
async fn a_report_is_sent_without_javascript_and_its_receipt_opens_its_page() {
    let city = City::new();
    let mut browser = city.visitor();
    let form = browser.get("/new").await;
    assert_eq!(form.status, StatusCode::OK);
    let (id, page) = sent(&mut browser, GOOD).await;
    assert!(page.contains(&id.grouped()));
    assert!(page.contains("http://harbour.example/receipt/"), "the link to keep");
    let qr = browser.get(&format!("/my/{id}/qr.svg")).await;
    assert!(qr.text().contains("<svg"));
    assert_eq!(state_of(&city, &id).await, (State::Received, None));
    // Who has no receipt sees nothing of it.
    let stranger = city.visitor().get(&format!("/my/{id}")).await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN);
    let guess = city.visitor().get("/receipt/0000000000000000000000000").await;
    assert_eq!(guess.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn words_find_kinds_and_the_chosen_kind_asks_its_questions() {
    let city = City::new();
    let mut browser = city.visitor();
    let words = [("step", "find"), ("description", "there is a huge pothole")];
    let found = browser.post("/new", &words).await.text();
    assert!(found.contains("value=\"pothole\""), "{found}");
    let asked = browser.post("/new", &[("step", "find"), ("service", "pothole")]).await.text();
    assert!(asked.contains("name=\"q-size\""));
    let unanswered = browser.post("/new", &but("service-any", "pothole")).await;
    assert_eq!(unanswered.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut form = but("service-any", "pothole");
    form.push(("q-size", "plate"));
    sent(&mut browser, &form).await;
}

#[tokio::test]
async fn a_forgotten_description_keeps_everything_else() {
    let city = City::new();
    let answer = city.visitor().post("/new", &but("description", " ")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    for kept in ["Customs Quay 3", "value=\"55.060\"", "id=\"description-error\""] {
        assert!(page.contains(kept), "{kept}");
    }
}

#[tokio::test]
async fn bad_input_is_told_beside_its_field_and_is_never_a_failure() {
    let city = City::new();
    let long = "x".repeat(4_001);
    let cases = [
        ("description", "a\0b"),
        ("description", long.as_str()),
        ("lat", "10.0"),
        ("lat", "POLYGON((0 0,1 1,1 0,0 0))"),
        ("email", "not an address"),
    ];
    for (name, value) in cases {
        let answer = city.visitor().post("/new", &but(name, value)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
    }
    let huge = "y".repeat(2 * 1024 * 1024);
    let answer = city.visitor().post("/new", &but("description", &huge)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let mut parts: Vec<_> = GOOD.iter().map(|(name, value)| Part::Text(name, value)).collect();
    parts.push(Part::File { name: "photos", file: "wall.jpg", bytes: b"this is no photo at all" });
    let answer = city.visitor().upload("/new", &parts).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("photos-error"));
    let parts: Vec<_> = but("description", &huge).into_iter().collect();
    let parts: Vec<_> = parts.iter().map(|(name, value)| Part::Text(name, value)).collect();
    let answer = city.visitor().upload("/new", &parts).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_report() {
    let city = City::new();
    let mut browser = city.visitor();
    let form = but("key", "THE-KEY-OF-THIS-FORM");
    let (first, _) = sent(&mut browser, &form).await;
    let mut again = form.clone();
    again.push(("seen", "1"));
    let (second, _) = sent(&mut browser, &again).await;
    assert_eq!(first, second);
}

#[tokio::test]
async fn a_similar_report_nearby_is_shown_once_before_sending() {
    let city = City::new();
    let mut browser = city.visitor();
    let (first, _) = sent(&mut browser, GOOD).await;
    let offered = browser.post("/new", GOOD).await;
    assert_eq!(offered.status, StatusCode::OK);
    assert!(offered.text().contains(&format!("/reports/{first}")));
    let part = browser.get("/new/similar?lat=55.060&long=10.610&service=graffiti").await.text();
    assert!(part.contains(&format!("/reports/{first}")));
    assert_eq!(browser.get("/new/similar?lat=abc&long=").await.status, StatusCode::OK);
    let unknown = browser.get("/new/similar?area=nowhere&service=graffiti").await;
    assert!(unknown.status == StatusCode::OK && !unknown.text().contains("/reports/"));
    let (second, _) = sent(&mut browser, &but("seen", "1")).await;
    assert_ne!(first, second);
}

#[tokio::test]
async fn a_reporter_answers_a_question_and_withdraws() {
    let city = City::new();
    let mut browser = city.visitor();
    let (id, _) = sent(&mut browser, GOOD).await;
    let (ctx, on) = (city.acting(Role::Operator, None), On { id: id.clone(), seen: None });
    city.app.db.write(move |conn| ask::ask(conn, &ctx, &on, "Which wall?")).await.unwrap();
    let my = format!("/my/{id}");
    let page = browser.get(&my).await.text();
    assert!(page.contains("Which wall?"));
    let empty = browser.post(&format!("{my}/reply"), &[("reason", "")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = browser.post(&format!("{my}/reply"), &[("reason", "The north one")]).await;
    assert!(browser.follow(done).await.text().contains("The north one"));
    let done = browser.post(&format!("{my}/withdraw"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(state_of(&city, &id).await, (State::Closed, Some(Outcome::Withdrawn)));
}

#[tokio::test]
async fn a_refusal_is_contested_once() {
    let city = City::new();
    let mut browser = city.visitor();
    let (id, _) = sent(&mut browser, GOOD).await;
    let (ctx, on) = (city.acting(Role::Operator, None), On { id: id.clone(), seen: None });
    let code = city.app.pack.load().refusals[0].code.clone();
    city.app.db.write(move |conn| refuse::refuse(conn, &ctx, &on, &code, "")).await.unwrap();
    let contest = format!("/my/{id}/contest");
    let done = browser.post(&contest, &[("reason", "It is a listed house")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let again = browser.post(&contest, &[("reason", "Again")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    let (ctx, on) = (city.acting(Role::Operator, None), On { id: id.clone(), seen: None });
    city.app.db.write(move |conn| accept::accept(conn, &ctx, &on, "")).await.unwrap();
    assert_eq!(state_of(&city, &id).await.0, State::Assigned);
}

#[tokio::test]
async fn who_is_not_satisfied_says_why_and_has_it_done_again() {
    let city = City::new();
    let mut browser = city.visitor();
    let (id, _) = sent(&mut browser, GOOD).await;
    settle(&city, &id, true).await;
    let my = format!("/my/{id}");
    let page = browser.get(&my).await.text();
    assert!(page.contains("We could not find it"), "the published answer is told");
    let wordless = [("rating", "not_satisfied"), ("again", "1")];
    let refused = browser.post(&format!("{my}/rate"), &wordless).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let because = [("rating", "not_satisfied"), ("reason", "It is still there"), ("again", "1")];
    let done = browser.post(&format!("{my}/rate"), &because).await;
    assert_eq!(done.location(), format!("{my}?done=reopen"));
    assert_eq!(state_of(&city, &id).await, (State::Assigned, None));
    settle(&city, &id, false).await;
    let again = browser.post(&format!("{my}/reopen"), &[("reason", "Still there")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "the second time is an appeal");
    let done = browser.post(&format!("{my}/appeal"), &[("reason", "Still there")]).await;
    assert_eq!(done.location(), format!("{my}?done=appeal"));
}

/// The city's part: take it in, answer that nothing was found, publish.
async fn settle(city: &City, id: &ServiceRequestId, take_in: bool) {
    let on = On { id: id.clone(), seen: None };
    let operator = city.acting(Role::Operator, None);
    let reviewer = city.acting(Role::Reviewer, None);
    let asked = id.clone();
    let found = city.app.db.read(move |conn| store::find(conn, &asked)).await.unwrap().unwrap();
    let officer = city.acting(Role::Officer, Some(found.agency.as_str()));
    let given = AnswerGiven {
        outcome: Outcome::NotFound,
        words: "We could not find it".to_owned(),
        evidence: Vec::new(),
        planned_for: None,
    };
    city.app
        .db
        .write(move |conn| {
            if take_in {
                accept::accept(conn, &operator, &on, "")?;
            }
            answer(conn, &officer, &on, &given)?;
            review::publish(conn, &reviewer, &on, "")
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn a_report_that_came_without_a_deadline_says_so_and_is_not_called_paused() {
    let city = City::new();
    let (id, _) = sent(&mut city.visitor(), GOOD).await;
    let (wanted, ctx) = (id.clone(), city.acting(Role::System, None));
    let saved = city.app.db.write(move |conn| {
        let mut report = store::find(conn, &wanted)?.unwrap();
        let seen = report.version;
        (report.version, report.due_at) = (seen + 1, None);
        store::save(conn, &ctx, &report, seen)
    });
    assert!(saved.await.unwrap());
    let page = city.visitor().get(&format!("/reports/{id}")).await.text();
    assert!(!page.contains("result due") && !page.contains(">paused<"), "{page}");
}

#[tokio::test]
async fn visitors_read_their_language_and_are_told_that_a_machine_translated_it() {
    let city = City::new();
    let mut visitor = city.visitor();
    let page = visitor.get("/new?lang=fr").await.text();
    assert!(page.contains("<html lang=\"fr\">") && page.contains("class=\"machine-made\""));
    assert!(page.contains("href=\"/new?lang=en\""), "the way to words that people wrote");
    // The choice is kept, and what they send is in their language.
    let (id, receipt) = sent(&mut visitor, GOOD).await;
    assert!(receipt.contains("<html lang=\"fr\">"), "{receipt}");
    let report = city.app.db.read(move |conn| store::find(conn, &id)).await.unwrap().unwrap();
    assert_eq!(report.language, "fr");
    // The desk speaks the languages the city works in.
    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    let desk = operator.get("/desk?lang=fr").await.text();
    assert!(desk.contains("<html lang=\"en\">") && !desk.contains("machine-made"), "{desk}");
}

#[tokio::test]
async fn a_photo_may_come_ahead_and_a_form_that_comes_back_keeps_it() {
    const PHOTO: &[u8] = include_bytes!("../../../../web/app/phone.webp");
    let city = City::new();
    let mut browser = city.visitor();
    let file = |bytes| [Part::File { name: "file", file: "wall.webp", bytes }];

    let refused = browser.upload("/new/photos", &file(b"this is no photo at all")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let taken = browser.upload("/new/photos", &file(PHOTO)).await;
    assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.text());
    let ticket = taken.text();
    let again = browser.upload("/new/photos", &file(PHOTO)).await;
    assert_eq!(again.text(), ticket, "an answer that was lost makes no second photo");
    let shown = browser.get(&format!("/new/photos/{ticket}")).await;
    assert_eq!(
        (shown.status, shown.headers["content-type"].as_bytes()),
        (StatusCode::OK, &b"image/jpeg"[..])
    );
    let guessed = browser.get(&format!("/new/photos/{ticket}0")).await;
    assert_eq!(guessed.status, StatusCode::UNPROCESSABLE_ENTITY);

    let mut wordless = but("description", "");
    wordless.push(("photo", &ticket));
    let back = browser.post("/new", &wordless).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.text().contains(&format!("value=\"{ticket}\" checked")), "it is still there");
    let (id, page) = sent(&mut browser, &but("photo", &ticket)).await;
    assert!(page.contains(&format!("/my/{id}/media/")), "the photo is in the story");

    let mut made_up = but("photo", "a.b.c.d.e.f.g.h");
    made_up.push(("seen", "1"));
    let lost = browser.post("/new", &made_up).await;
    assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!lost.text().contains("a.b.c.d.e.f.g.h"), "what nothing is behind is let go of");
}

#[tokio::test]
async fn what_only_inspectors_read_leaves_no_choice_and_is_public_under_no_other_kind() {
    let town = Town::of(City::new());
    let asked = town.page("/new/questions?service=conduct", "en").await;
    assert!(asked.contains("data-inspectors"), "{asked}");
    let other = town.page("/new/questions?service=graffiti", "en").await;
    assert!(!other.contains("data-inspectors"), "{other}");
    let form = town.page("/new?service=conduct", "en").await;
    assert!(form.contains("data-inspectors") && form.contains("Only inspectors."), "{form}");
    // Sent as the form sends it, with the choice that stood there before.
    let code = town.sent("conduct", "hoa@example.org").await;
    assert!(!town.report(&code).await.public);
    town.does(Role::Inspector, &code, "correct", &[("service_code", "noise")]).await;
    assert!(!town.report(&code).await.is_open_to_all());
}

#[tokio::test]
async fn a_photo_of_too_many_pixels_is_refused_with_what_is_taken_of_each_kind() {
    let city = City::new();
    let mut strip = Cursor::new(Vec::new());
    let long = image::RgbImage::new(limits::PHOTO_SIDE_PIXELS + 1, 1);
    long.write_to(&mut strip, image::ImageFormat::Png).unwrap();
    let [jpeg, other] =
        [limits::JPEG_PIXELS, limits::PHOTO_PIXELS].map(|pixels| (pixels / 1_000_000).to_string());
    let mut parts: Vec<_> = GOOD.iter().map(|(name, value)| Part::Text(name, value)).collect();
    parts.push(Part::File { name: "photos", file: "strip.png", bytes: strip.get_ref() });
    for lang in I18n::codes() {
        let answer = city.visitor().upload(&format!("/new?lang={lang}"), &parts).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{lang}");
        let page = answer.text();
        let said = page.split("12001 × 1").nth(1).unwrap_or_else(|| panic!("{lang}: {page}"));
        let said = said.split('<').next().unwrap_or_default();
        assert!(said.contains(&jpeg) && said.contains(&other), "{lang}: {said}");
    }
    let documents = [
        include_str!("../../src/open311/openapi.json"),
        include_str!("../../../../docs/reference/open311.md"),
    ];
    for text in documents {
        for pixels in [&jpeg, &other] {
            assert!(text.contains(&format!("{pixels} megapixels")), "programs read it, too");
        }
    }
}
