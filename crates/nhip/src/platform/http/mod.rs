//! What all handlers share: errors, pages, headers, pace.

pub mod answer;
pub mod components;
pub mod dev;
pub mod headers;
pub mod pace;
pub mod page;
