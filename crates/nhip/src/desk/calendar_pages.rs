//! `/desk/calendar`: the special days of the calendar, and the form that adds one. A day is in force on this node at once,
//! on the others within seconds; the deadlines of open reports move in the background.

use crate::account::policy::Action;
use crate::app::Shared;
use crate::case::clock::calendar::{self, KeptDay};
use crate::media::form_http::Form;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::{Choice, Tab, When};
use crate::platform::i18n::Lang;
use crate::service_request::action::text;
use crate::service_request::presenter::Telling;
use crate::visitor::open_form_http::OpenForm;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::pack::Pack;
use domain::pack::added::{AddedDay, AddedKind, weekday};
use domain::refusal::Refusal;
use domain::time::DayKind;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A special day.
struct Line {
    date: Date,
    said: String,
    /// `off` or `work`, as it holds now; `none`: an ordinary day again.
    kind: &'static str,
    name: String,
    basis: String,
    /// When it was entered, where it is not the pack's.
    entered: Option<When>,
    may_remove: bool,
}

#[derive(Template)]
#[template(path = "desk/calendar.html")]
struct CalendarPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    year: i16,
    lines: Vec<Line>,
    kinds: Vec<Choice>,
    weekdays: Vec<Choice>,
    /// `add`, or that of a date.
    form: OpenForm,
}

impl CalendarPage {
    fn said(&self) -> &str {
        let fields: &[&str] =
            if self.form.is("add") { &["date", "basis", "hours_of"] } else { &[] };
        self.form.said_beside(&self.form.name, fields)
    }
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    year: String,
    done: String,
}

pub async fn page(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let notice = visitor.t.done("calendar-done-", &["add", "remove"], &asked.done);
    let year = asked.year.parse().ok().filter(|year| (2000..=2100).contains(year));
    let mut shown = draw(&app, &visitor, year, OpenForm::default()).await?;
    shown.page = shown.page.with_notice(notice);
    Ok(show(&shown))
}

async fn draw(
    app: &Shared,
    visitor: &Visitor,
    year: Option<i16>,
    form: OpenForm,
) -> Result<CalendarPage> {
    let signed = visitor.needs_sign_in()?;
    let (base, pack, t) = (app.base.load_full(), app.pack.load_full(), visitor.t);
    let days = app.db.read(calendar::days).await?;
    let year = year.unwrap_or_else(|| pack.local_date(app.clock.now()).year());
    let tells = Telling::new(t, &pack, app.clock.now());
    let choice =
        |group: &str, word: &str, now: &str| Choice::new(word, t.of(group, word), word == now);
    let typed = &form.typed;
    let kind = if typed.get("kind").is_empty() { "off" } else { typed.get("kind") };
    let hours_of = typed.get("hours_of");
    let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let ordinary = Choice::new("", t.s("calendar-hours-ordinary"), hours_of.is_empty());
    Ok(CalendarPage {
        page: form.framed(visitor.page(app, t.s("calendar-title")), "/desk/calendar"),
        t,
        tabs: app.tabs(visitor, signed).await?,
        year,
        lines: lines(&tells, &base, &days, year),
        kinds: ["off", "work"].map(|word| choice("calendar-kind-", word, kind)).into(),
        weekdays: std::iter::once(ordinary)
            .chain(weekdays.map(|word| choice("calendar-hours-", word, hours_of)))
            .collect(),
        form,
    })
}

