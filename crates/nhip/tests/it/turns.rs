//! Letters in their turn: what somebody waits for goes first, a receiver that does not answer holds up no other, what a
//! day brings wakes nobody, and who was joined to another report hears of that one. On both databases.

use crate::following::{in_town, letters_to};
use crate::support::city::Part;
use crate::support::town::Town;
use axum::http::StatusCode;
use domain::actor::{Actor, Role};
use domain::ids::PersonId;
use jiff::{SignedDuration, Timestamp};
use nhip::notification::deliver::{Came, Done, next_by, note_and_lease};
use nhip::notification::desk::{self, Filter};
use nhip::notification::follow::{Way, What};
use nhip::notification::ready::{self, Ready};
use nhip::notification::webhook;
use nhip::platform::db::params;
use nhip::platform::mail::NotSent;

/// The person of an address that sent a report.
async fn person_of(town: &Town, code: &str) -> PersonId {
    town.report(code).await.reporter.unwrap()
}

fn a_report() -> Ready {
    let text = || "Words".to_owned();
    Ready { sender: text(), subject: text(), text: text(), html: text(), stop: text() }
}

#[tokio::test]
async fn what_was_asked_for_goes_before_news_and_news_before_what_was_gathered() {
    in_town(async |town| {
        let first = town.sent("pothole", "hoa@example.org").await;
        town.job("make letters of events").await;
        letters_to(&town, "hoa@example.org").await;
        let (person, ctx) = (person_of(&town, &first).await, town.city.acting(Role::System, None));
        let put = town.city.app.db.write(move |conn| {
            ready::put(conn, &ctx, "report.lea.day.2026-03-09", &person, &a_report())
        });
        assert!(put.await.unwrap());
        town.city.later(SignedDuration::from_mins(1));
        town.does(Role::Operator, &first, "accept", &[]).await;
        town.job("make letters of events").await;
        town.city.later(SignedDuration::from_mins(1));
        town.sent("pothole", "an@example.org").await;
        town.job("make letters of events").await;
        let ctx = town.city.app.ctx(Actor::system());
        let order = town.city.app.db.write(move |conn| {
            let mut letters = Vec::new();
            while let Some(leased) = note_and_lease(conn, &ctx, None)? {
                letters.push(leased.letter);
            }
            Ok::<_, nhip::platform::error::Error>(letters)
        });
        assert_eq!(order.await.unwrap(), ["receipt", "accepted", "periodic"]);
    })
    .await;
}

#[tokio::test]
async fn a_receiver_that_does_not_answer_takes_up_two_lanes_and_then_none_for_a_while() {
    crate::support::log::expect("letter not sent");
    in_town(async |town| {
        let (ctx, vault, caller) = (
            town.city.app.ctx(Actor::system()),
            town.city.app.vault.clone(),
            town.city.app.caller.clone(),
        );
        town.city
            .app
            .db
            .write(move |conn| {
                for name in ["dead", "alive"] {
                    let url = format!("http://127.0.0.1:9/{name}");
                    let what = What::list("service=pothole", &ctx.pack).unwrap();
                    webhook::add(conn, &ctx, &vault, &caller, (name, &url), what)?;
                }
                Ok::<_, nhip::platform::error::Error>(())
            })
            .await
            .unwrap();
        for _ in 0..4 {
            town.sent("pothole", "hoa@example.org").await;
        }
        town.job("make letters of events").await;
        let ctx = town.city.app.ctx(Actor::system());
        let held = town.city.app.db.write(move |conn| {
            let mut held = Vec::new();
            while let Some(leased) = next_by(conn, &ctx, Way::Webhook, None)? {
                held.push(leased);
            }
            Ok::<_, nhip::platform::error::Error>(held)
        });
        let mut held = held.await.unwrap();
        let to = |who: &str| held.iter().filter(|leased| leased.recipient == who).count();
        let dead = held[0].recipient.clone();
        assert_eq!((held.len(), to(&dead)), (4, 2), "two on their way to each");
        // One call to the first fails: the rest of its calls wait, those of the other go on.
        let failed = held.swap_remove(0);
        let ctx = town.city.app.ctx(Actor::system());
        let next = town.city.app.db.write(move |conn| {
            let came = Came::Failed(NotSent { detail: "timeout".to_owned(), for_good: false });
            next_by(conn, &ctx, Way::Webhook, Some(&Done { leased: failed, came }))
        });
        assert!(next.await.unwrap().is_none());
        let sent = held.into_iter().find(|leased| leased.recipient != dead).unwrap();
        let ctx = town.city.app.ctx(Actor::system());
        let next = town.city.app.db.write(move |conn| {
            next_by(conn, &ctx, Way::Webhook, Some(&Done { leased: sent, came: Came::Sent }))
        });
        assert!(next.await.unwrap().is_some_and(|leased| leased.recipient != dead));
    })
    .await;
}

