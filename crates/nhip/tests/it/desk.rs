//! What staff do at the desk, over HTTP and without JavaScript.

use crate::support::city::{Answer, Browser, City, Part};
use axum::http::StatusCode;
use domain::actor::Role;
use std::io::Cursor;

/// A small photo, as a phone would send it.
fn photo() -> Vec<u8> {
    let image =
        image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([(x * 4) as u8, (y * 5) as u8, 90]));
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// Enters what somebody told on the telephone; answers its code.
async fn enter(operator: &mut Browser<'_>, service: &str, area: &str, words: &str) -> String {
    let fields = [
        ("channel", "phone"),
        ("service_code", service),
        ("description", words),
        ("area", area),
        ("phone", "+45 20 12 34 56"),
        ("attribute-size", "plate"),
        ("attribute-what_happened", "asked for money"),
    ];
    let answer = operator.post("/desk/new", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let to = answer.location();
    let code = to.strip_prefix("/desk/reports/").and_then(|rest| rest.split('?').next());
    code.or_else(|| to.rsplit_once("code=").map(|(_, code)| code)).unwrap().to_owned()
}

/// The version a page's forms were written on.
fn version(page: &Answer) -> String {
    let text = page.text();
    let rest = text.split("name=\"version\" value=\"").nth(1).unwrap_or_else(|| panic!("{text}"));
    rest.split('"').next().unwrap().to_owned()
}

/// Does a verb on the version that the case shows now.
async fn act(who: &mut Browser<'_>, code: &str, verb: &str, fields: &[(&str, &str)]) -> Answer {
    let case = who.get(&format!("/desk/reports/{code}")).await;
    assert_eq!(case.status, StatusCode::OK, "{}", case.text());
    let version = version(&case);
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    who.post(&format!("/desk/reports/{code}/{verb}"), &all).await
}

#[tokio::test]
async fn a_report_goes_from_intake_through_an_agency_to_a_published_result() {
    let city = City::new();
    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    let mut officer = city.staff("finn", &[Role::Officer], Some("works")).await;
    let mut reviewer = city.staff("ria", &[Role::Reviewer], None).await;
    let code = enter(&mut operator, "pothole", "quays", "A hole before the fish market").await;

    let intake = operator.get("/desk/intake").await.text();
    assert!(intake.contains("A hole before the fish market"), "{intake}");
    let done = act(&mut operator, &code, "accept", &[("queue", "intake")]).await;
    assert!(done.location().starts_with("/desk/intake?done=accept"), "{}", done.text());

    let queue = officer.get("/desk").await.text();
    assert!(queue.contains("A hole before the fish market"), "{queue}");
    assert!(!queue.contains("20 12 34 56") && !queue.contains("+4520123456"));
    act(&mut officer, &code, "start", &[]).await;

    let case = officer.get(&format!("/desk/reports/{code}")).await;
    let seen = version(&case);
    let refused = officer
        .post(
            &format!("/desk/reports/{code}/answer"),
            &[("version", &seen), ("outcome", "fixed"), ("reason", "Filled with asphalt")],
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("Filled with asphalt"), "what was typed is kept");

    let bytes = photo();
    let answered = officer
        .upload(
            &format!("/desk/reports/{code}/answer"),
            &[
                Part::Text("version", &seen),
                Part::Text("outcome", "fixed"),
                Part::Text("reason", "Filled with asphalt"),
                Part::File { name: "photos", file: "after.jpg", bytes: &bytes },
            ],
        )
        .await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.text());

    let review = reviewer.get("/desk/review").await.text();
    assert!(review.contains("A hole before the fish market"), "{review}");
    let case = reviewer.get(&format!("/desk/reports/{code}")).await.text();
    assert!(case.contains("desk-led") && !case.contains("was used for another report"), "{case}");
    let published = act(&mut reviewer, &code, "publish", &[("queue", "review")]).await;
    assert!(published.location().starts_with("/desk/review?done=publish"), "{}", published.text());
    let story = reviewer.get(&format!("/desk/reports/{code}")).await.text();
    assert!(story.contains("chip-fixed") && story.contains("Filled with asphalt"), "{story}");
    assert!(story.contains("Officer · finn"), "colleagues know each other by name: {story}");
    let public = city.visitor().get(&format!("/reports/{code}")).await.text();
    assert!(public.contains("Filled with asphalt") && public.contains("Officer"), "{public}");
    assert!(!public.contains("finn"), "everybody else knows offices and roles");
    let slip = city.visitor().get(&format!("/reports/{code}/slip")).await.text();
    for said in ["Take in", "Put it right", "Check the answer", "in time", "Officer", "fingerprint"]
    {
        assert!(slip.contains(said), "{said}: {slip}");
    }
    assert!(!slip.contains("finn") && !slip.contains("running"), "{slip}");
}

