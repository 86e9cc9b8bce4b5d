//! What people with bad intentions, broken programs and bad luck send. Words are percent-encoded already, so that what
//! is no UTF-8 can stand among them.

use axum::http::header::{
    ACCEPT, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, COOKIE, HOST, IF_NONE_MATCH, ORIGIN,
    RANGE,
};
use axum::http::{HeaderName, HeaderValue};

/// Stands in what would be a script if a page forgot to escape it.
pub const SCRIPT: &str = "<script>hostile";

/// Short ones.
const WORDS: &[&str] = &[
    "",
    "%00",
    "a%00b",
    // No UTF-8: stray bytes, a broken pair, half of a surrogate pair, an overlong slash.
    "%FF%FE",
    "%C3%28",
    "%ED%A0%80",
    "%C0%AF",
    // No percent-encoding.
    "%",
    "%zz",
    // Turned round, of no width, nothing but a mark, a flag without a flag, not yet assigned.
    "%E2%80%AEtxet%E2%80%AC",
    "%E2%80%8B%E2%80%8D%EF%BB%BF",
    "%CC%81",
    "%F0%9F%87%BB",
    "%F4%8F%BF%BF",
    "NaN",
    "inf",
    "-inf",
    "1e400",
    "1e-400",
    "-0",
    "-1",
    "0",
    "2147483648",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999999999",
    "0x10",
    "1,2",
    "10,10,5,5",
    "-180,-90,180,90",
    "NaN,inf,-inf,1e400",
    "BFoz5xJ67i1B1B7PzIhaxL7Y",
    "BF________________________",
    "55.06,10.61,500",
    "POLYGON((0%200,1%201,1%200,0%200))",
    "2099-01-01T00:00:00Z",
    "9999-12-31",
    "-9999-01-01",
    "0000-00-00",
    "2026-02-30",
    "9999-12-31T23:59:60%2B99:99",
    "9223372036854775807-ZZZZZZZZ",
    "-9223372036854775808-",
    "';DROP%20TABLE%20service_request;--",
    "%25_%25%5C",
    "%22%20OR%20NEAR(%22",
    "*%20AND%20(",
    "%3Cscript%3Ehostile()%3C/script%3E",
    "%22%3E%3Cscript%3Ehostile",
    "..%2F..%2Fetc%2Fpasswd",
    "https://evil.example/",
    "//evil.example",
    "%5C%5Cevil.example",
    "javascript:alert(1)",
    "a%0D%0ASet-Cookie:%20a=b",
];

/// Values of a field or of a parameter.
pub fn words() -> Vec<String> {
    let mut words: Vec<String> = WORDS.iter().copied().map(str::to_owned).collect();
    words.push("x".repeat(20_000));
    // A letter under two thousand accents.
    words.push(format!("e{}", "%CC%81".repeat(2_000)));
    words
}

/// What stands behind a question mark.
pub fn queries() -> Vec<String> {
    let mut queries: Vec<String> =
        ["&&&", "=", "?", "a", "%", "%FF=%FF", "q[]=1&q[a]=2"].map(str::to_owned).to_vec();
    queries.push("a=1&".repeat(5_000));
    queries.push(format!("q={}", "q".repeat(60_000)));
    queries
}

/// Parts of a path.
pub fn path_parts() -> Vec<String> {
    let mut parts: Vec<String> = words().into_iter().filter(|word| !word.is_empty()).collect();
    parts.retain(|part| !part.contains('?') && !part.contains('#'));
    for part in ["%2e%2e", ".json", "x.xml", "%20", "%7F", ";x=1", "requests.json%00"] {
        parts.push(part.to_owned());
    }
    parts
}

/// Names of parameters beyond those that pages show.
pub const NAMES: [&str; 37] = [
    "q",
    "after",
    "before",
    "page",
    "page_size",
    "from",
    "to",
    "bbox",
    "lat",
    "long",
    "radius",
    "lang",
    "next",
    "state",
    "status",
    "field",
    "service",
    "service_code",
    "service_request_id",
    "start_date",
    "end_date",
    "updated_after",
    "updated_before",
    "extensions",
    "locale",
    "jurisdiction_id",
    "api_key",
    "zoom",
    "z",
    "text",
    "what",
    "area",
    "agency",
    "sort",
    "within",
    "around",
    "show",
];

