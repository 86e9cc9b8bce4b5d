//! What keeps the numbers honest: reports by an agency's own people, proof that was used before, answers given too fast.

use crate::support::city::{Browser, City, Part};
use crate::support::db::for_each_engine;
use crate::support::world::{self, a_report};
use axum::http::StatusCode;
use domain::actor::{Actor, Role};
use domain::ids::ServiceRequestId;
use domain::service_request::{Outcome, State};
use jiff::SignedDuration;
use nhip::account::admin;
use nhip::account::vault::{self, Identity};
use nhip::platform::ctx::Ctx;
use nhip::platform::db::{Db, params};
use nhip::platform::error::Error;
use nhip::service_request::action::accept::accept;
use nhip::service_request::action::answer::{AnswerGiven, answer};
use nhip::service_request::action::{On, review};
use nhip::service_request::staff::integrity_store::{self, Integrity, Which};

/// Whether it counts as filed by the staff of the agency that has it: as the rankings read it.
async fn by_own_staff(city: &City, code: &str) -> bool {
    let id = ServiceRequestId::parse(code).unwrap();
    let read = city.app.db.read(move |conn| {
        let sql = "SELECT by_own_staff FROM service_request WHERE id = $1";
        conn.query_one(sql, params![id.as_str()], |row| row.get::<bool>(0))
    });
    read.await.unwrap()
}

async fn file(browser: &mut Browser<'_>, email: &str) -> String {
    let fields = [
        ("step", "send"),
        ("description", "A hole before the fish market"),
        ("service-any", "pothole"),
        ("q-size", "plate"),
        ("area", "quays"),
        ("email", email),
        ("public", "1"),
        ("seen", "1"),
    ];
    let sent = browser.post("/new", &fields).await;
    assert!(sent.status.is_redirection(), "{}", sent.text());
    let page = browser.follow(sent).await.text();
    page.split("/my/").nth(1).unwrap().split(['"', '/', '?']).next().unwrap().to_owned()
}

#[tokio::test]
async fn a_report_by_the_staff_of_the_agency_that_has_it_is_marked_wherever_it_goes() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut operator = city.staff("ola", &[Role::Operator], Some("town-desk")).await;
        let mut officer = city.staff("finn", &[Role::Officer], Some("works")).await;
        let (ctx, key) = (city.acting(Role::System, None), city.app.vault.clone());
        let linked = city.app.db.write(move |conn| {
            let email = Some(crate::support::letters::email("finn@example.org"));
            let identity = Identity { email, ..Identity::default() };
            let person = vault::keep(conn, &ctx, &key, &identity, "en")?;
            let sql = "UPDATE account SET person = $1 WHERE login = 'finn'";
            conn.execute(sql, params![person.as_str()])?;
            Ok::<_, Error>(())
        });
        linked.await.unwrap();
        let signed_in = file(&mut officer, "").await;
        let same_address = file(&mut city.visitor(), "finn@example.org").await;
        let somebody = file(&mut city.visitor(), "lan@example.org").await;
        assert!(by_own_staff(&city, &signed_in).await, "signed in");
        assert!(by_own_staff(&city, &same_address).await, "with the address of an officer");
        assert!(!by_own_staff(&city, &somebody).await, "anybody else");
        for (to, theirs) in [("police", false), ("works", true)] {
            let case = operator.get(&format!("/desk/reports/{signed_in}")).await.text();
            let version = case.split("name=\"version\" value=\"").nth(1).unwrap();
            let version = version.split('"').next().unwrap();
            if to == "police" {
                let path = format!("/desk/reports/{signed_in}/accept");
                operator.post(&path, &[("version", version)]).await;
            }
            let pick = format!("{signed_in}:{}", if to == "police" { 2 } else { 3 });
            operator.post("/desk/assign", &[("pick", &pick), ("agency", to)]).await;
            assert_eq!(by_own_staff(&city, &signed_in).await, theirs, "handed to {to}");
        }
    })
    .await;
}

/// Somebody with an account acting for an agency.
async fn acting(city: &City, login: &'static str, role: Role, agency: &str) -> Ctx {
    let account = city.app.db.read(move |conn| admin::by_login(conn, login)).await.unwrap();
    let agency = Some(agency.parse().unwrap());
    city.app.ctx(Actor { role, account: Some(account.id), agency })
}

fn on(code: &str) -> On {
    On { id: ServiceRequestId::parse(code).unwrap(), seen: None }
}

