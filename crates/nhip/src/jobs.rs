//! Every background job, in one table: what it does, how often, and that it may run at any time, any number of times.

use crate::account::{audit, session, unasked, vault};
use crate::accountability::{card, explanation};
use crate::app::Shared;
use crate::area::{self, Locator};
use crate::calendar_keeper::keep_in_step;
use crate::node::Node;
use crate::notification::{self, bulletin, deliver, dispatch};
use crate::oversight::{self, open_data};
use crate::platform::db::DbError;
use crate::platform::error::{Error, Result};
use crate::platform::limits;
use crate::platform::telemetry::said;
use crate::service_request::action::{ask, break_promises, remind, reopen, scheduled_store};
use crate::service_request::form::key_http as form_key;
use crate::service_request::former;
use crate::service_request::list::filter::PageKey;
use crate::service_request::list::search_store;
use crate::service_request::map;
use crate::service_request::suggest::train;
use crate::{conversation, kinds, media};
use domain::actor::Actor;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// A row of the table.
pub struct Job {
    pub name: &'static str,
    pub every: Duration,
    pub run: fn(Node) -> BoxFuture<'static, Result<()>>,
}

/// Reports a sweep takes at once; what is left waits for the next.
const SWEEP: usize = 200;

/// A row of the table.
const fn job(
    name: &'static str,
    every: Duration,
    run: fn(Node) -> BoxFuture<'static, Result<()>>,
) -> Job {
    Job { name, every, run }
}

pub fn jobs() -> Vec<Job> {
    let (seconds, minutes, hours) =
        (Duration::from_secs, Duration::from_mins, Duration::from_hours);
    vec![
        job("make letters of events", seconds(1), |node| Box::pin(dispatch::run(node.app))),
        job("send letters", seconds(1), |node| Box::pin(deliver::run(node.app))),
        job("send notifications", seconds(1), |node| Box::pin(deliver::run_push(node.app))),
        job("call webhooks", seconds(1), |node| Box::pin(deliver::run_webhooks(node.app))),
        job("gather bulletins", minutes(1), |node| Box::pin(bulletin::deliver::run(node.app))),
        job("keep the map in step", seconds(1), |node| Box::pin(refresh_map(node))),
        job("learn the words people use", minutes(10), |node| Box::pin(learn_words(node.app))),
        job("learn from decisions", hours(1), |node| Box::pin(learn_from_decisions(node.app))),
        job("keep the numbers in step", seconds(1), |node| Box::pin(refresh_facts(node))),
        job("compare the numbers", minutes(5), |node| Box::pin(compare_numbers(node))),
        job("read all reports again", hours(1), |node| Box::pin(read_all_again(node))),
        job("write the open data", hours(1), |node| Box::pin(write_open_data(node.app))),
        job("keep the boundaries in step", seconds(5), |node| {
            Box::pin(refresh_boundaries(node.app))
        }),
        job("keep the calendar in step", seconds(5), |node| Box::pin(keep_in_step(node.app))),
        job("keep the keys in step", seconds(5), |node| Box::pin(keep_keys_in_step(node.app))),
        job("tell who runs out of time", seconds(20), |node| Box::pin(escalate_due(node.app))),
        job("send periodic reports", minutes(10), |node| {
            Box::pin(oversight::deliver::run(node.app, node.facts))
        }),
        job("expire questions", minutes(1), |node| Box::pin(expire_questions(node.app))),
        job("ask again whether it is fixed", hours(1), |node| Box::pin(remind(node.app))),
        job("reopen due promises", minutes(5), |node| Box::pin(reopen_due_promises(node.app))),
        job("see which promises are over", minutes(5), |node| Box::pin(break_promises(node.app))),
        job("tell which explanations are late", minutes(5), |node| Box::pin(tell_late(node.app))),
        job("give cards", hours(1), |node| Box::pin(give_cards(node.app))),
        job("erase old identities", hours(1), |node| Box::pin(erase_old_identities(node.app))),
        job("forget ended sessions", hours(1), |node| Box::pin(forget_ended_sessions(node.app))),
        job("forget who commented when", minutes(10), |node| Box::pin(forget_turns(node.app))),
        job("forget which forms were sent", hours(1), |node| Box::pin(forget_forms(node.app))),
        job("forget old locks", hours(1), |node| Box::pin(forget_locks(node.app))),
        job("forget what is over", hours(1), |node| Box::pin(forget_what_is_over(node.app))),
        job("remove photos nobody claimed", hours(1), |node| Box::pin(tidy_held(node.app))),
        job("forget quiet addresses", minutes(10), forget_addresses),
    ]
}

