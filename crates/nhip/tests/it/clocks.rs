//! The clocks of a case on both databases: they move with the actions people take, and each rung of the ladder fires once.

use crate::support::db::for_each_engine;
use crate::support::world::{harbour, now};
use domain::actor::{Actor, Role};
use domain::case::Event;
use domain::clock::{ClockKind, Ending};
use domain::ids::{AgencyId, ServiceRequestId};
use domain::place::Exactness;
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, ServiceRequest};
use jiff::{SignedDuration, Timestamp};
use nhip::case::clock::{self, Kept};
use nhip::case::event_store;
use nhip::kinds;
use nhip::platform::ctx::{Ctx, Ids};
use nhip::platform::db::{Conn, Db};
use nhip::platform::error::Error;
use nhip::service_request::action::answer::{AnswerGiven, answer};
use nhip::service_request::action::submit::{Submission, submit};
use nhip::service_request::action::{On, accept, extend, review, work};
use nhip::service_request::store;

/// A case in the harbour town, and who does what to it at which hour.
struct Case {
    db: Db,
    ids: Ids,
    code: ServiceRequestId,
    at: Timestamp,
}

fn ctx(ids: &Ids, role: Role, agency: Option<&AgencyId>, at: Timestamp) -> Ctx {
    let actor = Actor { role, account: None, agency: agency.cloned() };
    Ctx { now: at, actor, ids: ids.clone(), pack: harbour() }
}

impl Case {
    /// A pothole in the Old Town, sent on a Wednesday afternoon.
    async fn sent(db: &Db) -> Self {
        let (ids, pack) = (Ids::seeded(7), harbour());
        let area = pack.areas.first().unwrap();
        let sent = Submission {
            service: "pothole".parse().unwrap(),
            point: area.centre,
            exactness: Exactness::Pin,
            area: (area.id.clone(), true),
            address: None,
            description: "A hole by the bakery".to_owned(),
            attributes: [("size".to_owned(), vec!["plate".to_owned()])].into(),
            photos: Vec::new(),
            public: true,
            language: "en".to_owned(),
            channel: domain::service_request::Channel::Web,
            reporter: None,
            filed_by: None,
            idempotency_key: None,
            receipt: None,
        };
        let ctx = ctx(&ids, Role::Reporter, None, now());
        let report = db.write(move |conn| submit(conn, &ctx, sent)).await.unwrap().report;
        Self { db: db.clone(), ids, code: report.id, at: now() }
    }

    fn later(&mut self, hours: i64) -> &mut Self {
        self.at += SignedDuration::from_hours(hours);
        self
    }

    async fn report(&self) -> ServiceRequest {
        let code = self.code.clone();
        self.db.read(move |conn| store::find(conn, &code)).await.unwrap().unwrap()
    }

    async fn does<T: Send + 'static>(
        &self,
        role: Role,
        act: impl FnOnce(&mut Conn<'_>, &Ctx, &On) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let agency = self.report().await.agency;
        let ctx = ctx(&self.ids, role, Some(&agency), self.at);
        let on = On { id: self.code.clone(), seen: None };
        self.db.write(move |conn| act(conn, &ctx, &on)).await
    }

    async fn accepted(&mut self) -> &mut Self {
        self.does(Role::Operator, |c, x, on| accept::accept(c, x, on, "")).await.unwrap();
        self
    }

    async fn clocks(&self) -> Vec<Kept> {
        let code = self.code.clone();
        self.db.read(move |conn| clock::of(conn, &code)).await.unwrap()
    }

    async fn steps(&self) -> Vec<String> {
        let steps = self.clocks().await.into_iter().map(|kept| kept.clock);
        steps
            .filter(|clock| clock.kind == ClockKind::Step)
            .map(|clock| {
                let how = clock.stopped.map_or("runs", |stopped| stopped.how.as_str());
                format!("{} {} {how}", clock.step, clock.attempt)
            })
            .collect()
    }

