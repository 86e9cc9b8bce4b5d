//! Keeps the calendar in step: takes the days that were added, whichever node, desk or command line brought them, and
//! reckons every running clock anew when the calendar has become another one.
//!
//! A node reckons once for each calendar it takes. Nodes with different packs, as while a new one is rolled out, do not
//! undo each other's work: each moves deadlines only when its own calendar changes.

use crate::app::Shared;
use crate::case::clock::calendar::{self, KeptDay};
use crate::kinds;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::service_request::action::scheduled;
use domain::actor::Actor;
use domain::case::CaseRef;
use std::sync::Arc;

/// Cases reckoned in one transaction: others must get to write in between.
const AT_ONCE: usize = 100;

/// A job: safe to run at any time, on any number of nodes.
pub async fn keep_in_step(app: Shared) -> Result<()> {
    let mut reckoned_here = app.reckoned.lock().await;
    let read_at = app.clock.now();
    let (days, reckoned) = app
        .db
        .read(|conn| Ok::<_, Error>((calendar::days(conn)?, calendar::reckoned(conn)?)))
        .await?;
    app.take_days(days.iter().map(|kept| kept.day.clone()).collect());
    let fingerprint = app.pack.load().calendar.fingerprint();
    if reckoned_here.as_ref() == Some(&fingerprint) {
        return Ok(());
    }
    let done = reckoned.as_ref().is_some_and(|(hash, _)| *hash == fingerprint);
    if !done {
        let because = because(&days, reckoned.map(|(_, at)| at));
        let moved = reckon_all(&app, &because).await?;
        tracing::info!(moved, "calendar changed, deadlines reckoned anew");
        let hash = fingerprint.clone();
        app.db.write(move |conn| calendar::set_reckoned(conn, &hash, read_at)).await?;
    }
    *reckoned_here = Some(fingerprint);
    Ok(())
}

/// The days entered since the last time, each with its basis.
fn because(days: &[KeptDay], since: Option<jiff::Timestamp>) -> String {
    let news = days.iter().filter(|kept| since.is_none_or(|since| kept.changed_at >= since));
    let lines = news.map(|kept| format!("{}: {}", kept.day.date, kept.day.basis));
    lines.collect::<Vec<_>>().join("\n")
}

async fn reckon_all(app: &Shared, because: &str) -> Result<usize> {
    let because: Arc<str> = because.into();
    let (mut after, mut moved) = (String::new(), 0);
    loop {
        let from = after.clone();
        let cases = app.db.read(move |conn| calendar::cases(conn, &from, AT_ONCE)).await?;
        let Some(last) = cases.last() else { return Ok(moved) };
        after = last.to_string();
        let (ctx, because) = (app.ctx(Actor::system()), Arc::clone(&because));
        let swept = app.db.write(move |conn| {
            let one =
                |conn: &mut Conn<'_>, case: &CaseRef| kinds::reckon(conn, &ctx, case, &because);
            scheduled::each(conn, cases, CaseRef::as_str, one)
        });
        let swept = swept.await?;
        app.metrics.sweep_failures.add(swept.failed);
        moved += swept.done.len();
    }
}
