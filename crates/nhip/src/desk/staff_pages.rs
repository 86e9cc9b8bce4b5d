//! `/desk/staff`: who works here, for administrators and, in their own agency, for heads: add somebody, change their roles,
//! lock with a reason, give a new password.

use crate::account::admin::{self, Account, NewStaff};
use crate::account::{password, staff};
use crate::app::Shared;
use crate::media::form_http::Form;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::{Choice, Tab};
use crate::platform::i18n::{I18n, Lang};
use crate::visitor::open_form_http::OpenForm;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::{Actor, Role};
use domain::ids::AccountId;
use domain::refusal::Refusal;
use domain::text::EmailAddress;

/// What can be done to an account besides changing it; the sentences after it are `staff-done-…`.
const ACTS: [&str; 4] = ["lock", "unlock", "email", "password"];

/// Somebody in the list.
struct Line {
    id: String,
    login: String,
    name: String,
    roles: String,
    agency: String,
    locked: String,
    may_change: bool,
}

#[derive(Template)]
#[template(path = "desk/staff.html")]
struct StaffPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    asked: AskedStaff,
    agencies: Vec<Choice>,
    roles: Vec<Choice>,
    states: Vec<Choice>,
    lines: Vec<Line>,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct AskedStaff {
    q: String,
    role: String,
    agency: String,
    state: String,
}

impl AskedStaff {
    fn fits(&self, account: &Account) -> bool {
        let q = self.q.trim().to_lowercase();
        let login = account.login.as_deref().unwrap_or_default();
        let is_locked = account.locked_at.is_some();
        (login.contains(&q) || account.name.to_lowercase().contains(&q))
            && (self.role.is_empty() || account.roles.iter().any(|r| r.as_str() == self.role))
            && (self.agency.is_empty()
                || account.agency.as_ref().is_some_and(|a| a.as_str() == self.agency))
            && (self.state.is_empty() || (self.state == "locked") == is_locked)
    }
}

/// One of the staff, or somebody new.
#[derive(Template)]
#[template(path = "desk/staff-person.html")]
struct PersonPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    /// Empty: somebody new.
    id: String,
    locked: Option<String>,
    agencies: Vec<Choice>,
    roles: Vec<Choice>,
    languages: Vec<Choice>,
    /// A password that was just made: shown once.
    made: String,
    /// `change` or one of the acts.
    form: OpenForm,
    typed: Form,
}