#[tokio::test]
async fn a_bad_file_costs_nobody_their_words() {
    let city = City::new();
    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    let mut officer = city.staff("finn", &[Role::Officer], Some("works")).await;
    let code = enter(&mut operator, "pothole", "quays", "A hole before the fish market").await;
    act(&mut operator, &code, "accept", &[]).await;
    let seen = version(&officer.get(&format!("/desk/reports/{code}")).await);
    for bytes in [vec![0; 16 << 20], b"no photo at all".to_vec()] {
        let parts = [
            Part::Text("version", &seen),
            Part::Text("outcome", "fixed"),
            Part::Text("reason", "Filled with asphalt"),
            Part::File { name: "photos", file: "after.jpg", bytes: &bytes },
        ];
        let refused = officer.upload(&format!("/desk/reports/{code}/answer"), &parts).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = refused.text();
        assert!(page.contains("Filled with asphalt") && page.contains("answer-photos-error"));
    }
}

#[tokio::test]
async fn a_queue_says_what_presses_and_shows_all_of_it_to_who_asks() {
    let city = City::new();
    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    for n in 0..42 {
        enter(&mut operator, "graffiti", "quays", &format!("Paint on wall {n}")).await;
    }
    let calm = operator.get("/desk").await.text();
    assert_eq!(calm.matches("class=\"desk-part\"").count(), 1, "one part, and its heading");
    assert_eq!(calm.matches("<li class=\"desk-row").count(), 40);
    assert!(calm.contains("/desk?all=1"));
    let all = operator.get("/desk?all=1").await.text();
    assert!(all.contains("Paint on wall 41") && !all.contains("?all=1\">"), "{all}");
    let intake = operator.get("/desk/intake").await.text();
    assert_eq!(intake.matches("<li class=\"desk-row").count(), 42, "intake shows what it can tick");
    city.later(jiff::SignedDuration::from_hours(24 * 60));
    let mut operator = city.staff("olga", &[Role::Operator], None).await;
    enter(&mut operator, "graffiti", "quays", "Fresh paint").await;
    let late = operator.get("/desk/intake").await.text();
    let at = |text: &str| late.find(text).unwrap_or_else(|| panic!("no {text} in {late}"));
    assert!(at("data-row=\"late:\"") < at("Paint on wall 0"));
    assert!(
        at("data-row=\"waiting:\"") < at("Fresh paint")
            && at("Paint on wall 0") < at("Fresh paint")
    );
}

#[tokio::test]
async fn who_writes_on_an_old_version_is_shown_what_changed_and_keeps_their_words() {
    let city = City::new();
    let mut first = city.staff("ola", &[Role::Operator], None).await;
    let mut second = city.staff("olga", &[Role::Operator], None).await;
    let code = enter(&mut first, "pothole", "quays", "A hole").await;
    let path = format!("/desk/reports/{code}");
    let seen = version(&second.get(&path).await);
    act(&mut first, &code, "mark_urgent", &[("reason", "I called the harbour master")]).await;
    let fields = [("version", seen.as_str()), ("code", "no-place"), ("reason", "Nobody finds it")];
    let stale = second.post(&format!("{path}/refuse"), &fields).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let page = stale.text();
    assert!(
        page.contains("desk-meanwhile") && page.contains("I called the harbour master"),
        "{page}"
    );
    assert!(page.contains("Nobody finds it"), "{page}");
    // What was kept can be sent as it stands.
    let again = version(&stale);
    let fields = [("version", again.as_str()), ("code", "no-place"), ("reason", "Nobody finds it")];
    let refused = second.post(&format!("{path}/refuse"), &fields).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.text());
}

