//! Writes a bulletin in its reader's language, from what everybody may see now: a report that was hidden since, and a
//! follow that was stopped, are left out.

use super::Part;
use crate::notification::deliver::Leased;
use crate::notification::follow::found::{Lists, Seen};
use crate::notification::follow::{self, Rhythm, What};
use crate::notification::letter::{Desk, Written, address, rendered};
use crate::notification::stop::Of;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::http::view::dotted;
use crate::platform::i18n::Lang;
use crate::platform::mail;
use crate::service_request::list::store as list_store;
use crate::service_request::presenter::Telling;
use askama::Template;
use domain::ids::ServiceRequestId;
use fluent_bundle::FluentValue;
use std::collections::HashMap;

/// Reports that are named in one part; the others are a link away.
const NAMED: usize = 10;

#[derive(Template)]
#[template(path = "mail/bulletin.html")]
struct Html<'a> {
    said: &'a Said,
}

#[derive(Template)]
#[template(path = "mail/bulletin.txt", escape = "none")]
struct Text<'a> {
    said: &'a Said,
}

struct Said {
    t: Lang,
    subject: String,
    parts: Vec<SaidPart>,
    sender: String,
    why: String,
    stop: Option<String>,
    mine: Option<String>,
}

/// One thing the reader follows.
struct SaidPart {
    title: String,
    link: String,
    /// How many are new, settled, open again.
    sums: String,
    lines: Vec<Line>,
    /// How many more there are.
    more: usize,
}

/// A report: what happened, what and where it is.
struct Line {
    what: String,
    report: String,
    code: String,
    link: String,
}

pub fn write(conn: &mut Conn<'_>, desk: &Desk, leased: &Leased) -> Result<Written> {
    if follow::store::has_stopped_all(conn, &leased.recipient)? {
        return Ok(Written::Dropped("stopped"));
    }
    let Some(to) = address(conn, desk, leased)? else { return Ok(Written::Dropped("no_address")) };
    let corrupt =
        || Error::Corrupt { table: "delivery", column: "told", id: leased.id.to_string() };
    let told = leased.told.as_deref().ok_or_else(corrupt)?;
    let mut parts: Vec<Part> = serde_json::from_str(told).map_err(|_| corrupt())?;
    let t = desk.language(&leased.language);
    let mut said_parts = Vec::new();
    let (mut new, mut settled) = (0, 0);
    let mut rhythm = None;
    for part in &mut parts {
        let Some(follow) =
            follow::store::get(conn, &part.follow)?.filter(follow::Follow::is_running)
        else {
            continue;
        };
        let Some(said) = said_of(conn, desk, t, &follow.what, part)? else { continue };
        (new, settled) = (new + part.new, settled + part.settled);
        rhythm = rhythm.or(Some(follow.rhythm));
        said_parts.push(said);
    }
    let Some(rhythm) = rhythm else { return Ok(Written::Dropped("nothing_left")) };
    let rhythm = if rhythm == Rhythm::AtOnce { Rhythm::Day } else { rhythm };
    let sums = [("new", FluentValue::from(new)), ("settled", FluentValue::from(settled))];
    let said = Said {
        t,
        subject: t.with(&format!("mail-bulletin-{rhythm}-subject"), &sums).into_owned(),
        parts: said_parts,
        sender: desk.sender(t),
        why: t.of("mail-bulletin-why-", rhythm).into_owned(),
        stop: desk.stop(&leased.recipient, Of::Every(rhythm)),
        mine: desk.mine(&leased.recipient),
    };
    Ok(Written::Letter(Box::new(mail::Letter {
        id: format!("{}.{}", leased.id, leased.round),
        from_name: said.sender.clone(),
        to,
        text: rendered(&Text { said: &said })?,
        html: rendered(&Html { said: &said })?,
        subject: said.subject,
        stop: said.stop,
        at: desk.now,
    })))
}

/// `None`: nothing of it may be told any more. What may not is taken out of the sums too.
fn said_of(
    conn: &mut Conn<'_>,
    desk: &Desk,
    t: Lang,
    what: &What,
    part: &mut Part,
) -> Result<Option<SaidPart>> {
    let pack = &desk.pack;
    let codes: Vec<ServiceRequestId> = part.reports.iter().map(|(code, _)| code.clone()).collect();
    let lists = Lists::of([what.clone()], pack);
    let in_it = |seen: &Seen| matches!(what, What::Report(_)) || lists.with(seen).next().is_some();
    let found = list_store::by_ids(conn, &codes)?.into_iter();
    let seen: HashMap<ServiceRequestId, Seen> = found
        .filter_map(|report| Some((report.id.clone(), Seen::of(&report, pack)?)))
        .filter(|(_, seen)| in_it(seen))
        .collect();
    let shown: Vec<&(ServiceRequestId, String)> =
        part.reports.iter().filter(|(code, _)| seen.contains_key(code)).collect();
    if shown.is_empty() {
        return Ok(None);
    }
    let tells = Telling::new(t, pack, desk.now);
    let line = |(code, verb): &(ServiceRequestId, String)| {
        let view = &seen.get(code)?.view;
        let took = tells.clock(view).filter(|_| view.closed_at.is_some());
        let took = took.map_or_else(String::new, |clock| clock.left);
        Some(Line {
            what: if verb == "publish" {
                t.of("status-", view.status()).into_owned()
            } else {
                t.of("mail-what-", verb).into_owned()
            },
            report: dotted([&tells.service(view), &tells.area(view), &took]),
            code: code.grouped(),
            link: format!("{}/reports/{code}", desk.public_url),
        })
    };
    let lines: Vec<Line> = shown.iter().take(NAMED).filter_map(|pair| line(pair)).collect();
    let gone = |verbs: &[&str]| {
        let lost = part.reports.iter().filter(|(code, _)| !seen.contains_key(code));
        lost.filter(|(_, verb)| verbs.contains(&verb.as_str())).count()
    };
    let (new, settled, again) = (
        part.new.saturating_sub(gone(&["submit"])),
        part.settled.saturating_sub(gone(&["publish", "refuse", "merge", "withdraw"])),
        part.again.saturating_sub(gone(&["reopen", "appeal", "promise_due"])),
    );
    (part.new, part.settled, part.again) = (new, settled, again);
    let more = shown.len().saturating_sub(lines.len());
    let sum = |key: &str, n: usize| (n > 0).then(|| t.s1(key, "n", n).into_owned());
    let sums = [
        sum("mail-bulletin-new", new),
        sum("mail-bulletin-settled", settled),
        sum("mail-bulletin-again", again),
    ];
    Ok(Some(SaidPart {
        title: what.title(pack, t),
        link: format!("{}{}", desk.public_url, what.path()),
        sums: sums.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        lines,
        more,
    }))
}
