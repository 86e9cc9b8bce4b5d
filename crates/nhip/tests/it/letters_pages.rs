//! The ways in and out of letters, and the desk's page of them, over HTTP, with the jobs run by hand.

use crate::support::city::City;
use crate::support::letters::report_by;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::actor::Role;
use domain::service_request::ServiceRequest;
use jiff::SignedDuration;
use nhip::notification::{deliver, dispatch};
use nhip::service_request::action::accept::accept;
use nhip::service_request::action::{On, work};

impl City {
    async fn report(&self, address: &'static str) -> ServiceRequest {
        let (ctx, vault) = (self.acting(Role::Reporter, None), self.app.vault.clone());
        self.app
            .db
            .write(move |conn| report_by(conn, &ctx, &vault, "pothole", address))
            .await
            .unwrap()
    }

    /// Both jobs, once, and all letters written so far: name of the file and what is in it, soft line breaks undone.
    async fn letters(&self) -> Vec<String> {
        dispatch::run(self.app.clone()).await.unwrap();
        deliver::run(self.app.clone()).await.unwrap();
        let mut files: Vec<_> = std::fs::read_dir(self.app.config.data.join("letters"))
            .unwrap()
            .map(|e| e.unwrap().path())
            .collect();
        files.sort();
        files
            .iter()
            .map(|path| {
                std::fs::read_to_string(path).unwrap().replace("=\r\n", "").replace("=3D", "=")
            })
            .collect()
    }
}

/// The first link in a letter that has this in it.
fn link(letter: &str, part: &str) -> String {
    let at = letter
        .find(&format!("http://harbour.example{part}"))
        .unwrap_or_else(|| panic!("no {part} in\n{letter}"));
    letter[at..]
        .split(|c: char| c.is_whitespace() || matches!(c, '"' | '>'))
        .next()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn the_receipt_comes_by_letter_with_a_link_that_opens_the_report() {
    let city = City::new();
    let report = city.report("hoa@example.org").await;
    let letters = city.letters().await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].contains("To: hoa@example.org"), "{}", letters[0]);
    assert!(!letters[0].contains("List-Unsubscribe"), "a receipt was asked for");
    let secret = link(&letters[0], "/receipt/").rsplit('/').next().unwrap().to_owned();
    let vault = city.app.vault.clone();
    let found = city
        .app
        .db
        .read(move |conn| nhip::service_request::form::receipt::request_of(conn, &vault, &secret))
        .await;
    assert_eq!(found.unwrap(), Some(report.id));
    assert_eq!(city.letters().await.len(), 1, "and comes once");
}

#[tokio::test]
async fn a_neighbour_follows_by_a_letter_and_stops_with_one_click() {
    let city = City::new();
    let report = city.report("hoa@example.org").await;
    let mut lan = city.visitor();
    let wrong = lan.post(&format!("/reports/{}/follow", report.id), &[("email", "lan@")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.text().contains("value=\"lan@\""),
        "what was typed is still there: {}",
        wrong.text()
    );
    let asked =
        lan.post(&format!("/reports/{}/follow", report.id), &[("email", "lan@example.org")]).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text());

    let letters = city.letters().await;
    let confirm = letters.iter().find(|l| l.contains("To: lan@example.org")).unwrap();
    let address = link(confirm, "/letters/follow/");
    assert_eq!(lan.get(&address).await.status, StatusCode::OK);
    // Looking at it, as a mail scanner does, confirms nothing.
    progress(&city, &report).await;
    assert_eq!(news(&city.letters().await).len(), 0);
    assert_eq!(lan.post(&address, &[]).await.status, StatusCode::OK);
    work_goes_on(&city, &report).await;
    let told = news(&city.letters().await);
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{}", told[0]);

    let stop = link(&told[0], "/letters/stop/");
    assert_eq!(lan.get(&stop).await.status, StatusCode::OK);
    work_goes_on(&city, &report).await;
    assert_eq!(news(&city.letters().await).len(), 2, "looking stops nothing");
    assert_eq!(lan.post(&stop, &[("List-Unsubscribe", "One-Click")]).await.status, StatusCode::OK);
    work_goes_on(&city, &report).await;
    assert_eq!(news(&city.letters().await).len(), 2);
}

fn news(letters: &[String]) -> Vec<String> {
    let to_lan = letters
        .iter()
        .filter(|l| l.contains("To: lan@example.org") && l.contains("List-Unsubscribe:"));
    to_lan.cloned().collect()
}

/// Accepted, begun, and a word about it.
async fn progress(city: &City, report: &ServiceRequest) {
    let on = On { id: report.id.clone(), seen: None };
    let (operator, officer) = (
        city.acting(Role::Operator, None),
        city.acting(Role::Officer, Some(report.agency.as_str())),
    );
    let done = city.app.db.write(move |conn| {
        accept(conn, &operator, &on, "")?;
        work::start(conn, &officer, &on)?;
        work::progress(conn, &officer, &on, "The stones are ordered.", None)
    });
    done.await.unwrap();
}

