//! Where only the area is known, nothing is near: no distance, no recurrence, no pin, and directions look for the address.

use crate::support::city::City;
use crate::support::db::for_each_engine;
use crate::support::town::Town;
use crate::support::world::{a_report, harbour, now, put};
use axum::http::StatusCode;
use domain::actor::Role;
use domain::place::Exactness;
use domain::service_request::{Outcome, State};
use nhip::oversight::open_data::{FOLDER, write};
use nhip::service_request::exactness_store;
use serde_json::Value;

fn town(db: nhip::platform::db::Db) -> Town {
    let city = City::on(db);
    city.app.clock.set(now());
    Town::of(city)
}

/// What somebody sends who names the area and types an address.
const UNPLACED: &[(&str, &str)] = &[
    ("step", "send"),
    ("description", "A deep hole in the pavement"),
    ("service-any", "pavement"),
    ("area", "quays"),
    ("address", "Rope Walk 12"),
    ("public", "1"),
];

async fn sent(town: &Town, form: &[(&str, &str)]) -> String {
    let mut browser = town.city.visitor();
    let answer = browser.post("/new", form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let opened = browser.get(&answer.location()).await;
    opened.location().strip_prefix("/my/").unwrap().split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_report_with_an_area_and_no_pin_is_near_nothing_at_any_door() {
    for_each_engine(async |db| {
        let town = town(db.clone());
        // Settled there in the same week, in the very middle of the area.
        let mut before = a_report("SETTLED1", "pavement").in_area("quays").hours_ago(50);
        before = before.closed(Outcome::Fixed);
        put(&db, [before, a_report("STANDS01", "pavement").in_area("quays")]).await;
        let code = sent(&town, UNPLACED).await;
        let other = sent(&town, UNPLACED).await;
        let report = town.report(&code).await;
        assert_eq!(report.exactness, Exactness::Area);
        town.does(Role::Operator, &code, "accept", &[]).await;
        assert_eq!(town.report(&code).await.again, None, "no recurrence");

        let page = town.page(&format!("/reports/{code}"), "en").await;
        assert!(page.contains("Rope Walk 12") && page.contains("only the area is known"), "{page}");
        assert!(!page.contains("/map?at="), "no pin to look at");
        let similar = town.page("/new/similar?area=quays&text=hole&service=pavement", "en").await;
        assert!(!similar.contains("STANDS01"), "{similar}");
        let mut operator = town.staff(Role::Operator, None).await;
        let desk = operator.get(&format!("/desk/reports/{other}?lang=en")).await.text();
        assert!(desk.contains("only the area is known"), "{desk}");
        assert!(!desk.contains(&format!("/desk/reports/{code}\"")), "not offered for merging");
        assert!(
            desk.contains("search?query=Rope%20Walk%2012")
                || desk.contains("search?query=Rope+Walk+12"),
            "{desk}"
        );
        assert!(!desk.contains("directions?to="), "{desk}");

        let told = town.page(&format!("/open311/v2/requests/{code}.json"), "en").await;
        let told: Value = serde_json::from_str(&told).unwrap();
        assert!(told[0]["lat"].is_null() && told[0]["address"] == "Rope Walk 12", "{told}");
        let centre = report.point;
        let around = format!(
            "/open311/v2/requests.json?lat={}&long={}&radius=30&service_code=pavement",
            centre.lat(),
            centre.long()
        );
        let found = town.page(&around, "en").await;
        assert!(found.contains("STANDS01") && !found.contains(&code), "{found}");
        let list = format!("/reports?around={},{},30", centre.lat(), centre.long());
        let list = town.page(&list, "en").await;
        assert!(list.contains("STANDS01") && !list.contains(&code), "{list}");

        let folder = town.city.app.config.data.join(FOLDER);
        let ctx = town.city.acting(Role::System, None);
        write::write(&db, &ctx, &folder).await.unwrap();
        let reports = std::fs::read_to_string(folder.join("reports.csv")).unwrap();
        let header: Vec<&str> = reports.lines().next().unwrap().split(',').collect();
        let exact = header.iter().position(|column| *column == "place_exact").unwrap();
        let row = reports.lines().find(|line| line.starts_with(&code)).unwrap();
        assert!(row.split(',').nth(exact).is_some_and(|cell| cell != "yes"), "{row}");
    })
    .await;
}

#[tokio::test]
async fn it_does_not_count_as_reported_again_and_a_pin_does() {
    for_each_engine(async |db| {
        let town = town(db.clone());
        let closed = |code: &str, area: &str| {
            let mut made = a_report(code, "pavement").in_area(area).hours_ago(80);
            made.0.accepted_at = Some(made.0.received_at);
            made.closed(Outcome::Fixed)
        };
        let mut unplaced = a_report("AGAIN001", "pavement").in_area("quays");
        unplaced.0.exactness = Exactness::Area;
        let pinned = a_report("AGAIN002", "pavement").in_area("old-town");
        put(&db, [closed("SETTLED1", "quays"), closed("SETTLED2", "old-town"), unplaced, pinned])
            .await;
        town.job("keep the numbers in step").await;
        let book = town.city.node.facts.read();
        let again = |code: &str| book.rows[book.place(code).unwrap()].round.again;
        assert!(!again("SETTLED1") && again("SETTLED2"));
    })
    .await;
}

#[tokio::test]
async fn each_door_says_how_exactly_it_knows() {
    for_each_engine(async |db| {
        let town = town(db.clone());
        let pinned: Vec<_> = UNPLACED
            .iter()
            .copied()
            .chain([("lat", "55.0605"), ("long", "10.6101"), ("seen", "1")])
            .collect();
        let code = sent(&town, &pinned).await;
        assert_eq!(town.report(&code).await.exactness, Exactness::Pin);
        let mut operator = town.staff(Role::Operator, None).await;
        let call = [
            ("channel", "phone"),
            ("service_code", "pavement"),
            ("description", "A hole, says somebody on the telephone"),
            ("area", "quays"),
        ];
        let taken = operator.post("/desk/new", &call).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
        let all = db.read(|conn| {
            conn.query(
                "SELECT exactness FROM service_request WHERE channel = 'phone'",
                &[],
                |row| row.get::<String>(0),
            )
        });
        assert_eq!(all.await.unwrap(), ["area"]);
        // Whoever finds the place makes a pin of it; another area moves what has none.
        let waiting = sent(&town, UNPLACED).await;
        town.does(Role::Operator, &waiting, "correct", &[("area", "meadows")]).await;
        let moved = town.report(&waiting).await;
        let pack = harbour();
        let meadows = pack.areas.iter().find(|area| area.id.as_str() == "meadows").unwrap();
        assert!(moved.exactness == Exactness::Area && moved.point == meadows.centre);
        let found = [("lat", "55.0605"), ("long", "10.6101")];
        town.does(Role::Operator, &waiting, "correct", &found).await;
        assert_eq!(town.report(&waiting).await.exactness, Exactness::Pin);
    })
    .await;
}

#[tokio::test]
async fn of_older_reports_those_in_the_very_middle_are_known_no_better() {
    for_each_engine(async |db| {
        let middle = a_report("MIDDLE01", "pavement").in_area("quays").in_state(State::Assigned);
        put(&db, [middle, a_report("POINTED1", "pavement").at(55.0601, 10.6102)]).await;
        for changed in [1, 0] {
            let pack = harbour();
            let derived = db.write(move |conn| exactness_store::derive(conn, &pack)).await;
            assert_eq!(derived.unwrap(), changed);
        }
        let town = town(db);
        assert_eq!(town.report("MIDDLE01").await.exactness, Exactness::Area);
        assert_eq!(town.report("POINTED1").await.exactness, Exactness::Pin);
    })
    .await;
}
