//! The base map: what it is, and the operator's `PMTiles` file, by ranges as its readers ask for it.

use crate::app::Shared;
use crate::platform::base_map::{Archive, BaseMap};
use crate::platform::error::Result;
use crate::platform::http::file::file as file_of;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::service_request::refusal::Refusal;

/// Where we serve the file.
const FILE: &str = "/map/base.pmtiles";

/// `/map/base.json`: what lies under the maps.
pub async fn what(State(app): State<Shared>) -> impl IntoResponse {
    let told = app.base_map.told(FILE).to_string();
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "public, max-age=300")], told)
}

/// `/map/base.pmtiles`.
pub async fn file(State(app): State<Shared>, headers: HeaderMap) -> Result<Response> {
    let BaseMap::File(Archive { path, .. }) = &app.base_map else {
        return Err(Refusal::NotFound.into());
    };
    file_of(path, "application/vnd.pmtiles", "public, max-age=86400", &headers).await
}
