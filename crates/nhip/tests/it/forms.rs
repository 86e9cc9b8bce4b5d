//! What people typed is theirs: a form that is sent again makes nothing twice, other words are never taken for the same,
//! nobody gets hold of what somebody else sent, and whatever goes wrong gives the words back. On both databases.

use crate::support::city::{Browser, City, Part};
use crate::support::db::for_each_engine;
use crate::support::forms::forms;
use crate::support::log;
use crate::support::world::{self, a_report, now};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::actor::Role;
use domain::case::CaseRef;
use domain::service_request::ServiceRequest;
use domain::service_request::State;
use domain::service_request::workflow::Verb;
use nhip::account::api_key;
use nhip::case::event_store;
use nhip::jobs;
use nhip::platform::db::{Db, DbError, params};

const GOOD: &[(&str, &str)] = &[
    ("step", "send"),
    ("seen", "1"),
    ("description", "Graffiti all over the customs house"),
    ("service-any", "graffiti"),
    ("lat", "55.060"),
    ("long", "10.610"),
    ("public", "1"),
];
const CODE: &str = "AAAA0001";
const KIND: &str = "application/x-www-form-urlencoded";

/// The good form with these fields another way.
fn but<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = GOOD.iter().copied().filter(|(n, _)| other.iter().all(|(o, _)| o != n));
    kept.chain(other.iter().copied()).collect()
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    db.read(move |conn| conn.query_one(sql, params![], |row| row.get::<i64>(0)))
        .await
        .map_err(|e: DbError| e)
        .unwrap()
}

async fn reports(city: &City) -> i64 {
    count(&city.app.db, "SELECT COUNT(*) FROM service_request").await
}

/// What the form of an action would send, untouched.
fn hidden(page: &str, action: &str, name: &str) -> String {
    let form = forms(page).into_iter().find(|form| form.posts && form.action == action);
    let form = form.unwrap_or_else(|| panic!("no form {action}: {page}"));
    form.fields.into_iter().find(|field| field.name == name).unwrap().value
}

/// Sends a form and says which report its receipt opens.
async fn sent(browser: &mut Browser<'_>, form: &[(&str, &str)]) -> String {
    let answer = browser.post("/new", form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    browser.get(&answer.location()).await.location()
}

#[tokio::test]
async fn a_link_plants_no_key_no_contact_and_no_photo() {
    let city = City::new();
    let path = "/new?what=Paint&service=graffiti&key=PLANTED&email=evil@example.org&name=Eve&phone=5550100\
        &photo=a.b.c.d.e.f.g.h&public=0&seen=1&author=nobody&q-size=plate&address=Here";
    let answer = city.visitor().get(path).await;
    let page = answer.text();
    assert!(page.contains("Paint</textarea>") && page.contains("value=\"graffiti\""), "{page}");
    let form = forms(&page).into_iter().find(|form| form.action == "/new" && form.posts).unwrap();
    for planted in ["PLANTED", "evil@example.org", "Eve", "5550100", "a.b.c.d.e.f.g.h", "Here"] {
        let found = form.fields.iter().find(|field| field.value == planted);
        assert!(found.is_none(), "{planted}: {found:?}");
    }
    assert_eq!(hidden(&page, "/new", "seen"), "");
    assert_eq!(answer.headers["cache-control"], "private, no-store");
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("form=") && cookie.contains("Path=/new;"), "{cookie}");
    let again = city.visitor().get(path).await.text();
    assert_ne!(hidden(&page, "/new", "key"), hidden(&again, "/new", "key"));
}

#[tokio::test]
async fn who_knows_the_key_of_a_form_gets_nothing_of_what_was_sent_with_it() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut victim = city.visitor();
        let key = hidden(&victim.get("/new").await.text(), "/new", "key");
        let secret = but(&[("key", &key), ("description", "The head of the office takes money")]);
        let theirs = sent(&mut victim, &secret).await;
        let mut attacker = city.visitor();
        attacker.get("/new").await;
        // Other words, and even the very same from another browser.
        let other = sent(&mut attacker, &but(&[("key", &key), ("description", "x")])).await;
        let same = sent(&mut attacker, &secret).await;
        assert!(theirs != other && theirs != same, "{theirs}");
        assert_eq!(attacker.get(&theirs).await.status, StatusCode::FORBIDDEN);
        // Whoever sent it gets another link to the one report.
        assert_eq!(sent(&mut victim, &secret).await, theirs);
        assert_eq!(reports(&city).await, 3);
    })
    .await;
}

