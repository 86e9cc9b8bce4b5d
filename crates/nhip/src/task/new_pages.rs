//! `/desk/tasks/new`: giving a task, by itself or about a report.

use super::action::offer::{Offered, offer};
use super::pages::{TasksAsked, gives};
use crate::account::session::Signed;
use crate::app::Shared;
use crate::media::form_http::Form;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::{Choice, Tab};
use crate::platform::i18n::Lang;
use crate::platform::idempotency_store;
use crate::service_request::form::key_http as form_key;
use crate::service_request::public::choices;
use crate::visitor::open_form_http::OpenForm;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Actor;
use domain::case::CaseRef;
use domain::ids::{AgencyId, ServiceRequestId};
use domain::pack::Pack;
use domain::refusal::Refusal;
use domain::task::TaskDue;
use domain::task::workflow::may_give;
use domain::time::Budget;
use jiff::Timestamp;
use jiff::civil::Date;

#[derive(Template)]
#[template(path = "desk/task-new.html")]
struct NewPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    agencies: Vec<Choice>,
    about: String,
    key: String,
    form: OpenForm,
}

impl NewPage {
    fn said(&self) -> &str {
        self.form.said_beside("new", &["agency", "what", "product", "days", "date", "address"])
    }
    fn error(&self, field: &str) -> &str {
        self.form.error("new", field)
    }
    fn typed(&self, field: &str) -> &str {
        self.form.value("new", field)
    }
}

pub async fn page(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(asked): Query<TasksAsked>,
) -> Result<Response> {
    let about = ServiceRequestId::parse(&asked.about).map(|id| id.to_string()).unwrap_or_default();
    let begun = Form::of(vec![("about".to_owned(), about), ("agency".to_owned(), asked.agency)]);
    Ok(show(&draw_new(&app, &visitor, OpenForm::begun("new", begun)).await?))
}

async fn draw_new(app: &Shared, visitor: &Visitor, form: OpenForm) -> Result<NewPage> {
    let signed = visitor.needs_sign_in()?;
    if !gives(signed) {
        return Err(Refusal::Forbidden.into());
    }
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let open = pack.agencies.iter().filter(|agency| giver(signed, &agency.id).is_some());
    let open = open.map(|agency| (agency.id.to_string(), agency.name.text(t.code()).to_owned()));
    let typed_key = form.typed.get(form_key::KEY).to_owned();
    Ok(NewPage {
        page: form.framed(visitor.page(app, t.s("task-new-title")), "/desk/tasks/new"),
        t,
        tabs: app.tabs(visitor, signed).await?,
        agencies: choices(t.s("desk-choose"), form.typed.get("agency"), open),
        about: form.typed.get("about").to_owned(),
        key: if typed_key.is_empty() { app.ctx(Actor::system()).new_id() } else { typed_key },
        form,
    })
}

/// In which of their roles this person may give a task to an agency.
fn giver(signed: &Signed, to: &AgencyId) -> Option<Actor> {
    let mut actors = signed.roles.iter().map(|role| signed.acting_as(*role));
    actors.find(|actor| may_give(actor, to))
}

/// `POST /desk/tasks/new`.
pub async fn give(State(app): State<Shared>, visitor: Visitor, typed: Form) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    match try_to_give(&app, signed, &typed).await {
        Ok(case) => Ok(Redirect::to(&format!("/desk/tasks/{}", case.id())).into_response()),
        Err(error) => {
            let (status, form) = OpenForm::refused(&app, &visitor, "new", typed, error)?;
            Ok((status, show(&draw_new(&app, &visitor, form).await?)).into_response())
        }
    }
}

/// The task that was given, now or by the same form before.
async fn try_to_give(app: &Shared, signed: &Signed, typed: &Form) -> Result<CaseRef> {
    let pack = app.pack.load_full();
    let to = typed.get("agency").parse::<AgencyId>().ok();
    let to =
        to.filter(|id| pack.agency(id).is_some()).ok_or(Refusal::Missing { field: "agency" })?;
    let ctx = app.ctx(giver(signed, &to).ok_or(Refusal::Forbidden)?);
    let about = typed.get("about");
    let about = (!about.is_empty()).then(|| ServiceRequestId::parse(about));
    let offered = Offered {
        to,
        about: about.transpose().map_err(|_| Refusal::NotFound)?,
        what: typed.get("what").to_owned(),
        product: typed.get("product").to_owned(),
        due: due(&pack, ctx.now, typed)?,
        needs_evidence: false,
        address: typed.get("address").to_owned(),
        point: None,
        public: false,
    };
    let name = form_key::name(app, "task", &[signed.account.as_str()], typed);
    app.db
        .write(move |conn| {
            if let Some(name) = &name
                && let Some(made) = idempotency_store::find(conn, name)?
            {
                return Ok(made);
            }
            let (task, _) = offer(conn, &ctx, &offered)?;
            if let Some(name) = &name {
                idempotency_store::insert(conn, name, task.case(), ctx.now)?;
            }
            Ok::<_, Error>(task.case())
        })
        .await
}

/// Working days, or until the end of the work of a day.
fn due(pack: &Pack, now: Timestamp, typed: &Form) -> Result<TaskDue, Refusal> {
    let (days, date) = (typed.get("days").trim(), typed.get("date").trim());
    if date.is_empty() {
        let wrong = Refusal::Invalid { field: "days" };
        let days: u32 = days.parse().map_err(|_| wrong.clone())?;
        return if (1..=366).contains(&days) {
            Ok(TaskDue::Budget(Budget::WorkingDays(days)))
        } else {
            Err(wrong)
        };
    }
    let wrong = || Refusal::Invalid { field: "date" };
    let date: Date = date.parse().map_err(|_| wrong())?;
    let calendar = &pack.calendar;
    let midnight = || {
        let next = date.tomorrow().ok()?;
        calendar.zone().to_timestamp(next.at(0, 0, 0, 0)).ok()
    };
    let at = calendar.close_of_business(date).or_else(midnight).ok_or_else(wrong)?;
    if at <= now { Err(wrong()) } else { Ok(TaskDue::At(at)) }
}
