//! The calendar of a running city, on both databases: a day that is added moves the deadlines of open reports, on every
//! node, and the old ones stay in their history with what the change rests on.

use crate::support::city::City;
use crate::support::db::for_each_engine;
use crate::support::town::{Town, in_hue};
use axum::http::StatusCode;
use domain::actor::{Actor, Role};
use domain::case::CaseRef;
use domain::pack::added::{AddedDay, AddedKind};
use domain::service_request::workflow::Verb;
use nhip::case::clock::{self, calendar};
use nhip::platform::ctx::{Ctx, Ids};
use nhip::platform::pack_dir;
use nhip::{jobs, reload};
use std::sync::Arc;

const IN_STEP: &str = "keep the calendar in step";

/// Accepted on Tuesday 10 March 2026: due on Thursday the 19th at 17:00.
async fn accepted(town: &Town) -> String {
    let code = town.sent("unpermitted-building", "hoa@example.org").await;
    town.does(Role::Operator, &code, "accept", &[]).await;
    assert_eq!(due(town, &code).await, "2026-03-19");
    code
}

async fn due(town: &Town, code: &str) -> String {
    let due = town.report(code).await.due_at.unwrap();
    town.city.app.pack.load().local_date(due).to_string()
}

/// The deadlines of the running clocks as they are kept, and as they would be reckoned from scratch.
async fn kept_and_reckoned(town: &Town, code: &str) -> (Vec<String>, Vec<String>) {
    let id: CaseRef = code.parse().unwrap();
    let kept = town.city.app.db.read(move |conn| clock::of(conn, &id)).await.unwrap();
    let pack = town.city.app.pack.load();
    let running = kept.into_iter().map(|kept| kept.clock).filter(domain::clock::Clock::is_running);
    let both = running.map(|clock| {
        let mut fresh = clock.clone();
        fresh.reckon(&pack.calendar);
        (format!("{:?}", clock.due_at), format!("{:?}", fresh.due_at))
    });
    both.unzip()
}

#[tokio::test]
async fn a_day_added_at_the_desk_moves_the_deadlines_of_open_reports() {
    in_hue(async |town| {
        let open = accepted(&town).await;
        let closed = accepted(&town).await;
        town.does(Role::Operator, &closed, "merge", &[("merge_into", &open)]).await;
        town.job(IN_STEP).await;
        assert!(!town.verbs(&open).await.contains(&Verb::MoveDue), "nothing has changed");

        let mut admin = town.staff(Role::Administrator, None).await;
        let page = admin.get("/desk/calendar?lang=en").await.text();
        assert!(
            page.contains("Add a day") && page.contains("in the city&#39;s calendar"),
            "{page}"
        );
        let nameless = [("date", "2026-03-17"), ("kind", "off"), ("basis", "")];
        let refused = admin.post("/desk/calendar", &nameless).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("value=\"2026-03-17\""), "what was typed is kept");
        for (date, kind, said) in [
            ("2026-03-14", "off", "a day off anyway"),
            ("2026-03-16", "work", "a working day anyway"),
            ("2026-04-30", "off", "a day off anyway"),
        ] {
            let fields = [("date", date), ("kind", kind), ("basis", "Decision 12")];
            let refused = admin.post("/desk/calendar", &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{date}");
            assert!(refused.text().contains(said), "{date}: {}", refused.text());
        }
        let storm = [("date", "2026-03-17"), ("kind", "off"), ("basis", "Decision 12/QD: storm")];
        let added = admin.post("/desk/calendar", &storm).await;
        assert_eq!(added.location(), "/desk/calendar?year=2026&done=add", "{}", added.text());
        let page = admin.follow(added).await.text();
        assert!(
            page.contains("Decision 12/QD: storm") && page.contains("Tue 17 Mar 2026"),
            "{page}"
        );
        assert_eq!(due(&town, &open).await, "2026-03-19", "not before the job has run");
        town.job(IN_STEP).await;

        assert_eq!(due(&town, &open).await, "2026-03-20");
        let (kept, reckoned) = kept_and_reckoned(&town, &open).await;
        assert!(kept.len() >= 2 && kept == reckoned, "{kept:?} {reckoned:?}");
        let verbs = town.verbs(&open).await;
        assert_eq!(verbs.iter().filter(|verb| **verb == Verb::MoveDue).count(), 1, "{verbs:?}");
        assert!(!town.verbs(&closed).await.contains(&Verb::MoveDue), "what is closed stays");
        let page = town.page(&format!("/reports/{open}"), "en").await;
        let moved = "The whole case: from Thu 19 Mar, 17:00 to Fri 20 Mar, 17:00";
        let basis = "Because of 2026-03-17: Decision 12/QD: storm";
        assert!(page.contains(moved) && page.contains(basis), "{page}");
        let page = town.page(&format!("/reports/{open}"), "vi").await;
        assert!(page.contains("Căn cứ: 2026-03-17: Decision 12/QD: storm"), "{page}");
        let slip = town.page(&format!("/reports/{open}/slip"), "en").await;
        assert!(slip.contains("moved, was Thu 19 Mar, 17:00"), "{slip}");
        // A new report counts with the new calendar from the start.
        let fresh = town.sent("unpermitted-building", "lan@example.org").await;
        town.does(Role::Operator, &fresh, "accept", &[]).await;
        assert_eq!(due(&town, &fresh).await, "2026-03-20");
    })
    .await;
}