/// Accepts a report, answers it so many minutes later in these words, and lets the centre judge.
async fn answered(city: &City, code: &'static str, minutes: i64, words: &'static str, good: bool) {
    let operator = city.acting(Role::Operator, None);
    city.app.db.write(move |conn| accept(conn, &operator, &on(code), "")).await.unwrap();
    city.later(SignedDuration::from_mins(minutes));
    let officer = acting(city, "finn", Role::Officer, "works").await;
    let given = AnswerGiven {
        outcome: Outcome::NoBudget,
        words: words.to_owned(),
        evidence: Vec::new(),
        planned_for: None,
    };
    city.app.db.write(move |conn| answer(conn, &officer, &on(code), &given)).await.unwrap();
    let reviewer = acting(city, "ria", Role::Reviewer, "town-desk").await;
    let judged = city.app.db.write(move |conn| {
        if good {
            review::publish(conn, &reviewer, &on(code), "")
        } else {
            review::send_back(conn, &reviewer, &on(code), "Where is the photo?")
        }
    });
    judged.await.unwrap();
}

async fn a_town_with_answers(db: Db) -> City {
    let city = City::on(db);
    city.app.clock.set(world::now());
    city.staff("finn", &[Role::Officer], Some("works")).await;
    city.staff("ria", &[Role::Reviewer], Some("town-desk")).await;
    let codes =
        ["ANSWER01", "ANSWER02", "ANSWER03", "ANSWER04", "ANSWER05", "ANSWER06", "ANSWER07"];
    let made = codes.map(|code| {
        let mut made = a_report(code, "pothole").in_state(State::Received);
        made.0.agency = "works".parse().unwrap();
        made
    });
    world::put(&city.app.db, made).await;
    // Two that took their time, in words of their own; then five within minutes, in the same words.
    answered(&city, "ANSWER01", 90, "The hole was filled this morning", true).await;
    answered(&city, "ANSWER02", 90, "We looked, and there is no hole", false).await;
    for code in ["ANSWER03", "ANSWER04", "ANSWER05", "ANSWER06", "ANSWER07"] {
        let words = if code == "ANSWER03" { "No  money, sorry." } else { "No money, sorry." };
        answered(&city, code, 1, words, true).await;
    }
    city
}

