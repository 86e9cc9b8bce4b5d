//! A town for one attacker: reports in every state, with a receipt, a photo, an API key, a session that works.

use super::inputs;
use crate::support::city::{City, Part};
use crate::support::world::{self, Made, a_report};
use axum::http::StatusCode;
use domain::actor::{Actor, Role};
use domain::ids::ServiceRequestId;
use domain::service_request::{Outcome, State};
use nhip::account::vault::{self, Identity};
use nhip::account::{admin, api_key, session};
use nhip::jobs;
use nhip::platform::db::Db;
use nhip::platform::error::Error;
use nhip::service_request::form::{receipt, receipt_store};
use std::sync::atomic::{AtomicU32, Ordering};

/// Who attacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Nobody,
    /// Holds a receipt.
    Reporter,
    /// Signed in, without a desk.
    Citizen,
    Staff(Role),
}

pub struct Stage {
    pub city: City,
    pub who: Who,
    pub api_key: String,
    /// A photo that anybody may see.
    media: String,
    made: AtomicU32,
    /// The second database gets a part of what the first got.
    second: bool,
}

/// One report in each state, its receipt, and the session of the attacker.
pub struct Scene {
    pub codes: Vec<String>,
    receipts: Vec<String>,
    session: Option<String>,
    reporter: bool,
}

impl Scene {
    /// What the attacker's browser sends to this path: a receipt is for its own report only.
    pub fn cookies(&self, path: &str) -> String {
        let place = self.codes.iter().position(|code| path.contains(code)).unwrap_or(0);
        match &self.session {
            Some(session) => format!("{}={session}", session::COOKIE),
            None if self.reporter => format!("receipt={}", self.receipts[place]),
            None => String::new(),
        }
    }
}

impl Stage {
    pub async fn new(who: Who, db: Option<Db>) -> Self {
        let second = db.is_some();
        let city = db.map_or_else(City::new, City::on);
        city.app.clock.set(world::now());
        // Streams of live pages end at once.
        city.app.live.end();
        let (ctx, vault) = (city.app.ctx(Actor::system()), city.app.vault.clone());
        let api_key =
            city.app.db.write(move |conn| api_key::add(conn, &ctx, &vault, "a program")).await;
        let media = a_public_photo(&city).await;
        // As a node is before anybody is sent to it.
        jobs::refresh_map(city.node.clone()).await.unwrap();
        jobs::refresh_facts(city.node.clone()).await.unwrap();
        Self { city, who, api_key: api_key.unwrap().1, media, made: AtomicU32::new(0), second }
    }

    /// Those who see pages of their own are attacked with all there is, those who share them with a part each.
    pub fn step(&self) -> usize {
        match self.who {
            _ if self.second => 7,
            Who::Nobody | Who::Reporter | Who::Staff(Role::Operator) => 3,
            Who::Citizen | Who::Staff(_) => 5,
        }
    }

    /// How many forms their pages have at least.
    pub fn forms(&self) -> usize {
        match self.who {
            Who::Citizen => 2,
            Who::Nobody | Who::Reporter | Who::Staff(Role::Leader) => 4,
            Who::Staff(_) => 6,
        }
    }

    /// Where the parts begin.
    pub fn first(&self) -> usize {
        match self.who {
            Who::Nobody | Who::Reporter | Who::Citizen => 0,
            Who::Staff(role) => Role::ALL.iter().position(|other| *other == role).unwrap_or(0),
        }
    }

    fn next(&self) -> u32 {
        self.made.fetch_add(1, Ordering::Relaxed)
    }

    /// Fresh reports and a fresh session: what was done before does not matter any more.
    pub async fn scene(&self) -> Scene {
        let n = self.next();
        let states = [
            State::Received,
            State::Assigned,
            State::InProgress,
            State::InReview,
            State::WaitingReporter,
            State::Closed,
        ];
        let codes: Vec<String> = (0..states.len()).map(|s| format!("H{n:04}X{s:02}")).collect();
        let made = codes.iter().zip(states).map(|(code, state)| self.report(code, state));
        world::put(&self.city.app.db, made).await;
        let receipts: Vec<String> = (0..codes.len()).map(|s| format!("{n:020}{s:05}")).collect();
        let hash = |secret: &String| receipt::hash(&self.city.app.vault, secret);
        let hashes: Vec<String> = receipts.iter().map(hash).collect();
        let (ids, now) = (codes.clone(), self.city.app.clock.now());
        let kept = self.city.app.db.write(move |conn| {
            for (code, hash) in ids.iter().zip(&hashes) {
                receipt_store::insert(conn, &ServiceRequestId::parse(code).unwrap(), hash, now)?;
            }
            Ok::<_, Error>(())
        });
        kept.await.unwrap();
        let session = match self.who {
            Who::Nobody | Who::Reporter => None,
            Who::Citizen => Some(self.citizen(n).await),
            Who::Staff(role) => Some(self.member(role, n).await),
        };
        Scene { codes, receipts, session, reporter: self.who == Who::Reporter }
    }