/// The days of the pack and those that lie over them, by date.
fn lines(tells: &Telling<'_>, base: &Pack, days: &[KeptDay], year: i16) -> Vec<Line> {
    let t = tells.t;
    let said = |date: Date| {
        let weekday = t.of("weekday-", date.weekday().to_monday_one_offset());
        format!("{weekday} {}", t.civil_date(date))
    };
    let mut lines = BTreeMap::new();
    for day in base.days.iter().filter(|day| day.date.year() == year) {
        let kind = match day.kind {
            DayKind::Off { .. } => "off",
            DayKind::Work { .. } => "work",
        };
        let line = Line {
            date: day.date,
            said: said(day.date),
            kind,
            name: day.name.text(t.code()).to_owned(),
            basis: day.source.clone().unwrap_or_default(),
            entered: None,
            may_remove: false,
        };
        lines.insert(day.date, line);
    }
    for kept in days.iter().filter(|kept| kept.day.date.year() == year) {
        let day = &kept.day;
        let before = lines.get(&day.date);
        let kind = match day.kind {
            AddedKind::Off => "off",
            AddedKind::Work => "work",
            AddedKind::Pack => before.map_or("none", |line| line.kind),
        };
        let line = Line {
            date: day.date,
            said: said(day.date),
            kind,
            name: before.map_or_else(String::new, |line| line.name.clone()),
            basis: day.basis.clone(),
            entered: Some(tells.moment(kept.changed_at)),
            may_remove: day.kind != AddedKind::Pack,
        };
        lines.insert(day.date, line);
    }
    lines.into_values().collect()
}

/// POST `/desk/calendar`: adds a day.
pub async fn add(State(app): State<Shared>, visitor: Visitor, typed: Form) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let ctx = app.ctx(signed.actor_to(Action::Administer)?);
    let base = app.base.load_full();
    let done = match read(&typed) {
        Ok(day) => {
            let year = day.date.year();
            let kept = app.db.write(move |conn| calendar::add(conn, &ctx, &base, &day)).await;
            kept.map(|()| year)
        }
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(year) => onward(&app, year, "add").await,
        Err(error) => back(&app, &visitor, "add", None, typed, error).await,
    }
}

/// POST `/desk/calendar/{date}/remove`: takes back what was added for a date.
pub async fn remove(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(date): Path<String>,
    typed: Form,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let ctx = app.ctx(signed.actor_to(Action::Administer)?);
    let date: Date = date.parse().map_err(|_| Refusal::NotFound)?;
    let basis = typed.get("basis").to_owned();
    let done = app.db.write(move |conn| calendar::take_back(conn, &ctx, date, &basis)).await;
    match done {
        Ok(()) => onward(&app, date.year(), "remove").await,
        Err(error) => {
            back(&app, &visitor, &date.to_string(), Some(date.year()), typed, error).await
        }
    }
}

/// GET of a form's own address: there is no such page.
pub async fn to_calendar() -> Redirect {
    Redirect::to("/desk/calendar")
}

fn read(typed: &Form) -> Result<AddedDay, Refusal> {
    let date = typed.get("date").trim();
    if date.is_empty() {
        return Err(Refusal::Missing { field: "date" });
    }
    let kind = match typed.get("kind") {
        "off" => AddedKind::Off,
        "work" => AddedKind::Work,
        _ => return Err(Refusal::Invalid { field: "kind" }),
    };
    let hours_of = match typed.get("hours_of") {
        "" => None,
        name => Some(weekday(name).ok_or(Refusal::Invalid { field: "hours_of" })?),
    };
    Ok(AddedDay {
        date: date.parse().map_err(|_| Refusal::Invalid { field: "date" })?,
        hours_of: hours_of.filter(|_| kind == AddedKind::Work),
        kind,
        basis: text::checked(typed.get("basis"), "basis", BASIS_CHARS)?,
    })
}

/// Characters of what a day rests on: a decision with its number and title.
const BASIS_CHARS: usize = 300;

/// In force on this node at once; the deadlines move by the job.
async fn onward(app: &Shared, year: i16, done: &str) -> Result<Response> {
    let days = app.db.read(calendar::days).await?;
    app.take_days(days.into_iter().map(|kept| kept.day).collect());
    Ok(Redirect::to(&format!("/desk/calendar?year={year}&done={done}")).into_response())
}

async fn back(
    app: &Shared,
    visitor: &Visitor,
    name: &str,
    year: Option<i16>,
    typed: Form,
    error: Error,
) -> Result<Response> {
    let (status, form) = OpenForm::refused(app, visitor, name, typed, error)?;
    Ok((status, show(&draw(app, visitor, year, form).await?)).into_response())
}
