//! Break a promise: its last day is over, and nobody has handed the work in.

use super::promise::{self, Promise};
use super::promise_store as store;
use super::scheduled::{self, Swept};
use super::write_settled;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::service_request::store as requests;
use domain::promise::{is_over, last_day};
use domain::service_request::State;
use domain::time::WorkingCalendar;
use jiff::Timestamp;
use jiff::civil::Date;

/// Breaks the promises whose last day is over and whose work nobody has handed in. A job: safe to run at any time, any
/// number of times. Answers the promises it broke.
pub fn break_promises(conn: &mut Conn<'_>, ctx: &Ctx, limit: usize) -> Result<Swept<Promise>> {
    let calendar = &ctx.pack.calendar;
    let over = match newest_over(calendar, ctx.now) {
        Some(newest) => store::over(conn, newest, limit)?,
        None => Vec::new(),
    };
    scheduled::each(
        conn,
        over,
        |p| p.request.as_str(),
        |conn, Promise { id, request, .. }| {
            // Read again under the lock of its report: another node may be at it.
            let report = requests::find_for_update(conn, request)?;
            let open = store::open_of(conn, request)?;
            let waits = report.is_some_and(|r| !matches!(r.state, State::InReview | State::Closed));
            let broken = open
                .into_iter()
                .find(|p| p.id == *id)
                .filter(|p| waits && is_over(calendar, p.date, p.asked_at, ctx.now));
            let Some(promise) = broken else { return Ok(false) };
            let settled = vec![promise::settle(conn, ctx, promise, false)?];
            write_settled(conn, ctx, request, settled).map(|_| true)
        },
    )
}

/// The newest date whose last day is over.
fn newest_over(calendar: &WorkingCalendar, now: Timestamp) -> Option<Date> {
    /// No row of days off is longer.
    const AT_MOST: usize = 60;
    let today = calendar.local_date(now);
    let mut date = today.yesterday().ok()?;
    for _ in 0..AT_MOST {
        if last_day(calendar, date) < today {
            return Some(date);
        }
        date = date.yesterday().ok()?;
    }
    None
}
