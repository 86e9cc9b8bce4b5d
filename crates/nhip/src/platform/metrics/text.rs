//! The form that Prometheus and its kin read: text, version 0.0.4
//! (<https://prometheus.io/docs/instrumenting/exposition_formats/>).

use super::Histogram;
use std::fmt::{Display, Write as _};
use std::sync::atomic::Ordering::Relaxed;

/// What the values of a metric are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Counter,
    Gauge,
    Histogram,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// A name and what it means. The name ends in its unit.
#[derive(Debug, Clone, Copy)]
pub struct Metric {
    pub name: &'static str,
    pub kind: Kind,
    pub help: &'static str,
}

/// An answer in the making.
#[derive(Debug, Default)]
pub struct Text(String);

impl Text {
    pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

    /// The lines that come before the values of a metric.
    pub fn head(&mut self, metric: &Metric) {
        let Metric { name, kind, help } = metric;
        self.line(format_args!("# HELP {name} {help}"));
        self.line(format_args!("# TYPE {name} {}", kind.as_str()));
    }

    /// A metric with one value.
    pub fn single(&mut self, metric: &Metric, value: impl Display) {
        self.head(metric);
        self.value(metric, &[], value);
    }

    /// One of several values of a metric whose head is written.
    pub fn value(&mut self, metric: &Metric, labels: &[(&str, &str)], value: impl Display) {
        self.sample(metric.name, "", labels, value);
    }

    pub fn histogram(&mut self, metric: &Metric, labels: &[(&str, &str)], of: &Histogram) {
        let mut so_far = 0;
        let bounds = of.bounds.iter().map(ToString::to_string).chain(["+Inf".to_owned()]);
        for (bound, count) in bounds.zip(&of.counts) {
            so_far += count.load(Relaxed);
            let labels = [labels, &[("le", bound.as_str())]].concat();
            self.sample(metric.name, "_bucket", &labels, so_far);
        }
        let seconds = of.nanoseconds.load(Relaxed) as f64 / 1e9;
        self.sample(metric.name, "_sum", labels, seconds);
        self.sample(metric.name, "_count", labels, so_far);
    }

    pub fn into_string(self) -> String {
        self.0
    }

    fn sample(&mut self, name: &str, end: &str, labels: &[(&str, &str)], value: impl Display) {
        let mut inside = String::new();
        for (label, value) in labels {
            let comma = if inside.is_empty() { "" } else { "," };
            // Writing to a String cannot fail.
            let _ = write!(inside, "{comma}{label}=\"{}\"", escaped(value));
        }
        if inside.is_empty() {
            self.line(format_args!("{name}{end} {value}"));
        } else {
            self.line(format_args!("{name}{end}{{{inside}}} {value}"));
        }
    }

    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        let _ = writeln!(self.0, "{line}");
    }
}

fn escaped(value: &str) -> String {
    value.replace('\\', r"\\").replace('"', "\\\"").replace('\n', r"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn values_stand_under_their_head_with_labels_escaped() {
        let metric = Metric { name: "a_total", kind: Kind::Counter, help: "What it is." };
        let mut text = Text::default();
        text.head(&metric);
        text.value(&metric, &[("x", "1"), ("y", "a\"b\\c\nd")], 7);
        assert_eq!(
            text.into_string(),
            "# HELP a_total What it is.\n# TYPE a_total counter\na_total{x=\"1\",y=\"a\\\"b\\\\c\\nd\"} 7\n"
        );
    }

    #[test]
    fn buckets_add_up() {
        let metric = Metric { name: "a_seconds", kind: Kind::Histogram, help: "." };
        let histogram = Histogram::new(&[0.5, 1.0]);
        for millis in [250, 750, 2_000] {
            histogram.record(Duration::from_millis(millis));
        }
        let mut text = Text::default();
        text.histogram(&metric, &[("kind", "read")], &histogram);
        assert_eq!(
            text.into_string(),
            "a_seconds_bucket{kind=\"read\",le=\"0.5\"} 1\n\
             a_seconds_bucket{kind=\"read\",le=\"1\"} 2\n\
             a_seconds_bucket{kind=\"read\",le=\"+Inf\"} 3\n\
             a_seconds_sum{kind=\"read\"} 3\n\
             a_seconds_count{kind=\"read\"} 3\n"
        );
    }
}
