//! The one place that reads the clock; in tests it stands still until it is moved by hand.

use jiff::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

#[derive(Clone)]
pub enum Clock {
    System,
    /// Milliseconds UTC, moved by hand.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    pub fn manual(start: Timestamp) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(start.as_millisecond())))
    }

    /// The time now, in whole milliseconds, as it is stored.
    pub fn now(&self) -> Timestamp {
        let ms = match self {
            #[expect(clippy::disallowed_methods, reason = "this is the border to the real clock")]
            Self::System => Timestamp::now().as_millisecond(),
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

/// A stored instant. Values outside jiff's range (years −9999 to 9999) become the nearest end.
pub fn from_ms(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(if ms < 0 { Timestamp::MIN } else { Timestamp::MAX })
}
