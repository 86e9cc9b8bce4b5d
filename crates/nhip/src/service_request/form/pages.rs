//! `/new`: report something, on one page, without an account and without JavaScript.
//!
//! Buttons tell what is wanted: `find` offers kinds of reports for the words, `continue` shows the questions of the
//! chosen kind, `send` sends. Scripts ask for the same parts of the page (`/new/suggest`, `/new/questions`,
//! `/new/where`, `/new/similar`) while the person types.

use super::fields::{self, Filled, QUESTION, Wrong};
use super::similar_pages::near;
use super::{key_http as form_key, photos_http as photos, receipt, receipt_store};
use crate::account::device;
use crate::app::{App, Shared};
use crate::media::form_http::Form;
use crate::media::{self, Accept};
use crate::platform::error::{Error, Result};
use crate::platform::http::answer;
use crate::platform::http::form::{TRAP, trapped};
use crate::platform::http::pace::Pace;
use crate::platform::http::page::Page;
use crate::platform::http::view::Choice;
use crate::platform::i18n::Lang;
use crate::service_request::action::submit::{Submission, Submitted, submit_from};
use crate::service_request::presenter::area_choices;
use crate::service_request::suggest::similar::Like;
use crate::visitor::{Visitor, comes_back, show};
use askama::Template;
use axum::extract::{Query, Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::pack::Pack;
use domain::pack::call_now::CallNumber;
use domain::place::Point;
use domain::refusal::Refusal;
use domain::service::{Attribute, Datatype, Service};
use domain::service_request::Channel;
use domain::suggest::suggest;

#[derive(Template)]
#[template(path = "new/form.html")]
struct NewPage<'a> {
    page: Page,
    t: Lang,
    form: &'a Form,
    errors: Vec<Wrong>,
    suggestions: Vec<Choice>,
    /// Whom to call at once, where the words or the kind show a danger to life.
    to_call: Vec<(String, String)>,
    groups: Vec<Group>,
    questions: Vec<Question>,
    /// Only inspectors will read it.
    inspectors: bool,
    areas: Vec<Choice>,
    /// `left,bottom,right,top` of the city.
    bounds: String,
    privacy: Vec<Choice>,
    similar: Vec<Like>,
    key: String,
    /// Somebody who is signed in need not say who they are.
    signed: bool,
    /// Could not be held while the form went back and forth.
    photos_lost: bool,
}

impl NewPage<'_> {
    fn error(&self, field: &str) -> &str {
        self.errors.iter().find(|(name, _)| name == field).map_or("", |(_, sentence)| sentence)
    }
}

/// A field with its services, for the whole list.
struct Group {
    name: String,
    services: Vec<Choice>,
}

/// A question of a service, ready to draw.
struct Question {
    name: String,
    label: String,
    hint: String,
    required: bool,
    kind: Kind,
    value: String,
    choices: Vec<Choice>,
}

/// A list of more choices than this opens; one of fewer lies open.
pub const MANY: usize = 9;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// One of many, in a list that opens.
    Chosen,
    Line,
    Text,
    Number,
    Date,
    One,
    Many,
}

#[derive(Template)]
#[template(path = "new/suggestions.html")]
struct SuggestionsPart {
    t: Lang,
    suggestions: Vec<Choice>,
    to_call: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "new/asked.html")]
struct QuestionsPart {
    t: Lang,
    /// Where the kind alone is a danger to life.
    to_call: Vec<(String, String)>,
    questions: Vec<Question>,
    inspectors: bool,
    errors: Vec<Wrong>,
}

impl QuestionsPart {
    fn error(&self, field: &str) -> &str {
        self.errors.iter().find(|(name, _)| name == field).map_or("", |(_, sentence)| sentence)
    }
}

#[derive(Template)]
#[template(path = "new/where.html")]
struct WherePart {
    t: Lang,
    /// None: outside the city.
    area: Option<String>,
    approximate: bool,
}

type Fields = Query<Vec<(String, String)>>;

/// What a link may fill in. No key, nobody's contact, no photo and no choice of who may read it: whoever made the link
/// would have a hand in what somebody else sends.
const LINKED: &[&str] = &["what", "service", "area", "lat", "long"];

/// GET `/new`, with `?what=`, `?service=`, `?area=`, `?lat=&long=` filled in if given.
pub async fn form(
    State(app): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(mut q): Fields,
) -> Response {
    q.retain(|(name, _)| LINKED.contains(&name.as_str()));
    for (name, _) in &mut q {
        if name == "what" {
            "description".clone_into(name);
        }
    }
    let page = show(&page_of(&app, &visitor, &Form::of(q), Vec::new(), Vec::new()));
    form_key::given(&app, &headers, page)
}

