//! `/desk/on-site`: the cases given to somebody by name, on one page to take along. Where to go first, how to get there,
//! what it looked like, what is owed, and a form for what came of it.
//!
//! The page is kept on the phone (web/js/worker/on-site.js), so it holds nothing that must not lie there: no confidential
//! case, no contact, no number or address that somebody wrote into their words.
//!
//! Not here: what is sent from it (`field_http`).

use super::list_pages::Order;
use super::queue::{self, Queue};
use super::queue_pages::{Done, choice, people_of};
use super::queue_rows::Row;
use super::store as staff_store;
use crate::account::device;
use crate::account::session::Signed;
use crate::app::{App, Shared};
use crate::case::clock::{self, Kept};
use crate::case::event_store;
use crate::media::form_http::HELD;
use crate::platform::db::DbError;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::{Choice, Directions, Entry, Tab, When};
use crate::platform::i18n::Lang;
use crate::service_request::action::deliver;
use crate::service_request::presenter::{Answered, Telling};
use crate::service_request::view::{audience, view};
use crate::visitor::open_form_http::OpenForm;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use domain::case::Event;
use domain::disclosure::Audience;
use domain::service_request::workflow::Verb;
use domain::service_request::{Outcome, ServiceRequest};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Cases on one page: more than anybody gets to in a day, and few enough to be kept on a phone.
const TAKEN_ALONG: usize = 30;
/// Of those of an agency that hands nothing out by name, so many are looked through.
const LOOKED_AT: usize = 200;
/// Carries the key that closes what waits on the device.
const KEY: HeaderName = HeaderName::from_static("nhip-key");
/// Digits in a row from which they may be somebody's number.
const NUMBER_DIGITS: usize = 8;

/// Steps that say what is to be done again.
const LEADS: &[Verb] = &[Verb::SendBack, Verb::Reopen, Verb::Appeal, Verb::PromiseDue, Verb::Reply];

/// A place to go to.
struct Stop {
    row: Row,
    words: String,
    place: String,
    approximate: bool,
    only_area: bool,
    directions: Directions,
    answers: Vec<Answered>,
    /// What was said last, where it is not the first time.
    led_here: Option<Entry>,
    /// What can be told: a product handed in, an outcome, how it stands. Empty: nothing now.
    tell: Vec<Choice>,
    needs_date: bool,
    key: String,
}

impl Stop {
    /// The photos that were held when its form could not be taken.
    fn tickets(&self, sent: &OpenForm) -> Vec<String> {
        let held = sent.typed.all(HELD).filter(|_| sent.is(&self.row.id));
        held.map(str::to_owned).collect()
    }
}

#[derive(Template)]
#[template(path = "desk/on-site.html")]
struct OnSitePage {
    page: Page,
    t: Lang,
    tabs: Vec<Tab>,
    stops: Vec<Stop>,
    late: i64,
    /// Nothing carries their name: these are their agency's.
    nobodys: bool,
    /// There are more than are taken along.
    more: bool,
    as_of: When,
    author: String,
    /// Of the stop it tells of.
    sent: OpenForm,
    toast: Option<String>,
}

pub async fn page(
    State(app): State<Shared>,
    visitor: Visitor,
    Query(done): Query<Done>,
) -> Result<Response> {
    let toast = done.said(visitor.t);
    list(&app, &visitor, OpenForm::default(), (None, toast)).await
}

/// A form's own address has no page.
pub async fn to_list() -> Response {
    Redirect::to("/desk/on-site").into_response()
}

