//! `/reports.atom`: any list as an Atom feed (RFC 4287), for newspapers, neighbours and machines.
//!
//! Readers ask again and again: what has not changed is answered 304, by its tag alone. A date would not do, because a list
//! that lost a report has no newer date for it.

use super::{FilterBar, asked, public_list, telling};
use crate::app::Shared;
use crate::platform::error::Result;
use crate::platform::hex::hex;
use crate::platform::i18n::format::iso;
use crate::platform::limits;
use crate::service_request::presenter::Telling;
use crate::service_request::view::ReportView;
use crate::visitor::Visitor;
use axum::extract::{RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LAST_MODIFIED, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Of a hash, enough to tell one state of a feed from another.
const TAG_CHARS: usize = 24;

pub async fn atom(
    State(app): State<Shared>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response> {
    let (pack, now) = (app.pack.load_full(), app.clock.now());
    let asked = asked(&app, query.as_deref(), &pack);
    let list = public_list(&app, asked.clone(), limits::PAGE).await?;
    let tells = telling(&visitor, &pack, now);
    let base = app.config.public_url.trim_end_matches('/');
    let query = escaped(&asked.query(&[]));
    // An empty feed was never updated; "now" would be news at every fetch.
    let newest = list.rows.iter().map(|view| view.updated_at).max().unwrap_or_default();
    let updated = iso(newest);
    let mut title = vec![visitor.t.s("reports-title").into_owned()];
    title.extend(FilterBar::new(&visitor, &pack, asked).said());
    title.push(visitor.page(&app, "").city().to_owned());
    let title = escaped(&title.join(" · "));
    let mut xml = String::with_capacity(16 * 1024);
    let _ = write!(
        xml,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\
         <title>{title}</title><id>{base}/reports.atom?{query}</id><updated>{updated}</updated>\
         <link rel=\"self\" href=\"{base}/reports.atom?{query}\"/><link href=\"{base}/reports?{query}\"/>",
        visitor.t.code(),
    );
    for view in &list.rows {
        entry(&mut xml, base, &tells, view);
    }
    xml.push_str("</feed>\n");
    let digest: String = hex(&Sha256::digest(&xml)).chars().take(TAG_CHARS).collect();
    let tag = format!("W/\"{digest}\"");
    let head = [
        (ETAG, tag.clone()),
        (LAST_MODIFIED, newest.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()),
        (VARY, "Accept-Language, Cookie".to_owned()),
        (CACHE_CONTROL, "no-cache".to_owned()),
    ];
    let known = headers.get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or_default();
    if known.split(',').any(|one| one.trim() == tag) {
        return Ok((StatusCode::NOT_MODIFIED, head).into_response());
    }
    Ok((head, [(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], xml).into_response())
}

fn entry(xml: &mut String, base: &str, tells: &Telling<'_>, view: &ReportView) {
    let id = &view.id;
    let words = view.description.as_deref().unwrap_or_default();
    let status = tells.t.of("status-", view.status());
    let summary = [status.as_ref(), &tells.service(view), &tells.place(view), words]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    let _ = write!(
        xml,
        "<entry><title>{}</title><id>{base}/reports/{id}</id><link href=\"{base}/reports/{id}\"/>\
         <published>{}</published><updated>{}</updated><author><name>{}</name></author><summary>{}</summary></entry>",
        escaped(&tells.title(view)),
        iso(view.received_at),
        iso(view.updated_at),
        escaped(tells.pack.name.text(tells.t.code())),
        escaped(&summary),
    );
}

/// Text for XML 1.0: its special characters named, those it cannot hold left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\t' => safe.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => safe.push(c),
        }
    }
    safe
}
