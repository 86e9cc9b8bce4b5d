//! Write a comment: a person under a pseudonym, or an office with an official answer.

use super::author::Author;
use super::comment::{Comment, Standing};
use super::turn::{self, Turns};
use super::{listening, lock, store};
use crate::account::policy;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::{limits, outbox};
use crate::service_request::action::text;
use domain::ids::{CommentId, ServiceRequestId};
use domain::pack::Pack;
use domain::refusal::Refusal;
use domain::service_request::ServiceRequest;
use domain::text::{looks, snippet, tokens};
use jiff::{SignedDuration, Timestamp};

/// The topic of the letters about an official answer.
const OFFICIAL: &str = "official_comment";

/// What somebody typed.
#[derive(Debug, Clone)]
pub struct NewComment {
    pub request: ServiceRequestId,
    /// A comment of the same report that this one answers.
    pub reply_to: Option<CommentId>,
    /// What they want to be called; may be empty.
    pub name: String,
    pub text: String,
    /// In the name of the actor's office; then there is no name.
    pub official: bool,
}

/// Keeps it, counts it, and has the reporter and the followers told of an official answer.
pub fn write(conn: &mut Conn<'_>, ctx: &Ctx, author: &Author, new: NewComment) -> Result<Comment> {
    let words = text::needed(&new.text, "text")?;
    let name = if new.official { String::new() } else { pseudonym(&new.name, &ctx.pack)? };
    let report = listening(conn, &new.request)?;
    let office = policy::office(&ctx.actor, &report, &ctx.pack).filter(|_| new.official);
    if new.official && office.is_none() {
        return Err(Refusal::Forbidden.into());
    }
    let reply_to = new.reply_to.map(|parent| thread(conn, &report, &parent)).transpose()?;
    if office.is_none() {
        lock::must_be_free(conn, ctx, author)?;
    }
    take_turn(conn, ctx, author)?;
    let waits = office.is_none() && !ctx.pack.settings.comments_first;
    let comment = Comment {
        id: CommentId::try_from(ctx.new_id()).map_err(|e| Error::failed("make a comment id", e))?,
        request: report.id.clone(),
        reply_to,
        name,
        author_key: author.key.clone(),
        account: ctx.actor.account.clone(),
        office,
        text: words,
        standing: if waits { Standing::Waiting } else { Standing::Shown },
        hidden: None,
        created_at: ctx.now,
    };
    store::insert(conn, &comment)?;
    store::count_comments(conn, &report.id)?;
    if comment.office.is_some() {
        let id = comment.id.as_str();
        outbox::store::put_topic(conn, ctx, id, report.id.as_str(), OFFICIAL, None)?;
    }
    Ok(comment)
}

/// Keeps what a program says in its own name: one comment for each of its updates, at whatever pace its users write.
pub fn as_program(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    author: &Author,
    request: &ServiceRequestId,
    (name, words): (&str, &str),
) -> Result<Comment> {
    let words = text::needed(words, "description")?;
    let report = listening(conn, request)?;
    let first = ctx.pack.settings.comments_first;
    let comment = Comment {
        id: CommentId::try_from(ctx.new_id()).map_err(|e| Error::failed("make a comment id", e))?,
        request: report.id.clone(),
        reply_to: None,
        name: snippet(name, limits::PSEUDONYM_CHARS),
        author_key: author.key.clone(),
        account: None,
        office: None,
        text: words,
        standing: if first { Standing::Shown } else { Standing::Waiting },
        hidden: None,
        created_at: ctx.now,
    };
    store::insert(conn, &comment)?;
    store::count_comments(conn, &report.id)?;
    Ok(comment)
}

/// The name on one line; nothing when there is no letter in it. Nobody calls themselves an office, nor what looks like one.
fn pseudonym(name: &str, pack: &Pack) -> Result<String> {
    if tokens(name).is_empty() {
        return Ok(String::new());
    }
    let name = text::line(name, "name", limits::PSEUDONYM_CHARS)?;
    let own_looks = looks(&name);
    let offices = pack.agencies.iter().flat_map(|agency| [&agency.name, &agency.short]);
    let own = [&pack.name, &pack.service_name];
    let taken = offices.chain(own).any(|office| {
        pack.spoken().any(|language| !looks(office.text(language)).is_disjoint(&own_looks))
    });
    if taken {
        return Err(Error::unacceptable("name", "comment-name-office", 422));
    }
    Ok(name)
}

/// The comment to stand under: the one that is answered, or the one that stands under, for there is one level.
fn thread(conn: &mut Conn<'_>, report: &ServiceRequest, parent: &CommentId) -> Result<CommentId> {
    let parent = store::find(conn, parent)?
        .filter(|parent| parent.request == report.id && parent.standing == Standing::Shown)
        .ok_or(Error::unacceptable("reply", "comment-reply-gone", 422))?;
    Ok(parent.reply_to.unwrap_or(parent.id))
}

/// One comment per person in the time the pack says, by account or by browser; some from one address.
fn take_turn(conn: &mut Conn<'_>, ctx: &Ctx, author: &Author) -> Result<()> {
    let wait = between(&ctx.pack);
    let turns = Turns { many: limits::COMMENTS_OF_ONE_PLACE, within: wait };
    let taken = match (turn::of_person(conn, author, ctx.now, wait)?, &author.place) {
        (None, Some(place)) => turn::of_place(conn, place, turns, ctx.now)?,
        (taken, _) => taken,
    };
    match taken {
        None => Ok(()),
        Some(last) => Err(Refusal::TooSoon { seconds: left(last, ctx.now, wait) }.into()),
    }
}

fn between(pack: &Pack) -> SignedDuration {
    SignedDuration::from_secs(pack.settings.seconds_between_comments)
}

/// Whole seconds until the next may come, at least one.
fn left(last: Timestamp, now: Timestamp, wait: SignedDuration) -> i64 {
    let left = (wait - now.duration_since(last)).min(wait).as_millis();
    i64::try_from(left).unwrap_or(i64::MAX).saturating_add(999).div_euclid(1000).max(1)
}

/// Forgets who wrote when, once it holds nobody up any more: a job.
pub fn forget_turns(conn: &mut Conn<'_>, ctx: &Ctx) -> Result<()> {
    let longest = between(&ctx.pack).max(limits::PLACE_COUNTED);
    Ok(store::forget_turns(conn, ctx.now - longest)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_left_are_rounded_up() {
        let (start, wait) = (Timestamp::UNIX_EPOCH, SignedDuration::from_secs(60));
        let after = |ms| left(start, start + SignedDuration::from_millis(ms), wait);
        assert_eq!((after(0), after(1), after(59_000), after(59_999)), (60, 60, 1, 1));
        assert_eq!(after(-8_000), 60, "another node's clock is ahead");
    }
}
