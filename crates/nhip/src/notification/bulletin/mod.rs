//! Bulletins: once a day, or on Mondays, what is new and what was settled in all that somebody follows, in one letter.
//! Where nothing happened there is no letter.
//!
//! What a bulletin is about is settled in one transaction for everybody: the events since the one before are read once,
//! each list once, and who follows what is looked up in memory. The letter is written when it is sent, from what
//! everybody may see at that moment.

pub mod deliver;
pub mod letter;
pub mod store;

use super::dispatch::{NewDelivery, Recipient};
use super::follow::found::{Lists, Seen};
use super::follow::{self, Follow, Rhythm, Way, What};
use super::who::{self, Reader};
use crate::platform::ctx::Ctx;
use crate::platform::db::Conn;
use crate::platform::error::{Error, Result};
use crate::service_request::list::store as list_store;
use domain::ids::{FollowId, PersonId, ServiceRequestId};
use domain::pack::Pack;
use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::Happened;

/// Its sentences are `mail-bulletin-…`; it is also its topic.
pub const LETTER: &str = "bulletin";
/// The hour of the city's morning until which a bulletin tells, and after which it comes.
const HOUR: i8 = 7;
/// Actions that began before the hour have ended by then.
const GRACE: SignedDuration = SignedDuration::from_mins(2);
/// Reports a part of a bulletin keeps; of more it says how many there were.
const MOST: usize = 100;
/// Reports read at once.
const BATCH: usize = 500;

/// Events of a report that lateness has already told, or that are no event at all: of these a bulletin says nothing of
/// its own; that a report is late stands beside it anyway.
const NOT_FOR_BULLETINS: [&str; 2] = ["escalate", who::OFFICIAL_COMMENT];

/// What a bulletin tells of one thing its reader follows, as it is kept with the delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub follow: FollowId,
    /// How many reports came in, ended, and went on again.
    pub new: usize,
    pub settled: usize,
    pub again: usize,
    /// Code and newest event of each report, the latest first; at most [`MOST`].
    pub reports: Vec<(ServiceRequestId, String)>,
}

/// Is there one of this rhythm to gather?
pub fn is_due(conn: &mut Conn<'_>, ctx: &Ctx, rhythm: Rhythm) -> Result<bool> {
    let Some((until, _)) = newest(&ctx.pack, rhythm, ctx.now - GRACE) else { return Ok(false) };
    // Told until later than now: by a clock that was wrong.
    let due = |told| told < until || told > ctx.now;
    Ok(store::told_until(conn, rhythm)?.is_none_or(due))
}

/// Makes the bulletins of this rhythm that are due; answers how many.
pub fn gather(conn: &mut Conn<'_>, ctx: &Ctx, rhythm: Rhythm) -> Result<usize> {
    let Some((until, day)) = newest(&ctx.pack, rhythm, ctx.now - GRACE) else { return Ok(0) };
    let Some(since) = store::told_until(conn, rhythm)? else {
        // The first of all has nothing before it.
        store::begin(conn, rhythm, until)?;
        return Ok(0);
    };
    if since > ctx.now {
        store::move_on(conn, rhythm, since, until)?;
        return Ok(0);
    }
    if since >= until || !store::move_on(conn, rhythm, since, until)? {
        return Ok(0);
    }
    let follows = follow::store::of_rhythm(conn, rhythm)?;
    if follows.is_empty() {
        return Ok(0);
    }
    let happened = store::happened(conn, since, until, &topics())?;
    let by_what = sorted(conn, ctx, &follows, &happened)?;
    let mut by_person: BTreeMap<&str, Vec<Part>> = BTreeMap::new();
    for follow in &follows {
        let found = by_what.get(&follow.what).into_iter().flatten().copied();
        // What happened before somebody followed is no news to them.
        let since = follow.confirmed_at.unwrap_or(until);
        let events: Vec<&Happened> = found.filter(|event| event.at >= since).collect();
        if !events.is_empty() {
            by_person.entry(&follow.follower).or_default().push(Part::of(&follow.id, &events));
        }
    }
    let event = format!("{LETTER}.{rhythm}.{day}");
    let mut made = 0;
    for (follower, parts) in by_person {
        made += usize::from(put(conn, ctx, &event, follower, &parts)?);
    }
    Ok(made)
}

/// The latest morning at which a bulletin of this rhythm was due, and its day.
fn newest(pack: &Pack, rhythm: Rhythm, now: Timestamp) -> Option<(Timestamp, Date)> {
    let due = |day: Date| {
        let morning = day.at(HOUR, 0, 0, 0);
        pack.calendar.zone().to_ambiguous_timestamp(morning).compatible().ok()
    };
    let mut day = pack.local_date(now);
    // Eight days hold every weekday whose morning is over.
    for _ in 0..8 {
        let wanted = rhythm == Rhythm::Day || day.weekday() == Weekday::Monday;
        if let Some(at) = due(day).filter(|at| wanted && *at <= now) {
            return Some((at, day));
        }
        day = day.checked_sub(1.day()).ok()?;
    }
    None
}

/// This moment, or the city's morning if it is still night: what a day brings wakes nobody.
pub fn not_before_morning(pack: &Pack, now: Timestamp) -> Timestamp {
    let morning = pack.local_date(now).at(HOUR, 0, 0, 0);
    let morning = pack.calendar.zone().to_ambiguous_timestamp(morning).compatible();
    morning.map_or(now, |morning| now.max(morning))
}

/// Events that a bulletin may tell: of reports, and among them of lists.
fn topics() -> BTreeSet<&'static str> {
    let lists = who::topics_of(Reader::FollowerOfList);
    let all = who::topics_of(Reader::Follower).chain(lists);
    all.filter(|topic| !NOT_FOR_BULLETINS.contains(topic)).collect()
}

