//! A task on both databases: given by a leader, done by an agency, late and told, sent back, confirmed; and what nobody may.

use crate::support::db::for_each_engine;
use crate::support::town::in_hue;
use crate::support::world::{harbour, now};
use axum::http::StatusCode;
use domain::actor::{Actor, Role};
use domain::case::Event;
use domain::clock::ClockKind;
use domain::ids::{AccountId, AgencyId, TaskId};
use domain::refusal::Refusal;
use domain::task::workflow::TaskVerb;
use domain::task::{Task, TaskDue, TaskOutcome, TaskState};
use domain::time::Budget;
use jiff::{SignedDuration, Timestamp};
use nhip::case::{Target, clock, event_store};
use nhip::kinds;
use nhip::platform::ctx::{Ctx, Ids};
use nhip::platform::db::{Conn, Db};
use nhip::platform::error::Error;
use nhip::task::TaskSight;
use nhip::task::action::offer::{Offered, offer};
use nhip::task::action::{
    accept::accept, confirm::confirm, done::done, extend, note::note, on, refuse::refuse,
    send_back::send_back, withdraw::withdraw,
};
use nhip::task::store::{self, TasksWanted};

/// A task in the harbour town, and who does what to it at which hour.
struct Given {
    db: Db,
    ids: Ids,
    id: TaskId,
    at: Timestamp,
}

fn agencies() -> (AgencyId, AgencyId) {
    let pack = harbour();
    let mut others = pack.agencies.iter().map(|a| a.id.clone()).filter(|id| *id != pack.centre);
    (others.next().unwrap(), others.next().unwrap())
}

fn ctx(ids: &Ids, role: Role, agency: Option<&AgencyId>, at: Timestamp) -> Ctx {
    let account = (role != Role::System).then(|| AccountId::parse(role.as_str()).unwrap());
    Ctx {
        now: at,
        actor: Actor { role, account, agency: agency.cloned() },
        ids: ids.clone(),
        pack: harbour(),
    }
}

fn to_clear_the_drains(due: TaskDue) -> Offered {
    Offered {
        to: agencies().0,
        about: None,
        what: "Clear the drains before the storm".to_owned(),
        product: "A list of drains".to_owned(),
        due,
        needs_evidence: false,
        address: String::new(),
        point: None,
        public: false,
    }
}

impl Given {
    async fn by_a_leader(db: &Db, due: TaskDue) -> Self {
        let ids = Ids::system();
        let (ctx, offered) = (ctx(&ids, Role::Leader, None, now()), to_clear_the_drains(due));
        let (task, _) = db.write(move |conn| offer(conn, &ctx, &offered)).await.unwrap();
        Self { db: db.clone(), ids, id: task.id, at: now() }
    }

    fn later(&mut self, hours: i64) -> &mut Self {
        self.at += SignedDuration::from_hours(hours);
        self
    }

    async fn task(&self) -> Task {
        let id = self.id.clone();
        self.db.read(move |conn| store::find(conn, &id)).await.unwrap().unwrap()
    }

    async fn does<T: Send + 'static>(
        &self,
        role: Role,
        act: impl FnOnce(&mut Conn<'_>, &Ctx, &Target) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.done_by(role, &agencies().0, None, act).await
    }

    async fn done_by<T: Send + 'static>(
        &self,
        role: Role,
        agency: &AgencyId,
        seen: Option<i64>,
        act: impl FnOnce(&mut Conn<'_>, &Ctx, &Target) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (ctx, on) = (ctx(&self.ids, role, Some(agency), self.at), on(&self.id, seen));
        self.db.write(move |conn| act(conn, &ctx, &on)).await
    }

    /// Fires what is due, until nothing is.
    async fn time_passes(&self) {
        loop {
            let ctx = ctx(&self.ids, Role::System, None, self.at);
            let fired = self.db.write(move |conn| kinds::escalate_due(conn, &ctx, 100)).await;
            let fired = fired.unwrap();
            assert_eq!(fired.failed, 0);
            if fired.done.is_empty() {
                return;
            }
        }
    }

    async fn history(&self) -> Vec<Event<Task>> {
        let case = self.task().await.case();
        self.db.read(move |conn| event_store::of(conn, &case)).await.unwrap()
    }

    async fn verbs(&self) -> Vec<TaskVerb> {
        self.history().await.iter().map(|event| event.verb).collect()
    }

