//! What somebody typed into a form that could not be taken: it goes back to them with the page that says why, whatever
//! went wrong and wherever. Readers of forms note words here while they read; a request that is refused before anybody
//! reads it has its words read for that alone.

use crate::platform::error::Error;
use crate::platform::limits;
use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest as _, Request};
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::sync::{Arc, Mutex, PoisonError};

/// Fields noted of one form.
const FIELDS: usize = 200;

/// The words of one request, noted by whoever reads its body.
#[derive(Debug, Clone, Default)]
pub struct Typed(Arc<Mutex<Words>>);

#[derive(Debug, Clone, Default)]
pub struct Words {
    pub fields: Vec<(String, String)>,
    /// There were files, which nobody can give back.
    pub files: bool,
}

impl Typed {
    pub fn note(&self, name: &str, value: &str) {
        let mut words = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if words.fields.len() < FIELDS {
            words.fields.push((name.to_owned(), value.to_owned()));
        }
    }

    pub fn note_file(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).files = true;
    }

    /// What is noted so far.
    pub fn take(&self) -> Words {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Refuses a form that nobody has read.
pub async fn refuse(request: Request, error: Error) -> Response {
    read(request).await;
    error.into_response()
}

/// Reads its words, for no longer than somebody would wait; of its files nothing is kept.
async fn read(request: Request) {
    let html = request.headers().get(ACCEPT).and_then(|accept| accept.to_str().ok());
    let Some(typed) = request.extensions().get::<Typed>().cloned() else { return };
    if request.method().is_safe() || !html.is_some_and(|accept| accept.contains("text/html")) {
        return;
    }
    let _ = tokio::time::timeout(limits::UNREAD_FORM, note_all(request, &typed)).await;
}

async fn note_all(request: Request, typed: &Typed) {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        let read = axum::Form::<Vec<(String, String)>>::from_request(request, &()).await;
        for (name, value) in read.map(|axum::Form(fields)| fields).unwrap_or_default() {
            typed.note(&name, &value);
        }
        return;
    }
    let Ok(mut parts) = Multipart::from_request(request, &()).await else { return };
    let mut room = limits::FORM_BYTES;
    while let Ok(Some(mut field)) = parts.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().is_some();
        let mut value = Vec::new();
        while let Ok(Some(chunk)) = field.chunk().await {
            if file {
                typed.note_file();
            } else if chunk.len() <= room {
                room -= chunk.len();
                value.extend_from_slice(&chunk);
            }
        }
        if !file {
            typed.note(&name, &String::from_utf8_lossy(&value));
        }
    }
}
