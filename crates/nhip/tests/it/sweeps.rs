//! What time brings about for many reports at once: one that cannot be dealt with holds up no other, and two nodes at the
//! same work are no failure. On both databases.

use crate::support::log;
use crate::support::town::{Town, in_hue};
use domain::actor::Role;
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, State};
use nhip::platform::db::params;
use nhip::service_request::action::{reopen, scheduled_store};

const SERVICE: &str = "unpermitted-building";
const DUE: &str = "2026-03-27T09:00";

/// Answered as planned for 27 March, and in review.
async fn planned(town: &Town, address: &str) -> String {
    let code = town.sent(SERVICE, address).await;
    town.does(Role::Operator, &code, "accept", &[]).await;
    let fields =
        [("outcome", "planned"), ("reason", "When the road is dry"), ("planned_for", "2026-03-27")];
    town.does(Role::Officer, &code, "answer", &fields).await;
    code
}

#[tokio::test]
async fn a_planned_report_that_was_withdrawn_stops_no_other_from_reopening() {
    in_hue(async |town| {
        let withdrawn = planned(&town, "hoa@example.org").await;
        let other = planned(&town, "an@example.org").await;
        town.reporter_does(&withdrawn, "withdraw", &[]).await;
        town.does(Role::Reviewer, &other, "publish", &[]).await;
        let report = town.report(&withdrawn).await;
        assert_eq!((report.outcome, report.planned_for), (Some(Outcome::Withdrawn), None));
        town.at(DUE).job("reopen due promises").await;
        assert_eq!(town.report(&other).await.state, State::Assigned);
        assert_eq!(town.report(&withdrawn).await.state, State::Closed);
    })
    .await;
}

#[tokio::test]
async fn one_report_that_cannot_be_read_is_counted_and_the_others_go_on() {
    log::expect("left out of a sweep");
    in_hue(async |town| {
        let mut codes = Vec::new();
        for address in ["hoa@example.org", "an@example.org", "binh@example.org"] {
            let code = planned(&town, address).await;
            town.does(Role::Reviewer, &code, "publish", &[]).await;
            codes.push(code);
        }
        codes.sort();
        let broken = codes.remove(1);
        let spoilt = broken.clone();
        let spoil = town.city.app.db.write(move |conn| {
            let sql = "UPDATE service_request SET channel = 'pigeon' WHERE id = $1";
            conn.execute(sql, params![spoilt])
        });
        spoil.await.unwrap();
        town.at(DUE).job("reopen due promises").await;
        for code in &codes {
            assert_eq!(town.report(code).await.state, State::Assigned, "{code}");
        }
        assert_eq!(town.city.app.metrics.sweep_failures.get(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_nodes_reopen_a_promise_once_and_neither_fails() {
    in_hue(async |town| {
        let code = planned(&town, "hoa@example.org").await;
        town.does(Role::Reviewer, &code, "publish", &[]).await;
        town.at(DUE);
        let sweep = async || {
            let ctx = town.city.acting(Role::System, None);
            let swept =
                town.city.app.db.write(move |conn| reopen::reopen_due_promises(conn, &ctx, 100));
            swept.await.unwrap()
        };
        let (one, other) = tokio::join!(sweep(), sweep());
        assert_eq!((one.done.len() + other.done.len(), one.failed + other.failed), (1, 0));
        let verbs = town.verbs(&code).await;
        assert_eq!(verbs.iter().filter(|verb| **verb == Verb::PromiseDue).count(), 1);
    })
    .await;
}

#[tokio::test]
async fn links_are_forgotten_when_nobody_needs_them() {
    in_hue(async |town| {
        let code = town.sent(SERVICE, "hoa@example.org").await;
        let open = town.sent(SERVICE, "an@example.org").await;
        town.reporter_does(&code, "withdraw", &[]).await;
        let count = async |code: &str| {
            let code = code.to_owned();
            let found = town.city.app.db.read(move |conn| {
                let sql = "SELECT COUNT(*) FROM receipt WHERE case_ref = $1";
                conn.query_one(sql, params![code], |row| row.get::<i64>(0))
            });
            found.await.unwrap()
        };
        assert!(count(&code).await > 0);
        let until = town.now() + jiff::SignedDuration::from_hours(1);
        let forget =
            town.city.app.db.write(move |conn| scheduled_store::forget_receipts(conn, until, 10));
        forget.await.unwrap();
        assert_eq!(count(&code).await, 0);
        assert!(count(&open).await > 0, "its reporter still acts");
    })
    .await;
}
