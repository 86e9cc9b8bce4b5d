//! The one place that reads the clock; in tests it stands still until it is moved by hand.

use super::limits;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

#[derive(Clone)]
pub enum Clock {
    System,
    /// The real clock, so much ahead: a demo city that lives on another day.
    Ahead(SignedDuration),
    /// Milliseconds UTC, moved by hand.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    pub fn manual(start: Timestamp) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(start.as_millisecond())))
    }

    /// A clock that shows `at` now and goes on from there.
    pub fn starting_at(at: Timestamp) -> Self {
        Self::Ahead(at.duration_since(Self::System.now()))
    }

    /// The time now, in whole milliseconds, as it is stored.
    pub fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "this is the border to the real clock")]
        let real = || Timestamp::now().as_millisecond();
        let ms = match self {
            Self::System => real(),
            Self::Ahead(by) => real().saturating_add(by.as_millis() as i64),
            Self::Manual(ms) => ms.load(Ordering::SeqCst),
        };
        from_ms(ms)
    }

    /// Moves a manual clock to `to`; a real one cannot be moved.
    pub fn set(&self, to: Timestamp) {
        if let Self::Manual(ms) = self {
            ms.store(to.as_millisecond(), Ordering::SeqCst);
        }
    }
}

/// From when on a copy in memory reads changes again that has read them until `seen`, milliseconds UTC. What calls itself
/// younger than `now` was written by a clock that is wrong, and must hide nothing that comes after it.
pub fn read_again_from(seen: i64, now: Timestamp) -> i64 {
    let again = i64::try_from(limits::READ_AGAIN.as_millis()).unwrap_or(i64::MAX);
    seen.min(now.as_millisecond()).saturating_sub(again)
}

/// A stored instant. Values outside jiff's range (years −9999 to 9999) become the nearest end.
pub fn from_ms(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(if ms < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_starts_on_another_day_shows_that_day_and_goes_on() {
        let at: Timestamp = "2028-02-29T03:30:00Z".parse().unwrap();
        let clock = Clock::starting_at(at);
        let (first, second) = (clock.now(), clock.now());
        assert!(first >= at - SignedDuration::from_millis(1) && second >= first);
        assert!(second < at + SignedDuration::from_mins(1), "{second}");
    }
}
