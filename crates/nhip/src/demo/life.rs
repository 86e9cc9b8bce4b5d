//! The invented life of one report, told by the same actions that people use, at times in the past.
//!
//! It goes on until it is settled or until now, whichever comes first; so there are reports in every state.

use super::album::Album;
use super::retold::{self, Retold};
use super::talk::{self, Voices};
use crate::area::Locator;
use crate::case::{clock, time_passes};
use crate::platform::ctx::{Ctx, Ids};
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::action::answer::{AnswerGiven, answer};
use crate::service_request::action::deliver::{self, Delivery};
use crate::service_request::action::submit::{Submission, submit};
use crate::service_request::action::{
    Acted, On, accept, ask, assign, confirm, extend, merge, rate, refuse, reopen, review, withdraw,
    work,
};
use crate::service_request::store;
use demo::material::{self, CHANNELS, Dice, Material, OUTCOMES, RATINGS, Setting, Telling};
use domain::actor::{Actor, Role};
use domain::ids::{AccountId, AreaId, ServiceRequestId};
use domain::pack::{Area, Pack};
use domain::place::{Exactness, Point};
use domain::procedure::StepRole;
use domain::service::Service;
use domain::service_request::{Channel, Outcome, Rating, ServiceRequest};
use domain::time::Budget;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// Hours of ordinary work for one of urgent work.
const HURRY: f64 = 0.12;

/// Who works at the centre.
#[derive(Debug, Clone)]
pub struct Centre {
    pub operator: AccountId,
    pub second_operator: AccountId,
    pub reviewer: AccountId,
}

/// Everything the stories share.
pub struct Teller {
    pub pack: Arc<Pack>,
    pub areas: Arc<Locator>,
    pub material: Material,
    pub album: Album,
    pub centre: Centre,
    pub ids: Ids,
    pub dice: Dice,
    pub now: Timestamp,
    /// What was told lately and may be told again.
    pub retold: Retold,
    /// Those who talk about the reports.
    pub voices: Voices,
}

/// One story on its way: the report, and what time it is in it.
struct Story<'a> {
    t: &'a mut Teller,
    at: Timestamp,
    setting: Setting,
    report: ServiceRequest,
    /// The report that told of the same trouble first.
    again: Option<ServiceRequestId>,
}

/// The story is over for now: its next step would lie in the future.
struct Later;

type Told<T = ()> = Result<std::result::Result<T, Later>>;

macro_rules! go {
    ($step:expr) => {
        match $step? {
            Ok(value) => value,
            Err(later) => return Ok(Err(later)),
        }
    };
}

/// Writes one report received at `at`, and what came of it so far.
pub fn live(conn: &mut Conn<'_>, t: &mut Teller, at: Timestamp) -> Result<ServiceRequest> {
    let again = retold::again(t, at);
    let report = match &again {
        Some(first) => retold::sent(conn, t, at, first)?,
        None => sent(conn, t, at)?,
    };
    talk::join(conn, t, &report)?;
    let drawn = t.material.setting(&mut t.dice, &t.pack.languages);
    let setting = material::place_of(drawn, &report);
    let mut story = Story { t, at, setting, report, again: again.map(|first| first.id) };
    let _over = intake(conn, &mut story)?;
    let report = story.report;
    t.retold.remember(&report);
    talk::discuss(conn, t, &report)?;
    Ok(report)
}

/// A new report at `at`, as a citizen sends it.
pub fn sent(conn: &mut Conn<'_>, t: &mut Teller, at: Timestamp) -> Result<ServiceRequest> {
    let pack = t.pack.clone();
    let setting = t.material.setting(&mut t.dice, &pack.languages);
    let (Some(service), Some(area)) = (some_service(t, &pack), some_area(t, &pack)) else {
        return Err(crate::platform::error::Error::failed(
            "tell a story",
            "the pack has no service or no area",
        ));
    };
    let (far, turn) = (t.dice.between(0.0, 0.006), t.dice.between(0.0, std::f64::consts::TAU));
    let point =
        Point::new(area.centre.lat() + far * turn.sin(), area.centre.long() + far * turn.cos())
            .unwrap_or(area.centre);
    // Where boundaries tell it they do; a guess goes to the area the story began with.
    let located = t.areas.locate_named(&pack, point, Some(area));
    let guessed = t.areas.version() == 0;
    let (area, point) =
        located.map_or_else(|_| (area.id.clone(), area.centre), |located| (located.area, point));
    let Telling { text: description, seen } = t.material.telling(&mut t.dice, service, &setting);
    let photo_of = seen.then(|| description.clone());
    let area = (area, guessed);
    hand_in(conn, t, at, Tale { service, point, area, setting, description, photo_of })
}