pub type Header = (HeaderName, HeaderValue);

/// Headers, one at a time.
pub fn headers() -> Vec<Header> {
    let long = |n: usize| "x".repeat(n);
    let of = |name: HeaderName, value: &[u8]| (name, HeaderValue::from_bytes(value).unwrap());
    let named = |name: &'static str, value: &[u8]| of(HeaderName::from_static(name), value);
    let mut headers = vec![
        of(COOKIE, format!("nhip={}", long(100_000)).as_bytes()),
        of(COOKIE, b"nhip=\xff\xfe; lang=\xff"),
        of(COOKIE, b"nhip; =; ;;; lang=xx; lang=vi; nhip="),
        of(COOKIE, format!("receipts={}", long(8_000)).as_bytes()),
        of(ACCEPT_LANGUAGE, b"\xff\xff"),
        of(ACCEPT_LANGUAGE, b";q=;q=NaN,*;q=99999999999999999999,vi-;q=-1"),
        of(ACCEPT_LANGUAGE, long(50_000).as_bytes()),
        of(ACCEPT, b"\xff"),
        of(ACCEPT, b"application/json"),
        of(ACCEPT, b"text/html;q=NaN"),
        of(RANGE, b"bytes=-1--5,99999999999999999999-"),
        of(RANGE, b"bytes=0-0,0-0,0-0,0-0,0-0"),
        of(IF_NONE_MATCH, b"\"\xff\", W/, *, \"\"\"\""),
        of(IF_NONE_MATCH, long(50_000).as_bytes()),
        of(HOST, b"\xff"),
        of(HOST, b"evil.example"),
        of(ORIGIN, b"null"),
        of(ORIGIN, b"https://evil.example"),
        of(AUTHORIZATION, b"Bearer \xff"),
        of(CONTENT_TYPE, b"\xff"),
        named("x-forwarded-for", b"127.0.0.1, \xff, 999.999.999.999"),
        named("if-modified-since", b"Thu, 99 Foo 9999 99:99:99 GMT"),
        named("accept-encoding", b"br;q=NaN, gzip;q=, zstd, \xff"),
        named("idempotency-key", b"\xff\xff"),
        named("idempotency-key", long(50_000).as_bytes()),
        named("sec-fetch-site", b"\xff"),
        named("last-event-id", b"99999999999999999999"),
        named("user-agent", b"\xff<script>hostile"),
    ];
    headers.push(of(HeaderName::from_bytes(long(2_000).as_bytes()).unwrap(), b"x"));
    headers
}

/// A body of a form: what it is, what it says it is, its bytes.
pub struct Body {
    pub what: String,
    pub kind: Option<&'static str>,
    pub bytes: Vec<u8>,
}

const EDGE: &str = "hostile-edge";
const MULTIPART: &str = "multipart/form-data; boundary=hostile-edge";
const FORM: &str = "application/x-www-form-urlencoded";

