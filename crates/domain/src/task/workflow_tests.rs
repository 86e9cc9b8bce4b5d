//! The whole workflow, printed: every state × verb with who may, or why not.

use super::*;
use crate::ids::{AccountId, AgencyId};
use crate::task::{Giver, TaskDue};
use crate::time::Budget;
use jiff::Timestamp;

fn agency(id: &str) -> AgencyId {
    AgencyId::parse(id).unwrap()
}

fn a_task(state: TaskState) -> Task {
    let start = Timestamp::UNIX_EPOCH;
    Task {
        id: "2026-0012".parse().unwrap(),
        version: 1,
        changed_seq: 1,
        state,
        outcome: None,
        giver: Giver { role: Leader, account: None, agency: None },
        agency: agency("roads"),
        assignee: None,
        about: None,
        what: "Clear the drains".to_owned(),
        product: "A list with photos".to_owned(),
        needs_evidence: false,
        address: None,
        point: None,
        public: false,
        confidential: false,
        given_due: TaskDue::Budget(Budget::WorkingDays(3)),
        procedure: "task".parse().unwrap(),
        procedure_version: 1,
        procedure_hash: String::new(),
        extension: None,
        extension_asked: None,
        attempt: 1,
        created_at: start,
        updated_at: start,
        clock_from: start,
        due_at: None,
        step: None,
        accepted_at: None,
        done_at: None,
        done_by: None,
        closed_at: None,
        result: None,
        code: None,
    }
}

fn staff(role: Role, of: &str) -> Actor {
    Actor { role, account: Some(AccountId::parse("mai").unwrap()), agency: Some(agency(of)) }
}

fn line(task: &Task, verb: TaskVerb) -> String {
    let allowed = |role: &&Role| permit(task, verb, &staff(**role, "roads")).is_ok();
    let allowed: Vec<&str> = Role::ALL.iter().filter(allowed).map(|role| role.as_str()).collect();
    if allowed.is_empty() { "-".to_owned() } else { allowed.join(" ") }
}

#[test]
fn the_table_allows_exactly_this() {
    let mut printed = String::new();
    for state in TaskState::ALL {
        for verb in TaskVerb::ALL {
            printed.push_str(&format!("{state:<9} {verb:<16} {}\n", line(&a_task(*state), *verb)));
        }
    }
    let expected = include_str!("workflow.snapshot.txt");
    assert_eq!(
        printed, expected,
        "the workflow changed; if that is meant, put this into workflow.snapshot.txt:\n{printed}"
    );
}

#[test]
fn every_verb_but_offer_has_one_row() {
    for verb in TaskVerb::ALL {
        let rows = TRANSITIONS.iter().filter(|row| row.verb == *verb).count();
        assert_eq!(rows, usize::from(*verb != TaskVerb::Offer), "{verb}");
    }
}

#[test]
fn another_agency_neither_does_a_task_nor_speaks_in_it() {
    for verb in
        [TaskVerb::Accept, TaskVerb::Refuse, TaskVerb::Done, TaskVerb::Extend, TaskVerb::Note]
    {
        let refused = permit(&a_task(Offered), verb, &staff(Officer, "parks"));
        assert_eq!(refused.unwrap_err(), Refusal::NotYourAgency, "{verb}");
    }
}

#[test]
fn only_the_office_that_gave_a_task_confirms_or_withdraws_it() {
    let mut task = a_task(Done);
    for verb in [TaskVerb::Confirm, TaskVerb::SendBack, TaskVerb::Withdraw] {
        assert!(permit(&task, verb, &staff(Leader, "city")).is_ok(), "{verb}");
        let refused = permit(&task, verb, &staff(Operator, "city")).unwrap_err();
        assert_eq!(refused, Refusal::NotYourAgency, "{verb}");
    }
    task.giver = Giver { role: Head, account: None, agency: Some(agency("roads")) };
    assert!(permit(&task, TaskVerb::Confirm, &staff(Head, "roads")).is_ok());
    assert!(permit(&task, TaskVerb::Confirm, &staff(Head, "parks")).is_err());
}

#[test]
fn nobody_confirms_what_they_did_themselves() {
    let mut task = a_task(Done);
    task.giver = Giver { role: Head, account: None, agency: Some(agency("roads")) };
    task.done_by = Some(AccountId::parse("mai").unwrap());
    let refused = permit(&task, TaskVerb::Confirm, &staff(Head, "roads")).unwrap_err();
    assert_eq!(refused, Refusal::OwnAnswer);
}

#[test]
fn more_time_is_asked_for_once() {
    let mut task = a_task(Accepted);
    let officer = staff(Officer, "roads");
    assert!(permit(&task, TaskVerb::Extend, &officer).is_ok());
    assert!(permit(&task, TaskVerb::GrantExtension, &staff(Leader, "city")).is_err());
    task.extension_asked = Some(Budget::WorkingDays(2));
    assert!(permit(&task, TaskVerb::GrantExtension, &staff(Leader, "city")).is_ok());
    let again = permit(&task, TaskVerb::Extend, &officer).unwrap_err();
    assert_eq!(again, Refusal::OnlyOnce { verb: TaskVerb::Extend.as_str() });
}

#[test]
fn a_head_gives_tasks_within_the_own_agency_and_an_officer_none() {
    assert!(may_give(&staff(Head, "roads"), &agency("roads")));
    assert!(!may_give(&staff(Head, "roads"), &agency("parks")));
    assert!(may_give(&staff(Leader, "city"), &agency("parks")));
    assert!(!may_give(&staff(Officer, "roads"), &agency("roads")));
}
