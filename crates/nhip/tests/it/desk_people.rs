//! The desk as each of its people has it: where they land, what stands first, who they are, and their own account.

use crate::support::city::{Browser, City};
use crate::support::db::for_each_engine;
use crate::support::world::{a_report, now, put};
use axum::http::StatusCode;
use domain::actor::Role;
use domain::ids::ServiceRequestId;
use domain::service_request::State;
use jiff::SignedDuration;
use nhip::account::link;
use nhip::account::vault::Enclosure;
use nhip::case::explanation;
use nhip::jobs;
use nhip::platform::outbox;

#[tokio::test]
async fn who_decides_on_more_time_finds_it_first_and_marked() {
    for_each_engine(async |db| {
        let city = City::on(db);
        city.app.clock.set(now());
        let of = |code: &str, words: &str| {
            a_report(code, "pothole").saying(words).in_state(State::InProgress)
        };
        let asked = of("AAAA0002", "Later, and more time is asked for").hours_ago(1);

        put(&city.app.db, [of("AAAA0001", "Long due").hours_ago(90).late(), asked]).await;
        let set = city.app.db.write(|conn| {
            let sql = "UPDATE service_request SET extension_asked = '3wd' WHERE id = 'AAAA0002'";
            conn.execute(sql, &[]).map_err(nhip::platform::error::Error::from)
        });
        assert_eq!(set.await.unwrap(), 1);
        let at = |page: &str, code: &str| page.find(&format!("data-row=\"{code}:")).unwrap();
        let mut head = city.staff("hedda", &[Role::Head], Some("works")).await;
        let page = head.get("/desk").await.text();
        assert!(at(&page, "AAAA0002") < at(&page, "AAAA0001"), "{page}");
        assert!(page.contains("More time is asked of you"), "{page}");
        let mut officer = city.staff("finn", &[Role::Officer], Some("works")).await;
        let page = officer.get("/desk").await.text();
        assert!(at(&page, "AAAA0001") < at(&page, "AAAA0002"), "{page}");
        assert!(page.contains("the head decides"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn who_watches_lands_on_the_overview_and_opens_late_cases_at_the_desk() {
    let city = City::new();
    city.app.clock.set(now() + SignedDuration::from_hours(1));
    let late = a_report("WXRKS000", "pothole").hours_ago(48).in_state(State::InProgress).late();
    put(&city.app.db, [late]).await;
    jobs::refresh_facts(city.node.clone()).await.unwrap();
    for role in [Role::Leader, Role::Administrator] {
        let mut who = city.staff(role.as_str(), &[role], None).await;
        assert_eq!(who.get("/desk").await.location(), "/desk/overview", "{role}");
        let list = who.get("/desk?all=1").await.text();
        assert!(list.contains("data-row=\"WXRKS000:") && list.contains("no word"), "{list}");
        let overview = who.get("/desk/overview").await.text();
        assert!(overview.contains("href=\"/desk/reports/WXRKS000\""), "{overview}");
    }
    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    assert_eq!(operator.get("/desk").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_leader_chooses_by_when_an_explanation_is_due() {
    let city = City::new();
    city.app.clock.set(now());
    put(&city.app.db, [a_report("WXRKS000", "pothole").in_state(State::InProgress)]).await;
    let mut leader = city.staff("lea", &[Role::Leader], None).await;
    let case = leader.get("/desk/reports/WXRKS000").await.text();
    let version =
        case.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let path = "/desk/reports/WXRKS000/ask_explanation";
    let mut fields = vec![("version", version), ("reason", "Why so long?"), ("days", "4")];
    let odd = leader.post(path, &fields).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(odd.text().contains("Why so long?"), "what was typed is kept");
    fields[2].1 = "10";
    assert_eq!(leader.post(path, &fields).await.status, StatusCode::SEE_OTHER);
    let id = ServiceRequestId::parse("WXRKS000").unwrap();
    let asked = city.app.db.read(move |conn| explanation::about(conn, &id)).await.unwrap();
    let days = asked[0].due_at.duration_since(asked[0].asked_at).as_hours() / 24;
    assert!(days >= 13, "ten working days are two weeks: {days}");
    // Without a number there is one field, and it says what it is about.
    let fields = [("agency", "works"), ("reason", "Why are drains so slow?"), ("days", "")];
    let answer = leader.post("/desk/explanations", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let public = city.visitor().get("/explanations").await.text();
    assert!(public.contains("Why are drains so slow?"), "{public}");
}

#[tokio::test]
async fn the_header_says_who_one_is_and_has_the_way_out() {
    let city = City::new();
    let mut officer = city.staff("finn", &[Role::Officer], Some("works")).await;
    let page = officer.get("/desk").await.text();
    let header = page.split("</header>").next().unwrap();
    let unit =
        city.app.pack.load().agency(&"works".parse().unwrap()).unwrap().short.text("en").to_owned();
    for said in ["finn", "Officer", &unit, "action=\"/sign-out\""] {
        assert!(header.contains(said), "{said}: {header}");
    }
}

#[tokio::test]
async fn keys_alone_do_things_until_they_are_switched_off() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut operator = city.staff("ola", &[Role::Operator], None).await;
        assert!(operator.get("/desk/intake").await.text().contains("data-shortcuts"));
        let fields = [("name", "Ola"), ("language", "en"), ("shortcuts", "off")];
        let saved = operator.post("/account", &fields).await;
        assert!(operator.follow(saved).await.text().contains("Saved."));
        assert!(!operator.get("/desk/intake").await.text().contains("data-shortcuts"));
        // Who saves something else keeps it so.
        operator.post("/account", &[("name", "Ola"), ("language", "en")]).await;
        assert!(!operator.get("/desk/intake").await.text().contains("data-shortcuts"));
        let fields = [("name", "Ola"), ("language", "en"), ("shortcuts", "on")];
        operator.post("/account", &fields).await;
        assert!(operator.get("/desk/intake").await.text().contains("data-shortcuts"));
    })
    .await;
}

/// The path in the newest letter that confirms an address.
async fn letter_link(city: &City) -> Option<String> {
    let now = city.app.clock.now();
    let rows = city.app.db.read(move |conn| outbox::store::due(conn, now, 99)).await.unwrap();
    let row = rows.into_iter().rfind(|row| row.topic == link::CONFIRM)?;
    Some(Enclosure::open(&city.app.vault, row.sealed.as_deref().unwrap()).unwrap().path)
}

async fn token(who: &mut Browser<'_>, path: &str) -> String {
    let page = who.get(path).await.text();
    page.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_address_for_letters_is_theirs_once_they_opened_the_letter() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let mut ola = city.staff("ola", &[Role::Operator], None).await;
        let of = |email: &'static str| [("name", "Ola"), ("language", "en"), ("email", email)];
        let wrong = ola.post("/account", &of("ola at city")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("value=\"ola at city\""), "{}", wrong.text());
        let asked = ola.post("/account", &of("ola@city.example")).await;
        let said = ola.follow(asked).await.text();
        assert!(said.contains("email we have just sent"), "{said}");
        assert!(!said.contains("value=\"ola@city.example\""), "it is not theirs yet");
        let path = letter_link(&city).await.unwrap();
        let token = token(&mut ola, &path).await;
        let done = ola.post("/account/email", &[("token", &token)]).await;
        let said = ola.follow(done).await.text();
        assert!(said.contains("The address is confirmed."), "{said}");
        assert!(said.contains("value=\"ola@city.example\""), "{said}");
        // Once, and a citizen has no use for it.
        let again = ola.post("/account/email", &[("token", &token)]).await;
        assert_eq!(again.location(), "/account?done=stale");
        let saved = ola.post("/account", &of("ola@city.example")).await;
        assert_eq!(saved.location(), "/account?done=saved&lang=en", "nothing to confirm");
    })
    .await;
}

#[tokio::test]
async fn a_periodic_report_is_of_any_days_and_names_every_agency() {
    let city = City::new();
    city.app.clock.set(now() + SignedDuration::from_hours(1));
    put(&city.app.db, [a_report("WXRKS000", "pothole").hours_ago(48)]).await;
    jobs::refresh_facts(city.node.clone()).await.unwrap();
    let mut leader = city.staff("lea", &[Role::Leader], None).await;
    let agency = a_report("X", "pothole").0.agency;
    let name = city.app.pack.load().agency(&agency).unwrap().name.text("en").to_owned();
    let today = city.app.pack.load().local_date(city.app.clock.now());
    let from = today.saturating_sub(jiff::Span::new().days(9));
    let page =
        leader.get(&format!("/desk/overview/report?from={from}&to={today}&lang=en")).await.text();
    let table = page.split("id=\"agencies\"").nth(1).unwrap_or_else(|| panic!("{page}"));
    let table = table.split("</section>").next().unwrap();
    assert!(table.contains(&name), "{table}");
    assert!(page.contains("data-print"), "{page}");
    let quarter = leader.get("/desk/overview/report?every=quarter&lang=en").await.text();
    assert!(quarter.contains("Report of the quarter"), "{quarter}");
    // Days that are none are not taken for some.
    let odd =
        leader.get(&format!("/desk/overview/report?from={today}&to={from}&lang=en")).await.text();
    assert!(odd.contains("Report of the week"), "{odd}");
}
