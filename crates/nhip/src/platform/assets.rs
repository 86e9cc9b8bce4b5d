//! Everything under `web/`, embedded in the binary and served under `/assets/`.
//!
//! An asset's address carries a hash of its bytes (`/assets/css/nhip.1a2b3c4d.css`), so caches may keep
//! it for ever; the plain address works too and is revalidated by `ETag`. Text is compressed once.
//! Where a stylesheet or a module names another asset by its plain address (`/assets/fonts/x.woff2`),
//! the hashed one is put in its place at start, and its comments are left out ([`slim`]). The sheets in `css/nhip/` are
//! sent as one, `css/nhip.css`.
//!
//! Not here: uploaded media, and what the pack colours (only its small stylesheet, [`pack_css`]).

use super::slim;
use crate::platform::hex::short_hex;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::{LazyLock, OnceLock};

#[derive(RustEmbed)]
#[folder = "../../web"]
struct Files;

/// Bytes below which compressing costs more than it saves.
const WORTH_COMPRESSING: usize = 256;
/// Bytes above which the last percent is not worth its seconds.
const QUICKLY: usize = 200_000;
/// Sheets that travel together, in the order of their names, and what they become.
const SHEETS: &str = "css/nhip/";
const SHEET: &str = "css/nhip.css";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const REVALIDATE: &str = "public, no-cache";

struct Asset {
    url: String,
    content_type: &'static str,
    etag: String,
    plain: Bytes,
    brotli: OnceLock<Option<Bytes>>,
    gzip: OnceLock<Option<Bytes>>,
}

struct Assets {
    /// By plain path (`css/nhip.css`).
    by_path: HashMap<String, Asset>,
    /// Hashed path to plain path.
    hashed: HashMap<String, String>,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::read);

/// The names of the icons in the sprite, which a pack may use.
pub fn icon_names() -> BTreeSet<String> {
    let sprite = Files::get("icons/sprite.svg").map(|file| file.data).unwrap_or_default();
    let sprite = String::from_utf8_lossy(&sprite);
    let names = sprite.split("<symbol id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    names.map(str::to_owned).collect()
}

/// The address of a file under `web/`, with its hash. A file that is not there gets its plain address,
/// which answers 404, and a line in the log.
pub fn asset(path: &str) -> &'static str {
    if let Some(asset) = ASSETS.by_path.get(path) {
        return &asset.url;
    }
    tracing::error!(path, "no such asset");
    "/assets/missing"
}

/// The bytes of a file under `web/`, for what is not served as it lies there.
pub fn bytes(path: &str) -> Bytes {
    ASSETS.by_path.get(path).map(|asset| asset.plain.clone()).unwrap_or_default()
}

/// The modules of a folder as one plain script, in the order of their names: not every browser takes modules for a
/// service worker. They import from each other only, each on one line.
pub fn one_script(folder: &str) -> String {
    let mut paths: Vec<_> =
        ASSETS.by_path.iter().filter(|(path, _)| path.starts_with(folder)).collect();
    paths.sort_unstable_by_key(|(path, _)| path.as_str());
    let mut script = String::new();
    for (_, asset) in paths {
        for line in String::from_utf8_lossy(&asset.plain).lines() {
            if !line.starts_with("import ") {
                script.push_str(line.strip_prefix("export ").unwrap_or(line));
                script.push('\n');
            }
        }
    }
    script
}

/// Changes when any file under `web/` does.
pub fn version() -> String {
    let mut urls: Vec<&str> = ASSETS.by_path.values().map(|asset| asset.url.as_str()).collect();
    urls.sort_unstable();
    hash_of(urls.concat().as_bytes())
}

/// Compresses everything now, so that no visitor waits for it. Takes a moment: call it off the async threads.
pub fn warm() {
    for asset in ASSETS.by_path.values() {
        asset.brotli();
        asset.gzip();
    }
}

/// `GET /assets/{*path}`.
pub async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let (asset, caching) = match ASSETS.hashed.get(&path) {
        Some(plain) => (ASSETS.by_path.get(plain), FOR_EVER),
        None => (ASSETS.by_path.get(&path), REVALIDATE),
    };
    let Some(asset) = asset else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if matches_etag(&headers, &asset.etag) {
        return respond(StatusCode::NOT_MODIFIED, asset, caching, None, Bytes::new());
    }
    let accepts = |coding: &str| accepts_coding(&headers, coding);
    let (coding, body) = match (asset.brotli(), asset.gzip()) {
        (Some(body), _) if accepts("br") => (Some("br"), body.clone()),
        (_, Some(body)) if accepts("gzip") => (Some("gzip"), body.clone()),
        _ => (None, asset.plain.clone()),
    };
    respond(StatusCode::OK, asset, caching, coding, body)
}

fn respond(
    status: StatusCode,
    asset: &Asset,
    caching: &'static str,
    coding: Option<&'static str>,
    body: Bytes,
) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Ok(etag) = HeaderValue::from_str(&asset.etag) {
        headers.insert(header::ETAG, etag);
    }
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Whether the client has the version with this tag already.
pub fn matches_etag(headers: &HeaderMap, etag: &str) -> bool {
    let sent = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    sent.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag)
}

