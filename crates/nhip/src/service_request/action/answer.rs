//! Answer: the agency says what came of it. "Fixed" needs proof; "planned" needs a date.

use super::{Acted, On, act, add_media, text};
use crate::media::StoredPhoto;
use crate::media::attachment_store::Stage;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::staff::integrity_store::{self, Given};
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, ServiceRequest};
use jiff::civil::Date;

#[derive(Debug)]
pub struct AnswerGiven {
    pub outcome: Outcome,
    pub words: String,
    /// After-photos and documents.
    pub evidence: Vec<StoredPhoto>,
    /// For [`Outcome::Planned`]: the local date it is promised for.
    pub planned_for: Option<Date>,
}

pub fn answer(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, given: &AnswerGiven) -> Result<Acted> {
    let words = text::needed(&given.words, "reason")?;
    check(given, ctx)?;
    let acted = act(conn, ctx, on, Verb::Answer, |report, data| {
        set(report, given, ctx);
        data.outcome = Some(given.outcome);
        data.planned_for = report.planned_for;
        data.agency = Some(report.agency.clone());
        data.text = Some(words);
        data.media = given.evidence.iter().map(|item| item.id.clone()).collect();
        Ok(())
    })?;
    add_media::attach(conn, ctx, &acted, &given.evidence, Stage::After)?;
    let told = Given {
        event: &acted.event,
        report: &acted.report,
        account: ctx.actor.account.as_ref(),
        words_key: words_key(&given.words),
        evidence: !given.evidence.is_empty(),
        at: ctx.now,
    };
    integrity_store::insert(conn, &told)?;
    Ok(acted)
}

/// The same words again have the same key, however they are spaced and marked.
fn words_key(words: &str) -> String {
    let folded = domain::text::fold(words);
    let plain = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    crate::media::hash_of(plain.as_bytes())
}

fn check(given: &AnswerGiven, ctx: &Ctx) -> Result<(), Refusal> {
    if !given.outcome.is_answer() {
        return Err(Refusal::NotAnAnswer(given.outcome.as_str()));
    }
    if given.outcome == Outcome::Fixed && given.evidence.is_empty() {
        return Err(Refusal::NeedsEvidence(given.outcome.as_str()));
    }
    match (given.outcome, given.planned_for) {
        (Outcome::Planned, None) => Err(Refusal::NeedsDate),
        (Outcome::Planned, Some(date)) if date <= ctx.pack.local_date(ctx.now) => {
            Err(Refusal::DateInThePast)
        }
        _ => Ok(()),
    }
}

fn set(report: &mut ServiceRequest, given: &AnswerGiven, ctx: &Ctx) {
    report.outcome = Some(given.outcome);
    report.planned_for = given.planned_for.filter(|_| given.outcome == Outcome::Planned);
    report.answered_at = Some(ctx.now);
    report.answered_by.clone_from(&ctx.actor.account);
    report.responded_at.get_or_insert(ctx.now);
    report.paused_for = None;
    let photo = given.evidence.iter().find(|item| item.is_photo());
    if let Some(photo) = photo {
        report.result_photo = Some(photo.id.clone());
    }
}