#[tokio::test]
async fn the_panel_counts_how_answers_came_about_and_opens_the_list_behind_each_number() {
    for_each_engine(async |db| {
        let city = a_town_with_answers(db).await;
        let since = city.app.clock.now() - SignedDuration::from_hours(24);
        let read = city.app.db.read(move |conn| integrity_store::integrity(conn, since));
        let counted = read.await.unwrap();
        let works = Integrity {
            agency: "works".to_owned(),
            answers: 7,
            published: 6,
            no_evidence: 6,
            fast: 5,
            bulk: 5,
            reused: 4,
            sent_back: 1,
        };
        assert_eq!(counted, [works]);
        let mut leader = city.staff("lea", &[Role::Leader], Some("council")).await;
        let panel = leader.get("/desk/integrity").await.text();
        // A number and its share do not run together: `5 83 %` would be read as one.
        assert!(panel.contains("5</a> <span class=\"hint\">(83% of 6)</span>"), "{panel}");
        for which in Which::ALL {
            let path = format!("/desk/integrity/works?which={which}&days=30");
            let plain = crate::support::forms::unescaped(&panel);
            assert!(plain.contains(&format!("href=\"{path}\"")), "{path}: {panel}");
            let list = leader.get(&path).await.text();
            let n = list.matches("class=\"desk-code\"").count();
            let expected = match which {
                Which::Published | Which::NoEvidence => 6,
                Which::Fast | Which::Bulk => 5,
                Which::Reused => 4,
                Which::SentBack => 1,
            };
            assert_eq!(n, expected, "{which}: {list}");
        }
        let mut officer = city.staff("otto", &[Role::Officer, Role::Head], Some("works")).await;
        for path in ["/desk/integrity", "/desk/integrity/works"] {
            assert_eq!(officer.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn four_quick_answers_are_not_many_at_once_and_two_people_are_not_one() {
    for_each_engine(async |db| {
        let city = a_town_with_answers(db).await;
        let moved = city.app.db.write(|conn| {
            let sql =
                "UPDATE answer_given SET account = NULL WHERE request IN ('ANSWER05', 'ANSWER06')";
            conn.execute(sql, params![])
        });
        moved.await.unwrap();
        let since = city.app.clock.now() - SignedDuration::from_hours(24);
        let read = city.app.db.read(move |conn| integrity_store::integrity(conn, since));
        assert_eq!(read.await.unwrap()[0].bulk, 0);
    })
    .await;
}

/// A picture with something to tell it by.
fn picture(seed: u32, width: u32) -> Vec<u8> {
    let height = width * 3 / 4;
    let image = image::RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (f64::from(x) / f64::from(width), f64::from(y) / f64::from(height));
        let wave = (x * 9.0 + f64::from(seed)).sin() + (y * 7.0 * f64::from(seed)).cos();
        image::Rgb([(127.0 + 60.0 * wave) as u8, (90.0 + 50.0 * wave) as u8, 80])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// An officer answers with a photo.
async fn prove(officer: &mut Browser<'_>, code: &str, photo: &[u8]) {
    let parts = [
        Part::Text("version", "1"),
        Part::Text("outcome", "fixed"),
        Part::Text("reason", "It is done"),
        Part::File { name: "photos", file: "done.jpg", bytes: photo },
    ];
    let sent = officer.upload(&format!("/desk/reports/{code}/answer"), &parts).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
}

#[tokio::test]
async fn a_photo_used_before_stands_beside_the_other_report_for_whoever_reviews_it() {
    for_each_engine(async |db| {
        let city = City::on(db);
        city.app.clock.set(world::now());
        let mut officer = city.staff("finn", &[Role::Officer], Some("works")).await;
        let mut reviewer = city.staff("ria", &[Role::Reviewer], Some("town-desk")).await;
        let made = ["PRFTEST1", "PRFTEST2", "PRFTEST3", "PRFTEST4"].map(|code| {
            let mut made = a_report(code, "pothole").in_state(State::Assigned);
            made.0.agency = "works".parse().unwrap();
            made
        });
        world::put(&city.app.db, made).await;
        let large = picture(3, 640);
        prove(&mut officer, "PRFTEST1", &large).await;
        prove(&mut officer, "PRFTEST2", &large).await;
        prove(&mut officer, "PRFTEST3", &picture(3, 320)).await;
        prove(&mut officer, "PRFTEST4", &picture(8, 640)).await;
        let mut case =
            async |code: &str| reviewer.get(&format!("/desk/reports/{code}")).await.text();
        let same = case("PRFTEST2").await;
        assert!(same.contains("The very same file, in"), "{same}");
        assert!(same.contains("href=\"/desk/reports/PRFTEST1\"") && same.contains("desk-twins"));
        let alike = case("PRFTEST3").await;
        assert!(alike.contains("Looks the same, in"), "{alike}");
        assert!(!case("PRFTEST4").await.contains("desk-twins"), "another photo");
        // Both pictures are there to be compared.
        let twins = same.split("desk-twins").nth(1).unwrap();
        let shown: Vec<&str> = twins.split("src=\"").skip(1).take(2).collect();
        for src in shown {
            let path = src.split('"').next().unwrap();
            assert_eq!(reviewer.get(path).await.status, StatusCode::OK, "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_answered_does_not_review_the_answer_whatever_else_they_are() {
    for_each_engine(async |db| {
        let city = City::on(db);
        city.app.clock.set(world::now());
        let both = &[Role::Officer, Role::Reviewer];
        let mut both = city.staff("bo", both, Some("works")).await;
        let mut reviewer = city.staff("ria", &[Role::Reviewer], Some("town-desk")).await;
        let mut made = a_report("PRFTEST1", "pothole").in_state(State::Assigned);
        made.0.agency = "works".parse().unwrap();
        world::put(&city.app.db, [made]).await;
        prove(&mut both, "PRFTEST1", &picture(5, 320)).await;
        let fields = [("version", "2"), ("reason", "Well done")];
        for verb in ["publish", "send_back"] {
            let own = both.post(&format!("/desk/reports/PRFTEST1/{verb}"), &fields).await;
            assert_eq!(own.status, StatusCode::FORBIDDEN, "{verb}: {}", own.text());
        }
        let case = both.get("/desk/reports/PRFTEST1").await.text();
        assert!(!case.contains("/desk/reports/PRFTEST1/publish\""), "nor is it offered");
        let theirs = reviewer.post("/desk/reports/PRFTEST1/publish", &fields).await;
        assert_eq!(theirs.status, StatusCode::SEE_OTHER, "{}", theirs.text());
    })
    .await;
}
