//! Reads pages as far as a test must: which forms they have, with which fields, and which words stand in their links.
//! Knows the HTML of our own templates, not all of HTML.

use std::collections::BTreeSet;

/// A form of a page.
#[derive(Debug, Clone)]
pub struct PageForm {
    /// A path; empty: the page's own.
    pub action: String,
    pub posts: bool,
    pub fields: Vec<Field>,
}

impl PageForm {
    /// As somebody leaves it who chooses one of what excludes each other, presses the last button (it sends), and
    /// rather types than chooses.
    pub fn with_one_of_each(&self) -> Self {
        let mut fields: Vec<Field> = Vec::new();
        for field in &self.fields {
            let typed = self.fields.iter().any(|f| f.name == field.name && f.is_typed());
            let one_of = ["radio", "button"].contains(&field.kind.as_str());
            if one_of {
                fields.retain(|f| f.name != field.name || f.is_typed());
            }
            if !(one_of && typed) {
                fields.push(field.clone());
            }
        }
        Self { fields, ..self.clone() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    /// As in `type="…"`; `textarea` and `select` for these.
    pub kind: String,
    /// What is sent when nobody touches it.
    pub value: String,
    /// Good once: it must not come back.
    pub once: bool,
}

impl Field {
    /// Somebody types into it, and would be sorry to lose what they typed.
    pub fn is_typed(&self) -> bool {
        let typed = ["text", "textarea", "email", "tel", "search", "number", "date"];
        typed.contains(&self.kind.as_str()) && !self.once
    }
}

/// The forms of a page.
pub fn forms(html: &str) -> Vec<PageForm> {
    let mut found: Vec<PageForm> = Vec::new();
    let mut open = false;
    for (at, tag) in tags(html) {
        let of = |name: &str| attribute(tag, name).unwrap_or_default();
        match name_of(tag) {
            "form" => {
                let posts = of("method").eq_ignore_ascii_case("post");
                found.push(PageForm { action: of("action"), posts, fields: Vec::new() });
                open = true;
            }
            "/form" => open = false,
            "input" | "textarea" | "select" | "button" if open && !of("name").is_empty() => {
                let field = field(html, at, tag);
                if let Some(form) = found.last_mut() {
                    form.fields.push(field);
                }
            }
            _ => {}
        }
    }
    found
}

fn field(html: &str, at: usize, tag: &str) -> Field {
    let rest = &html[at..];
    let inside = |end: &str| rest.split_once('>').unwrap_or_default().1.split(end).next().unwrap();
    let (kind, value) = match name_of(tag) {
        "textarea" => ("textarea".to_owned(), unescaped(inside("</textarea>").trim_start())),
        "select" => {
            let values = tags(inside("</select>")).filter_map(|(_, t)| attribute(t, "value"));
            (
                "select".to_owned(),
                values.filter(|value| !value.is_empty()).last().unwrap_or_default(),
            )
        }
        name => {
            let kind = attribute(tag, "type").unwrap_or_else(|| "text".to_owned());
            let kind = if name == "button" { "button".to_owned() } else { kind };
            (kind, attribute(tag, "value").unwrap_or_default())
        }
    };
    let once = attribute(tag, "autocomplete").is_some_and(|word| word == "one-time-code");
    Field { name: attribute(tag, "name").unwrap_or_default(), kind, value, once }
}

/// Names of the parameters that the links and the searching forms of a page have.
pub fn query_names(html: &str) -> BTreeSet<String> {
    let links = tags(html).filter_map(|(_, tag)| attribute(tag, "href"));
    let queries = links.filter_map(|link| Some(link.split_once('?')?.1.to_owned()));
    let mut names: BTreeSet<String> = queries
        .flat_map(|query| {
            let pairs = query.split('&').map(|pair| pair.split('=').next().unwrap().to_owned());
            pairs.collect::<Vec<_>>()
        })
        .collect();
    let searches = forms(html).into_iter().filter(|form| !form.posts);
    names.extend(searches.flat_map(|form| form.fields.into_iter().map(|field| field.name)));
    names
}

/// Where each tag begins, and what stands between its brackets.
fn tags(html: &str) -> impl Iterator<Item = (usize, &str)> {
    html.match_indices('<').filter_map(|(at, _)| {
        let rest = html.get(at + 1..)?;
        Some((at, rest.get(..rest.find('>')?)?))
    })
}

fn name_of(tag: &str) -> &str {
    tag.split(|c: char| c.is_whitespace()).next().unwrap_or_default()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = format!(" {name}=\"");
    let (_, rest) = tag.split_once(&start)?;
    Some(unescaped(rest.split('"').next()?))
}

pub fn unescaped(text: &str) -> String {
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'")];
    let numbers = [("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&"), ("&amp;", "&")];
    marks.iter().chain(&numbers).fold(text.to_owned(), |t, (from, to)| t.replace(from, to))
}

#[test]
fn a_form_is_read_with_its_fields() {
    let page = "<a href=\"/x?a=1&amp;b=2\">x</a>\n<form action=\"/send\" method=\"post\">\n\
        <input type=\"hidden\" name=\"v\" value=\"3\"><textarea name=\"t\" rows=\"2\">\nA &lt; B</textarea>\
        <select name=\"s\"><option value=\"\">none</option><option value=\"k\">K</option></select>\
        <button name=\"step\" value=\"go\">Go</button></form><form><input name=\"q\"></form>";
    let found = forms(page);
    let field = |name: &str, kind: &str, value: &str| Field {
        name: name.into(),
        kind: kind.into(),
        value: value.into(),
        once: false,
    };
    assert_eq!((found[0].action.as_str(), found[0].posts, found.len()), ("/send", true, 2));
    assert_eq!(
        found[0].fields,
        [
            field("v", "hidden", "3"),
            field("t", "textarea", "A < B"),
            field("s", "select", "k"),
            field("step", "button", "go")
        ]
    );
    assert_eq!(query_names(page).into_iter().collect::<Vec<_>>(), ["a", "b", "q"]);
}
