//! `/cards`: the cards agencies were given, with the reports behind them, for everybody; `/desk/cards`: where a head contests
//! one and a leader rules.

use crate::account::policy::{Action, may};
use crate::accountability::card::{self, Ruling};
use crate::accountability::store as accountability_store;
use crate::accountability::summary_pages::CardShown;
use crate::app::Shared;
use crate::media::form_http::Form;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::{Choice, Tab};
use crate::platform::i18n::Lang;
use crate::service_request::presenter::Telling;
use crate::service_request::public::agency_choices;
use crate::visitor::open_form_http::OpenForm;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Role;
use domain::card::Measure;
use domain::ids::AgencyId;
use domain::refusal::Refusal;

/// Cards a page shows: those of about two years.
const SHOWN: usize = 100;

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    agency: String,
    done: String,
}

#[derive(Template)]
#[template(path = "public/cards.html")]
struct PublicPage {
    page: Page,
    t: Lang,
    /// The rules of the pack, in words; none: there are no cards here.
    rules: Vec<String>,
    agencies: Vec<Choice>,
    list: Vec<CardShown>,
}

async fn read(app: &Shared, t: Lang, agency: Option<AgencyId>) -> Result<Vec<CardShown>> {
    let found = app.db.read(move |conn| {
        let mut found = Vec::new();
        for card in accountability_store::cards(conn, agency.as_ref(), SHOWN)? {
            let reports = accountability_store::reports_behind(conn, &card.id)?;
            found.push((card, reports));
        }
        Ok::<_, Error>(found)
    });
    let (found, pack) = (found.await?, app.pack.load_full());
    let tells = Telling::new(t, &pack, app.clock.now());
    Ok(found.iter().map(|(card, reports)| tells.card_shown(card, reports)).collect())
}

pub async fn list(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let agency = asked.agency.parse().ok().filter(|id: &AgencyId| pack.agency(id).is_some());
    let chosen = agency.as_ref().map_or("", AgencyId::as_str).to_owned();
    let rules = pack.cards.iter().map(|rule| {
        let percent = match rule.measure {
            Measure::OverPercent(percent) => percent,
            Measure::PromisesBroken | Measure::ExplanationsLate => 0,
        };
        let key = format!("card-rule-{}", rule.measure.as_str());
        let what = t.s2(&key, "n", rule.count, "percent", percent);
        let colour = t.of("card-", rule.colour);
        format!("{}: {what} → {colour}", rule.name.text(t.code()))
    });
    Ok(show(&PublicPage {
        page: visitor.page(&app, t.s("card-title")),
        t,
        rules: rules.collect(),
        agencies: agency_choices(&pack, t, &chosen),
        list: read(&app, t, agency).await?,
    }))
}

#[derive(Template)]
#[template(path = "desk/cards.html")]
struct DeskPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    /// They rule on what is contested.
    rules: bool,
    /// They may contest what is of this agency.
    own: String,
    list: Vec<CardShown>,
    /// Of the card it is about.
    form: OpenForm,
}

pub async fn desk(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let notice = visitor.t.done("card-done-", &["contested", "ruled"], &asked.done);
    let mut shown = draw(&app, &visitor, OpenForm::default()).await?;
    shown.page = shown.page.with_notice(notice);
    Ok(show(&shown))
}

async fn draw(app: &Shared, visitor: &Visitor, form: OpenForm) -> Result<DeskPage> {
    let signed = visitor.needs_sign_in()?;
    let t = visitor.t;
    let rules = may(signed, Action::AskExplanation, None);
    let own = signed.agency.clone().filter(|_| signed.has(Role::Head));
    let agency = if rules { None } else { Some(own.clone().ok_or(Refusal::Forbidden)?) };
    Ok(DeskPage {
        page: form.framed(visitor.page(app, t.s("card-title")), "/desk/cards"),
        t,
        tabs: app.tabs(visitor, signed).await?,
        rules,
        own: own.map_or_else(String::new, |id| id.to_string()),
        list: read(app, t, agency).await?,
        form,
    })
}

/// POST `/desk/cards/{id}/contest`: the head contests a card.
pub async fn contest(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Form,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let ctx = app.ctx(signed.actor_to(Action::Explain)?);
    let (wanted, words) = (id.clone(), typed.get("reason").to_owned());
    let done = app.db.write(move |conn| card::contest(conn, &ctx, &wanted, &words)).await;
    onward(&app, &visitor, id, typed, done.map(|()| "contested")).await
}

/// POST `/desk/cards/{id}/rule`: a leader rules.
pub async fn rule(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Form,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let ctx = app.ctx(signed.actor_to(Action::AskExplanation)?);
    let (wanted, words) = (id.clone(), typed.get("reason").to_owned());
    let done = match Ruling::parse(typed.get("ruling")) {
        Some(ruling) => {
            app.db.write(move |conn| card::rule(conn, &ctx, &wanted, ruling, &words)).await
        }
        None => Err(Refusal::Missing { field: "ruling" }.into()),
    };
    onward(&app, &visitor, id, typed, done.map(|()| "ruled")).await
}

/// GET of a form's own address: there is no such page.
pub async fn to_desk() -> Redirect {
    Redirect::to("/desk/cards")
}

async fn onward(
    app: &Shared,
    visitor: &Visitor,
    id: String,
    typed: Form,
    done: Result<&'static str>,
) -> Result<Response> {
    match done {
        Ok(done) => Ok(Redirect::to(&format!("/desk/cards?done={done}#c-{id}")).into_response()),
        Err(error) => {
            let (status, form) = OpenForm::refused(app, visitor, id, typed, error)?;
            Ok((status, show(&draw(app, visitor, form).await?)).into_response())
        }
    }
}
