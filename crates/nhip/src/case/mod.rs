//! The machinery of everything that has a life, a history and a deadline.

pub mod clock;
pub mod explanation;
pub mod explanation_store;