/// Bodies that are broken as a whole, whatever the form asks.
pub fn broken_bodies() -> Vec<Body> {
    let body = |what: &str, kind: Option<&'static str>, bytes: Vec<u8>| Body {
        what: what.to_owned(),
        kind,
        bytes,
    };
    let part = |head: &str, inside: &str| {
        format!("--{EDGE}\r\nContent-Disposition: form-data; {head}\r\n\r\n{inside}").into_bytes()
    };
    let many: Vec<String> = (0..5_000).map(|n| format!("f{n}={n}")).collect();
    let mut bodies = vec![
        body("nothing at all", None, Vec::new()),
        body("an empty form", Some(FORM), Vec::new()),
        body("a form of no type", None, b"description=x".to_vec()),
        body("json", Some("application/json"), b"{\"description\": \"x\"}".to_vec()),
        body("a picture that says it is a form", Some(FORM), vec![0xff, 0xd8, 0xff, 0x00, 0x26]),
        body("a form that says it is a picture", Some("image/png"), b"description=x".to_vec()),
        body(
            "2 MB of a word",
            Some(FORM),
            [b"description=", "y".repeat(2 << 20).as_bytes()].concat(),
        ),
        body("5,000 fields", Some(FORM), many.join("&").into_bytes()),
        body("one field 5,000 times", Some(FORM), "description=x&".repeat(5_000).into_bytes()),
        body("no boundary", Some("multipart/form-data"), part("name=\"a\"", "x\r\n")),
        body(
            "another boundary",
            Some("multipart/form-data; boundary=x"),
            part("name=\"a\"", "x\r\n"),
        ),
        body("half a body", Some(MULTIPART), part("name=\"description\"", "half a wor")),
        body("half a head", Some(MULTIPART), format!("--{EDGE}\r\nContent-Dispo").into_bytes()),
        body("a part without a name", Some(MULTIPART), part("", &format!("x\r\n--{EDGE}--\r\n"))),
        body("a file with a zero in its name", Some(MULTIPART), {
            part("name=\"photos\"; filename=\"a\0.jpg\"", &format!("x\r\n--{EDGE}--\r\n"))
        }),
        body("only an end", Some(MULTIPART), format!("--{EDGE}--\r\n").into_bytes()),
        body("words that are bytes", Some(MULTIPART), {
            let mut bytes = part("name=\"description\"", "");
            bytes.extend([0xff, 0xfe, 0x00, 0xc3]);
            bytes.extend(format!("\r\n--{EDGE}--\r\n").into_bytes());
            bytes
        }),
        body("2 MB in one part", Some(MULTIPART), {
            part("name=\"description\"", &format!("{}\r\n--{EDGE}--\r\n", "y".repeat(2 << 20)))
        }),
    ];
    bodies.push(body("5,000 parts", Some(MULTIPART), {
        let parts: Vec<u8> =
            (0..5_000).flat_map(|_| part("name=\"description\"", "x\r\n")).collect();
        [parts, format!("--{EDGE}--\r\n").into_bytes()].concat()
    }));
    bodies
}

/// Files that are not what they say.
pub fn photos() -> Vec<(&'static str, Vec<u8>)> {
    let photo = a_photo();
    vec![
        ("text.jpg", b"this is no photo at all".to_vec()),
        ("half.jpg", photo[..photo.len() / 2].to_vec()),
        ("nothing.jpg", Vec::new()),
        ("bomb.png", png_bomb()),
        ("head-only.png", png_bomb()[..33].to_vec()),
        (
            "script.svg",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>hostile()</script></svg>".to_vec(),
        ),
        ("moving.gif", b"GIF89a\xff\xff\xff\xff\x80\x00\x00".to_vec()),
        ("page.jpg", b"<html><script>hostile()</script>".to_vec()),
        ("../../etc/passwd", photo.clone()),
        ("huge.jpg", [photo, vec![0; 16 << 20]].concat()),
    ]
}

/// A small photo that is one.
pub fn a_photo() -> Vec<u8> {
    let image = image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8 * 4, y as u8 * 5, 90]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// A picture of 30,000 × 30,000 dots in a few bytes: 3.6 GB once it is unpacked.
fn png_bomb() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let side = 30_000_u32.to_be_bytes();
    chunk(&mut bytes, *b"IHDR", &[&side[..], &side[..], &[8, 6, 0, 0, 0]].concat());
    // An empty stream of zlib.
    chunk(&mut bytes, *b"IDAT", &[0x78, 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]);
    chunk(&mut bytes, *b"IEND", &[]);
    bytes
}

fn chunk(png: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    png.extend((data.len() as u32).to_be_bytes());
    let named = [&name[..], data].concat();
    png.extend(&named);
    let crc = named.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
    });
    png.extend((!crc).to_be_bytes());
}

/// A form with a file, in parts.
pub fn with_file(fields: &[(String, String)], field: &str, file: &str, bytes: &[u8]) -> Body {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), value.as_bytes(), b"\r\n"].concat());
    }
    let head = format!(
        "--{EDGE}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{file}\"\r\n\
         Content-Type: image/jpeg\r\n\r\n"
    );
    body.extend([head.as_bytes(), bytes, format!("\r\n--{EDGE}--\r\n").as_bytes()].concat());
    Body { what: format!("the file {file}"), kind: Some(MULTIPART), bytes: body }
}

/// A form of words, of which some are percent-encoded already.
pub fn form(fields: &[(String, String)]) -> Body {
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let what = pairs.join("&").chars().take(300).collect();
    Body { what, kind: Some(FORM), bytes: pairs.join("&").into_bytes() }
}
