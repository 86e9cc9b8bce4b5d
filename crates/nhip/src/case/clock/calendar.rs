//! The days that were added to the calendar of the pack, kept in the database so that every node has them, and which
//! calendar the running clocks were last reckoned with.
//!
//! Not here: laying the days over a pack (`domain::pack::added`), and reckoning a case (`case::time_passes`).

use super::store as clock_store;
use crate::account::audit;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::case::CaseRef;
use domain::ids::AccountId;
use domain::pack::Pack;
use domain::pack::added::{self, AddedDay, AddedKind};
use domain::refusal::Refusal;
use jiff::Timestamp;
use jiff::civil::Date;

/// A day as it is kept: what was decided, when it was entered and by whom (nobody: from the command line).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDay {
    pub day: AddedDay,
    pub changed_at: Timestamp,
    pub changed_by: Option<AccountId>,
}

/// All of them, by date; those that were taken back too.
pub fn days(conn: &mut Conn<'_>) -> Result<Vec<KeptDay>> {
    Ok(clock_store::days(conn)?)
}

/// Adds a day, if it changes what that day is. `base` is the pack without any.
pub fn add(conn: &mut Conn<'_>, ctx: &Ctx, base: &Pack, day: &AddedDay) -> Result<()> {
    let kept: Vec<AddedDay> = days(conn)?.into_iter().map(|kept| kept.day).collect();
    added::check(base, &kept, day, base.local_date(ctx.now))?;
    clock_store::put_day(conn, ctx, day)?;
    let detail = format!("{} {}: {}", day.date, day.kind, day.basis);
    audit::note(conn, ctx, audit::What::CalendarDayAdded, &detail)
}

/// Takes back what was added for a date, for a reason of its own: the day is again as the pack has it.
pub fn take_back(conn: &mut Conn<'_>, ctx: &Ctx, date: Date, basis: &str) -> Result<()> {
    let basis = basis.trim().to_owned();
    if basis.is_empty() {
        return Err(Refusal::Missing { field: "basis" }.into());
    }
    let known = days(conn)?;
    if !known.iter().any(|kept| kept.day.date == date && kept.day.kind != AddedKind::Pack) {
        return Err(Refusal::NotFound.into());
    }
    let day = AddedDay { date, kind: AddedKind::Pack, hours_of: None, basis };
    clock_store::put_day(conn, ctx, &day)?;
    let detail = format!("{date}: {}", day.basis);
    audit::note(conn, ctx, audit::What::CalendarDayRemoved, &detail)
}

/// The fingerprint of the calendar with which all running clocks were reckoned, and when.
pub fn reckoned(conn: &mut Conn<'_>) -> Result<Option<(String, Timestamp)>> {
    Ok(clock_store::reckoned(conn)?)
}

pub fn set_reckoned(conn: &mut Conn<'_>, fingerprint: &str, at: Timestamp) -> Result<()> {
    Ok(clock_store::set_reckoned(conn, fingerprint, at)?)
}

/// Cases with a running clock, by code, after this one.
pub fn cases(conn: &mut Conn<'_>, after: &str, limit: usize) -> Result<Vec<CaseRef>> {
    Ok(clock_store::running_cases(conn, after, limit)?)
}
