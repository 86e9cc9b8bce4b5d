//! A request of an attack, before it is sent.

use super::inputs::{Body, Header};
use super::stage::Scene;
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use axum::http::{HeaderValue, Method, Request};

pub struct Shot<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub cookies: String,
    pub header: Option<&'a Header>,
    pub body: Option<&'a Body>,
}

impl<'a> Shot<'a> {
    pub fn get(path: &'a str, scene: &'a Scene) -> Self {
        Self { method: "GET", path, cookies: scene.cookies(path), header: None, body: None }
    }

    pub fn post(path: &'a str, scene: &'a Scene, body: &'a Body) -> Self {
        Self { method: "POST", body: Some(body), ..Self::get(path, scene) }
    }

    pub fn request(&self) -> Request<axum::body::Body> {
        let mut request = Request::builder()
            .method(Method::from_bytes(self.method.as_bytes()).unwrap())
            .uri(self.path);
        let mut headers = vec![(ACCEPT, HeaderValue::from_static("text/html"))];
        if !self.cookies.is_empty() {
            headers.push((COOKIE, HeaderValue::from_str(&self.cookies).unwrap()));
        }
        if let Some(kind) = self.body.and_then(|body| body.kind) {
            headers.push((CONTENT_TYPE, HeaderValue::from_static(kind)));
        }
        if let Some((name, value)) = self.header {
            headers.retain(|(known, _)| known != name || known == COOKIE);
            headers.push((name.clone(), value.clone()));
        }
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let bytes = self.body.map(|body| body.bytes.clone()).unwrap_or_default();
        request.body(bytes.into()).unwrap()
    }

    pub fn told(&self) -> String {
        let path: String = self.path.chars().take(300).collect();
        let header = self.header.map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            format!(" with {name}: {}", value.chars().take(80).collect::<String>())
        });
        let body = self.body.map(|body| format!(" with {}", body.what));
        format!("{} {path}{}{}", self.method, header.unwrap_or_default(), body.unwrap_or_default())
    }

    /// What the answer is to be, if it is an error.
    pub fn wants_json(&self) -> bool {
        self.header.is_some_and(|(name, value)| name == ACCEPT && value == "application/json")
    }

    pub fn wants_something_odd(&self) -> bool {
        self.header.is_some_and(|(name, _)| name == ACCEPT)
    }
}
