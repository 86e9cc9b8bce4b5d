//! A wall clock that never runs backwards, and the way between it and instants.
//!
//! When clocks spring forward, the skipped times are over at the instant of the change; when they
//! fall back, the repeated times happen at their first pass and the clock stands still during the
//! second. Both directions are therefore monotone, which the laws of due dates rest on.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// The instant of a local time: the change itself for a time that is skipped, the first pass for one
/// that is repeated.
pub(super) fn instant(zone: &TimeZone, local: DateTime) -> Timestamp {
    let ambiguous = zone.to_ambiguous_timestamp(local);
    let earlier = ambiguous.earlier().unwrap_or(Timestamp::MAX);
    match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => earlier,
        AmbiguousOffset::Gap { .. } => {
            zone.following(earlier).next().map_or(earlier, |change| change.timestamp())
        }
    }
}

/// What the wall clock shows at an instant.
pub(super) fn wall_clock(zone: &TimeZone, at: Timestamp) -> DateTime {
    let shown = zone.to_datetime(at);
    match zone.to_ambiguous_timestamp(shown).offset() {
        AmbiguousOffset::Fold { before, after } if zone.to_offset(at) == after => {
            let change = last_change(zone, at).unwrap_or(at);
            before.to_datetime(change)
        }
        AmbiguousOffset::Unambiguous { .. }
        | AmbiguousOffset::Fold { .. }
        | AmbiguousOffset::Gap { .. } => shown,
    }
}

/// The last change of the zone's offset at or before `at`.
fn last_change(zone: &TimeZone, at: Timestamp) -> Option<Timestamp> {
    let after = at.saturating_add(SignedDuration::from_nanos(1)).unwrap_or(at);
    zone.preceding(after).next().map(|change| change.timestamp())
}

/// No change of offset reaches further than this around itself.
const REACH: SignedDuration = SignedDuration::from_hours(26);

/// [`instant`] for a walk over many days: it remembers the offset between two changes of the zone.
pub(super) struct LocalClock<'z> {
    zone: &'z TimeZone,
    offset: Offset,
    since: Timestamp,
    until: Timestamp,
}

impl<'z> LocalClock<'z> {
    pub(super) fn new(zone: &'z TimeZone, at: Timestamp) -> Self {
        let since = last_change(zone, at)
            .map_or(Timestamp::MIN, |t| t.checked_add(REACH).unwrap_or(Timestamp::MAX));
        let until = zone.following(at).next().map_or(Timestamp::MAX, |change| {
            change.timestamp().checked_sub(REACH).unwrap_or(Timestamp::MIN)
        });
        Self { zone, offset: zone.to_offset(at), since, until }
    }

    pub(super) fn instant(&mut self, local: DateTime) -> Timestamp {
        if let Ok(guess) = self.offset.to_timestamp(local)
            && self.since < guess
            && guess < self.until
        {
            return guess;
        }
        let exact = instant(self.zone, local);
        if exact.duration_since(self.until) > REACH + REACH {
            *self = Self::new(self.zone, exact);
        }
        exact
    }
}