    async fn steps(&self) -> Vec<String> {
        let case = self.task().await.case();
        let clocks = self.db.read(move |conn| clock::of(conn, &case)).await.unwrap();
        let steps = clocks.into_iter().map(|kept| kept.clock);
        steps
            .filter(|clock| clock.kind == ClockKind::Step)
            .map(|clock| {
                let how = clock.stopped.map_or("runs", |stopped| stopped.how.as_str());
                format!("{} {} {how}", clock.step, clock.attempt)
            })
            .collect()
    }
}

fn refusal<T: std::fmt::Debug>(done: Result<T, Error>) -> Refusal {
    done.unwrap_err().refusal().unwrap().clone()
}

const THREE_DAYS: TaskDue = TaskDue::Budget(Budget::WorkingDays(3));

#[tokio::test]
async fn a_task_is_offered_accepted_late_and_told_done_sent_back_done_again_and_confirmed() {
    for_each_engine(async |db| {
        let mut task = Given::by_a_leader(&db, THREE_DAYS).await;
        assert_eq!(task.id.as_str(), "2026-0001");
        assert_eq!(task.steps().await, ["accept 1 runs"]);
        task.does(Role::Head, accept).await.unwrap();
        let accepted = task.task().await;
        assert_eq!(accepted.state, TaskState::Accepted);
        assert_eq!(accepted.step.unwrap().due, accepted.due_at, "accepted on the day it was given");
        task.later(24 * 14).time_passes().await;
        let rungs: Vec<_> = task.history().await.iter().filter_map(|e| e.data.percent).collect();
        assert_eq!(rungs, [80, 100, 150], "each rung once");
        assert!(task.task().await.is_late(task.at));
        task.does(Role::Officer, |c, x, on| done(c, x, on, "Forty drains", &[])).await.unwrap();
        task.does(Role::Leader, |c, x, on| send_back(c, x, on, "And the harbour?")).await.unwrap();
        let again = task.task().await;
        assert_eq!((again.state, again.attempt, again.done_at), (TaskState::Accepted, 2, None));
        task.later(2).does(Role::Officer, |c, x, on| done(c, x, on, "All", &[])).await.unwrap();
        task.does(Role::Leader, |c, x, on| confirm(c, x, on, "")).await.unwrap();
        let end = task.task().await;
        assert_eq!((end.state, end.outcome), (TaskState::Closed, Some(TaskOutcome::Confirmed)));
        assert!(end.closed_at == Some(task.at) && end.step.is_none());
        assert_eq!(
            task.steps().await,
            [
                "accept 1 done",
                "carry_out 1 done",
                "confirm 1 done",
                "carry_out 2 done",
                "confirm 2 done"
            ]
        );
        let before = task.verbs().await.len();
        task.later(24 * 60).time_passes().await;
        assert_eq!(task.verbs().await.len(), before, "a closed task is never late again");
    })
    .await;
}

#[tokio::test]
async fn a_date_that_was_named_is_the_deadline_to_the_minute_and_may_be_put_off_once() {
    for_each_engine(async |db| {
        let friday: Timestamp = "2027-01-08T17:00:00+01:00".parse().unwrap();
        let mut task = Given::by_a_leader(&db, TaskDue::At(friday)).await;
        assert_eq!(task.task().await.due_at, Some(friday));
        task.later(20).does(Role::Head, accept).await.unwrap();
        assert_eq!(task.task().await.step.unwrap().due, Some(friday));
        let ask =
            |c: &mut Conn<'_>, x: &Ctx, on: &Target| extend::ask(c, x, on, 2, "The pump broke");
        task.does(Role::Officer, ask).await.unwrap();
        assert_eq!(task.task().await.due_at, Some(friday), "not before it is granted");
        let grant = |c: &mut Conn<'_>, x: &Ctx, on: &Target| extend::grant(c, x, on, "");
        let by_another = task.does(Role::Operator, grant).await;
        assert_eq!(refusal(by_another), Refusal::NotYourAgency, "the leader gave it");
        task.does(Role::Leader, grant).await.unwrap();
        let put_off = friday + SignedDuration::from_hours(48);
        let granted = task.task().await;
        assert_eq!((granted.due_at, granted.step.unwrap().due), (Some(put_off), Some(put_off)));
        let once = Refusal::OnlyOnce { verb: TaskVerb::Extend.as_str() };
        assert_eq!(refusal(task.does(Role::Officer, ask).await), once);
    })
    .await;
}

