//! A small town that runs inside a test: the harbour pack, a temporary SQLite database, a clock that is moved by
//! hand, no limits of pace, and the whole router driven without a network.

use super::log;
use arc_swap::ArcSwap;
use axum::Router;
use axum::body::{self, Body};
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use domain::actor::{Actor, Role};
use domain::suggest::learnt::Past;
use domain::text::EmailAddress;
use jiff::Timestamp;
use nhip::account::admin::{self, NewStaff};
use nhip::account::session::{self, Kind};
use nhip::account::throttle::Throttle;
use nhip::account::vault::{self, Identity};
use nhip::app::{App, Shared};
use nhip::area::Locator;
use nhip::media::Media;
use nhip::node::Node;
use nhip::platform::base_map::BaseMap;
use nhip::platform::call::Caller;
use nhip::platform::clock::Clock;
use nhip::platform::config::Config;
use nhip::platform::ctx::{Ctx, Ids};
use nhip::platform::db::Db;
use nhip::platform::http::client::Proxies;
use nhip::platform::http::pace::Paces;
use nhip::platform::live::Live;
use nhip::platform::mail::Mailer;
use nhip::platform::pack_dir;
use nhip::platform::sealing::Vault;
use nhip::{router, site};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// Tuesday morning in the town; every test begins then.
const START: &str = "2026-03-10T09:00:00+01:00";
/// Bytes of an answer a test reads.
const ANSWER_BYTES: usize = 16 * 1024 * 1024;

pub struct City {
    pub app: Shared,
    /// The same with what is in memory besides.
    pub node: Node,
    router: Router,
    _folder: TempDir,
}

impl Drop for City {
    fn drop(&mut self) {
        log::check();
    }
}

/// What came back, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Where it leads.
    pub fn location(&self) -> String {
        self.headers.get(LOCATION).map_or_else(String::new, |v| v.to_str().unwrap().to_owned())
    }
}

/// A field of a form with files.
pub enum Part<'a> {
    Text(&'a str, &'a str),
    File { name: &'a str, file: &'a str, bytes: &'a [u8] },
}

impl City {
    pub fn new() -> Self {
        Self::of("cities/harbour")
    }

