//! What people say about a report, and that they have the problem too.
//!
//! **Cast.** A *person* comments under a pseudonym, answers somebody, supports a report, or reports a comment as wrong;
//! they are known by their account or, without one, by a cookie of their browser, and only as a keyed hash. An *office*
//! (the agency in charge, or the centre) gives official answers. A *moderator* lets comments through and hides them,
//! with a reason that everybody reads.
//!
//! **Flow.** `report_pages` shows a report with its discussion, as `talk` tells it; its forms call one verb's file
//! (`write`, `flag`, `moderate`, `support`), and each verb is one transaction that also keeps the counts on the report.
//! An official answer leaves an outbox row, from which letters follow. `queue_pages` is the moderators' list. Who abuses
//! the discussion is kept from writing in it for a term: `lock`.
//!
//! There is a discussion only where everybody may read the report (`Part::Echo` of the disclosure table): [`listening`]
//! is the one place that asks. Nothing here writes an event: a comment is no step in the life of a report.

pub mod author;
pub mod comment;
pub mod device_http;
pub mod flag;
pub mod flag_pages;
pub mod lock;
pub mod moderate;
pub mod queue_pages;
pub mod report_pages;
pub mod store;
pub mod support;
pub mod support_http;
pub mod talk;
mod turn;
pub mod write;

use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::store as requests;
use domain::disclosure::{Audience, Part, may_see, openness};
use domain::ids::ServiceRequestId;
use domain::refusal::Refusal;
use domain::service_request::ServiceRequest;

/// Whether everybody may read what is said about it.
pub fn is_discussed(report: &ServiceRequest) -> bool {
    may_see(Part::Echo, openness(report), Audience::Public)
}

/// The report somebody wants to say something about, locked until the transaction ends, so that nobody hides it or counts
/// beside us meanwhile. Where there is no discussion there is no such report.
fn listening(conn: &mut Conn<'_>, id: &ServiceRequestId) -> Result<ServiceRequest> {
    let report = requests::find_for_update(conn, id)?;
    Ok(report.filter(is_discussed).ok_or(Refusal::NotFound)?)
}