    async fn swept(&self) -> usize {
        let ctx = ctx(&self.ids, Role::System, None, self.at);
        let fired = self.db.write(move |conn| kinds::escalate_due(conn, &ctx, 100));
        fired.await.unwrap().done.len()
    }

    async fn rungs(&self) -> Vec<(Verb, Option<String>, u32)> {
        let code = self.code.clone();
        let events: Vec<Event<ServiceRequest>> =
            self.db.read(move |conn| event_store::of(conn, &code)).await.unwrap();
        let rungs = events.into_iter().filter_map(|e| Some((e.verb, e.data.step, e.data.percent?)));
        rungs.collect()
    }
}

fn refusal<T: std::fmt::Debug>(done: Result<T, Error>) -> Refusal {
    done.unwrap_err().refusal().unwrap().clone()
}

#[tokio::test]
async fn a_case_leaves_a_clock_for_every_step_and_attempt() {
    for_each_engine(async |db| {
        let mut case = Case::sent(&db).await;
        assert_eq!(case.steps().await, ["intake 1 runs"]);
        case.later(1).accepted().await;
        case.does(Role::Officer, work::start).await.unwrap();
        let given = AnswerGiven {
            outcome: Outcome::Forwarded,
            words: "It is the state's road".to_owned(),
            evidence: Vec::new(),
            planned_for: None,
        };
        case.later(3).does(Role::Officer, move |c, x, on| answer(c, x, on, &given)).await.unwrap();
        case.does(Role::Reviewer, |c, x, on| review::send_back(c, x, on, "Which road?"))
            .await
            .unwrap();
        assert_eq!(
            case.steps().await,
            ["intake 1 done", "work 1 done", "review 1 done", "work 2 runs"]
        );
        let kept = case.clocks().await;
        let promise = kept.iter().find(|k| k.clock.kind == ClockKind::Promise).unwrap();
        assert_eq!(promise.clock.due_at, case.report().await.due_at);
        let first = kept.iter().find(|k| k.clock.kind == ClockKind::FirstResponse).unwrap();
        assert_eq!(first.clock.stopped.as_ref().map(|s| s.how), Some(Ending::Done));
        let report = case.report().await;
        let procedure = harbour().procedure_of(&report).unwrap().hash.clone();
        assert_eq!(report.procedure_hash, Some(procedure));
    })
    .await;
}

#[tokio::test]
async fn each_rung_fires_once_and_lateness_is_public() {
    for_each_engine(async |db| {
        let mut case = Case::sent(&db).await;
        case.accepted().await;
        assert_eq!(case.swept().await, 0, "nothing is due yet");
        case.later(24 * 60);
        // The sweep reads what was due when it began, so the rungs of a long sleep come one sweep after the other.
        while case.swept().await > 0 {}
        let rungs = case.rungs().await;
        let mut of_work: Vec<_> = rungs
            .iter()
            .filter(|(_, step, _)| step.as_deref() == Some("work"))
            .map(|(verb, _, percent)| (*verb, *percent))
            .collect();
        // The clock of the test stands still: ids of one millisecond have no order.
        of_work.sort_by_key(|(_, percent)| *percent);
        assert_eq!(of_work, [(Verb::Warn, 80), (Verb::Escalate, 100), (Verb::Escalate, 150)]);
        let of_promise = rungs.iter().filter(|(_, step, _)| step.is_none()).count();
        assert_eq!(of_promise, 3);
        assert_eq!(case.swept().await, 0, "and never again");
        let code = case.code.clone();
        let events =
            db.read(move |conn| event_store::of::<ServiceRequest>(conn, &code)).await.unwrap();
        for event in events.iter().filter(|event| event.data.percent.is_some()) {
            let public = event.visibility.as_str() == "public";
            assert_eq!(public, event.data.percent >= Some(100));
        }
    })
    .await;
}

