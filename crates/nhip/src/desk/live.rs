//! `/desk/events`: what just changed, as server-sent events, for the reports this person may see.
//!
//! An event names a report and its state, nothing more: the page asks for what it shows with its own rights.

use crate::account::policy::{Action, POLICIES, Scope};
use crate::account::session::{self, Signed};
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
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::sync::watch;
use tokio::time::Interval;

/// A stream ends after so long, or when the service is to stop, and the browser asks again.
const LIVES: Duration = Duration::from_mins(10);
/// Quiet lines that keep proxies from closing the stream.
const KEEP_ALIVE: Duration = Duration::from_secs(25);

/// How often a quiet stream looks whether its session has ended elsewhere: on another node, or by `nhip user lock`.
const LOOKS: Duration = Duration::from_secs(15);

pub async fn events(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let listening = Listening {
        signed: visitor.needs_sign_in()?.clone(),
        news: app.live.listen(),
        ends: app.live.session_ends(),
        looks: tokio::time::interval(LOOKS),
        app: app.clone(),
    };
    let told = stream::unfold(listening, |mut listening| async move {
        listening.next().await.map(|event| (Ok::<_, Infallible>(event), listening))
    });
    let told = told.take_until(future::select(
        Box::pin(tokio::time::sleep(LIVES)),
        Box::pin(app.live.ended()),
    ));
    Ok(Sse::new(told).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response())
}

/// Somebody who is told what changes, as long as they are signed in.
struct Listening {
    app: Shared,
    signed: Signed,
    news: broadcast::Receiver<Changed>,
    ends: watch::Receiver<()>,
    looks: Interval,
}

impl Listening {
    async fn next(&mut self) -> Option<Event> {
        loop {
            let heard = tokio::select! {
                heard = self.news.recv() => Some(heard),
                _ = self.ends.changed() => None,
                _ = self.looks.tick() => None,
            };
            let told = match heard {
                None => None,
                Some(Ok(changed)) if !sees(&self.signed, &changed) => continue,
                Some(Ok(changed)) => Some(event(Some(&changed))),
                // Fell behind: the page looks at everything anew.
                Some(Err(RecvError::Lagged(_))) => Some(event(None)),
                Some(Err(RecvError::Closed)) => return None,
            };
            self.look().await?;
            if told.is_some() {
                return told;
            }
        }
    }

    /// `None`: their session has ended, or nobody can say.
    async fn look(&mut self) -> Option<()> {
        let (token, now) = (self.signed.session.clone(), self.app.clock.now());
        let found = self.app.db.read(move |conn| session::find(conn, &token, now)).await;
        self.signed = found.ok().flatten()?;
        Some(())
    }
}

fn event(changed: Option<&Changed>) -> Event {
    let data = changed.map_or_else(
        || serde_json::json!({}),
        |c| serde_json::json!({ "code": c.request.as_str(), "state": c.state }),
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
