//! What people say about an invented report, and who has the problem too; told by the same actions that people use.
//!
//! It has dice and ids of its own, so that the reports are the same with and without their discussions.

use super::life::Teller;
use crate::conversation::author::Author;
use crate::conversation::comment::{Comment, HideCode, Standing};
use crate::conversation::lock::{self, Wanted};
use crate::conversation::write::{NewComment, write};
use crate::conversation::{flag, is_discussed, moderate, support};
use crate::platform::ctx::{Ctx, Ids};
use crate::platform::db::Conn;
use crate::platform::error::Result;
use demo::material::{self, Dice, Setting};
use domain::actor::{Actor, Role};
use domain::lock::{LockReason, longest};
use domain::service_request::{Outcome, ServiceRequest, State};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashSet;

/// The chance and the ids of all discussions.
pub struct Voices {
    pub dice: Dice,
    pub ids: Ids,
}

/// How many have the problem too, by hundredths: at least and at most.
const SUPPORTS: &[(u32, (usize, usize))] =
    &[(52, (0, 0)), (28, (1, 3)), (15, (4, 12)), (5, (13, 45))];
/// How many comments a discussed report has, by hundredths.
const COMMENTS: &[(u32, usize)] = &[(50, 1), (28, 2), (15, 3), (7, 5)];
/// What nobody should say, and why it is hidden.
const WRONG: &[(&str, HideCode)] = &[
    ("spam", HideCode::Advertising),
    ("insult", HideCode::Insult),
    ("personal", HideCode::Personal),
];
/// Comments younger than this still wait or are still reported, so that the moderators' list is not empty.
const UNJUDGED: SignedDuration = SignedDuration::from_hours(7 * 24);
/// People find a report they share within so many hours.
const JOINING_HOURS: f64 = 96.0;
/// A discussion goes on for so many hours after the report is closed.
const AFTERWARDS: SignedDuration = SignedDuration::from_hours(5 * 24);

/// "Me too", soon after the report came in.
pub fn join(conn: &mut Conn<'_>, t: &mut Teller, report: &ServiceRequest) -> Result<()> {
    let (least, most) = t.voices.dice.weighed(SUPPORTS).unwrap_or_default();
    let count = least + t.voices.dice.below(most - least + 1);
    if !is_discussed(report) {
        return Ok(());
    }
    for _ in 0..count {
        let after = t.voices.dice.between(0.1, JOINING_HOURS);
        let at = report.received_at + SignedDuration::from_mins((after * 60.0) as i64);
        let ctx = circumstances(t, at.min(t.now), Actor::reporter());
        support::support(conn, &ctx, &somebody(t), &report.id, None)?;
    }
    Ok(())
}

/// The discussion, once the story has been told as far as it goes.
pub fn discuss(conn: &mut Conn<'_>, t: &mut Teller, report: &ServiceRequest) -> Result<()> {
    let talked_about = t.voices.dice.percent(24);
    let count = t.voices.dice.weighed(COMMENTS).unwrap_or_default();
    if !is_discussed(report) || !talked_about || report.outcome == Some(Outcome::Withdrawn) {
        return Ok(());
    }
    let until = report.closed_at.map_or(t.now, |closed| (closed + AFTERWARDS).min(t.now));
    let mut at = report.received_at;
    let mut heard = HashSet::new();
    for _ in 0..count {
        at = later(t, at, until);
        let setting = setting(t, report);
        let Some(words) = t.material.remark(&mut t.voices.dice, report.service.as_str(), &setting)
        else {
            return Ok(());
        };
        // Nobody repeats what somebody said before them.
        if !heard.insert(words.clone()) {
            continue;
        }
        let comment = said(conn, t, report, at, words, None)?;
        let Some(comment) = judged(conn, t, comment, &setting)? else { continue };
        answered(conn, t, report, &comment, until, &setting)?;
    }
    thanked(conn, t, report, until)?;
    spoilt(conn, t, report, until)
}

/// A neighbour or the office answers, or nobody.
fn answered(
    conn: &mut Conn<'_>,
    t: &mut Teller,
    report: &ServiceRequest,
    to: &Comment,
    until: Timestamp,
    setting: &Setting,
) -> Result<()> {
    let service = report.service.as_str();
    if t.voices.dice.percent(22)
        && let Some(words) = t.material.talk(&mut t.voices.dice, service, "neighbour", setting)
    {
        let at = later(t, to.created_at, until);
        let reply = said(conn, t, report, at, words, Some(to))?;
        judged(conn, t, reply, setting)?;
    }
    let Some(accepted) = report.accepted_at.filter(|_| t.voices.dice.percent(45)) else {
        return Ok(());
    };
    let at = later(t, to.created_at.max(accepted), t.now);
    let done = report.closed_at.is_some_and(|closed| closed <= at);
    let occasion = match (done, report.outcome) {
        (true, Some(Outcome::Fixed)) => "office_fixed",
        (true, _) => "office_closed",
        (false, _) => "office",
    };
    let Some(words) = t.material.talk(&mut t.voices.dice, service, occasion, setting) else {
        return Ok(());
    };
    let agency = Some(report.agency.clone());
    let ctx = circumstances(t, at, Actor { role: Role::Officer, account: None, agency });
    let new = NewComment {
        request: report.id.clone(),
        reply_to: Some(to.id.clone()),
        name: String::new(),
        text: words,
        official: true,
    };
    write(conn, &ctx, &somebody(t), new)?;
    Ok(())
}

