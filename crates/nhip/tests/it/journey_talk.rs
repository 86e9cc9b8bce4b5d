//! What people say about a report and that they have it too, over HTTP, without an account and without JavaScript.

use crate::support::city::{Answer, Browser, City};
use crate::support::letters::report_by;
use crate::support::world::a_report;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, SET_COOKIE};
use axum::http::{Method, Request, StatusCode};
use domain::actor::{Actor, Role};
use domain::service_request::Outcome;
use jiff::SignedDuration;
use nhip::platform::error::Error;
use nhip::platform::limits::COMMENTS_OF_ONE_PLACE;
use nhip::service_request::store;
use std::sync::Arc;

/// The town with these reports, where comments show at once.
pub async fn town(made: impl IntoIterator<Item = crate::support::world::Made>) -> City {
    town_on(City::new(), made).await
}

/// The same in a city that is there already.
pub async fn town_on(
    city: City,
    made: impl IntoIterator<Item = crate::support::world::Made>,
) -> City {
    show_at_once(&city, true);
    let reports: Vec<_> = made.into_iter().map(|made| made.0).collect();
    let ctx = city.app.ctx(Actor::system());
    let written = city.app.db.write(move |conn| {
        for report in &reports {
            store::insert(conn, &ctx, report)?;
            store::save(conn, &ctx, report, report.version)?;
        }
        Ok::<_, Error>(())
    });
    written.await.unwrap();
    city
}

/// Whether comments show before a moderator has read them.
pub fn show_at_once(city: &City, at_once: bool) {
    let mut pack = (*city.app.pack.load_full()).clone();
    pack.settings.comments_first = at_once;
    city.app.pack.store(Arc::new(pack));
}

const PATH: &str = "/reports/P0TH01E1";
const COMMENTS: &str = "/reports/P0TH01E1/comments";
const SUPPORT: &str = "/reports/P0TH01E1/support";

async fn pothole() -> City {
    town([a_report("P0TH01E1", "pothole")]).await
}

async fn say(who: &mut Browser<'_>, text: &str) -> Answer {
    who.post(COMMENTS, &[("text", text)]).await
}

/// Written, and shown: its id.
fn written(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let to = answer.location();
    to.rsplit_once("#comment-").unwrap_or_else(|| panic!("{to}")).1.to_owned()
}

/// The discussion on the page, as a stranger sees it.
pub async fn seen(city: &City, path: &str) -> String {
    let page = city.visitor().get(path).await;
    assert_eq!(page.status, StatusCode::OK);
    page.text()
}

