//! A city in which time passes: on either database, in either language, its staff at their desks, its jobs run by hand.

use super::city::{Answer, Browser, City};
use super::db::for_each_engine;
use super::letters::report_by;
use axum::http::StatusCode;
use domain::actor::Role;
use domain::case::Event;
use domain::ids::{AgencyId, ServiceRequestId};
use domain::service_request::ServiceRequest;
use domain::service_request::workflow::Verb;
use jiff::Timestamp;
use jiff::civil::DateTime;
use nhip::account::vault::{self, Identity};
use nhip::case::event_store;
use nhip::jobs;
use nhip::platform::db::params;
use nhip::service_request::form::{receipt, receipt_store};
use nhip::service_request::store;
use std::sync::atomic::{AtomicU32, Ordering};

pub struct Town {
    pub city: City,
    count: AtomicU32,
}

/// Runs `test` in Huế, which speaks two languages, on a fresh database of each engine. It begins on Tuesday, 10 March
/// 2026, at 15:00.
pub async fn in_hue(test: impl AsyncFn(Town)) {
    for_each_engine(async |db| {
        test(Town::of(City::of_on("cities/hue", db))).await;
    })
    .await;
}

impl Town {
    pub fn of(city: City) -> Self {
        Self { city, count: AtomicU32::new(0) }
    }

    /// The clock set to a local time: `2026-03-20T09:00`.
    pub fn at(&self, local: &str) -> &Self {
        let local: DateTime = local.parse().unwrap();
        let pack = self.city.app.pack.load();
        let at = pack.calendar.zone().to_timestamp(local).unwrap();
        assert!(at >= self.city.app.clock.now(), "time runs forwards");
        self.city.app.clock.set(at);
        self
    }

    /// A report by somebody with an address; the code.
    pub async fn sent(&self, service: &str, address: &str) -> String {
        let ctx = self.city.acting(Role::Reporter, None);
        let (vault, service, address) =
            (self.city.app.vault.clone(), service.to_owned(), address.to_owned());
        let sent =
            self.city.app.db.write(move |conn| report_by(conn, &ctx, &vault, &service, &address));
        sent.await.unwrap().id.to_string()
    }

    pub async fn report(&self, code: &str) -> ServiceRequest {
        let id = ServiceRequestId::parse(code).unwrap();
        self.city.app.db.read(move |conn| store::find(conn, &id)).await.unwrap().unwrap()
    }

    pub async fn events(&self, code: &str) -> Vec<Event<ServiceRequest>> {
        let id = ServiceRequestId::parse(code).unwrap();
        self.city.app.db.read(move |conn| event_store::of(conn, &id)).await.unwrap()
    }

    pub async fn verbs(&self, code: &str) -> Vec<Verb> {
        self.events(code).await.into_iter().map(|event| event.verb).collect()
    }