#[tokio::test]
async fn who_goes_back_and_writes_something_else_has_sent_two_reports() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut browser = city.visitor();
        let key = hidden(&browser.get("/new").await.text(), "/new", "key");
        let first = sent(&mut browser, &but(&[("key", &key)])).await;
        let words = [("key", key.as_str()), ("description", "A light is out on the quay")];
        let second = sent(&mut browser, &but(&words)).await;
        assert_ne!(first, second);
        // What only says how it is sent makes no difference; nor does how lines end.
        let again =
            but(&[("key", key.as_str()), ("author", "nobody"), ("looks", "0123456789abcdef")]);
        assert_eq!(sent(&mut browser, &again).await, first);
        assert_eq!(reports(&city).await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_photo_is_the_same_whether_it_comes_ahead_or_along() {
    const PHOTO: &[u8] = include_bytes!("../../../../web/app/phone.webp");
    let city = City::new();
    let mut browser = city.visitor();
    let form = but(&[("key", "device-1")]);
    let mut parts: Vec<Part<'_>> =
        form.iter().map(|(name, value)| Part::Text(name, value)).collect();
    parts.push(Part::File { name: "photos", file: "wall.webp", bytes: PHOTO });
    let first = browser.upload("/new", &parts).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
    let file = [Part::File { name: "file", file: "wall.webp", bytes: PHOTO }];
    let ticket = browser.upload("/new/photos", &file).await.text();
    let mut ahead = form.clone();
    ahead.push(("photo", &ticket));
    sent(&mut browser, &ahead).await;
    assert_eq!(
        reports(&city).await,
        1,
        "the answer was lost, the photo went ahead the second time"
    );
    sent(&mut browser, &form).await;
    assert_eq!(reports(&city).await, 2, "without the photo it is another one");
}

#[tokio::test]
async fn a_filled_trap_gives_the_words_back_and_sends_nothing() {
    let city = City::new();
    let trapped = but(&[("left-empty", "https://example.org")]);
    let answer = city.visitor().post("/new", &trapped).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    assert!(page.contains("Graffiti all over the customs house</textarea>"), "{page}");
    assert_eq!(hidden(&page, "/new", "left-empty"), "");
    assert!(page.contains("must stay empty") && page.contains("<title>Error: "), "{page}");
    assert_eq!(reports(&city).await, 0);
}

#[tokio::test]
async fn a_photo_of_no_bytes_is_told_and_none_chosen_is_none() {
    let city = City::new();
    let with = |file: &'static str| {
        let mut parts: Vec<Part<'_>> = GOOD.iter().map(|(n, v)| Part::Text(n, v)).collect();
        parts.push(Part::File { name: "photos", file, bytes: b"" });
        parts
    };
    let broken = city.visitor().upload("/new", &with("IMG_2.jpg")).await;
    assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(broken.text().contains("The end of this photo is missing"), "{}", broken.text());
    let file = [Part::File { name: "file", file: "IMG_2.jpg", bytes: b"" }];
    let ahead = city.visitor().upload("/new/photos", &file).await;
    assert_eq!(ahead.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(reports(&city).await, 0);
    let none = city.visitor().upload("/new", &with("")).await;
    assert_eq!(none.status, StatusCode::SEE_OTHER, "{}", none.text());
}

/// The key of a program that may file.
async fn program(city: &City) -> String {
    let (ctx, vault) = (city.acting(Role::System, None), city.app.vault.clone());
    let key = city.app.db.write(move |conn| api_key::add(conn, &ctx, &vault, "a program")).await;
    key.unwrap().1
}

#[tokio::test]
async fn a_program_that_uses_a_key_twice_is_told_and_does_not_take_one_report_for_another() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let key = program(&city).await;
        let file = async |words: &str| {
            let form = [
                ("api_key", key.as_str()),
                ("service_code", "graffiti"),
                ("description", words),
                ("lat", "55.060"),
                ("long", "10.610"),
                ("idempotency_key", "1"),
            ];
            city.visitor().post("/open311/v2/requests.json", &form).await
        };
        assert_eq!(file("On the wall").await.status, StatusCode::CREATED);
        assert_eq!(file("On the wall").await.status, StatusCode::OK);
        let other = file("On the door").await;
        assert_eq!(other.status, StatusCode::BAD_REQUEST, "{}", other.text());
        assert!(other.text().contains("idempotency_key"), "{}", other.text());
        assert_eq!(reports(&city).await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_staff_enter_and_decide_is_done_once_however_often_they_press() {
    for_each_engine(async |db| {
        let city = City::on(db);
        city.app.clock.set(now());
        let mut operator = city.staff("ola", &[Role::Operator], None).await;
        let page = operator.get("/desk/new").await.text();
        let key = hidden(&page, "/desk/new", "key");
        let entry = |words: &'static str| {
            [
                ("key", key.clone()),
                ("channel", "phone".to_owned()),
                ("service_code", "graffiti".to_owned()),
                ("description", words.to_owned()),
                ("area", "old-town".to_owned()),
            ]
        };
        let mut led = Vec::new();
        for words in ["Paint on the school", "Paint on the school", "A second caller"] {
            let fields = entry(words);
            let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
            let answer = operator.post("/desk/new", &fields).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
            led.push(answer.location());
        }
        assert!(led[0] == led[1] && led[1] != led[2], "{led:?}");
        assert_eq!(reports(&city).await, 2);

        world::put(&city.app.db, [a_report(CODE, "pothole").in_state(State::InProgress)]).await;
        let note = [("version", "1"), ("reason", "Called back, nobody there")];
        let path = format!("/desk/reports/{CODE}/note");
        for _ in 0..2 {
            let answer = operator.post(&path, &note).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        }
        assert_eq!(times(&city, Verb::Note).await, 1);
        let other = operator.post(&path, &[("version", "1"), ("reason", "Something else")]).await;
        assert_eq!(other.status, StatusCode::SEE_OTHER, "another note is another one");
        assert_eq!(times(&city, Verb::Note).await, 2);
    })
    .await;
}

/// How often a verb stands in the history of the case.
async fn times(city: &City, verb: Verb) -> usize {
    let case: CaseRef = CODE.parse().unwrap();
    let read = city.app.db.read(move |conn| event_store::of::<ServiceRequest>(conn, &case));
    let events = read.await;
    events.unwrap().iter().filter(|event| event.verb == verb).count()
}

#[tokio::test]
async fn a_comment_tapped_twice_is_there_once_and_does_not_read_like_a_failure() {
    for_each_engine(async |db| {
        let city = City::on(db);
        city.app.clock.set(now());
        world::put(&city.app.db, [a_report(CODE, "pothole")]).await;
        let path = format!("/reports/{CODE}");
        let action = format!("{path}/comments#write");
        let mut hoa = city.visitor();
        let key = hidden(&hoa.get(&path).await.text(), &action, "key");
        let said = [("text", "It is deep.\r\nVery."), ("key", key.as_str())];
        let first = hoa.post(&format!("{path}/comments"), &said).await;
        // The second tap is on its way before the cookie of the first has arrived.
        hoa.forget("device");
        let second = hoa.post(&format!("{path}/comments"), &said).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
        assert_eq!(first.location(), second.location(), "{}", second.text());
        assert_eq!(count(&city.app.db, "SELECT COUNT(*) FROM comment").await, 1);
        let other = [("text", "And wide."), ("key", key.as_str())];
        let another = hoa.post(&format!("{path}/comments"), &other).await;
        assert_eq!(another.status, StatusCode::SEE_OTHER, "{}", another.text());
        let comments = count(&city.app.db, "SELECT COUNT(*) FROM comment").await;
        assert_eq!(comments, 2, "other words are another comment");
    })
    .await;
}

#[tokio::test]
async fn photos_and_words_that_a_reporter_sends_again_are_there_once() {
    const PHOTO: &[u8] = include_bytes!("../../../../web/app/phone.webp");
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut browser = city.visitor();
        let answer = browser.post("/new", GOOD).await;
        let opened = browser.get(&answer.location()).await;
        let my = opened.location();
        let page = browser.get(&my).await.text();
        let key = hidden(&page, &format!("{my}/photos"), "key");
        let file = Part::File { name: "photos", file: "wall.webp", bytes: PHOTO };
        let parts = [Part::Text("key", &key), file];
        for _ in 0..2 {
            let sent = browser.upload(&format!("{my}/photos"), &parts).await;
            assert_eq!(sent.location(), format!("{my}?done=add_media"), "{}", sent.text());
        }
        assert_eq!(count(&city.app.db, "SELECT COUNT(*) FROM attachment").await, 1);
        let gone = [("key", key.as_str()), ("reason", "It is gone")];
        for _ in 0..2 {
            let sent = browser.post(&format!("{my}/withdraw"), &gone).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        }
    })
    .await;
}