    /// Any pack of the source tree.
    pub fn of(pack: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&folder.path().join("nhip.sqlite")).unwrap();
        db.migrate().unwrap();
        Self::with(pack, db, folder)
    }

    /// The harbour town on a database that is ready.
    pub fn on(db: Db) -> Self {
        Self::with("cities/harbour", db, tempfile::tempdir().unwrap())
    }

    /// Any pack on a database that is ready.
    pub fn of_on(pack: &str, db: Db) -> Self {
        Self::with(pack, db, tempfile::tempdir().unwrap())
    }

    /// Another node of the same city: the same database, key and photos, all else its own.
    pub fn another_node(&self, pack: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let photos = self.app.config.data.join("media");
        std::os::unix::fs::symlink(photos, folder.path().join("media")).unwrap();
        std::fs::copy(&self.app.config.key_file, folder.path().join("vault.key")).unwrap();
        let other = Self::with(pack, self.app.db.clone(), folder);
        other.app.clock.set(self.app.clock.now());
        // Far on in the row of numbers that all draw from: no two nodes make the same ids.
        (0..100_000).for_each(|_| drop(other.app.ids.secret()));
        other
    }

    /// The harbour town with a map of somebody's under its own.
    pub fn on_base_map(base_map: BaseMap) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&folder.path().join("nhip.sqlite")).unwrap();
        db.migrate().unwrap();
        Self::with_base_map("cities/harbour", db, folder, base_map)
    }

    fn with(pack: &str, db: Db, folder: TempDir) -> Self {
        Self::with_base_map(pack, db, folder, BaseMap::None)
    }

    /// The harbour town, which takes things at the pace it takes them in earnest.
    pub fn at_its_pace() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&folder.path().join("nhip.sqlite")).unwrap();
        db.migrate().unwrap();
        Self::built("cities/harbour", db, folder, (BaseMap::None, Paces::new()))
    }

    fn with_base_map(pack: &str, db: Db, folder: TempDir, base_map: BaseMap) -> Self {
        Self::built(pack, db, folder, (base_map, Paces::unlimited()))
    }

    fn built(pack: &str, db: Db, folder: TempDir, (base_map, paces): (BaseMap, Paces)) -> Self {
        log::listen();
        let data = folder.path().to_path_buf();
        let pack = pack_dir::load_checked(pack).unwrap();
        let config = Config {
            database: None,
            media: None,
            listen: "127.0.0.1:8080".parse().unwrap(),
            public_url: "http://harbour.example".to_owned(),
            smtp: None,
            mail_from: "no-reply@harbour.example".to_owned(),
            // Stands before the town, so that a browser can come from any address.
            proxies: Proxies {
                addresses: vec![IpAddr::V4(Ipv4Addr::LOCALHOST)],
                ..Proxies::default()
            },
            key_file: data.join("vault.key"),
            metrics_token: None,
            call_loopback: true,
            demo: true,
            data,
        };
        let app = Arc::new(App {
            vault: Vault::open(&config.key_file, &db).unwrap(),
            media: Media::open(None, &config.data.join("media")).unwrap(),
            site: ArcSwap::from_pointee(site::of(&pack, &config.public_url)),
            past: ArcSwap::from_pointee(Past::of(&pack)),
            pack: ArcSwap::from_pointee(pack.clone()),
            base: ArcSwap::from_pointee(pack),
            added: ArcSwap::default(),
            reckoned: tokio::sync::Mutex::default(),
            mailer: Mailer::open(&config).unwrap(),
            caller: Caller::open(config.call_loopback).unwrap(),
            throttle: Throttle::default(),
            locator: ArcSwap::from_pointee(Locator::default()),
            base_map,
            clock: Clock::manual(START.parse().unwrap()),
            ids: Ids::seeded(1),
            live: Live::default(),
            vocabulary: ArcSwap::default(),
            metrics: Arc::default(),
            held: None,
            paces,
            db,
            config,
        });
        let node = Node::new(app.clone());
        Self { router: router::service(node.clone()), app, node, _folder: folder }
    }

    /// The clock, moved on.
    pub fn later(&self, span: jiff::SignedDuration) {
        let now: Timestamp = self.app.clock.now();
        self.app.clock.set(now.checked_add(span).unwrap());
    }

    /// Circumstances in which somebody without an account acts in `role` for `agency`.
    pub fn acting(&self, role: Role, agency: Option<&str>) -> Ctx {
        let agency = agency.map(|id| id.parse().unwrap());
        self.app.ctx(Actor { role, account: None, agency })
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body::to_bytes(body, ANSWER_BYTES).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// What comes back as it comes, for answers that have no end.
    pub async fn open(&self, request: Request<Body>) -> Body {
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        response.into_body()
    }

    /// A member of staff, signed in, with a browser of their own.
    pub async fn staff(&self, login: &str, roles: &[Role], agency: Option<&str>) -> Browser<'_> {
        let (ctx, vault) = (self.app.ctx(Actor::system()), self.app.vault.clone());
        let new = NewStaff {
            login: login.to_owned(),
            name: login.to_owned(),
            roles: roles.to_vec(),
            agency: agency.map(|id| id.parse().unwrap()),
            language: "en".to_owned(),
        };
        let session = self.app.db.write(move |conn| {
            let account = admin::add(conn, &ctx, &new, "")?;
            session::start(conn, &ctx, &vault, &account, Kind::Staff, "a test", false)
        });
        self.with_cookie(&session.await.unwrap().secret)
    }

    pub fn with_cookie(&self, secret: &str) -> Browser<'_> {
        let cookies = BTreeMap::from([(session::COOKIE.to_owned(), secret.to_owned())]);
        Browser { city: self, cookies, address: None }
    }

    /// A citizen with an account, signed in, with a browser of their own.
    pub async fn citizen(&self, address: &'static str) -> Browser<'_> {
        let (ctx, vault) = (self.app.ctx(Actor::system()), self.app.vault.clone());
        let session = self.app.db.write(move |conn| {
            let identity =
                Identity { email: EmailAddress::parse(address).ok(), ..Identity::default() };
            let person = vault::keep(conn, &ctx, &vault, &identity, "en")?;
            let account = admin::citizen(conn, &ctx, &person, "en")?;
            session::start(conn, &ctx, &vault, &account.id, Kind::Citizen, "a test", false)
        });
        self.with_cookie(&session.await.unwrap().secret)
    }

    /// Somebody with a browser of their own.
    pub fn visitor(&self) -> Browser<'_> {
        Browser { city: self, cookies: BTreeMap::new(), address: None }
    }
}

