//! Suggestions learnt from decided reports: the kind of a new one, and reports of the same trouble.

pub mod near_store;
pub mod similar;
pub mod store;
pub mod train;
