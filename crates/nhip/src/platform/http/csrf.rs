//! Keeps other sites from acting through a visitor's cookies (cross-site request forgery): a request that changes
//! something must come from our own pages. Modern browsers say where one comes from in `Sec-Fetch-Site`, older ones
//! in `Origin`; programs say neither and have no cookies of somebody else.
//!
//! APIs answer to keys, not to cookies, and are left out.

use super::typed;
use crate::platform::error::Error;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::{HOST, HeaderName, ORIGIN};
use axum::middleware::Next;
use axum::response::Response;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// What is said to it.
pub const OTHER_SITE: &str = "error-other-site";
/// Where cookies do not count, and any site may write: a mail provider stops letters by a link that is the right to it.
const FREE: [&str; 3] = ["/open311/", "/api/", "/letters/stop/"];

pub async fn csrf(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if request.method().is_safe()
        || FREE.iter().any(|prefix| path.starts_with(prefix))
        || is_ours(request.headers())
    {
        return next.run(request).await;
    }
    typed::refuse(request, Error::unacceptable("form", OTHER_SITE, 403)).await
}

fn is_ours(headers: &HeaderMap) -> bool {
    let word = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match (word(SEC_FETCH_SITE), word(ORIGIN)) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => origin.split_once("://").map(|(_, host)| host) == word(HOST),
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_and_programs_may_write() {
        let cases: [(&[(&str, &str)], bool); 9] = [
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (
                &[
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "https://city.example"),
                    ("host", "city.example"),
                ],
                false,
            ),
            (&[("origin", "https://city.example"), ("host", "city.example")], true),
            (&[("origin", "https://evil.example"), ("host", "city.example")], false),
            (&[("origin", "null"), ("host", "city.example")], false),
            (&[("host", "city.example")], true),
        ];
        for (headers, ours) in cases {
            let map = headers
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
                .collect();
            assert_eq!(is_ours(&map), ours, "{headers:?}");
        }
    }
}