async fn work_goes_on(city: &City, report: &ServiceRequest) {
    let on = On { id: report.id.clone(), seen: None };
    let officer = city.acting(Role::Officer, Some(report.agency.as_str()));
    city.app
        .db
        .write(move |conn| work::progress(conn, &officer, &on, "Still at it.", None))
        .await
        .unwrap();
    city.later(SignedDuration::from_secs(1));
}

#[tokio::test]
async fn who_stops_all_letters_still_gets_receipts() {
    let city = City::new();
    let report = city.report("hoa@example.org").await;
    progress(&city, &report).await;
    let letters = city.letters().await;
    let told = letters.iter().find(|l| l.contains("List-Unsubscribe:")).unwrap();
    let stop = link(told, "/letters/stop/");
    assert_eq!(city.visitor().post(&stop, &[("all", "1")]).await.status, StatusCode::OK);
    work_goes_on(&city, &report).await;
    let before = letters.len();
    assert_eq!(city.letters().await.len(), before, "nothing more about it");
    city.report("hoa@example.org").await;
    assert_eq!(city.letters().await.len(), before + 1, "but a receipt");
}

#[tokio::test]
async fn a_forged_link_and_a_report_that_is_not_public_lead_nowhere() {
    let city = City::new();
    let mut anybody = city.visitor();
    for path in [
        "/letters/stop/01P.-.0000",
        "/letters/follow/01F.0000",
        "/reports/K7QM4RTX/follow",
        "/reports/x/follow",
    ] {
        assert_eq!(anybody.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(
        anybody.post("/letters/stop/01P.-.0000", &[("all", "1")]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_desk_sees_what_was_sent_without_an_address_and_sends_it_again() {
    let city = City::new();
    let report = city.report("hoa@example.org").await;
    assert_eq!(city.letters().await.len(), 1);
    let mut operator = city.staff("op", &[Role::Operator], Some("town-desk")).await;
    let page = operator.get(&format!("/desk/letters?report={}&state=sent", report.id)).await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.contains(&report.id.grouped()) && !text.contains("hoa@example.org"), "{text}");
    let action = text.split("action=\"/desk/letters/").nth(1).unwrap().split('"').next().unwrap();
    let again = operator.post(&format!("/desk/letters/{action}"), &[]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
    assert_eq!(city.letters().await.len(), 2);

    let mut officer = city.staff("of", &[Role::Officer], Some("works")).await;
    assert_eq!(officer.get("/desk/letters").await.status, StatusCode::FORBIDDEN);
    let mut inspector = city.staff("in", &[Role::Inspector], Some("ombudsman")).await;
    let theirs = inspector.get("/desk/letters").await.text();
    assert!(!theirs.contains(&report.id.grouped()), "letters about other reports are not theirs");
    assert_eq!(
        inspector.post(&format!("/desk/letters/{action}"), &[]).await.status,
        StatusCode::FORBIDDEN
    );
}

/// RFC 8058 lets providers send a form of either kind; some send none, and all from somewhere else.
#[tokio::test]
async fn one_click_stops_whatever_a_mail_provider_sends_and_from_wherever() {
    let city = City::new();
    let multipart = "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    type Case<'a> = (&'static str, &'a [(&'a str, &'a str)], &'a str);
    let cases: [Case<'_>; 6] = [
        ("a@example.org", &[("content-type", "multipart/form-data; boundary=x")], multipart),
        ("b@example.org", &[("content-type", "multipart/form-data; boundary=y")], multipart),
        ("c@example.org", &[], ""),
        ("d@example.org", &[("content-type", "text/plain")], "List-Unsubscribe=One-Click"),
        (
            "e@example.org",
            &[
                ("content-type", "application/x-www-form-urlencoded"),
                ("origin", "https://mail.example"),
                ("sec-fetch-site", "cross-site"),
            ],
            "List-Unsubscribe=One-Click",
        ),
        ("f@example.org", &[("content-type", "application/json"), ("origin", "null")], "{"),
    ];
    for (address, headers, body) in cases {
        let report = city.report(address).await;
        progress(&city, &report).await;
        let told = async || {
            work_goes_on(&city, &report).await;
            let mine = |letter: &String| {
                letter.contains(&format!("To: {address}")) && letter.contains("List-Unsubscribe:")
            };
            city.letters().await.into_iter().filter(mine).collect::<Vec<_>>()
        };
        let before = told().await;
        let stop = link(before.last().unwrap(), "/letters/stop/");
        let path = stop.strip_prefix("http://harbour.example").unwrap();
        let mut request = Request::post(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = city.send(request.body(Body::from(body)).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{headers:?}: {}", answer.text());
        assert_eq!(told().await.len(), before.len(), "{headers:?}");
    }
    let forged = Request::post("/letters/stop/01P.-.0000").body(Body::empty()).unwrap();
    assert_eq!(city.send(forged).await.status, StatusCode::NOT_FOUND);
}