    /// A new colleague at a desk of this agency.
    pub async fn staff(&self, role: Role, agency: Option<&AgencyId>) -> Browser<'_> {
        let n = self.count.fetch_add(1, Ordering::Relaxed);
        let login = format!("{role}-{n}");
        self.city.staff(&login, &[role], agency.map(AgencyId::as_str)).await
    }

    /// Somebody in `role` of the agency that has the report does `verb`; it must be taken.
    pub async fn does(&self, role: Role, code: &str, verb: &str, fields: &[(&str, &str)]) {
        let answer = self.tries(role, code, verb, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{verb}: {}", answer.text());
    }

    /// The same, whatever comes of it.
    pub async fn tries(
        &self,
        role: Role,
        code: &str,
        verb: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let report = self.report(code).await;
        let of_agency = matches!(role, Role::Officer | Role::Head);
        let agency = of_agency.then_some(&report.agency);
        let mut browser = self.staff(role, agency).await;
        let version = report.version.to_string();
        let mut all = vec![("version", version.as_str())];
        all.extend_from_slice(fields);
        browser.post(&format!("/desk/reports/{code}/{verb}"), &all).await
    }

    /// The reporter does something on their own page; the page that follows, in English.
    pub async fn reporter_does(&self, code: &str, what: &str, fields: &[(&str, &str)]) -> String {
        let mut browser = self.reporter(code).await;
        let answer = browser.post(&format!("/my/{code}/{what}?lang=en"), fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{what}: {}", answer.text());
        browser.follow(answer).await.text()
    }

    /// The reporter's browser, with a receipt.
    pub async fn reporter(&self, code: &str) -> Browser<'_> {
        let ctx = self.city.acting(Role::Reporter, None);
        let (vault, id) = (self.city.app.vault.clone(), ServiceRequestId::parse(code).unwrap());
        let secret = self.city.app.db.write(move |conn| {
            let (receipt, secret) = receipt::make(&ctx, &vault)?;
            receipt_store::insert(conn, &id, &receipt.token_hash, ctx.now)?;
            Ok::<_, nhip::platform::error::Error>(secret)
        });
        let secret = secret.await.unwrap();
        let mut browser = self.city.visitor();
        let opened = browser.get(&format!("/receipt/{secret}")).await;
        browser.follow(opened).await;
        browser
    }

    /// What everybody reads, in this language.
    pub async fn page(&self, path: &str, lang: &str) -> String {
        let mark = if path.contains('?') { '&' } else { '?' };
        let answer = self.city.visitor().get(&format!("{path}{mark}lang={lang}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.text()
    }

    /// Runs a job of the table until it finds nothing more to do, as far as the events of `code` tell.
    pub async fn job(&self, name: &str) {
        let all = jobs::jobs();
        let job = all.iter().find(|job| job.name == name).unwrap_or_else(|| panic!("{name}"));
        jobs::run(&self.city.node, job).await;
        assert_eq!(self.city.app.metrics.job(job.name).failures.get(), 0, "{name}");
    }

    /// The letters about a report: to whom and which, in order.
    pub async fn letters(&self, code: &str) -> Vec<String> {
        self.job("make letters of events").await;
        let id = ServiceRequestId::parse(code).unwrap();
        let letters = self.city.app.db.read(move |conn| nhip::notification::letters_of(conn, &id));
        let mut letters = letters.await.unwrap();
        letters.sort_by_key(|letter| letter.created_at);
        letters.into_iter().map(|l| format!("{} {}", l.reader, l.letter)).collect()
    }

    /// Letters of this topic, whatever they are about: to how many, and which.
    pub async fn letters_named(&self, letter: &str) -> usize {
        self.job("make letters of events").await;
        let filter = nhip::notification::desk::Filter::default();
        let all = self
            .city
            .app
            .db
            .read(move |conn| nhip::notification::desk::letters(conn, &filter, 500));
        all.await.unwrap().into_iter().filter(|l| l.letter == letter).count()
    }

    /// A colleague whom letters reach, at a desk of this agency.
    pub async fn reachable(&self, role: Role, agency: Option<&AgencyId>) -> Browser<'_> {
        let browser = self.staff(role, agency).await;
        let login = format!("{role}-{}", self.count.load(Ordering::Relaxed) - 1);
        let (ctx, vault) = (self.city.acting(Role::System, None), self.city.app.vault.clone());
        let address = super::letters::email(&format!("{login}@city.example"));
        let kept = self.city.app.db.write(move |conn| {
            let identity = Identity { email: Some(address), ..Identity::default() };
            let person = vault::keep(conn, &ctx, &vault, &identity, "en")?;
            let sql = "UPDATE account SET person = $1 WHERE login = $2";
            conn.execute(sql, params![person.as_str(), login])?;
            Ok::<_, nhip::platform::error::Error>(())
        });
        kept.await.unwrap();
        browser
    }

    pub fn now(&self) -> Timestamp {
        self.city.app.clock.now()
    }
}