/// What happened to each thing that somebody follows, in its order.
fn sorted<'e>(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    follows: &[Follow],
    happened: &'e [Happened],
) -> Result<HashMap<What, Vec<&'e Happened>>> {
    let things: BTreeSet<What> = follows.iter().map(|follow| follow.what.clone()).collect();
    let lists = Lists::of(things.iter().cloned(), &ctx.pack);
    let for_lists: BTreeSet<&str> = who::topics_of(Reader::FollowerOfList).collect();
    let codes: BTreeSet<&ServiceRequestId> = happened.iter().map(|event| &event.request).collect();
    let codes: Vec<ServiceRequestId> = codes.into_iter().cloned().collect();
    let mut by_code: HashMap<&ServiceRequestId, Vec<&Happened>> = HashMap::new();
    for event in happened {
        by_code.entry(&event.request).or_default().push(event);
    }
    let mut by_what: HashMap<What, Vec<&Happened>> = HashMap::new();
    for batch in codes.chunks(BATCH) {
        for report in list_store::by_ids(conn, batch)? {
            let Some(seen) = Seen::of(&report, &ctx.pack) else { continue };
            let events = by_code.get(&report.id).cloned().unwrap_or_default();
            let own = What::Report(report.id.clone());
            if things.contains(&own) {
                by_what.entry(own).or_default().extend(&events);
            }
            let told = events.iter().filter(|event| for_lists.contains(event.verb.as_str()));
            let told: Vec<&Happened> = told.copied().collect();
            if told.is_empty() {
                continue;
            }
            for what in lists.with(&seen) {
                by_what.entry(what.clone()).or_default().extend(&told);
            }
        }
    }
    for events in by_what.values_mut() {
        events.sort_by(|a, b| a.id.cmp(&b.id));
    }
    Ok(by_what)
}

impl Part {
    fn of(follow: &FollowId, events: &[&Happened]) -> Self {
        let count = |verbs: &[&str]| {
            let of = events.iter().filter(|event| verbs.contains(&event.verb.as_str()));
            of.map(|event| &event.request).collect::<BTreeSet<_>>().len()
        };
        let mut told = BTreeSet::new();
        let newest = events.iter().rev().filter(|event| told.insert(&event.request)).take(MOST);
        Self {
            follow: follow.clone(),
            new: count(&["submit"]),
            settled: count(&["publish", "refuse", "merge", "withdraw"]),
            again: count(&["reopen", "appeal", "promise_due"]),
            reports: newest.map(|event| (event.request.clone(), event.verb.clone())).collect(),
        }
    }
}

fn put(
    conn: &mut Conn<'_>,
    ctx: &Ctx,
    event: &str,
    follower: &str,
    parts: &[Part],
) -> Result<bool> {
    let Ok(person) = PersonId::parse(follower) else { return Ok(false) };
    let Some(person) = super::store::person(conn, &person)? else { return Ok(false) };
    let to = Recipient { way: Way::Mail, ..Recipient::from(person) };
    let told = serde_json::to_string(parts).map_err(|e| Error::failed("gather a bulletin", e))?;
    let new = NewDelivery {
        id: ctx.new_id(),
        event,
        topic: LETTER,
        request: None,
        to: &to,
        reader: Reader::FollowerOfList.as_str(),
        letter: LETTER,
        sealed: None,
        told: Some(told),
        not_before: ctx.now,
    };
    Ok(super::store::insert(conn, &new, ctx.now)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::pack_dir;

    #[test]
    fn a_bulletin_is_due_at_seven_in_the_city_whatever_its_clocks_do() {
        let pack = pack_dir::load_checked("harbour").unwrap();
        let newest = |rhythm, now: &str| {
            let (at, day) = newest(&pack, rhythm, now.parse().unwrap()).unwrap();
            (at.to_string(), day.to_string())
        };
        let day = |now: &str| newest(Rhythm::Day, now);
        let of = |at: &str, day: &str| (at.to_owned(), day.to_owned());
        assert_eq!(day("2026-03-10T05:59:59Z"), of("2026-03-09T06:00:00Z", "2026-03-09"));
        assert_eq!(day("2026-03-10T06:00:00Z"), of("2026-03-10T06:00:00Z", "2026-03-10"));
        // Summer time began on 29 March.
        assert_eq!(day("2026-03-29T06:00:00Z"), of("2026-03-29T05:00:00Z", "2026-03-29"));
        let week = |now: &str| newest(Rhythm::Week, now);
        assert_eq!(week("2026-03-09T05:59:00Z"), of("2026-03-02T06:00:00Z", "2026-03-02"));
        assert_eq!(week("2026-03-15T23:00:00Z"), of("2026-03-09T06:00:00Z", "2026-03-09"));
    }

    #[test]
    fn a_report_is_told_once_by_its_newest_event_and_counted_by_all() {
        let event = |id: &str, code: &str, verb: &str| Happened {
            id: id.parse().unwrap(),
            request: code.parse().unwrap(),
            verb: verb.to_owned(),
            at: Timestamp::UNIX_EPOCH,
        };
        let events =
            [event("1", "A", "submit"), event("2", "B", "submit"), event("3", "A", "publish")];
        let part = Part::of(&"F".parse().unwrap(), &events.iter().collect::<Vec<_>>());
        assert_eq!((part.new, part.settled, part.again), (2, 1, 0));
        let told: Vec<_> =
            part.reports.iter().map(|(code, verb)| (code.as_str(), verb.as_str())).collect();
        assert_eq!(told, [("A", "publish"), ("B", "submit")]);
    }
}
