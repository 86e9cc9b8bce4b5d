//! `/explanations`: what leaders asked and what agencies answered, for everybody; `/desk/explanations`: what is owed, the
//! form of a leader who asks about a number, and that of a head who answers. About a report a leader asks on its case.

use crate::account::policy::{Action, may};
use crate::accountability::explanation::{self, AboutNumber};
use crate::app::Shared;
use crate::case::explanation::days;
use crate::case::explanation_store::{self, Wanted};
use crate::media::form_http::Form;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::{Choice, Tab};
use crate::platform::i18n::Lang;
use crate::platform::limits;
use crate::service_request::explained::Explained;
use crate::service_request::presenter::Telling;
use crate::service_request::public::{agency_choices, choices};
use crate::service_request::staff::allowed_action_pages::days_to_choose;
use crate::service_request::staff::queue_pages::agencies;
use crate::visitor::open_form_http::OpenForm;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Role;
use domain::ids::AgencyId;
use domain::refusal::Refusal;

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    agency: String,
    state: String,
    before: String,
    done: String,
    /// What a question about a number begins with.
    subject: String,
    link: String,
}

#[derive(Template)]
#[template(path = "public/explanations.html")]
struct PublicPage {
    page: Page,
    t: Lang,
    agencies: Vec<Choice>,
    states: Vec<Choice>,
    list: Vec<Explained>,
    older: Option<String>,
}

pub async fn list(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let agency = asked.agency.parse().ok().filter(|id: &AgencyId| pack.agency(id).is_some());
    let open = asked.state == "open";
    let before =
        asked.before.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id.to_owned())));
    let plain = |id: &String| id.bytes().all(|b| b.is_ascii_alphanumeric());
    let before = before.filter(|(_, id)| plain(id) && !open);
    let wanted = Wanted { agency, open, before };
    let chosen = wanted.agency.as_ref().map_or("", AgencyId::as_str).to_owned();
    let found =
        app.db.read(move |conn| explanation_store::newest(conn, &wanted, limits::PAGE + 1)).await?;
    let tells = Telling::new(t, &pack, app.clock.now());
    let more = found.len() > limits::PAGE && !open;
    let last = found.get(limits::PAGE - 1).filter(|_| more);
    let older = last.map(|e| {
        format!("/explanations?agency={chosen}&before={}.{}", e.asked_at.as_millisecond(), e.id)
    });
    let state = if open { "open" } else { "" };
    let states = std::iter::once(("open".to_owned(), t.s("explain-open").into_owned()));
    Ok(show(&PublicPage {
        page: visitor.page(&app, t.s("explain-title")),
        t,
        agencies: agency_choices(&pack, t, &chosen),
        states: choices(t.s("explain-all"), state, states),
        list: found.iter().take(limits::PAGE).map(|e| tells.explained(e)).collect(),
        older,
    }))
}

#[derive(Template)]
#[template(path = "desk/explanations.html")]
struct DeskPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    /// They may ask about a number.
    asks: bool,
    agencies: Vec<Choice>,
    days: Vec<Choice>,
    /// What the reader may answer is of this agency.
    own: String,
    open: Vec<Explained>,
    answered: Vec<Explained>,
    /// `ask`, or that of an explanation.
    form: OpenForm,
}

impl DeskPage {
    fn said_of_asking(&self) -> &str {
        self.form.said_beside("ask", &["agency", "days", "reason"])
    }
}

pub async fn desk(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let notice = visitor.t.done("explain-done-", &["asked", "answered"], &asked.done);
    let of = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let begun = Form::of(vec![
        of("agency", &asked.agency),
        of("subject", &asked.subject),
        of("link", &asked.link),
    ]);
    let mut shown = draw(&app, &visitor, OpenForm::begun("ask", begun)).await?;
    shown.page = shown.page.with_notice(notice);
    Ok(show(&shown))
}

async fn draw(app: &Shared, visitor: &Visitor, form: OpenForm) -> Result<DeskPage> {
    let signed = visitor.needs_sign_in()?;
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let asks = may(signed, Action::AskExplanation, None);
    let own = signed.agency.clone().filter(|_| signed.has(Role::Head));
    let agency = if asks { None } else { own.clone() };
    if !asks && agency.is_none() {
        return Err(Refusal::Forbidden.into());
    }
    let found = app.db.read(move |conn| {
        let open = Wanted { agency: agency.clone(), open: true, before: None };
        let all = Wanted { agency, ..Wanted::default() };
        let open = explanation_store::newest(conn, &open, 200)?;
        Ok::<_, Error>((open, explanation_store::newest(conn, &all, 50)?))
    });
    let (open, all) = found.await?;
    let tells = Telling::new(t, &pack, app.clock.now());
    let answered = all.iter().filter(|e| e.answered_at.is_some());
    Ok(DeskPage {
        page: form.framed(visitor.page(app, t.s("explain-title")), "/desk/explanations"),
        t,
        tabs: app.tabs(visitor, signed).await?,
        asks,
        agencies: agencies(&pack, t, form.value("ask", "agency")),
        days: days_to_choose(&pack, t, form.value("ask", "days")),
        own: own.map_or_else(String::new, |id| id.to_string()),
        open: open.iter().map(|e| tells.explained(e)).collect(),
        answered: answered.map(|e| tells.explained(e)).collect(),
        form,
    })
}

/// POST `/desk/explanations`: a leader asks about a number.
pub async fn ask(State(app): State<Shared>, visitor: Visitor, typed: Form) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let ctx = app.ctx(signed.actor_to(Action::AskExplanation)?);
    let agency = typed.get("agency");
    let unknown = Refusal::Unknown { what: "agency", code: agency.chars().take(64).collect() };
    let days = days(typed.get("days"));
    let agency = agency.parse().map_err(|_| unknown);
    let asked = agency.and_then(|agency| Ok((agency, days?))).map(|(agency, days)| AboutNumber {
        agency,
        days,
        subject: typed.get("subject").to_owned(),
        link: typed.get("link").to_owned(),
        question: typed.get("reason").to_owned(),
    });
    let done = match asked {
        Ok(asked) => {
            app.db.write(move |conn| explanation::ask_about_number(conn, &ctx, &asked)).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(_) => Ok(Redirect::to("/desk/explanations?done=asked").into_response()),
        Err(error) => back(&app, &visitor, "ask", typed, error).await,
    }
}

/// POST `/desk/explanations/{id}/answer`: the head answers.
pub async fn answer(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Form,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let ctx = app.ctx(signed.actor_to(Action::Explain)?);
    let (wanted, words) = (id.clone(), typed.get("reason").to_owned());
    let done = app.db.write(move |conn| explanation::answer(conn, &ctx, &wanted, &words)).await;
    match done {
        Ok(()) => {
            Ok(Redirect::to(&format!("/desk/explanations?done=answered#e-{id}")).into_response())
        }
        Err(error) => back(&app, &visitor, &id, typed, error).await,
    }
}

/// GET of a form's own address: there is no such page.
pub async fn to_desk() -> Redirect {
    Redirect::to("/desk/explanations")
}

async fn back(
    app: &Shared,
    visitor: &Visitor,
    name: &str,
    typed: Form,
    error: Error,
) -> Result<Response> {
    let (status, form) = OpenForm::refused(app, visitor, name, typed, error)?;
    Ok((status, show(&draw(app, visitor, form).await?)).into_response())
}
