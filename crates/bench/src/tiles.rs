//! `bench tiles`: what a tile of the map costs on a million reports, made anew each time, beside the target.
//!
//! The reports are invented and stand as those of cities do: thick around the centres of the areas, thin between. Of each
//! zoom the tiles are those in which the middle of an area lies, which are the fullest there are.

use crate::numbers::{cost, memory_mb};
use crate::{Outcome, say};
use domain::disclosure::Openness;
use domain::pack::Pack;
use domain::place::mercator::{Spot, Tile, Window};
use domain::place::{BoundingBox, Exactness, Point};
use domain::service_request::{Outcome as Result311, State};
use jiff::{SignedDuration, Timestamp};
use nhip::platform::ctx::Ids;
use nhip::platform::pack_dir;
use nhip::service_request::list::filter::{Asked, Sort};
use nhip::service_request::map::tile::Shows;
use nhip::service_request::map::wanted::Asks;
use nhip::service_request::map::{Map, Standing};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::f64::consts::TAU;

const REPORTS: usize = 1_000_000;
const YEAR_MINUTES: i64 = 365 * 24 * 60;
const BATCH: usize = 50_000;
const ZOOMS: [u8; 7] = [4, 6, 8, 10, 12, 14, 16];
/// Milliseconds of CPU of a tile.
const TARGET: f64 = 5.0;

fn invent(pack: &Pack, ids: &Ids, dice: &mut StdRng, end: Timestamp) -> Outcome<Standing> {
    let pick = |dice: &mut StdRng, n: usize| dice.random_range(0..n.max(1));
    let open: Vec<_> = pack.services.iter().filter(|service| !service.confidential).collect();
    let service = open.get(pick(dice, open.len())).ok_or("no service")?;
    let area = pack.areas.get(pick(dice, pack.areas.len())).ok_or("no area")?;
    let received_at = end - SignedDuration::from_mins(dice.random_range(0..YEAR_MINUTES));
    let closed_at = (pick(dice, 5) > 0).then_some(end);
    let outcome = Result311::ALL.get(pick(dice, Result311::ALL.len())).copied();
    let (far, turn) = (dice.random::<f64>().powi(2) * 0.03, dice.random::<f64>() * TAU);
    Ok(Standing {
        id: ids.code(),
        service: service.code.clone(),
        field: service.field.to_string(),
        area: area.id.clone(),
        agency: pack.route(service, area),
        state: if closed_at.is_some() { State::Closed } else { State::InProgress },
        outcome: outcome.filter(|_| closed_at.is_some()),
        openness: Openness::Open,
        point: Point::new(
            area.centre.lat() + far * turn.sin(),
            area.centre.long() + far * turn.cos(),
        )?,
        exactness: Exactness::Pin,
        received_at,
        closed_at,
        due_at: Some(received_at + SignedDuration::from_hours(240)),
        updated_at: received_at,
    })
}

pub fn run(pack: &str) -> Outcome<()> {
    let pack = pack_dir::load_checked(pack)?;
    let (ids, mut dice) = (Ids::seeded(1), StdRng::seed_from_u64(1));
    let end: Timestamp = "2026-11-25T13:00:00Z".parse()?;
    let map = Map::default();
    let empty = memory_mb()?;
    let mut load = 0.0;
    for _ in 0..REPORTS / BATCH {
        let batch: Outcome<Vec<_>> =
            (0..BATCH).map(|_| invent(&pack, &ids, &mut dice, end)).collect();
        let batch = batch?;
        load += cost(1, || map.apply(&batch, &pack))?;
    }
    let filled = memory_mb()? - empty;
    say(&format!("{REPORTS} reports taken in: {load:.0} ms of CPU, {filled:.0} MB"));
    let fresh: Outcome<Vec<_>> = (0..500).map(|_| invent(&pack, &ids, &mut dice, end)).collect();
    let fresh = fresh?;
    let upkeep = cost(1, || {
        for one in &fresh {
            map.apply(std::slice::from_ref(one), &pack);
        }
    })? / fresh.len() as f64;
    say(&format!("one change taken in: {upkeep:.3} ms of CPU\n"));
    let service = pack.services.first().ok_or("no service")?.code.clone();
    let area = pack.areas.first().ok_or("no area")?.id.clone();
    let filters = [
        ("none", String::new()),
        ("late", "late=1".to_owned()),
        ("service", format!("service={service}")),
        ("three", format!("area={area}&state=open&from=2026-06-01")),
        ("heat", "state=open".to_owned()),
    ];
    say("ms of CPU of the fullest tile, and of the dearest at a zoom");
    say(&format!("{:<10}{}{:>9}", "filter", ZOOMS.map(|z| format!("{z:>9}")).concat(), "target"));
    let snapshot = map.snapshot();
    for (name, query) in filters {
        let asked = Asked::parse(&query, &pack);
        let asks = Asks { filter: &asked.filter, found: None, now: end };
        let shows = if name == "heat" { Shows::Heat } else { Shows::Reports };
        let mut line = format!("{name:<10}");
        for zoom in ZOOMS {
            let mut dearest: f64 = 0.0;
            for area in pack.areas.iter().step_by(pack.areas.len().div_ceil(4)) {
                let tile = Tile::of(Spot::of(area.centre), zoom);
                dearest = dearest.max(cost(40, || snapshot.tile(tile, &asks, shows))?);
            }
            line.push_str(&format!("{dearest:>9.3}"));
        }
        say(&format!("{line}{TARGET:>9.1}"));
    }
    let asked = Asked::parse("", &pack);
    let asks = Asks { filter: &asked.filter, found: None, now: end };
    let all = pack.areas.iter().map(|area| area.centre);
    let window = Window::of(BoundingBox::of(all).ok_or("no area")?);
    let list = cost(20, || snapshot.seen(Some(window), &asks, Sort::Newest, 20))?;
    say(&format!("the list beside a map of the whole city: {list:.3} ms"));
    Ok(())
}
