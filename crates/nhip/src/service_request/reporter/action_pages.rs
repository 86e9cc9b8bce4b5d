//! What a reporter does on their own page: reply, add photos, rate, reopen, appeal, contest, withdraw, and say whether what was promised is
//! done.
//!
//! Each form names its verb in the address. A mistake comes back on the page beside its form, with what was typed.

use super::pages::{Mine, Wrong, mine, render};
use crate::app::Shared;
use crate::media::form_http::Form;
use crate::media::{self, Accept, StoredPhoto};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::http::answer;
use crate::platform::idempotency_store;
use crate::service_request::action::{
    Acted, On, add_media, ask, confirm, rate, refuse, reopen, withdraw,
};
use crate::service_request::form::key_http as form_key;
use crate::visitor::{Visitor, comes_back};
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Actor;
use domain::refusal::Refusal;
use domain::service_request::Rating;
use domain::service_request::workflow::{Verb, permit};

type Here = (State<Shared>, Visitor, Path<String>);

pub async fn reply((app, visitor, code): Here, request: Request) -> Result<Response> {
    act(app, visitor, code, request, Verb::Reply).await
}

pub async fn photos((app, visitor, code): Here, request: Request) -> Result<Response> {
    act(app, visitor, code, request, Verb::AddMedia).await
}

pub async fn rate((app, visitor, code): Here, request: Request) -> Result<Response> {
    act(app, visitor, code, request, Verb::Rate).await
}

pub async fn reopen((app, visitor, code): Here, request: Request) -> Result<Response> {
    act(app, visitor, code, request, Verb::Reopen).await
}

pub async fn appeal((app, visitor, code): Here, request: Request) -> Result<Response> {
    act(app, visitor, code, request, Verb::Appeal).await
}

pub async fn contest((app, visitor, code): Here, request: Request) -> Result<Response> {
    act(app, visitor, code, request, Verb::Contest).await
}

pub async fn withdraw((app, visitor, code): Here, request: Request) -> Result<Response> {
    act(app, visitor, code, request, Verb::Withdraw).await
}

pub async fn confirm_done((app, visitor, code): Here, request: Request) -> Result<Response> {
    act(app, visitor, code, request, Verb::ConfirmDone).await
}

pub async fn deny_done((app, visitor, code): Here, request: Request) -> Result<Response> {
    act(app, visitor, code, request, Verb::DenyDone).await
}

async fn act(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
    request: Request,
    verb: Verb,
) -> Result<Response> {
    let mine = mine(&app, &visitor, request.headers(), &code).await?;
    let form = Form::read(request).await?;
    let who = [mine.report.id.as_str(), verb.as_str()];
    let name = form_key::name(&app, "my", &who, &form);
    let (typed, rating) = (form.get("reason").to_owned(), Rating::parse(form.get("rating")));
    match carry_out(&app, &visitor, &mine, (form, name), verb).await {
        Ok(done) => {
            let href = format!("/my/{}?done={done}", mine.report.id);
            Ok(Redirect::to(&href).into_response())
        }
        Err(error) => {
            let status = comes_back(&app, &visitor, &error);
            let refused = answer::status(&error).is_client_error();
            let status = status.or(refused.then_some(StatusCode::UNPROCESSABLE_ENTITY));
            let Some(status) = status else { return Err(error) };
            let sentence = answer::sentence(&error, visitor.t);
            let wrong = Wrong { form: verb.as_str(), sentence, typed, rating };
            let mut response = render(&app, &visitor, mine, wrong, None).await?;
            *response.status_mut() = status;
            Ok(response)
        }
    }
}

