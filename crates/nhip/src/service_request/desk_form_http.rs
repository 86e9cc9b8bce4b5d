//! A form of the desk on its way in: words and files, however the browser packs them. It is kept whole, so that a page
//! that says no shows everything that was typed.

use crate::media::{Upload, read_upload};
use crate::platform::error::{Error, Result};
use crate::platform::limits;
use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;

/// What came in: names and values in their order, and files.
#[derive(Debug, Default)]
pub struct Typed {
    pub pairs: Vec<(String, String)>,
    pub files: Vec<Upload>,
}

impl Typed {
    /// The first value of that name, else nothing.
    pub fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The version of the report the person saw.
    pub fn version(&self) -> Option<i64> {
        self.get("version").parse().ok()
    }
}

fn broken() -> Error {
    Error::unacceptable("form", "refusal-invalid", 422)
}

impl<S: Send + Sync> FromRequest<S> for Typed {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let form = Multipart::from_request(request, state).await.map_err(|_| broken())?;
            return Self::of_parts(form).await;
        }
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|_| Error::unacceptable("form", "refusal-invalid", 413))?;
        let pairs = axum::extract::Form::<Vec<(String, String)>>::from_request(
            Request::builder()
                .method("POST")
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(body.into())
                .map_err(|_| broken())?,
            state,
        )
        .await
        .map_err(|_| broken())?
        .0;
        Ok(Self { pairs, files: Vec::new() })
    }
}

impl Typed {
    async fn of_parts(mut form: Multipart) -> Result<Self> {
        let mut typed = Self::default();
        while let Some(field) = form.next_field().await.map_err(|_| broken())? {
            let name = field.name().unwrap_or_default().to_owned();
            if field.file_name().is_some() {
                if typed.files.len() > limits::PHOTOS {
                    return Err(crate::media::PhotoRefusal::TooMany.into());
                }
                typed.files.extend(read_upload(field).await?);
            } else {
                typed.pairs.push((name, field.text().await.map_err(|_| broken())?));
            }
        }
        Ok(typed)
    }
}
