//! The ground under the maps, as the operator set it: nothing (the areas of the pack), a `PMTiles` file of our own, or an
//! address elsewhere. Nothing is fetched from elsewhere unless the setting says so.

use flate2::read::GzDecoder;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

/// Bytes of the header of a `PMTiles` file of version 3.
const HEADER: usize = 127;
/// Bytes of metadata that we read; real ones have some ten thousand.
const METADATA: u64 = 4 * 1024 * 1024;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum BaseMap {
    #[default]
    None,
    File(Archive),
    Elsewhere(Elsewhere),
}

/// A `PMTiles` file that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    pub path: PathBuf,
    pub bytes: u64,
    pub attribution: String,
    /// Names of the layers in its tiles; none in pictures.
    pub layers: Vec<String>,
    pub deepest: u8,
}

/// What an address leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Style,
    Pictures,
    Vectors,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    pub url: String,
    /// What the content security policy opens for it.
    pub origin: String,
    pub kind: Kind,
    pub attribution: String,
}

impl BaseMap {
    /// Reads the setting; what is wrong with it is said in a sentence.
    pub fn open(setting: Option<&str>, attribution: Option<&str>) -> Result<Self, String> {
        let said = attribution.map(str::trim).filter(|text| !text.is_empty());
        match setting.map(str::trim).filter(|text| !text.is_empty()) {
            None => Ok(Self::None),
            Some(url) if url.contains("://") => Elsewhere::of(url, said).map(Self::Elsewhere),
            Some(path) => Archive::open(Path::new(path), said).map(Self::File),
        }
    }

    /// The one host whose map is shown, if it is not ours.
    pub fn origin(&self) -> Option<&str> {
        match self {
            Self::Elsewhere(elsewhere) => Some(&elsewhere.origin),
            Self::None | Self::File(_) => None,
        }
    }

    /// What a browser needs to draw it; `file` is where we serve ours.
    pub fn told(&self, file: &str) -> Value {
        match self {
            Self::None => json!({ "kind": "none" }),
            Self::File(archive) => json!({
                "kind": if archive.layers.is_empty() { "pmtiles-pictures" } else { "pmtiles" },
                "url": file,
                "attribution": archive.attribution,
                "layers": archive.layers,
                "deepest": archive.deepest,
            }),
            Self::Elsewhere(elsewhere) => json!({
                "kind": match elsewhere.kind {
                    Kind::Style => "style",
                    Kind::Pictures => "pictures",
                    Kind::Vectors => "vectors",
                },
                "url": elsewhere.url,
                "attribution": elsewhere.attribution,
            }),
        }
    }

    /// In a line, for whoever starts the service.
    pub fn summary(&self) -> String {
        match self {
            Self::None => "none, the areas of the pack are the ground".to_owned(),
            Self::File(archive) => format!(
                "{}, {:.1} MB, {} layers, down to zoom {}",
                archive.path.display(),
                archive.bytes as f64 / 1e6,
                archive.layers.len(),
                archive.deepest
            ),
            Self::Elsewhere(elsewhere) => {
                format!("from {}, which every visitor's browser asks", elsewhere.origin)
            }
        }
    }
}

impl Elsewhere {
    fn of(url: &str, attribution: Option<&str>) -> Result<Self, String> {
        let wrong = |why: &str| format!("base map {url}: {why}");
        let (scheme, rest) = url.split_once("://").unwrap_or_default();
        if !matches!(scheme, "https" | "http") {
            return Err(wrong("the address must begin with https://"));
        }
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':');
        if host.is_empty() || !host.bytes().all(plain) {
            return Err(wrong("it names no host"));
        }
        let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        let end = Path::new(&path).extension().and_then(|end| end.to_str());
        let kind = if !url.contains("{z}") {
            Kind::Style
        } else if matches!(end, Some("mvt" | "pbf")) {
            Kind::Vectors
        } else {
            Kind::Pictures
        };
        if kind != Kind::Style && attribution.is_none() {
            return Err(wrong("say with --base-map-attribution whose map it is"));
        }
        Ok(Self {
            url: url.to_owned(),
            origin: format!("{scheme}://{host}"),
            kind,
            attribution: attribution.unwrap_or_default().to_owned(),
        })
    }
}

