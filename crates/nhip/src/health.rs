//! Whether the process lives, and whether it can answer.

use crate::node::Node;
use crate::platform::error::Result;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

/// `/healthz`: the process lives.
pub async fn alive() -> &'static str {
    "ok"
}

/// `/readyz`: the database answers, and map and numbers were read once: before, they would tell fewer reports.
/// Not yet to be ready is no failure: it is asked every second while a node starts, and nothing of it is logged.
pub async fn ready(State(node): State<Node>) -> Result<Response> {
    node.app.db.ping().await?;
    if !node.is_whole() {
        return Ok((StatusCode::SERVICE_UNAVAILABLE, "the reports are being read").into_response());
    }
    Ok("ready".into_response())
}
