//! The circumstances of an action, without a service around it: a fixed time, seeded ids, the small English pack.

use domain::actor::Actor;
use domain::pack::Pack;
use jiff::Timestamp;
use nhip::platform::ctx::{Ctx, Ids};
use nhip::platform::pack_dir;
use std::sync::{Arc, LazyLock};

static HARBOUR: LazyLock<Arc<Pack>> =
    LazyLock::new(|| Arc::new(pack_dir::load_checked("harbour").expect("the pack of the tests")));

pub fn harbour() -> Arc<Pack> {
    Arc::clone(&HARBOUR)
}

/// A Tuesday noon (UTC) in the year the packs have calendars for.
pub fn a_noon() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().expect("an instant")
}

/// An action by the system at [`a_noon`].
pub fn ctx() -> Ctx {
    Ctx { now: a_noon(), actor: Actor::system(), ids: Ids::seeded(1), pack: harbour() }
}
