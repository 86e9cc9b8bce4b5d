//! Rate: the reporter judges the result. "Not satisfied" needs a reason and leads somewhere: see `reopen.rs`.

use super::{Acted, On, act, add_media, text};
use crate::media::StoredPhoto;
use crate::media::attachment_store::Stage;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::refusal::Refusal;
use domain::service_request::Rating;
use domain::service_request::workflow::Verb;

/// With photos of how it looks now, if they help.
pub fn rate(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &On,
    rating: Rating,
    words: &str,
    photos: &[StoredPhoto],
) -> Result<Acted> {
    let words = text::optional(words, "reason")?;
    if rating == Rating::NotSatisfied && words.is_none() {
        return Err(Refusal::NeedsReason.into());
    }
    let acted = act(conn, ctx, on, Verb::Rate, |report, data| {
        report.rating = Some(rating);
        data.rating = Some(rating);
        data.text = words;
        data.media = photos.iter().map(|photo| photo.id.clone()).collect();
        Ok(())
    })?;
    add_media::attach(conn, ctx, &acted, photos, Stage::Before)?;
    Ok(acted)
}
