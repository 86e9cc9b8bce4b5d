//! A year of the city, with the clock moved by hand and every job run twice a day: the ladder, an extension, a pause, a
//! promise that reopens by itself, an appeal, a complaint about an official, a card, an explanation, and Tết. In the end
//! its numbers are counted again from the open data, and its public pages are compared with those we looked at and found
//! right (`pages/*.txt`); `NHIP_PAGES=write` writes them anew, to be looked at again.

use crate::support::city::City;
use crate::support::db::for_each_engine;
use crate::support::forms::unescaped;
use domain::actor::Role;
use domain::card::{CardColour, CardRule, Measure};
use domain::case::Event;
use domain::ids::{AgencyId, ServiceCode, ServiceRequestId};
use domain::localized::Localized;
use domain::place::Exactness;
use domain::service_request::workflow::Verb;
use domain::service_request::{Channel, Outcome, Rating, ServiceRequest, State};
use jiff::{SignedDuration, Timestamp};
use nhip::case::event_store;
use nhip::jobs;
use nhip::oversight::open_data::{FOLDER, write};
use nhip::platform::ctx::Ctx;
use nhip::platform::db::{Conn, Db};
use nhip::platform::error::Result;
use nhip::service_request::action::answer::{AnswerGiven, answer};
use nhip::service_request::action::submit::{Submission, submit};
use nhip::service_request::action::{Acted, On, accept, extend, rate, reopen, review, work};
use nhip::service_request::store;
use recompute::recompute;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

struct Year {
    city: City,
    codes: BTreeMap<&'static str, ServiceRequestId>,
}

impl Year {
    fn begin(db: Db) -> Self {
        let city = City::of_on("cities/hue", db);
        city.app.clock.set("2026-03-02T07:00:00+07:00".parse().unwrap());
        let name = [("en", "Long overdue"), ("vi", "Quá hạn lâu")];
        let name = name.map(|(code, text)| (code.to_owned(), text.to_owned()));
        let mut pack = (**city.app.base.load()).clone();
        pack.cards = vec![CardRule {
            code: "late".to_owned(),
            name: Localized(name.into()),
            colour: CardColour::Yellow,
            measure: Measure::OverPercent(150),
            count: 1,
        }];
        city.app.take_pack(pack);
        Self { city, codes: BTreeMap::new() }
    }

    /// Lets time pass until then, local time; whatever happens by itself happens on its day.
    async fn until(&self, local: &str) {
        let then: Timestamp = format!("{local}:00+07:00").parse().unwrap();
        loop {
            let now = self.city.app.clock.now();
            let left = then.duration_since(now);
            let step = left.min(SignedDuration::from_hours(12));
            self.city.later(step);
            for job in jobs::jobs() {
                jobs::run(&self.city.node, &job).await;
            }
            if step == left {
                return;
            }
        }
    }

    async fn send(&mut self, name: &'static str, service: &str, words: &str) {
        let ctx = self.city.acting(Role::Reporter, None);
        let service = ServiceCode::parse(service).unwrap();
        let asked = ctx.pack.service(&service).unwrap().attributes.iter();
        let attributes = asked.filter(|a| a.required || a.code == "unit").map(|a| {
            let value = a.values.iter().find(|v| v.key == "phuong-phu-xuan").or(a.values.first());
            (a.code.clone(), vec![value.map_or("Phú Xuân", |v| &v.key).to_owned()])
        });
        let area = &ctx.pack.areas[0];
        let sent = Submission {
            point: area.centre,
            exactness: Exactness::Pin,
            area: (area.id.clone(), false),
            address: Some("12 Lê Lợi".to_owned()),
            description: words.to_owned(),
            attributes: attributes.collect(),
            service,
            photos: Vec::new(),
            public: true,
            language: "vi".to_owned(),
            channel: Channel::Web,
            reporter: None,
            filed_by: None,
            idempotency_key: None,
            receipt: None,
        };
        let made = self.city.app.db.write(move |conn| submit(conn, &ctx, sent)).await.unwrap();
        self.codes.insert(name, made.report.id);
    }

    async fn report(&self, name: &str) -> ServiceRequest {
        let id = self.codes[name].clone();
        self.city.app.db.read(move |conn| store::find(conn, &id)).await.unwrap().unwrap()
    }

    async fn history(&self, name: &str) -> Vec<Event<ServiceRequest>> {
        let id = self.codes[name].clone();
        self.city.app.db.read(move |conn| event_store::of(conn, &id)).await.unwrap()
    }

