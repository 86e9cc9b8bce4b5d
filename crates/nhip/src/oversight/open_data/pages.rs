//! `/open-data`: what each column means, and the files; `/open-data/{file}`: one of them, streamed from the disk.

use super::{FOLDER, tables, write};
use crate::app::Shared;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::i18n::Lang;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use bytes::Bytes;
use domain::service_request::event::Actor;
use domain::service_request::refusal::Refusal;
use futures_util::stream;
use std::io::ErrorKind;
use std::time::UNIX_EPOCH;
use tokio::io::AsyncReadExt as _;

/// Bytes sent at once.
const CHUNK: usize = 64 * 1024;
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
}

pub async fn page(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let (pack, t) = (app.pack.load_full(), visitor.t);
    let folder = app.config.data.join(FOLDER);
    let mut lines = Vec::new();
    for table in tables::ALL {
        let kinds: &[&str] =
            if table.places { &["csv", "parquet", "geojson"] } else { &["csv", "parquet"] };
        let mut files = Vec::new();
        for kind in kinds {
            let name = format!("{}.{kind}", table.name);
            if let Ok(meta) = tokio::fs::metadata(folder.join(&name)).await {
                files.push(FileLine { name, bytes: meta.len() });
            }
        }
        let means = |column: &str| t.of("data-", format!("{}-{column}", table.name)).into_owned();
        lines.push(TableLine {
            name: table.name,
            title: t.of("data-", table.name).into_owned(),
            files,
            columns: table.columns.iter().map(|c| (c.name, means(c.name))).collect(),
        });
    }
    let as_of = write::as_of(&folder).await;
    let page = DataPage {
        page: visitor.page(&app, t.s("data-title")),
        t,
        as_of: as_of.map(|at| t.exact(at, pack.calendar.zone()).into_owned()),
        tables: lines,
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
    let failed = |e: std::io::Error| {
        if e.kind() == ErrorKind::NotFound {
            return Error::from(Refusal::NotFound);
        }
        Error::failed("read the open data", e)
    };
    let file = tokio::fs::File::open(app.config.data.join(FOLDER).join(&name)).await;
    let file = file.map_err(failed)?;
    let meta = file.metadata().await.map_err(failed)?;
    let changed = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let tag = format!("W/\"{:x}-{:x}\"", changed.unwrap_or_default().as_millis(), meta.len());
    let head = [
        (ETAG, tag.clone()),
        (CACHE_CONTROL, KEPT.to_owned()),
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
    ];
    let asked = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if asked.is_some_and(|asked| asked.split(',').any(|one| one.trim() == tag)) {
        return Ok((StatusCode::NOT_MODIFIED, head).into_response());
    }
    let pieces = stream::try_unfold(file, |mut file| async move {
        let mut piece = vec![0; CHUNK];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(piece), file)))
    });
    let size = [(CONTENT_TYPE, kind.to_owned()), (CONTENT_LENGTH, meta.len().to_string())];
    Ok((head, size, Body::from_stream(pieces)).into_response())
}

/// Writes all files anew, for somebody at the desk who does not want to wait for the night.
pub async fn renew(State(app): State<Shared>) -> Result<Response> {
    let ctx = app.ctx(Actor::system());
    write::write(&app.db, &ctx, &app.config.data.join(FOLDER)).await?;
    Ok(Redirect::to("/open-data").into_response())
}
