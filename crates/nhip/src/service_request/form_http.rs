//! A form as it comes, of citizens and of staff alike: words by name, and files. Reads both encodings of HTML; bounded,
//! whatever is sent; and kept whole, so that a page that says no shows everything that was typed.

use crate::media::{Upload, read_upload};
use crate::platform::error::{Error, Result};
use crate::platform::limits;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;

/// Bytes kept of one field: a description of the longest kind in the widest letters, and some more, so that what is
/// too long is told to be too long.
const FIELD_BYTES: usize = 32 * 1024;
/// Fields of one form: a hundred reports ticked to be handed over, and what else is on that page.
const FIELDS: usize = 200;

/// What somebody sent.
#[derive(Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    pub files: Vec<Upload>,
    /// Why a file could not be read, if so; the words are there all the same.
    pub file_error: Option<Error>,
}

impl Form {
    pub fn of(fields: Vec<(String, String)>) -> Self {
        Self { fields, ..Self::default() }
    }

    /// The first value of that name; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    /// Whether a field of that name was sent, even if it is empty.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(n, _)| n == name)
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The fields whose name begins so, without that beginning.
    pub fn beginning<'a>(&'a self, start: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.fields
            .iter()
            .filter_map(move |(n, value)| Some((n.strip_prefix(start)?, value.as_str())))
    }

    /// Adds a field, as if it had been sent.
    pub fn push(&mut self, name: &str, value: String) {
        self.fields.push((name.to_owned(), value));
    }

    /// Lets go of the fields of that name but for these values.
    pub fn keep_only(&mut self, name: &str, values: &[String]) {
        self.fields.retain(|(n, value)| n != name || values.contains(value));
    }

    pub fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == value
    }

    /// The version of the report the person saw.
    pub fn version(&self) -> Option<i64> {
        self.get("version").parse().ok()
    }

    /// The files, or what was wrong with one of them.
    pub fn take_files(&mut self) -> Result<Vec<Upload>> {
        match self.file_error.take() {
            Some(error) => Err(error),
            None => Ok(std::mem::take(&mut self.files)),
        }
    }

    /// Reads a request to its end. What is no form is refused; a bad file is noted and the words are kept.
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
            if field.file_name().is_none() {
                let name = field.name().unwrap_or_default().to_owned();
                form.fields.push((name, words(field).await?));
                continue;
            }
            match read_upload(field).await {
                // One more than allowed is enough to know that there are too many.
                Ok(Some(file)) if form.files.len() <= limits::PHOTOS => form.files.push(file),
                Ok(_) => {}
                Err(error) => form.file_error = Some(error),
            }
        }
        Ok(form)
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        Self::read(request).await
    }
}

async fn words(mut field: Field<'_>) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| not_a_form())? {
        bytes.extend(chunk.iter().take(FIELD_BYTES - bytes.len()));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn not_a_form() -> Error {
    Error::unacceptable("form", "error-form", 400)
}

fn too_large() -> Error {
    Error::unacceptable("form", "error-too-large", 413)
}
