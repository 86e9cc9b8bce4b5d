//! What a leader needs to know in under a minute, and the periodic report: the same numbers of now and before, where
//! reports gather, and who is late. Words are for `overview_pages` and for the letter.

use super::facts::Book;
use super::figures::Teller;
use super::measure::{Measure, Window};
use super::period::{self, Asked};
use super::scorecard::{By, Scope, Scorecard};
use crate::platform::http::form::escaped;
use crate::platform::i18n::Lang;
use domain::pack::Pack;
use domain::word;
use jiff::civil::{Date, Weekday};
use jiff::{Span, Timestamp};

/// Places and agencies that are named.
const NAMED: usize = 5;
/// A place with fewer reports is no gathering.
const GATHERING: u64 = 3;

word! {
    /// How often a periodic report comes.
    Every {
        Day = "day",
        Week = "week",
        Month = "month",
        Quarter = "quarter",
    }
}

/// Whole days, the first and the last.
pub type Days = (Date, Date);

impl Every {
    /// The newest whole period before `today`, and the one before it.
    pub fn newest(self, today: Date) -> (Days, Days) {
        let back = |day: Date, days: i64| day.saturating_sub(Span::new().days(days));
        match self {
            Self::Day => {
                let (last, before) = (back(today, 1), back(today, 2));
                ((last, last), (before, before))
            }
            Self::Week => {
                let monday = back(today, i64::from(today.weekday().since(Weekday::Monday)));
                let week = |weeks: i64| (back(monday, 7 * weeks), back(monday, 7 * weeks - 6));
                let whole = |(first, last): Days| (first, last);
                (whole(week(1)), whole(week(2)))
            }
            Self::Month => {
                let last = back(today.first_of_month(), 1);
                let before = back(last.first_of_month(), 1);
                ((last.first_of_month(), last), (before.first_of_month(), before))
            }
            Self::Quarter => {
                let first =
                    |of: Date| back_months(of.first_of_month(), i64::from((of.month() - 1) % 3));
                let last = back(first(today), 1);
                let before = back(first(last), 1);
                ((first(last), last), (first(before), before))
            }
        }
    }
}

fn back_months(day: Date, months: i64) -> Date {
    day.saturating_sub(Span::new().months(months))
}

/// The same number of days right before these.
pub fn as_long_before((first, last): Days) -> Days {
    let days = first.until(last).map_or(0, |span| i64::from(span.get_days()));
    let back = |days: i64| first.saturating_sub(Span::new().days(days));
    (back(days + 1), back(1))
}

/// An agency in the periodic report.
pub struct AgencyLine {
    pub name: String,
    pub received: u64,
    pub closed: u64,
    pub deadlines: u64,
    pub on_time: String,
    pub late: u64,
    pub median: String,
}

/// All agencies that had anything in the period, in the order of the pack.
pub fn agencies(book: &Book, pack: &Pack, t: Lang, periods: &Periods) -> Vec<AgencyLine> {
    let cards = book.table(&periods.scope, By::Agency, &periods.now);
    let asked = Asked::of(periods.scope.clone(), periods.now);
    let tells = Teller { t, asked: &asked };
    let line = |agency: &domain::pack::Agency| {
        let card = cards.get(agency.id.as_str()).filter(|card| !card.is_empty())?;
        let median = card.resolution.median.filter(|_| card.resolution.shown());
        Some(AgencyLine {
            name: agency.name.text(t.code()).to_owned(),
            received: card.n(Measure::Received),
            closed: card.n(Measure::Closed),
            deadlines: card.n(Measure::Deadlines),
            on_time: card
                .on_time()
                .shown()
                .map_or_else(|| "–".to_owned(), |share| t.percent(share)),
            late: card.n(Measure::Late),
            median: median.map_or_else(|| "–".to_owned(), |ms| tells.long(ms)),
        })
    };
    pack.agencies.iter().filter_map(line).collect()
}

/// A line of numbers: now, and before.
pub struct Compared {
    pub label: String,
    pub now: String,
    pub before: String,
    pub href: String,
}

