//! The picture keeps step with what is told, and tells no more than the public may know.

use super::view::Seen;
use super::wanted::Asks;
use super::*;
use crate::platform::pack_dir;
use crate::service_request::list::filter::Asked;
use domain::place::mercator::Window;
use domain::place::{BoundingBox, Exactness};
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
        field: String::new(),
        area: "old-town".parse().unwrap(),
        agency: "works".parse().unwrap(),
        state: State::Assigned,
        outcome: None,
        openness: Openness::Open,
        point: Point::new(lat, long).unwrap(),
        exactness: Exactness::Pin,
        received_at: at,
        closed_at: None,
        due_at: Some(now() + SignedDuration::from_hours(5)),
        updated_at: at,
    }
}

fn town() -> BoundingBox {
    "10.5,55.0,10.7,55.1".parse().unwrap()
}

fn seen(map: &Map, bounds: BoundingBox, query: &str) -> Seen {
    let asked = Asked::parse(query, &harbour());
    let asks = Asks { filter: &asked.filter, found: None, now: now() };
    map.snapshot().seen(Some(Window::of(bounds)), &asks, asked.sort, 20)
}

fn codes(map: &Map, bounds: BoundingBox, query: &str) -> Vec<String> {
    let mut codes: Vec<String> =
        seen(map, bounds, query).first.iter().map(ToString::to_string).collect();
    codes.sort();
    codes
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
    map.have_read(now().as_millisecond());
    map.apply(&[one], &pack);
    assert_eq!(codes(&map, "10.59,55.079,10.601,55.081".parse().unwrap(), ""), ["AAAA0001"]);
    assert_eq!(codes(&map, town(), "outcome=fixed"), ["AAAA0001"]);
    assert_eq!(codes(&map, town(), "state=open"), ["AAAA0002"]);
    let ago = |seconds| now() - SignedDuration::from_secs(seconds);
    assert_eq!(map.read_until(now()), ago(120).as_millisecond());
    assert_eq!(map.read_until(ago(3_600)), ago(3_720).as_millisecond(), "our clock was set back");
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
    assert_eq!(codes(&map, "-180,-85,180,85".parse().unwrap(), ""), ["OPEN0001"]);
    // A complaint about an official counts for the city; for no area, which would tell whom it is about.
    let tally = map.snapshot().tally(now());
    assert_eq!(tally.city.waiting, 3);
    assert_eq!(tally.areas.values().map(|n| n.waiting).sum::<u32>(), 2);
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
    let snapshot = map.snapshot();
    let place = |code: &str| {
        let row = snapshot.rows.iter().find(|row| row.code() == code).unwrap();
        row.spot.point().unwrap()
    };
    assert!(place("EXACT001").distance_m(true_point) < 0.1);
    assert!((1.0..100.0).contains(&place("STREET01").distance_m(true_point)));
    assert!(
        place("AREA0001").distance_m(pack.area(&"old-town".parse().unwrap()).unwrap().centre) < 0.1
    );
}

#[test]
fn the_list_of_a_window_counts_all_and_names_the_first_in_its_order() {
    let (map, pack) = (Map::default(), harbour());
    let many: Vec<_> = (0..300_i64)
        .map(|n| {
            let mut one = standing(&format!("M{n:07}"), "pothole", 55.05, 10.60 + n as f64 * 1e-4);
            one.received_at = now() - SignedDuration::from_mins((n * 7) % 300);
            one.due_at = Some(now() + SignedDuration::from_hours(n - 100));
            one
        })
        .collect();
    map.apply(&many, &pack);
    let all = seen(&map, town(), "");
    assert_eq!((all.count, all.late, all.first.len()), (300, 100, 20));
    assert_eq!(all.first.first().map(ServiceRequestId::as_str), Some("M0000000"));
    let oldest = seen(&map, town(), "sort=oldest");
    // 7 × 257 = 1799 = 5 × 300 + 299.
    assert_eq!(oldest.first.first().map(ServiceRequestId::as_str), Some("M0000257"));
    let due = seen(&map, town(), "sort=due");
    assert_eq!(
        due.first.iter().map(ServiceRequestId::as_str).collect::<Vec<_>>()[..2],
        ["M0000000", "M0000001"]
    );
    assert_eq!(seen(&map, town(), "late=1").count, 100);
    let west = seen(&map, "10.5,55.0,10.60995,55.1".parse().unwrap(), "");
    assert_eq!(west.count, 100);
}

#[test]
fn a_list_counts_what_everybody_finds_and_no_further_than_asked() {
    let (map, pack) = (Map::default(), harbour());
    let all = Asked::parse("", &pack);
    assert_eq!(map.count_up_to(&all.filter, 10, now()), None, "nothing was read yet");
    let mut private = standing("AAAA0003", "pothole", 55.06, 10.61);
    private.openness = Openness::Private;
    let mut hidden = standing("AAAA0004", "pothole", 55.06, 10.61);
    hidden.openness = Openness::Hidden;
    let mut nowhere = standing("AAAA0002", "pothole", 55.06, 10.61);
    nowhere.exactness = Exactness::Area;
    map.apply(&[standing("AAAA0001", "pothole", 55.06, 10.61), nowhere, private, hidden], &pack);
    map.have_read(now().as_millisecond());
    let count =
        |query: &str, most| map.count_up_to(&Asked::parse(query, &pack).filter, most, now());
    assert_eq!(count("", 10), Some(4));
    assert_eq!(count("", 3), Some(3));
    assert_eq!(count("area=old-town&state=assigned", 10), Some(3), "hidden: no area is told");
    assert_eq!(count("service=pothole", 10), Some(2), "private: no service is told");
    assert_eq!(count("service=pothole&service=graffiti", 10), Some(2), "nobody reported graffiti");
    assert_eq!(count("service=graffiti", 10), Some(0));
    assert_eq!(count("q=pothole", 10), None, "words stand elsewhere");
    assert_eq!(count("late=1", 10), None);
}
