//! Locks: a moderator stops a commenter from writing comments for a term, and nothing else. How long for what, and by
//! when an appeal is decided, are the tables of `domain::lock`.
//!
//! A person is known as for the pace: by their account, or by the secret of their browser. Not by their address, which
//! they share with a household, a school, a tower block; so who throws the cookie away is somebody new, and is
//! moderated like everybody. A lock ends by the clock, without a job; [`forget`] makes it a number some time later.

pub mod count_pages;
pub mod desk_pages;
pub mod own_pages;
pub mod store;
pub mod told;

use super::author::Author;
use super::comment::{Comment, Standing};
use super::moderate::judged;
use crate::account::audit::{self, What};
use crate::account::policy::{Action, role_may};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::platform::outbox::store::put_topic;
use crate::service_request::action::text;
use domain::ids::{AccountId, CommentId, LockId};
use domain::lock::{self, Course, LockReason, Ruling, Term, may_rule};
use domain::refusal::Refusal;
use domain::time;
use jiff::Timestamp;

/// Topics of the outbox; the event of such a row is the lock.
pub const GIVEN: &str = "lock_given";
pub const APPEALED: &str = "lock_appealed";
pub const RULED: &str = "lock_ruled";

/// Locks forgotten at once; what is left waits for the next time.
const SWEEP: usize = 200;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    pub id: LockId,
    pub author_key: String,
    /// What gave rise to it.
    pub comment: CommentId,
    pub reason: LockReason,
    /// What the moderator says to the person.
    pub words: Option<String>,
    pub course: Course,
    pub locked_by: Option<AccountId>,
    pub appeal: Option<Appeal>,
    pub ruled: Option<Ruled>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appeal {
    pub words: String,
    pub at: Timestamp,
    pub due_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruled {
    pub ruling: Ruling,
    pub words: Option<String>,
    pub at: Timestamp,
}

impl Lock {
    /// Somebody has to decide about what the person said.
    pub fn awaits_ruling(&self) -> bool {
        self.appeal.is_some() && self.ruled.is_none()
    }

    pub fn standing(&self, now: Timestamp) -> lock::Standing {
        self.course.standing(now)
    }
}

/// What a moderator chose.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub code: String,
    pub term: String,
    pub words: String,
}

/// How often its author was locked before, if this comment is a ground for a lock.
pub fn before(conn: &mut Conn<'_>, comment: &Comment) -> Result<usize> {
    if comment.standing != Standing::Hidden || comment.office.is_some() {
        return Err(Error::unacceptable("comment", "lock-not-hidden", 409));
    }
    Ok(store::before(conn, &comment.author_key)?)
}

/// Locks the author of a comment that was hidden.
pub fn lock(conn: &mut Conn<'_>, ctx: &Ctx, id: &CommentId, wanted: &Wanted) -> Result<Lock> {
    let reason = LockReason::parse(&wanted.code).ok_or(Refusal::Missing { field: "code" })?;
    let term = Term::parse(&wanted.term).ok_or(Refusal::Missing { field: "term" })?;
    let words = text::optional(&wanted.words, "reason")?;
    let comment = judged(conn, ctx, id)?;
    let before = before(conn, &comment)?;
    // Without a name there are no four eyes.
    let by = ctx.actor.account.clone().ok_or(Refusal::Forbidden)?;
    if term > lock::longest(reason, before) {
        return Err(Error::unacceptable("term", "lock-too-long", 422));
    }
    let runs = store::running(conn, &comment.author_key, ctx.now)?;
    if store::of_comment(conn, id)?.is_some() || !runs.is_empty() {
        return Err(Error::unacceptable("comment", "lock-already", 409));
    }
    let course = Course { term, from: ctx.now, until: term.after(ctx.now), appeal_due: None };
    let lock = Lock {
        id: LockId::parse(&ctx.new_id()).map_err(|e| Error::failed("make an id", e))?,
        author_key: comment.author_key,
        comment: comment.id,
        reason,
        words,
        course,
        locked_by: Some(by),
        appeal: None,
        ruled: None,
    };
    store::insert(conn, &lock)?;
    let detail = format!("{} for {}: {reason}, {term}", lock.id, lock.comment);
    audit::note(conn, ctx, What::CommenterLocked, &detail)?;
    put_topic(conn, ctx, lock.id.as_str(), "", GIVEN, None)?;
    Ok(lock)
}

