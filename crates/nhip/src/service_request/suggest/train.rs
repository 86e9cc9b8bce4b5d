//! What this city's decisions teach, kept in memory: counted at the start and again when reports have changed.
//!
//! Not here: what is made of it (`domain::suggest::learnt`), and the SQL (`store`).

use super::store as suggest_store;
use super::store::Decision;
use crate::platform::db::Db;
use crate::platform::error::Result;
use domain::pack::Pack;
use domain::suggest::learnt::{Learner, Learnt, Past};

/// The newest so many decisions teach: what a city calls things changes, and memory ends.
pub const MOST: usize = 100_000;
/// Decisions read at once.
const BATCH: usize = 5_000;

/// What there is to learn now; nothing where no report has changed since `past`.
pub async fn anew(db: &Db, pack: &Pack, past: &Past) -> Result<Option<Past>> {
    let until = db.read(suggest_store::last_change).await?;
    if until == past.until {
        return Ok(None);
    }
    Ok(Some(Past { learnt: learn(db, pack).await?, until }))
}

/// Counts the decisions, a batch at a time so that memory stays small and other readers get their turn.
pub async fn learn(db: &Db, pack: &Pack) -> Result<Learnt> {
    let mut learner = Learner::of(pack);
    let (mut before, mut heard) = ((i64::MAX, String::new()), 0);
    while heard < MOST {
        let (from, limit) = (before.clone(), BATCH.min(MOST - heard));
        let batch: Vec<Decision> = db
            .read(move |conn| suggest_store::decided_before(conn, (from.0, &from.1), limit))
            .await?;
        let Some(last) = batch.last() else { break };
        before = (last.received_at, last.id.clone());
        heard += batch.len();
        let counted = tokio::task::spawn_blocking(move || {
            for decision in batch {
                learner.hear(&decision.text, &decision.service);
            }
            learner
        });
        learner = counted.await.map_err(|e| crate::platform::error::Error::failed("learn", e))?;
    }
    Ok(learner.learn())
}
