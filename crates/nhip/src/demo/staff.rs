//! One sign-in for each role, printed at every start. The passwords are public: a demo holds nothing to protect.

use super::life::Centre;
use crate::account::{admin, password};
use crate::app::Shared;
use crate::platform::error::{Error, Result};
use domain::actor::{Actor, Role};
use domain::ids::{AccountId, AgencyId};
use domain::pack::{AgencyKind, Pack};
use domain::refusal::Refusal;

/// Login, role, and whose desk it is.
const STAFF: &[(&str, Role, Desk)] = &[
    ("operator", Role::Operator, Desk::Centre),
    ("operator2", Role::Operator, Desk::Centre),
    ("reviewer", Role::Reviewer, Desk::Centre),
    ("officer", Role::Officer, Desk::FirstArea),
    ("head", Role::Head, Desk::FirstArea),
    ("inspector", Role::Inspector, Desk::Inspectorate),
    ("leader", Role::Leader, Desk::Authority),
    ("administrator", Role::Administrator, Desk::Centre),
];

#[derive(Debug, Clone, Copy)]
enum Desk {
    Centre,
    /// The agency that governs the first area of the pack.
    FirstArea,
    Inspectorate,
    Authority,
}

fn agency(pack: &Pack, desk: Desk) -> Option<AgencyId> {
    let of_kind = |kind| pack.agencies.iter().find(|a| a.kind == kind).map(|a| a.id.clone());
    match desk {
        Desk::Centre => Some(pack.centre.clone()),
        Desk::FirstArea => pack.areas.first().map(|area| area.agency.clone()),
        Desk::Inspectorate => of_kind(AgencyKind::Inspectorate),
        Desk::Authority => of_kind(AgencyKind::Authority),
    }
}

/// Makes the accounts that are missing; a line for each: `sign-in`, role, login, password, by tabs.
pub async fn sign_ins(app: &Shared) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for (login, role, desk) in STAFF {
        let password = format!("nhip-demo-{login}");
        let known = app
            .db
            .read(move |conn| -> Result<bool> { found(admin::by_login(conn, login)) })
            .await?;
        if !known {
            let hash = password::hash_later(password.clone(), app.ids.random()).await?;
            let ctx = app.ctx(Actor::system());
            let new = admin::NewStaff {
                login: (*login).to_owned(),
                name: (*login).to_owned(),
                roles: vec![*role],
                agency: agency(&ctx.pack, *desk),
                language: ctx.pack.default_language().to_owned(),
            };
            app.db.write(move |conn| admin::add(conn, &ctx, &new, &hash)).await?;
        }
        lines.push(format!("sign-in\t{role}\t{login}\t{password}"));
    }
    Ok(lines)
}

fn found(account: Result<admin::Account>) -> Result<bool> {
    match account {
        Ok(_) => Ok(true),
        Err(Error::Refused(Refusal::Unknown { .. } | Refusal::NotFound)) => Ok(false),
        Err(other) => Err(other),
    }
}

/// The people at the centre whom the stories name.
pub async fn centre(app: &Shared) -> Result<Centre> {
    let of = |login: &'static str| {
        app.db.read(move |conn| -> Result<AccountId> { Ok(admin::by_login(conn, login)?.id) })
    };
    Ok(Centre {
        operator: of("operator").await?,
        second_operator: of("operator2").await?,
        reviewer: of("reviewer").await?,
    })
}
