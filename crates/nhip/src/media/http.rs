//! The border to HTTP: a file out of a form, and a stored file back to a reader.
//!
//! The file of an id never changes, so a browser need not ask twice. Nothing that was uploaded is
//! ever interpreted as anything but what we say it is: no sniffing, no scripts, documents only as
//! downloads. Who may have a file that is not public is decided by the caller.

use axum::body::Body;
use axum::extract::multipart::Field;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use bytes::{Bytes, BytesMut};
use domain::refusal::Refusal;

use super::reduced::{self, Reduced};
use super::store::Kept;
use super::{BlobError, Media, MediaKind, PhotoRefusal, Upload};
use crate::platform::error::{Error, Result};
use crate::platform::limits;

/// Letters of the hash in a tag: enough for never meeting the same twice, and not a third of a thumbnail.
const TAG: usize = 20;

/// Which of the pictures; a document has only one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    Large,
    Small,
    Reduced(Reduced),
}

impl Size {
    /// Of a name in a URL: `large` or `large.jpg`, `small` or `small.jpg`; `phone.jpg`, `thumb.jpg`.
    pub fn of_name(name: &str) -> Option<Self> {
        match name {
            "large" | "large.jpg" => Some(Self::Large),
            "small" | "small.jpg" => Some(Self::Small),
            "phone.jpg" => Some(Self::Reduced(Reduced::Phone)),
            "thumb.jpg" => Some(Self::Reduced(Reduced::Thumb)),
            _ => None,
        }
    }
}

/// For whom the answer is, which decides who may keep a copy of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Any cache between here and the reader. A photo that is hidden later is gone from shared
    /// caches after a week.
    Everyone,
    /// Staff and holders of the receipt; no cache keeps it.
    Entitled,
}

/// Reads one file field of a form, giving up as soon as it is too long. A field in which no file
/// was chosen is `None`; a file that has a name and nothing in it was lost on its device, which is said.
pub async fn read_upload(mut field: Field<'_>) -> Result<Option<Upload>> {
    let name = field.file_name().map(str::to_owned).filter(|name| !name.is_empty());
    let mut bytes = BytesMut::new();
    // A connection that breaks off in the middle of a photo has sent half of it.
    while let Some(chunk) = field.chunk().await.map_err(|_broken| PhotoRefusal::Truncated)? {
        if bytes.len() + chunk.len() > limits::PHOTO_BYTES {
            return Err(PhotoRefusal::TooLarge.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    match (bytes.is_empty(), &name) {
        (true, Some(_)) => Err(PhotoRefusal::Truncated.into()),
        (true, None) => Ok(None),
        (false, _) => Ok(Some(Upload { name, bytes: bytes.freeze() })),
    }
}

/// The file of a row, or 304 if the reader has it.
pub async fn respond(
    media: &Media,
    kept: &Kept,
    size: Size,
    audience: Audience,
    headers: &HeaderMap,
) -> Result<Response<Body>> {
    let photo = kept.kind == MediaKind::Photo;
    let (key, reduced) = match (size, &kept.small_key) {
        (Size::Small, Some(small)) => (small, None),
        // A list takes it from the small one, which is read and decoded in a moment.
        (Size::Reduced(Reduced::Thumb), Some(small)) if photo => (small, Some(Reduced::Thumb)),
        (Size::Reduced(which), _) if photo => (&kept.large_key, Some(which)),
        (Size::Small | Size::Large | Size::Reduced(_), _) => (&kept.large_key, None),
    };
    // The key is the hash of the bytes, or of those it is always made of: as strong as a tag can be.
    let tag: String = key.replace('/', "").chars().take(TAG).collect();
    let end = key.split_once('.').map_or("", |(_, end)| end);
    let etag = format!("\"{tag}.{}\"", reduced.map_or(end, |which| which.name()));
    let asked = headers.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or_default();
    let known = asked.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag);
    let body = if known {
        Body::empty()
    } else {
        let bytes = match reduced {
            Some(which) => reduced::of(media, key, which).await?,
            None => whole(media, key).await?,
        };
        Body::from(bytes.ok_or(Refusal::NotFound)?)
    };
    let mut response = Response::new(body);
    if known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let out = response.headers_mut();
    out.insert(CACHE_CONTROL, HeaderValue::from_static(caching(audience)));
    out.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    out.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    out.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(kept.kind)));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        out.insert(ETAG, etag);
    }
    if kept.kind == MediaKind::Document {
        out.insert(CONTENT_DISPOSITION, attachment(kept.name.as_deref()));
    }
    Ok(response)
}