fn accepts_coding(headers: &HeaderMap, coding: &str) -> bool {
    let sent = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    sent.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        words.next() == Some(coding) && words.next().is_none_or(|q| !matches!(q, "q=0" | "q=0.0"))
    })
}

/// The pack's accent as a stylesheet, for light and dark. The colours are `#rrggbb` from the checked pack;
/// anything else in them is dropped, so that a pack cannot write CSS.
pub fn pack_css(accent_light: &str, accent_dark: &str) -> String {
    let colour =
        |text: &str| -> String { text.chars().filter(char::is_ascii_hexdigit).take(6).collect() };
    let mut css = format!(":root{{--accent:#{}}}", colour(accent_light));
    let _ = write!(
        css,
        "@media screen and (prefers-color-scheme:dark){{:root{{--accent:#{}}}}}",
        colour(accent_dark)
    );
    css
}

/// Where [`pack_css`] is served: the address changes with the colours.
pub fn pack_css_url(css: &str) -> String {
    format!("/assets/pack.css?v={}", hash_of(css.as_bytes()))
}

impl Asset {
    /// As small as it gets, except of a large library, where that takes seconds.
    fn brotli(&self) -> Option<&Bytes> {
        self.brotli.get_or_init(|| self.compressed(brotli)).as_ref()
    }

    fn gzip(&self) -> Option<&Bytes> {
        self.gzip.get_or_init(|| self.compressed(gzip)).as_ref()
    }

    fn compressed(&self, with: fn(&[u8]) -> std::io::Result<Vec<u8>>) -> Option<Bytes> {
        if self.plain.len() < WORTH_COMPRESSING || !is_text(self.content_type) {
            return None;
        }
        with(&self.plain).ok().filter(|small| small.len() < self.plain.len()).map(Bytes::from)
    }
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut small = Vec::new();
    let quality = if bytes.len() > QUICKLY { 9 } else { 11 };
    let params = brotli::enc::BrotliEncoderParams { quality, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut small, &params)?;
    Ok(small)
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

impl Assets {
    /// Reads every file; those that name others come after the ones they name, so that their own hash
    /// covers the addresses they end up with.
    fn read() -> Self {
        let mut waiting: Vec<(String, Vec<u8>)> = Files::iter()
            .filter(|path| !is_for_writers(path))
            .filter_map(|path| {
                Files::get(&path).map(|file| (path.into_owned(), file.data.into_owned()))
            })
            .collect();
        waiting.sort();
        let sheets = waiting
            .extract_if(.., |(path, _)| path.starts_with(SHEETS))
            .flat_map(|(_, bytes)| bytes)
            .collect();
        waiting.push((SHEET.to_owned(), sheets));
        let mut assets = Self { by_path: HashMap::new(), hashed: HashMap::new() };
        while !waiting.is_empty() {
            let names: Vec<String> =
                waiting.iter().map(|(path, _)| format!("/assets/{path}")).collect();
            let (blocked, ready): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|(path, bytes)| {
                    may_name_others(path)
                        && names
                            .iter()
                            .any(|name| *name != format!("/assets/{path}") && mentions(bytes, name))
                });
            // Modules that name each other keep plain addresses: they still load, only revalidated.
            let (ready, blocked) =
                if ready.is_empty() { (blocked, Vec::new()) } else { (ready, blocked) };
            for (path, bytes) in ready {
                assets.add(path, bytes);
            }
            waiting = blocked;
        }
        assets
    }

    fn add(&mut self, path: String, bytes: Vec<u8>) {
        let bytes = if may_name_others(&path) { self.dressed(&path, bytes) } else { bytes };
        let hash = hash_of(&bytes);
        let hashed = match path.rsplit_once('.') {
            Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
            None => format!("{path}.{hash}"),
        };
        let asset = Asset {
            url: format!("/assets/{hashed}"),
            content_type: content_type(&path),
            etag: format!("\"{hash}\""),
            plain: Bytes::from(bytes),
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
        };
        self.hashed.insert(hashed, path.clone());
        self.by_path.insert(path, asset);
    }

    /// Without comments, and with the hashed addresses of the others it names.
    fn dressed(&self, path: &str, bytes: Vec<u8>) -> Vec<u8> {
        let Ok(text) = str::from_utf8(&bytes) else { return bytes };
        let mut text =
            if path.starts_with("css/") { slim::stylesheet(text) } else { slim::module(text) };
        for (path, asset) in &self.by_path {
            let name = format!("/assets/{path}");
            if text.contains(&name) {
                text = text.replace(&name, &asset.url);
            }
        }
        text.into_bytes()
    }
}

/// What lies there for whoever writes these files, and is not served.
fn is_for_writers(path: &str) -> bool {
    matches!(path, "jsconfig.json" | "icons/icons.txt")
        || matches!(path.rsplit_once('.'), Some((_, "md")))
}

/// Our own stylesheets and modules; vendored files stay byte for byte as published.
fn may_name_others(path: &str) -> bool {
    path.starts_with("css/") || path.starts_with("js/")
}

