//! One way to write a document in both formats of Open311. JSON drops the root's name and turns repeated elements into
//! an array, even with one member; XML has no namespaces and writes nothing as an empty element.

use domain::place::Point;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::fmt::Write as _;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Json,
    Xml,
}

impl Format {
    /// `requests.json` → `requests`, JSON. A name without a known ending is none.
    pub fn of(document: &str) -> Option<(&str, Self)> {
        let (name, ending) = document.rsplit_once('.')?;
        match ending {
            "json" => Some((name, Self::Json)),
            "xml" => Some((name, Self::Xml)),
            _ => None,
        }
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::Xml => "text/xml; charset=utf-8",
        }
    }
}

/// A document in the making.
pub struct Out {
    format: Format,
    text: String,
}

impl Out {
    pub fn new(format: Format, capacity: usize) -> Self {
        let mut text = String::with_capacity(capacity);
        if format == Format::Xml {
            text.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        }
        Self { format, text }
    }

    pub fn finish(self) -> String {
        self.text
    }

    /// The outermost array; `name` is the root of the XML.
    pub fn root_list(mut self, name: &str, write: impl FnOnce(&mut Self)) -> String {
        self.enclose(name, '[', ']', false, write);
        self.finish()
    }

    /// The outermost object.
    pub fn root_object(mut self, name: &str, write: impl FnOnce(&mut Self)) -> String {
        self.enclose(name, '{', '}', false, write);
        self.finish()
    }

    /// A named array inside an object.
    pub fn list(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.enclose(name, '[', ']', true, write);
    }

    /// A named object inside an object.
    pub fn object(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.enclose(name, '{', '}', true, write);
    }

    /// An object inside an array; `name` is its element.
    pub fn item(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.enclose(name, '{', '}', false, write);
    }

    fn enclose(
        &mut self,
        name: &str,
        open: char,
        close: char,
        named: bool,
        write: impl FnOnce(&mut Self),
    ) {
        match self.format {
            Format::Json => {
                self.separate();
                if named {
                    self.key(name);
                }
                self.text.push(open);
                write(self);
                self.text.push(close);
            }
            Format::Xml => {
                self.tag(name);
                write(self);
                self.end_tag(name);
            }
        }
    }

    pub fn text(&mut self, name: &str, value: Option<&str>) {
        match self.format {
            Format::Json => {
                self.separate();
                self.key(name);
                match value {
                    Some(value) => self.json_string(value),
                    None => self.text.push_str("null"),
                }
            }
            Format::Xml => match value.filter(|value| !value.is_empty()) {
                Some(value) => {
                    self.tag(name);
                    self.xml_text(value);
                    self.end_tag(name);
                }
                None => self.empty_tag(name),
            },
        }
    }

    /// A bare text inside an array; `name` is its element.
    pub fn member(&mut self, name: &str, value: &str) {
        match self.format {
            Format::Json => {
                self.separate();
                self.json_string(value);
            }
            Format::Xml => self.text(name, Some(value)),
        }
    }

    /// A number or a truth value, written alike in both formats.
    pub fn plain(&mut self, name: &str, value: Option<impl std::fmt::Display>) {
        match (self.format, value) {
            (Format::Json, value) => {
                self.separate();
                self.key(name);
                let _ = match value {
                    Some(value) => write!(self.text, "{value}"),
                    None => write!(self.text, "null"),
                };
            }
            (Format::Xml, Some(value)) => {
                self.tag(name);
                let _ = write!(self.text, "{value}");
                self.end_tag(name);
            }
            (Format::Xml, None) => self.empty_tag(name),
        }
    }

    pub fn point(&mut self, point: Option<Point>) {
        self.plain("lat", point.map(Point::lat));
        self.plain("long", point.map(Point::long));
    }

    /// An instant with the city's offset, without fractions.
    pub fn time(&mut self, name: &str, at: Option<Timestamp>, zone: &TimeZone) {
        let Some(at) = at else { return self.text(name, None) };
        self.text(name, Some(&local(at, zone)));
    }

