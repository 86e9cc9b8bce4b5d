//! `/desk/tasks`: what is asked of whom, whose turn it is, on time or not; and the page of each, with what may be done to it.

use super::action::{
    accept, assign, confirm, done, extend, note, on, refuse, send_back, unable, withdraw,
};
use super::store::{self, TaskStanding, TasksWanted};
use super::{TaskSight, actor_for, allowed, waits_for};
use crate::account::admin;
use crate::account::session::Signed;
use crate::app::Shared;
use crate::case::{Case as _, Target, event_store};
use crate::media::form_http::Form;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::{Choice, Tab, When};
use crate::platform::i18n::Lang;
use crate::platform::limits;
use crate::service_request::presenter::Telling;
use crate::service_request::public::{agency_choices, choices};
use crate::visitor::open_form_http::OpenForm;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Role;
use domain::case::{CaseRef, Event};
use domain::ids::{AgencyId, ServiceRequestId, TaskId};
use domain::refusal::Refusal;
use domain::task::workflow::{GIVERS, TaskVerb};
use domain::task::{Task, TaskReason};
use domain::time::Budget;

/// What the desk offers a form for, in this order.
const OFFERED: [TaskVerb; 12] = [
    TaskVerb::Accept,
    TaskVerb::Done,
    TaskVerb::Confirm,
    TaskVerb::SendBack,
    TaskVerb::GrantExtension,
    TaskVerb::DenyExtension,
    TaskVerb::Assign,
    TaskVerb::Extend,
    TaskVerb::Refuse,
    TaskVerb::Unable,
    TaskVerb::Withdraw,
    TaskVerb::Note,
];

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct TasksAsked {
    pub agency: String,
    state: String,
    pub about: String,
    q: String,
}

/// A task as people read it.
struct Told {
    number: String,
    what: String,
    product: String,
    agency: String,
    giver: String,
    /// How it stands, in a word or two.
    standing: String,
    by: Option<When>,
    left: String,
    late: bool,
    /// The next step is this person's or their office's.
    waits: bool,
    /// The step that is owed now, and by when.
    step: String,
    step_by: Option<When>,
    about: String,
    address: String,
    attempt: i64,
    given: When,
    result: String,
    reason: String,
    extension_asked: String,
}

#[derive(Template)]
#[template(path = "desk/tasks.html")]
struct ListPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    gives: bool,
    agencies: Vec<Choice>,
    states: Vec<Choice>,
    q: String,
    about: String,
    rows: Vec<Told>,
    /// How each agency stands, where more than one is shown.
    standing: Vec<(String, TaskStanding)>,
}

pub async fn list(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(asked): Query<TasksAsked>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let (pack, t, now) = (app.pack.load_full(), visitor.t, app.clock.now());
    let sight = TaskSight::of(signed);
    let about = ServiceRequestId::parse(&asked.about).ok();
    let wanted = TasksWanted {
        agency: asked.agency.parse().ok().filter(|id: &AgencyId| pack.agency(id).is_some()),
        about: about.as_ref().map(CaseRef::from),
        closed: asked.state == "all" || about.is_some(),
        late_at: (asked.state == "late").then_some(now),
        words: Some(asked.q.trim().to_owned()).filter(|words| !words.is_empty()),
        ..TasksWanted::open(sight.clone())
    };
    let chosen = wanted.agency.as_ref().map_or("", AgencyId::as_str).to_owned();
    let read = app.db.read(move |conn| {
        let standing = if sight.all { store::by_agency(conn, &sight, now)? } else { Vec::new() };
        Ok::<_, Error>((store::list(conn, &wanted, limits::PAGE)?, standing))
    });
    let (mut found, standing) = read.await?;
    // Whose turn it is comes first; within, the order of the list.
    found.sort_by_key(|task| !waits_for(signed, task));
    let tells = Telling::new(t, &pack, now);
    let states =
        ["late", "all"].map(|state| (state.to_owned(), t.of("tasks-filter-", state).into_owned()));
    Ok(show(&ListPage {
        page: visitor.page(&app, t.s("tasks-title")),
        t,
        tabs: app.tabs(&visitor, signed).await?,
        gives: gives(signed),
        agencies: agency_choices(&pack, t, &chosen),
        states: choices(t.s("tasks-filter-open"), &asked.state, states.into_iter()),
        q: asked.q,
        about: about.map(|id| id.to_string()).unwrap_or_default(),
        rows: found.iter().map(|task| told(&tells, signed, task)).collect(),
        standing: standing.into_iter().map(|s| (tells.agency(&s.agency), s)).collect(),
    }))
}

pub fn gives(signed: &Signed) -> bool {
    GIVERS.iter().any(|role| signed.has(*role))
}

