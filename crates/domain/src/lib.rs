//! The words and rules of Nhịp. No I/O, no clock, no randomness: times and ids are arguments.
//!
//! Start with [`service_request`]: the life of a report is one table in `service_request/workflow.rs`.
//!
//! A module uses only modules that stand before it:
//!
//! ```text
//! word < localized < text < ids < time < place < actor < refusal < statistics
//!   < case < service < service_request < task < procedure < card < phrase < pack
//!   < clock < promise < disclosure < lock < suggest < duplicate
//! ```

pub mod actor;
pub mod card;
pub mod case;
pub mod clock;
pub mod disclosure;
pub mod duplicate;
pub mod ids;
pub mod localized;
pub mod lock;
pub mod pack;
mod phrase;
pub mod place;
pub mod procedure;
pub mod promise;
pub mod refusal;
pub mod service;
pub mod service_request;
pub mod statistics;
pub mod suggest;
pub mod task;
pub mod text;
pub mod time;
pub mod word;
