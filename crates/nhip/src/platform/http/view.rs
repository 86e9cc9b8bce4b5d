//! Plain values that the shared components draw: every page that shows a report, a photo or a step of
//! its story fills these. Texts are ready to read, in the page's language, with disclosure applied.

use super::form::escaped;
use crate::platform::i18n::{Lang, format};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::ops::Range;

/// An instant as people say it, with the exact one beside it.
#[derive(Debug, Clone, Default)]
pub struct When {
    pub said: String,
    pub exact: String,
    pub iso: String,
}

impl When {
    /// `3 giờ trước`, exact on hover and for machines.
    pub fn ago(t: Lang, now: Timestamp, at: Timestamp, zone: &TimeZone) -> Self {
        Self {
            said: t.ago(now, at).into_owned(),
            exact: t.exact(at, zone).into_owned(),
            iso: format::iso(at),
        }
    }

    /// `thứ Sáu 27/11, 17:00`.
    pub fn moment(t: Lang, now: Timestamp, at: Timestamp, zone: &TimeZone) -> Self {
        Self {
            said: t.when(now, at, zone).into_owned(),
            exact: t.exact(at, zone).into_owned(),
            iso: format::iso(at),
        }
    }
}

/// How a clock stands; the name is its class in the stylesheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Running,
    /// Past four fifths of its budget.
    Soon,
    Late,
    Paused,
    /// Fixed.
    Done,
    /// Closed with a date that is still to come.
    Planned,
    /// Closed otherwise.
    Closed,
}

impl Tone {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Soon => "soon",
            Self::Late => "late",
            Self::Paused => "paused",
            Self::Done => "done",
            Self::Planned => "planned",
            Self::Closed => "closed",
        }
    }
}

impl std::fmt::Display for Tone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The line every report carries: who has it, what they owe, by when; and the promise of the whole case.
#[derive(Debug, Clone, Default)]
pub struct ClockLine {
    pub who: String,
    /// What they owe now: "kết quả kèm ảnh". May be empty.
    pub owes: String,
    /// The deadline of that step; for a closed report when it was closed.
    pub by: Option<When>,
    /// What is left for it, `còn 2 giờ làm việc`, `trễ hạn 3 ngày`; for a closed report how long it took. May be empty.
    pub left: String,
    /// `None` where the case is closed or its time stands still.
    pub promise: Option<Promised>,
    /// Per cent of the budget of the step used, 0 to 100.
    pub used: u8,
    pub tone: Tone,
}

impl ClockLine {
    /// What is left for the step; where none is known, for the whole case.
    pub fn pressing(&self) -> &str {
        match &self.promise {
            Some(promise) if self.left.is_empty() => &promise.left,
            Some(_) | None => &self.left,
        }
    }

    /// Who owes what by when, in one line of a letter.
    pub fn owed_by(&self) -> String {
        let by = self.by.as_ref().map_or("", |by| by.said.as_str());
        dotted([&self.who, &self.owes, by, &self.left])
    }
}

/// Pieces of a line, those that say something, between dots.
pub fn dotted<const N: usize>(pieces: [&str; N]) -> String {
    let said: Vec<&str> = pieces.into_iter().filter(|piece| !piece.is_empty()).collect();
    said.join(" · ")
}

/// By when the result is promised.
#[derive(Debug, Clone, Default)]
pub struct Promised {
    pub by: When,
    pub left: String,
    pub late: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Photo {
    /// Where each of its pictures is, from the smallest: in a list, in a page on a phone, on the desk, opened.
    pub thumb: String,
    pub phone: String,
    pub small: String,
    pub large: String,
    pub alt: String,
}

/// A report in a list.
#[derive(Debug, Clone, Default)]
pub struct Card {
    pub href: String,
    pub code: String,
    pub title: String,
    /// Icon of the service, shown when there is no photo.
    pub icon: String,
    pub place: String,
    /// `350 m`, where the reader's own place is known.
    pub distance: Option<String>,
    pub sent: When,
    /// A state, or for a closed report its outcome.
    pub status: String,
    pub photo: Option<Photo>,
    pub clock: Option<ClockLine>,
    pub supports: i64,
    pub comments: i64,
    /// Where the words of a search stand.
    pub found: Option<Found>,
}

/// What a search found in a report.
#[derive(Debug, Clone, Default)]
pub struct Found {
    pub title: Marked,
    /// The words around the first find, where the title has none.
    pub excerpt: Option<Marked>,
}

/// A text with places in it to mark, in bytes, sorted and apart.
#[derive(Debug, Clone, Default)]
pub struct Marked {
    pub text: String,
    pub marks: Vec<Range<usize>>,
}

impl Marked {
    /// The pieces of the text; `true`: marked.
    pub fn pieces(&self) -> Vec<(&str, bool)> {
        let (mut pieces, mut at) = (Vec::new(), 0);
        for mark in &self.marks {
            pieces.push((self.text.get(at..mark.start).unwrap_or_default(), false));
            pieces.push((self.text.get(mark.clone()).unwrap_or_default(), true));
            at = mark.end;
        }
        pieces.push((self.text.get(at..).unwrap_or_default(), false));
        pieces
    }
}

/// Whose step it was: told apart by shape on the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    Citizen,
    #[default]
    City,
    System,
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Citizen => "citizen",
            Self::City => "city",
            Self::System => "system",
        })
    }
}

/// A step on the timeline.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub side: Side,
    pub title: String,
    /// Role and office: "Trung tâm điều hành". May be empty.
    pub who: String,
    pub when: When,
    pub text: String,
    /// What it led to; may be empty.
    pub status: String,
    pub photos: Vec<Photo>,
}

