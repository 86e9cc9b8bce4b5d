//! Sends deliveries, in a few lanes beside each other, what was asked for first: lease one in a transaction, write and send it outside, note what came of it.
//!
//! What was noted last and what is leased next share one transaction. Killed at any point, the lease runs out and the
//! letter is sent then; only the one in flight may go twice, under the same `Message-ID`.

use super::follow::Way;
use super::letter::{self, Desk, Written};
use super::{push, store, webhook};
use crate::app::{App, Shared};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::mail::NotSent;
use domain::actor::Actor;
use domain::ids::{DeliveryId, FollowId, ServiceRequestId};
use futures_util::future::join_all;
use jiff::SignedDuration;
use std::time::Duration;

/// Letters at one beat of the job; what is left waits for the next, a second later.
const BEAT: usize = 200;
/// Letters on their way at the same time: as many connections as a mail server likes to see.
const MAIL_LANES: usize = 4;
/// Notifications, and calls of webhooks, on their way at the same time: each may take as long as its receiver likes.
const LANES: usize = 8;
/// A letter that takes longer has failed. Shorter than [`LEASE`], so that no other node begins it meanwhile.
const LONGEST: Duration = Duration::from_secs(90);
const LEASE: SignedDuration = SignedDuration::from_secs(120);
/// How long a letter waits after its first, second … failed attempt; after one more it has failed.
const WAITS: [SignedDuration; 5] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(12),
];

/// A delivery we hold for a while.
#[derive(Debug, Clone)]
pub struct Leased {
    pub id: DeliveryId,
    pub event: String,
    pub topic: String,
    pub request: Option<ServiceRequestId>,
    /// A person, a browser or a webhook, as the way says.
    pub recipient: String,
    pub reader: String,
    pub letter: String,
    pub language: String,
    pub sealed: Option<Vec<u8>>,
    /// With this one.
    pub attempts: i64,
    pub round: i64,
    pub way: Way,
    /// The follow that called for it.
    pub follow: Option<FollowId>,
    /// What a bulletin tells.
    pub told: Option<String>,
}

