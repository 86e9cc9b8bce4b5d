//! Wards merge: old reports keep the name of their day and count for the area that is there now, everywhere.

use crate::support::city::City;
use crate::support::db::for_each_engine;
use crate::support::letters::report_by;
use crate::support::mvt::layers;
use crate::support::world::{a_report, now, put};
use domain::actor::Role;
use domain::pack::Pack;
use domain::place::Point;
use nhip::area::Locator;
use nhip::area::import;
use nhip::area::names::Properties;
use nhip::jobs;
use nhip::notification::{deliver, dispatch};
use nhip::platform::db::params;
use nhip::platform::error::Error;
use nhip::platform::pack_dir;

const HARBOUR: &str = include_str!("../../../../docs/guides/harbour.geojson");

/// The harbour town after the Quays went up in the Old Town.
fn merged() -> Pack {
    let mut files = pack_dir::load("harbour").unwrap();
    let areas = files.0.get_mut("areas.toml").unwrap();
    let gone = "id = \"quays\"\nsuccessor = \"old-town\"\nuntil = 2026-11-01\n";
    *areas = areas.replace("id = \"quays\"\n", gone);
    pack_dir::check(&files).unwrap()
}

#[tokio::test]
async fn reports_of_an_area_that_is_no_more_count_for_the_one_it_went_up_in() {
    for_each_engine(async |db| {
        put(
            &db,
            [
                a_report("QUAYS001", "pothole").in_area("quays"),
                a_report("TOWN0001", "pothole"),
                a_report("MEADOW01", "pothole").in_area("meadows"),
            ],
        )
        .await;
        let city = City::on(db);
        city.app.clock.set(now());
        city.app.take_pack(merged());
        jobs::read_whole_map(&city.node).await.unwrap();
        jobs::read_all_facts(&city.node).await.unwrap();
        let mut browser = city.visitor();
        for area in ["old-town", "quays"] {
            let list = browser.get(&format!("/reports?area={area}")).await.text();
            assert!(list.contains("QUAYS001") && list.contains("TOWN0001"), "{area}: {list}");
            assert!(!list.contains("MEADOW01"), "{area}");
            let feed = browser.get(&format!("/reports.atom?area={area}")).await.text();
            assert_eq!(feed.matches("<entry>").count(), 2, "{area}: {feed}");
            let tile = browser.get(&format!("/map/tiles/0/0/0.mvt?area={area}")).await.body;
            assert_eq!(layers(&tile)["clusters"][0].number("count"), 2, "{area}");
            let card = browser.get(&format!("/areas/{area}")).await.text();
            assert!(card.contains("Old Town") && card.contains("area=old-town"), "{card}");
        }
        let report = browser.get("/reports/QUAYS001").await.text();
        assert!(report.contains("The Quays (now Old Town)"), "{report}");
        for page in ["/map", "/new", "/stats"] {
            let page = browser.get(page).await.text();
            assert!(page.contains("Old Town") && !page.contains(">The Quays<"), "{page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_letter_names_the_area_of_its_day_and_the_one_it_went_up_in() {
    for_each_engine(async |db| {
        let city = City::on(db);
        let (ctx, vault) = (city.acting(Role::Reporter, None), city.app.vault.clone());
        let sent = city.app.db.write(move |conn| {
            let report = report_by(conn, &ctx, &vault, "pothole", "hoa@example.org")?;
            // Where it was when the area was still there.
            let sql = "UPDATE service_request SET area = 'quays' WHERE id = $1";
            conn.execute(sql, params![report.id.as_str()])?;
            Ok::<_, Error>(())
        });
        sent.await.unwrap();
        city.app.take_pack(merged());
        dispatch::run(city.app.clone()).await.unwrap();
        deliver::run(city.app.clone()).await.unwrap();
        let mut files = std::fs::read_dir(city.app.config.data.join("letters")).unwrap();
        let letter = std::fs::read_to_string(files.next().unwrap().unwrap().path()).unwrap();
        assert!(letter.replace("=\r\n", "").contains("The Quays (now Old Town)"), "{letter}");
    })
    .await;
}

#[test]
fn a_place_lies_in_the_area_that_is_there_now_also_by_older_boundaries() {
    let (before, after) = (pack_dir::load_checked("harbour").unwrap(), merged());
    let older = import::check(&before, HARBOUR, &Properties::default()).unwrap();
    let quays = Point::new(55.052, 10.606).unwrap();
    let by_boundary = Locator::new(1, older.regions).locate(&after, quays).unwrap();
    assert_eq!((by_boundary.area.as_str(), by_boundary.approximate), ("old-town", false));
    let guessed = Locator::default().locate(&after, quays).unwrap();
    assert_eq!((guessed.area.as_str(), guessed.approximate), ("old-town", true));
    let mistakes = import::check(&after, HARBOUR, &Properties::default()).unwrap_err();
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    assert!(mistakes[0].message.contains("the area quays went up in old-town"), "{mistakes:?}");
}
