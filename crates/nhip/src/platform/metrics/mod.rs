//! What the service counts while it works, for whoever watches it. Each number is kept where it arises, behind atomics,
//! and costs some nanoseconds; reading them is `crate::metrics`.
//!
//! A number is there from the start, with the value zero: an alarm on something that never happened yet must not be
//! silent because the name does not exist.

mod text;

pub use text::{Kind, Metric, Text};

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

/// Only goes up.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    pub fn add_one(&self) {
        self.add(1);
    }

    pub fn add(&self, n: usize) {
        self.0.fetch_add(n as u64, Relaxed);
    }

    pub fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

/// Goes up and down, or is set.
#[derive(Debug, Default)]
pub struct Gauge(AtomicI64);

impl Gauge {
    pub fn set(&self, value: i64) {
        self.0.store(value, Relaxed);
    }

    pub fn get(&self) -> i64 {
        self.0.load(Relaxed)
    }

    /// One more until the answer is dropped.
    pub fn hold(&self) -> Held<'_> {
        self.0.fetch_add(1, Relaxed);
        Held(self)
    }
}

/// One of something that is counted while it lasts.
#[must_use]
pub struct Held<'g>(&'g Gauge);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Relaxed);
    }
}

/// Seconds up to which an answer to a request counts as so fast; the last bucket has no end.
pub const REQUEST_BOUNDS: &[f64] =
    &[0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
/// The same for the database, which is asked several times for one answer.
pub const DATABASE_BOUNDS: &[f64] =
    &[0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0];

/// How long something took, as counts of those that took no longer than each bound.
#[derive(Debug)]
pub struct Histogram {
    bounds: &'static [f64],
    /// One more than there are bounds.
    counts: Box<[AtomicU64]>,
    nanoseconds: AtomicU64,
}

impl Histogram {
    pub fn new(bounds: &'static [f64]) -> Self {
        let counts = (0..=bounds.len()).map(|_| AtomicU64::new(0)).collect();
        Self { bounds, counts, nanoseconds: AtomicU64::new(0) }
    }

    pub fn record(&self, took: Duration) {
        let seconds = took.as_secs_f64();
        let place = self.bounds.partition_point(|bound| *bound < seconds);
        if let Some(count) = self.counts.get(place) {
            count.fetch_add(1, Relaxed);
        }
        let nanoseconds = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        self.nanoseconds.fetch_add(nanoseconds, Relaxed);
    }

    pub fn count(&self) -> u64 {
        self.counts.iter().map(|count| count.load(Relaxed)).sum()
    }
}

/// Classes of status, 1xx to 5xx.
const STATUS_CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];
/// Methods that only read, and all others.
const METHOD_CLASSES: [&str; 2] = ["read", "write"];

/// What came to one pattern of the table of URLs.
#[derive(Debug)]
pub struct Route {
    statuses: [[Counter; STATUS_CLASSES.len()]; METHOD_CLASSES.len()],
    took: [Histogram; METHOD_CLASSES.len()],
}

impl Default for Route {
    fn default() -> Self {
        let took = [Histogram::new(REQUEST_BOUNDS), Histogram::new(REQUEST_BOUNDS)];
        Self { statuses: <[[Counter; 5]; 2]>::default(), took }
    }
}

impl Route {
    pub fn count(&self, reads: bool, status: u16, took: Duration) {
        let method = usize::from(!reads);
        let class = usize::from(status / 100).wrapping_sub(1);
        if let Some(count) = self.statuses.get(method).and_then(|classes| classes.get(class)) {
            count.add_one();
        }
        if let Some(histogram) = self.took.get(method) {
            histogram.record(took);
        }
    }

    /// Method class, status class, how many.
    pub fn counts(&self) -> impl Iterator<Item = (&'static str, &'static str, u64)> {
        METHOD_CLASSES.iter().zip(&self.statuses).flat_map(|(method, classes)| {
            STATUS_CLASSES.iter().zip(classes).map(|(status, n)| (*method, *status, n.get()))
        })
    }

    /// Method class, how long it took.
    pub fn durations(&self) -> impl Iterator<Item = (&'static str, &Histogram)> {
        METHOD_CLASSES.into_iter().zip(&self.took)
    }
}

/// Requests by the pattern of the table of URLs, never by what was asked for: a path may hold a secret.
#[derive(Debug, Default)]
pub struct Routes(RwLock<HashMap<Box<str>, Arc<Route>>>);