/// POST `/new`.
pub async fn send(
    State(app): State<Shared>,
    visitor: Visitor,
    request: Request,
) -> Result<Response> {
    let headers = request.headers().clone();
    let mut form = Form::read(request).await?;
    if !form.get(TRAP).is_empty() {
        let wrong = vec![(String::new(), answer::sentence(&trapped(), visitor.t))];
        return Ok(refuse(&app, &visitor, form, wrong).await);
    }
    device::must_be_author(&app.vault, visitor.signed.as_ref(), form.get("author"))?;
    if !form.is("step", "send") {
        return Ok(back(&app, &visitor, form, Vec::new(), Vec::new()).await);
    }
    let check = |form: &Form| {
        let (pack, past) = (app.pack.load(), app.past.load());
        let (t, now) = (visitor.t, app.clock.now());
        fields::check((&pack, &past.learnt), &app.locator.load(), form, (t, now))
    };
    let checked = match form.file_error.take() {
        None => check(&form),
        Some(error) => {
            let mut wrong = check(&form).err().unwrap_or_default();
            wrong.push(("photos".to_owned(), answer::sentence(&error, visitor.t)));
            Err(wrong)
        }
    };
    let filled = match checked {
        Ok(filled) => filled,
        Err(wrong) => return Ok(refuse(&app, &visitor, form, wrong).await),
    };
    if !form.is("seen", "1") {
        let (words, service) = (&filled.description, Some(filled.service.clone()));
        let like = near(&app, &visitor, filled.place(), words, service, &form).await?;
        if !like.is_empty() {
            return Ok(back(&app, &visitor, form, Vec::new(), like).await);
        }
    }
    let name = form_key::name(&app, "new", &[&form_key::sender(&visitor, &headers, &form)], &form);
    // Looking for a kind, and being asked, counts as nothing: this is the report.
    let kept = match app.paces.check_all(Pace::Submit, visitor.names()) {
        Ok(()) => keep(&app, &visitor, &form, filled, name).await,
        Err(paced) => Err(paced),
    };
    match kept {
        Ok(led_on) => Ok(led_on),
        Err(error) => {
            let refused = answer::field(&error).map(|_| StatusCode::UNPROCESSABLE_ENTITY);
            let status = refused.or_else(|| comes_back(&app, &visitor, &error));
            let Some(status) = status else { return Err(error) };
            let field = if refused.is_some() { "photos" } else { "" };
            let wrong = vec![(field.to_owned(), answer::sentence(&error, visitor.t))];
            let wait = answer::wait(&error).map(|seconds| [(RETRY_AFTER, seconds.to_string())]);
            let page = back(&app, &visitor, form, wrong, Vec::new()).await;
            Ok((status, wait, page).into_response())
        }
    }
}

/// Stores photos, identity and report, and leads to the receipt.
async fn keep(
    app: &Shared,
    visitor: &Visitor,
    form: &Form,
    filled: Filled,
    name: Option<String>,
) -> Result<Response> {
    let uploads = form.files.clone();
    let mut photos = photos::claim_all(app, form).await?;
    let ctx = app.ctx(visitor.reporter());
    photos.extend(media::receive(&app.media, uploads, Accept::Photos, &app.ids, ctx.now).await?);
    let ctx = app.by_now(ctx);
    let (receipt, secret) = receipt::make(&ctx, &app.vault)?;
    let person = visitor.signed.as_ref().and_then(|signed| signed.person.clone());
    let filed_by = visitor.signed.as_ref().and_then(|signed| signed.agency.clone());
    let identity = filled.identity.clone();
    let submission = Submission {
        service: filled.service,
        point: filled.point,
        exactness: filled.exactness,
        area: filled.area,
        address: filled.address,
        description: filled.description,
        attributes: filled.attributes,
        photos,
        public: filled.public,
        language: visitor.t.code().to_owned(),
        channel: Channel::Web,
        reporter: person,
        filed_by,
        idempotency_key: name,
        receipt: Some(receipt.clone()),
    };
    let (shared, from) = (app.clone(), visitor.origin(app));
    let submitted: Submitted = app
        .db
        .write(move |conn| {
            let who = (&identity, &from);
            let submitted = submit_from(conn, &ctx, &shared.vault, who, submission)?;
            if submitted.repeated {
                // The same person sends the same again: they get a link of their own to the one report.
                receipt_store::insert(conn, &submitted.report.id, &receipt.token_hash, ctx.now)?;
            }
            Ok::<_, Error>(submitted)
        })
        .await?;
    if !submitted.repeated {
        app.tell(&submitted.report);
    }
    Ok(Redirect::to(&receipt::path(&secret)).into_response())
}

