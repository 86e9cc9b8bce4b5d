//! `/media/{id}/{size}`: a photo or document, to whoever may see it.

use crate::app::Shared;
use crate::media::{self, Audience, Size};
use crate::platform::error::Result;
use crate::visitor::Visitor;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::ids::MediaId;
use domain::service_request::refusal::Refusal;

/// Public photos for everybody; the rest for staff (the report's own pages hand them to the reporter).
pub async fn photo(
    State(app): State<Shared>,
    visitor: Visitor,
    Path((id, size)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    let id = MediaId::parse(&id).map_err(|_| Refusal::NotFound)?;
    let size = Size::of_name(&size).ok_or(Refusal::NotFound)?;
    let kept =
        app.db.read(move |conn| media::store::find(conn, &id)).await?.ok_or(Refusal::NotFound)?;
    let staff = visitor.signed.as_ref().is_some_and(crate::account::session::Signed::is_staff);
    let audience = match (kept.public, staff) {
        (true, _) => Audience::Everyone,
        (false, true) => Audience::Entitled,
        (false, false) => return Err(Refusal::NotFound.into()),
    };
    media::respond(&app.media, &kept, size, audience, &headers).await
}
