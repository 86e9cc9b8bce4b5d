//! Headers every answer carries: nothing from other hosts, nothing inline, no framing, no referrer with a secret in it.

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;

/// `blob:` is for the preview of a photo before it is sent; `worker-src` for the map. A base map from elsewhere is read
/// from its own host.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
    connect-src 'self'{elsewhere}; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Our own modules, none of which is a worker.
const MODULES: &str = "/assets/js/";

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// What browsers may do with our pages.
#[derive(Debug, Clone)]
pub struct Policy {
    /// We are reached by TLS, and so may ask browsers to insist on it.
    tls: bool,
    csp: HeaderValue,
}

impl Policy {
    /// `elsewhere` is the one other host that pages may read from, if any.
    pub fn new(tls: bool, elsewhere: Option<&str>) -> Self {
        let opened = elsewhere.map_or_else(String::new, |origin| format!(" {origin}"));
        // An origin has been checked letter by letter; one that is no header opens nothing.
        let csp = HeaderValue::from_str(&CSP.replace("{elsewhere}", &opened));
        let closed = || HeaderValue::from_static("default-src 'none'");
        Self { tls, csp: csp.unwrap_or_else(|_| closed()) }
    }
}

pub async fn headers(State(policy): State<Policy>, request: Request, next: Next) -> Response {
    let module = request.uri().path().starts_with(MODULES);
    let mut response = next.run(request).await;
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let part = response.status().is_success() && kind.is_some_and(|kind| is_part(kind, module));
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if policy.tls {
        headers.insert(
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
    if part {
        return response;
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(policy.csp);
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(
        PERMISSIONS_POLICY,
        HeaderValue::from_static("geolocation=(self), camera=(self), microphone=()"),
    );
    response
}

/// What is only ever part of a page and can neither be opened as one nor start anything of its own: the policy of the page
/// holds for it. On a slow phone these headers would weigh more than a small module. SVG and PDF are documents, and a
/// script outside [`MODULES`] may be a worker, which goes by the policy it came with.
fn is_part(kind: &str, module: bool) -> bool {
    matches!(kind, "font/woff2" | "image/jpeg" | "image/png" | "image/webp")
        || kind.starts_with("text/css")
        || (module && kind.starts_with("text/javascript"))
}
