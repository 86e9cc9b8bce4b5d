//! Everything that one running node of the service holds: what all handlers and jobs are given, and what single slices
//! keep in memory. A handler names the part that it needs.

use crate::app::Shared;
use crate::oversight::facts::Facts;
use crate::service_request::map::Map;
use axum::extract::FromRef;
use std::sync::Arc;

#[derive(Clone, FromRef)]
pub struct Node {
    pub app: Shared,
    /// What stands where, for the map and the numbers beside it.
    pub map: Arc<Map>,
    /// What all numbers are counted from.
    pub facts: Arc<Facts>,
}

impl Node {
    /// One that has read no report yet.
    pub fn new(app: Shared) -> Self {
        Self { app, map: Arc::default(), facts: Arc::default() }
    }

    /// Every report was read once: before, map and numbers tell fewer.
    pub fn is_whole(&self) -> bool {
        self.map.is_whole() && self.facts.is_whole()
    }
}
