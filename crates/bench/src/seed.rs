//! A city of a given size, made by the same actions that people use, straight into the database.

use crate::search::Talk;
use crate::{Outcome, client};
use domain::actor::{Actor, Role};
use domain::ids::ServiceRequestId;
use domain::pack::Pack;
use domain::place::mercator::{Spot, Tile};
use domain::place::{Exactness, Point};
use domain::service_request::Channel;
use jiff::{SignedDuration, Timestamp};
use nhip::account::api_key;
use nhip::platform::clock::Clock;
use nhip::platform::ctx::{Ctx, Ids};
use nhip::platform::db::Db;
use nhip::platform::error::Error;
use nhip::platform::pack_dir;
use nhip::platform::sealing::Vault;
use nhip::service_request::action::{On, accept, submit, work};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// What the requests are made from.
pub struct World {
    codes: Vec<ServiceRequestId>,
    pack: Arc<Pack>,
    key: String,
    talk: Option<Arc<Talk>>,
}

/// Reports written in one transaction.
const BATCH: usize = 1_000;

pub fn make(folder: &Path, pack: &str, size: usize) -> Outcome<World> {
    make_talking(folder, pack, size, None)
}

/// The same, with reports that say something, to be searched for.
pub fn make_talking(
    folder: &Path,
    pack: &str,
    size: usize,
    talk: Option<Arc<Talk>>,
) -> Outcome<World> {
    let db = Db::open_sqlite(&folder.join("nhip.sqlite"))?;
    db.migrate()?;
    let vault = Vault::open(&folder.join("vault.key"), &db)?;
    let pack = Arc::new(pack_dir::load_checked(pack)?);
    let mut dice = StdRng::seed_from_u64(1);
    let end = Clock::System.now();
    let mut codes = Vec::with_capacity(size);
    let mut done = 0;
    while done < size {
        let count = BATCH.min(size - done);
        let plan: Vec<(usize, u64, f64, f64)> = (done..done + count)
            .map(|i| (i, dice.random(), dice.random::<f64>(), dice.random::<f64>()))
            .collect();
        let (pack, talk) = (pack.clone(), talk.clone());
        codes.extend(db.write_blocking(move |conn| -> Result<Vec<ServiceRequestId>, Error> {
            plan.into_iter()
                .map(|step| one(conn, (&pack, talk.as_deref()), size, end, step))
                .collect()
        })?);
        done += count;
    }
    let ctx = Ctx { now: end, actor: Actor::system(), ids: Ids::system(), pack: pack.clone() };
    let (_, key) = db.write_blocking(move |conn| api_key::add(conn, &ctx, &vault, "bench"))?;
    Ok(World { codes, pack, key, talk })
}

