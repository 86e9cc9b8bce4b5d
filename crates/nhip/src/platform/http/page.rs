//! What every page carries: the language, the city, who is looking. `templates/base.html` reads it.
//!
//! Not here: anything of a slice. The city's words arrive as plain strings.

use crate::platform::i18n::{I18n, Lang};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The city as its pages show it, built once from the pack.
#[derive(Debug, Clone)]
pub struct Site {
    /// City name by language code.
    pub names: BTreeMap<String, String>,
    /// Codes of the languages the city speaks, its own first.
    pub languages: Vec<&'static str>,
    /// Other ways to reach the city.
    pub contacts: Vec<Contact>,
    /// Address of the stylesheet with the city's colours: see `assets::pack_css_url`.
    pub pack_css: String,
    pub zone: TimeZone,
}

#[derive(Debug, Clone)]
pub struct Contact {
    /// A name of the icon sprite: `phone`, `mail`, `message-circle`, `globe`.
    pub icon: String,
    /// What people call it: "Hotline", "Zalo".
    pub label: String,
    /// What is shown: the number, the name.
    pub text: String,
    /// `tel:…`, `mailto:…`, `https://…`.
    pub href: String,
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct PageUser {
    pub name: String,
    /// Has a desk; otherwise an account only.
    pub staff: bool,
}

#[derive(Debug, Clone)]
pub struct Page {
    pub t: Lang,
    pub site: Arc<Site>,
    /// Without the city's name.
    pub title: String,
    /// One sentence for search engines and shared links; may be empty.
    pub description: String,
    /// Path and query of this page, for the language picker and for coming back after signing in.
    pub path: String,
    pub user: Option<PageUser>,
    /// Said once, after something was done: a banner on top of the page.
    pub notice: Option<String>,
}

impl Page {
    pub fn new(
        site: Arc<Site>,
        t: Lang,
        path: impl Into<String>,
        title: impl Into<String>,
    ) -> Self {
        Self {
            t,
            site,
            title: title.into(),
            description: String::new(),
            path: path.into(),
            user: None,
            notice: None,
        }
    }

    #[must_use]
    pub fn for_user(mut self, user: Option<PageUser>) -> Self {
        self.user = user;
        self
    }

    #[must_use]
    pub fn described(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    #[must_use]
    pub fn with_notice(mut self, notice: Option<String>) -> Self {
        self.notice = notice;
        self
    }

    /// The city in the page's language, else in any.
    pub fn city(&self) -> &str {
        self.site
            .names
            .get(self.t.code())
            .or_else(|| self.site.names.values().next())
            .map_or("", String::as_str)
    }

    /// Is this the section that starts with `prefix`? For `aria-current`.
    pub fn is_in(&self, prefix: &str) -> bool {
        let path = self.path.split('?').next().unwrap_or_default();
        path == prefix
            || (prefix != "/"
                && path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('/')))
    }

    /// The other languages of the city with the address of this page in each.
    pub fn other_languages(&self) -> Vec<(Lang, String)> {
        let i18n = I18n::load();
        self.site
            .languages
            .iter()
            .map(|code| i18n.lang(code))
            .filter(|lang| *lang != self.t)
            .map(|lang| (lang, self.in_language(lang.code())))
            .collect()
    }

    fn in_language(&self, code: &str) -> String {
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let kept: Vec<&str> = query
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("lang="))
            .collect();
        if kept.is_empty() {
            format!("{path}?lang={code}")
        } else {
            format!("{path}?{}&lang={code}", kept.join("&"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str) -> Page {
        let site = Site {
            names: BTreeMap::from([("en".into(), "Harbour".into())]),
            languages: vec!["vi", "en"],
            contacts: Vec::new(),
            pack_css: String::new(),
            zone: TimeZone::UTC,
        };
        Page::new(Arc::new(site), I18n::load().lang("vi"), path, "x")
    }

    #[test]
    fn the_language_picker_keeps_the_page_and_its_filters() {
        let page = page("/reports?state=open&lang=vi&q=den");
        assert_eq!(
            page.other_languages(),
            [(I18n::load().lang("en"), "/reports?state=open&q=den&lang=en".to_owned())]
        );
        assert_eq!(page.city(), "Harbour");
    }

    #[test]
    fn a_section_knows_its_own_pages_only() {
        assert!(page("/reports/H-1?x=1").is_in("/reports"));
        assert!(page("/").is_in("/"));
        assert!(!page("/reports").is_in("/"));
        assert!(!page("/reportsx").is_in("/reports"));
    }
}