impl Archive {
    fn open(path: &Path, attribution: Option<&str>) -> Result<Self, String> {
        let wrong = |why: String| format!("base map {}: {why}", path.display());
        let failed = |error: std::io::Error| wrong(error.to_string());
        let mut file = File::open(path).map_err(failed)?;
        let bytes = file.metadata().map_err(failed)?.len();
        let mut header = [0; HEADER];
        if file.read_exact(&mut header).is_err() || !header.starts_with(b"PMTiles") {
            return Err(wrong("it is no PMTiles file; see docs/guides/base-map.md".to_owned()));
        }
        let header = Header(header);
        if header.byte(7) != 3 {
            let why = format!("it is PMTiles of version {}, not 3", header.byte(7));
            return Err(wrong(format!("{why}; renew it with pmtiles convert")));
        }
        // Root directory, metadata, leaf directories, tiles: where each begins, and how long it is.
        let ends =
            [8, 24, 40, 56].map(|at| header.number(at).saturating_add(header.number(at + 8)));
        let end = ends.into_iter().max().unwrap_or(0);
        if bytes < end {
            return Err(wrong(format!("it has {bytes} bytes of {end}; fetch it again")));
        }
        let length = header.number(32).min(METADATA);
        let mut packed = Vec::new();
        file.seek(SeekFrom::Start(header.number(24))).map_err(failed)?;
        file.take(length).read_to_end(&mut packed).map_err(failed)?;
        let metadata = metadata(&packed, header.byte(97));
        let layers = match header.byte(99) {
            1 => names(&metadata),
            2..=5 => Vec::new(),
            other => {
                return Err(wrong(format!("its tiles are of a kind we cannot draw ({other})")));
            }
        };
        let own = metadata.get("attribution").and_then(Value::as_str).map(plain);
        let attribution = attribution.map(str::to_owned).or(own).filter(|text| !text.is_empty());
        let attribution = attribution.ok_or_else(|| {
            wrong("it does not say whose map it is; say so with --base-map-attribution".to_owned())
        })?;
        let deepest = header.byte(101);
        Ok(Self { path: path.to_owned(), bytes, attribution, layers, deepest })
    }
}

struct Header([u8; HEADER]);

impl Header {
    fn byte(&self, at: usize) -> u8 {
        self.0.get(at).copied().unwrap_or(0)
    }
    fn number(&self, at: usize) -> u64 {
        (0..8).rev().fold(0, |n, byte| n << 8 | u64::from(self.byte(at + byte)))
    }
}

/// The metadata, where they can be read: they are a courtesy.
fn metadata(packed: &[u8], compression: u8) -> Value {
    let mut text = Vec::new();
    if compression == 2 {
        let _ = GzDecoder::new(packed).take(METADATA).read_to_end(&mut text);
    } else {
        text.extend(packed);
    }
    serde_json::from_slice(&text).unwrap_or(Value::Null)
}

fn names(metadata: &Value) -> Vec<String> {
    let layers = metadata.get("vector_layers").and_then(Value::as_array);
    let name = |layer: &Value| Some(layer.get("id")?.as_str()?.to_owned());
    // Without a list, all that we know to draw may be there.
    layers.map_or_else(|| vec!["*".to_owned()], |all| all.iter().filter_map(name).collect())
}

/// A text without its tags: what a file says is shown, never run.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside && !c.is_control() => text.push(c),
            _ => {}
        }
    }
    text.replace("&copy;", "©").replace("&amp;", "&").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elsewhere(url: &str, attribution: Option<&str>) -> Result<(String, Kind), String> {
        match BaseMap::open(Some(url), attribution)? {
            BaseMap::Elsewhere(elsewhere) => Ok((elsewhere.origin, elsewhere.kind)),
            other @ (BaseMap::None | BaseMap::File(_)) => panic!("{other:?}"),
        }
    }

    #[test]
    fn nothing_is_set_and_nothing_is_opened() {
        for setting in [None, Some(""), Some("  ")] {
            let base = BaseMap::open(setting, None).unwrap();
            assert_eq!((base.origin(), &base), (None, &BaseMap::None));
        }
    }

    #[test]
    fn an_address_opens_its_own_host_and_no_other() {
        let who = Some("© somebody");
        for (url, origin, kind) in [
            ("https://tiles.example.org/style.json", "https://tiles.example.org", Kind::Style),
            (
                "https://a.example:8443/{z}/{x}/{y}.png?key=1",
                "https://a.example:8443",
                Kind::Pictures,
            ),
            ("https://a.example/{z}/{x}/{y}.mvt?key=1", "https://a.example", Kind::Vectors),
        ] {
            assert_eq!(elsewhere(url, who), Ok((origin.to_owned(), kind)), "{url}");
        }
        for url in [
            "ftp://a.example/x",
            "https:///x",
            "https://a.example;script-src *",
            "https://u@a.example/",
            "https://a b/",
        ] {
            assert!(elsewhere(url, who).is_err(), "{url}");
        }
        let told = elsewhere("https://a.example/{z}/{x}/{y}.png", None).unwrap_err();
        assert!(told.contains("--base-map-attribution"), "{told}");
    }

    #[test]
    fn a_file_s_words_are_shown_without_its_tags() {
        let html =
            "<a href=\"https://x.example\">&copy; OpenStreetMap</a><script>alert(1)</script>";
        assert_eq!(plain(html), "© OpenStreetMapalert(1)");
    }
}
