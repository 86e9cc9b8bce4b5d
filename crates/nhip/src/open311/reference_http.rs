//! The reference: the `OpenAPI` document of this door, and a page for people who write programs.

use crate::app::Shared;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::State;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::collections::BTreeMap;

const DOCUMENT: &str = include_str!("openapi.json");

/// `GET /api/openapi.json`.
pub async fn document() -> Response {
    (
        [(CONTENT_TYPE, "application/json; charset=utf-8"), (ACCESS_CONTROL_ALLOW_ORIGIN, "*")],
        DOCUMENT,
    )
        .into_response()
}

#[derive(Deserialize)]
struct OpenApi {
    paths: BTreeMap<String, BTreeMap<String, Operation>>,
}

#[derive(Deserialize)]
struct Operation {
    summary: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Vec<Parameter>,
}

/// Those that all operations share are references, which the page leaves out.
#[derive(Deserialize)]
struct Parameter {
    #[serde(default)]
    name: String,
    #[serde(default)]
    description: String,
}

#[derive(Template)]
#[template(path = "open311/reference.html")]
struct Reference {
    page: Page,
    operations: Vec<(String, String, Operation)>,
}

/// `GET /api`.
pub async fn page(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let api: OpenApi = serde_json::from_str(DOCUMENT)
        .map_err(|e| Error::failed("read the OpenAPI document", e))?;
    let of_path = |(path, methods): (String, BTreeMap<String, Operation>)| {
        methods
            .into_iter()
            .map(move |(method, operation)| (method.to_uppercase(), path.clone(), operation))
    };
    let title = visitor.t.s("api-title");
    let page = visitor.page(&app, title);
    Ok(show(&Reference { page, operations: api.paths.into_iter().flat_map(of_path).collect() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::router;

    /// `/open311/v2/requests/{id}.json` is `/open311/v2/requests/{}`.
    fn shape(path: &str) -> String {
        let path = path.trim_end_matches(".json").trim_end_matches(".xml");
        let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
        parts.collect::<Vec<_>>().join("/")
    }

    #[test]
    fn the_document_and_the_table_of_urls_name_the_same_addresses() {
        let api: OpenApi = serde_json::from_str(DOCUMENT).unwrap();
        let routed: Vec<String> = router::routes()
            .iter()
            .filter(|route| route.path.starts_with("/open311/"))
            .map(|route| shape(route.path))
            .collect();
        let served = |path: &str| {
            let (folder, _) = path.rsplit_once('/').unwrap();
            routed.contains(&shape(path)) || routed.contains(&format!("{folder}/{{}}"))
        };
        for path in api.paths.keys() {
            assert!(served(path), "{path} is described but not served");
        }
        for route in &routed {
            let described = api.paths.keys().any(|path| {
                shape(path) == *route
                    || path
                        .rsplit_once('/')
                        .is_some_and(|(folder, _)| format!("{folder}/{{}}") == *route)
            });
            assert!(described, "{route} is served but not described");
        }
    }
}