/// A report somewhere in the year before `end`; two in three are accepted, one in three is being worked on.
fn one(
    conn: &mut nhip::platform::db::Conn<'_>,
    (pack, talk): (&Arc<Pack>, Option<&Talk>),
    size: usize,
    end: Timestamp,
    (i, dice, across, along): (usize, u64, f64, f64),
) -> Result<ServiceRequestId, Error> {
    let open: Vec<_> = pack
        .services
        .iter()
        .filter(|s| !s.confidential && s.attributes.iter().all(|a| !a.required))
        .collect();
    let service = pick(&open, dice).ok_or_else(|| Error::failed("seed", "no service"))?;
    let area = pick(&pack.areas, dice >> 16).ok_or_else(|| Error::failed("seed", "no area"))?;
    let minutes = 365 * 24 * 60 * (size - i) as i64 / size as i64;
    let now = end.checked_sub(SignedDuration::from_mins(minutes)).unwrap_or(end);
    let ctx = Ctx { now, actor: Actor::reporter(), ids: Ids::system(), pack: pack.clone() };
    let point = Point::new(
        area.centre.lat() + (across - 0.5) * 0.02,
        area.centre.long() + (along - 0.5) * 0.02,
    );
    let sent = submit::Submission {
        service: service.code.clone(),
        point: point.map_err(|e| Error::failed("seed", e))?,
        exactness: Exactness::Pin,
        area: (area.id.clone(), true),
        address: Some(format!("Quay Street {}", dice % 200)),
        description: talk.map_or_else(
            || {
                let days = dice % 30;
                format!("Something is broken here, number {i}. It has been like this for {days} days and nobody came.")
            },
            |talk| talk.text(dice),
        ),
        attributes: BTreeMap::new(),
        photos: Vec::new(),
        public: true,
        language: pack.default_language().to_owned(),
        channel: Channel::Web,
        reporter: None,
        filed_by: None,
        idempotency_key: None,
        receipt: None,
    };
    let report = submit::submit(conn, &ctx, sent)?.report;
    if i % 3 > 0 {
        let on = On { id: report.id.clone(), seen: None };
        let operator = ctx.acting_as(Actor {
            role: Role::Operator,
            account: None,
            agency: Some(pack.centre.clone()),
        });
        let agency = accept::accept(conn, &operator, &on, "")?.report.agency;
        if i % 3 > 1 {
            let officer =
                ctx.acting_as(Actor { role: Role::Officer, account: None, agency: Some(agency) });
            work::start(conn, &officer, &on)?;
        }
    }
    Ok(report.id)
}

fn pick<T>(list: &[T], dice: u64) -> Option<&T> {
    list.get((dice % list.len().max(1) as u64) as usize)
}

impl World {
    pub fn code(&self, i: usize) -> &str {
        self.codes.get((i * 7_919) % self.codes.len().max(1)).map_or("", ServiceRequestId::as_str)
    }

    pub fn three_filters(&self, i: usize) -> String {
        let field = self.pack.fields.first().map_or("", |f| f.code.as_str());
        let area = self.pack.areas.get(i % self.pack.areas.len()).map_or("", |a| a.id.as_str());
        format!("/reports?field={field}&area={area}&state=assigned")
    }

    pub fn talk(&self) -> Option<&Talk> {
        self.talk.as_deref()
    }

    pub fn agency(&self, i: usize) -> &str {
        let agency = self.pack.agencies.get(i % self.pack.agencies.len().max(1));
        agency.map_or("", |a| a.name.text(self.pack.default_language()))
    }

    pub fn area(&self, i: usize) -> &str {
        let area = self.pack.areas.get(i % self.pack.areas.len().max(1));
        area.map_or("", |a| a.name.text(self.pack.default_language()))
    }

    pub fn area_id(&self, i: usize) -> &str {
        self.pack.areas.get(i % self.pack.areas.len().max(1)).map_or("", |a| a.id.as_str())
    }

    /// A tile of some streets, about 600 m wide.
    pub fn tile(&self, i: usize) -> String {
        let Some(area) = self.pack.areas.get(i % self.pack.areas.len()) else {
            return String::new();
        };
        let (lat, long) = (area.centre.lat() + (i % 7) as f64 * 0.0007, area.centre.long());
        let tile = Point::new(lat, long).map(|point| Tile::of(Spot::of(point), 16));
        tile.map_or_else(
            |_| String::new(),
            |tile| format!("/map/tiles/16/{}/{}.mvt", tile.column(), tile.row()),
        )
    }

    pub fn create(&self, i: usize) -> Vec<u8> {
        let open: Vec<_> = self
            .pack
            .services
            .iter()
            .filter(|s| !s.confidential && s.attributes.iter().all(|a| !a.required))
            .collect();
        let service = open.get(i % open.len().max(1)).map_or("", |s| s.code.as_str());
        let (lat, long) =
            self.pack.areas.first().map_or((0.0, 0.0), |a| (a.centre.lat(), a.centre.long()));
        let form = format!(
            "api_key={}&service_code={service}&lat={lat}&long={long}&description=A+broken+bench+number+{i}+by+the+quay",
            self.key
        );
        client::post("/open311/v2/requests.json", &form)
    }
}
