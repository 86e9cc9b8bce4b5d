//! Hide, show again, redact: with a reason that everybody can read. The originals stay for the moderators.

use super::submit::words;
use super::{Acted, On, act, text};
use crate::media::attachment_store;
use crate::media::cover::Cover;
use crate::media::{self, StoredPhoto};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::limits;
use crate::service_request::list::search_store;
use domain::ids::MediaId;
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;

pub fn hide(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, reason: &str) -> Result<Acted> {
    let reason = text::needed(reason, "reason")?;
    let acted = act(conn, ctx, on, Verb::Hide, |report, data| {
        report.hidden = Some(reason.clone());
        data.text = Some(reason);
        Ok(())
    })?;
    media::set_public_of_request(conn, &acted.report.id, false)?;
    Ok(acted)
}

pub fn unhide(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, reason: &str) -> Result<Acted> {
    let reason = text::needed(reason, "reason")?;
    let acted = act(conn, ctx, on, Verb::Unhide, |report, data| {
        report.hidden = None;
        data.text = Some(reason);
        Ok(())
    })?;
    media::set_public_of_request(conn, &acted.report.id, acted.report.is_open_to_all())?;
    Ok(acted)
}

/// What to take out of the public's sight.
#[derive(Debug, Default)]
pub struct Redaction {
    /// The words to show instead of the reporter's; `None` leaves them.
    pub description: Option<String>,
    pub photos: Vec<MediaId>,
    pub reason: String,
}

pub fn redact(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, redaction: Redaction) -> Result<Acted> {
    let reason = text::needed(&redaction.reason, "reason")?;
    let description = redaction
        .description
        .as_deref()
        .map(|d| text::checked(d, "description", limits::DESCRIPTION_CHARS))
        .transpose()?;
    if description.is_none() && redaction.photos.is_empty() {
        return Err(Refusal::NothingToChange.into());
    }
    let acted = act(conn, ctx, on, Verb::Redact, |report, data| {
        if description.is_some() {
            report.redacted = description;
        }
        if report.photo.as_ref().is_some_and(|photo| redaction.photos.contains(photo)) {
            report.photo = None;
        }
        if report.result_photo.as_ref().is_some_and(|photo| redaction.photos.contains(photo)) {
            report.result_photo = None;
        }
        data.text = Some(reason.clone());
        data.media.clone_from(&redaction.photos);
        Ok(())
    })?;
    for photo in &redaction.photos {
        if attachment_store::hide(conn, &acted.report.id, photo, &reason)? == 0 {
            return Err(Refusal::Unknown { what: "photos", code: photo.to_string() }.into());
        }
        media::set_public(conn, photo, false)?;
    }
    search_store::change_text(conn, &acted.report.id, &words(&acted.report))?;
    Ok(acted)
}

/// A photo of a report, and what everybody is to see in its place.
#[derive(Debug)]
pub struct Covering {
    /// The photo that is shown now.
    pub shown: MediaId,
    /// The photo as it was sent: `shown`, or what lies under its boxes.
    pub original: MediaId,
    pub boxes: Vec<Cover>,
    /// The original with the boxes drawn in; `None` without boxes: the original is shown again.
    pub covered: Option<StoredPhoto>,
    pub reason: String,
}

/// Puts the covered photo in the place of the shown one, or the original again.
pub fn cover(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, covering: &Covering) -> Result<Acted> {
    let reason = text::needed(&covering.reason, "reason")?;
    let instead = covering.covered.as_ref().map_or(&covering.original, |photo| &photo.id);
    if *instead == covering.shown {
        return Err(Refusal::NothingToChange.into());
    }
    let acted = act(conn, ctx, on, Verb::Redact, |report, data| {
        for photo in [&mut report.photo, &mut report.result_photo] {
            if photo.as_ref() == Some(&covering.shown) {
                *photo = Some(instead.clone());
            }
        }
        data.text = Some(reason.clone());
        data.media.push(instead.clone());
        Ok(())
    })?;
    let report = &acted.report.id;
    let unknown = || Refusal::Unknown { what: "photos", code: covering.shown.to_string() };
    let public = media::store::find(conn, &covering.shown)?.ok_or_else(unknown)?.public;
    match &covering.covered {
        Some(photo) => {
            media::insert(conn, photo, public, ctx.now)?;
            media::store::put_cover(conn, &photo.id, &covering.original, &covering.boxes)?;
            attachment_store::attach_beside(conn, report, &photo.id, &covering.shown)?;
        }
        None => {
            attachment_store::show(conn, report, &covering.original)?;
            media::set_public(conn, &covering.original, public)?;
        }
    }
    if attachment_store::hide(conn, report, &covering.shown, &reason)? == 0 {
        return Err(unknown().into());
    }
    media::set_public(conn, &covering.shown, false)?;
    Ok(acted)
}
