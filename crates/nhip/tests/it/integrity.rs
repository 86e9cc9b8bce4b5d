//! What keeps the numbers honest: reports by an agency's own people, proof that was used before, answers given too fast.

use crate::support::city::City;
use crate::support::db::for_each_engine;
use domain::ids::ServiceRequestId;
use domain::service_request::workflow::Role;
use nhip::account::vault::{self, Identity};
use nhip::platform::db::params;
use nhip::platform::error::Error;

/// Whether it counts as filed by the staff of the agency that has it: as the rankings read it.
async fn by_own_staff(city: &City, code: &str) -> bool {
    let id = ServiceRequestId::parse(code).unwrap();
    let read = city.app.db.read(move |conn| {
        let sql = "SELECT by_own_staff FROM service_request WHERE id = $1";
        conn.query_one(sql, params![id.as_str()], |row| row.get::<bool>(0))
    });
    read.await.unwrap()
}

async fn file(browser: &mut crate::support::city::Browser<'_>, email: &str) -> String {
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
