//! `/desk/reports/{code}/cover/{media}`: black boxes over parts of a photo. The boxes are numbers in a form, so they can be
//! typed; a script lets them be drawn.

use super::case_pages::find;
use crate::account::session::Signed;
use crate::app::{App, Shared};
use crate::case::must_be_fresh;
use crate::media::attachment_store;
use crate::media::form_http::Form;
use crate::media::{self, cover};
use crate::platform::error::Result;
use crate::platform::http::page::Page;
use crate::platform::http::view::Tab;
use crate::platform::i18n::Lang;
use crate::platform::limits;
use crate::service_request::action::moderate::{self, Covering};
use crate::service_request::action::{Acted, On, text};
use crate::visitor::open_form_http::OpenForm;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::MediaId;
use domain::refusal::Refusal;
use domain::service_request::ServiceRequest;
use domain::service_request::workflow::Verb;

/// What the form says when faces are to be looked for.
const FACES: &str = "faces";
/// Boxes that stand ready to be typed, beside those that are drawn already.
const SPARE: usize = 3;

/// A photo that is shown with a report, what lies under it, and the boxes over it.
struct Shown {
    id: MediaId,
    original: MediaId,
    kept: media::store::Kept,
    boxes: Vec<cover::Cover>,
    width: i64,
    height: i64,
}

#[derive(Template)]
#[template(path = "desk/cover.html")]
struct CoverPage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    report: ServiceRequest,
    shown: Shown,
    /// Left, top, width and height, as they are written into the form.
    rows: Vec<[String; 4]>,
    most: usize,
    /// How many faces were found, where they were looked for.
    found: Option<usize>,
    /// `cover`.
    form: OpenForm,
}

impl CoverPage {
    fn said(&self) -> &str {
        self.form.said_beside("cover", &["boxes", "reason"])
    }

    fn src(&self) -> String {
        format!("/media/{}/large.jpg", self.shown.original)
    }
}

pub async fn form(
    State(app): State<Shared>,
    visitor: Visitor,
    Path((code, media)): Path<(String, String)>,
) -> Result<Response> {
    let (report, shown) = read(&app, visitor.needs_sign_in()?, &code, &media).await?;
    let rows = shown.boxes.iter().copied().map(written).collect();
    Ok(show(&draw(&app, &visitor, (report, shown), rows, OpenForm::default()).await?))
}

pub async fn send(
    State(app): State<Shared>,
    visitor: Visitor,
    Path((code, media)): Path<(String, String)>,
    typed: Form,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let (report, shown) = read(&app, signed, &code, &media).await?;
    if typed.get("step") == FACES {
        return with_faces(&app, &visitor, (report, shown), typed).await;
    }
    let error = match attempt(&app, signed, &report, &shown, &typed).await {
        Ok(acted) => {
            app.tell(&acted.report);
            let to = format!("/desk/reports/{}?done={}", report.id, Verb::Redact);
            return Ok(Redirect::to(&to).into_response());
        }
        Err(error) => error,
    };
    let rows = rows(&typed);
    let (status, form) = OpenForm::refused(&app, &visitor, "cover", typed, error)?;
    let shown = draw(&app, &visitor, (report, shown), rows, form).await?;
    Ok((status, show(&shown)).into_response())
}

/// The form as it was typed, with a box more for each face that is found and not covered yet. Nothing is kept.
async fn with_faces(
    app: &Shared,
    visitor: &Visitor,
    (report, shown): (ServiceRequest, Shown),
    typed: Form,
) -> Result<Response> {
    let mut rows = rows(&typed);
    let faces = media::faces::of(&app.media, &shown.kept).await?;
    let covered = boxes(&typed).unwrap_or_default();
    let bare = faces.iter().filter(|face| !covered.iter().any(|cover| cover.holds_middle_of(face)));
    rows.extend(bare.copied().map(written).take(limits::COVERS.saturating_sub(rows.len())));
    let form = OpenForm::begun("cover", typed);
    let mut page = draw(app, visitor, (report, shown), rows, form).await?;
    page.found = Some(faces.len());
    Ok(show(&page))
}

