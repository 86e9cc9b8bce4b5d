//! Cards: a rule of the pack gives an agency one for a month; the reports behind it are shown; its head may contest it,
//! once, and a leader rules. All of it is public. Without rules there are none.

use crate::accountability::store as accountability_store;
use crate::case::explanation_store;
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::Result;
use crate::platform::outbox;
use crate::service_request::action::text;
use domain::actor::{Actor, Role};
use domain::card::{CardColour, CardRule, Measure};
use domain::ids::{AgencyId, ServiceRequestId};
use domain::refusal::Refusal;
use domain::service_request::workflow::Verb;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

domain::word! {
    /// What a leader decides about a contested card.
    Ruling {
        Stands = "stands",
        Withdrawn = "withdrawn",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub id: String,
    /// Code of the rule in the pack.
    pub rule: String,
    pub colour: CardColour,
    pub agency: AgencyId,
    /// `2026-03`.
    pub period: String,
    pub given_at: Timestamp,
    pub contested_at: Option<Timestamp>,
    pub contest: Option<String>,
    pub ruling: Option<Ruling>,
    pub ruling_words: Option<String>,
    pub ruled_at: Option<Timestamp>,
}

/// Topics of the outbox; the event of such a row is the card.
pub const GIVEN: &str = "card_given";
pub const CONTESTED: &str = "card_contested";
pub const RULED: &str = "card_ruled";

/// Gives the cards that were earned this month and last month, and keeps the reports behind them. A job: safe to run at
/// any time, any number of times, on any number of nodes. Answers how many were given.
pub fn give(conn: &mut Conn<'_>, ctx: &Ctx) -> Result<usize> {
    if ctx.pack.cards.is_empty() {
        return Ok(0);
    }
    let ctx = ctx.acting_as(Actor::system());
    let this = ctx.pack.local_date(ctx.now).first_of_month();
    let last = this.yesterday().map_or(this, Date::first_of_month);
    let mut given = 0;
    for month in [last, this] {
        for rule in &ctx.pack.cards {
            given += give_by(conn, &ctx, rule, month)?;
        }
    }
    Ok(given)
}

fn give_by(conn: &mut Conn<'_>, ctx: &Ctx, rule: &CardRule, month: Date) -> Result<usize> {
    let mut given = 0;
    let period = month.strftime("%Y-%m").to_string();
    for (agency, earned) in earned(conn, ctx, rule, month)? {
        if (earned.count as u64) < u64::from(rule.count) {
            continue;
        }
        let card = Card {
            id: ctx.new_id(),
            rule: rule.code.clone(),
            colour: rule.colour,
            agency,
            period: period.clone(),
            given_at: ctx.now,
            contested_at: None,
            contest: None,
            ruling: None,
            ruling_words: None,
            ruled_at: None,
        };
        if accountability_store::insert_card(conn, &card)? {
            outbox::store::put_topic(conn, ctx, &card.id, "", GIVEN, None)?;
            given += 1;
        }
        for report in &earned.reports {
            accountability_store::put_card_report(conn, &card, report)?;
        }
    }
    Ok(given)
}

/// What an agency has of what a rule counts.
#[derive(Default)]
struct Earned {
    count: usize,
    reports: BTreeSet<ServiceRequestId>,
}

/// Explanations that were told to be late in the span, about a report or about a number.
fn explanations_late(
    conn: &mut Conn<'_>,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<(AgencyId, Option<ServiceRequestId>)>> {
    let late = explanation_store::told_late_between(conn, from, to)?;
    Ok(late
        .into_iter()
        .map(|(agency, case)| (agency, case.and_then(|case| case.report())))
        .collect())
}

fn earned(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    rule: &CardRule,
    month: Date,
) -> Result<BTreeMap<AgencyId, Earned>> {
    let zone = ctx.pack.calendar.zone();
    let next = month.last_of_month().tomorrow().unwrap_or(month);
    let at = |date: Date| zone.to_ambiguous_timestamp(date.at(0, 0, 0, 0)).compatible();
    let (Ok(from), Ok(to)) = (at(month), at(next)) else { return Ok(BTreeMap::new()) };
    let found = match rule.measure {
        Measure::OverPercent(percent) => {
            accountability_store::over_percent(conn, from, to, percent)?
        }
        Measure::PromisesBroken => accountability_store::broken_promises(conn, from, to)?,
        Measure::ExplanationsLate => explanations_late(conn, from, to)?,
    };
    let mut agencies: BTreeMap<AgencyId, Earned> = BTreeMap::new();
    for (agency, report) in found {
        let earned = agencies.entry(agency).or_default();
        let is_new = report.is_none_or(|report| earned.reports.insert(report));
        // A report counts once for time used up, each time for a word that was not kept.
        earned.count += usize::from(is_new || !matches!(rule.measure, Measure::OverPercent(_)));
    }
    Ok(agencies)
}

/// The head of the agency contests a card, once.
pub fn contest(conn: &mut Conn<'_>, ctx: &Ctx, id: &str, words: &str) -> Result<()> {
    let words = text::needed(words, "reason")?;
    let card = accountability_store::card(conn, id)?.ok_or(Refusal::NotFound)?;
    if ctx.actor.role != Role::Head || ctx.actor.agency.as_ref() != Some(&card.agency) {
        return Err(Refusal::NotYourAgency.into());
    }
    if !accountability_store::contest_card(conn, ctx, id, &words)? {
        return Err(Refusal::OnlyOnce { verb: Verb::Contest.as_str() }.into());
    }
    outbox::store::put_topic(conn, ctx, id, "", CONTESTED, None)
}

/// A leader rules on a contested card, once.
pub fn rule(conn: &mut Conn<'_>, ctx: &Ctx, id: &str, ruling: Ruling, words: &str) -> Result<()> {
    let words = text::needed(words, "reason")?;
    if ctx.actor.role != Role::Leader {
        return Err(Refusal::Forbidden.into());
    }
    accountability_store::card(conn, id)?.ok_or(Refusal::NotFound)?;
    if !accountability_store::rule_card(conn, ctx, id, ruling, &words)? {
        return Err(Refusal::NothingToChange.into());
    }
    outbox::store::put_topic(conn, ctx, id, "", RULED, None)
}
