//! The leader's page and the periodic report: who sees what of it, and that each letter goes once.

use crate::support::city::City;
use crate::support::forms::unescaped;
use crate::support::world::{a_report, now, put};
use domain::actor::{Actor, Role};
use domain::ids::AccountId;
use domain::text::EmailAddress;
use jiff::SignedDuration;
use nhip::account::admin::{self, NewStaff};
use nhip::account::vault::{self, Identity};
use nhip::jobs;
use nhip::notification;
use nhip::oversight::digest::Every;
use nhip::oversight::{deliver, store};
use nhip::platform::db::params;

/// Late and not late, of two agencies.
async fn a_town() -> City {
    let city = City::new();
    city.app.clock.set(now() + SignedDuration::from_hours(1));
    let late = (0..4).map(|n| a_report(&format!("WXRKS{n:03}"), "pothole").hours_ago(48).late());
    let fine = (0..3).map(|n| a_report(&format!("FXNE{n:04}"), "pothole").hours_ago(20));
    put(&city.app.db, late.chain(fine)).await;
    jobs::refresh_facts(city.node.clone()).await.unwrap();
    city
}

#[tokio::test]
async fn a_leader_sees_what_is_late_what_will_be_and_who_owes() {
    let city = a_town().await;
    let mut leader = city.staff("lea", &[Role::Leader], None).await;
    let page = leader.get("/desk/overview?lang=en").await.text();
    for told in ["of=late\">4</a>", "of=due_soon\">3</a>", "WXRKS000", "Explanations due"] {
        assert!(page.contains(told), "{told} on {page}");
    }
    // From a number the way leads to the question, with the number in it.
    let way = page.split("href=\"/desk/explanations?").nth(1).and_then(|w| w.split('"').next());
    let asks = format!("/desk/explanations?{}", unescaped(way.unwrap()));
    let form = leader.get(&asks).await.text();
    assert!(form.contains("value=\"Late now: 4\""), "{asks}: {form}");
    for every in ["day", "week", "month"] {
        let page = leader.get(&format!("/desk/overview/report?every={every}&lang=en")).await;
        assert!(page.status.is_success() && page.text().contains("Report of the"), "{every}");
    }
    // An officer has no such page; nobody has it without signing in.
    let mut officer = city.staff("otto", &[Role::Officer], Some("works")).await;
    assert_eq!(officer.get("/desk/overview").await.status.as_u16(), 403);
    assert!(city.visitor().get("/desk/overview").await.status.is_redirection());
}

#[tokio::test]
async fn a_head_sees_their_own_agency_only() {
    let city = a_town().await;
    let pack = city.app.pack.load_full();
    let mine = a_report("X", "pothole").0.agency;
    let other = pack.agencies.iter().find(|a| a.id != mine).unwrap().id.clone();
    let mut stranger = city.staff("hanna", &[Role::Head], Some(other.as_str())).await;
    let page = stranger.get("/desk/overview?lang=en").await.text();
    assert!(!page.contains("WXRKS") && page.contains("Nothing is late."), "{page}");
    let mut head = city.staff("hugo", &[Role::Head], Some(mine.as_str())).await;
    let page = head.get("/desk/overview").await.text();
    assert!(page.contains("WXRKS000") && !page.contains("/desk/explanations?"), "{page}");
}

/// The job lays what is due into the line, and the line is sent.
async fn sent(city: &City) {
    deliver::run(city.app.clone(), city.node.facts.clone()).await.unwrap();
    notification::deliver::run(city.app.clone()).await.unwrap();
}

#[tokio::test]
async fn the_report_comes_by_letter_once_for_each_period_and_stops_when_told() {
    let city = a_town().await;
    let (ctx, key) = (city.app.ctx(Actor::system()), city.app.vault.clone());
    let account = city.app.db.write(move |conn| {
        let new = NewStaff {
            login: "lena".to_owned(),
            name: "Lena".to_owned(),
            roles: vec![Role::Leader],
            agency: None,
            language: "en".to_owned(),
        };
        let account = admin::add(conn, &ctx, &new, "")?;
        let email = EmailAddress::parse("lena@harbour.example").ok();
        let identity = Identity { email, ..Identity::default() };
        let person = vault::keep(conn, &ctx, &key, &identity, "en")?;
        conn.execute(
            "UPDATE account SET person = $1 WHERE id = $2",
            params![person.as_str(), account.as_str()],
        )?;
        Ok::<AccountId, nhip::platform::error::Error>(account)
    });
    let account = account.await.unwrap();
    let (who, at) = (account.clone(), city.app.clock.now());
    let last = Every::Day.newest(city.app.pack.load().local_date(at)).0.1.to_string();
    city.app
        .db
        .write(move |conn| store::set_rhythm(conn, &who, Some(Every::Day), &last, at))
        .await
        .unwrap();
    let letters = || {
        let mut found: Vec<String> = std::fs::read_dir(city.app.config.data.join("letters"))
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        found.sort();
        found
    };
    sent(&city).await;
    assert!(letters().is_empty(), "what was over when it was asked for is not sent");
    city.later(SignedDuration::from_hours(24));
    for _ in 0..3 {
        sent(&city).await;
    }
    assert_eq!(letters().len(), 1);
    let text = std::fs::read_to_string(city.app.config.data.join("letters").join(&letters()[0]));
    let text = text.unwrap();
    assert!(text.contains("Report of the day") && text.contains("lena@harbour.example"), "{text}");
    assert!(text.contains("Late now: ") && text.contains("/desk/overview/report?every"), "{text}");
    assert!(text.contains("List-Unsubscribe: ") && text.contains("/letters/stop/"), "{text}");
    city.later(SignedDuration::from_hours(24));
    sent(&city).await;
    assert_eq!(letters().len(), 2);
    let (who, at) = (account, city.app.clock.now());
    city.app.db.write(move |conn| store::set_rhythm(conn, &who, None, "", at)).await.unwrap();
    city.later(SignedDuration::from_hours(24));
    sent(&city).await;
    assert_eq!(letters().len(), 2);
    let left = city.app.db.read(|conn| {
        conn.query("SELECT account FROM report_subscription", params![], |row| row.get::<String>(0))
    });
    assert!(left.await.unwrap().is_empty());
}