/// A form as a browser sends it, from a page of ours or from elsewhere.
fn asked(path: &str, site: &str, more: &[(&'static str, &str)]) -> Request<Body> {
    let mut request = Request::post(path)
        .header("content-type", KIND)
        .header("accept", "text/html,application/xhtml+xml")
        .header("sec-fetch-site", site);
    for (name, value) in more {
        request = request.header(*name, *value);
    }
    request
        .body(Body::from("step=send&description=Paint+on+the+school+%3Cb%3E&left-empty=&version=7"))
        .unwrap()
}

#[tokio::test]
async fn a_refusal_before_anybody_reads_the_form_gives_its_words_back() {
    let city = City::at_its_pace();
    let words = "Paint on the school &#60;b&#62;";
    // Another site: the words, and no button that would send them in somebody's name.
    let page = city.send(asked("/new", "cross-site", &[])).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(
        page.text().contains(words) && !page.text().contains("value=\"Paint"),
        "{}",
        page.text()
    );
    // Nobody is signed in any more: the words, a way in, and the form to be sent again.
    let path = format!("/desk/reports/{CODE}/note");
    let page = city.send(asked(&path, "same-origin", &[])).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert_eq!(hidden(&page.text(), &path, "version"), "7");
    assert!(page.text().contains(words), "{}", page.text());
    // Too many at once.
    let mut last = None;
    let phone = [("cookie", "device=AAAAAAAAAAAAAAAAAAAAAAAAA")];
    for _ in 0..70 {
        last = Some(city.send(asked("/new", "same-origin", &phone)).await);
        if last.as_ref().unwrap().status == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
    }
    let page = last.unwrap();
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(hidden(&page.text(), "/new", "description"), "Paint on the school <b>");
    assert!(page.text().contains(words) && page.headers.contains_key("retry-after"));
    // Passwords go back to nobody.
    let entry = Request::post("/sign-in")
        .header("content-type", KIND)
        .header("accept", "text/html")
        .header("sec-fetch-site", "cross-site")
        .body(Body::from("login=ola&password=correct+horse"));
    let page = city.send(entry.unwrap()).await;
    assert!(page.status == StatusCode::FORBIDDEN && !page.text().contains("horse"));
}

#[tokio::test]
async fn a_failure_of_ours_gives_the_form_back() {
    log::expect("no such table: receipt");
    let city = City::new();
    let broken =
        city.app.db.write(|conn| conn.execute("ALTER TABLE receipt RENAME TO lost", params![]));
    broken.await.unwrap();
    let answer = city.visitor().post("/new", GOOD).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(
        answer.text().contains("Graffiti all over the customs house</textarea>"),
        "{}",
        answer.text()
    );
    assert_eq!(reports(&city).await, 0);
}

#[tokio::test]
async fn that_a_form_was_taken_is_said_in_words_that_nobody_else_uses() {
    let city = City::new();
    let mut form = String::new();
    for (name, value) in GOOD {
        form.push_str(&format!("{name}={}&", value.replace(' ', "+")));
    }
    let program = |body: String, more: &'static str| {
        let request = Request::post("/new").header("content-type", KIND).header("accept", more);
        request.header("nhip-form", "device-7").body(Body::from(body)).unwrap()
    };
    let taken = city.send(program(format!("{form}key=device-7"), "text/html")).await;
    assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.text());
    assert_eq!(taken.headers["nhip-taken"], "device-7");
    assert!(taken.location().starts_with("/receipt/"));
    let cookie = taken.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("taken=/new; "), "{cookie}");
    for (accept, status) in [("text/html", 422), ("application/problem+json", 422)] {
        let refused = city.send(program("step=send".to_owned(), accept)).await;
        assert_eq!(refused.status.as_u16(), status);
        assert!(!refused.headers.contains_key("nhip-taken"));
        assert_eq!(refused.headers["nhip-who"], "nobody", "and a refusal is ours too");
    }
    // Being led to the sign-in page is not being taken.
    let request = Request::post("/desk/new").header("accept", "text/html");
    let lost = city.send(request.header("nhip-form", "k").body(Body::empty()).unwrap()).await;
    assert!(!lost.headers.contains_key("nhip-taken") && lost.status != StatusCode::CREATED);
}

#[tokio::test]
async fn that_a_form_was_sent_is_forgotten_after_some_months() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut browser = city.visitor();
        sent(&mut browser, &but(&[("key", "device-1")])).await;
        let job = jobs::jobs()
            .into_iter()
            .find(|job| job.name == "forget which forms were sent")
            .unwrap();
        let known = "SELECT COUNT(*) FROM idempotency";
        for (days, left) in [(89, 1), (2, 0)] {
            city.later(jiff::SignedDuration::from_hours(days * 24));
            jobs::run(&city.node, &job).await;
            assert_eq!(count(&city.app.db, known).await, left, "after {days} more days");
        }
    })
    .await;
}
