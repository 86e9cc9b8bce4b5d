//! A report outlives the service it was sent for: after the pack has lost the service, its field and its procedure, the
//! report keeps name, questions and deadline at every door, and nobody can send another one. On both databases.

use crate::following::letters_to;
use crate::support::city::{Answer, City};
use crate::support::db::for_each_engine;
use crate::support::log;
use crate::support::town::Town;
use crate::support::world;
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use domain::actor::{Actor, Role};
use jiff::{SignedDuration, Timestamp};
use nhip::account::api_key;
use nhip::oversight::open_data::write;
use nhip::platform::db::params;
use nhip::platform::pack_dir;
use nhip::{jobs, reload};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// What an operator reads in the log.
const TOLD: &str = "open reports are of a service that the pack has no longer";

const FIELD: &str =
    "\n[[field]]\ncode = \"rails\"\nname = { en = \"Trams and rails\" }\nicon = \"road\"\n";
const SERVICE: &str = r#"
[[service]]
code = "tram-stop"
field = "rails"
name = { en = "Tram stop damaged" }
hint = { en = "Shelters, boards, benches" }
keywords = { en = ["tram stop"] }
icon = "construction"
urgency = "normal"
precision = "street"
procedure = "trams"

[[service.attribute]]
code = "line"
datatype = "singlevaluelist"
required = true
order = 1
question = { en = "Which line stops there?" }
values = [{ key = "one", name = { en = "The red line" } }, { key = "two", name = { en = "The blue line" } }]
"#;

fn harbour() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cities/harbour")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// The harbour town when it had trams, which have a field, a service and a procedure of their own.
fn with_trams() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&harbour(), folder.path());
    let add = |file: &str, more: &str| {
        let path = folder.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{text}{more}")).unwrap();
    };
    add("fields.toml", FIELD);
    add("services.toml", SERVICE);
    let procedure = fs::read_to_string(harbour().join("procedures/standard.toml")).unwrap();
    let procedure = procedure.replace("code = \"standard\"", "code = \"trams\"");
    let procedure = procedure.replace("promise = \"10wd\"", "promise = \"20wd\"");
    fs::write(folder.path().join("procedures/trams.toml"), procedure).unwrap();
    folder
}

async fn loads(city: &City, pack: &Path) {
    let pack = pack.to_str().unwrap();
    if let Err(mistakes) = pack_dir::check(&pack_dir::load(pack).unwrap()) {
        panic!("{}", pack_dir::listing(pack, &mistakes));
    }
    assert!(reload::reload(&city.node, pack).await);
}

/// A town that had trams, and what it was told of them: a report that is accepted, one that is not.
async fn in_a_town_that_had_trams(test: impl AsyncFn(&Town, &str, &str)) {
    log::expect(TOLD);
    for_each_engine(async |db| {
        let town = Town::of(City::on(db));
        let old = with_trams();
        loads(&town.city, old.path()).await;
        let accepted = town.sent("tram-stop", "hoa@example.org").await;
        town.does(Role::Operator, &accepted, "accept", &[]).await;
        let waiting = town.sent("tram-stop", "an@example.org").await;
        loads(&town.city, &harbour()).await;
        test(&town, &accepted, &waiting).await;
    })
    .await;
}

async fn read(city: &City, path: &str) -> Answer {
    let answer = city.visitor().get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer
}

