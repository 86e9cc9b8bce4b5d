//! The city as its pages show it, made from the pack once.

use crate::app::Shared;
use crate::platform::assets;
use crate::platform::error::{Error, Result};
use crate::platform::http::dev;
use crate::platform::http::page::{Contact, Emergency, Page, Site};
use crate::platform::i18n::{I18n, Lang};
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use domain::pack::Pack;
use domain::refusal::Refusal;
use serde_json::json;

/// `--paper` of the light sheet.
const PAPER: &str = "#faf8f4";

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

/// `/manifest.webmanifest`: what a phone needs to put the city among its apps (W3C Web Application Manifest).
pub async fn manifest(State(app): State<Shared>, visitor: Visitor) -> impl IntoResponse {
    let (pack, t) = (app.pack.load(), visitor.t);
    let language = t.code();
    let icon = |file: &str, size: &str, purpose: &str| json!({ "src": assets::asset(file), "sizes": size, "type": "image/png", "purpose": purpose });
    let picture = |file: &str, size: &str, form: &str| json!({ "src": assets::asset(file), "sizes": size, "type": "image/webp", "form_factor": form });
    let manifest = json!({
        "id": "/",
        "name": format!("{} · {}", pack.service_name.text(language), pack.name.text(language)),
        "short_name": pack.name.text(language),
        "lang": language,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": pack.accent_light,
        "icons": [
            icon("app/icon-192.png", "192x192", "any"),
            icon("app/icon-512.png", "512x512", "any"),
            icon("app/icon-maskable-512.png", "512x512", "maskable"),
        ],
        "screenshots": [
            picture("app/phone.webp", "720x1280", "narrow"),
            picture("app/desktop.webp", "1280x800", "wide"),
        ],
        "shortcuts": [{ "name": t.s("nav-new"), "url": "/new" }],
    });
    (
        [(CONTENT_TYPE, "application/manifest+json"), (CACHE_CONTROL, "no-cache")],
        manifest.to_string(),
    )
}

/// `/worker.js`: the service worker. It stands at the root, because it answers for all pages; the first line makes it a
/// new one whenever anything it keeps has changed.
pub async fn worker(State(app): State<Shared>) -> impl IntoResponse {
    let mut script =
        format!("// {} {}\n", assets::version(), app.site.load().pack_css).into_bytes();
    script.extend_from_slice(assets::one_script("js/worker/").as_bytes());
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-cache")], script)
}

#[derive(Template)]
#[template(path = "new/unsent.html")]
struct UnsentPage {
    page: Page,
    t: Lang,
}

/// `/unsent`: the reports that wait on this device. The server knows nothing of them.
pub async fn unsent(State(app): State<Shared>, visitor: Visitor) -> Response {
    let t = visitor.t;
    show(&UnsentPage { page: visitor.page(&app, t.s("unsent-title")), t })
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

pub fn of(pack: &Pack, public_url: &str) -> Site {
    let css = assets::pack_css(&pack.accent_light, &pack.accent_dark);
    Site {
        names: pack.name.0.clone(),
        languages: codes(&pack.languages),
        guests: codes(&pack.guests),
        contacts: pack.contacts.iter().map(contact).collect(),
        emergency: pack.call_now.numbers.iter().map(emergency).collect(),
        pack_css: assets::pack_css_url(&css),
        zone: pack.calendar.zone().clone(),
        public_url: public_url.trim_end_matches('/').to_owned(),
    }
}

/// Those of them that we have sentences in, in their order.
fn codes(languages: &[String]) -> Vec<&'static str> {
    languages.iter().filter_map(|wanted| I18n::codes().find(|code| code == wanted)).collect()
}

fn emergency(call: &domain::pack::call_now::CallNumber) -> Emergency {
    Emergency { number: call.number.clone(), names: call.name.0.clone() }
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