#[tokio::test]
async fn two_nodes_fire_a_rung_once() {
    for_each_engine(async |db| {
        let mut case = Case::sent(&db).await;
        case.accepted().await.later(24 * 60);
        let fired = tokio::join!(case.swept(), case.swept(), case.swept());
        let rungs = case.rungs().await;
        let firsts =
            rungs.iter().filter(|(_, step, p)| step.as_deref() == Some("work") && *p == 80);
        assert_eq!(firsts.count(), 1, "{fired:?} {rungs:?}");
    })
    .await;
}

#[tokio::test]
async fn more_time_is_asked_for_once_before_the_deadline_and_granted_by_the_head() {
    for_each_engine(async |db| {
        let mut case = Case::sent(&db).await;
        case.accepted().await;
        let before = case.report().await.due_at.unwrap();
        let ask = |c: &mut Conn<'_>, x: &Ctx, on: &On| extend::ask(c, x, on, 3, "Parts are late");
        case.does(Role::Officer, ask).await.unwrap();
        let grant = |c: &mut Conn<'_>, x: &Ctx, on: &On| extend::grant(c, x, on, "");
        assert_eq!(
            refusal(case.does(Role::Officer, grant).await),
            Refusal::WrongRole { verb: Verb::GrantExtension.as_str() }
        );
        assert_eq!(case.report().await.due_at, Some(before), "not before it is granted");
        case.does(Role::Head, grant).await.unwrap();
        let after = case.report().await.due_at.unwrap();
        assert_eq!(harbour().calendar.working_days_between(before, after), 3);
        assert_eq!(
            refusal(case.does(Role::Officer, ask).await),
            Refusal::OnlyOnce { verb: Verb::Extend.as_str() }
        );
    })
    .await;
}

#[tokio::test]
async fn past_the_deadline_there_is_no_more_time_and_progress_takes_a_date() {
    for_each_engine(async |db| {
        let mut case = Case::sent(&db).await;
        case.accepted().await.later(24 * 40);
        let ask = |c: &mut Conn<'_>, x: &Ctx, on: &On| extend::ask(c, x, on, 3, "Parts are late");
        assert_eq!(refusal(case.does(Role::Officer, ask).await), Refusal::AfterTheDeadline);
        let without = |c: &mut Conn<'_>, x: &Ctx, on: &On| work::progress(c, x, on, "Soon", None);
        assert_eq!(refusal(case.does(Role::Officer, without).await), Refusal::NeedsDate);
        let date = harbour().local_date(case.at) + jiff::Span::new().days(5);
        case.does(Role::Officer, move |c, x, on| work::progress(c, x, on, "On Friday", Some(date)))
            .await
            .unwrap();
        assert_eq!(case.report().await.committed_for, Some(date));
    })
    .await;
}

#[tokio::test]
async fn work_pauses_only_for_a_reason_its_step_names() {
    for_each_engine(async |db| {
        let mut case = Case::sent(&db).await;
        case.accepted().await;
        case.does(Role::Officer, work::start).await.unwrap();
        let pause = |code: &'static str| {
            move |c: &mut Conn<'_>, x: &Ctx, on: &On| work::pause(c, x, on, code, "")
        };
        let unnamed = harbour().pauses.iter().map(|p| p.code.clone()).find(|code| {
            !harbour().procedures.iter().flat_map(|p| &p.steps).any(|s| s.pauses_on.contains(code))
        });
        if let Some(code) = unnamed {
            let code: &'static str = Box::leak(code.into_boxed_str());
            assert_eq!(
                refusal(case.does(Role::Officer, pause(code)).await),
                Refusal::NoReasonToPause
            );
        }
        case.does(Role::Officer, pause("weather")).await.unwrap();
        let kept = case.clocks().await;
        let work = kept.iter().rfind(|kept| kept.clock.step == "work").unwrap();
        assert!(work.clock.is_suspended() && work.clock.due_at.is_none() && work.next.is_none());
    })
    .await;
}
