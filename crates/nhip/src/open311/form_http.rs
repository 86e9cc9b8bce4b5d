//! The body of a POST: `application/x-www-form-urlencoded`, or `multipart/form-data` with files in any part that has a
//! file name (`media`, `media[]`, `photo1`, `file_…`).

use super::http::Sender;
use super::params::{Params, bad};
use crate::media::{Upload, read_upload};
use crate::platform::error::{Error, Result};
use crate::platform::limits;
use axum::body::to_bytes;
use axum::extract::multipart::Field;
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::header::CONTENT_TYPE;

/// Reads it to its end. The sender is asked for before each file, by what came so far; of a stranger no more is read than
/// a form without files has.
pub async fn read(request: Request, sender: &Sender<'_>) -> Result<(Params, Vec<Upload>)> {
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default()
        .to_lowercase();
    if kind.starts_with("multipart/form-data") {
        return parts(request, sender).await;
    }
    if !kind.is_empty() && !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(bad("body", "open311-content-type"));
    }
    let body = to_bytes(request.into_body(), limits::FORM_BYTES).await.map_err(|_| too_large())?;
    Ok((Params::parse(&body)?, Vec::new()))
}

fn too_large() -> Error {
    bad("body", "open311-too-large")
}

fn stranger() -> Error {
    Error::unacceptable("api_key", "open311-key", 403)
}

async fn parts(request: Request, sender: &Sender<'_>) -> Result<(Params, Vec<Upload>)> {
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| bad("body", "open311-multipart"))?;
    let (mut params, mut uploads, mut left) = (Params::default(), Vec::new(), limits::FORM_BYTES);
    while let Some(field) = form.next_field().await.map_err(|_| bad("body", "open311-multipart"))? {
        let file = field.file_name().map(str::to_owned);
        if file.is_some() && sender.is_known(&params).await? {
            uploads.extend(read_upload(field).await?);
            continue;
        }
        let name = field.name().unwrap_or_default().to_owned();
        let too_long = if file.is_some() { stranger } else { too_large };
        let bytes = few(field, &mut left, too_long).await?;
        match file {
            Some(_) if bytes.is_empty() => {}
            Some(file) => uploads.push(Upload {
                name: Some(file).filter(|file| !file.is_empty()),
                bytes: bytes.into(),
            }),
            None => params.push(&name, &String::from_utf8_lossy(&bytes))?,
        }
    }
    Ok((params, uploads))
}

async fn few(mut field: Field<'_>, left: &mut usize, too_long: fn() -> Error) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| bad("body", "open311-multipart"))? {
        *left = left.checked_sub(chunk.len()).ok_or_else(too_long)?;
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
