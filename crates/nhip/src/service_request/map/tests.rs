//! The picture keeps step with what is told, and tells no more than the public may know.

use super::look::Shown;
use super::*;
use crate::platform::pack_dir;
use crate::service_request::filter::Asked;
use domain::place::BoundingBox;
use jiff::SignedDuration;

fn harbour() -> Pack {
    pack_dir::load_checked("harbour").unwrap()
}

fn now() -> Timestamp {
    "2026-11-25T14:00:00+01:00".parse().unwrap()
}

fn standing(code: &str, service: &str, lat: f64, long: f64) -> Standing {
    let at = now() - SignedDuration::from_hours(5);
    Standing {
        id: code.parse().unwrap(),
        service: service.parse().unwrap(),
        area: "old-town".parse().unwrap(),
        agency: "works".parse().unwrap(),
        state: State::Assigned,
        outcome: None,
        openness: Openness::Open,
        point: Point::new(lat, long).unwrap(),
        received_at: at,
        closed_at: None,
        due_at: Some(now() + SignedDuration::from_hours(5)),
        updated_at: at,
    }
}

fn town() -> BoundingBox {
    "10.5,55.0,10.7,55.1".parse().unwrap()
}

fn codes(map: &Map, bounds: BoundingBox, query: &str) -> Vec<String> {
    match map.snapshot().look(bounds, 15, &Asked::parse(query, &harbour()).filter, now()) {
        Shown::Pins(mut pins) => {
            pins.sort_by(|a, b| a.code.cmp(&b.code));
            pins.into_iter().map(|pin| pin.code).collect()
        }
        Shown::Clusters(clusters) => panic!("{clusters:?}"),
    }
}

#[test]
fn what_changed_moves_and_what_did_not_costs_no_new_version() {
    let (map, pack) = (Map::default(), harbour());
    let mut one = standing("AAAA0001", "pothole", 55.06, 10.61);
    map.apply(&[one.clone(), standing("AAAA0002", "noise", 55.07, 10.62)], &pack);
    assert_eq!((codes(&map, town(), "").len(), map.snapshot().version), (2, 1));
    map.apply(&[one.clone()], &pack);
    assert_eq!(map.snapshot().version, 1);
    one.point = Point::new(55.08, 10.60).unwrap();
    one.state = State::Closed;
    one.outcome = Some(Outcome::Fixed);
    one.closed_at = Some(now());
    one.updated_at = now();
    map.apply(&[one], &pack);
    assert_eq!(codes(&map, "10.59,55.079,10.601,55.081".parse().unwrap(), ""), ["AAAA0001"]);
    assert_eq!(codes(&map, town(), "outcome=fixed"), ["AAAA0001"]);
    assert_eq!(codes(&map, town(), "state=open"), ["AAAA0002"]);
    assert_eq!(map.read_until(), now().as_millisecond() - OVERLAP_MS);
}

#[test]
fn confidential_hidden_and_private_reports_are_counted_and_never_drawn() {
    let (map, pack) = (Map::default(), harbour());
    let shut =
        Standing { openness: Openness::Private, ..standing("SHUT0001", "pothole", 55.06, 10.61) };
    let conduct = Standing {
        openness: Openness::Confidential,
        ..standing("SHUT0002", "conduct", 55.06, 10.61)
    };
    map.apply(&[shut, conduct, standing("OPEN0001", "pothole", 55.06, 10.61)], &pack);
    assert_eq!(codes(&map, town(), ""), ["OPEN0001"]);
    assert_eq!(codes(&map, "-180,-90,180,90".parse().unwrap(), ""), ["OPEN0001"]);
    // A complaint about an official counts for the city; for no area and no agency, which would tell whom it is about.
    let tally = map.snapshot().tally(&pack, now());
    assert_eq!(tally.city.waiting, 3);
    assert_eq!(tally.areas.values().map(|n| n.waiting).sum::<u32>(), 2);
    assert_eq!(tally.agencies.values().map(|n| n.waiting).sum::<u32>(), 2);
}

#[test]
fn a_place_is_drawn_as_coarsely_as_its_service_says() {
    let (map, pack) = (Map::default(), harbour());
    let true_point = Point::new(55.061_234, 10.611_234).unwrap();
    let at = |code, service| standing(code, service, true_point.lat(), true_point.long());
    map.apply(
        &[at("EXACT001", "pothole"), at("STREET01", "noise"), at("AREA0001", "other")],
        &pack,
    );
    let Shown::Pins(pins) = map.snapshot().look(town(), 15, &Asked::parse("", &pack).filter, now())
    else {
        panic!()
    };
    let place = |code: &str| pins.iter().find(|pin| pin.code == code).unwrap().point;
    assert!(place("EXACT001").distance_m(true_point) < 0.1);
    assert!((1.0..100.0).contains(&place("STREET01").distance_m(true_point)));
    assert!(
        place("AREA0001").distance_m(pack.area(&"old-town".parse().unwrap()).unwrap().centre) < 0.1
    );
}

#[test]
fn many_points_become_clusters_that_count_them_all() {
    let (map, pack) = (Map::default(), harbour());
    let many: Vec<_> = (0..2_000)
        .map(|n| {
            let mut one = standing(
                &format!("M{n:07}"),
                "pothole",
                55.05 + f64::from(n % 40) * 0.001,
                10.60 + f64::from(n / 40) * 0.001,
            );
            if n % 4 == 0 {
                one.due_at = Some(now() - SignedDuration::from_hours(1));
            }
            one
        })
        .collect();
    map.apply(&many, &pack);
    let everything = Asked::parse("", &pack).filter;
    for zoom in [3, 9, 12, 22] {
        let Shown::Clusters(clusters) = map.snapshot().look(town(), zoom, &everything, now())
        else {
            panic!("{zoom}")
        };
        assert!(clusters.len() <= 500, "{zoom}: {}", clusters.len());
        assert_eq!(clusters.iter().map(|c| c.count).sum::<u32>(), 2_000, "{zoom}");
        assert_eq!(clusters.iter().map(|c| c.late).sum::<u32>(), 500, "{zoom}");
    }
    assert_eq!(map.snapshot().count(&Asked::parse("late=1", &pack).filter, now()), 500);
}

#[test]
fn on_time_is_of_deadlines_that_fell_not_of_what_was_closed() {
    let (map, pack) = (Map::default(), harbour());
    let due = now() - SignedDuration::from_hours(2);
    let one = |n: u32, closed: Option<i64>| Standing {
        due_at: Some(due),
        closed_at: closed.map(|minutes| due + SignedDuration::from_mins(minutes)),
        outcome: closed.map(|_| Outcome::Fixed),
        state: if closed.is_some() { State::Closed } else { State::InProgress },
        ..standing(&format!("T{n:07}"), "pothole", 55.06, 10.61)
    };
    let mut all: Vec<_> = (0..6).map(|n| one(n, Some(-10))).collect();
    all.extend((6..9).map(|n| one(n, Some(10))));
    all.extend((9..12).map(|n| one(n, None)));
    map.apply(&all, &pack);
    let city = map.snapshot().tally(&pack, now()).city;
    assert_eq!((city.deadlines, city.kept, city.late, city.handled), (12, 6, 3, 9));
    assert_eq!(city.on_time(), Some(0.5));
    let days = map.snapshot().tally(&pack, now()).days;
    assert_eq!(days.last().map(|day| (day.received, day.closed)), Some((12, 9)));
}
