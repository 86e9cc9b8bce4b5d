//! Ask: something is missing that only the reporter knows. The clock stands still until they reply, or do not.

use super::scheduled::{self, Swept};
use super::{Acted, On, act, add_media, scheduled_store, text};
use crate::media::StoredPhoto;
use crate::media::attachment_store::Stage;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::ids::ServiceRequestId;
use domain::service_request::workflow::Verb;
use domain::time::{self, Budget};

pub fn ask(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, question: &str) -> Result<Acted> {
    let question = text::needed(question, "reason")?;
    let wait = Budget::WorkingDays(ctx.pack.settings.question_working_days);
    act(conn, ctx, on, Verb::Ask, |report, data| {
        report.question_until = time::due(&ctx.pack.calendar, ctx.now, &wait, &[]);
        report.responded_at.get_or_insert(ctx.now);
        data.text = Some(question);
        Ok(())
    })
}

/// The reporter's reply, with photos if they help.
pub fn reply(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    words: &str,
    photos: &[StoredPhoto],
) -> Result<Acted> {
    let words = text::needed(words, "reason")?;
    let acted = act(conn, ctx, on, Verb::Reply, |_, data| {
        data.text = Some(words);
        data.media = photos.iter().map(|photo| photo.id.clone()).collect();
        Ok(())
    })?;
    add_media::attach(conn, ctx, &acted, photos, Stage::Before)?;
    Ok(acted)
}

/// Sends questions whose time is up back to who asked. A job: safe to run at any time, any number of times.
pub fn expire_questions(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    limit: usize,
) -> Result<Swept<ServiceRequestId>> {
    let expired = scheduled_store::expired_questions(conn, ctx.now, limit)?;
    scheduled::each(conn, expired, ServiceRequestId::as_str, |conn, id| {
        let on = On { id: id.clone(), seen: None };
        act(conn, ctx, &on, Verb::QuestionExpired, |_, _| Ok(())).map(|_| true)
    })
}
