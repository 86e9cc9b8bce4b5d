//! What every answer must be like, whatever was asked.

use super::inputs::SCRIPT;
use super::shot::Shot;
use crate::support::city::Answer;
use crate::support::forms::{Field, PageForm, unescaped};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use serde_json::Value;

/// No failure, no way out of the house, nothing to run, and errors in the form that was asked for; else what is wrong.
pub fn wrong(shot: &Shot<'_>, answer: &Answer) -> Option<String> {
    let status = answer.status;
    if status.is_server_error() {
        return Some(format!("a failure: {}", answer.text()));
    }
    let to = answer.location();
    let ours = to.starts_with('/') || to.starts_with("http://harbour.example/");
    if !to.is_empty() && (!ours || to.starts_with("//") || to.starts_with("/\\")) {
        return Some(format!("leads out, to {to}"));
    }
    let plain = kind_of(answer).starts_with("application/json");
    if !plain && answer.text().contains(SCRIPT) {
        return Some("a script on the page".to_owned());
    }
    if status.is_client_error() && shot.method != "HEAD" { malformed(shot, answer) } else { None }
}

fn kind_of(answer: &Answer) -> &str {
    answer.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("none")
}

/// What is wrong with the form of an error.
fn malformed(shot: &Shot<'_>, answer: &Answer) -> Option<String> {
    let kind = kind_of(answer);
    let text = answer.text();
    let wanted = if shot.path.starts_with("/open311/") {
        let path = shot.path.split('?').next().unwrap_or_default();
        if path.rsplit_once('.').is_some_and(|(_, format)| format == "xml") {
            "text/xml"
        } else {
            "application/json"
        }
    } else if shot.wants_json() {
        "application/problem+json"
    } else if shot.wants_something_odd() {
        return (text.len() < 20).then(|| format!("says nothing: {text}"));
    } else {
        "text/html"
    };
    // A form that comes back with what was typed is a page, whoever asks.
    let is_page = kind.starts_with("text/html") && text.contains("<form") && shot.wants_json();
    let whole = match wanted {
        "text/html" => text.contains("<h1") || text.contains("<p"),
        "text/xml" => text.contains("<errors>") && text.contains("<description>"),
        "application/json" => json(&text, |v| v[0]["description"].is_string()),
        _ => json(&text, |v| v["status"] == answer.status.as_u16() && v["title"].is_string()),
    };
    (!is_page && (!kind.starts_with(wanted) || !whole))
        .then(|| format!("{kind} instead of {wanted}: {text}"))
}

fn json(text: &str, good: impl Fn(&Value) -> bool) -> bool {
    serde_json::from_str(text).is_ok_and(|value| good(&value))
}

/// A field as a careful person fills it in, percent-encoded.
pub fn filled(field: &Field) -> String {
    let value = match (field.name.as_str(), field.kind.as_str()) {
        ("lat", _) => "55.060",
        ("long", _) => "10.610",
        // A careful person does not see the first.
        ("left-empty", _) | (_, "checkbox") => "",
        (_, "email") => "zebra%40example.org",
        (_, "tel") => "%2B4520123456",
        (_, "number") => "7",
        (_, "date") => "2026-12-24",
        (_, "password") => "a%20sentence%20to%20remember",
        (_, "text" | "textarea" | "search") => "Zebra%20crossing",
        _ => return field.value.replace('%', "%25").replace('&', "%26").replace('+', "%2B"),
    };
    value.to_owned()
}

pub fn unpercent(text: &str) -> String {
    let pairs = format!("x={text}");
    form_urlencoded::parse(pairs.as_bytes())
        .next()
        .map_or_else(String::new, |(_, v)| v.into_owned())
}

/// A form that comes back with what is wrong says so in the title of the page, which is what is read out first.
pub fn untitled(form: &PageForm, answer: &Answer) -> Option<&'static str> {
    let page = unescaped(&answer.text());
    let comes_back = answer.status.is_client_error()
        && page.contains(&format!("action=\"{}\"", form.action))
        && !page.contains("error-page");
    (comes_back && !page.contains("<title>Error: "))
        .then_some("the title does not say that something is wrong")
}

/// A form that is sent back has in it what was typed, but for the field that was attacked; else what is lost.
pub fn lost(form: &PageForm, attacked: &str, answer: &Answer) -> Option<String> {
    if ![StatusCode::UNPROCESSABLE_ENTITY, StatusCode::CONFLICT].contains(&answer.status) {
        return None;
    }
    let page = unescaped(&answer.text());
    // Where the form itself is no longer there, it is the long words one would be sorry for.
    let comes_back = page.contains(&format!("action=\"{}\"", form.action));
    let counts = |f: &Field| f.is_typed() && (comes_back || f.kind == "textarea");
    let mut typed = form.fields.iter().filter(|f| counts(f) && f.name != attacked);
    let gone = typed.find(|field| !page.contains(&unpercent(&filled(field))));
    gone.map(|field| format!("{} is lost from the form that comes back", field.name))
}
