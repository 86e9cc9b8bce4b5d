//! Add photos to an open report.

use super::{Acted, On, act};
use crate::media::attachment_store;
use crate::media::attachment_store::Stage;
use crate::media::{self, StoredPhoto};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;

pub fn add_media(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, photos: &[StoredPhoto]) -> Result<Acted> {
    if photos.is_empty() {
        return Err(Refusal::Missing { field: "photos" }.into());
    }
    let acted = act(conn, ctx, on, Verb::AddMedia, |report, data| {
        if report.photo.is_none() {
            report.photo = photos.first().map(|photo| photo.id.clone());
        }
        data.media = photos.iter().map(|photo| photo.id.clone()).collect();
        Ok(())
    })?;
    attach(conn, ctx, &acted, photos, Stage::Before)?;
    Ok(acted)
}

/// Ties stored photos to a report and the event that brought them.
pub fn attach(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    acted: &Acted,
    photos: &[StoredPhoto],
    stage: Stage,
) -> Result<()> {
    for (position, photo) in photos.iter().enumerate() {
        media::insert(conn, photo, acted.report.is_open_to_all(), ctx.now)?;
        attachment_store::attach(
            conn,
            &acted.report.id,
            &photo.id,
            acted.event.as_str(),
            stage,
            position,
        )?;
    }
    Ok(())
}
