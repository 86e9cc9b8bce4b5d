//! `/media/{id}/{size}`: a photo or document, to whoever may see it.

use crate::account::policy::{Action, may};
use crate::app::Shared;
use crate::media::attachment_store;
use crate::media::{self, Audience, Size};
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::store;
use crate::visitor::Visitor;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::ids::MediaId;
use domain::refusal::Refusal;
use domain::service_request::ServiceRequest;

/// The report that a photo or document belongs to.
fn report_of(conn: &mut Conn<'_>, media: &MediaId) -> Result<Option<ServiceRequest>> {
    let report = attachment_store::case_of(conn, media)?.and_then(|case| case.report());
    Ok(report.map_or(Ok(None), |id| store::find(conn, &id))?)
}

/// Public photos for everybody; the rest for staff who may see the report (the report's own pages hand them to the reporter).
pub async fn photo(
    State(app): State<Shared>,
    visitor: Visitor,
    Path((id, size)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response> {
    let id = MediaId::parse(&id).map_err(|_| Refusal::NotFound)?;
    let size = Size::of_name(&size).ok_or(Refusal::NotFound)?;
    let signed = visitor.signed;
    let (kept, visible) = app
        .db
        .read(move |conn| -> Result<_> {
            let kept = media::store::find(conn, &id)?.ok_or(Refusal::NotFound)?;
            let report = if kept.public { None } else { report_of(conn, &id)? };
            let staff = signed.zip(report);
            let visible =
                staff.is_some_and(|(who, report)| may(&who, Action::SeeDesk, Some(&report)));
            Ok((kept, visible))
        })
        .await?;
    let audience = match (kept.public, visible) {
        (true, _) => Audience::Everyone,
        (false, true) => Audience::Entitled,
        (false, false) => return Err(Refusal::NotFound.into()),
    };
    media::respond(&app.media, &kept, size, audience, &headers).await
}