/// How often numbers and reports are compared before a difference counts as one.
const LOOKS: usize = 3;

/// Reports the map reads at once.
const MAP_BATCH: usize = 5_000;

/// Reads what changed since the last time, on this node or another, into the picture in memory.
pub async fn refresh_map(node: Node) -> Result<()> {
    let since = node.map.read_until(node.app.clock.now());
    read_map(&node, since).await
}

/// Reads everything into the picture: what a report is on the map depends on the pack too.
pub async fn read_whole_map(node: &Node) -> Result<()> {
    read_map(node, 0).await
}

async fn read_map(Node { app, map, .. }: &Node, since: i64) -> Result<()> {
    let mut after = PageKey { at: since, id: String::new() };
    loop {
        let from = after.clone();
        let changed =
            app.db.read(move |conn| map::store::changed_since(conn, &from, MAP_BATCH)).await?;
        let pack = app.pack.load_full();
        if changed.iter().any(|standing| pack.service(&standing.service).is_none()) {
            // A node with a newer pack took it in.
            app.take_former(&app.db.read(former::recall).await?);
        }
        map.apply(&changed, &app.pack.load());
        match changed.last() {
            Some(last) if changed.len() == MAP_BATCH => {
                after = PageKey { at: last.updated_at.as_millisecond(), id: last.id.to_string() };
            }
            last => {
                let newest = last.map_or(after.at, |last| last.updated_at.as_millisecond());
                map.have_read(newest);
                return Ok(());
            }
        }
    }
}

/// Reads which words people have used, to forgive a slip in a search.
pub async fn learn_words(app: Shared) -> Result<()> {
    let words = app.db.read(search_store::words_used).await?;
    app.vocabulary.store(Arc::new(words.into_iter().collect()));
    Ok(())
}

/// Counts the decisions again that suggestions are made from.
pub async fn learn_from_decisions(app: Shared) -> Result<()> {
    let (pack, known) = (app.pack.load_full(), app.past.load_full());
    if let Some(past) = train::anew(&app.db, &pack, &known).await? {
        app.past.store(Arc::new(past));
    }
    Ok(())
}

/// Reads what changed since the last time, on this node or another, into the facts behind the numbers.
pub async fn refresh_facts(node: Node) -> Result<()> {
    let since = node.facts.read_until(node.app.clock.now());
    read_facts(&node, since).await
}

/// Reads all facts: which of them everybody may know depends on the pack too.
pub async fn read_all_facts(node: &Node) -> Result<()> {
    read_facts(node, 0).await
}

async fn read_facts(Node { app, facts, .. }: &Node, since: i64) -> Result<()> {
    let mut after = PageKey { at: since, id: String::new() };
    loop {
        let from = after.clone();
        let changed = app
            .db
            .read(move |conn| oversight::store::changed_since(conn, &from, MAP_BATCH))
            .await?;
        let was_whole = facts.is_whole();
        let news = facts.apply(&changed, &app.pack.load());
        news.into_iter().filter(|_| was_whole).for_each(|stood| app.live.tell(stood.told()));
        let Some(last) = changed.last() else { break };
        after = PageKey { at: last.updated_at.as_millisecond(), id: last.id.to_string() };
        if changed.len() < MAP_BATCH {
            break;
        }
    }
    let more = app.db.read(move |conn| {
        let left = oversight::store::rounds_left_since(conn, since)?;
        Ok::<_, DbError>((left, oversight::store::promises_settled_since(conn, since)?))
    });
    let (left, promises) = more.await?;
    facts.settle(&left, &promises);
    facts.have_read(after.at);
    Ok(())
}

