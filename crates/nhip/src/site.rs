//! The city as its pages show it, made from the pack once.

use crate::platform::assets;
use crate::platform::http::page::{Contact, Site};
use crate::platform::i18n::I18n;
use domain::pack::Pack;

pub fn of(pack: &Pack) -> Site {
    let i18n = I18n::load();
    let css = assets::pack_css(&pack.accent_light, &pack.accent_dark);
    Site {
        names: pack.name.0.clone(),
        languages: pack.languages.iter().map(|code| i18n.lang(code).code()).collect(),
        contacts: pack.contacts.iter().map(|c| contact(c, pack.default_language())).collect(),
        pack_css: assets::pack_css_url(&css),
        zone: pack.calendar.zone().clone(),
    }
}

fn contact(contact: &domain::pack::Contact, language: &str) -> Contact {
    let (icon, href) = match contact.kind.as_str() {
        "phone" => ("phone", format!("tel:{}", contact.value.replace(' ', ""))),
        "email" => ("mail", format!("mailto:{}", contact.value)),
        "zalo" | "facebook" => ("message-circle", String::new()),
        _ => ("globe", String::new()),
    };
    Contact {
        icon: icon.to_owned(),
        label: contact.label.text(language).to_owned(),
        text: contact.value.clone(),
        href: contact.url.clone().unwrap_or(href),
    }
}