async fn planned(town: &Town, code: &str) {
    town.does(Role::Operator, code, "accept", &[]).await;
    let fields = [("outcome", "planned"), ("reason", "In spring"), ("planned_for", "2026-03-27")];
    town.does(Role::Officer, code, "answer", &fields).await;
    town.does(Role::Reviewer, code, "publish", &[]).await;
}

#[tokio::test]
async fn what_a_day_brings_is_told_in_the_morning() {
    in_town(async |town| {
        let code = town.sent("pothole", "hoa@example.org").await;
        planned(&town, &code).await;
        town.at("2026-03-27T00:03").job("reopen due promises").await;
        town.job("make letters of events").await;
        let all = town.city.app.db.read(|conn| desk::letters(conn, &Filter::default(), 100));
        let due = |letter: &str, all: &[desk::Letter]| {
            let found = all.iter().find(|l| l.letter == letter);
            found.map(|l| l.due_at).unwrap()
        };
        let seven: Timestamp = "2026-03-27T07:00:00+01:00".parse().unwrap();
        let all = all.await.unwrap();
        assert_eq!(due("promise_due", &all), seven);
        assert!(due("result", &all) < seven, "what somebody did is told at once");
    })
    .await;
}

/// Answered with the outcome *not found* and published.
async fn settled(town: &Town, code: &str) {
    town.does(Role::Operator, code, "accept", &[]).await;
    let report = town.report(code).await;
    let version = report.version.to_string();
    let parts = [
        Part::Text("version", &version),
        Part::Text("outcome", "not_found"),
        Part::Text("reason", "There was nothing there."),
    ];
    let mut officer = town.staff(Role::Officer, Some(&report.agency)).await;
    let answered = officer.upload(&format!("/desk/reports/{code}/answer"), &parts).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.text());
    town.does(Role::Reviewer, code, "publish", &[]).await;
}

#[tokio::test]
async fn people_of_a_report_that_was_joined_hear_what_becomes_of_the_other_one() {
    in_town(async |town| {
        let into = town.sent("pothole", "hoa@example.org").await;
        let joined = town.sent("pothole", "an@example.org").await;
        let mut lan = town.city.citizen("lan@example.org").await;
        lan.post(&format!("/reports/{joined}/follow"), &[]).await;
        let mut minh = town.city.citizen("minh@example.org").await;
        minh.post(&format!("/reports/{joined}/follow"), &[]).await;
        let stopped = What::Report(into.parse().unwrap()).to_string();
        let minhs = town.city.app.db.read(move |conn| {
            let sql = "SELECT follower FROM follow ORDER BY id DESC LIMIT 1";
            conn.query_one(sql, params![], |row| row.get::<String>(0))
        });
        let minhs = minhs.await.unwrap();
        let stop = town.city.app.db.write(move |conn| {
            let sql = "INSERT INTO follow (id, follower, what, way, rhythm, stopped_at, created_at) \
                VALUES ('stopped', $1, $2, 'mail', 'at_once', 1, 1)";
            conn.execute(sql, params![minhs, stopped])
        });
        stop.await.unwrap();
        town.does(Role::Operator, &joined, "merge", &[("merge_into", &into)]).await;
        // It can no longer be taken back.
        town.city.later(jiff::SignedDuration::from_secs(11));
        town.job("make letters of events").await;
        settled(&town, &into).await;
        let about = format!("/reports/{into}");
        for (address, hears) in
            [("an@example.org", true), ("lan@example.org", true), ("minh@example.org", false)]
        {
            let letters = letters_to(&town, address).await;
            let heard = letters.last().is_some_and(|letter| letter.contains(&about));
            assert_eq!(heard, hears, "{address}: {letters:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_is_sent_on_to_a_report_that_leads_nowhere() {
    in_town(async |town| {
        let refused = town.sent("pothole", "hoa@example.org").await;
        let code = town.city.app.pack.load().refusals[0].code.clone();
        let fields = [("code", code.as_str()), ("reason", "Not ours")];
        town.does(Role::Operator, &refused, "refuse", &fields).await;
        let other = town.sent("pothole", "an@example.org").await;
        let fields = [("merge_into", refused.as_str())];
        let answer = town.tries(Role::Operator, &other, "merge", &fields).await;
        assert!(answer.status.is_client_error(), "{}", answer.text());
    })
    .await;
}
