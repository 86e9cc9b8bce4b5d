//! Everything a request or a job may need, made once at the start.

use crate::account::throttle::Throttle;
use crate::area::Locator;
use crate::media::Media;
use crate::oversight::facts::Facts;
use crate::oversight::scorecard::{Piece, Share};
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
use crate::service_request::action::Acted;
use crate::service_request::map::Map;
use crate::service_request::suggest::train::Past;
use arc_swap::ArcSwap;
use domain::actor::Actor;
use domain::pack::Pack;
use domain::pack::added::AddedDay;
use domain::pack::former::Former;
use domain::service_request::ServiceRequest;
use domain::text::Vocabulary;
use jiff::Timestamp;
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
    /// What stands where, for the map and the numbers.
    pub map: Map,
    /// The words people have used.
    pub vocabulary: ArcSwap<Vocabulary>,
    /// What was decided before, for suggestions.
    pub past: ArcSwap<Past>,
    /// What all numbers are counted from.
    pub facts: Facts,
    /// Counts failed sign-ins.
    pub throttle: Throttle,
    pub metrics: Arc<Metrics>,
    /// Keeps a second process from serving the same SQLite file, until this one ends.
    pub held: Option<File>,
}

/// What happened in the last days, as every page of numbers counts it.
pub struct Lately {
    /// Reports received and reports closed on each day, the oldest first.
    pub days: Vec<(u64, u64)>,
    /// Deadlines that fell, and the share of them that was kept; `None` over too few.
    pub deadlines: u64,
    pub on_time: Option<f64>,
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

    /// The last days; it counts all reports, so not on a thread that answers.
    pub fn lately(&self, now: Timestamp, days: i64) -> Lately {
        let pieces = self.facts.lately(&self.pack.load(), now, days);
        let sum = |of: fn(&Piece) -> u64| pieces.iter().map(of).sum::<u64>();
        let on_time = Share { hits: sum(|day| day.kept), n: sum(|day| day.deadlines) };
        Lately {
            days: pieces.iter().map(|day| (day.received, day.closed)).collect(),
            deadlines: on_time.n,
            on_time: on_time.shown(),
        }
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

    /// Tells live pages what came of an action; called after its transaction.
    pub fn tell(&self, acted: &Acted) {
        self.tell_of(&acted.report);
    }

    /// The same for a report that has just come in.
    pub fn tell_of(&self, report: &ServiceRequest) {
        self.live.tell(Changed::of(report));
    }
}
