//! Handing many reports at once to an agency or a colleague, and who may be handed to.

use super::bulk_action_http::picked;
use crate::account::policy::{Action, may};
use crate::account::session::Signed;
use crate::app::Shared;
use crate::media::form_http::Form;
use crate::platform::error::{Error, Result};
use crate::platform::http::answer;
use crate::platform::http::page::Page;
use crate::platform::http::view::Tab;
use crate::platform::i18n::Lang;
use crate::service_request::action::On;
use crate::service_request::action::assign::assign;
use crate::service_request::store;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::ids::{AccountId, AgencyId, ServiceRequestId};
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;

/// What came of one report of many.
pub(super) struct Handed {
    pub href: String,
    pub code: String,
    pub well: bool,
    pub said: String,
}

impl Handed {
    pub fn of(id: &ServiceRequestId, well: bool, said: String) -> Self {
        Self { href: format!("/desk/reports/{id}"), code: id.grouped(), well, said }
    }
}

#[derive(Template)]
#[template(path = "desk/handed.html")]
pub(super) struct HandedPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    pub results: Vec<Handed>,
    /// What can still be taken back, for so many seconds.
    pub undo: Vec<String>,
    pub until: i64,
    /// The list they were ticked in.
    pub back: &'static str,
}

impl HandedPage {
    pub fn of(app: &Shared, visitor: &Visitor, tabs: Vec<Tab>) -> Self {
        Self {
            page: visitor.page(app, visitor.t.s("desk-title-handed")),
            t: visitor.t,
            tabs,
            results: Vec::new(),
            undo: Vec::new(),
            until: 0,
            back: "/desk",
        }
    }

    pub fn title(&mut self, title: impl Into<String>) {
        self.page.title = title.into();
    }

    /// What could not be done first: it is what somebody has to look at.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.results.sort_by_key(|handed| handed.well);
        self
    }

    fn well(&self) -> i64 {
        i64::try_from(self.results.iter().filter(|handed| handed.well).count()).unwrap_or(i64::MAX)
    }

    fn failed(&self) -> i64 {
        i64::try_from(self.results.iter().filter(|handed| !handed.well).count()).unwrap_or(i64::MAX)
    }
}

/// Hands the ticked reports to an agency or a colleague: each on its own, all or nothing; says what came of each.
pub async fn hand_over(
    State(app): State<Shared>,
    visitor: Visitor,
    typed: Form,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let tabs = app.tabs(&visitor, signed).await?;
    let mut page = HandedPage::of(&app, &visitor, tabs);
    for on in picked(&typed) {
        let id = on.id.clone();
        let done = hand_one(&app, signed, on, &typed).await;
        let said = match &done {
            Ok(to) => to.clone(),
            Err(error) => answer::sentence(error, visitor.t),
        };
        page.results.push(Handed::of(&id, done.is_ok(), said));
    }
    Ok(show(&page.sorted()))
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
    app.tell(&acted.report);
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
