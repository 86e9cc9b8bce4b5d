//! What just happened, for whoever looks at a live page: server-sent events and the map's index.
//!
//! In one process this is a broadcast; what jobs and other nodes did comes a moment later, read by `updated_at` (see
//! `jobs.rs`). Nothing here is
//! durable: a page that missed something reads it from the database when it comes back.

use domain::ids::{AgencyId, ServiceRequestId};
use domain::service_request::{ServiceRequest, State};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{broadcast, watch};

/// A report changed. Carries only what a live page needs to decide whether to look.
#[derive(Debug, Clone)]
pub struct Changed {
    pub request: ServiceRequestId,
    /// Of the report after it.
    pub version: i64,
    pub state: State,
    pub agency: AgencyId,
    pub open_to_all: bool,
    /// For the inspectorate only.
    pub confidential: bool,
    /// And not for this unit of it.
    pub concerns: Option<AgencyId>,
}

impl Changed {
    pub fn of(report: &ServiceRequest) -> Self {
        Self {
            request: report.id.clone(),
            version: report.version,
            state: report.state,
            agency: report.agency.clone(),
            open_to_all: report.is_open_to_all(),
            confidential: report.confidential,
            concerns: report.concerns.clone(),
        }
    }
}

#[derive(Clone)]
pub struct Live {
    changes: broadcast::Sender<Changed>,
    sessions: watch::Sender<()>,
    /// Which version of a report was told last, of the newest few: what a handler told at once is read from the database
    /// a moment later, and is no news then.
    told: Arc<Mutex<HashMap<ServiceRequestId, i64>>>,
    ended: watch::Sender<bool>,
}

/// Changes a slow reader may fall behind before it is told to look at everything anew.
const BACKLOG: usize = 1_024;

impl Default for Live {
    fn default() -> Self {
        Self {
            changes: broadcast::channel(BACKLOG).0,
            sessions: watch::Sender::new(()),
            told: Arc::default(),
            ended: watch::Sender::new(false),
        }
    }
}

impl Live {
    /// Tells everybody who listens, once for each version of a report; nobody listening is fine.
    pub fn tell(&self, changed: Changed) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() >= BACKLOG {
            told.clear();
        }
        if told.insert(changed.request.clone(), changed.version) >= Some(changed.version) {
            return;
        }
        let _ = self.changes.send(changed);
    }

    pub fn listen(&self) -> broadcast::Receiver<Changed> {
        self.changes.subscribe()
    }

    /// Some session has ended: whoever is told something looks whether theirs has.
    pub fn session_ended(&self) {
        self.sessions.send_replace(());
    }

    pub fn session_ends(&self) -> watch::Receiver<()> {
        self.sessions.subscribe()
    }

    /// No more will be told: the service is asked to stop, and live pages would wait for ever.
    pub fn end(&self) {
        self.ended.send_replace(true);
    }

    /// Comes about when [`Live::end`] was called, before or after.
    pub fn ended(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut ended = self.ended.subscribe();
        async move {
            // A sender that is gone has ended too.
            let _ = ended.wait_for(|ended| *ended).await;
        }
    }
}
