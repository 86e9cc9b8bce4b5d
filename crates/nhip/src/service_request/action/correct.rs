//! Correct: service or place was wrong. The report is routed anew, so that it never falls out of every queue.

use super::accept::pin;
use super::{Acted, On, act, due, text};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::form::fields::Place;
use crate::{media, procedure};
use domain::ids::{AgencyId, ServiceCode};
use domain::refusal::Refusal;
use domain::service_request::State;
use domain::service_request::workflow::Verb;

/// What to correct; `None` leaves it as it is.
#[derive(Debug, Default)]
pub struct Correction {
    pub service: Option<ServiceCode>,
    /// Where it is after all.
    pub place: Option<Place>,
    /// The unit of the official it is about; `Some(None)`: none is known.
    pub concerns: Option<Option<AgencyId>>,
    pub note: String,
}

pub fn correct(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, to: Correction) -> Result<Acted> {
    let note = text::optional(&to.note, "reason")?;
    let unit = to.concerns.as_ref().and_then(Option::as_ref);
    if let Some(unit) = unit.filter(|id| ctx.pack.agency(id).is_none()) {
        return Err(Refusal::Unknown { what: "concerns", code: unit.to_string() }.into());
    }
    let acted = act(conn, ctx, on, Verb::Correct, |report, data| {
        let same_service = to.service.as_ref().is_none_or(|code| *code == report.service);
        let same_place =
            to.place.as_ref().is_none_or(|to| to.point == report.point && to.area.0 == report.area);
        let same_unit = to.concerns.as_ref().is_none_or(|unit| *unit == report.concerns);
        if same_service && same_place && same_unit {
            return Err(Refusal::NothingToChange);
        }
        let unknown = |what, code: &str| Refusal::Unknown { what, code: code.to_owned() };
        if let Some(code) = to.service {
            if !same_service && ctx.pack.offered(&code).is_none() {
                return Err(unknown("service_code", code.as_str()));
            }
            data.service = Some(code.clone());
            report.service = code;
        }
        if let Some(unit) = to.concerns {
            data.concerns.clone_from(&unit);
            report.concerns = unit;
        }
        if let Some(Place { point, exactness, area }) = to.place {
            data.area = Some(area.0.clone());
            (report.point, report.exactness) = (point, exactness);
            (report.area, report.area_approximate) = area;
        }
        let service = ctx
            .pack
            .service(&report.service)
            .ok_or_else(|| unknown("service_code", report.service.as_str()))?;
        let area =
            ctx.pack.heir(&report.area).ok_or_else(|| unknown("area", report.area.as_str()))?;
        report.confidential = service.confidential;
        let concerns = report.concerns.as_ref().filter(|_| report.confidential);
        let agency = ctx.pack.route_about(service, area, concerns);
        if agency != report.agency {
            report.agency = agency;
            report.assignee = None;
            report.paused_for = None;
            if report.state == State::InProgress {
                report.state = State::Assigned;
            }
        }
        if report.procedure.is_some() {
            pin(report, &service.procedure, ctx);
        }
        data.agency = Some(report.agency.clone());
        data.due_at = due(report, &ctx.pack);
        data.text = note;
        Ok(())
    })?;
    // What turns out to be about an official was never for everybody.
    media::set_public_of_request(conn, &acted.report.id, acted.report.is_open_to_all())?;
    procedure::keep(conn, ctx, &acted.report)?;
    Ok(acted)
}
