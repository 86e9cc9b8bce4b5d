//! The job that gathers bulletins. They are sent as all letters are.

use super::{gather, is_due};
use crate::app::Shared;
use crate::notification::follow::Rhythm;
use crate::platform::error::Result;
use domain::actor::Actor;

/// Gathers what is due. Safe to run at any time, any number of times, on any number of nodes.
pub async fn run(app: Shared) -> Result<()> {
    for rhythm in [Rhythm::Day, Rhythm::Week] {
        let asked = app.ctx(Actor::system());
        if app.db.read(move |conn| is_due(conn, &asked, rhythm)).await? {
            let ctx = app.ctx(Actor::system());
            app.db.write(move |conn| gather(conn, &ctx, rhythm)).await?;
        }
    }
    Ok(())
}
