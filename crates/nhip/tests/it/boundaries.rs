//! Official boundaries: versions on both databases, and what changes for people when a running city gets them.

use crate::support::city::{Browser, City};
use crate::support::ctx::harbour;
use crate::support::db::for_each_engine;
use crate::support::shared;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use domain::actor::{Actor, Role};
use domain::place::Point;
use domain::service_request::ServiceRequest;
use nhip::account::api_key;
use nhip::area::import::{self, Boundaries};
use nhip::area::names::Properties;
use nhip::area::{Locator, store};
use nhip::platform::db::DbError;
use nhip::platform::error::Error;
use nhip::platform::pack_dir;
use nhip::service_request::store as reports;
use nhip::{area, jobs};
use std::io::Read as _;

const HARBOUR: &str = include_str!("../../../../docs/guides/harbour.geojson");
/// In the customs yard, which belongs to the Quays; the nearest centre is that of the Old Town.
const YARD: (&str, &str) = ("55.0624", "10.6168");

/// Which column means what, for `nhip import`.
const HISTORY: &str = r#"
source = "a table"
zone = "Europe/Copenhagen"
dates = ["%Y-%m-%d %H:%M"]
language = "en"
columns = { id = "id", opened = "opened", service = "service", lat = "lat", long = "long" }
"#;

fn boundaries() -> Boundaries {
    import::check(&harbour(), HARBOUR, &Properties::default()).unwrap()
}

fn day(text: &str) -> jiff::civil::Date {
    text.parse().unwrap()
}

#[tokio::test]
async fn the_newest_version_that_is_valid_counts() {
    for_each_engine(async |db| {
        let load = async |on: &str| {
            let on = day(on);
            db.read(move |conn| Locator::load(conn, on)).await.unwrap()
        };
        assert_eq!(load("2026-11-25").await.version(), 0);
        for from in ["2025-07-01", "2027-01-01"] {
            let saved = db.write(move |conn| import::save(conn, &boundaries(), day(from))).await;
            assert_eq!(saved.unwrap(), if from < "2026" { 1 } else { 2 });
        }
        let versions = db.read(store::versions).await.unwrap();
        assert_eq!(versions.iter().map(|v| v.areas).collect::<Vec<_>>(), [4, 4]);
        assert_eq!(load("2025-06-30").await.version(), 0);
        assert_eq!(load("2025-07-01").await.version(), 1);
        assert_eq!(load("2027-01-01").await.version(), 2);

        let newest = db.read(store::newest).await.unwrap();
        let today = load("2026-11-25").await;
        assert!(!today.is_outdated(newest, day("2026-12-31")));
        assert!(today.is_outdated(newest, day("2027-01-01")), "its day has come");
        assert!(today.is_outdated(newest + 1, day("2026-11-25")), "another node imported");

        let yard = Point::parse(YARD.0, YARD.1).unwrap();
        assert_eq!(today.locate(&harbour(), yard).unwrap().area.as_str(), "quays");
    })
    .await;
}

#[tokio::test]
async fn a_version_is_written_whole_or_not_at_all_and_a_damaged_one_is_told() {
    for_each_engine(async |db| {
        let mut twice = boundaries();
        twice.regions.extend(boundaries().regions);
        let saved = db.write(move |conn| import::save(conn, &twice, day("2026-01-01"))).await;
        assert!(matches!(saved, Err(Error::Database(DbError::Unique { .. }))), "{saved:?}");
        assert_eq!(db.read(store::versions).await.unwrap(), []);

        db.write(|conn| {
            conn.execute(
                "INSERT INTO area_boundary (version, area, geometry, valid_from) VALUES (1, 'quays', '{}', '2026-01-01')",
                &[],
            )
        })
        .await
        .unwrap();
        let load = db.read(|conn| Locator::load(conn, day("2026-11-25"))).await;
        let told = load.unwrap_err().to_string();
        assert_eq!(told, "area_boundary.geometry of 1/quays cannot be read");
    })
    .await;
}

async fn import_into(city: &City) {
    let today = city.app.pack.load().local_date(city.app.clock.now());
    city.app.db.write(move |conn| import::save(conn, &boundaries(), today)).await.unwrap();
}