    fn separate(&mut self) {
        if !(self.text.is_empty() || self.text.ends_with(['[', '{'])) {
            self.text.push(',');
        }
    }

    fn key(&mut self, name: &str) {
        self.text.push('"');
        self.text.push_str(name);
        self.text.push_str("\":");
    }

    fn tag(&mut self, name: &str) {
        self.text.push('<');
        self.text.push_str(name);
        self.text.push('>');
    }

    fn end_tag(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    fn empty_tag(&mut self, name: &str) {
        self.text.push('<');
        self.text.push_str(name);
        self.text.push_str("/>");
    }

    /// Runs without anything special are copied as they are.
    fn json_string(&mut self, value: &str) {
        self.text.push('"');
        let mut rest = value;
        while let Some(at) = rest.find(|c: char| c < ' ' || matches!(c, '"' | '\\')) {
            let (plain, special) = rest.split_at(at);
            self.text.push_str(plain);
            let mut chars = special.chars();
            match chars.next() {
                Some('\n') => self.text.push_str("\\n"),
                Some(c @ ('"' | '\\')) => self.text.extend(['\\', c]),
                Some(c) => {
                    let _ = write!(self.text, "\\u{:04x}", u32::from(c));
                }
                None => {}
            }
            rest = chars.as_str();
        }
        self.text.push_str(rest);
        self.text.push('"');
    }

    fn xml_text(&mut self, value: &str) {
        for c in value.chars() {
            match c {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\n' | '\t' => self.text.push(c),
                // No XML 1.0 can say these, not even escaped.
                '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => self.text.push('\u{fffd}'),
                other => self.text.push(other),
            }
        }
    }
}

/// `2026-03-10T09:00:00+01:00`.
pub fn local(at: Timestamp, zone: &TimeZone) -> String {
    let offset = zone.to_offset(at);
    let (when, seconds) = (offset.to_datetime(at), offset.seconds());
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
        when.year(),
        when.month(),
        when.day(),
        when.hour(),
        when.minute(),
        when.second(),
        minutes / 60,
        minutes % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: Format) -> String {
        Out::new(format, 0).root_list("requests", |out| {
            out.item("request", |out| {
                out.text("words", Some("a \"b\" <c> & d\\\n\u{1}đ"));
                out.text("nothing", None);
                out.plain("lat", Some(1.5));
                out.list("formats", |out| out.member("format", "x"));
            });
            out.item("request", |_| {});
        })
    }

    #[test]
    fn both_formats_say_the_same_and_escape_in_their_own_way() {
        let json: serde_json::Value = serde_json::from_str(&written(Format::Json)).unwrap();
        let first = serde_json::json!({
            "words": "a \"b\" <c> & d\\\n\u{1}đ", "nothing": null, "lat": 1.5, "formats": ["x"],
        });
        assert_eq!(json, serde_json::json!([first, {}]));
        assert_eq!(
            written(Format::Xml).lines().skip(1).collect::<Vec<_>>().join("\n"),
            "<requests><request><words>a &quot;b&quot; &lt;c&gt; &amp; d\\\n\u{fffd}đ</words><nothing/><lat>1.5</lat>\
             <formats><format>x</format></formats></request><request></request></requests>"
        );
    }

    #[test]
    fn times_are_local_with_their_offset_and_without_fractions() {
        let zone = TimeZone::get("Europe/Copenhagen").unwrap();
        let at = |text: &str| local(text.parse().unwrap(), &zone);
        assert_eq!(at("2026-03-29T00:59:59.9Z"), "2026-03-29T01:59:59+01:00");
        assert_eq!(at("2026-03-29T01:00:00Z"), "2026-03-29T03:00:00+02:00");
    }

    #[test]
    fn the_ending_of_a_path_is_the_format() {
        assert_eq!(Format::of("K7QM4RTX.xml"), Some(("K7QM4RTX", Format::Xml)));
        assert_eq!(Format::of("a.b.json"), Some(("a.b", Format::Json)));
        assert_eq!(Format::of("requests"), None);
        assert_eq!(Format::of("requests.html"), None);
    }
}