/// Reads everything again: whatever clocks and importers did, no report is missing for longer.
async fn read_all_again(node: Node) -> Result<()> {
    if !node.is_whole() {
        return Ok(());
    }
    read_whole_map(&node).await?;
    read_all_facts(&node).await
}

/// How far a number lies outside of two others.
fn apart(ours: i64, least: i64, most: i64) -> i64 {
    (least - ours).max(ours - most).max(0)
}

/// Looks whether the numbers are made of every report as it stands; if they are not, says so and reads them again. Also
/// for reports that were brought over beside a running server, whose changes lie in the past.
pub async fn compare_numbers(node: Node) -> Result<()> {
    let Node { app, facts, .. } = &node;
    if !facts.is_whole() {
        return Ok(());
    }
    // Both sums only grow, and somebody may write while we read: ours lies between what stood before and after, or it is
    // made of something else.
    for _ in 0..LOOKS {
        let before = app.db.read(oversight::store::totals).await?;
        refresh_facts(node.clone()).await?;
        let ours = facts.read().totals();
        let after = app.db.read(oversight::store::totals).await?;
        let apart = apart(ours.0, before.0, after.0).max(apart(ours.1, before.1, after.1));
        app.metrics.numbers_apart.set(apart);
        if apart == 0 {
            return Ok(());
        }
    }
    tracing::warn!(apart = app.metrics.numbers_apart.get(), "the numbers are read again");
    read_all_again(node.clone()).await
}

/// Writes the open data once a local day, on whichever node comes first.
async fn write_open_data(app: Shared) -> Result<()> {
    let (folder, ctx) = (app.config.data.join(open_data::FOLDER), app.ctx(Actor::system()));
    open_data::edition::daily(&app.db, &app.media.blobs, &ctx, &folder).await
}

/// Takes newly imported boundaries, whichever node or command line brought them, and those whose day has come.
pub async fn refresh_boundaries(app: Shared) -> Result<()> {
    let today = app.pack.load().local_date(app.clock.now());
    let newest = app.db.read(area::store::newest).await?;
    if app.locator.load().is_outdated(newest, today) {
        let locator = app.db.read(move |conn| Locator::load(conn, today)).await?;
        tracing::info!(version = locator.version(), "boundaries loaded");
        app.locator.store(Arc::new(locator));
    }
    Ok(())
}

/// Takes up a new key of the vault, whichever node or command line began to use it.
async fn keep_keys_in_step(app: Shared) -> Result<()> {
    let vault = app.vault.clone();
    app.db.read(move |conn| vault.keep_in_step(conn)).await
}

async fn expire_questions(app: Shared) -> Result<()> {
    let ctx = app.ctx(Actor::system());
    let swept = app.db.write(move |conn| ask::expire_questions(conn, &ctx, SWEEP)).await?;
    app.metrics.sweep_failures.add(swept.failed);
    Ok(())
}

async fn escalate_due(app: Shared) -> Result<()> {
    let ctx = app.ctx(Actor::system());
    let swept = app.db.write(move |conn| kinds::escalate_due(conn, &ctx, SWEEP)).await?;
    app.metrics.sweep_failures.add(swept.failed);
    Ok(())
}

async fn reopen_due_promises(app: Shared) -> Result<()> {
    let ctx = app.ctx(Actor::system());
    let swept = app.db.write(move |conn| reopen::reopen_due_promises(conn, &ctx, SWEEP)).await?;
    app.metrics.sweep_failures.add(swept.failed);
    Ok(())
}

async fn remind(app: Shared) -> Result<()> {
    let ctx = app.ctx(Actor::system());
    let swept = app.db.write(move |conn| remind::remind(conn, &ctx, SWEEP)).await?;
    app.metrics.sweep_failures.add(swept.failed);
    Ok(())
}

async fn break_promises(app: Shared) -> Result<()> {
    let ctx = app.ctx(Actor::system());
    let swept = app.db.write(move |conn| break_promises::break_promises(conn, &ctx, SWEEP)).await?;
    app.metrics.sweep_failures.add(swept.failed);
    Ok(())
}

