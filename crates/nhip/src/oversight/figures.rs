//! Tells a scorecard in words and shapes: numbers with their meaning, how sure they are and the list behind them; bars,
//! and a line of the share on time.

use super::measure::Measure;
use super::period::Asked;
use super::scorecard::{Piece, Scorecard, Share, Times};
use crate::platform::http::view::{Pulse, PulseDay};
use crate::platform::i18n::Lang;
use domain::pack::Pack;
use domain::service_request::Outcome;
use domain::statistics::{Weight, weight, wilson};
use jiff::civil::Date;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Shorter than this is told in hours.
const IN_HOURS: i64 = 2 * DAY_MS;

/// A number with everything that must stand beside it.
#[derive(Debug, Clone, Default)]
pub struct Figure {
    pub label: String,
    /// `–` where nothing may be said.
    pub value: String,
    /// Of how many, and between what the truth may lie.
    pub of: String,
    pub means: String,
    pub href: String,
    /// Few cases: to be read with care.
    pub light: bool,
}

/// A line of a table with bars.
#[derive(Debug, Clone)]
pub struct Bar {
    pub label: String,
    pub n: u64,
    /// Per cent of the longest.
    pub length: u64,
    pub share: String,
    pub href: String,
    /// Class of its colour.
    pub tone: &'static str,
}

/// The number and its place on a scale of 100.
#[derive(Debug, Clone, Default)]
pub struct Spread {
    pub value: String,
    pub n: u64,
    pub said: String,
    pub at: String,
    pub low: String,
    pub width: String,
    pub light: bool,
}

/// A piece of the period on the line of the share on time.
#[derive(Debug, Clone)]
pub struct Point {
    pub label: String,
    pub value: String,
    pub n: u64,
    pub x: String,
    pub y: String,
    pub low: String,
    pub high: String,
    /// Enough cases to be drawn.
    pub shown: bool,
}

/// The share on time over the period.
#[derive(Debug, Clone, Default)]
pub struct Trend {
    pub points: Vec<Point>,
    /// Stretches of the line, broken where there were too few cases.
    pub lines: Vec<String>,
}

impl Trend {
    /// No month had enough cases to be drawn.
    pub fn is_empty(&self) -> bool {
        !self.points.iter().any(|point| point.shown)
    }
}

/// Width and height of the line of the share on time.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 120.0;

/// Who tells, in which language, about which part and period.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    pub t: Lang,
    pub asked: &'a Asked,
}

