//! The service of Nhịp: one folder per slice, and `platform` under them all.
//!
//! Start with `router.rs`, then follow one URL into `service_request`.

pub mod account;
pub mod account_pages;
pub mod accountability;
pub mod app;
pub mod area;
pub mod calendar_keeper;
pub mod case;
pub mod cli;
pub mod conversation;
pub mod demo;
pub mod desk;
pub mod front;
pub mod gate;
pub mod health;
pub mod import;
pub mod jobs;
pub mod kinds;
pub mod media;
pub mod metrics;
pub mod node;
pub mod notification;
pub mod open311;
pub mod options;
pub mod oversight;
pub mod platform;
pub mod procedure;
pub mod reload;
pub mod router;
pub mod serve;
pub mod service_request;
pub mod site;
pub mod stop;
pub mod task;
pub mod visitor;
