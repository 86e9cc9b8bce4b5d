//! The base map: what it is, and the operator's `PMTiles` file by ranges (RFC 9110), as its readers ask for it.

use crate::app::Shared;
use crate::platform::assets::matches_etag;
use crate::platform::base_map::{Archive, BaseMap};
use crate::platform::error::{Error, Result};
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_RANGE,
    RANGE,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use domain::service_request::refusal::Refusal;
use futures_util::stream;
use std::io::SeekFrom;
use std::time::UNIX_EPOCH;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};

/// Where we serve the file.
const FILE: &str = "/map/base.pmtiles";
/// Bytes that are read at once.
const PIECE: u64 = 64 * 1024;

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
    let failed = |error: std::io::Error| Error::failed("read the base map", error);
    let mut file = tokio::fs::File::open(path).await.map_err(failed)?;
    let meta = file.metadata().await.map_err(failed)?;
    let changed = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let tag = format!("\"{:x}-{:x}\"", changed.unwrap_or_default().as_millis(), meta.len());
    let head = [
        (ETAG, tag.clone()),
        (CACHE_CONTROL, "public, max-age=86400".to_owned()),
        (ACCEPT_RANGES, "bytes".to_owned()),
        (CONTENT_TYPE, "application/vnd.pmtiles".to_owned()),
    ];
    if matches_etag(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, head).into_response());
    }
    let said = |name| headers.get(name).and_then(|value| value.to_str().ok());
    // A part of another version of the file would be of no use.
    let of_this = said(IF_RANGE).is_none_or(|wanted| wanted == tag);
    let size = meta.len();
    let part = said(RANGE).filter(|_| of_this).map_or(Part::All, |range| part(range, size));
    let (status, first, last) = match part {
        Part::All => (StatusCode::OK, 0, size.saturating_sub(1)),
        Part::Of(first, last) => (StatusCode::PARTIAL_CONTENT, first, last),
        Part::Beyond => {
            let range = [(CONTENT_RANGE, format!("bytes */{size}"))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, head, range).into_response());
        }
    };
    file.seek(SeekFrom::Start(first)).await.map_err(failed)?;
    let left = last + 1 - first;
    let pieces = stream::try_unfold((file, left), |(mut file, left)| async move {
        let mut piece = vec![0; left.min(PIECE) as usize];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        let left = left.saturating_sub(read as u64);
        Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(piece), (file, left))))
    });
    let length = [(CONTENT_LENGTH, left.to_string())];
    let mut response = (status, head, length, Body::from_stream(pieces)).into_response();
    if status == StatusCode::PARTIAL_CONTENT
        && let Ok(range) = format!("bytes {first}-{last}/{size}").parse()
    {
        response.headers_mut().insert(CONTENT_RANGE, range);
    }
    Ok(response)
}

/// What of a file was asked for.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    All,
    /// From the first byte to the last, both included.
    Of(u64, u64),
    Beyond,
}

/// Reads a range of bytes. What is no range, or several at once, asks for all, as a server may say.
fn part(range: &str, size: u64) -> Part {
    let Some((from, to)) = range.strip_prefix("bytes=").and_then(|range| range.split_once('-'))
    else {
        return Part::All;
    };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        // More than fits is beyond every file.
        digits.then(|| text.parse::<u64>().unwrap_or(u64::MAX))
    };
    let end = size.saturating_sub(1);
    match (number(from), number(to)) {
        (None, Some(last)) if from.is_empty() => match last.min(size) {
            0 => Part::Beyond,
            some => Part::Of(size - some, end),
        },
        (Some(first), None) if to.is_empty() && first < size => Part::Of(first, end),
        (Some(_), None) if to.is_empty() => Part::Beyond,
        (Some(first), Some(last)) if first <= last && first < size => {
            Part::Of(first, last.min(end))
        }
        (Some(first), Some(last)) if first <= last => Part::Beyond,
        _ => Part::All,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_the_standard_says() {
        for (range, expected) in [
            ("bytes=0-0", Part::Of(0, 0)),
            ("bytes=10-19", Part::Of(10, 19)),
            ("bytes=90-", Part::Of(90, 99)),
            ("bytes=90-200", Part::Of(90, 99)),
            ("bytes=-10", Part::Of(90, 99)),
            ("bytes=-1000", Part::Of(0, 99)),
            ("bytes=100-", Part::Beyond),
            ("bytes=100-200", Part::Beyond),
            ("bytes=99999999999999999999-", Part::Beyond),
            ("bytes=-0", Part::Beyond),
            ("bytes=5-4", Part::All),
            ("bytes=0-1,3-4", Part::All),
            ("bytes=-", Part::All),
            ("bytes=a-b", Part::All),
            ("bytes=-1--5", Part::All),
            ("lines=0-1", Part::All),
        ] {
            assert_eq!(part(range, 100), expected, "{range}");
        }
    }
}