/// The form with what is wrong beside the fields.
async fn refuse(app: &App, visitor: &Visitor, form: Form, wrong: Vec<Wrong>) -> Response {
    let page = back(app, visitor, form, wrong, Vec::new()).await;
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// The form as it was sent, its photos held.
async fn back(
    app: &App,
    visitor: &Visitor,
    mut form: Form,
    wrong: Vec<Wrong>,
    similar: Vec<Like>,
) -> Response {
    let photos_lost = photos::hold_all(app, &mut form, visitor.address).await;
    show(&NewPage { photos_lost, ..page_of(app, visitor, &form, wrong, similar) })
}

fn page_of<'a>(
    app: &App,
    visitor: &Visitor,
    form: &'a Form,
    errors: Vec<Wrong>,
    similar: Vec<Like>,
) -> NewPage<'a> {
    let (pack, t) = (app.pack.load(), visitor.t);
    let service = fields::chosen(&pack, form);
    let key = Some(form.get("key")).filter(|key| !key.is_empty());
    let area = form.get("area");
    let choice = |value: &str, label: &str, hint: &str, checked: bool| Choice {
        value: value.to_owned(),
        label: t.s(label).into_owned(),
        hint: if hint.is_empty() { String::new() } else { t.s(hint).into_owned() },
        checked,
    };
    let mut areas = vec![choice("", "new-area-none", "", area.is_empty())];
    areas.extend(area_choices(t, &pack).into_iter().map(|(value, label)| {
        let checked = value == area;
        Choice::new(value, label, checked)
    }));
    // Of a form that broke off nobody knows who was to read it.
    let private = form.is("public", "0") || (form.cut && !form.has("public"));
    NewPage {
        page: visitor.page(app, t.s("new-title")).with_mistakes(!errors.is_empty()),
        t,
        form,
        suggestions: suggestions(app, &pack, form.get("description"), service, t),
        to_call: to_call(&pack, form.get("description"), service, t),
        groups: groups(&pack, t),
        questions: service.map_or_else(Vec::new, |service| questions(service, form, t)),
        inspectors: service.is_some_and(|service| service.confidential),
        areas,
        bounds: app.locator.load().city(&pack).map_or_else(String::new, |b| b.to_string()),
        privacy: vec![
            choice("1", "new-public", "new-public-hint", !private),
            choice("0", "new-private", "new-private-hint", private),
        ],
        photos_lost: false,
        similar,
        key: key.map_or_else(|| app.ids.secret(), str::to_owned),
        signed: visitor.signed.as_ref().is_some_and(|signed| signed.person.is_some()),
        errors,
    }
}

fn as_choice(service: &Service, t: Lang, checked: bool) -> Choice {
    Choice {
        value: service.code.to_string(),
        label: service.name.text(t.code()).to_owned(),
        hint: service.hint.text(t.code()).to_owned(),
        checked,
    }
}

/// What was chosen and what fits the words; the last choice is not to choose. Why it fits is for the desk to judge: words
/// without their marks would puzzle whoever wrote them.
fn suggestions(
    app: &App,
    pack: &Pack,
    words: &str,
    chosen: Option<&Service>,
    t: Lang,
) -> Vec<Choice> {
    let is_chosen = |service: &Service| chosen.is_some_and(|c| c.code == service.code);
    let found = suggest(pack, &app.past.load().learnt, words, t.code());
    let mut found: Vec<&Service> =
        found.into_iter().filter_map(|suggestion| pack.service(&suggestion.service)).collect();
    if let Some(chosen) = chosen
        && !found.iter().any(|service| is_chosen(service))
    {
        found.insert(0, chosen);
    }
    if found.is_empty() {
        return Vec::new();
    }
    let as_suggested = |service: &Service| as_choice(service, t, is_chosen(service));
    let mut choices: Vec<Choice> = found.into_iter().map(as_suggested).collect();
    choices.push(Choice::new("", t.s("new-service-unsure"), chosen.is_none()));
    choices
}