#[tokio::test]
async fn a_second_comment_within_the_minute_waits_and_keeps_its_words() {
    let city = pothole().await;
    let mut hoa = city.visitor();
    written(&say(&mut hoa, "It is deep.").await);
    city.later(SignedDuration::from_secs(59));
    let early = hoa.post(COMMENTS, &[("text", "And it\ngrows."), ("name", "Hoa <3")]).await;
    assert_eq!(early.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(early.headers.get(RETRY_AFTER).unwrap(), "1");
    let page = early.text();
    assert!(page.contains("Please wait 1 second."), "{page}");
    assert!(
        page.contains("And it\ngrows.</textarea>") && page.contains("value=\"Hoa &#60;3\""),
        "{page}"
    );
    city.later(SignedDuration::from_secs(1));
    written(&say(&mut hoa, "And it grows.").await);
    let page = seen(&city, PATH).await;
    assert!(page.contains("It is deep.") && page.contains("And it grows."), "{page}");
    assert!(page.contains("A resident"));
}

#[tokio::test]
async fn the_wait_is_told_in_the_reader_s_language() {
    let city = City::of("cities/hue");
    show_at_once(&city, true);
    let (ctx, vault) = (city.acting(Role::Reporter, None), city.app.vault.clone());
    let report =
        city.app.db.write(move |conn| report_by(conn, &ctx, &vault, "pothole", "hoa@example.org"));
    let path = format!("/reports/{}/comments", report.await.unwrap().id);
    let mut hoa = city.visitor();
    hoa.get("/?lang=vi").await;
    written(&hoa.post(&path, &[("text", "Sâu lắm.")]).await);
    city.later(SignedDuration::from_secs(18));
    let early = hoa.post(&path, &[("text", "Và sâu hơn.")]).await;
    assert_eq!(early.headers.get(RETRY_AFTER).unwrap(), "42");
    let page = early.text();
    assert!(page.contains("Vui lòng chờ 42 giây nữa.") && page.contains("Một người dân"), "{page}");
}

#[tokio::test]
async fn dropping_the_cookie_does_not_help_for_long_and_nobody_else_is_held_up() {
    let city = pothole().await;
    let mut hoa = city.visitor().at("192.0.2.1");
    written(&say(&mut hoa, "First").await);
    assert!(hoa.forget("device"), "the first comment made a cookie");
    for n in 1..COMMENTS_OF_ONE_PLACE {
        written(&say(&mut hoa, &format!("Again {n}")).await);
        hoa.forget("device");
    }
    assert_eq!(say(&mut hoa, "Second").await.status, StatusCode::TOO_MANY_REQUESTS);
    let mut elsewhere = city.visitor().at("192.0.2.2");
    written(&say(&mut elsewhere, "Third").await);
    // A household has a whole network of the sixth kind.
    for n in 0..COMMENTS_OF_ONE_PLACE {
        let from = ["2001:db8:1:1::1", "2001:db8:1:1:ffff::2"][n % 2];
        written(&say(&mut city.visitor().at(from), &format!("Fourth {n}")).await);
    }
    let mut neighbour = city.visitor().at("2001:db8:1:1:ffff::2");
    assert_eq!(say(&mut neighbour, "Fifth").await.status, StatusCode::TOO_MANY_REQUESTS);
    // With an account it is the account that counts, wherever it is.
    let mut lan = city.citizen("lan@example.org").await.at("192.0.2.1");
    written(&say(&mut lan, "Sixth").await);
    let mut lan_at_work = city.citizen("lan@example.org").await.at("192.0.2.9");
    assert_eq!(say(&mut lan_at_work, "Seventh").await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn the_cookie_of_a_browser_comes_with_the_first_word_and_not_before() {
    let city = pothole().await;
    let mut hoa = city.visitor();
    let looked = hoa.get(PATH).await;
    assert!(
        looked.headers.get(SET_COOKIE).is_none() && looked.headers.get(CACHE_CONTROL).is_none()
    );
    let refused = say(&mut hoa, " ").await;
    assert!(refused.headers.get(SET_COOKIE).is_none(), "nothing was said yet");
    let said = say(&mut hoa, "It is deep.").await;
    let cookie = said.headers.get(SET_COOKIE).unwrap().to_str().unwrap().to_owned();
    let parts = ["device=", "Path=/", "Max-Age=34560000", "HttpOnly", "SameSite=Lax"];
    assert!(parts.iter().all(|part| cookie.contains(part)), "{cookie}");
    let looked = hoa.get(PATH).await;
    assert_eq!(looked.headers.get(CACHE_CONTROL).unwrap(), "private, no-store");
    // Neither the secret nor the address is kept as it is.
    let secret = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    let kept = city.app.db.read(|conn| {
        let sql = "SELECT author_key FROM comment UNION ALL SELECT author_key FROM comment_pace";
        conn.query(sql, &[], |row| row.get::<String>(0))
    });
    let kept = kept.await.unwrap();
    assert_eq!(kept.len(), 3);
    assert!(
        kept.iter().all(|key| {
            // The address is counted apart, up to so many.
            let hash = key.split('#').next().unwrap();
            hash.len() == 64 && !key.contains(&secret)
        }),
        "{kept:?}"
    );
}

#[tokio::test]
async fn words_that_cannot_be_taken_come_back_with_a_sentence() {
    let city = pothole().await;
    let mut hoa = city.visitor();
    let long = "đ".repeat(2_001);
    for (text, sentence) in [
        ("", "This is missing."),
        (" \r\n\t ", "This is missing."),
        (long.as_str(), "Too long: at most 2,000 characters."),
        ("a\0b", "Character 2 is one that nobody can see (U+0000). Please delete it."),
    ] {
        let answer = say(&mut hoa, text).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{text:?}");
        assert!(answer.text().contains(sentence), "{text:?}: {}", answer.text());
    }
    assert!(say(&mut hoa, &long).await.text().contains(&format!("\n{long}</textarea>")));
    let taken = hoa.post(COMMENTS, &[("text", "Hello"), ("name", "TOWN  desk")]).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody calls themselves an office");
    assert!(taken.text().contains("This is the name of an office."), "{}", taken.text());
    // Two thousand characters are taken, counted as one however a keyboard sends them, and kept in one form.
    let most = format!("{}e\u{301}", "đ".repeat(1_999));
    written(&say(&mut hoa, &most).await);
    let kept = city
        .app
        .db
        .read(|conn| conn.query_one("SELECT text FROM comment", &[], |row| row.get::<String>(0)));
    assert_eq!(kept.await.unwrap(), format!("{}é", "đ".repeat(1_999)));
}

#[tokio::test]
async fn words_stay_words_whatever_they_look_like() {
    let city = pothole().await;
    let mut hoa = city.visitor();
    let evil = "<script>alert(1)</script> https://evil.example\n  <a href=\"//evil.example\">x</a>";
    let said = hoa.post(COMMENTS, &[("text", evil), ("name", "\"><img src=x>")]).await;
    let id = written(&said);
    for path in [PATH.to_owned(), format!("{PATH}?reply={id}"), format!("{COMMENTS}/{id}/flag")] {
        let page = seen(&city, &path).await;
        for html in ["<script>alert", "<img src=x", "<a href=\"//evil", "href=\"https://evil"] {
            assert!(!page.contains(html), "{path}: {html}");
        }
        assert!(page.contains("&#34;&#62;&#60;img src=x&#62;"), "{path}: {page}");
    }
    let page = seen(&city, PATH).await;
    assert!(page.contains("https://evil.example\n  &#60;a href="), "spaces and lines are kept");
}

#[tokio::test]
async fn a_filled_trap_says_nothing_and_gives_the_words_back() {
    let city = pothole().await;
    let mut robot = city.visitor();
    let fields = [("text", "Cheap engines"), ("left-empty", "https://evil.example")];
    let answer = robot.post(COMMENTS, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    assert!(
        page.contains("Cheap engines</textarea>") && page.contains("must stay empty"),
        "{page}"
    );
    assert!(!page.contains("evil.example"), "the trap is empty again");
    assert!(!seen(&city, PATH).await.contains("Cheap engines"));
    written(&say(&mut robot, "A person after all").await);
}

#[tokio::test]
async fn an_answer_stands_under_what_it_answers() {
    let city = pothole().await;
    let first = written(&say(&mut city.visitor().at("192.0.2.1"), "It is deep.").await);
    let mut lan = city.visitor().at("192.0.2.2");
    let form = lan.get(&format!("{PATH}?reply={first}")).await.text();
    assert!(form.contains(&format!("name=\"reply\" value=\"{first}\"")), "{form}");
    let reply = [("text", "Indeed."), ("reply", first.as_str()), ("name", "Lan")];
    written(&lan.post(COMMENTS, &reply).await);
    let page = seen(&city, PATH).await;
    let inside = page.split("comment-replies").nth(1).unwrap().split("</ol>").next().unwrap();
    assert!(inside.contains("Indeed.") && inside.contains("Lan"), "{page}");
    for (n, unknown) in ["01M00000000000000000000000", "x y", "../x"].into_iter().enumerate() {
        let mut who = city.visitor().at(["192.0.2.3", "192.0.2.4", "192.0.2.5"][n]);
        let answer = who.post(COMMENTS, &[("text", "To nobody"), ("reply", unknown)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{unknown}");
        assert!(answer.text().contains("To nobody</textarea>"));
    }
}

#[tokio::test]
async fn what_is_not_open_to_all_has_no_discussion() {
    let city = town([
        a_report("P0TH01E1", "pothole"),
        a_report("PR1VATE1", "pothole").private(),
        a_report("H1DDEN11", "pothole").hidden("It names somebody."),
        a_report("C0NDVCT1", "conduct"),
    ])
    .await;
    let mut hoa = city.visitor();
    let id = written(&say(&mut hoa, "I know the house.").await);
    city.later(SignedDuration::from_mins(5));
    for code in ["PR1VATE1", "H1DDEN11", "C0NDVCT1", "N0THERE1"] {
        let path = format!("/reports/{code}");
        for (post, field) in [("comments", ("text", "Hello")), ("support", ("want", "1"))] {
            let answer = hoa.post(&format!("{path}/{post}"), &[field]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{code} {post}");
        }
        // The comment of another report is not reached through this one.
        let flag = format!("{path}/comments/{id}/flag");
        assert_eq!(hoa.get(&flag).await.status, StatusCode::NOT_FOUND);
        assert_eq!(hoa.post(&flag, &[]).await.status, StatusCode::NOT_FOUND);
        if code != "N0THERE1" {
            let page = seen(&city, &path).await;
            assert!(!page.contains("id=\"discussion\"") && !page.contains("/support"), "{page}");
        }
    }
    // A report that is hidden takes its discussion and its supporters along.
    hoa.post(SUPPORT, &[]).await;
    assert!(seen(&city, PATH).await.contains("1 person also affected"));
    let hide = city.acting(Role::Operator, None);
    let on = nhip::service_request::action::On { id: "P0TH01E1".parse().unwrap(), seen: None };
    let hidden = city.app.db.write(move |conn| {
        nhip::service_request::action::moderate::hide(conn, &hide, &on, "It names somebody.")
    });
    hidden.await.unwrap();
    for path in [PATH, "/reports", "/", "/reports.atom"] {
        let page = hoa.get(path).await.text();
        assert!(!page.contains("I know the house."), "{path}");
        assert!(!page.contains("also affected") && !page.contains("1 comment"), "{path}: {page}");
    }
    let flag = format!("{COMMENTS}/{id}/flag");
    assert_eq!(hoa.get(&flag).await.status, StatusCode::NOT_FOUND);
    assert_eq!(say(&mut hoa, "Where is it?").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn me_too_counts_a_person_once_and_can_be_taken_back() {
    let city = pothole().await;
    let (mut hoa, mut lan) = (city.visitor(), city.visitor());
    let first = hoa.post(SUPPORT, &[("want", "1")]).await;
    assert_eq!(first.location(), format!("{PATH}?done=support#together"));
    let page = hoa.follow(first).await.text();
    assert!(page.contains("You count now.") && page.contains(&format!("{PATH}/follow")), "{page}");
    hoa.post(SUPPORT, &[("want", "1")]).await;
    assert!(seen(&city, PATH).await.contains("1 person also affected"), "the same person");
    lan.post(SUPPORT, &[]).await;
    let page = seen(&city, PATH).await;
    assert!(page.contains("2 people also affected") && page.contains("Me too"), "{page}");
    assert!(hoa.get(PATH).await.text().contains("Take it back"));
    assert!(seen(&city, "/reports").await.contains("2 people also affected"), "on the card");
    let back = hoa.post(SUPPORT, &[("want", "0")]).await;
    assert!(hoa.follow(back).await.text().contains("Me too"));
    hoa.post(SUPPORT, &[("want", "0")]).await;
    assert!(seen(&city, PATH).await.contains("1 person also affected"));
}

#[tokio::test]
async fn a_settled_report_says_why_it_takes_no_more_support() {
    let city = town([
        a_report("F1XED111", "pothole").closed(Outcome::Fixed),
        a_report("P1ANNED1", "pothole").closed(Outcome::Planned),
    ])
    .await;
    let mut hoa = city.visitor();
    let page = seen(&city, "/reports/F1XED111").await;
    assert!(page.contains("This report is closed") && !page.contains("F1XED111/support"), "{page}");
    let late = hoa.post("/reports/F1XED111/support", &[]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text().contains("This report is closed"), "{}", late.text());
    // What is only promised is still there.
    assert!(seen(&city, "/reports/P1ANNED1").await.contains("P1ANNED1/support"));
    assert_eq!(hoa.post("/reports/P1ANNED1/support", &[]).await.status, StatusCode::SEE_OTHER);
    // People talk about a result.
    let thanks = hoa.post("/reports/F1XED111/comments", &[("text", "Thank you.")]).await;
    written(&thanks);
}

#[tokio::test]
async fn somebody_who_reports_the_same_again_can_join_instead() {
    let city = pothole().await;
    let made = a_report("P0TH01E1", "pothole").0;
    let (lat, long) = (made.point.lat().to_string(), made.point.long().to_string());
    let mut hoa = city.visitor();
    hoa.post(SUPPORT, &[]).await;
    let form = [
        ("step", "send"),
        ("description", "A deep pothole"),
        ("service-any", "pothole"),
        ("q-size", "plate"),
        ("lat", lat.as_str()),
        ("long", long.as_str()),
    ];
    let asked = hoa.post("/new", &form).await.text();
    let button = format!("form=\"me-too\" formaction=\"{SUPPORT}\"");
    assert!(asked.contains(&button) && asked.contains("id=\"me-too\""), "{asked}");
    assert!(asked.contains("1 person also affected"), "{asked}");
    let part = hoa.get(&format!("/new/similar?lat={lat}&long={long}&service=pothole")).await.text();
    assert!(part.contains(&button), "{part}");
}

#[tokio::test]
async fn another_site_cannot_make_a_visitor_say_or_support_anything() {
    let city = pothole().await;
    for path in [COMMENTS, SUPPORT] {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "cross-site")
            .body(Body::from("text=Hello"))
            .unwrap();
        assert_eq!(city.send(request).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(!seen(&city, PATH).await.contains("Hello"));
}

#[tokio::test]
async fn an_address_of_a_form_leads_back_to_the_discussion() {
    let city = pothole().await;
    let back = city.visitor().get(COMMENTS).await;
    assert_eq!(back.location(), format!("{PATH}#discussion"));
    let spelled = city.visitor().get("/reports/poth-ole1").await;
    assert_eq!(spelled.location(), PATH, "a code as people write it");
}