fn thanked(
    conn: &mut Conn<'_>,
    t: &mut Teller,
    report: &ServiceRequest,
    until: Timestamp,
) -> Result<()> {
    let fixed = report.state == State::Closed && report.outcome == Some(Outcome::Fixed);
    let Some(closed) = report.closed_at.filter(|_| fixed && t.voices.dice.percent(40)) else {
        return Ok(());
    };
    let setting = setting(t, report);
    if let Some(words) =
        t.material.talk(&mut t.voices.dice, report.service.as_str(), "thanks", &setting)
    {
        let at = later(t, closed, until);
        let thanks = said(conn, t, report, at, words, None)?;
        judged(conn, t, thanks, &setting)?;
    }
    Ok(())
}

/// Now and then somebody says what they should not, and a moderator hides it.
fn spoilt(
    conn: &mut Conn<'_>,
    t: &mut Teller,
    report: &ServiceRequest,
    until: Timestamp,
) -> Result<()> {
    if !t.voices.dice.percent(5) {
        return Ok(());
    }
    let Some((occasion, code)) = t.voices.dice.pick(WRONG).copied() else { return Ok(()) };
    let setting = setting(t, report);
    let Some(words) =
        t.material.talk(&mut t.voices.dice, report.service.as_str(), occasion, &setting)
    else {
        return Ok(());
    };
    let at = later(t, report.received_at, until);
    let comment = said(conn, t, report, at, words, None)?;
    if comment.standing == Standing::Shown {
        let ctx = circumstances(t, at, Actor::reporter());
        flag::flag(conn, &ctx, &somebody(t), &report.id, &comment.id, "")?;
    }
    if t.now.duration_since(at) > UNJUDGED {
        let ctx = circumstances(t, at, moderator(t));
        moderate::hide(conn, &ctx, &comment.id, code.as_str(), "")?;
        stopped(conn, &ctx, &comment, code)?;
    }
    Ok(())
}

/// For some of it a moderator stops the author from writing, as long as the first time allows.
fn stopped(conn: &mut Conn<'_>, ctx: &Ctx, comment: &Comment, code: HideCode) -> Result<()> {
    let reason = match code {
        HideCode::Personal => LockReason::Personal,
        HideCode::Insult => LockReason::Insult,
        HideCode::Advertising => LockReason::Advertising,
        HideCode::OffTopic | HideCode::Other => return Ok(()),
    };
    let (code, term) = (reason.to_string(), longest(reason, 0).to_string());
    lock::lock(conn, ctx, &comment.id, &Wanted { code, term, words: String::new() })?;
    Ok(())
}

/// Where comments wait for a moderator, one lets them through after a while; `None` while it waits. Where they do not,
/// somebody may find fault with a fresh one.
fn judged(
    conn: &mut Conn<'_>,
    t: &mut Teller,
    comment: Comment,
    setting: &Setting,
) -> Result<Option<Comment>> {
    let fresh = t.now.duration_since(comment.created_at) < UNJUDGED;
    let doubted = t.voices.dice.percent(12);
    if comment.standing == Standing::Waiting {
        if fresh {
            return Ok(None);
        }
        let ctx = circumstances(t, comment.created_at, moderator(t));
        moderate::show(conn, &ctx, &comment.id)?;
    } else if fresh && doubted {
        let words = t.material.talk(&mut t.voices.dice, "", "doubt", setting).unwrap_or_default();
        let ctx = circumstances(t, t.now, Actor::reporter());
        flag::flag(conn, &ctx, &somebody(t), &comment.request, &comment.id, &words)?;
    }
    Ok(Some(comment))
}

fn said(
    conn: &mut Conn<'_>,
    t: &mut Teller,
    report: &ServiceRequest,
    at: Timestamp,
    text: String,
    to: Option<&Comment>,
) -> Result<Comment> {
    let name = t.material.pen_name(&mut t.voices.dice);
    let reply_to = to.map(|comment| comment.id.clone());
    let new = NewComment { request: report.id.clone(), reply_to, name, text, official: false };
    let (ctx, author) = (circumstances(t, at, Actor::reporter()), somebody(t));
    write(conn, &ctx, &author, new)
}

/// Somebody who never said anything before.
fn somebody(t: &Teller) -> Author {
    Author { key: format!("demo:{}", t.voices.ids.secret()), place: None }
}

fn moderator(t: &Teller) -> Actor {
    let account = Some(t.centre.operator.clone());
    Actor { role: Role::Operator, account, agency: Some(t.pack.centre.clone()) }
}

fn circumstances(t: &Teller, now: Timestamp, actor: Actor) -> Ctx {
    Ctx { now, actor, ids: t.voices.ids.clone(), pack: t.pack.clone() }
}

/// Mostly the language of the report, sometimes the city's own.
fn setting(t: &mut Teller, report: &ServiceRequest) -> Setting {
    let drawn = t.material.setting(&mut t.voices.dice, &t.pack.languages);
    let language = drawn.language.clone();
    let setting = material::place_of(drawn, report);
    if t.voices.dice.percent(90) { setting } else { Setting { language, ..setting } }
}

/// Some time between two moments, sooner rather than later.
fn later(t: &mut Teller, from: Timestamp, until: Timestamp) -> Timestamp {
    let span = until.duration_since(from).as_secs().max(0) as f64;
    let share = t.voices.dice.between(0.02, 0.6);
    let at = from + SignedDuration::from_secs((span * share * share) as i64);
    at.min(t.now)
}