/// What somebody tells, and where.
pub struct Tale<'a> {
    pub service: &'a Service,
    pub point: Point,
    pub area: (AreaId, bool),
    pub setting: Setting,
    pub description: String,
    /// Words whose photo is sent: these or those of somebody else; none where no photo would show it.
    pub photo_of: Option<String>,
}

/// Hands it in.
pub fn hand_in(
    conn: &mut Conn<'_>,
    t: &mut Teller,
    at: Timestamp,
    tale: Tale<'_>,
) -> Result<ServiceRequest> {
    let Tale { service, point, area, setting, description, photo_of } = tale;
    let photographed = t.dice.percent(78);
    let photos = photo_of.filter(|_| photographed);
    let photos = photos.map_or_else(Vec::new, |of| t.album.before(service, &of, &t.ids, at));
    let pack = t.pack.clone();
    let ctx = Ctx { now: at, actor: Actor::reporter(), ids: t.ids.clone(), pack };
    let mut submission = Submission {
        service: service.code.clone(),
        point,
        exactness: Exactness::Pin,
        area,
        address: Some(Material::address(&setting)),
        description,
        attributes: material::answers(&mut t.dice, service),
        photos,
        public: t.dice.percent(94),
        language: setting.language,
        channel: t.dice.weighed(CHANNELS).unwrap_or(Channel::Web),
        reporter: None,
        filed_by: None,
        idempotency_key: None,
        receipt: None,
    };
    super::as_told(&mut submission, &ctx.pack);
    Ok(submit(conn, &ctx, submission)?.report)
}

fn some_service<'a>(t: &mut Teller, pack: &'a Pack) -> Option<&'a Service> {
    let often = t.dice.percent(50);
    let common = t.material.common(&mut t.dice).filter(|_| often);
    if let Some(service) = common.and_then(|code| pack.service(&code.parse().ok()?)) {
        return Some(service);
    }
    // Where the pack names none: half of what people report is about a quarter of the services.
    let count = pack.services.len();
    let index = if often { t.dice.below(count.div_ceil(4)) * 4 } else { t.dice.below(count) };
    pack.services.get(index.min(pack.services.len().saturating_sub(1)))
}

fn some_area<'a>(t: &mut Teller, pack: &'a Pack) -> Option<&'a Area> {
    // Most people live in the first few areas of the list.
    let span = if t.dice.percent(60) { pack.areas.len().div_ceil(5) } else { pack.areas.len() };
    pack.areas.get(t.dice.below(span))
}

impl Story<'_> {
    /// Lets hours pass, and with them the rungs of the ladder; staff act in working time.
    fn wait(&mut self, conn: &mut Conn<'_>, low: f64, high: f64) -> Told {
        // What is urgent runs day and night, and is hurried.
        let urgent = self.t.pack.procedure_of(&self.report);
        let urgent = urgent.is_some_and(|procedure| procedure.promise.is_wall_clock());
        let hours = self.t.dice.between(low, high) * if urgent { HURRY } else { 1.0 };
        let minutes = (hours * 60.0) as i64;
        let then = self.at.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(self.at);
        let calendar = &self.t.pack.calendar;
        let at = if urgent || calendar.is_working_at(then) {
            Some(then)
        } else {
            calendar.next_opening(then)
        };
        self.at = at
            .unwrap_or(then)
            .checked_add(SignedDuration::from_secs(self.t.dice.below(2_400) as i64))
            .unwrap_or(then);
        let until = self.at.min(self.t.now);
        let system = self.ctx(Role::System);
        time_passes::catch_up::<ServiceRequest>(conn, &system, &self.report.id, until)?;
        Ok(if self.at < self.t.now { Ok(()) } else { Err(Later) })
    }

    fn word(&mut self, occasion: &str) -> String {
        let service = self.report.service.as_str();
        self.t.material.word(&mut self.t.dice, service, occasion, &self.setting)
    }

    fn ctx(&self, role: Role) -> Ctx {
        let confidential = self.report.confidential;
        let (role, account, agency) = match role {
            Role::Operator | Role::Reviewer | Role::Officer | Role::Head if confidential => {
                (Role::Inspector, None, Some(self.report.agency.clone()))
            }
            Role::Operator if self.report.contested => (
                role,
                Some(self.t.centre.second_operator.clone()),
                Some(self.t.pack.centre.clone()),
            ),
            Role::Operator => {
                (role, Some(self.t.centre.operator.clone()), Some(self.t.pack.centre.clone()))
            }
            Role::Reviewer => {
                (role, Some(self.t.centre.reviewer.clone()), Some(self.t.pack.centre.clone()))
            }
            Role::Officer | Role::Head => (role, None, Some(self.report.agency.clone())),
            Role::Reporter
            | Role::Inspector
            | Role::Leader
            | Role::Administrator
            | Role::System => (role, None, None),
        };
        Ctx {
            now: self.at,
            actor: Actor { role, account, agency },
            ids: self.t.ids.clone(),
            pack: self.t.pack.clone(),
        }
    }

    fn on(&self) -> On {
        On { id: self.report.id.clone(), seen: None }
    }

    fn took(&mut self, acted: Acted) {
        self.report = acted.report;
    }
}

