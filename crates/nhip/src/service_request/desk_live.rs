//! `/desk/events`: what just changed, as server-sent events, for the reports this person may see.
//!
//! An event names a report and what was done, nothing more: the page asks for what it shows with its own rights.

use crate::account::policy::{Action, POLICIES, Scope};
use crate::account::session::Signed;
use crate::app::Shared;
use crate::platform::error::Result;
use crate::platform::live::Changed;
use crate::visitor::Visitor;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt as _, future, stream};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// A stream ends after so long, or when the service is to stop, and the browser asks again: a session that was revoked
/// is noticed.
const LIVES: Duration = Duration::from_mins(10);
/// Quiet lines that keep proxies from closing the stream.
const KEEP_ALIVE: Duration = Duration::from_secs(25);

pub async fn events(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let signed = visitor.needs_sign_in()?.clone();
    let heard = stream::unfold(app.live.listen(), |mut listener| async move {
        match listener.recv().await {
            Ok(changed) => Some((Some(changed), listener)),
            // Fell behind: the page looks at everything anew.
            Err(RecvError::Lagged(_)) => Some((None, listener)),
            Err(RecvError::Closed) => None,
        }
    });
    let told = heard
        .filter(move |changed| future::ready(changed.as_ref().is_none_or(|c| sees(&signed, c))))
        .map(|changed| Ok::<_, Infallible>(event(changed.as_ref())))
        .take_until(future::select(
            Box::pin(tokio::time::sleep(LIVES)),
            Box::pin(app.live.ended()),
        ));
    Ok(Sse::new(told).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response())
}

fn event(changed: Option<&Changed>) -> Event {
    let data = changed.map_or_else(
        || serde_json::json!({}),
        |c| serde_json::json!({ "code": c.request.as_str(), "verb": c.verb, "state": c.state }),
    );
    Event::default().event("changed").data(data.to_string())
}

/// The same as `policy::may` for [`Action::SeeDesk`], asked of what a change tells about its report.
fn sees(signed: &Signed, changed: &Changed) -> bool {
    let rows = POLICIES.iter().filter(|p| p.action == Action::SeeDesk);
    let mut own = rows.filter(|p| p.roles.iter().any(|role| signed.has(*role)));
    own.any(|p| match p.scope {
        Scope::Any => !changed.confidential,
        Scope::Own => !changed.confidential && signed.agency.as_ref() == Some(&changed.agency),
        Scope::Confidential => {
            changed.confidential && (signed.agency.is_none() || signed.agency != changed.concerns)
        }
    })
}
