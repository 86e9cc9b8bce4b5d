//! The city as its pages show it, made from the pack once.

use crate::app::Shared;
use crate::platform::assets;
use crate::platform::error::{Error, Result};
use crate::platform::http::dev;
use crate::platform::http::page::{Contact, Site};
use crate::platform::i18n::I18n;
use crate::visitor::Visitor;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use domain::pack::Pack;
use domain::service_request::refusal::Refusal;

/// `/assets/pack.css`: the city's own colours.
pub async fn colours(State(app): State<Shared>) -> impl IntoResponse {
    let pack = app.pack.load();
    let css = assets::pack_css(&pack.accent_light, &pack.accent_dark);
    (
        [
            (CONTENT_TYPE, "text/css; charset=utf-8"),
            (CACHE_CONTROL, "public, max-age=31536000, immutable"),
        ],
        css,
    )
}

/// `/dev/components`: every component in all its states, in the demo only.
pub async fn components(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    if !app.config.demo {
        return Err(Refusal::NotFound.into());
    }
    Ok(dev::components(visitor.page(&app, ""))
        .map(Html)
        .map_err(|e| Error::failed("render the components", e))?
        .into_response())
}

pub fn of(pack: &Pack) -> Site {
    let css = assets::pack_css(&pack.accent_light, &pack.accent_dark);
    Site {
        names: pack.name.0.clone(),
        languages: codes(&pack.languages),
        guests: codes(&pack.guests),
        contacts: pack.contacts.iter().map(contact).collect(),
        pack_css: assets::pack_css_url(&css),
        zone: pack.calendar.zone().clone(),
    }
}

/// Those of them that we have sentences in, in their order.
fn codes(languages: &[String]) -> Vec<&'static str> {
    languages.iter().filter_map(|wanted| I18n::codes().find(|code| code == wanted)).collect()
}

fn contact(contact: &domain::pack::Contact) -> Contact {
    let (icon, href) = match contact.kind.as_str() {
        "phone" => ("phone", format!("tel:{}", contact.value.replace(' ', ""))),
        "email" => ("mail", format!("mailto:{}", contact.value)),
        "zalo" | "facebook" => ("message-circle", String::new()),
        _ => ("globe", String::new()),
    };
    Contact {
        icon: icon.to_owned(),
        labels: contact.label.0.clone(),
        text: contact.value.clone(),
        href: contact.url.clone().unwrap_or(href),
    }
}
