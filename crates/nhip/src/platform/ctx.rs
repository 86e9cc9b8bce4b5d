//! What an action is told instead of asking the world: the time, who acts, fresh ids, and the city's pack.

use domain::actor::Actor;
use domain::ids::{self, ServiceRequestId};
use domain::pack::Pack;
use jiff::Timestamp;
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};
use std::sync::{Arc, Mutex, PoisonError};

/// The circumstances of one action.
#[derive(Clone)]
pub struct Ctx {
    pub now: Timestamp,
    pub actor: Actor,
    pub ids: Ids,
    pub pack: Arc<Pack>,
}

impl Ctx {
    /// The same circumstances for another actor.
    #[must_use]
    pub fn acting_as(&self, actor: Actor) -> Self {
        Self { actor, ..self.clone() }
    }
    pub fn new_id(&self) -> String {
        self.ids.time_ordered(self.now)
    }
}

/// A source of ids and secrets: the operating system's randomness, or a seed so that a demo city is always the same.
#[derive(Clone)]
pub struct Ids {
    seeded: Option<Arc<Mutex<StdRng>>>,
    /// Milliseconds and random part of the newest id in order.
    newest: Arc<Mutex<(i64, u128)>>,
}

/// Ids of one millisecond follow each other within so many random bits.
const STEP_BITS: u32 = 24;
/// The random part begins with room above it for the steps.
const RANDOM_BITS: u32 = 79;

impl Ids {
    pub fn system() -> Self {
        Self { seeded: None, newest: Arc::default() }
    }

    pub fn seeded(seed: u64) -> Self {
        let seeded = Some(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))));
        Self { seeded, newest: Arc::default() }
    }

    fn with<T>(&self, draw: impl FnOnce(&mut dyn Rng) -> T) -> T {
        match &self.seeded {
            None => draw(&mut rand::rng()),
            Some(rng) => draw(&mut *rng.lock().unwrap_or_else(PoisonError::into_inner)),
        }
    }

    pub fn random(&self) -> u128 {
        self.with(|rng| rng.random())
    }

    /// 26 characters that sort by time, and within a millisecond in the order in which they were asked for: a history
    /// reads in the order in which it happened.
    pub fn time_ordered(&self, now: Timestamp) -> String {
        let random = self.random();
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        let at = now.as_millisecond();
        let part = if newest.0 == at {
            newest.1 + 1 + (random & ((1 << STEP_BITS) - 1))
        } else {
            random & ((1 << RANDOM_BITS) - 1)
        };
        *newest = (at, part);
        ids::time_ordered(at, part)
    }

    /// A report's public code: 40 random bits, so that codes tell nothing and collide about once in 10¹² / n. One that a
    /// spreadsheet would read as a number or a date is drawn again.
    pub fn code(&self) -> ServiceRequestId {
        let mut code = ids::base32(self.random(), 8);
        while ids::reads_as_number(&code) {
            code = ids::base32(self.random(), 8);
        }
        ServiceRequestId::parse(&code).unwrap_or_else(|_| unreachable!("base 32 is an id"))
    }

    /// A secret for a link or a session: 125 random bits as 25 characters.
    pub fn secret(&self) -> String {
        ids::base32(self.random(), 25)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_moment_sort_in_the_order_in_which_they_were_asked_for() {
        for ids in [Ids::system(), Ids::seeded(7)] {
            let now = Timestamp::UNIX_EPOCH;
            let made: Vec<String> = (0..1_000).map(|_| ids.time_ordered(now)).collect();
            assert!(made.windows(2).all(|pair| pair[0] < pair[1]), "{made:?}");
        }
    }
}
