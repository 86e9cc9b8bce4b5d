//! The clocks of cases, told as lines: `step attempt office how`.

use super::*;
use crate::actor::Actor;
use crate::pack::{Pack, check, tests::files_of};
use crate::service_request::event::EventData;
use crate::service_request::workflow::Verb;
use crate::service_request::{ServiceRequest, State};
use jiff::SignedDuration;

/// A case that lives: its clocks, and where it is.
struct Life {
    pack: Pack,
    procedure: ProcedureCode,
    agency: AgencyId,
    clocks: Vec<Clock>,
    now: Timestamp,
    state: State,
    count: u32,
    at_once: Option<Budget>,
}

fn pack(city: &str) -> Pack {
    check(&files_of(city)).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

/// Sent on a Wednesday at 09:00 in Huế; every step an hour later.
fn a_life(city: &str, procedure: &str) -> Life {
    let pack = pack(city);
    let agency = pack.agencies.iter().rfind(|a| a.id != pack.centre).unwrap().id.clone();
    let mut life = Life {
        pack,
        procedure: procedure.parse().unwrap(),
        agency,
        clocks: Vec::new(),
        now: "2026-11-25T09:00:00+07:00".parse().unwrap(),
        state: State::Received,
        count: 0,
        at_once: None,
    };
    life.does(Verb::Submit, Role::Reporter, State::Received);
    life
}

impl Life {
    fn does(&mut self, verb: Verb, role: Role, to: State) -> &mut Self {
        self.does_with(verb, role, to, EventData::default())
    }

    fn does_with(&mut self, verb: Verb, role: Role, to: State, data: EventData) -> &mut Self {
        self.count += 1;
        let event: Event<ServiceRequest> = Event {
            id: format!("E{:04}", self.count).parse().unwrap(),
            case: "K7QM4RTX".parse().unwrap(),
            seq: i64::from(self.count),
            at: self.now,
            verb,
            actor: Actor { role, account: None, agency: None },
            from: (verb != Verb::Submit).then_some(self.state),
            to,
            attempt: 1,
            visibility: Visibility::Public,
            data,
        };
        self.state = to;
        let pack = &self.pack;
        let procedure = pack.procedure(&self.procedure, pack.local_date(self.now)).unwrap();
        let case = Case {
            procedure,
            calendar: &pack.calendar,
            agency: &self.agency,
            centre: &pack.centre,
            above: pack.above(&self.agency),
            own_time: procedure.intake().map(|step| step.id.as_str()).zip(self.at_once),
        };
        follow(&mut self.clocks, &case, &event);
        self.now += SignedDuration::from_hours(1);
        self
    }

    fn accepted(&mut self) -> &mut Self {
        self.does(Verb::Accept, Role::Operator, State::Assigned)
    }

    fn delivers(&mut self, step: &str) -> &mut Self {
        let data = EventData { step: Some(step.to_owned()), ..EventData::default() };
        self.does_with(Verb::Deliver, Role::Officer, State::InProgress, data)
    }

    fn steps(&self) -> Vec<String> {
        let steps = self.clocks.iter().filter(|clock| clock.kind == ClockKind::Step);
        steps
            .map(|clock| {
                let how = clock.stopped.as_ref().map_or("runs", |stopped| stopped.how.as_str());
                let how = if clock.is_suspended() { "suspended" } else { how };
                format!("{} {} {how}", clock.step, clock.attempt)
            })
            .collect()
    }

    fn owed(&self, verb: Verb) -> Vec<&str> {
        let procedure =
            self.pack.procedure(&self.procedure, self.pack.local_date(self.now)).unwrap();
        owed_before(&self.clocks, procedure, verb).iter().map(|step| step.id.as_str()).collect()
    }

    fn newest(&self, step: &str) -> &Clock {
        self.clocks.iter().rfind(|clock| clock.step == step).unwrap()
    }
}

#[test]
fn a_case_goes_from_step_to_step_and_each_has_a_clock() {
    let mut life = a_life("hue", "standard");
    assert_eq!(life.steps(), ["intake 1 runs"]);
    life.accepted().does(Verb::Start, Role::Officer, State::InProgress).does(
        Verb::Answer,
        Role::Officer,
        State::InReview,
    );
    assert_eq!(life.steps(), ["intake 1 done", "assign 1 done", "work 1 done", "review 1 runs"]);
    life.does(Verb::Publish, Role::Reviewer, State::Closed);
    assert!(life.clocks.iter().all(|clock| !clock.is_running()));
    assert_eq!(life.newest("review").agency, life.pack.centre);
    assert_eq!(life.newest("work").agency, life.agency);
}

#[test]
fn an_answer_at_once_passes_over_who_should_do_it() {
    let mut life = a_life("hue", "standard");
    life.accepted().does(Verb::Answer, Role::Officer, State::InReview);
    assert_eq!(life.steps(), ["intake 1 done", "assign 1 passed", "work 1 done", "review 1 runs"]);
}

#[test]
fn a_return_makes_a_new_attempt_and_overwrites_nothing() {
    let mut life = a_life("hue", "standard");
    life.accepted()
        .does(Verb::Start, Role::Officer, State::InProgress)
        .does(Verb::Answer, Role::Officer, State::InReview)
        .does(Verb::SendBack, Role::Reviewer, State::InProgress);
    assert_eq!(life.steps()[3..], ["review 1 done", "work 2 runs"]);
    life.does(Verb::GiveBack, Role::Officer, State::Received);
    assert_eq!(life.steps()[4..], ["work 2 returned", "intake 2 runs"]);
    life.accepted();
    assert_eq!(life.steps()[5..], ["intake 2 done", "assign 2 runs"]);
}

#[test]
fn reopened_it_begins_with_the_agency_again() {
    for verb in [Verb::Reopen, Verb::Appeal, Verb::PromiseDue] {
        let mut life = a_life("harbour", "standard");
        life.accepted()
            .does(Verb::Answer, Role::Officer, State::InReview)
            .does(Verb::Publish, Role::Reviewer, State::Closed)
            .does(verb, Role::Reporter, State::Assigned);
        assert_eq!(life.steps().last().unwrap(), "work 2 runs");
    }
}

#[test]
fn a_refusal_ends_the_case_and_a_contest_begins_the_intake_anew() {
    let mut life = a_life("hue", "standard");
    life.does(Verb::Refuse, Role::Operator, State::Closed);
    assert_eq!(life.steps(), ["intake 1 done"]);
    life.does(Verb::Contest, Role::Reporter, State::Received);
    assert_eq!(life.steps(), ["intake 1 done", "intake 2 runs"]);
    life.does(Verb::Withdraw, Role::Reporter, State::Closed);
    assert_eq!(life.steps(), ["intake 1 done", "intake 2 ended"]);
}

#[test]
fn a_question_stops_what_runs_until_the_reply_and_counts_as_a_first_word() {
    let mut life = a_life("hue", "standard");
    let due = life.newest("intake").due_at.unwrap();
    life.does(Verb::Ask, Role::Operator, State::WaitingReporter);
    assert_eq!(life.steps(), ["intake 1 suspended"]);
    assert_eq!(life.newest("intake").due_at, None);
    let first = life.clocks.iter().find(|clock| clock.kind == ClockKind::FirstResponse).unwrap();
    assert_eq!(first.stopped.as_ref().map(|stopped| stopped.how), Some(Ending::Done));
    life.does(Verb::Reply, Role::Reporter, State::Received);
    assert_eq!(life.newest("intake").due_at.unwrap().duration_since(due).as_hours(), 1);
}

#[test]
fn work_pauses_only_for_the_reasons_of_its_step() {
    let mut life = a_life("hue", "standard");
    life.accepted().does(Verb::Start, Role::Officer, State::InProgress);
    let pause = |code: &str| EventData { code: Some(code.to_owned()), ..EventData::default() };
    life.does_with(Verb::Pause, Role::Officer, State::InProgress, pause("lunch"));
    assert_eq!(life.steps().last().unwrap(), "work 1 runs");
    life.does_with(Verb::Pause, Role::Officer, State::InProgress, pause("weather"));
    assert_eq!(life.steps().last().unwrap(), "work 1 suspended");
    assert!(pauses_allowed(&life.clocks, &life.pack).contains(&"weather"));
    life.does(Verb::Resume, Role::Officer, State::InProgress);
    assert_eq!(life.steps().last().unwrap(), "work 1 runs");
}

#[test]
fn another_agency_begins_with_a_whole_budget_of_its_own() {
    let mut life = a_life("hue", "standard");
    life.accepted().does(Verb::Start, Role::Officer, State::InProgress);
    let before = life.agency.clone();
    life.agency = life
        .pack
        .agencies
        .iter()
        .find(|a| a.id != before && a.id != life.pack.centre)
        .unwrap()
        .id
        .clone();
    life.does(Verb::Assign, Role::Operator, State::Assigned);
    assert_eq!(life.steps()[2..], ["work 1 handed_over", "assign 2 runs"]);
    assert_eq!(
        (&life.newest("work").agency, &life.newest("assign").agency),
        (&before, &life.agency)
    );
}

#[test]
fn under_another_procedure_the_case_has_its_steps() {
    let mut life = a_life("hue", "standard");
    life.procedure = "tourism".parse().unwrap();
    life.does(Verb::Correct, Role::Operator, State::Received);
    assert_eq!(life.steps(), ["intake 1 handed_over", "intake 2 runs"]);
    life.accepted();
    assert_eq!(life.steps()[2..], ["verify 1 runs"]);
}

#[test]
fn a_product_that_no_verb_ends_is_owed_before_the_answer() {
    let mut life = a_life("hue", "urgent");
    life.accepted().does(Verb::Start, Role::Officer, State::InProgress);
    assert_eq!(life.owed(Verb::Answer), ["secure"]);
    life.delivers("secure");
    assert_eq!(life.owed(Verb::Answer), [] as [&str; 0]);
    assert_eq!(life.steps()[1..], ["secure 1 done", "repair 1 runs"]);
    life.does(Verb::Answer, Role::Officer, State::InReview)
        .does(Verb::Publish, Role::Reviewer, State::Closed)
        .does(Verb::Reopen, Role::Reporter, State::Assigned);
    assert_eq!(life.owed(Verb::Answer), ["secure"], "reopened, it is owed anew");
    life.delivers("repair");
    assert_eq!(
        life.steps().last().unwrap(),
        "secure 2 runs",
        "a step cannot be delivered before it begins"
    );
}

#[test]
fn two_steps_after_the_same_one_run_side_by_side_and_a_third_waits_for_both() {
    let mut files = files_of("harbour");
    let text = files.0.get_mut("procedures/standard.toml").unwrap();
    *text = text
        .replace("after = [\"work\"]", "after = [\"work\", \"permit\"]")
        .replace("10wd", "20wd");
    text.push_str(
        "\n[[step]]\nid = \"permit\"\nname = { en = \"Permit\" }\nrole = \"head\"\naction = { en = \"Get it\" }\n\
         product = { en = \"A permit\" }\nkind = \"document\"\nbudget = \"2wd\"\nafter = [\"intake\"]\n",
    );
    let pack = check(&files).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let mut life = Life { pack, ..a_life("harbour", "standard") };
    life.accepted();
    assert_eq!(life.steps()[1..], ["work 1 runs", "permit 1 runs"]);
    assert_eq!(life.owed(Verb::Publish), ["permit"]);
    life.does(Verb::Answer, Role::Officer, State::InReview);
    assert_eq!(
        life.steps()[1..],
        ["work 1 done", "permit 1 runs"],
        "the review waits for the permit"
    );
    life.delivers("permit");
    assert_eq!(life.steps()[2..], ["permit 1 done", "review 1 runs"]);
}

#[test]
fn each_rung_has_its_time_and_comes_once() {
    let mut life = a_life("hue", "standard");
    life.accepted().does(Verb::Start, Role::Officer, State::InProgress);
    let (pack, work) = (&life.pack, life.newest("work"));
    let procedure = pack.procedure(&life.procedure, pack.local_date(life.now)).unwrap();
    let rungs = &procedure.step("work").unwrap().on_overdue;
    let at =
        |fired| work.next_rung(&pack.calendar, rungs, fired).map(|(rung, at)| (rung.percent, at));
    let (eighty, hundred, late) = (at(0).unwrap(), at(80).unwrap(), at(100).unwrap());
    assert_eq!((eighty.0, hundred.0, late.0), (80, 100, 150));
    assert!(eighty.1 < hundred.1 && hundred.1 < late.1);
    assert_eq!(hundred.1, work.due_at.unwrap());
    assert_eq!(at(150), None);
}

#[test]
fn where_a_life_is_in_danger_intake_is_counted_in_minutes() {
    let mut life = a_life("hue", "standard");
    let calm = life.newest("intake").due_at;
    life.at_once = Some(Budget::Minutes(10));
    life.does(Verb::MarkUrgent, Role::Operator, State::Received);
    let intake = life.newest("intake");
    assert_eq!(intake.due_at, Some(intake.started_at + SignedDuration::from_mins(10)));
    life.at_once = None;
    life.does(Verb::ClearUrgent, Role::Operator, State::Received);
    assert_eq!(life.newest("intake").due_at, calm, "it waits like any other again");

    life.at_once = Some(Budget::Minutes(10));
    life.accepted();
    let work = life.newest("assign");
    assert!(work.due_at > Some(work.started_at + SignedDuration::from_mins(10)), "only intake");
}
