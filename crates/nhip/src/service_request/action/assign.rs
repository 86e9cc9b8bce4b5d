//! Assign: another agency or another officer takes over. Give back: the agency says it is not theirs.

use super::{Acted, On, act, text};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::actor::Role;
use domain::ids::{AccountId, AgencyId};
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;

/// `officer` is checked by the caller to belong to `agency`.
pub fn assign(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    agency: &AgencyId,
    officer: Option<AccountId>,
    note: &str,
) -> Result<Acted> {
    let note = text::optional(note, "reason")?;
    if ctx.pack.agency(agency).is_none() {
        return Err(Refusal::Unknown { what: "agency", code: agency.to_string() }.into());
    }
    act(conn, ctx, on, Verb::Assign, |report, data| {
        if report.confidential && report.is_about(Some(agency)) {
            return Err(Refusal::UnitConcerned);
        }
        let stays = *agency == report.agency;
        if stays && officer == report.assignee {
            return Err(Refusal::NothingToChange);
        }
        // A head hands over within the house; only the centre moves a report to another.
        if !stays && ctx.actor.role == Role::Head {
            return Err(Refusal::WrongRole { verb: Verb::Assign.as_str() });
        }
        report.agency = agency.clone();
        report.assignee.clone_from(&officer);
        report.paused_for = None;
        data.agency = Some(agency.clone());
        data.assignee = officer;
        data.text = note;
        Ok(())
    })
}

pub fn give_back(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, reason: &str) -> Result<Acted> {
    let reason = text::needed(reason, "reason")?;
    act(conn, ctx, on, Verb::GiveBack, |report, data| {
        data.agency = Some(report.agency.clone());
        data.text = Some(reason);
        report.assignee = None;
        report.paused_for = None;
        Ok(())
    })
}