/// Whom to call at once about what was typed: number and who answers.
pub fn to_call(
    pack: &Pack,
    words: &str,
    chosen: Option<&Service>,
    t: Lang,
) -> Vec<(String, String)> {
    let found = pack.to_call(words, chosen.map(|service| &service.code));
    found.into_iter().map(|call| called(call, t)).collect()
}

/// A number of emergency in the reader's language.
pub fn called(call: &CallNumber, t: Lang) -> (String, String) {
    (call.number.clone(), call.name.text(t.code()).to_owned())
}

fn groups(pack: &Pack, t: Lang) -> Vec<Group> {
    pack.fields
        .iter()
        .map(|field| Group {
            name: field.name.text(t.code()).to_owned(),
            services: pack
                .services
                .iter()
                .filter(|service| service.field == field.code)
                .map(|service| as_choice(service, t, false))
                .collect(),
        })
        .collect()
}

/// The first line of a list that is opened to choose from.
fn nothing(attribute: &Attribute, t: Lang) -> Option<Choice> {
    let opened = attribute.datatype == Datatype::SingleValueList && attribute.values.len() > MANY;
    opened.then(|| Choice::new("", t.s("new-choose"), false))
}

fn questions(service: &Service, form: &Form, t: Lang) -> Vec<Question> {
    let mut attributes: Vec<_> = service.attributes.iter().collect();
    attributes.sort_by_key(|attribute| attribute.order);
    attributes
        .into_iter()
        .map(|attribute| {
            let name = format!("{QUESTION}{}", attribute.code);
            let given: Vec<&str> = form.all(&name).collect();
            Question {
                label: attribute.question.text(t.code()).to_owned(),
                hint: attribute.hint.text(t.code()).to_owned(),
                required: attribute.required,
                kind: match attribute.datatype {
                    Datatype::String => Kind::Line,
                    Datatype::Text => Kind::Text,
                    Datatype::Number => Kind::Number,
                    Datatype::DateTime => Kind::Date,
                    // Nobody scrolls through forty buttons.
                    Datatype::SingleValueList if attribute.values.len() > MANY => Kind::Chosen,
                    Datatype::SingleValueList => Kind::One,
                    Datatype::MultiValueList => Kind::Many,
                },
                value: given.first().copied().unwrap_or_default().to_owned(),
                choices: nothing(attribute, t)
                    .into_iter()
                    .chain(attribute.values.iter().map(|value| {
                        let checked = given.contains(&value.key.as_str());
                        Choice::new(&value.key, value.name.text(t.code()), checked)
                    }))
                    .collect(),
                name,
            }
        })
        .collect()
}

/// GET `/new/suggest?text=&service=`: kinds of reports for some words, as a part of the page.
pub async fn suggested(State(app): State<Shared>, visitor: Visitor, Query(q): Fields) -> Response {
    let (form, pack) = (Form::of(q), app.pack.load());
    let chosen = fields::chosen(&pack, &form);
    let suggestions = suggestions(&app, &pack, form.get("text"), chosen, visitor.t);
    let to_call = to_call(&pack, form.get("text"), None, visitor.t);
    show(&SuggestionsPart { t: visitor.t, suggestions, to_call })
}

/// GET `/new/questions?service=`: what a kind of report asks.
pub async fn asked(State(app): State<Shared>, visitor: Visitor, Query(q): Fields) -> Response {
    let (form, pack) = (Form::of(q), app.pack.load());
    let service = fields::chosen(&pack, &form);
    let questions = service.map_or_else(Vec::new, |service| questions(service, &form, visitor.t));
    let to_call = to_call(&pack, "", service, visitor.t);
    let inspectors = service.is_some_and(|service| service.confidential);
    show(&QuestionsPart { t: visitor.t, to_call, questions, inspectors, errors: Vec::new() })
}

/// GET `/new/where?lat=&long=`: in which area a place lies, in words.
pub async fn place(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(q): Fields,
) -> Result<Response> {
    let (form, pack, t) = (Form::of(q), app.pack.load(), visitor.t);
    let point = Point::parse(form.get("lat"), form.get("long"))
        .map_err(|_| Refusal::Invalid { field: "place" })?;
    let located = app.locator.load().locate(&pack, point).ok();
    let area = located.as_ref().and_then(|located| pack.area(&located.area));
    Ok(show(&WherePart {
        t,
        area: area.map(|area| area.name.text(t.code()).to_owned()),
        approximate: located.is_some_and(|located| located.approximate),
    }))
}
