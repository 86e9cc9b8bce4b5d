//! A town in which somebody complains of the Department of Streets and Works, and everybody who could hear of it.

use super::PEOPLE;
use crate::support::city::{Answer, Browser, City, Part};
use crate::support::world::{self, a_report};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::actor::{Actor, Role};
use domain::ids::ServiceRequestId;
use domain::service_request::{Outcome, State};
use futures_util::StreamExt as _;
use jiff::SignedDuration;
use nhip::account::session;
use nhip::account::vault::{self, Identity};
use nhip::jobs;
use nhip::media::attachment_store;
use nhip::platform::db::{Db, params};
use nhip::platform::error::Error;
use nhip::service_request::store;
use std::collections::BTreeMap;

/// The unit it is about; and a code that nobody has.
pub const UNIT: &str = "works";
pub const CODE_OF_NOBODY: &str = "NQBQDYQ2";
pub const FILE: &str = "TH-2026-00777";

pub struct Scene {
    pub city: City,
    sessions: BTreeMap<String, String>,
    code: String,
    media: Vec<String>,
    deliveries: Vec<String>,
    version: i64,
}

impl Scene {
    /// The town with its people and with other people's reports, before anybody complains.
    pub async fn before(db: Db) -> Self {
        let city = City::on(db);
        city.app.clock.set(world::now());
        let mut sessions = BTreeMap::new();
        let others = [
            ("ombudsman", &[Role::Inspector][..], Some("ombudsman")),
            ("council", &[Role::Inspector][..], Some("council")),
            ("operator", &[Role::Operator][..], Some("town-desk")),
        ];
        let unit = PEOPLE.iter().map(|(name, roles)| (*name, *roles, Some(UNIT)));
        for (name, roles, agency) in unit.chain(others) {
            let cookie = city.staff(name, roles, agency).await.cookie(session::COOKIE);
            sessions.insert(name.to_owned(), format!("{}={cookie}", session::COOKIE));
        }
        sessions.insert("stranger".to_owned(), String::new());
        let mut scene = Self {
            city,
            sessions,
            code: "NQTHERE2".to_owned(),
            media: vec!["0".repeat(26)],
            deliveries: vec!["0".repeat(26)],
            version: 0,
        };
        scene.addresses().await;
        scene.usual().await;
        scene.settle().await;
        scene
    }

    /// Everybody on the staff has an address to be written to.
    async fn addresses(&mut self) {
        let (ctx, key) = (self.city.app.ctx(Actor::system()), self.city.app.vault.clone());
        let given = self.city.app.db.write(move |conn| {
            let staff = conn.query("SELECT id, login FROM account", params![], |row| {
                Ok((row.get::<String>(0)?, row.get::<String>(1)?))
            })?;
            for (account, login) in staff {
                let address = crate::support::letters::email(&format!("{login}@town.example"));
                let identity = Identity { email: Some(address), ..Identity::default() };
                let person = vault::keep(conn, &ctx, &key, &identity, "en")?;
                conn.execute(
                    "UPDATE account SET person = $1 WHERE id = $2",
                    params![person.as_str(), account.as_str()],
                )?;
            }
            Ok::<_, Error>(())
        });
        given.await.unwrap();
    }

    /// Reports like any other, in every state, with deadlines far from any that a page would round.
    async fn usual(&self) {
        let due = world::now() + SignedDuration::from_mins(50 * 60 + 30);
        let made = [
            a_report("TESTA002", "pothole").in_state(State::Assigned).in_area("quays"),
            a_report("TESTA003", "noise").in_state(State::InProgress),
            a_report("TESTA004", "other").in_area("quays"),
            a_report("TESTA005", "pothole").closed(Outcome::Fixed).in_area("quays"),
            a_report("TESTA006", "pothole").in_state(State::InReview),
        ];
        let made = made.map(|mut report| {
            report.0.due_at = Some(due);
            report.0.agency = UNIT.parse().unwrap();
            report.0.accepted_at = Some(report.0.received_at);
            report
        });
        world::put(&self.city.app.db, made).await;
    }

