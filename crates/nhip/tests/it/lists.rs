//! Lists narrowed by filters: the same on both engines, and nothing found by what is not public.

use crate::support::city::City;
use crate::support::db::for_each_engine;
use crate::support::world::{Made, a_report, harbour, now, put};
use domain::disclosure::Audience;
use domain::ids::AgencyId;
use domain::service_request::{Outcome, State};
use nhip::platform::db::Db;
use nhip::service_request::list::filter::{Asked, Near, PageKey, Sort};
use nhip::service_request::list::store as list_store;
use nhip::service_request::list::store::{Listing, Visibility};
use nhip::service_request::view::view;

fn small_town() -> Vec<Made> {
    vec![
        a_report("POTHOLE1", "pothole").hours_ago(1).saying("Deep hole by the bakery"),
        a_report("POTHOLE2", "pothole")
            .hours_ago(2)
            .in_area("quays")
            .closed(Outcome::Fixed)
            .saying("Ổ gà trước cổng chợ"),
        a_report("LAMP0001", "street-light")
            .hours_ago(3)
            .in_state(State::Assigned)
            .late()
            .saying("Bóng đèn hỏng"),
        a_report("LAMP0002", "street-light")
            .hours_ago(4)
            .in_state(State::InProgress)
            .saying("Nghe den xe suốt đêm"),
        a_report("PRIVATE1", "street-light")
            .hours_ago(5)
            .private()
            .saying("Lamp before my bedroom, secret"),
        a_report("CONDUCT1", "conduct").hours_ago(6).saying("The clerk wanted secret money"),
        a_report("HIDDEN01", "pothole").hours_ago(7).hidden("an insult").saying("secret insult"),
        a_report("NOISE001", "noise").hours_ago(8).late().saying("Loud band"),
    ]
}

async fn codes_of(db: &Db, query: &str, visibility: Visibility) -> Vec<String> {
    let asked = Asked::parse(query, &harbour());
    let page = db.read(move |conn| {
        let listing = Listing {
            filter: &asked.filter,
            visibility: &visibility,
            sort: asked.sort,
            after: None,
            limit: 20,
            now: now(),
        };
        assert_eq!(
            list_store::count_up_to(conn, &listing, 1)? >= 1,
            !list_store::list(conn, &listing)?.rows.is_empty()
        );
        list_store::list(conn, &listing)
    });
    page.await.unwrap().rows.into_iter().map(|report| report.id.to_string()).collect()
}

async fn public(db: &Db, query: &str) -> Vec<String> {
    codes_of(db, query, Visibility::Public).await
}

#[tokio::test]
async fn filters_narrow_and_sorts_order() {
    for_each_engine(async |db| {
        put(&db, small_town()).await;
        for (query, expected) in [
            (
                "",
                &[
                    "POTHOLE1", "POTHOLE2", "LAMP0001", "LAMP0002", "PRIVATE1", "CONDUCT1",
                    "HIDDEN01", "NOISE001",
                ][..],
            ),
            ("sort=oldest&state=assigned", &["LAMP0001"]),
            ("field=streets", &["POTHOLE1", "POTHOLE2"]),
            ("service=street-light", &["LAMP0001", "LAMP0002"]),
            (
                "service=street-light&service=pothole&service=noise",
                &["POTHOLE1", "POTHOLE2", "LAMP0001", "LAMP0002", "NOISE001"],
            ),
            ("area=quays", &["POTHOLE2"]),
            ("agency=works&state=open", &["POTHOLE1", "LAMP0001", "LAMP0002", "PRIVATE1"]),
            ("state=closed&outcome=fixed", &["POTHOLE2"]),
            ("outcome=refused", &[]),
            ("outcome=fixed&field=streets&area=quays", &["POTHOLE2"]),
            ("late=1", &["LAMP0001", "NOISE001"]),
            ("late=1&sort=newest&area=old-town&field=order", &["NOISE001"]),
            ("sort=closed", &["POTHOLE2"]),
            ("sort=updated&field=order", &["NOISE001"]),
            ("from=2026-11-26", &[]),
            ("from=2026-11-25&to=2026-11-25&service=noise", &["NOISE001"]),
            ("to=2026-11-24", &[]),
        ] {
            assert_eq!(public(&db, query).await, expected, "{:?} {query}", db.engine());
        }
    })
    .await;
}

#[tokio::test]
async fn words_find_without_their_marks_and_exact_marks_come_first() {
    for_each_engine(async |db| {
        put(&db, small_town()).await;
        assert_eq!(public(&db, "q=den").await.first().map(String::as_str), Some("LAMP0002"));
        assert_eq!(public(&db, "q=%C4%91%C3%A8n").await, ["LAMP0001", "LAMP0002"]);
        assert_eq!(public(&db, "q=O+GA&area=quays").await, ["POTHOLE2"]);
        assert_eq!(public(&db, "q=bak").await, ["POTHOLE1"]);
        assert_eq!(public(&db, "q=%22%27%3B--").await.len(), 8, "no word is no search");
    })
    .await;
}

