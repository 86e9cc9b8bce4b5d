//! `/my`: what somebody who is signed in has sent, newest first.

use crate::app::Shared;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::Card;
use crate::platform::limits;
use crate::service_request::list::filter::{Asked, Sort};
use crate::service_request::list::store as list_store;
use crate::service_request::list::store::{Listing, Visibility};
use crate::service_request::presenter::Telling;
use crate::service_request::view::view;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::disclosure::Audience;
use domain::service_request::ServiceRequest;

#[derive(Template)]
#[template(path = "my/list.html")]
struct MyList {
    page: Page,
    cards: Vec<Card>,
    older: Option<String>,
}

pub async fn list(
    State(app): State<Shared>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let (pack, now) = (app.pack.load_full(), app.clock.now());
    // Of the address, only where the page begins counts.
    let after = Asked::parse(query.as_deref().unwrap_or_default(), &pack).after;
    let (mut cards, mut next) = (Vec::new(), None);
    if let Some(person) = signed.person.clone() {
        let found = app
            .db
            .read(move |conn| {
                let listing = Listing {
                    filter: &crate::service_request::list::filter::Filter::default(),
                    visibility: &Visibility::Reporter(person),
                    sort: Sort::Newest,
                    after: after.as_ref(),
                    limit: limits::PAGE,
                    now,
                };
                Ok::<_, Error>(list_store::list(conn, &listing)?)
            })
            .await?;
        let telling = Telling::new(visitor.t, &pack, now);
        // Their own page of the report, where they can act on it.
        let card = |report: ServiceRequest| Card {
            href: format!("/my/{}", report.id),
            ..telling.card(&view(report, Audience::Reporter, &pack))
        };
        cards = found.rows.into_iter().map(card).collect();
        next = found.next;
    }
    let older = next.map(|key| format!("/my?after={key}"));
    Ok(show(&MyList { page: visitor.page(&app, visitor.t.s("my-list-title")), cards, older }))
}