async fn tell_late(app: Shared) -> Result<()> {
    let ctx = app.ctx(Actor::system());
    let swept = app.db.write(move |conn| explanation::tell_late(conn, &ctx, SWEEP)).await?;
    app.metrics.sweep_failures.add(swept.failed);
    Ok(())
}

async fn give_cards(app: Shared) -> Result<()> {
    let ctx = app.ctx(Actor::system());
    app.db.write(move |conn| card::give(conn, &ctx)).await?;
    Ok(())
}

async fn erase_old_identities(app: Shared) -> Result<()> {
    let ctx = app.ctx(Actor::system());
    app.db.write(move |conn| vault::erase_old_identities(conn, &ctx, SWEEP)).await?;
    Ok(())
}

async fn forget_ended_sessions(app: Shared) -> Result<()> {
    let now = app.clock.now();
    app.db.write(move |conn| session::tidy(conn, now)).await?;
    app.db.write(move |conn| unasked::forget(conn, now)).await
}

async fn forget_turns(app: Shared) -> Result<()> {
    let ctx = app.ctx(Actor::system());
    app.db.write(move |conn| conversation::write::forget_turns(conn, &ctx)).await
}

async fn forget_forms(app: Shared) -> Result<()> {
    let now = app.clock.now();
    app.db.write(move |conn| form_key::forget(conn, now)).await
}

async fn forget_locks(app: Shared) -> Result<()> {
    let ctx = app.ctx(Actor::system());
    app.db.write(move |conn| conversation::lock::forget(conn, &ctx)).await?;
    Ok(())
}

/// Letters, links and notes of the audit, each after its time.
async fn forget_what_is_over(app: Shared) -> Result<()> {
    let now = app.clock.now();
    let most = limits::FORGOTTEN;
    app.db.write(move |conn| notification::forget(conn, now - limits::LETTERS_KEPT, most)).await?;
    app.db.write(move |conn| audit::forget(conn, now - limits::AUDIT_KEPT, most)).await?;
    let old = now - limits::RECEIPTS_KEPT;
    Ok(app.db.write(move |conn| scheduled_store::forget_receipts(conn, old, most)).await?)
}

async fn tidy_held(app: Shared) -> Result<()> {
    media::held::tidy(&app.media, app.clock.now()).await?;
    Ok(())
}

fn forget_addresses(node: Node) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        node.app.paces.tidy();
        Ok(())
    })
}

/// A letter may hang on a mail server for longer; its lease brings it back.
const STOP_WITHIN: Duration = Duration::from_secs(5);

/// The running jobs.
pub struct Work {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Work {
    /// Lets each job finish what it does and ends it; what takes longer than [`STOP_WITHIN`] is broken off, as a crash
    /// would.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        let all = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(STOP_WITHIN, all).await.is_err() {
            tracing::warn!("a job was broken off");
        }
    }
}

/// Starts each job on its own beat. A failure is logged and tried again at the next beat.
pub fn start(node: &Node) -> Work {
    let (stop, stopping) = watch::channel(false);
    let mut tasks = JoinSet::new();
    for job in jobs() {
        let (node, mut stopping) = (node.clone(), stopping.clone());
        tasks.spawn(async move {
            let mut beat = tokio::time::interval(job.every);
            beat.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
            loop {
                tokio::select! {
                    _ = beat.tick() => run(&node, &job).await,
                    _ = stopping.changed() => break,
                }
            }
        });
    }
    Work { stop, tasks }
}

/// Runs a job once. Whatever becomes of it, the next beat comes.
pub async fn run(node: &Node, job: &Job) {
    let app = &node.app;
    let ran = AssertUnwindSafe((job.run)(node.clone())).catch_unwind().await;
    let ran = ran.unwrap_or_else(|panic| Err(Error::failed("run a job", said(panic.as_ref()))));
    let counts = app.metrics.job(job.name);
    match ran {
        Ok(()) => counts.succeeded_at.set(app.clock.now().as_second()),
        Err(error) => {
            counts.failures.add_one();
            if error.is_full_disk() {
                app.metrics.disk_full.add_one();
            }
            tracing::error!(job = job.name, %error, "job failed");
        }
    }
}
