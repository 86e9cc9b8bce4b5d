//! A database of the last release is brought up to date: nothing is lost, and what was interrupted goes on.

use crate::support::db::for_each_empty_engine;
use domain::case::{CaseRef, Event};
use domain::service_request::ServiceRequest;
use nhip::case::{clock, event_store};
use nhip::media::attachment_store;
use nhip::platform::db::{Conn, Db, DbError, params};
use nhip::service_request::store;

/// The schema of the last release.
const BEFORE: &str = "0043_vault_keys";
/// Three reports, with events that were numbered and events from before they were.
const REPORTS: [&str; 3] = ["AAAA0001", "BBBB0002", "CCCC0003"];

fn a_report(conn: &mut Conn<'_>, code: &str) -> Result<(), DbError> {
    conn.execute(
        "INSERT INTO service_request (id, version, state, field, service, area, area_approximate, agency, channel, description, \
         language, lat, long, cell, open_to_all, public, confidential, received_at, updated_at, attempt, reopenings, contested, \
         appealed, supports, comments) VALUES ($1, 7, 'assigned', 'roads', 'pothole', 'old-town', 0, 'roads', 'web', 'A hole', \
         'en', 59.9, 10.7, 1, 1, 1, 0, 1000, 3000, 1, 0, 0, 0, 0, 0)",
        params![code],
    )?;
    // The third was written by a node whose clock was behind: its version says that it came last.
    for (n, verb, from, to, version) in [
        (1, "submit", None, "received", 0),
        (3, "accept", Some("received"), "assigned", 0),
        (2, "note", Some("assigned"), "assigned", 3),
    ] {
        conn.execute(
            "INSERT INTO event (id, request, at, verb, role, from_state, to_state, attempt, visibility, data, version) \
             VALUES ($1, $2, $3, $4, 'operator', $5, $6, 1, 'public', '{}', $7)",
            params![format!("{code}-{n}"), code, n * 1000, verb, from, to, version],
        )?;
    }
    // One engine numbered what an older node wrote; what was there before it did so has no number.
    conn.execute("UPDATE event SET version = 0 WHERE verb <> 'note'", params![])?;
    conn.execute(
        "INSERT INTO clock (request, place, kind, procedure, procedure_version, step, attempt, agency, budget, started_at, fired) \
         VALUES ($1, 1, 'promise', 'standard', 1, '', 1, 'roads', '7wd', 1000, 75)",
        params![code],
    )?;
    conn.execute(
        "INSERT INTO media (id, sha256, kind, large_key, bytes, public, created_at) VALUES ($1, 'x', 'photo', 'k', 1, 1, 1000)",
        params![format!("m-{code}")],
    )?;
    conn.execute(
        "INSERT INTO request_media (request, media, event, stage, position) VALUES ($1, $2, $3, 'before', 0)",
        params![code, format!("m-{code}"), format!("{code}-1")],
    )?;
    conn.execute(
        "INSERT INTO receipt (token_hash, request, created_at) VALUES ($1, $2, 1000)",
        params![format!("hash-{code}"), code],
    )?;
    conn.execute(
        "INSERT INTO explanation (id, request, agency, subject, question, asked_at, due_at) \
         VALUES ($1, $2, 'roads', '', 'Why?', 1000, 9000)",
        params![format!("why-{code}"), code],
    )?;
    Ok(())
}

fn is_whole(conn: &mut Conn<'_>, code: &str) -> Result<(), DbError> {
    let case: CaseRef = code.parse().unwrap();
    let history: Vec<Event<ServiceRequest>> = event_store::of(conn, &case)?;
    let told: Vec<(i64, &str)> = history.iter().map(|e| (e.seq, e.verb.as_str())).collect();
    assert_eq!(told, [(1, "submit"), (2, "accept"), (3, "note")], "{code}");
    let report = store::find(conn, &case.report().unwrap())?.unwrap();
    assert_eq!(report.version, 3, "the number of its last event");
    let clocks = clock::of(conn, &case).unwrap();
    assert_eq!(clocks.iter().map(|kept| kept.fired).collect::<Vec<_>>(), [75], "{code}");
    let photos = attachment_store::of(conn, &case)?;
    assert_eq!(
        photos.iter().map(|photo| photo.event.as_str()).collect::<Vec<_>>(),
        [format!("{code}-1")]
    );
    for (what, sql) in [
        ("its receipt", "SELECT COUNT(*) FROM receipt WHERE case_ref = $1"),
        ("its explanation", "SELECT COUNT(*) FROM explanation WHERE case_ref = $1"),
    ] {
        assert_eq!(conn.query_one(sql, params![code], |row| row.get::<i64>(0))?, 1, "{what}");
    }
    Ok(())
}

async fn of_the_last_release(db: &Db) {
    db.migrate_up_to(BEFORE).unwrap();
    let fill = db.write(|conn| REPORTS.iter().try_for_each(|code| a_report(conn, code)));
    fill.await.unwrap();
}

async fn everything_is_there(db: &Db) {
    let read = db.read(|conn| REPORTS.iter().try_for_each(|code| is_whole(conn, code)));
    read.await.unwrap();
}

#[tokio::test]
async fn a_database_of_the_last_release_keeps_its_history_in_order_its_clocks_and_its_photos() {
    for_each_empty_engine(async |db| {
        of_the_last_release(&db).await;
        db.migrate().unwrap();
        everything_is_there(&db).await;
        db.migrate().unwrap();
        everything_is_there(&db).await;
    })
    .await;
}

#[tokio::test]
async fn what_was_interrupted_goes_on_where_it_was() {
    for_each_empty_engine(async |db| {
        of_the_last_release(&db).await;
        db.migrate_up_to("0046_cases").unwrap();
        // One batch had come through when the power failed.
        let batch = db.write(|conn| {
            conn.execute(
                "INSERT INTO event_of_case (case_ref, seq, id, at, verb, role, from_state, to_state, attempt, visibility, data) \
                 SELECT request, CASE verb WHEN 'submit' THEN 1 WHEN 'accept' THEN 2 ELSE 3 END, id, at, verb, role, from_state, \
                 to_state, attempt, visibility, data FROM event WHERE request = $1",
                params![REPORTS[0]],
            )?;
            conn.execute("UPDATE service_request SET version = 3 WHERE id = $1", params![REPORTS[0]])?;
            conn.execute(
                "INSERT INTO backfill (name, last_key, done, total) VALUES ('event', $1, 3, 9)",
                params![REPORTS[0]],
            )
        });
        batch.await.unwrap();
        db.migrate().unwrap();
        everything_is_there(&db).await;
    })
    .await;
}