/// From receipt to acceptance, or to one of the ways out.
fn intake(conn: &mut Conn<'_>, s: &mut Story<'_>) -> Told {
    go!(s.wait(conn, 0.1, 5.0));
    if let Some(first) = s.again.take().filter(|_| s.t.retold.is_noticed())
        && store::find(conn, &first)?.is_some_and(|first| merge::takes_in(&first, &s.report))
    {
        let acted = merge::merge(conn, &s.ctx(Role::Operator), &s.on(), &first)?;
        s.took(acted);
        return Ok(Ok(()));
    }
    match s.t.dice.below(100) {
        0..18 => return refused(conn, s),
        18..24 => go!(asked(conn, s)),
        24..26 => {
            let words = s.word("withdraw");
            let acted = withdraw::withdraw(conn, &s.ctx(Role::Reporter), &s.on(), &words)?;
            s.took(acted);
            return Ok(Ok(()));
        }
        _ => {}
    }
    accepted(conn, s)
}

fn accepted(conn: &mut Conn<'_>, s: &mut Story<'_>) -> Told {
    let acted = accept::accept(conn, &s.ctx(Role::Operator), &s.on(), "")?;
    s.took(acted);
    worked(conn, s)
}

fn refused(conn: &mut Conn<'_>, s: &mut Story<'_>) -> Told {
    let known: Vec<String> = s.t.pack.refusals.iter().map(|r| r.code.clone()).collect();
    let service = s.report.service.as_str();
    let Some(code) = s.t.material.refusal(&mut s.t.dice, service, &known) else {
        return Ok(Ok(()));
    };
    let acted = refuse::refuse(conn, &s.ctx(Role::Operator), &s.on(), &code, "")?;
    s.took(acted);
    if !s.t.dice.percent(12) {
        return Ok(Ok(()));
    }
    go!(s.wait(conn, 2.0, 30.0));
    let words = s.word("contest");
    let acted = refuse::contest(conn, &s.ctx(Role::Reporter), &s.on(), &words)?;
    s.took(acted);
    go!(s.wait(conn, 2.0, 20.0));
    accepted(conn, s)
}

fn asked(conn: &mut Conn<'_>, s: &mut Story<'_>) -> Told {
    let words = s.word("question");
    let acted = ask::ask(conn, &s.ctx(Role::Operator), &s.on(), &words)?;
    s.took(acted);
    go!(s.wait(conn, 1.0, 60.0));
    let words = s.word("reply");
    let acted = ask::reply(conn, &s.ctx(Role::Reporter), &s.on(), &words, &[])?;
    s.took(acted);
    s.wait(conn, 0.5, 6.0)
}

