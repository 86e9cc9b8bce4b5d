//! Sends deliveries, one after the other: lease one in a transaction, write and send it outside, note what came of it.
//!
//! What was noted last and what is leased next share one transaction. Killed at any point, the lease runs out and the
//! letter is sent then; only the one in flight may go twice, under the same `Message-ID`.

use super::letter::{self, Desk, Written};
use super::store;
use crate::app::{App, Shared};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::mail::NotSent;
use domain::ids::{DeliveryId, PersonId, ServiceRequestId};
use domain::service_request::event::Actor;
use jiff::SignedDuration;
use std::time::Duration;

/// Letters at one beat of the job; what is left waits for the next, a second later.
const BEAT: usize = 200;
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
    pub person: PersonId,
    pub reader: String,
    pub letter: String,
    pub language: String,
    pub sealed: Option<Vec<u8>>,
    /// With this one.
    pub attempts: i64,
    pub round: i64,
}

/// What came of an attempt.
#[derive(Debug)]
pub enum Came {
    Sent,
    /// Not to be sent any more, and why.
    Dropped(&'static str),
    Failed(NotSent),
}

/// A delivery and what came of it, to be noted.
#[derive(Debug)]
pub struct Done {
    pub leased: Leased,
    pub came: Came,
}

/// The job: sends what is due.
pub async fn run(app: Shared) -> Result<()> {
    let now = app.clock.now();
    if !app.db.read(move |conn| store::any_due(conn, now)).await? {
        return Ok(());
    }
    let mut done = None;
    for _ in 0..BEAT {
        let ctx = app.ctx(Actor::system());
        let noted = done.take();
        let next = app.db.write(move |conn| note_and_lease(conn, &ctx, noted.as_ref())).await?;
        let Some(leased) = next else { return Ok(()) };
        let came = attempt(&app, &leased).await;
        count(&app, &came);
        done = Some(Done { leased, came });
    }
    let ctx = app.ctx(Actor::system());
    app.db.write(move |conn| done.as_ref().map_or(Ok(()), |done| note(conn, &ctx, done))).await
}

/// Notes what came of the last letter and takes the next, in one transaction.
pub fn note_and_lease(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    done: Option<&Done>,
) -> Result<Option<Leased>> {
    if let Some(done) = done {
        note(conn, ctx, done)?;
    }
    loop {
        let Some(leased) = store::lease(conn, ctx.now, ctx.now + LEASE)? else { return Ok(None) };
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
        Came::Failed(failure) => (false, failure.detail.as_str()),
    };
    store::insert_attempt(conn, &ctx.new_id(), &leased.id, ctx.now, ok, detail)?;
    match came {
        Came::Sent => store::settle(conn, &leased.id, "sent", Some(ctx.now))?,
        Came::Dropped(_) => store::settle(conn, &leased.id, "dropped", None)?,
        Came::Failed(failure) => {
            // Neither the address nor the words: what failed is looked up by its number.
            tracing::warn!(delivery = %leased.id, letter = leased.letter, attempt = leased.attempts, detail, "letter not sent");
            let wait = usize::try_from(leased.attempts - 1)
                .ok()
                .and_then(|n| WAITS.get(n))
                .filter(|_| !failure.for_good);
            match wait {
                Some(wait) => store::postpone(conn, &leased.id, ctx.now + *wait)?,
                None => store::settle(conn, &leased.id, "failed", None)?,
            }
        }
    }
    Ok(())
}

/// Writes and sends one letter. A letter that cannot be written fails like one that cannot be sent.
async fn attempt(app: &App, leased: &Leased) -> Came {
    let desk = Desk {
        pack: app.pack.load_full(),
        vault: app.vault.clone(),
        public_url: app.config.public_url.clone(),
        now: app.clock.now(),
    };
    let copy = leased.clone();
    let letter = match app.db.read(move |conn| letter::write(conn, &desk, &copy)).await {
        Ok(Written::Letter(letter)) => letter,
        Ok(Written::Dropped(reason)) => return Came::Dropped(reason),
        Err(error) => {
            tracing::error!(delivery = %leased.id, letter = leased.letter, %error, "letter could not be written");
            return Came::Failed(NotSent { detail: "unwritable".to_owned(), for_good: false });
        }
    };
    match tokio::time::timeout(LONGEST, app.mailer.send(*letter)).await {
        Ok(Ok(())) => Came::Sent,
        Ok(Err(failure)) => Came::Failed(failure),
        Err(_) => Came::Failed(NotSent { detail: "timeout".to_owned(), for_good: false }),
    }
}

fn count(app: &App, came: &Came) {
    let letters = &app.metrics.letters;
    match came {
        Came::Sent => letters.sent.add_one(),
        Came::Dropped(_) => letters.dropped.add_one(),
        Came::Failed(_) => letters.failed.add_one(),
    }
}
