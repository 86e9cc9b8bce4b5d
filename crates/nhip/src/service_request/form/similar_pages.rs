//! Reports that may be the same as the one somebody is about to send, as a part of `/new`.

use super::fields;
use crate::app::Shared;
use crate::media::form_http::Form;
use crate::platform::error::Result;
use crate::platform::i18n::Lang;
use crate::platform::limits;
use crate::service_request::suggest::similar::{self, Asked, Like};
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::ids::ServiceCode;
use domain::place::{Exactness, Point};

#[derive(Template)]
#[template(path = "new/similar.html")]
struct SimilarPart {
    t: Lang,
    similar: Vec<Like>,
}

/// GET `/new/similar?lat=&long=&area=&text=&service=&looks=`: open reports nearby that may be the same. Nothing for a bad place.
pub async fn similar(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(q): Query<Vec<(String, String)>>,
) -> Result<Response> {
    let form = Form::of(q);
    let similar = match fields::place(&app.pack.load(), &app.locator.load(), &form) {
        Ok(place) => {
            let service = ServiceCode::parse(form.get("service")).ok();
            let place = (place.point, place.exactness);
            near(&app, &visitor, place, form.get("text"), service, &form).await?
        }
        Err(_) => Vec::new(),
    };
    Ok(show(&SimilarPart { t: visitor.t, similar }))
}

pub async fn near(
    app: &Shared,
    visitor: &Visitor,
    (point, exactness): (Point, Exactness),
    words: &str,
    service: Option<ServiceCode>,
    form: &Form,
) -> Result<Vec<Like>> {
    let (pack, past) = (app.pack.load_full(), app.past.load_full());
    let (t, at, words, looks) = (visitor.t, app.clock.now(), words.to_owned(), looks(form));
    app.db
        .read(move |conn| {
            let asked = Asked {
                point,
                exactness,
                at,
                words: &words,
                language: t.code(),
                service: service.as_ref(),
                looks: &looks,
            };
            let found = similar::find(conn, (&pack, &past.learnt), &asked)?;
            Ok(found.into_iter().map(|found| Like::of(&found, &pack, t, at)).collect())
        })
        .await
}

/// What the photos look like, as the device that has them says: 16 hexadecimal digits each. They are not sent for this.
fn looks(form: &Form) -> Vec<i64> {
    let look = |text: &str| {
        let plain = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        u64::from_str_radix(text, 16).ok().filter(|_| plain).map(u64::cast_signed)
    };
    form.get("looks").split(',').filter_map(look).take(limits::PHOTOS).collect()
}
