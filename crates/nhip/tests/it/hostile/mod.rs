//! Every route of the table, and whatever nasty people, broken programs and bad luck may send to it: never a failure,
//! never a panic, never slow, errors in the form that was asked for, and nothing of what was typed is lost.
//!
//! Routes come from the table and forms from the pages themselves, so that what is added is attacked without a word
//! here. Each kind of person has a test of their own, so that all see what is open to them.

mod attack;
mod inputs;
mod judge;
mod shot;
mod stage;

use crate::support::db::on_postgres;
use domain::actor::Role;
use stage::{Stage, Who};

macro_rules! attacks {
    ($($name:ident: $who:expr,)+) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            attack::everything(&Stage::new($who, None).await).await;
        }
    )+};
}

attacks! {
    nobody_breaks_nothing: Who::Nobody,
    a_reporter_breaks_nothing: Who::Reporter,
    a_citizen_breaks_nothing: Who::Citizen,
    an_operator_breaks_nothing: Who::Staff(Role::Operator),
    a_reviewer_breaks_nothing: Who::Staff(Role::Reviewer),
    an_officer_breaks_nothing: Who::Staff(Role::Officer),
    a_head_breaks_nothing: Who::Staff(Role::Head),
    an_inspector_breaks_nothing: Who::Staff(Role::Inspector),
    a_leader_breaks_nothing: Who::Staff(Role::Leader),
    an_administrator_breaks_nothing: Who::Staff(Role::Administrator),
}

#[test]
fn every_role_of_staff_has_its_attack() {
    let staff = Role::ALL.iter().filter(|role| !matches!(role, Role::System | Role::Reporter));
    assert_eq!(staff.count(), 7, "a new role needs its attack above");
}

/// PostgreSQL refuses what SQLite takes: zero bytes, numbers that do not fit, wrong encodings.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_other_database_breaks_as_little() {
    for who in [Who::Nobody, Who::Reporter, Who::Staff(Role::Operator)] {
        on_postgres(async |db| attack::everything(&Stage::new(who, Some(db)).await).await).await;
    }
}
