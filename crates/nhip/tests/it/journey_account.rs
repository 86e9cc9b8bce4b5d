//! How people sign in and look after their accounts, over HTTP and without JavaScript.

use crate::support::city::{Browser, City};
use axum::http::StatusCode;
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use domain::actor::{Actor, Role};
use jiff::SignedDuration;
use nhip::account::vault::Enclosure;
use nhip::account::{admin, link, password};
use nhip::platform::outbox;

const PASSWORD: &str = "a sentence to remember";

/// An operator with a password.
async fn an_operator(city: &City, login: &str) {
    let (ctx, login) = (city.app.ctx(Actor::system()), login.to_owned());
    let new = admin::NewStaff {
        name: "Pat".into(),
        login,
        roles: vec![Role::Operator],
        agency: None,
        language: "en".into(),
    };
    let hash = password::hash(PASSWORD, 1).unwrap();
    city.app.db.write(move |conn| admin::add(conn, &ctx, &new, &hash)).await.unwrap();
}

#[tokio::test]
async fn a_wrong_password_keeps_the_login_typed_and_the_right_one_leads_on() {
    let city = City::new();
    an_operator(&city, "pat").await;
    let mut pat = city.visitor();
    let form = [("login", "pat"), ("password", "hunter2hunter2"), ("next", "/account")];
    let answer = pat.post("/sign-in", &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    assert!(page.contains(r#"value="pat""#) && page.contains(r#"value="/account""#), "{page}");
    assert!(
        page.contains("Login name or password is wrong") && !page.contains("hunter2"),
        "{page}"
    );

    let answer = pat
        .post("/sign-in", &[("login", "pat"), ("password", PASSWORD), ("next", "/account")])
        .await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/account".into()));
    let cookie = answer.headers.get(SET_COOKIE).unwrap().to_str().unwrap();
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{cookie}");
    let page = pat.get("/account").await.text();
    assert!(page.contains("Login name: pat") && page.contains(r#"value="Pat""#), "{page}");
    assert_eq!(pat.get("/sign-in").await.location(), "/desk");
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_led_to_the_door_and_back() {
    let city = City::new();
    let answer = city.visitor().get("/account/sessions?x=1").await;
    assert_eq!(answer.location(), "/sign-in?next=/account/sessions%3Fx%3D1");
    let page = city.visitor().get(&answer.location()).await.text();
    assert!(page.contains(r#"name="next" value="/account/sessions?x=1""#), "{page}");
}

#[tokio::test]
async fn guessing_is_slowed_and_a_lock_is_told_to_who_knows_the_password() {
    let city = City::new();
    an_operator(&city, "pat").await;
    let mut pat = city.visitor();
    let ctx = city.app.ctx(Actor::system());
    city.app
        .db
        .write(move |conn| {
            let account = admin::by_login(conn, "pat")?.id;
            admin::lock(conn, &ctx, &account, "left <the> office")
        })
        .await
        .unwrap();
    let told = pat.post("/sign-in", &[("login", "pat"), ("password", PASSWORD)]).await;
    assert!(told.text().contains("Reason: left &#60;the&#62; office"), "{}", told.text());
    for _ in 0..5 {
        let answer = pat.post("/sign-in", &[("login", "pat"), ("password", "wrong")]).await;
        assert!(answer.text().contains("is wrong") && !answer.text().contains("locked"));
    }
    let slowed = pat.post("/sign-in", &[("login", "pat"), ("password", PASSWORD)]).await;
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(slowed.headers.contains_key(RETRY_AFTER));
}

/// The value of the hidden field `name`.
fn hidden(page: &str, name: &str) -> String {
    let start = format!(r#"name="{name}" value=""#);
    let (_, rest) = page.split_once(&start).unwrap_or_else(|| panic!("no {name} in {page}"));
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn with_the_one_time_code_on_the_password_alone_opens_nothing() {
    let city = City::new();
    an_operator(&city, "pat").await;
    let mut pat = city.visitor();
    pat.post("/sign-in", &[("login", "pat"), ("password", PASSWORD)]).await;
    let page = pat.get("/account/second-factor").await.text();
    assert!(page.contains("<svg class=\"qr\""), "{page}");
    let sealed = hidden(&page, "sealed");
    let (_, secret) = page.split_once("<code>").unwrap();
    let secret = totp_rs::Secret::try_from_base32(secret.split('<').next().unwrap()).unwrap();
    let phone =
        totp_rs::Builder::new().with_secret(secret).with_account_name("pat").build().unwrap();
    let code = || phone.generate(city.app.clock.now().as_second().cast_unsigned()).to_string();

    let wrong = pat.post("/account/second-factor", &[("sealed", &sealed), ("code", "12")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(hidden(&wrong.text(), "sealed"), sealed, "the same secret is shown again");
    let on = pat.post("/account/second-factor", &[("sealed", &sealed), ("code", &code())]).await;
    assert_eq!(on.text().matches("<li><code>").count(), 8, "{}", on.text());
    let again = pat.post("/account/second-factor", &[("sealed", &sealed), ("code", &code())]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody replaces it unasked");

    let mut elsewhere = city.visitor();
    let answer = elsewhere
        .post("/sign-in", &[("login", "pat"), ("password", PASSWORD), ("next", "/account")])
        .await;
    assert_eq!(answer.location(), "/sign-in/code?next=/account");
    assert!(elsewhere.get("/account").await.location().starts_with("/sign-in"), "half is not in");
    let page = elsewhere.get(&answer.location()).await.text();
    assert_eq!(hidden(&page, "next"), "/account");
    let used = elsewhere.post("/sign-in/code", &[("code", &code())]).await;
    assert_eq!(
        used.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the code of the enrolment is used up"
    );
    city.later(SignedDuration::from_mins(1));
    let answer = elsewhere.post("/sign-in/code", &[("code", &code()), ("next", "/account")]).await;
    assert_eq!(answer.location(), "/account");
    assert_eq!(elsewhere.get("/account").await.status, StatusCode::OK);

    let kept = elsewhere.post("/account/second-factor", &[("password", "wrong")]).await;
    assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
    let off = elsewhere.post("/account/second-factor", &[("password", PASSWORD)]).await;
    assert_eq!(off.location(), "/account?done=factor-off");
    assert!(elsewhere.get(&off.location()).await.text().contains("The one-time code is off."));
}

#[tokio::test]
async fn a_session_ended_from_the_list_is_gone_at_once() {
    let city = City::new();
    let mut here = city.staff("pat", &[Role::Operator], None).await;
    let mut also = city.visitor();
    an_operator(&city, "kim").await;
    also.post("/sign-in", &[("login", "kim"), ("password", PASSWORD)]).await;
    let mut third = city.visitor();
    third.post("/sign-in", &[("login", "kim"), ("password", PASSWORD)]).await;
    let page = also.get("/account/sessions").await.text();
    assert_eq!(page.matches("This one").count(), 1);
    let names: Vec<_> = page
        .match_indices(r#"name="session" value=""#)
        .map(|(at, m)| page[at + m.len()..].split('"').next().unwrap())
        .collect();
    assert_eq!(names.len(), 3, "two sessions and the button for all");
    // Somebody else's session cannot be ended by its name.
    here.post("/account/sessions", &[("session", names[0])]).await;
    here.post("/account/sessions", &[("session", names[1])]).await;
    assert_eq!(also.get("/account").await.status, StatusCode::OK);
    let answer = also.post("/account/sessions", &[("session", "")]).await;
    assert_eq!(answer.location(), "/");
    assert!(third.get("/account").await.location().starts_with("/sign-in"));
    assert!(also.get("/account").await.location().starts_with("/sign-in"));
    here.post("/sign-out", &[]).await;
    assert!(here.get("/account").await.location().starts_with("/sign-in"));
}

#[tokio::test]
async fn a_citizen_comes_in_by_a_letter_whose_link_works_once_and_only_by_the_button() {
    let city = City::new();
    let mut lan = city.visitor();
    let wrong = lan.post("/sign-in/link", &[("email", "lan at example")]).await;
    assert!(
        wrong.text().contains(r#"value="lan at example""#)
            && wrong.text().contains("no email address")
    );
    let sent = lan.post("/sign-in/link", &[("email", "lan@example.org")]).await;
    assert!(sent.text().contains("If lan@example.org is correct"), "{}", sent.text());

    let now = city.app.clock.now();
    let rows = city.app.db.read(move |conn| outbox::store::due(conn, now, 9)).await.unwrap();
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!(row.topic, link::TOPIC);
    let path = Enclosure::open(&city.app.vault, row.sealed.as_deref().unwrap()).unwrap().path;
    for _ in 0..2 {
        let page = lan.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "a scanner of mail may look");
        assert!(page.text().contains("signed in as lan@example.org"), "{}", page.text());
        assert!(
            !page.text().contains(&path[path.len() - 8..]),
            "the secret is in no address on the page"
        );
    }
    assert_eq!(lan.post(&path, &[]).await.location(), "/account");
    let page = lan.get("/account").await.text();
    assert!(!page.contains("Old password"), "{page}");
    let saved = lan.post("/account", &[("name", " Lan "), ("language", "en")]).await;
    assert!(lan.follow(saved).await.text().contains(r#"value="Lan""#));
    let long = lan.post("/account", &[("name", &"x".repeat(121)), ("language", "en")]).await;
    assert!(long.text().contains("at most 120"), "{}", long.text());
    let again = city.visitor().post(&path, &[]).await;
    assert_eq!(again.status, StatusCode::GONE);
    assert_eq!(city.visitor().get("/sign-in/link/guess").await.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_form_from_another_site_is_turned_away() {
    let city = City::new();
    let request = axum::http::Request::post("/sign-out").header("sec-fetch-site", "cross-site");
    let answer = city.send(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn my_reports_are_mine_alone() {
    let city = City::new();
    let (mut lan, mut kim) =
        (by_letter(&city, "lan@example.org").await, by_letter(&city, "kim@example.org").await);
    assert!(lan.get("/my").await.text().contains("Nothing here yet"));
    let report = [
        ("step", "send"),
        ("description", "Graffiti all over the customs house"),
        ("service-any", "graffiti"),
        ("lat", "55.060"),
        ("long", "10.610"),
        ("public", "1"),
        ("email", "LAN@example.org"),
    ];
    let sent = city.visitor().post("/new", &report).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let page = lan.get("/my").await.text();
    let (_, link) = page.split_once(r#"<a href="/my/"#).unwrap_or_else(|| panic!("{page}"));
    let own = format!("/my/{}", link.split('"').next().unwrap());
    assert_eq!(lan.get(&own).await.status, StatusCode::OK);
    assert!(kim.get("/my").await.text().contains("Nothing here yet"));
    assert_eq!(kim.get(&own).await.status, StatusCode::FORBIDDEN);
}

/// A citizen, signed in by the letter sent to them.
async fn by_letter<'a>(city: &'a City, email: &str) -> Browser<'a> {
    let mut citizen = city.visitor();
    // Letters leave in the order of their times.
    city.later(SignedDuration::from_secs(1));
    citizen.post("/sign-in/link", &[("email", email)]).await;
    let now = city.app.clock.now();
    let rows = city.app.db.read(move |conn| outbox::store::due(conn, now, 9)).await.unwrap();
    let path = Enclosure::open(&city.app.vault, rows.last().unwrap().sealed.as_deref().unwrap())
        .unwrap()
        .path;
    citizen.post(&path, &[]).await;
    citizen
}
