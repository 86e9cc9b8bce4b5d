//! What the service logs while a test runs: no warning and no error that the test did not expect.
//!
//! One recorder listens for the whole process. A line belongs to the test on whose thread it was logged, and is asked for
//! when its city or its database goes. What other threads log (those of the databases, those that decode photos, tests that
//! have neither) belongs to no test in particular: such a line is good if any test of this run expects it, and fails the next
//! test that ends if not.

use std::collections::BTreeSet;
use std::fmt::{Debug, Write as _};
use std::mem;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::thread;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

/// A warning or an error.
struct Line {
    thread: String,
    text: String,
}

/// Words of a line, and the thread whose test expects it.
struct Expected {
    thread: String,
    words: String,
}

static LINES: Mutex<Vec<Line>> = Mutex::new(Vec::new());
/// The threads of tests that will ask for their lines.
static ASKING: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
static EXPECTED: Mutex<Vec<Expected>> = Mutex::new(Vec::new());

fn held<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The test harness names the thread of a test after it: `keys::a_rotation_that_is_killed…`.
fn this_thread() -> String {
    thread::current().name().unwrap_or_default().to_owned()
}

struct Recorder;

impl<S: Subscriber> Layer<S> for Recorder {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let meta = event.metadata();
        let mut text = Said(format!("{} {}:", meta.level(), meta.target()));
        event.record(&mut text);
        held(&LINES).push(Line { thread: this_thread(), text: text.0 });
    }
}

struct Said(String);

impl Visit for Said {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Writing to a String cannot fail.
        let _ = match field.name() {
            "message" => write!(self.0, " {value:?}"),
            name => write!(self.0, " {name}={value:?}"),
        };
    }
}

/// Begins to listen; this test will [`check`].
pub fn listen() {
    held(&ASKING).insert(this_thread());
    static BEGUN: Once = Once::new();
    BEGUN.call_once(|| {
        tracing_subscriber::registry().with(Recorder.with_filter(LevelFilter::WARN)).init();
    });
}

/// This test expects warnings or errors with these words, from now on.
pub fn expect(words: &str) {
    held(&EXPECTED).push(Expected { thread: this_thread(), words: words.to_owned() });
}

/// Takes the lines that nobody expected: those of this test, and those of no test.
fn unexpected() -> Vec<String> {
    let (me, mut lines, expected) = (this_thread(), held(&LINES), held(&EXPECTED));
    let asking = held(&ASKING);
    let (asked, others): (Vec<Line>, Vec<Line>) = mem::take(&mut *lines)
        .into_iter()
        .partition(|line| line.thread == me || !asking.contains(&line.thread));
    *lines = others;
    let is_expected = |line: &Line| {
        let mut any = expected.iter().filter(|e| e.thread == me || line.thread != me);
        any.any(|expected| line.text.contains(&expected.words))
    };
    let left = asked.into_iter().filter(|line| !is_expected(line));
    left.map(|line| format!("{} [{}]", line.text, line.thread)).collect()
}

/// The log of this test is clean. A test that fails anyway is not asked.
pub fn check() {
    if thread::panicking() {
        return;
    }
    let left = unexpected();
    assert!(left.is_empty(), "logged, and no test expects it:\n{}", left.join("\n"));
}

#[test]
fn a_warning_that_a_test_does_not_expect_is_found_and_told_with_what_it_says() {
    listen();
    tracing::info!("no news");
    tracing::warn!(n = 1, "it rains in the harbour");
    tracing::error!("it snows in the harbour");
    expect("it snows");
    let left: Vec<String> =
        unexpected().into_iter().filter(|line| line.contains("harbour")).collect();
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(
        left[0].starts_with("WARN it::support::log: it rains in the harbour n=1 ["),
        "{left:?}"
    );
    assert!(unexpected().iter().all(|line| !line.contains("harbour")), "each is told once");
}
