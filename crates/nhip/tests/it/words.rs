//! Words: suggestions that learn, reports that may be the same, and searches that find by name.

use crate::support::city::City;
use crate::support::db::for_each_engine;
use crate::support::town::Town;
use crate::support::world::{Made, a_report, now, put};
use axum::http::StatusCode;
use domain::actor::Role;
use domain::disclosure::STREET_METRES;
use domain::ids::ServiceRequestId;
use domain::place::Point;
use domain::service_request::{Outcome, State};
use nhip::demo::{self, TOLD_TWICE};
use nhip::platform::db::params;
use nhip::platform::{limits, pack_dir};
use nhip::service_request::store;
use nhip::service_request::suggest::store as suggest_store;

/// Nobody's keyword.
const STRANGE: &str = "The wibbling frobnitz wobbles";

fn taken_in(code: &str, service: &str, words: &str) -> Made {
    let mut made = a_report(code, service).saying(words).hours_ago(24 * 300);
    made.0.accepted_at = Some(made.0.received_at);
    made.0.state = State::Assigned;
    made
}

/// A town whose clock stands where the world's does.
fn town(db: nhip::platform::db::Db) -> Town {
    let city = City::on(db);
    city.app.clock.set(now());
    Town::of(city)
}

#[tokio::test]
async fn what_operators_decided_is_suggested_with_the_words_that_speak_for_it() {
    for_each_engine(async |db| {
        let town = town(db.clone());
        let asked = "/new/suggest?lang=en&text=another+Frobnitz+wobbles";
        assert!(!town.page(asked, "en").await.contains("graffiti"));
        let mut made: Vec<Made> =
            (0..5).map(|n| taken_in(&format!("TAKEN{n:03}"), "graffiti", STRANGE)).collect();
        made.extend(
            (0..20).map(|n| taken_in(&format!("OTHER{n:03}"), "noise", "A loud band plays")),
        );
        put(&db, made).await;
        town.job("learn from decisions").await;
        let page = town.page(asked, "en").await;
        assert!(page.contains(r#"value="graffiti""#), "{page}");
        assert!(!page.contains("because of"), "the reasons are for the desk: {page}");
        // Without a script the same stands on the page, and nobody has to choose.
        let form = town.page("/new?what=another+Frobnitz+wobbles", "en").await;
        assert!(form.contains(r#"value="graffiti""#), "{form}");
    })
    .await;
}

#[tokio::test]
async fn only_decisions_teach_and_never_what_is_confidential_or_hidden() {
    for_each_engine(async |db| {
        let hidden =
            |n: usize| taken_in(&format!("HIDDEN{n:02}"), "graffiti", "hidden").hidden("insult");
        let mut made: Vec<Made> = (0..4).map(hidden).collect();
        made.extend((0..4).map(|n| taken_in(&format!("CONDU{n:03}"), "conduct", "secret")));
        made.extend(
            (0..4).map(|n| a_report(&format!("WAITS{n:03}"), "graffiti").saying("waiting")),
        );
        let refused =
            |n: usize| a_report(&format!("REFUS{n:03}"), "noise").closed(Outcome::Refused);
        made.extend((0..4).map(refused));
        made.push(taken_in("TAKEN001", "noise", "loud"));
        put(&db, made).await;
        let read = db.read(|conn| suggest_store::decided_before(conn, (i64::MAX, ""), 100));
        let texts: Vec<String> = read.await.unwrap().into_iter().map(|d| d.text).collect();
        assert_eq!(texts, ["loud"]);
    })
    .await;
}

#[tokio::test]
async fn a_correction_teaches_and_the_desk_says_when_the_words_speak_for_something_else() {
    for_each_engine(async |db| {
        let town = town(db.clone());
        let quiet: Vec<Made> = (0..6)
            .map(|n| taken_in(&format!("OTHER{n:03}"), "noise", "A loud band plays"))
            .collect();
        put(&db, quiet).await;
        let wrong: Vec<Made> =
            (0..5).map(|n| a_report(&format!("WRANG{n:03}"), "noise").saying(STRANGE)).collect();
        put(&db, wrong).await;
        town.job("learn from decisions").await;
        let mut operator = town.staff(Role::Operator, None).await;
        let page = operator.get("/desk/reports/WRANG000?lang=en").await.text();
        assert!(!page.contains("The words speak more for"), "nothing was taught yet");
        for n in 0..4 {
            let code = format!("WRANG{n:03}");
            town.does(Role::Operator, &code, "correct", &[("service_code", "graffiti")]).await;
        }
        town.job("learn from decisions").await;
        let page = operator.get("/desk/reports/WRANG004?lang=en").await.text();
        assert!(page.contains("The words speak more for"), "{page}");
        let version = town.report("WRANG004").await.version.to_string();
        let fields = [("version", version.as_str()), ("service_code", "graffiti")];
        let taken = operator.post("/desk/reports/WRANG004/correct", &fields).await;
        assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
        assert_eq!(town.report("WRANG004").await.service.as_str(), "graffiti");
        let page = operator.get("/desk/reports/WRANG004?lang=en").await.text();
        assert!(!page.contains("The words speak more for"), "{page}");
    })
    .await;
}

const NEAR: &str = "/new/similar?lat=55.0600&long=10.6100";

#[tokio::test]
async fn the_likeliest_comes_first_with_plain_reasons_and_the_unlike_not_at_all() {
    for_each_engine(async |db| {
        let town = town(db.clone());
        put(
            &db,
            [
                a_report("FAR00001", "pothole")
                    .at(55.0700, 10.6100)
                    .saying("Deep hole by the bakery"),
                a_report("CLOSED01", "pothole").at(55.06, 10.61).closed(Outcome::Fixed),
                a_report("PRIVATE1", "pothole").at(55.06, 10.61).private(),
                a_report("BAND0001", "noise").at(55.0606, 10.61).hours_ago(400).saying("Loud band"),
                a_report("SAMEKIND", "pothole")
                    .at(55.0603, 10.61)
                    .hours_ago(20)
                    .saying("Road broken"),
                a_report("SAMEWORD", "pothole")
                    .at(55.0602, 10.61)
                    .saying("deep hole by the bakery again"),
            ],
        )
        .await;
        let page =
            town.page(&format!("{NEAR}&service=pothole&text=Deep+hole+by+the+Bakery"), "en").await;
        let at = |code: &str| page.find(code);
        assert!(at("SAMEWORD").is_some() && at("SAMEWORD") < at("SAMEKIND"), "{page}");
        for unlike in ["FAR00001", "CLOSED01", "PRIVATE1", "BAND0001"] {
            assert_eq!(at(unlike), None, "{unlike}");
        }
        for reason in ["20 m away", "same kind", "words in common", "Bakery"] {
            assert!(page.contains(reason), "{reason}: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_photo_like_one_that_is_there_speaks_before_it_is_sent() {
    for_each_engine(async |db| {
        let town = town(db.clone());
        put(&db, [a_report("PICTURE1", "noise").at(55.0601, 10.61).saying("Look at this")]).await;
        let look: i64 = 0x00ff_00ff_00ff_00ff;
        let attached = db.write(move |conn| {
            conn.execute(
                "INSERT INTO media (id, sha256, phash, kind, large_key, bytes, public, created_at) \
                 VALUES ('m1', 's', $1, 'photo', 'k', 1, 1, 0)",
                params![look],
            )?;
            conn.execute(
                "INSERT INTO attachment (case_ref, media, event, stage, position) VALUES ('PICTURE1', 'm1', 'e', 'before', 0)",
                params![],
            )
        });
        attached.await.unwrap();
        let asked = |looks: &str| format!("{NEAR}&service=pothole&text=dangerous&looks={looks}");
        assert!(!town.page(&asked(""), "en").await.contains("PICTURE1"));
        assert!(!town.page(&asked("ffffffff00000000"), "en").await.contains("PICTURE1"));
        assert!(!town.page(&asked("00ff00ff00ff00f"), "en").await.contains("PICTURE1"));
        let page = town.page(&asked("nonsense,00ff00ff00ff00fe"), "en").await;
        assert!(page.contains("PICTURE1") && page.contains("the same photo"), "{page}");
    })
    .await;
}

/// The distances from three places would tell a fourth.
#[tokio::test]
async fn how_far_away_a_report_is_says_no_more_than_its_street() {
    for_each_engine(async |db| {
        let town = town(db.clone());
        let asked = format!("{NEAR}&service=noise&text=A+loud+band+plays+at+the+quay");
        let stood = Point::new(55.06, 10.61).unwrap();
        let public = stood.coarsen(STREET_METRES);
        // Ends of the same street: everybody knows the same place of both.
        for (n, share) in [0.3, 0.9].into_iter().enumerate() {
            let along = |a: f64, b: f64| a + (b - a) * share;
            let (lat, long) =
                (along(public.lat(), stood.lat()), along(public.long(), stood.long()));
            let code = format!("STREET0{n}");
            let loud = a_report(&code, "noise").at(lat, long);
            put(&db, [loud.saying("A loud band plays at the quay")]).await;
        }
        let page = town.page(&asked, "en").await;
        let said: Vec<&str> =
            page.split(" m away").map(|before| before.rsplit('>').next().unwrap()).collect();
        assert_eq!(said.len(), 3, "both are offered:\n{page}");
        assert_eq!(said[0].trim(), said[1].trim(), "{page}");
        let from_public = (public.distance_m(stood) / 10.0).round() * 10.0;
        assert_eq!(said[0].trim(), format!("{from_public:.0}"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn whoever_takes_a_report_in_sees_what_it_may_repeat() {
    for_each_engine(async |db| {
        let town = town(db.clone());
        let words = "Deep hole by the bakery";
        put(
            &db,
            [
                a_report("SAME0001", "pothole").hours_ago(30).saying(words),
                a_report("SAME0002", "pothole").saying(words),
            ],
        )
        .await;
        let mut operator = town.staff(Role::Operator, None).await;
        let page = operator.get("/desk/reports/SAME0002?lang=en").await.text();
        assert!(page.contains("This may have been reported already"), "{page}");
        assert!(page.contains("/desk/reports/SAME0001") && page.contains("0 m away"), "{page}");
        town.does(Role::Operator, "SAME0002", "merge", &[("merge_into", "SAME0001")]).await;
        assert_eq!(town.report("SAME0002").await.outcome, Some(Outcome::Duplicate));
    })
    .await;
}

#[tokio::test]
async fn a_search_finds_words_in_their_order_first_then_the_newest_and_all_pages_of_them() {
    for_each_engine(async |db| {
        let town = town(db.clone());
        let mut made =
            vec![a_report("PHRASE01", "pothole").hours_ago(900).saying("a green old door")];
        made.extend((0..60).map(|n| {
            a_report(&format!("DOOR{n:04}"), "pothole")
                .hours_ago(800 - n)
                .saying("door of an old green house")
        }));
        put(&db, made).await;
        let first = town.page("/reports?q=old+door", "en").await;
        let phrase = first.find("PHRASE01").unwrap();
        assert!(phrase < first.find("DOOR0059").unwrap(), "{first}");
        let mut seen = 0;
        for shown in (0..80).step_by(limits::PAGE) {
            let page = town.page(&format!("/reports?q=old+door&after={shown}-"), "en").await;
            seen += page.matches("<li class=\"card\"").count();
        }
        assert_eq!(seen, 61);
    })
    .await;
}

#[tokio::test]
async fn a_search_finds_by_the_name_of_an_agency_or_an_area() {
    for_each_engine(async |db| {
        let town = town(db.clone());
        put(
            &db,
            [
                a_report("QUAYS001", "pothole").in_area("quays").saying("Hole"),
                a_report("OLDTOWN1", "pothole").saying("Hole"),
            ],
        )
        .await;
        let pack = town.city.app.pack.load_full();
        let area = pack.areas.iter().find(|area| area.id.as_str() == "quays").unwrap();
        let name =
            form_urlencoded::byte_serialize(area.name.text("en").as_bytes()).collect::<String>();
        // Nobody wrote the name: the list is that of the area.
        let page = town.page(&format!("/reports?q={name}"), "en").await;
        assert!(page.contains("QUAYS001") && !page.contains("OLDTOWN1"), "{page}");
        assert!(page.contains("No report has all these words"), "{page}");
        let page = town.page(&format!("/reports?q=hole+{name}"), "en").await;
        assert!(page.contains("QUAYS001") && !page.contains("OLDTOWN1"), "{page}");
        // Somebody did: theirs is found, and the area is offered.
        put(&db, [a_report("WRITTEN1", "noise").saying(area.name.text("en"))]).await;
        let page = town.page(&format!("/reports?q={name}"), "en").await;
        assert!(page.contains("WRITTEN1") && page.contains("All reports of:"), "{page}");
        assert!(page.contains("area=quays"), "{page}");
        let agency = &pack.agency(&town.report("QUAYS001").await.agency).unwrap().name;
        let name =
            form_urlencoded::byte_serialize(agency.text("en").as_bytes()).collect::<String>();
        let page = town.page(&format!("/reports?q={name}"), "en").await;
        assert!(page.contains("QUAYS001"), "{page}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_knows_which_reports_tell_of_the_same_trouble() {
    let city = City::new();
    let files = pack_dir::load("harbour").unwrap();
    demo::invent(&city.app, &files, 120, 3).await.unwrap();
    let truth = std::fs::read_to_string(city.app.config.data.join(TOLD_TWICE)).unwrap();
    let mut pairs = 0;
    for (later, first) in truth.lines().skip(1).filter_map(|line| line.split_once(',')) {
        let id = |code: &str| ServiceRequestId::parse(code).unwrap();
        let (later, first) = (id(later), id(first));
        let read = city.app.db.read(move |conn| {
            Ok::<_, nhip::platform::db::DbError>((
                store::find(conn, &later)?,
                store::find(conn, &first)?,
            ))
        });
        let (later, first) = read.await.unwrap();
        let (later, first) = (later.unwrap(), first.unwrap());
        assert!(first.received_at < later.received_at);
        assert!(Point::distance_m(later.point, first.point) < 120.0);
        if let Some(into) = later.merged_into {
            assert_eq!(into, first.id);
        }
        pairs += 1;
    }
    assert!(pairs >= 1, "{truth}");
}