/// Sends a report from a place through the form, and reads it.
async fn sent(city: &City, browser: &mut Browser<'_>, fields: &[(&str, &str)]) -> ServiceRequest {
    let mut form = vec![
        ("step", "send"),
        ("seen", "1"),
        ("description", "Graffiti on the customs house"),
        ("service-any", "graffiti"),
        ("public", "1"),
    ];
    form.extend_from_slice(fields);
    let answer = browser.post("/new", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let opened = browser.get(&answer.location()).await.location();
    let code = opened.strip_prefix("/my/").unwrap().split('?').next().unwrap().to_owned();
    read(city, &code).await
}

async fn read(city: &City, code: &str) -> ServiceRequest {
    let id = code.parse().unwrap();
    city.app.db.read(move |conn| reports::find(conn, &id)).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_running_city_takes_boundaries_and_stops_guessing() {
    let city = City::new();
    let mut browser = city.visitor();
    let here = [("lat", YARD.0), ("long", YARD.1)];
    let guessed = sent(&city, &mut browser, &here).await;
    assert_eq!((guessed.area.as_str(), guessed.area_approximate), ("old-town", true));
    let page = browser.get(&format!("/reports/{}", guessed.id)).await.text();
    assert!(page.contains("area is approximate"), "{page}");

    import_into(&city).await;
    let still = sent(&city, &mut browser, &here).await;
    assert!(still.area_approximate, "nothing changes before the job has run");
    jobs::refresh_boundaries(city.app.clone()).await.unwrap();

    let exact = sent(&city, &mut browser, &here).await;
    assert_eq!((exact.area.as_str(), exact.area_approximate), ("quays", false));
    let page = browser.get(&format!("/reports/{}", exact.id)).await.text();
    assert!(page.contains("The Quays") && !page.contains("approximate"), "{page}");
    let before = read(&city, guessed.id.as_str()).await;
    assert_eq!(before.area.as_str(), "old-town", "what is here keeps the area it was given");

    let outside = [("step", "send"), ("description", "x"), ("lat", "55.03"), ("long", "10.61")];
    let answer = browser.post("/new", &outside).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn every_door_asks_the_boundaries() {
    let city = City::new();
    import_into(&city).await;
    jobs::refresh_boundaries(city.app.clone()).await.unwrap();
    let place = |report: &ServiceRequest| (report.area.to_string(), report.area_approximate);
    let quays = ("quays".to_owned(), false);

    // The desk: the boundary knows better than the list beside it.
    let mut operator = city.staff("ola", &[Role::Operator], None).await;
    let typed = [
        ("channel", "phone"),
        ("service_code", "pavement"),
        ("description", "A loose stone"),
        ("area", "old-town"),
        ("lat", YARD.0),
        ("long", YARD.1),
    ];
    let answer = operator.post("/desk/new", &typed).await;
    let code = answer.location();
    let code = code.strip_prefix("/desk/reports/").unwrap().split('?').next().unwrap();
    let entered = read(&city, code).await;
    assert_eq!(place(&entered), quays);

    // Correcting the place.
    let corrected = [("version", "1"), ("area", "quays"), ("lat", "55.0600"), ("long", "10.6100")];
    let answer = operator.post(&format!("/desk/reports/{code}/correct"), &corrected).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!(place(&read(&city, code).await), ("old-town".to_owned(), false));

    // A program.
    let (ctx, vault) = (city.app.ctx(Actor::system()), city.app.vault.clone());
    let key = city.app.db.write(move |conn| api_key::add(conn, &ctx, &vault, "A program"));
    let key = key.await.unwrap().1;
    let form = [
        ("api_key", key.as_str()),
        ("service_code", "pavement"),
        ("description", "Another loose stone"),
        ("lat", YARD.0),
        ("long", YARD.1),
    ];
    let answer = city.visitor().post("/open311/v2/requests.json", &form).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let filed: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    let filed = read(&city, filed[0]["service_request_id"].as_str().unwrap()).await;
    assert_eq!(place(&filed), quays);

    // An area that somebody names is no guess.
    let named = sent(&city, &mut city.visitor(), &[("area", "meadows")]).await;
    assert_eq!(place(&named), ("meadows".to_owned(), false));
}

#[tokio::test]
async fn an_import_of_history_is_located_like_everything_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let write = |name: &str, text: &str| std::fs::write(path(name), text).unwrap();
    write("map.toml", HISTORY);
    write("data.csv", "id,opened,service,lat,long\n1,2026-01-05 10:00,pavement,55.0624,10.6168\n");
    let db = nhip::platform::db::Db::open_sqlite(&path("nhip.sqlite")).unwrap();
    db.migrate().unwrap();
    db.write_blocking(|conn| import::save(conn, &boundaries(), day("2025-07-01"))).unwrap();
    let options = nhip::options::ImportOptions {
        file: path("data.csv"),
        columns: path("map.toml"),
        pack: "cities/harbour".to_owned(),
        data: folder.path().to_path_buf(),
        database: None,
        create: false,
        rejects: None,
    };
    let mut said = Vec::new();
    let summary =
        nhip::import::run(&options, &mut said).unwrap_or_else(|stop| panic!("{}", stop.message));
    assert_eq!(summary.imported, 1, "{}", String::from_utf8_lossy(&said));
    let found = db.read_blocking(|conn| {
        conn.query_one("SELECT area, area_approximate FROM service_request", &[], |row| {
            Ok::<_, DbError>((row.get::<String>(0)?, row.get::<bool>(1)?))
        })
    });
    assert_eq!(found.unwrap(), ("quays".to_owned(), false));
}

#[tokio::test]
async fn the_map_draws_the_borders_and_keeps_what_did_not_change() {
    let city = City::new();
    let get = async |tag: Option<&str>| {
        let mut request = axum::http::Request::get("/map/areas.json");
        if let Some(tag) = tag {
            request = request.header(IF_NONE_MATCH, tag);
        }
        city.send(request.body(axum::body::Body::empty()).unwrap()).await
    };
    let bounds = || city.app.locator.load().city(&city.app.pack.load()).unwrap().to_string();
    let (points, before) = (get(None).await, bounds());
    assert!(!points.text().contains("Polygon"));
    let tag = points.headers[ETAG].to_str().unwrap().to_owned();
    assert_eq!(get(Some(&tag)).await.status, StatusCode::NOT_MODIFIED);

    import_into(&city).await;
    jobs::refresh_boundaries(city.app.clone()).await.unwrap();
    let borders = get(Some(&tag)).await;
    assert_eq!(borders.status, StatusCode::OK);
    assert!(borders.text().contains("MultiPolygon") && borders.text().contains("Old Town"));
    assert_eq!(borders.headers[CACHE_CONTROL], "public, max-age=300");
    let page = city.visitor().get("/map").await.text();
    assert_ne!(bounds(), before);
    let begins = format!("data-bounds=\"{}\"", bounds());
    assert!(page.contains(&begins), "the map begins with the boundaries");
}

#[tokio::test]
async fn a_chosen_place_is_told_in_words_with_its_doubt() {
    let city = City::new();
    let mut browser = city.visitor();
    let mut told = async |place: &str| browser.get(&format!("/new/where?{place}")).await;
    let yard = format!("lat={}&long={}", YARD.0, YARD.1);
    assert!(told(&yard).await.text().contains("probably in Old Town"));
    import_into(&city).await;
    jobs::refresh_boundaries(city.app.clone()).await.unwrap();
    assert!(told(&yard).await.text().contains("This place is in The Quays"));
    assert!(told("lat=55.0458&long=10.6092").await.text().contains("probably in The Quays"));
    assert!(told("lat=1&long=1").await.text().contains("outside the city"));
    assert_eq!(told("lat=x&long=").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn the_wards_of_a_real_city_hold_their_places() {
    let Some(path) = shared("hue_wards_40_full.geojson.xz") else { return };
    let mut text = String::new();
    let file = std::fs::File::open(path).unwrap();
    liblzma::read::XzDecoder::new(file).read_to_string(&mut text).unwrap();
    let pack = pack_dir::load_checked("cities/hue").unwrap();
    for properties in [
        Properties::default(),
        Properties { name: Some("fullName".to_owned()), ..Properties::default() },
    ] {
        let found = import::check(&pack, &text, &properties).unwrap();
        assert_eq!(found.warnings, Vec::<String>::new());
        assert_eq!(found.regions.len(), pack.areas.len());
        let locator = Locator::new(1, found.regions);
        let at = |lat, long| Point::new(lat, long).unwrap();
        let located = locator.locate(&pack, at(16.4637, 107.5909)).unwrap();
        assert_eq!(located, area::Located { area: "19789".parse().unwrap(), approximate: false });
        for area in &pack.areas {
            assert_eq!(locator.locate(&pack, area.centre).unwrap().area, area.id);
        }
        assert!(locator.locate(&pack, at(16.9, 107.6)).is_err(), "in the sea");
        let drawn = locator.drawn().collection(&pack, "vi");
        assert!(drawn.len() < 500_000, "{} bytes for a map", drawn.len());
    }
}