#[tokio::test]
async fn a_note_of_a_colleague_turns_nobodys_form_away() {
    let city = City::new();
    let mut first = city.staff("ola", &[Role::Operator], None).await;
    let mut second = city.staff("olga", &[Role::Operator], None).await;
    let code = enter(&mut first, "pothole", "quays", "A hole").await;
    let path = format!("/desk/reports/{code}");
    let seen = version(&second.get(&path).await);
    act(&mut first, &code, "note", &[("reason", "I called the harbour master")]).await;
    let note = [("version", seen.as_str()), ("reason", "So did I")];
    let noted = second.post(&format!("{path}/note"), &note).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.text());
    let fields = [("version", seen.as_str()), ("code", "no-place"), ("reason", "Nobody finds it")];
    let refused = second.post(&format!("{path}/refuse"), &fields).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.text());
    let page = second.get(&path).await.text();
    assert!(page.contains("I called the harbour master") && page.contains("So did I"), "{page}");
    let made_up = [("version", "99"), ("reason", "It is there")];
    let contested = second.post(&format!("{path}/hide"), &made_up).await;
    assert_eq!(contested.status, StatusCode::CONFLICT, "nobody saw that version");
}

#[tokio::test]
async fn an_officer_of_another_agency_finds_nothing_and_can_do_nothing() {
    let city = City::new();
    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    let mut stranger = city.staff("wanda", &[Role::Officer], Some("waterworks")).await;
    let code = enter(&mut operator, "pothole", "quays", "A hole before the fish market").await;
    act(&mut operator, &code, "accept", &[]).await;
    let path = format!("/desk/reports/{code}");
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
    for verb in ["start", "answer", "give_back", "note", "progress", "hide", "accept"] {
        let fields = [("version", "2"), ("reason", "mine"), ("outcome", "not_found")];
        let answer = stranger.post(&format!("{path}/{verb}"), &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{verb}");
    }
    for path in ["/desk/intake", "/desk/review", "/desk/new"] {
        assert_eq!(stranger.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    for (path, fields) in [
        (format!("{path}/contact"), vec![("reason", "curious")]),
        ("/desk/search/people".to_owned(), vec![("contact", "+45 20 12 34 56")]),
    ] {
        assert_eq!(stranger.post(&path, &fields).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let found = stranger.get("/desk/search?q=fish").await.text();
    assert!(!found.contains("fish market"), "{found}");
}

#[tokio::test]
async fn a_confidential_report_is_seen_by_inspectors_only_and_they_see_no_other() {
    let city = City::new();
    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    let mut inspector = city.staff("ines", &[Role::Inspector], None).await;
    let secret = enter(&mut operator, "conduct", "quays", "The clerk wanted a present").await;
    let open = enter(&mut operator, "pothole", "quays", "A hole").await;
    let secret_path = format!("/desk/reports/{secret}");
    for role in [Role::Operator, Role::Reviewer, Role::Leader, Role::Administrator] {
        let mut staff = city.staff(role.as_str(), &[role], None).await;
        assert_eq!(staff.get(&secret_path).await.status, StatusCode::NOT_FOUND, "{role}");
        let found = staff.get("/desk/search?q=clerk").await.text();
        assert!(!found.contains("wanted a present"), "{role}");
        assert!(!staff.get("/desk").await.text().contains("wanted a present"), "{role}");
    }
    let mut officer = city.staff("otto", &[Role::Officer], Some("ombudsman")).await;
    assert_eq!(officer.get(&secret_path).await.status, StatusCode::NOT_FOUND);
    assert!(inspector.get("/desk").await.text().contains("wanted a present"));
    assert!(inspector.get("/desk/search?q=clerk").await.text().contains("wanted a present"));
    assert_eq!(inspector.get(&format!("/desk/reports/{open}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_contact_is_opened_with_a_reason_and_found_by_number() {
    let city = City::new();
    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    let code = enter(&mut operator, "pothole", "quays", "A hole before the fish market").await;
    let path = format!("/desk/reports/{code}/contact");
    let case = operator.get(&format!("/desk/reports/{code}")).await.text();
    assert!(!case.contains("+4520123456"), "the number is not on the case itself");
    assert_eq!(
        operator.post(&path, &[("reason", " ")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let opened = operator.post(&path, &[("reason", "To ask which market")]).await.text();
    assert!(opened.contains("+4520123456"), "{opened}");
    let typo = operator.post("/desk/search/people", &[("contact", "20 12 34 S6")]).await;
    assert_eq!(typo.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(typo.text().contains("value=\"20 12 34 S6\""), "what was typed is still there");
    let found = operator.post("/desk/search/people", &[("contact", "20 12 34 56")]).await.text();
    assert!(found.contains("A hole before the fish market"), "{found}");
}

#[tokio::test]
async fn many_reports_are_handed_over_at_once_and_each_says_what_came_of_it() {
    let city = City::new();
    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    let (a, b) = (
        enter(&mut operator, "pothole", "quays", "A hole").await,
        enter(&mut operator, "pothole", "old-town", "Another hole").await,
    );
    act(&mut operator, &a, "accept", &[]).await;
    let (a, b) = (format!("{a}:2"), format!("{b}:1"));
    let fields = [("pick", a.as_str()), ("pick", b.as_str()), ("agency", "north-office")];
    let page = operator.post("/desk/assign", &fields).await.text();
    assert!(page.contains("North District"), "{page}");
    assert!(
        page.contains("Received") || page.contains("received"),
        "the other one waits for intake: {page}"
    );
}

#[tokio::test]
async fn a_case_offers_exactly_what_is_allowed_now() {
    let city = City::new();
    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    let mut reviewer = city.staff("ria", &[Role::Reviewer], None).await;
    let code = enter(&mut operator, "pothole", "quays", "A hole").await;
    let path = format!("/desk/reports/{code}");
    let offered = |page: &str, verb: &str| page.contains(&format!("{path}/{verb}\""));
    let (mine, theirs) = (operator.get(&path).await.text(), reviewer.get(&path).await.text());
    for verb in ["accept", "refuse", "ask", "merge", "correct", "note", "hide", "redact"] {
        assert!(offered(&mine, verb), "{verb}");
    }
    for verb in ["start", "answer", "publish", "send_back", "assign", "pause", "unhide"] {
        assert!(!offered(&mine, verb), "{verb}");
    }
    assert!(!offered(&theirs, "accept") && offered(&theirs, "note"));
}

#[tokio::test]
async fn the_slip_of_a_report_about_an_official_names_no_office_and_a_hidden_one_has_none() {
    let city = City::new();
    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    let mut inspector = city.staff("ines", &[Role::Inspector], Some("ombudsman")).await;
    let conduct = enter(&mut operator, "conduct", "quays", "The clerk asked for money").await;
    act(&mut inspector, &conduct, "accept", &[]).await;
    let slip = city.visitor().get(&format!("/reports/{conduct}/slip")).await.text();
    assert!(slip.contains("in time"), "{slip}");
    for secret in ["Ombudsman", "clerk", "Quays"] {
        assert!(!slip.contains(secret), "{secret}: {slip}");
    }
    let pothole = enter(&mut operator, "pothole", "quays", "A hole").await;
    act(&mut operator, &pothole, "hide", &[("reason", "It names somebody")]).await;
    let slip = city.visitor().get(&format!("/reports/{pothole}/slip")).await;
    assert_eq!(slip.status, StatusCode::NOT_FOUND);
}
