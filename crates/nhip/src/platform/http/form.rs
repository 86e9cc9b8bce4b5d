//! A form as browsers send it, read into a type. What cannot be read is told like any other mistake.

use crate::platform::error::Error;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde::de::DeserializeOwned;
use std::fmt::Write as _;

/// Like `axum::Form`, with our errors: too long a form is 413, one that cannot be read 400.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let read = axum::Form::<T>::from_request(request, state).await;
        read.map(|axum::Form(form)| Self(form)).map_err(|rejection| {
            match rejection.into_response().status() {
                StatusCode::PAYLOAD_TOO_LARGE => {
                    Error::unacceptable("form", "error-too-large", 413)
                }
                _ => Error::unacceptable("form", "error-form", 400),
            }
        })
    }
}

/// A value inside a query: everything but letters, digits and `-._~/` as `%XX` (RFC 3986).
pub fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                text.push(char::from(byte));
            }
            // Writing to a String cannot fail.
            other => drop(write!(text, "%{other:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_a_query_goes_into_a_query_and_marks_survive() {
        assert_eq!(escaped("/reports?q=đèn&x=1"), "/reports%3Fq%3D%C4%91%C3%A8n%26x%3D1");
    }
}