#[tokio::test]
async fn whoever_does_at_once_what_was_offered_has_accepted_it() {
    for_each_engine(async |db| {
        let task = Given::by_a_leader(&db, THREE_DAYS).await;
        task.does(Role::Officer, |c, x, on| done(c, x, on, "Done", &[])).await.unwrap();
        let history = task.history().await;
        assert_eq!(history.last().unwrap().data.implied, ["accept"]);
        assert_eq!(task.steps().await, ["accept 1 passed", "carry_out 1 done", "confirm 1 runs"]);
    })
    .await;
}

#[tokio::test]
async fn a_task_is_refused_with_a_code_that_is_known() {
    for_each_engine(async |db| {
        let task = Given::by_a_leader(&db, THREE_DAYS).await;
        let say = |code: &'static str| {
            move |c: &mut Conn<'_>, x: &Ctx, on: &Target| refuse(c, x, on, (code, ""))
        };
        assert_eq!(refusal(task.does(Role::Head, say("")).await), Refusal::NeedsReason);
        assert!(matches!(
            refusal(task.does(Role::Head, say("lazy")).await),
            Refusal::Unknown { what: "code", .. }
        ));
        task.does(Role::Head, say("no_means")).await.unwrap();
        let refused = task.task().await;
        assert_eq!(refused.outcome, Some(TaskOutcome::Refused));
        assert_eq!(refused.code.as_deref(), Some("no_means"));
    })
    .await;
}

