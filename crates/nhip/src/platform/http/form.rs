//! A form as browsers send it, read into a type. What cannot be read is told like any other mistake.

use super::typed::Typed;
use crate::platform::error::Error;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use std::fmt::Write as _;

/// A field that nobody sees, for robots that fill in whatever there is. Its name means nothing, so that no password
/// manager fills it in; where one does, the form comes back and says so.
pub const TRAP: &str = "left-empty";

/// What is said to whoever filled it in.
pub fn trapped() -> Error {
    Error::unacceptable("", "error-trap", 422)
}

/// Like `axum::Form`, with our errors: too long a form is 413, one that cannot be read 400.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let typed = request.extensions().get::<Typed>().cloned().unwrap_or_default();
        let (parts, body) = request.into_parts();
        let read = Bytes::from_request(Request::from_parts(parts.clone(), body), state).await;
        let bytes = read.map_err(|refused| unread(&refused.into_response()))?;
        for (name, value) in form_urlencoded::parse(&bytes) {
            typed.note(&name, &value);
        }
        let request = Request::from_parts(parts, bytes.into());
        let form = axum::Form::<T>::from_request(request, state).await;
        form.map(|axum::Form(form)| Self(form)).map_err(|refused| unread(&refused.into_response()))
    }
}

fn unread(refused: &Response) -> Error {
    match refused.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::unacceptable("form", "error-too-large", 413),
        _ => Error::unacceptable("form", "error-form", 400),
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
