//! The outbox: what must be told, written in the transaction of the event it is about.
//!
//! A crash between commit and letter loses nothing: the row is still there. Who is told what is decided by the
//! `notification` slice, which reads these rows.

pub mod store;

pub use store::{OutboxRow, put};