/// The page; with a form that came back for `also`, which may no longer be on the list.
pub async fn list(
    app: &Shared,
    visitor: &Visitor,
    sent: OpenForm,
    (also, toast): (Option<ServiceRequest>, Option<String>),
) -> Result<Response> {
    let signed = visitor.needs_sign_in()?;
    let now = app.clock.now();
    let mut reports = mine(app, signed).await?;
    let nobodys = !reports.is_empty() && reports.iter().all(|report| report.assignee.is_none());
    let more = reports.len() > TAKEN_ALONG;
    reports.truncate(TAKEN_ALONG);
    if let Some(also) = also.filter(|also| !reports.iter().any(|r| r.id == also.id)) {
        reports.insert(0, also);
    }
    let read = read(app, &reports).await?;
    let pack = app.pack.load();
    let tells = Telling { t: visitor.t, pack: &pack, now, names: &read.names };
    let stops: Vec<Stop> =
        reports.iter().map(|report| stop(&tells, &read, report, (app, signed))).collect();
    let late = stops.iter().filter(|stop| stop.row.is_late()).count();
    let tabs = app.tabs(visitor, signed).await?;
    let mut page = visitor.page(app, visitor.t.s("on-site-title")).with_mistakes(sent.is_wrong());
    "/desk/on-site".clone_into(&mut page.path);
    let mut response = show(&OnSitePage {
        page,
        t: visitor.t,
        tabs,
        late: i64::try_from(late).unwrap_or(i64::MAX),
        nobodys,
        more,
        stops,
        as_of: tells.moment(minute_of(now)),
        author: device::marker(&app.vault, Some(signed)),
        sent,
        toast,
    });
    if let Ok(key) = HeaderValue::from_str(&device::key(&app.vault, signed)) {
        response.headers_mut().insert(KEY, key);
    }
    Ok(response)
}

/// To the minute, as people tell the time.
fn minute_of(now: Timestamp) -> Timestamp {
    let seconds = now.as_second();
    Timestamp::from_second(seconds - seconds.rem_euclid(60)).unwrap_or(now)
}

/// What carries this person's name; where nothing does, what nobody of their agency has yet. In the order of the desk,
/// and one more than is shown. Nothing confidential leaves the house on a phone.
async fn mine(app: &App, signed: &Signed) -> Result<Vec<ServiceRequest>> {
    let now = app.clock.now();
    let shares = queue::shares(signed, Queue::Mine);
    let account = signed.account.clone();
    let found = app.db.read(move |conn| {
        let (mut mine, mut nobodys) = (Vec::new(), Vec::new());
        for share in shares.iter().filter(|share| !share.sight.confidential) {
            let of = Some(&account);
            let all = Queue::Mine.into();
            mine.extend(staff_store::queue(conn, share, of, &all, (now, TAKEN_ALONG + 1))?);
            nobodys.extend(staff_store::queue(conn, share, None, &all, (now, LOOKED_AT))?);
        }
        nobodys.retain(|report| report.assignee.is_none());
        Ok::<_, DbError>((mine, nobodys))
    });
    let (mut mine, mut nobodys) = found.await?;
    for list in [&mut mine, &mut nobodys] {
        queue::sort(list, Order::Due, queue::grants(signed), now);
        list.dedup_by(|a, b| a.id == b.id);
    }
    // Who has claimed one still goes past the others: those nobody has come after their own.
    mine.extend(nobodys);
    Ok(mine)
}

/// What is read of the cases besides themselves, by code.
struct Read {
    clocks: BTreeMap<String, Vec<Kept>>,
    led: BTreeMap<String, Event<ServiceRequest>>,
    names: crate::service_request::presenter::Names,
}

async fn read(app: &App, reports: &[ServiceRequest]) -> Result<Read> {
    let again = |r: &&ServiceRequest| r.attempt > 1 || r.reopenings > 0 || r.asked_in.is_some();
    let again: Vec<_> = reports.iter().filter(again).map(|r| r.id.clone()).collect();
    let (ids, people) =
        (reports.iter().map(|r| r.id.clone()).collect::<Vec<_>>(), people_of(reports));
    app.db
        .read(move |conn| {
            let mut read = Read {
                clocks: BTreeMap::new(),
                led: BTreeMap::new(),
                names: staff_store::names(conn, &people)?,
            };
            for id in ids {
                read.clocks.insert(id.to_string(), clock::of(conn, &id)?);
            }
            for id in again {
                let events = event_store::of(conn, &id)?;
                if let Some(event) = events.into_iter().rfind(|e| LEADS.contains(&e.verb)) {
                    read.led.insert(id.to_string(), event);
                }
            }
            Ok::<_, Error>(read)
        })
        .await
}

