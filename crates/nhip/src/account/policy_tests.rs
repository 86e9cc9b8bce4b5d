//! The whole policy as one table of text, so that a change of it is seen as what it is.

use super::*;
use domain::ids::{AccountId, AgencyId, PersonId};
use domain::localized::Localized;
use domain::place::Point;
use domain::service::{Precision, Service, Urgency};
use jiff::Timestamp;
use std::fmt::Write as _;

const MATRIX: &str = include_str!("policy_matrix.txt");
const ROLES: &[Role] = &[Operator, Reviewer, Officer, Head, Inspector, Leader, Administrator];

fn someone(roles: &[Role]) -> Signed {
    Signed {
        account: AccountId::parse("someone").unwrap(),
        name: "Someone".into(),
        login: Some("someone".into()),
        roles: roles.to_vec(),
        agency: Some(AgencyId::parse("roads").unwrap()),
        person: Some(PersonId::parse("P1").unwrap()),
        kind: Kind::Staff,
        language: "en".into(),
        shortcuts: true,
        session: "hash".into(),
        seen_at: Timestamp::UNIX_EPOCH,
    }
}

fn report(agency: &str, confidential: bool) -> ServiceRequest {
    let (id, service, area) = ("K7QM4RTX".parse().unwrap(), a_service(), "north".parse().unwrap());
    let point = Point::new(16.46, 107.59).unwrap();
    let mut report = ServiceRequest::received(
        id,
        &service,
        area,
        agency.parse().unwrap(),
        point,
        Timestamp::UNIX_EPOCH,
    );
    report.confidential = confidential;
    report
}

fn a_service() -> Service {
    Service {
        code: "pothole".parse().unwrap(),
        field: "roads".parse().unwrap(),
        name: Localized::default(),
        hint: Localized::default(),
        keywords: Localized::default(),
        icon: String::new(),
        urgency: Urgency::Normal,
        precision: Precision::Exact,
        confidential: false,
        procedure: "repair".parse().unwrap(),
        attributes: Vec::new(),
    }
}

/// Which of own, other and confidential reports: `own`, `any`, `conf`, `·` for none.
fn cell(role: Role, action: Action) -> &'static str {
    let signed = someone(&[role]);
    let on = |agency: &str, confidential: bool| {
        may(&signed, action, Some(&report(agency, confidential)))
    };
    match (on("roads", false), on("water", false), on("water", true)) {
        (true, true, false) => "any",
        (true, false, false) => "own",
        (false, false, true) => "conf",
        (false, false, false) => "·",
        _ => "?",
    }
}

fn matrix() -> String {
    let mut text = format!("{:<16}", "");
    for role in ROLES {
        let _ = write!(text, "{:<14}", role.as_str());
    }
    for action in Action::ALL {
        let _ = write!(text, "\n{:<16}", format!("{action:?}"));
        for role in ROLES {
            let _ = write!(text, "{:<14}", cell(*role, *action));
        }
    }
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn the_policy_is_the_one_we_wrote_down() {
    assert_eq!(
        matrix(),
        MATRIX,
        "if you meant this change, write it into policy_matrix.txt:\n{}",
        matrix()
    );
}

#[test]
fn every_action_has_a_row_and_a_citizen_is_allowed_none() {
    let citizen = Signed { kind: Kind::Citizen, ..someone(ROLES) };
    for action in Action::ALL {
        assert!(POLICIES.iter().any(|p| p.action == *action), "{action:?}");
        assert!(!may(&citizen, *action, None), "{action:?}");
    }
}

#[test]
fn with_several_roles_the_first_that_the_workflow_allows_acts() {
    let both = someone(&[Reviewer, Operator]);
    assert_eq!(both.actor_for(Verb::Accept, &report("water", false)).unwrap().role, Operator);
    assert_eq!(both.actor_for(Verb::Note, &report("water", false)).unwrap().role, Reviewer);
}

#[test]
fn the_refusal_is_the_one_that_says_most() {
    let verb = Verb::GiveBack;
    let mut theirs = report("water", false);
    theirs.state = domain::service_request::State::Assigned;
    assert_eq!(someone(&[Operator, Officer]).actor_for(verb, &theirs), Err(Refusal::NotYourAgency));
    let wrong = someone(&[Operator, Officer]).actor_for(verb, &report("roads", false));
    assert!(matches!(wrong, Err(Refusal::WrongState { .. })), "{wrong:?}");
    assert_eq!(someone(&[]).actor_for(verb, &theirs), Err(Refusal::Forbidden));
}

#[test]
fn a_signed_in_reporter_acts_on_their_own_report_and_leaves_no_account_in_its_history() {
    let mut own = report("roads", false);
    own.reporter = Some(PersonId::parse("P1").unwrap());
    let citizen = Signed { kind: Kind::Citizen, roles: Vec::new(), agency: None, ..someone(&[]) };
    assert_eq!(citizen.actor_for(Verb::Withdraw, &own), Ok(Actor::reporter()));
    assert_eq!(citizen.actor_for(Verb::Withdraw, &report("roads", false)), Err(Refusal::Forbidden));
}
