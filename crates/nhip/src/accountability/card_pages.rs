//! `/cards`: the cards agencies were given, with the reports behind them, for everybody; `/desk/cards`: where a head contests
//! one and a leader rules.

use crate::account::policy::{Action, may};
use crate::accountability::card::{self, Ruling};
use crate::accountability::store as accountability_store;
use crate::accountability::summary_pages::CardShown;
use crate::app::Shared;
use crate::media::form_http::Form;
use crate::platform::error::{Error, Result};
use crate::platform::http::answer as answers;
use crate::platform::http::page::Page;
use crate::platform::http::view::{Choice, Tab};
use crate::platform::i18n::Lang;
use crate::service_request::presenter::Telling;
use crate::service_request::public::choices;
use crate::visitor::{Visitor, comes_back, show};
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
    let names = pack.agencies.iter().map(|a| (a.id.to_string(), a.short.text(t.code()).to_owned()));
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
        agencies: choices(t.s("filter-any-agency").into_owned(), &chosen, names),
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
    wrong: String,
    typed: Form,
    sentence: String,
}

pub async fn desk(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let done = ["contested", "ruled"].into_iter().find(|word| *word == asked.done);
    let notice = done.map(|word| visitor.t.of("card-done-", word).into_owned());
    let mut shown = draw(&app, &visitor).await?;
    shown.page = shown.page.with_notice(notice);
    Ok(show(&shown))
}

async fn draw(app: &Shared, visitor: &Visitor) -> Result<DeskPage> {
    let signed = visitor.needs_sign_in()?;
    let t = visitor.t;
    let rules = may(signed, Action::AskExplanation, None);
    let own = signed.agency.clone().filter(|_| signed.has(Role::Head));
    let agency = if rules { None } else { Some(own.clone().ok_or(Refusal::Forbidden)?) };
    Ok(DeskPage {
        page: visitor.page(app, t.s("card-title")),
        t,
        tabs: app.tabs(visitor, signed).await?,
        rules,
        own: own.map_or_else(String::new, |id| id.to_string()),
        list: read(app, t, agency).await?,
        wrong: String::new(),
        typed: Form::default(),
        sentence: String::new(),
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
    let error = match done {
        Ok(done) => {
            return Ok(Redirect::to(&format!("/desk/cards?done={done}#c-{id}")).into_response());
        }
        Err(error) => error,
    };
    let Some(status) = comes_back(app, visitor, &error) else { return Err(error) };
    let mut shown = draw(app, visitor).await?;
    (shown.wrong, shown.typed, shown.page.wrong) = (id, typed, true);
    shown.sentence = answers::sentence(&error, visitor.t);
    "/desk/cards".clone_into(&mut shown.page.path);
    let mut response = show(&shown);
    *response.status_mut() = status;
    Ok(response)
}
