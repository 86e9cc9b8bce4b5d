//! What an action is told instead of asking the world: the time, who acts, fresh ids, and the city's pack.

use domain::ids::{self, ServiceRequestId};
use domain::pack::Pack;
use domain::service_request::event::Actor;
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
pub enum Ids {
    System,
    Seeded(Arc<Mutex<StdRng>>),
}

impl Ids {
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    fn with<T>(&self, draw: impl FnOnce(&mut dyn Rng) -> T) -> T {
        match self {
            Self::System => draw(&mut rand::rng()),
            Self::Seeded(rng) => draw(&mut *rng.lock().unwrap_or_else(PoisonError::into_inner)),
        }
    }

    pub fn random(&self) -> u128 {
        self.with(|rng| rng.random())
    }

    /// 26 characters that sort by time.
    pub fn time_ordered(&self, now: Timestamp) -> String {
        ids::time_ordered(now.as_millisecond(), self.random())
    }

    /// A report's public code: 40 random bits, so that codes tell nothing and collide about once in 10¹² / n.
    pub fn code(&self) -> ServiceRequestId {
        let code = ids::base32(self.random(), 8);
        ServiceRequestId::parse(&code).unwrap_or_else(|_| unreachable!("base 32 is an id"))
    }

    /// A secret for a link or a session: 125 random bits as 25 characters.
    pub fn secret(&self) -> String {
        ids::base32(self.random(), 25)
    }
}
