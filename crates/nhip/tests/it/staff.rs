//! Who has an account at the desk, on both databases: who may give and take which, and that somebody always can.

use crate::support::city::{Browser, City};
use crate::support::db::for_each_engine;
use axum::http::StatusCode;
use domain::actor::{Actor, Role};
use domain::ids::AccountId;
use nhip::account::admin::{self, NewStaff};
use nhip::account::staff;
use nhip::platform::db::{Db, params};
use nhip::platform::error::Error;

const NEW: [(&str, &str); 5] = [
    ("login", "pat"),
    ("name", "Pat Doe"),
    ("role", "operator"),
    ("language", "en"),
    ("email", "pat@example.org"),
];

async fn id_of(city: &City, login: &str) -> AccountId {
    let login = login.to_owned();
    city.app.db.read(move |conn| admin::by_login(conn, &login)).await.unwrap().id
}

async fn path_of(city: &City, login: &str) -> String {
    format!("/desk/staff/{}", id_of(city, login).await)
}

async fn audited(city: &City) -> Vec<String> {
    let read = city.app.db.read(|conn| {
        conn.query(
            "SELECT b.login, a.action FROM audit AS a JOIN account AS b ON b.id = a.account ORDER BY a.id",
            params![],
            |row| Ok(format!("{} {}", row.get::<String>(0)?, row.get::<String>(1)?)),
        )
    });
    read.await.unwrap()
}

/// The status of a page, which ought to have been refused.
async fn refused(who: &mut Browser<'_>, path: &str, fields: &[(&str, &str)]) -> StatusCode {
    who.post(path, fields).await.status
}

#[tokio::test]
async fn an_administrator_adds_changes_locks_and_unlocks_somebody_and_the_audit_says_so() {
    for_each_engine(async |db: Db| {
        let city = City::on(db);
        let mut ada = city.staff("ada", &[Role::Administrator], None).await;
        let without_name =
            [("login", "pat"), ("name", ""), ("role", "reviewer"), ("language", "en")];
        let back = ada.post("/desk/staff/new?lang=en", &without_name).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(back.text().contains("value=\"pat\""), "what was typed is kept");
        assert!(back.text().contains("value=\"reviewer\" checked"), "{}", back.text());

        let made = ada.post("/desk/staff/new?lang=en", &NEW).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.text());
        assert!(made.text().contains("It is shown this once"), "{}", made.text());
        let again = ada.post("/desk/staff/new?lang=en", &NEW).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        assert!(again.text().contains("an account with this login already"));

        let pat = path_of(&city, "pat").await;
        let list = ada.get("/desk/staff?lang=en&q=DOE&state=open").await.text();
        assert!(list.contains(&format!("href=\"{pat}\"")) && list.contains("Operator"), "{list}");
        let none = ada.get("/desk/staff?lang=en&q=doe&role=head").await.text();
        assert!(!none.contains(&pat) && none.contains("Nobody found"), "{none}");

        let lock = format!("{pat}/lock");
        assert_eq!(refused(&mut ada, &lock, &[("reason", " ")]).await.as_u16(), 422);
        let locked = ada.post(&lock, &[("reason", "left the office")]).await;
        let page = ada.follow(locked).await.text();
        assert!(page.contains("Locked: left the office"), "{page}");
        ada.post(&format!("{pat}/unlock"), &[]).await;
        let other = [("name", "Pat Roe"), ("role", "reviewer"), ("language", "en")];
        let changed = ada.post(&pat, &other).await;
        assert_eq!(changed.location(), format!("{pat}?done=change"), "{}", changed.text());
        let fresh = ada.post(&format!("{pat}/password"), &[]).await.text();
        assert!(fresh.contains("It is shown this once"), "{fresh}");
        let said = [
            "ada account_added",
            "ada address_changed",
            "ada account_locked",
            "ada account_unlocked",
            "ada staff_changed",
            "ada account_reset",
        ];
        assert_eq!(audited(&city).await, said);
    })
    .await;
}