/// Ways to a place, for whatever the reader holds.
#[derive(Debug, Clone)]
pub struct Directions {
    /// `lat,long`; empty where only words are known.
    pub at: String,
    /// What is looked for: `at`, or the words.
    pub to: String,
    /// Opens the phone's own map (RFC 5870); web/js/directions.js gives iPhones the address theirs understands.
    pub app: String,
    /// A map in the browser, everywhere.
    pub web: String,
}

impl Directions {
    pub fn to(point: impl std::fmt::Display) -> Self {
        let at = point.to_string();
        Self {
            app: format!("geo:{at}?q={at}"),
            web: format!("https://www.openstreetmap.org/directions?to={}", at.replace(',', "%2C")),
            to: at.clone(),
            at,
        }
    }

    /// Where nobody pointed: the map looks for the address.
    pub fn to_words(words: &str) -> Self {
        let searched = escaped(words);
        Self {
            app: format!("geo:0,0?q={searched}"),
            web: format!("https://www.openstreetmap.org/search?query={searched}"),
            to: words.to_owned(),
            at: String::new(),
        }
    }
}

/// A line of the timeline.
#[derive(Debug, Clone)]
pub enum Step {
    /// A further attempt begins.
    Attempt(i64),
    Told(Box<Entry>),
    /// Technical steps in a row.
    Folded(Vec<Entry>),
}

/// What somebody said.
#[derive(Debug, Clone, Default)]
pub struct Comment {
    pub id: String,
    /// A pseudonym, or the office that answers.
    pub name: String,
    pub official: bool,
    /// Not shown to others until a moderator lets it through.
    pub held: bool,
    /// Why a moderator hid it, in a sentence; then there are no words. Empty: it is not hidden.
    pub hidden: String,
    pub when: When,
    pub text: String,
    /// Answers to it, oldest first; these have none.
    pub replies: Vec<Comment>,
}

/// A choice in a list of radio buttons, checkboxes or a select.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: String,
    pub checked: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>, checked: bool) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new(), checked }
    }
}

/// A day of the pulse.
#[derive(Debug, Clone, Default)]
pub struct PulseDay {
    pub label: String,
    pub received: i64,
    pub settled: i64,
}

/// The pulse of the city as lines in a 600 × 120 box; the template draws it and the table behind it.
#[derive(Debug, Clone, Default)]
pub struct Pulse {
    pub days: Vec<PulseDay>,
    /// `points` of an SVG polyline.
    pub received: String,
    pub settled: String,
    /// Heights of the last points, for the labels beside them.
    pub received_end: i64,
    pub settled_end: i64,
    pub peak: i64,
}

impl Pulse {
    pub const WIDTH: i64 = 600;
    pub const HEIGHT: i64 = 120;

    /// Zero at the bottom, the busiest day at the top. Nothing to draw below two days.
    pub fn of(days: Vec<PulseDay>) -> Self {
        let peak = days.iter().map(|day| day.received.max(day.settled)).max().unwrap_or(0).max(1);
        let last = days.len().saturating_sub(1).max(1) as f64;
        let y = |count: i64| {
            Self::HEIGHT as f64 - 4.0 - (Self::HEIGHT as f64 - 8.0) * count as f64 / peak as f64
        };
        let line = |count: fn(&PulseDay) -> i64| -> String {
            let points = days.iter().enumerate().map(|(n, day)| {
                format!("{:.1},{:.1}", n as f64 * Self::WIDTH as f64 / last, y(count(day)))
            });
            points.collect::<Vec<_>>().join(" ")
        };
        let end =
            |count: fn(&PulseDay) -> i64| days.last().map_or(0, |day| y(count(day)).round() as i64);
        let (mut received_end, mut settled_end) = (end(|d| d.received), end(|d| d.settled));
        // Labels beside each other would overlap: keep them a line apart.
        let gap = 20 - (received_end - settled_end).abs();
        if gap > 0 {
            let (upper, lower) = if received_end <= settled_end {
                (&mut received_end, &mut settled_end)
            } else {
                (&mut settled_end, &mut received_end)
            };
            *upper -= gap / 2;
            *lower += gap - gap / 2;
        }
        Self {
            received: line(|d| d.received),
            settled: line(|d| d.settled),
            received_end,
            settled_end,
            peak,
            days,
        }
    }
}

/// A section of the desk in the navigation, with how many wait there.
#[derive(Debug, Clone)]
pub struct Tab {
    pub href: &'static str,
    pub icon: &'static str,
    pub label: String,
    pub n: Option<i64>,
    pub current: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(received: i64, settled: i64) -> PulseDay {
        PulseDay { label: String::new(), received, settled }
    }

    #[test]
    fn the_pulse_stands_on_zero_and_reaches_to_its_peak() {
        let pulse = Pulse::of(vec![day(0, 10), day(5, 0), day(10, 5)]);
        assert_eq!(pulse.received, "0.0,116.0 300.0,60.0 600.0,4.0");
        assert_eq!(pulse.settled, "0.0,4.0 300.0,116.0 600.0,60.0");
        assert_eq!((pulse.received_end, pulse.settled_end, pulse.peak), (4, 60, 10));
    }

    #[test]
    fn labels_at_the_end_of_the_pulse_never_overlap() {
        let pulse = Pulse::of(vec![day(1, 1), day(3, 3)]);
        assert!((pulse.received_end - pulse.settled_end).abs() >= 20);
        assert_eq!(Pulse::of(Vec::new()).received, "");
    }
}
