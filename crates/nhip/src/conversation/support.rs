//! "Me too": a person has the same problem. Once per person, and they may take it back.

use super::author::Author;
use super::{listening, turn};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::service_request::support_store;
use domain::ids::{PersonId, ServiceRequestId};
use domain::service_request::{Outcome, ServiceRequest, State};

/// While the problem is there by the city's own word: until the report is closed, and while it is only promised for a
/// date. A settled report keeps its number as it was; who has the problem again reports it again.
pub fn takes_support(report: &ServiceRequest) -> bool {
    report.state != State::Closed || report.outcome == Some(Outcome::Planned)
}

/// Supports it, or says that they did already (`false`). `person` is who they are, if signed in.
pub fn support(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    author: &Author,
    id: &ServiceRequestId,
    person: Option<&PersonId>,
) -> Result<bool> {
    let report = open(conn, id)?;
    if person.is_some() && person == report.reporter.as_ref() {
        return Err(Error::unacceptable("support", "support-own", 409));
    }
    let added = support_store::insert(conn, id, &author.key, ctx.now)?;
    if added {
        turn::head_of_place(conn, author, id.as_str(), ctx.now)?;
    }
    support_store::count(conn, id)?;
    Ok(added)
}

/// Takes it back, if there is something to take back.
pub fn undo(conn: &mut Conn<'_>, author: &Author, id: &ServiceRequestId) -> Result<bool> {
    open(conn, id)?;
    let taken = support_store::delete(conn, id, &author.key)?;
    support_store::count(conn, id)?;
    Ok(taken)
}

fn open(conn: &mut Conn<'_>, id: &ServiceRequestId) -> Result<ServiceRequest> {
    let report = listening(conn, id)?;
    if takes_support(&report) {
        Ok(report)
    } else {
        Err(Error::unacceptable("support", "support-closed", 409))
    }
}

/// Whether this person supports it.
pub fn supports(conn: &mut Conn<'_>, author: &Author, id: &ServiceRequestId) -> Result<bool> {
    Ok(support_store::is_by(conn, id, &author.key)?)
}
