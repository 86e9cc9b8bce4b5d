//! The look: contrast from the tokens, and the components page in every language.

use jiff::tz::TimeZone;
use nhip::platform::colour::contrast;
use nhip::platform::http::dev;
use nhip::platform::http::page::{Contact, Page, Site};
use nhip::platform::i18n::I18n;
use std::collections::BTreeMap;
use std::sync::Arc;

const TOKENS: &str = include_str!("../../../../web/css/nhip/1-tokens.css");
/// Enough contrast for text of any size, and for the edge of a control (WCAG 2.2, 1.4.3 and 1.4.11, AA).
const TEXT: f64 = 4.5;
const EDGE: f64 = 3.0;

/// The colours of the light block and of the dark one.
fn themes() -> [BTreeMap<&'static str, &'static str>; 2] {
    let (light, dark) = TOKENS.split_once("@media").unwrap();
    [light, dark].map(|block| {
        let declarations = block
            .lines()
            .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(':'));
        declarations.filter(|(_, value)| value.starts_with('#')).collect()
    })
}

#[test]
fn every_word_can_be_read_in_the_light_and_in_the_dark() {
    let words = [
        "ink",
        "quiet",
        "accent",
        "attention",
        "received",
        "waiting_reporter",
        "assigned",
        "in_progress",
        "in_review",
        "fixed",
        "planned",
        "refused",
        "late",
    ];
    let [light, dark] = themes();
    assert_eq!(
        light.keys().collect::<Vec<_>>(),
        dark.keys().collect::<Vec<_>>(),
        "both themes set every colour"
    );
    for theme in [light, dark] {
        for ground in ["paper", "surface", "sunken"] {
            for word in words {
                let ratio = contrast(theme[word], theme[ground]).unwrap();
                assert!(ratio >= TEXT, "{word} on {ground}: {ratio:.2}");
            }
            let ratio = contrast(theme["edge"], theme[ground]).unwrap();
            assert!(ratio >= EDGE, "edge on {ground}: {ratio:.2}");
        }
        let ratio = contrast(theme["on-accent"], theme["accent"]).unwrap();
        assert!(ratio >= TEXT, "on-accent on accent: {ratio:.2}");
        let ratio = contrast(theme["paper"], theme["ink"]).unwrap();
        assert!(ratio >= TEXT, "toast: {ratio:.2}");
    }
}

fn page(lang: &str) -> Page {
    let site = Site {
        names: BTreeMap::from([
            ("vi".into(), "Thành phố Cảng".into()),
            ("en".into(), "Harbour City".into()),
        ]),
        guests: Vec::new(),
        languages: vec!["vi", "en"],
        emergency: Vec::new(),
        contacts: vec![
            Contact {
                icon: "phone".into(),
                labels: [("en".to_owned(), "Hotline".to_owned())].into(),
                text: "1900 1075".into(),
                href: "tel:19001075".into(),
            },
            Contact {
                icon: "message-circle".into(),
                labels: [("en".to_owned(), "Chat".to_owned())].into(),
                text: "Harbour City".into(),
                href: "https://chat.example".into(),
            },
        ],
        pack_css: "/assets/pack.css".into(),
        zone: TimeZone::UTC,
        public_url: "https://city.example".to_owned(),
    };
    Page::new(Arc::new(site), I18n::load().lang(lang), "/dev/components", "")
}

/// `NHIP_WRITE_PAGES=folder` keeps the pages, to look at them.
#[test]
fn the_components_page_renders_in_every_language_without_an_unknown_key_or_icon() {
    let sprite = include_str!("../../../../web/icons/sprite.svg");
    for lang in I18n::codes() {
        let html = dev::components(page(lang)).unwrap();
        assert!(html.contains(&format!("<html lang=\"{lang}\">")));
        for name in html
            .split("sprite.")
            .skip(1)
            .filter_map(|rest| rest.split('#').nth(1)?.split('"').next())
        {
            assert!(sprite.contains(&format!("id=\"{name}\"")), "the sprite has no {name}");
        }
        assert!(
            !html.contains("<script>") && !html.contains("style="),
            "the policy for content allows nothing inline"
        );
        assert!(!html.contains("/assets/missing"));
        if let Ok(folder) = std::env::var("NHIP_WRITE_PAGES") {
            std::fs::write(format!("{folder}/components.{lang}.html"), html).unwrap();
        }
    }
}