impl Teller<'_> {
    /// `3.2 days`, `5.0 hours`, `20 minutes`.
    pub fn long(self, ms: i64) -> String {
        let in_units = |unit: i64| self.t.decimal(ms as f64 / unit as f64, 1);
        match ms {
            ..HOUR_MS => self.t.span(ms / 1000).into_owned(),
            HOUR_MS..IN_HOURS => self.t.s1("stats-hours", "n", in_units(HOUR_MS)).into_owned(),
            IN_HOURS.. => self.t.s1("stats-days", "n", in_units(DAY_MS)).into_owned(),
        }
    }

    fn span(self, low: f64, high: f64) -> String {
        let (low, high) = (self.t.percent(low), self.t.percent(high));
        self.t.s2("stats-between", "low", low, "high", high).into_owned()
    }

    /// Of how many, and how sure.
    fn sure(self, share: Share) -> String {
        let n = self.t.number(share.n as i64);
        let of = self.t.s1("stats-of", "n", n);
        share.interval().map_or_else(
            || format!("{of} · {}", self.t.s("number-too-few")),
            |(low, high)| format!("{of} · {}", self.span(low, high)),
        )
    }

    pub fn share(self, label: &str, means: &str, share: Share, of: Measure) -> Figure {
        Figure {
            label: self.t.s(label).into_owned(),
            value: share.shown().map_or_else(|| "–".to_owned(), |share| self.t.percent(share)),
            of: self.sure(share),
            means: self.t.s(means).into_owned(),
            href: self.asked.behind(of),
            light: weight(share.n) == Weight::Light,
        }
    }

    pub fn times(self, label: &str, means: &str, times: Times, of: Measure) -> Figure {
        let t = self.t;
        let said = |time: Option<i64>| {
            time.map_or_else(|| t.s("stats-not-reached").into_owned(), |ms| self.long(ms))
        };
        let n = t.s1("stats-of", "n", t.number(times.n as i64)).into_owned();
        let (value, of_how_many) = if times.shown() {
            let p90 = t.s1("stats-nine-in-ten", "time", said(times.p90));
            (
                times.median.map_or_else(|| "–".to_owned(), |ms| self.long(ms)),
                format!("{p90} · {n}"),
            )
        } else {
            ("–".to_owned(), format!("{n} · {}", t.s("number-too-few")))
        };
        let open = times.shown() && times.median.is_none();
        let means = t.s(means);
        Figure {
            label: t.s(label).into_owned(),
            value,
            of: of_how_many,
            means: if open {
                format!("{} {means}", t.s("stats-half-open"))
            } else {
                means.into_owned()
            },
            href: self.asked.behind(of),
            light: weight(times.n) == Weight::Light,
        }
    }

    pub fn count(self, label: &str, card: &Scorecard, of: Measure) -> Figure {
        let n = card.n(of);
        Figure {
            label: self.t.s(label).into_owned(),
            value: self.t.number(n as i64),
            href: if n > 0 { self.asked.behind(of) } else { String::new() },
            ..Figure::default()
        }
    }

    /// The numbers an agency is judged by.
    pub fn headline(self, card: &Scorecard) -> Vec<Figure> {
        let rated = self.t.s2(
            "stats-response-rate",
            "n",
            self.t.number(card.rated().hits as i64),
            "of",
            self.t.number(card.rated().n as i64),
        );
        let mut satisfied = self.share(
            "stats-satisfied",
            "stats-satisfied-means",
            card.satisfied(),
            Measure::Rated,
        );
        satisfied.means = format!("{rated} {}", satisfied.means);
        vec![
            self.share("front-on-time", "stats-on-time-means", card.on_time(), Measure::Deadlines),
            self.times(
                "stats-resolution",
                "stats-resolution-means",
                card.resolution,
                Measure::Resolution,
            ),
            self.times(
                "stats-first-word",
                "stats-first-word-means",
                card.response,
                Measure::Response,
            ),
            self.share(
                "stats-returned",
                "stats-returned-means",
                card.returned(),
                Measure::Returned,
            ),
            satisfied,
        ]
    }

    pub fn counts(self, card: &Scorecard) -> Vec<Figure> {
        vec![
            self.count("front-received", card, Measure::Received),
            self.count("stats-closed", card, Measure::Closed),
            self.count("stats-missed", card, Measure::Missed),
            self.count("stats-open-now", card, Measure::Open),
            self.count("stats-late-now", card, Measure::Late),
        ]
    }

    pub fn promises(self, card: &Scorecard) -> Vec<Figure> {
        if card.n(Measure::Promised) == 0 {
            return Vec::new();
        }
        vec![
            self.count("stats-promised", card, Measure::Promised),
            self.count("stats-promise-kept", card, Measure::KeptPromise),
            self.count("stats-promise-broken", card, Measure::BrokenPromise),
        ]
    }

    fn bars(self, lines: Vec<(String, u64, String, &'static str)>) -> Vec<Bar> {
        let (most, all) = (
            lines.iter().map(|line| line.1).max().unwrap_or(0).max(1),
            lines.iter().map(|line| line.1).sum::<u64>().max(1),
        );
        let bar = |(label, n, href, tone): (String, u64, String, &'static str)| Bar {
            label,
            n,
            length: (n * 100).div_ceil(most),
            share: self.t.percent(n as f64 / all as f64),
            href,
            tone,
        };
        lines.into_iter().filter(|line| line.1 > 0).map(bar).collect()
    }

    pub fn outcomes(self, card: &Scorecard) -> Vec<Bar> {
        let line = |outcome: &Outcome| {
            let measure = Measure::of_outcome(*outcome);
            let label = self.t.of("status-", outcome).into_owned();
            (label, card.n(measure), self.asked.behind(measure), outcome.as_str())
        };
        self.bars(Outcome::ALL.iter().map(line).collect())
    }

    pub fn refusals(self, card: &Scorecard, pack: &Pack) -> Vec<Bar> {
        let line = |(code, n): &(String, u64)| {
            let known = pack.refusal(code).map(|known| known.name.text(self.t.code()).to_owned());
            let label = known.unwrap_or_else(|| match code.as_str() {
                "" => self.t.s("stats-code-not-public").into_owned(),
                code => code.to_owned(),
            });
            let of = [("of", Measure::Refused.as_str()), ("code", code.as_str())];
            (label, *n, self.asked.link("/stats/reports", "", &of), "refused")
        };
        self.bars(card.refusals.iter().map(line).collect())
    }

    pub fn backlog(self, card: &Scorecard) -> Vec<Bar> {
        let ages = [
            ("stats-open-week", Measure::OpenWeek),
            ("stats-open-month", Measure::OpenMonth),
            ("stats-open-quarter", Measure::OpenQuarter),
            ("stats-open-longer", Measure::OpenLonger),
        ];
        let line = |(label, of): (&str, Measure)| {
            (self.t.s(label).into_owned(), card.n(of), self.asked.behind(of), "assigned")
        };
        self.bars(ages.into_iter().map(line).collect())
    }

    /// A share on a scale, for tables; `None` over too few cases.
    pub fn spread(self, share: Share) -> Option<Spread> {
        let (value, (low, high)) = (share.shown()?, share.interval()?);
        let percent = |share: f64| format!("{:.1}", share * 100.0);
        Some(Spread {
            value: self.t.percent(value),
            n: share.n,
            said: self.span(low, high),
            at: percent(value),
            low: percent(low),
            width: percent((high - low).max(0.005)),
            light: weight(share.n) == Weight::Light,
        })
    }

    pub fn pulse(self, starts: &[Date], pieces: &[Piece]) -> Pulse {
        let day = |(start, piece): (&Date, &Piece)| PulseDay {
            label: self.t.civil_date(*start).into_owned(),
            received: piece.received as i64,
            settled: piece.closed as i64,
        };
        Pulse::of(starts.iter().zip(pieces).map(day).collect())
    }

    pub fn trend(self, starts: &[Date], pieces: &[Piece]) -> Trend {
        let step = WIDTH / pieces.len().max(1) as f64;
        let y = |share: f64| format!("{:.1}", 4.0 + (HEIGHT - 8.0) * (1.0 - share));
        let point = |(n, (start, piece)): (usize, (&Date, &Piece))| {
            let share = Share { hits: piece.kept, n: piece.deadlines };
            let (low, high) = wilson(share.hits, share.n).unwrap_or_default();
            let value = share.shown();
            Point {
                label: self.t.civil_date(*start).into_owned(),
                value: value.map_or_else(|| "–".to_owned(), |share| self.t.percent(share)),
                n: share.n,
                x: format!("{:.1}", (n as f64 + 0.5) * step),
                y: y(value.unwrap_or_default()),
                low: y(low),
                high: y(high),
                shown: value.is_some(),
            }
        };
        let points: Vec<Point> = starts.iter().zip(pieces).enumerate().map(point).collect();
        let stretches = points.split(|point| !point.shown).filter(|stretch| stretch.len() > 1);
        let line = |stretch: &[Point]| {
            let corners = stretch.iter().map(|point| format!("{},{}", point.x, point.y));
            corners.collect::<Vec<_>>().join(" ")
        };
        Trend { lines: stretches.map(line).collect(), points }
    }
}
