//! The service of Nhịp: one folder per slice, and `platform` under them all.
//!
//! Start with `router.rs`, then follow one URL into `service_request`.

pub mod account;
pub mod area;
pub mod demo;
pub mod media;
pub mod platform;
pub mod service_request;