    /// Somebody of the agency in charge, or of the centre, does something now.
    async fn does(
        &self,
        name: &str,
        role: Role,
        act: impl FnOnce(&mut Conn<'_>, &Ctx, &On) -> Result<Acted> + Send + 'static,
    ) {
        let agency = self.report(name).await.agency;
        let ctx = self.city.acting(role, Some(agency.as_str()));
        let on = On { id: self.codes[name].clone(), seen: None };
        let done = self.city.app.db.write(move |conn| act(conn, &ctx, &on)).await;
        done.unwrap_or_else(|e| panic!("{name}: {role}: {e}"));
    }

    async fn taken_on(&self, name: &str) {
        self.does(name, Role::Operator, |c, x, on| accept::accept(c, x, on, "")).await;
        self.does(name, Role::Officer, work::start).await;
    }

    async fn answered(&self, name: &str, outcome: Outcome, words: &str, planned_for: Option<&str>) {
        let given = AnswerGiven {
            outcome,
            words: words.to_owned(),
            evidence: Vec::new(),
            planned_for: planned_for.map(|date| date.parse().unwrap()),
        };
        self.does(name, Role::Head, move |c, x, on| answer(c, x, on, &given)).await;
        self.does(name, Role::Reviewer, |c, x, on| review::publish(c, x, on, "")).await;
    }

    /// When the promise of a report falls due, local time.
    async fn due(&self, name: &str) -> String {
        let due = self.report(name).await.due_at.unwrap();
        let zone = self.city.app.pack.load().calendar.zone().clone();
        zone.to_datetime(due).strftime("%F %H:%M").to_string()
    }

    /// The same with the name of a story in the place of its code, which is another whenever anything draws one before.
    fn named(&self, text: &str) -> String {
        self.codes.iter().fold(text.to_owned(), |text, (name, code)| {
            text.replace(&code.grouped(), name).replace(code.as_str(), name)
        })
    }

    /// Rungs of the promise that were reached: verb and percent.
    async fn rungs(&self, name: &str) -> Vec<(Verb, u32)> {
        let events = self.history(name).await;
        let of_promise = events.iter().filter(|e| e.data.step.is_none());
        of_promise.filter_map(|e| Some((e.verb, e.data.percent?))).collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_city_lives_through_a_year_and_its_pages_say_what_happened() {
    for_each_engine(async |db| {
        let mut year = Year::begin(db);
        nobody_acts(&mut year).await;
        more_time_is_asked_for(&mut year).await;
        work_waits_for_the_weather(&mut year).await;
        a_promise_comes_due(&mut year).await;
        not_satisfied_twice(&mut year).await;
        somebody_complains_of_an_official(&mut year).await;
        a_report_before_tet(&mut year).await;
        year.until("2027-03-01T08:00").await;
        pages_are_the_ones_we_know(&year).await;
        numbers_can_be_counted_again(&year).await;
    })
    .await;
}

/// March: seven working days pass, and half as many again.
async fn nobody_acts(year: &mut Year) {
    year.until("2026-03-02T08:00").await;
    year.send("late", "pothole", "Ổ gà trước chợ, xe máy ngã hai lần").await;
    year.taken_on("late").await;
    assert_eq!(year.due("late").await, "2026-03-11 17:00");
    year.until("2026-03-27T09:00").await;
    let ladder = [(Verb::Warn, 80), (Verb::Escalate, 100), (Verb::Escalate, 150)];
    assert_eq!(year.rungs("late").await, ladder, "each rung once, however often the jobs ran");
    why_is_asked_and_answered(year).await;
    let day = "2026-03-31".parse().unwrap();
    year.does("late", Role::Officer, move |c, x, on| {
        work::progress(c, x, on, "Đã đặt vật liệu, sẽ vá trong tuần tới", Some(day))
    })
    .await;
    year.until("2026-03-31T10:00").await;
    year.answered("late", Outcome::NoBudget, "Chưa có kinh phí cho đoạn này", None).await;
    let report = year.report("late").await;
    assert!(report.is_late(year.city.app.clock.now()));
}

/// The leader asks, in public, and the head of the agency answers within three working days. A card came by itself.
async fn why_is_asked_and_answered(year: &mut Year) {
    let report = year.report("late").await;
    let mut leader = year.city.staff("leader", &[Role::Leader], None).await;
    let (ask, version) =
        (format!("/desk/reports/{}/ask_explanation", report.id), report.version.to_string());
    let asked = leader.post(&ask, &[("version", &version), ("reason", "Vì sao bỏ lâu?")]).await;
    assert!(asked.status.is_redirection(), "{}", asked.text());
    year.until("2026-03-30T09:00").await;
    let mut head = year.city.staff("head", &[Role::Head], Some(report.agency.as_str())).await;
    let desk = head.get("/desk/explanations").await.text();
    let id = desk.split("action=\"/desk/explanations/").nth(1).unwrap().split('/').next().unwrap();
    let words = [("reason", "Xe trải nhựa hỏng, thuê xe khác mất hai tuần")];
    let answered = head.post(&format!("/desk/explanations/{id}/answer"), &words).await;
    assert!(answered.status.is_redirection(), "{}", answered.text());
    let cards = year.city.visitor().get("/cards?lang=en").await.text();
    assert!(cards.contains("Yellow card: Long overdue"), "{cards}");
}

/// April: three days more, asked for in time and granted.
async fn more_time_is_asked_for(year: &mut Year) {
    year.until("2026-04-06T08:00").await;
    year.send("extended", "pothole", "Ổ gà ở đầu cầu").await;
    year.taken_on("extended").await;
    assert_eq!(year.due("extended").await, "2026-04-15 17:00");
    year.until("2026-04-09T09:00").await;
    year.does("extended", Role::Officer, |c, x, on| extend::ask(c, x, on, 3, "Chờ nhựa nguội"))
        .await;
    year.does("extended", Role::Head, |c, x, on| extend::grant(c, x, on, "")).await;
    assert_eq!(year.due("extended").await, "2026-04-20 17:00");
    year.until("2026-04-17T15:00").await;
    year.answered("extended", Outcome::Forwarded, "Đã chuyển đơn vị quản lý cầu", None).await;
    assert!(!year.report("extended").await.is_late(year.city.app.clock.now()));
}

/// May: a week of rain; no working day that it touched counts.
async fn work_waits_for_the_weather(year: &mut Year) {
    year.until("2026-05-11T08:00").await;
    year.send("paused", "pothole", "Ổ gà ngập nước").await;
    year.taken_on("paused").await;
    let before = year.due("paused").await;
    year.until("2026-05-13T08:00").await;
    year.does("paused", Role::Officer, |c, x, on| work::pause(c, x, on, "weather", "")).await;
    assert_eq!(year.report("paused").await.due_at, None, "the clock stands still");
    year.until("2026-05-20T08:00").await;
    year.does("paused", Role::Officer, work::resume).await;
    assert_eq!(
        (before.as_str(), year.due("paused").await.as_str()),
        ("2026-05-20 17:00", "2026-05-28 17:00")
    );
    year.until("2026-05-26T10:00").await;
    year.answered("paused", Outcome::NotFound, "Đã khô, không còn ổ gà", None).await;
    assert_eq!(
        year.rungs("paused").await.iter().filter(|(verb, _)| *verb == Verb::Escalate).count(),
        0
    );
}

/// June to September: a promise with a date, which the city keeps by itself.
async fn a_promise_comes_due(year: &mut Year) {
    year.until("2026-06-01T08:00").await;
    year.send("promised", "pothole", "Cả đoạn đường lồi lõm").await;
    year.taken_on("promised").await;
    year.until("2026-06-03T14:00").await;
    let words = "Sẽ thảm lại trước ngày 1 tháng 9";
    year.answered("promised", Outcome::Planned, words, Some("2026-09-01")).await;
    year.until("2026-08-31T20:00").await;
    assert_eq!(year.report("promised").await.state, State::Closed);
    year.until("2026-09-01T08:00").await;
    let report = year.report("promised").await;
    assert_eq!((report.state, report.attempt), (State::Assigned, 2));
    assert!(year.history("promised").await.iter().any(|e| e.verb == Verb::PromiseDue));
    year.does("promised", Role::Officer, work::start).await;
    year.until("2026-09-04T09:00").await;
    year.answered("promised", Outcome::Forwarded, "Đã bàn giao cho nhà thầu thi công", None).await;
}

/// Autumn: not satisfied, and again not; the level above decides.
async fn not_satisfied_twice(year: &mut Year) {
    year.until("2026-10-05T08:00").await;
    year.send("appealed", "pothole", "Ổ gà trước trường học").await;
    year.taken_on("appealed").await;
    let first = year.report("appealed").await.agency;
    year.until("2026-10-07T10:00").await;
    year.answered("appealed", Outcome::NotFound, "Không thấy ổ gà nào", None).await;
    year.until("2026-10-08T10:00").await;
    let no = Rating::NotSatisfied;
    year.does("appealed", Role::Reporter, move |c, x, on| rate::rate(c, x, on, no, "Có mà", &[]))
        .await;
    let words = "Nó ở ngay cổng trường";
    year.does("appealed", Role::Reporter, move |c, x, on| reopen::reopen(c, x, on, words)).await;
    year.does("appealed", Role::Officer, work::start).await;
    year.until("2026-10-12T10:00").await;
    year.answered("appealed", Outcome::NotFound, "Vẫn không thấy", None).await;
    year.until("2026-10-13T10:00").await;
    let words = "Không ai đến xem";
    year.does("appealed", Role::Reporter, move |c, x, on| reopen::appeal(c, x, on, words)).await;
    let report = year.report("appealed").await;
    let above: AgencyId = year.city.app.pack.load().above(&first).clone();
    assert_eq!((report.agency, report.attempt), (above, 3));
    assert_eq!(year.due("appealed").await, "2026-10-27 17:00", "ten working days for an appeal");
    year.does("appealed", Role::Officer, work::start).await;
    year.until("2026-10-20T10:00").await;
    year.answered("appealed", Outcome::NoAuthority, "Đường thuộc nhà trường quản lý", None).await;
}

/// Winter: a complaint that nobody of the ward may see.
async fn somebody_complains_of_an_official(year: &mut Year) {
    year.until("2026-12-07T08:00").await;
    year.send("conduct", "rude-official", "Cán bộ một cửa quát mắng người già").await;
    year.does("conduct", Role::Inspector, |c, x, on| accept::accept(c, x, on, "")).await;
}

/// February: the days of Tết do not count.
async fn a_report_before_tet(year: &mut Year) {
    year.until("2027-02-01T08:00").await;
    year.send("tet", "pothole", "Ổ gà trên đường đi chợ Tết").await;
    year.taken_on("tet").await;
    assert_eq!(
        year.due("tet").await,
        "2027-02-17 17:00",
        "ten days of Tết and weekends do not count"
    );
    year.until("2027-02-16T15:00").await;
    year.answered("tet", Outcome::NotFound, "Đoạn này đã được vá trước Tết", None).await;
    assert!(!year.report("tet").await.is_late(year.city.app.clock.now()));
}

// --- pages ---

async fn pages_are_the_ones_we_know(year: &Year) {
    let mut pages: Vec<(String, String)> = vec![
        ("front".to_owned(), "/".to_owned()),
        ("list".to_owned(), "/reports".to_owned()),
        ("agencies".to_owned(), "/agencies".to_owned()),
        ("stats".to_owned(), "/stats?period=2026".to_owned()),
        ("procedure".to_owned(), "/procedures/standard".to_owned()),
        ("promises".to_owned(), "/promises".to_owned()),
        ("explanations".to_owned(), "/explanations".to_owned()),
        ("cards".to_owned(), "/cards".to_owned()),
        ("agency".to_owned(), format!("/agencies/{}", year.report("late").await.agency)),
    ];
    for (name, code) in &year.codes {
        pages.push((format!("report-{name}"), format!("/reports/{code}")));
        pages.push((format!("slip-{name}"), format!("/reports/{code}/slip")));
    }
    let mut wrong = Vec::new();
    for (name, path) in pages {
        for language in ["vi", "en"] {
            let mark = if path.contains('?') { '&' } else { '?' };
            let page = year.city.visitor().get(&format!("{path}{mark}lang={language}")).await;
            assert!(page.status.is_success(), "{path}: {}", page.status);
            let text = year.named(&words_of(&page.text()));
            if let Some(problem) = is_known(&format!("{name}.{language}"), &text) {
                wrong.push(problem);
            }
        }
    }
    assert!(wrong.is_empty(), "{} pages differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// The numbers of the year follow from the files that everybody can take.
async fn numbers_can_be_counted_again(year: &Year) {
    let folder = year.city.app.config.data.join(FOLDER);
    let ctx = year.city.acting(Role::System, None);
    write::write(&year.city.app.db, &ctx, &folder).await.unwrap();
    let verdict = recompute(&folder).unwrap();
    assert_eq!(verdict.differences, Vec::<String>::new());
    assert!(verdict.reports == year.codes.len() && verdict.compared > 100, "{verdict:?}");
}

/// What a page says, a line for each piece of text.
fn words_of(html: &str) -> String {
    let main = html.split_once("<main").map_or(html, |(_, rest)| rest);
    let main = main.split_once("</main>").map_or(main, |(main, _)| main);
    let mut text = String::new();
    for piece in main.split('<').skip(1) {
        let said = piece.split_once('>').map_or("", |(_, said)| said);
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        if !said.is_empty() {
            text.push_str(&unescaped(&said));
            text.push('\n');
        }
    }
    text
}

/// The first line that is another than in the page we know, if there is one.
fn is_known(name: &str, text: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/year/pages");
    let file = folder.join(format!("{name}.txt"));
    if std::env::var("NHIP_PAGES").is_ok_and(|wish| wish == "write") {
        fs::create_dir_all(&folder).unwrap();
        fs::write(&file, text).unwrap();
        return None;
    }
    let known = fs::read_to_string(&file).unwrap_or_default();
    if known == text {
        return None;
    }
    let lines = known.lines().zip(text.lines()).enumerate();
    let first = lines.into_iter().find(|(_, (old, new))| old != new);
    let (line, (old, new)) =
        first.unwrap_or((known.lines().count(), ("", "(more or fewer lines)")));
    Some(format!("{name}, line {}: {old:?} became {new:?}", line + 1))
}
