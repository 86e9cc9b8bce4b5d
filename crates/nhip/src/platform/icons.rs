//! The icons of a page, put into the page.
//!
//! Templates name an icon by its address in the sprite, which holds all of them and is as large as a page. A page shows
//! two dozen: where its template says so ([`PLACE`]) their shapes stand in the page itself, so that a first visit fetches
//! no sprite and the icons are there with the words. Parts of pages, and pages whose parts are exchanged, keep the sprite.

use super::assets;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

/// Where the shapes go.
const PLACE: &str = "<!--icons-->";
/// Before the name of an icon in a page, where ids of other things stand too.
const PREFIX: &str = "i-";
const SPRITE: &str = "icons/sprite.svg";
const SYMBOL: &str = "<symbol id=\"";

/// Shapes by name: what follows the name in the symbol.
static SHAPES: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let sprite = assets::bytes(SPRITE);
    let sprite = String::from_utf8_lossy(&sprite);
    let symbols = sprite.split(SYMBOL).skip(1).filter_map(|rest| rest.split_once('"'));
    symbols
        .filter_map(|(name, rest)| {
            let (shape, _) = rest.split_once("</symbol>")?;
            Some((name.to_owned(), format!("\"{shape}</symbol>")))
        })
        .collect()
});

/// The page with its icons in it, if it has a place for them.
pub fn inline(page: String) -> String {
    let Some((head, body)) = page.split_once(PLACE) else { return page };
    let address = format!("{}#", assets::asset(SPRITE));
    let mut used = BTreeSet::new();
    let mut pieces = body.split(address.as_str());
    let mut words = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let name = piece.split('"').next().unwrap_or_default();
        if SHAPES.contains_key(name) {
            used.insert(name);
            words.push('#');
            words.push_str(PREFIX);
        } else {
            words.push_str(&address);
        }
        words.push_str(piece);
    }
    let shapes = used
        .iter()
        .filter_map(|name| SHAPES.get(*name).map(|shape| format!("{SYMBOL}{PREFIX}{name}{shape}")));
    let shapes: String = shapes.collect();
    format!("{head}<svg class=\"icons\" aria-hidden=\"true\">{shapes}</svg>{words}")
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
