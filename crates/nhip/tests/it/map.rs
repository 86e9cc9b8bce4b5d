//! The map: its tiles say what the list says, each zoom counts what the one above counts, and none tells more than the
//! public may know.

use crate::support::city::{Answer, City};
use crate::support::db::for_each_engine;
use crate::support::mvt::{Feature, Layers, Value, layers};
use crate::support::world::{Made, a_report, harbour, now, put};
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{Request, StatusCode};
use domain::disclosure::Openness;
use domain::place::mercator::{DEEPEST, Spot, Tile};
use domain::place::outline::Outline;
use domain::place::{Exactness, Point};
use domain::service_request::{Outcome, State};
use jiff::SignedDuration;
use nhip::jobs;
use nhip::service_request::list::filter::Asked;
use nhip::service_request::list::geo_store;
use nhip::service_request::list::store::{Listing, Visibility};
use nhip::service_request::map::tile::Shows;
use nhip::service_request::map::wanted::Asks;
use nhip::service_request::map::{Map, Snapshot, Standing};

fn point(lat: f64, long: f64) -> Point {
    Point::new(lat, long).unwrap()
}

/// Reports at all sorts of places, some of them not for everybody.
fn town() -> Vec<Made> {
    let mut town: Vec<Made> = (0..240)
        .map(|n| {
            let service = ["pothole", "street-light", "noise", "graffiti"][n % 4];
            let (row, column) = ((n / 16) as f64, (n % 16) as f64);
            let made = a_report(&format!("TOWN{n:04}"), service)
                .hours_ago(1 + n as i64)
                .at(55.05 + row * 0.0021, 10.59 + column * 0.0027);
            match n % 7 {
                0 => made.closed(Outcome::Fixed),
                1 => made.in_state(State::Assigned).late(),
                2 => made.private(),
                3 => made.hidden("an insult"),
                4 => made.saying("Deep hole by the bakery"),
                _ => made.in_state(State::InProgress),
            }
        })
        .collect();
    town.push(a_report("CONDUCT1", "conduct"));
    town
}

/// A quadrangle over the middle of it, as an address has it.
fn drawn() -> String {
    let corners = [(55.0525, 10.594), (55.0531, 10.628), (55.0765, 10.6225), (55.068, 10.597)];
    let corners = corners.map(|(lat, long)| point(lat, long)).to_vec();
    Outline::new(corners).unwrap().to_string()
}

async fn get(city: &City, path: &str, tag: Option<&str>) -> Answer {
    let mut request = Request::get(path);
    if let Some(tag) = tag {
        request = request.header(IF_NONE_MATCH, tag);
    }
    city.send(request.body(Body::empty()).unwrap()).await
}

async fn city_of(db: nhip::platform::db::Db) -> City {
    put(&db, town()).await;
    let city = City::on(db);
    city.app.clock.set(now());
    jobs::refresh_map(city.node.clone()).await.unwrap();
    city
}

fn features<'a>(layers: &'a Layers, layer: &str) -> &'a [Feature] {
    layers.get(layer).map_or(&[], Vec::as_slice)
}

/// How many reports a tile stands for.
fn total(tile: &[u8]) -> u64 {
    let layers = layers(tile);
    let clusters = features(&layers, "clusters").iter().map(|f| f.number("count")).sum::<u64>();
    clusters + features(&layers, "reports").len() as u64
}

