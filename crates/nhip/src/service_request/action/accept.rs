//! Accept: it is real and classified; the agency that answers for it has it now, under the procedure in force today.

use super::{Acted, On, act, recurrence, text};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::procedure;
use domain::ids::{AgencyId, ProcedureCode};
use domain::refusal::Refusal;
use domain::service_request::ServiceRequest;
use domain::service_request::workflow::Verb;

/// The same, for the agency that the operator names instead of the one it was routed to.
pub fn accept_for(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    agency: Option<AgencyId>,
    note: &str,
) -> Result<Acted> {
    if let Some(unknown) = agency.as_ref().filter(|id| ctx.pack.agency(id).is_none()) {
        return Err(Refusal::Unknown { what: "agency", code: unknown.to_string() }.into());
    }
    accepted(conn, ctx, on, agency, note)
}

/// `note` is a public word to the reporter and the agency, if there is something to say.
pub fn accept(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, note: &str) -> Result<Acted> {
    accepted(conn, ctx, on, None, note)
}

fn accepted(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    agency: Option<AgencyId>,
    note: &str,
) -> Result<Acted> {
    let note = text::optional(note, "reason")?;
    let acted = act(conn, ctx, on, Verb::Accept, |report, data| {
        if let Some(agency) = agency {
            if report.confidential && report.is_about(Some(&agency)) {
                return Err(Refusal::UnitConcerned);
            }
            report.agency = agency;
        }
        let code = &report.service;
        let unknown = Refusal::Unknown { what: "service_code", code: code.to_string() };
        let Some(service) = ctx.pack.service(code) else { return Err(unknown) };
        if !pin(report, &service.procedure, ctx) {
            return Err(unknown);
        }
        report.accepted_at.get_or_insert(ctx.now);
        report.responded_at.get_or_insert(ctx.now);
        data.agency = Some(report.agency.clone());
        data.due_at = crate::service_request::action::due(report, &ctx.pack);
        data.text = note;
        Ok(())
    })?;
    procedure::keep(conn, ctx, &acted.report)?;
    recurrence::link(conn, ctx, acted)
}

/// Binds the report to the version of the procedure in force today: a later one does not change it. Whether there is one;
/// without one it stays as it was.
pub fn pin(report: &mut ServiceRequest, code: &ProcedureCode, ctx: &Ctx) -> bool {
    let version = ctx.pack.procedure(code, ctx.pack.local_date(ctx.now));
    let Some(version) = version else { return false };
    report.procedure = Some(code.clone());
    report.procedure_version = Some(version.version);
    report.procedure_hash = Some(version.hash.clone());
    true
}
