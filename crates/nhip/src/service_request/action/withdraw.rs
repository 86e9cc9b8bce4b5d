//! Withdraw: the reporter takes it back while it is open. The number and the fact stay.

use super::{Acted, On, act, text};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::service_request::Outcome;
use domain::service_request::workflow::Verb;

pub fn withdraw(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, words: &str) -> Result<Acted> {
    let words = text::optional(words, "reason")?;
    act(conn, ctx, on, Verb::Withdraw, |report, data| {
        report.outcome = Some(Outcome::Withdrawn);
        data.outcome = report.outcome;
        data.text = words;
        Ok(())
    })
}
