//! The icons of a page, put into the page.
//!
//! Templates name an icon by its address in the sprite, which holds all of them and is as large as a page. A page shows
//! two dozen: where its template says so ([`PLACE`]) their shapes stand in the page itself, so that a first visit fetches
//! no sprite and the icons are there with the words. Parts of pages, and pages whose parts are exchanged, keep the sprite.

use super::assets;
use memchr::memmem::Finder;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// Where the shapes go.
const PLACE: &str = "<!--icons-->";
/// Before the name of an icon in a page, where ids of other things stand too.
const PREFIX: &str = "i-";
const SPRITE: &str = "icons/sprite.svg";
const SYMBOL: &str = "<symbol id=\"";
/// Around the shapes.
const OPEN: &str = "<svg class=\"icons\" aria-hidden=\"true\">";
const CLOSE: &str = "</svg>";

/// Symbols by name, as a page has them.
static SHAPES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let sprite = assets::bytes(SPRITE);
    let sprite = String::from_utf8_lossy(&sprite);
    let symbols = sprite.split(SYMBOL).skip(1).filter_map(|rest| rest.split_once('"'));
    symbols
        .filter_map(|(name, rest)| {
            let (shape, _) = rest.split_once("</symbol>")?;
            Some((name.to_owned(), format!("{SYMBOL}{PREFIX}{name}\"{shape}</symbol>")))
        })
        .collect()
});

/// What stands before the name of an icon in a template.
static ADDRESS: LazyLock<String> = LazyLock::new(|| format!("{}#", assets::asset(SPRITE)));
static ADDRESSES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(ADDRESS.as_bytes()));

/// The page with its icons in it, if it has a place for them. Every page of the public goes through here: it is looked
/// through once, and copied once.
pub fn inline(page: String) -> String {
    let Some((head, body)) = page.split_once(PLACE) else { return page };
    let mut used: BTreeMap<&str, &str> = BTreeMap::new();
    let mut known = Vec::with_capacity(64);
    for at in ADDRESSES.find_iter(body.as_bytes()) {
        let rest = body.get(at + ADDRESS.len()..).unwrap_or_default();
        let name = rest.split('"').next().unwrap_or_default();
        if let Some(shape) = SHAPES.get(name) {
            used.insert(name, shape);
            known.push(at);
        }
    }
    let shapes: usize = used.values().map(|shape| shape.len()).sum();
    let mut whole = String::with_capacity(page.len() + shapes + OPEN.len() + CLOSE.len());
    whole.push_str(head);
    whole.push_str(OPEN);
    whole.extend(used.into_values());
    whole.push_str(CLOSE);
    let mut from = 0;
    for at in known {
        whole.push_str(body.get(from..at).unwrap_or_default());
        whole.push('#');
        whole.push_str(PREFIX);
        from = at + ADDRESS.len();
    }
    whole.push_str(body.get(from..).unwrap_or_default());
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_brings_the_icons_it_shows_and_no_others() {
        let icon = |name: &str| format!("<use href=\"{}#{name}\"/>", assets::asset(SPRITE));
        let page = format!("<body>{PLACE}{}{}{}", icon("search"), icon("house"), icon("search"));
        let page = inline(page);
        assert_eq!(page.matches("<symbol id=\"i-search\" viewBox=").count(), 1);
        assert_eq!(page.matches("<symbol").count(), 2);
        assert_eq!(page.matches("<use href=\"#i-search\"/>").count(), 2);
        assert!(!page.contains("sprite"));
    }

    #[test]
    fn what_has_no_place_for_icons_or_names_an_unknown_one_keeps_the_sprite() {
        let part = format!("<use href=\"{}#house\"/>", assets::asset(SPRITE));
        assert_eq!(inline(part.clone()), part);
        let unknown = format!("{PLACE}<use href=\"{}#no-such\"/>", assets::asset(SPRITE));
        assert!(inline(unknown).contains("sprite"));
    }
}
