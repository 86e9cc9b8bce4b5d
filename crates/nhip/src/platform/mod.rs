//! What every slice stands on.

pub mod assets;
pub mod base_map;
pub mod call;
pub mod clock;
pub mod colour;
pub mod config;
pub mod csv;
pub mod ctx;
pub mod data_folder;
pub mod db;
pub mod error;
pub mod hex;
pub mod http;
pub mod i18n;
pub mod icons;
pub mod idempotency_store;
pub mod limits;
pub mod live;
pub mod mail;
pub mod metrics;
pub mod outbox;
pub mod pack_dir;
pub mod process;
pub mod sealing;
mod slim;
pub mod telemetry;
