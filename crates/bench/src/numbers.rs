//! `bench numbers`: what scorecards cost on a million reports, beside the targets of `docs/adr/0006-numbers-in-memory.md`.
//!
//! The reports are invented and spread over the areas, agencies, services and days of a year; they go through the same
//! `apply` as those a job reads from the database.

use crate::{Outcome, say};
use domain::pack::Pack;
use domain::place::{Exactness, Point};
use domain::service_request::{Outcome as Result311, Rating, State};
use jiff::{SignedDuration, Timestamp};
use nhip::oversight::facts::Facts;
use nhip::oversight::period::Asked;
use nhip::oversight::scorecard::By;
use nhip::oversight::store::{Round, Stood};
use nhip::platform::ctx::Ids;
use nhip::platform::pack_dir;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

const REPORTS: usize = 1_000_000;
const YEAR_MINUTES: i64 = 365 * 24 * 60;
const BATCH: usize = 5_000;
/// Agencies the reports are spread over.
const AGENCIES: usize = 40;
/// Ticks of the processor's clock in `/proc` a second.
const TICKS: f64 = 100.0;

/// Milliseconds of CPU of this process so far.
fn cpu_ms() -> Outcome<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields: Vec<&str> = after.split_whitespace().collect();
    let field = |n: usize| fields.get(n).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    Ok((field(11) + field(12)) * 1000.0 / TICKS)
}

pub fn memory_mb() -> Outcome<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    Ok(line.split_whitespace().next().unwrap_or_default().parse::<f64>()? / 1024.0)
}

/// The mean of so many runs.
pub fn cost<T>(runs: usize, mut run: impl FnMut() -> T) -> Outcome<f64> {
    let before = cpu_ms()?;
    for _ in 0..runs {
        std::hint::black_box(run());
    }
    Ok((cpu_ms()? - before) / runs as f64)
}

fn invent(pack: &Pack, ids: &Ids, dice: &mut StdRng, end: Timestamp) -> Outcome<Stood> {
    let pick = |dice: &mut StdRng, n: usize| dice.random_range(0..n.max(1));
    let service = pack.services.get(pick(dice, pack.services.len())).ok_or("no service")?;
    let area = pack.areas.get(pick(dice, pack.areas.len())).ok_or("no area")?;
    let agency = format!("agency-{}", pick(dice, AGENCIES)).parse()?;
    let minutes = |n: i64| SignedDuration::from_mins(n);
    let received_at = end - minutes(dice.random_range(0..YEAR_MINUTES));
    let took = minutes((dice.random::<f64>().powi(3) * 40_000.0) as i64 + 10);
    let closed_at = Some(received_at + took).filter(|at| *at < end);
    let (across, along) = (dice.random::<f64>() - 0.5, dice.random::<f64>() - 0.5);
    let outcome = Result311::ALL.get(pick(dice, Result311::ALL.len())).copied();
    Ok(Stood {
        id: ids.code(),
        version: 1,
        service: service.code.clone(),
        field: service.field.to_string(),
        area: area.id.clone(),
        public: pick(dice, 10) > 0,
        confidential: service.confidential,
        hidden: false,
        by_own_staff: false,
        concerns: None,
        point: Point::new(area.centre.lat() + across * 0.04, area.centre.long() + along * 0.04)?,
        exactness: Exactness::Pin,
        state: if closed_at.is_some() { State::Closed } else { State::InProgress },
        received_at,
        accepted_at: Some(received_at + minutes(60)),
        responded_at: closed_at,
        updated_at: closed_at.unwrap_or(received_at),
        round: Round {
            agency,
            due_at: Some(received_at + minutes(10_000)),
            closed_at,
            outcome: outcome.filter(|_| closed_at.is_some()),
            refusal_code: None,
            rating: Rating::ALL.get(pick(dice, 9)).copied(),
            planned_for: None,
        },
    })
}

pub fn run(pack: &str) -> Outcome<()> {
    let pack = pack_dir::load_checked(pack)?;
    let (ids, mut dice) = (Ids::seeded(1), StdRng::seed_from_u64(1));
    let end: Timestamp = "2026-11-25T13:00:00Z".parse()?;
    let facts = Facts::default();
    let empty = memory_mb()?;
    let mut load = 0.0;
    for _ in 0..REPORTS / BATCH {
        let batch: Outcome<Vec<Stood>> =
            (0..BATCH).map(|_| invent(&pack, &ids, &mut dice, end)).collect();
        let batch = batch?;
        load += cost(1, || facts.apply(&batch, &pack))?;
    }
    load += cost(1, || facts.settle(&[], &[]))?;
    let filled = memory_mb()? - empty;
    say(&format!("{REPORTS} reports taken in: {load:.0} ms of CPU, {filled:.0} MB"));
    let fresh: Outcome<Vec<Stood>> =
        (0..2_000).map(|_| invent(&pack, &ids, &mut dice, end)).collect();
    let fresh = fresh?;
    let upkeep = cost(1, || {
        for one in &fresh {
            facts.apply(std::slice::from_ref(one), &pack);
            facts.settle(&[], &[]);
        }
    })? / fresh.len() as f64;
    let year = Asked::parse("period=365d", &pack, end);
    let mut agency = year.clone();
    agency.scope.agency = Some("agency-7".parse()?);
    let book = facts.read();
    let starts: Vec<i64> = (0..=12).map(|n| year.window.from + n * 30 * 86_400_000).collect();
    let cases = [
        ("one agency, a year", 50.0, cost(20, || book.scorecard(&agency.scope, &year.window))?),
        ("the city, a year", 300.0, cost(10, || book.scorecard(&year.scope, &year.window))?),
        (
            "all agencies side by side",
            300.0,
            cost(10, || book.table(&year.scope, By::Agency, &year.window))?,
        ),
        (
            "a line over twelve months",
            300.0,
            cost(10, || book.pieces(&year.scope, &year.window, &starts))?,
        ),
        ("taking in one event", 0.1, upkeep),
    ];
    say(&format!("{:<32}{:>12}{:>12}", "ms of CPU", "measured", "target"));
    for (name, target, measured) in cases {
        say(&format!("{name:<32}{measured:>12.3}{target:>12.1}"));
    }
    Ok(())
}
