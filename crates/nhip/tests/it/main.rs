//! The service as a whole, from outside.

mod i18n;
mod look;