/// Does it, tells the live pages, and says which verb was the last one done.
async fn carry_out(
    app: &Shared,
    visitor: &Visitor,
    mine: &Mine,
    (mut form, name): (Form, Option<String>),
    verb: Verb,
) -> Result<Verb> {
    if let Some(name) = name.clone()
        && app.db.read(move |conn| idempotency_store::find(conn, &name)).await?.is_some()
    {
        return Ok(verb);
    }
    let uploads = form.take_files()?;
    let ctx = app.ctx(visitor.reporter());
    // Asked before photos are decoded, and again by the verb in its transaction.
    permit(&mine.report, verb, &ctx.actor)?;
    let photos = media::receive(&app.media, uploads, Accept::Photos, &app.ids, ctx.now).await?;
    let ctx = app.by_now(ctx);
    let on = On { id: mine.report.id.clone(), seen: None };
    let done = app.db.write(move |conn| {
        // Somebody pressed the button twice, or sends again because the answer was lost.
        if let Some(name) = &name
            && idempotency_store::find(conn, name)?.is_some()
        {
            return Ok(Vec::new());
        }
        let done = apply(conn, &ctx, &on, verb, &form, &photos)?;
        if let Some(name) = &name {
            idempotency_store::insert(conn, name, &on.id, ctx.now)?;
        }
        Ok::<_, Error>(done)
    });
    let done = done.await?;
    for (_, acted) in &done {
        app.tell(&acted.report);
    }
    Ok(done.last().map_or(verb, |(verb, _)| *verb))
}

/// One verb, or two: whoever is not satisfied may have the work done again with the same words.
fn apply(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    verb: Verb,
    form: &Form,
    photos: &[StoredPhoto],
) -> Result<Vec<(Verb, Acted)>> {
    let reason = form.get("reason");
    let acted = match verb {
        Verb::Reply => ask::reply(conn, ctx, on, reason, photos)?,
        Verb::AddMedia => add_media::add_media(conn, ctx, on, photos)?,
        Verb::Reopen => reopen::reopen(conn, ctx, on, reason)?,
        Verb::Appeal => reopen::appeal(conn, ctx, on, reason)?,
        Verb::Contest => refuse::contest(conn, ctx, on, reason)?,
        Verb::ConfirmDone => confirm::done(conn, ctx, on, reason)?,
        Verb::DenyDone => confirm::not_done(conn, ctx, on, reason)?,
        Verb::Withdraw => withdraw::withdraw(conn, ctx, on, reason)?,
        Verb::Rate => return rated(conn, ctx, on, form, photos),
        Verb::Submit
        | Verb::Accept
        | Verb::Ask
        | Verb::QuestionExpired
        | Verb::Refuse
        | Verb::Merge
        | Verb::Undo
        | Verb::Correct
        | Verb::Assign
        | Verb::GiveBack
        | Verb::Start
        | Verb::Pause
        | Verb::Resume
        | Verb::Deliver
        | Verb::Extend
        | Verb::GrantExtension
        | Verb::DenyExtension
        | Verb::Warn
        | Verb::Escalate
        | Verb::Answer
        | Verb::SendBack
        | Verb::Publish
        | Verb::PromiseDue
        | Verb::PromiseKept
        | Verb::PromiseBroken
        | Verb::AskExplanation
        | Verb::Explain
        | Verb::Recur
        | Verb::MoveDue
        | Verb::MarkUrgent
        | Verb::ClearUrgent
        | Verb::Note
        | Verb::Progress
        | Verb::Hide
        | Verb::Unhide
        | Verb::Redact => return Err(Refusal::WrongRole { verb: verb.as_str() }.into()),
    };
    Ok(vec![(verb, acted)])
}

fn rated(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    form: &Form,
    photos: &[StoredPhoto],
) -> Result<Vec<(Verb, Acted)>> {
    let rating = Rating::parse(form.get("rating"));
    let rating = rating.ok_or(Error::unacceptable("rating", "my-rating-missing", 422))?;
    let reason = form.get("reason");
    let first = rate::rate(conn, ctx, on, rating, reason, photos)?;
    let report = &first.report;
    let may = |verb| permit(report, verb, &Actor::reporter()).is_ok();
    let again = rating == Rating::NotSatisfied && form.is("again", "1");
    let second = match again {
        true if may(Verb::Reopen) => Some((Verb::Reopen, reopen::reopen(conn, ctx, on, reason)?)),
        true if may(Verb::Appeal) => Some((Verb::Appeal, reopen::appeal(conn, ctx, on, reason)?)),
        true | false => None,
    };
    Ok(std::iter::once((Verb::Rate, first)).chain(second).collect())
}
