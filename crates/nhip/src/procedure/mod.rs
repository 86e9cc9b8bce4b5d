//! Procedures in their versions: kept as long as a case is bound to them, and shown to everybody.
//!
//! What a procedure says is data of the pack and read by `domain`; how its clocks run is in `clock`.

mod drawing;
pub mod pages;
mod store;

use crate::platform::ctx::Ctx;
use crate::platform::db::{Conn, DbError};
use domain::pack::{Pack, kept_procedure};
use domain::procedure::Procedure;
use domain::service_request::ServiceRequest;
use jiff::Timestamp;

/// Keeps the text that this report is bound to, in the transaction that binds it.
pub fn keep(conn: &mut Conn<'_>, ctx: &Ctx, report: &ServiceRequest) -> Result<(), DbError> {
    let bound = report.procedure_hash.as_ref().and_then(|hash| ctx.pack.procedure_text(hash));
    bound.map_or(Ok(()), |procedure| store::keep(conn, procedure, ctx.now))
}

/// Keeps a procedure that a case is bound to.
pub fn keep_text(conn: &mut Conn<'_>, ctx: &Ctx, procedure: &Procedure) -> Result<(), DbError> {
    store::keep(conn, procedure, ctx.now)
}

/// Keeps every version of a pack that is about to be in use, and gives it those it has no longer: their cases go on as
/// they began.
pub fn remember(conn: &mut Conn<'_>, pack: &Pack, now: Timestamp) -> Result<Pack, DbError> {
    let kept = store::all(conn)?;
    // What is kept is not written again: a server starts on a full disk, too.
    let fresh = |p: &&Procedure| !kept.iter().any(|(hash, _)| *hash == p.hash);
    for procedure in pack.procedures.iter().filter(fresh) {
        store::keep(conn, procedure, now)?;
    }
    let there = |hash: &str| pack.procedures.iter().chain(&pack.built_in).any(|p| p.hash == hash);
    let gone = kept.iter().filter(|(hash, _)| !there(hash));
    let read: Vec<Procedure> =
        gone.filter_map(|(_, text)| kept_procedure(text, &pack.languages)).collect();
    for retired in &read {
        let same = |p: &&Procedure| p.code == retired.code && p.version == retired.version;
        if let Some(now) = pack.procedures.iter().find(same) {
            tracing::warn!(
                procedure = %now.code, version = now.version, "another text than before under the same version"
            );
        }
    }
    Ok(Pack { retired: read, ..pack.clone() })
}
