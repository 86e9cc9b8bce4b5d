//! Done: the product of a task is there, with what proves it, or it is said why there is none.

use super::add_media::attach;
use super::{TaskActed, act};
use crate::case::Target;
use crate::media::StoredPhoto;
use crate::media::attachment_store::{self, Stage};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::action::text;
use domain::refusal::Refusal;
use domain::task::TaskState;
use domain::task::workflow::TaskVerb;

/// Whoever does what was only offered has accepted it with that.
pub fn done(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &Target,
    words: &str,
    evidence: &[StoredPhoto],
) -> Result<TaskActed> {
    let words = text::needed(words, "reason")?;
    let proved = !evidence.is_empty() || !attachment_store::of(conn, &on.case)?.is_empty();
    let acted = act(conn, ctx, on, TaskVerb::Done, |task, data| {
        if task.needs_evidence && !proved {
            return Err(Refusal::NeedsEvidence(TaskState::Done.as_str()));
        }
        if task.state == TaskState::Offered {
            task.accepted_at = Some(ctx.now);
            data.implied = vec![TaskVerb::Accept.to_string()];
        }
        task.done_at = Some(ctx.now);
        task.done_by.clone_from(&ctx.actor.account);
        task.result = Some(words.clone());
        data.text = Some(words);
        data.media = evidence.iter().map(|photo| photo.id.clone()).collect();
        Ok(())
    })?;
    attach(conn, ctx, &acted, evidence, Stage::After)?;
    Ok(acted)
}