/// All reports that a list of everybody shows with a place of their own, page by page.
async fn listed(city: &City, query: &str) -> Vec<String> {
    let mut browser = city.visitor();
    let mut codes = Vec::new();
    let mut next = format!("/open311/v2/requests.json?page_size=200&{query}");
    // Open311 has its own names of filters; the list of pages is the one that is asked here.
    next = next.replace("/open311/v2/requests.json?page_size=200&", "/reports?");
    loop {
        let page = browser.get(&next).await.text();
        let codes_here = page.split("class=\"card-photo\" href=\"/reports/").skip(1);
        codes.extend(codes_here.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        let older =
            page.split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
        match older {
            Some(older) => next = older.replace("&amp;", "&").replace("&#38;", "&"),
            None => return codes,
        }
    }
}

#[tokio::test]
async fn a_tile_counts_what_the_list_shows_under_every_filter() {
    for_each_engine(async |db| {
        let city = city_of(db).await;
        let whole = Tile::of(Spot::of(point(55.06, 10.61)), 8);
        for query in [
            "",
            "field=streets",
            "service=pothole",
            "service=pothole&service=noise",
            "agency=works",
            "area=old-town",
            "area=quays",
            "state=open",
            "state=assigned",
            "state=closed&outcome=fixed",
            "outcome=refused",
            "late=1",
            "from=2026-11-20&to=2026-11-22",
            "q=bakery",
            "q=bakery&service=pothole",
            "q=zebra",
            &format!("within={}", drawn()),
            &format!("within={}&service=street-light", drawn()),
            &format!("within={}&q=bakery", drawn()),
            "around=55.06,10.61,600",
            "around=55.06,10.61,600&late=1",
        ] {
            let path = format!("/map/tiles/8/{}/{}.mvt?{query}", whole.column(), whole.row());
            let drawn = get(&city, &path, None).await;
            assert_eq!(drawn.status, StatusCode::OK, "{query}");
            // The list has those without a public place, too: what is not open, and what keeps its place to itself.
            let shown = listed(&city, query).await;
            let nothing = ["q=zebra", "outcome=refused", "area=quays"].contains(&query);
            assert!(shown.len() > 2 || nothing || query.contains("from="), "{query}");
            let open: Vec<_> = town()
                .into_iter()
                .filter(|made| {
                    shown.contains(&made.0.id.to_string())
                        && domain::disclosure::openness(&made.0) == Openness::Open
                })
                .collect();
            assert_eq!(total(&drawn.body), open.len() as u64, "{:?} {query}", city.app.db.engine());
        }
    })
    .await;
}

#[tokio::test]
async fn a_tile_carries_what_the_page_says_and_nothing_of_what_is_not_open() {
    let city = City::new();
    put(&city.app.db, town()).await;
    city.app.clock.set(now());
    jobs::refresh_map(city.node.clone()).await.unwrap();
    let mut codes = Vec::new();
    for row in 0..15 {
        for column in 0..16 {
            let place = point(55.05 + f64::from(row) * 0.0021, 10.59 + f64::from(column) * 0.0027);
            let tile = Tile::of(Spot::of(place), DEEPEST);
            let path = format!("/map/tiles/{DEEPEST}/{}/{}.mvt", tile.column(), tile.row());
            let layers = layers(&get(&city, &path, None).await.body);
            for report in features(&layers, "reports") {
                codes.push(report.text("code").to_owned());
                let (x, y) = report.at;
                assert!((0..4096).contains(&x) && (0..4096).contains(&y), "{report:?}");
                assert!(harbour().service(&report.text("service").parse().unwrap()).is_some());
            }
            let known = ["reports", "clusters"];
            assert!(layers.keys().all(|layer| known.contains(&layer.as_str())), "{layers:?}");
        }
    }
    codes.sort();
    codes.dedup();
    let open = |made: &Made| domain::disclosure::openness(&made.0) == Openness::Open;
    let exact = |made: &Made| made.0.service.as_str() != "noise";
    let mut expected: Vec<String> = town()
        .iter()
        .filter(|made| open(made) && exact(made))
        .map(|made| made.0.id.to_string())
        .collect();
    expected.sort();
    codes.retain(|code| {
        expected.contains(code)
            || !town().iter().any(|made| made.0.id.as_str() == code && !exact(made))
    });
    assert_eq!(codes, expected);
    let late = layers(&get(&city, "/map/tiles/8/135/80.mvt?late=1", None).await.body);
    for cluster in features(&late, "clusters") {
        assert_eq!(cluster.number("late"), cluster.number("count"));
    }
    for report in features(&late, "reports") {
        assert_eq!(report.tags["late"], Value::Yes(true));
    }
}

#[tokio::test]
async fn a_change_is_drawn_by_the_next_look_and_what_did_not_change_is_not_sent_again() {
    let city = City::new();
    city.app.clock.set(now());
    let tile = Tile::of(Spot::of(point(55.06, 10.61)), 14);
    let path = format!("/map/tiles/14/{}/{}.mvt", tile.column(), tile.row());
    let empty = get(&city, &path, None).await;
    assert_eq!((empty.status, empty.body.len()), (StatusCode::OK, 0));
    assert_eq!(empty.headers[CONTENT_TYPE], "application/vnd.mapbox-vector-tile");
    assert_eq!(empty.headers[CACHE_CONTROL], "public, no-cache");
    put(&city.app.db, [a_report("FRESH001", "pothole").at(55.06, 10.61)]).await;
    jobs::refresh_map(city.node.clone()).await.unwrap();
    let fresh = get(&city, &path, None).await;
    assert_eq!(total(&fresh.body), 1);
    let tag = fresh.headers[ETAG].to_str().unwrap().to_owned();
    assert_ne!(tag, empty.headers[ETAG].to_str().unwrap());
    assert_eq!(get(&city, &path, Some(&tag)).await.status, StatusCode::NOT_MODIFIED);
    // Something else in the city changes, and time goes by.
    put(&city.app.db, [a_report("ELSEWHR1", "pothole").at(55.09, 10.70)]).await;
    jobs::refresh_map(city.node.clone()).await.unwrap();
    assert_eq!(get(&city, &path, Some(&tag)).await.status, StatusCode::NOT_MODIFIED);
    let narrowed = get(&city, &format!("{path}?state=closed"), Some(&tag)).await;
    assert_eq!((narrowed.status, narrowed.body.len()), (StatusCode::OK, 0));
    city.later(SignedDuration::from_hours(72));
    let late = get(&city, &path, Some(&tag)).await;
    assert_eq!(late.status, StatusCode::OK, "it is late by now");
}

#[tokio::test]
async fn a_tile_that_the_world_has_not_is_not_found() {
    let city = City::new();
    for path in [
        "1/2/0.mvt",
        "1/0/2.mvt",
        "19/0/0.mvt",
        "-1/0/0.mvt",
        "0/0/0",
        "0/0/0.png",
        "0/0/+0.mvt",
        "0/00x/0.mvt",
        "0/0/.mvt",
        "999/0/0.mvt",
        "3/99999999999/0.mvt",
    ] {
        let answer = get(&city, &format!("/map/tiles/{path}"), None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(get(&city, "/map/tiles/0/0/0.mvt", None).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_list_beside_the_map_says_what_lies_in_the_window() {
    let city = City::new();
    put(&city.app.db, town()).await;
    city.app.clock.set(now());
    jobs::refresh_map(city.node.clone()).await.unwrap();
    let window = get(&city, "/map/list?bbox=10.589,55.049,10.591,55.0505", None).await.text();
    assert!(window.contains("1 report on this part of the map"), "{window}");
    assert!(window.contains("TOWN0000") && !window.contains("TOWN0001"), "{window}");
    let all = get(&city, "/map/list", None).await.text();
    assert!(all.contains("the first 20 are listed"), "{all}");
    assert!(!all.contains("CONDUCT1") && !all.contains("TOWN0002"), "{all}");
    let none = get(&city, "/map/list?q=zebra", None).await.text();
    assert!(none.contains("Nothing on this part of the map"), "{none}");
    assert_eq!(get(&city, "/map/list?bbox=1,2,3", None).await.status, StatusCode::BAD_REQUEST);
}

/// The codes of a drawn list, page after page, when a page looks at so many rows.
async fn paged(db: &nhip::platform::db::Db, query: &str, most: usize) -> (Vec<String>, usize) {
    let (mut codes, mut after, mut pages) = (Vec::new(), None, 0);
    loop {
        let asked = Asked::parse(query, &harbour());
        let page = db.read(move |conn| {
            let listing = Listing {
                filter: &asked.filter,
                visibility: &Visibility::Public,
                sort: asked.sort,
                after: after.as_ref(),
                limit: 7,
                now: now(),
            };
            geo_store::page(conn, &listing, most)
        });
        let page = page.await.unwrap();
        pages += 1;
        codes.extend(page.rows.iter().map(|report| report.id.to_string()));
        match page.next {
            Some(next) => after = Some(next),
            None => return (codes, pages),
        }
    }
}

#[tokio::test]
async fn a_drawn_list_has_every_report_once_however_few_rows_a_page_may_look_at() {
    for_each_engine(async |db| {
        put(&db, town()).await;
        for query in ["", "&service=pothole", "&sort=oldest", "&state=open&late=1"] {
            let query = format!("within={}{query}", drawn());
            let (all, _) = paged(&db, &query, 10_000).await;
            assert!(all.len() > 5, "{query}: {all:?}");
            let mut sorted = all.clone();
            sorted.sort();
            sorted.dedup();
            assert_eq!(sorted.len(), all.len(), "{query}");
            let (short, pages) = paged(&db, &query, 20).await;
            assert_eq!(short, all, "{:?} {query}", db.engine());
            assert!(pages > all.len() / 7, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_drawn_area_narrows_every_form_of_the_list_and_the_map_shows_it() {
    let city = City::new();
    put(&city.app.db, town()).await;
    city.app.clock.set(now());
    jobs::refresh_map(city.node.clone()).await.unwrap();
    let query = format!("within={}", drawn());
    let feed = get(&city, &format!("/reports.atom?{query}"), None).await.text();
    let whole = get(&city, "/reports.atom", None).await.text();
    assert!(whole.contains("TOWN0000") && !feed.contains("TOWN0000"), "its corner lies outside");
    assert!(feed.contains("<entry>"), "{feed}");
    let map = get(&city, &format!("/map?{query}"), None).await.text();
    assert!(map.contains("data-shape=\"[[10.594,55.0525]"), "{map}");
    assert!(map.contains("Only in the area that was drawn"), "{map}");
    let list = get(&city, &format!("/map/list?{query}"), None).await.text();
    let world = get(&city, &format!("/map/tiles/0/0/0.mvt?{query}"), None).await;
    assert!(list.contains(&format!("{} reports on this part", total(&world.body))), "{list}");
    let wrong = get(&city, "/map?within=BFBF", None).await.text();
    assert!(wrong.contains("This area cannot be read"), "{wrong}");
}

#[test]
fn a_shape_holds_on_the_map_what_it_holds_row_by_row() {
    let map = Map::default();
    let (all, pack) = (many(6_000), harbour());
    map.apply(&all, &pack);
    let snapshot = map.snapshot();
    let world = Tile::new(0, 0, 0).unwrap();
    let drawn = drawn();
    for query in [
        format!("within={drawn}"),
        "around=55.07,10.6,900".to_owned(),
        format!("within={drawn}&around=55.06,10.61,700"),
    ] {
        let shapes = Asked::parse(&query, &pack).filter.shapes();
        let expected = all.iter().filter(|one| {
            let precision = pack.service(&one.service).unwrap().precision;
            let public = domain::disclosure::public_point(one.point, precision);
            let inside = public.is_some_and(|at| shapes.iter().all(|shape| shape.holds(at)));
            one.openness == Openness::Open && inside
        });
        let expected = expected.count() as u64;
        let found = count(&snapshot, world, &query, Shows::Reports).0;
        assert!(expected > 20, "{query}: {expected}");
        // A spot is two centimetres wide.
        assert!(found.abs_diff(expected) <= 1, "{query}: {found} of {expected}");
    }
}

/// Many reports of a city that never was, spread as cities spread theirs: close in the middle, thin outside.
fn many(count: u32) -> Vec<Standing> {
    let services = ["pothole", "street-light", "noise", "graffiti", "other"];
    (0..count)
        .map(|n| {
            let (turn, far) = (f64::from(n) * 2.399_963, (f64::from(n) / f64::from(count)).powi(2));
            let received = now() - SignedDuration::from_mins(i64::from(n % 5_000));
            Standing {
                id: format!("M{n:07}").parse().unwrap(),
                service: services[n as usize % 5].parse().unwrap(),
                field: String::new(),
                area: ["old-town", "quays", "meadows"][n as usize % 3].parse().unwrap(),
                agency: "works".parse().unwrap(),
                state: if n % 4 == 0 { State::Closed } else { State::Assigned },
                outcome: (n % 4 == 0).then_some(Outcome::Fixed),
                openness: if n % 11 == 0 { Openness::Hidden } else { Openness::Open },
                point: point(55.06 + 0.05 * far * turn.sin(), 10.61 + 0.08 * far * turn.cos()),
                exactness: Exactness::Pin,
                received_at: received,
                closed_at: (n % 4 == 0).then_some(now()),
                due_at: Some(received + SignedDuration::from_hours(24)),
                updated_at: received,
            }
        })
        .collect()
}

fn children(tile: Tile) -> impl Iterator<Item = Tile> {
    (0..4).filter_map(move |n| {
        Tile::new(tile.zoom() + 1, 2 * tile.column() + n % 2, 2 * tile.row() + n / 2)
    })
}

fn count(snapshot: &Snapshot, tile: Tile, query: &str, shows: Shows) -> (u64, u64) {
    let asked = Asked::parse(query, &harbour());
    let asks = Asks { filter: &asked.filter, found: None, now: now() };
    let layers = layers(&snapshot.tile(tile, &asks, shows));
    let sum = |layer: &str, name: &str| {
        features(&layers, layer).iter().map(|f| f.number(name)).sum::<u64>()
    };
    if shows == Shows::Heat {
        return (sum("heat", "count"), 0);
    }
    let single = features(&layers, "reports");
    let late = single.iter().filter(|report| report.tags["late"] == Value::Yes(true)).count();
    (sum("clusters", "count") + single.len() as u64, sum("clusters", "late") + late as u64)
}

#[test]
fn four_tiles_count_what_the_one_above_them_counts_down_to_the_last_zoom() {
    let map = Map::default();
    map.apply(&many(3_000), &harbour());
    let snapshot = map.snapshot();
    for (query, shows) in [
        ("", Shows::Reports),
        ("service=pothole&state=open", Shows::Reports),
        ("late=1", Shows::Reports),
        ("from=2026-11-24", Shows::Heat),
    ] {
        let mut level = vec![Tile::new(0, 0, 0).unwrap()];
        let whole = count(&snapshot, level[0], query, shows);
        assert!(whole.0 > 150, "{query}: {whole:?}");
        while level.first().is_some_and(|tile| tile.zoom() < DEEPEST) {
            let mut next = Vec::new();
            for tile in level {
                let above = count(&snapshot, tile, query, shows);
                let below: Vec<_> = children(tile)
                    .map(|child| (child, count(&snapshot, child, query, shows)))
                    .collect();
                let sum = below.iter().fold((0, 0), |sum, (_, one)| (sum.0 + one.0, sum.1 + one.1));
                assert_eq!(sum, above, "{tile:?} {query}");
                // The fullest and the thinnest; all of them would be thousands.
                let full = below.iter().filter(|(_, one)| one.0 > 0);
                next.extend(full.clone().max_by_key(|(_, one)| one.0).map(|(tile, _)| *tile));
                next.extend(full.min_by_key(|(_, one)| one.0).map(|(tile, _)| *tile));
            }
            next.dedup();
            next.truncate(6);
            level = next;
        }
    }
}

#[test]
fn no_tile_is_heavy_however_full_the_city_is() {
    let map = Map::default();
    map.apply(&many(30_000), &harbour());
    let (snapshot, asked) = (map.snapshot(), Asked::parse("", &harbour()));
    let asks = Asks { filter: &asked.filter, found: None, now: now() };
    for zoom in 0..=DEEPEST {
        let tile = Tile::of(Spot::of(point(55.06, 10.61)), zoom);
        let size = snapshot.tile(tile, &asks, Shows::Reports).len();
        assert!(size < 100_000, "{zoom}: {size} bytes");
    }
}
