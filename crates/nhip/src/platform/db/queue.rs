//! A queue of work for the threads that own the connections. Several threads may take from one
//! queue; the writer takes many at once.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// More than this waiting means that the database is far behind: the newest is told "busy" rather
/// than kept waiting in memory.
const MAX_WAITING: usize = 20_000;

pub(super) struct Queue<J> {
    state: Mutex<State<J>>,
    ready: Condvar,
}

struct State<J> {
    waiting: VecDeque<J>,
    closed: bool,
}

impl<J> Queue<J> {
    pub(super) fn new() -> Self {
        let state = State { waiting: VecDeque::new(), closed: false };
        Self { state: Mutex::new(state), ready: Condvar::new() }
    }

    /// Adds work, or hands it back when too much is waiting.
    pub(super) fn push(&self, job: J) -> Result<(), J> {
        let mut state = self.lock();
        if state.waiting.len() >= MAX_WAITING {
            return Err(job);
        }
        state.waiting.push_back(job);
        drop(state);
        self.ready.notify_one();
        Ok(())
    }

    /// Waits for work and moves up to `most` of it into `batch`; false once closed and empty.
    pub(super) fn take(&self, most: usize, batch: &mut VecDeque<J>) -> bool {
        let mut state = self.lock();
        while state.waiting.is_empty() {
            if state.closed {
                return false;
            }
            state = self.ready.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let count = most.min(state.waiting.len());
        batch.extend(state.waiting.drain(..count));
        true
    }

    /// How much waits.
    pub(super) fn len(&self) -> usize {
        self.lock().waiting.len()
    }

    /// No more work will come; what waits is still done.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.ready.notify_all();
    }

    // No code can panic while it holds this lock, so a poisoned lock still guards whole data.
    fn lock(&self) -> MutexGuard<'_, State<J>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
