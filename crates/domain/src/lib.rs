//! The words and rules of Nhịp. No I/O, no clock, no randomness: times and ids are arguments.
//!
//! Start with [`service_request`]: the life of a report is one table in `service_request/workflow.rs`.

pub mod card;
pub mod clock;
pub mod disclosure;
pub mod duplicate;
pub mod ids;
pub mod lock;
pub mod pack;
pub mod place;
pub mod procedure;
pub mod promise;
pub mod routing;
pub mod service;
pub mod service_request;
pub mod statistics;
pub mod suggest;
pub mod text;
pub mod time;
