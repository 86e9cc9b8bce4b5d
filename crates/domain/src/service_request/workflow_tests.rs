//! The whole workflow, printed: every state × verb with who may, or why not.

use super::*;
use crate::ids::{
    AccountId, AgencyId, AreaId, FieldCode, ProcedureCode, ServiceCode, ServiceRequestId,
};
use crate::localized::Localized;
use crate::place::Point;
use crate::service::{Precision, Service, Urgency};
use crate::service_request::Rating;
use jiff::Timestamp;

fn pothole(confidential: bool) -> Service {
    Service {
        code: ServiceCode::parse("pothole").unwrap(),
        field: FieldCode::parse("roads").unwrap(),
        name: Localized::default(),
        hint: Localized::default(),
        keywords: Localized::default(),
        icon: String::new(),
        urgency: Urgency::Normal,
        precision: Precision::Exact,
        confidential,
        procedure: ProcedureCode::parse("standard").unwrap(),
        attributes: Vec::new(),
    }
}

fn a_report(state: State) -> ServiceRequest {
    let point = Point::new(16.0, 107.0).unwrap();
    let id = ServiceRequestId::parse("K7QM4RTX").unwrap();
    let mut report = ServiceRequest::received(
        id,
        &pothole(false),
        AreaId::parse("ward").unwrap(),
        roads(),
        point,
        Timestamp::UNIX_EPOCH,
    );
    report.state = state;
    report
}

fn closed_as(outcome: Outcome) -> ServiceRequest {
    ServiceRequest { outcome: Some(outcome), ..a_report(State::Closed) }
}

fn roads() -> AgencyId {
    AgencyId::parse("roads").unwrap()
}

fn account(name: &str) -> AccountId {
    AccountId::parse(name).unwrap()
}

fn staff(role: Role) -> Actor {
    Actor { role, account: Some(account("mai")), agency: Some(roads()) }
}

fn line(report: &ServiceRequest, verb: Verb) -> String {
    let allowed: Vec<&str> = Role::ALL
        .iter()
        .filter(|role| permit(report, verb, &staff(**role)).is_ok())
        .map(|role| role.as_str())
        .collect();
    if allowed.is_empty() { "-".to_owned() } else { allowed.join(" ") }
}

#[test]
fn the_table_allows_exactly_this() {
    let mut printed = String::new();
    for state in State::ALL {
        for verb in Verb::ALL {
            let report =
                if *state == State::Closed { closed_as(Outcome::Fixed) } else { a_report(*state) };
            printed.push_str(&format!("{state:<17} {verb:<17} {}\n", line(&report, *verb)));
        }
    }
    let expected = include_str!("workflow.snapshot.txt");
    assert_eq!(
        printed, expected,
        "the workflow changed; if that is meant, put this into workflow.snapshot.txt:\n{printed}"
    );
}

#[test]
fn every_verb_but_submit_has_one_row() {
    for verb in Verb::ALL {
        let rows = TRANSITIONS.iter().filter(|t| t.verb == *verb).count();
        assert_eq!(rows, usize::from(*verb != Verb::Submit), "{verb}");
    }
}

#[test]
fn a_refusal_can_be_contested_once_and_somebody_else_decides() {
    let mut report = closed_as(Outcome::Refused);
    assert!(permit(&report, Verb::Contest, &Actor::reporter()).is_ok());
    report.contested = true;
    assert_eq!(
        permit(&report, Verb::Contest, &Actor::reporter()).unwrap_err(),
        Refusal::OnlyOnce { verb: Verb::Contest.as_str() }
    );
    report.state = State::Received;
    report.refused_by = Some(account("mai"));
    for verb in [Verb::Accept, Verb::Refuse, Verb::Merge] {
        let refused = permit(&report, verb, &staff(Role::Operator)).unwrap_err();
        assert_eq!(refused, Refusal::OwnRefusal, "{verb}");
    }
    report.refused_by = Some(account("an"));
    assert!(permit(&report, Verb::Accept, &staff(Role::Operator)).is_ok());
}

#[test]
fn a_second_time_not_satisfied_is_an_appeal_and_there_is_one() {
    let mut report = closed_as(Outcome::Fixed);
    let reporter = Actor::reporter();
    assert_eq!(permit(&report, Verb::Appeal, &reporter).unwrap_err(), Refusal::ReopenFirst);
    report.reopenings = 1;
    assert_eq!(permit(&report, Verb::Reopen, &reporter).unwrap_err(), Refusal::AppealInstead);
    assert!(permit(&report, Verb::Appeal, &reporter).is_ok());
    report.appealed = true;
    assert_eq!(
        permit(&report, Verb::Appeal, &reporter).unwrap_err(),
        Refusal::OnlyOnce { verb: Verb::Appeal.as_str() }
    );
}

#[test]
fn nobody_reviews_their_own_answer() {
    let mut report = a_report(State::InReview);
    report.answered_by = Some(account("mai"));
    assert_eq!(
        permit(&report, Verb::Publish, &staff(Role::Reviewer)).unwrap_err(),
        Refusal::OwnAnswer
    );
}

#[test]
fn another_agency_cannot_touch_a_report() {
    let mut outsider = staff(Role::Officer);
    outsider.agency = Some(AgencyId::parse("parks").unwrap());
    for verb in [Verb::Start, Verb::Answer, Verb::Ask, Verb::GiveBack, Verb::Note] {
        assert_eq!(
            permit(&a_report(State::Assigned), verb, &outsider).unwrap_err(),
            Refusal::NotYourAgency,
            "{verb}"
        );
    }
}

#[test]
fn a_report_about_an_official_is_for_inspectors_and_nobody_else() {
    for state in State::ALL {
        let report = ServiceRequest { confidential: true, ..a_report(*state) };
        for verb in Verb::ALL {
            for role in Role::ALL
                .iter()
                .filter(|r| !matches!(r, Role::Inspector | Role::Reporter | Role::System))
            {
                assert!(
                    permit(&report, *verb, &staff(*role)).is_err(),
                    "{role} may {verb} a confidential report"
                );
            }
        }
    }
    let report = ServiceRequest { confidential: true, ..a_report(State::Received) };
    assert!(permit(&report, Verb::Accept, &staff(Role::Inspector)).is_ok());
}

#[test]
fn a_result_is_rated_once() {
    let mut report = closed_as(Outcome::Fixed);
    assert!(permit(&report, Verb::Rate, &Actor::reporter()).is_ok());
    report.rating = Some(Rating::Acceptable);
    assert_eq!(
        permit(&report, Verb::Rate, &Actor::reporter()).unwrap_err(),
        Refusal::OnlyOnce { verb: Verb::Rate.as_str() }
    );
}
