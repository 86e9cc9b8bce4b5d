//! POST `/reports/{code}/support`: "me too" in one tap, and back. From the report's page, and from the offer of similar
//! reports while somebody writes the same thing again.

use super::device_http::Writer;
use super::report_pages::id_of;
use super::support::{support, undo};
use crate::app::Shared;
use crate::platform::error::Result;
use crate::platform::http::form::Form;
use crate::visitor::Visitor;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Tap {
    /// `0` takes it back; anything else supports.
    want: String,
}

pub async fn tap(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(tap): Form<Tap>,
) -> Result<Response> {
    let id = id_of(&code)?;
    let writer = Writer::of(&app, &visitor);
    let (ctx, author, report) = (app.ctx(visitor.reporter()), writer.author.clone(), id.clone());
    let person = visitor.signed.as_ref().and_then(|signed| signed.person.clone());
    let back = tap.want == "0";
    let tapped = app.db.write(move |conn| {
        if back {
            undo(conn, &author, &report)
        } else {
            support(conn, &ctx, &author, &report, person.as_ref())
        }
    });
    tapped.await?;
    let done = if back { "undo" } else { "support" };
    let to = Redirect::to(&format!("/reports/{id}?done={done}#together"));
    Ok(writer.remembered(&app, to.into_response()))
}