/// The agency's part: some give it back, some pause, most answer in time.
fn worked(conn: &mut Conn<'_>, s: &mut Story<'_>) -> Told {
    go!(s.wait(conn, 1.0, 22.0));
    if s.t.dice.percent(4) {
        let words = s.word("give_back");
        let acted = assign::give_back(conn, &s.ctx(Role::Officer), &s.on(), &words)?;
        s.took(acted);
        go!(s.wait(conn, 1.0, 8.0));
        let acted = accept::accept(conn, &s.ctx(Role::Operator), &s.on(), "")?;
        s.took(acted);
        go!(s.wait(conn, 1.0, 8.0));
    }
    let acted = work::start(conn, &s.ctx(Role::Officer), &s.on())?;
    s.took(acted);
    if s.t.dice.percent(12) {
        go!(s.wait(conn, 2.0, 12.0));
        let words = s.word("progress");
        let soon = s.t.pack.local_date(s.at) + jiff::Span::new().days(3);
        let date = s.report.is_late(s.at).then_some(soon);
        let acted = work::progress(conn, &s.ctx(Role::Officer), &s.on(), &words, date)?;
        s.took(acted);
    }
    if s.t.dice.percent(5) {
        extended(conn, s)?;
    }
    let reasons = clock::pauses_allowed(conn, &s.ctx(Role::Officer), &s.report.id)?;
    if s.t.dice.percent(7)
        && let Some(code) = s.t.material.pause(
            &mut s.t.dice,
            s.report.service.as_str(),
            &reasons.unwrap_or_default(),
        )
    {
        let acted = work::pause(conn, &s.ctx(Role::Officer), &s.on(), &code, "")?;
        s.took(acted);
        go!(s.wait(conn, 20.0, 90.0));
        let acted = work::resume(conn, &s.ctx(Role::Officer), &s.on())?;
        s.took(acted);
    }
    go!(delivered(conn, s));
    go!(answered(conn, s));
    published(conn, s)
}

/// The products that the procedure asks for before the answer.
fn delivered(conn: &mut Conn<'_>, s: &mut Story<'_>) -> Told {
    while let Some((step, role)) = next_product(conn, s)? {
        let left =
            s.report.due_at.map_or(24.0, |due| s.at.duration_until(due).as_secs_f64() / 3600.0);
        go!(s.wait(conn, 0.5, (left * 0.25).clamp(1.0, 30.0)));
        let product = s.t.album.record(&s.report.description, &s.t.ids, s.at);
        let (words, without) = (s.word("deliver"), product.is_empty());
        let given = Delivery { step, words, product, without };
        let acted = deliver::deliver(conn, &s.ctx(role), &s.on(), &given)?;
        s.took(acted);
    }
    Ok(Ok(()))
}

/// The step that owes a product now, and who brings it.
fn next_product(conn: &mut Conn<'_>, s: &Story<'_>) -> Result<Option<(String, Role)>> {
    let kept = clock::of(conn, &s.report.id)?;
    let Some(procedure) = s.t.pack.procedure_of(&s.report) else { return Ok(None) };
    let step = clock::to_deliver(&kept, procedure).into_iter().next();
    Ok(step.map(|step| {
        let role = match step.role {
            StepRole::Head => Role::Head,
            StepRole::Operator => Role::Operator,
            StepRole::Reviewer => Role::Reviewer,
            StepRole::Officer | StepRole::Inspector | StepRole::Leader => Role::Officer,
        };
        (step.id.clone(), role)
    }))
}

/// More time, asked for and granted, where the promise runs in working days and is not over yet.
fn extended(conn: &mut Conn<'_>, s: &mut Story<'_>) -> Result<()> {
    let promise = s.t.pack.procedure_of(&s.report).map(|procedure| procedure.promise);
    let asked = s.report.extension.is_some() || s.report.extension_asked.is_some();
    if asked || s.report.is_late(s.at) || !matches!(promise, Some(Budget::WorkingDays(_))) {
        return Ok(());
    }
    let words = s.word("extend");
    let acted = extend::ask(conn, &s.ctx(Role::Officer), &s.on(), 3, &words)?;
    s.took(acted);
    s.at += SignedDuration::from_mins(40);
    let acted = extend::grant(conn, &s.ctx(Role::Head), &s.on(), "")?;
    s.took(acted);
    Ok(())
}