async fn whole(media: &Media, key: &str) -> Result<Option<Bytes>> {
    match media.blobs.get(key).await {
        Ok(bytes) => Ok(Some(bytes)),
        Err(BlobError::Missing(_)) => Ok(None),
        Err(error) => Err(Error::failed("reading a photo", error)),
    }
}

fn caching(audience: Audience) -> &'static str {
    match audience {
        Audience::Everyone => "public, max-age=604800, immutable",
        Audience::Entitled => "private, no-store",
    }
}

fn content_type(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Photo => "image/jpeg",
        MediaKind::Document => "application/pdf",
    }
}

/// A download under the name it was sent with, written as RFC 8187 asks (UTF-8, the rest escaped).
fn attachment(name: Option<&str>) -> HeaderValue {
    let plain = HeaderValue::from_static("attachment; filename=\"document.pdf\"");
    let Some(name) = name else { return plain };
    let escaped: String = name
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).into(),
            other => format!("%{other:02X}"),
        })
        .collect();
    HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{escaped}")).unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::Blobs;

    async fn bench(kind: MediaKind, name: Option<&str>) -> (tempfile::TempDir, Media, Kept) {
        let folder = tempfile::tempdir().unwrap();
        let media = Media::new(Blobs::folder(folder.path()).unwrap());
        let put = async |bytes: &'static [u8]| {
            media.blobs.put(Bytes::from_static(bytes), "jpg").await.unwrap()
        };
        let (large_key, small_key) = (put(b"large").await, put(b"small").await);
        let small_key = (kind == MediaKind::Photo).then_some(small_key);
        let name = name.map(str::to_owned);
        (folder, media, Kept { kind, large_key, small_key, name, public: true })
    }

    async fn body(response: Response<Body>) -> Bytes {
        axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap()
    }

    #[tokio::test]
    async fn a_photo_is_sent_once_and_never_interpreted() {
        let (_folder, media, kept) = bench(MediaKind::Photo, None).await;
        let ask = async |size, headers: &HeaderMap| {
            respond(&media, &kept, size, Audience::Everyone, headers).await.unwrap()
        };
        let first = ask(Size::Small, &HeaderMap::new()).await;
        assert_eq!(first.headers()[CACHE_CONTROL], "public, max-age=604800, immutable");
        assert_eq!(first.headers()[X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(first.headers()[CONTENT_SECURITY_POLICY], "sandbox; default-src 'none'");
        let etag = first.headers()[ETAG].clone();
        assert_eq!(body(first).await, "small");
        let again = ask(Size::Small, &HeaderMap::from_iter([(IF_NONE_MATCH, etag.clone())])).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert!(body(again).await.is_empty());
        let other = ask(Size::Large, &HeaderMap::from_iter([(IF_NONE_MATCH, etag)])).await;
        assert_eq!(body(other).await, "large");
    }

    #[tokio::test]
    async fn what_is_not_public_stays_out_of_caches() {
        let (_folder, media, kept) = bench(MediaKind::Photo, None).await;
        let headers = HeaderMap::new();
        let answer =
            respond(&media, &kept, Size::Large, Audience::Entitled, &headers).await.unwrap();
        assert_eq!(answer.headers()[CACHE_CONTROL], "private, no-store");
    }

    #[tokio::test]
    async fn a_document_is_a_download_whatever_its_name() {
        let name = "biên bản \"1\"\r\n.pdf";
        let (_folder, media, kept) = bench(MediaKind::Document, Some(name)).await;
        let headers = HeaderMap::new();
        let answer =
            respond(&media, &kept, Size::Small, Audience::Everyone, &headers).await.unwrap();
        assert_eq!(answer.headers()[CONTENT_TYPE], "application/pdf");
        assert_eq!(
            answer.headers()[CONTENT_DISPOSITION],
            "attachment; filename*=UTF-8''bi%C3%AAn%20b%E1%BA%A3n%20%221%22%0D%0A.pdf"
        );
    }
}