#[tokio::test]
async fn a_search_forgives_a_slip_marks_what_it_found_and_betrays_no_word_that_is_not_public() {
    for_each_engine(async |db| {
        put(&db, small_town()).await;
        let city = City::on(db);
        nhip::jobs::learn_words(city.app.clone()).await.unwrap();
        let mut visitor = city.visitor();
        let found = visitor.get("/reports?q=bakrey").await.text();
        assert!(found.contains("Deep hole by the <mark>bakery</mark>"), "{found}");
        assert!(found.contains("Also looked for: bakery"), "{found}");
        let private = visitor.get("/reports?q=bedrom").await.text();
        assert!(!private.contains("bedroom"), "{private}");
        let exact = visitor.get("/reports?q=bakery").await.text();
        assert!(!exact.contains("Also looked for"), "{exact}");
    })
    .await;
}

#[tokio::test]
async fn nothing_is_found_by_what_is_not_public() {
    for_each_engine(async |db| {
        put(&db, small_town()).await;
        assert_eq!(public(&db, "q=secret").await, [""; 0]);
        assert_eq!(public(&db, "service=conduct").await, [""; 0]);
        assert_eq!(public(&db, "agency=ombudsman").await, [""; 0]);
        assert_eq!(public(&db, "field=town-hall").await, ["CONDUCT1"]);
        assert!(
            !public(&db, "area=old-town")
                .await
                .iter()
                .any(|code| code == "CONDUCT1" || code == "HIDDEN01")
        );
        assert!(!public(&db, "field=streets").await.iter().any(|code| code == "HIDDEN01"));
    })
    .await;
}

#[tokio::test]
async fn staff_see_their_own_and_the_inspectorate_the_confidential() {
    for_each_engine(async |db| {
        put(&db, small_town()).await;
        let works = AgencyId::parse("works").unwrap();
        let own = Visibility::Staff { agency: Some(works), confidential: false };
        let mut found = codes_of(&db, "q=secret", own.clone()).await;
        found.sort();
        assert_eq!(found, ["HIDDEN01", "PRIVATE1"]);
        assert_eq!(
            codes_of(&db, "state=open&sort=due", own).await.first().map(String::as_str),
            Some("LAMP0001")
        );
        let inspectorate = Visibility::Staff { agency: None, confidential: true };
        assert_eq!(codes_of(&db, "", inspectorate).await, ["CONDUCT1"]);
        let centre = Visibility::Staff { agency: None, confidential: false };
        assert_eq!(codes_of(&db, "", centre).await.len(), 7);
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap_and_without_a_double() {
    for_each_engine(async |db| {
        let same_moment = (0..25).map(|n| a_report(&format!("SAME{n:04}"), "pothole").hours_ago(1));
        put(&db, same_moment.chain(small_town())).await;
        for query in ["", "q=words", "field=streets", "sort=oldest", "sort=updated"] {
            let (mut seen, mut after): (Vec<String>, Option<PageKey>) = (Vec::new(), None);
            loop {
                let (asked, key) = (Asked::parse(query, &harbour()), after.clone());
                let page = db.read(move |conn| {
                    let listing = Listing {
                        filter: &asked.filter,
                        visibility: &Visibility::Public,
                        sort: asked.sort,
                        after: key.as_ref(),
                        limit: 4,
                        now: now(),
                    };
                    list_store::list(conn, &listing)
                });
                let page = page.await.unwrap();
                seen.extend(page.rows.iter().map(|report| report.id.to_string()));
                // As the address carries it.
                after = page.next.map(|key| key.to_string().parse().unwrap());
                if after.is_none() {
                    break;
                }
            }
            let all = public(&db, query).await;
            assert_eq!(seen.get(..all.len()), Some(all.as_slice()), "{query}");
            let mut distinct = seen.clone();
            distinct.sort();
            distinct.dedup();
            assert_eq!(distinct.len(), seen.len(), "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn near_a_place_means_near_its_public_place() {
    for_each_engine(async |db| {
        put(
            &db,
            [
                a_report("EXACT001", "pothole").at(55.0600, 10.6100),
                a_report("FAR00001", "pothole").at(55.0650, 10.6100),
                a_report("STREET01", "noise").at(55.0600, 10.6100),
                a_report("AREA0001", "other").at(55.0600, 10.6100),
            ],
        )
        .await;
        let mut filter = Asked::parse("", &harbour()).filter;
        let point = domain::place::Point::new(55.0600, 10.6100).unwrap();
        filter.near = Some(Near { point, metres: 150.0 });
        let (asked, pack) = (filter.clone(), harbour());
        let found = db.read(move |conn| {
            let listing = Listing {
                filter: &asked,
                visibility: &Visibility::Public,
                sort: Sort::Newest,
                after: None,
                limit: 20,
                now: now(),
            };
            list_store::list(conn, &listing)
        });
        let mut found: Vec<_> = found
            .await
            .unwrap()
            .rows
            .into_iter()
            .map(|report| view(report, Audience::Public, &pack))
            .filter(|view| view.agrees_with(&filter))
            .map(|view| view.id.to_string())
            .collect();
        found.sort();
        assert_eq!(found, ["EXACT001", "STREET01"]);
    })
    .await;
}
