//! Templates: no inline script or style (the content security policy refuses them, silently for
//! the author and visibly for the reader), no sentence that a translator cannot reach, and no line
//! too long to be read.

use crate::{
    Finding,
    tree::{File, Tree},
};

/// Kinds of script that hold data; they are allowed inline, the import map with its nonce.
const DATA_SCRIPTS: [&str; 3] = ["importmap", "application/json", "application/ld+json"];

/// Attributes whose value people see or hear.
const SPOKEN: [&str; 4] = ["alt", "title", "placeholder", "aria-label"];

/// Words that are the same in every language.
const NAMES: [&str; 1] = ["Nhịp"];

/// Characters of a line. A longer one is not read in a diff and not found in a review.
const LONGEST_LINE: usize = 200;

pub fn have_no_long_line(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.under("templates/") {
        for (number, line) in file.lines() {
            let length = line.chars().count();
            if length > LONGEST_LINE {
                let message = format!(
                    "a line of {length} characters, {LONGEST_LINE} at most: break it between blocks, within a tag, \
                     or at a `{{%-` or `-%}}`, which add no space to the page"
                );
                findings.push(Finding::new(&file.path, number, message));
            }
        }
    }
    findings
}

pub fn keep_the_policy(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in pages(tree) {
        for tag in tags(&without_askama(&file.text)) {
            if let Some(message) = breach(&tag) {
                findings.push(Finding::new(&file.path, tag.line, message));
            }
        }
    }
    findings
}

fn breach(tag: &Tag<'_>) -> Option<&'static str> {
    let attributes = attributes(tag.inside);
    let value = |name: &str| attributes.iter().find(|(known, _)| known == name).map(|(_, v)| *v);
    if tag.name == "style" {
        return Some("inline `<style>`: write it in web/css");
    }
    if value("style").is_some() {
        return Some("`style=`: use a class, or an attribute of SVG or of `<meter>` for a figure");
    }
    if attributes.iter().any(|(name, _)| name.starts_with("on")) {
        return Some("an `on…=` handler: add a module in web/js that finds the element");
    }
    let is_data = value("type").is_some_and(|kind| DATA_SCRIPTS.contains(&kind));
    let is_inline = tag.name == "script" && value("src").is_none() && !is_data;
    is_inline.then_some("inline `<script>`: write a module in web/js and name it with `src`")
}

pub fn hold_no_sentence(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let message = "text for people in a template: move it to translations/*/*.ftl";
    for file in pages(tree) {
        let text = without_askama(&file.text);
        for (line, words) in texts(&text) {
            if is_spoken(words) {
                findings.push(Finding::new(&file.path, line, message));
            }
        }
        for tag in tags(&text) {
            let spoken = attributes(tag.inside)
                .iter()
                .any(|(name, value)| SPOKEN.contains(&name.as_str()) && is_spoken(value));
            if spoken {
                findings.push(Finding::new(&file.path, tag.line, message));
            }
        }
    }
    findings
}

fn pages(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.files.iter().filter(|file| {
        file.ends("html")
            && (file.path.starts_with("templates/")
                || file.path.starts_with("crates/nhip/templates/"))
    })
}

/// Two letters in a row that are not part of an entity or a name.
fn is_spoken(text: &str) -> bool {
    let mut plain = text.to_owned();
    for name in NAMES {
        plain = plain.replace(name, "");
    }
    // A macro may give attributes to the tag it is called in; they are not text.
    for (name, value) in attributes(text) {
        plain = plain.replace(&format!("{name}=\"{value}\""), "");
    }
    plain.split(|c: char| c.is_whitespace()).any(|word| {
        let entity = word.starts_with('&') && word.ends_with(';');
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        !entity && letters >= 2
    })
}

struct Tag<'a> {
    line: usize,
    name: String,
    /// What stands between the name and the closing bracket.
    inside: &'a str,
}

/// Opening tags, in order. A `>` inside a quoted value does not close a tag.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('<') {
        let rest = text.get(at + 1..).unwrap_or_default();
        if !rest.starts_with(|next: char| next.is_ascii_alphabetic()) {
            continue;
        }
        let name: String =
            rest.chars().take_while(|next| next.is_ascii_alphanumeric() || *next == '-').collect();
        let inside = rest.get(name.len()..close_of(rest)).unwrap_or_default();
        found.push(Tag { line: line_at(text, at), name: name.to_ascii_lowercase(), inside });
    }
    found
}

/// Where the tag that begins here ends.
fn close_of(rest: &str) -> usize {
    let mut quote = None;
    for (at, next) in rest.char_indices() {
        match (quote, next) {
            (Some(open), _) if open == next => quote = None,
            (None, '"' | '\'') => quote = Some(next),
            (None, '>') => return at,
            _ => {}
        }
    }
    rest.len()
}

