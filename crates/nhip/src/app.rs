//! What handlers and jobs of every slice may need, made once at the start. What an upper slice keeps in memory besides
//! is in `node.rs`.

use crate::account::throttle::Throttle;
use crate::area::Locator;
use crate::media::Media;
use crate::platform::base_map::BaseMap;
use crate::platform::call::Caller;
use crate::platform::clock::Clock;
use crate::platform::config::Config;
use crate::platform::ctx::{Ctx, Ids};
use crate::platform::db::Db;
use crate::platform::http::pace::Paces;
use crate::platform::http::page::Site;
use crate::platform::live::{Changed, Live};
use crate::platform::mail::Mailer;
use crate::platform::metrics::Metrics;
use crate::platform::sealing::Vault;
use arc_swap::ArcSwap;
use domain::actor::Actor;
use domain::pack::Pack;
use domain::pack::added::AddedDay;
use domain::pack::former::Former;
use domain::service_request::ServiceRequest;
use domain::suggest::learnt::Past;
use domain::text::Vocabulary;
use std::fs::File;
use std::sync::Arc;
use tokio::sync::Mutex;

pub struct App {
    pub config: Config,
    pub db: Db,
    /// The city. Replaced as a whole when a checked new version is loaded.
    pub pack: ArcSwap<Pack>,
    /// The same as it was read from its files, without the days that were added to its calendar.
    pub base: ArcSwap<Pack>,
    /// The days that lie over the calendar of `base`.
    pub added: ArcSwap<Vec<AddedDay>>,
    /// With which calendar this node saw all running clocks reckoned.
    pub reckoned: Mutex<Option<String>>,
    pub site: ArcSwap<Site>,
    pub locator: ArcSwap<Locator>,
    /// What lies under the maps.
    pub base_map: BaseMap,
    pub vault: Vault,
    pub media: Media,
    pub mailer: Mailer,
    /// Reaches push services and webhooks.
    pub caller: Caller,
    pub clock: Clock,
    pub ids: Ids,
    pub live: Live,
    pub paces: Paces,
    /// The words people have used.
    pub vocabulary: ArcSwap<Vocabulary>,
    /// What was decided before, for suggestions.
    pub past: ArcSwap<Past>,
    /// Counts failed sign-ins.
    pub throttle: Throttle,
    pub metrics: Arc<Metrics>,
    /// Keeps a second process from serving the same SQLite file, until this one ends.
    pub held: Option<File>,
}

/// How handlers and jobs hold it.
pub type Shared = Arc<App>;

impl App {
    /// The circumstances of one action by `actor`, now.
    pub fn ctx(&self, actor: Actor) -> Ctx {
        Ctx { now: self.clock.now(), actor, ids: self.ids.clone(), pack: self.pack.load_full() }
    }

    /// The same circumstances as late as it is by now: for whoever has waited since, say for photos. What is written must
    /// not say that it happened before it did.
    pub fn by_now(&self, ctx: Ctx) -> Ctx {
        Ctx { now: self.clock.now(), ..ctx }
    }

    /// Lays the days that were added over the pack's calendar; nothing happens where they lie there already.
    pub fn take_days(&self, days: Vec<AddedDay>) {
        if **self.added.load() != days {
            self.pack.store(self.base.load().with_added(&days).into());
            self.added.store(days.into());
        }
    }

    /// Takes a new pack, checked; the days that were added stay.
    pub fn take_pack(&self, pack: Pack) {
        self.pack.store(pack.with_added(&self.added.load()).into());
        self.base.store(pack.into());
    }

    /// Takes what reports are of and the pack does not have.
    pub fn take_former(&self, former: &Former) {
        self.base.rcu(|pack| pack.with_former(former));
        self.pack.rcu(|pack| pack.with_former(former));
    }

    /// Tells live pages what became of a report; called after the transaction.
    pub fn tell(&self, report: &ServiceRequest) {
        self.live.tell(Changed::of(report));
    }
}