    fn report(&self, code: &str, state: State) -> Made {
        // Inspectors see nothing but what is about officials.
        let inspector = self.who == Who::Staff(Role::Inspector);
        let made = a_report(code, if inspector { "conduct" } else { "pothole" });
        let made = if state == State::Closed { made.closed(Outcome::Fixed) } else { made };
        made.in_state(state).saying("A hole before the fish market")
    }

    async fn member(&self, role: Role, n: u32) -> String {
        let agency = matches!(role, Role::Officer | Role::Head).then_some("works");
        let login = format!("{role:?}-{n}").to_lowercase();
        self.city.staff(&login, &[role], agency).await.cookie(session::COOKIE)
    }

    async fn citizen(&self, n: u32) -> String {
        let (ctx, vault_key) = (self.city.app.ctx(Actor::system()), self.city.app.vault.clone());
        let address = crate::support::letters::email(&format!("person{n}@example.org"));
        let signed = self.city.app.db.write(move |conn| {
            let identity = Identity { email: Some(address), ..Identity::default() };
            let person = vault::keep(conn, &ctx, &vault_key, &identity, "en")?;
            let account = admin::citizen(conn, &ctx, &person, "en")?;
            session::start(
                conn,
                &ctx,
                &vault_key,
                &account.id,
                session::Kind::Citizen,
                "a test",
                false,
            )
        });
        signed.await.unwrap().secret
    }

    /// The pattern with something real in its places.
    pub fn path(&self, pattern: &str, scene: &Scene, code: &str) -> String {
        let id = match pattern.split('/').nth(1) {
            Some("agencies") => "works",
            Some("fields") => "streets",
            Some("areas") => "quays",
            _ => code,
        };
        let id = if pattern.contains("media") { self.media.as_str() } else { id };
        let code = if pattern.starts_with("/procedures") { "standard" } else { code };
        let code = if pattern.contains("/services/") { "pothole.json" } else { code };
        pattern
            .replace("{code}", code)
            .replace("requests/{id}", &format!("requests/{code}.xml"))
            .replace("{id}", id)
            .replace("tokens/{token}", &format!("tokens/{code}.json"))
            .replace("{token}", &scene.receipts[0])
            .replace("{secret}", &scene.receipts[0])
            .replace("{size}", "small.jpg")
            .replace("{document}", "requests.json")
            .replace("{*path}", "pack.css")
            .replace("{date}", "2026-11-26")
            .replace("{number}", "2026-0001")
            .replace("{verb}", "note")
            .replace("{z}/{x}/{y}", "10/542/323.mvt")
    }
}

/// The path without the codes of reports, so that forms that ask the same are the same.
pub fn without_codes(path: &str) -> String {
    let is_code = |part: &&str| part.len() == 8 && part.starts_with('H') && part.contains('X');
    let parts = path.split('/').map(|part| Some(part).filter(|p| !is_code(p)).unwrap_or("CODE"));
    parts.collect::<Vec<_>>().join("/")
}

/// Sends a report with a photo and reads from its page where the photo is.
async fn a_public_photo(city: &City) -> String {
    let photo = inputs::a_photo();
    let fields = [
        ("step", "send"),
        ("description", "Graffiti all over the customs house"),
        ("service-any", "graffiti"),
        ("lat", "55.060"),
        ("long", "10.610"),
        ("public", "1"),
        ("seen", "1"),
    ];
    let mut parts: Vec<_> = fields.map(|(name, value)| Part::Text(name, value)).into();
    parts.push(Part::File { name: "photos", file: "wall.jpg", bytes: &photo });
    let mut browser = city.visitor();
    let sent = browser.upload("/new", &parts).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let page = browser.follow(sent).await.text();
    let after = page.split("/media/").nth(1).unwrap_or_else(|| panic!("no photo on\n{page}"));
    after.split('/').next().unwrap().to_owned()
}