/// Names in lower case with their values; an attribute without a value has an empty one.
fn attributes(inside: &str) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    let mut rest = inside;
    while let Some(start) = rest.find(|next: char| next.is_ascii_alphabetic()) {
        rest = rest.get(start..).unwrap_or_default();
        let length = rest
            .find(|next: char| !(next.is_ascii_alphanumeric() || "-_:@.".contains(next)))
            .unwrap_or(rest.len());
        let name = rest.get(..length).unwrap_or_default().to_ascii_lowercase();
        rest = rest.get(length..).unwrap_or_default();
        let (value, after) = value_of(rest);
        found.push((name, value));
        rest = after;
    }
    found
}

fn value_of(rest: &str) -> (&str, &str) {
    let Some(value) = rest.trim_start().strip_prefix('=') else {
        return ("", rest);
    };
    let value = value.trim_start();
    let Some(quote) = value.chars().next().filter(|next| "\"'".contains(*next)) else {
        return value.split_once(char::is_whitespace).unwrap_or((value, ""));
    };
    let body = value.get(1..).unwrap_or_default();
    body.split_once(quote).unwrap_or((body, ""))
}

/// What stands between tags, with its line; the content of scripts is not text.
fn texts(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let end = rest.find('<').unwrap_or(rest.len());
        let words = rest.get(..end).unwrap_or_default();
        let lead = words.len() - words.trim_start().len();
        found.push((line_at(text, at + lead), words));
        let tag = rest.get(end..).unwrap_or_default();
        at += end
            + if tag.starts_with("<!--") {
                tag.find("-->").map_or(tag.len(), |close| close + 3)
            } else if tag.starts_with("<script") {
                tag.find("</script>").unwrap_or(tag.len())
            } else {
                tag.get(1..).map_or(1, |inside| close_of(inside) + 2)
            };
    }
    found
}

/// Blanks out `{{ … }}`, `{% … %}` and `{# … #}`, keeping the line ends.
fn without_askama(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = ["{{", "{%", "{#"].iter().filter_map(|open| rest.find(open)).min() {
        let (before, from) = rest.split_at(start);
        plain.push_str(before);
        let close = match from.get(..2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            _ => "#}",
        };
        let end = from.find(close).map_or(from.len(), |at| at + 2);
        let (inside, after) = from.split_at(end);
        plain.extend(inside.chars().filter(|next| *next == '\n'));
        rest = after;
    }
    plain.push_str(rest);
    plain
}

fn line_at(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or_default().matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Tree {
        Tree::of(&[("templates/a.html", text)])
    }

    #[test]
    fn inline_script_style_and_handlers_are_found() {
        for bad in [
            "<script>alert(1)</script>",
            "<script type=\"module\">x</script>",
            "<p class=\"{{ a(\"b\") }}\" style=\"color:red\">",
            "<button\n  type=submit onclick='x()'>",
            "<style>p {}</style>",
        ] {
            assert_eq!(keep_the_policy(&page(bad)).len(), 1, "{bad}");
        }
    }

    #[test]
    fn named_modules_and_data_are_left_alone() {
        for good in [
            "<script type=\"module\" src=\"/a.js\"></script>",
            "<script type=\"importmap\" nonce=\"{{ nonce }}\">{}</script>",
            "<p {% if on %}hidden{% endif %} data-style=\"on\">{{ x }}</p>",
            "{# <p style=\"\"> is explained elsewhere #}<p>",
        ] {
            assert_eq!(keep_the_policy(&page(good)), [], "{good}");
        }
    }

    #[test]
    fn a_long_line_is_found_and_letters_are_counted_not_bytes() {
        let (fits, long) = ("đ".repeat(LONGEST_LINE), "a".repeat(LONGEST_LINE + 1));
        let tree = Tree::of(&[
            ("templates/mail/a.txt", &format!("{fits}\n{long}\n")),
            ("web/css/a.css", &long),
        ]);
        let found = have_no_long_line(&tree);
        assert_eq!(
            found.iter().map(|f| (f.path.as_str(), f.line)).collect::<Vec<_>>(),
            [("templates/mail/a.txt", 2)]
        );
    }

    #[test]
    fn a_sentence_in_a_template_is_found() {
        let found = hold_no_sentence(&page("<p>\n  {{ t(\"a\") }}\n</p>\n<h2>\n Hello</h2>\n"));
        assert_eq!(found.iter().map(|f| f.line).collect::<Vec<_>>(), [5]);
        assert_eq!(hold_no_sentence(&page("<img alt=\"A hole\">")).len(), 1);
        assert_eq!(hold_no_sentence(&page("<img alt=\"{{ t(\"hole\") }}\"> · &nbsp; Nhịp")), []);
        assert_eq!(
            hold_no_sentence(&page("{% macro a() %} aria-invalid=\"true\"{% endmacro %}")),
            []
        );
        assert_eq!(hold_no_sentence(&page("<!-- why --><script src=\"a\">x y z</script>")), []);
    }
}
