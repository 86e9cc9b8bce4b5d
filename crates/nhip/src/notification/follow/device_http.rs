//! `/follows/device`: the push service gave a browser another address. Its worker (web/js/worker/notices.js) tells us by
//! the old one, which nobody else knows.

use crate::app::Shared;
use crate::notification::push::{self, Device};
use crate::platform::error::Result;
use crate::visitor::Visitor;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Moved {
    /// The address we had.
    old: String,
    endpoint: String,
    p256dh: String,
    auth: String,
}

/// `POST /follows/device`: 204, or 404 where we know no such browser.
pub async fn moved(
    State(app): State<Shared>,
    visitor: Visitor,
    Form(form): Form<Moved>,
) -> Result<StatusCode> {
    let (ctx, vault, caller) = (app.ctx(visitor.reporter()), app.vault.clone(), app.caller.clone());
    let device = Device { endpoint: form.endpoint, p256dh: form.p256dh, auth: form.auth };
    app.db.write(move |conn| push::moved(conn, &ctx, &vault, &caller, &form.old, &device)).await?;
    Ok(StatusCode::NO_CONTENT)
}