#[tokio::test]
async fn a_day_is_taken_back_with_a_reason_and_a_make_up_day_brings_the_deadline_forward() {
    in_hue(async |town| {
        let code = accepted(&town).await;
        let mut admin = town.staff(Role::Administrator, None).await;
        let saturday = [("date", "2026-03-14"), ("kind", "work"), ("basis", "Decision 13")];
        admin.post("/desk/calendar", &saturday).await;
        town.at("2026-03-10T15:05").job(IN_STEP).await;
        assert_eq!(due(&town, &code).await, "2026-03-18");
        let remove = "/desk/calendar/2026-03-14/remove";
        let refused = admin.post(remove, &[("basis", "")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        town.at("2026-03-10T15:06");
        let done = admin.post(remove, &[("basis", "Decision 14 lifts it")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert_eq!(admin.post(remove, &[("basis", "again")]).await.status, StatusCode::NOT_FOUND);
        town.job(IN_STEP).await;
        assert_eq!(due(&town, &code).await, "2026-03-19");
        let page = town.page(&format!("/reports/{code}"), "en").await;
        let lines = ["2026-03-14: Decision 13", "2026-03-14: Decision 14 lifts it"];
        assert!(lines.iter().all(|line| page.contains(line)), "{page}");
        assert_eq!(town.verbs(&code).await.iter().filter(|v| **v == Verb::MoveDue).count(), 2);
    })
    .await;
}

#[tokio::test]
async fn only_who_administers_changes_the_calendar() {
    in_hue(async |town| {
        for role in Role::ALL {
            if matches!(role, Role::Reporter | Role::System | Role::Administrator) {
                continue;
            }
            let agency = "so-xay-dung".parse().unwrap();
            let mut browser = town.staff(*role, Some(&agency)).await;
            assert_eq!(browser.get("/desk/calendar").await.status, StatusCode::FORBIDDEN, "{role}");
            let fields = [("date", "2026-03-17"), ("kind", "off"), ("basis", "x")];
            let refused = browser.post("/desk/calendar", &fields).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{role}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_day_from_the_command_line_reaches_two_running_nodes_and_moves_a_deadline_once() {
    for_each_engine(async |db| {
        let town = Town::of(City::of_on("cities/hue", db.clone()));
        let code = accepted(&town).await;
        let other = town.city.another_node("cities/hue");
        jobs_in_step(&town.city).await;
        jobs_in_step(&other).await;
        let day = AddedDay {
            date: "2026-03-17".parse().unwrap(),
            kind: AddedKind::Off,
            hours_of: None,
            basis: "Decision 12".to_owned(),
        };
        let base = pack_dir::load_checked("cities/hue").unwrap();
        let ctx = Ctx {
            now: town.now(),
            actor: Actor::system(),
            ids: Ids::seeded(9),
            pack: Arc::new(base.clone()),
        };
        db.write(move |conn| calendar::add(conn, &ctx, &base, &day)).await.unwrap();
        tokio::join!(jobs_in_step(&town.city), jobs_in_step(&other));
        jobs_in_step(&town.city).await;
        assert_eq!(town.verbs(&code).await.iter().filter(|v| **v == Verb::MoveDue).count(), 1);
        assert_eq!(due(&town, &code).await, "2026-03-20");
        for city in [&town.city, &other] {
            let date = "2026-03-17".parse().unwrap();
            assert!(!city.app.pack.load().calendar.is_working_day(date), "on both nodes");
        }
    })
    .await;
}

async fn jobs_in_step(city: &City) {
    let all = jobs::jobs();
    jobs::run(&city.node, all.iter().find(|job| job.name == IN_STEP).unwrap()).await;
    assert_eq!(city.app.metrics.job(IN_STEP).failures.get(), 0);
}

#[tokio::test]
async fn a_pack_with_another_calendar_moves_deadlines_when_it_is_loaded_and_keeps_added_days() {
    in_hue(async |town| {
        let code = accepted(&town).await;
        let mut admin = town.staff(Role::Administrator, None).await;
        let storm = [("date", "2026-03-17"), ("kind", "off"), ("basis", "Decision 12")];
        admin.post("/desk/calendar", &storm).await;
        town.at("2026-03-10T15:05").job(IN_STEP).await;
        let folder = tempfile::tempdir().unwrap();
        copy(&pack_folder(), folder.path());
        let path = folder.path().join("calendar.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        let day = "\n[[day]]\ndate = 2026-03-18\nkind = \"off\"\nname = { vi = \"a\", en = \"a\" }\nbasis = \"official\"\n";
        std::fs::write(&path, format!("{text}{day}")).unwrap();
        town.at("2026-03-10T15:10");
        assert!(reload::reload(&town.city.node, folder.path().to_str().unwrap()).await);
        town.job(IN_STEP).await;
        assert_eq!(due(&town, &code).await, "2026-03-23", "the 17th stays off, and the 18th is too");
        let page = town.page(&format!("/reports/{code}"), "en").await;
        assert!(page.contains("Because the city&#39;s calendar changed"), "{page}");
    })
    .await;
}

fn pack_folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cities/hue")
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}