#[tokio::test]
async fn pages_lists_filters_and_numbers_keep_its_name() {
    in_a_town_that_had_trams(async |town, accepted, waiting| {
        for code in [accepted, waiting] {
            let page = town.page(&format!("/reports/{code}"), "en").await;
            assert!(
                page.contains("Tram stop damaged") && page.contains("Trams and rails"),
                "{page}"
            );
            assert!(page.contains("Which line stops there?") && page.contains("The red line"));
            town.page(&format!("/reports/{code}/slip"), "en").await;
        }
        for list in ["/reports", "/reports?service=tram-stop", "/reports?field=rails", "/map"] {
            let page = town.page(list, "en").await;
            assert!(page.contains("Tram stop damaged"), "{list}: {page}");
        }
        let of_it = town.page("/reports?service=tram-stop", "en").await;
        assert!(of_it.contains(accepted) && of_it.contains(waiting), "{of_it}");
        let none = town.page("/reports?service=pothole", "en").await;
        assert!(!none.contains(accepted), "{none}");
        for path in ["/stats", "/fields/rails", "/stats?field=rails"] {
            assert!(town.page(path, "en").await.contains("Trams and rails"), "{path}");
        }
        let feed = read(&town.city, "/reports.atom?service=tram-stop").await.text();
        assert!(feed.contains("Tram stop damaged"), "{feed}");
    })
    .await;
}

#[tokio::test]
async fn its_deadline_and_its_procedure_stay_and_one_that_waits_gets_them() {
    in_a_town_that_had_trams(async |town, accepted, waiting| {
        let due = town.report(accepted).await.due_at.unwrap();
        town.does(Role::Operator, waiting, "accept", &[]).await;
        let report = town.report(waiting).await;
        assert_eq!(report.due_at, Some(due), "twenty working days, as it was promised");
        assert_eq!(report.procedure_version, Some(1));
        assert!(due > town.now() + SignedDuration::from_hours(24 * 20));
        let page = town.page("/procedures/trams", "en").await;
        assert!(page.contains("kept for the cases that are bound to it"), "{page}");
        let letters = letters_to(town, "an@example.org").await;
        assert!(letters.iter().any(|letter| letter.contains("Tram stop damaged")), "{letters:?}");
    })
    .await;
}

#[tokio::test]
async fn staff_see_it_and_a_corrected_place_does_not_change_it() {
    in_a_town_that_had_trams(async |town, _, waiting| {
        let mut operator = town.staff(Role::Operator, None).await;
        let page =
            operator.get(&format!("/desk/reports/{waiting}?lang=en&do=correct")).await.text();
        assert!(page.contains("<option value=\"tram-stop\" selected>Tram stop damaged"), "{page}");
        let desk = operator.get("/desk?field=rails&lang=en").await;
        assert!(desk.status == StatusCode::OK && desk.text().contains(waiting));
        let place = [("service_code", "tram-stop"), ("area", "meadows")];
        town.does(Role::Operator, waiting, "correct", &place).await;
        let report = town.report(waiting).await;
        assert_eq!((report.service.as_str(), report.area.as_str()), ("tram-stop", "meadows"));
        // Another report cannot become one of it, nor can a new one be sent.
        let other = town.sent("pothole", "ba@example.org").await;
        let wrong = [("service_code", "tram-stop")];
        let answer = town.tries(Role::Operator, &other, "correct", &wrong).await;
        assert!(answer.status.is_client_error(), "{}", answer.text());
        assert_eq!(town.report(&other).await.service.as_str(), "pothole");
        let new = town.page("/new", "en").await;
        assert!(!new.contains("tram-stop"), "{new}");
        town.does(Role::Operator, waiting, "correct", &[("service_code", "pothole")]).await;
        let story = town.page(&format!("/reports/{waiting}"), "en").await;
        assert!(story.contains("Pothole"), "{story}");
    })
    .await;
}

