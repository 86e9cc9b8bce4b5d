//! What is told of a case from where it is: `POST /desk/on-site/{code}`. It may have waited on a phone, and may come
//! twice because an answer was lost; it is done once, in the name of whoever wrote it, on the version they saw.

use super::action_http::day;
use super::case_pages::find;
use super::field_pages::list;
use crate::account::device;
use crate::account::session::Signed;
use crate::app::Shared;
use crate::case::must_be_fresh;
use crate::media::attachment_store::Stage;
use crate::media::form_http::Form;
use crate::media::{self, Accept, StoredPhoto, Upload};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::{idempotency_store, limits};
use crate::service_request::action::{Acted, On, add_media, answer, deliver, work};
use crate::service_request::form::{key_http as form_key, photos_http as photos};
use crate::visitor::Visitor;
use crate::visitor::open_form_http::OpenForm;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use axum::response::{IntoResponse, Redirect, Response};
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, ServiceRequest};
use std::sync::Arc;

/// What somebody tells, as the page offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Tells {
    /// The product of this step.
    Product(String),
    Outcome(Outcome),
    HowItStands,
}

impl Tells {
    fn parse(text: &str) -> Option<Self> {
        match text.split_once(':') {
            Some(("deliver", step)) => Some(Self::Product(step.to_owned())),
            Some(("answer", outcome)) => Outcome::parse(outcome).map(Self::Outcome),
            _ => (text == "progress").then_some(Self::HowItStands),
        }
    }

    fn verb(&self) -> Verb {
        match self {
            Self::Product(_) => Verb::Deliver,
            Self::Outcome(_) => Verb::Answer,
            Self::HowItStands => Verb::Progress,
        }
    }
}

pub async fn answer(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
    headers: HeaderMap,
    mut typed: Form,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    device::must_be_author(&app.vault, Some(signed), typed.get("author"))?;
    let report = find(&app, signed, &code).await?;
    let who = [signed.account.as_str(), report.id.as_str()];
    let name = form_key::name(&app, "an answer from the site", &who, &typed);
    let files = typed.take_files();
    let kept = files.as_ref().map(Clone::clone).unwrap_or_default();
    let typed = Arc::new(typed);
    let error = match attempt(&app, signed, &report, &typed, (files, name)).await {
        Ok((verb, acted)) => {
            if let Some(acted) = acted {
                app.tell(&acted.report);
            }
            let done = format!("/desk/on-site?done={verb}&code={}", report.id);
            return Ok(Redirect::to(&done).into_response());
        }
        Err(error) => error,
    };
    let asked = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    if asked.contains("json") {
        return Err(error);
    }
    let typed = Arc::try_unwrap(typed).unwrap_or_default();
    let (status, mut sent) = OpenForm::refused(&app, &visitor, report.id.as_str(), typed, error)?;
    sent.typed.files = kept;
    photos::hold_all(&app, &mut sent.typed, visitor.address).await;
    let report = find(&app, signed, &code).await?;
    let shown = list(&app, &visitor, sent, (Some(report), None)).await?;
    Ok((status, shown).into_response())
}

/// Does what is told; nothing where this very thing was done before.
async fn attempt(
    app: &Shared,
    signed: &Signed,
    report: &ServiceRequest,
    typed: &Arc<Form>,
    (files, key): (Result<Vec<Upload>>, Option<String>),
) -> Result<(Verb, Option<Acted>)> {
    let tells = Tells::parse(typed.get("tell")).ok_or(Refusal::Missing { field: "tell" })?;
    let verb = tells.verb();
    if let Some(key) = key.clone()
        && app.db.read(move |conn| idempotency_store::find(conn, &key)).await?.is_some()
    {
        return Ok((verb, None));
    }
    let seen = typed.version().ok_or(Refusal::Missing { field: "version" })?;
    must_be_fresh(report, Some(seen), Verb::Answer)?;
    let actor = signed.actor_for(verb, report)?;
    let mut proof = photos::claim_all(app, typed).await?;
    let (files, ctx) = (files?, app.ctx(actor));
    if proof.len() + files.len() > limits::PHOTOS {
        return Err(Refusal::TooManyPhotos { limit: limits::PHOTOS }.into());
    }
    proof.extend(media::receive(&app.media, files, Accept::Evidence, &ctx.ids, ctx.now).await?);
    let ctx = app.by_now(ctx);
    let (on, typed) = (On { id: report.id.clone(), seen: Some(seen) }, typed.clone());
    let acted = app.db.write(move |conn| {
        if let Some(key) = &key
            && idempotency_store::find(conn, key)?.is_some()
        {
            return Ok(None);
        }
        let acted = act(conn, &ctx, &on, &tells, &typed, proof)?;
        if let Some(key) = &key {
            idempotency_store::insert(conn, key, &on.id, ctx.now)?;
        }
        Ok::<_, Error>(Some(acted))
    });
    Ok((verb, acted.await?))
}

fn act(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    tells: &Tells,
    typed: &Form,
    proof: Vec<StoredPhoto>,
) -> Result<Acted> {
    let words = typed.get("reason");
    match tells {
        Tells::Product(step) => {
            let (step, words) = (step.clone(), words.to_owned());
            let given = deliver::Delivery { step, words, without: false, product: proof };
            deliver::deliver(conn, ctx, on, &given)
        }
        Tells::Outcome(outcome) => {
            let planned_for = day(typed, "planned_for")?.filter(|_| *outcome == Outcome::Planned);
            let (outcome, words) = (*outcome, words.to_owned());
            let given = answer::AnswerGiven { outcome, words, evidence: proof, planned_for };
            answer::answer(conn, ctx, on, &given)
        }
        Tells::HowItStands => {
            let acted = work::progress(conn, ctx, on, words, day(typed, "planned_for")?)?;
            add_media::attach(conn, ctx, &acted, &proof, Stage::After)?;
            Ok(acted)
        }
    }
}