fn mentions(bytes: &[u8], name: &str) -> bool {
    bytes.windows(name.len()).any(|window| window == name.as_bytes())
}

fn hash_of(bytes: &[u8]) -> String {
    short_hex(&Sha256::digest(bytes), 5)
}

fn is_text(content_type: &str) -> bool {
    content_type.starts_with("text/")
        || content_type.contains("json")
        || content_type.contains("svg")
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn get(
        path: &str,
        headers: &[(header::HeaderName, &str)],
    ) -> (StatusCode, HeaderMap, Bytes) {
        let headers =
            headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        let response = serve(Path(path.trim_start_matches("/assets/").to_owned()), headers).await;
        let (parts, body) = response.into_parts();
        (parts.status, parts.headers, axum::body::to_bytes(body, usize::MAX).await.unwrap())
    }

    #[tokio::test]
    async fn a_hashed_address_is_kept_for_ever_and_a_plain_one_is_revalidated() {
        let url = asset("css/nhip.css");
        assert!(url.starts_with("/assets/css/nhip.") && url != "/assets/css/nhip.css");
        let (status, headers, body) = get(url, &[]).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers[header::CACHE_CONTROL], FOR_EVER);
        assert_eq!(headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
        let (_, plain, same) = get("css/nhip.css", &[]).await;
        assert_eq!(plain[header::CACHE_CONTROL], REVALIDATE);
        assert_eq!(body, same);
        let etag = plain[header::ETAG].to_str().unwrap().to_owned();
        let (status, _, empty) = get("css/nhip.css", &[(header::IF_NONE_MATCH, &etag)]).await;
        assert_eq!((status, empty.len()), (StatusCode::NOT_MODIFIED, 0));
        for none in ["css/none.css", "jsconfig.json", "icons/icons.txt", "icons/README.md"] {
            assert_eq!(get(none, &[]).await.0, StatusCode::NOT_FOUND, "{none}");
        }
    }

    #[tokio::test]
    async fn text_is_sent_compressed_and_unpacks_to_the_same() {
        let (_, _, plain) = get("css/nhip.css", &[]).await;
        let (_, headers, small) =
            get("css/nhip.css", &[(header::ACCEPT_ENCODING, "gzip, deflate, br;q=1")]).await;
        assert_eq!(headers[header::CONTENT_ENCODING], "br");
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut &small[..], &mut unpacked).unwrap();
        assert_eq!(unpacked, plain);
        let (_, headers, _) =
            get("css/nhip.css", &[(header::ACCEPT_ENCODING, "gzip, br;q=0")]).await;
        assert_eq!(headers[header::CONTENT_ENCODING], "gzip");
    }

    #[tokio::test]
    async fn a_stylesheet_names_fonts_by_their_hashed_address() {
        let (_, _, css) = get("css/nhip.css", &[]).await;
        let css = String::from_utf8(css.to_vec()).unwrap();
        let font = asset("fonts/be-vietnam-pro-400.woff2");
        assert!(css.contains(font), "{font} is not in the stylesheet");
        assert!(!css.contains("/assets/fonts/be-vietnam-pro-400.woff2"));
    }

    #[test]
    fn the_service_worker_is_one_plain_script() {
        let script = one_script("js/worker/");
        assert!(script.contains("addEventListener(\"fetch\""), "{script}");
        let module = |line: &str| line.starts_with("import ") || line.starts_with("export ");
        assert!(!script.lines().any(module));
        // In one script each name is there once.
        let named = |line: &str| {
            let line = line.strip_prefix("async ").unwrap_or(line).to_owned();
            let (kind, rest) = line.split_once(' ')?;
            let ends = |c: char| !c.is_alphanumeric() && c != '_';
            let name = rest.split(ends).next()?.to_owned();
            ["const", "let", "function"].contains(&kind).then_some(name)
        };
        let mut names: Vec<String> =
            script.lines().filter_map(named).filter(|name| !name.is_empty()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert!(all > 40 && names.len() == all, "{all} names, {} of them once", names.len());
    }

    #[test]
    fn a_pack_colours_the_accent_and_nothing_else() {
        let css = pack_css("#5b2a86", "#c9a6ee;}body{display:none");
        assert!(css.starts_with(":root{--accent:#5b2a86}"));
        assert!(!css.contains("display"));
        assert_ne!(pack_css_url(&css), pack_css_url(&pack_css("#000000", "#ffffff")));
    }

    /// Fonts, styles, script and icons of a page, as they travel (HTML and photos come on top).
    #[test]
    fn what_every_page_loads_stays_small() {
        let size = |path: &str| {
            let asset = &ASSETS.by_path[path];
            asset.brotli().map_or(asset.plain.len(), Bytes::len)
        };
        let every_page: usize = ASSETS
            .by_path
            .keys()
            .filter(|p| p.contains(".woff2") || *p == "css/nhip.css" || *p == "icons/sprite.svg")
            .map(|p| size(p))
            .sum();
        assert!(every_page < 48_000, "{every_page} bytes");
    }
}