#[tokio::test]
async fn programs_read_its_name_and_file_no_other() {
    in_a_town_that_had_trams(async |town, accepted, _| {
        for path in [
            format!("/open311/v2/requests/{accepted}.json?extensions=true"),
            "/open311/v2/requests.json?service_code=tram-stop".to_owned(),
        ] {
            let answer = read(&town.city, &path).await;
            let told: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
            let told = &told.as_array().unwrap()[0];
            assert_eq!(told["service_name"], "Tram stop damaged", "{path}");
            assert_eq!((&told["service_code"], &told["group"]), (&"tram-stop".into(), &"Trams and rails".into()));
            assert!(told["expected_datetime"].is_string() || !path.contains(accepted), "{told}");
        }
        let offered = read(&town.city, "/open311/v2/services.json").await.text();
        assert!(!offered.contains("tram-stop"), "{offered}");
        let asked = town.city.visitor().get("/open311/v2/services/tram-stop.json").await;
        assert_eq!(asked.status, StatusCode::NOT_FOUND);
        let (ctx, vault) = (town.city.app.ctx(Actor::system()), town.city.app.vault.clone());
        let key = town.city.app.db.write(move |conn| api_key::add(conn, &ctx, &vault, "A program"));
        let form = format!(
            "service_code=tram-stop&description=x&lat=55.052&long=10.606&attribute[line]=one&api_key={}",
            key.await.unwrap().1
        );
        let request = Request::post("/open311/v2/requests.json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form));
        let filed = town.city.send(request.unwrap()).await;
        assert_eq!(filed.status, StatusCode::NOT_FOUND, "{}", filed.text());
        let folder = tempfile::tempdir().unwrap();
        let (ctx, to) = (town.city.app.ctx(Actor::system()), folder.path().join("data"));
        write::write(&town.city.app.db, &ctx, &to).await.unwrap();
        let services = fs::read_to_string(to.join("services.csv")).unwrap();
        assert!(services.contains("tram-stop,rails,Tram stop damaged,Trams and rails,trams,no"), "{services}");
        assert!(services.contains("pothole,streets,Pothole,Streets,standard,yes"), "{services}");
        let reports = fs::read_to_string(to.join("reports.csv")).unwrap();
        assert!(reports.contains(",rails,tram-stop,"), "{reports}");
    })
    .await;
}

#[tokio::test]
async fn a_node_whose_pack_has_it_not_yet_learns_it_from_the_one_that_has() {
    for_each_engine(async |db| {
        let town = Town::of(City::on(db));
        let other = town.city.another_node("cities/harbour");
        let new = with_trams();
        loads(&town.city, new.path()).await;
        let code = town.sent("tram-stop", "hoa@example.org").await;
        jobs::refresh_map(other.node.clone()).await.unwrap();
        let page = read(&other, &format!("/reports/{code}?lang=en")).await.text();
        assert!(page.contains("Tram stop damaged") && page.contains("Trams and rails"), "{page}");
        let list = read(&other, "/reports?field=rails&lang=en").await.text();
        assert!(list.contains(&code), "{list}");
    })
    .await;
}

#[tokio::test]
async fn a_service_that_nobody_kept_is_called_by_its_code_and_corrected_before_it_is_accepted() {
    log::expect(TOLD);
    for_each_engine(async |db| {
        let town = Town::of(City::on(db));
        let code = "CASE0001";
        let at: Timestamp = town.now() - SignedDuration::from_hours(1);
        let mut made = world::a_report(code, "pothole");
        (made.0.received_at, made.0.updated_at, made.0.due_at) = (at, at, None);
        world::put(&town.city.app.db, [made]).await;
        let lost = town.city.app.db.write(|conn| {
            let sql = "UPDATE service_request SET service = 'gas-lamp', field = 'gas'";
            conn.execute(sql, params![])
        });
        assert_eq!(lost.await.unwrap(), 1);
        loads(&town.city, &harbour()).await;
        let page = town.page(&format!("/reports/{code}"), "en").await;
        assert!(page.contains("gas-lamp"), "{page}");
        let told = read(&town.city, &format!("/open311/v2/requests/{code}.json")).await.text();
        assert!(told.contains("\"service_name\":\"gas-lamp\""), "{told}");
        assert!(town.page("/stats", "en").await.contains(">gas<"));
        let answer = town.tries(Role::Operator, code, "accept", &[]).await;
        assert!(answer.status.is_client_error(), "{} {}", answer.status, answer.text());
        town.does(Role::Operator, code, "correct", &[("service_code", "pothole")]).await;
        town.does(Role::Operator, code, "accept", &[]).await;
        assert!(town.report(code).await.due_at.is_some());
    })
    .await;
}
