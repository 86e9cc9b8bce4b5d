//! Hide, show again, redact: with a reason that everybody can read. The originals stay for the moderators.

use super::act::{Acted, On, act};
use super::submit::words;
use super::{store, text};
use crate::media;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::limits;
use domain::ids::MediaId;
use domain::service_request::refusal::Refusal;
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
        if store::hide_media(conn, &acted.report.id, photo, &reason)? == 0 {
            return Err(Refusal::Unknown { what: "photos", code: photo.to_string() }.into());
        }
        media::set_public(conn, photo, false)?;
    }
    store::index_text(conn, &acted.report.id, &words(&acted.report))?;
    Ok(acted)
}