impl Routes {
    pub fn of(&self, pattern: &str) -> Arc<Route> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(pattern).cloned();
        known.unwrap_or_else(|| {
            let mut routes = self.0.write().unwrap_or_else(PoisonError::into_inner);
            routes.entry(pattern.into()).or_default().clone()
        })
    }

    /// All that were asked for so far, by name.
    pub fn all(&self) -> BTreeMap<Box<str>, Arc<Route>> {
        let routes = self.0.read().unwrap_or_else(PoisonError::into_inner);
        routes.iter().map(|(pattern, route)| (pattern.clone(), route.clone())).collect()
    }
}

/// How one background job fares.
#[derive(Debug, Default)]
pub struct Job {
    /// Seconds since 1970; 0 before the first success.
    pub succeeded_at: Gauge,
    pub failures: Counter,
}

/// What became of letters we tried to send.
#[derive(Debug, Default)]
pub struct Letters {
    pub sent: Counter,
    pub dropped: Counter,
    pub failed: Counter,
}

/// Everything that is counted outside the database layer, which has [`Database`].
#[derive(Debug, Default)]
pub struct Metrics {
    pub routes: Routes,
    pub in_flight: Gauge,
    pub connections: Arc<Gauge>,
    /// Requests that ended in a failure, which is in the log under its reference.
    pub failures: Counter,
    /// Writes that found no room on a disk.
    pub disk_full: Counter,
    pub letters: Letters,
    jobs: RwLock<BTreeMap<&'static str, Arc<Job>>>,
    /// Seconds since 1970.
    pub pack_loaded_at: Gauge,
    pub pack_refusals: Counter,
    /// Reports or changes by which the numbers in memory differed from the database.
    pub numbers_apart: Gauge,
    /// Reports that a sweep could not deal with.
    pub sweep_failures: Counter,
}

impl Metrics {
    pub fn job(&self, name: &'static str) -> Arc<Job> {
        let mut jobs = self.jobs.write().unwrap_or_else(PoisonError::into_inner);
        jobs.entry(name).or_default().clone()
    }

    pub fn jobs(&self) -> BTreeMap<&'static str, Arc<Job>> {
        self.jobs.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// How long one kind of work of the database takes.
#[derive(Debug)]
pub struct Work {
    /// From asking to beginning.
    pub waited: Histogram,
    /// From beginning to the answer, the commit included.
    pub took: Histogram,
}

impl Default for Work {
    fn default() -> Self {
        let new = || Histogram::new(DATABASE_BOUNDS);
        Self { waited: new(), took: new() }
    }
}

/// What the database layer counts.
#[derive(Debug, Default)]
pub struct Database {
    pub reads: Work,
    pub writes: Work,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    #[test]
    fn a_duration_falls_into_the_first_bucket_that_holds_it() {
        let histogram = Histogram::new(&[0.1, 1.0]);
        for millis in [50, 100, 101, 1_000, 5_000] {
            histogram.record(Duration::from_millis(millis));
        }
        let counts: Vec<u64> = histogram.counts.iter().map(|n| n.load(Relaxed)).collect();
        assert_eq!((counts, histogram.count()), (vec![2, 2, 1], 5));
    }

    #[test]
    fn what_is_held_is_counted_until_it_is_let_go() {
        let gauge = Gauge::default();
        let (one, two) = (gauge.hold(), gauge.hold());
        assert_eq!(gauge.get(), 2);
        drop((one, two));
        assert_eq!(gauge.get(), 0);
    }

    #[test]
    fn counting_a_request_takes_less_than_two_microseconds() {
        const ROUNDS: u32 = 20_000;
        let routes = Routes::default();
        for n in 0..70 {
            routes.of(&format!("/pattern/{n}"));
        }
        // The best of several rounds: what the machine does beside is not ours to measure.
        let best = (0..10).map(|_| {
            let started = Instant::now();
            for _ in 0..ROUNDS {
                let begun = Instant::now();
                routes.of("/pattern/35").count(true, 200, begun.elapsed());
            }
            started.elapsed() / ROUNDS
        });
        let best = best.min().unwrap();
        assert!(best < Duration::from_micros(2), "{best:?}");
        assert_eq!(routes.of("/pattern/35").counts().map(|(_, _, n)| n).max(), Some(200_000));
    }
}
