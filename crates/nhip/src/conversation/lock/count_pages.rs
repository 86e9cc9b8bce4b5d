//! `/moderation`: what was hidden and who was locked in a year, for what and with what outcome, as numbers everybody can
//! check. What a report lost is said on the report; here it is added up.

use super::store::{self, Counted};
use super::told::office;
use crate::app::Shared;
use crate::conversation::talk::Speaking;
use crate::platform::error::{Error, Result};
use crate::platform::http::page::Page;
use crate::platform::http::view::When;
use crate::platform::i18n::Lang;
use crate::visitor::{Visitor, show};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::lock::{CEILINGS, LockReason, Ruling};
use jiff::SignedDuration;

/// Days that are counted.
const DAYS: i64 = 365;

#[derive(Template)]
#[template(path = "public/moderation.html")]
struct ModerationPage {
    page: Page,
    t: Lang,
    office: String,
    since: When,
    /// Comments that everybody reads.
    shown: i64,
    hidden: i64,
    hidden_for: Vec<(String, i64)>,
    locks: i64,
    /// Reason, locks, appeals, and what came of these: upheld, shortened, lifted, waiting.
    rows: Vec<Row>,
    /// The table of the rules: reason, and the longest lock the first, second and later time.
    ceilings: Vec<(String, Vec<String>)>,
}

struct Row {
    reason: String,
    locks: i64,
    appeals: i64,
    upheld: i64,
    shortened: i64,
    lifted: i64,
    waiting: i64,
}

pub async fn page(State(app): State<Shared>, visitor: Visitor) -> Result<Response> {
    let now = app.clock.now();
    let since = now.checked_sub(SignedDuration::from_hours(24 * DAYS)).unwrap_or(now);
    let counted = app.db.read(move |conn| {
        let (shown, hidden) = store::comments_counted(conn, since)?;
        Ok::<_, Error>((shown, hidden, store::counted(conn, since)?))
    });
    let ((shown, hidden, locks), pack, t) = (counted.await?, app.pack.load_full(), visitor.t);
    let speaking = Speaking { t, pack: &pack, now };
    let term = |term| t.of("lock-term-", term).into_owned();
    Ok(show(&ModerationPage {
        page: visitor.page(&app, t.s("moderated-title")),
        t,
        office: office(&speaking),
        since: When::moment(t, now, since, pack.calendar.zone()),
        shown,
        hidden: hidden.iter().map(|(_, n)| n).sum(),
        hidden_for: hidden
            .into_iter()
            .map(|(code, n)| (t.of("comment-hide-", code).into_owned(), n))
            .collect(),
        locks: locks.iter().map(|alike| alike.n).sum(),
        rows: LockReason::ALL
            .iter()
            .map(|reason| row(t, *reason, &locks))
            .filter(|row| row.locks > 0)
            .collect(),
        ceilings: CEILINGS
            .iter()
            .map(|row| {
                (t.of("lock-reason-", row.reason).into_owned(), row.longest.map(term).into())
            })
            .collect(),
    }))
}

fn row(t: Lang, reason: LockReason, locks: &[Counted]) -> Row {
    let sum = |which: &dyn Fn(&Counted) -> bool| {
        locks.iter().filter(|c| c.reason == reason && which(c)).map(|c| c.n).sum()
    };
    let ruled = |ruling| sum(&|c: &Counted| c.ruling == Some(ruling));
    Row {
        reason: t.of("lock-reason-", reason).into_owned(),
        locks: sum(&|_| true),
        appeals: sum(&|c| c.appealed),
        upheld: ruled(Ruling::Upheld),
        shortened: ruled(Ruling::Shortened),
        lifted: ruled(Ruling::Lifted),
        waiting: sum(&|c| c.appealed && c.ruling.is_none()),
    }
}
