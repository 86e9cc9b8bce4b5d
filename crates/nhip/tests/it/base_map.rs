//! The base map: a file of the operator's by ranges, an address elsewhere, and what is said of what cannot be used.

use crate::support::city::{Answer, City};
use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, ETAG, HeaderName, IF_NONE_MATCH, IF_RANGE, RANGE,
};
use axum::http::{Request, StatusCode};
use nhip::platform::base_map::BaseMap;
use serde_json::Value;
use std::path::PathBuf;
use tempfile::TempDir;

const METADATA: &str = r#"{"attribution":"<a href='https://x.example'>&copy; OpenStreetMap</a>","vector_layers":[{"id":"earth"},{"id":"roads"}]}"#;
/// One tile: z 0, run of 1, some bytes at the beginning of the tiles.
const DIRECTORY: [u8; 5] = [1, 0, 1, 20, 1];

/// The smallest archive there is (`PMTiles`, version 3), nothing of it compressed.
fn archive() -> Vec<u8> {
    let tile = vec![7; 20];
    let (root, metadata) = (127, 127 + DIRECTORY.len() as u64);
    let leaves = metadata + METADATA.len() as u64;
    let mut bytes = b"PMTiles\x03".to_vec();
    for number in [
        root,
        DIRECTORY.len() as u64,
        metadata,
        METADATA.len() as u64,
        leaves,
        0,
        leaves,
        tile.len() as u64,
        1,
        1,
        1,
    ] {
        bytes.extend(number.to_le_bytes());
    }
    // Clustered; nothing compressed; vector tiles; zooms 0 to 14; the whole world, from its middle.
    bytes.extend([1, 1, 1, 1, 0, 14]);
    for degrees in [-180, -85, 180, 85_i32] {
        bytes.extend((degrees * 10_000_000).to_le_bytes());
    }
    bytes.push(0);
    bytes.extend([0; 8]);
    assert_eq!(bytes.len(), 127);
    bytes.extend(DIRECTORY);
    bytes.extend(METADATA.as_bytes());
    bytes.extend(tile);
    bytes
}

fn written(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("city.pmtiles");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn opened(bytes: &[u8], attribution: Option<&str>) -> Result<BaseMap, String> {
    let (_folder, path) = written(bytes);
    BaseMap::open(path.to_str(), attribution)
}

async fn get(city: &City, path: &str, headers: &[(HeaderName, &str)]) -> Answer {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    city.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_file_is_served_by_ranges_and_told_to_the_map() {
    let (_folder, path) = written(&archive());
    let city = City::on_base_map(BaseMap::open(path.to_str(), None).unwrap());
    let told: Value =
        serde_json::from_slice(&get(&city, "/map/base.json", &[]).await.body).unwrap();
    assert_eq!(told["kind"], "pmtiles");
    assert_eq!(told["attribution"], "© OpenStreetMap");
    assert_eq!(told["layers"], serde_json::json!(["earth", "roads"]));
    let file = told["url"].as_str().unwrap();

    let whole = get(&city, file, &[]).await;
    assert_eq!((whole.status, &whole.body), (StatusCode::OK, &archive()));
    assert_eq!(whole.headers[ACCEPT_RANGES], "bytes");
    let tag = whole.headers[ETAG].to_str().unwrap().to_owned();
    let packed = get(&city, file, &[(ACCEPT_ENCODING, "br, gzip")]).await;
    assert_eq!(packed.body, archive(), "parts of it are parts of what lies on the disk");
    assert!(!packed.headers.contains_key(CONTENT_ENCODING), "{:?}", packed.headers);
    let header = get(&city, file, &[(RANGE, "bytes=0-126")]).await;
    assert_eq!((header.status, &header.body[..]), (StatusCode::PARTIAL_CONTENT, &archive()[..127]));
    assert_eq!(
        header.headers[CONTENT_RANGE].to_str().unwrap(),
        format!("bytes 0-126/{}", archive().len())
    );
    assert_eq!(header.headers[CONTENT_LENGTH], "127");
    let end = get(&city, file, &[(RANGE, "bytes=-20"), (IF_RANGE, &tag)]).await;
    assert_eq!((end.status, end.body), (StatusCode::PARTIAL_CONTENT, vec![7; 20]));
    let other = get(&city, file, &[(RANGE, "bytes=-20"), (IF_RANGE, "\"another\"")]).await;
    assert_eq!(other.status, StatusCode::OK, "a part of another file is of no use");
    let beyond = get(&city, file, &[(RANGE, "bytes=99999-")]).await;
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(
        beyond.headers[CONTENT_RANGE].to_str().unwrap(),
        format!("bytes */{}", archive().len())
    );
    assert_eq!(get(&city, file, &[(IF_NONE_MATCH, &tag)]).await.status, StatusCode::NOT_MODIFIED);
    let policy =
        get(&city, "/map", &[]).await.headers[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.contains("connect-src 'self';"), "{policy}");
}

#[tokio::test]
async fn without_a_setting_the_pack_draws_the_ground() {
    let city = City::new();
    assert_eq!(get(&city, "/map/base.pmtiles", &[]).await.status, StatusCode::NOT_FOUND);
    let told = get(&city, "/map/base.json", &[]).await.text();
    assert_eq!(told, r#"{"kind":"ground","url":"/map/ground.json"}"#);
}

#[tokio::test]
async fn an_address_elsewhere_opens_its_host_to_reading_and_nothing_else() {
    let base = BaseMap::open(Some("https://tiles.example.org/style.json?key=1"), None).unwrap();
    let city = City::on_base_map(base);
    let page = get(&city, "/map", &[]).await;
    let policy = page.headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("connect-src 'self' https://tiles.example.org;"), "{policy}");
    assert_eq!(policy.matches("example.org").count(), 1, "{policy}");
    assert_eq!(get(&city, "/map/base.pmtiles", &[]).await.status, StatusCode::NOT_FOUND);
    let told = get(&city, "/map/base.json", &[]).await.text();
    assert!(told.contains("\"kind\":\"style\""), "{told}");
}

#[test]
fn a_file_that_cannot_be_used_is_told_with_the_reason() {
    let with = |at: usize, byte: u8| {
        let mut bytes = archive();
        bytes[at] = byte;
        bytes
    };
    for (bytes, told) in [
        (b"PK\x03\x04 a zip".to_vec(), "no PMTiles file"),
        (b"PMTiles\x03".to_vec(), "no PMTiles file"),
        (with(7, 2), "version 2, not 3"),
        (archive()[..archive().len() - 1].to_vec(), "fetch it again"),
        (with(99, 9), "a kind we cannot draw (9)"),
        // The metadata are no JSON.
        (with(127 + DIRECTORY.len(), b'!'), "whose map it is"),
    ] {
        let wrong = opened(&bytes, None).unwrap_err();
        assert!(wrong.contains(told) && wrong.contains("city.pmtiles"), "{wrong}");
    }
    let named = opened(&with(127 + DIRECTORY.len(), b'!'), Some("© the city"));
    assert!(matches!(named, Ok(BaseMap::File(archive)) if archive.attribution == "© the city"));
}