/// Keeps cookies and sends forms as browsers do, without JavaScript.
pub struct Browser<'a> {
    city: &'a City,
    cookies: BTreeMap<String, String>,
    address: Option<&'static str>,
}

impl Browser<'_> {
    /// The same browser, at another place of the internet.
    pub fn at(mut self, address: &'static str) -> Self {
        self.address = Some(address);
        self
    }

    /// The same browser with one more cookie.
    pub fn holding(mut self, cookie: &str, value: &str) -> Self {
        self.cookies.insert(cookie.to_owned(), value.to_owned());
        self
    }

    /// Throws a cookie away; says whether there was one.
    pub fn forget(&mut self, cookie: &str) -> bool {
        self.cookies.remove(cookie).is_some()
    }

    /// The value of a cookie it keeps.
    pub fn cookie(&self, name: &str) -> String {
        self.cookies.get(name).cloned().unwrap_or_default()
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Vec::new()).await
    }

    /// A form of words.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        let kind = "application/x-www-form-urlencoded";
        self.send(Method::POST, path, Some(kind), pairs.join("&").into_bytes()).await
    }

    /// A form with files.
    pub async fn upload(&mut self, path: &str, parts: &[Part<'_>]) -> Answer {
        const EDGE: &str = "----the-edge-of-a-field";
        let mut body = Vec::new();
        for part in parts {
            body.extend_from_slice(
                format!("--{EDGE}\r\nContent-Disposition: form-data; ").as_bytes(),
            );
            match part {
                Part::Text(name, value) => {
                    body.extend_from_slice(format!("name=\"{name}\"\r\n\r\n{value}").as_bytes());
                }
                Part::File { name, file, bytes } => {
                    let head = format!(
                        "name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: image/jpeg\r\n\r\n"
                    );
                    body.extend_from_slice(head.as_bytes());
                    body.extend_from_slice(bytes);
                }
            }
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{EDGE}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={EDGE}");
        self.send(Method::POST, path, Some(&kind), body).await
    }

    /// Follows redirects until a page comes.
    pub async fn follow(&mut self, mut answer: Answer) -> Answer {
        while answer.status.is_redirection() {
            answer = self.get(&answer.location()).await;
        }
        answer
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        kind: Option<&str>,
        body: Vec<u8>,
    ) -> Answer {
        let path = path.strip_prefix("http://harbour.example").unwrap_or(path);
        let mut request = Request::builder().method(method).uri(path);
        let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        if let Some(address) = self.address {
            request = request.header("x-forwarded-for", address);
        }
        if let Some(kind) = kind {
            request = request.header(CONTENT_TYPE, kind);
        }
        let answer = self.city.send(request.body(Body::from(body)).unwrap()).await;
        for cookie in answer.headers.get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }
}

fn escaped(value: &str) -> String {
    value
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).into(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
