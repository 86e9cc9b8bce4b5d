//! `/new/photos`: takes a photo ahead of the form of a new report and answers with its ticket; shows it again to whoever
//! holds that. Scripts ask for it while the person types; without them a form that comes back has its photos held here
//! too, so that a mistake in the words costs no photo.

use crate::app::{App, Shared};
use crate::media::form_http::{Form, HELD};
use crate::media::{PhotoRefusal, StoredPhoto, held};
use crate::platform::error::Result;
use crate::platform::limits;
use crate::visitor::Visitor;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;

/// POST `/new/photos`, a form with one file: 201 and the ticket as plain text.
pub async fn take(
    State(app): State<Shared>,
    visitor: Visitor,
    request: Request,
) -> Result<Response> {
    let mut form = Form::read(request).await?;
    let file = form.take_files()?.into_iter().next().ok_or(PhotoRefusal::NotAPhoto)?;
    let brought = (file, visitor.address);
    let ticket = held::hold(&app.media, &app.vault, brought, &app.ids, app.clock.now()).await?;
    let plain = (CONTENT_TYPE, "text/plain; charset=utf-8");
    Ok((StatusCode::CREATED, [plain, (CACHE_CONTROL, "no-store")], ticket).into_response())
}

/// GET `/new/photos/{ticket}`: the small picture.
pub async fn look(State(app): State<Shared>, Path(ticket): Path<String>) -> Result<Response> {
    let picture = held::look(&app.media, &app.vault, &ticket).await?;
    let kind = (CONTENT_TYPE, "image/jpeg");
    Ok(([kind, (CACHE_CONTROL, "private, max-age=86400, immutable")], picture).into_response())
}

/// Holds the files of a form that goes back to its sender, puts their tickets into it, and lets go of tickets that
/// nothing is behind any more. Answers whether a photo was lost, so that the page can say so.
pub async fn hold_all(app: &App, form: &mut Form, from: IpAddr) -> bool {
    let brought = form.all(HELD).count();
    let tickets: Vec<String> = form.all(HELD).take(limits::PHOTOS).map(str::to_owned).collect();
    let mut good = Vec::new();
    for ticket in &tickets {
        if held::look(&app.media, &app.vault, ticket).await.is_ok() {
            good.push(ticket.clone());
        }
    }
    form.keep_only(HELD, &good);
    let mut lost = good.len() < brought;
    for file in std::mem::take(&mut form.files) {
        let brought = (file, from);
        let ticket = held::hold(&app.media, &app.vault, brought, &app.ids, app.clock.now()).await;
        match ticket {
            Ok(ticket) if form.all(HELD).count() < limits::PHOTOS => form.push(HELD, ticket),
            _ => lost = true,
        }
    }
    lost
}

/// The photos whose tickets a form brings, at their place for good.
pub async fn claim_all(app: &App, form: &Form) -> Result<Vec<StoredPhoto>> {
    let mut photos = Vec::new();
    for ticket in form.all(HELD) {
        let now = app.clock.now();
        photos.push(held::claim(&app.media, &app.vault, ticket, &app.ids, now).await?);
    }
    Ok(photos)
}
