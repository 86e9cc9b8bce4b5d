//! Where to look, and what would be a trace.

use super::scene::{self, Scene};
use crate::support::city::Answer;

/// Fills the places of a pattern with ids, in every way that may lead anywhere.
pub fn ways(pattern: &str, ids: &[String]) -> Vec<String> {
    let mut ways = vec![String::new()];
    for part in pattern.split('/').skip(1) {
        let known = ids.len();
        // The second place of a pattern says what of the first: a few words are enough.
        let choices: Vec<String> = match part.strip_prefix('{') {
            None => vec![part.to_owned()],
            Some(_) if ways.len() > 1 => words().map(str::to_owned).to_vec(),
            // The tile of the town, in which the report would lie.
            Some("z}") => vec!["10".to_owned()],
            Some("x}") => vec!["542".to_owned()],
            Some("y}") => vec!["323.mvt".to_owned()],
            Some("document}") => vec!["requests.json".to_owned(), "requests.xml".to_owned()],
            Some(_) => ids.iter().take(known).cloned().collect(),
        };
        ways = ways
            .iter()
            .flat_map(|before| choices.iter().map(move |part| format!("{before}/{part}")))
            .collect();
    }
    ways
}

fn words() -> [&'static str; 9] {
    ["small.jpg", "large.jpg", "thumb.jpg", "note", "answer", "publish", "assign", "show", "hide"]
}

/// One filling, for pages that are asked with many queries.
pub fn filled(pattern: &str, ids: &[String]) -> String {
    ways(pattern, ids).into_iter().next().unwrap_or_default()
}

/// Open pages that can be narrowed, by what.
const LISTS: [&str; 4] = ["/reports", "/map", "/open311/v2/requests.", "/new/similar"];
const PAGES: [&str; 3] = ["/reports", "/map", "/stats"];
const POINTS: [&str; 2] = ["/map/list", "/new/similar"];

/// What may stand behind a question mark, and which open pages it narrows to what must not find the report.
pub fn queries(scene: &Scene) -> Vec<(String, &'static [&'static str])> {
    let code = scene.code();
    vec![
        (String::new(), &["/map/", "/new"]),
        (format!("?q={}", scene::FILE), &LISTS),
        ("?q=zirconium".to_owned(), &LISTS),
        ("?q=Lantern".to_owned(), &LISTS),
        ("?agency=ombudsman".to_owned(), &PAGES),
        ("?agency=works&state=open".to_owned(), &PAGES),
        ("?area=quays".to_owned(), &PAGES),
        ("?service=conduct&service_code=conduct".to_owned(), &LISTS),
        ("?bbox=10.5,55.0,10.7,55.1&zoom=15&z=15".to_owned(), &POINTS),
        ("?lat=55.06&long=10.61&radius=5000&service=other".to_owned(), &LISTS[2..]),
        ("?all=1&list=newest".to_owned(), &[]),
        (format!("?report={code}"), &[]),
        (format!("?q={code}"), &[]),
    ]
}

/// The page without what differs from one view of it to the next.
pub fn plain(answer: &Answer) -> String {
    let text = format!("{} {} {}", answer.status, answer.location(), answer.text());
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.as_str();
    // Keys that make a form harmless to send twice.
    while let Some((before, after)) = rest.split_once("name=\"key\" value=\"") {
        kept.push_str(before);
        rest = after.split_once('"').map_or("", |(_, rest)| rest);
    }
    kept += rest;
    // A feed of nothing was made when it was asked for.
    match kept.split_once("<updated>") {
        Some((before, after)) if kept.contains("<feed") && !kept.contains("<entry>") => {
            format!("{before}{}", after.split_once("</updated>").map_or("", |(_, rest)| rest))
        }
        _ => kept,
    }
}

/// The page without how many reports the city received, which is everybody's to know. Those of an agency or an area stay.
pub fn without_totals(page: &str) -> String {
    let mut kept = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("of=received\">") {
        kept.push_str(before);
        let link = before.rsplit('"').next().unwrap_or_default();
        let of_a_part = ["agency=", "area=", "service="].iter().any(|part| link.contains(part));
        let digits = after.find(|c: char| !c.is_ascii_digit()).filter(|_| !of_a_part);
        rest = &after[digits.unwrap_or(0)..];
    }
    kept + rest
}

/// What a page tells of the report.
pub struct Found {
    pub code: bool,
    pub secret: Option<String>,
}

impl Found {
    pub fn on(page: &str, scene: &Scene, path: &str) -> Self {
        // What was asked for is in the links of a page and in its search field.
        let asked = |word: &str| path.to_lowercase().contains(&word.to_lowercase());
        let secret = scene.secrets().into_iter().find(|word| page.contains(word) && !asked(word));
        let grouped = scene.grouped();
        let code = (page.contains(scene.code()) || page.contains(&grouped)) && !asked(scene.code());
        Self { code, secret }
    }
}

#[test]
fn a_pattern_is_filled_in_every_way() {
    let ids = ["A".to_owned(), "B".to_owned()];
    assert_eq!(ways("/reports/{code}/slip", &ids), ["/reports/A/slip", "/reports/B/slip"]);
    assert_eq!(ways("/media/{id}/{size}", &ids).len(), 18);
    assert_eq!(ways("/", &ids), ["/"]);
}
