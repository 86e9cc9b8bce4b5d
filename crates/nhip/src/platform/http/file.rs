//! A file of the disk as an answer: whole, by ranges (RFC 9110), or not at all where the reader has it. It is streamed:
//! a base map has gigabytes.

use crate::platform::error::{Error, Result};
use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    IF_RANGE, RANGE,
};
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use domain::refusal::Refusal;
use futures_util::stream;
use std::io::{ErrorKind, SeekFrom};
use std::ops::Range;
use std::path::Path;
use std::time::UNIX_EPOCH;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};

/// Bytes that are read at once.
const PIECE: u64 = 64 * 1024;
/// What readers take parts of, or is packed already: it goes out as it lies there. Everything else may be compressed on
/// its way, so that its tag is weak and a part of it fits no other part.
pub const AS_IT_IS: [&str; 2] = ["application/vnd.pmtiles", "application/vnd.apache.parquet"];

/// Whether to compress an answer: not if it goes out as it lies on the disk.
pub fn packs_better(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    !kind.is_some_and(|kind| AS_IT_IS.contains(&kind))
}

/// A file, as far as an answer has to know it.
pub struct Whole {
    pub size: u64,
    /// Another one with every other content.
    pub tag: String,
    pub kind: &'static str,
    /// How long it may be kept.
    pub caching: &'static str,
}

/// The answer to `headers`, of a file of the disk.
pub async fn file(
    path: &Path,
    kind: &'static str,
    caching: &'static str,
    headers: &HeaderMap,
) -> Result<Response> {
    let failed = |error: std::io::Error| {
        if error.kind() == ErrorKind::NotFound {
            return Error::from(Refusal::NotFound);
        }
        Error::failed("read a file", error)
    };
    let mut file = tokio::fs::File::open(path).await.map_err(failed)?;
    let meta = file.metadata().await.map_err(failed)?;
    let (size, changed) = (meta.len(), meta.modified().ok());
    let changed = changed.and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    let tag = format!("{:x}-{size:x}", changed.as_millis());
    let (mut response, part) = begun(&Whole { size, tag, kind, caching }, headers);
    if let Some(part) = part {
        file.seek(SeekFrom::Start(part.start)).await.map_err(failed)?;
        *response.body_mut() = streamed(file, part.end - part.start);
    }
    Ok(response)
}

/// The answer to `headers` but for its bytes, and which of them go out with it.
pub fn begun(whole: &Whole, headers: &HeaderMap) -> (Response, Option<Range<u64>>) {
    let Whole { size, kind, caching, .. } = *whole;
    let (tag, strong) = (format!("\"{}\"", whole.tag), AS_IT_IS.contains(&kind));
    let head = [
        (ETAG, if strong { tag.clone() } else { format!("W/{tag}") }),
        (CACHE_CONTROL, caching.to_owned()),
        (ACCEPT_RANGES, "bytes".to_owned()),
        (CONTENT_TYPE, kind.to_owned()),
    ];
    let said = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let mut known = said(IF_NONE_MATCH).unwrap_or_default().split(',');
    if known.any(|one| one.trim().trim_start_matches("W/") == tag) {
        return ((StatusCode::NOT_MODIFIED, head).into_response(), None);
    }
    // A part of another version of the file would be of no use.
    let of_this = said(IF_RANGE).is_none_or(|wanted| strong && wanted == tag);
    let part = said(RANGE).filter(|_| of_this).map_or(Part::All, |range| part(range, size));
    let (status, first, end) = match part {
        Part::All => (StatusCode::OK, 0, size),
        Part::Of(first, last) => (StatusCode::PARTIAL_CONTENT, first, last + 1),
        Part::Beyond => {
            let range = [(CONTENT_RANGE, format!("bytes */{size}"))];
            return ((StatusCode::RANGE_NOT_SATISFIABLE, head, range).into_response(), None);
        }
    };
    let length = [(CONTENT_LENGTH, (end - first).to_string())];
    let mut response = (status, head, length).into_response();
    if status == StatusCode::PARTIAL_CONTENT
        && let Ok(range) = format!("bytes {first}-{}/{size}", end - 1).parse()
    {
        response.headers_mut().insert(CONTENT_RANGE, range);
    }
    (response, Some(first..end).filter(|part| !part.is_empty()))
}

fn streamed(file: tokio::fs::File, left: u64) -> Body {
    Body::from_stream(stream::try_unfold((file, left), |(mut file, left)| async move {
        let mut piece = vec![0; left.min(PIECE) as usize];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        let left = left.saturating_sub(read as u64);
        Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(piece), (file, left))))
    }))
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