/// Where reports gather.
pub struct Gathering {
    pub field: String,
    pub area: String,
    pub now: u64,
    pub before: u64,
    pub href: String,
}

/// An agency that is late.
pub struct Owing {
    pub name: String,
    pub href: String,
    pub late: u64,
    pub late_href: String,
    /// Deadlines missed in the period.
    pub missed: u64,
    pub missed_href: String,
    /// Where a leader asks it why.
    pub ask: String,
}

pub struct Digest {
    pub late: u64,
    pub late_href: String,
    pub due_soon: u64,
    pub due_soon_href: String,
    pub compared: Vec<Compared>,
    pub gatherings: Vec<Gathering>,
    pub owing: Vec<Owing>,
}

/// Two periods of the same part of the city.
pub struct Periods {
    pub now: Window,
    pub before: Window,
    pub scope: Scope,
}

impl Periods {
    /// The last seven days and the seven before them.
    pub fn week_until(pack: &Pack, scope: Scope, now: Timestamp) -> Option<Self> {
        let today = pack.local_date(now);
        let back = |days: i64| today.saturating_sub(Span::new().days(days));
        Self::of(pack, scope, (back(6), today), (back(13), back(7)), now)
    }

    pub fn of(pack: &Pack, scope: Scope, days: Days, before: Days, at: Timestamp) -> Option<Self> {
        let window = |(first, last): Days| period::window(pack, first, last, at);
        Some(Self { now: window(days)?, before: window(before)?, scope })
    }
}

/// Counts it, in the language of `t`.
pub fn digest(book: &Book, pack: &Pack, t: Lang, periods: &Periods) -> Digest {
    let Periods { now, before, scope } = periods;
    let (card, old) = (book.scorecard(scope, now), book.scorecard(scope, before));
    let asked = Asked::of(scope.clone(), *now);
    Digest {
        late: card.n(Measure::Late),
        late_href: asked.behind(Measure::Late),
        due_soon: card.n(Measure::DueSoon),
        due_soon_href: asked.behind(Measure::DueSoon),
        compared: compared(t, &asked, &card, &old),
        gatherings: gatherings(book, pack, t, periods, &asked),
        owing: owing(book, pack, t, periods, &asked),
    }
}

fn compared(t: Lang, asked: &Asked, card: &Scorecard, old: &Scorecard) -> Vec<Compared> {
    let count = |label: &str, of: Measure| Compared {
        label: t.s(label).into_owned(),
        now: t.number(card.n(of) as i64),
        before: t.number(old.n(of) as i64),
        href: asked.behind(of),
    };
    let percent = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |s| t.percent(s));
    let tells = Teller { t, asked };
    let median = |card: &Scorecard| {
        let median = card.resolution.median.filter(|_| card.resolution.shown());
        median.map_or_else(|| "–".to_owned(), |ms| tells.long(ms))
    };
    let said = |label: &str, now: String, before: String, of: Measure| Compared {
        label: t.s(label).into_owned(),
        now,
        before,
        href: asked.behind(of),
    };
    vec![
        count("front-received", Measure::Received),
        count("stats-closed", Measure::Closed),
        count("stats-missed", Measure::Missed),
        said(
            "front-on-time",
            percent(card.on_time().shown()),
            percent(old.on_time().shown()),
            Measure::Deadlines,
        ),
        said("stats-resolution", median(card), median(old), Measure::Resolution),
        said(
            "stats-returned",
            percent(card.returned().shown()),
            percent(old.returned().shown()),
            Measure::Returned,
        ),
        said(
            "stats-satisfied",
            percent(card.satisfied().shown()),
            percent(old.satisfied().shown()),
            Measure::Rated,
        ),
        count("measure-not_satisfied", Measure::NotSatisfied),
    ]
}

