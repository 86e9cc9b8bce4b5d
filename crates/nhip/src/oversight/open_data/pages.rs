//! `/open-data`: what each column means, and the files; `/open-data/{file}`: one of them, as it comes from the store.

use super::{FOLDER, edition, tables};
use crate::app::Shared;
use crate::platform::error::Result;
use crate::platform::http::file::{Whole, begun};
use crate::platform::http::page::Page;
use crate::platform::i18n::Lang;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, LAST_MODIFIED,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Actor;
use domain::refusal::Refusal;

/// Seconds a file may be kept before it is asked for again.
const KEPT: &str = "public, max-age=600";

struct FileLine {
    name: String,
    bytes: u64,
}

struct TableLine {
    name: &'static str,
    title: String,
    files: Vec<FileLine>,
    /// Name and meaning.
    columns: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "oversight/open-data.html")]
struct DataPage {
    page: Page,
    t: Lang,
    /// As of when the files are; `None`: there are none yet.
    as_of: Option<String>,
    tables: Vec<TableLine>,
    licence: String,
    licence_url: String,
    /// Where the program is that counts again.
    program: &'static str,
}

pub async fn page(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let edition = edition::newest(&app.db).await?;
    let mut lines = Vec::new();
    for table in tables::ALL {
        let kinds: &[&str] =
            if table.places { &["csv", "parquet", "geojson"] } else { &["csv", "parquet"] };
        let mut files = Vec::new();
        for kind in kinds {
            let name = format!("{}.{kind}", table.name);
            let file = edition.as_ref().and_then(|edition| edition.files.get(&name));
            files.extend(file.map(|file| FileLine { name, bytes: file.bytes }));
        }
        let means = |column: &str| t.of("data-", format!("{}-{column}", table.name)).into_owned();
        lines.push(TableLine {
            name: table.name,
            title: t.of("data-", table.name).into_owned(),
            files,
            columns: table.columns.iter().map(|c| (c.name, means(c.name))).collect(),
        });
    }
    let page = DataPage {
        page: visitor.page(&app, t.s("data-title")),
        t,
        as_of: edition.map(|edition| t.exact(edition.as_of, pack.calendar.zone()).into_owned()),
        tables: lines,
        licence: pack.notices.data_licence.clone(),
        licence_url: pack.notices.data_licence_url.clone(),
        program: env!("CARGO_PKG_REPOSITORY"),
    };
    Ok(show(&page))
}

/// The type of a file that the open data have.
fn kind_of(file: &str) -> Option<&'static str> {
    let (name, end) = file.split_once('.')?;
    let table = tables::ALL.iter().find(|table| table.name == name)?;
    match end {
        "csv" => Some("text/csv; charset=utf-8"),
        "parquet" => Some("application/vnd.apache.parquet"),
        "geojson" if table.places => Some("application/geo+json"),
        _ => None,
    }
}

pub async fn file(
    State(app): State<Shared>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response> {
    let kind = kind_of(&name).ok_or(Refusal::NotFound)?;
    let edition = edition::newest(&app.db).await?.ok_or(Refusal::NotFound)?;
    let file = edition.files.get(&name).ok_or(Refusal::NotFound)?;
    let whole = Whole { size: file.bytes, tag: file.hash.clone(), kind, caching: KEPT };
    let (mut response, part) = begun(&whole, &headers);
    if let Some(part) = part {
        let bytes = edition.read(&app.media.blobs, &name, part).await?;
        *response.body_mut() = Body::from_stream(bytes);
    }
    // Which edition it is of, for whoever takes several files.
    let as_of = edition.as_of.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    if let Ok(as_of) = as_of.parse() {
        response.headers_mut().insert(LAST_MODIFIED, as_of);
    }
    let read_by_any = [
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (ACCESS_CONTROL_EXPOSE_HEADERS, "Accept-Ranges, Content-Range, ETag"),
    ];
    for (name, value) in read_by_any {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// Writes all files anew, for somebody at the desk who does not want to wait for the night.
pub async fn renew(State(app): State<Shared>) -> Result<Response> {
    let ctx = app.ctx(Actor::system());
    let folder = app.config.data.join(FOLDER);
    edition::write(&app.db, &app.media.blobs, &ctx, &folder).await?;
    Ok(Redirect::to("/open-data").into_response())
}
