//! `/reports.atom`: any list as an Atom feed (RFC 4287), for newspapers, neighbours and machines.

use super::super::telling::Telling;
use super::super::view::ReportView;
use super::{asked, public_list, telling};
use crate::app::Shared;
use crate::platform::error::Result;
use crate::platform::i18n::format::iso;
use crate::platform::limits;
use crate::visitor::Visitor;
use axum::extract::{RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use std::fmt::Write as _;

pub async fn atom(
    State(app): State<Shared>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response> {
    let (pack, now) = (app.pack.load_full(), app.clock.now());
    let asked = asked(&app, query.as_deref(), &pack);
    let list = public_list(&app, asked.clone(), limits::PAGE).await?;
    let tells = telling(&visitor, &pack, now);
    let base = app.config.public_url.trim_end_matches('/');
    let query = escaped(&asked.query(&[]));
    let updated = iso(list.rows.iter().map(|view| view.updated_at).max().unwrap_or(now));
    let title =
        escaped(&format!("{} · {}", visitor.t.s("reports-title"), visitor.page(&app, "").city()));
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
    Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], xml).into_response())
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