fn told(tells: &Telling<'_>, signed: &Signed, task: &Task) -> Told {
    let (t, pack) = (tells.t, tells.pack);
    let procedure = task.procedure(pack);
    let step = task.step.as_ref();
    let name = step.and_then(|step| procedure?.step(&step.id));
    let late = task.is_late(tells.now);
    let standing = match task.outcome {
        Some(outcome) => t.of("task-outcome-", outcome),
        None => t.of("task-state-", task.state),
    };
    let giver = match task.giver.agency.as_ref().filter(|_| task.giver.role == Role::Head) {
        Some(agency) => tells.agency(agency),
        None => t.of("role-", task.giver.role).into_owned(),
    };
    Told {
        number: task.id.to_string(),
        what: task.what.clone(),
        product: task.product.clone(),
        agency: tells.agency(&task.agency),
        giver,
        standing: standing.into_owned(),
        by: task.due_at.map(|due| tells.moment(due)),
        left: match task.due_at.filter(|_| task.is_open() && task.done_at.is_none()) {
            Some(due) => t.left(tells.now, due).into_owned(),
            None if late => t.s("tasks-was-late").into_owned(),
            None => String::new(),
        },
        late,
        waits: waits_for(signed, task),
        step: name.map(|step| step.name.text(t.code()).to_owned()).unwrap_or_default(),
        step_by: step.and_then(|step| step.due).map(|due| tells.moment(due)),
        about: task.about.as_ref().map(CaseRef::to_string).unwrap_or_default(),
        address: task.address.clone().unwrap_or_default(),
        attempt: task.attempt,
        given: tells.ago(task.created_at),
        result: task.result.clone().unwrap_or_default(),
        reason: reason(t, task.code.as_deref()),
        extension_asked: task.extension_asked.map(|b| spoken(t, b)).unwrap_or_default(),
    }
}

/// Minutes of a date somebody named come in whole days.
fn spoken(t: Lang, budget: Budget) -> String {
    if let Budget::Minutes(minutes) = budget
        && minutes >= 24 * 60
    {
        return t.span(i64::from(minutes) * 60).into_owned();
    }
    t.budget(budget).into_owned()
}

fn reason(t: Lang, code: Option<&str>) -> String {
    let known = code.and_then(TaskReason::parse);
    known.map(|reason| t.of("task-reason-", reason).into_owned()).unwrap_or_default()
}

/// A line of the history.
struct Line {
    said: String,
    who: String,
    when: When,
    words: String,
    more: String,
}

fn line(tells: &Telling<'_>, event: &Event<Task>) -> Line {
    let t = tells.t;
    let office = event.actor.agency.as_ref().filter(|_| event.actor.role != Role::Leader);
    let more = match (event.data.percent, event.data.budget) {
        (Some(percent), _) => t.s1("tasks-percent", "percent", percent).into_owned(),
        (None, Some(budget)) => spoken(t, budget),
        (None, None) => reason(t, event.data.code.as_deref()),
    };
    Line {
        said: t.of("task-event-", event.verb).into_owned(),
        who: match office {
            Some(office) => tells.agency(office),
            None => t.of("role-", event.actor.role).into_owned(),
        },
        when: tells.moment(event.at),
        words: event.data.text.clone().unwrap_or_default(),
        more,
    }
}

#[derive(Template)]
#[template(path = "desk/task.html")]
struct TaskPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    task: Told,
    version: i64,
    history: Vec<Line>,
    /// What this person may do now.
    verbs: Vec<&'static str>,
    reasons: Vec<Choice>,
    officers: Vec<Choice>,
    form: OpenForm,
}

/// Only what this person may read is there.
async fn find(app: &Shared, signed: &Signed, number: &str) -> Result<Task> {
    let id = TaskId::parse(number).map_err(|_| Refusal::NotFound)?;
    let found = app.db.read(move |conn| store::find(conn, &id)).await?;
    let sight = TaskSight::of(signed);
    Ok(found.filter(|task| sight.sees(task)).ok_or(Refusal::NotFound)?)
}

pub async fn page(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(number): Path<String>,
) -> Result<Response> {
    Ok(show(&draw(&app, &visitor, &number, OpenForm::default()).await?))
}

