//! Remind: whoever has not said whether it is really fixed is asked once more, and never again.

use super::scheduled::{self, Swept};
use super::scheduled_store;
use crate::case::event_store;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::outbox;
use crate::service_request::store;
use domain::actor::Actor;
use domain::ids::ServiceRequestId;
use domain::service_request::ServiceRequest;
use domain::service_request::workflow::{Verb, permit};
use jiff::SignedDuration;

/// The topic of the letter; its event is the publishing of the result.
pub const TOPIC: &str = "remind";
/// After the result: long enough to have passed by the place again.
const AFTER: SignedDuration = SignedDuration::from_hours(3 * 24);
/// Later it would only puzzle, for instance where a city begins to remind.
const UNTIL: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Asks the reporters of results that nobody has judged. A job: safe to run at any time, any number of times. Answers who
/// was asked.
pub fn remind(conn: &mut Conn<'_>, ctx: &Ctx, limit: usize) -> Result<Swept<ServiceRequestId>> {
    let unjudged = scheduled_store::unjudged(conn, ctx.now - UNTIL, ctx.now - AFTER, limit)?;
    scheduled::each(conn, unjudged, ServiceRequestId::as_str, |conn, id| {
        // Written down whether or not there is something to ask, so that nobody is looked at twice.
        if !scheduled_store::note_reminder(conn, id, ctx.now)? {
            return Ok(false);
        }
        let Some(report) = store::find(conn, id)? else { return Ok(false) };
        if permit(&report, Verb::Rate, &Actor::reporter()).is_err() {
            return Ok(false);
        }
        let events = event_store::of::<ServiceRequest>(conn, id)?;
        let Some(result) = events.iter().rfind(|event| event.verb == Verb::Publish) else {
            return Ok(false);
        };
        outbox::put(conn, ctx, &result.id, id, TOPIC, None).map(|()| true)
    })
}