#[tokio::test]
async fn another_agency_neither_sees_nor_touches_a_task() {
    for_each_engine(async |db| {
        let task = Given::by_a_leader(&db, THREE_DAYS).await;
        let (own, other) = agencies();
        let tried = task.done_by(Role::Head, &other, None, accept).await;
        assert_eq!(refusal(tried), Refusal::NotYourAgency);
        let tried =
            task.done_by(Role::Officer, &other, None, |c, x, on| note(c, x, on, "Hm")).await;
        assert_eq!(refusal(tried), Refusal::NotYourAgency);
        let read = async |agency: &AgencyId| {
            let sight = TaskSight { all: false, confidential: false, agency: Some(agency.clone()) };
            let wanted = TasksWanted::open(sight);
            db.read(move |conn| store::list(conn, &wanted, 10)).await.unwrap().len()
        };
        assert_eq!((read(&own).await, read(&other).await), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn a_form_that_saw_less_is_stale_but_a_note_is_always_welcome() {
    for_each_engine(async |db| {
        let task = Given::by_a_leader(&db, THREE_DAYS).await;
        let own = agencies().0;
        task.does(Role::Officer, |c, x, on| note(c, x, on, "We look")).await.unwrap();
        task.done_by(Role::Head, &own, Some(1), accept).await.unwrap();
        let stale = |c: &mut Conn<'_>, x: &Ctx, on: &Target| withdraw(c, x, on, "No storm");
        let tried = task.done_by(Role::Leader, &own, Some(1), stale).await;
        assert_eq!(refusal(tried), Refusal::Stale { seen: 1, current: 3 });
        task.done_by(Role::Leader, &own, Some(1), |c, x, on| note(c, x, on, "Good")).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn of_two_who_accept_at_once_one_is_told_and_two_given_at_once_have_two_numbers() {
    for_each_engine(async |db| {
        let (one, other) =
            tokio::join!(Given::by_a_leader(&db, THREE_DAYS), Given::by_a_leader(&db, THREE_DAYS));
        let mut numbers = [one.id.as_str(), other.id.as_str()];
        numbers.sort_unstable();
        assert_eq!(numbers, ["2026-0001", "2026-0002"]);
        let (a, b) = tokio::join!(one.does(Role::Head, accept), one.does(Role::Officer, accept));
        assert_eq!([a.is_ok(), b.is_ok()].iter().filter(|ok| **ok).count(), 1);
        assert_eq!(one.verbs().await, [TaskVerb::Offer, TaskVerb::Accept]);
    })
    .await;
}

#[tokio::test]
async fn leaders_read_of_every_agency_what_is_open_late_and_done_in_time() {
    for_each_engine(async |db| {
        let mut task = Given::by_a_leader(&db, THREE_DAYS).await;
        let at = task.later(24 * 14).at;
        let sight = TaskSight { all: true, confidential: false, agency: None };
        let standing = async || {
            let sight = sight.clone();
            db.read(move |conn| store::by_agency(conn, &sight, at)).await.unwrap()
        };
        let late = standing().await;
        assert_eq!(
            late.iter().map(|s| (s.open, s.late, s.confirmed)).collect::<Vec<_>>(),
            [(1, 1, 0)]
        );
        task.does(Role::Officer, |c, x, on| done(c, x, on, "Late", &[])).await.unwrap();
        task.does(Role::Leader, |c, x, on| confirm(c, x, on, "")).await.unwrap();
        let end = standing().await;
        assert_eq!(end.first().map(|s| (s.open, s.confirmed, s.in_time)), Some((0, 1, 0)));
    })
    .await;
}

#[tokio::test]
async fn a_leader_gives_a_task_about_a_report_at_the_desk_and_each_side_is_told() {
    in_hue(async |town| {
        let code = town.sent("unpermitted-building", "hoa@example.org").await;
        town.does(Role::Operator, &code, "accept", &[]).await;
        let agency = town.report(&code).await.agency;
        let mut leader = town.reachable(Role::Leader, None).await;
        let mut officer = town.reachable(Role::Officer, Some(&agency)).await;
        let pack = town.city.app.pack.load_full();
        let other = pack.agencies.iter().find(|a| a.id != agency && a.id != pack.centre).unwrap();
        let mut stranger = town.staff(Role::Officer, Some(&other.id)).await;

        let new = "/desk/tasks/new?lang=en";
        let mut typed = vec![
            ("key", "once"),
            ("about", code.as_str()),
            ("agency", agency.as_str()),
            ("what", "Seal the site"),
            ("days", "3"),
        ];
        let incomplete = leader.post(new, &typed).await;
        assert_eq!(incomplete.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(incomplete.text().contains("Seal the site"), "what was typed is kept");
        typed.push(("product", "A record with photos"));
        let given = leader.post(new, &typed).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text());
        let task = given.location();
        assert_eq!(task, "/desk/tasks/2026-0001");
        assert_eq!(leader.post(new, &typed).await.location(), task, "a form sent twice gives once");
        let refused = officer.post(new, &typed).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "an officer gives no tasks");
        assert_eq!(town.letters_named("task_offered").await, 1);

        let list = officer.get("/desk/tasks?lang=en").await.text();
        assert!(list.contains("2026-0001") && list.contains("Waits for you"), "{list}");
        assert!(!stranger.get("/desk/tasks?lang=en").await.text().contains("2026-0001"));
        assert_eq!(stranger.get(&task).await.status, StatusCode::NOT_FOUND);
        let touched = stranger.post(&format!("{task}/accept"), &[("version", "1")]).await;
        assert_eq!(touched.status, StatusCode::NOT_FOUND);

        let of_reports = town.letters_named("work").await;
        let accepted = officer.post(&format!("{task}/accept"), &[("version", "1")]).await;
        assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.text());
        assert_eq!(town.letters_named("work").await, of_reports, "no report was accepted");
        let late = [("version", "1"), ("reason", "The owner is gone"), ("code", "no_means")];
        let stale = officer.post(&format!("{task}/unable"), &late).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.text().contains("The owner is gone"), "what was typed is kept");
        let result = [("version", "2"), ("reason", "Sealed at noon")];
        let done = officer.post(&format!("{task}/done"), &result).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert_eq!(town.letters_named("task_done").await, 1);

        let page = leader.get(&format!("{task}?lang=en")).await.text();
        assert!(page.contains("Sealed at noon") && page.contains("Confirm it"), "{page}");
        let confirmed = leader.post(&format!("{task}/confirm"), &[("version", "3")]).await;
        assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.text());
        let about = leader.get(&format!("/desk/tasks?about={code}&lang=en")).await.text();
        assert!(about.contains("2026-0001") && about.contains("Done and confirmed"), "{about}");
    })
    .await;
}

#[tokio::test]
async fn where_nobody_takes_a_task_on_in_time_the_head_and_who_gave_it_are_told_once() {
    in_hue(async |town| {
        let pack = town.city.app.pack.load_full();
        let agency = &pack.agencies.iter().find(|a| a.id != pack.centre).unwrap().id;
        let mut leader = town.reachable(Role::Leader, None).await;
        town.reachable(Role::Head, Some(agency)).await;
        town.reachable(Role::Officer, Some(agency)).await;
        let typed = [
            ("agency", agency.as_str()),
            ("what", "Clear the drains"),
            ("product", "A list"),
            ("days", "5"),
        ];
        let given = leader.post("/desk/tasks/new", &typed).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text());
        town.at("2026-03-11T12:00").job("tell who runs out of time").await;
        assert_eq!(town.letters_named("task_late").await, 0, "there is still time");
        town.at("2026-03-12T08:00").job("tell who runs out of time").await;
        assert_eq!(town.letters_named("task_late").await, 2);
        town.job("tell who runs out of time").await;
        assert_eq!(town.letters_named("task_late").await, 2, "each rung once");
    })
    .await;
}
