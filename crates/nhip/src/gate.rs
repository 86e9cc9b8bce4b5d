//! The gate before each handler: who may come, how often, and how many at once. What a route asks is in `router.rs`.

use crate::account::policy::{self, Action};
use crate::app::Shared;
use crate::metrics;
use crate::platform::error::{Error, Result};
use crate::platform::http::pace::Pace::{self, Api, Read, Secret, Submit, Write};
use crate::platform::http::pace::Who;
use crate::platform::http::typed;
use crate::visitor::Visitor;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::refusal::Refusal;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

/// Pages that are made at once: with more of them nobody gets theirs sooner, and what must be answered whatever happens
/// finds no turn.
const AT_ONCE: usize = 64;
/// How long to wait for a turn.
const PATIENCE: Duration = Duration::from_secs(10);
/// What takes no turn: whoever watches the service asks for it, it is in memory, or it has no end.
const APART: [&str; 5] = ["/healthz", "/readyz", "/metrics", "/assets/{*path}", "/desk/events"];

/// Who may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody; the handler shows only what is open to all, or asks for a receipt.
    Everyone,
    /// Anybody who is signed in.
    SignedIn,
    /// Staff whose roles allow this somewhere; the handler asks again for the report at hand.
    Staff(Action),
    /// Programs of the operator that watch the service; see `metrics.rs`.
    Watcher,
}

#[derive(Clone)]
pub struct Gate {
    access: Access,
    pace: Pace,
    /// None: it waits for nobody.
    turns: Option<Arc<Semaphore>>,
}

/// The turns of all routes.
pub fn turns() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(AT_ONCE))
}

impl Gate {
    pub fn new(path: &str, access: Access, pace: Pace, turns: &Arc<Semaphore>) -> Self {
        let turns = (!APART.contains(&path)).then(|| Arc::clone(turns));
        Self { access, pace, turns }
    }

    /// A turn for somebody who reads. Whoever sends something is not counted here: their form may come slowly.
    async fn turn(&self, reads: bool) -> Result<Option<SemaphorePermit<'_>>> {
        match &self.turns {
            Some(turns) if reads => {
                let turn = timeout(PATIENCE, turns.acquire()).await;
                let crowded = |_| Error::Crowded { seconds: PATIENCE.as_secs() };
                Ok(turn.map_err(crowded)?.ok())
            }
            Some(_) | None => Ok(None),
        }
    }
}

/// The middleware around the handler of each route.
pub async fn guard(
    State((app, gate)): State<(Shared, Gate)>,
    visitor: Visitor,
    request: Request,
    next: Next,
) -> Response {
    if let Err(error) = admit(&app, &gate, &visitor, &request) {
        return typed::refuse(request, error).await;
    }
    match gate.turn(request.method().is_safe()).await {
        Ok(_turn) => next.run(request).await,
        Err(crowded) => crowded.into_response(),
    }
}

fn admit(app: &Shared, gate: &Gate, visitor: &Visitor, request: &Request) -> Result<()> {
    match gate.access {
        Access::Everyone => {}
        Access::SignedIn => {
            visitor.needs_sign_in()?;
        }
        Access::Staff(action) => {
            if !policy::may(visitor.needs_sign_in()?, action, None) {
                return Err(Refusal::Forbidden.into());
            }
        }
        Access::Watcher => {
            if !metrics::may_read(&app.config, request) {
                // Whoever guesses does not guess fast.
                app.paces.check(Secret, Who::Address(visitor.address))?;
                return Err(Refusal::Forbidden.into());
            }
        }
    }
    let reads = request.method().is_safe() && gate.pace != Secret;
    if reads {
        return Ok(());
    }
    match gate.pace {
        // Whoever tries secrets is counted by address: the account is what they are after. So is a program before we
        // know its key.
        Secret | Api => app.paces.check(gate.pace, Who::Address(visitor.address)),
        Read | Submit | Write => app.paces.check_all(gate.pace, visitor.names()),
    }
}
