//! Add photos to a task.

use super::{TaskActed, act};
use crate::case::Target;
use crate::media::attachment_store::{self, Stage};
use crate::media::{self, StoredPhoto};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::refusal::Refusal;
use domain::task::workflow::TaskVerb;

pub fn add_media(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    on: &Target,
    photos: &[StoredPhoto],
) -> Result<TaskActed> {
    if photos.is_empty() {
        return Err(Refusal::Missing { field: "photos" }.into());
    }
    let acted = act(conn, ctx, on, TaskVerb::AddMedia, |_, data| {
        data.media = photos.iter().map(|photo| photo.id.clone()).collect();
        Ok(())
    })?;
    attach(conn, ctx, &acted, photos, Stage::Before)?;
    Ok(acted)
}

/// Ties stored photos to a task and the event that brought them.
pub fn attach(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    (task, event): &TaskActed,
    photos: &[StoredPhoto],
    stage: Stage,
) -> Result<()> {
    for (position, photo) in photos.iter().enumerate() {
        media::insert(conn, photo, task.public, ctx.now)?;
        let (case, event) = (task.case(), event.id.as_str());
        attachment_store::attach(conn, &case, &photo.id, event, stage, position)?;
    }
    Ok(())
}
