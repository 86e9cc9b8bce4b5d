//! The service of Nhịp: one folder per slice, and `platform` under them all.

pub mod media;
pub mod platform;
