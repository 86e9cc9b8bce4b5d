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
    /// Codes of the languages the city works in, its own first.
    pub languages: Vec<&'static str>,
    /// Codes of those that only visitors speak.
    pub guests: Vec<&'static str>,
    /// Other ways to reach the city.
    pub contacts: Vec<Contact>,
    /// Whom to call when a life is in danger.
    pub emergency: Vec<Emergency>,
    /// Address of the stylesheet with the city's colours: see `assets::pack_css_url`.
    pub pack_css: String,
    pub zone: TimeZone,
    /// Where the city is on the internet, without a slash at the end: what machines read wants whole addresses.
    pub public_url: String,
}

impl Site {
    /// All languages of its pages. The desk of the staff speaks only those the city works in.
    pub fn spoken(&self) -> Vec<&'static str> {
        self.languages.iter().chain(&self.guests).copied().collect()
    }
}

/// A number that is answered day and night.
#[derive(Debug, Clone)]
pub struct Emergency {
    /// As it is dialled.
    pub number: String,
    /// Who answers, by language code.
    pub names: BTreeMap<String, String>,
}

#[derive(Debug, Clone)]
pub struct Contact {
    /// A name of the icon sprite: `phone`, `mail`, `message-circle`, `globe`.
    pub icon: String,
    /// What people call it, by language code: "Hotline", "Zalo".
    pub labels: BTreeMap<String, String>,
    /// What is shown: the number, the name.
    pub text: String,
    /// `tel:…`, `mailto:…`, `https://…`.
    pub href: String,
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct PageUser {
    pub name: String,
    /// Stands for them on a device that keeps words of theirs, and says nothing about them.
    pub marker: String,
    /// Has a desk; otherwise an account only.
    pub staff: bool,
    /// As what they work, and for whom; empty for citizens.
    pub office: String,
    /// Keys alone do things at the desk.
    pub shortcuts: bool,
}

/// What was just done, as an address says it: see [`Lang::done`].
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct JustDone {
    pub done: String,
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
    /// A form came back with mistakes: whoever hears pages is told by the title.
    pub wrong: bool,
}

/// Where an address is the right to its page, or the page is somebody's own: no cache keeps it, and no link on it repeats
/// what it was opened by.
const SECRET: [&str; 6] =
    ["/letters/stop/", "/letters/follow/", "/follows/", "/receipt/", "/sign-in/link/", "/my/"];

pub fn is_secret(path: &str) -> bool {
    SECRET.iter().any(|start| path.starts_with(start))
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
            wrong: false,
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

    #[must_use]
    pub fn with_mistakes(self, wrong: bool) -> Self {
        Self { wrong, ..self }
    }

    /// Whether keys alone do things at the desk.
    pub fn shortcuts(&self) -> bool {
        self.user.as_ref().is_some_and(|user| user.shortcuts)
    }

    pub fn city(&self) -> &str {
        self.own_words(&self.site.names)
    }

    /// Words of the city in the page's language, else in English, else in any.
    pub fn own_words<'a>(&self, words: &'a BTreeMap<String, String>) -> &'a str {
        let found = words.get(self.t.code()).or_else(|| words.get("en"));
        found.or_else(|| words.values().next()).map_or("", String::as_str)
    }

    /// The numbers of emergency, each with who answers.
    pub fn to_call(&self) -> Vec<(&str, &str)> {
        let all = self.site.emergency.iter();
        all.map(|call| (call.number.as_str(), self.own_words(&call.names))).collect()
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
        let staff = self.user.as_ref().is_some_and(|user| user.staff);
        let codes = if staff { self.site.languages.clone() } else { self.site.spoken() };
        codes
            .into_iter()
            .map(|code| i18n.lang(code))
            .filter(|lang| *lang != self.t)
            .map(|lang| (lang, self.in_language(lang.code())))
            .collect()
    }

    /// The same, for search engines; none where they have nothing to look for.
    pub fn alternates(&self) -> Vec<(Lang, String)> {
        if is_secret(&self.path) { Vec::new() } else { self.other_languages() }
    }

    /// On a page that a machine translated: a language that people wrote, and the address there.
    pub fn written_by_people(&self) -> Option<(Lang, String)> {
        let own = &self.site.languages;
        let code = own.iter().find(|code| **code == "en").or(own.first());
        let code = code.filter(|_| self.t.is_machine_made())?;
        Some((I18n::load().lang(code), self.in_language(code)))
    }

    /// The address of this page in another language.
    fn in_language(&self, code: &str) -> String {
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        // Of the page itself, without saying where that is.
        let path = if is_secret(path) { "" } else { path };
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
            guests: Vec::new(),
            contacts: Vec::new(),
            emergency: Vec::new(),
            pack_css: String::new(),
            zone: TimeZone::UTC,
            public_url: "https://city.example".to_owned(),
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
    fn a_page_behind_a_secret_is_found_in_other_languages_without_repeating_it() {
        let page = page("/letters/stop/01P.-.abc?lang=vi");
        assert_eq!(page.other_languages()[0].1, "?lang=en");
        assert!(page.alternates().is_empty());
    }

    #[test]
    fn a_section_knows_its_own_pages_only() {
        assert!(page("/reports/H-1?x=1").is_in("/reports"));
        assert!(page("/").is_in("/"));
        assert!(!page("/reports").is_in("/"));
        assert!(!page("/reportsx").is_in("/reports"));
    }
}