/// The lock that keeps this person from writing now; of several the one that lasts longest.
pub fn holding(conn: &mut Conn<'_>, author: &Author, now: Timestamp) -> Result<Option<Lock>> {
    let mut running = store::running(conn, &author.key, now)?;
    running.retain(|lock| lock.standing(now) == lock::Standing::Holds);
    Ok(running.into_iter().max_by_key(|lock| lock.course.until))
}

/// Turns a locked person away.
pub fn must_be_free(conn: &mut Conn<'_>, ctx: &Ctx, author: &Author) -> Result<()> {
    match holding(conn, author, ctx.now)? {
        Some(_) => Err(Error::unacceptable("locked", "lock-says-no", 403)),
        None => Ok(()),
    }
}

/// The person says, once, what speaks against it.
pub fn appeal(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    author: &Author,
    id: &LockId,
    words: &str,
) -> Result<()> {
    let words = text::checked(words, "words", crate::platform::limits::REASON_CHARS)?;
    let own = store::find(conn, id)?.filter(|lock| lock.author_key == author.key);
    let lock = own.ok_or(Refusal::NotFound)?;
    if lock.standing(ctx.now) == lock::Standing::Ended {
        return Err(Error::unacceptable("lock", "lock-over", 409));
    }
    let due = time::due(&ctx.pack.calendar, ctx.now, &lock.course.term.appeal_budget(), &[]);
    let due_at = due.unwrap_or(ctx.now).min(lock.course.until);
    if !store::appeal(conn, id, &Appeal { words, at: ctx.now, due_at })? {
        return Err(Error::unacceptable("lock", "lock-appealed-already", 409));
    }
    // Whose account it is stays out of the log: it would tell who the author of a comment is.
    audit::note_of(conn, ctx, None, What::LockAppealed, lock.id.as_str())?;
    put_topic(conn, ctx, lock.id.as_str(), "", APPEALED, None)
}

/// Somebody else than who locked decides about an appeal, with words for the person.
pub fn rule(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    id: &LockId,
    (ruling, shorter): (&str, &str),
    words: &str,
) -> Result<()> {
    if !role_may(ctx.actor.role, Action::RuleOnLock) {
        return Err(Refusal::Forbidden.into());
    }
    let ruling = Ruling::parse(ruling).ok_or(Refusal::Missing { field: "ruling" })?;
    let words = text::needed(words, "reason")?;
    let lock = store::find(conn, id)?.filter(|lock| lock.appeal.is_some());
    let lock = lock.ok_or(Refusal::NotFound)?;
    if !may_rule(lock.locked_by.as_ref(), ctx.actor.account.as_ref()) {
        return Err(Error::unacceptable("lock", "lock-own", 403));
    }
    let until = lock
        .course
        .ruled(ruling, Term::parse(shorter), ctx.now)
        .ok_or(Error::unacceptable("term", "lock-not-shorter", 422))?;
    settle(conn, ctx, &lock, Ruled { ruling, words: Some(words), at: ctx.now }, until)
}

/// A comment that is shown again is no ground for a lock.
pub fn lift_for(conn: &mut Conn<'_>, ctx: &Ctx, comment: &CommentId) -> Result<()> {
    let Some(lock) = store::of_comment(conn, comment)? else { return Ok(()) };
    if lock.ruled.is_some() || lock.standing(ctx.now) == lock::Standing::Ended {
        return Ok(());
    }
    let until = lock.course.until.min(ctx.now);
    settle(conn, ctx, &lock, Ruled { ruling: Ruling::Lifted, words: None, at: ctx.now }, until)
}

fn settle(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    lock: &Lock,
    ruled: Ruled,
    until: Timestamp,
) -> Result<()> {
    if !store::rule(conn, &lock.id, &ruled, ctx.actor.account.as_ref(), until)? {
        return Err(Error::unacceptable("lock", "moderation-done-already", 409));
    }
    let detail = format!("{}: {}", lock.id, ruled.ruling);
    audit::note(conn, ctx, What::LockRuled, &detail)?;
    put_topic(conn, ctx, lock.id.as_str(), "", RULED, None)
}

/// Empties what tells who was locked, for what words and by whom, as long after the end of a lock as identities are kept
/// after the end of a report. What is left is counted. A job: safe to run at any time, any number of times.
pub fn forget(conn: &mut Conn<'_>, ctx: &Ctx) -> Result<usize> {
    let days = i64::from(ctx.pack.settings.erase_identity_after_days);
    let before = ctx.now.as_millisecond().saturating_sub(days * 86_400_000);
    Ok(store::forget(conn, before, SWEEP)?)
}