    /// A witness files it on the web, with a photo; the ombudsman takes it in, works on it and answers.
    pub async fn report_it(&mut self) {
        self.code = self.file(UNIT, "The clerk spoke of zirconium and wanted a gift").await;
        let code = self.code.clone();
        self.act("ombudsman", &code, "accept", &[]).await;
        self.act("ombudsman", &code, "note", &[("reason", "tungsten in the files")]).await;
        self.act("ombudsman", &code, "start", &[]).await;
        let progress = [("reason", "mercury was found")];
        let told = self.act("ombudsman", &code, "progress", &progress).await;
        assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.text());
        self.settle().await;
        let id = ServiceRequestId::parse(&code).unwrap();
        let read = self.city.app.db.read(move |conn| {
            let media = attachment_store::of(conn, &id)?;
            let report = store::find(conn, &id)?.unwrap();
            let letters = conn.query(
                "SELECT id FROM delivery WHERE case_ref = $1",
                params![id.as_str()],
                |row| row.get::<String>(0),
            )?;
            // A letter that could not be made yet, as after a failure.
            Ok::<_, Error>((media, report.version, letters))
        });
        let (media, version, letters) = read.await.unwrap();
        assert!(!media.is_empty() && !letters.is_empty(), "it has a photo and letters");
        self.media = media.into_iter().map(|m| m.media.to_string()).collect();
        (self.version, self.deliveries) = (version, letters);
        self.break_a_letter(&code).await;
    }

    /// An event of it that could not be made into letters: such rows are shown to those who look after letters.
    async fn break_a_letter(&self, code: &str) {
        let (code, due) = (code.to_owned(), (world::now() + SignedDuration::from_hours(9)));
        let broken = self.city.app.db.write(move |conn| {
            conn.execute(
                "INSERT INTO outbox (id, event, case_ref, topic, due_at, attempts) VALUES ($1, $1, $2, 'accept', $3, 4)",
                params!["stuck-one", code.as_str(), due.as_millisecond()],
            )
        });
        broken.await.unwrap();
    }

    /// Files a report about an official; answers its code.
    pub async fn file(&self, unit: &str, words: &str) -> String {
        let photo = a_photo();
        let parts = [
            Part::Text("step", "send"),
            Part::Text("description", words),
            Part::Text("service-any", "conduct"),
            Part::Text("q-what_happened", "On Monday, before zirconium"),
            Part::Text("q-unit", unit),
            Part::Text("q-file", FILE),
            Part::Text("area", "quays"),
            Part::Text("address", "Lantern Alley 7"),
            Part::Text("name", "Wilma Witness"),
            Part::Text("email", "witness@example.org"),
            Part::Text("public", "1"),
            Part::Text("seen", "1"),
            Part::File { name: "photos", file: "gift.jpg", bytes: &photo },
        ];
        let mut browser = self.city.visitor();
        let sent = browser.upload("/new", &parts).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let to = browser.get(&sent.location()).await.location();
        let code = to.split("/my/").nth(1).unwrap_or_else(|| panic!("{to}"));
        code.split(['?', '#', '/']).next().unwrap().to_owned()
    }

    /// Lets every job run; the map's own count is a few seconds old at most.
    pub async fn settle(&self) {
        for job in jobs::jobs() {
            jobs::run(&self.city.node, &job).await;
        }
        self.city.later(SignedDuration::from_secs(10));
    }

    /// Two more things that happen: one to the unit's own work, one about another unit.
    pub async fn something_else(&self) -> (String, String) {
        let told = self.act("head", "TESTA002", "start", &[]).await;
        assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.text());
        ("TESTA002".to_owned(), self.file("police", "The constable was rude").await)
    }

    pub fn code(&self) -> &str {
        &self.code
    }

    pub fn grouped(&self) -> String {
        ServiceRequestId::parse(&self.code).unwrap().grouped()
    }

    /// The same with the code of nobody in the place of this report's.
    pub fn without_code(&self, text: &str) -> String {
        let nobody = ServiceRequestId::parse(CODE_OF_NOBODY).unwrap();
        text.replace(&self.code, CODE_OF_NOBODY).replace(&self.grouped(), &nobody.grouped())
    }

    /// Words that stand in nothing but this report.
    pub fn secrets(&self) -> Vec<String> {
        let words = ["zirconium", "tungsten", "mercury", "Lantern", FILE, "Wilma", "witness@"];
        let media = self.media.iter().chain(&self.deliveries).cloned();
        words.into_iter().map(str::to_owned).chain(media).collect()
    }

    /// Ids that lead to it, and those it might be confused with.
    pub fn ids(&self) -> Vec<String> {
        let mut ids = vec![self.code.clone(), format!("{}.json", self.code), self.grouped()];
        ids.extend(self.media.iter().chain(self.deliveries.iter().take(2)).cloned());
        ids.push("stuck-one".to_owned());
        ids
    }

    fn request(&self, name: &str, path: &str, posted: Option<&str>) -> Request<Body> {
        let method = if posted.is_some() { "POST" } else { "GET" };
        let mut request = Request::builder().method(method).uri(path).header("accept", "text/html");
        let cookies = self.sessions.get(name).unwrap_or_else(|| panic!("nobody is called {name}"));
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        let Some(code) = posted else { return request.body(Body::empty()).unwrap() };
        let form = format!(
            "version={}&reason=x&code=other&agency=works&outcome=fixed&contact=witness%40example.org&pick={code}%3A{}&merge_into={code}&text=x",
            self.version, self.version
        );
        request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body(Body::from(form)).unwrap()
    }

    pub async fn get(&self, name: &str, path: &str) -> Answer {
        self.city.send(self.request(name, path, None)).await
    }

    /// A form that names this report and fits every action.
    pub async fn post(&self, name: &str, path: &str, code: &str) -> Answer {
        // Whoever signs out cannot look any further.
        let path = if path.starts_with("/account") { "/desk" } else { path };
        self.city.send(self.request(name, path, Some(code))).await
    }

    /// The live stream of a page, open.
    pub async fn stream(&self, name: &str) -> Body {
        self.city.open(self.request(name, "/desk/events", None)).await
    }

    /// Does a verb, on the version that stands.
    pub async fn act(&self, name: &str, code: &str, verb: &str, fields: &[(&str, &str)]) -> Answer {
        let id = ServiceRequestId::parse(code).unwrap();
        let found = self.city.app.db.read(move |conn| store::find(conn, &id)).await.unwrap();
        let version = found.unwrap().version.to_string();
        let mut all = vec![("version", version.as_str())];
        all.extend_from_slice(fields);
        self.browser(name).post(&format!("/desk/reports/{code}/{verb}"), &all).await
    }

    fn browser(&self, name: &str) -> Browser<'_> {
        let secret = self.sessions[name].split_once('=').unwrap().1;
        self.city.with_cookie(secret)
    }

    /// Nobody of the unit changed anything by trying.
    pub async fn is_untouched(&self) {
        let id = ServiceRequestId::parse(&self.code).unwrap();
        let found = self.city.app.db.read(move |conn| store::find(conn, &id)).await.unwrap();
        assert_eq!(found.unwrap().version, self.version);
    }

    /// The logins of staff that a letter about it was made for, each once.
    pub async fn letters_to_staff(&self) -> Vec<String> {
        let code = self.code.clone();
        let read = self.city.app.db.read(move |conn| {
            conn.query(
                "SELECT DISTINCT a.login FROM delivery d JOIN account a ON a.person = d.recipient \
                 WHERE d.case_ref = $1 AND a.login <> 'council' ORDER BY a.login",
                params![code.as_str()],
                |row| row.get::<String>(0),
            )
        });
        read.await.unwrap()
    }
}

/// A small photo that is one.
fn a_photo() -> Vec<u8> {
    let image = image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8 * 3, y as u8 * 5, 70]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// Ids of other things, by which lists and totals are asked for.
pub fn usual_ids() -> Vec<String> {
    let ids = ["TESTA002", "works", "ombudsman", "quays", "town-hall", "conduct", "standard"];
    ids.map(str::to_owned).to_vec()
}

/// The first event that comes out of a stream.
pub async fn first_event(stream: Body) -> String {
    let mut frames = stream.into_data_stream();
    let bytes = frames.next().await.unwrap().unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}