/// Field and area with the most reports, where there are more than a few.
fn gatherings(
    book: &Book,
    pack: &Pack,
    t: Lang,
    periods: &Periods,
    asked: &Asked,
) -> Vec<Gathering> {
    let old = book.pairs(&periods.scope, &periods.before);
    let mut found: Vec<Gathering> = Vec::new();
    for ((field, area), n) in book.pairs(&periods.scope, &periods.now) {
        if n < GATHERING {
            continue;
        }
        let code = t.code();
        let named = |found: Option<&str>, id: &str| found.unwrap_or(id).to_owned();
        let field_name =
            field.parse().ok().and_then(|id| pack.field(&id)).map(|f| f.name.text(code));
        let area_name = area.parse().ok().and_then(|id| pack.area(&id)).map(|a| a.name.text(code));
        let more = [
            ("of", Measure::Received.as_str()),
            ("field", field.as_str()),
            ("area", area.as_str()),
        ];
        found.push(Gathering {
            field: named(field_name, &field),
            area: named(area_name, &area),
            now: n,
            before: old.get(&(field.clone(), area.clone())).copied().unwrap_or(0),
            href: asked.link("/stats/reports", "", &more),
        });
    }
    found.sort_by(|a, b| b.now.cmp(&a.now).then_with(|| a.area.cmp(&b.area)));
    found.truncate(NAMED);
    found
}

fn owing(book: &Book, pack: &Pack, t: Lang, periods: &Periods, asked: &Asked) -> Vec<Owing> {
    let cards = book.table(&periods.scope, By::Agency, &periods.now);
    let mut found = Vec::new();
    for agency in &pack.agencies {
        let Some(card) = cards.get(agency.id.as_str()) else { continue };
        let (late, missed) = (card.n(Measure::Late), card.n(Measure::Missed));
        if late + missed == 0 {
            continue;
        }
        let id = agency.id.as_str();
        let behind = |of: Measure| {
            asked.link("/stats/reports", "agency", &[("of", of.as_str()), ("agency", id)])
        };
        found.push(Owing {
            name: agency.name.text(t.code()).to_owned(),
            href: asked.link(&format!("/agencies/{id}"), "agency", &[]),
            late,
            late_href: behind(Measure::Late),
            missed,
            missed_href: behind(Measure::Missed),
            ask: format!(
                "/desk/explanations?agency={id}&subject={}&link=/agencies/{id}",
                escaped(&format!("{}: {late}", t.s("stats-late-now")))
            ),
        });
    }
    found.sort_by(|a, b| (b.late, b.missed).cmp(&(a.late, a.missed)).then(a.name.cmp(&b.name)));
    found.truncate(2 * NAMED);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_report_is_about_the_newest_whole_period() {
        // A Wednesday.
        let today = date(2026, 11, 25);
        let day = |d| (date(2026, 11, d), date(2026, 11, d));
        assert_eq!(Every::Day.newest(today), (day(24), day(23)));
        let week = |from, to| (date(2026, 11, from), date(2026, 11, to));
        assert_eq!(Every::Week.newest(today), (week(16, 22), week(9, 15)));
        assert_eq!(Every::Week.newest(date(2026, 11, 23)).0, week(16, 22), "on a Monday");
        let month = (date(2026, 10, 1), date(2026, 10, 31));
        let before = (date(2026, 9, 1), date(2026, 9, 30));
        assert_eq!(Every::Month.newest(today), (month, before));
        let quarter = (date(2026, 7, 1), date(2026, 9, 30));
        assert_eq!(Every::Quarter.newest(today), (quarter, (date(2026, 4, 1), date(2026, 6, 30))));
        assert_eq!(
            Every::Quarter.newest(date(2026, 1, 1)).0,
            (date(2025, 10, 1), date(2025, 12, 31))
        );
        assert_eq!(
            as_long_before((date(2026, 3, 1), date(2026, 3, 10))),
            (date(2026, 2, 19), date(2026, 2, 28))
        );
        assert_eq!(
            Every::Month.newest(date(2026, 1, 1)).0,
            (date(2025, 12, 1), date(2025, 12, 31))
        );
    }
}