/// Five in six answers come before the due date, the others days after.
fn answered(conn: &mut Conn<'_>, s: &mut Story<'_>) -> Told {
    let left = s.report.due_at.map_or(24.0, |due| s.at.duration_until(due).as_secs_f64() / 3600.0);
    let late = s.t.dice.percent(14);
    let (low, high) = if late || left < 2.0 {
        (left.max(1.0) + 4.0, left.max(1.0) + 160.0)
    } else {
        (left * 0.05, left * 0.7)
    };
    go!(s.wait(conn, low, high));
    let outcome = s.t.dice.weighed(OUTCOMES).unwrap_or(Outcome::Fixed);
    let service = s.report.service.as_str();
    let words = s.t.material.answer(&mut s.t.dice, service, outcome.as_str(), &s.setting);
    let service = s.t.pack.service(&s.report.service).cloned();
    let evidence = service
        .filter(|_| outcome == Outcome::Fixed)
        .map_or_else(Vec::new, |service| s.t.album.after(&service, &s.report, &s.t.ids, s.at));
    // A drawn picture is missing only where the album is empty; then nothing can be proved.
    let outcome =
        if outcome == Outcome::Fixed && evidence.is_empty() { Outcome::Forwarded } else { outcome };
    let days = 15 + s.t.dice.below(75) as i64;
    let planned_for = (outcome == Outcome::Planned)
        .then(|| s.t.pack.local_date(s.at) + jiff::Span::new().days(days));
    let given = AnswerGiven { outcome, words, evidence, planned_for };
    let acted = answer(conn, &s.ctx(Role::Officer), &s.on(), &given)?;
    s.took(acted);
    Ok(Ok(()))
}

fn published(conn: &mut Conn<'_>, s: &mut Story<'_>) -> Told {
    go!(s.wait(conn, 1.0, 9.0));
    if s.report.attempt == 1 && s.t.dice.percent(8) {
        let words = s.word("send_back");
        let acted = review::send_back(conn, &s.ctx(Role::Reviewer), &s.on(), &words)?;
        s.took(acted);
        go!(answered(conn, s));
        go!(s.wait(conn, 1.0, 9.0));
    }
    let acted = review::publish(conn, &s.ctx(Role::Reviewer), &s.on(), "")?;
    s.took(acted);
    if s.report.planned_for.is_some() {
        return kept_waiting(conn, s);
    }
    judged(conn, s)
}

/// A promise reopens on its date.
fn kept_waiting(conn: &mut Conn<'_>, s: &mut Story<'_>) -> Told {
    // The job that does this in earnest runs soon after midnight; here it is when people are up.
    let zone = s.t.pack.calendar.zone().clone();
    let day = s.report.planned_for.and_then(|date| zone.to_timestamp(date.at(8, 0, 0, 0)).ok());
    let Some(day) = day.filter(|day| *day > s.at && *day < s.t.now) else { return Ok(Ok(())) };
    s.at = day;
    let acted = reopen::promise_due(conn, &s.ctx(Role::System), &s.on())?;
    s.took(acted);
    // Many have it done by then, and their reporters say so.
    let seen = s.at + SignedDuration::from_mins(20 + s.t.dice.below(600) as i64);
    if seen < s.t.now && s.t.dice.percent(55) {
        s.at = seen;
        let acted = confirm::done(conn, &s.ctx(Role::Reporter), &s.on(), "")?;
        s.took(acted);
        return judged(conn, s);
    }
    worked(conn, s)
}

fn judged(conn: &mut Conn<'_>, s: &mut Story<'_>) -> Told {
    if !s.t.dice.percent(55) {
        return Ok(Ok(()));
    }
    go!(s.wait(conn, 2.0, 70.0));
    let rating = s.t.dice.weighed(RATINGS).unwrap_or(Rating::Satisfied);
    let words = s.word(rating.as_str());
    let acted = rate::rate(conn, &s.ctx(Role::Reporter), &s.on(), rating, &words, &[])?;
    s.took(acted);
    if rating != Rating::NotSatisfied || s.report.appealed || !s.t.dice.percent(65) {
        return Ok(Ok(()));
    }
    go!(s.wait(conn, 0.2, 20.0));
    let words = s.word("not_satisfied");
    let ctx = s.ctx(Role::Reporter);
    let acted = if s.report.reopenings == 0 {
        reopen::reopen(conn, &ctx, &s.on(), &words)?
    } else {
        reopen::appeal(conn, &ctx, &s.on(), &words)?
    };
    s.took(acted);
    worked(conn, s)
}
