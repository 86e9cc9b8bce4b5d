//! The body of a POST: `application/x-www-form-urlencoded`, or `multipart/form-data` with files in any part that has a
//! file name (`media`, `media[]`, `photo1`, `file_…`).

use super::params::{Params, bad};
use crate::media::{Upload, read_upload};
use crate::platform::error::{Error, Result};
use crate::platform::limits;
use axum::body::to_bytes;
use axum::extract::multipart::Field;
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::header::CONTENT_TYPE;

pub async fn read(request: Request) -> Result<(Params, Vec<Upload>)> {
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default()
        .to_lowercase();
    if kind.starts_with("multipart/form-data") {
        return parts(request).await;
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

async fn parts(request: Request) -> Result<(Params, Vec<Upload>)> {
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| bad("body", "open311-multipart"))?;
    let (mut params, mut uploads, mut left) = (Params::default(), Vec::new(), limits::FORM_BYTES);
    while let Some(field) = form.next_field().await.map_err(|_| bad("body", "open311-multipart"))? {
        if field.file_name().is_some() {
            uploads.extend(read_upload(field).await?);
            continue;
        }
        let name = field.name().unwrap_or_default().to_owned();
        let value = text(field, &mut left).await?;
        params.push(&name, &value)?;
    }
    Ok((params, uploads))
}

async fn text(mut field: Field<'_>, left: &mut usize) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| bad("body", "open311-multipart"))? {
        *left = left.checked_sub(chunk.len()).ok_or_else(too_large)?;
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