/// The report and the photo, for those who may take something out of it.
async fn read(
    app: &App,
    signed: &Signed,
    code: &str,
    media: &str,
) -> Result<(ServiceRequest, Shown)> {
    let report = find(app, signed, code).await?;
    signed.actor_for(Verb::Redact, &report)?;
    let id = MediaId::parse(media).map_err(|_| Refusal::NotFound)?;
    let request = report.id.clone();
    let shown = app
        .db
        .read(move |conn| -> Result<_> {
            let of_report = attachment_store::of(conn, &request)?;
            let item = of_report.into_iter().find(|m| m.media == id);
            let item =
                item.filter(|m| m.is_photo && m.hidden.is_none()).ok_or(Refusal::NotFound)?;
            let (original, boxes) = media::store::cover_of(conn, &id)?.unwrap_or((id, Vec::new()));
            let kept = media::store::find(conn, &original)?.ok_or(Refusal::NotFound)?;
            let (width, height) = (item.width, item.height);
            Ok(Shown { id: item.media, original, kept, boxes, width, height })
        })
        .await?;
    Ok((report, shown))
}

async fn attempt(
    app: &App,
    signed: &Signed,
    report: &ServiceRequest,
    shown: &Shown,
    typed: &Form,
) -> Result<Acted> {
    let seen = typed.version().ok_or(Refusal::Missing { field: "version" })?;
    must_be_fresh(report, Some(seen), Verb::Redact)?;
    let boxes = boxes(typed)?;
    if boxes == shown.boxes {
        return Err(Refusal::Missing { field: "boxes" }.into());
    }
    let reason = text::needed(typed.get("reason"), "reason")?;
    let ctx = app.ctx(signed.actor_for(Verb::Redact, report)?);
    let covered = if boxes.is_empty() {
        None
    } else {
        Some(cover::draw(&app.media, &shown.kept, &boxes, &ctx.ids, ctx.now).await?)
    };
    let ctx = app.by_now(ctx);
    let on = On { id: report.id.clone(), seen: Some(seen) };
    let (shown, original) = (shown.id.clone(), shown.original.clone());
    let covering = Covering { shown, original, boxes, covered, reason };
    app.db.write(move |conn| moderate::cover(conn, &ctx, &on, &covering)).await
}

const SIDES: [&str; 4] = ["left", "top", "width", "height"];

/// What was typed, row by row; rows left empty are none.
fn rows(typed: &Form) -> Vec<[String; 4]> {
    let count = SIDES.iter().map(|side| typed.all(side).count()).max().unwrap_or(0);
    let value = |side, row| typed.all(side).nth(row).unwrap_or("").trim().to_owned();
    let rows = (0..count.min(limits::COVERS + 1)).map(|row| SIDES.map(|side| value(side, row)));
    rows.filter(|row| row.iter().any(|side| !side.is_empty())).collect()
}

fn boxes(typed: &Form) -> Result<Vec<cover::Cover>, Refusal> {
    let parsed =
        |[left, top, width, height]: &[String; 4]| cover::Cover::parse(left, top, width, height);
    rows(typed).iter().map(parsed).collect()
}

/// A box as the form has it.
fn written(cover: cover::Cover) -> [String; 4] {
    [cover.left, cover.top, cover.width, cover.height]
        .map(|part| (f64::from(part) / 10.0).to_string())
}

async fn draw(
    app: &Shared,
    visitor: &Visitor,
    (report, shown): (ServiceRequest, Shown),
    mut rows: Vec<[String; 4]>,
    form: OpenForm,
) -> Result<CoverPage> {
    let signed = visitor.needs_sign_in()?;
    let t = visitor.t;
    rows.resize((rows.len() + SPARE).min(limits::COVERS), <[String; 4]>::default());
    Ok(CoverPage {
        page: visitor
            .page(app, t.s1("cover-title", "code", report.id.grouped()))
            .with_mistakes(form.is_wrong()),
        t,
        tabs: app.tabs(visitor, signed).await?,
        report,
        shown,
        rows,
        most: limits::COVERS,
        found: None,
        form,
    })
}
