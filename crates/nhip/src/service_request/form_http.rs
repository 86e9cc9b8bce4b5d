//! A form as it comes: words by name, and photos. Reads both encodings of HTML; bounded, whatever is sent.

use crate::media::{Upload, read_upload};
use crate::platform::error::{Error, Result};
use crate::platform::limits;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;

/// Bytes kept of one field: a description of the longest kind in the widest letters, and some more, so that what is
/// too long is still there to be shortened.
const FIELD_BYTES: usize = 32 * 1024;
/// Fields of one form; no page of ours has as many.
const FIELDS: usize = 200;

/// What somebody sent.
#[derive(Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    pub photos: Vec<Upload>,
    /// Why a photo could not be read, if so; the words are there all the same.
    pub photo_error: Option<Error>,
    /// A field had to be cut off.
    pub cut: Option<String>,
}

impl Form {
    pub fn of(fields: Vec<(String, String)>) -> Self {
        Self { fields, ..Self::default() }
    }

    /// The first value of that name; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == value
    }

    /// Reads a request to its end. What is no form is refused; a bad photo is noted and the words are kept.
    pub async fn read(request: Request) -> Result<Self> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let parts = Multipart::from_request(request, &()).await;
            return Self::of_parts(parts.map_err(|_| not_a_form())?).await;
        }
        let (parts, body) = request.into_parts();
        let bytes =
            axum::body::to_bytes(body, limits::FORM_BYTES).await.map_err(|_| too_large())?;
        let request = Request::from_parts(parts, bytes.into());
        let read = axum::Form::<Vec<(String, String)>>::from_request(request, &()).await;
        let axum::Form(mut fields) = read.map_err(|_| not_a_form())?;
        fields.truncate(FIELDS);
        Ok(Self::of(fields))
    }

    async fn of_parts(mut parts: Multipart) -> Result<Self> {
        let mut form = Self::default();
        for _ in 0..FIELDS {
            let Some(field) = parts.next_field().await.map_err(|_| not_a_form())? else {
                break;
            };
            let name = field.name().unwrap_or_default().to_owned();
            if field.file_name().is_none() {
                let (value, cut) = words(field).await?;
                if cut {
                    form.cut = Some(name.clone());
                }
                form.fields.push((name, value));
                continue;
            }
            match read_upload(field).await {
                Ok(Some(photo)) if form.photos.len() <= limits::PHOTOS => form.photos.push(photo),
                // One more than allowed is enough to know that there are too many.
                Ok(_) => {}
                Err(error) => form.photo_error = Some(error),
            }
        }
        Ok(form)
    }
}

async fn words(mut field: Field<'_>) -> Result<(String, bool)> {
    let mut bytes = Vec::new();
    let mut cut = false;
    while let Some(chunk) = field.chunk().await.map_err(|_| not_a_form())? {
        let room = FIELD_BYTES - bytes.len();
        cut |= chunk.len() > room;
        bytes.extend(chunk.iter().take(room));
    }
    Ok((String::from_utf8_lossy(&bytes).into_owned(), cut))
}

fn not_a_form() -> Error {
    Error::unacceptable("form", "error-form", 400)
}

fn too_large() -> Error {
    Error::unacceptable("form", "error-too-large", 413)
}
