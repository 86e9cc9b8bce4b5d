//! What lies under the maps: the base map or the ground of the pack, and the operator's `PMTiles` file, by ranges as its
//! readers ask for it.

use crate::app::Shared;
use crate::platform::assets::matches_etag;
use crate::platform::base_map::{Archive, BaseMap};
use crate::platform::error::Result;
use crate::platform::http::file::file as file_of;
use crate::service_request::map::cache::Answer;
use crate::visitor::Visitor;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::refusal::Refusal;
use serde_json::json;

/// Where we serve the file.
const FILE: &str = "/map/base.pmtiles";
/// Where we serve what the pack draws.
const GROUND: &str = "/map/ground.json";

/// `/map/base.json`: what lies under the maps.
pub async fn what(State(app): State<Shared>) -> impl IntoResponse {
    let told = match (&app.base_map, &app.pack.load().ground) {
        (BaseMap::None, Some(_)) => json!({ "kind": "ground", "url": GROUND }),
        (base, _) => base.told(FILE),
    };
    let head = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "public, max-age=300")];
    (head, told.to_string())
}

/// `/map/ground.json`: the ground as the pack draws it, with its names in the reader's language.
pub async fn ground(
    State(app): State<Shared>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response> {
    let pack = app.pack.load_full();
    let ground = pack.ground.as_ref().ok_or(Refusal::NotFound)?;
    let answer = Answer::of(ground.collection(visitor.t.code()).to_string().into_bytes());
    let caching = [
        (ETAG, answer.tag.as_str()),
        (CACHE_CONTROL, "public, max-age=300"),
        (VARY, "Accept-Language, Cookie"),
    ];
    if matches_etag(&headers, &answer.tag) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    Ok((caching, [(CONTENT_TYPE, "application/geo+json")], answer.body).into_response())
}

/// `/map/base.pmtiles`.
pub async fn file(State(app): State<Shared>, headers: HeaderMap) -> Result<Response> {
    let BaseMap::File(Archive { path, .. }) = &app.base_map else {
        return Err(Refusal::NotFound.into());
    };
    file_of(path, "application/vnd.pmtiles", "public, max-age=86400", &headers).await
}
