//! Deliver: a step of the procedure that no other verb ends leaves its product, or says why there is none.

use super::{Acted, On, act, add_media, locked, text};
use crate::case::clock;
use crate::media::StoredPhoto;
use crate::media::attachment_store::Stage;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::actor::Role;
use domain::procedure::{ProductKind, Step, StepRole};
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;

#[derive(Debug)]
pub struct Delivery {
    /// Id of the step in the procedure.
    pub step: String,
    /// What was found, decided or done; without a product: why there is none.
    pub words: String,
    pub product: Vec<StoredPhoto>,
    /// There is no product, for the reason in the words.
    pub without: bool,
}

/// The code in the history of a step that was ended without its product.
pub const WITHOUT: &str = "without-product";

pub fn deliver(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, given: &Delivery) -> Result<Acted> {
    let words = text::needed(&given.words, "reason")?;
    let report = locked(conn, &on.id)?;
    let procedure = ctx.pack.procedure_of(&report).ok_or(Refusal::NoSuchStep)?;
    let kept = clock::of(conn, &on.id)?;
    let steps = clock::to_deliver(&kept, procedure);
    let step = steps.into_iter().find(|s| s.id == given.step).ok_or(Refusal::NoSuchStep)?;
    if !is_for(step.role, ctx.actor.role, report.confidential) {
        return Err(Refusal::WrongRole { verb: Verb::Deliver.as_str() }.into());
    }
    check(step, given)?;
    let acted = act(conn, ctx, on, Verb::Deliver, |report, data| {
        report.responded_at.get_or_insert(ctx.now);
        data.step = Some(step.id.clone());
        data.code = given.without.then(|| WITHOUT.to_owned());
        data.agency = Some(report.agency.clone());
        data.text = Some(words);
        data.media = given.product.iter().map(|item| item.id.clone()).collect();
        Ok(())
    })?;
    add_media::attach(conn, ctx, &acted, &given.product, Stage::After)?;
    Ok(acted)
}

/// A head may do what an officer owes; an inspector what anybody owes in a confidential case: nobody else sees it.
pub fn is_for(step: StepRole, role: Role, confidential: bool) -> bool {
    if confidential && role == Role::Inspector {
        return true;
    }
    match step {
        StepRole::Operator => role == Role::Operator,
        StepRole::Reviewer => role == Role::Reviewer,
        StepRole::Officer => matches!(role, Role::Officer | Role::Head),
        StepRole::Head => role == Role::Head,
        StepRole::Inspector => role == Role::Inspector,
        StepRole::Leader => role == Role::Leader,
    }
}

/// What each kind of product is made of; words are always there.
fn check(step: &Step, given: &Delivery) -> Result<(), Refusal> {
    if given.without {
        return Ok(());
    }
    let photo = given.product.iter().any(StoredPhoto::is_photo);
    let missing = match step.kind {
        ProductKind::Decision | ProductKind::Answer | ProductKind::InspectionRecord => None,
        ProductKind::AnswerWithPhoto => (!photo).then_some(Refusal::Missing { field: "photos" }),
        ProductKind::Document => {
            given.product.is_empty().then_some(Refusal::Missing { field: "photos" })
        }
    };
    missing.map_or(Ok(()), Err)
}