impl PersonPage {
    fn said(&self) -> &str {
        let fields: &[&str] = match self.form.name.as_str() {
            "change" => &["login", "name", "role", "agency", "language", "email"],
            "lock" => &["reason"],
            _ => &["email"],
        };
        self.form.said_beside(&self.form.name, fields)
    }
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct JustChanged {
    done: String,
}

/// GET `/desk/staff`.
pub async fn list(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(asked): Query<AskedStaff>,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let (actor, t) = (staff::manager(signed)?, visitor.t);
    let seer = actor.clone();
    let found = app.db.read(move |conn| staff::seen_by(conn, &seer)).await?;
    let found = found.iter().filter(|account| asked.fits(account));
    let all = || Choice::new("", t.s("desk-any"), false);
    let state = |word: &str| Choice::new(word, t.of("staff-state-", word), asked.state == word);
    Ok(show(&StaffPage {
        page: visitor.page(&app, t.s("staff-title")),
        t,
        tabs: app.tabs(&visitor, signed).await?,
        agencies: std::iter::once(all()).chain(agencies(&app, &actor, t, &asked.agency)).collect(),
        roles: std::iter::once(all())
            .chain(roles(admin::STAFF_ROLES, t, |role| asked.role == role.as_str()))
            .collect(),
        states: vec![all(), state("open"), state("locked")],
        lines: found.map(|account| line(&app, &actor, t, account)).collect(),
        asked,
    }))
}

fn line(app: &Shared, actor: &Actor, t: Lang, account: &Account) -> Line {
    let pack = app.pack.load();
    let roles: Vec<_> = account.roles.iter().map(|role| t.of("role-", role)).collect();
    let agency = account.agency.as_ref().and_then(|id| pack.agency(id));
    Line {
        id: account.id.to_string(),
        login: account.login.clone().unwrap_or_default(),
        name: account.name.clone(),
        roles: roles.join(", "),
        agency: agency.map_or_else(String::new, |agency| agency.name.text(t.code()).to_owned()),
        locked: account.locked_reason.clone().unwrap_or_default(),
        may_change: staff::may_change(actor, account),
    }
}

fn roles(of: &[Role], t: Lang, is: impl Fn(Role) -> bool) -> Vec<Choice> {
    of.iter().map(|role| Choice::new(role.as_str(), t.of("role-", role), is(*role))).collect()
}

/// The agencies somebody may name: a head only their own.
fn agencies(app: &Shared, actor: &Actor, t: Lang, chosen: &str) -> Vec<Choice> {
    let of_head = actor.role != Role::Administrator;
    let pack = app.pack.load();
    let named = pack.agencies.iter().filter(|a| !of_head || actor.agency.as_ref() == Some(&a.id));
    named
        .map(|a| Choice::new(a.id.as_str(), a.name.text(t.code()), a.id.as_str() == chosen))
        .collect()
}

/// GET `/desk/staff/new`.
pub async fn new(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let language = app.pack.load().default_language().to_owned();
    let typed = Form::of(vec![("language".to_owned(), language)]);
    let form = OpenForm::begun("change", typed);
    Ok(show(&draw(&app, &visitor, None, form).await?))
}

/// GET `/desk/staff/{id}`.
pub async fn person(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(id): Path<AccountId>,
    Query(asked): Query<JustChanged>,
) -> Result<Response> {
    let notice = visitor.t.done("staff-done-", &["change", "lock", "unlock", "email"], &asked.done);
    let mut shown = draw(&app, &visitor, Some(&id), OpenForm::default()).await?;
    shown.page = shown.page.with_notice(notice);
    Ok(show(&shown))
}

async fn draw(
    app: &Shared,
    visitor: &Visitor,
    id: Option<&AccountId>,
    mut form: OpenForm,
) -> Result<PersonPage> {
    let signed = visitor.needs_sign_in()?;
    let (actor, t) = (staff::manager(signed)?, visitor.t);
    let account = match id.cloned() {
        Some(id) => {
            let actor = actor.clone();
            Some(app.db.read(move |conn| staff::changeable(conn, &actor, &id)).await?)
        }
        None => None,
    };
    let typed = match &account {
        Some(account) if !form.is("change") => as_typed(account),
        _ => std::mem::take(&mut form.typed),
    };
    let title = account.as_ref().map_or_else(|| t.s("staff-add").into_owned(), |a| a.name.clone());
    let path = id.map_or_else(|| "/desk/staff/new".to_owned(), |id| format!("/desk/staff/{id}"));
    let languages = app.site.load().languages.clone().into_iter().map(|c| I18n::load().lang(c));
    let none = Choice::new("", t.s("staff-agency-none"), false);
    let none = (actor.role == Role::Administrator).then_some(none);
    Ok(PersonPage {
        page: form.framed(visitor.page(app, title), &path),
        t,
        tabs: app.tabs(visitor, signed).await?,
        id: id.map_or_else(String::new, ToString::to_string),
        locked: account.and_then(|account| account.locked_reason),
        agencies: none.into_iter().chain(agencies(app, &actor, t, typed.get("agency"))).collect(),
        roles: roles(staff::gives(&actor), t, |role| typed.all("role").any(|r| r == role.as_str())),
        languages: languages
            .map(|l| Choice::new(l.code(), l.name(), l.code() == typed.get("language")))
            .collect(),
        made: String::new(),
        form,
        typed,
    })
}

/// An account as its form would have been filled in.
fn as_typed(account: &Account) -> Form {
    let mut typed = Form::of(vec![
        ("name".to_owned(), account.name.clone()),
        (
            "agency".to_owned(),
            account.agency.as_ref().map_or_else(String::new, ToString::to_string),
        ),
        ("language".to_owned(), account.language.clone()),
    ]);
    for role in &account.roles {
        typed.push("role", role.as_str().to_owned());
    }
    typed
}

fn read(app: &Shared, typed: &Form) -> Result<NewStaff, Refusal> {
    let roles: Option<Vec<Role>> = typed.all("role").map(Role::parse).collect();
    let agency = Some(typed.get("agency")).filter(|id| !id.is_empty()).map(str::parse).transpose();
    if !app.site.load().languages.contains(&typed.get("language")) {
        return Err(Refusal::Invalid { field: "language" });
    }
    Ok(NewStaff {
        login: typed.get("login").to_owned(),
        name: typed.get("name").to_owned(),
        roles: roles.ok_or(Refusal::Invalid { field: "role" })?,
        agency: agency.map_err(|_| Refusal::Invalid { field: "agency" })?,
        language: typed.get("language").to_owned(),
    })
}

/// An address for letters; none: no letters.
fn address(typed: &Form) -> Result<Option<EmailAddress>, Refusal> {
    let address = typed.get("email").trim();
    let read = (!address.is_empty()).then(|| EmailAddress::parse(address)).transpose();
    read.map_err(|_| Refusal::Invalid { field: "email" })
}

/// A password made here, and its hash.
async fn fresh_password(app: &Shared, actor: &Actor) -> Result<(String, String)> {
    let ctx = app.ctx(actor.clone());
    let made = admin::generated_password(&ctx);
    let hash = password::hash_later(made.clone(), ctx.ids.random()).await?;
    Ok((made, hash))
}

/// POST `/desk/staff/new`.
pub async fn add(State(app): State<Shared>, visitor: Visitor, typed: Form) -> Result<Response> {
    let actor = staff::manager(visitor.needs_sign_in()?)?;
    let done = match (read(&app, &typed), address(&typed)) {
        (Ok(new), Ok(email)) => {
            let (made, hash) = fresh_password(&app, &actor).await?;
            let (ctx, vault) = (app.ctx(actor), app.vault.clone());
            let added = app.db.write(move |conn| {
                let id = staff::add(conn, &ctx, &new, &hash)?;
                if email.is_some() {
                    admin::write_to(conn, &ctx, &vault, &id, email)?;
                }
                Ok::<_, Error>(id)
            });
            added.await.map(|id| (id, made))
        }
        (Err(refusal), _) | (_, Err(refusal)) => Err(refusal.into()),
    };
    match done {
        Ok((id, made)) => once(&app, &visitor, &id, made).await,
        Err(error) => back(&app, &visitor, None, "change", typed, error).await,
    }
}

/// The page that shows a password, this once.
async fn once(app: &Shared, visitor: &Visitor, id: &AccountId, made: String) -> Result<Response> {
    let mut shown = draw(app, visitor, Some(id), OpenForm::default()).await?;
    shown.page.path = format!("/desk/staff/{id}");
    Ok(show(&PersonPage { made, ..shown }))
}

/// POST `/desk/staff/{id}`.
pub async fn change(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(id): Path<AccountId>,
    typed: Form,
) -> Result<Response> {
    let ctx = app.ctx(staff::manager(visitor.needs_sign_in()?)?);
    let of = id.clone();
    let done = match read(&app, &typed) {
        Ok(new) => app.db.write(move |conn| staff::change(conn, &ctx, &of, &new)).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/desk/staff/{id}?done=change")).into_response()),
        Err(error) => back(&app, &visitor, Some(&id), "change", typed, error).await,
    }
}

/// POST `/desk/staff/{id}/{act}`.
pub async fn act(
    State(app): State<Shared>,
    visitor: Visitor,
    Path((id, act)): Path<(AccountId, String)>,
    typed: Form,
) -> Result<Response> {
    let actor = staff::manager(visitor.needs_sign_in()?)?;
    let act = ACTS.into_iter().find(|known| *known == act).ok_or(Refusal::NotFound)?;
    let (of, vault, reason) = (id.clone(), app.vault.clone(), typed.get("reason").to_owned());
    let email = match address(&typed) {
        Ok(email) => email,
        Err(refusal) => return back(&app, &visitor, Some(&id), act, typed, refusal.into()).await,
    };
    let (made, hash) = match act {
        "password" => fresh_password(&app, &actor).await?,
        _ => Default::default(),
    };
    let ctx = app.ctx(actor);
    let done = app.db.write(move |conn| {
        let account = staff::changeable(conn, &ctx.actor, &of)?;
        match act {
            "lock" => admin::lock(conn, &ctx, &account.id, &reason),
            "unlock" => admin::unlock(conn, &ctx, &account.id),
            "email" => admin::write_to(conn, &ctx, &vault, &account.id, email),
            _ => admin::reset(conn, &ctx, &account.id, &hash),
        }
    });
    match done.await {
        Ok(()) if act == "password" => once(&app, &visitor, &id, made).await,
        Ok(()) => Ok(Redirect::to(&format!("/desk/staff/{id}?done={act}")).into_response()),
        Err(error) => back(&app, &visitor, Some(&id), act, typed, error).await,
    }
}

/// GET of a form's own address: there is no such page.
pub async fn to_person(Path((id, _)): Path<(AccountId, String)>) -> Redirect {
    Redirect::to(&format!("/desk/staff/{id}"))
}

async fn back(
    app: &Shared,
    visitor: &Visitor,
    id: Option<&AccountId>,
    name: &str,
    typed: Form,
    error: Error,
) -> Result<Response> {
    let (status, form) = OpenForm::refused(app, visitor, name, typed, error)?;
    Ok((status, show(&draw(app, visitor, id, form).await?)).into_response())
}
