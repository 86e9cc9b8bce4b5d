//! The same trouble told by several people: in other words, from a few steps away, days later. Only the demo knows which
//! reports these are; it writes it down beside the city, so that the search for duplicates can be measured.

use super::life::{self, Tale, Teller};
use crate::platform::db::Conn;
use crate::platform::error::Result;
use demo::material::{self, Dice, Telling};
use domain::ids::ServiceRequestId;
use domain::place::Point;
use domain::service_request::ServiceRequest;
use jiff::{SignedDuration, Timestamp};
use std::collections::VecDeque;
use std::fmt::Write as _;

/// Beside the city: `later,first` on each line.
pub const FILE: &str = "told-twice.csv";

/// Of 100 reports, so many tell what somebody told before.
const AGAIN: u32 = 8;
/// For so long people tell of it.
const FOR: SignedDuration = SignedDuration::from_hours(6 * 24);
/// Reports that are remembered.
const REMEMBERED: usize = 400;
/// Of 100 that tell it again, so many the operator merges.
const NOTICED: u32 = 70;
/// Of 100, so many are sent with the same photo, passed on among neighbours.
const SAME_PHOTO: u32 = 30;
/// Of 100, so many are sorted as another service that people choose for the same trouble.
const OTHER_SERVICE: u32 = 25;
/// Degrees by which the second place is off: a telephone's error, the other side of the street.
const OFF: f64 = 0.0007;
/// How often other words are looked for.
const TRIES: usize = 5;

/// What was told lately, and which of it was told again.
pub struct Retold {
    dice: Dice,
    lately: VecDeque<ServiceRequest>,
    truth: Vec<(ServiceRequestId, ServiceRequestId)>,
}

impl Retold {
    pub fn new(seed: u64) -> Self {
        let dice = Dice::new(seed.wrapping_mul(31).wrapping_add(7));
        Self { dice, lately: VecDeque::new(), truth: Vec::new() }
    }

    /// What was merged itself takes no others in.
    pub fn remember(&mut self, report: &ServiceRequest) {
        if report.is_open_to_all() && report.merged_into.is_none() {
            self.lately.push_back(report.clone());
        }
        if self.lately.len() > REMEMBERED {
            self.lately.pop_front();
        }
    }

    /// The operator sees that it is the same.
    pub fn is_noticed(&mut self) -> bool {
        self.dice.percent(NOTICED)
    }

    /// Which report tells again of which, a line each.
    pub fn truth(&self) -> String {
        let mut lines = String::from("later,first\n");
        for (later, first) in &self.truth {
            let _ = writeln!(lines, "{later},{first}");
        }
        lines
    }
}

/// Whether the report that comes now tells of something known: the first one, which is open at this time.
pub fn again(t: &mut Teller, at: Timestamp) -> Option<ServiceRequest> {
    if !t.retold.dice.percent(AGAIN) {
        return None;
    }
    let open = |report: &&ServiceRequest| {
        let age = at.duration_since(report.received_at);
        age > SignedDuration::from_mins(20)
            && age < FOR
            && report.closed_at.is_none_or(|closed| closed > at + SignedDuration::from_hours(12))
    };
    let known: Vec<usize> = (0..t.retold.lately.len())
        .filter(|n| t.retold.lately.get(*n).as_ref().is_some_and(open))
        .collect();
    let chosen = t.retold.dice.pick(&known).copied()?;
    t.retold.lately.get(chosen).cloned()
}

/// The report that tells it again.
pub fn sent(
    conn: &mut Conn<'_>,
    t: &mut Teller,
    at: Timestamp,
    first: &ServiceRequest,
) -> Result<ServiceRequest> {
    let pack = t.pack.clone();
    let drawn = t.material.setting(&mut t.retold.dice, &pack.languages);
    let language = drawn.language.clone();
    let setting = material::Setting { language, ..material::place_of(drawn, first) };
    let code = match t.material.told_alike(&mut t.retold.dice, first.service.as_str()) {
        Some(other) if t.retold.dice.percent(OTHER_SERVICE) => other,
        Some(_) | None => first.service.to_string(),
    };
    let service =
        code.parse().ok().and_then(|code| pack.service(&code)).filter(|s| !s.confidential);
    let service = service.or_else(|| pack.service(&first.service));
    let Some(service) = service else { return life::sent(conn, t, at) };
    let mut told = t.material.telling(&mut t.retold.dice, service, &setting);
    for _ in 0..TRIES {
        if told.text != first.description {
            break;
        }
        told = t.material.telling(&mut t.retold.dice, service, &setting);
    }
    let Telling { text: description, seen } = told;
    let turn = t.retold.dice.between(0.0, std::f64::consts::TAU);
    let far = t.retold.dice.between(0.0, 1.0).powi(2) * OFF;
    let (north, east) = (far * turn.sin(), far * turn.cos());
    let point = Point::new(first.point.lat() + north, first.point.long() + east);
    let passed_on = t.retold.dice.percent(SAME_PHOTO) && first.photo.is_some();
    let words = if passed_on { &first.description } else { &description };
    let photo_of = seen.then(|| words.clone());
    let tale = Tale {
        service,
        point: point.unwrap_or(first.point),
        area: (first.area.clone(), first.area_approximate),
        setting,
        description,
        photo_of,
    };
    let report = life::hand_in(conn, t, at, tale)?;
    t.retold.truth.push((report.id.clone(), first.id.clone()));
    Ok(report)
}
