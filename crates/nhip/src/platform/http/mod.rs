//! What all handlers share: errors, the page frame and its components, headers, pace.

pub mod answer;
pub mod client;
pub mod csrf;
pub mod dev;
pub mod file;
pub mod form;
pub mod headers;
pub mod pace;
pub mod page;
pub mod pressure;
pub mod seen;
pub mod server;
pub mod typed;
pub mod view;