#[tokio::test]
async fn a_role_that_is_taken_is_gone_at_the_next_request_and_so_is_who_is_locked() {
    for_each_engine(async |db: Db| {
        let city = City::on(db);
        let mut ada = city.staff("ada", &[Role::Administrator], None).await;
        let mut ben = city.staff("ben", &[Role::Administrator], None).await;
        assert_eq!(ben.get("/desk/calendar").await.status, StatusCode::OK);
        let path = path_of(&city, "ben").await;
        let fewer = [("name", "Ben"), ("role", "operator"), ("language", "en")];
        assert_eq!(ada.post(&path, &fewer).await.status, StatusCode::SEE_OTHER);
        assert_eq!(ben.get("/desk/calendar").await.status, StatusCode::FORBIDDEN);
        assert_eq!(ben.get("/desk").await.status, StatusCode::OK);
        ada.post(&format!("{path}/lock"), &[("reason", "left")]).await;
        assert_ne!(ben.get("/desk").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn a_head_gives_officers_and_heads_of_the_own_agency_accounts_and_nobody_else() {
    for_each_engine(async |db: Db| {
        let city = City::on(db);
        let mut head = city.staff("hana", &[Role::Head], Some("works")).await;
        let mut officer = city.staff("olaf", &[Role::Officer], Some("works")).await;
        for (login, role, agency) in [
            ("other", Role::Officer, Some("town-desk")),
            ("boss", Role::Administrator, Some("works")),
        ] {
            city.staff(login, &[role], agency).await;
        }
        assert_eq!(officer.get("/desk/staff").await.status, StatusCode::FORBIDDEN);
        let list = head.get("/desk/staff").await.text();
        let (olaf, boss) = (path_of(&city, "olaf").await, path_of(&city, "boss").await);
        let (other, herself) = (path_of(&city, "other").await, path_of(&city, "hana").await);
        assert!(list.contains(&olaf), "{list}");
        assert!([&boss, &other, &herself].iter().all(|path| !list.contains(*path)), "{list}");

        let why = [("reason", "gone")];
        assert_eq!(refused(&mut head, &format!("{boss}/lock"), &why).await, StatusCode::FORBIDDEN);
        assert_eq!(refused(&mut head, &format!("{other}/lock"), &why).await, StatusCode::NOT_FOUND);
        let more = [("name", "H"), ("role", "administrator"), ("language", "en")];
        let same = [("name", "H"), ("role", "head"), ("language", "en"), ("agency", "works")];
        for fields in [&more[..], &same] {
            assert_eq!(refused(&mut head, &herself, fields).await, StatusCode::FORBIDDEN);
        }
        assert_eq!(refused(&mut head, &olaf, &more).await.as_u16(), 422);

        let fields = [("login", "nia"), ("name", "Nia"), ("role", "officer"), ("language", "en")];
        let elsewhere: Vec<_> = fields.into_iter().chain([("agency", "town-desk")]).collect();
        assert_eq!(head.post("/desk/staff/new", &elsewhere).await.status, StatusCode::OK);
        let nia = city.app.db.read(|conn| admin::by_login(conn, "nia")).await.unwrap();
        assert_eq!(nia.agency.unwrap().as_str(), "works", "the head's own");
        assert_eq!(refused(&mut head, &format!("{olaf}/lock"), &why).await, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn the_last_administrator_is_neither_locked_nor_demoted_even_by_two_at_once() {
    for_each_engine(async |db: Db| {
        let city = City::on(db);
        city.staff("ada", &[Role::Administrator], None).await;
        city.staff("ben", &[Role::Administrator], None).await;
        let (ada, ben) = (id_of(&city, "ada").await, id_of(&city, "ben").await);
        let take = async |by: &AccountId, of: &AccountId, lock: bool| {
            let actor = Actor { account: Some(by.clone()), ..Actor::system() };
            let ctx = city.app.ctx(Actor { role: Role::Administrator, ..actor });
            let of = of.clone();
            let new = NewStaff {
                login: String::new(),
                name: "Somebody".to_owned(),
                roles: vec![Role::Operator],
                agency: None,
                language: "en".to_owned(),
            };
            let done = city.app.db.write(move |conn| {
                if lock {
                    admin::lock(conn, &ctx, &of, "gone")
                } else {
                    staff::change(conn, &ctx, &of, &new)
                }
            });
            done.await
        };
        let (one, two) = tokio::join!(take(&ada, &ben, true), take(&ben, &ada, false));
        assert_eq!(u8::from(one.is_ok()) + u8::from(two.is_ok()), 1, "{one:?} {two:?}");
        let error = one.err().or(two.err()).unwrap();
        assert!(
            matches!(error, Error::Unacceptable { key: "error-last-administrator", .. }),
            "{error:?}"
        );
        let all = city.app.db.read(admin::staff).await.unwrap();
        let powerful = |account: &admin::Account| {
            account.locked_at.is_none() && account.roles.contains(&Role::Administrator)
        };
        assert_eq!(all.into_iter().filter(powerful).count(), 1);
    })
    .await;
}