fn stop(
    tells: &Telling<'_>,
    read: &Read,
    report: &ServiceRequest,
    (app, signed): (&App, &Signed),
) -> Stop {
    let seen = view(report.clone(), audience(Some(signed), report), tells.pack);
    // Of the questions, what everybody may read: the rest is looked up at the desk.
    let open = view(report.clone(), Audience::Public, tells.pack);
    let mut row = tells.row(report, signed);
    row.title = without_contacts(&row.title);
    let led_here = read.led.get(report.id.as_str()).map(|event| {
        let entry = tells.entry(&seen, event, &[]);
        Entry { text: without_contacts(&entry.text), ..entry }
    });
    Stop {
        words: without_contacts(seen.description.as_deref().unwrap_or_default()),
        place: tells.place(&seen),
        approximate: report.area_approximate,
        directions: tells.directions(report, &seen),
        only_area: seen.only_area,
        answers: tells.answers(&open),
        led_here,
        tell: tell(tells, read, report, signed),
        needs_date: report.owes_a_word(tells.now),
        key: app.ids.secret(),
        row,
    }
}

/// What can be told of a case: a product that is owed, else what came of it, else how it stands.
fn tell(tells: &Telling<'_>, read: &Read, report: &ServiceRequest, signed: &Signed) -> Vec<Choice> {
    let (t, lang) = (tells.t, tells.t.code());
    let can = |verb| signed.actor_for(verb, report).is_ok();
    let mut tell = Vec::new();
    let procedure = tells.pack.procedure_of(report);
    let kept = read.clocks.get(report.id.as_str()).map_or(&[][..], Vec::as_slice);
    if let Some(procedure) = procedure.filter(|_| can(Verb::Deliver)) {
        let steps = clock::to_deliver(kept, procedure).into_iter();
        let is_for = |role, r| deliver::is_for(role, r, report.confidential);
        let own = steps.filter(|s| signed.roles.iter().any(|r| is_for(s.role, *r)));
        for step in own {
            let label = t.s1("on-site-hand-in", "product", step.product.text(lang));
            tell.push(choice(&format!("deliver:{}", step.id), &label, ""));
        }
    }
    let clocks: Vec<_> = kept.iter().map(|kept| kept.clock.clone()).collect();
    let owed =
        procedure.is_some_and(|p| !domain::clock::owed_before(&clocks, p, Verb::Answer).is_empty());
    if can(Verb::Answer) && (!owed || clocks.is_empty()) {
        let outcome = |o: &Outcome| choice(&format!("answer:{o}"), &t.of("status-", o), "");
        tell.extend(Outcome::ANSWERS.iter().map(outcome));
    }
    if can(Verb::Progress) {
        tell.push(choice("progress", &t.s("on-site-progress"), ""));
    }
    tell
}

/// Words without mail addresses and telephone numbers that somebody wrote into them.
fn without_contacts(words: &str) -> String {
    let mut kept = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit() || c == '+') {
        let (before, number) = rest.split_at(start);
        let inside = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')' | '+');
        let end = number.find(|c| !inside(c)).unwrap_or(number.len());
        let (number, after) = number.split_at(end);
        kept.push_str(before);
        let digits = number.chars().filter(char::is_ascii_digit).count();
        let trimmed = number.trim_end_matches(|c: char| !c.is_ascii_digit());
        if digits < NUMBER_DIGITS {
            kept.push_str(number);
        } else {
            kept.push('…');
            kept.push_str(number.strip_prefix(trimmed).unwrap_or_default());
        }
        rest = after;
    }
    kept.push_str(rest);
    let word = |word: &str| {
        let (bare, mail) = (word.trim_end(), word.contains('@'));
        if mail {
            format!("…{}", word.strip_prefix(bare).unwrap_or_default())
        } else {
            word.into()
        }
    };
    kept.split_inclusive(char::is_whitespace).map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_and_no_address_is_taken_along() {
        for (said, taken) in [
            ("Call 0905 123 456, it leaks", "Call …, it leaks"),
            ("+84 (0)905.123-456", "…"),
            ("hoa@example.org or\nkiệt 12/3, since 2026", "… or\nkiệt 12/3, since 2026"),
            ("12 Chi Lăng, 3 holes", "12 Chi Lăng, 3 holes"),
            ("số 1\n", "số 1\n"),
        ] {
            assert_eq!(without_contacts(said), taken);
        }
    }
}
