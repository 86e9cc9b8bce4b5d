//! Open311 GeoReport v2 under `/open311/v2/`: the city as programs of others see it and file into it.
//!
//! **Flow.** `http` reads the path's ending (`.json`, `.xml`) and the parameters → `query`, `file` or `update` say what
//! is meant → `store` finds, `service_request` acts → `listing` and `catalog` write straight into one text by `format`.
//! What everybody may know of a report is decided by `domain::disclosure`. Errors travel as everywhere and are dressed
//! by `http::dress`, as Open311 wants them.

pub mod catalog;
pub mod file;
pub mod form_http;
pub mod format;
pub mod http;
pub mod listing;
pub mod params;
pub mod query;
pub mod reference_http;
pub mod store;
pub mod totals;
pub mod update;