/// What came of an attempt.
#[derive(Debug)]
pub enum Came {
    Sent,
    /// Not to be sent any more, and why.
    Dropped(&'static str),
    Failed(NotSent),
    /// Not now: whoever is to take it asked us to wait, perhaps for so long.
    Later {
        detail: String,
        wait: Option<SignedDuration>,
    },
    /// Whoever was to take it is no more: a browser that unsubscribed, a program that is switched off.
    Gone,
}

/// A delivery and what came of it, to be noted.
#[derive(Debug)]
pub struct Done {
    pub leased: Leased,
    pub came: Came,
}

/// The job: sends the letters that are due.
pub async fn run(app: Shared) -> Result<()> {
    lanes(&app, Way::Mail, MAIL_LANES).await
}

/// The job: sends notifications that are due.
pub async fn run_push(app: Shared) -> Result<()> {
    lanes(&app, Way::Push, LANES).await
}

/// The job: calls webhooks that are due. Apart from the letters, which no slow receiver is to hold up.
pub async fn run_webhooks(app: Shared) -> Result<()> {
    lanes(&app, Way::Webhook, LANES).await
}

async fn lanes(app: &Shared, way: Way, beside: usize) -> Result<()> {
    let now = app.clock.now();
    if !app.db.read(move |conn| store::any_due(conn, way, now)).await? {
        return Ok(());
    }
    let ended = join_all((0..beside).map(|_| lane(app, way))).await;
    ended.into_iter().collect()
}

async fn lane(app: &Shared, way: Way) -> Result<()> {
    let now = app.clock.now();
    if !app.db.read(move |conn| store::any_due(conn, way, now)).await? {
        return Ok(());
    }
    let mut done = None;
    for _ in 0..BEAT {
        let ctx = app.ctx(Actor::system());
        let noted = done.take();
        let next = app.db.write(move |conn| next_by(conn, &ctx, way, noted.as_ref())).await?;
        let Some(leased) = next else { return Ok(()) };
        let came = attempt(app, &leased).await;
        count(app, &came);
        done = Some(Done { leased, came });
    }
    let ctx = app.ctx(Actor::system());
    app.db.write(move |conn| done.as_ref().map_or(Ok(()), |done| note(conn, &ctx, done))).await
}

/// [`next_by`] for letters.
pub fn note_and_lease(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    done: Option<&Done>,
) -> Result<Option<Leased>> {
    next_by(conn, ctx, Way::Mail, done)
}

/// Notes what came of the last one and takes the next by this way, in one transaction.
pub fn next_by(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    way: Way,
    done: Option<&Done>,
) -> Result<Option<Leased>> {
    if let Some(done) = done {
        note(conn, ctx, done)?;
    }
    loop {
        let leased = store::lease(conn, way, ctx.now, ctx.now + LEASE)?;
        let Some(leased) = leased else { return Ok(None) };
        if leased.attempts <= most_attempts() {
            return Ok(Some(leased));
        }
        // Its last attempt was begun and never noted: whatever it does to us, it will not do again.
        let came = Came::Failed(NotSent { detail: "interrupted".to_owned(), for_good: true });
        note(conn, ctx, &Done { leased, came })?;
    }
}

fn most_attempts() -> i64 {
    WAITS.len() as i64 + 1
}

/// Writes the attempt down and settles the delivery or puts it off.
pub fn note(conn: &mut Conn<'_>, ctx: &Ctx, done: &Done) -> Result<()> {
    let Done { leased, came } = done;
    let (ok, detail) = match came {
        Came::Sent => (true, "sent"),
        Came::Dropped(reason) => (false, *reason),
        Came::Gone => (false, "gone"),
        Came::Failed(failure) => (false, failure.detail.as_str()),
        Came::Later { detail, .. } => (false, detail.as_str()),
    };
    store::insert_attempt(conn, &ctx.new_id(), &leased.id, ctx.now, ok, detail)?;
    match came {
        Came::Sent => store::settle(conn, &leased.id, "sent", Some(ctx.now))?,
        Came::Dropped(_) => store::settle(conn, &leased.id, "dropped", None)?,
        Came::Gone => {
            store::settle(conn, &leased.id, "dropped", None)?;
            gone(conn, ctx, leased)?;
        }
        Came::Failed(failure) => {
            not_sent(conn, ctx, leased, detail, None, failure.for_good)?;
            // A receiver that gives no answer gives none to the others either; one that says no to this may take those.
            if leased.way == Way::Webhook && !failure.for_good {
                store::put_off_calls(conn, &leased.recipient, ctx.now + WAITS[0])?;
            }
        }
        Came::Later { wait, .. } => not_sent(conn, ctx, leased, detail, *wait, false)?,
    }
    Ok(())
}

fn not_sent(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    leased: &Leased,
    detail: &str,
    asked: Option<SignedDuration>,
    for_good: bool,
) -> Result<()> {
    // Neither the address nor the words: what failed is looked up by its number.
    let (letter, way) = (&leased.letter, leased.way.as_str());
    tracing::warn!(delivery = %leased.id, letter, way, attempt = leased.attempts, detail, "letter not sent");
    let nth = usize::try_from(leased.attempts - 1).ok();
    match nth.and_then(|n| WAITS.get(n)).filter(|_| !for_good) {
        Some(wait) => {
            let wait = asked.map_or(*wait, |asked| asked.max(*wait));
            store::postpone(conn, &leased.id, ctx.now + wait)?;
        }
        None => store::settle(conn, &leased.id, "failed", None)?,
    }
    Ok(())
}

/// Nothing is sent there any more.
fn gone(conn: &mut Conn<'_>, ctx: &Ctx, leased: &Leased) -> Result<()> {
    match leased.way {
        Way::Push => push::store::end(conn, &leased.recipient, ctx.now)?,
        Way::Webhook => drop(webhook::store::end(conn, &leased.recipient, ctx.now)?),
        Way::Mail => {}
    }
    Ok(())
}

/// Writes and sends one delivery. What cannot be written fails like what cannot be sent.
async fn attempt(app: &App, leased: &Leased) -> Came {
    let desk = Desk {
        pack: app.pack.load_full(),
        vault: app.vault.clone(),
        public_url: app.config.public_url.clone(),
        now: app.clock.now(),
    };
    let sending = async {
        match leased.way {
            Way::Mail => send_letter(app, desk, leased.clone()).await,
            Way::Push => send_note(app, desk, leased.clone()).await,
            Way::Webhook => call_webhook(app, desk, leased.clone()).await,
        }
    };
    match tokio::time::timeout(LONGEST, sending).await {
        Ok(Ok(came)) => came,
        Ok(Err(error)) => {
            tracing::error!(delivery = %leased.id, letter = leased.letter, %error, "letter could not be written");
            Came::Failed(NotSent { detail: "unwritable".to_owned(), for_good: false })
        }
        Err(_) => Came::Failed(NotSent { detail: "timeout".to_owned(), for_good: false }),
    }
}

async fn send_letter(app: &App, desk: Desk, leased: Leased) -> Result<Came> {
    match app.db.read(move |conn| letter::write(conn, &desk, &leased)).await? {
        Written::Letter(letter) => {
            Ok(app.mailer.send(*letter).await.map_or_else(Came::Failed, |()| Came::Sent))
        }
        Written::Dropped(reason) => Ok(Came::Dropped(reason)),
    }
}

async fn send_note(app: &App, desk: Desk, leased: Leased) -> Result<Came> {
    match app.db.read(move |conn| push::write(conn, &desk, &leased)).await? {
        Ok((device, note)) => {
            let post = push::Post {
                caller: &app.caller,
                vault: &app.vault,
                contact: &push::contact(app.mailer.from(), &app.config.public_url),
                now: app.clock.now(),
            };
            push::send(&post, &device, &note).await
        }
        Err(reason) => Ok(Came::Dropped(reason)),
    }
}

async fn call_webhook(app: &App, desk: Desk, leased: Leased) -> Result<Came> {
    match app.db.read(move |conn| webhook::write(conn, &desk, &leased)).await? {
        Ok(call) => Ok(webhook::send(&app.caller, app.clock.now(), call).await),
        Err(reason) => Ok(Came::Dropped(reason)),
    }
}

fn count(app: &App, came: &Came) {
    let letters = &app.metrics.letters;
    match came {
        Came::Sent => letters.sent.add_one(),
        Came::Dropped(_) | Came::Gone => letters.dropped.add_one(),
        Came::Failed(_) | Came::Later { .. } => letters.failed.add_one(),
    }
}
