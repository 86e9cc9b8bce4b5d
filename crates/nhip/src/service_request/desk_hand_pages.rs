//! Handing many reports at once to an agency or a colleague, and who may be handed to.

use super::act::On;
use super::assign::assign;
use super::desk_pages::{Tab, listed};
use super::desk_queue::Queue;
use super::form_http::Form;
use super::store;
use crate::account::policy::{Action, may};
use crate::account::session::Signed;
use crate::app::Shared;
use crate::platform::error::{Error, Result};
use crate::platform::http::answer;
use crate::platform::http::page::Page;
use crate::platform::i18n::Lang;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::ids::{AccountId, AgencyId, ServiceRequestId};
use domain::service_request::refusal::Refusal;
use domain::service_request::workflow::Verb;

/// Reports handed over in one go.
const BULK: usize = 100;

#[derive(Template)]
#[template(path = "desk/handed.html")]
struct HandedPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    /// Address, code, whether it went well, and what came of it.
    results: Vec<(String, String, bool, String)>,
}

/// Hands the ticked reports to an agency or a colleague: each on its own, all or nothing; says what came of each.
pub async fn hand_over(
    State(app): State<Shared>,
    visitor: Visitor,
    typed: Form,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let mut results = Vec::new();
    for picked in typed.all("pick").take(BULK) {
        let Some((id, seen)) = picked.split_once(':') else { continue };
        let (Ok(id), Ok(seen)) = (ServiceRequestId::parse(id), seen.parse()) else { continue };
        let code = id.grouped();
        let href = format!("/desk/reports/{id}");
        let done = hand_one(&app, signed, On { id, seen: Some(seen) }, &typed).await;
        let said = match &done {
            Ok(to) => to.clone(),
            Err(error) => answer::sentence(error, visitor.t),
        };
        results.push((href, code, done.is_ok(), said));
    }
    let page = HandedPage {
        page: visitor.page(&app, visitor.t.s("desk-title-handed")),
        t: visitor.t,
        tabs: listed(&app, &visitor, signed, Queue::Now).await?.tabs,
        results,
    };
    Ok(show(&page))
}

async fn hand_one(app: &Shared, signed: &Signed, on: On, typed: &Form) -> Result<String> {
    let id = on.id.clone();
    let report = app.db.read(move |conn| store::find(conn, &id)).await?.ok_or(Refusal::NotFound)?;
    if !may(signed, Action::SeeDesk, Some(&report)) {
        return Err(Refusal::NotFound.into());
    }
    if !may(signed, Action::BulkAssign, Some(&report)) {
        return Err(Refusal::Forbidden.into());
    }
    let ctx = app.ctx(signed.actor_for(Verb::Assign, &report)?);
    let officer: Option<AccountId> = typed.get("officer").parse().ok();
    let agency: AgencyId = typed.get("agency").parse().unwrap_or_else(|_| report.agency.clone());
    let note = typed.get("note").to_owned();
    let language = signed.language.clone();
    let (acted, name) = app
        .db
        .write(move |conn| {
            let name = must_work_for(conn, &agency, officer.as_ref())?;
            let acted = assign(conn, &ctx, &on, &agency, officer, &note)?;
            let agency = ctx.pack.agency(&agency).map(|a| a.short.text(&language).to_owned());
            Ok::<_, Error>((acted, name.or(agency).unwrap_or_default()))
        })
        .await?;
    app.tell(&acted);
    Ok(name)
}

/// The officer's name, when they work for that agency; a refusal when they do not.
pub fn must_work_for(
    conn: &mut crate::platform::db::Conn<'_>,
    agency: &AgencyId,
    officer: Option<&AccountId>,
) -> Result<Option<String>> {
    let Some(officer) = officer else { return Ok(None) };
    let staff = crate::account::admin::staff_of(conn, agency)?;
    let unknown = || Refusal::Unknown { what: "officer", code: officer.to_string() };
    Ok(Some(staff.into_iter().find(|a| a.id == *officer).ok_or_else(unknown)?.name))
}