async fn draw(app: &Shared, visitor: &Visitor, number: &str, form: OpenForm) -> Result<TaskPage> {
    let signed = visitor.needs_sign_in()?;
    let task = find(app, signed, number).await?;
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let may = allowed(signed, &task);
    let verbs: Vec<TaskVerb> = OFFERED.into_iter().filter(|verb| may.contains(verb)).collect();
    let (case, agency) = (task.case(), task.agency.clone());
    let names = verbs.contains(&TaskVerb::Assign);
    let read = app.db.read(move |conn| {
        let staff = if names { admin::staff_of(conn, &agency)? } else { Vec::new() };
        Ok::<_, Error>((event_store::of::<Task>(conn, &case)?, staff))
    });
    let (history, staff) = read.await?;
    let tells = Telling::new(t, &pack, app.clock.now());
    let typed = |name: &str| form.typed.get(name).to_owned();
    let (code, officer) = (typed("code"), typed("officer"));
    let reasons = TaskReason::ALL
        .iter()
        .map(|reason| (reason.to_string(), t.of("task-reason-", *reason).into_owned()));
    let officers = staff.into_iter().map(|account| (account.id.to_string(), account.name));
    let title = t.s1("task-title", "number", task.id.as_str()).into_owned();
    Ok(TaskPage {
        page: form.framed(visitor.page(app, title), &format!("/desk/tasks/{}", task.id)),
        t,
        tabs: app.tabs(visitor, signed).await?,
        version: task.version,
        history: history.iter().rev().map(|event| line(&tells, event)).collect(),
        verbs: verbs.iter().map(|verb| verb.as_str()).collect(),
        reasons: choices(t.s("desk-choose"), &code, reasons),
        officers: choices(t.s("desk-choose"), &officer, officers),
        task: told(&tells, signed, &task),
        form,
    })
}

/// GET of a form's own address: there is no such page.
pub async fn to_task(Path((number, _)): Path<(String, String)>) -> Result<Redirect> {
    let id = TaskId::parse(&number).map_err(|_| Refusal::NotFound)?;
    Ok(Redirect::to(&format!("/desk/tasks/{id}")))
}

/// `POST /desk/tasks/{number}/{verb}`.
pub async fn act(
    State(app): State<Shared>,
    visitor: Visitor,
    Path((number, verb)): Path<(String, String)>,
    typed: Form,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let verb = TaskVerb::parse(&verb).filter(|verb| OFFERED.contains(verb));
    let verb = verb.ok_or(Refusal::NotFound)?;
    let task = find(&app, signed, &number).await?;
    match attempt(&app, signed, &task, verb, &typed).await {
        Ok(()) => Ok(Redirect::to(&format!("/desk/tasks/{}", task.id)).into_response()),
        Err(error) => {
            let (status, form) = OpenForm::refused(&app, &visitor, verb.as_str(), typed, error)?;
            Ok((status, show(&draw(&app, &visitor, &number, form).await?)).into_response())
        }
    }
}

async fn attempt(
    app: &Shared,
    signed: &Signed,
    task: &Task,
    verb: TaskVerb,
    typed: &Form,
) -> Result<()> {
    let seen = typed.version().ok_or(Refusal::Missing { field: "version" })?;
    // Who saw an older state is told so rather than that it is not possible any more.
    if seen < task.changed_seq && verb != TaskVerb::Note {
        return Err(Refusal::Stale { seen, current: task.version }.into());
    }
    let ctx = app.ctx(actor_for(signed, verb, task)?);
    let on = on(&task.id, Some(seen));
    let given = Given {
        words: typed.get("reason").to_owned(),
        code: typed.get("code").to_owned(),
        officer: typed.get("officer").to_owned(),
        amount: typed.get("amount").trim().to_owned(),
    };
    app.db.write(move |conn| act_on(conn, &ctx, &on, verb, &given)).await
}

/// What a form of a verb brings.
struct Given {
    words: String,
    code: String,
    officer: String,
    amount: String,
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the desk offers no form for the rest")]
fn act_on(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &Target,
    verb: TaskVerb,
    given: &Given,
) -> Result<()> {
    let words = given.words.as_str();
    let coded = (given.code.as_str(), words);
    let acted = match verb {
        TaskVerb::Accept => accept::accept(conn, ctx, on),
        TaskVerb::Refuse => refuse::refuse(conn, ctx, on, coded),
        TaskVerb::Unable => unable::unable(conn, ctx, on, coded),
        TaskVerb::Done => done::done(conn, ctx, on, words, &[]),
        TaskVerb::Confirm => confirm::confirm(conn, ctx, on, words),
        TaskVerb::SendBack => send_back::send_back(conn, ctx, on, words),
        TaskVerb::Withdraw => withdraw::withdraw(conn, ctx, on, words),
        TaskVerb::Note => note::note(conn, ctx, on, words),
        TaskVerb::GrantExtension => extend::grant(conn, ctx, on, words),
        TaskVerb::DenyExtension => extend::deny(conn, ctx, on, words),
        TaskVerb::Extend => {
            let amount = given.amount.parse().map_err(|_| Refusal::Invalid { field: "amount" })?;
            extend::ask(conn, ctx, on, amount, words)
        }
        TaskVerb::Assign => {
            let officer =
                given.officer.parse().map_err(|_| Refusal::Missing { field: "officer" })?;
            assign::assign(conn, ctx, on, &officer)
        }
        _ => Err(Refusal::NotFound.into()),
    };
    acted.map(|_| ())
}
