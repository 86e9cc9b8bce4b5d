//! Rate: the reporter judges the result. "Not satisfied" needs a reason and leads somewhere: see `reopen.rs`.

use super::act::{Acted, On, act};
use super::text;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use domain::service_request::Rating;
use domain::service_request::refusal::Refusal;
use domain::service_request::workflow::Verb;

pub fn rate(conn: &mut Conn<'_>, ctx: &Ctx, on: &On, rating: Rating, words: &str) -> Result<Acted> {
    let words = text::optional(words, "reason")?;
    if rating == Rating::NotSatisfied && words.is_none() {
        return Err(Refusal::NeedsReason.into());
    }
    act(conn, ctx, on, Verb::Rate, |report, data| {
        report.rating = Some(rating);
        data.rating = Some(rating);
        data.text = words;
        Ok(())
    })
}
